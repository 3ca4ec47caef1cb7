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

/// Codes are what programs rely on.
#[test]
fn every_diagnostic_is_listed() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = std::fs::read_to_string(root.join("schema/README.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `"));
    let listed: Vec<&str> = rows.filter_map(|row| row.split('`').next()).collect();
    assert!(listed.len() > 15, "{listed:?}");
    let mut sources = String::new();
    let mut folders = vec![root.join("src")];
    while let Some(folder) = folders.pop() {
        for entry in folder.read_dir().unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                sources += &std::fs::read_to_string(path).unwrap();
            }
        }
    }
    for code in &listed {
        assert!(sources.contains(&format!("\"{code}\"")), "{code}");
    }
    let mut inputs: Vec<Vec<u8>> = samples()
        .iter()
        .map(|path| std::fs::read(path).unwrap())
        .collect();
    let halves = inputs.iter().map(|bytes| bytes[..bytes.len() / 2].to_vec());
    let halves: Vec<Vec<u8>> = halves.collect();
    inputs.extend(halves);
    inputs.extend([Vec::new(), b"%PDF-1.7".to_vec(), vec![0xFF; 100]]);
    let mut seen = BTreeSet::new();
    for bytes in &inputs {
        let extraction = extract(bytes, &Options::default()).unwrap();
        seen.extend(
            extraction
                .diagnostics
                .iter()
                .map(|diagnostic| diagnostic.code),
        );
    }
    assert!(seen.len() > 6, "{seen:?}");
    for code in seen {
        assert!(listed.contains(&code), "{code}");
    }
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
