//! TOML -> [`Form`]: the keys of a form file, with every id resolved.

use super::distinct::{self, Place};
use super::fault::{Fault, closest};
use super::panel::Places;
use super::reader::{Placed, Reader};
use super::{Column, ColumnKind, Form, Genre, Label, Row, Section, Spanner, Status, Table};

const STATUSES: [(&str, Status); 3] = [
    ("confirmed", Status::Confirmed),
    ("derived", Status::Derived),
    ("unconfirmed", Status::Unconfirmed),
];

/// Reads a file that holds a `[form]`, whose wording is completed by one of `genres`.
pub(crate) fn form(root: Reader<'_, '_>, genres: &[Genre]) -> Option<Form> {
    let head = root.table("form")?;
    let before = root.sink.count();
    let text = |key| head.string(key).map(|text| text.value);
    let genre = head.required("genre");
    let found = genre
        .as_ref()
        .and_then(|id| genres.iter().find(|genre| genre.id == id.value));
    if let (Some(id), None) = (&genre, found) {
        let ids = genres.iter().map(|genre| genre.id.as_str());
        let fault = unknown(id, id.span.clone(), "genre", ids.clone());
        let known = format!("known are `{}`", ids.collect::<Vec<_>>().join("`, `"));
        let help = match &fault.help {
            Some(near) => format!("{near} {known}"),
            None => known,
        };
        head.sink.fault(fault.help(help));
    }
    let mut form = Form {
        id: id(&head, "id").map(|id| id.value).unwrap_or_default(),
        name: head
            .required("name")
            .map(|name| name.value)
            .unwrap_or_default(),
        document: text("document"),
        years: head.years("years"),
        status: status(&head),
        note: text("note"),
        genre: genre.map(|id| id.value).unwrap_or_default(),
        sections: Vec::new(),
        tables: Vec::new(),
        checks: Vec::new(),
        instances: Vec::new(),
    };
    let mut seen = Vec::new();
    for entry in root.tables("sections") {
        form.sections.push(section(&entry, &mut seen));
        entry.finish();
    }
    let mut seen = Vec::new();
    for entry in root.tables("tables") {
        let table = table(&entry, &mut seen, &form.sections);
        form.tables.push(table);
        entry.finish();
    }
    if form.tables.is_empty() && root.sink.count() == before {
        let message = format!("form `{}` has no `[[tables]]`", form.id);
        let fault = Fault::new("missing-key", head.span.clone(), message, "in this form");
        let help = "a form is told by its tables: a report would never be read by this one";
        head.sink.fault(fault.help(help));
    }
    let checks = root.tables("checks");
    // Relations over tables that are not right would only repeat the faults.
    if root.sink.count() == before {
        super::rule::checks(checks, &mut form, found);
    }
    head.finish();
    root.finish();
    Some(form)
}

fn section(entry: &Reader<'_, '_>, seen: &mut Vec<Placed<String>>) -> Section {
    Section {
        id: unique_id(entry, seen, "section"),
        number: entry.string("number").map(|number| number.value),
        title: required_label(entry, "title"),
        subsections: entry
            .strings("subsections")
            .into_iter()
            .map(plain)
            .collect(),
    }
}

fn table(entry: &Reader<'_, '_>, seen: &mut Vec<Placed<String>>, sections: &[Section]) -> Table {
    let id = unique_id(entry, seen, "table");
    let section = entry.string("section").and_then(|id| {
        find(
            entry,
            &id,
            "section",
            sections.iter().map(|section| &*section.id),
        )
    });
    let panel = optional_id(entry, "panel");
    let title = label(entry, "title", "aliases");
    let corner = label(entry, "corner", "corner_aliases");

    let mut ids = Vec::new();
    let mut spanners: Vec<Spanner> = Vec::new();
    for spanner in entry.tables("spanners") {
        let id = unique_id(&spanner, &mut ids, "spanner");
        let parent = place_of(&spanner, "parent", "spanner above it", &spanners, |s| &s.id);
        spanners.push(Spanner {
            id,
            label: required_label(&spanner, "label"),
            parent,
        });
        spanner.finish();
    }
    let mut ids = Vec::new();
    let mut columns = Vec::new();
    let mut column_places = Places::new();
    let mut column_wordings = Vec::new();
    for column in entry.tables("columns") {
        column_places.push(column.span.clone());
        column_wordings.push(Place::of(&column));
        let kinds = [
            ("value", ColumnKind::Value),
            ("unit", ColumnKind::Unit),
            ("code", ColumnKind::Code),
            ("index", ColumnKind::Index),
        ];
        columns.push(Column {
            id: unique_id(&column, &mut ids, "column"),
            label: required_label(&column, "label"),
            spanner: place_of(&column, "spanner", "spanner", &spanners, |s| &s.id),
            unit: column.string("unit").map(|unit| unit.value),
            kind: column.choice("kind", &kinds).unwrap_or_default(),
            signed: column.boolean("signed"),
            decimal: column.boolean("decimal"),
            optional: column.boolean("optional"),
            panel: optional_id(&column, "panel").map(|id| id.value),
            apart: column.boolean("apart"),
        });
        column.finish();
    }
    let mut ids = Vec::new();
    let mut rows: Vec<Row> = Vec::new();
    let mut row_places = Places::new();
    let mut row_wordings = Vec::new();
    for row in entry.tables("rows") {
        row_places.push(row.span.clone());
        row_wordings.push(Place::of(&row));
        let id = unique_id(&row, &mut ids, "row");
        let parent = place_of(&row, "parent", "row above it", &rows, |row| &row.id);
        rows.push(Row {
            id,
            number: row.string("number").map(|number| number.value),
            // A row without wording is the only row of its table: its cells stand under the header.
            label: label(&row, "label", "aliases").unwrap_or_default(),
            parent,
            group: row.boolean("group"),
            unit: row.string("unit").map(|unit| unit.value),
            code: row.string("code").map(|code| code.value),
            before: row.string("before").map(|before| before.value),
            status: status(&row),
            panel: optional_id(&row, "panel").map(|id| id.value),
            apart: row.boolean("apart"),
        });
        row.finish();
    }
    let empty = [("columns", columns.is_empty()), ("rows", rows.is_empty())];
    for (key, _) in empty.iter().filter(|(_, empty)| *empty) {
        let message = format!("table `{id}` has no {key}");
        entry.sink.fault(Fault::new(
            "missing-key",
            entry.span.clone(),
            message,
            "in this table",
        ));
    }
    distinct::columns(entry, &columns, &spanners, &column_wordings);
    distinct::rows(entry, &rows, &row_wordings);
    super::panel::check(
        entry,
        panel.is_some(),
        (&columns, &column_places),
        (&rows, &row_places),
    );
    Table {
        id,
        section,
        panel: panel.map(|id| id.value),
        title,
        corner,
        spanners,
        columns,
        rows,
    }
}

pub(crate) fn status(reader: &Reader<'_, '_>) -> Status {
    reader.choice("status", &STATUSES).unwrap_or_default()
}

fn plain(text: Placed<String>) -> Label {
    Label {
        text: text.value,
        aliases: Vec::new(),
    }
}

fn label(reader: &Reader<'_, '_>, key: &'static str, aliases: &'static str) -> Option<Label> {
    let text = reader.string(key);
    let aliases = reader.strings(aliases);
    for wording in text.iter().chain(&aliases) {
        if let Some(part) = super::label::unknown_placeholder(&wording.value) {
            let message = format!("unknown placeholder `{}`", &wording.value[part.clone()]);
            let place = reader.sink.part(wording, part);
            let fault = Fault::new("unknown-placeholder", place, message, "");
            reader
                .sink
                .fault(fault.help("known: {year}, {number}, {words}"));
        }
    }
    let aliases = aliases.into_iter().map(|alias| alias.value).collect();
    text.map(|text| Label {
        text: text.value,
        aliases,
    })
}

fn required_label(reader: &Reader<'_, '_>, key: &'static str) -> Label {
    reader.required(key);
    label(reader, key, "aliases").unwrap_or_default()
}

/// A required id.
pub(crate) fn id(reader: &Reader<'_, '_>, key: &'static str) -> Option<Placed<String>> {
    reader.required(key)?;
    optional_id(reader, key)
}

/// An id, if the key is there.
fn optional_id(reader: &Reader<'_, '_>, key: &'static str) -> Option<Placed<String>> {
    let id = reader.string(key)?;
    let part_is_id = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_lowercase())
            && part
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    if !id.value.split('.').all(part_is_id) {
        let message = format!("expected an id, found `{}`", id.value);
        let fault = Fault::new("bad-id", id.span.clone(), message, "");
        let help = "an id is lower-case words with `_`, and `.` between levels: `denied.repeat`";
        reader.sink.fault(fault.help(help));
    }
    Some(id)
}

/// A required id that no entry before has.
pub(crate) fn unique_id(
    reader: &Reader<'_, '_>,
    seen: &mut Vec<Placed<String>>,
    what: &str,
) -> String {
    let Some(id) = id(reader, "id") else {
        return String::new();
    };
    if let Some(first) = seen.iter().find(|first| first.value == id.value) {
        let message = format!("two {what}s have the id `{}`", id.value);
        let mut fault = Fault::new("duplicate-id", id.span.clone(), message, "the second");
        fault.other = Some((first.span.clone(), "the first".into()));
        reader.sink.fault(fault);
    }
    let value = id.value.clone();
    seen.push(id);
    value
}

/// Index of the entry that `key` names, if the key is there.
fn place_of<T>(
    reader: &Reader<'_, '_>,
    key: &'static str,
    what: &str,
    entries: &[T],
    id: impl Fn(&T) -> &String,
) -> Option<usize> {
    let name = reader.string(key)?;
    find(
        reader,
        &name,
        what,
        entries.iter().map(|entry| id(entry).as_str()),
    )
}

/// Index of the entry called `name`; a fault if there is none.
pub(crate) fn find<'i>(
    reader: &Reader<'_, '_>,
    name: &Placed<String>,
    what: &str,
    ids: impl Iterator<Item = &'i str> + Clone,
) -> Option<usize> {
    let found = ids.clone().position(|id| id == name.value);
    if found.is_none() {
        reader
            .sink
            .fault(unknown(name, name.span.clone(), what, ids));
    }
    found
}

fn unknown<'i>(
    name: &Placed<String>,
    span: std::ops::Range<usize>,
    what: &str,
    ids: impl Iterator<Item = &'i str>,
) -> Fault {
    let message = format!("no {what} has the id `{}`", name.value);
    let fault = Fault::new("unknown-reference", span, message, "");
    match closest(&name.value, ids) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault,
    }
}
