//! How long reading takes, in process and on one thread: `cargo bench`.
//!
//! Stage by stage, the reports of `samples/` and one report of the layout bench in every layout,
//! where the throughput compares texts that differ in length. A name after `--` picks some:
//! `cargo bench --bench speed -- whole`. `batch` measures the command.

#![allow(clippy::unwrap_used)]

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::fmt;
use std::path::{Path, PathBuf};

use bench::case::Case;
use bench::damage::Damage;
use bench::layout::LAYOUTS;
use divan::Bencher;
use divan::counter::BytesCount;
use gongkai::form::{Form, Grammars};
use gongkai::{Extraction, Extractor, Options, Source, check, extract};

/// As the command has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // What is made once for all reports is measured on its own.
    Extractor::embedded();
    divan::main();
}

/// Bytes to text.
#[divan::bench(args = inputs(), max_time = 0.3)]
fn decode(bencher: Bencher<'_, '_>, input: &Input) {
    let options = Options::default();
    bencher
        .counter(BytesCount::of_slice(&input.bytes))
        .bench_local(|| Source::decode(&input.bytes, &options.encoding).unwrap());
}

/// Bytes to the typed extraction, checks included.
#[divan::bench(args = inputs(), max_time = 0.3)]
fn whole(bencher: Bencher<'_, '_>, input: &Input) {
    bencher
        .counter(BytesCount::of_slice(&input.bytes))
        .bench_local(|| read(&input.bytes));
}

/// The checks alone, which `whole` includes.
#[divan::bench(args = of_forms(), max_time = 0.3)]
fn checks(bencher: Bencher<'_, '_>, input: &Input) {
    let extraction = read(&input.bytes);
    let form = form(&extraction).unwrap();
    bencher.bench_local(|| check::evaluate(form, &extraction));
}

/// The extraction to compact JSON.
#[divan::bench(args = inputs(), max_time = 0.3)]
fn json(bencher: Bencher<'_, '_>, input: &Input) {
    let extraction = read(&input.bytes);
    bencher
        .counter(BytesCount::of_slice(&input.bytes))
        .bench_local(|| extraction.to_json().unwrap());
}

/// The built-in grammars and their wordings, made once for all reports.
#[divan::bench]
fn extractor() -> Extractor {
    Extractor::new(Grammars::embedded().clone())
}

fn read(bytes: &[u8]) -> Extraction {
    extract(bytes, &Options::default()).unwrap()
}

/// The form of a report; none for one without tables.
fn form(extraction: &Extraction) -> Option<&'static Form> {
    Grammars::embedded().form(&extraction.form.as_ref()?.id)
}

/// A report and what it is.
struct Input {
    name: String,
    bytes: Vec<u8>,
}

impl fmt::Display for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

/// The reports that have a form, hence checks.
fn of_forms() -> Vec<Input> {
    let mut inputs = inputs();
    inputs.retain(|input| form(&read(&input.bytes)).is_some());
    inputs
}

fn inputs() -> Vec<Input> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let forms = entries(&folder).into_iter().filter(|path| path.is_dir());
    let samples = forms.flat_map(|form| entries(&form)).map(|path| Input {
        name: path
            .strip_prefix(&folder)
            .unwrap()
            .with_extension("")
            .display()
            .to_string(),
        bytes: std::fs::read(&path).unwrap(),
    });
    let layouts = LAYOUTS.iter().map(|(layout, name)| Input {
        name: format!("layout {name}"),
        bytes: Case::new(*layout, Damage::None, 1).text().into_bytes(),
    });
    samples.chain(layouts).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}
