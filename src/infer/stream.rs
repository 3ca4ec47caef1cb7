//! Cells that stand on a line each -> tables.
//!
//! A row is a label and the values up to the next label. Rows that all have one count of values
//! are periodic, and the headers before them, if they are as many, say that it is the width.
//! Cells that were dropped or moved break one or the other; then the cells stay open.

use std::ops::Range;

use super::item::{Item, Kind, is_numbered};
use super::width::{Draft, Width, agree, because, counts_on, rows};
use super::{CELL, Cell, Inferred, Line, Reader, Row, is_prose};
use crate::extraction::Confidence;
use crate::text::BORDER;

/// A cell with what stands between it and the cell before.
struct Piece {
    item: Item,
    /// Line ends and borders before it.
    gap: (usize, usize),
}

/// A row to be: words, and the values behind them.
struct Group {
    words: Vec<usize>,
    values: Vec<usize>,
}

/// Reads the tables of cells that stand on a line each.
pub(super) fn tables(reader: &Reader<'_>, lines: &[Line], found: &mut Vec<Inferred>) {
    let mut run: Vec<Piece> = Vec::new();
    let mut gap = (0, 0);
    let mut begins = true;
    for index in 0..=lines.len() {
        gap.0 += 1;
        let piece = match lines.get(index) {
            Some(Line::Empty) => continue,
            Some(Line::Free(range)) => {
                let said = reader.said(range);
                let borders = said.matches(BORDER).count();
                let start = range.start + said.len() - said.trim_start_matches([BORDER, ' ']).len();
                let before = said.len() - said.trim_start_matches([BORDER, ' ']).len();
                let before = said[..before].matches(BORDER).count();
                let end = range.start + said.trim_end_matches([BORDER, ' ']).len();
                if start >= end {
                    gap.1 += borders;
                    continue;
                }
                let inner = reader.said(&(start..end));
                let is_cell = !inner.contains([BORDER, '\t'])
                    && !is_prose(inner)
                    && inner.chars().count() <= CELL;
                gap.1 += before;
                let behind = borders - before;
                let piece = is_cell.then(|| Piece {
                    item: reader.item(&(start..end)),
                    gap,
                });
                gap = (0, behind);
                piece
            }
            Some(Line::Wall | Line::Page) | None => None,
        };
        match piece {
            Some(piece) => run.push(piece),
            None => {
                stretch(reader, &std::mem::take(&mut run), begins, found);
                gap = (0, 0);
                begins = lines.get(index) != Some(&Line::Page);
            }
        }
    }
}

/// The tables of a stretch of cells. `begins` says that nothing before it can belong to it.
fn stretch(reader: &Reader<'_>, pieces: &[Piece], begins: bool, found: &mut Vec<Inferred>) {
    if pieces.iter().filter(|piece| piece.item.is_number()).count() < 2 {
        return;
    }
    let (leading, groups, trailing) = groups(reader, pieces);
    if let Some(tables) = padded(reader, pieces, &groups) {
        found.extend(tables);
        return;
    }
    let Some((groups, index)) = counted(pieces, groups) else {
        return;
    };
    let stub = stub(&groups);
    let counts: Vec<usize> = groups.iter().map(|group| group.values.len()).collect();
    let common = |count: &usize| counts.iter().filter(|other| *other == count).count();
    let Some(width) = counts.iter().copied().max_by_key(common) else {
        return;
    };
    // As many words as there are columns may be headers of another table.
    let mut start = 0;
    for at in 1..=groups.len() {
        let splits = groups.get(at).is_none_or(|group| {
            let own = group.words.len().saturating_sub(stub);
            let changes = group.values.len() != groups[at - 1].values.len();
            own >= width.max(2) || own > 1 && changes
        });
        if splits {
            let table = Table {
                reader,
                pieces,
                groups: &groups[start..at],
                stub,
                index,
                first: start == 0 && begins,
                leading: leading && !index && start == 0,
                trailing,
            };
            found.extend(table.read());
            start = at;
        }
    }
}

/// The groups of a stretch, whether values stand before the first and words behind the last.
fn groups(reader: &Reader<'_>, pieces: &[Piece]) -> (bool, Vec<Group>, bool) {
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
fn counted(pieces: &[Piece], mut groups: Vec<Group>) -> Option<(Vec<Group>, bool)> {
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
fn stub(groups: &[Group]) -> usize {
    let mut counts = groups.iter().skip(1).map(|group| group.words.len());
    match counts.next() {
        Some(count) if groups.len() > 2 && counts.all(|other| other == count) => count,
        _ => 1,
    }
}

/// Rows of a stretch that may be one table.
struct Table<'a> {
    reader: &'a Reader<'a>,
    pieces: &'a [Piece],
    groups: &'a [Group],
    stub: usize,
    /// Whether the rows are counted.
    index: bool,
    /// Whether it begins the stretch.
    first: bool,
    /// Whether values stand before the stretch's first words.
    leading: bool,
    /// Whether words stand behind its last values.
    trailing: bool,
}

impl Table<'_> {
    fn item(&self, at: usize) -> &Item {
        &self.pieces[at].item
    }

    fn read(&self) -> Option<Inferred> {
        let years = self.years();
        // Headers that `-` pads.
        let is_padded = |group: &&Group| {
            let mut values = group.values.iter();
            group.words.len() > self.stub && values.all(|at| self.said(*at) == "-")
        };
        let heads = self.groups.iter().take_while(is_padded).count();
        let groups = &self.groups[heads + usize::from(years)..];
        let first = groups.first()?;
        let mut drafts = Vec::new();
        let labels = groups.iter().filter_map(|group| group.words.last());
        let numbered =
            labels.filter(|at| is_numbered(self.said(**at))).count() * 3 >= groups.len() * 2;
        for (number, group) in groups.iter().enumerate() {
            let own = group.words.len().checked_sub(self.stub)?;
            // The words before the first row are headers, or rows without values.
            let bare = if number == 0 { 0 } else { own };
            let pieces = if self.stub == 1 && own > 0 {
                self.label_pieces(&group.words[..own + 1], numbered)
            } else {
                self.stub
            };
            let own = group.words.len() - pieces;
            for word in &group.words[own - bare.min(own)..own] {
                drafts.push(self.draft(std::slice::from_ref(word), &[]));
            }
            let draft = self.draft(&group.words[own..], &group.values);
            let broken = pieces > self.stub;
            drafts.push(Draft { broken, ..draft });
        }
        let width = Width::of(self.reader.uncut(&drafts))?;
        let bare = drafts.len() - groups.len();
        let loose_words = self.groups.iter().skip(1).any(|group| {
            let own = group.words.len().saturating_sub(self.stub);
            group.words[..own]
                .iter()
                .any(|word| self.item(*word).kind == Kind::Mixed)
        });
        if bare * 2 > width.rows || loose_words {
            return None;
        }
        let (gap, even) = self.gap(groups, width.width)?;
        let (heads, above) = if heads > 0 {
            (None, Vec::new())
        } else if years {
            let heads = &self.groups[0].values;
            (Some(heads.clone()), self.groups[0].words.clone())
        } else {
            self.heads(first, width.width, gap)
        };
        // A heading may stand between the headers and the first row, and make one header too many.
        let headings = drafts.iter().any(|draft| {
            let said = |label: &Range<usize>| is_numbered(self.reader.said(label));
            draft.values.is_empty() && !draft.label.iter().all(said)
        });
        let heads = heads.filter(|_| years || !headings);
        let headed = heads.is_some();
        if width.width == 1 && (!headed || width.rows < 3 || bare > 0 || !width.is_even()) {
            return None;
        }
        // Labels behind their values leave a header where the first label would be, and no header
        // is numbered.
        let label = first
            .words
            .last()
            .is_some_and(|at| is_numbered(self.said(*at)));
        let ends = label || !self.trailing || self.pieces_end(gap);
        let sound = even && width.more == 0 && !self.leading;
        let agreed = agree(width, &drafts);
        let folded = !headed && self.may_be_folded(above.len(), width.width);
        let certain = sound && ends && (headed && width.is_borne_out() || agreed && !folded);
        if !headed && !label {
            // Its label may be a header, and its own be lost.
            let row = drafts.iter_mut().find(|draft| !draft.values.is_empty());
            row.into_iter().for_each(|row| row.doubtful = true);
        }
        if !certain && width.rows < 3 {
            return None;
        }
        let range = |at: &usize| self.item(*at).range.clone();
        let above: Vec<Range<usize>> = above.iter().map(range).collect();
        let start = above.first().or(drafts.first()?.label.first())?.start;
        let end = range(groups.last()?.values.last()?).end;
        Some(Inferred {
            range: start..end,
            heads: match heads {
                Some(heads) if certain => heads.iter().map(|at| vec![range(at)]).collect(),
                _ => vec![Vec::new(); width.width],
            },
            above,
            rows: rows(drafts, width.width, certain),
            layout: layout(gap),
            confidence: match (certain, headed && width.is_even()) {
                (false, _) => Confidence::Low,
                (true, false) => Confidence::Medium,
                (true, true) => Confidence::High,
            },
            because: because(width, headed && certain, certain),
        })
    }

    fn said(&self, at: usize) -> &str {
        self.reader.said(&self.item(at).range)
    }

    /// How many of the last words are pieces of one label: a bracket that the last closes, or a
    /// number before the first of them where labels are `numbered`, says so.
    fn label_pieces(&self, words: &[usize], numbered: bool) -> usize {
        let Some((last, before)) = words.split_last() else {
            return 0;
        };
        let last = self.said(*last);
        let count = |said: &str, bracket: char| said.matches(bracket).count();
        let mut open = count(last, ')').saturating_sub(count(last, '('));
        let mut pieces = 1;
        for word in before.iter().rev().take(3) {
            let said = self.said(*word);
            let starts = is_numbered(said);
            let carries = open > 0 || numbered && !is_numbered(last);
            if !carries {
                break;
            }
            pieces += 1;
            open = (open + count(said, ')')).saturating_sub(count(said, '('));
            if starts || open == 0 && !numbered {
                return pieces;
            }
        }
        1
    }

    fn draft(&self, label: &[usize], values: &[usize]) -> Draft {
        let (label, unit) = match label {
            [before @ .., last]
                if !before.is_empty() && self.reader.is_unit(&self.item(*last).range) =>
            {
                (before, Some(self.item(*last).range.clone()))
            }
            label => (label, None),
        };
        let items = values.iter().map(|at| self.item(*at).clone());
        Draft {
            label: label
                .iter()
                .map(|at| self.item(*at).range.clone())
                .collect(),
            unit,
            broken: false,
            // A dash at the end may pad the row.
            doubtful: values.last().is_some_and(|at| self.said(*at) == "-"),
            values: items.collect(),
        }
    }

    /// Whether the first values are years that head the columns.
    fn years(&self) -> bool {
        let is_years = |group: &Group| group.values.iter().all(|at| self.item(*at).is_year());
        self.first
            && self.groups.len() > 2
            && self.groups[0].values.len() == self.groups[1].values.len()
            && self.groups[0].words.len() <= self.stub
            && is_years(&self.groups[0])
            && !self.groups[1..].iter().any(is_years)
    }

    /// The gap between two cells of a row, and whether it is the same throughout. None where even
    /// the rows that agree have none in common.
    fn gap(&self, groups: &[Group], width: usize) -> Option<((usize, usize), bool)> {
        let mut gaps = groups
            .iter()
            .filter(|group| group.values.len() == width)
            .flat_map(|group| &group.values)
            .map(|at| self.pieces[*at].gap);
        let gap = gaps.next()?;
        Some((gap, gaps.all(|other| other == gap)))
    }

    /// Whether a gap wider than any in the table stands behind its last value.
    fn pieces_end(&self, gap: (usize, usize)) -> bool {
        let last = self.groups.last().and_then(|group| group.values.last());
        let between = self.groups.iter().skip(1).filter_map(|group| {
            let word = group.words.first()?;
            Some(self.pieces[*word].gap.0)
        });
        let widest = between.max().unwrap_or(gap.0).max(gap.0);
        let behind = last.and_then(|at| self.pieces.get(at + 1));
        behind.is_none_or(|piece| piece.gap.0 > widest)
    }

    /// The words that head the columns, and those that stand over the first row at all.
    fn heads(
        &self,
        first: &Group,
        width: usize,
        gap: (usize, usize),
    ) -> (Option<Vec<usize>>, Vec<usize>) {
        let own = first.words.len().saturating_sub(self.stub);
        let mut block = &first.words[..own];
        let said = |at: usize| self.said(at);
        // Numbered words right over the first row are headings of rows.
        if block.last().is_some_and(|at| is_numbered(said(*at))) {
            return (None, Vec::new());
        }
        let between = || {
            self.groups.iter().skip(1).filter_map(|group| {
                let word = group.words.first()?;
                Some(self.pieces[*word].gap.0)
            })
        };
        let widest = between().max().unwrap_or(gap.0).max(gap.0);
        let least = between().min().unwrap_or(gap.0).min(gap.0);
        let parts = |(index, at): (usize, &usize)| {
            let apart = block
                .get(index + 1)
                .is_some_and(|next| !(least..=widest).contains(&self.pieces[*next].gap.0));
            apart || is_numbered(said(*at)) || said(*at).contains(':')
        };
        if let Some(last) = block.iter().enumerate().rposition(parts) {
            block = &block[last + 1..];
        }
        let corners = self.stub + usize::from(self.index);
        let count = block.len();
        // A header is a word; letters on a line each are the pieces of one.
        let letter = block.iter().any(|at| said(*at).chars().count() == 1);
        let title = has_title(self.reader, block.iter().map(|at| &self.item(*at).range));
        let fits = self.first && !letter && !title && count == width + corners;
        let nearest = between().min().unwrap_or(gap.0);
        let label = first.words.get(own).map(|at| self.pieces[*at].gap.0);
        let fits = fits && label.is_none_or(|gap| gap <= nearest);
        // What stands above may be anything, unless it is as much as the headers take.
        let above = if count <= width + corners {
            block.to_vec()
        } else {
            Vec::new()
        };
        (fits.then(|| block[count - width..].to_vec()), above)
    }

    /// Whether headers are so few that two rows may have come under one label.
    fn may_be_folded(&self, headers: usize, width: usize) -> bool {
        let divides = |count: usize| count > 0 && count < width && width.is_multiple_of(count);
        divides(headers) || divides(headers.saturating_sub(self.stub))
    }
}

/// Whether the first of some headers may be a title: where it took the place of a lost header
/// there are as many words. Without a corner, a lost header and headers that are all there look
/// the same.
fn has_title<'r>(reader: &Reader<'_>, words: impl Iterator<Item = &'r Range<usize>>) -> bool {
    let mut lengths = words.map(|word| reader.said(word).chars().count());
    let first = lengths.next().unwrap_or_default();
    first > 6 && first * 2 >= lengths.max().unwrap_or_default() * 3
}

fn layout(gap: (usize, usize)) -> String {
    let mut layout = "cell-per-line".to_string();
    if gap.1 > 0 {
        layout.push_str(", borders between cells");
    }
    match gap.0.saturating_sub(gap.1) {
        0 | 1 => {}
        2 => layout.push_str(", blank line between cells"),
        _ => layout.push_str(", blank lines between cells"),
    }
    layout
}

/// The tables of a stretch whose rows `-` pads to one width, headers among them.
fn padded(reader: &Reader<'_>, pieces: &[Piece], groups: &[Group]) -> Option<Vec<Inferred>> {
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
    if has_title(reader, head.words.iter().map(|at| &pieces[*at].item.range)) {
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
                vec![Cell::Open(items(width)); width]
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
