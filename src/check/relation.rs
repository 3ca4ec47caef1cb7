//! One relation over the cells: both sums, or why there is none.

mod gaps;
mod leaves;

use rust_decimal::Decimal;

use super::cells::{Cells, Gap};
use crate::extraction::{CheckStatus, Side};
use crate::form::{CellRef, Comparison, Instance, Operand, Scope, Term};
use gaps::Gaps;
use leaves::leaves_below;

/// Reads the operands of relations.
pub(super) struct Reader<'a> {
    pub(super) cells: &'a Cells<'a>,
    /// The report of the year before, where it is given.
    pub(super) previous: Option<&'a Cells<'a>>,
}

/// What came of a relation.
pub(super) enum Outcome {
    /// The report does not set out to print what the relation is about.
    Skip,
    /// A table is missing as a whole.
    NoTable { table: usize, reason: String },
    /// It was looked at.
    Verdict(Verdict),
}

/// The part of a check that its numbers decide.
pub(super) struct Verdict {
    pub(super) status: CheckStatus,
    pub(super) left: Side,
    pub(super) right: Side,
    pub(super) difference: Option<Decimal>,
    pub(super) reason: Option<String>,
}

/// A number that a relation reads, and where from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    Cell(CellRef),
    /// A cell of the year before, as its own form numbers it.
    Previous(CellRef),
    /// Index into [`crate::extraction::Extraction::statements`].
    Statement(usize),
}

/// A term of a side, resolved.
pub(super) struct Item {
    pub(super) minus: bool,
    /// None for a number that the relation itself names.
    pub(super) place: Option<Place>,
    pub(super) value: Result<Decimal, Gap>,
}

impl Reader<'_> {
    /// Evaluates a relation; of its readings, the first that holds counts.
    pub(super) fn outcome(&self, instance: &Instance, occurrence: usize) -> Outcome {
        let applies = instance
            .only_where
            .iter()
            .all(|at| self.cells.number(*at).is_ok());
        if !applies || self.printed_as_group(instance.scope) {
            return Outcome::Skip;
        }
        let mut kept: Option<Verdict> = None;
        for right in readings(instance) {
            let verdict = match self.reading(instance, right, occurrence) {
                Outcome::Verdict(verdict) => verdict,
                other => return other,
            };
            if verdict.status == CheckStatus::Pass && !instance.alternatives.is_empty() {
                let reason = Some(format!("agrees with {}", verdict.right.cells.join(" + ")));
                return Outcome::Verdict(Verdict { reason, ..verdict });
            }
            // A reading that could not be looked at may be the one that agrees.
            let better = kept.as_ref().is_none_or(|kept| {
                kept.status == CheckStatus::Fail && verdict.status == CheckStatus::Unevaluated
            });
            if better {
                kept = Some(verdict);
            }
        }
        kept.map_or(Outcome::Skip, Outcome::Verdict)
    }

    fn reading(&self, instance: &Instance, right: &[Term], occurrence: usize) -> Outcome {
        let mut gaps = Gaps::default();
        let Ok(left) = self.side(&instance.left, occurrence, &mut gaps) else {
            return Outcome::Skip;
        };
        let Ok(right) = self.side(right, occurrence, &mut gaps) else {
            return Outcome::Skip;
        };
        if let (Some(table), false) = (gaps.table, instance.scope == Scope::Report) {
            return Outcome::NoTable {
                table,
                reason: gaps.reason.unwrap_or_default(),
            };
        }
        let sums = left.value.zip(right.value);
        let difference = sums.and_then(|(left, right)| left.checked_sub(right));
        let beyond = || "a sum has more than 28 digits".to_owned();
        let foreign = || "rows that the form does not have make up the difference".to_owned();
        let (status, reason) = match difference {
            None => {
                let reason = gaps.sentence().unwrap_or_else(beyond);
                (CheckStatus::Unevaluated, Some(reason))
            }
            Some(difference) if instance.comparison.holds(difference) => {
                (CheckStatus::Pass, gaps.sentence())
            }
            Some(difference) if self.is_completed(instance.scope, difference) => {
                (CheckStatus::Unevaluated, Some(foreign()))
            }
            Some(_) => (CheckStatus::Fail, gaps.sentence()),
        };
        Outcome::Verdict(Verdict {
            status,
            left,
            right,
            difference,
            reason,
        })
    }

    /// Whether rows that the form does not have make up a difference, so that the sum may well
    /// hold with them.
    fn is_completed(&self, scope: Scope, difference: Decimal) -> bool {
        match scope {
            Scope::Column { table, column } => self.cells.is_foreign(table, column, difference),
            _ => false,
        }
    }

    fn side(&self, terms: &[Term], occurrence: usize, gaps: &mut Gaps) -> Result<Side, Skip> {
        let mut sum = Some(Decimal::ZERO);
        let mut cells = Vec::with_capacity(terms.len());
        for term in terms {
            self.each(term, occurrence, &mut |item| {
                let address = item.place.map(|place| self.address(place));
                match item.value {
                    Ok(value) => {
                        let value = if item.minus { -value } else { value };
                        // Beyond 28 digits there is no exact sum, hence no verdict.
                        sum = sum.and_then(|sum| sum.checked_add(value));
                    }
                    Err(gap) => {
                        sum = None;
                        gaps.note(
                            self,
                            item.place,
                            gap,
                            address.as_deref().unwrap_or_default(),
                        );
                    }
                }
                cells.extend(address);
            })?;
        }
        Ok(Side { value: sum, cells })
    }

    /// Calls `found` for every cell, count or number that the term stands for.
    pub(super) fn each(
        &self,
        term: &Term,
        occurrence: usize,
        found: &mut dyn FnMut(Item),
    ) -> Result<(), Skip> {
        let minus = term.minus;
        match &term.operand {
            Operand::Number(value) => {
                found(Item {
                    minus,
                    place: None,
                    value: Ok(*value),
                });
                Ok(())
            }
            Operand::Statement(_) => {
                let Some(statement) = self.cells.statements.get(occurrence) else {
                    return Err(Skip);
                };
                let place = Some(Place::Statement(occurrence));
                found(Item {
                    minus,
                    place,
                    value: Ok(statement.value),
                });
                Ok(())
            }
            Operand::Cell(at) | Operand::Leaves(at) => {
                let leaves = matches!(term.operand, Operand::Leaves(_));
                let (cells, at) = if term.previous {
                    // What the form of the year before does not have cannot be compared.
                    let previous = self.previous.ok_or(Skip)?;
                    let at = previous.translate(self.cells.form, *at).ok_or(Skip)?;
                    (previous, at)
                } else {
                    (self.cells, *at)
                };
                let place = |at| {
                    if term.previous {
                        Place::Previous(at)
                    } else {
                        Place::Cell(at)
                    }
                };
                let mut push = |at| {
                    found(Item {
                        minus,
                        place: Some(place(at)),
                        value: cells.number(at),
                    });
                };
                if leaves {
                    leaves_below(cells, at, &mut push);
                    return Ok(());
                }
                let row = Scope::Row {
                    table: at.table,
                    row: at.row,
                };
                if !term.previous
                    && cells.number(at) == Err(Gap::NoRow)
                    && self.printed_as_group(row)
                {
                    return Err(Skip);
                }
                push(at);
                Ok(())
            }
        }
    }

    /// `requests/carried_in/total`, `prose/replied`.
    pub(super) fn address(&self, place: Place) -> String {
        match place {
            Place::Cell(at) => self.cells.address(at),
            Place::Previous(at) => self
                .previous
                .map_or_else(String::new, |cells| cells.address(at)),
            Place::Statement(index) => self.cells.stated(index),
        }
    }

    /// Whether the row of the scope is left out because its group is printed as one row.
    pub(super) fn printed_as_group(&self, scope: Scope) -> bool {
        let Scope::Row { table, row } = scope else {
            return false;
        };
        if !self.cells.has_table(table) || self.cells.has_row(table, row) {
            return false;
        }
        let Some(form) = self.cells.form.tables.get(table) else {
            return false;
        };
        let mut parent = form.rows.get(row).and_then(|row| row.parent);
        for _ in 0..form.rows.len() {
            let Some(group) = parent else { return false };
            let valued = (0..form.columns.len()).any(|column| {
                self.cells
                    .number(CellRef {
                        table,
                        row: group,
                        column,
                    })
                    .is_ok()
            });
            if valued {
                return true;
            }
            parent = form.rows.get(group).and_then(|row| row.parent);
        }
        false
    }
}

/// The right sides of a relation: 收到申请 may mean what came in this year or all there was to
/// deal with.
pub(super) fn readings(instance: &Instance) -> impl Iterator<Item = &[Term]> {
    let others = instance.alternatives.iter().map(Vec::as_slice);
    std::iter::once(instance.right.as_slice()).chain(others)
}

impl Comparison {
    /// Whether the relation holds for sides that differ by `difference`, left minus right.
    pub(super) fn holds(self, difference: Decimal) -> bool {
        match self {
            Self::Equal => difference.is_zero(),
            Self::AtMost => difference <= Decimal::ZERO,
            Self::AtLeast => difference >= Decimal::ZERO,
        }
    }
}

/// The relation is not about this report.
pub(super) struct Skip;
