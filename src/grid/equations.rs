//! Form -> equations: which relations of the form may judge a reading of a table.

use std::borrow::Cow;
use std::sync::OnceLock;

use crate::form::{CellRef, Comparison, Form, Operand, Scope, Severity, Status};
use crate::solve::Equation;

/// A row and its equations: column and factor of each term.
type RowSums = (usize, Vec<Vec<(usize, i64)>>);

/// The equations that may judge one table.
#[derive(Debug, Clone)]
pub(crate) struct Equations {
    pub(crate) all: Vec<Equation>,
    /// The equations within one row, by row.
    sums: Vec<RowSums>,
}

impl Equations {
    /// The equations of a form over one table, as (row, column index among `columns`, factor), of
    /// which all rows are `printed`.
    pub(crate) fn new(form: &Form, table: usize, columns: &[usize], printed: &[usize]) -> Self {
        let all = equations(form, table, columns, printed);
        let sums = sums(&all);
        Self { all, sums }
    }

    /// The equations within one row: column and factor of each term.
    pub(crate) fn of_row(&self, row: usize) -> &[Vec<(usize, i64)>] {
        self.sums
            .iter()
            .find(|(other, _)| *other == row)
            .map_or(&[], |(_, sums)| sums)
    }
}

/// The equations of the tables of some forms where the whole table is printed, as most are: made
/// once for all reports.
#[derive(Debug)]
pub(crate) struct WholeTables(Vec<Vec<OnceLock<Equations>>>);

impl WholeTables {
    pub(crate) fn new(forms: &[Form]) -> Self {
        let tables = |form: &Form| form.tables.iter().map(|_| OnceLock::new()).collect();
        Self(forms.iter().map(tables).collect())
    }

    /// The equations of a table; `columns` are those printed, `printed` the rows, sorted.
    pub(crate) fn equations(
        &self,
        (index, form): (usize, &Form),
        table: usize,
        columns: &[usize],
        printed: &[usize],
    ) -> Cow<'_, Equations> {
        let definition = &form.tables[table];
        let all = definition.columns.iter().enumerate();
        let all = all.filter(|(_, column)| column.is_counted());
        let whole = printed.len() == definition.rows.len()
            && all.map(|(index, _)| index).eq(columns.iter().copied());
        let make = || Equations::new(form, table, columns, printed);
        match self.0.get(index).and_then(|tables| tables.get(table)) {
            Some(kept) if whole => Cow::Borrowed(kept.get_or_init(make)),
            _ => Cow::Owned(make()),
        }
    }
}

/// The equations within one row, by row.
fn sums(equations: &[Equation]) -> Vec<RowSums> {
    let mut sums: Vec<RowSums> = Vec::new();
    for equation in equations {
        let Some((row, ..)) = equation.terms.first().copied() else {
            continue;
        };
        if equation.terms.iter().all(|(other, ..)| *other == row) {
            let terms = equation
                .terms
                .iter()
                .map(|(_, column, factor)| (*column, *factor))
                .collect();
            match sums.iter_mut().find(|(other, _)| *other == row) {
                Some((_, sums)) => sums.push(terms),
                None => sums.push((row, vec![terms])),
            }
        }
    }
    sums
}

/// The equations of a form over one table, as (row, column index among `columns`, factor).
fn equations(form: &Form, table: usize, columns: &[usize], printed: &[usize]) -> Vec<Equation> {
    let place = |cell: &CellRef| {
        columns
            .iter()
            .position(|column| *column == cell.column)
            .filter(|_| cell.table == table)
    };
    let rows = &form.tables[table].rows;
    let mut equations = Vec::new();
    let mut of_rows: Vec<(usize, Vec<(usize, i64)>)> = Vec::new();
    for instance in &form.instances {
        let check = &form.checks[instance.check];
        let in_table = matches!(instance.scope, Scope::Column { table: other, .. } | Scope::Row { table: other, .. } if other == table);
        let binding = check.severity == Severity::Error && check.status != Status::Unconfirmed;
        if !in_table
            || !binding
            || instance.comparison != Comparison::Equal
            || !instance.alternatives.is_empty()
        {
            continue;
        }
        let mut terms = Vec::new();
        let sides = instance
            .left
            .iter()
            .map(|term| (term, 1))
            .chain(instance.right.iter().map(|term| (term, -1)));
        let whole = sides.fold(true, |whole, (term, side)| {
            let factor = if term.minus { -side } else { side };
            let mut add = |cell: &CellRef| match place(cell) {
                Some(column) if printed.contains(&cell.row) => {
                    terms.push((cell.row, column, factor));
                    true
                }
                _ => false,
            };
            whole
                && !term.previous
                && match &term.operand {
                    Operand::Cell(cell) => add(cell),
                    Operand::Leaves(cell) => {
                        let leaves = form.leaves(table, cell.row);
                        if leaves.iter().any(|row| printed.contains(row)) {
                            leaves
                                .iter()
                                .all(|row| add(&CellRef { row: *row, ..*cell }))
                        } else {
                            add(cell)
                        }
                    }
                    _ => false,
                }
        });
        if whole {
            if let Scope::Row { row, .. } = instance.scope {
                of_rows.push((
                    row,
                    terms
                        .iter()
                        .map(|(_, column, factor)| (*column, *factor))
                        .collect(),
                ));
            }
            equations.push(Equation { terms });
        }
    }
    // A group printed as a row of its own adds up like the rows around it.
    let model = of_rows.first().map(|(row, _)| *row);
    for group in printed
        .iter()
        .filter(|row| rows[**row].group && !of_rows.iter().any(|(of, _)| of == *row))
    {
        for (_, terms) in of_rows.iter().filter(|(row, _)| Some(*row) == model) {
            equations.push(Equation {
                terms: terms
                    .iter()
                    .map(|(column, factor)| (*group, *column, *factor))
                    .collect(),
            });
        }
    }
    equations
}
