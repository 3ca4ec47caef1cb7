//! A label -> the tokens behind it, and whether they are rather another row's.

use std::ops::Range;

use rust_decimal::Decimal;

use super::clean::{heads_label, is_numbered};
use super::drafts::{lines_behind, within};
use super::repeated::Repeats;
use super::words::{drop_note, is_in_wording};
use super::wrapped::{begins_with_digit, is_broken, is_continued};
use super::{Draft, Drafts, Reader};
use crate::align::Anchor;
use crate::field::{Kind, Token, tokens};
use crate::row::RowText;
use crate::text::{Text, is_gap};
use crate::value::Notation;

/// The labels of a table on the way to drafts, one behind the other.
pub(super) struct Scan<'a> {
    pub(super) reader: &'a Reader<'a>,
    /// The labels of the region.
    pub(super) visible: &'a [usize],
    /// Those that stand between the pieces of another.
    pub(super) nested: &'a [usize],
    pub(super) repeats: Repeats,
    pub(super) drafts: Drafts,
    /// The running number of the last row, where the table has them.
    pub(super) running: Option<Decimal>,
    /// How many labels of rows stand before this without a value between them.
    pub(super) labels: usize,
}

/// What stands behind a label.
pub(super) struct Stretch {
    found: Vec<Token>,
    /// Whether its values may be those of another row.
    astray: bool,
    /// Whether cells stand between the pieces of the label.
    wrapped: bool,
    /// Whether the row has its code, where the table prints codes.
    coded: bool,
    /// Where the next label begins.
    end: usize,
    lines_behind: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn anchor(&self, at: usize) -> &'a Anchor {
        &self.reader.document.anchors[self.visible[at]]
    }

    fn next(&self, at: usize) -> Option<&'a Anchor> {
        let next = self.visible.get(at + 1)?;
        self.reader.document.anchors.get(*next)
    }

    /// The tokens of a label, without what is no field.
    pub(super) fn stretch(&mut self, at: usize) -> Stretch {
        let reader = self.reader;
        let document = reader.document;
        let anchor = self.anchor(at);
        let next = self.next(at);
        let end = next.map_or(reader.region.range.end, |next| next.range.start);
        let (mut found, wrapped, mut astray) = match anchor.pieces.len() > 1 {
            true => self.between_pieces(anchor),
            false => (Vec::new(), false, false),
        };
        let behind = reader.behind_unit(anchor, anchor.range.end.min(end)..end);
        let marks = within(document.skip, &behind);
        let mut behind = tokens(document.text, &behind, marks, Notation(document.genre));
        if let (Some(last), Some(first)) = (found.last(), behind.first_mut()) {
            let between = last.range.end..anchor.range.end.max(last.range.end);
            first.lines += document.text.get(&between).matches('\n').count();
        }
        found.extend(behind);
        astray |= reader.has_lone_sign(&found) || reader.has_unknown_marks(&found);
        astray |= is_continued(document, &found);
        reader.drop_repeated(&mut found, &self.repeats);
        astray |= !drop_note(document, &mut found, anchor);
        let row = reader.row_of(anchor);
        astray |= row.is_some_and(|row| reader.begins_other_row(&found, row));
        let fragments = document
            .lexicon
            .wordings(document.index, reader.region.table);
        let coded = reader.clean(&mut found, fragments, anchor, next);
        astray |= !reader.drop_index(&mut found, next, &mut self.running);
        // The last value, or a number of the label behind it.
        astray |= next.zip(found.last()).is_some_and(|(next, last)| {
            last.is_number() && last.lines > 0 && heads_label(last, next)
        });
        let lines_behind = lines_behind(document.text, &found, end);
        Stretch {
            found,
            astray,
            wrapped,
            coded,
            end,
            lines_behind,
        }
    }

    /// The values between the pieces of a label, whether cells stand there, and whether they are
    /// rather those of a label that does.
    fn between_pieces(&self, anchor: &Anchor) -> (Vec<Token>, bool, bool) {
        let document = self.reader.document;
        let range = |nested: &usize| &document.anchors[*nested].range;
        let first = self
            .nested
            .partition_point(|nested| range(nested).start < anchor.range.start);
        let nested = self.nested.get(first..).unwrap_or_default().iter();
        let nested: Vec<&Range<usize>> = nested
            .map(range)
            .take_while(|nested| nested.start < anchor.range.end)
            .collect();
        let marks = within(document.skip, &anchor.range);
        let skip = anchor.pieces.iter().chain(marks);
        let mut skip: Vec<Range<usize>> = skip.chain(nested.iter().copied()).cloned().collect();
        skip.sort_by_key(|skip| skip.start);
        let mut found = tokens(
            document.text,
            &anchor.range,
            &skip,
            Notation(document.genre),
        );
        let borders = found.iter().filter(|token| token.kind == Kind::Border);
        let wrapped = borders.count() > 2;
        let row = self.reader.row_of(anchor);
        let is_code = |token: &Token| {
            row.is_some_and(|row| self.reader.is_code(row, document.text.get(&token.range)))
        };
        let mut astray = wrapped && self.loses_cells(&found);
        found.retain(|token| {
            token.is_number() && !self.is_number_of(anchor, token) || is_code(token)
        });
        // 计⏎1⏎条) has the number of the wording.
        if !found.is_empty() && is_in_wording(document, anchor, &anchor.body) {
            found.clear();
        }
        // Numbers right behind the label between the pieces are rather of that label.
        astray |= nested.iter().any(|nested| {
            let next = anchor.pieces.iter().find(|piece| piece.start >= nested.end);
            let between = next.map(|next| nested.end..next.start);
            let mut found = found.iter();
            between.is_some_and(|between| found.any(|token| between.contains(&token.range.start)))
        });
        (found, wrapped, astray)
    }

    /// Whether an empty cell or one with figures that are no number (-3.1%) stands among some tokens.
    fn loses_cells(&self, found: &[Token]) -> bool {
        let is_border = |token: &Token| token.kind == Kind::Border;
        let mut pairs = found.iter().zip(found.iter().skip(1));
        let is_empty = |(a, b): (&Token, &Token)| is_border(a) && is_border(b) && b.lines == 0;
        let has_figures = |token: &Token| {
            let said = self.reader.document.text.get(&token.range);
            !token.is_number() && said.contains(|c: char| c.is_ascii_digit())
        };
        found.iter().any(has_figures) || pairs.any(is_empty)
    }

    /// Whether a token is the number of the label itself, on a line of its own: 其中：⏎1⏎.涉及国家秘密.
    fn is_number_of(&self, anchor: &Anchor, token: &Token) -> bool {
        let document = self.reader.document;
        let behind = document.text.folded.get(token.range.end..);
        let behind = behind.unwrap_or_default().trim_start_matches(is_gap);
        let rest = behind.strip_prefix(['.', '、']);
        let number = document.lexicon.number(document.index, anchor.part);
        token.lines > 0
            && number.ends_with(document.text.get(&token.range))
            && rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()))
    }

    /// Adds what stands behind a header, or a label of another table.
    pub(super) fn add_header(&mut self, at: usize, stretch: Stretch) {
        let Stretch { mut found, .. } = stretch;
        let reader = self.reader;
        let drafts = &mut self.drafts;
        self.labels = 0;
        if drafts.drafts.is_empty() {
            let next = self.visible.get(at + 1);
            let next = next.map(|next| &reader.document.anchors[*next]);
            if next.is_some_and(|next| reader.heads_number(next, found.last())) {
                found.pop();
            }
            drafts.head.extend(found);
            return;
        }
        // Values behind a repeated header are not those of the row before it, but may be those of a
        // row that the form does not have.
        let rows = reader.extra_rows(&found);
        let values = found.iter().filter(|token| token.is_value()).count();
        if !rows.is_empty() && rows.len() * reader.traits.len() == values {
            drafts.foreign = true;
            drafts.extras.extend(rows);
            return;
        }
        found.retain(Token::is_value);
        drafts.torn |= !found.is_empty();
        if let Some(last) = drafts.drafts.last_mut() {
            last.withheld |= last.is_bare() && !found.is_empty();
        }
        drafts.strays.extend(found);
    }

    /// Adds what stands behind the label of a row.
    pub(super) fn add_row(&mut self, row: usize, at: usize, stretch: Stretch) {
        let Stretch {
            mut found,
            mut astray,
            wrapped,
            coded,
            end,
            lines_behind,
        } = stretch;
        let reader = self.reader;
        let document = reader.document;
        let anchor = self.anchor(at);
        let next = self.next(at);
        self.labels += 1;
        let continued = continues_label(&found);
        let mut rest = match continued {
            true => Vec::new(),
            false => reader.cut_at_words(&mut found),
        };
        if reader.definition.rows[row].group && rest.is_empty() {
            // Words behind a group's label are the label of a row of its own.
            let word = found.iter().position(|token| token.kind == Kind::Word);
            rest = word.map(|word| found.split_off(word)).unwrap_or_default();
        }
        let doubtful = found.iter().any(|token| token.kind == Kind::Word)
            && !found.iter().any(|token| token.kind == Kind::Border);
        let uncoded = !coded || reader.ends_in_lead(&mut found, next);
        let other_rows = reader.extra_rows(&rest);
        self.drafts.foreign |= !rest.is_empty();
        self.drafts.left += alone(&rest).saturating_sub(other_rows.len() * reader.traits.len());
        let filled = found.iter().any(Token::is_value);
        let may_hold = |token: &Token| may_hold(document.text, token);
        astray |= continued
            || reader.begins_page(&rest)
            || other_rows.is_empty() && reader.is_worded(&found, &rest, end)
            || words_before_values(&found)
            || reader.joined(at, self.visible)
            || reader.is_contrasted(at, self.visible)
            || found.iter().any(|token| is_broken(document.text, token))
            // The first line of such a label may have the values, as one of the row before.
            || wrapped && !filled
            // Values behind words that are no row may be its own.
            || !filled && rest.iter().chain(&found).any(may_hold);
        if let Some(other) = reader.in_cell_of(at, self.visible) {
            astray = true;
            // What stands behind may be the other row's.
            let drafts = self.drafts.drafts.iter_mut();
            drafts
                .filter(|draft| draft.row == other && draft.is_bare())
                .for_each(|draft| draft.withheld = true);
        }
        self.drafts.extras.extend(other_rows);
        let inside = |mark: &Range<usize>| mark.start >= anchor.range.end && mark.end <= end;
        let text = RowText {
            tokens: found,
            end,
            lines_behind,
            labels: self.labels,
            cut: next.is_none() && end == document.text.folded.len(),
            doubtful,
            uncoded,
            wrapped: document.text.get(&anchor.range).contains('\n'),
            depth: reader.depth(row),
            spilt: rest
                .first()
                .is_some_and(|token| token.lines > 0 && begins_with_digit(document.text, token)),
            over_mark: within(document.skip, &(anchor.range.end.min(end)..end))
                .iter()
                .any(inside),
            ..RowText::default()
        };
        if filled {
            self.labels = 0;
        }
        self.drafts.torn |= self.add(row, self.visible[at], text, astray);
    }

    /// Adds a draft, or the values of a label that is printed again. Whether the first print of the
    /// label stands out of order.
    fn add(&mut self, row: usize, anchor: usize, text: RowText, astray: bool) -> bool {
        let document = self.reader.document;
        let drafts = &mut self.drafts.drafts;
        let Some(draft) = drafts.iter_mut().find(|draft| draft.row == row) else {
            drafts.push(Draft::new(row, Some(anchor), text, astray));
            return !document.anchors[anchor].aligned && !self.reader.definition.rows[row].group;
        };
        if text.values().next().is_none() {
            return false;
        }
        // The print with values counts.
        if draft.is_bare() {
            draft.text = text;
            draft.anchor = Some(anchor);
            draft.withheld |= astray;
        } else if !same_values(document.text, &draft.text, &text) {
            draft.text.tokens.extend(text.tokens);
            draft.withheld |= astray;
        }
        false
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

/// Whether words begin a line before the values: they are rather their label.
fn words_before_values(found: &[Token]) -> bool {
    found
        .iter()
        .take_while(|token| !token.is_value() && token.kind != Kind::Border)
        .any(|token| token.kind == Kind::Word && token.lines > 0)
}

/// Whether a token may hold a value.
fn may_hold(text: &Text, token: &Token) -> bool {
    let said = text.get(&token.range);
    // `,1,1,3` of a line with commas between its cells.
    let sign = said.starts_with(|c: char| c.is_ascii_punctuation());
    // 人次12345单位负责人 of glued text.
    let digits = said.contains(|c: char| c.is_ascii_digit()) && !is_numbered(said);
    token.is_number() || digits && (sign || token.kind == Kind::Word)
}

fn same_values(text: &Text, a: &RowText, b: &RowText) -> bool {
    a.values()
        .map(|token| text.get(&token.range))
        .eq(b.values().map(|token| text.get(&token.range)))
}
