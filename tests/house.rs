//! The house rules that a program can check: licences, and examples for what is public.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use spdx::{Expression, ParseMode};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Of every package that was compiled in, on this system and with these features.
#[test]
fn licences_are_those_of_the_list() {
    let deny: toml::Table = fs::read_to_string(root().join("deny.toml"))
        .unwrap()
        .parse()
        .unwrap();
    let allowed: Vec<&str> = deny["licenses"]["allow"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.current_dir(root());
    cargo.args(["metadata", "--format-version", "1", "--locked", "--offline"]);
    cargo.args(["--filter-platform", &host()]);
    if cfg!(feature = "convert") {
        cargo.args(["--features", "convert"]);
    }
    let output = cargo.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    // Those of the tests among them.
    assert!(packages.len() > 50, "{} packages", packages.len());
    for package in packages {
        let license = package["license"].as_str().unwrap_or_default();
        let expression = Expression::parse_mode(license, ParseMode::LAX).unwrap();
        let allowed = expression.evaluate(|required| {
            let name = required.license.to_string();
            allowed.contains(&name.as_str())
        });
        assert!(allowed, "{}: `{license}`", package["name"]);
    }
}

/// The triple of the system that the tests run on.
fn host() -> String {
    let output = Command::new(env!("CARGO")).arg("-vV").output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.unwrap().to_owned()
}

#[test]
fn every_public_item_has_an_example() {
    let kinds = ["const fn", "fn", "struct", "enum", "type", "trait", "const"];
    let mut items = 0;
    let mut without = Vec::new();
    for path in sources(&root().join("src")) {
        // The command has no public items, though some of its modules' words look like it.
        if path.starts_with(root().join("src/cli")) || path.ends_with("cli.rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        for (at, line) in lines.iter().enumerate() {
            let Some(item) = line.strip_prefix("pub ") else {
                continue;
            };
            if !kinds
                .iter()
                .any(|kind| item.starts_with(&format!("{kind} ")))
            {
                continue;
            }
            items += 1;
            let documented = lines[..at].iter().rev();
            let mut documented =
                documented.take_while(|line| line.starts_with("///") || line.starts_with("#["));
            if !documented.any(|line| line.starts_with("/// ```")) {
                without.push(format!("{}:{}: {item}", path.display(), at + 1));
            }
        }
    }
    assert!(items > 100, "{items} items found");
    assert!(
        without.is_empty(),
        "without an example:\n{}",
        without.join("\n")
    );
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut sources = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources.extend(self::sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(path);
        }
    }
    sources
}
