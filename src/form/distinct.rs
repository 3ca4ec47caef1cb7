//! Columns and rows of one table that no wording tells apart: the text cannot say which of the two
//! ids a number has, so they are refused before one is taken by chance.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fault::Fault;
use super::reader::Reader;
use super::{Column, ColumnKind, Label, Row, Spanner};
// The build has this module too, inside another.
use super::super::text::{letters, number_core};

/// Where the wordings of a column or row stand in the file.
pub(crate) struct Place {
    whole: Range<usize>,
    label: Option<Range<usize>>,
    aliases: Option<Range<usize>>,
}

impl Place {
    pub(crate) fn of(entry: &Reader<'_, '_>) -> Self {
        Self {
            whole: entry.span.clone(),
            label: entry.place("label"),
            aliases: entry.place("aliases"),
        }
    }

    /// That of the first wording, or of the others.
    fn wording(&self, index: usize) -> Range<usize> {
        let place = if index == 0 {
            &self.label
        } else {
            &self.aliases
        };
        place.clone().unwrap_or_else(|| self.whole.clone())
    }
}

/// Refuses columns under one header that have a wording in common.
pub(crate) fn columns(
    entry: &Reader<'_, '_>,
    columns: &[Column],
    spanners: &[Spanner],
    places: &[Place],
) {
    let spanners = same_spanners(spanners);
    let mut known = Known::new("columns", COLUMN);
    for (index, column) in columns.iter().enumerate() {
        let above = column.spanner.and_then(|at| spanners.get(at)).copied();
        let one = Entry {
            id: &column.id,
            label: &column.label,
            place: places.get(index),
            // A second 行次 of a table with two halves is no cell.
            counts: column.kind == ColumnKind::Value,
        };
        known.add(entry, &one, |wording| (above, wording));
    }
}

/// Refuses rows under one row that have a wording in common, and number and code; and a row that
/// has no wording at all, unless it is the only one.
pub(crate) fn rows(entry: &Reader<'_, '_>, rows: &[Row], places: &[Place]) {
    let mut known = Known::new("rows", ROW);
    for (index, row) in rows.iter().enumerate() {
        let place = places.get(index);
        if row.label.text.trim().is_empty() && rows.len() > 1 {
            let at = place.map_or(entry.span.clone(), |place| place.wording(0));
            let message = format!("row `{}` has no label", row.id);
            let fault = Fault::new("missing-key", at, message, "");
            let help =
                "only the one row of a table may go without: its values stand under the header";
            entry.sink.fault(fault.help(help));
            continue;
        }
        let number: String = row
            .number
            .iter()
            .flat_map(|number| number_core(number))
            .collect();
        let one = Entry {
            id: &row.id,
            label: &row.label,
            place,
            counts: true,
        };
        known.add(entry, &one, |wording| {
            (row.parent, number.clone(), row.code.clone(), wording)
        });
    }
}

const COLUMN: &str = "give each a wording of its own, or put them under different spanners";
const ROW: &str = "give each a wording, a number or a parent of its own";

/// A column or row.
struct Entry<'e> {
    id: &'e str,
    label: &'e Label,
    place: Option<&'e Place>,
    counts: bool,
}

/// The wordings so far, each with what else tells it from others.
struct Known<'e, K> {
    what: &'static str,
    help: &'static str,
    wordings: BTreeMap<K, First<'e>>,
}

/// Who had a wording first, and where it stands.
struct First<'e> {
    id: &'e str,
    counts: bool,
    wording: &'e str,
    place: Range<usize>,
}

impl<'e, K: Ord> Known<'e, K> {
    fn new(what: &'static str, help: &'static str) -> Self {
        Self {
            what,
            help,
            wordings: BTreeMap::new(),
        }
    }

    /// Adds an entry; a fault, one for each entry, where another has its wording.
    fn add(&mut self, reader: &Reader<'_, '_>, one: &Entry<'e>, key: impl Fn(String) -> K) {
        let mut said = false;
        for (index, wording) in one.label.wordings().enumerate() {
            let compared = compared(wording);
            if compared.is_empty() {
                continue;
            }
            let span = |place: &Place| place.wording(index);
            let place = one.place.map_or(reader.span.clone(), span);
            let Some(first) = self.wordings.get(&key(compared.clone())) else {
                let first = First {
                    id: one.id,
                    counts: one.counts,
                    wording,
                    place,
                };
                self.wordings.insert(key(compared), first);
                continue;
            };
            if said || first.id == one.id || !(first.counts || one.counts) {
                continue;
            }
            said = true;
            let mut fault = Fault::new(
                "duplicate-label",
                place,
                self.message(first, one.id, wording),
                "the second",
            );
            fault.other = Some((first.place.clone(), "the first".into()));
            reader.sink.fault(fault.help(self.help));
        }
    }

    fn message(&self, first: &First<'_>, id: &str, wording: &str) -> String {
        let what = self.what;
        let both = format!("{what} `{}` and `{id}`", first.id);
        if first.wording == wording {
            format!("nothing tells the {both} apart: both are called `{wording}`")
        } else {
            format!(
                "nothing tells the {both} apart: only Chinese characters are compared, and \
                 `{}` and `{wording}` have the same",
                first.wording
            )
        }
    }
}

/// What a wording is compared by: its letters, as when it is looked for in a report. A wording of
/// fewer than two is not looked for by them alone, so that all of it counts.
fn compared(wording: &str) -> String {
    let letters = letters(&without_placeholders(wording));
    if letters.chars().nth(1).is_some() {
        letters
    } else {
        number_core(wording).collect()
    }
}

/// `{words}` has no letters that the print would have.
fn without_placeholders(wording: &str) -> String {
    let mut open = false;
    let literal = |c: &char| {
        open = *c == '{' || open && *c != '}';
        !open
    };
    wording.chars().filter(literal).collect()
}

/// Of each spanner, the first that is called as it is under the same one.
fn same_spanners(spanners: &[Spanner]) -> Vec<usize> {
    let mut known: BTreeMap<(Option<usize>, String), usize> = BTreeMap::new();
    let mut same: Vec<usize> = Vec::with_capacity(spanners.len());
    for (index, spanner) in spanners.iter().enumerate() {
        let above = spanner.parent.and_then(|at| same.get(at)).copied();
        let keys = spanner.label.wordings();
        let keys: Vec<_> = keys.map(|wording| (above, compared(wording))).collect();
        let first = keys.iter().find_map(|key| known.get(key)).copied();
        let first = first.unwrap_or(index);
        for key in keys {
            known.entry(key).or_insert(first);
        }
        same.push(first);
    }
    same
}
