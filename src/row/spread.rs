//! Fields -> readings: every way to put them into the columns.

use super::{OPTIONS, Reading, Slot, Traits, slot};
use crate::field::{Field, Kind, Token};

/// Every way to put the fields into the columns in order: some cells missing, or some fields too
/// many. None where there are more ways than help anyone.
pub(crate) fn spread(fields: &[Field], columns: &[Traits]) -> Option<Vec<Reading>> {
    let mut readings = Vec::new();
    if fields.len() <= columns.len() {
        place(fields, columns, &mut Vec::new(), &mut readings);
    } else if fields.len() - columns.len() <= 2 {
        pick(fields, columns, &mut Vec::new(), &mut readings);
    }
    (readings.len() <= OPTIONS).then_some(readings)
}

fn place(fields: &[Field], columns: &[Traits], made: &mut Reading, readings: &mut Vec<Reading>) {
    if readings.len() > OPTIONS {
        return;
    }
    let Some((traits, rest)) = columns.split_first() else {
        if fields.is_empty() {
            readings.push(made.clone());
        }
        return;
    };
    if let Some((field, others)) = fields.split_first()
        && fits(field, *traits)
    {
        made.push(slot(field));
        place(others, rest, made, readings);
        made.pop();
    }
    if fields.len() < columns.len() {
        made.push(Slot::Missing);
        place(fields, rest, made, readings);
        made.pop();
    }
}

fn pick(fields: &[Field], columns: &[Traits], made: &mut Reading, readings: &mut Vec<Reading>) {
    if made.len() == columns.len() {
        readings.push(made.clone());
        return;
    }
    if readings.len() > OPTIONS || fields.len() < columns.len() - made.len() {
        return;
    }
    for (at, field) in fields.iter().enumerate() {
        if columns
            .get(made.len())
            .is_some_and(|traits| fits(field, *traits))
        {
            made.push(slot(field));
            pick(&fields[at + 1..], columns, made, readings);
            made.pop();
        }
    }
}

/// Whether a value may stand in a column at all.
pub(crate) fn fits(field: &Field, traits: Traits) -> bool {
    match &field.token {
        Some(Token {
            kind: Kind::Number {
                value: Some(value), ..
            },
            ..
        }) => {
            (traits.signed || !value.is_sign_negative())
                && (traits.decimal || value.fract().is_zero())
        }
        _ => true,
    }
}
