//! Tables of an extraction, by the indices of a form.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::extraction::{Cell, State, Statement, Table};
use crate::form::{CellRef, Form};

/// The cells of one report, addressed as its form numbers them.
pub(super) struct Cells<'a> {
    pub(super) form: &'a Form,
    pub(super) statements: &'a [Statement],
    /// For each statement, how many of its kind stand before it. A text may say one a thousand times.
    before: Vec<usize>,
    /// `2020:` before an address, where cells of several years meet.
    pub(super) prefix: String,
    tables: Vec<Option<Printed>>,
    other_form: Vec<bool>,
}

/// The numbers of a table, row by row as the form has them. Every cell is read by several
/// relations, so it is looked up once.
#[derive(PartialEq, Eq)]
struct Printed {
    rows: Vec<bool>,
    width: usize,
    numbers: Vec<Result<Decimal, Gap>>,
    /// Column and number of each cell of the rows that the form does not have.
    foreign: Vec<(usize, Decimal)>,
}

/// Why a cell has no certain number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    NoTable,
    OtherForm,
    NoColumn,
    NoRow,
    State(State),
}

impl Gap {
    /// What is wrong, to follow the name of the table, column, row or cell.
    pub(super) fn why(self) -> &'static str {
        match self {
            Self::NoTable | Self::NoColumn | Self::NoRow => "is not in the text",
            Self::OtherForm => "follows another form",
            Self::State(State::Number) => "has no value",
            Self::State(State::Placeholder) => "is a placeholder",
            Self::State(State::Blank) => "is blank",
            Self::State(State::Absent) => "is absent",
            Self::State(State::Text) => "is text",
            Self::State(State::Ambiguous) => "is ambiguous",
        }
    }
}

impl<'a> Cells<'a> {
    /// Lines the tables of a report up with those of `form`.
    pub(super) fn of(form: &'a Form, found: &[Table], statements: &'a [Statement]) -> Self {
        let mut tables = Vec::with_capacity(form.tables.len());
        let mut other_form = Vec::with_capacity(form.tables.len());
        for table in &form.tables {
            let mut printed = found.iter().filter(|printed| printed.id == table.id);
            let own = |printed: &&Table| printed.form.as_ref().is_none_or(|id| *id == form.id);
            let found = printed.clone().find(own);
            other_form.push(found.is_none() && printed.next().is_some());
            tables.push(found.map(|printed| Printed::of(table, printed)));
        }
        let mut counts = BTreeMap::new();
        let before = statements.iter().map(|statement| {
            let count: &mut usize = counts.entry(statement.id.as_str()).or_default();
            std::mem::replace(count, *count + 1)
        });
        Self {
            form,
            statements,
            before: before.collect(),
            prefix: String::new(),
            tables,
            other_form,
        }
    }

    /// Whether all numbers are those of another report by the same form.
    pub(super) fn are_those_of(&self, other: &Self) -> bool {
        self.form.id == other.form.id && self.tables == other.tables
    }

    /// The number in the cell.
    pub(super) fn number(&self, at: CellRef) -> Result<Decimal, Gap> {
        let Some(Some(table)) = self.tables.get(at.table) else {
            let other = self.is_other_form(at.table);
            return Err(if other { Gap::OtherForm } else { Gap::NoTable });
        };
        if at.column >= table.width {
            return Err(Gap::NoColumn);
        }
        table
            .numbers
            .get(at.row * table.width + at.column)
            .copied()
            .unwrap_or(Err(Gap::NoRow))
    }

    /// `prose/replied`; the second count of a kind is `prose/replied/2`.
    pub(super) fn stated(&self, index: usize) -> String {
        let found = self.statements.get(index).zip(self.before.get(index));
        match found {
            None => String::new(),
            Some((statement, 0)) => format!("{}prose/{}", self.prefix, statement.id),
            Some((statement, before)) => {
                format!("{}prose/{}/{}", self.prefix, statement.id, before + 1)
            }
        }
    }

    /// Whether a row of the report's own, or all of them together, make up a difference in a column.
    pub(super) fn is_foreign(&self, table: usize, column: usize, difference: Decimal) -> bool {
        let Some(Some(table)) = self.tables.get(table) else {
            return false;
        };
        let numbers = || {
            let foreign = table.foreign.iter();
            foreign.filter(|(at, _)| *at == column).map(|(_, it)| *it)
        };
        let sum = numbers().try_fold(Decimal::ZERO, Decimal::checked_add);
        numbers()
            .chain(sum)
            .any(|number| !number.is_zero() && number.abs() == difference.abs())
    }

    /// Whether the row is printed.
    pub(super) fn has_row(&self, table: usize, row: usize) -> bool {
        let table = self.tables.get(table).and_then(Option::as_ref);
        table.is_some_and(|table| table.rows.get(row) == Some(&true))
    }

    /// Whether the table is printed.
    pub(super) fn has_table(&self, table: usize) -> bool {
        matches!(self.tables.get(table), Some(Some(_)))
    }

    /// Whether the table is printed as another form has it.
    pub(super) fn is_other_form(&self, table: usize) -> bool {
        self.other_form.get(table) == Some(&true)
    }

    /// `requests/carried_in/total`.
    pub(super) fn address(&self, at: CellRef) -> String {
        let Some(table) = self.form.tables.get(at.table) else {
            return String::new();
        };
        let row = table.rows.get(at.row).map_or("", |row| row.id.as_str());
        let column = table
            .columns
            .get(at.column)
            .map_or("", |column| column.id.as_str());
        // A report has hundreds of addresses: one allocation each, nothing formatted.
        let length = self.prefix.len() + table.id.len() + row.len() + column.len() + 2;
        let mut address = String::with_capacity(length);
        for part in [self.prefix.as_str(), &table.id, "/", row, "/", column] {
            address.push_str(part);
        }
        address
    }

    /// The same cell of another form, by its ids.
    pub(super) fn translate(&self, from: &Form, at: CellRef) -> Option<CellRef> {
        let table = from.tables.get(at.table)?;
        let row = &table.rows.get(at.row)?.id;
        let column = &table.columns.get(at.column)?.id;
        let index = self
            .form
            .tables
            .iter()
            .position(|other| other.id == table.id)?;
        let table = self.form.tables.get(index)?;
        Some(CellRef {
            table: index,
            row: table.rows.iter().position(|other| other.id == *row)?,
            column: table.columns.iter().position(|other| other.id == *column)?,
        })
    }
}

impl Printed {
    fn of(table: &crate::form::Table, printed: &Table) -> Self {
        let columns: Vec<Option<usize>> =
            aligned(&table.columns, &printed.columns, |a, b| a.id == b.id).collect();
        let width = columns.len();
        let mut rows = Vec::with_capacity(table.rows.len());
        let mut numbers = Vec::with_capacity(table.rows.len() * width);
        for at in aligned(&table.rows, &printed.rows, |a, b| a.id == b.id) {
            let row = at.and_then(|at| printed.rows.get(at));
            rows.push(row.is_some());
            for (column, index) in table.columns.iter().zip(&columns) {
                numbers.push(match (row, index) {
                    (_, None) => Err(Gap::NoColumn),
                    (None, _) => Err(Gap::NoRow),
                    (Some(row), Some(index)) => number(row, *index, &column.id),
                });
            }
        }
        let mut foreign = Vec::new();
        let own = |id: &str| table.rows.iter().any(|row| row.id == id);
        // A table without such rows, as most are, prints no more rows than the form has.
        let found = rows.iter().filter(|found| **found).count();
        if found < printed.rows.len() {
            for row in printed.rows.iter().filter(|row| !own(&row.id)) {
                for (at, (column, index)) in table.columns.iter().zip(&columns).enumerate() {
                    let value = index.and_then(|index| number(row, index, &column.id).ok());
                    foreign.extend(value.map(|value| (at, value)));
                }
            }
        }
        Self {
            rows,
            width,
            numbers,
            foreign,
        }
    }
}

fn number(row: &crate::extraction::Row, index: usize, column: &str) -> Result<Decimal, Gap> {
    let cell: Option<&Cell> = match row.cells.get(index) {
        Some(cell) if cell.column == column => Some(cell),
        // A row may print fewer cells than the table has columns.
        _ => row.cells.iter().find(|cell| cell.column == column),
    };
    match cell.map(|cell| (cell.state, cell.value)) {
        Some((State::Number, Some(value))) => Ok(value),
        Some((state, _)) => Err(Gap::State(state)),
        None => Err(Gap::State(State::Absent)),
    }
}

/// For each of `wanted`, where it stands in `printed`; quick where both have the same order.
fn aligned<'s, A, B>(
    wanted: &'s [A],
    printed: &'s [B],
    same: impl Fn(&A, &B) -> bool + 's,
) -> impl Iterator<Item = Option<usize>> + 's {
    let mut next = 0;
    wanted.iter().map(move |a| {
        let found = match printed.get(next) {
            Some(b) if same(a, b) => Some(next),
            _ => printed.iter().position(|b| same(a, b)),
        };
        if let Some(at) = found {
            next = at + 1;
        }
        found
    })
}
