//! Tables -> tables: what one table says against the reading of another.
//!
//! Tables without equations are read by where their values stand. A program that tears a page
//! moves whole runs of values from one table to the next, and the number of values in each table
//! can fit all the same. It does not fit in all of them: somewhere values are left over, and
//! somewhere they are lacking. Then nothing between is certain. Nor is a value that two tables
//! have. The other way round, tables that show how all of them are written say so of one that could
//! not by itself.

use std::ops::Range;

use crate::grid::{CellReading, Fit, RowReading, TableReading};

/// Withholds the cells of tables that others cast doubt on.
pub(crate) fn withhold(readings: &mut [&mut TableReading]) {
    turn(readings);
    withhold_shared(readings);
    if readings.iter().any(|reading| reading.unplaced) {
        // What no row has a place for may be that of a row without values, in any table.
        let rows = readings.iter_mut().flat_map(|reading| &mut reading.rows);
        rows.for_each(RowReading::doubt_absence);
    }
    let unjudged = |reading: &TableReading| !reading.judged;
    let values_first = readings.iter().any(|reading| reading.fit.values_first);
    let lacking: Vec<(usize, usize)> = readings
        .iter()
        .enumerate()
        .filter(|(_, reading)| unjudged(reading))
        .filter_map(|(at, reading)| reading.fit.deficit.map(|count| (at, count)))
        .collect();
    // Values too few for any row that lacks its own were not moved from there.
    let least = lacking
        .iter()
        .map(|(_, count)| *count)
        .min()
        .unwrap_or(usize::MAX);
    let surplus: Vec<usize> = (0..readings.len())
        .filter(|at| unjudged(readings[*at]) && readings[*at].fit.surplus >= least)
        .collect();
    let (first, last) = match (
        surplus.first(),
        surplus.last(),
        lacking.first(),
        lacking.last(),
    ) {
        (Some(a), Some(b), Some((c, _)), Some((d, _))) => (*a.min(c), *b.max(d)),
        _ => (1, 0),
    };
    let deficit = !lacking.is_empty();
    let torn = readings.iter().filter(|reading| reading.torn).count();
    for (at, reading) in readings
        .iter_mut()
        .enumerate()
        .filter(|(_, reading)| !reading.judged)
    {
        let between = (first..=last).contains(&at);
        let turned = values_first && reading.fit.bare_end && !reading.fit.values_first;
        // One table alone with its labels apart from its values is rather a line out of place.
        let apart = reading.torn && (deficit || torn < 2);
        if between || turned || apart {
            reading.rows.iter_mut().for_each(RowReading::withhold);
        }
    }
}

/// Withholds what a table without header took from above it, if the table before has it too.
fn withhold_shared(readings: &mut [&mut TableReading]) {
    for at in 1..readings.len() {
        let (before, rest) = readings.split_at_mut(at);
        let (Some(above), Some(reading)) = (before.last_mut(), rest.first_mut()) else {
            continue;
        };
        let start = reading.region.range.start;
        let taken: Vec<Range<usize>> = reading
            .rows
            .iter()
            .flat_map(RowReading::places)
            .filter(|place| place.start < start)
            .cloned()
            .collect();
        let is_taken =
            |place: &Range<usize>| taken.iter().any(|other| other.contains(&place.start));
        let mut shared = false;
        for row in &mut above.rows {
            if !taken.is_empty() && row.places().any(is_taken) {
                row.withhold();
                shared = true;
            }
        }
        if shared {
            reading.rows.iter_mut().for_each(RowReading::withhold);
        }
    }
}

/// Gives lone rows the values that stand before their labels, where every table with labels has
/// its values there and one of several rows came out whole: that shows how the text was written.
fn turn(readings: &mut [&mut TableReading]) {
    let labelled = |reading: &TableReading| reading.rows.iter().any(|row| row.anchor.is_some());
    let mut labelled = readings.iter().filter(|reading| labelled(reading));
    let turned = labelled.clone().all(|reading| reading.fit.values_first);
    let shown = labelled.any(|reading| {
        let mut cells = reading.rows.iter().flat_map(|row| &row.cells);
        reading.rows.len() > 1 && cells.all(|cell| matches!(cell, CellReading::Certain { .. }))
    });
    for reading in readings.iter_mut().filter(|_| turned && shown) {
        let Some(slots) = reading.turned.take() else {
            continue;
        };
        if let [row] = reading.rows.as_mut_slice() {
            let certain = |slot| CellReading::Certain {
                slot,
                solved: false,
            };
            row.cells = slots.into_iter().map(certain).collect();
            reading.loose.clear();
            reading.fit = Fit {
                values_first: true,
                bare_end: true,
                ..Fit::default()
            };
            reading.torn = false;
        }
    }
}
