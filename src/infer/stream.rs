//! Cells that stand on a line each -> tables.
//!
//! A row is a label and the values up to the next label. Rows that all have one count of values
//! are periodic, and the headers before them, if they are as many, say that it is the width.
//! Cells that were dropped or moved break one or the other; then the cells stay open.

use std::ops::Range;

use super::group::{Group, Piece, counted, groups, has_title, stub};
use super::item::{Item, Kind, is_numbered};
use super::padded::padded;
use super::width::{Draft, Width, agree, because, rows};
use super::{CELL, Inferred, Line, Reader, is_prose};
use crate::extraction::Confidence;
use crate::text::BORDER;

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
