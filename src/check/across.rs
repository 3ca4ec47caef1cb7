//! Reports of one agency -> relations from one year to the next.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cells::Cells;
use super::relation::{Outcome, Reader};
use super::{rule, table_missing, written};
use crate::extraction::{Check, Extraction};
use crate::form::{Form, Grammars};
use crate::script::fold;

/// A relation between two reports.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// use gongkai::{check, form::Grammars};
/// let mut earlier = extraction.clone();
/// if let Some(year) = &mut earlier.year {
///     year.value -= 1;
/// }
/// let across = check::across(&[&earlier, &extraction], Grammars::embedded());
/// assert!(across.iter().all(|each| (each.previous, each.current, each.year) == (0, 1, 2022)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Across {
    /// The agency, as the later report writes it.
    pub agency: String,
    /// Year of the later report.
    pub year: i32,
    /// Which of the given reports is the earlier one.
    pub previous: usize,
    /// Which of the given reports is the later one.
    pub current: usize,
    /// What came of it. Addresses begin with the year: `2020:requests/carried_out/total`.
    pub check: Check,
}

/// Evaluates the relations to the year before, for every two reports of one agency and of
/// consecutive years, in the order of the later report.
///
/// Agencies are the same when their names agree after folding script and width. The two reports
/// may follow different forms: cells are matched by their ids, and a relation is left out where
/// the earlier form has no such cell (现行有效件数 before 2021). Failures have no suspects: which of
/// two reports is wrong, their own relations say.
///
/// Reports without agency, year or a form of `grammars` are left out.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// use gongkai::{check, form::Grammars};
/// // One report alone has no year before.
/// assert!(check::across(&[&extraction], Grammars::embedded()).is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn across(reports: &[&Extraction], grammars: &Grammars) -> Vec<Across> {
    let known: Vec<Known<'_>> = reports
        .iter()
        .enumerate()
        .filter_map(|(at, report)| Known::of(at, report, grammars))
        .collect();
    // Fifty thousand reports are not laid beside each other.
    let mut before: BTreeMap<(&str, i32), Vec<&Known<'_>>> = BTreeMap::new();
    for previous in &known {
        let next = (previous.agency.as_str(), previous.year + 1);
        before.entry(next).or_default().push(previous);
    }
    let mut out = Vec::new();
    for current in &known {
        let own = (current.agency.as_str(), current.year);
        for previous in before.get(&own).into_iter().flatten() {
            pair(current, previous, &mut out);
        }
    }
    out
}

struct Known<'a> {
    at: usize,
    report: &'a Extraction,
    form: &'a Form,
    name: &'a str,
    /// Folded, without white space.
    agency: String,
    year: i32,
}

impl<'a> Known<'a> {
    fn of(at: usize, report: &'a Extraction, grammars: &'a Grammars) -> Option<Self> {
        let form = grammars.form(&report.form.as_ref()?.id)?;
        let name = report.agency.as_ref()?.text.as_str();
        let agency = name
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(fold)
            .collect();
        let year = report.year.as_ref()?.value;
        // A year at the edge of its type has no neighbour.
        year.checked_add(1)?;
        Some(Self {
            at,
            report,
            form,
            name,
            agency,
            year,
        })
    }

    fn cells(&self) -> Cells<'a> {
        let mut cells = Cells::of(self.form, self.report);
        cells.prefix = format!("{}:", self.year);
        cells
    }
}

fn pair(current: &Known<'_>, previous: &Known<'_>, out: &mut Vec<Across>) {
    let (cells, before) = (current.cells(), previous.cells());
    let reader = Reader {
        cells: &cells,
        previous: Some(&before),
    };
    let mut collapsed = Vec::new();
    let mut checks = Vec::new();
    for instance in current
        .form
        .instances
        .iter()
        .filter(|instance| instance.is_across())
    {
        let check = match reader.outcome(instance, 0) {
            Outcome::Skip => None,
            Outcome::NoTable { table, reason } => {
                if collapsed.contains(&(instance.check, table)) {
                    continue;
                }
                collapsed.push((instance.check, table));
                table_missing(current.form, instance, table, reason)
            }
            Outcome::Verdict(verdict) => written(current.form, instance, verdict),
        };
        checks.extend(check);
    }
    checks.extend(rule::across(&reader));
    out.extend(checks.into_iter().map(|check| Across {
        agency: current.name.to_owned(),
        year: current.year,
        previous: previous.at,
        current: current.at,
        check,
    }));
}
