//! Fields -> options: the ways one row can be read.
//!
//! One option means that the layout itself shows which value is which cell. Several options go
//! to [`crate::solve`]. None means that nothing can be said.

use std::ops::Range;

use rust_decimal::prelude::ToPrimitive;

use crate::field::{Field, Kind, Token, bordered, spaced};
use crate::solve::Amount;
use crate::text::Text;

use borders::in_borders;
pub(crate) use borders::windows;
use cut::cuts;
pub(crate) use cut::cuts_where;
use space::{in_space, widened};
pub(crate) use spread::{fits, spread};

mod borders;
mod cut;
mod space;
mod spread;

/// What stands in one column of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Slot {
    /// A value, a placeholder or some other text.
    Field(Field),
    /// Visibly empty.
    Blank,
    /// Not in the text.
    Missing,
}

impl Slot {
    /// Where it stands, if it is in the text.
    pub(crate) fn place(&self) -> Option<&Range<usize>> {
        match self {
            Self::Field(field) => Some(&field.range),
            _ => None,
        }
    }

    /// The slot as the equations see it: only a whole number is known.
    pub(crate) fn amount(&self) -> Amount {
        let Self::Field(Field {
            token:
                Some(Token {
                    kind:
                        Kind::Number {
                            value: Some(value), ..
                        },
                    ..
                }),
            ..
        }) = self
        else {
            return Amount::Missing;
        };
        match value.to_i64() {
            Some(count) if value.is_integer() => Amount::Known(count),
            _ => Amount::Missing,
        }
    }
}

/// One way to read a row: a slot for each column.
pub(crate) type Reading = Vec<Slot>;

/// What a column's values may look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Traits {
    pub(crate) signed: bool,
    pub(crate) decimal: bool,
}

/// The text of one row, label excluded.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowText {
    pub(crate) tokens: Vec<Token>,
    /// Where the next label begins.
    pub(crate) end: usize,
    /// Line ends between the last token and `end`.
    pub(crate) lines_behind: usize,
    /// Labels printed in the row: its own and those of the groups it opens.
    pub(crate) labels: usize,
    /// Whether the text ends in this row.
    pub(crate) cut: bool,
    /// Whether words that are no label stand before or among its values.
    pub(crate) doubtful: bool,
    /// Whether its values may be something else: a code, a line number, those of another row.
    pub(crate) uncoded: bool,
    /// Whether numbers on a line of their own were cut off behind it.
    pub(crate) spilt: bool,
    /// Whether its label is broken over lines.
    pub(crate) wrapped: bool,
    /// Whether it is the last row of its table.
    pub(crate) last: bool,
    /// Whether a number stands below it that was taken for a page's.
    pub(crate) followed: bool,
    /// How many rows of the form stand above it in the hierarchy.
    pub(crate) depth: usize,
    /// Whether a page mark stands in it, so that blank lines say nothing.
    pub(crate) over_mark: bool,
}

impl RowText {
    pub(crate) fn values(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().filter(|token| token.is_value())
    }

    /// Values before any words that begin a line: what stands behind those is rather theirs.
    pub(crate) fn own_values(&self) -> impl Iterator<Item = &Token> {
        let own = |token: &&Token| token.kind != Kind::Word || token.lines == 0;
        let values = self.tokens.iter().take_while(own);
        values.filter(|token| token.is_value())
    }
}

/// How the rows of a table are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// Borders (`|`, tabs, HTML cells) stand between the cells.
    pub(crate) bordered: bool,
    /// The cells are those of a page, which says how far each of them reaches.
    pub(crate) html: bool,
    /// A row lies on one line.
    pub(crate) per_line: bool,
    /// Nothing stands between the cells.
    pub(crate) glued: bool,
    /// Blank lines between two cells, where it is the same throughout.
    pub(crate) gap: Option<usize>,
    /// Line ends that stand at least behind a whole row.
    pub(crate) end_gap: usize,
    /// Blank lines between most cells.
    pub(crate) usual_gap: Option<usize>,
    /// Cells a row is padded to with `-`, its labels counted in.
    pub(crate) width: Option<usize>,
    /// Empty cells that merged labels leave before the values, for rows of each depth of the
    /// form's hierarchy.
    pub(crate) lead: [Option<usize>; 4],
    /// Whether the values of a row take more cells than the table has columns, so that one of them
    /// is none of the form's.
    pub(crate) wide: bool,
    /// Whether it is the only row, so that no other shows where values begin.
    pub(crate) lone: bool,
    /// Whether a border closes the last cell of a line.
    pub(crate) closed: bool,
    /// Whether `||` with nothing between is what a merged cell left, and no empty cell.
    pub(crate) fillers: bool,
    /// Whether merged cells did leave such fillers, so that an empty cell at the end of a row may
    /// be one too.
    pub(crate) merged: bool,
    /// Whether a whole row with values has fewer fields than columns, so that where a value stands
    /// among the fields does not say which column it is of.
    pub(crate) short: bool,
}

/// Depths of the hierarchy that are told apart; deeper rows count as the deepest.
pub(crate) const DEPTHS: usize = 4;

/// More readings of a row than this are no help to anyone.
const OPTIONS: usize = 400;

/// The ways to read a row of `columns`. `sums` are the equations within the row: column and
/// factor of each term.
pub(crate) fn options(
    text: &Text,
    row: &RowText,
    columns: &[Traits],
    sums: &[Vec<(usize, i64)>],
    style: &Style,
) -> Vec<Reading> {
    if style.glued {
        return if holds_label(text, row) {
            Vec::new()
        } else {
            cuts(text, row, columns, sums)
        };
    }
    if !style.bordered && glued_pair(row) {
        return cuts(text, row, columns, sums);
    }
    let fields = fields(row, style);
    let count = columns.len();
    if fields.iter().any(|field| field.crowded) {
        return Vec::new();
    }
    if style.bordered {
        return in_borders(row, fields, count, columns, style);
    }
    let few = fields.len() < count;
    let mut readings = in_space(row, fields, count, columns, style);
    if !few && sums.is_empty() && style.usual_gap.is_some_and(|usual| widened(row, usual)) {
        return Vec::new();
    }
    if few && style.per_line && !readings.is_empty() {
        // Too few values on a line: cells may be missing, or a space between two of them.
        readings.extend(cuts(text, row, columns, sums));
    }
    readings
}

/// Whether words of a glued row stand behind a value: they are the label of a row that was not
/// found, and the values behind them are of that row.
fn holds_label(text: &Text, row: &RowText) -> bool {
    let first = row.tokens.iter().position(Token::is_value);
    row.tokens.iter().enumerate().any(|(at, token)| {
        let behind = first.is_some_and(|first| at > first);
        token.kind == Kind::Word
            && (behind
                || text
                    .get(&token.range)
                    .contains(|c: char| c.is_ascii_digit()))
    })
}

/// Whether nothing stands between two values of the row: `0+44`, `10-20`.
fn glued_pair(row: &RowText) -> bool {
    row.tokens
        .windows(2)
        .any(|pair| pair[0].is_value() && pair[1].is_value() && pair[1].glued)
}

/// Whether a value stands where another column's could but its own cannot: a sign beside a signed
/// column, decimals beside a column of amounts. Then the values of the row may be exchanged.
pub(crate) fn exchanged(reading: &Reading, columns: &[Traits]) -> bool {
    let signed = columns.iter().any(|traits| traits.signed);
    let decimal = columns.iter().any(|traits| traits.decimal);
    reading.iter().zip(columns).any(|(slot, own)| match slot {
        Slot::Field(field) => !fits(
            field,
            Traits {
                signed: own.signed || !signed,
                decimal: own.decimal || !decimal,
            },
        ),
        _ => false,
    })
}

/// The fields of a row in a style.
pub(crate) fn fields(row: &RowText, style: &Style) -> Vec<Field> {
    if style.bordered {
        let mut fields = bordered(&row.tokens, row.end);
        if style.per_line {
            fields.retain(|field| !(field.is_blank() && field.over_line));
            // Where the text ends right behind a border, so may the cell.
            let ends = |last: &Token| row.cut && last.range.end == row.end;
            let opens = |last: &&Token| !style.closed && last.kind == Kind::Border && !ends(last);
            if let Some(last) = row.tokens.last().filter(opens) {
                let range = last.range.end..last.range.end;
                fields.push(Field {
                    token: None,
                    range,
                    over_line: false,
                    crowded: false,
                    empty: false,
                });
            }
        }
        if style.fillers {
            let filler = |at: usize| fields.get(at).is_some_and(|field: &Field| field.empty);
            // ` ||`: the space before the first filler is no cell either.
            let before = |at: usize| style.merged && fields[at].is_blank() && filler(at + 1);
            let kept: Vec<bool> = (0..fields.len())
                .map(|at| !(filler(at) || before(at)))
                .collect();
            let mut kept = kept.into_iter();
            fields.retain(|_| kept.next().unwrap_or(true));
        }
        fields
    } else {
        spaced(&row.tokens)
    }
}

fn slot(field: &Field) -> Slot {
    into_slot(field.clone())
}

fn into_slot(field: Field) -> Slot {
    if field.is_blank() {
        Slot::Blank
    } else {
        Slot::Field(field)
    }
}

/// Whether one equation of a row, as column and factor of each term, holds in a reading. Where a
/// cell is missing it may hold.
pub(crate) fn sum_holds(sum: &[(usize, i64)], reading: &Reading) -> bool {
    let mut total = 0_i64;
    for (column, factor) in sum {
        match reading[*column].amount() {
            Amount::Known(count) => total = total.saturating_add(count.saturating_mul(*factor)),
            Amount::Missing => return true,
        }
    }
    total == 0
}

/// A field that holds just one token.
pub(crate) fn plain(token: &Token) -> Field {
    Field {
        range: token.range.clone(),
        token: Some(token.clone()),
        over_line: false,
        crowded: false,
        empty: false,
    }
}
