//! Fields with white space between them -> readings.

use super::{Reading, RowText, Slot, Style, Traits, into_slot, slot, spread};
use crate::field::{Field, Kind};

/// The ways to read a row whose cells have nothing but white space between them.
pub(super) fn in_space(
    row: &RowText,
    mut fields: Vec<Field>,
    count: usize,
    columns: &[Traits],
    style: &Style,
) -> Vec<Reading> {
    let is_pad = |field: &Field| {
        field
            .token
            .as_ref()
            .is_some_and(|token| token.kind == Kind::Placeholder && token.range.len() == 1)
    };
    if fields.len() >= count {
        let (cells, rest) = fields.split_at(count);
        let settled = match style.width {
            // In a padded table `-` in the last cell may be a pad as well as a placeholder; one
            // before a number is a placeholder, if the row is as wide as the others.
            Some(width) => {
                !cells.iter().any(is_pad)
                    || fields.len() + row.labels == width && !cells.last().is_some_and(is_pad)
            }
            None => true,
        };
        if settled && (rest.is_empty() || style.width.is_some() && rest.iter().all(is_pad)) {
            if style.usual_gap.is_some_and(|usual| shuffled(row, usual)) {
                return Vec::new();
            }
            fields.truncate(count);
            return vec![fields.into_iter().map(into_slot).collect()];
        }
    }
    if style.width.is_some() {
        fields.retain(|field| !is_pad(field));
    }
    if fields.is_empty() {
        return Vec::new();
    }
    if fields.len() < count
        && let Some(reading) = by_gaps(row, &fields, count, style)
    {
        return vec![reading];
    }
    spread(&fields, columns, false).unwrap_or_default()
}

/// Whether a blank line of the row changed places with a value: one gap is wider than the usual
/// one, and another is narrower.
fn shuffled(row: &RowText, usual: usize) -> bool {
    let lines = || {
        let values = row.values().skip(1).map(|token| token.lines);
        values.chain((!row.cut).then_some(row.lines_behind))
    };
    !row.over_mark
        && lines().any(|lines| lines > usual + 1)
        && lines().any(|lines| lines < usual + 1)
}

/// Whether values of a row stand further apart than is usual: a cell between them may be empty, and
/// what fills the row the value of another table.
pub(super) fn widened(row: &RowText, usual: usize) -> bool {
    let mut gaps = row.values().skip(1).map(|token| token.lines);
    !row.over_mark && gaps.any(|lines| lines > usual + 1)
}

/// Places values by the blank lines between them: where cells are `gap` blank lines apart, a
/// wider gap holds empty cells and an ordinary one does not.
fn by_gaps(row: &RowText, fields: &[Field], count: usize, style: &Style) -> Option<Reading> {
    let gap = style.gap?;
    let missing = count - fields.len();
    let behind = fields.last().map(|field| field.range.end);
    let pad = row
        .values()
        .find(|token| behind.is_some_and(|behind| token.range.start >= behind));
    let cells = fields
        .iter()
        .filter_map(|field| field.token.as_ref())
        .map(|token| token.lines);
    let lines = cells.chain([pad.map_or(row.lines_behind, |pad| pad.lines)]);
    let mut excess: Vec<usize> = lines.map(|lines| lines.saturating_sub(gap + 1)).collect();
    // What parts all rows is no cell of this one.
    if let (Some(last), None) = (excess.last_mut(), pad) {
        *last = last.saturating_sub(style.end_gap.saturating_sub(gap + 1));
    }
    if row.cut || row.over_mark || excess.len() != fields.len() + 1 {
        return None;
    }
    // Blank lines behind a table, or a label that is broken over lines, are not of its cells.
    let is_open = row.wrapped && excess.first() != Some(&0)
        || row.last && pad.is_none() && excess.last() != Some(&0);
    if is_open {
        return None;
    }
    // A line for each empty cell, or as many as for the others: one and a cell without a trace may
    // leave as many as two.
    let cells = excess.iter().sum::<usize>() / (gap + 1);
    if gap > 0 && excess.iter().all(|excess| excess % (gap + 1) == 0) && cells < missing {
        return None;
    }
    let wide: Vec<usize> = (0..excess.len()).filter(|at| excess[*at] > 0).collect();
    let mut blanks = vec![0; excess.len()];
    match wide.as_slice() {
        // One gap, with a blank line for each of the cells that are missing at least.
        [one] if excess[*one] >= missing => blanks[*one] = missing,
        _ => {
            let unit = [1, gap + 1].into_iter().find(|unit| {
                excess.iter().all(|excess| excess % unit == 0)
                    && excess.iter().sum::<usize>() / unit == missing
            })?;
            for (blanks, excess) in blanks.iter_mut().zip(&excess) {
                *blanks = excess / unit;
            }
        }
    }
    let mut reading = Vec::with_capacity(count);
    for (at, blanks) in blanks.iter().enumerate() {
        reading.extend(std::iter::repeat_n(Slot::Blank, *blanks));
        reading.extend(fields.get(at).map(slot));
    }
    Some(reading)
}
