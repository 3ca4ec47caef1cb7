//! One relation over the cells: both sums, or why there is none.

use rust_decimal::Decimal;

use super::cells::{Cells, Gap};
use crate::extraction::{CheckStatus, Side};
use crate::form::{CellRef, Comparison, Instance, Operand, Scope, Term};

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

    /// `requests/carried_in/total`, `prose/replied`; the second count of a kind is
    /// `prose/replied/2`.
    pub(super) fn address(&self, place: Place) -> String {
        match place {
            Place::Cell(at) => self.cells.address(at),
            Place::Previous(at) => self
                .previous
                .map_or_else(String::new, |cells| cells.address(at)),
            Place::Statement(index) => {
                let statements = self.cells.statements;
                let Some(statement) = statements.get(index) else {
                    return String::new();
                };
                let same = statements
                    .iter()
                    .take(index)
                    .filter(|other| other.id == statement.id);
                match same.count() {
                    0 => format!("{}prose/{}", self.cells.prefix, statement.id),
                    before => format!("{}prose/{}/{}", self.cells.prefix, statement.id, before + 1),
                }
            }
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

/// The rows below a group; the group's own cell where only it carries a number.
fn leaves_below(cells: &Cells<'_>, at: CellRef, push: &mut dyn FnMut(CellRef)) {
    let Some(table) = cells.form.tables.get(at.table) else {
        return;
    };
    let is_group = |row: usize| table.rows.get(row).is_some_and(|row| row.group);
    let below = |row: usize| {
        let mut parent = table.rows.get(row).and_then(|row| row.parent);
        for _ in 0..table.rows.len() {
            match parent {
                Some(group) if group == at.row => return true,
                Some(group) => parent = table.rows.get(group).and_then(|row| row.parent),
                None => return false,
            }
        }
        false
    };
    let number = |row: usize| cells.number(CellRef { row, ..at }).is_ok();
    // No row comes before its parent.
    let rows = at.row..table.rows.len();
    let alone = !is_group(at.row)
        || (number(at.row)
            && !rows
                .clone()
                .any(|row| !is_group(row) && number(row) && below(row)));
    if alone {
        return push(at);
    }
    for row in rows {
        if table.rows.get(row).and_then(|row| row.parent) != Some(at.row) || row == at.row {
            continue;
        }
        match is_group(row) {
            true => leaves_below(cells, CellRef { row, ..at }, push),
            false => push(CellRef { row, ..at }),
        }
    }
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

/// What kept a relation from being evaluated: the first gap, and how many more.
#[derive(Default)]
struct Gaps {
    reason: Option<String>,
    more: usize,
    table: Option<usize>,
}

impl Gaps {
    fn note(&mut self, reader: &Reader<'_>, place: Option<Place>, gap: Gap, address: &str) {
        let (cells, at) = match place {
            Some(Place::Cell(at)) => (reader.cells, at),
            Some(Place::Previous(at)) => (reader.previous.unwrap_or(reader.cells), at),
            Some(Place::Statement(_)) | None => return,
        };
        if matches!(gap, Gap::NoTable | Gap::OtherForm) {
            if self.table.is_none() {
                self.table = Some(at.table);
                let id = cells
                    .form
                    .tables
                    .get(at.table)
                    .map_or("", |table| table.id.as_str());
                self.reason = Some(format!("table `{}{id}` {}", cells.prefix, gap.why()));
                self.more = 0;
            }
        } else if self.table.is_some() {
            // A missing table says it all.
        } else if self.reason.is_none() {
            let table = cells.form.tables.get(at.table);
            let row = table.and_then(|table| table.rows.get(at.row));
            let column = table.and_then(|table| table.columns.get(at.column));
            let table = table.map_or("", |table| table.id.as_str());
            self.reason = Some(match (gap, row, column) {
                (Gap::NoRow, Some(row), _) => {
                    format!("row `{}{table}/{}` {}", cells.prefix, row.id, gap.why())
                }
                (Gap::NoColumn, _, Some(column)) => {
                    format!(
                        "column `{}{table}/{}` {}",
                        cells.prefix,
                        column.id,
                        gap.why()
                    )
                }
                _ => format!("cell `{address}` {}", gap.why()),
            });
        } else {
            self.more += 1;
        }
    }

    fn sentence(self) -> Option<String> {
        match (self.reason, self.more) {
            (Some(reason), 0) => Some(reason),
            (Some(reason), 1) => Some(format!("{reason}, and one more is not certain")),
            (Some(reason), more) => Some(format!("{reason}, and {more} more are not certain")),
            (None, _) => None,
        }
    }
}
