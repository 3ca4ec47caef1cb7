//! Fields -> readings: every way to put them into the columns.

use super::{OPTIONS, Reading, Slot, Traits, slot};
use crate::field::{Field, Kind, Token};

/// Every way to put the fields into the columns in order: some cells missing, or some fields too
/// many. None where there are more ways than help anyone.
/// Where `bordered`, borders stand between the fields.
pub(crate) fn spread(fields: &[Field], columns: &[Traits], bordered: bool) -> Option<Vec<Reading>> {
    let mut readings = Vec::new();
    if fields.len() <= columns.len() {
        place(fields, columns, &mut Vec::new(), &mut readings);
    } else if fields.len() - columns.len() <= 2 {
        pick(fields, columns, &mut Vec::new(), &mut readings);
        if !bordered {
            join(fields, columns, 0, &mut readings);
        }
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

/// Adds the readings in which the digits of two fields, from the field `from` on, are one number:
/// `1` and `3` as 13.
fn join(fields: &[Field], columns: &[Traits], from: usize, readings: &mut Vec<Reading>) {
    let joins = fields.windows(2).enumerate().skip(from);
    for (at, joined) in joins.filter_map(|(at, pair)| Some((at, joined(&pair[0], &pair[1])?))) {
        let mut fewer = fields.to_vec();
        fewer.splice(at..at + 2, [joined]);
        if fewer.len() > columns.len() {
            pick(&fewer, columns, &mut Vec::new(), readings);
            join(&fewer, columns, at, readings);
        } else {
            place(&fewer, columns, &mut Vec::new(), readings);
        }
    }
}

/// Two fields of digits as one number.
fn joined(a: &Field, b: &Field) -> Option<Field> {
    let digits = |field: &Field| match &field.token.as_ref()?.kind {
        Kind::Number {
            value: Some(value),
            figure,
            ..
        } if value.scale() == 0 && *figure == field.range => Some((*value, figure.len())),
        _ => None,
    };
    let ((head, _), (tail, length)) = (digits(a)?, digits(b)?);
    if head.is_zero() {
        return None;
    }
    let tail = tail.to_string();
    let value = format!("{head}{tail:0>length$}").parse().ok()?;
    let mut field = a.clone();
    field.range.end = b.range.end;
    field.crowded = true;
    if let Some(token) = &mut field.token {
        token.range.end = b.range.end;
        if let Kind::Number { value: both, .. } = &mut token.kind {
            *both = Some(value);
        }
    }
    Some(field)
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
            (traits.signed || !value.is_sign_negative()) && (traits.decimal || value.is_integer())
        }
        _ => true,
    }
}
