//! Rows whose values go on in other lines, or are mixed with those of other rows.

use super::{Document, Draft, Reader};
use crate::field::{Kind, Token};
use crate::row::{Reading, Slot, Style};
use crate::solve::Amount;
use crate::text::{Text, is_gap};
use crate::value::Notation;

impl Reader<'_> {
    /// Whether a sign stands on the line above its number, or within one: 减⏎3, 1⏎,⏎234.
    pub(super) fn has_lone_sign(&self, found: &[Token]) -> bool {
        let genre = self.document.genre;
        let is_sign = |token: &Token| {
            let said = self.document.text.get(&token.range);
            let mut signs = genre.minus_words.iter().chain(&genre.plus_words);
            token.kind == Kind::Word && (said == "+" || signs.any(|sign| sign == said))
        };
        let parts = |token: &Token| {
            token.lines > 0 && matches!(self.document.text.get(&token.range), "," | ".")
        };
        let mut pairs = found.iter().zip(found.iter().skip(1));
        pairs.any(|(sign, number)| {
            number.is_number() && (is_sign(sign) || parts(sign) && number.lines > 0)
        })
    }

    /// Withholds rows whose numbers may go on in another line, where white space as columns have it
    /// stands between cells: `6,75` above a row and `1` in it. Numbers on a line of their own are of
    /// the row above, or of the one below if that has all of its own.
    pub(super) fn withhold_wrapped(&self, drafts: &mut [Draft], head: &[Token], style: &Style) {
        if style.bordered || style.glued {
            return;
        }
        let text = self.document.text;
        let mut rows: Vec<&mut Draft> = drafts.iter_mut().collect();
        rows.sort_by_key(|draft| self.start(draft));
        let mut above = head.iter().any(|token| begins_with_digit(text, token));
        for draft in rows {
            let row = &mut draft.text;
            let wide = self.is_wide(&row.tokens);
            let broken = wide && row.values().skip(1).any(|token| token.lines > 0);
            let surplus = broken && row.values().count() > self.traits.len();
            draft.withheld |= broken || wide && above;
            above = surplus || row.spilt;
        }
    }

    /// Whether white space as columns have it stands between two values of a line.
    pub(super) fn is_wide(&self, row: &[Token]) -> bool {
        let text = self.document.text;
        let values = || row.iter().filter(|token| token.is_value());
        let mut pairs = values().zip(values().skip(1));
        pairs.any(|(a, b)| {
            let between = text.get(&(a.range.end..b.range.start));
            between.len() > 1 && between.bytes().all(|byte| byte == b' ')
        })
    }

    /// Withholds rows whose own sums are broken where others, without borders, have values too few or
    /// too many: its values may be those of several rows. So is one with which the text ends, or
    /// below which a number stands alone.
    pub(super) fn withhold_broken(&self, drafts: &mut [Draft], style: &Style) {
        let count = self.traits.len();
        let values = |draft: &Draft| draft.text.values().count();
        let unsteady = |draft: &Draft| values(draft) > 0 && values(draft) != count;
        let unsteady = !style.bordered && drafts.iter().any(unsteady);
        let end = self.document.text.folded.trim_end().len();
        let ends = |draft: &Draft| {
            let last = draft.text.values().last();
            draft.text.cut && last.is_some_and(|token| token.range.end >= end)
        };
        // The last of them may be the number of a page.
        let on_lines = |draft: &Draft| {
            let mut values = draft.text.values();
            // Beside the label: the others of a layout with a cell a line stand below each other.
            let beside = values.next().is_some_and(|first| first.lines == 0) && !style.bordered;
            let on_lines = style.per_line || beside;
            on_lines && !style.html && values.any(|token| token.lines > 0)
        };
        if !style.bordered && self.are_out_of_order(drafts) {
            for draft in drafts
                .iter_mut()
                .filter(|draft| !self.sums_of(draft.row).is_empty())
            {
                draft.options.clear();
                draft.withheld = true;
            }
        }
        for draft in drafts.iter_mut() {
            let sums = self.sums_of(draft.row);
            let holds = |reading: &Reading| sums.iter().all(|sum| is_kept(sum, reading));
            let Some([reading]) = draft
                .options
                .first_chunk()
                .filter(|_| draft.options.len() == 1)
            else {
                continue;
            };
            let has_blanks = !style.bordered && reading.contains(&Slot::Blank);
            if (unsteady && values(draft) == count || draft.text.followed) && !holds(reading)
                || (has_blanks || ends(draft)) && !sums.iter().all(|sum| may_hold(sum, reading))
                || on_lines(draft) && (style.bordered || sums.is_empty() || !holds(reading))
            {
                draft.options.clear();
                draft.withheld = true;
            }
        }
    }

    /// Whether the own sums of more rows would hold with another column for the total than with the
    /// form's: the columns are in another order.
    fn are_out_of_order(&self, drafts: &[Draft]) -> bool {
        let mut held = 0;
        let mut others = vec![0; self.traits.len()];
        for draft in drafts {
            let ([reading], [sum]) = (draft.options.as_slice(), self.sums_of(draft.row)) else {
                continue;
            };
            let amount = |column: usize| printed(reading, column);
            let amounts = sum.iter().map(|(column, _)| amount(*column));
            let all = amounts.clone().fold(0, i64::saturating_add);
            if amounts.clone().all(|amount| amount == 0) {
                continue;
            }
            held += usize::from(is_kept(sum, reading));
            for (column, _) in sum {
                others[*column] += usize::from(amount(*column).saturating_mul(2) == all);
            }
        }
        others.iter().any(|other| *other > 2 && *other > held)
    }
}

/// Whether a sum holds, with nothing for what is not printed as a number. One without any number
/// does.
pub(super) fn is_kept(sum: &[(usize, i64)], reading: &Reading) -> bool {
    let amounts = sum
        .iter()
        .map(|(column, factor)| printed(reading, *column).saturating_mul(*factor));
    amounts.fold(0, i64::saturating_add) == 0
}

/// The count that is printed in a column, or nothing.
fn printed(reading: &Reading, column: usize) -> i64 {
    match reading[column].amount() {
        Amount::Known(count) => count,
        Amount::Missing => 0,
    }
}

/// Whether a sum can hold with some count, or none, where no number is printed.
fn may_hold(sum: &[(usize, i64)], reading: &Reading) -> bool {
    let (mut known, mut more, mut less) = (0_i64, false, false);
    for (column, factor) in sum {
        match reading[*column].amount() {
            Amount::Known(count) => known = known.saturating_add(count.saturating_mul(*factor)),
            Amount::Missing => {
                more |= *factor > 0;
                less |= *factor < 0;
            }
        }
    }
    match known.signum() {
        0 => true,
        1 => less,
        _ => more,
    }
}

/// Whether a token is a number, or begins as one.
pub(super) fn begins_with_digit(text: &Text, token: &Token) -> bool {
    let said = text.get(&token.range);
    said.starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a number goes on behind a line end or a border, or began before one: `7730.` and `28`.
pub(super) fn is_broken(text: &Text, token: &Token) -> bool {
    if !token.is_number() {
        return false;
    }
    let before = text.folded.get(..token.range.start).unwrap_or_default();
    let behind = text.folded.get(token.range.end..).unwrap_or_default();
    let (head, rest) = (
        before.trim_end_matches(is_gap),
        behind.trim_start_matches(is_gap),
    );
    let digit = |c: char| c.is_ascii_digit();
    let parts = |gap: &str| gap.contains(|c: char| c != ' ');
    let begun = parts(&before[head.len()..])
        && head
            .strip_suffix('.')
            .is_some_and(|head| head.ends_with(digit));
    let goes_on = parts(&behind[..behind.len() - rest.len()])
        && rest
            .strip_prefix('.')
            .is_some_and(|rest| rest.starts_with(digit));
    begun || goes_on
}

/// Whether a word right behind a value is rather a part of it.
pub(super) fn is_continued(document: &Document<'_>, found: &[Token]) -> bool {
    let mut after_value = false;
    let mut tokens = found.iter().filter(|token| token.kind != Kind::Border);
    let continues = |word: &Token| {
        let said = document.text.get(&word.range);
        word.kind == Kind::Word && Notation(document.genre).continues(said)
    };
    tokens.any(|token| std::mem::replace(&mut after_value, token.is_value()) && continues(token))
}
