//! Form -> equations: which relations of the form may judge a reading of a table.

use crate::form::{CellRef, Comparison, Form, Operand, Scope, Severity, Status};
use crate::solve::Equation;

/// A row and its equations: column and factor of each term.
pub(super) type RowSums = (usize, Vec<Vec<(usize, i64)>>);

/// The equations within one row, by row.
pub(super) fn sums(equations: &[Equation]) -> Vec<RowSums> {
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
pub(crate) fn equations(
    form: &Form,
    table: usize,
    columns: &[usize],
    printed: &[usize],
) -> Vec<Equation> {
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
