//! Anchors -> drafts: the rows of a table, each with the text behind its label.

use std::ops::Range;

use super::{Draft, Drafts, Reader};
use crate::align::Anchor;
use crate::field::{Kind, Token, tokens};
use crate::lexicon::Part;
use crate::row::RowText;
use crate::text::Text;
use crate::value::Notation;

impl Reader<'_> {
    /// The rows with the text behind their labels, the tokens before the first row, and whether
    /// labels stand out of order.
    pub(super) fn drafts(&self) -> Drafts {
        let document = self.document;
        let fragments = document.lexicon.wordings(document.index, self.region.table);
        let notation = Notation(document.genre);
        let mut drafts: Vec<Draft> = Vec::new();
        let mut head = Vec::new();
        let mut torn = false;
        let mut extras = Vec::new();
        let mut strays = Vec::new();
        let mut foreign = false;
        let mut left = 0;
        let mut labels = 0;
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
            let mut found = Vec::new();
            let mut astray = false;
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
                let code = |token: &Token| match anchor.part {
                    Part::Row { table, row } if table == self.region.table => {
                        self.is_code(row, document.text.get(&token.range))
                    }
                    _ => false,
                };
                found.retain(|token| token.is_number() || code(token));
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
            let behind = tokens(document.text, &behind, marks, notation);
            found.extend(behind);
            drop_note(document.text, &mut found, anchor.range.end);
            let coded = self.clean(&mut found, fragments, anchor, next);
            let lines_behind = lines_behind(document.text, &found, end);
            let row = match anchor.part {
                Part::Row { table, row } if table == self.region.table => row,
                _ => {
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
                        strays.extend(found);
                    }
                    continue;
                }
            };
            labels += 1;
            let mut rest = self.cut_at_words(&mut found);
            if self.definition.rows[row].group && rest.is_empty() {
                // Words behind a group's label are the label of a row of its own.
                let word = found.iter().position(|token| token.kind == Kind::Word);
                rest = word.map(|word| found.split_off(word)).unwrap_or_default();
            }
            foreign |= !rest.is_empty();
            let doubtful = found.iter().any(|token| token.kind == Kind::Word)
                && !found.iter().any(|token| token.kind == Kind::Border);
            let uncoded = !coded || self.ends_in_lead(&mut found, next);
            let other_rows = self.extra_rows(&rest);
            left += alone(&rest).saturating_sub(other_rows.len() * self.traits.len());
            let worded = other_rows.is_empty() && self.is_worded(&found, &rest, end);
            // Words that begin a line before the values are rather their label.
            let behind_words = found
                .iter()
                .take_while(|token| !token.is_value() && token.kind != Kind::Border)
                .any(|token| token.kind == Kind::Word && token.lines > 0);
            astray |= worded || behind_words || self.joined(at, &visible);
            extras.extend(other_rows);
            let filled = found.iter().any(Token::is_value);
            let text = RowText {
                tokens: found,
                end,
                lines_behind,
                labels,
                cut: next.is_none() && end == document.text.folded.len(),
                doubtful,
                uncoded,
                depth: self.depth(row),
                over_mark: marks
                    .iter()
                    .any(|mark| mark.start >= anchor.range.end && mark.end <= end),
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
                        direct: true,
                        withheld: astray,
                    });
                }
            }
        }
        let is_pad = |token: &Token| document.text.get(&token.range) == "-";
        let padded = head.iter().any(is_pad);
        let first = visible.first().map(|first| &document.anchors[*first]);
        if first.is_some_and(|first| matches!(first.part, Part::Row { .. })) {
            head = self.values_above();
        }
        if let [row] = self.definition.rows.as_slice()
            && row.label.text.is_empty()
        {
            // Sums do not tell the parts of a sum from one another, so they cannot judge this.
            let (text, apart) = self.unlabelled(std::mem::take(&mut head));
            torn |= apart;
            drafts.push(Draft {
                row: 0,
                anchor: None,
                text,
                options: Vec::new(),
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

    /// The text behind a label, without a unit that a number is glued to: `条720`.
    fn behind_unit(&self, anchor: &Anchor, range: Range<usize>) -> Range<usize> {
        let row = match anchor.part {
            Part::Row { table, row } if table == self.region.table => row,
            _ => return range,
        };
        if !self.definition.has_units() {
            return range;
        }
        let said = self.document.text.get(&range).trim_start_matches(' ');
        let own = self.definition.rows[row].unit.as_deref();
        let units = self.document.genre.units.iter().map(String::as_str);
        let glued = |unit: &&str| {
            let rest = said.strip_prefix(*unit);
            rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || c == '-'))
        };
        let unit = units.chain(own).filter(glued).max_by_key(|unit| unit.len());
        unit.map_or(range.clone(), |unit| {
            range.end - said.len() + unit.len()..range.end
        })
    }

    /// Whether the rest of a lone value's line is words: a unit that nobody knows, a sentence that
    /// begins with a number.
    fn is_worded(&self, found: &[Token], rest: &[Token], end: usize) -> bool {
        let text = self.document.text;
        let (Some(value), Some(word)) = (found.last(), rest.first()) else {
            return false;
        };
        let lone = value.is_value() && (value.lines > 0 || self.traits.len() == 1);
        let to_line_end =
            end == text.folded.len() || text.get(&(word.range.end..end)).contains('\n');
        let bordered = found.iter().any(|token| token.kind == Kind::Border);
        lone && word.lines == 0 && to_line_end && !bordered
    }

    /// Whether a label is one of several that are joined to one: `行政处罚、行政强制`.
    fn joined(&self, at: usize, visible: &[usize]) -> bool {
        let anchor = |at: usize| visible.get(at).map(|it| &self.document.anchors[*it]);
        let between = |before: usize, after: usize| {
            let (Some(before), Some(after)) = (anchor(before), anchor(after)) else {
                return false;
            };
            let rows = [before.part, after.part];
            let is_row = |part: &Part| matches!(part, Part::Row { .. });
            let text = self
                .document
                .text
                .get(&(before.range.end..after.range.start.max(before.range.end)));
            rows.iter().all(is_row)
                && after.number.is_none()
                && matches!(
                    text.trim_matches(' '),
                    "、" | "/" | "," | "及" | "和" | "与"
                )
        };
        between(at, at + 1) || at > 0 && between(at - 1, at)
    }

    /// Whether a number is the beginning of the label behind it: 2014年度, for `{year}年度`.
    fn heads_number(&self, label: &Anchor, number: Option<&Token>) -> bool {
        let wording = label.part.label(self.document.form);
        number.is_some_and(|number| number.is_number() && number.range.end == label.range.start)
            && wording.is_some_and(|label| label.wordings().any(|text| text.starts_with('{')))
    }

    /// Cuts a row where words begin that are no label: what stands behind them is not its own,
    /// if the row was whole before or they begin a line. Returns what was cut off.
    fn cut_at_words(&self, found: &mut Vec<Token>) -> Vec<Token> {
        let mut values = 0;
        let mut lines = 0;
        let borders = found.iter().any(|token| token.kind == Kind::Border);
        for at in 0..found.len() {
            lines += found[at].lines;
            if found[at].is_value() {
                values += 1;
                lines = 0;
            } else if found[at].kind == Kind::Word
                && (values >= self.traits.len() || borders && lines > 0)
            {
                let rest = found.split_off(at);
                self.drop_stub(found, rest.first().map_or(0, |token| token.range.start));
                return rest;
            }
        }
        Vec::new()
    }

    /// Takes off the cells that stand before the label at `label` on its line: they are the stub
    /// of its row, such as a running number.
    fn drop_stub(&self, found: &mut Vec<Token>, label: usize) {
        let text = self.document.text;
        let line = text.lines[text.line_of(label)].start;
        let stub = found
            .iter()
            .rposition(|token| token.range.start < line)
            .map_or(0, |last| last + 1);
        if found[stub..].iter().any(|token| token.kind == Kind::Border) {
            found.truncate(stub);
        }
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
        drafts.retain(|draft| {
            !rows[draft.row].group
                || draft.text.values().next().is_some()
                || !has_children(draft.row)
        });
    }
}

/// Takes off a note in brackets right behind the label that ends at `label`, as in
/// `规章(设区的市应填写) | 1 |`: it explains the label and is neither a value nor another label.
fn drop_note(text: &Text, found: &mut Vec<Token>, label: usize) {
    let words = found
        .iter()
        .take_while(|token| token.kind == Kind::Word && token.lines == 0)
        .count();
    let (Some(first), Some(last)) = (
        found.first(),
        words.checked_sub(1).and_then(|at| found.get(at)),
    ) else {
        return;
    };
    let note = text.get(&(first.range.start..last.range.end));
    let depths = note.chars().scan(0_i32, |depth, c| {
        *depth += match c {
            '(' => 1,
            ')' => -1,
            _ => 0,
        };
        Some(*depth)
    });
    // Its last character closes it, and none before: `(一)(二)` is no note.
    let closed = depths.take(note.chars().count() - 1).all(|depth| depth > 0);
    if first.range.start == label && note.starts_with('(') && note.ends_with(')') && closed {
        found.drain(..words);
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

fn same_values(text: &Text, a: &RowText, b: &RowText) -> bool {
    a.values()
        .map(|token| text.get(&token.range))
        .eq(b.values().map(|token| text.get(&token.range)))
}

pub(super) fn lines_behind(text: &Text, found: &[Token], end: usize) -> usize {
    match found.last() {
        Some(token) => text
            .get(&(token.range.end..end.max(token.range.end)))
            .matches('\n')
            .count(),
        None => 0,
    }
}

/// Those of some ranges, in order and apart, that touch a range.
fn within<'r>(ranges: &'r [Range<usize>], range: &Range<usize>) -> &'r [Range<usize>] {
    let first = ranges.partition_point(|other| other.end <= range.start);
    let rest = ranges.get(first..).unwrap_or_default();
    let count = rest.partition_point(|other| other.start < range.end);
    rest.get(..count).unwrap_or_default()
}
