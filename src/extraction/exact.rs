//! Decimals as JSON numbers with the digits they were printed with.
//!
//! Nearly every number of a report is a small count, which needs no text of its own on the way.

use rust_decimal::Decimal;
use serde::Serializer;

/// Serialises a number.
pub(super) fn number<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    match small(value) {
        Some(count) => serializer.serialize_i64(count),
        None => rust_decimal::serde::arbitrary_precision::serialize(value, serializer),
    }
}

/// Serialises a number, or null.
pub(super) fn option<S: Serializer>(
    value: &Option<Decimal>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => number(value, serializer),
        None => serializer.serialize_none(),
    }
}

/// The number where an integer prints as it does: `1.0` and `-0` have digits or a sign more.
fn small(value: &Decimal) -> Option<i64> {
    let plain = value.scale() == 0 && !(value.is_zero() && value.is_sign_negative());
    plain
        .then(|| i64::try_from(value.mantissa()).ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use rust_decimal::Decimal;

    use crate::extraction::Suspect;

    #[test]
    fn digits_stay_as_they_are() {
        let all = "0 -0 0.0 -0.00 259 -3 1.0 7730.28 -0.5 9223372036854775807 9223372036854775808 \
                   -9223372036854775808 79228162514264337593543950335 -79228162514264337593543950335";
        for text in all.split(' ') {
            let value: Decimal = text.parse().unwrap();
            let cell = String::new();
            let json = serde_json::to_string(&Suspect { cell, value }).unwrap();
            assert_eq!(json, format!(r#"{{"cell":"","value":{value}}}"#));
        }
    }
}
