//! Real texts against truth made by hand, where a folder of them is at hand.
//!
//! `GONGKAI_CORPUS` names the folder: one folder an item, in it texts and `truth.json`, or
//! `truth.STEM.json` for `STEM.txt`. Without it there is nothing to compare.

mod bench;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bench::reader::read;
use bench::score::{Given, misplaced, numbers};
use gongkai::extraction::Extraction;
use gongkai::form::Grammars;
use rust_decimal::Decimal;
use serde_json::Value;

/// Cells that may be withheld, as `item/text address`. An entry that is read after all must go.
const ALLOWED_WITHHELD: &[&str] = &[
    // A page mark stands between the label and its value, which follows the header instead.
    "02-hongze-2024/text_pdftotext.txt art20_5/administrative_licensing/decisions_this_year",
    // The labels of four tables stand before the values of all of them.
    "03-huaian-2024/text_pdfminer.txt art20_1/normative_documents/in_force",
    "03-huaian-2024/text_pdfminer.txt art20_1/rules/issued_this_year",
    "03-huaian-2024/text_pdfminer.txt art20_5/administrative_licensing/decisions_this_year",
    "03-huaian-2024/text_pdfminer.txt art20_6/administrative_coercion/decisions_this_year",
    "03-huaian-2024/text_pdfminer.txt art20_6/administrative_penalty/decisions_this_year",
    "03-huaian-2024/text_pdfminer.txt art20_8/administrative_fees/fees_collected",
    // Headers and values of section four are torn into each other; only the prose tells the first
    // group from the others.
    "03-huaian-2024/text_pdftotext.txt review_litigation/cases/review.corrected",
    "03-huaian-2024/text_pdftotext.txt review_litigation/cases/review.other",
    "03-huaian-2024/text_pdftotext.txt review_litigation/cases/review.pending",
    "03-huaian-2024/text_pdftotext.txt review_litigation/cases/review.total",
    "03-huaian-2024/text_pdftotext.txt review_litigation/cases/review.upheld",
];

#[test]
fn real_texts_are_read_as_people_read_them() {
    let Some(folder) = std::env::var_os("GONGKAI_CORPUS") else {
        bench::show("GONGKAI_CORPUS is not set: no real text was read");
        return;
    };
    let mut table = format!("{:<62} right withheld wrong\n", "");
    let mut faults = Vec::new();
    let mut unused: BTreeSet<&str> = ALLOWED_WITHHELD.iter().copied().collect();
    let pairs = texts_with_truth(Path::new(&folder));
    assert!(
        !pairs.is_empty(),
        "no text with truth in {}",
        Path::new(&folder).display()
    );
    for (name, text, truth) in pairs {
        let result = compare(&text, &truth);
        let (right, withheld, wrong) = (result.right, result.withheld.len(), result.wrong.len());
        table.push_str(&format!("{name:<62} {right:>5} {withheld:>8} {wrong:>5}\n"));
        faults.extend(result.wrong.iter().map(|fault| format!("{name}: {fault}")));
        for address in result.withheld {
            let entry = format!("{name} {address}");
            match ALLOWED_WITHHELD.iter().find(|allowed| **allowed == entry) {
                Some(allowed) => {
                    unused.remove(allowed);
                }
                None => faults.push(format!("{name}: {address} is withheld")),
            }
        }
    }
    bench::show(&table);
    faults.extend(
        unused
            .iter()
            .map(|entry| format!("{entry} is read: take it off the list")),
    );
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn a_comparison_tells_right_withheld_and_wrong_apart() {
    let truth = serde_json::json!({
        "cells": {
            "t/a/x": { "value": "3", "raw": "3" },
            "t/a/y": { "value": "1.50", "raw": "1.5万元", "unit": "万元" },
            "t/b/x": { "value": "0", "raw": "0" },
            "t/b/y": { "value": "7", "raw": "7" },
        },
        "not_numbers": { "t/c/x": "blank" },
        "unsure": { "t/c/y": "two readings fit" },
        "mixed_form": { "u": { "form": "other", "cells": { "u/a/x": { "value": "5" } } } },
    });
    let given = |address: &str, value: &str, unit: Option<&str>| Given {
        address: address.to_owned(),
        value: value.parse().expect("a number"),
        unit: unit.map(str::to_owned),
        raw: value.to_owned(),
        bytes: (0, 0),
    };
    let all = [
        ("t/a/x", "3.0", None, "right"),
        ("t/a/y", "1.5", Some("万元"), "right"),
        ("t/a/y", "1.5", Some("元"), "wrong"),
        ("t/b/x", "1", None, "wrong"),
        ("t/c/x", "0", None, "wrong"),
        ("t/c/y", "0", None, "wrong"),
        ("u/a/x", "5", None, ""),
        ("u/a/x", "6", None, "wrong"),
        ("t/local/x", "9", None, ""),
        ("requests/carried_in/total", "9", None, "wrong"),
    ];
    for (address, value, unit, expected) in all {
        let mut result = Comparison::default();
        cells(&[given(address, value, unit)], &truth, &mut result);
        let (right, wrong) = (expected == "right", expected == "wrong");
        assert_eq!(result.right, usize::from(right), "{address} {value}");
        assert_eq!(result.wrong.len(), usize::from(wrong), "{address} {value}");
        let listed = truth["cells"].get(address).is_some();
        assert_eq!(
            result.withheld.len(),
            if listed { 3 } else { 4 },
            "{address} {value}"
        );
    }
}

/// Every text that a truth file is for, by `item/text`.
fn texts_with_truth(folder: &Path) -> Vec<(String, Vec<u8>, Value)> {
    let mut pairs = Vec::new();
    for item in entries(folder).into_iter().filter(|path| path.is_dir()) {
        let files = entries(&item);
        for truth in files.iter().filter(|path| name(path).starts_with("truth")) {
            let stem = name(truth);
            let stem = stem.trim_start_matches("truth").trim_start_matches('.');
            let stem = stem.trim_end_matches("json").trim_end_matches('.');
            let truth: Value = serde_json::from_slice(&bytes(truth)).expect("truth is JSON");
            let named: Vec<&str> = truth["texts"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .collect();
            for text in files.iter().filter(|path| name(path).ends_with(".txt")) {
                let name = name(text);
                let meant = if !stem.is_empty() {
                    name == format!("{stem}.txt")
                } else {
                    named.is_empty() || named.contains(&name)
                };
                if meant {
                    let item = self::name(&item);
                    pairs.push((format!("{item}/{name}"), bytes(text), truth.clone()));
                }
            }
        }
    }
    pairs
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let read = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = read
        .map(|entry| entry.expect("the folder is readable").path())
        .collect();
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default()
}

fn bytes(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[derive(Default)]
struct Comparison {
    right: usize,
    withheld: Vec<String>,
    wrong: Vec<String>,
}

fn compare(text: &[u8], truth: &Value) -> Comparison {
    let mut result = Comparison::default();
    let extraction = read(text);
    facts(&extraction, truth, &mut result);
    let given = match numbers(&extraction) {
        Ok(given) => given,
        Err(fault) => {
            result.wrong.push(fault);
            return result;
        }
    };
    let decoded = std::str::from_utf8(text).expect("texts of the corpus are UTF-8");
    let broken = misplaced(decoded, &given);
    result.wrong.extend(
        broken
            .iter()
            .map(|one| format!("span of {} is not {:?}", one.address, one.raw)),
    );
    cells(&given, truth, &mut result);
    result
}

/// Form, year and agency. What the truth leaves open must be left open.
fn facts(extraction: &Extraction, truth: &Value, result: &mut Comparison) {
    let read = [
        ("form", extraction.form.as_ref().map(|form| form.id.clone())),
        (
            "year",
            extraction.year.as_ref().map(|year| year.value.to_string()),
        ),
        (
            "agency",
            extraction.agency.as_ref().map(|agency| agency.text.clone()),
        ),
    ];
    for (fact, read) in read {
        let expected = match &truth[fact] {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        match (read, expected) {
            (None, Some(_)) => result.withheld.push(fact.to_owned()),
            (read, expected) if read != expected => {
                result
                    .wrong
                    .push(format!("{fact} is {expected:?}, not {read:?}"));
            }
            _ => {}
        }
    }
}

fn cells(given: &[Given], truth: &Value, result: &mut Comparison) {
    let object = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let expected = object(&truth["cells"]);
    let mixed: BTreeMap<String, Value> = object(&truth["mixed_form"])
        .values()
        .flat_map(|table| object(&table["cells"]))
        .collect();
    let silent: BTreeSet<String> = ["not_numbers", "unsure"]
        .iter()
        .flat_map(|kind| object(&truth[*kind]))
        .map(|(address, _)| address)
        .collect();

    let mut seen = BTreeSet::new();
    for one in given {
        match expected
            .get(&one.address)
            .or_else(|| mixed.get(&one.address))
        {
            Some(cell) => match difference(cell, one) {
                None if expected.contains_key(&one.address) => {
                    result.right += usize::from(seen.insert(one.address.clone()));
                }
                None => {}
                Some(difference) => result.wrong.push(difference),
            },
            None if silent.contains(&one.address) => {
                result
                    .wrong
                    .push(format!("{} is not certain, not {}", one.address, one.value));
            }
            None if is_known(&one.address) => {
                result.wrong.push(format!(
                    "{} is not in the text, not {}",
                    one.address, one.value
                ));
            }
            // A local row or column: the truth has no place for it.
            None => {}
        }
    }
    let missing = expected.keys().filter(|address| !seen.contains(*address));
    let wrong: BTreeSet<&str> = given.iter().map(|one| one.address.as_str()).collect();
    result.withheld.extend(
        missing
            .filter(|address| !wrong.contains(address.as_str()))
            .cloned(),
    );
}

/// Whether a form has a cell there.
fn is_known(address: &str) -> bool {
    let parts: Vec<&str> = address.split('/').collect();
    let [table, row, column] = parts[..] else {
        return false;
    };
    let tables = Grammars::embedded()
        .forms
        .iter()
        .flat_map(|form| &form.tables);
    tables.filter(|other| other.id == table).any(|table| {
        table.rows.iter().any(|other| other.id == row)
            && table.columns.iter().any(|other| other.id == column)
    })
}

/// How a number differs from the truth of its cell.
fn difference(cell: &Value, one: &Given) -> Option<String> {
    let text = cell["value"].as_str().expect("values are strings");
    let value: Decimal = text.parse().expect("values are decimal numbers");
    if one.value != value {
        return Some(format!("{} is {value}, not {}", one.address, one.value));
    }
    let unit = cell["unit"].as_str()?;
    let differs = one.unit.as_deref() != Some(unit);
    differs.then(|| format!("{} is in {unit}, not in {:?}", one.address, one.unit))
}
