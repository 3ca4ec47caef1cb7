//! Values and rows of a stretch -> readings, rows and columns in the order of the form.

use super::columns::columns_out_of_order;
use crate::field::Token;
use crate::grid::{Draft, Reader};
use crate::row::{Reading, RowText, Slot, fits, plain, sum_holds};

/// The rows of a stretch with their readings, if its values fit them.
pub(super) fn stretch(
    reader: &Reader<'_>,
    drafts: &[Draft],
    spare: &[Token],
    before: Option<usize>,
    after: Option<usize>,
    padded: bool,
) -> Option<Vec<Draft>> {
    let count = reader.traits.len();
    let rows = &reader.definition.rows;
    // Part of a row out of place: where in the row it belongs, no sum says.
    if !spare.len().is_multiple_of(count) {
        return None;
    }
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
    // A group whose values may be those of a row that lost its label.
    if drafts
        .iter()
        .any(|draft| draft.withheld && wanted.contains(&draft.row))
    {
        return None;
    }
    let labels_end = drafts
        .iter()
        .filter_map(|draft| draft.anchor.filter(|_| wanted.contains(&draft.row)))
        .map(|anchor| reader.document.anchors[anchor].range.end)
        .max();
    let apart =
        labels_end.is_some_and(|end| values.first().is_some_and(|token| token.range.start >= end));
    let judged = wanted.iter().all(|row| !reader.sums_of(*row).is_empty());
    // A sum over a placeholder holds whatever stands beside it, and would judge nothing.
    if judged && wanted.len() > 1 && !values.iter().all(Token::is_number) {
        return None;
    }
    let single = wanted.len() == 1 && (count == 1 || judged || labels_end.is_none());
    if !(single || judged || apart && labelled.len() == wanted.len()) {
        return None;
    }
    let (mut readings, mut twins) = match in_order(reader, &wanted, &values) {
        Some(found) => found,
        None => {
            let found = columns_out_of_order(reader, drafts, &wanted, &values)?;
            (found, Vec::new())
        }
    };
    twins.resize_with(wanted.len(), Vec::new);
    for (row, options) in wanted.iter().zip(&mut readings) {
        // A whole row behind its label may be its own, whatever the order of the labels.
        let draft = drafts.iter().find(|draft| draft.row == *row);
        let own = draft.map(|draft| draft.text.values().cloned().collect::<Vec<Token>>());
        if let Some(own) = own.filter(|own| own.len() == count) {
            let own: Reading = own.iter().map(|token| Slot::Field(plain(token))).collect();
            if !options.contains(&own) && sums_hold(reader, *row, &own) {
                options.push(own);
            }
        }
    }
    let fit = |reading: &Reading| {
        reading
            .iter()
            .zip(reader.traits)
            .all(|(slot, traits)| !matches!(slot, Slot::Field(field) if !fits(field, *traits)))
    };
    if !readings.iter().flatten().all(fit) {
        return None;
    }
    if !drafts
        .iter()
        .all(|draft| keeps_line(reader, draft, &wanted, &readings))
    {
        return None;
    }
    let direct = wanted.len() == 1;
    Some(
        wanted
            .iter()
            .zip(readings)
            .zip(twins)
            .map(|((row, options), twins)| {
                let anchor = drafts.iter().find(|draft| draft.row == *row);
                let anchor = anchor.and_then(|draft| draft.anchor);
                let tokens = options
                    .first()
                    .map(|reading| reading.iter().filter_map(token).collect())
                    .unwrap_or_default();
                let text = RowText {
                    tokens,
                    ..RowText::default()
                };
                Draft {
                    options,
                    twins,
                    direct,
                    ..Draft::new(*row, anchor, text, false)
                }
            })
            .collect(),
    )
}

/// Whether a row keeps the values that stand on the line of its label: those were not moved.
fn keeps_line(
    reader: &Reader<'_>,
    draft: &Draft,
    wanted: &[usize],
    readings: &[Vec<Reading>],
) -> bool {
    let Some(anchor) = draft.anchor else {
        return true;
    };
    let end = reader.document.anchors[anchor].range.end;
    let behind = draft.text.values().filter(|token| token.range.start >= end);
    let mut on_line = behind.take_while(|token| token.lines == 0);
    let own = wanted.iter().position(|row| *row == draft.row);
    on_line.all(|value| {
        let has = |reading: &Reading| {
            let mut tokens = reading.iter().filter_map(token);
            tokens.any(|token| token.range == value.range)
        };
        own.is_some_and(|at| readings[at].iter().all(has))
    })
}

fn token(slot: &Slot) -> Option<Token> {
    match slot {
        Slot::Field(field) => field.token.clone(),
        _ => None,
    }
}

/// Readings of each row, and beside them those that are one of them at other places.
type Arranged = (Vec<Vec<Reading>>, Vec<Vec<(usize, Reading)>>);

/// Readings with rows and columns in the order of the form: the rows fall into blocks, and each
/// block was written column after column (a block of one row is the row itself).
fn in_order(reader: &Reader<'_>, rows: &[usize], values: &[Token]) -> Option<Arranged> {
    /// More places than this are not weighed for the cells of a row.
    const MOST_TWINS: usize = 64;
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
    let mut twins: Vec<Vec<(usize, Reading)>> = vec![Vec::new(); total];
    for start in 0..total {
        for size in 1..=total - start {
            if !(from_start[start] && fits[start][size] && to_end[start + size]) {
                continue;
            }
            for row in start..start + size {
                let reading = reading(start, size, row);
                let of_row = &mut readings[row];
                let values = |reading: &Reading| -> Vec<Option<String>> {
                    reading
                        .iter()
                        .map(|slot| {
                            token(slot)
                                .map(|token| reader.document.text.get(&token.range).to_string())
                        })
                        .collect()
                };
                let said = values(&reading);
                match of_row.iter().position(|other| values(other) == said) {
                    Some(at) if twins[row].len() < MOST_TWINS => twins[row].push((at, reading)),
                    Some(_) => {}
                    None => of_row.push(reading),
                }
            }
        }
    }
    Some((readings, twins))
}

fn sums_hold(reader: &Reader<'_>, row: usize, reading: &Reading) -> bool {
    let mut sums = reader.sums_of(row).iter();
    sums.all(|sum| sum_holds(sum, reading))
}
