//! Values that stand apart from their labels.
//!
//! Some programs write all labels of a page and then all its values, column after column; some
//! write a value before its label; some lose a label. Rows and columns then still follow the
//! order of the form, so the values of a stretch can be given to its rows if their number fits
//! exactly and the sums of the rows hold. Where a table has no equations to judge by, only an
//! arrangement that nothing else could produce is accepted.

use std::ops::Range;

use crate::field::Token;
use crate::grid::{Draft, Reader};
use crate::row::{Reading, RowText, Slot, Style, fits, plain, sum_holds};

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
) -> bool {
    let foreign = apart.foreign;
    if style.bordered || style.glued {
        withhold_inverted(reader, drafts);
        return torn;
    }
    // `-` among padded headers is no value.
    let padded = style.width.is_some();
    let head: Vec<Token> = apart
        .head
        .iter()
        .filter(|token| token.is_number() || token.is_value() && !padded)
        .cloned()
        .collect();
    if !foreign && values_first(reader, drafts, &head) {
        return !reader.equations.is_empty();
    }
    let leading = head.iter().filter(|token| token.is_number()).count();
    // What follows the table may leave a number behind the last label: 2019年…
    let bare_end = drafts
        .last()
        .is_some_and(|last| last.text.values().count() < reader.traits.len());
    let first_is_first = drafts
        .first()
        .is_some_and(|first| !reader.has_rows_before(first.row));
    let headless =
        leading > 0 && (bare_end || first_is_first && leading >= reader.traits.len() && foreign);
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
    if !headless
        && !lost_first(reader, drafts, &head)
        && !drafts.first().is_some_and(|first| first.options.is_empty())
    {
        loose.extend(
            head.iter()
                .filter(|token| token.is_number())
                .map(|token| token.range.clone()),
        );
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
        let stop = drafts.get(end).and_then(|draft| draft.anchor);
        let stop = stop.map_or(usize::MAX, |anchor| {
            reader.document.anchors[anchor].range.start
        });
        let within = apart
            .strays
            .iter()
            .filter(|token| token.range.start >= start && token.range.start < stop);
        spare.extend(within.cloned());
        let lone = end - at == 1 && spare.is_empty() && !drafts[at].options.is_empty();
        let mut made = 0;
        // Words hide a label, and with it a code that would look like a value.
        let closed = |draft: &Draft| draft.text.uncoded || codes && draft.text.doubtful;
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
            draft
                .anchor
                .filter(|_| filled)
                .map(|anchor| reader.document.anchors[anchor].range.start)
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
    let bare = |draft: &Draft| draft.text.values().next().is_none();
    let group = drafts
        .iter()
        .any(|draft| rows[draft.row].group && draft.text.values().any(Token::is_number));
    let row = drafts
        .iter()
        .any(|draft| !rows[draft.row].group && bare(draft));
    if !(reader.equations.is_empty() && group && row) {
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
    let start = |draft: &Draft| {
        draft
            .anchor
            .map(|anchor| reader.document.anchors[anchor].range.start)
    };
    let mut order: Vec<usize> = (0..drafts.len())
        .filter(|at| drafts[*at].anchor.is_some())
        .collect();
    order.sort_by_key(|at| start(&drafts[*at]));
    let bare = |draft: &Draft| draft.text.values().next().is_none();
    for pair in order.windows(2) {
        if bare(&drafts[pair[0]]) && !bare(&drafts[pair[1]]) {
            drafts[pair[1]].options.clear();
        }
    }
}

/// Each label behind its own values: as many values before the first label as behind any other,
/// and none behind the last.
fn values_first(reader: &Reader<'_>, drafts: &mut [Draft], head: &[Token]) -> bool {
    let count = reader.traits.len();
    let Some((last, others)) = drafts.split_last() else {
        return false;
    };
    let number = |draft: &Draft| draft.text.values().count();
    let fits = head.len() == count
        && number(last) == 0
        && others.iter().all(|draft| number(draft) == count);
    // One row of several cells could as well be a row whose label was moved.
    let sure = count == 1 || !others.is_empty() || !reader.sums_of(last.row).is_empty();
    if !(fits && sure) {
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
        drafts.insert(
            0,
            Draft {
                row: *row,
                anchor: None,
                text,
                options,
                direct: true,
                withheld: false,
            },
        );
        return true;
    }
    false
}

/// The rows of a stretch with their readings, if its values fit them.
fn stretch(
    reader: &Reader<'_>,
    drafts: &[Draft],
    spare: &[Token],
    before: Option<usize>,
    after: Option<usize>,
    padded: bool,
) -> Option<Vec<Draft>> {
    let count = reader.traits.len();
    let rows = &reader.definition.rows;
    let mut values: Vec<Token> = spare.to_vec();
    values.extend(drafts.iter().flat_map(|draft| draft.text.values().cloned()));
    values.sort_by_key(|token| token.range.start);
    values.retain(|token| !padded || token.is_number());
    if values.is_empty() {
        return None;
    }
    let has_children =
        |group: usize, among: &[usize]| among.iter().any(|row| rows[*row].parent == Some(group));
    let labelled: Vec<usize> = drafts.iter().map(|draft| draft.row).collect();
    let mut wanted: Vec<usize> = labelled
        .iter()
        .copied()
        .filter(|row| !rows[*row].group || !has_children(*row, &labelled))
        .collect();
    if values.len() != wanted.len() * count {
        // Rows whose labels are lost count in, if then everything fits.
        let from = before.map_or(0, |row| row + 1);
        let to = after.unwrap_or(rows.len());
        wanted = (from..to)
            .filter(|row| !rows[*row].group || wanted.contains(row))
            .collect();
        if values.len() != wanted.len() * count {
            return None;
        }
    }
    let labels_end = drafts
        .iter()
        .filter_map(|draft| draft.anchor.filter(|_| wanted.contains(&draft.row)))
        .map(|anchor| reader.document.anchors[anchor].range.end)
        .max();
    let apart =
        labels_end.is_some_and(|end| values.first().is_some_and(|token| token.range.start >= end));
    let judged = wanted.iter().all(|row| !reader.sums_of(*row).is_empty());
    let single = wanted.len() == 1 && (count == 1 || judged || labels_end.is_none());
    if !(single || judged || apart && labelled.len() == wanted.len()) {
        return None;
    }
    let readings = in_order(reader, &wanted, &values)
        .or_else(|| columns_out_of_order(reader, drafts, &wanted, &values))?;
    let fit = |reading: &Reading| {
        reading
            .iter()
            .zip(reader.traits)
            .all(|(slot, traits)| !matches!(slot, Slot::Field(field) if !fits(field, *traits)))
    };
    if !readings.iter().flatten().all(fit) {
        return None;
    }
    let direct = wanted.len() == 1;
    Some(
        wanted
            .iter()
            .zip(readings)
            .map(|(row, options)| {
                let draft = drafts.iter().find(|draft| draft.row == *row);
                let tokens = options
                    .first()
                    .map(|reading| reading.iter().filter_map(token).collect())
                    .unwrap_or_default();
                let text = RowText {
                    tokens,
                    ..RowText::default()
                };
                Draft {
                    row: *row,
                    anchor: draft.and_then(|draft| draft.anchor),
                    text,
                    options,
                    direct,
                    withheld: false,
                }
            })
            .collect(),
    )
}

fn token(slot: &Slot) -> Option<Token> {
    match slot {
        Slot::Field(field) => field.token.clone(),
        _ => None,
    }
}

/// Readings with rows and columns in the order of the form: the rows fall into blocks, and each
/// block was written column after column (a block of one row is the row itself).
fn in_order(reader: &Reader<'_>, rows: &[usize], values: &[Token]) -> Option<Vec<Vec<Reading>>> {
    let count = reader.traits.len();
    let total = rows.len();
    let cell = |start: usize, size: usize, row: usize, column: usize| {
        &values[start * count + column * size + row - start]
    };
    let reading = |start: usize, size: usize, row: usize| -> Reading {
        (0..count)
            .map(|column| Slot::Field(plain(cell(start, size, row, column))))
            .collect()
    };
    // fits[start][size]: whether the sums hold in every row of that block.
    let holds = |start: usize, size: usize| {
        (start..start + size).all(|row| sums_hold(reader, rows[row], &reading(start, size, row)))
    };
    let fits: Vec<Vec<bool>> = (0..total)
        .map(|start| {
            (0..=total - start)
                .map(|size| size > 0 && (size == 1 || count > 1) && holds(start, size))
                .collect()
        })
        .collect();
    let mut from_start = vec![false; total + 1];
    from_start[0] = true;
    for start in 0..total {
        for size in 1..=total - start {
            if from_start[start] && fits[start][size] {
                from_start[start + size] = true;
            }
        }
    }
    let mut to_end = vec![false; total + 1];
    to_end[total] = true;
    for start in (0..total).rev() {
        to_end[start] = (1..=total - start).any(|size| fits[start][size] && to_end[start + size]);
    }
    if !to_end[0] {
        return None;
    }
    let mut readings: Vec<Vec<Reading>> = vec![Vec::new(); total];
    for start in 0..total {
        for size in 1..=total - start {
            if !(from_start[start] && fits[start][size] && to_end[start + size]) {
                continue;
            }
            for (row, of_row) in readings.iter_mut().enumerate().skip(start).take(size) {
                let reading = reading(start, size, row);
                let values = |reading: &Reading| -> Vec<Option<String>> {
                    reading
                        .iter()
                        .map(|slot| {
                            token(slot)
                                .map(|token| reader.document.text.get(&token.range).to_string())
                        })
                        .collect()
                };
                if !of_row.iter().any(|other| values(other) == values(&reading)) {
                    of_row.push(reading);
                }
            }
        }
    }
    Some(readings)
}

fn sums_hold(reader: &Reader<'_>, row: usize, reading: &Reading) -> bool {
    let mut sums = reader.sums_of(row).iter();
    sums.all(|sum| sum_holds(sum, reading))
}

/// Readings where whole columns were written one after the other, but not in the order of the
/// form: which column is the total is told by the sums, the others stay open where they differ.
fn columns_out_of_order(
    reader: &Reader<'_>,
    drafts: &[Draft],
    rows: &[usize],
    values: &[Token],
) -> Option<Vec<Vec<Reading>>> {
    let count = reader.traits.len();
    let mut readings: Vec<Vec<Reading>> = Vec::with_capacity(rows.len());
    let mut at = 0;
    // A block ends where the labels of the next page begin.
    let anchor = |row: usize| {
        drafts
            .iter()
            .find(|draft| draft.row == row)
            .and_then(|draft| draft.anchor)
    };
    let start_of =
        |row: usize| anchor(row).map(|anchor| reader.document.anchors[anchor].range.start);
    while at < rows.len() {
        let first_value = values.get(at * count)?.range.start;
        let size = rows[at..]
            .iter()
            .take_while(|row| start_of(**row).is_some_and(|start| start < first_value))
            .count();
        let block = values.get(at * count..(at + size) * count)?;
        if size == 0 {
            return None;
        }
        let columns: Vec<&[Token]> = block.chunks(size).collect();
        let orders = orders(reader, &columns, &rows[at..at + size])?;
        let tokens = |order: &[usize], row: usize| -> Reading {
            let cells = order
                .iter()
                .filter_map(|column| columns.get(*column)?.get(row));
            cells.map(|token| Slot::Field(plain(token))).collect()
        };
        for row in 0..size {
            let mut options: Vec<Reading> = Vec::new();
            for order in &orders {
                let reading = tokens(order, row);
                let amounts =
                    |reading: &Reading| reading.iter().map(Slot::amount).collect::<Vec<_>>();
                if !options
                    .iter()
                    .any(|other| amounts(other) == amounts(&reading))
                {
                    options.push(reading);
                }
            }
            readings.push(options);
        }
        at += size;
    }
    Some(readings)
}

/// The orders of written columns under which the sums of every row hold.
fn orders(reader: &Reader<'_>, columns: &[&[Token]], rows: &[usize]) -> Option<Vec<Vec<usize>>> {
    /// More orders than this say nothing about any cell.
    const MOST: usize = 2000;
    let count = columns.len();
    let said = |column: usize| {
        columns[column]
            .iter()
            .map(|token| reader.document.text.get(&token.range))
            .collect::<Vec<_>>()
    };
    let mut found: Vec<Vec<usize>> = Vec::new();
    let mut order: Vec<usize> = Vec::new();
    fn descend(
        order: &mut Vec<usize>,
        count: usize,
        same: &dyn Fn(usize, usize) -> bool,
        found: &mut Vec<Vec<usize>>,
    ) -> bool {
        if order.len() == count {
            found.push(order.clone());
            return found.len() <= MOST;
        }
        for column in 0..count {
            // Of equal columns only the first unused one is tried.
            let twin = (0..column).any(|other| !order.contains(&other) && same(other, column));
            if order.contains(&column) || twin {
                continue;
            }
            order.push(column);
            let go_on = descend(order, count, same, found);
            order.pop();
            if !go_on {
                return false;
            }
        }
        true
    }
    let texts: Vec<_> = (0..count).map(said).collect();
    let same = |a: usize, b: usize| texts[a] == texts[b];
    if !descend(&mut order, count, &same, &mut found) {
        return None;
    }
    found.retain(|order| {
        rows.iter().enumerate().all(|(at, row)| {
            let reading: Reading = order
                .iter()
                .map(|column| Slot::Field(plain(&columns[*column][at])))
                .collect();
            sums_hold(reader, *row, &reading)
        })
    });
    (!found.is_empty()).then_some(found)
}
