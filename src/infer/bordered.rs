//! Rows with borders between their cells -> tables: pipes, Markdown, tabs, HTML.
//!
//! Borders show the columns, if every row has as many. What is left to tell is which rows are
//! headers, which columns are labels, and whether a row lies askew.

use std::collections::BTreeMap;
use std::ops::Range;

use super::columns::{Column, is_unit_column, kinds};
use super::item::Item;
use super::width::counts_on;
use super::written::{Slot, Written, row};
use super::{Cell, Inferred, Line, Reader, Row};
use crate::extraction::Confidence;
use crate::text::BORDER;

/// Reads the tables with borders and takes their lines off `lines`, whether or not they can be
/// read: another reader would only see torn rows.
pub(super) fn tables(reader: &Reader<'_>, lines: &mut [Line], found: &mut Vec<Inferred>) {
    let mut run: Vec<Written> = Vec::new();
    for index in 0..=lines.len() {
        let row = match lines.get(index) {
            Some(Line::Empty | Line::Page) => continue,
            Some(Line::Free(_)) => row(reader, index),
            Some(Line::Wall) | None => None,
        };
        match row {
            Some(row) => run.push(row),
            None => {
                if run.len() > 1 {
                    for row in &run {
                        lines[row.line] = Line::Wall;
                    }
                    grids(reader, std::mem::take(&mut run), found);
                }
                run.clear();
            }
        }
    }
}

/// The tables of rows that follow each other.
fn grids(reader: &Reader<'_>, mut rows: Vec<Written>, found: &mut Vec<Inferred>) {
    // A border at the end of every row closes it, one before every row opens it.
    let outer = |cell: Option<&Slot>| cell.is_some_and(|cell| cell.item.is_none());
    let tabs = rows
        .iter()
        .all(|row| !reader.said(&reader.text.lines[row.line]).contains(BORDER));
    if !tabs && rows.iter().all(|row| outer(row.cells.first())) {
        for row in &mut rows {
            row.cells.remove(0);
        }
    }
    if !tabs && rows.iter().all(|row| outer(row.cells.last())) {
        for row in &mut rows {
            row.cells.pop();
        }
    }
    // Rows of another count begin another table, if there is more than one of them.
    let mut start = 0;
    for at in 1..=rows.len() {
        let count = |row: usize| rows.get(row).map(|row| row.cells.len());
        let same = count(at) == count(at - 1);
        let alone = at + 1 < rows.len() && count(at) != count(at + 1);
        let other = !same && !alone && count(at) != count(start);
        let begins = rows.get(start..at + 2).is_some_and(begins_table);
        if at == rows.len() || other || begins {
            grid(reader, &rows[start..at], found);
            start = at;
        }
    }
}

/// Whether the last but one of some rows heads another table: words between a blank line and a rule,
/// where none stands between the rows before.
fn begins_table(rows: &[Written]) -> bool {
    let [.., above, before, head, behind] = rows else {
        return false;
    };
    let is_data = |row: &Written| row.cells.iter().any(Slot::is_number);
    let words = head.cells.iter().filter(|cell| cell.is_word()).count();
    above.line + 1 == before.line
        && before.line + 1 < head.line
        && head.line + 1 < behind.line
        && words > 1
        && is_data(before)
        && !is_data(head)
}

/// The table of rows that mostly have one count of cells.
fn grid(reader: &Reader<'_>, rows: &[Written], found: &mut Vec<Inferred>) {
    let counts: Vec<usize> = rows.iter().map(|row| row.cells.len()).collect();
    let mut tally: BTreeMap<usize, usize> = BTreeMap::new();
    for count in &counts {
        *tally.entry(*count).or_default() += 1;
    }
    let of = |count: &usize| tally.get(count).copied().unwrap_or_default();
    let Some(count) = counts.iter().copied().max_by_key(of) else {
        return;
    };
    let whole = of(&count);
    let is_data = |row: &Written| row.cells.iter().any(Slot::is_number);
    if count < 2 || whole * 3 < rows.len() * 2 {
        return;
    }
    let data: Vec<&Written> = rows
        .iter()
        .filter(|row| row.cells.len() == count && is_data(row))
        .collect();
    let Some(first) = rows.iter().position(is_data) else {
        return;
    };
    // Years may head the columns.
    let years = first == 0
        && data.len() > 2
        && is_years(&rows[0], count)
        && !data[1..].iter().any(|row| is_years(row, count));
    let first = first + usize::from(years);
    let data: Vec<&Written> = data.into_iter().skip(usize::from(years)).collect();
    let kinds = kinds(&data, count);
    let numbers = kinds
        .iter()
        .filter(|kind| **kind == Column::Numbers)
        .count();
    let cells = || data.iter().flat_map(|row| &row.cells);
    let calendar = counts_on(cells().filter_map(|cell| cell.item.as_ref()).take(8));
    if data.len() < 2 || numbers == 0 || calendar {
        return;
    }
    // A second column of labels behind numbers begins a table of its own, side by side.
    let mut start = 0;
    for at in 1..=count {
        let begins = at < count
            && kinds[at] == Column::Words
            && kinds[at - 1] == Column::Numbers
            && kinds[at..].contains(&Column::Numbers)
            && !is_unit_column(reader, &data, at);
        if begins || at == count {
            let part = Part {
                reader,
                rows,
                first,
                years,
                kinds: &kinds,
                columns: start..at,
            };
            found.extend(part.table());
            start = at;
        }
    }
}

/// Whether every number of a row may be a year, and there is no other value.
fn is_years(row: &Written, count: usize) -> bool {
    let mut values = row
        .cells
        .iter()
        .filter_map(|cell| cell.item.as_ref())
        .filter(|item| item.is_value());
    row.cells.len() == count && values.clone().next().is_some() && values.all(|item| item.is_year())
}

/// The columns of one table among rows with borders.
struct Part<'a> {
    reader: &'a Reader<'a>,
    rows: &'a [Written],
    /// The first row with numbers.
    first: usize,
    /// Whether the row before it heads the columns with years.
    years: bool,
    kinds: &'a [Column],
    columns: Range<usize>,
}

impl Part<'_> {
    fn table(&self) -> Option<Inferred> {
        let stub = self
            .columns
            .clone()
            .find(|column| self.kinds[*column] == Column::Numbers)?;
        let filled = |column: &usize| {
            let cell = |row: &Written| {
                row.cells
                    .get(*column)
                    .is_some_and(|cell| cell.item.is_some())
            };
            self.rows.iter().any(cell)
        };
        let values = stub..self.columns.clone().rfind(filled)? + 1;
        let count = self.kinds.len();
        let body = &self.rows[self.first..];
        let whole: Vec<&Written> = body.iter().filter(|row| row.cells.len() == count).collect();
        let unit = (stub > self.columns.start + 1 && is_unit_column(self.reader, &whole, stub - 1))
            .then(|| stub - 1);
        let (heads, above) = self.heads(&values);
        let headed = heads.iter().all(|head| !head.is_empty());
        let mut rows = Vec::new();
        let (mut sure, mut askew) = (0, 0);
        let mut label: Vec<Range<usize>> = Vec::new();
        let mut second = false;
        for row in body {
            let fits = row.cells.len() == count && !self.is_askew(row, stub);
            let numbers = row.cells.get(values.clone()).unwrap_or_default();
            let filled = numbers.iter().any(Slot::is_number);
            // Headers printed again may head another table.
            second |= fits
                && !filled
                && numbers.iter().filter(|cell| cell.is_word()).count() * 2 > numbers.len();
            label = self.label(row, stub, unit, &label);
            let cells = if fits && !second {
                sure += usize::from(filled);
                numbers.iter().map(certain).collect()
            } else {
                askew += 1;
                let items: Vec<Item> = row
                    .cells
                    .iter()
                    .filter_map(|cell| cell.item.clone())
                    .filter(Item::is_value)
                    .collect();
                vec![Cell::open(&items); values.len()]
            };
            let unit = unit.and_then(|unit| row.cells.get(unit)?.item.as_ref());
            rows.push(Row {
                label: label.clone(),
                broken: false,
                unit: unit.map(|unit| unit.range.clone()).filter(|_| fits),
                cells,
            });
        }
        let enough = if headed || values.len() > 1 { 2 } else { 3 };
        if sure < enough || askew * 3 > sure || !headed && stub == self.columns.start {
            return None;
        }
        let from = above
            .first()
            .or(rows.first()?.label.first())
            .map(|range| range.start);
        let last = self.rows.last()?;
        let start = from.unwrap_or(self.rows[self.first].cells.first()?.range.start);
        let end = last.cells.iter().rfind(|cell| cell.item.is_some());
        Some(Inferred {
            range: start..end.map_or(start, |cell| cell.range.end),
            confidence: match (headed, askew) {
                (true, 0) => Confidence::High,
                _ => Confidence::Medium,
            },
            because: self.because(sure, askew, headed),
            heads: if headed {
                heads
            } else {
                vec![Vec::new(); values.len()]
            },
            above,
            rows,
            layout: if self.reader.text.html {
                "html table".to_string()
            } else {
                "row-per-line, borders between cells".to_string()
            },
        })
    }

    /// Whether a number stands among the labels of a row or a label among its numbers.
    fn is_askew(&self, row: &Written, stub: usize) -> bool {
        let columns = self.columns.clone();
        columns.into_iter().any(|column| {
            let cell = &row.cells[column];
            match self.kinds[column] {
                Column::Words => {
                    cell.is_number() && !(column == 0 && stub > 1 && self.kinds[1] == Column::Words)
                }
                Column::Numbers => cell.is_word(),
            }
        })
    }

    /// The label of a row. In HTML, cells that reach down from the row before label it too.
    fn label(
        &self,
        row: &Written,
        stub: usize,
        unit: Option<usize>,
        before: &[Range<usize>],
    ) -> Vec<Range<usize>> {
        let mut label = Vec::new();
        let cells = row.cells.get(self.columns.start..stub).unwrap_or_default();
        let reach = cells.iter().take_while(|cell| cell.is_covered()).count();
        if self.reader.text.html && reach < cells.len() {
            label.extend(before.iter().take(reach).cloned());
        }
        for (column, cell) in (self.columns.start..).zip(cells) {
            let counts = cell.is_number();
            if cell.item.is_some() && Some(column) != unit && !counts {
                label.push(cell.range.clone());
            }
        }
        label
    }

    /// The headers over some columns, and where headers stand at all. No header is given unless
    /// every column has one.
    fn heads(&self, values: &Range<usize>) -> (Vec<Vec<Range<usize>>>, Vec<Range<usize>>) {
        let count = self.kinds.len();
        let mut heads = vec![Vec::new(); values.len()];
        let mut above = Vec::new();
        let top = self.rows[..self.first]
            .iter()
            .rposition(|row| {
                let words = |cell: &Slot| cell.is_word();
                let head = row.cells.get(values.clone());
                row.cells.len() != count || !head.is_some_and(|head| head.iter().any(words))
            })
            .map_or(0, |row| row + 1);
        let top = if self.years { self.first - 1 } else { top };
        let rows = &self.rows[top..self.first];
        for row in rows {
            let cells = row.cells.get(self.columns.clone()).unwrap_or_default();
            above.extend(
                cells
                    .iter()
                    .filter(|cell| cell.item.is_some())
                    .map(|cell| cell.range.clone()),
            );
        }
        // Lower headers that begin under the corner were not put where they belong.
        let under_corner = rows
            .iter()
            .filter(|row| row.cells[self.columns.start].item.is_some())
            .count();
        if under_corner > 1 && values.start > self.columns.start {
            return (heads, above);
        }
        for row in rows {
            let mut spanner: Option<Range<usize>> = None;
            for (at, head) in heads.iter_mut().enumerate() {
                let cell = &row.cells[values.start + at];
                if cell.item.is_some() {
                    spanner = Some(cell.range.clone());
                    head.push(cell.range.clone());
                } else if cell.is_covered() && self.reader.text.html {
                    // It reaches over from the left, unless one reaches down from above.
                    if head.is_empty() {
                        head.extend(spanner.clone());
                    }
                } else {
                    spanner = None;
                }
            }
        }
        (heads, above)
    }

    fn because(&self, sure: usize, askew: usize, headed: bool) -> String {
        let count = self.kinds.len();
        let mut because = format!("borders put {sure} rows with numbers into {count} columns");
        if askew > 0 {
            because.push_str(&format!(", {askew} rows do not fit"));
        }
        if !headed {
            because.push_str("; no headers stand over them that could be told apart");
        }
        because
    }
}

fn certain(cell: &Slot) -> Cell {
    match &cell.item {
        Some(item) => Cell::Certain(item.clone()),
        None if cell.is_covered() => Cell::Absent,
        None => Cell::Blank,
    }
}
