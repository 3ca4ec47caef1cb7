//! `gongkai convert` beside the `opencc` command on the same text, one thread each, start and
//! dictionaries included: `cargo bench --features convert --bench convert`. A number after `--` is
//! how many made reports; 100 if none is given.
//!
//! Each distinct line of a block is converted once, and reports share their labels; the second text
//! has a number before each line, so that none is there twice.

#![allow(clippy::unwrap_used)]

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bench::case::Case;
use bench::damage::Damage;
use bench::layout::{LAYOUTS, Layout};

/// How often each command runs; the best counts.
const RUNS: usize = 9;

fn main() {
    let count = std::env::args()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(100_usize);
    let layouts: Vec<Layout> = LAYOUTS.iter().map(|(layout, _)| *layout).collect();
    let text: String = (0..count)
        .map(|at| Case::new(layouts[at % layouts.len()], Damage::None, at as u64).text())
        .collect();
    let numbered: String = text
        .lines()
        .enumerate()
        .map(|(number, line)| format!("{number} {line}\n"))
        .collect();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let mut out = std::io::stdout().lock();
    for (name, text) in [("as they are", text), ("no line twice", numbered)] {
        let path = folder.join("convert.txt");
        std::fs::write(&path, &text).unwrap();
        let size = text.len() as f64 / 1e6;
        writeln!(out, "\n{count} reports, {name}, {size:.2} MB").unwrap();
        for (to, configuration) in [
            ("hans", "t2s.json"),
            ("hant", "s2t.json"),
            ("tw", "s2tw.json"),
        ] {
            let mut own = Command::new(env!("CARGO_BIN_EXE_gongkai"));
            own.args(["convert", "--to", to]).arg(&path);
            let mut other = Command::new("opencc");
            other.args(["-c", configuration, "-i"]).arg(&path);
            let (mut best, mut best_other) = (Duration::MAX, Some(Duration::MAX));
            // In turn, so that both have the same machine.
            for _ in 0..RUNS {
                best = best.min(took(&mut own).unwrap());
                best_other = best_other.min(took(&mut other));
            }
            let ms = |duration: Duration| duration.as_secs_f64() * 1e3;
            match best_other {
                None => writeln!(
                    out,
                    "{to:5} gongkai {:8.1} ms, opencc is not installed",
                    ms(best)
                ),
                Some(other) => writeln!(
                    out,
                    "{to:5} gongkai {:8.1} ms, opencc {:8.1} ms: {:.2} times its time",
                    ms(best),
                    ms(other),
                    ms(best) / ms(other)
                ),
            }
            .unwrap();
        }
        std::fs::remove_file(&path).unwrap();
    }
}

/// How long a command takes; none where it cannot be run.
fn took(command: &mut Command) -> Option<Duration> {
    let start = Instant::now();
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.ok()?.success().then(|| start.elapsed())
}
