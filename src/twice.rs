//! Tables -> tables: what a print before says against the one that was read.
//!
//! A report may repeat its tables: those of the body itself and of all bodies below it, this year's
//! and last year's. One order of the form's parts may then run through both. Where a table was read
//! although it stands printed before with other numbers, nothing says that these are the report's.

use std::ops::Range;

use crate::align::Anchor;
use crate::field::{Token, tokens};
use crate::grid::{Document, RowReading, TableReading};
use crate::lexicon::Part;
use crate::statement::years;
use crate::text::{is_numeral, letters};
use crate::value::Notation;

/// Labels before a row among which a title or a header of its table stands.
const REACH: usize = 4;

/// Withholds the rows of a table that stand before it with other numbers, below a header or a title.
pub(crate) fn withhold(document: &Document<'_>, reading: &mut TableReading) {
    let start = reading.region.range.start;
    let upto = document
        .anchors
        .partition_point(|anchor| anchor.range.start < start);
    let before = document.anchors.get(..upto).unwrap_or_default();
    let table = reading.region.table;
    let heads = |anchor: &Anchor| {
        matches!(
            anchor.part,
            Part::Title { .. } | Part::Corner { .. } | Part::Column { .. }
        )
    };
    for (at, anchor) in before.iter().enumerate() {
        let Part::Row { table: of, row } = anchor.part else {
            continue;
        };
        let above = before.get(at.saturating_sub(REACH)..at).unwrap_or_default();
        if of != table || !above.iter().any(heads) {
            continue;
        }
        let Some(read) = reading.rows.iter_mut().find(|it| it.row == Some(row)) else {
            continue;
        };
        let end = document
            .anchors
            .get(at + 1)
            .map_or(start, |next| next.range.start);
        let range = anchor.range.end..end.max(anchor.range.end);
        let found = tokens(document.text, &range, &[], Notation(document.genre));
        let values: Vec<&Token> = found.iter().filter(|token| token.is_value()).collect();
        let count = read.cells.len();
        let whole = values.len() == count && values.iter().all(|value| value.is_number());
        if whole && differs(document, read, &values) {
            read.withhold();
        }
    }
}

/// Withholds a table whose heading, or a line right above it, names other years than the report's.
pub(crate) fn withhold_other_year(
    document: &Document<'_>,
    reading: &mut TableReading,
    year: impl Fn() -> Option<i32>,
) {
    let text = document.text;
    let first_row = reading.region.first_row(document.anchors);
    let head = text.line_of(reading.region.range.start);
    let to = first_row
        .map_or(head, |row| text.line_of(row.range.start))
        .max(head);
    let written = |line: &&Range<usize>| !text.get(line).trim().is_empty();
    let above = text.lines.get(..head).unwrap_or_default().iter().rev();
    let lines = above
        .filter(written)
        .take(REACH)
        .chain(text.lines.get(head..to).unwrap_or_default());
    let is_heading = |line: &Range<usize>| {
        let said = text.get(line).trim_start();
        let rest = said.trim_start_matches(is_numeral);
        if rest.len() < said.len() && rest.starts_with('、') {
            return true;
        }
        let mut headings = document.anchors.iter();
        headings.any(|anchor| {
            matches!(anchor.part, Part::Section(_)) && line.contains(&anchor.range.start)
        })
    };
    let mut other = false;
    for line in lines {
        let said = text.get(line).trim();
        let years: Vec<i32> = years(said).collect();
        // A day may be that of the report before or behind.
        let alone = letters(said).chars().count() <= LETTERS && !said.contains('月');
        if !years.is_empty() && (alone || is_heading(line)) {
            other = year().is_some_and(|year| !years.contains(&year));
            break;
        }
        // What stands above the table's own heading is not about it.
        if is_heading(line) {
            break;
        }
    }
    if other {
        reading.rows.iter_mut().for_each(RowReading::withhold);
    }
}

/// Letters of a line that is about a year and nothing else: （2022年度数据）.
const LETTERS: usize = 6;

fn differs(document: &Document<'_>, row: &RowReading, values: &[&Token]) -> bool {
    let said = |place: &Range<usize>| document.text.get(place);
    let mut cells = row.cells.iter().zip(values);
    cells.any(|(cell, value)| {
        let place = cell.place();
        place.is_some_and(|place| said(place) != said(&value.range))
    })
}
