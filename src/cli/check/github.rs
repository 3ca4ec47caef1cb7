//! Results as annotations of GitHub Actions.

use std::io::{self, Write};

use gongkai::check::Across;
use gongkai::extraction::{Check, CheckStatus, Diagnostic, Severity};
use gongkai::form::Grammars;

use super::place::{Place, place, primary};
use super::words::{demand, failed, listed, of_year, scope, sentence, unrecognised};
use super::{Past, Report};
use crate::cli::read::Unreadable;
use crate::cli::remarks::advice;
use crate::cli::style::shown;
use crate::cli::unreadable::diagnostic;

/// One line for every failure of a report, or for what is no report.
pub(crate) fn report(report: &Report, grammars: &Grammars, out: &mut dyn Write) -> io::Result<()> {
    if let Some(note) = unrecognised(&report.extraction) {
        return input("warning", &report.name, note, out);
    }
    for check in failed(&report.extraction.checks) {
        let place = primary(report, check, grammars);
        annotation(report, check, place, grammars, out)?;
    }
    Ok(())
}

/// One line for an input that could not be read.
pub(crate) fn unreadable(error: &Unreadable, out: &mut dyn Write) -> io::Result<()> {
    input("error", &error.name, &diagnostic(error), out)
}

fn input(level: &str, name: &str, note: &Diagnostic, out: &mut dyn Write) -> io::Result<()> {
    let (name, title) = (property(name), property(note.code));
    let message = data(&advice(note));
    writeln!(out, "::{level} file={name},title={title}::{message}")
}

/// One line for every failure between two reports, on the later one.
pub(crate) fn across(
    past: &Past<'_>,
    across: &[Across],
    grammars: &Grammars,
    out: &mut dyn Write,
) -> io::Result<()> {
    for pair in across
        .iter()
        .filter(|pair| pair.check.status == CheckStatus::Fail)
    {
        let Some(report) = past.report(pair.current) else {
            continue;
        };
        let check = of_year(&pair.check, pair.year);
        let mut cells = check.left.cells.iter().chain(&check.right.cells);
        let place = cells.find_map(|cell| place(&report, cell));
        annotation(&report, &check, place, grammars, out)?;
    }
    Ok(())
}

fn annotation(
    report: &Report,
    check: &Check,
    place: Option<Place<'_>>,
    grammars: &Grammars,
    out: &mut dyn Write,
) -> io::Result<()> {
    let level = match check.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    write!(out, "::{level} file={}", property(&report.name))?;
    if let Some(place) = place {
        let width = report
            .source
            .text()
            .get(place.range)
            .map_or(0, |text| text.chars().count());
        let (line, column) = (place.span.line, place.span.column);
        write!(
            out,
            ",line={line},col={column},endColumn={}",
            column + width
        )?;
    }
    let scope = scope(check);
    let title = if scope.is_empty() {
        check.id.clone()
    } else {
        format!("{} ({scope})", check.id)
    };
    let mut message = demand(Some(report), check, grammars);
    for line in [Some(sentence(check)), listed(report, check)] {
        message.extend(line.map(|line| format!("\n{line}")));
    }
    for suspect in &check.suspects {
        message.push_str(&format!(
            "\nsuspect: {}, were it {}",
            suspect.cell, suspect.value
        ));
    }
    writeln!(out, ",title={}::{}", property(&title), data(&message))
}

/// A workflow command ends at a line break, and `%` escapes. Other control characters have no
/// escape there, and are shown as everywhere.
fn data(text: &str) -> String {
    let escaped = text
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A");
    shown(&escaped)
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
