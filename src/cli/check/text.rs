//! Results for people: a verdict a file, then each failure under the lines it stands on.
//!
//! annotate-snippets draws the snippets. Under Chinese text both it and codespan-reporting put
//! carets by display width; but codespan-reporting draws a connecting line for every second label,
//! which buries a table row with seven of them, and ends lines in spaces. Neither copes with a
//! whole report on one line, so such a line is cut to what matters first ([`excerpt`]).

mod excerpt;

use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Renderer};
use gongkai::check::Across;
use gongkai::extraction::{Check, CheckStatus, Severity};
use gongkai::form::Grammars;

use super::place::{self, Place, place};
use super::{Past, Report, Tally, description, is_alone, scope, sentence};

/// Cells shown under one failure; a sum over a column has twenty.
const SHOWN: usize = 8;

/// The verdict on one report and its failures.
pub(crate) fn report(
    report: &Report,
    grammars: &Grammars,
    styled: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let extraction = &report.extraction;
    let Some(form) = &extraction.form else {
        return writeln!(
            out,
            "{}: form not recognised, nothing to check",
            report.name
        );
    };
    let own = || extraction.checks.iter().filter(|check| !is_alone(check));
    let tally = Tally::of(own());
    let verdict = match tally {
        Tally {
            fail: 0, pass: 0, ..
        } => "nothing could be checked".to_owned(),
        Tally { fail: 0, .. } => "ok".to_owned(),
        Tally { fail: 1, .. } => "1 check fails".to_owned(),
        Tally { fail, .. } => format!("{fail} checks fail"),
    };
    let Tally {
        pass, unevaluated, ..
    } = tally;
    writeln!(
        out,
        "{}: {verdict} ({}, {pass} hold, {unevaluated} not evaluated)",
        report.name, form.id
    )?;
    for (reason, ids) in reasons(own()) {
        writeln!(out, "  not evaluated: {reason} ({ids})")?;
    }
    let failed = extraction
        .checks
        .iter()
        .filter(|check| check.status == CheckStatus::Fail);
    for check in failed {
        let shown = cells(report, check);
        let group = head(check, description(report, check, grammars));
        let group = snippets(group, report, check, &shown);
        writeln!(out, "\n{}", render(styled, notes(group, check, &shown)))?;
    }
    if tally.fail > 0 {
        writeln!(out)?;
    }
    Ok(())
}

/// The failures from one report to the next.
pub(crate) fn across(
    past: &Past<'_>,
    across: &[Across],
    grammars: &Grammars,
    styled: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for pair in across
        .iter()
        .filter(|pair| pair.check.status == CheckStatus::Fail)
    {
        let [previous, current] = [pair.previous, pair.current].map(|at| past.report(at));
        let about = current.as_ref();
        let about = about.and_then(|current| description(current, &pair.check, grammars));
        let mut group = head(&pair.check, about);
        // A file that has changed since is not shown; what fails is said all the same.
        let years = [(&previous, pair.year - 1), (&current, pair.year)];
        for (report, year) in years
            .into_iter()
            .filter_map(|(report, year)| Some((report.as_ref()?, year)))
        {
            let check = of_year(&pair.check, year);
            let cells = check.left.cells.iter().chain(&check.right.cells);
            let places: Vec<Place<'_>> = cells.filter_map(|cell| place(report, cell)).collect();
            group = snippets(group, report, &check, &places);
        }
        writeln!(out, "\n{}", render(styled, notes(group, &pair.check, &[])))?;
    }
    Ok(())
}

/// One line over everything.
pub(crate) fn summary(reports: usize, tally: Tally, out: &mut dyn Write) -> io::Result<()> {
    let files = match reports {
        1 => "1 report".to_owned(),
        files => format!("{files} reports"),
    };
    let Tally {
        pass,
        fail,
        unevaluated,
    } = tally;
    writeln!(
        out,
        "{files}: {pass} checks hold, {fail} fail, {unevaluated} not evaluated"
    )
}

/// The check with only the addresses of one year, without the year.
fn of_year(check: &Check, year: i32) -> Check {
    let prefix = format!("{year}:");
    let mut check = check.clone();
    for side in [&mut check.left, &mut check.right] {
        let cells = side
            .cells
            .iter()
            .filter_map(|cell| cell.strip_prefix(&prefix));
        side.cells = cells.map(str::to_owned).collect();
    }
    check
}

/// Why checks were not evaluated: each reason once, with the checks it holds up. A check that is
/// held up in many rows is told once, by its first reason.
fn reasons<'c>(checks: impl Iterator<Item = &'c Check>) -> Vec<(&'c str, String)> {
    let mut held: Vec<(&str, &str, usize)> = Vec::new();
    for check in checks.filter(|check| check.status == CheckStatus::Unevaluated) {
        match held.iter_mut().find(|(id, ..)| *id == check.id) {
            Some((_, _, count)) => *count += 1,
            None => held.push((&check.id, check.reason.as_deref().unwrap_or("unknown"), 1)),
        }
    }
    let mut reasons: Vec<(&str, String)> = Vec::new();
    for (id, reason, count) in held {
        let id = match count {
            1 => id.to_owned(),
            count => format!("{id} and {} more like it", count - 1),
        };
        match reasons.iter_mut().find(|(other, _)| *other == reason) {
            Some((_, ids)) => {
                ids.push_str(", ");
                ids.push_str(&id);
            }
            None => reasons.push((reason, id)),
        }
    }
    reasons
}

/// The cells worth showing: no zeros, unless one is suspected or a side is nothing else.
fn cells<'c>(report: &Report, check: &'c Check) -> Vec<Place<'c>> {
    let suspected = |address: &str| check.suspects.iter().any(|suspect| suspect.cell == address);
    let mut shown = Vec::new();
    for side in [&check.left, &check.right] {
        let places = side
            .cells
            .iter()
            .filter_map(|address| place(report, address));
        shown.extend(places.filter(|place| {
            let zero = place.value.is_some_and(|value| value.is_zero());
            !zero || suspected(place.address) || side.cells.len() == 1
        }));
    }
    if shown.is_empty() {
        shown.extend(place::primary(report, check));
    }
    // The largest count most; the order of the text is kept.
    while shown.len() > SHOWN {
        let weight = |place: &Place<'_>| (suspected(place.address), place.value);
        let least = shown
            .iter()
            .enumerate()
            .min_by_key(|(_, place)| weight(place));
        let Some((least, _)) = least else { break };
        shown.remove(least);
    }
    shown
}

fn head<'a>(check: &'a Check, about: Option<&str>) -> Group<'a> {
    let level = match check.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = match (about, scope(check)) {
        (Some(about), scope) if scope.is_empty() => about.to_owned(),
        (Some(about), scope) => format!("{about} ({scope})"),
        (None, scope) if scope.is_empty() => "the numbers do not agree".to_owned(),
        (None, scope) => format!("the numbers do not agree ({scope})"),
    };
    Group::with_title(level.primary_title(title).id(&check.id))
}

fn snippets<'a>(
    group: Group<'a>,
    report: &'a Report,
    check: &Check,
    shown: &[Place<'_>],
) -> Group<'a> {
    let primary = place::primary(report, check).map(|place| place.range);
    let annotations = shown.iter().map(|place| {
        let kind = match &primary {
            Some(range) if *range == place.range => AnnotationKind::Primary,
            _ => AnnotationKind::Context,
        };
        (place.range.clone(), kind, label(check, place))
    });
    let elements = excerpt::snippets(&report.name, report.source.text(), annotations.collect());
    group.elements(elements)
}

/// What tells the cell from the others under its carets: the row of a column sum, the column
/// of a row sum.
fn label(check: &Check, place: &Place<'_>) -> String {
    let mut label = match (&check.scope.row, &check.scope.column) {
        (Some(_), _) => place.column.clone(),
        (_, Some(_)) => place.row.clone(),
        _ if place.column.is_empty() => place.row.clone(),
        _ if place.row.is_empty() => place.column.clone(),
        _ => format!("{}, {}", place.row, place.column),
    };
    if let Some(suspect) = check
        .suspects
        .iter()
        .find(|suspect| suspect.cell == place.address)
    {
        label.push_str(&format!(" (would have to be {})", suspect.value));
    }
    label
}

fn notes<'a>(group: Group<'a>, check: &'a Check, shown: &[Place<'_>]) -> Group<'a> {
    let mut group = group.element(Level::NOTE.message(sentence(check)));
    let cells = check.left.cells.len() + check.right.cells.len();
    if shown.len() < cells && !shown.is_empty() {
        let rest = cells - shown.len();
        let note = match rest {
            1 => "1 more cell is not shown".to_owned(),
            rest => format!("{rest} more cells are not shown"),
        };
        group = group.element(Level::NOTE.message(note));
    }
    match check.suspects.as_slice() {
        [] => group,
        [suspect] => {
            let help = format!(
                "`{}` alone would explain it, were it {}",
                suspect.cell, suspect.value
            );
            group.element(Level::HELP.message(help))
        }
        suspects => {
            let list = suspects
                .iter()
                .map(|one| format!("`{}` ({})", one.cell, one.value));
            let list = list.collect::<Vec<_>>().join(", ");
            group.element(Level::HELP.message(format!("any one of these would explain it: {list}")))
        }
    }
}

fn render(styled: bool, group: Group<'_>) -> String {
    let renderer = if styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let drawn = renderer.render(&[group]);
    let lines: Vec<&str> = drawn.lines().map(str::trim_end).collect();
    lines.join("\n")
}

/// A place to draw under, and how.
type Mark = (std::ops::Range<usize>, AnnotationKind, String);

fn annotation<'a>(mark: Mark, offset: usize) -> Annotation<'a> {
    let (range, kind, label) = mark;
    kind.span(range.start.saturating_sub(offset)..range.end.saturating_sub(offset))
        .label(label)
}

/// What a snippet is made of.
type Elements<'a> = Vec<Element<'a>>;
