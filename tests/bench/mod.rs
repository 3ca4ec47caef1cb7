//! The layout bench: random reports with known cells, flattened in every layout, damaged in
//! every way, read back and compared cell by cell.
//!
//! `report` (values from `numbers`, labels from `forms`) -> `page` -> damage -> `script` ->
//! `layout` -> lines -> `line_damage` -> text -> `reader` -> `score`.

// Every test target compiles this tree and uses its own part of it.
#![allow(dead_code)]

pub(crate) mod case;
mod cells;
pub(crate) mod damage;
pub(crate) mod forms;
mod glued;
mod html;
mod label_damage;
pub(crate) mod layout;
pub(crate) mod line_damage;
pub(crate) mod numbers;
pub(crate) mod page;
mod page_damage;
mod pdf;
pub(crate) mod physical;
pub(crate) mod plain;
pub(crate) mod random;
pub(crate) mod reader;
pub(crate) mod report;
mod rows;
pub(crate) mod run;
pub(crate) mod score;
pub(crate) mod script;
mod table_damage;
mod value_damage;

/// How many cases a run takes: `GONGKAI_BENCH`, or `default`.
pub(crate) fn budget(default: usize) -> usize {
    std::env::var("GONGKAI_BENCH")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// Shows a table also where the test passes.
pub(crate) fn show(table: &str) {
    use std::io::Write as _;
    // A closed pipe is no failure of the reader.
    let _ = writeln!(std::io::stdout().lock(), "{table}");
}
