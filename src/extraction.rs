//! The public model: what was read, with the span of everything.
//!
//! This is the whole output contract: what serialises here is what `gongkai parse` prints. It stands
//! in one file, long for its examples, so that it can be read as one.

mod exact;

use rust_decimal::Decimal;
use serde::Serialize;

/// Name and number of the schema of an [`Extraction`].
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// assert_eq!(extraction.schema, gongkai::extraction::SCHEMA);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub const SCHEMA: &str = "gongkai.extraction/1";

/// The JSON Schema of an [`Extraction`], as `gongkai schema` prints it.
///
/// ```
/// let schema: serde_json::Value = serde_json::from_str(gongkai::extraction::JSON_SCHEMA)?;
/// assert!(schema["properties"]["tables"].is_object());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub const JSON_SCHEMA: &str = include_str!("../schema/extraction.json");

/// Everything read from one source.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// assert_eq!(extraction.year.map(|year| year.value), Some(2022));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Extraction {
    /// `gongkai.extraction/1`.
    pub schema: &'static str,
    /// What was read.
    pub source: SourceInfo,
    /// The form that was recognised.
    pub form: Option<FormInfo>,
    /// The report's title.
    pub title: Option<SpannedText>,
    /// The body that published it.
    pub agency: Option<SpannedText>,
    /// The fiscal year.
    pub year: Option<Year>,
    /// The outline.
    pub sections: Vec<Section>,
    /// The tables, in the order of the text.
    pub tables: Vec<Table>,
    /// Counts stated in prose.
    pub statements: Vec<Statement>,
    /// Whether the numbers hold together.
    pub checks: Vec<Check>,
    /// What a reader should know.
    pub diagnostics: Vec<Diagnostic>,
    /// What every line of the text was taken for.
    pub coverage: Coverage,
}

/// The unit that span offsets count.
///
/// ```
/// use gongkai::{Options, extraction::Offsets};
/// let options = Options { offsets: Offsets::Char, ..Options::default() };
/// let extraction = gongkai::extract("某县2022年政府信息公开工作年度报告".as_bytes(), &options)?;
/// assert_eq!(extraction.year.map(|year| year.span.start), Some(2));
/// # Ok::<(), gongkai::source::UnknownEncoding>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Offsets {
    /// Bytes of the input exactly as it was given.
    #[default]
    Byte,
    /// Unicode scalar values of the decoded text (Python).
    Char,
    /// UTF-16 code units of the decoded text (JavaScript).
    Utf16,
}

/// The source as it was given.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// assert_eq!((extraction.source.encoding, extraction.source.script), ("UTF-8", Some("hans")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceInfo {
    /// File name or `-`; none for bytes in memory.
    pub name: Option<String>,
    /// Length in bytes.
    pub bytes: usize,
    /// SHA-256 of the bytes, in hexadecimal.
    pub sha256: String,
    /// WHATWG name of the encoding, such as `UTF-8`, `gb18030`, `Big5`.
    pub encoding: &'static str,
    /// `hans`, `hant`, `mixed`, or none where the text has no Chinese that tells.
    pub script: Option<&'static str>,
    /// What span offsets count.
    pub offsets: Offsets,
}

/// Which form was recognised.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// assert_eq!(extraction.form.map(|form| form.id).as_deref(), Some("annual_2021"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FormInfo {
    /// `annual_2019`.
    pub id: String,
    /// Official name.
    pub name: String,
}

/// A place in the source. `start..end` is half-open, in the unit of [`SourceInfo::offsets`].
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let span = extraction.title.ok_or("no title")?.span;
/// assert_eq!((span.line, span.column), (1, 1));
/// assert!(report[span.start..span.end].starts_with("望川区".as_bytes()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Span {
    /// First unit.
    pub start: usize,
    /// One past the last unit.
    pub end: usize,
    /// Line of `start`, from 1.
    pub line: usize,
    /// Column of `start` in Unicode scalar values, from 1.
    pub column: usize,
}

/// A text and where it stands.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// assert_eq!(extraction.agency.ok_or("no agency")?.text, "望川区人民政府");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SpannedText {
    /// As written in the source (or converted, where another script was asked for).
    pub text: String,
    /// From its first piece to its last.
    pub span: Span,
    /// The pieces, where it lies in more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Span>,
}

/// The fiscal year.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let year = extraction.year.ok_or("no year")?;
/// assert_eq!(&report[year.span.start..year.span.end], b"2022");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Year {
    /// 2020.
    pub value: i32,
    /// Where the text says so.
    pub span: Span,
}

/// A section of the outline.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let section = &extraction.sections[0];
/// assert_eq!((section.number.as_deref(), section.title.text.as_str()), (Some("一"), "总体情况"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Section {
    /// Id of the form, `part-1` … for a part the form does not name, or `section-1` … where no form
    /// names the sections.
    pub id: String,
    /// Printed number.
    pub number: Option<String>,
    /// Heading without the number.
    pub title: SpannedText,
    /// The whole section, heading included.
    pub span: Span,
    /// Paragraphs and tables, in order.
    pub blocks: Vec<Block>,
    /// Numbered parts.
    pub sections: Vec<Section>,
}

/// A block of a section.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// use gongkai::extraction::Block;
/// let block = &extraction.sections[1].blocks[0];
/// assert!(matches!(block, Block::Table { table } if table == "art20_1"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Block {
    /// Running text.
    Paragraph {
        /// As written.
        text: String,
        /// Where.
        span: Span,
    },
    /// A table, by id.
    Table {
        /// Id of a table in [`Extraction::tables`].
        table: String,
    },
}

/// One table.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let table = &extraction.tables[0];
/// assert_eq!((table.id.as_str(), table.rows.len(), table.columns.len()), ("art20_1", 2, 3));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// `requests`; `table-1` … for a table that no form claims.
    pub id: String,
    /// The form that reads it, where it is not the report's (mixed forms).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub form: Option<String>,
    /// How it was told from the text alone, where no form claims it.
    #[serde(flatten)]
    pub inferred: Option<Inferred>,
    /// Id of the section it stands in.
    pub section: Option<String>,
    /// From its first label to its last cell.
    pub span: Span,
    /// How the table was written, in words.
    pub layout: String,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows from top to bottom.
    pub rows: Vec<Row>,
}

/// What an inferred table rests on. In the JSON its fields are the table's.
///
/// ```
/// let page = "窗口  受理  办结\n甲窗口  12  11\n乙窗口  7  7\n丙窗口  30  28\n";
/// let extraction = gongkai::extract(page.as_bytes(), &gongkai::Options::default())?;
/// let inferred = extraction.tables[0].inferred.as_ref().ok_or("not inferred")?;
/// assert_eq!(inferred.confidence, gongkai::extraction::Confidence::High);
/// assert_eq!(extraction.tables[0].columns[1].label, ["办结"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inferred {
    /// Always `null`: no form reads the table.
    form: NoForm,
    /// How sure its width is.
    pub confidence: Confidence,
    /// What says so, lower case, no full stop.
    pub because: String,
}

/// `null`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct NoForm;

impl Inferred {
    pub(crate) fn new(confidence: Confidence, because: String) -> Self {
        Self {
            form: NoForm,
            confidence,
            because,
        }
    }
}

/// How sure the width of an inferred table is.
///
/// ```
/// use gongkai::extraction::Confidence;
/// assert!(Confidence::Low < Confidence::High);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// More than one width fits: its cells are ambiguous.
    Low,
    /// The rows agree among themselves; nothing else says the same.
    Medium,
    /// The rows agree with each other and with the headers.
    High,
}

/// One column.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let column = &extraction.tables[0].columns[0];
/// assert_eq!((column.id.as_str(), &column.label[..]), ("issued_this_year", &["本年制发件数".to_owned()][..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// `legal_entity.business`; `extra-1` … for a column that the form does not have.
    pub id: String,
    /// Its headers from the outermost in, as printed; as the form has them where not printed.
    pub label: Vec<String>,
    /// Where the innermost header stands.
    pub span: Option<Span>,
}

/// One row.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let row = &extraction.tables[0].rows[0];
/// assert_eq!((row.id.as_str(), row.label.concat()), ("rules", "规章".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// `denied.state_secret`; `extra-1` … in printed order for a row that the form does not have.
    pub id: String,
    /// Its headings from the outermost in, as printed.
    pub label: Vec<String>,
    /// Where its own label stands.
    pub span: Option<Span>,
    /// Pieces of the label, where it lies in more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Span>,
    /// Its cells, in column order.
    pub cells: Vec<Cell>,
}

/// What stands in a cell.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// use gongkai::extraction::State;
/// let cells = extraction.tables[0].rows.iter().flat_map(|row| &row.cells);
/// assert!(cells.map(|cell| cell.state).all(|state| state == State::Number));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// A number.
    Number,
    /// A mark for no value, such as `-`, `/`, `无`.
    Placeholder,
    /// Visibly empty.
    Blank,
    /// The row is there, the cell is not.
    Absent,
    /// Something else.
    Text,
    /// More than one reading fits.
    Ambiguous,
}

/// How a cell was told from its neighbours.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// use gongkai::extraction::Reading;
/// let cell = &extraction.tables[0].rows[0].cells[0];
/// assert_eq!(cell.reading, Some(Reading::Direct));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Reading {
    /// The layout itself shows which cell this is.
    Direct,
    /// Only the form's equations did, with exactly one solution.
    Solved,
}

/// One cell.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let cell = &extraction.tables[0].rows[0].cells[0];
/// assert_eq!((cell.raw.as_deref(), cell.value), (Some("2"), Some(2.into())));
/// let span = cell.span.ok_or("no span")?;
/// assert_eq!(&report[span.start..span.end], b"2");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cell {
    /// Column id.
    pub column: String,
    /// What stands there.
    pub state: State,
    /// How it was told from its neighbours; none where nothing is asserted.
    pub reading: Option<Reading>,
    /// The text under the span.
    pub raw: Option<String>,
    /// The number, exact.
    #[serde(serialize_with = "exact::option")]
    pub value: Option<Decimal>,
    /// Unit, printed or of the form.
    pub unit: Option<String>,
    /// Where.
    pub span: Option<Span>,
    /// The readings that fit, where more than one does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<Candidate>,
}

impl Cell {
    /// A cell of a column that is not in the text.
    pub(crate) fn absent(column: String) -> Self {
        Self {
            column,
            state: State::Absent,
            reading: None,
            raw: None,
            value: None,
            unit: None,
            span: None,
            candidates: Vec::new(),
        }
    }
}

/// One reading of an ambiguous cell.
///
/// ```
/// // Two cells that lost what stood between them.
/// let report = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章 12 5\n行政规范性文件 6 4 56\n。";
/// let extraction = gongkai::extract(report.as_bytes(), &gongkai::Options::default())?;
/// let cell = &extraction.tables[0].rows[0].cells[0];
/// assert_eq!(cell.value, None);
/// assert!(cell.candidates.iter().any(|each| each.raw.as_deref() == Some("12")));
/// # Ok::<(), gongkai::source::UnknownEncoding>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    /// The number; none for "no number stands there".
    #[serde(serialize_with = "exact::option")]
    pub value: Option<Decimal>,
    /// The text it would be read from.
    pub raw: Option<String>,
    /// Where.
    pub span: Option<Span>,
}

/// A count that the prose states.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let statement = &extraction.statements[0];
/// assert_eq!((statement.id.as_str(), statement.raw.as_str()), ("received_this_year", "293"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Statement {
    /// `received_this_year`.
    pub id: String,
    /// The count, exact.
    #[serde(serialize_with = "exact::number")]
    pub value: Decimal,
    /// As printed, such as 宗.
    pub unit: Option<String>,
    /// The text under the span.
    pub raw: String,
    /// Where the number stands.
    pub span: Span,
}

/// Outcome of a check.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// use gongkai::extraction::CheckStatus;
/// assert!(extraction.checks.iter().all(|check| check.status != CheckStatus::Fail));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckStatus {
    /// The relation holds.
    Pass,
    /// It does not.
    Fail,
    /// Something it needs is not certain.
    Unevaluated,
}

/// One relation over the cells of the report.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let check = &extraction.checks[0];
/// assert_eq!((check.id.as_str(), check.difference), ("t3_identity", Some(0.into())));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// `t3_identity`.
    pub id: String,
    /// `{"column": "total"}`, `{"row": "carried_in"}` or `{}`.
    pub scope: CheckScope,
    /// `error`, `warning` or `note`: how bad a failure is.
    pub severity: Severity,
    /// Whether it holds.
    pub status: CheckStatus,
    /// Left side.
    pub left: Side,
    /// Right side.
    pub right: Side,
    /// Left minus right.
    #[serde(serialize_with = "exact::option")]
    pub difference: Option<Decimal>,
    /// Why it could not be evaluated, or which reading of a statement agreed.
    pub reason: Option<String>,
    /// Cells that alone, with one other value, would make every failed check hold.
    pub suspects: Vec<Suspect>,
}

/// What a check was applied to.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let scope = &extraction.checks[0].scope;
/// assert_eq!(scope.column.as_deref(), Some("natural_person"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckScope {
    /// Table id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Row id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<String>,
    /// Column id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
}

/// One side of a relation.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// let side = &extraction.checks[0].left;
/// assert_eq!(side.cells[0], "requests/received_this_year/natural_person");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Side {
    /// Its sum; none where a cell is not certain.
    #[serde(serialize_with = "exact::option")]
    pub value: Option<Decimal>,
    /// Addresses `table/row/column`, or `prose/statement`.
    pub cells: Vec<String>,
}

/// A cell that may be the culprit.
///
/// ```
/// # let report = std::fs::read_to_string("samples/annual_2021/markdown.txt")?;
/// let report = report.replace("| 261 | 30 |", "| 261 | 31 |");
/// let extraction = gongkai::extract(report.as_bytes(), &gongkai::Options::default())?;
/// let suspects = extraction.checks.iter().flat_map(|check| &check.suspects);
/// assert!(suspects.into_iter().any(|suspect| suspect.value == 30.into()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Suspect {
    /// Address `table/row/column`.
    pub cell: String,
    /// The one value with which every failed check would hold. Never applied.
    #[serde(serialize_with = "exact::number")]
    pub value: Decimal,
}

/// How much a diagnostic matters.
///
/// ```
/// use gongkai::extraction::Severity;
/// assert!(Severity::Error > Severity::Warning && Severity::Warning > Severity::Note);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Something was withheld or looks wrong.
    Warning,
    /// The report could not be read as its form.
    Error,
}

/// Something a reader should know.
///
/// ```
/// let extraction = gongkai::extract("今天多云".as_bytes(), &gongkai::Options::default())?;
/// assert_eq!(extraction.diagnostics[0].code, "unknown-form");
/// # Ok::<(), gongkai::source::UnknownEncoding>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Stable, kebab-case.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Lower case, no full stop.
    pub message: String,
    /// Where, if at one place.
    pub span: Option<Span>,
    /// What to do about it.
    pub help: Option<String>,
}

/// Lines by what they were taken for; the parts add up to `lines`.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// assert_eq!((extraction.coverage.lines, extraction.coverage.unclaimed), (80, 0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// All lines.
    pub lines: usize,
    /// White space only.
    pub blank: usize,
    /// The title.
    pub title: usize,
    /// Section headings.
    pub heading: usize,
    /// Running text.
    pub prose: usize,
    /// Table titles, headers and stubs without a value on the line.
    pub label: usize,
    /// Lines with a value.
    pub value: usize,
    /// Lines that only pad a row or border a cell.
    pub padding: usize,
    /// Lines of the page around the report.
    pub furniture: usize,
    /// Lines that nothing accounts for.
    pub unclaimed: usize,
}
