//! Glued digits -> readings: every way to cut a run into numbers.

use std::ops::Range;

use rust_decimal::prelude::ToPrimitive;

use super::{OPTIONS, Reading, RowText, Slot, Traits, plain, sum_holds};
use crate::field::{Kind, Token};
use crate::solve::Amount;
use crate::text::Text;
use crate::value::exact;

/// Every way to cut a glued run into numbers without needless zeros in front, the sums of the row
/// holding. White space that survived is a border between two cells. In a row without sums any cell
/// may be empty, as nothing shows that none is: `52` is 5 and 2, or 52 and a blank.
pub(super) fn cuts(
    text: &Text,
    row: &RowText,
    columns: &[Traits],
    sums: &[Vec<(usize, i64)>],
) -> Vec<Reading> {
    cuts_where(text, row, columns, sums, sums.is_empty())
}

/// The same where it is said whether cells may be empty, `blanks`, whatever sums there are.
pub(crate) fn cuts_where(
    text: &Text,
    row: &RowText,
    columns: &[Traits],
    sums: &[Vec<(usize, i64)>],
    blanks: bool,
) -> Vec<Reading> {
    let chunks: Vec<&Token> = row
        .tokens
        .iter()
        .filter(|token| token.is_value() || matches!(token.kind, Kind::Lead { .. }))
        .collect();
    if chunks.is_empty() || chunks.len() > columns.len() {
        return Vec::new();
    }
    let mut cutter = Cutter {
        text,
        columns,
        sums,
        blanks,
        readings: Vec::new(),
        steps: 0,
    };
    cutter.chunk(&chunks, &mut Vec::new());
    if cutter.readings.len() > OPTIONS || cutter.steps > Cutter::STEPS {
        Vec::new()
    } else {
        cutter.readings
    }
}

struct Cutter<'a> {
    text: &'a Text,
    columns: &'a [Traits],
    sums: &'a [Vec<(usize, i64)>],
    /// Whether cells may be empty.
    blanks: bool,
    readings: Vec<Reading>,
    steps: usize,
}

impl Cutter<'_> {
    /// Bound on the cuts tried for one row: a few milliseconds.
    const STEPS: usize = 200_000;

    /// No number that a decimal holds is written longer than this.
    const WIDEST: usize = 40;

    fn chunk(&mut self, chunks: &[&Token], made: &mut Reading) {
        self.steps += 1;
        if self.readings.len() > OPTIONS || self.steps > Self::STEPS {
            return;
        }
        if self.blanks && made.len() < self.columns.len() {
            made.push(Slot::Missing);
            self.chunk(chunks, made);
            made.pop();
        }
        match chunks.split_first() {
            None if made.len() == self.columns.len() => self.readings.push(made.clone()),
            Some((token, rest)) if made.len() + chunks.len() <= self.columns.len() => {
                match &token.kind {
                    Kind::Number { figure, .. } | Kind::Lead { figure, .. } => {
                        self.cut(token, figure.clone(), rest, made)
                    }
                    _ => self.marks(token, token.range.clone(), rest, made),
                }
            }
            _ => {}
        }
    }

    /// Cuts the next placeholder off `range`, the rest of a chunk: `//` may be one or two.
    fn marks(&mut self, token: &Token, range: Range<usize>, rest: &[&Token], made: &mut Reading) {
        if self.columns.len() <= made.len() {
            return;
        }
        let said = self.text.get(&range);
        // A word such as 无 or ... is one placeholder; signs are as many as they are.
        let one = said.contains(|c: char| c.is_alphanumeric() || c == '.');
        let ends = said.char_indices().map(|(at, c)| at + c.len_utf8());
        for end in ends.filter(|end| !one || *end == said.len()) {
            let last = end == said.len();
            self.steps += 1;
            made.push(Slot::Field(plain(&Token {
                range: range.start..range.start + end,
                ..token.clone()
            })));
            if self.sums_hold(made) && self.steps <= Self::STEPS {
                if last {
                    self.chunk(rest, made);
                } else {
                    self.marks(token, range.start + end..range.end, rest, made);
                }
            }
            made.pop();
        }
    }

    /// Cuts the next number off `figure`, the rest of a chunk.
    fn cut(&mut self, token: &Token, figure: Range<usize>, rest: &[&Token], made: &mut Reading) {
        let Some(traits) = self.columns.get(made.len()).copied() else {
            return;
        };
        let (whole, minus, unit) = match &token.kind {
            Kind::Number {
                figure,
                minus,
                unit,
                ..
            } => (figure, minus, unit.clone()),
            Kind::Lead { figure, minus } => (figure, minus, None),
            _ => return,
        };
        // Before the first number of a run, `chunk` has left the cells empty.
        if self.blanks && figure.start != whole.start {
            made.push(Slot::Missing);
            self.cut(token, figure.clone(), rest, made);
            made.pop();
        }
        let digits = self.text.get(&figure);
        let sign = digits
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(digits.len());
        // Where nothing parts two cells, the sign may also be the placeholder of one before.
        if *minus && sign > 0 && figure.start == whole.start {
            let range = figure.start..figure.start + sign;
            made.push(Slot::Field(plain(&Token {
                kind: Kind::Placeholder,
                range,
                ..token.clone()
            })));
            if self.sums_hold(made) {
                self.cut(token, figure.start + sign..figure.end, rest, made);
            }
            made.pop();
        }
        // The sign is that of the run; a point or comma that a cut left in front is none.
        if sign > 0 && (!traits.signed || figure.start != whole.start) {
            return;
        }
        for len in sign + 1..=digits.len().min(sign + Self::WIDEST) {
            let piece = &digits[sign..len];
            if piece.starts_with('0') && piece.len() > 1 && !piece.starts_with("0.") {
                break;
            }
            if piece.contains('.') && !traits.decimal {
                break;
            }
            let Some(value) = exact(piece).filter(|_| !piece.ends_with(['.', ','])) else {
                continue;
            };
            // A count that no sum can be asked about.
            if !traits.decimal && value.to_i64().is_none() {
                break;
            }
            // The sign belongs to the first number of its run.
            let negative = *minus && figure.start == whole.start;
            let value = if negative { -value } else { value };
            let last = len == digits.len();
            let range = figure.start..if last {
                token.range.end
            } else {
                figure.start + len
            };
            let unit = unit.clone().filter(|_| last);
            let kind = Kind::Number {
                value: Some(value),
                figure: figure.start..figure.start + len,
                minus: negative,
                unit,
            };
            made.push(Slot::Field(plain(&Token {
                kind,
                range,
                ..token.clone()
            })));
            self.steps += 1;
            if self.sums_hold(made) && self.steps <= Self::STEPS {
                if last {
                    self.chunk(rest, made);
                } else {
                    self.cut(token, figure.start + len..figure.end, rest, made);
                }
            }
            made.pop();
        }
    }

    /// Whether every sum whose last column was just filled holds. A mark in the place of a total
    /// says that there are none: it is no total of what is not nothing, and may pad the row.
    fn sums_hold(&self, made: &Reading) -> bool {
        let filled = made.len();
        let last = match made.last() {
            Some(Slot::Field(field)) => field.token.as_ref(),
            _ => None,
        };
        let is_mark = last.is_some_and(|token| token.kind == Kind::Placeholder);
        let counts = |(column, _): &(usize, i64)| matches!(made[*column].amount(), Amount::Known(count) if count != 0);
        self.sums
            .iter()
            .filter(|sum| sum.iter().map(|(column, _)| column + 1).max() == Some(filled))
            .all(|sum| sum_holds(sum, made) && !(is_mark && sum.iter().any(counts)))
    }
}
