//! How long reading takes, in process and on one thread: `cargo bench`.
//!
//! First the reports of `samples/`, stage by stage; then one report of the layout bench in every
//! layout, where the throughput compares layouts that differ in length. A name after `--` picks
//! some: `cargo bench -- whole`.

#![allow(clippy::unwrap_used)]

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::fmt;
use std::path::{Path, PathBuf};

use bench::case::Case;
use bench::damage::Damage;
use bench::layout::{LAYOUTS, Layout};
use divan::Bencher;
use divan::counter::BytesCount;
use gongkai::form::Grammars;
use gongkai::{Extraction, Extractor, Options, Source, check, extract};

fn main() {
    // What is made once for all reports is measured on its own.
    Extractor::embedded();
    divan::main();
}

/// Bytes to text.
#[divan::bench(args = samples())]
fn decode(bencher: Bencher<'_, '_>, sample: &Sample) {
    let options = Options::default();
    bencher
        .counter(BytesCount::of_slice(&sample.bytes))
        .bench_local(|| Source::decode(&sample.bytes, &options.encoding).unwrap());
}

/// Bytes to the typed extraction, checks included.
#[divan::bench(args = samples())]
fn whole(bencher: Bencher<'_, '_>, sample: &Sample) {
    bencher
        .counter(BytesCount::of_slice(&sample.bytes))
        .bench_local(|| read(&sample.bytes));
}

/// The checks alone, which `whole` includes.
#[divan::bench(args = samples())]
fn checks(bencher: Bencher<'_, '_>, sample: &Sample) {
    let extraction = read(&sample.bytes);
    let id = &extraction.form.as_ref().unwrap().id;
    let form = Grammars::embedded().form(id).unwrap();
    bencher.bench_local(|| check::evaluate(form, &extraction));
}

/// The extraction to compact JSON.
#[divan::bench(args = samples())]
fn json(bencher: Bencher<'_, '_>, sample: &Sample) {
    let extraction = read(&sample.bytes);
    bencher
        .counter(BytesCount::of_slice(&sample.bytes))
        .bench_local(|| serde_json::to_vec(&extraction).unwrap());
}

/// One report in every layout, bytes to the typed extraction.
#[divan::bench(args = layouts(), max_time = 1)]
fn layout(bencher: Bencher<'_, '_>, layout: &Named) {
    let text = Case::new(layout.0, Damage::None, 1).text();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench_local(|| read(text.as_bytes()));
}

/// The built-in grammars and their wordings, made once for all reports.
#[divan::bench]
fn extractor() -> Extractor {
    Extractor::new(Grammars::embedded().clone())
}

fn read(bytes: &[u8]) -> Extraction {
    extract(bytes, &Options::default()).unwrap()
}

/// A report of `samples/`.
struct Sample {
    name: String,
    bytes: Vec<u8>,
}

impl fmt::Display for Sample {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

fn samples() -> Vec<Sample> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let forms = entries(&folder).into_iter().filter(|path| path.is_dir());
    forms
        .flat_map(|form| entries(&form))
        .map(|path| Sample {
            name: path
                .strip_prefix(&folder)
                .unwrap()
                .with_extension("")
                .display()
                .to_string(),
            bytes: std::fs::read(&path).unwrap(),
        })
        .collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
}

/// A layout under its name.
struct Named(Layout);

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

fn layouts() -> impl Iterator<Item = Named> {
    LAYOUTS.iter().map(|(layout, _)| Named(*layout))
}
