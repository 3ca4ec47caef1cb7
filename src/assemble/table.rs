//! Readings of one table -> its columns, rows and cells.

use std::ops::Range;

use super::{Assembly, unit};
use crate::align::Anchor;
use crate::extraction::{self, Candidate, Column, Reading, Row, Severity, State, Table};
use crate::field::{Field, Kind, Token};
use crate::form;
use crate::grid::{CellReading, Document, RowReading, TableReading};
use crate::lexicon::Part;
use crate::page::Class;
use crate::row::Slot;
use crate::style;

impl Assembly<'_> {
    /// Adds a table.
    pub(crate) fn table(&mut self, document: &Document<'_>, reading: TableReading, mixed: bool) {
        let table = reading.region.table;
        let definition = &document.form.tables[table];
        let anchors: Vec<&Anchor> = reading
            .region
            .anchors
            .iter()
            .map(|anchor| &document.anchors[*anchor])
            .collect();
        let mut range = reading.region.range.start..reading.region.range.start;
        for anchor in &anchors {
            if anchor.part.table() == Some(table) {
                range.end = range.end.max(anchor.range.end);
                for piece in &anchor.pieces {
                    self.claim(piece, Class::Label);
                }
            }
        }
        let units = self.units(document, &anchors, table, &reading);
        let columns = columns(self, document, &anchors, table, &reading.columns);
        // Where each row's label is printed first.
        let mut printed: Vec<Option<&Anchor>> = vec![None; definition.rows.len()];
        for anchor in &anchors {
            if let Part::Row { table: of, row } = anchor.part
                && of == table
                && let Some(first) = printed.get_mut(row)
            {
                first.get_or_insert(anchor);
            }
        }
        let mut rows = Vec::with_capacity(reading.rows.len());
        let mut extra = 0;
        for row in &reading.rows {
            extra += usize::from(row.row.is_none());
            for piece in &row.label {
                self.claim(piece, Class::Label);
            }
            let of_columns = (reading.columns.as_slice(), units.as_slice());
            let made = self.row(document, &printed, table, of_columns, row, extra);
            rows.push(made);
        }
        let places = reading.rows.iter().flat_map(RowReading::places);
        range.end = places.fold(range.end, |end, place| end.max(place.end));
        self.claim_inside(document, &reading, &range);
        let layout = style::name(&reading.style, self.text.html, reading.torn);
        self.table_notes(document, definition, &reading, &rows, &range);
        if mixed {
            let message = format!(
                "table `{}` has the headers of the form `{}`",
                definition.id, document.form.id
            );
            self.note(
                "mixed-form",
                Severity::Warning,
                message,
                Some(&range),
                Some("its cells carry the ids of that form"),
            );
        }
        let section = definition
            .section
            .and_then(|section| document.form.sections.get(section))
            .map(|section| section.id.clone());
        self.ranges.push((range.clone(), definition.id.clone()));
        self.tables.push(Table {
            id: definition.id.clone(),
            form: mixed.then(|| document.form.id.clone()),
            inferred: None,
            section,
            span: self.span(&range),
            layout,
            columns,
            rows,
        });
    }

    /// The units that the headers print, or a line above them.
    fn units(
        &self,
        document: &Document<'_>,
        anchors: &[&Anchor],
        table: usize,
        reading: &TableReading,
    ) -> Vec<Option<String>> {
        let text = document.text;
        let first_row = reading.region.first_row(document.anchors);
        let head = text.line_of(reading.region.range.start)
            ..first_row.map_or(0, |row| text.line_of(row.range.start));
        // The line above the first header is of the table as well.
        let above = text.lines.get(..head.start).unwrap_or_default().iter();
        let above = above.rev().find(|line| !text.get(line).trim().is_empty());
        let lines = above
            .into_iter()
            .chain(text.lines.get(head).unwrap_or_default());
        let stated = lines.clone().map(|line| unit::of_line(document, line));
        let of_table = stated.flatten().collect::<Vec<_>>();
        // A note below the table is about it.
        let places = reading.rows.iter().flat_map(RowReading::places);
        let last = places.map(|place| text.line_of(place.end)).max();
        let below = last
            .and_then(|last| text.lines.get(last + 1..))
            .unwrap_or_default();
        let below = below
            .iter()
            .filter(|line| !text.get(line).trim().is_empty())
            .take(1);
        let of_column = |column: &usize| {
            let own = Part::Column {
                table,
                column: *column,
            };
            let anchor = anchors.iter().find(|anchor| anchor.part == own);
            let printed = anchor.and_then(|anchor| unit::printed(document, anchor));
            let official = document.form.tables[table].columns[*column].unit.as_ref();
            let fits =
                |unit: &&Range<usize>| official.is_some_and(|own| unit::alike(own, text.get(unit)));
            let above = || of_table.iter().find(fits).cloned();
            let near = || {
                let official = official.filter(|unit| unit::has_scales(document, unit))?;
                let mut near = lines.clone().chain(below.clone());
                near.find_map(|line| unit::said_by(document, line, official))
            };
            let printed = printed.or_else(above).or_else(near);
            self.other_unit(document, printed, official)
        };
        reading.columns.iter().map(of_column).collect()
    }

    fn row(
        &mut self,
        document: &Document<'_>,
        printed: &[Option<&Anchor>],
        table: usize,
        (columns, units): (&[usize], &[Option<String>]),
        row: &RowReading,
        number: usize,
    ) -> Row {
        let definition = &document.form.tables[table];
        let of_row = row.row.map(|row| &definition.rows[row]);
        let anchor = row.anchor.map(|anchor| &document.anchors[anchor]);
        // Few rows lie deeper than in a group of a group.
        let mut label = Vec::with_capacity(3);
        let mut parent = of_row.and_then(|row| row.parent);
        while let Some(group) = parent {
            let anchor = printed.get(group).copied().flatten();
            label.push(anchor.map_or_else(
                || stub(&definition.rows[group]),
                |anchor| self.said(&anchor.pieces),
            ));
            parent = definition.rows[group].parent;
        }
        label.reverse();
        label.push(match (anchor, of_row) {
            (Some(anchor), _) => self.said(&anchor.pieces),
            (None, Some(row)) => stub(row),
            (None, None) => self.said(&row.label),
        });
        let pieces = anchor.map(|anchor| self.pieces(&anchor.pieces));
        let pieces = pieces.unwrap_or_default();
        let of_form = of_row.and_then(|row| row.unit.as_ref());
        let own = anchor.and_then(|anchor| {
            let beside = || unit::beside(document, anchor);
            let on_line = || unit::on_line(document, row.places().next()?);
            let of_units = || beside().or_else(on_line);
            let of_units = definition.has_units().then(of_units).flatten();
            of_units.or_else(|| unit::printed(document, anchor))
        });
        let own = self.other_unit(document, own, of_form);
        let cells = row
            .cells
            .iter()
            .zip(columns.iter().zip(units))
            .map(|(cell, (column, unit))| {
                let column = &definition.columns[*column];
                let of_column = column.unit.as_ref();
                // A label that prints 万元 says nothing of a column that counts 项.
                let fits = |own: &&String| of_column.is_none_or(|unit| unit::alike(unit, own));
                let unit = unit.as_ref().or(own.as_ref().filter(fits));
                let unit = unit.or(of_column).or(of_form);
                self.cell(document, (definition, column), unit, cell)
            })
            .collect();
        Row {
            id: of_row.map_or_else(|| format!("extra-{number}"), |row| row.id.clone()),
            label,
            span: match (anchor, row.label.as_slice()) {
                (Some(anchor), _) => Some(self.whole(&pieces, &anchor.range)),
                (None, [first, ..]) => Some(
                    self.span(&(first.start..row.label.last().map_or(first.end, |last| last.end))),
                ),
                (None, []) => None,
            },
            pieces,
            cells,
        }
    }

    fn cell(
        &mut self,
        document: &Document<'_>,
        (table, column): (&form::Table, &form::Column),
        stated: Option<&String>,
        reading: &CellReading,
    ) -> extraction::Cell {
        let mut cell = extraction::Cell::absent(column.id.clone());
        match reading {
            CellReading::Open(slots) => {
                cell.state = State::Ambiguous;
                cell.candidates = slots.iter().map(|slot| self.candidate(slot)).collect();
            }
            CellReading::Certain {
                slot: Slot::Missing,
                ..
            } => {}
            CellReading::Certain {
                slot: Slot::Blank, ..
            } => cell.state = State::Blank,
            CellReading::Certain {
                slot: Slot::Field(field),
                solved,
            } => {
                cell.reading = Some(if *solved {
                    Reading::Solved
                } else {
                    Reading::Direct
                });
                let (raw, span) = self.printed(&field.range);
                cell.raw = Some(raw.to_string());
                cell.span = Some(span);
                self.claim(&field.range, Class::Value);
                match &field.token {
                    Some(Token {
                        kind:
                            Kind::Number {
                                value: Some(value),
                                unit,
                                ..
                            },
                        ..
                    }) => {
                        cell.state = State::Number;
                        cell.value = Some(*value);
                        // In a column of units they stand before the values.
                        let stated_like = stated.filter(|_| !table.has_units());
                        let behind = || {
                            let behind = unit::behind(document, &field.range)?;
                            let said = document.text.get(&behind);
                            let fits = stated_like.is_some_and(|stated| unit::alike(stated, said));
                            fits.then_some(behind)
                        };
                        let printed = unit.clone().or_else(behind).map(|unit| self.unit(&unit));
                        cell.unit = printed.or_else(|| stated.cloned());
                    }
                    Some(Token {
                        kind: Kind::Placeholder,
                        ..
                    }) => cell.state = State::Placeholder,
                    _ => cell.state = State::Text,
                }
            }
        }
        cell
    }

    fn candidate(&mut self, slot: &Slot) -> Candidate {
        match slot {
            Slot::Field(Field {
                token: Some(token),
                range,
                ..
            }) => {
                self.claim(range, Class::Value);
                let value = match token.kind {
                    Kind::Number { value, .. } => value,
                    _ => None,
                };
                let (raw, span) = self.printed(range);
                Candidate {
                    value,
                    raw: Some(raw.to_string()),
                    span: Some(span),
                }
            }
            _ => Candidate {
                value: None,
                raw: None,
                span: None,
            },
        }
    }
}

/// A row's label as the form prints it.
fn stub(row: &form::Row) -> String {
    match &row.number {
        Some(number) if number.ends_with(['）', '.', '、', '：']) => {
            format!("{number}{}", row.label.text)
        }
        Some(number) => format!("{number}、{}", row.label.text),
        None => row.label.text.clone(),
    }
}

/// The columns with their headers as printed. Where one wording heads several columns (总计 three
/// times), its prints are theirs in order.
fn columns(
    assembly: &Assembly<'_>,
    document: &Document<'_>,
    anchors: &[&Anchor],
    table: usize,
    columns: &[usize],
) -> Vec<Column> {
    let definition = &document.form.tables[table];
    let first_row = anchors
        .iter()
        .position(|anchor| matches!(anchor.part, Part::Row { .. }))
        .unwrap_or(anchors.len());
    let label_of = |part: Part| part.label(document.form).map(|label| label.text.as_str());
    let print_of = |part: Part, nth: usize| {
        let wording = label_of(part);
        let mut prints = anchors[..first_row].iter().filter(|anchor| {
            matches!(anchor.part, Part::Column { table: of, .. } | Part::Spanner { table: of, .. } if of == table) && label_of(anchor.part) == wording
        });
        prints.nth(nth).copied()
    };
    columns
        .iter()
        .map(|index| {
            let column = &definition.columns[*index];
            let nth = definition.columns[..*index]
                .iter()
                .filter(|other| other.label.text == column.label.text)
                .count();
            let own = print_of(
                Part::Column {
                    table,
                    column: *index,
                },
                nth,
            );
            let mut label = Vec::new();
            let mut spanner = column.spanner;
            while let Some(index) = spanner {
                let printed = print_of(
                    Part::Spanner {
                        table,
                        spanner: index,
                    },
                    0,
                );
                label.push(printed.map_or_else(
                    || definition.spanners[index].label.text.clone(),
                    |anchor| assembly.said(&anchor.pieces),
                ));
                spanner = definition.spanners[index].parent;
            }
            label.reverse();
            label
                .push(own.map_or_else(|| official(column), |anchor| assembly.said(&anchor.pieces)));
            Column {
                id: column.id.clone(),
                label,
                span: own.map(|anchor| assembly.span(&anchor.range)),
            }
        })
        .collect()
}

fn official(column: &form::Column) -> String {
    column.label.text.clone()
}
