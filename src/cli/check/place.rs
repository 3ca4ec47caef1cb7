//! Addresses -> where they stand in the text.

use std::ops::Range;

use gongkai::extraction::{Check, Span};
use rust_decimal::Decimal;

use super::Report;

/// A cell or prose count, in print.
#[derive(Debug, Clone)]
pub(crate) struct Place<'a> {
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
            range: range(report, statement.span, &statement.raw)?,
        });
    }
    let column = parts.next()?;
    let tables = extraction
        .tables
        .iter()
        .filter(|printed| printed.id == table);
    let (table, row) = tables
        .filter_map(|table| Some((table, table.rows.iter().find(|printed| printed.id == row)?)))
        .next()?;
    let cell = row.cells.iter().find(|cell| cell.column == column)?;
    let header = table.columns.iter().find(|printed| printed.id == column);
    let span = cell.span?;
    let last = |label: &[String]| label.last().cloned().unwrap_or_default();
    Some(Place {
        address,
        row: last(&row.label),
        column: header.map(|header| last(&header.label)).unwrap_or_default(),
        value: cell.value,
        span,
        range: range(report, span, cell.raw.as_deref().unwrap_or_default())?,
    })
}

/// The one place a failure is shown at: its only suspect, else the side with fewer cells.
pub(crate) fn primary<'a>(report: &Report, check: &'a Check) -> Option<Place<'a>> {
    let suspect = match check.suspects.as_slice() {
        [suspect] => place(report, &suspect.cell),
        _ => None,
    };
    suspect.or_else(|| {
        let (mut one, mut other) = (&check.right.cells, &check.left.cells);
        if other.len() < one.len() {
            std::mem::swap(&mut one, &mut other);
        }
        one.iter()
            .chain(other)
            .find_map(|address| place(report, address))
    })
}

/// Lines and columns count characters of the decoded text, whatever unit the offsets are in.
fn range(report: &Report, span: Span, raw: &str) -> Option<Range<usize>> {
    let text = report.source.text();
    let line = *report.source.lines().get(span.line.checked_sub(1)?)?;
    let before = text.get(line..)?.chars().take(span.column.checked_sub(1)?);
    let start = line + before.map(char::len_utf8).sum::<usize>();
    let end = start + raw.len();
    text.get(start..end).map(|_| start..end)
}
