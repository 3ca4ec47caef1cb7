//! A table as it leaves the page: what becomes of the places that merged cells cover.

use super::page::{Grid, Role, RowKind, Slot};

/// Which covered places are written out as empty cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gaps {
    /// None.
    Drop,
    /// Below a column header that is two rows high.
    Headers,
    /// Below every merged cell, once for each.
    Below,
    /// Every place of the grid.
    All,
}

/// The rows of a table with the cells of each from left to right.
pub(crate) fn physical(grid: &Grid, gaps: Gaps) -> Vec<(RowKind, Vec<Slot>)> {
    let mut open: Vec<(Slot, usize)> = Vec::new();
    let mut rows = Vec::new();
    for row in &grid.rows {
        let mut slots: Vec<Slot> = Vec::new();
        for (slot, _) in &open {
            slots.extend(below(slot, gaps));
        }
        for slot in &row.slots {
            slots.push(slot.clone());
            if gaps == Gaps::All {
                slots.extend((1..slot.colspan).map(|at| gap(slot.column + at)));
            }
        }
        slots.sort_by_key(|slot| slot.column);
        rows.push((row.kind, slots));
        for (_, left) in &mut open {
            *left -= 1;
        }
        open.retain(|(_, left)| *left > 0);
        let deep = row.slots.iter().filter(|slot| slot.rowspan > 1);
        open.extend(deep.map(|slot| (slot.clone(), slot.rowspan - 1)));
    }
    rows
}

/// Cells of the widest row.
pub(crate) fn widest(rows: &[(RowKind, Vec<Slot>)]) -> usize {
    rows.iter().map(|(_, slots)| slots.len()).max().unwrap_or(0)
}

fn below(slot: &Slot, gaps: Gaps) -> Vec<Slot> {
    match gaps {
        Gaps::Headers if matches!(slot.role, Role::Column(..)) => vec![gap(slot.column)],
        Gaps::Below => vec![gap(slot.column)],
        Gaps::All => (0..slot.colspan).map(|at| gap(slot.column + at)).collect(),
        Gaps::Headers | Gaps::Drop => Vec::new(),
    }
}

fn gap(column: usize) -> Slot {
    Slot {
        text: String::new(),
        role: Role::Gap,
        column,
        colspan: 1,
        rowspan: 1,
    }
}
