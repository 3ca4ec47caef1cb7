//! Extractions -> rows of plain tables, for analysis: one row a cell, or one row a report.
//!
//! [`rows`] gives the flat table of one extraction, a row for each cell. [`Wide`] gives one row a
//! report, with a column for each cell of the forms, or for what their panels make comparable.
//! [`dictionary`] describes the columns of both. [`Shape`] is any of them as fields and values,
//! for whoever writes files. Nothing here writes, and nothing is added to what was read: a value
//! stands in a table only where the extraction asserts it.

pub mod dictionary;
mod shape;
mod wide;

use std::borrow::Cow;

use rust_decimal::Decimal;

use crate::extraction::{Cell, Extraction, Reading, State};

pub use shape::Shape;
pub use wide::{Wide, WideColumn};

/// What the values of a field are.
///
/// ```
/// use gongkai::flat::{FIELDS, Kind};
///
/// assert_eq!(FIELDS.iter().filter(|(_, kind)| *kind == Kind::Decimal).count(), 1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number: a year, an offset.
    Integer,
    /// An exact number.
    Decimal,
}

/// A field: what a column of an output file is called, and what it holds.
///
/// ```
/// use gongkai::flat::Shape;
///
/// assert_eq!(Shape::flat().fields()[0].name, "source");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// `row_label`, or an address such as `requests/carried_in/total`.
    pub name: Cow<'static, str>,
    /// What its values are.
    pub kind: Kind,
}

/// A value of a field.
///
/// ```
/// use gongkai::flat::Value;
///
/// assert_ne!(Value::Empty, Value::Integer(0));
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing is known, or nothing stands there. Never 0.
    Empty,
    /// Text.
    Text(Cow<'a, str>),
    /// A whole number.
    Integer(i64),
    /// An exact number.
    Decimal(Decimal),
}

/// What the levels of a label are joined with: `三、本年度办理结果 > (一)予以公开`.
///
/// ```
/// let label = "三、本年度办理结果 > (一)予以公开";
/// assert_eq!(label.split(gongkai::flat::LEVEL).count(), 2);
/// ```
pub const LEVEL: &str = " > ";

/// The fields of the flat table, in order.
///
/// ```
/// assert_eq!(gongkai::flat::FIELDS.len(), 18);
/// assert_eq!(gongkai::flat::FIELDS[12].0, "value");
/// ```
pub const FIELDS: [(&str, Kind); 18] = [
    ("source", Kind::Text),
    ("sha256", Kind::Text),
    ("form", Kind::Text),
    ("agency", Kind::Text),
    ("year", Kind::Integer),
    ("table", Kind::Text),
    ("row", Kind::Text),
    ("column", Kind::Text),
    ("row_label", Kind::Text),
    ("column_label", Kind::Text),
    ("state", Kind::Text),
    ("reading", Kind::Text),
    ("value", Kind::Decimal),
    ("unit", Kind::Text),
    ("raw", Kind::Text),
    ("start", Kind::Integer),
    ("end", Kind::Integer),
    ("line", Kind::Integer),
];

/// How many of [`FIELDS`] say which report a row is of: the first of every table.
pub(crate) const REPORT: usize = 5;

/// A row of the flat table: one cell and the report it stands in.
///
/// ```
/// let report = "第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n7730.28\n";
/// let extraction = gongkai::extract(report.as_bytes(), &gongkai::Options::default())?;
/// let row = gongkai::flat::rows(&extraction).next().expect("one cell");
/// assert_eq!((row.table, row.cell.raw.as_deref()), ("art20_8", Some("7730.28")));
/// # Ok::<(), gongkai::source::UnknownEncoding>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Row<'a> {
    /// The report.
    pub extraction: &'a Extraction,
    /// The form that the table was read by; none where no form claims it.
    pub form: Option<&'a str>,
    /// Table id.
    pub table: &'a str,
    /// Row id.
    pub row: &'a str,
    /// The row's headings from the outermost in.
    pub row_label: &'a [String],
    /// The column's headers from the outermost in.
    pub column_label: &'a [String],
    /// The cell, with its column id.
    pub cell: &'a Cell,
}

/// The flat table of an extraction: a row for each cell, in the order of the text's tables.
///
/// ```
/// let report = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n\
///               规章\n2\n1\n5\n行政规范性文件\n6\n4\n56\n";
/// let extraction = gongkai::extract(report.as_bytes(), &gongkai::Options::default())?;
/// let rows: Vec<_> = gongkai::flat::rows(&extraction).collect();
/// assert_eq!(rows.len(), 6);
/// assert_eq!(rows[5].address(), "art20_1/normative_documents/in_force");
/// assert_eq!(rows[5].cell.raw.as_deref(), Some("56"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn rows(extraction: &Extraction) -> impl Iterator<Item = Row<'_>> {
    let form = extraction.form.as_ref().map(|form| form.id.as_str());
    extraction.tables.iter().flat_map(move |table| {
        // A table that is told from the text alone is none of the report's form.
        let form = form.filter(|_| table.inferred.is_none());
        table.rows.iter().flat_map(move |row| {
            row.cells.iter().map(move |cell| {
                let column = table.columns.iter().find(|column| column.id == cell.column);
                Row {
                    extraction,
                    form: table.form.as_deref().or(form),
                    table: &table.id,
                    row: &row.id,
                    row_label: &row.label,
                    column_label: column.map_or(&[], |column| &column.label),
                    cell,
                }
            })
        })
    })
}

impl<'a> Row<'a> {
    /// The cell's address, `table/row/column`.
    ///
    /// ```
    /// let report = "第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n7730.28\n";
    /// let extraction = gongkai::extract(report.as_bytes(), &gongkai::Options::default())?;
    /// let row = gongkai::flat::rows(&extraction).next().expect("one cell");
    /// assert_eq!(row.address(), "art20_8/administrative_fees/fees_collected");
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn address(&self) -> String {
        format!("{}/{}/{}", self.table, self.row, self.cell.column)
    }

    /// The values of [`FIELDS`].
    ///
    /// ```
    /// let report = "第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n7730.28\n";
    /// let extraction = gongkai::extract(report.as_bytes(), &gongkai::Options::default())?;
    /// let row = gongkai::flat::rows(&extraction).next().expect("one cell");
    /// assert_eq!(row.values().len(), gongkai::flat::FIELDS.len());
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn values(&self) -> Vec<Value<'a>> {
        let cell = self.cell;
        let mut values = report(self.extraction, self.form);
        let span = |end: fn(&crate::extraction::Span) -> usize| match &cell.span {
            Some(span) => integer(end(span)),
            None => Value::Empty,
        };
        values.extend([
            text(self.table),
            text(self.row),
            text(&cell.column),
            label(self.row_label),
            label(self.column_label),
            text(cell.state.as_str()),
            optional(cell.reading.map(Reading::as_str)),
            cell.value.map_or(Value::Empty, Value::Decimal),
            optional(cell.unit.as_deref()),
            optional(cell.raw.as_deref()),
            span(|span| span.start),
            span(|span| span.end),
            span(|span| span.line),
        ]);
        values
    }
}

impl State {
    /// The name in the output, such as `number`.
    ///
    /// ```
    /// assert_eq!(gongkai::extraction::State::Blank.as_str(), "blank");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Placeholder => "placeholder",
            Self::Blank => "blank",
            Self::Absent => "absent",
            Self::Text => "text",
            Self::Ambiguous => "ambiguous",
        }
    }
}

impl Reading {
    /// The name in the output: `direct` or `solved`.
    ///
    /// ```
    /// assert_eq!(gongkai::extraction::Reading::Solved.as_str(), "solved");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Solved => "solved",
        }
    }
}

fn form(extraction: &Extraction) -> Option<&str> {
    extraction.form.as_ref().map(|form| form.id.as_str())
}

/// Which report: the first fields of every table.
fn report<'a>(extraction: &'a Extraction, form: Option<&'a str>) -> Vec<Value<'a>> {
    let agency = extraction
        .agency
        .as_ref()
        .map(|agency| agency.text.as_str());
    let year = extraction.year.as_ref();
    let mut values = Vec::with_capacity(FIELDS.len());
    values.extend([
        optional(extraction.source.name.as_deref()),
        text(&extraction.source.sha256),
        optional(form),
        optional(agency),
        year.map_or(Value::Empty, |year| Value::Integer(year.value.into())),
    ]);
    values
}

fn text(text: &str) -> Value<'_> {
    Value::Text(Cow::Borrowed(text))
}

fn optional(value: Option<&str>) -> Value<'_> {
    value.map_or(Value::Empty, text)
}

fn integer(value: usize) -> Value<'static> {
    i64::try_from(value).map_or(Value::Empty, Value::Integer)
}

/// A row without wording, the only one of its table, has a level without text.
fn label(levels: &[String]) -> Value<'_> {
    let mut levels = levels.iter().filter(|level| !level.is_empty());
    match (levels.next(), levels.next()) {
        (None, _) => Value::Empty,
        (Some(level), None) => text(level),
        (Some(first), Some(second)) => {
            let mut label = [first.as_str(), second].join(LEVEL);
            for level in levels {
                label.push_str(LEVEL);
                label.push_str(level);
            }
            Value::Text(Cow::Owned(label))
        }
    }
}
