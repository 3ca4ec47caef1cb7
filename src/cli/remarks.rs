//! The warnings and errors of an input, for standard error.

use gongkai::Extraction;
use gongkai::extraction::{Diagnostic, Severity};

use super::style::{Style, line};

/// Remarks on one input that are printed; its document has all.
const MOST: usize = 10;

/// The diagnostics of an extraction that are more than notes, a line each.
pub(super) fn remarks(extraction: &Extraction) -> Vec<String> {
    let name = extraction.source.name.as_deref().unwrap_or_default();
    let notes = extraction.diagnostics.iter();
    let grave = notes.filter(|note| note.severity > Severity::Note);
    grave.map(|note| remark(name, note)).collect()
}

/// A diagnostic in one line: `a.txt:3:1: what is wrong; what to do`.
fn remark(name: &str, note: &Diagnostic) -> String {
    match &note.span {
        Some(span) => format!("{name}:{}:{}: {}", span.line, span.column, advice(note)),
        None => format!("{name}: {}", advice(note)),
    }
}

/// What is wrong and what to do about it: `what is wrong; what to do`.
pub(super) fn advice(note: &Diagnostic) -> String {
    match &note.help {
        Some(help) => format!("{}; {help}", note.message),
        None => note.message.clone(),
    }
}

/// Says remarks on standard error.
pub(super) fn tell(remarks: &[String], style: Style) {
    for remark in remarks.iter().take(MOST) {
        line(&style.error(remark));
    }
    if let Some(more @ 1..) = remarks.len().checked_sub(MOST) {
        line(&format!(
            "gongkai: {more} more; `gongkai parse` prints them all in `diagnostics`"
        ));
    }
}
