//! Inferred tables -> the public model: spans, labels as printed, a note, and the lines they take.

use std::ops::Range;

use super::item::Kind;
use super::{Cell, Inferred, Row, Taken};
use crate::assemble::Assembly;
use crate::extraction::{self, Candidate, Column, Reading, Severity, State, Table};
use crate::page::Class;

/// Adds the tables to the extraction, among those of the forms.
pub(super) fn give(assembly: &mut Assembly<'_>, found: Vec<Inferred>, taken: &Taken) {
    for (number, inferred) in (1..).zip(found) {
        let id = format!("table-{number}");
        let table = table(
            assembly,
            &id,
            &inferred,
            taken.section(inferred.range.start),
        );
        let message = format!(
            "table `{id}` is of no form that is known: {}",
            inferred.because
        );
        assembly.note(
            "inferred-table",
            Severity::Note,
            message,
            Some(&inferred.range),
            Some("`gongkai grammar new --from` drafts a grammar of it"),
        );
        assembly.ranges.push((inferred.range, id));
        assembly.tables.push(table);
    }
    assembly.ranges.sort_by_key(|(range, _)| range.start);
    assembly.tables.sort_by_key(|table| table.span.start);
}

fn table(
    assembly: &mut Assembly<'_>,
    id: &str,
    inferred: &Inferred,
    section: Option<String>,
) -> Table {
    for head in inferred.above.iter().chain(inferred.heads.iter().flatten()) {
        assembly.claim(head, Class::Label);
    }
    let columns = (1..)
        .zip(&inferred.heads)
        .map(|(number, head)| Column {
            id: format!("column-{number}"),
            label: head.iter().map(|label| assembly.shown(label)).collect(),
            span: head.last().map(|label| assembly.span(label)),
        })
        .collect();
    let rows = (1..)
        .zip(&inferred.rows)
        .map(|(number, of)| row(assembly, number, of))
        .collect();
    pad(assembly, &inferred.range);
    Table {
        id: id.to_string(),
        form: None,
        inferred: Some(extraction::Inferred::new(
            inferred.confidence,
            inferred.because.clone(),
        )),
        section,
        span: assembly.span(&inferred.range),
        layout: inferred.layout.clone(),
        columns,
        rows,
    }
}

fn row(assembly: &mut Assembly<'_>, number: usize, row: &Row) -> extraction::Row {
    for label in row.label.iter().chain(&row.unit) {
        assembly.claim(label, Class::Label);
    }
    let unit = row.unit.as_ref().map(|unit| assembly.shown(unit));
    let cells = (1..)
        .zip(&row.cells)
        .map(|(column, of)| cell(assembly, format!("column-{column}"), of, unit.as_deref()))
        .collect();
    extraction::Row {
        id: format!("row-{number}"),
        label: if row.broken {
            vec![assembly.said(&row.label)]
        } else {
            row.label
                .iter()
                .map(|label| assembly.shown(label))
                .collect()
        },
        span: match row.label.as_slice() {
            [first, .., last] if row.broken => Some(assembly.span(&(first.start..last.end))),
            label => label.last().map(|label| assembly.span(label)),
        },
        pieces: row
            .label
            .iter()
            .filter(|_| row.broken)
            .map(|label| assembly.span(label))
            .collect(),
        cells,
    }
}

fn cell(
    assembly: &mut Assembly<'_>,
    column: String,
    of: &Cell,
    unit: Option<&str>,
) -> extraction::Cell {
    let mut cell = extraction::Cell::absent(column);
    match of {
        Cell::Absent => {}
        Cell::Blank => cell.state = State::Blank,
        Cell::Certain(item) => {
            assembly.claim(&item.range, Class::Value);
            cell.reading = Some(Reading::Direct);
            cell.raw = Some(assembly.raw(&item.range).to_string());
            cell.span = Some(assembly.span(&item.range));
            cell.value = item.number();
            cell.state = match item.kind {
                Kind::Number(_) => State::Number,
                Kind::Placeholder => State::Placeholder,
                _ => State::Text,
            };
            if cell.state == State::Number {
                let printed = item.unit.as_ref().map(|unit| assembly.shown(unit));
                cell.unit = printed.or(unit.map(str::to_string));
            }
        }
        Cell::Open(items) => {
            cell.state = State::Ambiguous;
            for item in items {
                assembly.claim(&item.range, Class::Value);
                cell.candidates.push(Candidate {
                    value: item.number(),
                    raw: Some(assembly.raw(&item.range).to_string()),
                    span: Some(assembly.span(&item.range)),
                });
            }
        }
    }
    cell
}

/// Takes the other lines of a table for padding or for its labels.
fn pad(assembly: &mut Assembly<'_>, range: &Range<usize>) {
    let text = assembly.text;
    for line in text.line_of(range.start)..=text.line_of(range.end.max(1) - 1) {
        if assembly.class(line) == Class::Unclaimed {
            let line = text.trim(&text.lines[line]);
            let words = text.get(&line).chars().any(char::is_alphanumeric);
            let class = if words { Class::Label } else { Class::Padding };
            assembly.claim(&line, class);
        }
    }
}
