//! Values that stand apart from their labels.
//!
//! Some programs write all labels of a page and then all its values, column after column; some
//! write a value before its label; some lose a label. Rows and columns then still follow the
//! order of the form, so the values of a stretch can be given to its rows if their number fits
//! exactly and the sums of the rows hold. Where a table has no equations to judge by, only an
//! arrangement that nothing else could produce is accepted.

use std::ops::Range;

use crate::field::{Kind, Token};
use crate::grid::{Draft, Reader};
use crate::row::{Reading, RowText, Slot, Style, exchanged, plain};

use stretch::stretch;

mod columns;
mod stretch;

/// What stands among the rows of a table and is in none of them.
pub(crate) struct Apart<'a> {
    /// Tokens before the first row.
    pub(crate) head: &'a [Token],
    /// Values behind headers that are printed again.
    pub(crate) strays: &'a [Token],
    /// Whether rows stand among them that the form does not have.
    pub(crate) foreign: bool,
}

/// Gives the rows that did not come out whole the readings that the order of the form leaves.
/// Returns whether the table is torn.
pub(crate) fn place(
    reader: &Reader<'_>,
    drafts: &mut Vec<Draft>,
    apart: &Apart<'_>,
    style: &Style,
    mut torn: bool,
    loose: &mut Vec<Range<usize>>,
    turned: &mut Option<Reading>,
) -> bool {
    let foreign = apart.foreign;
    if style.bordered || style.glued {
        withhold_inverted(reader, drafts);
        return torn;
    }
    // `-` among padded headers is no value.
    let text = reader.document.text;
    let is_pad = |token: &Token| style.width.is_some() && token.may_pad(text);
    let head: Vec<Token> = apart
        .head
        .iter()
        .filter(|token| token.is_value() && !is_pad(token))
        .cloned()
        .collect();
    if !foreign && values_first(reader, drafts, &head, turned) {
        return !reader.equations.all.is_empty();
    }
    let leading = head.len();
    // What follows the table may leave a number behind the last label: 2019年…
    let bare_end = drafts
        .last()
        .is_some_and(|last| last.text.own_values().count() < reader.traits.len());
    let first_is_first = drafts
        .first()
        .is_some_and(|first| !reader.has_rows_before(first.row));
    // Where a blank row stands before the first label, no value does.
    let leading_blank = bare_end && reader.blank_before(drafts, style);
    let headless = leading_blank
        || leading > 0 && (bare_end || first_is_first && leading >= reader.traits.len() && foreign);
    if headless {
        // Values stand before the first label and none behind the last: each row may be that of
        // the label behind it.
        torn = true;
        for draft in drafts.iter_mut() {
            draft.options.clear();
        }
        if foreign {
            // Which values are those of the row that the form does not have, nothing says.
            let values = drafts.iter().flat_map(|draft| draft.text.values());
            loose.extend(head.iter().chain(values).map(|token| token.range.clone()));
            return true;
        }
    }
    torn |= withhold_inverted(reader, drafts);
    torn |= withhold_behind_groups(reader, drafts);
    if torn
        || drafts
            .iter()
            .any(|draft| draft.text.values().count() > reader.traits.len() && style.width.is_none())
    {
        withhold_after_bare(reader, drafts);
    }
    let spare = drafts.first().is_some_and(|first| first.options.is_empty());
    // A word with a digit at its end may be the label of the first row with its value.
    let hidden = |token: &Token| {
        token.kind == Kind::Word
            && text
                .get(&token.range)
                .ends_with(|c: char| c.is_ascii_digit())
    };
    let named = |token: &Token| token.kind == Kind::Word && reader.is_wording_of_its_own(token);
    let lost = !apart.head.iter().any(|token| hidden(token) || named(token))
        && lost_first(reader, drafts, &head);
    if !headless && !lost && leading > 0 && !spare {
        // A value before the first label: each row may be that of the label behind it.
        torn = true;
        if leading >= reader.traits.len() || reader.equations.all.is_empty() {
            for draft in drafts.iter_mut() {
                draft.options.clear();
            }
        } else {
            loose.extend(head.iter().map(|token| token.range.clone()));
        }
    }
    let whole = |draft: &Draft| draft.options.len() == 1;
    let codes = reader.definition.rows.iter().any(|row| row.code.is_some());
    let mut at = 0;
    while at < drafts.len() {
        if whole(&drafts[at]) {
            at += 1;
            continue;
        }
        let end = (at..drafts.len())
            .find(|other| whole(&drafts[*other]))
            .unwrap_or(drafts.len());
        let before = at.checked_sub(1).map(|before| drafts[before].row);
        let after = drafts.get(end).map(|draft| draft.row);
        let mut spare = if at == 0 { head.clone() } else { Vec::new() };
        let start = at
            .checked_sub(1)
            .and_then(|before| drafts[before].text.values().last());
        let start = start.map_or(0, |token| token.range.end);
        let stop = drafts
            .get(end)
            .and_then(|draft| reader.start(draft))
            .unwrap_or(usize::MAX);
        let within = apart
            .strays
            .iter()
            .filter(|token| token.range.start >= start && token.range.start < stop);
        spare.extend(within.cloned());
        let lone = end - at == 1 && spare.is_empty() && !drafts[at].options.is_empty();
        let mut made = 0;
        // Words hide a label, and with it a code that would look like a value.
        // So they do right before a value on its line: 约 20, 罚款（万元） 93.
        let worded = |draft: &Draft| {
            let mut pairs = draft.text.tokens.windows(2);
            pairs.any(|pair| pair[0].kind == Kind::Word && pair[1].is_value() && pair[1].lines == 0)
        };
        let closed =
            |draft: &Draft| draft.text.uncoded || draft.text.doubtful && (codes || worded(draft));
        let uncoded = drafts[at..end].iter().any(closed);
        if !lone || torn || uncoded {
            let filled = stretch(
                reader,
                &drafts[at..end],
                &spare,
                before,
                after,
                style.width.is_some(),
            );
            match filled.filter(|_| !uncoded) {
                Some(filled) => {
                    made = filled.len();
                    torn |= filled.len() > 1 || reader.traits.len() > 1;
                    drafts.splice(at..end, filled);
                }
                None if torn
                    || uncoded
                    || drafts[at..end]
                        .iter()
                        .filter(|draft| draft.text.values().next().is_some())
                        .count()
                        > 1 =>
                {
                    for draft in &mut drafts[at..end] {
                        loose.extend(draft.text.values().map(|token| token.range.clone()));
                        draft.options.clear();
                    }
                }
                None => {}
            }
        }
        at = if made > 0 { at + made } else { end };
    }
    torn
}

/// Rows whose labels stand in another order than the form's, each with its own values: either the
/// labels or the values may be out of place. Returns whether there are any.
fn withhold_inverted(reader: &Reader<'_>, drafts: &mut [Draft]) -> bool {
    let places: Vec<Option<usize>> = drafts
        .iter()
        .map(|draft| {
            let filled = draft.text.values().next().is_some();
            reader.start(draft).filter(|_| filled)
        })
        .collect();
    let inverted: Vec<bool> = (0..places.len())
        .map(|at| {
            let Some(here) = places[at] else { return false };
            places[..at].iter().flatten().any(|other| *other > here)
                || places[at + 1..].iter().flatten().any(|other| *other < here)
        })
        .collect();
    for (draft, inverted) in drafts.iter_mut().zip(&inverted) {
        if *inverted {
            draft.options.clear();
        }
    }
    inverted.contains(&true)
}

/// Values behind a group's label while a row has none: every value may be that of the label behind
/// it, and without equations nothing says otherwise.
fn withhold_behind_groups(reader: &Reader<'_>, drafts: &mut [Draft]) -> bool {
    let rows = &reader.definition.rows;
    let group = drafts
        .iter()
        .any(|draft| rows[draft.row].group && draft.text.values().any(Token::is_number));
    let row = drafts
        .iter()
        .any(|draft| !rows[draft.row].group && draft.is_bare());
    if !(reader.equations.all.is_empty() && group && row) {
        return false;
    }
    for draft in drafts.iter_mut() {
        draft.text.uncoded = true;
        draft.options.clear();
    }
    true
}

/// Rows that stand right behind a label without values: in a torn table their values may be those
/// of that label.
fn withhold_after_bare(reader: &Reader<'_>, drafts: &mut [Draft]) {
    let mut order: Vec<usize> = (0..drafts.len())
        .filter(|at| drafts[*at].anchor.is_some())
        .collect();
    order.sort_by_key(|at| reader.start(&drafts[*at]));
    for pair in order.windows(2) {
        if drafts[pair[0]].is_bare() && !drafts[pair[1]].is_bare() {
            drafts[pair[1]].options.clear();
        }
    }
}

/// Each label behind its own values: as many values before the first label as behind any other,
/// and none behind the last. What is so of a lone row goes to `turned`, for other tables to bear out.
fn values_first(
    reader: &Reader<'_>,
    drafts: &mut [Draft],
    head: &[Token],
    turned: &mut Option<Reading>,
) -> bool {
    let count = reader.traits.len();
    let Some((last, others)) = drafts.split_last() else {
        return false;
    };
    let number = |draft: &Draft| draft.text.values().count();
    // On one line with its label a value may as well be that of the label before.
    let fits = head.len() == count
        && head.iter().all(|token| token.lines > 0)
        && number(last) == 0
        && !reader.is_open_end(last)
        && others.iter().all(|draft| number(draft) == count);
    // One row of several cells could as well be a row whose label was moved.
    let sure = count == 1 || !others.is_empty() || !reader.sums_of(last.row).is_empty();
    if !(fits && sure) {
        let slot = |token| Slot::Field(plain(token));
        let reading = (fits && !last.withheld).then(|| head.iter().map(slot).collect());
        *turned = reading.filter(|reading| !exchanged(reading, reader.traits));
        return false;
    }
    let mut values: Vec<Vec<Token>> = vec![head.to_vec()];
    values.extend(
        others
            .iter()
            .map(|draft| draft.text.values().cloned().collect()),
    );
    for (draft, values) in drafts.iter_mut().zip(values) {
        draft.options = vec![
            values
                .iter()
                .map(|token| Slot::Field(plain(token)))
                .collect(),
        ];
        draft.text.tokens = values;
        draft.text.cut = false;
        if draft.withheld {
            draft.options.clear();
        }
    }
    true
}

/// A whole row between the header and the second row of the form, its label lost.
fn lost_first(reader: &Reader<'_>, drafts: &mut Vec<Draft>, head: &[Token]) -> bool {
    let count = reader.traits.len();
    let Some(first) = drafts.first().filter(|first| first.options.len() == 1) else {
        return false;
    };
    let missing: Vec<usize> = (0..first.row)
        .filter(|row| !reader.definition.rows[*row].group)
        .collect();
    if let [row] = missing.as_slice()
        && head.len() == count
        && head.iter().all(Token::is_number)
    {
        let options = vec![head.iter().map(|token| Slot::Field(plain(token))).collect()];
        let text = RowText {
            tokens: head.to_vec(),
            ..RowText::default()
        };
        let draft = Draft::new(*row, None, text, false);
        drafts.insert(0, Draft { options, ..draft });
        return true;
    }
    false
}
