//! Words among the values of a row: units, notes, sentences, the labels of other rows.

use std::borrow::Cow;
use std::ops::Range;

use super::{Document, Draft, Reader};
use crate::align::Anchor;
use crate::field::{Kind, Token};
use crate::form::Row;
use crate::lexicon::Part;
use crate::row::Style;
use crate::script::fold;
use crate::text::{BORDER, is_gap, is_numeral, letters};

impl Reader<'_> {
    /// The text behind a label, without a unit that a number is glued to: `条720`.
    pub(super) fn behind_unit(&self, anchor: &Anchor, range: Range<usize>) -> Range<usize> {
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
    pub(super) fn is_worded(&self, found: &[Token], rest: &[Token], end: usize) -> bool {
        let text = self.document.text;
        let (Some(value), Some(word)) = (found.last(), rest.first()) else {
            return false;
        };
        let lone = value.is_value() && (value.lines > 0 || self.traits.len() == 1);
        let to_line_end =
            end == text.folded.len() || text.get(&(word.range.end..end)).contains('\n');
        let bordered = found.iter().any(|token| token.kind == Kind::Border);
        // 348.17 万 in one cell is another number.
        let in_cell = bordered && value.is_value();
        word.lines == 0 && (in_cell || lone && to_line_end && !bordered)
    }

    /// Whether a line between a label and its values begins the label of another row, cut short: the
    /// values are rather of that.
    pub(super) fn begins_other_row(&self, found: &[Token], row: usize) -> bool {
        let text = self.document.text;
        let rows = &self.definition.rows;
        let before = found.iter().take_while(|token| !token.is_value());
        let mut words = before.filter(|token| token.kind == Kind::Word && token.lines > 0);
        words.any(|word| {
            let said = letters(text.get(&word.range));
            let said = said.trim_start_matches(|c: char| is_numeral(c) || c.is_ascii_digit());
            let begins = |row: &Row| {
                let mut wordings = row.label.wordings().map(letters);
                !row.group && wordings.any(|wording| wording.starts_with(said))
            };
            let mut own = rows[row].label.wordings().map(letters);
            said.chars().count() > 2
                && !own.any(|own| own.contains(said))
                && rows.iter().any(begins)
        })
    }

    /// Whether a title at the head of a page stands before numbers: the last number of the row may be
    /// that of the page before it.
    pub(super) fn begins_page(&self, rest: &[Token]) -> bool {
        let is_title = |token: &Token| {
            let said = self.document.text.get(&token.range);
            let mut titles = self.document.genre.titles.iter();
            titles.any(|title| said.contains(title.as_str()))
        };
        rest.first().is_some_and(is_title) && rest.iter().any(Token::is_number)
    }

    /// Whether a label is one of several that are joined to one: `行政处罚、行政强制`.
    pub(super) fn joined(&self, at: usize, visible: &[usize]) -> bool {
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
        // Two labels in one cell, with nothing between them, and one row of values.
        let one_cell = at > 0
            && anchor(at - 1).zip(anchor(at)).is_some_and(|(before, own)| {
                let between = before.range.end..own.range.start.max(before.range.end);
                let of_row = |anchor: &Anchor| match anchor.part {
                    Part::Row { table, row } if table == self.region.table => Some(row),
                    _ => None,
                };
                let rows = &self.definition.rows;
                let pair = of_row(before).zip(of_row(own));
                let both = pair.is_some_and(|(before, own)| {
                    before != own && !rows[before].group && rows[own].parent != Some(before)
                });
                both && self.document.text.get(&between).is_empty()
            });
        one_cell || between(at, at + 1) || at > 0 && between(at - 1, at)
    }

    /// Whether a number is the beginning of the label behind it: 2014年度, for `{year}年度`.
    pub(super) fn heads_number(&self, label: &Anchor, number: Option<&Token>) -> bool {
        let wording = label.part.label(self.document.form);
        number.is_some_and(|number| number.is_number() && number.range.end == label.range.start)
            && wording.is_some_and(|label| label.wordings().any(|text| text.starts_with('{')))
    }

    /// Whether a word is more than a piece of the table's wordings.
    pub(crate) fn is_wording_of_its_own(&self, word: &Token) -> bool {
        let document = self.document;
        let fragments = document.lexicon.wordings(document.index, self.region.table);
        let said = document.text.get(&word.range);
        said.contains(|c: char| c.is_alphabetic() && !c.is_ascii())
            && !super::is_fragment(said, fragments)
    }

    /// Whether a word beside the label of a row, in it or in brackets behind it makes it that of
    /// another row: 规章（废止）, 其他行政处罚.
    pub(super) fn is_contrasted(&self, at: usize, visible: &[usize]) -> bool {
        let text = &self.document.text.folded;
        let anchor = &self.document.anchors[visible[at]];
        // 其他 may be the label of another table as well.
        let above = visible[..at].iter().rev().take(2);
        let mut above = above.map(|above| &self.document.anchors[*above]);
        let above = above.find(|above| above.part.table() == Some(self.region.table));
        let above = above
            .map_or(0, |above| above.range.end)
            .min(anchor.range.start);
        let Some(label) = anchor.part.label(self.document.form) else {
            return false;
        };
        let before = text.get(above..anchor.range.start).unwrap_or_default();
        let letters = before.chars().rev().take_while(|c| c.is_alphabetic());
        let letters: usize = letters.take(6).map(char::len_utf8).sum();
        let behind = text.get(anchor.range.end..).unwrap_or_default();
        let note = match behind.starts_with('(') {
            true => behind.split_inclusive([')', '\n', BORDER]).next(),
            false => None,
        };
        let start = anchor.range.start - letters;
        let end = anchor.range.end + note.map_or(0, str::len);
        // A label in pieces may stand around that of its group.
        let beside = [start..anchor.range.start, anchor.range.end..end];
        let parts = anchor.pieces.iter().chain(&beside);
        let mut parts = parts.filter(|part| !part.is_empty());
        let said = parts.next().and_then(|part| text.get(part.clone()));
        let mut said = Cow::Borrowed(said.unwrap_or_default());
        for part in parts {
            said.to_mut()
                .push_str(text.get(part.clone()).unwrap_or_default());
        }
        let whole = said.chars().count() + 2 >= label.text.chars().count();
        let has = |word: &str| label.wordings().any(|wording| wording.contains(word));
        let contrasts = self.document.contrasts;
        contrasts.stands_in(&said, has) || whole && contrasts.is_lost(&said, label)
    }

    /// Whether the label of a row stands in a cell of another row: on its line, behind a border, and
    /// before that row can have all of its cells. A group may stand before its rows.
    /// The other row, if so.
    pub(super) fn in_cell_of(&self, at: usize, visible: &[usize]) -> Option<usize> {
        let document = self.document;
        let own = &document.anchors[visible[at]];
        let Part::Row { row, .. } = own.part else {
            return None;
        };
        let rows = &self.definition.rows;
        let above = || std::iter::successors(Some(row), |row| rows[*row].parent).take(rows.len());
        // A label is printed in each of the cells that it was merged over, and alone there.
        let behind = document
            .text
            .folded
            .get(own.range.end..)
            .unwrap_or_default();
        const CELL_ENDS: [char; 2] = [BORDER, '\t'];
        let behind = behind.split(['\n', BORDER, '\t']).next();
        let behind = behind.unwrap_or_default();
        let alone = behind.trim_matches(' ').is_empty();
        let mut start = own.range.start;
        let mut borders = 0;
        // A line of nothing but labels is no table: a row has no more of its own than the table has
        // rows, and a few of other tables.
        for before in visible[..at].iter().rev().take(rows.len() + 16) {
            let before = &document.anchors[*before];
            let between = document.text.get(&(before.range.end..start));
            if between.contains('\n') {
                break;
            }
            borders += between.matches(CELL_ENDS).count();
            if borders > self.traits.len() {
                break;
            }
            if let Part::Row { table, row: other } = before.part
                && table == self.region.table
                && borders > 0
                && (!above().any(|above| above == other) || other == row && !alone)
            {
                return Some(other);
            }
            start = before.range.start;
        }
        None
    }

    /// Takes off the lines behind the last row that are none of the table: a date, a lone 无. Where
    /// rows lie on a line each, those are lines without a border below one with borders, and those
    /// below a row that has all of its cells on the line of its label. What may be such a row stays.
    pub(super) fn end_last_row(&self, drafts: &mut [Draft], style: &Style) {
        let Some(last) = drafts.iter_mut().max_by_key(|draft| self.start(draft)) else {
            return;
        };
        last.text.last = true;
        let count = self.traits.len();
        let values = |tokens: &[Token]| tokens.iter().filter(|token| token.is_value()).count();
        let is_border = |token: &Token| token.kind == Kind::Border;
        let tokens = &last.text.tokens;
        let Some(first) = tokens.iter().position(|token| token.lines > 0) else {
            return;
        };
        let (own, rest) = tokens.split_at(first);
        let numbers = rest.iter().any(Token::is_number);
        let whole = style.per_line && values(own) == count;
        let end = if whole && (values(rest) < count || count == 1 && !numbers) {
            first
        } else if (style.per_line || self.document.text.html) && own.iter().any(is_border) {
            let lines = rest.chunk_by(|_, next| next.lines == 0);
            let of_table = lines.take_while(|line| line.iter().any(is_border));
            first + of_table.map(<[Token]>::len).sum::<usize>()
        } else {
            return;
        };
        if let Some(behind) = tokens.get(end) {
            // Numbers alone below the row may be the rest of its own, or one of them a page's.
            let lines = tokens[end..].chunk_by(|_, next| next.lines == 0);
            let bare = lines.take_while(|line| line.iter().all(Token::is_value));
            let bare = bare.flatten().filter(|token| token.is_number());
            // No report has a hundred pages.
            let of_page = |token: &Token| token.range.len() < 3;
            let paged = values(&tokens[..end]) == count && bare.clone().all(of_page);
            let bare = bare.count();
            last.withheld |= bare > usize::from(paged);
            last.text.followed = bare > 0;
            (last.text.end, last.text.lines_behind) = (behind.range.start, behind.lines);
            last.text.cut = false;
            last.text.tokens.truncate(end);
        }
    }

    /// Cuts a row where words begin that are no label: what stands behind them is not its own,
    /// if the row was whole before or they begin a line. Returns what was cut off.
    pub(super) fn cut_at_words(&self, found: &mut Vec<Token>) -> Vec<Token> {
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
    pub(super) fn drop_stub(&self, found: &mut Vec<Token>, label: usize) {
        let text = self.document.text;
        let line = text.lines[text.line_of(label)].start;
        let stub = found.iter().rposition(|token| token.range.start < line);
        if stub.is_none() && found.first().is_some_and(|first| first.lines == 0) {
            // The label of this row stands on the line as well: what is between is its own.
            return;
        }
        let stub = stub.map_or(0, |last| last + 1);
        if found[stub..].iter().any(|token| token.kind == Kind::Border) {
            found.truncate(stub);
        }
    }
}

/// Takes off a note in brackets right behind a label, as in `规章(设区的市应填写) | 1 |`: it explains
/// the label and is neither a value nor another label. Lines may break it: 信息计⏎1⏎条). Returns
/// whether it is certain where it ends.
pub(super) fn drop_note(document: &Document<'_>, found: &mut Vec<Token>, anchor: &Anchor) -> bool {
    let text = document.text;
    let opens = |token: &Token| {
        token.range.start == anchor.range.end && text.get(&token.range).starts_with('(')
    };
    if !found.first().is_some_and(opens) {
        return true;
    }
    let mut depth = 0_i32;
    let mut end = None;
    for (at, token) in found.iter().enumerate().take(LONGEST_NOTE) {
        if token.kind == Kind::Border {
            break;
        }
        for c in text.get(&token.range).chars() {
            // Its last character closes it, and none before: `(一)(二)` is no note.
            if end.take().is_some() {
                return true;
            }
            depth += i32::from(c == '(') - i32::from(c == ')');
            end = (depth == 0).then_some(at + 1);
        }
        if end.is_some() {
            break;
        }
    }
    let Some(end) = end else { return true };
    let note = &found[..end];
    let broken = note.iter().any(|token| token.lines > 0);
    // On a line of its own: beside the words of the note a number is one of the row.
    let numbers = note
        .iter()
        .any(|token| token.is_number() && token.lines > 0);
    let range = found[0].range.start..found[end - 1].range.end;
    if broken && !is_in_wording(document, anchor, &range) {
        return !numbers;
    }
    found.drain(..end);
    true
}

/// Whether a stretch of the text, whatever breaks it, stands in a wording of a label as it is.
pub(super) fn is_in_wording(
    document: &Document<'_>,
    anchor: &Anchor,
    range: &Range<usize>,
) -> bool {
    let said = |said: &str| -> String { said.chars().filter(|c| !is_gap(*c)).collect() };
    let stretch = said(document.text.get(range));
    let label = anchor.part.label(document.form);
    let mut wordings = label.into_iter().flat_map(|label| label.wordings());
    wordings.any(|wording| {
        let folded: String = wording.chars().map(fold).collect();
        said(&folded).contains(&stretch)
    })
}

/// The most tokens of a note behind a label.
const LONGEST_NOTE: usize = 24;
