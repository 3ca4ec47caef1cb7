//! Headers of another meaning in the place of those of the form.
//!
//! Where 新闻媒体 stands between 商业企业 and 社会公益组织, the values below it are not those of the
//! column that the form has there, though their number fits.

use std::ops::Range;

use super::misplaced::words;
use super::{column_header, head};
use crate::contrast::is_nearly;
use crate::grid::clean::is_fragment;
use crate::grid::{CellReading, Document, Region, RowReading};
use crate::lexicon::Part;
use crate::text::letters;

/// Withholds the columns whose headers were not found, if other words head them. Where a word stands
/// in the place of none of them, any value may be another column's, and all are withheld.
pub(in crate::grid) fn withhold_foreign(
    document: &Document<'_>,
    region: &Region,
    columns: &[usize],
    rows: &mut [RowReading],
) {
    let definition = &document.form.tables[region.table].columns;
    let starts: Vec<Option<usize>> = columns
        .iter()
        .map(|column| column_header(document, region, *column))
        .collect();
    let mut missing: Vec<usize> = (0..columns.len())
        .filter(|at| starts[*at].is_none())
        .filter(|at| region.header(document.anchors, columns[*at]).is_none())
        .collect();
    if missing.is_empty() {
        return;
    }
    let mut foreign = Vec::new();
    // A header of another table is another as well.
    let headers = region.anchors.iter().map(|at| &document.anchors[*at]);
    let headers = headers.take_while(|anchor| !matches!(anchor.part, Part::Row { .. }));
    let others = headers.filter(|anchor| {
        matches!(anchor.part, Part::Column { .. }) && anchor.part.table() != Some(region.table)
    });
    let others = others.filter(|anchor| is_foreign(document, region, &anchor.range));
    foreign.extend(others.map(|anchor| anchor.range.start));
    for word in words(document, region) {
        let said = letters(&without_brackets(document.text.get(&word)));
        let mut places = missing.iter();
        let place = places.position(|at| {
            let mut wordings = definition[columns[*at]].label.literals().map(letters);
            wordings.any(|label| is_nearly(&said, &label, document.contrasts))
        });
        match place {
            Some(place) => {
                missing.remove(place);
            }
            None if is_foreign(document, region, &word) => foreign.push(word.start),
            None => {}
        }
    }
    let spanner = |at: usize| definition[columns[at]].spanner;
    let stands_for = |word: usize, at: usize| {
        let found = |other: &usize| spanner(*other) == spanner(at) && starts[*other].is_some();
        let before = (0..at).rev().find(found).and_then(|other| starts[other]);
        let behind = (at + 1..columns.len())
            .find(found)
            .and_then(|other| starts[other]);
        let passed = |other: usize| {
            starts[other].is_some_and(|start| start < word && before.is_some_and(|it| it < start))
        };
        before.is_none_or(|start| start < word)
            && behind.is_none_or(|start| word < start)
            && !(at + 1..columns.len()).any(passed)
    };
    let placed = |word: &usize| missing.iter().any(|at| stands_for(*word, *at));
    if foreign.is_empty() || missing.is_empty() {
        return;
    }
    let all = !foreign.iter().all(placed);
    for row in rows {
        for (at, cell) in row.cells.iter_mut().enumerate() {
            if all || missing.contains(&at) {
                CellReading::withhold(cell);
            }
        }
    }
}

/// Whether a word stands among the headers of a region that is none of the form's.
pub(in crate::grid) fn has_foreign(document: &Document<'_>, region: &Region) -> bool {
    let words = words(document, region);
    words.iter().any(|word| is_foreign(document, region, word))
}

/// Whether a word is no wording of the table, nor a piece of one, a unit or a note.
fn is_foreign(document: &Document<'_>, region: &Region, word: &Range<usize>) -> bool {
    let said = document.text.get(word);
    let wordings = document.lexicon.wordings(document.index, region.table);
    let explains = said.starts_with('(')
        && head(document, region).any(|anchor| anchor.range.end == word.start);
    // A gloss in Latin letters is no header.
    letters(said).contains(|c: char| !c.is_ascii())
        && !explains
        && !document.genre.is_unit(said)
        // Pieces of several headers may stand on one line.
        && !said.split(' ').all(|part| is_fragment(part, wordings))
}

/// A word without what stands in brackets inside it.
fn without_brackets(word: &str) -> String {
    let mut depth = 0_usize;
    let outside = |c: &char| {
        match c {
            '(' | '[' | '〔' | '【' | '<' => depth += 1,
            ')' | ']' | '〕' | '】' | '>' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    };
    word.chars().filter(outside).collect()
}
