//! Headers in another order than the form's: which order the values follow.
//!
//! Some print the total first. Whether its values stand there too, or only its header does, the sums
//! of the rows say: where they hold in one order alone, that is the one.

use super::{column_header, first_header};
use crate::grid::{CellReading, Reader, RowReading};
use crate::lexicon::Part;
use crate::row::{Reading, Slot, sum_holds};
use crate::solve::Amount;

/// The columns in the order of their headers, as indices into `columns`: those under one spanner stay
/// together, where it stands. None if a header is not found, or one wording heads several columns.
pub(super) fn printed(reader: &Reader<'_>, columns: &[usize]) -> Option<Vec<usize>> {
    let (document, region) = (reader.document, reader.region);
    let table = reader.definition;
    let mut places: Vec<(Vec<usize>, usize)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let label = &table.columns[*column].label.text;
        let same = |other: &&usize| table.columns[**other].label.text == *label;
        if columns.iter().filter(same).count() > 1 {
            return None;
        }
        let mut path = vec![column_header(document, region, *column)?];
        let mut above = table.columns[*column].spanner;
        while let Some(spanner) = above {
            above = table.spanners[spanner].parent;
            let is_it = |part| matches!(part, Part::Spanner { spanner: it, .. } if it == spanner);
            path.extend(first_header(document, region, is_it));
        }
        path.reverse();
        places.push((path, at));
    }
    places.sort();
    Some(places.into_iter().map(|(_, at)| at).collect())
}

/// Settles which of two orders the values follow, as far as the sums of the rows say. Returns
/// whether there are sums to ask.
pub(super) fn settle(reader: &Reader<'_>, order: &[usize], rows: &mut [RowReading]) -> bool {
    let readings: Vec<Option<[Reading; 2]>> = rows
        .iter()
        .map(|row| {
            let certain = row.cells.iter().map(|cell| match cell {
                CellReading::Certain { slot, .. } => Some(slot.clone()),
                CellReading::Open(_) => None,
            });
            let of_form = certain.collect::<Option<Reading>>()?;
            let printed = (0..of_form.len()).map(|column| {
                let place = order.iter().position(|other| *other == column)?;
                of_form.get(place).cloned()
            });
            let printed = printed.collect::<Option<Reading>>()?;
            row.row.map(|_| [of_form, printed])
        })
        .collect();
    let mut holds = [true, true];
    let mut asked = false;
    for (row, readings) in rows.iter().zip(&readings) {
        let (Some(row), Some(readings)) = (row.row, readings) else {
            continue;
        };
        for sum in reader.sums_of(row) {
            asked = true;
            for (holds, reading) in holds.iter_mut().zip(readings) {
                *holds &= sum_holds(sum, reading);
            }
        }
    }
    if !asked || holds == [false, false] {
        return false;
    }
    for (row, readings) in rows.iter_mut().zip(readings) {
        let Some([of_form, printed]) = readings else {
            row.withhold();
            continue;
        };
        for (cell, (a, b)) in row.cells.iter_mut().zip(of_form.into_iter().zip(printed)) {
            let certain = |slot: Slot| CellReading::Certain { slot, solved: true };
            *cell = match holds {
                [true, false] => certain(a),
                [false, true] => certain(b),
                _ if a == b || a.amount() == b.amount() && a.amount() != Amount::Missing => {
                    certain(b)
                }
                _ => CellReading::Open(vec![a, b]),
            };
        }
    }
    true
}
