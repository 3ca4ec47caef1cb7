//! Random tables of no form, flattened in every layout, and what may be said of them.

pub(crate) mod table;
pub(crate) mod write;

use std::collections::{BTreeMap, BTreeSet};

use gongkai::extraction::{Extraction, State};

use write::Page;

/// What a reading of a page gave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Numbers of the page.
    pub(crate) numbers: usize,
    /// Numbers given.
    pub(crate) given: usize,
    /// Numbers given under the header of their column.
    pub(crate) headed: usize,
}

/// Compares a reading with the page, number by number. `Err` says what is wrong.
pub(crate) fn compare(page: &Page, extraction: &Extraction) -> Result<Tally, String> {
    let mut tally = Tally {
        numbers: page.places.len(),
        ..Tally::default()
    };
    for table in &extraction.tables {
        let mut columns: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for row in &table.rows {
            let mut rows = BTreeSet::new();
            for (cell, column) in row.cells.iter().zip(&table.columns) {
                if cell.state != State::Number {
                    continue;
                }
                let (Some(span), Some(raw)) = (cell.span, &cell.raw) else {
                    return Err(format!("a number of {} has no span", row.id));
                };
                if page.text.get(span.start..span.end) != Some(raw.as_str()) {
                    return Err(format!("the span of {raw} holds something else"));
                }
                let Some((row_of, column_of)) = page.places.get(&span.start) else {
                    return Err(format!("{raw} at {} is no cell", span.start));
                };
                let truth = &page.table;
                let label = &truth.rows[*row_of].label;
                if row.label.last() != Some(label) {
                    return Err(format!("{raw} of {label} stands under {:?}", row.label));
                }
                let header = &truth.headers[*column_of];
                match column.label.last() {
                    Some(printed) if printed == header => tally.headed += 1,
                    Some(printed) => {
                        return Err(format!("{raw} of {header} stands under {printed}"));
                    }
                    None => {}
                }
                tally.given += 1;
                rows.insert(*row_of);
                columns.entry(&column.id).or_default().insert(*column_of);
            }
            if rows.len() > 1 {
                return Err(format!("{} mixes the rows {rows:?}", row.id));
            }
        }
        if let Some((id, mixed)) = columns.iter().find(|(_, of)| of.len() > 1) {
            return Err(format!("{id} mixes the columns {mixed:?}"));
        }
    }
    Ok(tally)
}
