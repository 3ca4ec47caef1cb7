//! Anchors -> regions: the stretches of the text that hold one table each.

use super::drafts::within;
use super::{Document, Region};
use crate::field::{Kind, Token, tokens};
use crate::form::Table;
use crate::lexicon::Part;
use crate::value::Notation;

/// The regions of all tables, in the order of the text.
pub(crate) fn regions(document: &Document<'_>) -> Vec<Region> {
    let anchors = document.anchors;
    let mut regions: Vec<Region> = Vec::new();
    let mut open = false;
    for anchor in anchors.iter().filter(|anchor| anchor.aligned) {
        let table = anchor.part.table();
        if open
            && let Some(last) = regions.last_mut()
            && table != Some(last.table)
        {
            last.range.end = anchor.range.start;
            open = false;
        }
        if let Some(table) = table.filter(|_| !open) {
            regions.push(Region {
                table,
                range: anchor.range.start..document.text.folded.len(),
                anchors: Vec::new(),
            });
            open = true;
        }
    }
    for region in &mut regions {
        region.anchors = (0..anchors.len())
            .filter(|at| {
                anchors[*at].range.start >= region.range.start
                    && anchors[*at].range.start < region.range.end
            })
            .collect();
    }
    let bare = bare(document, &regions);
    regions.extend(bare);
    regions.sort_by_key(|region| region.range.start);
    regions
}

/// Tables of one row of which nothing is printed but the heading of their section: right behind it
/// stand as many numbers as the table has columns.
fn bare(document: &Document<'_>, regions: &[Region]) -> Vec<Region> {
    let tables = &document.form.tables;
    let unlabelled =
        |table: &Table| matches!(table.rows.as_slice(), [row] if row.label.text.is_empty());
    let mut found = Vec::new();
    for (at, heading) in document.anchors.iter().enumerate() {
        let Part::Section(section) = heading.part else {
            continue;
        };
        let of_section = |table: &usize| tables[*table].section == Some(section);
        let mut of_section = (0..tables.len()).filter(of_section);
        let (Some(table), None) = (of_section.next(), of_section.next()) else {
            continue;
        };
        let read = regions.iter().any(|region| region.table == table);
        if !heading.aligned || read || !unlabelled(&tables[table]) {
            continue;
        }
        let behind = document.anchors.get(at + 1..).unwrap_or_default();
        let next = behind
            .iter()
            .find(|anchor| anchor.range.start >= heading.range.end);
        let end = next.map_or(document.text.folded.len(), |next| next.range.start);
        let range = heading.range.end..end;
        let skip = within(document.skip, &range);
        let tokens = tokens(document.text, &range, skip, Notation(document.genre));
        let words = tokens.iter().position(|token| token.kind == Kind::Word);
        let row = &tokens[..words.unwrap_or(tokens.len())];
        let columns = tables[table].columns.iter();
        let count = columns.filter(|it| it.is_counted()).count();
        let mut values = row.iter().filter(|token| token.is_value());
        if values.clone().count() == count && values.all(Token::is_number) {
            let end = words.map_or(end, |word| tokens[word].range.start);
            let start = row.first().map_or(end, |first| first.range.start);
            found.push(Region {
                table,
                range: start..end,
                anchors: vec![at],
            });
        }
    }
    found
}
