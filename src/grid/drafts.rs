//! Anchors -> drafts: the rows of a table, each with the text behind its label.

use std::ops::Range;

use super::clean::{heads_label, is_numbered};
use super::words::{drop_note, is_in_wording};
use super::wrapped::{begins_with_digit, is_broken};
use super::{Draft, Drafts, Reader};
use crate::field::{Kind, Token, tokens};
use crate::lexicon::Part;
use crate::row::RowText;
use crate::text::{Text, is_gap};
use crate::value::Notation;

impl Reader<'_> {
    /// The rows with the text behind their labels, the tokens before the first row, and whether
    /// labels stand out of order.
    pub(super) fn drafts(&self) -> Drafts {
        let document = self.document;
        let fragments = document.lexicon.wordings(document.index, self.region.table);
        let notation = Notation(document.genre);
        let repeats = self.repeats();
        let mut drafts: Vec<Draft> = Vec::new();
        let mut head = Vec::new();
        let mut torn = false;
        let mut extras = Vec::new();
        let mut strays = Vec::new();
        let mut foreign = false;
        let mut left = 0;
        let mut labels = 0;
        // The running number of the last row, where the table has them.
        let mut running = None;
        // A label of a group between the pieces of a row's label ends no row.
        let mut covered = 0;
        let (visible, nested): (Vec<usize>, Vec<usize>) =
            self.region.anchors.iter().partition(|anchor| {
                let range = &document.anchors[**anchor].range;
                let visible = range.start >= covered;
                covered = covered.max(range.end);
                visible
            });
        for (at, index) in visible.iter().enumerate() {
            let anchor = &document.anchors[*index];
            let next = visible.get(at + 1).map(|next| &document.anchors[*next]);
            let end = next.map_or(self.region.range.end, |next| next.range.start);
            let of_table = match anchor.part {
                Part::Row { table, row } if table == self.region.table => Some(row),
                _ => None,
            };
            let mut found = Vec::new();
            let mut astray = false;
            // Whether cells stand between the pieces of the label.
            let mut wrapped = false;
            if anchor.pieces.len() > 1 {
                let start = |nested: &usize| document.anchors[*nested].range.start;
                let first = nested.partition_point(|nested| start(nested) < anchor.range.start);
                let nested = nested.get(first..).unwrap_or_default().iter();
                let nested: Vec<&Range<usize>> = nested
                    .take_while(|nested| start(nested) < anchor.range.end)
                    .map(|nested| &document.anchors[*nested].range)
                    .collect();
                let marks = within(document.skip, &anchor.range);
                let skip = anchor.pieces.iter().chain(marks);
                let mut skip: Vec<Range<usize>> =
                    skip.chain(nested.iter().copied()).cloned().collect();
                skip.sort_by_key(|skip| skip.start);
                found = tokens(document.text, &anchor.range, &skip, notation);
                let is_border = |token: &&Token| token.kind == Kind::Border;
                wrapped = found.iter().filter(is_border).count() > 2;
                let code = |token: &Token| {
                    let said = document.text.get(&token.range);
                    of_table.is_some_and(|row| self.is_code(row, said))
                };
                // The number of the label itself may stand on a line of its own: 其中：⏎1⏎.涉及国家秘密.
                let heads = |token: &Token| {
                    let behind = document.text.folded.get(token.range.end..);
                    let behind = behind.unwrap_or_default().trim_start_matches(is_gap);
                    let rest = behind.strip_prefix(['.', '、']);
                    let number = document.lexicon.number(document.index, anchor.part);
                    token.lines > 0
                        && number.ends_with(document.text.get(&token.range))
                        && rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
                };
                found.retain(|token| token.is_number() && !heads(token) || code(token));
                // 计⏎1⏎条) has the number of the wording.
                if !found.is_empty() && is_in_wording(document, anchor, &anchor.body) {
                    found.clear();
                }
                // Numbers right behind the label between the pieces are rather of that label.
                astray = nested.iter().any(|nested| {
                    let end = nested.end;
                    let next = anchor.pieces.iter().find(|piece| piece.start >= end);
                    next.is_some_and(|next| {
                        let between = end..next.start;
                        found
                            .iter()
                            .any(|token| between.contains(&token.range.start))
                    })
                });
            }
            let behind = self.behind_unit(anchor, anchor.range.end.min(end)..end);
            let marks = within(document.skip, &behind);
            let mut behind = tokens(document.text, &behind, marks, notation);
            if let (Some(last), Some(first)) = (found.last(), behind.first_mut()) {
                let between = last.range.end..anchor.range.end.max(last.range.end);
                first.lines += document.text.get(&between).matches('\n').count();
            }
            found.extend(behind);
            astray |= self.has_lone_sign(&found);
            self.drop_repeated(&mut found, &repeats);
            astray |= !drop_note(document, &mut found, anchor);
            astray |= of_table.is_some_and(|row| self.begins_other_row(&found, row));
            let coded = self.clean(&mut found, fragments, anchor, next);
            astray |= !self.drop_index(&mut found, next, &mut running);
            // The last value, or a number of the label behind it.
            astray |= next.zip(found.last()).is_some_and(|(next, last)| {
                last.is_number() && last.lines > 0 && heads_label(last, next)
            });
            let lines_behind = lines_behind(document.text, &found, end);
            let row = match of_table {
                Some(row) => row,
                None => {
                    labels = 0;
                    if drafts.is_empty() {
                        if next.is_some_and(|next| self.heads_number(next, found.last())) {
                            found.pop();
                        }
                        head.extend(found);
                    } else {
                        // Values behind a repeated header are not those of the row before it, but may
                        // be those of a row that the form does not have.
                        let rows = self.extra_rows(&found);
                        let values = found.iter().filter(|token| token.is_value()).count();
                        if !rows.is_empty() && rows.len() * self.traits.len() == values {
                            foreign = true;
                            extras.extend(rows);
                            continue;
                        }
                        found.retain(Token::is_value);
                        torn |= !found.is_empty();
                        if let Some(last) = drafts.last_mut() {
                            let bare = last.text.values().next().is_none();
                            last.withheld |= bare && !found.is_empty();
                        }
                        strays.extend(found);
                    }
                    continue;
                }
            };
            labels += 1;
            let continued = continues_label(&found);
            astray |= continued;
            let mut rest = match continued {
                true => Vec::new(),
                false => self.cut_at_words(&mut found),
            };
            if self.definition.rows[row].group && rest.is_empty() {
                // Words behind a group's label are the label of a row of its own.
                let word = found.iter().position(|token| token.kind == Kind::Word);
                rest = word.map(|word| found.split_off(word)).unwrap_or_default();
            }
            foreign |= !rest.is_empty();
            let doubtful = found.iter().any(|token| token.kind == Kind::Word)
                && !found.iter().any(|token| token.kind == Kind::Border);
            let uncoded = !coded || self.ends_in_lead(&mut found, next);
            astray |= self.begins_page(&rest);
            let other_rows = self.extra_rows(&rest);
            left += alone(&rest).saturating_sub(other_rows.len() * self.traits.len());
            let worded = other_rows.is_empty() && self.is_worded(&found, &rest, end);
            // Words that begin a line before the values are rather their label.
            let behind_words = found
                .iter()
                .take_while(|token| !token.is_value() && token.kind != Kind::Border)
                .any(|token| token.kind == Kind::Word && token.lines > 0);
            astray |= worded || behind_words || self.joined(at, &visible);
            astray |= self.is_contrasted(at, &visible);
            if let Some(other) = self.in_cell_of(at, &visible) {
                astray = true;
                // What stands behind may be the other row's.
                let bare =
                    |draft: &&mut Draft| draft.row == other && draft.text.values().next().is_none();
                drafts
                    .iter_mut()
                    .filter(bare)
                    .for_each(|draft| draft.withheld = true);
            }
            let filled = found.iter().any(Token::is_value);
            // Values behind words that are no row may be its own.
            let may_hold = |token: &Token| {
                // `,1,1,3` of a line with commas between its cells.
                let said = document.text.get(&token.range);
                let sign = said.starts_with(|c: char| c.is_ascii_punctuation());
                // 人次12345单位负责人 of glued text.
                let digits = said.contains(|c: char| c.is_ascii_digit()) && !is_numbered(said);
                token.is_number() || digits && (sign || token.kind == Kind::Word)
            };
            astray |= found.iter().any(|token| is_broken(document.text, token));
            // The first line of such a label may have the values, as one of the row before.
            astray |= wrapped && !filled;
            astray |= !filled && rest.iter().chain(&found).any(may_hold);
            extras.extend(other_rows);
            let text = RowText {
                tokens: found,
                end,
                lines_behind,
                labels,
                cut: next.is_none() && end == document.text.folded.len(),
                doubtful,
                uncoded,
                wrapped: document.text.get(&anchor.range).contains('\n'),
                depth: self.depth(row),
                spilt: rest.first().is_some_and(|token| {
                    token.lines > 0 && begins_with_digit(document.text, token)
                }),
                over_mark: marks
                    .iter()
                    .any(|mark| mark.start >= anchor.range.end && mark.end <= end),
                ..RowText::default()
            };
            if filled {
                labels = 0;
            }
            match drafts.iter_mut().find(|draft| draft.row == row) {
                // A label printed twice: the print with values counts.
                Some(draft) if draft.text.values().next().is_none() && filled => {
                    draft.text = text;
                    draft.anchor = Some(*index);
                    draft.withheld |= astray;
                }
                Some(draft) if filled => {
                    let same = same_values(document.text, &draft.text, &text);
                    if !same {
                        draft.text.tokens.extend(text.tokens);
                        draft.withheld |= astray;
                    }
                }
                Some(_) => {}
                None => {
                    torn |= !anchor.aligned && !self.definition.rows[row].group;
                    drafts.push(Draft {
                        row,
                        anchor: Some(*index),
                        text,
                        options: Vec::new(),
                        twins: Vec::new(),
                        direct: true,
                        withheld: astray,
                    });
                }
            }
        }
        let unlabelled =
            matches!(self.definition.rows.as_slice(), [row] if row.label.text.is_empty());
        // What stands behind the headers of a row without label is the row.
        let last = visible.last().filter(|_| unlabelled);
        let upto = last.map_or(usize::MAX, |last| document.anchors[*last].range.start);
        let mut headed = head.iter().take_while(|token| token.range.start < upto);
        let padded = headed.any(|token| token.may_pad(document.text));
        let first = visible.first().map(|first| &document.anchors[*first]);
        if first.is_some_and(|first| matches!(first.part, Part::Row { .. })) {
            head = self.values_above();
        }
        if unlabelled {
            // Sums do not tell the parts of a sum from one another, so they cannot judge this.
            let heads = |at: &usize| document.anchors[*at].part.table() == Some(self.region.table);
            let (mut text, apart) = self.unlabelled(std::mem::take(&mut head));
            // Where not one header is printed, only sums say that this is the row.
            text.doubtful |= !visible.iter().any(heads);
            torn |= apart;
            drafts.push(Draft {
                row: 0,
                anchor: None,
                text,
                options: Vec::new(),
                twins: Vec::new(),
                direct: true,
                withheld: apart,
            });
        }
        self.drop_headings(&mut drafts);
        drafts.sort_by_key(|draft| draft.row);
        Drafts {
            drafts,
            head,
            torn,
            extras,
            foreign,
            padded,
            strays,
            left,
        }
    }

    /// The values that stand alone on the lines right above the region. Where it has no header they
    /// may be those of its first row.
    fn values_above(&self) -> Vec<Token> {
        let document = self.document;
        let lines = &document.text.lines[..document.text.line_of(self.region.range.start)];
        let mut start = self.region.range.start;
        let notation = Notation(document.genre);
        for line in lines.iter().rev() {
            let skip = within(document.skip, line);
            let found = tokens(document.text, line, skip, notation);
            if !found.iter().all(Token::is_value) {
                break;
            }
            // The line end before it tells that it begins a line.
            start = line.start.saturating_sub(1);
        }
        let above = start..self.region.range.start;
        let skip = within(document.skip, &above);
        tokens(document.text, &above, skip, notation)
    }

    /// Groups without values are headings, not rows, unless nothing of theirs is printed.
    fn drop_headings(&self, drafts: &mut Vec<Draft>) {
        let rows = &self.definition.rows;
        let printed: Vec<usize> = drafts.iter().map(|draft| draft.row).collect();
        let has_children = |group: usize| {
            printed.iter().any(|row| {
                let mut at = rows[*row].parent;
                while let Some(parent) = at {
                    if parent == group {
                        return true;
                    }
                    at = rows[parent].parent;
                }
                false
            })
        };
        let bare = drafts
            .iter()
            .any(|draft| !rows[draft.row].group && draft.text.values().next().is_none());
        for draft in drafts
            .iter_mut()
            .filter(|draft| rows[draft.row].group && has_children(draft.row))
        {
            // The values of a first row whose label is lost stand where the group's own would.
            let first = (0..rows.len()).find(|row| rows[*row].parent == Some(draft.row));
            draft.text.doubtful |=
                first.is_some_and(|first| !rows[first].group && !printed.contains(&first));
            draft.withheld |= draft.text.doubtful || bare;
        }
        self.withhold_moved(drafts);
        drafts.retain(|draft| {
            !rows[draft.row].group
                || draft.text.values().next().is_some()
                || !has_children(draft.row)
        });
    }
}

/// Values that stand alone on their lines.
fn alone(found: &[Token]) -> usize {
    let begins = |token: &&Token| token.lines > 0;
    let next = found.iter().skip(1).map(Some).chain([None]);
    found
        .iter()
        .zip(next)
        .filter(|(token, next)| {
            token.is_value() && begins(token) && next.as_ref().is_none_or(begins)
        })
        .count()
}

/// Whether words stand in the cell of the label before them, as the next border shows, which stands
/// on a line of its own: the row is that of the label, or of another.
fn continues_label(found: &[Token]) -> bool {
    let is_word = |token: &&Token| token.kind == Kind::Word;
    let words = found.iter().take_while(is_word).count();
    let begins = |at: usize| found.get(at).is_some_and(|token| token.lines > 0);
    let closed = found.get(words).map(|token| &token.kind) == Some(&Kind::Border);
    words > 0 && begins(0) && closed && begins(words)
}

fn same_values(text: &Text, a: &RowText, b: &RowText) -> bool {
    a.values()
        .map(|token| text.get(&token.range))
        .eq(b.values().map(|token| text.get(&token.range)))
}

pub(super) fn lines_behind(text: &Text, found: &[Token], end: usize) -> usize {
    let Some(token) = found.last() else {
        return 0;
    };
    let behind = text.get(&(token.range.end..end.max(token.range.end)));
    // Up to what is no cell, such as a piece of the next label.
    let space = behind.trim_start_matches(is_gap);
    behind[..behind.len() - space.len()].matches('\n').count()
}

/// Those of some ranges, in order and apart, that touch a range.
pub(super) fn within<'r>(ranges: &'r [Range<usize>], range: &Range<usize>) -> &'r [Range<usize>] {
    let first = ranges.partition_point(|other| other.end <= range.start);
    let rest = ranges.get(first..).unwrap_or_default();
    let count = rest.partition_point(|other| other.start < range.end);
    rest.get(..count).unwrap_or_default()
}
