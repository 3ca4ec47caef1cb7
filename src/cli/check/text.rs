//! Results for people: a verdict a file, then each failure under the lines it stands on.
//!
//! annotate-snippets draws the snippets. Under Chinese text both it and codespan-reporting put
//! carets by display width; but codespan-reporting draws a connecting line for every second label,
//! which buries a table row with seven of them, and ends lines in spaces. Neither copes with a
//! whole report on one line, so such a line is cut to what matters first ([`excerpt`]).

mod across;
mod excerpt;

use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Renderer};
use gongkai::extraction::{Check, CheckStatus, Severity};
use gongkai::form::Grammars;

use super::place::{self, Place, place};
use super::words::{Tally, demand, failed, first_cells, is_rule, listed, own};
use super::words::{scope, sentence, unrecognised};
use super::{Outcome, Report};
use crate::cli::read::Unreadable;
use crate::cli::style::shown;
pub(crate) use across::across;

/// Cells shown under one failure; a sum over a column has twenty.
const SHOWN: usize = 8;

/// The verdict on one report and its failures. What `alone` holds may yet fail beside the report of
/// another year, and is not called right.
pub(crate) fn report(
    report: &Report,
    alone: bool,
    grammars: &Grammars,
    styled: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let extraction = &report.extraction;
    let name = shown(&report.name);
    let Some(form) = &extraction.form else {
        let why = unrecognised(extraction).map(|note| note.message.as_str());
        let why = shown(why.unwrap_or("no form is recognised"));
        return writeln!(out, "{name}: nothing to check: {why}");
    };
    let tally = Tally::of(own(extraction));
    let verdict = verdict(tally, if alone { "ok" } else { "ok by itself" });
    let Tally {
        pass, unevaluated, ..
    } = tally;
    writeln!(
        out,
        "{name}: {verdict} ({}, {pass} hold, {unevaluated} not evaluated)",
        form.id
    )?;
    for (reason, ids) in reasons(own(extraction)) {
        writeln!(out, "  not evaluated: {} ({ids})", shown(reason))?;
    }
    for check in failed(&extraction.checks) {
        let shown = cells(report, check, grammars);
        let group = head(Some(report), check, grammars);
        let group = snippets(group, report, check, &shown, grammars);
        let list = listed(report, check);
        let drawn = render(styled, notes(group, check, &shown, list));
        writeln!(out, "\n{drawn}")?;
    }
    if tally.fail > 0 {
        writeln!(out)?;
    }
    Ok(())
}

/// The line of an input that could not be read.
pub(crate) fn unreadable(error: &Unreadable, out: &mut dyn Write) -> io::Result<()> {
    let line = format!(
        "{}: nothing to check: unreadable: {}",
        error.name, error.reason
    );
    writeln!(out, "{}", shown(&line))
}

/// One line over everything.
pub(crate) fn summary(outcome: &Outcome, out: &mut dyn Write) -> io::Result<()> {
    match outcome.read + outcome.unreadable {
        1 => write!(out, "1 report")?,
        inputs => write!(out, "{inputs} reports")?,
    }
    if outcome.unrecognised > 0 {
        write!(out, ", {} not recognised", outcome.unrecognised)?;
    }
    if outcome.unreadable > 0 {
        write!(out, ", {} unreadable", outcome.unreadable)?;
    }
    let Tally {
        pass,
        fail,
        unevaluated,
    } = outcome.tally;
    writeln!(
        out,
        ": {pass} checks hold, {fail} fail, {unevaluated} not evaluated"
    )
}

/// What a tally comes to; `ok` where nothing fails.
fn verdict(tally: Tally, ok: &str) -> String {
    match tally {
        tally if tally.is_nothing() => "nothing could be checked".to_owned(),
        Tally { fail: 0, .. } => ok.to_owned(),
        Tally { fail: 1, .. } => "1 check fails".to_owned(),
        Tally { fail, .. } => format!("{fail} checks fail"),
    }
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

/// The cells worth showing: no zeros, unless one is suspected or a side is nothing else. Of a rule,
/// the first that break it, or their rows, each once.
fn cells<'c>(report: &Report, check: &'c Check, grammars: &Grammars) -> Vec<Place<'c>> {
    if is_rule(check) {
        let cells = first_cells(check).iter();
        let mut places: Vec<Place<'_>> = cells
            .filter_map(|cell| place::nearest(report, cell))
            .collect();
        places.dedup_by(|one, other| one.range == other.range);
        if places.is_empty() {
            places.extend(place::primary(report, check, grammars));
        }
        return places;
    }
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
        shown.extend(place::primary(report, check, grammars));
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

fn head<'a>(report: Option<&Report>, check: &'a Check, grammars: &Grammars) -> Group<'a> {
    let level = match check.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let mut title = demand(report, check, grammars);
    let scope = scope(check);
    if !scope.is_empty() {
        title.push_str(&format!(" ({scope})"));
    }
    Group::with_title(level.primary_title(title).id(&check.id))
}

fn snippets<'a>(
    group: Group<'a>,
    report: &'a Report,
    check: &Check,
    shown: &[Place<'_>],
    grammars: &Grammars,
) -> Group<'a> {
    let primary = place::primary(report, check, grammars).map(|place| place.range);
    let annotations = shown.iter().map(|place| {
        let kind = match &primary {
            Some(range) if *range == place.range => AnnotationKind::Primary,
            _ => AnnotationKind::Context,
        };
        (place.range.clone(), kind, label(check, place))
    });
    let name = crate::cli::style::shown(&report.name);
    let elements = excerpt::snippets(&name, report.source.text(), annotations.collect());
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

/// What stands below the snippets; `list` has the cells of a rule.
fn notes<'a>(
    group: Group<'a>,
    check: &'a Check,
    shown: &[Place<'_>],
    list: Option<String>,
) -> Group<'a> {
    let mut group = group.element(Level::NOTE.message(sentence(check)));
    let cells = check.left.cells.len() + check.right.cells.len();
    if let Some(list) = list {
        group = group.element(Level::NOTE.message(list));
    } else if shown.len() < cells && !shown.is_empty() {
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
