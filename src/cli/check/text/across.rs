//! What two years of one body say of each other: a verdict a pair, then its failures.

use std::io::{self, Write};

use gongkai::check::Across;
use gongkai::form::Grammars;

use super::{head, notes, reasons, render, snippets, verdict};
use crate::cli::check::Past;
use crate::cli::check::place::{Place, place};
use crate::cli::check::words::{Tally, failed, listed, of_year};
use crate::cli::style::shown;

/// The verdicts on all pairs, which stand together in `across`.
pub(crate) fn across(
    past: &Past<'_>,
    across: &[Across],
    grammars: &Grammars,
    styled: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let same = |one: &Across, other: &Across| {
        (one.previous, one.current) == (other.previous, other.current)
    };
    for pairs in across.chunk_by(same) {
        pair(past, pairs, grammars, styled, out)?;
    }
    Ok(())
}

fn pair(
    past: &Past<'_>,
    across: &[Across],
    grammars: &Grammars,
    styled: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(first) = across.first() else {
        return Ok(());
    };
    let checks = || across.iter().map(|each| &each.check);
    let tally = Tally::of(checks());
    let [previous, current] = [first.previous, first.current].map(|at| shown(&past.name(at)));
    writeln!(
        out,
        "{current} beside {previous}: {} ({} hold, {} not evaluated)",
        verdict(tally, "ok"),
        tally.pass,
        tally.unevaluated
    )?;
    for (reason, ids) in reasons(checks()) {
        writeln!(out, "  not evaluated: {} ({ids})", shown(reason))?;
    }
    if tally.fail == 0 {
        return Ok(());
    }
    // A file that has changed since is not shown; what fails is said all the same.
    let reports = [first.previous, first.current].map(|at| past.report(at));
    let years = [first.year - 1, first.year];
    for check in checks().flat_map(|check| failed(std::slice::from_ref(check))) {
        let mut group = head(reports[1].as_ref(), check, grammars);
        let own = years.map(|year| of_year(check, year));
        for (report, check) in reports.iter().zip(&own) {
            let Some(report) = report else { continue };
            let cells = check.left.cells.iter().chain(&check.right.cells);
            let places: Vec<Place<'_>> = cells.filter_map(|cell| place(report, cell)).collect();
            group = snippets(group, report, check, &places, grammars);
        }
        let [_, now] = &own;
        let list = reports[1].as_ref().and_then(|report| listed(report, now));
        writeln!(out, "\n{}", render(styled, notes(group, check, &[], list)))?;
    }
    writeln!(out)
}
