//! Extraction -> a draft grammar of the tables that no form claims, to be finished by hand.
//!
//! Labels are those of the text, ids are placeholders, and what the text does not say is left to a
//! person in a comment that begins with `decide:`. As drafted, the grammar reads the report it was
//! drafted from, with the same numbers, unless two columns or rows of it are called the same: then a
//! person has to tell them apart first.

use std::collections::BTreeSet;
use std::fmt::Write;

use crate::extraction::{Column, Confidence, Extraction, Inferred, Row, State, Table};
use crate::infer::number_end;
use crate::text::letters;

/// A grammar in TOML for the inferred tables of `extraction`, as a form called `id` of a genre.
/// None where no table was inferred.
///
/// ```
/// let page = "窗口  受理  办结\n甲窗口  12  11\n乙窗口  7  7\n丙窗口  30  28\n";
/// let extraction = gongkai::extract(page.as_bytes(), &gongkai::Options::default())?;
/// let draft = gongkai::draft::grammar(&extraction, "windows", "disclosure_report");
/// let draft = draft.ok_or("nothing inferred")?;
/// assert!(draft.contains(r#"{ id = "column_1", label = "受理" },"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn grammar(extraction: &Extraction, id: &str, genre: &str) -> Option<String> {
    let tables: Vec<(&Table, &Inferred)> = extraction
        .tables
        .iter()
        .filter_map(|table| Some((table, table.inferred.as_ref()?)))
        .collect();
    if tables.is_empty() {
        return None;
    }
    let name = match extraction.source.name.as_deref() {
        Some("-") => "standard input",
        name => name.unwrap_or("a report"),
    };
    let title = extraction.title.as_ref().map(|title| title.text.as_str());
    let mut draft = format!(
        "# Drafted from {}. Every `decide:` is for a person; grammars/README.md has the language.\n\n",
        name.replace(char::is_control, " ")
    );
    draft.push_str("[form]\n");
    line(&mut draft, "id", id, "what the output calls the form");
    line(&mut draft, "name", title.unwrap_or(id), "the official name");
    let _ = writeln!(draft, "genre = {}", quoted(genre));
    draft.push_str(
        "status = \"unconfirmed\" # decide: drop it when the form was read in a source\n",
    );
    for (number, (table, inferred)) in (1..).zip(tables) {
        draft_table(&mut draft, number, table, inferred);
    }
    draft.push_str(
        "\n# decide: what must hold among the numbers, such as\n# [[checks]]\n# id = \"total\"\n\
         # relation = \"row_1 + row_2 = row_3\"\n",
    );
    Some(draft)
}

fn line(draft: &mut String, key: &str, value: &str, decide: &str) {
    let _ = writeln!(draft, "{key} = {} # decide: {decide}", quoted(value));
}

fn draft_table(draft: &mut String, number: usize, table: &Table, inferred: &Inferred) {
    let _ = writeln!(
        draft,
        "\n# Line {}, {}: {}.\n[[tables]]",
        table.span.line, table.layout, inferred.because
    );
    if inferred.confidence == Confidence::Low {
        draft.push_str("# decide: how many columns there are; more than one count fits\n");
    }
    let id = format!("table_{number}");
    line(draft, "id", &id, "a name for the table");
    draft.push_str("# decide: title = \"\", the line over the table; corner = \"\", the cell over the row labels\n");
    let columns = under_spanners(&table.columns);
    let spanners = Spanners::of(&columns);
    spanners.write(draft);
    draft.push_str("columns = [\n");
    let mut wordings = BTreeSet::new();
    for (index, column) in columns.iter().enumerate() {
        let called = compared(&column.label).is_some_and(|wording| !wordings.insert(wording));
        draft_column(draft, index, column, table, &spanners, called);
    }
    draft.push_str("]\nrows = [\n");
    draft_rows(draft, &table.rows);
    draft.push_str("]\n");
}

/// The columns, those put under the spanner of the one before whose own header stands on the line
/// of that one's: a spanner is printed over the first of its columns, and empty over the rest.
fn under_spanners(columns: &[Column]) -> Vec<Column> {
    let mut under: Vec<Column> = Vec::with_capacity(columns.len());
    for column in columns {
        let mut column = column.clone();
        if let ([own], Some(before)) = (column.label.as_slice(), under.last())
            && let Some((_, above @ [_, ..])) = before.label.split_last()
            && let (Some(a), Some(b)) = (column.span, before.span)
            && a.line == b.line
        {
            column.label = [above, std::slice::from_ref(own)].concat();
        }
        under.push(column);
    }
    under
}

/// Headers over several columns, in printed order, each with the one above it.
struct Spanners(Vec<Vec<String>>);

impl Spanners {
    fn of(columns: &[Column]) -> Self {
        let mut paths: Vec<Vec<String>> = Vec::new();
        for column in columns {
            for depth in 1..column.label.len() {
                let path = column.label[..depth].to_vec();
                if !paths.contains(&path) {
                    paths.push(path);
                }
            }
        }
        Self(paths)
    }

    fn id(&self, path: &[String]) -> Option<String> {
        let at = self.0.iter().position(|other| other == path)?;
        Some(format!("spanner_{}", at + 1))
    }

    fn write(&self, draft: &mut String) {
        if self.0.is_empty() {
            return;
        }
        draft.push_str("spanners = [\n");
        for (number, path) in (1..).zip(&self.0) {
            let Some((label, above)) = path.split_last() else {
                continue;
            };
            let _ = write!(
                draft,
                "  {{ id = \"spanner_{number}\", label = {}",
                quoted(label)
            );
            if let Some(parent) = self.id(above) {
                let _ = write!(draft, ", parent = \"{parent}\"");
            }
            draft.push_str(" },\n");
        }
        draft.push_str("]\n");
    }
}

fn draft_column(
    draft: &mut String,
    index: usize,
    column: &Column,
    table: &Table,
    spanners: &Spanners,
    called: bool,
) {
    let label = column.label.last().map(String::as_str).unwrap_or_default();
    let _ = write!(
        draft,
        "  {{ id = \"column_{}\", label = {}",
        index + 1,
        quoted(label)
    );
    let above = column.label.len().saturating_sub(1);
    if let Some(spanner) = spanners.id(&column.label[..above]) {
        let _ = write!(draft, ", spanner = \"{spanner}\"");
    }
    let cells = || table.rows.iter().filter_map(|row| row.cells.get(index));
    let mut units: Vec<&str> = cells().filter_map(|cell| cell.unit.as_deref()).collect();
    units.dedup();
    if let [unit] = units.as_slice() {
        let _ = write!(draft, ", unit = {}", quoted(unit));
    }
    let signed = |raw: &str| raw.starts_with(['+', '-', '＋', '－', '−']);
    let numbers = || cells().filter(|cell| cell.state == State::Number);
    if numbers().any(|cell| {
        cell.raw.as_deref().is_some_and(signed)
            || cell.value.is_some_and(|value| value.is_sign_negative())
    }) {
        draft.push_str(", signed = true");
    }
    if numbers().any(|cell| cell.value.is_some_and(|value| value.scale() > 0)) {
        draft.push_str(", decimal = true");
    }
    draft.push_str(" },");
    if label.is_empty() {
        draft.push_str(" # decide: the text does not tell which header is its");
    } else if called {
        draft.push_str(SAME);
    }
    draft.push('\n');
}

/// Two columns or rows that the check of a grammar refuses.
const SAME: &str = " # decide: one before has this label too: give each a wording of its own";

/// What headers are compared by; none for a column that is not told by its letters.
fn compared(labels: &[String]) -> Option<Vec<String>> {
    let labels: Vec<String> = labels.iter().map(|label| letters(label)).collect();
    let own = labels.last()?.chars().nth(1);
    own.is_some().then_some(labels)
}

fn draft_rows(draft: &mut String, rows: &[Row]) {
    // Headings over the row before, with their ids.
    let mut open: Vec<(&str, String)> = Vec::new();
    let mut called = BTreeSet::new();
    let mut count = 0;
    for row in rows {
        let Some((label, headings)) = row.label.split_last() else {
            draft.push_str("  # decide: a row without a label stands here\n");
            continue;
        };
        let same = open
            .iter()
            .zip(headings)
            .take_while(|((heading, _), other)| heading == other)
            .count();
        open.truncate(same);
        for heading in &headings[same..] {
            count += 1;
            let parent = open.last().map(|(_, id)| id.as_str());
            draft_row(draft, count, heading, parent, true, None, false);
            open.push((heading, format!("row_{count}")));
        }
        count += 1;
        let says = |state: State| row.cells.iter().all(|cell| cell.state == state);
        let group = says(State::Absent) || says(State::Blank);
        let unit = row.cells.iter().find_map(|cell| cell.unit.as_deref());
        let parent = open.last().map(|(_, id)| id.as_str());
        let same = !called.insert(&row.label);
        draft_row(draft, count, label, parent, group, unit, same);
    }
}

fn draft_row(
    draft: &mut String,
    number: usize,
    label: &str,
    parent: Option<&str>,
    group: bool,
    unit: Option<&str>,
    same: bool,
) {
    let _ = write!(draft, "  {{ id = \"row_{number}\"");
    let end = number_end(label).unwrap_or_default();
    let (printed, wording) = label.split_at(end);
    let printed = printed.trim_end_matches(['、', ':', '：']);
    if !printed.is_empty() {
        let _ = write!(draft, ", number = {}", quoted(printed));
    }
    let _ = write!(draft, ", label = {}", quoted(wording.trim()));
    if let Some(parent) = parent {
        let _ = write!(draft, ", parent = \"{parent}\"");
    }
    if let Some(unit) = unit {
        let _ = write!(draft, ", unit = {}", quoted(unit));
    }
    if group {
        draft.push_str(", group = true");
    }
    draft.push_str(" },");
    if group {
        draft.push_str(" # decide: a heading, or a row without values");
    }
    if !wording.chars().any(crate::text::is_letter) {
        draft.push_str(" # decide: labels are told by their Chinese characters, and it has none");
    } else if same {
        draft.push_str(SAME);
    }
    draft.push('\n');
}

/// A string of TOML. Braces would be placeholders of the grammar language, and labels are compared
/// without them.
fn quoted(text: &str) -> String {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '{' | '}'))
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    toml::Value::String(plain).to_string()
}
