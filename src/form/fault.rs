//! What is wrong with a grammar, shown under the line that is wrong.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

// The build has this module too, inside another.
use super::super::distance::distance;

/// One fault of one grammar file.
///
/// ```
/// use gongkai::form::Grammars;
/// let errors = Grammars::with_texts([("a.toml", "[genre]\nid = 1\n")]).unwrap_err();
/// assert!(errors.faults().all(|(file, fault)| file == "a.toml" && !fault.message.is_empty()));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Kebab-case and stable: `unknown-key`, `duplicate-id`; listed in `grammars/README.md`.
    pub code: &'static str,
    /// What was expected and what was found.
    pub message: String,
    /// Byte range in the file.
    pub span: Range<usize>,
    /// A few words under the place.
    pub label: String,
    /// Another place that matters, such as the first of two equal ids, and why.
    pub other: Option<(Range<usize>, String)>,
    /// How to mend it.
    pub help: Option<String>,
}

impl Fault {
    pub(crate) fn new(
        code: &'static str,
        span: Range<usize>,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        let (message, label) = (message.into(), label.into());
        Self {
            code,
            message,
            span,
            label,
            other: None,
            help: None,
        }
    }

    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }
}

/// All faults of the grammars that were to be loaded, with the text of the files.
///
/// Displayed, each is `error[code]: message`, the place as `file:line:column`, the source line and
/// carets under the place.
///
/// ```
/// use gongkai::form::Grammars;
///
/// let text = "[form]\nid = '表'\nname = '表'\ngenre = 'disclosure_report'\n";
/// let errors = Grammars::with_texts([("a.toml", text)]).unwrap_err();
/// assert!(errors.to_string().starts_with("error[bad-id]: expected an id, found `表`\n"));
/// assert!(errors.to_string().contains("a.toml:2:6"));
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GrammarErrors {
    files: Vec<FaultyFile>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct FaultyFile {
    name: String,
    /// None where the file could not be read.
    text: Option<String>,
    faults: Vec<Fault>,
}

impl GrammarErrors {
    pub(crate) fn add(&mut self, name: &str, text: &str, mut faults: Vec<Fault>) {
        if faults.is_empty() {
            return;
        }
        // Keys are read in the order of the loader, people read from top to bottom.
        faults.sort_by_key(|fault| (fault.span.start, fault.span.end));
        let (name, text) = (name.to_owned(), Some(text.to_owned()));
        self.files.push(FaultyFile { name, text, faults });
    }

    pub(crate) fn unreadable(&mut self, name: &str, error: &std::io::Error) {
        let reason = error.to_string();
        // Without the system's number: `(os error 2)`.
        let reason = reason.split(" (os error ").next().unwrap_or_default();
        self.refused(name, format!("cannot read `{name}`: {reason}"));
    }

    /// A file that is not UTF-8.
    pub(crate) fn not_utf8(&mut self, name: &str, bytes: &[u8]) {
        let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
        let before = bytes.get(..valid).unwrap_or_default();
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        let now = match bytes {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "it is UTF-16 now",
            _ => "it may be GBK or Big5 now",
        };
        self.refused(
            name,
            format!("`{name}` is not UTF-8 (line {line}): save it as UTF-8; {now}"),
        );
    }

    /// Something that cannot be read as a grammar at all.
    pub(crate) fn refused(&mut self, name: &str, message: String) {
        let fault = Fault::new("unreadable", 0..0, message, "");
        self.files.push(FaultyFile {
            name: name.to_owned(),
            text: None,
            faults: vec![fault],
        });
    }

    /// Only the faults of some files.
    pub(crate) fn of(mut self, is: impl Fn(&str) -> bool) -> Self {
        self.files.retain(|file| is(&file.name));
        self
    }

    pub(crate) fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.files.is_empty() {
            Ok(value)
        } else {
            Err(self)
        }
    }

    /// File name and fault, in file order.
    ///
    /// ```
    /// let errors = gongkai::form::Grammars::with_texts([("a.toml", "[form]\nidd = 1\n")]);
    /// let codes: Vec<_> = errors.unwrap_err().faults().map(|(_, fault)| fault.code).collect();
    /// assert_eq!(codes, ["missing-key", "missing-key", "missing-key", "unknown-key"]);
    /// ```
    pub fn faults(&self) -> impl Iterator<Item = (&str, &Fault)> {
        let files = self.files.iter();
        files.flat_map(|file| {
            file.faults
                .iter()
                .map(move |fault| (file.name.as_str(), fault))
        })
    }

    /// The faults as text, with colours or without.
    ///
    /// ```
    /// let errors = gongkai::form::Grammars::with_texts([("a.toml", "form")]).unwrap_err();
    /// assert!(errors.render(true).contains("\u{1b}["));
    /// ```
    pub fn render(&self, color: bool) -> String {
        let renderer = if color {
            Renderer::styled()
        } else {
            Renderer::plain()
        };
        let reports: Vec<String> = self
            .files
            .iter()
            .flat_map(|file| file.faults.iter().map(|fault| file.group(fault)))
            .map(|group| renderer.render(&[group]))
            .collect();
        reports.join("\n\n")
    }
}

impl FaultyFile {
    fn group<'a>(&'a self, fault: &'a Fault) -> Group<'a> {
        let title = Level::ERROR
            .primary_title(fault.message.as_str())
            .id(fault.code);
        let Some(text) = &self.text else {
            return Group::with_title(title);
        };
        let primary = AnnotationKind::Primary
            .span(within(text, &fault.span))
            .label(fault.label.as_str());
        let other = fault.other.as_ref().map(|(span, label)| {
            AnnotationKind::Context
                .span(within(text, span))
                .label(label.as_str())
        });
        let snippet = Snippet::source(text)
            .path(self.name.as_str())
            .annotation(primary)
            .annotations(other);
        let group = title.element(snippet);
        match &fault.help {
            Some(help) => group.element(Level::HELP.message(help.as_str())),
            None => group,
        }
    }
}

/// `span` if it lies on characters of `text`, else its end: a renderer may panic on any other.
fn within(text: &str, span: &Range<usize>) -> Range<usize> {
    if text.get(span.clone()).is_some() {
        span.clone()
    } else {
        text.len()..text.len()
    }
}

impl fmt::Display for GrammarErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for GrammarErrors {}

/// The candidate nearest to `name`, if one is near enough to have been meant.
pub(crate) fn closest<'a>(
    name: &str,
    candidates: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    let near = candidates
        .map(|candidate| (distance(name, candidate), candidate))
        .min();
    near.filter(|(distance, _)| *distance * 2 <= name.chars().count())
        .map(|(_, near)| near)
}

#[test]
fn the_closest_name_is_near() {
    assert_eq!(
        closest("colums", ["columns", "rows"].into_iter()),
        Some("columns")
    );
    assert_eq!(closest("x", ["columns", "rows"].into_iter()), None);
}
