use std::collections::BTreeMap;

use serde::Serialize;

use super::{Json, is_plain};

fn json(value: &impl Serialize) -> String {
    let mut json = Json(String::new());
    value.serialize(&mut json).unwrap();
    json.0
}

#[test]
fn every_character_is_written_as_serde_json_writes_it() {
    for c in ('\0'..='\u{180}').chain(['公', '\u{2028}', '\u{10FFFF}']) {
        for before in 0..18 {
            let text = format!("{}{c}{}", "x".repeat(before), "府".repeat(before / 5));
            assert_eq!(json(&text), serde_json::to_string(&text).unwrap());
        }
    }
}

#[test]
fn what_needs_an_escape_is_found_wherever_it_stands() {
    for length in 0..40 {
        let plain = vec![b'~'; length];
        assert!(is_plain(&plain));
        for at in 0..length {
            for byte in 0..=u8::MAX {
                let mut text = plain.clone();
                text[at] = byte;
                let special = byte < 0x20 || byte == b'"' || byte == b'\\';
                assert_eq!(is_plain(&text), !special);
            }
        }
    }
}

#[test]
fn every_kind_of_value_is_written_as_serde_json_writes_it() {
    #[derive(Serialize)]
    struct Unit;
    #[derive(Serialize)]
    struct Text(String);
    #[derive(Serialize)]
    enum Kind {
        Plain,
        Of(char),
    }
    #[derive(Serialize)]
    struct All {
        unit: Unit,
        nothing: (),
        kinds: Vec<Kind>,
        text: Text,
        logic: Vec<Option<bool>>,
        #[serde(flatten)]
        numbers: Numbers,
        map: BTreeMap<&'static str, Vec<u8>>,
        exact: serde_json::Value,
    }
    #[derive(Serialize)]
    struct Numbers {
        u8: u8,
        u16: u16,
        u32: u32,
        u64: Vec<u64>,
        i8: i8,
        i16: i16,
        i32: i32,
        i64: Vec<i64>,
        i128: i128,
        u128: u128,
        f32: f32,
        f64: f64,
    }
    let exact = "[-0.10, 123456789012345678901234567890, {\"a\": 1.50}]";
    let all = All {
        unit: Unit,
        nothing: (),
        kinds: vec![Kind::Plain, Kind::Of('"')],
        text: Text("公开\t".to_owned()),
        logic: vec![Some(true), Some(false), None],
        numbers: Numbers {
            u8: 0,
            u16: 10,
            u32: u32::MAX,
            u64: vec![u64::MAX, 99, 100],
            i8: -1,
            i16: -12,
            i32: i32::MIN,
            i64: vec![i64::MIN, -7, 0, i64::MAX],
            i128: i128::MIN,
            u128: u128::MAX,
            f32: 0.5,
            f64: -1.25,
        },
        map: BTreeMap::from([("a", vec![1, 2]), ("\n", vec![])]),
        exact: serde_json::from_str(exact).unwrap(),
    };
    assert_eq!(json(&all), serde_json::to_string(&all).unwrap());
}

#[test]
fn what_the_model_has_not_is_refused() {
    let mut json = Json(String::new());
    assert!((1, 2).serialize(&mut json).is_err());
}
