//! A failure of no cell that is printed -> the heading or line to show it at.

use std::ops::Range;

use gongkai::extraction::{Check, Extraction, Section, Span, SpannedText};
use gongkai::form::{CheckRule, Form, Grammars};

use super::{Place, offset, range};
use crate::cli::check::Report;
use crate::cli::check::words::rule;

/// Of a section its heading, of a table its first line or the heading that it is missing below; of
/// anything else the title, or the first line there is.
pub(super) fn heading(
    report: &Report,
    check: &Check,
    grammars: &Grammars,
) -> Option<Place<'static>> {
    let extraction = &report.extraction;
    let form = grammars.form(&extraction.form.as_ref()?.id)?;
    let section = check.scope.section.as_deref();
    let section = section.and_then(|id| of_section(report, form, id));
    let table = check.scope.table.as_deref();
    let table = || {
        let id = table?;
        let printed = extraction.tables.iter().find(|one| one.id == id)?;
        at(report, printed.span, String::new())
    };
    let missing = || match rule(report, check, grammars)?.rule {
        CheckRule::TablePresent => missing_table(report, form),
        _ => None,
    };
    let place = section.or_else(table).or_else(missing);
    place.or_else(|| top(report))
}

/// The heading of a section, or of the next one printed where it is missing.
fn of_section(report: &Report, form: &Form, id: &str) -> Option<Place<'static>> {
    let index = form.sections.iter().position(|section| section.id == id)?;
    let (missing, next) = (form.sections.get(index)?, form.sections.get(index + 1..)?);
    let found = |id: &str| printed(&report.extraction, id);
    if let Some(section) = found(&missing.id) {
        return at(report, begin(&section.title), String::new());
    }
    let section = next.iter().find_map(|section| found(&section.id))?;
    let label = format!("section `{id}` belongs before this one");
    at(report, begin(&section.title), label)
}

/// The heading of the section in which a table of the form is missing.
fn missing_table(report: &Report, form: &Form) -> Option<Place<'static>> {
    let extraction = &report.extraction;
    let is_printed = |id: &str| extraction.tables.iter().any(|table| table.id == id);
    let missing = form.tables.iter().filter(|table| !is_printed(&table.id));
    let mut places = missing.filter_map(|table| {
        let section = form.sections.get(table.section?)?;
        let section = printed(extraction, &section.id)?;
        let label = format!("table `{}` belongs here", table.id);
        at(report, begin(&section.title), label)
    });
    places.next()
}

/// The title, or the first line with anything on it.
fn top(report: &Report) -> Option<Place<'static>> {
    if let Some(title) = &report.extraction.title {
        return at(report, begin(title), String::new());
    }
    let text = report.source.text();
    let start = text.len() - text.trim_start().len();
    let said = text.get(start..)?.lines().next()?.trim_end();
    let range = start..start + said.len();
    let (line, column) = report.source.position(start);
    let span = Span {
        start: offset(report, range.start),
        end: offset(report, range.end),
        line,
        column,
    };
    Some(shown(span, range, String::new()))
}

/// The first line of a span.
fn at(report: &Report, span: Span, label: String) -> Option<Place<'static>> {
    let whole = range(report, span)?;
    let line = report.source.text().get(whole.clone())?.lines().next()?;
    let end = whole.start + line.len();
    let span = Span {
        end: offset(report, end),
        ..span
    };
    Some(shown(span, whole.start..end, label))
}

fn shown(span: Span, range: Range<usize>, label: String) -> Place<'static> {
    Place {
        address: "",
        row: label,
        column: String::new(),
        value: None,
        span,
        range,
    }
}

fn printed<'e>(extraction: &'e Extraction, id: &str) -> Option<&'e Section> {
    extraction.sections.iter().find(|section| section.id == id)
}

/// The first piece of what is printed.
fn begin(printed: &SpannedText) -> Span {
    printed.pieces.first().copied().unwrap_or(printed.span)
}
