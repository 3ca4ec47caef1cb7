//! Cells that stand on a line each, with `-` to pad every row to one width -> tables.
//!
//! Rows and headers that come out at the same width show their cells.

use std::ops::Range;

use super::group::{Group, Piece, has_title};
use super::{Cell, Inferred, Reader, Row};
use crate::extraction::Confidence;

/// The tables of a stretch whose rows `-` pads to one width, headers among them.
pub(super) fn padded(
    reader: &Reader<'_>,
    pieces: &[Piece],
    groups: &[Group],
) -> Option<Vec<Inferred>> {
    let is_pad = |at: &usize| reader.said(&pieces[*at].item.range) == "-";
    let pads = |group: &Group| !group.values.is_empty() && group.values.iter().all(is_pad);
    let is_head = |group: &Group| group.words.len() > 1 && pads(group);
    let cells = |group: &Group| group.words.len() + group.values.len();
    let mut tables = Vec::new();
    for (head, group) in groups.iter().enumerate() {
        // Headers over headers leave open which column is under which.
        let two = head > 0 && groups[head - 1].words.len() > 1 && is_head(&groups[head - 1]);
        let total = cells(group);
        if !is_head(group) || two || total < 3 {
            continue;
        }
        let rows = &groups[head + 1..];
        let end = rows
            .iter()
            .position(|group| group.words.len() > 1 || pads(group) || cells(group) != total)
            .unwrap_or(rows.len());
        let cut = rows.get(end).is_some_and(|group| !pads(group));
        // A title that is padded too says as much as a row.
        let title = head > 0 && pads(&groups[head - 1]) && cells(&groups[head - 1]) == total;
        if end + usize::from(title) > usize::from(cut) + 1 {
            tables.extend(padded_table(reader, pieces, group, &rows[..end]));
        }
    }
    (!tables.is_empty()).then_some(tables)
}

/// A table of rows of one width.
fn padded_table(
    reader: &Reader<'_>,
    pieces: &[Piece],
    head: &Group,
    rows: &[Group],
) -> Option<Inferred> {
    let is_pad = |at: &usize| reader.said(&pieces[*at].item.range) == "-";
    let item = |at: &usize| pieces[*at].item.clone();
    let last = |group: &Group| group.values.iter().rposition(|at| !is_pad(at));
    let width = rows.iter().filter_map(last).max()? + 1;
    let total = head.words.len() + head.values.len();
    if head.words.len() != width + 1 {
        return None;
    }
    // What stands further off than the cells of one row is a title.
    let mut gaps = head.words[1..].iter().chain(&head.values);
    let gap = gaps.next().map(|at| pieces[*at].gap);
    let apart = gaps.any(|at| Some(pieces[*at].gap) != gap);
    let words = head.words.iter().map(|at| &pieces[*at].item.range);
    if apart || has_title(reader, words) {
        return None;
    }
    let mut made = Vec::new();
    let mut open = 0;
    for group in rows {
        let items = |end: usize| group.values[..end].iter().map(item).collect::<Vec<_>>();
        let cells = match last(group) {
            Some(last) if last + 1 == width => {
                items(width).into_iter().map(Cell::Certain).collect()
            }
            // Cells are left out, or the last ones are marks for no value.
            Some(_) => {
                open += 1;
                vec![Cell::open(&items(width)); width]
            }
            None => vec![Cell::Absent; width],
        };
        made.push(Row {
            label: group.words.iter().map(|at| item(at).range).collect(),
            broken: false,
            unit: None,
            cells,
        });
    }
    let range = |at: &usize| pieces[*at].item.range.clone();
    let words: Vec<Range<usize>> = head.words.iter().map(range).collect();
    let end = range(rows.last()?.values.last()?).end;
    Some(Inferred {
        range: words.first()?.start..end,
        heads: words[1..].iter().map(|word| vec![word.clone()]).collect(),
        above: words,
        because: format!(
            "`-` pads {} rows and their headers to {total} cells",
            rows.len()
        ),
        rows: made,
        layout: format!("cell-per-line, padded to {total}"),
        confidence: if open == 0 {
            Confidence::High
        } else {
            Confidence::Medium
        },
    })
}
