//! Damaged headers that stand in the place of others.
//!
//! A header that was not found is no sign that its column stands where the form has it: 社会公益组
//! behind 法律服务机构 says that the two are exchanged.

use std::ops::Range;

use super::{column_header, head};
use crate::distance::distance;
use crate::field::{Kind, tokens};
use crate::grid::{CellReading, Document, Region, RowReading};
use crate::row::Slot;
use crate::text::{is_letter, letters};
use crate::value::Notation;

/// Letters of the shortest wording that is looked for inside a longer word.
const SHORTEST: usize = 3;

/// Words among which headers are looked for; more of them are running text.
const REACH: usize = 256;

/// A column whose header was not found.
struct Missing {
    /// Its place among the columns that are printed.
    at: usize,
    wordings: Vec<String>,
}

/// Whether words among the headers of a region are nearly the header of a column, and stand
/// before one that the form has in front of it, or behind one that it has after it.
pub(super) fn misplaced(document: &Document<'_>, region: &Region, columns: &[usize]) -> bool {
    let definition = &document.form.tables[region.table].columns;
    let start = |column: &usize| column_header(document, region, *column);
    let mut starts: Vec<Option<usize>> = columns.iter().map(start).collect();
    if starts.iter().all(Option::is_some) {
        return false;
    }
    let label = |at: usize| letters(&definition[columns[at]].label.text);
    let labels: Vec<String> = (0..columns.len()).map(label).collect();
    // A wording of several columns does not say which it is.
    let is_own = |at: &usize| labels.iter().filter(|it| **it == labels[*at]).count() == 1;
    let missing: Vec<Missing> = (0..columns.len())
        .filter(|at| starts[*at].is_none())
        .filter(is_own)
        .map(|at| Missing {
            at,
            wordings: definition[columns[at]]
                .label
                .literals()
                .map(letters)
                .collect(),
        })
        .collect();
    let mut guessed = false;
    for word in words(document, region).into_iter().take(REACH) {
        for (at, start) in places(document.text.get(&word), &missing) {
            starts[at].get_or_insert(word.start + start);
            guessed = true;
        }
    }
    let crossed = |at: usize, other: usize| {
        let beside = definition[columns[at]].spanner == definition[columns[other]].spanner;
        beside && starts[at].is_some() && starts[other].is_some() && starts[at] > starts[other]
    };
    guessed && (0..columns.len()).any(|other| (0..other).any(|at| crossed(at, other)))
}

/// Withholds rows whose last cell is empty, where most headers are printed and one is not: the report
/// may have left that column out, and each value behind it be that of the column before.
pub(in crate::grid) fn withhold_short(
    document: &Document<'_>,
    region: &Region,
    columns: &[usize],
    rows: &mut [RowReading],
) {
    let printed = |column: &&usize| column_header(document, region, **column).is_some();
    let found = columns.iter().filter(printed).count();
    if found == columns.len() || found * 2 < columns.len() {
        return;
    }
    for row in rows {
        let filled = row.places().next().is_some();
        let Some(last) = row.cells.last_mut().filter(|_| filled) else {
            continue;
        };
        if let CellReading::Certain {
            slot: Slot::Blank | Slot::Missing,
            ..
        } = last
        {
            *last = CellReading::Open(Vec::new());
            row.withhold();
        }
    }
}

/// Withholds an optional column, and those beside it under its spanner of which the header was not
/// found: its own may stand before or behind theirs.
pub(in crate::grid) fn withhold_unplaced(
    document: &Document<'_>,
    region: &Region,
    columns: &[usize],
    rows: &mut [RowReading],
) {
    let definition = &document.form.tables[region.table].columns;
    let printed = |at: usize| region.header(document.anchors, columns[at]).is_some();
    let beside = |at: usize, other: usize| {
        definition[columns[at]].spanner == definition[columns[other]].spanner && !printed(other)
    };
    for at in (0..columns.len()).filter(|at| definition[columns[*at]].optional && printed(*at)) {
        let before = (0..at).rev().take_while(|other| beside(at, *other)).count();
        let behind = (at + 1..columns.len())
            .take_while(|other| beside(at, *other))
            .count();
        if before + behind == 0 {
            continue;
        }
        for row in rows.iter_mut().filter(|row| row.row.is_some()) {
            for cell in row.cells.iter_mut().take(at + behind + 1).skip(at - before) {
                cell.withhold();
            }
        }
    }
}

/// Words before the first row that no label claims.
pub(super) fn words(document: &Document<'_>, region: &Region) -> Vec<Range<usize>> {
    let Some(first) = head(document, region).next() else {
        return Vec::new();
    };
    let row = region.first_row(document.anchors);
    let unlabelled = row.is_none();
    let row = row.map_or(region.range.end, |row| row.range.start);
    let anchors = region.anchors.iter().map(|at| &document.anchors[*at]);
    let labels: Vec<Range<usize>> = anchors.map(|anchor| anchor.range.clone()).collect();
    let between = first.range.end..row.max(first.range.end);
    let found = tokens(document.text, &between, &labels, Notation(document.genre));
    let head = found
        .into_iter()
        .take_while(|token| !(unlabelled && token.is_number()));
    let words = head.filter(|token| token.kind == Kind::Word);
    words.map(|word| word.range).collect()
}

/// Which of the missing headers a word holds, and at which byte: as they are, with nothing between
/// them and others, or the rest of it with a quarter of its letters changed.
fn places(word: &str, missing: &[Missing]) -> Vec<(usize, usize)> {
    let said: Vec<(usize, char)> = word.char_indices().filter(|(_, c)| is_letter(*c)).collect();
    let mut found = Vec::new();
    let mut rest: Vec<Range<usize>> = std::iter::once(0..said.len()).collect();
    for header in missing {
        let wordings = header.wordings.iter().map(|wording| wording.chars());
        let mut wordings = wordings.filter(|wording| wording.clone().count() >= SHORTEST);
        let within = |part: &Range<usize>, wording: std::str::Chars<'_>| {
            let len = wording.clone().count();
            let mut starts = part.start..(part.end + 1).saturating_sub(len).max(part.start);
            let start = starts.find(|start| {
                let here = said[*start..].iter().map(|(_, c)| *c);
                here.take(len).eq(wording.clone())
            })?;
            Some(start..start + len)
        };
        let place = wordings.find_map(|wording| {
            let mut parts = rest.iter().enumerate();
            parts.find_map(|(at, part)| Some((at, within(part, wording.clone())?)))
        });
        if let Some((at, place)) = place {
            found.push((header.at, said[place.start].0));
            let part = rest.swap_remove(at);
            rest.extend([part.start..place.start, place.end..part.end]);
        }
    }
    for part in rest.into_iter().filter(|part| part.len() >= SHORTEST) {
        let letters: String = said[part.clone()].iter().map(|(_, c)| *c).collect();
        let near = missing.iter().find(|header| {
            let near = |wording: &String| distance(wording, &letters) * 4 <= part.len();
            header.wordings.iter().any(near)
        });
        found.extend(near.map(|header| (header.at, said[part.start].0)));
    }
    found
}
