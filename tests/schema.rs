//! What is printed is what `schema/extraction.json` says.

#![allow(clippy::unwrap_used)]

mod strict;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gongkai::extraction::{JSON_SCHEMA, Offsets};
use gongkai::{Options, extract};
use serde_json::{Value, json};
use strict::close;

fn validator() -> jsonschema::Validator {
    let mut schema = serde_json::from_str(JSON_SCHEMA).unwrap();
    close(&mut schema);
    jsonschema::validator_for(&schema).unwrap()
}

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let forms = folder
        .read_dir()
        .unwrap()
        .map(|entry| entry.unwrap().path());
    let forms = forms.filter(|path| path.is_dir());
    forms
        .flat_map(|form| form.read_dir().unwrap().map(|entry| entry.unwrap().path()))
        .collect()
}

#[test]
fn extractions_are_as_the_schema_says() {
    let validator = validator();
    let mut inputs: Vec<Vec<u8>> = samples()
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    assert!(inputs.len() >= 6);
    inputs.push(Vec::new());
    inputs.push(vec![0; 100]);
    inputs.push("规章\n某某".repeat(50).into_bytes());
    inputs.push("窗口  受理  办结\n甲窗口  12  11\n乙窗口  7  7\n".into());
    for (number, bytes) in inputs.iter().enumerate() {
        let options = Options {
            offsets: Offsets::Utf16,
            ..Options::default()
        };
        let printed = serde_json::to_string(&extract(bytes, &options).unwrap()).unwrap();
        let document: Value = serde_json::from_str(&printed).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert_eq!(errors, Vec::<String>::new(), "input {number}");
    }
}

#[test]
fn the_published_schema_lets_later_fields_pass() {
    let published = jsonschema::validator_for(&serde_json::from_str(JSON_SCHEMA).unwrap()).unwrap();
    let extraction = extract(b"", &Options::default()).unwrap();
    let mut document = serde_json::to_value(&extraction).unwrap();
    document["more"] = json!(1);
    document["source"]["more"] = json!(1);
    assert!(published.is_valid(&document));
    document["source"]["bytes"] = json!("many");
    assert!(!published.is_valid(&document));
}

/// Codes are what programs rely on. Those of the modules that make diagnostics are the only words
/// with a dash in quotes there.
#[test]
fn every_diagnostic_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("schema/README.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let codes = rows.filter_map(|row| row.split('`').next());
    let listed: BTreeSet<&str> = codes.filter(|code| *code != "code").collect();
    let mut sources = String::new();
    let mut paths: Vec<PathBuf> = [
        "assemble.rs",
        "assemble",
        "cli/unreadable.rs",
        "extract.rs",
        "extract",
        "infer/give.rs",
        "outline.rs",
        "source/note.rs",
    ]
    .map(|path| root.join("src").join(path))
    .into();
    while let Some(path) = paths.pop() {
        if path.is_dir() {
            paths.extend(path.read_dir().unwrap().map(|entry| entry.unwrap().path()));
        } else {
            sources += &std::fs::read_to_string(path).unwrap();
        }
    }
    let is_code = |word: &&str| {
        let mut parts = word.split('-');
        let is_part = |part: &str| part.len() > 1 && part.bytes().all(|b| b.is_ascii_lowercase());
        word.contains('-') && parts.all(is_part)
    };
    let made: BTreeSet<&str> = sources.split('"').filter(is_code).collect();
    assert!(made.len() > 15, "{made:?}");
    assert_eq!(made, listed);
}

#[test]
fn the_schema_refuses_what_is_not_printed() {
    let validator = validator();
    let options = Options::default();
    let extraction = extract(b"", &options).unwrap();
    let document: Value =
        serde_json::from_str(&serde_json::to_string(&extraction).unwrap()).unwrap();
    assert!(validator.is_valid(&document));
    for (key, value) in [
        ("schema", json!("gongkai.extraction/2")),
        ("form", json!("annual_2019")),
        ("more", json!(1)),
    ] {
        let mut other = document.clone();
        other[key] = value;
        assert!(!validator.is_valid(&other), "{key}");
    }
    let unreadable = json!({"name": "a", "bytes": null, "sha256": null, "encoding": null, "script": null, "offsets": "byte"});
    let mut other = document.clone();
    other["source"] = unreadable;
    assert!(validator.is_valid(&other));
}
