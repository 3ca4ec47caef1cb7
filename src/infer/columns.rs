//! Rows with borders -> what each of their columns holds: words or numbers.

use super::Reader;
use super::width::counts_on;
use super::written::Written;

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Words,
    Numbers,
}

/// What the columns are, by most of their cells. A first column that counts the rows is words;
/// one without words and numbers is what its place says: a label's before the first number, a
/// value's behind it, and a value's too where marks for no value fill it.
pub(super) fn kinds(data: &[&Written], count: usize) -> Vec<Column> {
    let mut kinds: Vec<Column> = Vec::with_capacity(count);
    for column in 0..count {
        let cells = || data.iter().map(|row| &row.cells[column]);
        let numbers = cells().filter(|cell| cell.is_number()).count();
        let words = cells().filter(|cell| cell.is_word()).count();
        let marked = cells().any(|cell| cell.item.is_some());
        let is_numbers = match (numbers, words) {
            (0, 0) => column > 0 && (marked || kinds.contains(&Column::Numbers)),
            _ => numbers > words,
        };
        kinds.push(if is_numbers {
            Column::Numbers
        } else {
            Column::Words
        });
    }
    let counted = || data.iter().filter_map(|row| row.cells[0].item.as_ref());
    if kinds.get(1) == Some(&Column::Words) && counted().count() > 1 && counts_on(counted()) {
        kinds[0] = Column::Words;
    }
    kinds
}

pub(super) fn is_unit_column(reader: &Reader<'_>, data: &[&Written], column: usize) -> bool {
    let mut cells = data
        .iter()
        .filter(|row| row.cells[column].item.is_some())
        .peekable();
    cells.peek().is_some() && cells.all(|row| reader.is_unit(&row.cells[column].range))
}
