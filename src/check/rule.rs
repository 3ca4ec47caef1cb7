//! Checks that are no relation: what every cell must be, and which tables must be there.
//!
//! Each gives one line per table, with the cells that break the rule on its left side, not one
//! line per cell: a table of blanks is one finding.

use rust_decimal::Decimal;

use super::cells::{Cells, Gap};
use super::relation::Reader;
use super::{NO_YEAR_BEFORE, document, severity};
use crate::extraction::{Check, CheckScope, CheckStatus, Extraction, Side, State};
use crate::form::{CellRef, CheckRule, Column, Form, Scope};

/// The rules of a form over one report.
pub(super) fn evaluate(reader: &Reader<'_>, extraction: &Extraction) -> Vec<Check> {
    let form = reader.cells.form;
    let mut checks = Vec::new();
    let tables = TableCells::of(reader.cells);
    let each_table =
        |kind: fn(&Column) -> bool, fault: Judge| each_table(reader, &tables, kind, fault);
    for rule in &form.checks {
        let mut push = |finding: Finding| checks.push(finding.of(form, rule));
        match &rule.rule {
            CheckRule::Relation => {}
            CheckRule::IntegerCount => each_table(|column| !column.decimal, not_a_count)
                .into_iter()
                .for_each(push),
            CheckRule::DecimalAmount => each_table(|column| column.decimal, negative)
                .into_iter()
                .for_each(push),
            CheckRule::CellPresent => {
                each_table(|_| true, not_there).into_iter().for_each(push);
            }
            CheckRule::TablePresent => push(document::tables(reader.cells, extraction)),
            CheckRule::ZeroAfterValue | CheckRule::YearRatio { .. } => {
                push(Finding::unevaluated(NO_YEAR_BEFORE));
            }
            CheckRule::YearAgrees => push(document::years(extraction)),
            CheckRule::SectionsInOrder => push(document::sections(form, extraction)),
            CheckRule::SectionNotEmpty { section, except } => {
                let finding = document::not_empty(form, extraction, *section, except);
                push(finding.of_section(*section));
            }
            CheckRule::SectionStates {
                section,
                about,
                none,
                amount,
            } => {
                let finding = document::states(form, extraction, *section, [about, none, amount]);
                push(finding.of_section(*section));
            }
        }
    }
    checks
}

/// The rules from one year to the next; a cell that breaks one is on the left side, last year's
/// on the right.
pub(super) fn across(reader: &Reader<'_>) -> Vec<Check> {
    let form = reader.cells.form;
    let Some(previous) = reader.previous else {
        return Vec::new();
    };
    let mut checks = Vec::new();
    for rule in &form.checks {
        let breaks = |now: Decimal, before: Decimal| match &rule.rule {
            CheckRule::ZeroAfterValue => now.is_zero() && !before.is_zero(),
            CheckRule::YearRatio { at_most } => {
                let (low, high) = (now.abs().min(before.abs()), now.abs().max(before.abs()));
                // From or to nothing there is no ratio; ZeroAfterValue speaks of that.
                !low.is_zero() && low.checked_mul(*at_most).is_some_and(|most| high > most)
            }
            _ => false,
        };
        if !matches!(
            rule.rule,
            CheckRule::ZeroAfterValue | CheckRule::YearRatio { .. }
        ) {
            continue;
        }
        for table in 0..form.tables.len() {
            let mut finding = Finding::about(table);
            let mut seen = false;
            for at in cells_of(form, table) {
                let Some(then) = previous.translate(form, at) else {
                    continue;
                };
                let pair = reader.cells.number(at).ok().zip(previous.number(then).ok());
                let Some((now, before)) = pair else { continue };
                seen = true;
                if breaks(now, before) {
                    finding.cells.push(reader.cells.address(at));
                    finding.right.push(previous.address(then));
                }
            }
            if seen {
                let count = finding.cells.len();
                finding.fail_if(count > 0, || match &rule.rule {
                    CheckRule::YearRatio { at_most } => {
                        let cells = counted(count, "cell", "cells");
                        format!("{cells} changed by more than {at_most} times")
                    }
                    _ => format!("{} to 0", counted(count, "cell fell", "cells fell")),
                });
                checks.push(finding.of(form, rule));
            }
        }
    }
    checks
}

/// What a rule found.
pub(super) struct Finding {
    table: Option<usize>,
    section: Option<usize>,
    status: CheckStatus,
    cells: Vec<String>,
    right: Vec<String>,
    reason: Option<String>,
}

impl Finding {
    pub(super) fn pass() -> Self {
        Self {
            table: None,
            section: None,
            status: CheckStatus::Pass,
            cells: Vec::new(),
            right: Vec::new(),
            reason: None,
        }
    }

    pub(super) fn fail(reason: String) -> Self {
        Self {
            status: CheckStatus::Fail,
            reason: Some(reason),
            ..Self::pass()
        }
    }

    pub(super) fn unevaluated(reason: &str) -> Self {
        let reason = Some(reason.to_owned());
        Self {
            status: CheckStatus::Unevaluated,
            reason,
            ..Self::pass()
        }
    }

    fn about(table: usize) -> Self {
        Self {
            table: Some(table),
            ..Self::pass()
        }
    }

    /// The same, of one section of the form.
    pub(super) fn of_section(self, section: usize) -> Self {
        Self {
            section: Some(section),
            ..self
        }
    }

    fn fail_if(&mut self, fails: bool, reason: impl FnOnce() -> String) {
        if fails {
            self.status = CheckStatus::Fail;
            self.reason = Some(reason());
        }
    }

    fn of(self, form: &Form, rule: &crate::form::Check) -> Check {
        let table = self.table.and_then(|table| form.tables.get(table));
        let section = self.section.and_then(|section| form.sections.get(section));
        Check {
            id: rule.id.clone(),
            scope: CheckScope {
                section: section.map(|section| section.id.clone()),
                table: table.map(|table| table.id.clone()),
                ..CheckScope::default()
            },
            severity: severity(form, rule),
            status: self.status,
            left: Side {
                value: None,
                cells: self.cells,
            },
            right: Side {
                value: None,
                cells: self.right,
            },
            difference: None,
            reason: self.reason,
            suspects: Vec::new(),
        }
    }
}

/// Why a cell breaks a rule, in the singular and the plural.
type Fault = (&'static str, &'static str);

/// What is wrong with a cell of a column, if anything is.
type Judge = fn(&Column, Result<Decimal, Gap>) -> Option<Fault>;

/// The cells of one printed table.
struct TableCells<'f> {
    index: usize,
    id: &'f str,
    /// Every cell that each print of the table has, with its column and what it holds.
    cells: Vec<(CellRef, &'f Column, Result<Decimal, Gap>)>,
    /// The last row with a number, in the last table of the text: it may have been cut there, and
    /// what is missing behind is not known to be missing in the report.
    end: Option<usize>,
    /// Whether it has a number. A table without a single one could not be read.
    read: bool,
}

impl<'f> TableCells<'f> {
    /// Those of all tables that are printed.
    fn of(cells: &Cells<'f>) -> Vec<Self> {
        let form = cells.form;
        let printed = (0..form.tables.len()).filter(|index| cells.has_table(*index));
        let last = printed.clone().next_back();
        let table = |index: usize| {
            let table = &form.tables[index];
            let found: Vec<_> = cells_of(form, index)
                .into_iter()
                .map(|at| (at, &table.columns[at.column], cells.number(at)))
                .collect();
            let with_number = found.iter().rfind(|(.., value)| value.is_ok());
            let end = with_number.map(|(at, ..)| at.row);
            Self {
                index,
                id: &table.id,
                end: end.filter(|_| Some(index) == last),
                read: end.is_some(),
                cells: found,
            }
        };
        printed.map(table).collect()
    }
}

/// One finding for every printed table with columns of the kind.
fn each_table(
    reader: &Reader<'_>,
    tables: &[TableCells<'_>],
    kind: fn(&Column) -> bool,
    fault: Judge,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for table in tables {
        let mut finding = Finding::about(table.index);
        let mut faults: Vec<(Fault, usize)> = Vec::new();
        let mut any = false;
        let within = |at: &CellRef| table.end.is_none_or(|end| at.row <= end);
        for (at, column, value) in &table.cells {
            if !kind(column) || !within(at) {
                continue;
            }
            any = true;
            let Some(fault) = fault(column, *value) else {
                continue;
            };
            if reader.printed_as_group(Scope::Row {
                table: table.index,
                row: at.row,
            }) {
                continue;
            }
            finding.cells.push(reader.cells.address(*at));
            match faults.iter_mut().find(|(other, _)| *other == fault) {
                Some((_, count)) => *count += 1,
                None => faults.push((fault, 1)),
            }
        }
        let reason = || {
            let parts = faults
                .iter()
                .map(|((one, many), count)| counted(*count, one, many));
            parts.collect::<Vec<_>>().join(", ")
        };
        finding.fail_if(!faults.is_empty(), reason);
        if !table.read && finding.status == CheckStatus::Fail {
            finding.status = CheckStatus::Unevaluated;
            finding.cells.clear();
            finding.reason = Some(format!("no number of table `{}` was read", table.id));
        }
        findings.extend(any.then_some(finding));
    }
    findings
}

/// The cells that every print of a table has.
fn cells_of(form: &Form, index: usize) -> Vec<CellRef> {
    let Some(table) = form.tables.get(index) else {
        return Vec::new();
    };
    let columns: Vec<usize> = (0..table.columns.len())
        .filter(|column| table.columns[*column].is_counted())
        .collect();
    let mut cells = Vec::with_capacity(table.rows.len() * columns.len());
    for (row, _) in table.rows.iter().enumerate().filter(|(_, row)| !row.group) {
        cells.extend(columns.iter().map(|column| CellRef {
            table: index,
            row,
            column: *column,
        }));
    }
    cells
}

fn not_a_count(column: &Column, value: Result<Decimal, Gap>) -> Option<Fault> {
    if !value.is_ok_and(|value| value.is_integer()) && value.is_ok() {
        return Some(("cell is not a whole number", "cells are not whole numbers"));
    }
    negative(column, value)
}

fn negative(column: &Column, value: Result<Decimal, Gap>) -> Option<Fault> {
    let negative = value.is_ok_and(|value| value.is_sign_negative() && !value.is_zero());
    (negative && !column.signed).then_some(("cell is negative", "cells are negative"))
}

fn not_there(_: &Column, value: Result<Decimal, Gap>) -> Option<Fault> {
    match value.err()? {
        Gap::State(State::Blank) => Some(("cell is blank", "cells are blank")),
        Gap::State(State::Placeholder) => Some(("cell is a placeholder", "cells are placeholders")),
        Gap::State(State::Absent) | Gap::NoRow | Gap::NoColumn => {
            Some(("cell is absent", "cells are absent"))
        }
        // What stands there, a reader withheld or could not read: no fault of the report.
        Gap::State(_) | Gap::NoTable | Gap::OtherForm => None,
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Whether cells of the table are printed, for the rules on the document.
pub(super) fn printed<'f>(cells: &Cells<'f>) -> impl Iterator<Item = (usize, &'f str, bool)> {
    let tables = cells.form.tables.iter().enumerate();
    let printed: Vec<_> = tables
        .map(|(at, table)| {
            (
                at,
                table.id.as_str(),
                cells.has_table(at) || cells.is_other_form(at),
            )
        })
        .collect();
    printed.into_iter()
}
