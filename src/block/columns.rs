//! Whole columns written one after the other, in another order than the form's.

use std::collections::BTreeSet;

use crate::field::Token;
use crate::grid::{Draft, Reader};
use crate::row::{Reading, Slot, plain};
use crate::solve::Amount;

/// Readings where whole columns were written one after the other, but not in the order of the
/// form: which column is the total is told by the sums, the others stay open where they differ.
pub(super) fn columns_out_of_order(
    reader: &Reader<'_>,
    drafts: &[Draft],
    rows: &[usize],
    values: &[Token],
) -> Option<Vec<Vec<Reading>>> {
    let count = reader.traits.len();
    let mut readings: Vec<Vec<Reading>> = Vec::with_capacity(rows.len());
    let mut at = 0;
    // A block ends where the labels of the next page begin.
    let anchor = |row: usize| {
        drafts
            .iter()
            .find(|draft| draft.row == row)
            .and_then(|draft| draft.anchor)
    };
    let start_of =
        |row: usize| anchor(row).map(|anchor| reader.document.anchors[anchor].range.start);
    while at < rows.len() {
        let first_value = values.get(at * count)?.range.start;
        let size = rows[at..]
            .iter()
            .take_while(|row| start_of(**row).is_some_and(|start| start < first_value))
            .count();
        let block = values.get(at * count..(at + size) * count)?;
        if size == 0 {
            return None;
        }
        let columns: Vec<&[Token]> = block.chunks(size).collect();
        let orders = orders(reader, &columns, &rows[at..at + size])?;
        let tokens = |order: &[usize], row: usize| -> Reading {
            let cells = order
                .iter()
                .filter_map(|column| columns.get(*column)?.get(row));
            cells.map(|token| Slot::Field(plain(token))).collect()
        };
        for row in 0..size {
            let mut seen = BTreeSet::new();
            let mut options: Vec<Reading> = Vec::new();
            for order in &orders {
                let reading = tokens(order, row);
                let amounts: Vec<Amount> = reading.iter().map(Slot::amount).collect();
                if seen.insert(amounts) {
                    options.push(reading);
                }
            }
            readings.push(options);
        }
        at += size;
    }
    Some(readings)
}

/// The orders of written columns under which the sums of every row hold.
fn orders(reader: &Reader<'_>, columns: &[&[Token]], rows: &[usize]) -> Option<Vec<Vec<usize>>> {
    /// More orders than this say nothing about any cell.
    const MOST: usize = 2000;
    let count = columns.len();
    let said = |column: usize| {
        columns[column]
            .iter()
            .map(|token| reader.document.text.get(&token.range))
            .collect::<Vec<_>>()
    };
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut order: Vec<usize> = Vec::new();
    fn descend(
        order: &mut Vec<usize>,
        count: usize,
        same: &dyn Fn(usize, usize) -> bool,
        found: &mut Vec<Vec<usize>>,
    ) -> bool {
        if order.len() == count {
            found.push(order.clone());
            return found.len() <= MOST;
        }
        for column in 0..count {
            // Of equal columns only the first unused one is tried.
            let twin = (0..column).any(|other| !order.contains(&other) && same(other, column));
            if order.contains(&column) || twin {
                continue;
            }
            order.push(column);
            let go_on = descend(order, count, same, found);
            order.pop();
            if !go_on {
                return false;
            }
        }
        true
    }
    let texts: Vec<_> = (0..count).map(said).collect();
    let same = |a: usize, b: usize| texts[a] == texts[b];
    if !descend(&mut order, count, &same, &mut found) {
        return None;
    }
    let amounts: Vec<Vec<Amount>> = columns
        .iter()
        .map(|column| {
            let amount = |token| Slot::Field(plain(token)).amount();
            column.iter().map(amount).collect()
        })
        .collect();
    let holds = |order: &[usize], sum: &[(usize, i64)], at: usize| {
        let mut total = 0_i64;
        for (column, factor) in sum {
            match amounts[order[*column]].get(at) {
                Some(Amount::Known(count)) => {
                    total = total.saturating_add(count.saturating_mul(*factor));
                }
                _ => return true,
            }
        }
        total == 0
    };
    found.retain(|order| {
        rows.iter().enumerate().all(|(at, row)| {
            let mut sums = reader.sums_of(*row).iter();
            sums.all(|sum| holds(order, sum, at))
        })
    });
    (!found.is_empty()).then_some(found)
}
