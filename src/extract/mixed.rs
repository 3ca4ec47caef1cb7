//! Two forms in one report: a table that another edition prints, among those of the report's own.

use crate::align::Anchor;
use crate::form::{Form, Table};
use crate::grid::{self, Document};
use crate::lexicon::Part;
use crate::text;

/// The table of another edition whose headers a region carries rather than its own.
pub(super) fn mixed(
    document: &Document<'_>,
    region: &grid::Region,
    forms: &[Form],
) -> Option<(usize, usize)> {
    let own = &document.form.tables[region.table];
    let first_row = region.first_row(document.anchors);
    let head_end = first_row.map_or(region.range.end, |row| row.range.start);
    let head = text::letters(document.text.get(&(region.range.start..head_end)));
    let score = |form: usize, table: usize| -> usize {
        let labels = document.lexicon.columns(form, table).iter();
        labels
            .filter(|label| head.contains(label.as_str()))
            .map(|label| label.chars().count())
            .sum()
    };
    // Words of one edition's headers may make up some of another's, but not all: 本年 and 增减.
    let is_whole = |table: &Table| {
        let mut columns = table.columns.iter().filter(|column| !column.optional);
        columns.all(|column| {
            let mut labels = column.label.literals().map(text::letters);
            labels.any(|label| head.contains(label.as_str()))
        })
    };
    let own_is_whole = is_whole(own);
    let mut best = (score(document.index, region.table), None);
    for (form, definition) in forms
        .iter()
        .enumerate()
        .filter(|(_, form)| form.genre == document.form.genre && form.id != document.form.id)
    {
        for (index, table) in definition
            .tables
            .iter()
            .enumerate()
            .filter(|(_, table)| table.id == own.id)
        {
            let score = score(form, index);
            if score > best.0
                && (!own_is_whole || is_whole(table))
                && table
                    .rows
                    .iter()
                    .any(|row| own.rows.iter().any(|own| own.id == row.id))
            {
                best = (score, Some((form, index)));
            }
        }
    }
    best.1
}

/// The anchors, those of a region with its rows named as another edition names them, and the region
/// for that edition. A row that it lacks is one that the form does not have: its label is none.
pub(super) fn translate(
    anchors: &[Anchor],
    form: &Form,
    region: &grid::Region,
    other: &Form,
    table: usize,
) -> (Vec<Anchor>, grid::Region) {
    let rows = &other.tables[table].rows;
    let mut translated = Vec::with_capacity(anchors.len());
    let mut lacking = Vec::new();
    for (index, anchor) in anchors.iter().enumerate() {
        let part = match anchor.part {
            // They are in order, and a text may hold a label a hundred thousand times.
            _ if region.anchors.binary_search(&index).is_err() => anchor.part,
            Part::Row { table: own, row } if own == region.table => {
                let id = &form.tables[own].rows[row].id;
                match rows.iter().position(|row| row.id == *id) {
                    Some(row) => Part::Row { table, row },
                    None => {
                        lacking.push(index);
                        Part::Corner { table }
                    }
                }
            }
            Part::Title { .. } => Part::Title { table },
            _ => Part::Corner { table },
        };
        translated.push(Anchor {
            part,
            ..anchor.clone()
        });
    }
    let is_known = |at: &&usize| lacking.binary_search(at).is_err();
    let known = region.anchors.iter().filter(is_known);
    let region = grid::Region {
        table,
        anchors: known.copied().collect(),
        ..region.clone()
    };
    (translated, region)
}
