//! Cells in a row -> groups: words, and the values behind them.

use std::ops::Range;

use super::Reader;
use super::item::Item;
use super::width::counts_on;

/// A cell with what stands between it and the cell before.
pub(super) struct Piece {
    pub(super) item: Item,
    /// Line ends and borders before it.
    pub(super) gap: (usize, usize),
}

/// A row to be: words, and the values behind them.
pub(super) struct Group {
    pub(super) words: Vec<usize>,
    pub(super) values: Vec<usize>,
}

/// The groups of a stretch, whether values stand before the first and words behind the last.
pub(super) fn groups(reader: &Reader<'_>, pieces: &[Piece]) -> (bool, Vec<Group>, bool) {
    let mut groups: Vec<Group> = Vec::new();
    let mut leading = false;
    for (at, piece) in pieces.iter().enumerate() {
        if piece.item.is_value() {
            match groups.last_mut() {
                Some(group) => group.values.push(at),
                None => leading = true,
            }
            continue;
        }
        match groups.last_mut() {
            Some(group) if group.values.is_empty() => group.words.push(at),
            _ => groups.push(Group {
                words: vec![at],
                values: Vec::new(),
            }),
        }
    }
    // Words with nothing but padding behind them are no row.
    let is_pad = |at: &usize| reader.said(&pieces[*at].item.range) == "-";
    let trailing = groups
        .pop_if(|group| group.values.iter().all(is_pad))
        .is_some();
    (leading, groups, trailing)
}

/// The groups without the numbers that count the rows, and whether there are such. None where
/// the last values count on and nothing says whether they do.
pub(super) fn counted(pieces: &[Piece], mut groups: Vec<Group>) -> Option<(Vec<Group>, bool)> {
    let count = groups.len();
    if count < 3 {
        return Some((groups, false));
    }
    let lasts = |groups: &[Group]| -> Vec<usize> {
        let lasts = groups.iter().filter_map(|group| group.values.last());
        lasts.copied().collect()
    };
    let before = lasts(&groups[..count - 1]);
    let all = lasts(&groups);
    // Rows that are counted, and then something else.
    let is_counted = |upto: usize| counts_on(all[..upto].iter().map(|at| &pieces[*at].item));
    let begins = groups[0].values.len() == 1
        && pieces[all[0]].item.whole() == Some(rust_decimal::Decimal::ONE);
    if begins && all.len() == count && is_counted(3) && !is_counted(count - 1) {
        return None;
    }
    let even = groups
        .iter()
        .all(|group| group.values.len() == groups[0].values.len());
    if even && !counts_on(all.iter().map(|at| &pieces[*at].item))
        || !counts_on(before.iter().map(|at| &pieces[*at].item))
    {
        return Some((groups, false));
    }
    let width = groups[count - 1].values.len();
    let is_index = groups[0].values.len() == 1
        && pieces[before[0]].item.whole() == Some(rust_decimal::Decimal::ONE)
        && groups[1..count - 1]
            .iter()
            .all(|group| group.values.len() == width + 1);
    if !is_index {
        return None;
    }
    for group in &mut groups[..count - 1] {
        group.values.pop();
    }
    // What stands before the first number heads the columns.
    let head = std::mem::take(&mut groups[0].words);
    groups.remove(0);
    groups[0].words.splice(0..0, head);
    Some((groups, true))
}

/// How many words label a row, if all rows behind the first have as many.
pub(super) fn stub(groups: &[Group]) -> usize {
    let mut counts = groups.iter().skip(1).map(|group| group.words.len());
    match counts.next() {
        Some(count) if groups.len() > 2 && counts.all(|other| other == count) => count,
        _ => 1,
    }
}

/// Whether the first of some headers may be a title: where it took the place of a lost header
/// there are as many words. Without a corner, a lost header and headers that are all there look
/// the same.
pub(super) fn has_title<'r>(
    reader: &Reader<'_>,
    words: impl Iterator<Item = &'r Range<usize>>,
) -> bool {
    let mut words = words.map(|word| reader.said(word));
    let first = words.next().unwrap_or_default();
    let length = first.chars().count();
    // 表2 有关情况, whatever length headers have that touch each other.
    let numbered = first.contains(|c: char| c.is_ascii_digit()) && first.contains(' ');
    let longest = words.map(|word| word.chars().count()).max();
    numbered || length > 6 && length * 2 >= longest.unwrap_or_default() * 3
}
