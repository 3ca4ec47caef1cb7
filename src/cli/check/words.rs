//! What checks come to, in words and counts that all formats have in common.

use gongkai::check::NO_YEAR_BEFORE;
use gongkai::extraction::{Check, CheckStatus, Diagnostic, Extraction, Severity};
use gongkai::form::{Check as Rule, Grammars};

use super::Report;
use super::place;

/// Cells that a failed rule is shown with; its document has all.
const LISTED: usize = 3;

/// How many checks came out how.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
pub(crate) struct Tally {
    pub(super) pass: usize,
    pub(super) fail: usize,
    pub(super) unevaluated: usize,
}

impl Tally {
    pub(super) fn of<'a>(checks: impl IntoIterator<Item = &'a Check>) -> Self {
        let mut tally = Self::default();
        tally.add(checks);
        tally
    }

    pub(super) fn add<'a>(&mut self, checks: impl IntoIterator<Item = &'a Check>) {
        for check in checks {
            *match check.status {
                CheckStatus::Pass => &mut self.pass,
                CheckStatus::Fail => &mut self.fail,
                CheckStatus::Unevaluated => &mut self.unevaluated,
            } += 1;
        }
    }

    /// Whether not one check held or failed.
    pub(super) fn is_nothing(self) -> bool {
        self.pass + self.fail == 0
    }
}

/// The checks of a report that are about it alone. What one report cannot say of two years is not
/// known to be missing: the reports are compared when all are there.
pub(super) fn own(extraction: &Extraction) -> impl Iterator<Item = &Check> {
    let checks = extraction.checks.iter();
    checks.filter(|check| check.reason.as_deref() != Some(NO_YEAR_BEFORE))
}

/// Those that fail.
pub(super) fn failed(checks: &[Check]) -> impl Iterator<Item = &Check> {
    let failed = |check: &&Check| check.status == CheckStatus::Fail;
    checks.iter().filter(failed)
}

/// Why an input was not recognised; none where it was.
pub(super) fn unrecognised(extraction: &Extraction) -> Option<&Diagnostic> {
    let mut notes = extraction.diagnostics.iter();
    let first = notes.find(|note| note.severity == Severity::Error);
    first.filter(|_| extraction.form.is_none())
}

/// What a failure says in one line: `left side 11, right side 0, difference 11`.
pub(super) fn sentence(check: &Check) -> String {
    let (Some(left), Some(right)) = (check.left.value, check.right.value) else {
        return check.reason.clone().unwrap_or_default();
    };
    let difference = check
        .difference
        .map_or_else(String::new, |by| by.normalize().to_string());
    let (left, right) = (left.normalize(), right.normalize());
    format!("left side {left}, right side {right}, difference {difference}")
}

/// Whether a check judges cells one by one and has no sums.
pub(super) fn is_rule(check: &Check) -> bool {
    check.left.value.is_none() && check.right.value.is_none() && !check.left.cells.is_empty()
}

/// The first cells that break a rule.
pub(super) fn first_cells(check: &Check) -> &[String] {
    let cells = check.left.cells.as_slice();
    cells.get(..LISTED).unwrap_or(cells)
}

/// Which cells break a rule, and on which lines: `` `t/r/c` (line 7), `t/r/d` (line 7), and 2 more ``.
pub(super) fn listed(report: &Report, check: &Check) -> Option<String> {
    if !is_rule(check) {
        return None;
    }
    let shown = first_cells(check);
    let cells = shown.iter().map(|cell| match place::nearest(report, cell) {
        Some(place) => format!("`{cell}` (line {})", place.span.line),
        None => format!("`{cell}`"),
    });
    let mut list = cells.collect::<Vec<_>>().join(", ");
    if let Some(more @ 1..) = check.left.cells.len().checked_sub(shown.len()) {
        list.push_str(&format!(", and {more} more"));
    }
    Some(list)
}

/// The check with only the addresses of one year, without the year.
pub(super) fn of_year(check: &Check, year: i32) -> Check {
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

/// `requests, column total`; empty for a check on the report as a whole. Of a section, what is said
/// of it has the name.
pub(super) fn scope(check: &Check) -> String {
    let scope = &check.scope;
    let mut parts: Vec<String> = scope.table.iter().cloned().collect();
    parts.extend(scope.row.iter().map(|row| format!("row {row}")));
    parts.extend(scope.column.iter().map(|id| format!("column {id}")));
    parts.join(", ")
}

/// The grammar's words on a check.
pub(super) fn rule<'f>(report: &Report, check: &Check, grammars: &'f Grammars) -> Option<&'f Rule> {
    let form = grammars.form(&report.extraction.form.as_ref()?.id)?;
    form.checks.iter().find(|rule| rule.id == check.id)
}

/// The sentence of the grammar about a check.
pub(super) fn description<'f>(
    report: &Report,
    check: &Check,
    grammars: &'f Grammars,
) -> Option<&'f str> {
    rule(report, check, grammars)?.description.as_deref()
}

/// The same over a failure, where it is what is not so: `should hold: every table is there`.
pub(super) fn demand(report: Option<&Report>, check: &Check, grammars: &Grammars) -> String {
    match report.and_then(|report| description(report, check, grammars)) {
        Some(about) => format!("should hold: {about}"),
        None => "the numbers do not agree".to_owned(),
    }
}
