//! What stands among the values of a row and is none: pieces of labels, units, codes, stubs.

use super::words::is_in_wording;
use super::{Document, Reader};
use crate::align::Anchor;
use crate::field::{Kind, Token};
use crate::form::ColumnKind;
use crate::lexicon::Part;
use crate::text::letters;

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

    /// Whether marks that are no placeholder stand behind a label: alone between borders, as `×` or the
    /// 一 that is typed for a dash, or in one run without any value, as `-------`, `……`. What cells they
    /// are is not known. On lines of their own dashes are a rule between rows.
    pub(super) fn has_unknown_marks(&self, found: &[Token]) -> bool {
        let is_rule = |c: char| matches!(c, '-' | '=' | '_');
        let said = |token: &Token| self.document.text.get(&token.range);
        let is_run = |token: &Token| {
            let said = said(token);
            let on_line = token.lines == 0 || !said.chars().all(is_rule);
            token.kind == Kind::Word && is_mark(said) && on_line
        };
        let mut cells = found.iter().filter(|token| token.kind != Kind::Border);
        let run = cells.next().is_some_and(is_run) && !found.iter().any(Token::is_value);
        run || lone_words(first_line(found)).any(|(token, _)| is_mark(said(token)))
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
                let lines = found.chunk_by(|_, next| next.lines == 0);
                let marks = lines
                    .flat_map(lone_words)
                    .map(|(token, _)| token.range.clone());
                let marks: Vec<_> = marks.filter(|mark| is_mark(text.get(mark))).collect();
                found.retain(|token| {
                    token.kind != Kind::Word
                        || marks
                            .binary_search_by_key(&token.range.start, |it| it.start)
                            .is_ok()
                        || !is_fragment(text.get(&token.range), fragments)
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
            if !(found[*at].is_number() && found[*at].lines > 0) {
                return false;
            }
            let mut behind = found[at + 1..].iter().take_while(|token| token.lines == 0);
            let border = behind
                .next()
                .is_some_and(|token| token.kind == Kind::Border);
            let cell = behind.find(|token| token.kind != Kind::Border);
            border && cell.is_some_and(|cell| cell.kind == Kind::Word)
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
        // A word alone between borders behind a value is a cell.
        let is_cell = |(token, filled): &(&Token, bool)| {
            // A point may be one within a number.
            *filled && !matches!(text.get(&token.range), "." | ",")
        };
        let cells = lone_words(first_line(found)).filter(is_cell);
        let cells: Vec<usize> = cells.map(|(token, _)| token.range.start).collect();
        found.retain(|token| {
            let said = text.get(&token.range);
            cells.binary_search(&token.range.start).is_ok()
                || token.kind != Kind::Word
                || is_unit(said)
                || is_numbered(said)
                // ￥774.35万元 has the letters of a header.
                || said.contains(char::is_numeric)
                    && !is_in_wording(self.document, anchor, &token.range)
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

/// Signs that are no placeholder and part nothing, as `×`, or the 一 that is typed for a dash.
fn is_mark(said: &str) -> bool {
    let edges = [':', ';', ',', '.', '、', '(', ')', '[', ']', '"'];
    let signs = !said.contains(char::is_alphanumeric) && !said.chars().all(|c| edges.contains(&c));
    signs || said == "一"
}

/// The tokens on the line of the first.
fn first_line(found: &[Token]) -> &[Token] {
    let mut lines = found.chunk_by(|_, next| next.lines == 0);
    lines.next().unwrap_or_default()
}

/// The words of a line that stand alone between two borders, and whether a value stands before them.
fn lone_words(line: &[Token]) -> impl Iterator<Item = (&Token, bool)> {
    let is_border = |at: usize| line.get(at).is_none_or(|it| it.kind == Kind::Border);
    let mut filled = line.first().is_some_and(Token::is_value);
    (1..)
        .zip(line.iter().skip(1))
        .filter_map(move |(at, token)| {
            filled |= token.is_value();
            let alone = is_border(at - 1) && is_border(at + 1);
            (alone && token.kind == Kind::Word).then_some((token, filled))
        })
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
