//! What stands among the values of a row and is none: pieces of labels, units, codes, stubs.

use rust_decimal::Decimal;

use super::{Document, Draft, Reader};
use crate::align::Anchor;
use crate::field::{Kind, Token, tokens};
use crate::form::ColumnKind;
use crate::lexicon::Part;
use crate::row::Style;
use crate::text::{is_gap, letters};
use crate::value::Notation;

impl Reader<'_> {
    /// Takes off what the form prints before the next row's label. Whether the row has no value
    /// to spare for it, so that one of them may be missing instead.
    pub(super) fn ends_in_lead(&self, found: &mut Vec<Token>, next: Option<&Anchor>) -> bool {
        let Some(Part::Row { table, row }) = next.map(|next| next.part) else {
            return false;
        };
        let Some(lead) = self.document.form.tables[table].rows[row].before.as_deref() else {
            return false;
        };
        let text = self.document.text;
        let values: Vec<usize> = (0..found.len())
            .filter(|at| found[*at].is_value())
            .collect();
        let pad = |at: &usize| found[*at].kind == Kind::Placeholder;
        let Some(at) = values.iter().rposition(|at| !pad(at)) else {
            return false;
        };
        let said = text.get(&found[values[at]].range);
        if said != lead {
            // Where nothing but spaces parts it from the label, it may be the last digits of the value.
            let last = found[values[at]].range.end;
            let parted = |next: &Anchor| {
                let between = last..next.range.start.max(last);
                text.get(&between)
                    .contains(['\n', '\t', crate::text::BORDER])
            };
            return said.ends_with(lead) && next.is_some_and(|next| !parted(next));
        }
        // `-` beside it stands for the rest of the empty half.
        let pads = values[..at].iter().rev().take_while(|at| pad(at)).count();
        let count = self.traits.len();
        if at < count {
            return true;
        }
        found.truncate(values[(at - pads).max(count)]);
        false
    }

    /// Takes off the running number of the next row, where a column of them is printed. Whether none
    /// can be taken for a value: it must be the one behind `last`.
    pub(super) fn drop_index(
        &self,
        found: &mut Vec<Token>,
        next: Option<&Anchor>,
        last: &mut Option<Decimal>,
    ) -> bool {
        let printed = self.has_index();
        let Some(next) = next.filter(|next| {
            printed && matches!(next.part, Part::Row { table, .. } if table == self.region.table)
        }) else {
            return true;
        };
        let Some(at) = found.iter().rposition(Token::is_value) else {
            return true;
        };
        let Kind::Number {
            value: Some(number),
            unit: None,
            ..
        } = found[at].kind
        else {
            return true;
        };
        let behind = found[at].range.end..next.range.start.max(found[at].range.end);
        if !self.document.text.get(&behind).chars().all(is_gap)
            || found[at].lines == 0 && found[at..].len() == 1
        {
            return true;
        }
        let follows = last.is_none_or(|last| number == last + Decimal::ONE);
        *last = Some(number);
        if follows {
            found.truncate(at);
        }
        follows
    }

    /// Takes out what is no field: pieces of labels, units and codes of the row, the stub cells
    /// of the next row. Whether the row has its code, where the table prints codes at all: without
    /// it the first value may be a code that the form does not have.
    pub(super) fn clean(
        &self,
        found: &mut Vec<Token>,
        fragments: &[String],
        anchor: &Anchor,
        next: Option<&Anchor>,
    ) -> bool {
        let text = self.document.text;
        let rows = &self.definition.rows;
        // A stray may be a row of another table.
        let row = match anchor.part {
            Part::Row { table, row } if table == self.region.table => row,
            _ => {
                found.retain(|token| {
                    token.kind != Kind::Word || !is_fragment(text.get(&token.range), fragments)
                });
                return true;
            }
        };
        if let Some(next) = next {
            let line = text.lines[text.line_of(next.range.start)].start;
            if line > anchor.range.end {
                let bordered = found
                    .iter()
                    .any(|token| token.range.start >= line && token.kind == Kind::Border);
                // Words there are a heading over the next row, if a misspelt one.
                let has_cells = found.iter().any(|token| token.kind == Kind::Border);
                let in_stub = |token: &Token| {
                    let stub = token.is_number() || token.kind == Kind::Word;
                    // 1政府网站, 3 危及…: a label's number that the form does not have.
                    let between = text.get(&(token.range.end..next.range.start));
                    let begins = token.lines > 0 && between.trim_matches(' ').is_empty();
                    let heads =
                        has_cells && token.is_number() && (heads_label(token, next) || begins);
                    token.range.start >= line
                        && (token.kind == Kind::Border || bordered && stub || heads)
                };
                found.retain(|token| !in_stub(token));
            }
        }
        // A running number and the label of a row that was not found, behind the cells of this.
        let heads_row = |at: &usize| {
            let mut behind = found[at + 1..].iter().take_while(|token| token.lines == 0);
            let border = behind
                .next()
                .is_some_and(|token| token.kind == Kind::Border);
            let cell = behind.find(|token| token.kind != Kind::Border);
            let begins = found[*at].is_number() && found[*at].lines > 0;
            begins && border && cell.is_some_and(|cell| cell.kind == Kind::Word)
        };
        if let Some(at) = (1..found.len()).find(heads_row) {
            found.truncate(at);
        }
        // A gloss in the label's own cell is no value: 规章 Rules.
        let border = found.iter().position(|token| token.kind == Kind::Border);
        let is_gloss = |token: &Token| {
            let said = text.get(&token.range);
            let latin = said.is_ascii() && said.contains(|c: char| c.is_ascii_alphabetic());
            token.kind == Kind::Word && latin
        };
        if let Some(border) = border.filter(|border| found[..*border].iter().all(is_gloss)) {
            found.drain(..border);
        }
        // A unit may be a piece of some label (件 of 电子邮件申请数) and is none here.
        let units = self.definition.has_units();
        let is_unit = |said: &str| {
            units && (self.document.genre.is_unit(said) || rows[row].unit.as_deref() == Some(said))
        };
        found.retain(|token| {
            let said = text.get(&token.range);
            token.kind != Kind::Word
                || is_unit(said)
                || is_numbered(said)
                || !is_fragment(said, fragments)
        });
        let mut coded = true;
        for (column, kind) in self
            .definition
            .columns
            .iter()
            .map(|column| column.kind)
            .enumerate()
        {
            if !matches!(kind, ColumnKind::Unit | ColumnKind::Code) {
                continue;
            }
            let Some(at) = found.iter().position(|token| token.kind != Kind::Border) else {
                break;
            };
            let said = text.get(&found[at].range);
            if let Some(code) = rows[row]
                .code
                .as_deref()
                .filter(|_| kind == ColumnKind::Code)
                && found.iter().any(Token::is_value)
            {
                // In glued text the header is a piece of a word, and the code one of the number.
                coded = self.leaves_out(column) && !said.starts_with(code.trim_end_matches('*'));
                // A value like the code of its row: 4 of 04.
                if self.is_code(row, said) && self.leaves_out(column) && !self.prints_codes() {
                    coded = false;
                    continue;
                }
            }
            // A unit that nobody knows: its number counts something else than the form says.
            let unknown = kind == ColumnKind::Unit
                && found[at].kind == Kind::Word
                && !is_unit(said)
                && !self.leaves_out(column)
                && found
                    .get(at + 1)
                    .is_some_and(|next| next.kind == Kind::Border);
            if unknown && found.iter().any(Token::is_value) {
                coded = false;
                break;
            }
            let is_it = match kind {
                ColumnKind::Unit => {
                    is_unit(said) || rows[row].group && found[at].kind == Kind::Placeholder
                }
                _ => self.is_code(row, said),
            };
            if is_it {
                let mark = |token: &Token| {
                    token.kind == Kind::Word && text.get(&token.range).chars().all(|c| c == '*')
                };
                if found.get(at + 1).is_some_and(mark) {
                    found.remove(at + 1);
                }
                let border = found
                    .get(at + 1)
                    .is_some_and(|token| token.kind == Kind::Border);
                found.drain(at..=at + usize::from(border));
                // No value stands before it: empty cells there are a lead, or the unit's.
                found.drain(at.min(1)..at);
                coded |= kind == ColumnKind::Code;
            }
        }
        coded
    }

    /// Whether a column of running numbers is printed.
    pub(super) fn has_index(&self) -> bool {
        let columns = self.definition.columns.iter().enumerate();
        let mut indices = columns.filter(|(_, column)| column.kind == ColumnKind::Index);
        let anchors = self.document.anchors;
        indices.any(|(column, _)| self.region.header(anchors, column).is_some())
    }

    /// Withholds rows of which a value begins a line, where running numbers are printed and rows lie
    /// on a line each or a label stands behind it: it may be one of those.
    pub(super) fn withhold_indexed(&self, drafts: &mut [Draft], style: &Style) {
        if style.bordered {
            return;
        }
        let text = self.document.text;
        let begins = |token: &Token| {
            let line = &text.lines[text.line_of(token.range.start)];
            let before = text.get(&(line.start..token.range.start));
            let behind = text.get(&(token.range.end..line.end.max(token.range.end)));
            let heads = style.per_line || behind.contains(char::is_alphabetic);
            before.chars().all(is_gap) && heads
        };
        let found: Vec<bool> = drafts
            .iter()
            .map(|draft| draft.text.values().any(begins))
            .collect();
        if found.contains(&true) && (self.has_index() || self.counts_rows()) {
            for (draft, found) in drafts.iter_mut().zip(found) {
                draft.withheld |= found;
            }
        }
    }

    /// Whether lines begin with numbers that count on, and words behind them: 2  其中：…. The header
    /// of such a column may be broken: 序⏎号.
    fn counts_rows(&self) -> bool {
        let text = self.document.text;
        let numbers = text.get(&self.region.range).lines().filter_map(|line| {
            let line = line.trim_start_matches(is_gap);
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let words = rest.trim_start_matches(is_gap);
            let apart = words.len() < rest.len() && words.starts_with(|c: char| !c.is_ascii());
            line[..line.len() - rest.len()]
                .parse()
                .ok()
                .filter(|_| apart)
        });
        let numbers: Vec<u32> = numbers.collect();
        let counted = numbers
            .windows(2)
            .filter(|pair| pair[0].checked_add(1) == Some(pair[1]));
        counted.count() > 2
    }

    /// Whether something is a row's code: 05 may be printed as 5, and 51** without its mark.
    pub(super) fn is_code(&self, row: usize, said: &str) -> bool {
        let bare = |code: &str| {
            let code = code.trim_start_matches('0').trim_end_matches('*');
            code.to_string()
        };
        let code = self.definition.rows[row].code.as_deref();
        code.is_some_and(|code| bare(said) == bare(code))
    }

    /// Whether most rows that have a code show it, whatever the headers say.
    fn prints_codes(&self) -> bool {
        let document = self.document;
        let anchors = self.region.anchors.iter().map(|at| &document.anchors[*at]);
        let ends = anchors.clone().skip(1).map(|next| next.range.start);
        let ends = ends.chain([self.region.range.end]);
        let (mut rows, mut shown) = (0, 0);
        for (anchor, end) in anchors.zip(ends) {
            let Some(row) = self.row_of(anchor) else {
                continue;
            };
            let behind = anchor.range.end..end.max(anchor.range.end);
            let found = tokens(document.text, &behind, &[], Notation(document.genre));
            if self.definition.rows[row].code.is_none() || !found.iter().any(Token::is_value) {
                continue;
            }
            rows += 1;
            let mut first = found
                .iter()
                .filter(|token| token.kind != Kind::Border)
                .take(2);
            let is_code = |token: &Token| self.is_code(row, document.text.get(&token.range));
            shown += usize::from(first.any(is_code));
        }
        shown * 3 > rows * 2
    }

    /// Whether headers are printed and that of a column is not.
    pub(super) fn leaves_out(&self, column: usize) -> bool {
        let anchors = self.document.anchors;
        let mut parts = self.region.anchors.iter().map(|at| anchors[*at].part);
        parts.any(|part| matches!(part, Part::Column { .. }))
            && self.region.header(anchors, column).is_none()
    }
}

/// Whether a token stands right before a label.
pub(super) fn heads_label(token: &Token, label: &Anchor) -> bool {
    token.range.end == label.range.start
}

/// Whether a word begins with a number as labels do, `9.属于工作秘密`: with one it is the label of
/// another row, though its letters may stand in a label too.
pub(super) fn is_numbered(word: &str) -> bool {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit());
    let behind = rest.strip_prefix(['.', '、']);
    // 3.48亿 is a number.
    rest.len() < word.len()
        && behind.is_some_and(|it| !it.starts_with(|c: char| c.is_ascii_digit()))
}

/// Whether a word is a piece of a label.
pub(crate) fn is_fragment(word: &str, fragments: &[String]) -> bool {
    let letters = letters(word);
    if letters.is_empty() {
        // A sign that says what a number is belongs to the number; a code or an address is no mark.
        return !word.contains(|c: char| c.is_ascii_alphanumeric() || matches!(c, '%' | '‰'));
    }
    // A digit behind letters is a value that nothing parts from them: 无0.
    if word.ends_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    fragments
        .iter()
        .any(|fragment| fragment.contains(letters.as_str()))
}

/// Whether a line is a cell that belongs to the labels of a table: a unit or a code.
pub(crate) fn is_stub(document: &Document<'_>, table: usize, line: &str) -> bool {
    let line = line.trim_matches([' ', crate::text::BORDER, '\t']);
    let definition = &document.form.tables[table];
    definition.columns.iter().any(|column| match column.kind {
        ColumnKind::Unit => document.genre.is_unit(line),
        ColumnKind::Code => definition.rows.iter().any(|row| {
            let own = [&row.code, &row.before];
            own.into_iter().flatten().any(|code| code == line)
        }),
        _ => false,
    })
}

/// Whether a line holds nothing but pieces of a table's labels.
pub(crate) fn is_piece(document: &Document<'_>, table: usize, line: &str) -> bool {
    let wordings = document.lexicon.wordings(document.index, table);
    line.split([' ', crate::text::BORDER, '\t'])
        .filter(|word| !word.is_empty())
        .all(|word| is_fragment(word, wordings))
}
