//! The public model: what was read, with the span of everything.
//!
//! This is the whole output contract: what serialises here is what `gongkai parse` prints.

mod check;
mod exact;
mod json;
mod note;
mod table;

use rust_decimal::Decimal;
use serde::Serialize;

pub use check::{Check, CheckScope, CheckStatus, Side, Suspect};
pub use note::{Coverage, Diagnostic, Severity};
pub use table::{Candidate, Cell, Column, Confidence, Inferred, Reading, Row, State, Table};

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

impl Extraction {
    /// An extraction in which nothing is said of the source.
    pub(crate) fn empty(source: SourceInfo) -> Self {
        Self {
            schema: SCHEMA,
            source,
            form: None,
            title: None,
            agency: None,
            year: None,
            sections: Vec::new(),
            tables: Vec::new(),
            statements: Vec::new(),
            checks: Vec::new(),
            diagnostics: Vec::new(),
            coverage: Coverage::default(),
        }
    }
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
    /// Unicode scalar values of the decoded text (Python), which has no byte order mark and keeps its
    /// line ends: `open(name, encoding="utf-8-sig", newline="")`.
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
