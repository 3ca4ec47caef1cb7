//! Addresses -> where they stand in the text.

mod heading;

use std::ops::Range;

use gongkai::extraction::{Cell, Check, Offsets, Row, Span, Table};
use gongkai::form::Grammars;
use rust_decimal::Decimal;

use super::Report;

/// A cell or prose count, in print.
#[derive(Debug, Clone)]
pub(crate) struct Place<'a> {
    /// Empty where it is no cell.
    pub(crate) address: &'a str,
    /// Row and column as printed; the id of a prose count.
    pub(crate) row: String,
    pub(crate) column: String,
    pub(crate) value: Option<Decimal>,
    pub(crate) span: Span,
    /// Bytes of the decoded text.
    pub(crate) range: Range<usize>,
}

/// Where an address stands; none for a cell that the text does not have.
pub(crate) fn place<'a>(report: &Report, address: &'a str) -> Option<Place<'a>> {
    let mut parts = address.split('/');
    let (table, row) = (parts.next()?, parts.next()?);
    let extraction = &report.extraction;
    if table == "prose" {
        let number: usize = parts.next().map_or(Some(1), |number| number.parse().ok())?;
        let mut same = extraction
            .statements
            .iter()
            .filter(|statement| statement.id == row);
        let statement = same.nth(number.checked_sub(1)?)?;
        return Some(Place {
            address,
            row: row.to_owned(),
            column: String::new(),
            value: Some(statement.value),
            span: statement.span,
            range: range(report, statement.span)?,
        });
    }
    let (table, row, cell) = found(report, address)?;
    let cell = cell?;
    let header = table
        .columns
        .iter()
        .find(|printed| printed.id == cell.column);
    let span = cell.span?;
    Some(Place {
        address,
        row: last(&row.label),
        column: header.map(|header| last(&header.label)).unwrap_or_default(),
        value: cell.value,
        span,
        range: range(report, span)?,
    })
}

/// Where an address stands, or the label of its row, for nothing stands in an empty cell.
pub(crate) fn nearest<'a>(report: &Report, address: &'a str) -> Option<Place<'a>> {
    place(report, address).or_else(|| {
        let (_, row, _) = found(report, address)?;
        let span = row.pieces.first().copied().or(row.span)?;
        Some(Place {
            address,
            row: last(&row.label),
            column: String::new(),
            value: None,
            span,
            range: range(report, span)?,
        })
    })
}

/// The table and row of an address, and its cell where that is printed.
fn found<'r>(report: &'r Report, address: &str) -> Option<(&'r Table, &'r Row, Option<&'r Cell>)> {
    let mut parts = address.split('/');
    let (table, row, column) = (parts.next()?, parts.next()?, parts.next()?);
    let tables = report.extraction.tables.iter();
    let tables = tables.filter(|printed| printed.id == table);
    let (table, row) = tables
        .filter_map(|table| Some((table, table.rows.iter().find(|printed| printed.id == row)?)))
        .next()?;
    let cell = row.cells.iter().find(|cell| cell.column == column);
    Some((table, row, cell))
}

fn last(label: &[String]) -> String {
    label.last().cloned().unwrap_or_default()
}

/// The one place a failure is shown at: its only suspect, else the side with fewer cells, else a
/// heading, the title, the first line.
pub(crate) fn primary<'a>(
    report: &Report,
    check: &'a Check,
    grammars: &Grammars,
) -> Option<Place<'a>> {
    let suspect = match check.suspects.as_slice() {
        [suspect] => place(report, &suspect.cell),
        _ => None,
    };
    let cell = suspect.or_else(|| {
        let (mut one, mut other) = (&check.right.cells, &check.left.cells);
        if other.len() < one.len() {
            std::mem::swap(&mut one, &mut other);
        }
        one.iter()
            .chain(other)
            .find_map(|address| nearest(report, address))
    });
    cell.or_else(|| heading::heading(report, check, grammars))
}

/// Lines and columns count characters of the decoded text, ends whatever the offsets count.
fn range(report: &Report, span: Span) -> Option<Range<usize>> {
    let source = &report.source;
    let text = source.text();
    let line = *source.lines().get(span.line.checked_sub(1)?)?;
    let before = text.get(line..)?.chars().take(span.column.checked_sub(1)?);
    let start = line + before.map(char::len_utf8).sum::<usize>();
    let rest = text.get(start..)?;
    let ends = rest.char_indices().map(|(at, _)| start + at);
    let end = ends
        .chain([text.len()])
        .find(|end| offset(report, *end) >= span.end)?;
    text.get(start..end).map(|_| start..end)
}

/// What an offset of the decoded text is in the unit of the spans.
fn offset(report: &Report, at: usize) -> usize {
    match report.extraction.source.offsets {
        Offsets::Byte => report.source.input_offset(at),
        Offsets::Char => report.source.char_offset(at),
        Offsets::Utf16 => report.source.utf16_offset(at),
    }
}
