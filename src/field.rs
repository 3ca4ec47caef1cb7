//! Text -> fields: the values that stand in a stretch of a table, and what separates them.
//!
//! In: a range of the folded text between two labels. Out: tokens (numbers, placeholders, words,
//! borders), and from them the fields of one row, blank ones included where borders show them.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::text::{BORDER, NOISE, Text, is_letter};
use crate::value::{Notation, Number, exact};

/// What a token is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A number; no value where it is a run of glued cells or too long.
    Number {
        value: Option<Decimal>,
        figure: Range<usize>,
        minus: bool,
        unit: Option<Range<usize>>,
    },
    /// A number with letters right behind it: a cell of a glued run, or no value at all.
    Lead { figure: Range<usize>, minus: bool },
    /// A mark for no value.
    Placeholder,
    /// Letters or anything else that is no value.
    Word,
    /// A cell border.
    Border,
}

/// A piece of the text between labels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) range: Range<usize>,
    /// Line ends between the token before and this one.
    pub(crate) lines: usize,
    /// Whether nothing stands between the token before and this one.
    pub(crate) glued: bool,
}

impl Token {
    /// Whether it is a number or a placeholder.
    pub(crate) fn is_value(&self) -> bool {
        matches!(self.kind, Kind::Number { .. } | Kind::Placeholder)
    }

    pub(crate) fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number { .. })
    }

    /// Whether it is the mark that rows and headers are padded with.
    pub(crate) fn may_pad(&self, text: &Text) -> bool {
        text.get(&self.range) == "-"
    }
}

/// The tokens of `range`, without those in `skip` (pieces of labels, page marks; sorted).
pub(crate) fn tokens(
    text: &Text,
    range: &Range<usize>,
    skip: &[Range<usize>],
    notation: Notation<'_>,
) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = range.start;
    let mut lines = 0;
    let mut glued = true;
    let from = skip.partition_point(|skip| skip.end <= range.start);
    let mut skips = skip[from..]
        .iter()
        .take_while(|skip| skip.start < range.end)
        .peekable();
    while at < range.end {
        while skips.next_if(|skip| skip.end <= at).is_some() {}
        if let Some(skip) = skips.peek().filter(|skip| skip.start <= at) {
            lines += text
                .get(&(at..skip.end.min(range.end)))
                .matches('\n')
                .count();
            at = skip.end;
            glued = false;
            continue;
        }
        let end = skips
            .peek()
            .map_or(range.end, |skip| skip.start.min(range.end));
        let rest = text.get(&(at..end));
        // What mostly stands between two values.
        if let [space @ (b'\n' | b' '), ..] = rest.as_bytes() {
            lines += usize::from(*space == b'\n');
            glued = false;
            at += 1;
            continue;
        }
        let Some(c) = rest.chars().next() else { break };
        if c != '\t' && (c.is_whitespace() || c == NOISE) {
            glued = false;
            at += c.len_utf8();
            continue;
        }
        let (kind, len) = if c == BORDER || c == '\t' {
            (Kind::Border, 1)
        } else {
            token(rest, at, notation)
        };
        if tokens.is_empty() {
            // A value takes two bytes with what parts it from the next, and most rows are short.
            tokens.reserve(((range.end - at) / 2 + 1).min(16));
        }
        tokens.push(Token {
            kind,
            range: at..at + len,
            lines,
            glued,
        });
        at += len;
        lines = 0;
        glued = true;
    }
    tokens
}

/// The token at the start of `rest`, and its length.
fn token(rest: &str, at: usize, notation: Notation<'_>) -> (Kind, usize) {
    let ends = |tail: &str| {
        tail.is_empty()
            || tail.starts_with(|c: char| {
                c.is_whitespace()
                    || c == BORDER
                    || c == NOISE
                    || matches!(c, '+' | '-')
                    || c.is_ascii_digit()
            })
    };
    if let Some(len) = bare_count(rest) {
        let value = exact(&rest[..len]);
        let kind = Kind::Number {
            value,
            figure: at..at + len,
            minus: false,
            unit: None,
        };
        return (kind, len);
    }
    if let Ok((tail, number)) = notation.number(rest) {
        let Number {
            value,
            figure,
            minus,
            unit,
            raw,
        } = number;
        let figure = at..at + figure.len();
        if ends(tail) {
            let unit = unit.map(|unit| {
                let start = at + raw.find(unit).unwrap_or_default();
                start..start + unit.len()
            });
            let kind = Kind::Number {
                value,
                figure,
                minus,
                unit,
            };
            return (kind, raw.len());
        }
        if tail.starts_with(is_letter) && unit.is_none() {
            return (Kind::Lead { figure, minus }, raw.len());
        }
    }
    let stop = |c: char| c.is_whitespace() || c == BORDER;
    let atom = rest.find(stop).map_or(rest, |end| &rest[..end]);
    if notation.is_placeholder(atom) {
        return (Kind::Placeholder, atom.len());
    }
    (Kind::Word, atom.len().max(1))
}

/// The length of the digits that fill the start of `rest` up to the end of a cell, as most values
/// do: nothing that [`Notation::number`] knows can follow there.
fn bare_count(rest: &str) -> Option<usize> {
    let len = rest.bytes().take_while(u8::is_ascii_digit).count();
    let ends = matches!(rest.as_bytes().get(len), None | Some(b'\n' | b'\t' | b'|'));
    (len > 0 && ends).then_some(len)
}

/// One place of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// The token that fills it; none where it is blank.
    pub(crate) token: Option<Token>,
    /// Where it is: the token, or the white space between two borders.
    pub(crate) range: Range<usize>,
    /// Whether a line ends inside a blank field.
    pub(crate) over_line: bool,
    /// Whether more than one token stands in it.
    pub(crate) crowded: bool,
    /// Whether nothing at all stands between its borders, not even a space.
    pub(crate) empty: bool,
}

impl Field {
    pub(crate) fn is_blank(&self) -> bool {
        self.token.is_none()
    }
}

/// The fields of a row written with borders. What stands before the first border belongs to the
/// label's own cell; what stands behind the last is a field only if something is there.
pub(crate) fn bordered(tokens: &[Token], end: usize) -> Vec<Field> {
    let mut fields = Vec::new();
    let mut cell: Vec<&Token> = Vec::new();
    let mut start = tokens.first().map_or(end, |token| token.range.start);
    let mut lines = 0;
    let mut seen_border = false;
    for token in tokens {
        lines += token.lines;
        if token.kind == Kind::Border {
            if seen_border || !cell.is_empty() {
                fields.push(field(&cell, start..token.range.start, lines));
            }
            seen_border = true;
            cell.clear();
            start = token.range.end;
            lines = 0;
        } else {
            cell.push(token);
        }
    }
    if !cell.is_empty() {
        fields.push(field(&cell, start..end, lines));
    }
    fields
}

fn field(cell: &[&Token], range: Range<usize>, lines: usize) -> Field {
    match cell {
        [] => Field {
            token: None,
            empty: range.is_empty(),
            range,
            over_line: lines > 0,
            crowded: false,
        },
        [one] => Field {
            range: one.range.clone(),
            token: Some((*one).clone()),
            over_line: false,
            crowded: false,
            empty: false,
        },
        [first, .., last] => {
            let range = first.range.start..last.range.end;
            let token = Token {
                kind: Kind::Word,
                range: range.clone(),
                ..(*first).clone()
            };
            Field {
                token: Some(token),
                range,
                over_line: false,
                crowded: true,
                empty: false,
            }
        }
    }
}

/// The fields of a row whose values nothing but white space separates.
pub(crate) fn spaced(tokens: &[Token]) -> Vec<Field> {
    tokens
        .iter()
        .filter(|token| token.is_value())
        .map(|token| Field {
            range: token.range.clone(),
            token: Some(token.clone()),
            over_line: false,
            crowded: false,
            empty: false,
        })
        .collect()
}
