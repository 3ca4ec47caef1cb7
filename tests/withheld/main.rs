//! Texts that could be read in two ways, or not at all: no number is asserted, and where two
//! readings are left, both are shown.

mod headers;
mod labels;
mod others;
mod programs;
mod torn;
mod values;

use gongkai::extraction::{Cell, Extraction, State};
use gongkai::{Options, extract};

fn read(text: &str) -> Extraction {
    extract(text.as_bytes(), &Options::default()).expect("UTF-8 is known")
}

/// A table of section 二 between two others, so that the form is known.
fn report(table: &str) -> Extraction {
    let text = format!(
        "某县2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{table}\n\
         第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n88.5\n\
         五、存在的主要问题及改进情况\n无。\n"
    );
    read(&text)
}

const DOCUMENTS: &str = "第二十条第（一）项\n信息内容\n";
const SANCTIONS: &str = "第二十条第（六）项\n信息内容\n本年处理决定数量\n";

fn cell<'e>(extraction: &'e Extraction, row: &str, column: &str) -> Option<&'e Cell> {
    let rows = extraction.tables.iter().flat_map(|table| &table.rows);
    let mut cells = rows
        .filter(|it| it.id == row)
        .flat_map(|row| &row.cells)
        .filter(|cell| cell.column == column);
    cells.next()
}

/// The value of a cell as printed, if it is asserted.
fn asserted(extraction: &Extraction, row: &str, column: &str) -> Option<String> {
    cell(extraction, row, column)
        .filter(|cell| cell.state == State::Number)
        .and_then(|cell| cell.raw.clone())
}

fn candidates(extraction: &Extraction, row: &str, column: &str) -> Vec<String> {
    let cell = cell(extraction, row, column).filter(|cell| cell.state == State::Ambiguous);
    let candidates = cell.into_iter().flat_map(|cell| &cell.candidates);
    candidates
        .filter_map(|candidate| candidate.raw.clone())
        .collect()
}

fn penalties(value: &str) -> Option<String> {
    let table = format!("{SANCTIONS}行政处罚\n{value}\n行政强制\n7");
    let extraction = report(&table);
    assert_eq!(
        asserted(
            &extraction,
            "administrative_coercion",
            "decisions_this_year"
        )
        .as_deref(),
        Some("7"),
        "{value}"
    );
    asserted(&extraction, "administrative_penalty", "decisions_this_year")
}

/// No number of a table is asserted.
fn none_asserted(extraction: &Extraction, table: &str) {
    let tables = extraction.tables.iter().filter(|it| it.id == table);
    let cells = tables.flat_map(|table| &table.rows).flat_map(|row| {
        let number = |cell: &&Cell| cell.state == State::Number;
        row.cells.iter().filter(number)
    });
    let raw: Vec<_> = cells.map(|cell| cell.raw.as_deref()).collect();
    assert!(raw.is_empty(), "{table}: {raw:?}");
}
