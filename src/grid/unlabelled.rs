//! Rows that no label of the form names: those that the form does not have, and the one row of a
//! table that prints no label for it.

use std::ops::Range;

use super::drafts::lines_behind;
use super::wrapped::{is_broken, is_continued};
use super::{CellReading, Reader, RowReading};
use crate::field::{Kind, Token};
use crate::form::ColumnKind;
use crate::row::{RowText, Slot, plain};
use crate::text::BORDER;

impl Reader<'_> {
    /// Rows that the form does not have: words, and behind them a value for each column.
    pub(super) fn extra_rows(&self, rest: &[Token]) -> Vec<RowReading> {
        let text = self.document.text;
        let rest = &rest[..self.next_header(rest).unwrap_or(rest.len())];
        let is_unit = |token: &Token| self.document.genre.is_unit(text.get(&token.range));
        let mut rows = Vec::new();
        let mut label: Vec<Range<usize>> = Vec::new();
        let mut values: Vec<&Token> = Vec::new();
        let mut unit: Option<Range<usize>> = None;
        let columns = self.definition.columns.iter().enumerate();
        let mut codes = columns.filter(|(_, column)| column.kind == ColumnKind::Code);
        let coded = codes.any(|(column, _)| !self.leaves_out(column));
        // Whether the next word stands on the line of a token, and a border between them.
        let mut stub_of_next = vec![false; rest.len()];
        let mut next_word = usize::MAX;
        let mut bordered = false;
        for (token, stub) in rest.iter().zip(&mut stub_of_next).rev() {
            match token.kind {
                Kind::Word => (next_word, bordered) = (token.range.start, false),
                Kind::Border => bordered = true,
                _ if bordered => {
                    *stub = next_word < text.lines[text.line_of(token.range.start)].end;
                }
                _ => {}
            }
        }
        let mut flush = |label: &mut Vec<Range<usize>>,
                         values: &mut Vec<&Token>,
                         unit: Option<Range<usize>>| {
            // Its code, where the table has codes.
            if coded && values.len() == self.traits.len() + 1 {
                values.remove(0);
            }
            // `4.` is no label, but a piece of a number, 条 a unit, 第 the beginning of a page's mark.
            let is_worded = |piece: &Range<usize>| {
                let said = text.get(piece);
                let letters = said.chars().filter(|c| c.is_alphabetic());
                letters.take(2).count() == 2 && !self.document.genre.is_unit(said)
            };
            // A sentence and what is asked for (联系电话：) are labels of no row.
            let is_note = |piece: &Range<usize>| text.get(piece).ends_with(['。', ';', ':']);
            if values.len() == self.traits.len()
                && label.iter().any(is_worded)
                && !label.last().is_some_and(is_note)
            {
                let cell = |token: &&Token| CellReading::Certain {
                    slot: Slot::Field(plain(&with_unit(token, unit.as_ref()))),
                    solved: false,
                };
                rows.push(RowReading {
                    row: None,
                    anchor: None,
                    label: label.clone(),
                    cells: values.iter().map(cell).collect(),
                });
            }
            label.clear();
            values.clear();
        };
        for (at, token) in rest.iter().enumerate() {
            match token.kind {
                Kind::Number { .. } if stub_of_next[at] => {}
                Kind::Word if values.is_empty() && !label.is_empty() && is_unit(token) => {
                    unit = Some(token.range.clone());
                }
                Kind::Word => {
                    if !values.is_empty() {
                        flush(&mut label, &mut values, unit.take());
                    }
                    label.push(token.range.clone());
                }
                Kind::Border => {}
                _ => values.push(token),
            }
        }
        flush(&mut label, &mut values, unit);
        rows
    }

    /// Where a header stands among rows that the form does not have: words for the stub and for
    /// every column, and no value among them. Behind it another table goes on.
    fn next_header(&self, rest: &[Token]) -> Option<usize> {
        let text = self.document.text;
        let line = |token: &Token| text.line_of(token.range.start);
        let width = self.definition.columns.len() + 1;
        let mut start = 0;
        for run in rest.split(Token::is_value) {
            // Place and line of each word between two values.
            let tokens = (start..).zip(run);
            let words = tokens.filter(|(_, token)| token.kind == Kind::Word);
            let words: Vec<(usize, usize)> = words.map(|(at, token)| (at, line(token))).collect();
            start += run.len() + 1;
            // From here on each stands on its line.
            let crowded = words.windows(2).rposition(|pair| pair[0].1 == pair[1].1);
            let alone = crowded.map_or(0, |at| at + 1);
            let mut before = 0;
            for on_line in words.chunk_by(|a, b| a.1 == b.1) {
                let (Some(first), Some(last)) = (on_line.first(), on_line.last()) else {
                    continue;
                };
                let whole = || {
                    let mut behind = rest[last.0 + 1..].iter();
                    let next = behind.find(|token| token.kind != Kind::Border);
                    next.is_none_or(|next| line(next) > last.1)
                };
                // One more, where each stands on its line: the label of the first row.
                let each_alone = before >= alone && words.len() - before > width;
                if on_line.len() >= width && whole() || each_alone {
                    return Some(first.0);
                }
                before += on_line.len();
            }
        }
        None
    }

    /// Puts the rows that the form does not have behind those they are printed behind.
    pub(super) fn insert(&self, rows: &mut Vec<RowReading>, mut extras: Vec<RowReading>) {
        // Where most rows of the form do not come out, these would only do so by chance.
        if rows.iter().filter(|row| row.is_open()).count() * 2 > rows.len() {
            extras.iter_mut().for_each(RowReading::withhold);
        }
        let start = |row: &RowReading| match row.anchor {
            Some(anchor) => Some(self.document.anchors[anchor].range.start),
            None => row.label.first().map(|label| label.start),
        };
        for extra in extras {
            let before = |row: &RowReading| start(row).is_some_and(|row| Some(row) < start(&extra));
            let at = rows.iter().rposition(before);
            rows.insert(at.map_or(0, |at| at + 1), extra);
        }
    }

    /// The token behind a whole row at which something else begins: words or a line with words,
    /// which is running text or a heading that the form does not have. Where the row has a line of
    /// its own, any line behind it, if that is not such a row too.
    fn behind_row(&self, found: &[Token]) -> Option<usize> {
        let text = self.document.text;
        let is_word = |token: &Token| token.kind == Kind::Word;
        let line_of = |token: &Token| text.line_of(token.range.start);
        let mut values: Vec<&Token> = Vec::with_capacity(self.traits.len());
        for (at, token) in found.iter().enumerate() {
            if values.len() == self.traits.len() && (is_word(token) || token.lines > 0) {
                let line = line_of(token);
                let rest = found[at..].iter();
                let on_line: Vec<&Token> = rest.take_while(|it| line_of(it) == line).collect();
                let others = on_line.iter().filter(|token| token.is_value()).count();
                let one_line = match values.as_slice() {
                    [first, .., last] => line_of(first) == line_of(last),
                    _ => false,
                };
                if on_line.iter().any(|token| is_word(token))
                    || one_line && (1..values.len()).contains(&others)
                {
                    return Some(at);
                }
            }
            values.extend(token.is_value().then_some(token));
        }
        None
    }

    /// The one row of a table that prints no label for it: what stands behind the headers. Also
    /// whether headers stand between its values.
    pub(super) fn unlabelled(&self, mut head: Vec<Token>) -> (RowText, bool) {
        if let Some(values) = self.in_blocks(&head) {
            let row = RowText {
                end: self.region.range.end,
                tokens: values,
                ..RowText::default()
            };
            return (row, false);
        }
        let text = self.document.text;
        let anchors = || {
            self.region
                .anchors
                .iter()
                .map(|anchor| &self.document.anchors[*anchor].range)
        };
        // `-` among the headers pads them; the values begin with the first number.
        let first = head
            .iter()
            .find(|token| token.is_number())
            .map_or(self.region.range.end, |token| token.range.start);
        let start = anchors()
            .map(|range| range.end)
            .filter(|end| *end <= first)
            .max()
            .unwrap_or_default();
        // Where headers are padded, so is the last of them: the pads before the first number are its.
        let padded = head
            .iter()
            .any(|token| token.kind == Kind::Placeholder && token.range.start < start);
        let from = if padded { first } else { start };
        head.retain(|token| token.range.start >= from);
        // Behind words that are none of the table's, values are those of another.
        let value = head.iter().position(Token::is_value).unwrap_or(head.len());
        let is_foreign = |token: &Token| {
            token.kind == Kind::Word
                && token.lines > 0
                && self.is_wording_of_its_own(token)
                && !self.document.genre.is_unit(text.get(&token.range))
        };
        let foreign = head.iter().skip(value).position(is_foreign);
        if let Some(foreign) = foreign {
            head.truncate(value + foreign);
        }
        let line = (0..value).rev().find(|at| head[*at].lines > 0);
        let marked = self.has_unknown_marks(&head[line.unwrap_or(0).min(head.len())..])
            || self.has_lone_sign(&head)
            || is_continued(self.document, &head);
        let behind = self.behind_row(&head).unwrap_or(head.len());
        let more = self.has_second_row(&head[behind..]);
        let end = head.get(behind);
        let end = end.map_or(self.region.range.end, |token| token.range.start);
        // A number alone below the row is a page's, if nothing speaks against it.
        let is_bare = |token: &Token| token.is_number() && token.lines > 0;
        let followed = head.get(behind).is_some_and(is_bare);
        head.truncate(behind);
        let broken = head.iter().any(|token| is_broken(text, token));
        // Where the row lies on a line, borders on others are none of it.
        let line_of = |token: &Token| text.line_of(token.range.start);
        let mut lines = head.iter().filter(|token| token.is_value()).map(line_of);
        if let Some(line) = lines.next()
            && lines.all(|other| other == line)
        {
            head.retain(|token| token.kind != Kind::Border || line_of(token) <= line);
        }
        let last = head
            .iter()
            .rfind(|token| token.is_value())
            .map_or(first, |token| token.range.start);
        let late: Vec<&Range<usize>> = anchors()
            .filter(|range| range.start > first && range.end <= last)
            .collect();
        // Headers among the values are harmless where they head just the values behind them: the
        // last columns, printed as header and value.
        let behind = |at: usize| {
            head.iter()
                .filter(|token| token.is_value() && token.range.start > at)
                .count()
        };
        let apart = late
            .last()
            .is_some_and(|range| behind(range.end) != late.len())
            || late
                .first()
                .is_some_and(|range| behind(range.start) != late.len());
        let lines = head.iter().filter(|token| token.is_value()).skip(1);
        // Those of the second line stand between those of the first, or below.
        let more = more || self.is_wide(&head) && lines.into_iter().any(|token| token.lines > 0);
        let behind_headers = text.get(&(start..end.max(start)));
        let unread = !head.iter().any(Token::is_value)
            && behind_headers.contains(|c: char| c.is_ascii_digit());
        self.open_first_cell(&mut head);
        let lines_behind = lines_behind(text, &head, end);
        (
            RowText {
                tokens: head,
                end,
                lines_behind,
                cut: end == text.folded.len() && !unread,
                followed,
                ..RowText::default()
            },
            apart || more || broken || marked || unread,
        )
    }

    /// Puts a border before the row whose line begins with the border behind an empty first cell,
    /// as its number of cells shows.
    fn open_first_cell(&self, row: &mut Vec<Token>) {
        let is_border = |token: &Token| token.kind == Kind::Border;
        // The border behind the last header, or a gloss, is none of the row below.
        let of_header = row.iter().take_while(|token| !token.is_value());
        let of_header = of_header.take_while(|token| token.lines == 0).count();
        if row.get(of_header).is_some_and(|token| token.lines > 0) {
            row.drain(..of_header);
        }
        let borders = row.iter().filter(|token| is_border(token)).count();
        let [begins, closed] = [row.first(), row.last()].map(|end| end.is_some_and(is_border));
        let one_line = row.iter().skip(1).all(|token| token.lines == 0);
        let text = self.document.text;
        // Where all lines begin with a border, this one shows no empty cell.
        let lines = || text.get(&self.region.range).lines();
        let all = !text.html && {
            let mut bordered = lines().filter(|line| line.contains([BORDER, '\t']));
            bordered.all(|line| line.trim_start_matches(' ').starts_with([BORDER, '\t']))
        };
        let cells = borders.saturating_sub(usize::from(closed));
        if begins && one_line && !all && cells + 1 == self.traits.len() {
            let line = text.line_of(row[0].range.start);
            let start = text.lines[line].start;
            let opening = Token {
                range: start..start,
                ..row[0].clone()
            };
            row[0].lines = 0;
            row.insert(0, opening);
        }
    }

    /// Whether what stands behind the row without label is such a row too, say of another year.
    fn has_second_row(&self, behind: &[Token]) -> bool {
        let line_of = |token: &Token| self.document.text.line_of(token.range.start);
        let lines = behind.chunk_by(|a, b| line_of(a) == line_of(b));
        let mut numbers = 0;
        for line in lines {
            // A row has its words in front; running text begins anew with each line.
            let word = line.iter().rposition(|token| token.kind == Kind::Word);
            let row = &line[word.map_or(0, |word| word + 1)..];
            let before = if word.is_some() { 0 } else { numbers };
            numbers = before + row.iter().filter(|token| token.is_number()).count();
            if numbers >= self.traits.len().max(2) {
                return true;
            }
        }
        false
    }
}

/// A number in the unit that its row gives.
fn with_unit(token: &Token, of_row: Option<&Range<usize>>) -> Token {
    let mut token = token.clone();
    if let Kind::Number { unit, .. } = &mut token.kind
        && unit.is_none()
    {
        *unit = of_row.cloned();
    }
    token
}
