//! What the README shows is what the program does.
//!
//! The block ```` ```text ```` is read, and the block ```` ```json ```` is the second row of its
//! table. A block ```` ```console ```` holds a command and its output, `…` for what is left out.

#![allow(clippy::unwrap_used)]

use std::env;
use std::path::Path;
use std::process::Command;

use gongkai::{Options, extract};
use serde_json::Value;

const README: &str = include_str!("../README.md");

#[test]
fn the_example_is_read_as_shown() {
    let [text] = blocks("text")[..] else {
        panic!("one example");
    };
    let [json] = blocks("json")[..] else {
        panic!("one result");
    };
    let extraction = extract(text.as_bytes(), &Options::default()).unwrap();
    let shown: Value = serde_json::from_str(json).unwrap();
    let read = serde_json::to_value(&extraction.tables[0].rows[1]).unwrap();
    assert_eq!(shown, read);
}

#[test]
fn commands_print_what_is_shown() {
    let blocks = blocks("console");
    assert!(!blocks.is_empty());
    for block in blocks {
        let (command, shown) = block.split_once('\n').unwrap();
        let printed = run(command.strip_prefix("$ ").unwrap());
        let mut rest = printed.as_str();
        for part in shown.split("…\n").filter(|part| !part.is_empty()) {
            let at = rest.find(part);
            let at = at.unwrap_or_else(|| panic!("{command}\nprints\n{rest}\nand not\n{part}"));
            rest = &rest[at + part.len()..];
        }
    }
}

/// The README's code blocks in `language`.
fn blocks(language: &str) -> Vec<&'static str> {
    let start = format!("\n```{language}\n");
    README
        .split(&start)
        .skip(1)
        .map(|rest| rest.split_once("```").unwrap().0)
        .collect()
}

/// What a shell with the program at hand prints.
fn run(command: &str) -> String {
    let bin = Path::new(env!("CARGO_BIN_EXE_gongkai")).parent().unwrap();
    let others = env::var_os("PATH").unwrap_or_default();
    let path = [bin.to_owned()]
        .into_iter()
        .chain(env::split_paths(&others));
    let output = Command::new("sh")
        .args(["-c", command])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("PATH", env::join_paths(path).unwrap())
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}
