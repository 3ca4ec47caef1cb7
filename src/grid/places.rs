//! Rows -> rows: no place of the text is two cells.
//!
//! Where several arrangements of values are left, the rows are finished one by one: a cell that has
//! the same value in all of them is certain, but the place it has in one arrangement may be that of
//! another row's cell in the next. A cell then takes any of its places that no other cell needs.

use std::ops::Range;

use super::{CellReading, RowReading};
use crate::row::Slot;

/// A certain cell whose value stands at more than one place.
pub(super) struct Choice {
    pub(super) row: usize,
    pub(super) column: usize,
    /// The same value at each place it may be from.
    pub(super) slots: Vec<Slot>,
}

/// Gives each cell a place of its own, and withholds those for which none is left.
pub(super) fn part(rows: &mut [RowReading], choices: Vec<Choice>) {
    if choices.is_empty() {
        return;
    }
    let chosen = |row: usize, column: usize| {
        choices
            .iter()
            .any(|choice| (choice.row, choice.column) == (row, column))
    };
    let mut fixed: Vec<Range<usize>> = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            if !chosen(at, column) {
                fixed.extend(cell.place().cloned());
            }
        }
    }
    let free = |slot: &Slot| {
        slot.place()
            .is_some_and(|range| !fixed.iter().any(|other| overlap(range, other)))
    };
    let open: Vec<Vec<usize>> = choices
        .iter()
        .map(|choice| {
            let places = 0..choice.slots.len();
            places.filter(|at| free(&choice.slots[*at])).collect()
        })
        .collect();
    let mut taken: Vec<Option<usize>> = vec![None; choices.len()];
    for at in 0..choices.len() {
        seat(at, &choices, &open, &mut taken, &mut Vec::new());
    }
    for (choice, taken) in choices.iter().zip(taken) {
        let cell = &mut rows[choice.row].cells[choice.column];
        match (taken, &mut *cell) {
            (Some(at), CellReading::Certain { slot, .. }) => *slot = choice.slots[at].clone(),
            _ => *cell = CellReading::Open(choice.slots.clone()),
        }
    }
}

/// Finds a place for one cell, if need be by moving others to another of theirs; `asked` are the
/// places that were tried on the way.
fn seat(
    at: usize,
    choices: &[Choice],
    open: &[Vec<usize>],
    taken: &mut [Option<usize>],
    asked: &mut Vec<Range<usize>>,
) -> bool {
    for &option in &open[at] {
        let Some(range) = choices[at].slots[option].place() else {
            continue;
        };
        if asked.iter().any(|other| overlap(range, other)) {
            continue;
        }
        asked.push(range.clone());
        let mut holders = (0..choices.len()).filter(|other| {
            *other != at
                && taken[*other]
                    .and_then(|taken| choices[*other].slots[taken].place())
                    .is_some_and(|held| overlap(held, range))
        });
        let moved = match (holders.next(), holders.next()) {
            (None, _) => true,
            (Some(holder), None) => seat(holder, choices, open, taken, asked),
            _ => false,
        };
        if moved {
            taken[at] = Some(option);
            return true;
        }
    }
    false
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;

    fn at(start: usize) -> Slot {
        Slot::Field(Field {
            token: None,
            range: start..start + 1,
            over_line: false,
            crowded: false,
            empty: false,
        })
    }

    /// Rows of one certain cell, and the places where the value of each stands.
    fn parted(places: &[&[usize]]) -> Vec<CellReading> {
        let mut rows = Vec::new();
        let mut choices = Vec::new();
        for (row, places) in places.iter().enumerate() {
            let slots: Vec<Slot> = places.iter().map(|start| at(*start)).collect();
            rows.push(RowReading {
                row: Some(row),
                anchor: None,
                label: Vec::new(),
                cells: vec![CellReading::Certain {
                    slot: at(places[0]),
                    solved: true,
                }],
            });
            if slots.len() > 1 {
                let column = 0;
                choices.push(Choice { row, column, slots });
            }
        }
        part(&mut rows, choices);
        rows.into_iter().flat_map(|row| row.cells).collect()
    }

    fn certain(start: usize) -> CellReading {
        let (slot, solved) = (at(start), true);
        CellReading::Certain { slot, solved }
    }

    #[test]
    fn a_cell_makes_room_for_one_that_has_no_other_place() {
        let cells = parted(&[&[1, 2, 3], &[1, 2], &[1, 2], &[4]]);
        assert_eq!(cells, [certain(3), certain(2), certain(1), certain(4)]);
    }

    #[test]
    fn a_cell_without_a_place_of_its_own_is_open() {
        let cells = parted(&[&[1], &[1, 2], &[1, 2]]);
        let open = CellReading::Open(vec![at(1), at(2)]);
        assert_eq!(cells, [certain(1), certain(2), open]);
    }
}
