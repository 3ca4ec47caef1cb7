//! Results as annotations of GitHub Actions.

use std::io::{self, Write};

use gongkai::check::Across;
use gongkai::extraction::{Check, CheckStatus, Severity};

use super::place::{Place, place, primary};
use super::{Past, Report, scope, sentence};

/// One line for every failure of a report.
pub(crate) fn report(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let failed = report
        .extraction
        .checks
        .iter()
        .filter(|check| check.status == CheckStatus::Fail);
    for check in failed {
        annotation(report, check, primary(report, check), out)?;
    }
    Ok(())
}

/// One line for every failure between two reports, on the later one.
pub(crate) fn across(past: &Past<'_>, across: &[Across], out: &mut dyn Write) -> io::Result<()> {
    for pair in across
        .iter()
        .filter(|pair| pair.check.status == CheckStatus::Fail)
    {
        let Some(report) = past.report(pair.current) else {
            continue;
        };
        annotation(&report, &pair.check, of_current(&report, pair), out)?;
    }
    Ok(())
}

/// The first cell of the later report.
pub(super) fn of_current<'a>(report: &Report, pair: &'a Across) -> Option<Place<'a>> {
    let prefix = format!("{}:", pair.year);
    let mut cells = pair.check.left.cells.iter().chain(&pair.check.right.cells);
    cells.find_map(|cell| place(report, cell.strip_prefix(&prefix)?))
}

fn annotation(
    report: &Report,
    check: &Check,
    place: Option<Place<'_>>,
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
    let mut message = sentence(check);
    for suspect in &check.suspects {
        message.push_str(&format!(
            "\nsuspect: {}, were it {}",
            suspect.cell, suspect.value
        ));
    }
    writeln!(out, ",title={}::{}", property(&title), data(&message))
}

/// A workflow command ends at a line break, and `%` escapes.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
