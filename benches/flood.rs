//! Inputs of one thing over and over, a hundred thousand times and four times as often:
//! `cargo bench --bench flood`. A number after `--` is how often; a word, which floods to make.
//!
//! What is linear takes four times as long and four times the room for four times the input.

#![allow(clippy::unwrap_used)]

#[path = "../tests/flood/mod.rs"]
mod flood;

use std::io::Write as _;
use std::time::Instant;

use flood::FLOODS;
use gongkai::{Extractor, Options};

fn main() {
    let arguments = std::env::args().skip(1);
    let (mut count, mut only) = (100_000, None);
    for word in arguments.filter(|word| !word.starts_with("--")) {
        match word.parse() {
            Ok(number) => count = number,
            Err(_) => only = Some(word),
        }
    }
    let _ = Extractor::embedded();
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{:26} {:>8} {:>9} {:>9} {:>6} {:>9} {:>9} {:>6}",
        "", "MB", "ms", "of 4 n", "times", "MB peak", "of 4 n", "times"
    )
    .unwrap();
    let floods = FLOODS.iter();
    for (name, flood) in
        floods.filter(|(name, _)| only.as_deref().is_none_or(|only| name.contains(only)))
    {
        let few = taken(&flood(count));
        let many = taken(&flood(4 * count));
        writeln!(
            out,
            "{name:26} {:>8.2} {:>9.1} {:>9.1} {:>6.1} {:>9.1} {:>9.1} {:>6.1}",
            few.bytes / 1e6,
            few.seconds * 1e3,
            many.seconds * 1e3,
            many.seconds / few.seconds,
            few.peak / 1e6,
            many.peak / 1e6,
            many.peak / few.peak
        )
        .unwrap();
    }
}

/// What reading a flood took.
struct Taken {
    bytes: f64,
    seconds: f64,
    peak: f64,
}

fn taken(text: &str) -> Taken {
    let options = Options {
        max_bytes: usize::MAX,
        ..Options::default()
    };
    let begun = Instant::now();
    let memory = allocation_counter::measure(|| {
        let read = Extractor::embedded().extract(text.as_bytes(), &options);
        drop(read.unwrap());
    });
    Taken {
        bytes: text.len() as f64,
        seconds: begun.elapsed().as_secs_f64(),
        peak: memory.bytes_max as f64,
    }
}
