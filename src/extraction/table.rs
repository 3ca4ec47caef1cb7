//! Tables: columns, rows, and what stands in a cell.

use rust_decimal::Decimal;
use serde::Serialize;

use super::{Span, exact};

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
