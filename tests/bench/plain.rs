//! A reader for undamaged text with a mark between cells: it looks at nothing but the text, so
//! that it tells whether the text says what the truth says.

use gongkai::script::fold;
use rust_decimal::Decimal;

use super::forms::{APPLICANTS, Address, Form, Named, OUTCOMES, Rank, request_rows};
use super::score::Given;

/// Every value that follows its label, and the fifteen values in a row of section 四.
pub(crate) fn read(text: &str, form: &'static Form) -> Vec<Given> {
    let cells: Vec<(usize, &str)> = cells(text);
    let mut given = Vec::new();
    for (table, row, label, columns) in rows(form) {
        let label: String = label.chars().map(fold).collect();
        let is_label = |text: &str| {
            let folded: String = text.chars().map(fold).collect();
            folded.replace("档案", "文件") == label
        };
        // Menus and prose may say the same: only a label with all its values counts.
        for at in (0..cells.len()).filter(|&at| is_label(cells[at].1)) {
            given.extend(run(&cells, at + 1, table, row, columns).unwrap_or_default());
        }
    }
    for at in 0..cells.len() {
        if let Some(found) = run(&cells, at, "review_litigation", "cases", &OUTCOMES) {
            given.extend(found);
            break;
        }
    }
    given
}

/// The cells that are not empty, with where they begin.
fn cells(text: &str) -> Vec<(usize, &str)> {
    let mut cells = Vec::new();
    let mut start = 0;
    for piece in text.split_inclusive(['|', '\t', '\n']) {
        let cell = piece.trim_end_matches(['|', '\t', '\n', '\r']);
        let inner = cell.trim();
        if !inner.is_empty() {
            cells.push((start + cell.find(inner).unwrap_or(0), inner));
        }
        start += piece.len();
    }
    cells
}

type Row = (&'static str, &'static str, &'static str, &'static [Named]);

fn rows(form: &'static Form) -> Vec<Row> {
    let small = form.small.iter().flat_map(|table| {
        table
            .rows
            .iter()
            .map(|&(row, label)| (table.id, row, label, table.columns))
    });
    let values = |rank| matches!(rank, Rank::Item | Rank::Result | Rank::Leaf);
    let requests = request_rows(form)
        .into_iter()
        .filter(|row| values(row.rank));
    small
        .chain(requests.map(|row| ("requests", row.id, row.label, &APPLICANTS[..])))
        .collect()
}

fn run(
    cells: &[(usize, &str)],
    at: usize,
    table: &'static str,
    row: &'static str,
    columns: &[Named],
) -> Option<Vec<Given>> {
    let values = cells.get(at..at + columns.len())?;
    let read = |(&(start, raw), &(column, _)): (&(usize, &str), &Named)| {
        let value: Decimal = raw.trim_end_matches(['万', '萬', '元']).parse().ok()?;
        let unit = raw
            .trim_start_matches(|c: char| c.is_ascii())
            .replace('萬', "万");
        Some(Given {
            address: Address { table, row, column }.to_string(),
            value,
            unit: Some(unit).filter(|unit| !unit.is_empty()),
            raw: raw.to_owned(),
            bytes: (start, start + raw.len()),
        })
    };
    values.iter().zip(columns).map(read).collect()
}
