//! Extraction + form -> whether the published numbers hold together.
//!
//! In: the cells and prose counts of a report and the relations of its form. Out: one
//! [`Check`] per relation and place it applies to, with both sums and, where it fails, the cells
//! that may be the culprit.
//!
//! What is not certain is never summed: a blank is not zero. What the report does not set out to
//! print gives no check at all:
//!
//! - a relation over an optional column (小计) whose header is not printed;
//! - a relation over the own cell of a group row that carries no number;
//! - a row whose group is printed as one row with its own value;
//! - a count that the prose does not state.
//!
//! What should be there and is not gives `unevaluated` and a reason. A table that is missing as a
//! whole gives one such line per check, not one per row.

mod across;
mod cells;
mod document;
mod relation;
mod rule;
mod suspect;

use crate::extraction::{self, Check, CheckStatus, Extraction, Side};
use crate::form::{Form, Instance, Operand, Scope, Status};

pub use across::{Across, Years, across};
use cells::Cells;
use relation::{Outcome, Reader, Verdict};

/// Why [`evaluate`], which sees one report, leaves a relation to the year before unevaluated.
///
/// ```
/// assert!(gongkai::check::NO_YEAR_BEFORE.contains("year before"));
/// ```
pub const NO_YEAR_BEFORE: &str = "the report of the year before is not given";

/// Evaluates every relation and rule of `form` over what was read from one report.
///
/// Relations to the year before are `unevaluated` here; [`across`] evaluates them.
///
/// ```no_run
/// # fn extraction() -> gongkai::extraction::Extraction { unimplemented!() }
/// use gongkai::{check, extraction::CheckStatus, form::Grammars};
/// let form = Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// let checks = check::evaluate(form, &extraction());
/// let failed = checks.iter().filter(|check| check.status == CheckStatus::Fail).count();
/// # Ok::<(), &str>(())
/// ```
pub fn evaluate(form: &Form, extraction: &Extraction) -> Vec<Check> {
    let cells = Cells::of(form, &extraction.tables, &extraction.statements);
    let reader = Reader {
        cells: &cells,
        previous: None,
    };
    let mut checks = Vec::with_capacity(form.instances.len());
    let mut sources = Vec::with_capacity(form.instances.len());
    let mut collapsed: Vec<(usize, Option<usize>)> = Vec::new();
    for instance in &form.instances {
        if instance.is_across() {
            if !collapsed.contains(&(instance.check, None)) {
                collapsed.push((instance.check, None));
                checks.extend(year_before_missing(form, instance));
                sources.push(None);
            }
            continue;
        }
        for occurrence in occurrences(instance, extraction) {
            match reader.outcome(instance, occurrence) {
                Outcome::Skip => {}
                Outcome::NoTable { table, reason } => {
                    if !collapsed.contains(&(instance.check, Some(table))) {
                        collapsed.push((instance.check, Some(table)));
                        checks.extend(table_missing(form, instance, table, reason));
                        sources.push(None);
                    }
                }
                Outcome::Verdict(verdict) => {
                    sources.push(Some((instance, occurrence)));
                    checks.extend(written(form, instance, verdict));
                }
            }
        }
    }
    if checks.iter().any(|check| check.status == CheckStatus::Fail) {
        suspect::name(&reader, &sources, &mut checks);
    }
    checks.extend(rule::evaluate(&reader, extraction));
    checks
}

/// The places of the statement the instance reads, or a single `0` where it reads none.
fn occurrences<'a>(
    instance: &'a Instance,
    extraction: &'a Extraction,
) -> impl Iterator<Item = usize> + 'a {
    let id = instance.statement();
    let none = id.is_none().then_some(0);
    let stated = extraction.statements.iter().enumerate();
    none.into_iter().chain(
        stated
            .filter(move |(_, statement)| Some(statement.id.as_str()) == id)
            .map(|(at, _)| at),
    )
}

fn written(form: &Form, instance: &Instance, verdict: Verdict) -> Option<Check> {
    let check = form.checks.get(instance.check)?;
    Some(Check {
        id: check.id.clone(),
        scope: scope(form, instance.scope),
        severity: severity(form, check),
        status: verdict.status,
        left: verdict.left,
        right: verdict.right,
        difference: verdict.difference,
        reason: verdict.reason,
        suspects: Vec::new(),
    })
}

fn table_missing(form: &Form, instance: &Instance, table: usize, reason: String) -> Option<Check> {
    let mut check = written(form, instance, Verdict::unevaluated(reason))?;
    let table = form.tables.get(table).map(|table| table.id.clone());
    check.scope = extraction::CheckScope {
        table,
        ..extraction::CheckScope::default()
    };
    Some(check)
}

fn year_before_missing(form: &Form, instance: &Instance) -> Option<Check> {
    let mut check = written(
        form,
        instance,
        Verdict::unevaluated(NO_YEAR_BEFORE.to_owned()),
    )?;
    check.scope = extraction::CheckScope::default();
    Some(check)
}

fn scope(form: &Form, scope: Scope) -> extraction::CheckScope {
    let mut out = extraction::CheckScope::default();
    let (Scope::Column { table, .. } | Scope::Row { table, .. }) = scope else {
        return out;
    };
    let Some(table) = form.tables.get(table) else {
        return out;
    };
    out.table = Some(table.id.clone());
    match scope {
        Scope::Column { column, .. } => {
            out.column = table.columns.get(column).map(|column| column.id.clone());
        }
        Scope::Row { row, .. } => out.row = table.rows.get(row).map(|row| row.id.clone()),
        Scope::Report => {}
    }
    out
}

/// A relation no source states is a note, however bad its failure would be.
fn severity(form: &Form, check: &crate::form::Check) -> extraction::Severity {
    if form.status == Status::Unconfirmed || check.status == Status::Unconfirmed {
        return extraction::Severity::Note;
    }
    match check.severity {
        crate::form::Severity::Note => extraction::Severity::Note,
        crate::form::Severity::Warning => extraction::Severity::Warning,
        crate::form::Severity::Error => extraction::Severity::Error,
    }
}

impl Verdict {
    fn unevaluated(reason: String) -> Self {
        Self {
            status: CheckStatus::Unevaluated,
            left: Side::default(),
            right: Side::default(),
            difference: None,
            reason: Some(reason),
        }
    }
}

impl Instance {
    fn operands(&self) -> impl Iterator<Item = &crate::form::Term> {
        self.left
            .iter()
            .chain(&self.right)
            .chain(self.alternatives.iter().flatten())
    }

    fn is_across(&self) -> bool {
        self.operands().any(|term| term.previous)
    }

    fn statement(&self) -> Option<&str> {
        self.operands().find_map(|term| match &term.operand {
            Operand::Statement(id) => Some(id.as_str()),
            _ => None,
        })
    }
}
