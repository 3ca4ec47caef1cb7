//! The command over a folder of made reports, beside what else one would do with the same texts:
//! `cargo bench --bench batch`. A number after `--` is how many reports; 10,000 if none is given.
//!
//! Every figure is of this run on this machine; only their ratios say something elsewhere. What is
//! not installed (`opencc`, Python with pandas and lxml) is said to be missing and left out.

#![allow(clippy::unwrap_used)]

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bench::case::Case;
use bench::damage::Damage;
use bench::layout::{LAYOUTS, Layout};
use sha2::{Digest, Sha256};

/// What the parts are compared on that are too slow for the whole folder.
const FEW: usize = 200;

fn main() {
    let count = std::env::args()
        .find_map(|argument| argument.parse().ok())
        .unwrap_or(10_000_usize);
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("batch");
    let _ = std::fs::remove_dir_all(&folder);
    let all = write(&folder.join("all"), count, &shown());
    let tenth = write(&folder.join("tenth"), count.div_ceil(10), &shown());
    let pages = write(&folder.join("pages"), FEW.min(count), &[Layout::Html]);
    let bytes: u64 = all.iter().map(|path| path.metadata().unwrap().len()).sum();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);

    let mut out = std::io::stdout().lock();
    writeln!(out, "{count} reports, {:.1} MB", bytes as f64 / 1e6).unwrap();
    writeln!(
        out,
        "\n{:44} {:>9} {:>9} {:>9} {:>9}",
        "", "seconds", "a report", "reports/s", "peak"
    )
    .unwrap();
    let mut line = |name: &str, count: usize, took: Duration, peak: Option<u64>| {
        let seconds = took.as_secs_f64();
        let each = seconds / count as f64;
        let peak = peak.map_or(String::new(), |kib| format!("{:.1} MB", kib as f64 / 1e3));
        writeln!(
            out,
            "{name:44} {seconds:>9.3} {:>6.0} µs {:>9.0} {peak:>9}",
            each * 1e6,
            1.0 / each
        )
        .unwrap();
        each
    };

    let floor = floor(&all);
    let floor = line("floor: files read and hashed", count, floor, None);
    let target = folder.join("out.jsonl");
    let (took, few_peak) = command(&folder.join("tenth"), 1, &target);
    line(
        "parse, a tenth, 1 thread",
        tenth.len(),
        took,
        Some(few_peak),
    );
    let (took, peak) = command(&folder.join("all"), 1, &target);
    let one = line("parse, 1 thread", count, took, Some(peak));
    let written = target.metadata().unwrap().len();
    let (took, many_peak) = command(&folder.join("all"), cores, &target);
    let many = line(
        &format!("parse, {cores} threads"),
        count,
        took,
        Some(many_peak),
    );
    let (took, _) = command(&folder.join("pages"), 1, &target);
    let page = line("parse, HTML pages, 1 thread", pages.len(), took, None);
    let pandas = pandas(&folder.join("pages"));
    let pandas = pandas.map(|took| line("pandas.read_html, HTML pages", pages.len(), took, None));
    let opencc = opencc(&folder, &all);
    let opencc = opencc.map(|took| line("opencc -c t2s, one file of all texts", count, took, None));

    writeln!(
        out,
        "\nJSON for each byte of text: {:.1}",
        written as f64 / bytes as f64
    )
    .unwrap();
    writeln!(out, "parse, 1 thread: {:.1} times the floor", one / floor).unwrap();
    writeln!(
        out,
        "{cores} threads: {:.2} times as fast as one",
        one / many
    )
    .unwrap();
    let grown = peak as f64 / few_peak as f64;
    writeln!(
        out,
        "memory: {grown:.2} times that of a tenth of the reports"
    )
    .unwrap();
    match pandas {
        Some(pandas) => writeln!(out, "pandas.read_html: {:.0} times as slow", pandas / page),
        None => writeln!(
            out,
            "pandas.read_html: Python, pandas or lxml is not installed"
        ),
    }
    .unwrap();
    match opencc {
        Some(opencc) => writeln!(out, "opencc: {:.2} times the time of parse", opencc / one),
        None => writeln!(out, "opencc: not installed"),
    }
    .unwrap();
    let _ = std::fs::remove_dir_all(&folder);
}

/// The layouts that show their cells, as nearly all texts do.
fn shown() -> Vec<Layout> {
    let layouts = LAYOUTS.iter().map(|(layout, _)| *layout);
    layouts.filter(|layout| layout.shows_cells()).collect()
}

fn write(folder: &Path, count: usize, layouts: &[Layout]) -> Vec<PathBuf> {
    std::fs::create_dir_all(folder).unwrap();
    (0..count)
        .map(|at| {
            let text = Case::new(layouts[at % layouts.len()], Damage::None, at as u64).text();
            let path = folder.join(format!("{at:06}.txt"));
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect()
}

fn floor(paths: &[PathBuf]) -> Duration {
    let start = Instant::now();
    for path in paths {
        std::hint::black_box(Sha256::digest(std::fs::read(path).unwrap()));
    }
    start.elapsed()
}

/// How long the command takes, and the most memory it had, in KiB.
fn command(folder: &Path, jobs: usize, target: &Path) -> (Duration, u64) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_gongkai"))
        .arg("parse")
        .arg(folder)
        .arg("-o")
        .arg(target)
        .args(["--jobs", &jobs.to_string(), "--progress", "never"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(high_water(child.id()).unwrap_or_default());
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    assert!(status.success(), "{status}");
    (start.elapsed(), peak)
}

/// The most memory a process has had, where the system says so.
fn high_water(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix(" kB")?.parse().ok()
}

/// How long pandas takes to read the tables of the pages, without its start.
fn pandas(pages: &Path) -> Option<Duration> {
    const SCRIPT: &str = "\
import io, pathlib, sys, time
import lxml, pandas
pages = [path.read_text('utf-8') for path in sorted(pathlib.Path(sys.argv[1]).iterdir())]
pandas.read_html(io.StringIO(pages[0]))
start = time.perf_counter()
for page in pages:
    pandas.read_html(io.StringIO(page))
print(time.perf_counter() - start)
";
    let made = Command::new("python3")
        .args(["-c", SCRIPT])
        .arg(pages)
        .output()
        .ok()?;
    let seconds = String::from_utf8(made.stdout).ok()?.trim().parse().ok()?;
    Some(Duration::from_secs_f64(seconds))
}

/// How long `opencc` takes for all texts in one file.
fn opencc(folder: &Path, paths: &[PathBuf]) -> Option<Duration> {
    let (input, output) = (folder.join("all.txt"), folder.join("converted.txt"));
    let mut all = std::fs::File::create(&input).unwrap();
    for path in paths {
        all.write_all(&std::fs::read(path).unwrap()).unwrap();
    }
    let start = Instant::now();
    let status = Command::new("opencc")
        .args(["-c", "t2s.json", "-i"])
        .arg(&input)
        .arg("-o")
        .arg(&output)
        .status()
        .ok()?;
    status.success().then(|| start.elapsed())
}
