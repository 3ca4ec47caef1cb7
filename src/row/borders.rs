//! Fields between borders -> readings.

use super::{DEPTHS, OPTIONS, Reading, RowText, Slot, Style, Traits, slot, spread};
use crate::field::{Field, Kind};

/// The ways to read a row whose cells have borders between them.
pub(super) fn in_borders(
    row: &RowText,
    fields: Vec<Field>,
    count: usize,
    columns: &[Traits],
    style: &Style,
) -> Vec<Reading> {
    let lead = style.lead[row.depth.min(DEPTHS - 1)].unwrap_or_default();
    let end = fields.get(lead + count - 1);
    let doubtful_end = style.merged
        && end.is_none_or(Field::is_blank)
        && fields.iter().any(|field| !field.is_blank());
    if fields.len() >= lead + count && !doubtful_end {
        let windows: Vec<usize> = windows(&fields, count).collect();
        if style.wide && fields.len() > lead + count {
            return Vec::new();
        }
        // What stands behind the border that closes a row is none of its cells, or one too many.
        let last = row.tokens.last();
        let spilt = last.is_some_and(|token| token.kind != Kind::Border);
        if style.closed && spilt && fields.len() > lead + count {
            return Vec::new();
        }
        let starts = match style.lead[row.depth.min(DEPTHS - 1)] {
            // Every whole row of this depth begins there.
            Some(lead) if fields.len() > count => {
                windows.into_iter().filter(|start| *start == lead).collect()
            }
            _ => windows,
        };
        if starts.len() > OPTIONS {
            return Vec::new();
        }
        let mut readings: Vec<Reading> = starts
            .into_iter()
            .map(|start| fields[start..start + count].iter().map(slot).collect())
            .collect();
        let lone = style.lone && !style.per_line;
        let unknown = style.lead[row.depth.min(DEPTHS - 1)].is_none();
        let filled = fields.iter().any(|field| !field.is_blank());
        let sure = style.html && fields.len() == count;
        if filled && !sure && (lone || unknown) && fields[0].is_blank() {
            // Either its first cell is empty, or what stands there opens the row or is left of a
            // merged label, and a cell is lost.
            let filled: Vec<Field> = fields.into_iter().filter(|it| !it.is_blank()).collect();
            let Some(others) = spread(&filled, columns, true) else {
                return Vec::new();
            };
            readings.extend(others);
        }
        return readings;
    }
    if fields.iter().take(lead).any(|field| !field.is_blank()) {
        // Without the lead of other rows, it has all of its cells or nobody knows which.
        let whole = fields.len() == count && !fields.iter().any(Field::is_blank);
        let readings = whole.then(|| fields.iter().map(slot).collect());
        return readings.into_iter().collect();
    }
    let fields: Vec<Field> = fields.into_iter().skip(lead).collect();
    // A row without label shows nowhere else that blank cells are printed.
    if row.cut && !style.short && row.labels > 0 {
        let mut reading: Reading = fields.iter().map(slot).collect();
        reading.resize(count, Slot::Missing);
        return vec![reading];
    }
    let filled: Vec<Field> = fields
        .into_iter()
        .filter(|field| !field.is_blank())
        .collect();
    if filled.is_empty() {
        Vec::new()
    } else {
        spread(&filled, columns, true).unwrap_or_default()
    }
}

/// Where `count` fields can begin so that no filled field is left out.
pub(crate) fn windows(fields: &[Field], count: usize) -> impl Iterator<Item = usize> {
    let first = fields
        .iter()
        .position(|field| !field.is_blank())
        .unwrap_or(fields.len());
    let last = fields
        .iter()
        .rposition(|field| !field.is_blank())
        .map_or(0, |last| last + 1);
    let starts = 0..(fields.len() + 1).saturating_sub(count);
    starts.filter(move |start| *start <= first && start + count >= last)
}
