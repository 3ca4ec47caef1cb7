//! Hostile input: what fuzzing found stays mended, and the laws hold for made-up bytes.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;

use proptest::prelude::*;

mod flood;
mod invariants;

use flood::FLOODS;
use gongkai::{Extractor, Options};
use invariants::LAWS;

/// Files of `tests/findings/<target>/` are inputs that once broke a law, named for what they did.
#[test]
fn findings_stay_mended() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/findings");
    for target in fs::read_dir(&folder).unwrap() {
        let target = target.unwrap().file_name().into_string().unwrap();
        assert!(
            LAWS.iter().any(|(name, _)| *name == target),
            "no law is called {target}"
        );
        for file in fs::read_dir(folder.join(&target)).unwrap() {
            let path = file.unwrap().path();
            let bytes = fs::read(&path).unwrap();
            // Said where a law panics, of which the message is all there is.
            eprintln!("{}", path.display());
            invariants::check(&target, &bytes);
        }
    }
}

/// What is kept at most for each byte of a flood. `Options::max_bytes` says the same.
const BYTES: u64 = 600;

/// Memory is counted, for a count is the same on every machine; `cargo bench --bench flood` shows
/// the times.
#[test]
fn room_and_work_are_linear_in_the_input() {
    let read = |text: &str| {
        let mut bytes = 0;
        let taken = allocation_counter::measure(|| {
            let read = Extractor::embedded().extract(text.as_bytes(), &Options::default());
            bytes = read.unwrap().source.bytes;
        });
        assert_eq!(bytes, text.len());
        taken
    };
    // What is made once is no part of it.
    for (_, flood) in FLOODS {
        read(&flood(1));
    }
    for (name, flood) in FLOODS {
        let (few, many) = (flood(1000), flood(4000));
        let (taken, taken_by_many) = (read(&few), read(&many));
        assert!(
            taken_by_many.bytes_max <= BYTES * many.len() as u64,
            "{name}: {} bytes take {}",
            many.len(),
            taken_by_many.bytes_max
        );
        // Twice what four times as long a text should take: vectors double.
        let linear = |few: u64, many: u64| assert!(many <= 8 * few, "{name}: {few}, then {many}");
        linear(taken.bytes_max, taken_by_many.bytes_max);
        linear(taken.bytes_total, taken_by_many.bytes_total);
        linear(taken.count_total, taken_by_many.count_total);
    }
}

/// Bytes with pieces that mean something to a reader of reports.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    const TELLING: &[&str] = &[
        "规章",
        "行政规范性文件",
        "信息内容",
        "第二十条第（一）项",
        "本年制发件数",
        "总计",
        "\n",
        "\n\n",
        "\r",
        "|",
        "\t",
        " ",
        "　",
        "-",
        "/",
        "0",
        "12",
        "3,456",
        "7.5",
        "00",
        "（",
        "）",
        "<table>",
        "<td>",
        "<tr>",
        "</table>",
        "&nbsp;",
        "<!--",
        "三、",
        "[form]\n",
        "id = 'a'\n",
    ];
    let piece = prop_oneof![
        4 => proptest::sample::select(TELLING).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => proptest::collection::vec(any::<u8>(), 0..6),
    ];
    proptest::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn laws_hold_for_any_bytes(bytes in bytes()) {
        for (_, law) in LAWS {
            law(&bytes);
        }
    }
}
