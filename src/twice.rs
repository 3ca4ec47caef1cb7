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
use crate::page::Marks;
use crate::statement::years;
use crate::text::{is_letter, is_numeral, letters};
use crate::value::Notation;

/// Labels before a row among which a title or a header of its table stands.
const REACH: usize = 4;

/// Withholds the tables of another report in the same text: those behind its title, which it gives.
pub(crate) fn withhold_other_report(
    document: &Document<'_>,
    marks: &Marks,
    tables: &mut [&mut TableReading],
) -> Option<Range<usize>> {
    let is_row = |anchor: &&Anchor| matches!(anchor.part, Part::Row { .. });
    let mut rows = document.anchors.iter().filter(is_row);
    let first = rows.next().map(|row| row.range.start);
    let last = rows.next_back().map(|row| row.range.start).or(first);
    let rows = first.zip(last).map(|(first, last)| first..last);
    let title = marks.other_report(document.text, rows);
    let title = title.or_else(|| begins_again(document))?;
    // Their labels tell less: a table may be read by anchors of its own.
    let is_behind = |row: &RowReading| row.places().any(|place| place.start > title.start);
    let begins_behind = |table: &TableReading| table.region.range.start > title.start;
    if !tables
        .iter()
        .any(|table| begins_behind(table) || table.rows.iter().any(is_behind))
    {
        return Some(title);
    }
    for table in tables {
        let all = begins_behind(table);
        for row in &mut table.rows {
            if all || is_behind(row) {
                row.withhold();
                row.doubt_blanks();
            }
            // The order of the form may have led through rows of both.
            row.doubt_absence();
        }
    }
    Some(title)
}

/// The heading with which the sections of the form begin once more, though this report is far on and
/// has tables: a report without a title that is seen. Lists of sections have nothing between them.
fn begins_again(document: &Document<'_>) -> Option<Range<usize>> {
    let text = document.text;
    let is_table = |anchor: &Anchor| matches!(anchor.part, Part::Row { .. } | Part::Column { .. });
    let last_table = document.anchors.iter().rposition(is_table)?;
    let headings = document.anchors.iter().enumerate();
    let headings = headings.filter_map(|(at, anchor)| match anchor.part {
        Part::Section(section) if anchor.number.is_some() => Some((at, section)),
        _ => None,
    });
    let headings: Vec<(usize, usize)> = headings.collect();
    let (mut far, mut tables) = (0, false);
    for (place, (at, section)) in headings.iter().enumerate() {
        let anchor = &document.anchors[*at];
        let behind = headings.get(place + 1..).unwrap_or_default();
        let again = tables && far >= section + FAR && *at < last_table;
        if again
            && behind
                .iter()
                .filter(|(_, later)| later > section)
                .nth(1)
                .is_some()
        {
            return Some(anchor.range.clone());
        }
        let end = behind
            .first()
            .map_or(document.anchors.len(), |(next, _)| *next);
        let next = document.anchors.get(end);
        let next = next.map_or(text.folded.len(), |next| next.range.start);
        let between = text.get(&(anchor.range.end..next.max(anchor.range.end)));
        // The page number of a list of contents is nothing.
        if between.contains(is_letter) {
            far = if tables { far.max(*section) } else { *section };
            let own = document.anchors.get(*at..end).unwrap_or_default();
            tables |= own.iter().any(is_table);
        }
    }
    None
}

/// Sections that a report is on when another begins.
const FAR: usize = 3;

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
    // Its heading, or what stands between that and the table.
    let start = text.lines.get(head).map_or(0, |line| line.end);
    let upto = document
        .anchors
        .partition_point(|anchor| anchor.range.start < start);
    let above = document
        .anchors
        .get(..upto)
        .unwrap_or_default()
        .iter()
        .rev();
    let heading = above
        .take(HEADERS)
        .find(|anchor| matches!(anchor.part, Part::Section(_)))
        .map(|anchor| text.line_of(anchor.range.start));
    let from = heading.unwrap_or(0).max(head.saturating_sub(LINES));
    let lines = text.lines.get(from..to).unwrap_or_default();
    let other = lines.iter().enumerate().any(|(at, line)| {
        let said = text.get(line).trim();
        let is_heading = || {
            let rest = said.trim_start_matches(is_numeral);
            heading == Some(from + at) || rest.len() < said.len() && rest.starts_with('、')
        };
        let named: Vec<i32> = years(said).collect();
        // A day may be that of the report before or behind.
        let alone = || letters(said).chars().count() <= LETTERS && !said.contains('月');
        !named.is_empty()
            && (alone() || is_heading())
            && year().is_some_and(|year| !named.contains(&year))
    });
    if other {
        reading.rows.iter_mut().for_each(RowReading::withhold);
    }
}

/// Lines above a table that may be about it.
const LINES: usize = 6;

/// Anchors above a table among which its heading is looked for.
const HEADERS: usize = 16;

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
