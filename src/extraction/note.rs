//! What a reader should know: diagnostics, and what every line was taken for.

use serde::Serialize;

use super::Span;

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
