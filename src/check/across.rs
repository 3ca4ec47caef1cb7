//! Reports of one agency -> relations from one year to the next.

use std::collections::BTreeMap;

use serde::Serialize;

use super::cells::Cells;
use super::relation::{Outcome, Reader};
use super::{rule, table_missing, written};
use crate::extraction::{Check, Extraction};
use crate::form::Grammars;
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
/// A copy of a report, with the same numbers, is not compared again; and where more than three
/// reports of one year bear one name, the name does not tell bodies apart, and none is compared.
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
    let mut years = Years::new(grammars);
    reports.iter().for_each(|report| years.add(report));
    years.across()
}

/// Reports as [`across`] compares them: of each only its numbers, so that there may be very many.
///
/// ```
/// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
/// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
/// use gongkai::{check, form::Grammars};
/// let mut years = check::Years::new(Grammars::embedded());
/// years.add(&extraction);
/// assert!(years.across().is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Years<'g> {
    grammars: &'g Grammars,
    known: Vec<Known<'g>>,
    /// How many reports were given, those without agency, year or form too.
    count: usize,
}

impl<'g> Years<'g> {
    /// No reports yet.
    ///
    /// ```
    /// use gongkai::{check::Years, form::Grammars};
    /// assert!(Years::new(Grammars::embedded()).across().is_empty());
    /// ```
    pub fn new(grammars: &'g Grammars) -> Self {
        Self {
            grammars,
            known: Vec::new(),
            count: 0,
        }
    }

    /// Takes the numbers of one more report, which may then be forgotten.
    ///
    /// ```
    /// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
    /// # let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
    /// use gongkai::{check::Years, form::Grammars};
    /// let mut years = Years::new(Grammars::embedded());
    /// for year in [2021, 2022] {
    ///     let mut report = extraction.clone();
    ///     report.year.iter_mut().for_each(|it| it.value = year);
    ///     years.add(&report);
    /// }
    /// assert!(years.across().iter().all(|each| (each.previous, each.current) == (0, 1)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn add(&mut self, report: &Extraction) {
        let known = Known::of(self.count, report, self.grammars);
        self.known.extend(known);
        self.count += 1;
    }

    /// What [`across`] gives for the reports so far.
    ///
    /// ```
    /// use gongkai::{check::Years, form::Grammars};
    /// assert!(Years::new(Grammars::embedded()).across().is_empty());
    /// ```
    pub fn across(&self) -> Vec<Across> {
        // Fifty thousand reports are not laid beside each other, nor the copies of one.
        let mut of_year: BTreeMap<(&str, i32), Vec<&Known<'_>>> = BTreeMap::new();
        for known in &self.known {
            let own = (known.agency.as_str(), known.year);
            let others = of_year.entry(own).or_default();
            let is_copy = |other: &&Known<'_>| other.cells.are_those_of(&known.cells);
            if others.len() <= VERSIONS && !others.iter().any(is_copy) {
                others.push(known);
            }
        }
        let versions = |agency, year| {
            let found = of_year.get(&(agency, year)).map_or(&[][..], Vec::as_slice);
            if found.len() <= VERSIONS { found } else { &[] }
        };
        let mut pairs = Vec::new();
        for (agency, year) in of_year.keys() {
            for current in versions(agency, *year) {
                for previous in versions(agency, year.saturating_sub(1)) {
                    pairs.push((*current, *previous));
                }
            }
        }
        pairs.sort_by_key(|(current, previous)| (current.at, previous.at));
        let mut out = Vec::new();
        for (current, previous) in pairs {
            pair(current, previous, &mut out);
        }
        out
    }
}

/// How many reports of one agency and year may differ: a report and its corrections.
const VERSIONS: usize = 3;

struct Known<'g> {
    at: usize,
    /// Its cells, their addresses with the year.
    cells: Cells<'g>,
    /// As printed.
    name: String,
    /// Folded, without white space.
    agency: String,
    year: i32,
}

impl<'g> Known<'g> {
    fn of(at: usize, report: &Extraction, grammars: &'g Grammars) -> Option<Self> {
        let form = grammars.form(&report.form.as_ref()?.id)?;
        let name = report.agency.as_ref()?.text.clone();
        let agency = name
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(fold)
            .collect();
        let year = report.year.as_ref()?.value;
        // A year at the edge of its type has no neighbour.
        year.checked_add(1)?;
        // No relation between years reads what the prose states.
        let mut cells = Cells::of(form, &report.tables, &[]);
        cells.prefix = format!("{year}:");
        Some(Self {
            at,
            cells,
            name,
            agency,
            year,
        })
    }
}

fn pair(current: &Known<'_>, previous: &Known<'_>, out: &mut Vec<Across>) {
    let form = current.cells.form;
    let reader = Reader {
        cells: &current.cells,
        previous: Some(&previous.cells),
    };
    let mut collapsed = Vec::new();
    let mut checks = Vec::new();
    for instance in form
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
                table_missing(form, instance, table, reason)
            }
            Outcome::Verdict(verdict) => written(form, instance, verdict),
        };
        checks.extend(check);
    }
    checks.extend(rule::across(&reader));
    out.extend(checks.into_iter().map(|check| Across {
        agency: current.name.clone(),
        year: current.year,
        previous: previous.at,
        current: current.at,
        check,
    }));
}
