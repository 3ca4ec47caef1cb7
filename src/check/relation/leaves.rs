//! The rows that make up a group.

use super::super::cells::Cells;
use crate::form::CellRef;

/// The rows below a group; the group's own cell where only it carries a number.
pub(super) fn leaves_below(cells: &Cells<'_>, at: CellRef, push: &mut dyn FnMut(CellRef)) {
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
