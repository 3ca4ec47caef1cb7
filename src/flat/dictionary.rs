//! The data dictionary: what every column of an export and every cell of the forms is.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{Field, Kind, LEVEL, Value};
use crate::form::{Column, ColumnKind, Form, Grammars, Label, Row, Table};
use crate::script::fold;

/// One line of the dictionary: a column of the flat table, or a cell of a form.
///
/// ```
/// use gongkai::flat::dictionary::Entry;
///
/// let entry = Entry { kind: "cell", unit: Some("件".to_owned()), ..Entry::default() };
/// assert_eq!(entry.values().len(), Entry::fields().len());
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Entry {
    /// `column` of the flat table, or `cell` of a form.
    pub kind: &'static str,
    /// Name of the column, or address of the cell, `table/row/column`: a column of `--wide`.
    pub name: String,
    /// Id of the form.
    pub form: Option<String>,
    /// Address in the panel, where the cell is comparable with those of other forms.
    pub panel: Option<String>,
    /// Unit of the values.
    pub unit: Option<String>,
    /// `text`, `integer` or `decimal`.
    pub values: &'static str,
    /// Official labels of the table, the row and the column, in the script of the grammar
    /// (Simplified); of each, the levels from the outermost in.
    pub label: [Option<String>; 3],
    /// The same in Traditional script, where the grammar has them.
    pub traditional: [Option<String>; 3],
    /// What it means, in English: of the columns of the flat table.
    pub description: &'static str,
}

/// What each field of the flat table means.
const DESCRIPTIONS: [&str; 18] = [
    "the input, as it was named",
    "SHA-256 of the input's bytes",
    "id of the form that the table was read by; empty where no form claims it",
    "the body that published the report, as printed",
    "fiscal year that the report states",
    "table id; table-1 and so on where no form claims it",
    "row id",
    "column id",
    "the row's headings as printed, the outermost first, joined by ` > `",
    "the column's headers as printed, the outermost first, joined by ` > `",
    "what stands in the cell: number, placeholder, blank, absent, text or ambiguous",
    "direct: the layout shows which cell it is; solved: only the form's equations do",
    "the number, exact; empty unless the state is number",
    "unit, as printed or of the form",
    "the input under the span, decoded",
    "first byte of the span in the input (or character, with --offsets)",
    "one past the last byte of the span",
    "line of the span, from 1",
];

/// The names of [`Entry::fields`].
const FIELDS: [&str; 13] = [
    "kind",
    "name",
    "form",
    "panel",
    "unit",
    "values",
    "table_label",
    "row_label",
    "column_label",
    "table_label_traditional",
    "row_label_traditional",
    "column_label_traditional",
    "description",
];

/// The dictionary: first the columns of the flat table, then the cells of each form.
///
/// ```
/// use gongkai::{flat::dictionary, form::Grammars};
///
/// let entries = dictionary::entries(Grammars::embedded());
/// let entry = entries.iter().find(|entry| entry.name == "art20_1/normative_documents/in_force");
/// let entry = entry.ok_or("no such cell")?;
/// assert_eq!(entry.label[1].as_deref(), Some("行政规范性文件"));
/// assert_eq!(entry.traditional[1].as_deref(), Some("行政規範性文件"));
/// # Ok::<(), &str>(())
/// ```
pub fn entries(grammars: &Grammars) -> Vec<Entry> {
    let columns = super::FIELDS.iter().zip(DESCRIPTIONS);
    let columns = columns.map(|((name, kind), description)| Entry {
        kind: "column",
        name: (*name).to_owned(),
        values: match kind {
            Kind::Text => "text",
            Kind::Integer => "integer",
            Kind::Decimal => "decimal",
        },
        description,
        ..Entry::default()
    });
    let mut entries: Vec<Entry> = columns.collect();
    for form in &grammars.forms {
        let traditional = grammars.genre(&form.genre).map(|genre| &genre.traditional);
        let script = Script::new(traditional.map_or(&[], Vec::as_slice));
        for table in &form.tables {
            for (at, row) in table.rows.iter().enumerate() {
                let columns = table.columns.iter();
                let columns = columns.filter(|column| column.kind == ColumnKind::Value);
                entries.extend(columns.map(|column| script.cell(form, table, (at, row), column)));
            }
        }
    }
    entries
}

impl Entry {
    /// The fields of the dictionary as a table.
    ///
    /// ```
    /// use gongkai::flat::dictionary::Entry;
    ///
    /// assert_eq!(Entry::fields()[1].name, "name");
    /// ```
    pub fn fields() -> Vec<Field> {
        let field = |name: &&'static str| Field {
            name: Cow::Borrowed(*name),
            kind: Kind::Text,
        };
        FIELDS.iter().map(field).collect()
    }

    /// The values of [`Entry::fields`].
    ///
    /// ```
    /// use gongkai::flat::{Value, dictionary::Entry};
    ///
    /// let entry = Entry { kind: "cell", ..Entry::default() };
    /// assert_eq!(entry.values()[0], Value::Text("cell".into()));
    /// ```
    pub fn values(&self) -> Vec<Value<'_>> {
        let mut values = vec![
            super::text(self.kind),
            super::text(&self.name),
            super::optional(self.form.as_deref()),
            super::optional(self.panel.as_deref()),
            super::optional(self.unit.as_deref()),
            super::text(self.values),
        ];
        let labels = self.label.iter().chain(&self.traditional);
        values.extend(labels.map(|label| super::optional(label.as_deref())));
        values.push(super::optional(
            (!self.description.is_empty()).then_some(self.description),
        ));
        values
    }
}

/// The Traditional wordings of a genre, by what they fold to.
struct Script<'g>(BTreeMap<String, &'g str>);

impl<'g> Script<'g> {
    fn new(wordings: &'g [String]) -> Self {
        let wordings = wordings.iter();
        Self(
            wordings
                .map(|wording| (folded(wording), wording.as_str()))
                .collect(),
        )
    }

    fn cell(&self, form: &Form, table: &Table, row: (usize, &Row), column: &Column) -> Entry {
        let (at, row) = row;
        let above = |at: &usize| table.rows.get(*at)?.parent;
        let mut rows: Vec<&Label> = std::iter::successors(Some(at), above)
            .filter_map(|at| table.rows.get(at))
            .map(|row| &row.label)
            .collect();
        rows.reverse();
        let above = |at: &usize| table.spanners.get(*at)?.parent;
        let mut columns: Vec<&Label> = std::iter::successors(column.spanner, above)
            .filter_map(|at| table.spanners.get(at))
            .map(|spanner| &spanner.label)
            .collect();
        columns.reverse();
        columns.push(&column.label);
        let title: Vec<&Label> = table.title.iter().collect();
        let levels = [title, rows, columns];
        let panel = || {
            let (row, column) = (row.panel_id()?, column.panel_id()?);
            Some(format!("{}/{row}/{column}", table.panel.as_ref()?))
        };
        let compared = !row.group && !column.optional;
        Entry {
            kind: "cell",
            name: format!("{}/{}/{}", table.id, row.id, column.id),
            form: Some(form.id.clone()),
            panel: compared.then(panel).flatten(),
            unit: column.unit_of(row).map(str::to_owned),
            values: "decimal",
            label: levels.each_ref().map(|levels| simplified(levels)),
            traditional: levels.each_ref().map(|levels| self.traditional(levels)),
            description: if compared {
                ""
            } else {
                "only in some prints; no column of --wide"
            },
        }
    }

    /// None where the grammar lacks a level of it.
    fn traditional(&self, levels: &[&Label]) -> Option<String> {
        let wordings = levels.iter().map(|label| match label.text.as_str() {
            "" => Some(""),
            text => self.0.get(&folded(text)).copied(),
        });
        joined(&wordings.collect::<Option<Vec<_>>>()?)
    }
}

fn simplified(levels: &[&Label]) -> Option<String> {
    let levels: Vec<&str> = levels.iter().map(|label| label.text.as_str()).collect();
    joined(&levels)
}

/// A row without wording is the only one of its table: it has no label.
fn joined(levels: &[&str]) -> Option<String> {
    let levels: Vec<&str> = levels
        .iter()
        .copied()
        .filter(|level| !level.is_empty())
        .collect();
    (!levels.is_empty()).then(|| levels.join(LEVEL))
}

fn folded(text: &str) -> String {
    text.chars().map(fold).collect()
}
