//! Headers -> columns: which columns are printed, and whether in the order of the form.

use std::ops::Range;

use super::{CellReading, Document, Draft, Reader, Region, RowReading};
use crate::align::Anchor;
use crate::field::{Kind, Token};
use crate::form::{ColumnKind, Label};
use crate::lexicon::Part;
use crate::row::{Slot, Style};
use crate::statement::years;
use crate::text::letters;

use foreign::has_foreign;
pub(super) use foreign::withhold_foreign;
pub(super) use misplaced::{withhold_short, withhold_unplaced};

mod foreign;
mod misplaced;
mod order;

/// The columns that hold values and are printed: all but optional ones whose header is missing.
/// An optional column stands where its header does among the headers under the same spanner.
pub(crate) fn printed_columns(document: &Document<'_>, region: &Region) -> Vec<usize> {
    let columns = &document.form.tables[region.table].columns;
    let printed = |column: usize| {
        let header = region.header(document.anchors, column);
        header.map(|anchor| anchor.range.start)
    };
    let is_value = |column: &usize| columns[*column].kind == ColumnKind::Value;
    let (optional, mut order): (Vec<usize>, Vec<usize>) = (0..columns.len())
        .filter(is_value)
        .partition(|column| columns[*column].optional);
    for column in optional {
        let Some(start) = printed(column) else {
            continue;
        };
        let siblings = order
            .iter()
            .enumerate()
            .filter(|(_, other)| columns[**other].spanner == columns[column].spanner);
        let behind = siblings
            .clone()
            .find(|(_, other)| printed(**other).is_some_and(|other| other > start))
            .map(|(at, _)| at);
        let last = siblings
            .max_by_key(|(at, _)| *at)
            .map_or(order.len(), |(at, _)| at + 1);
        order.insert(behind.unwrap_or(last), column);
    }
    order
}

/// Whether the table may have other columns than those of the form, as its headers and the tokens
/// before its first row say.
pub(super) fn may_be_others(
    reader: &Reader<'_>,
    columns: &[usize],
    drafts: &[Draft],
    head: &[Token],
    style: &Style,
) -> bool {
    let (document, region) = (reader.document, reader.region);
    let headed = |column: &usize| region.header(document.anchors, *column).is_some();
    // Where nothing parts the values, a column that the form does not have would be taken for digits
    // of its neighbour: only the headers say that there is none.
    let glued = style.glued
        && (head.iter().any(|token| token.kind == Kind::Word)
            || reader.has_index()
            || !columns.iter().all(headed));
    // Where a column of the report's own is empty in some rows, the value of another may be its.
    let count = |draft: &Draft| draft.text.values().count();
    // Sums over columns tell rows with too few from whole ones.
    let judged = drafts.iter().any(|it| !reader.sums_of(it.row).is_empty());
    let unfit = |draft: &&Draft| {
        let count = count(draft);
        count > columns.len() || !judged && 0 < count && count < columns.len()
    };
    let wider = drafts.iter().filter(|draft| count(draft) > columns.len());
    let most = style.bordered && !judged && wider.count() * 2 > drafts.len();
    let apart = !style.bordered && !style.glued && style.width.is_none();
    let apart = apart && drafts.iter().any(|draft| unfit(&draft));
    glued
        || are_glued(document, region, columns, head)
        || is_named_twice(document, region, columns)
        || (most || apart) && (has_foreign(document, region) || heads_year(document, head))
}

/// Whether a year heads a column of its own: 2016年.
fn heads_year(document: &Document<'_>, head: &[Token]) -> bool {
    head.iter().any(|token| {
        let behind = document
            .text
            .folded
            .get(token.range.start..)
            .unwrap_or_default();
        years(behind.get(..YEAR).unwrap_or_default())
            .next()
            .is_some()
    })
}

/// Bytes of 2016年.
const YEAR: usize = 7;

/// Whether the header of one column is found in brackets on a line of its own, and again below that
/// among the rest: （2009年度） above a table.
fn is_named_twice(document: &Document<'_>, region: &Region, columns: &[usize]) -> bool {
    let text = document.text;
    let is_apart = |anchor: &Anchor| {
        let line = text.get(&text.lines[text.line_of(anchor.range.start)]);
        let line = line.trim_matches(' ');
        line.starts_with('(') && line.ends_with(')')
    };
    columns.iter().any(|of| {
        let is_it =
            |anchor: &&Anchor| matches!(anchor.part, Part::Column { column, .. } if column == *of);
        let mut own = head(document, region).filter(is_it);
        own.next().is_some_and(is_apart) && own.next().is_some()
    })
}

/// Whether a word among the headers, the tokens before the first row, is a header with another
/// before or behind it.
fn are_glued(document: &Document<'_>, region: &Region, columns: &[usize], head: &[Token]) -> bool {
    let words = head.iter().filter(|token| token.kind == Kind::Word);
    let words = words.map(|word| (&word.range, letters(document.text.get(&word.range))));
    let words: Vec<(&Range<usize>, String)> = words.collect();
    if words.is_empty() {
        return false;
    }
    let anchors = region.anchors.iter().map(|at| &document.anchors[*at]);
    let headers = anchors.filter(|anchor| matches!(anchor.part, Part::Column { .. }));
    let headers: Vec<&Range<usize>> = headers.map(|header| &header.range).collect();
    let touches = |word: &Range<usize>| {
        let mut headers = headers.iter();
        headers.any(|header| header.end == word.start || word.end == header.start)
    };
    // A gloss in Latin letters is none.
    let is_wording = |said: &str| said.contains(|c: char| !c.is_ascii());
    let definition = &document.form.tables[region.table].columns;
    let missing = columns
        .iter()
        .filter(|column| region.header(document.anchors, **column).is_none());
    let wordings = missing.flat_map(|column| definition[*column].label.literals().map(letters));
    let mut wordings = wordings.filter(|wording| !wording.is_empty());
    let holds = |said: &str, wording: &str| said.len() > wording.len() && said.contains(wording);
    words
        .iter()
        .any(|(word, said)| is_wording(said) && touches(word))
        || wordings.any(|wording| words.iter().any(|(_, said)| holds(said, &wording)))
}

/// Withholds the cells of a table whose headers stand in another order than the form's: the
/// values may follow either, unless sums say which. Returns whether they do.
pub(super) fn withhold_crossed(
    reader: &Reader<'_>,
    columns: &[usize],
    glued: bool,
    rows: &mut [RowReading],
) -> bool {
    let (document, region) = (reader.document, reader.region);
    let table = &document.form.tables[region.table];
    let spanners = siblings(
        table
            .spanners
            .iter()
            .map(|spanner| (spanner.parent, &spanner.label)),
        |spanner| {
            first_header(
                document,
                region,
                |part| matches!(part, Part::Spanner { spanner: other, .. } if other == spanner),
            )
        },
    );
    let headers = siblings(
        columns.iter().map(|column| {
            let column = &table.columns[*column];
            (column.spanner, &column.label)
        }),
        |at| column_header(document, region, columns[at]),
    );
    let shared = shared_crossed(document, region, columns);
    let beside = beside_spanner(document, region, columns);
    let misplaced = misplaced::misplaced(document, region, columns);
    if spanners.is_none() && headers.is_none() && !shared && !beside && !misplaced {
        return false;
    }
    if !glued
        && !shared
        && !misplaced
        && let Some(order) = order::printed(reader, columns)
        && !order.is_sorted()
        && order::settle(reader, &order, rows)
    {
        return true;
    }
    // The column whose header stands where the form has this one. Where headers change places
    // over a whole spanner, this does not say it.
    let flat = |order: &Vec<usize>| {
        let moved = order.iter().enumerate().filter(|(at, other)| at != *other);
        moved
            .map(|(at, _)| table.columns[columns[at]].spanner)
            .all(|above| !table.spanners.iter().any(|it| it.parent == above))
    };
    // Where nothing parts the values, a cut in another order is another cut.
    let order = headers
        .filter(|_| !glued && spanners.is_none() && !shared && !beside && !misplaced)
        .filter(flat)
        .unwrap_or_default();
    for row in rows.iter_mut().filter(|row| row.row.is_some()) {
        let printed = row.cells.clone();
        for (column, cell) in row.cells.iter_mut().enumerate() {
            let CellReading::Certain { slot, .. } = cell else {
                continue;
            };
            let mut slots = vec![slot.clone()];
            let place = order.iter().position(|other| *other == column);
            match place.and_then(|place| printed.get(place)) {
                Some(CellReading::Certain { slot, .. }) if *slot != slots[0] => {
                    slots.push(slot.clone());
                }
                Some(CellReading::Certain { .. }) => continue,
                _ => {}
            }
            slots.retain(|slot| matches!(slot, Slot::Field(_)));
            *cell = CellReading::Open(slots);
        }
    }
    true
}

/// The order in which headers are printed, as indices, if it is another than the form's among
/// those below one spanner; empty where not every header tells its place. Headers that are worded
/// like another do not.
fn siblings<'l>(
    headers: impl Iterator<Item = (Option<usize>, &'l Label)>,
    start: impl Fn(usize) -> Option<usize>,
) -> Option<Vec<usize>> {
    let headers: Vec<(Option<usize>, &Label)> = headers.collect();
    // Where all stand in order, so do those that tell their place.
    let starts: Vec<Option<usize>> = (0..headers.len()).map(start).collect();
    let in_order = starts.iter().enumerate().all(|(at, start)| {
        let beside = |other: &usize| headers[*other].0 == headers[at].0;
        start.is_none() || (0..at).filter(beside).all(|other| starts[other] <= *start)
    });
    if in_order {
        return None;
    }
    let headers: Vec<(Option<usize>, String)> = headers
        .into_iter()
        .map(|(parent, label)| (parent, letters(&label.text)))
        .collect();
    let told = |at: usize| {
        let unique = headers.iter().filter(|(_, label)| *label == headers[at].1);
        starts[at].filter(|_| unique.count() == 1)
    };
    let starts: Vec<Option<usize>> = (0..headers.len()).map(told).collect();
    let mut order: Vec<usize> = (0..headers.len()).collect();
    for (parent, _) in &headers {
        let places: Vec<usize> = (0..headers.len())
            .filter(|at| headers[*at].0 == *parent && starts[*at].is_some())
            .collect();
        let mut printed = places.clone();
        printed.sort_by_key(|at| starts[*at]);
        for (place, header) in places.into_iter().zip(printed) {
            order[place] = header;
        }
    }
    if order.is_sorted() {
        None
    } else if starts.iter().all(Option::is_some) {
        Some(order)
    } else {
        Some(Vec::new())
    }
}

/// Whether a header and a spanner beside it stand on one line in another order than the form's.
/// On different lines the order says nothing: a header over two lines is written at their middle.
fn beside_spanner(document: &Document<'_>, region: &Region, columns: &[usize]) -> bool {
    let table = &document.form.tables[region.table];
    let line = |start: usize| document.text.line_of(start);
    table.spanners.iter().enumerate().any(|(at, spanner)| {
        let of_spanner = |column: &usize| {
            std::iter::successors(table.columns[*column].spanner, |above| {
                table.spanners[*above].parent
            })
            .any(|above| above == at)
        };
        let place = columns.iter().position(of_spanner);
        let own = first_header(
            document,
            region,
            |part| matches!(part, Part::Spanner { spanner, .. } if spanner == at),
        );
        let (Some(place), Some(own)) = (place, own) else {
            return false;
        };
        columns.iter().enumerate().any(|(other, column)| {
            table.columns[*column].spanner == spanner.parent
                && column_header(document, region, *column).is_some_and(|start| {
                    line(start) == line(own) && (start < own) != (other < place)
                })
        })
    })
}

/// Whether headers that several columns share are all printed, and in another order than the
/// form's.
fn shared_crossed(document: &Document<'_>, region: &Region, columns: &[usize]) -> bool {
    let table = &document.form.tables[region.table];
    // Where all stand in order, so do those that are shared.
    let mut places = head(document, region).filter_map(|anchor| match anchor.part {
        Part::Column { column, .. } => Some(columns.iter().position(|other| *other == column)),
        _ => None,
    });
    let next = |least: usize, place: Option<usize>| Some(place.filter(|it| *it >= least)? + 1);
    if places.try_fold(0, next).is_some() {
        return false;
    }
    let label = |column: usize| letters(&table.columns[column].label.text);
    let labels: Vec<String> = columns.iter().map(|column| label(*column)).collect();
    let expected: Vec<&String> = labels
        .iter()
        .filter(|label| labels.iter().filter(|other| other == label).count() > 1)
        .collect();
    let printed: Vec<String> = head(document, region)
        .filter_map(|anchor| match anchor.part {
            Part::Column { column, .. } => {
                let label = label(column);
                expected.contains(&&label).then_some(label)
            }
            _ => None,
        })
        .collect();
    printed.len() == expected.len() && !printed.iter().eq(expected)
}

/// The headers of a table before its rows.
fn head<'d>(document: &Document<'d>, region: &Region) -> impl Iterator<Item = &'d Anchor> {
    let anchors = document.anchors;
    region
        .anchors
        .iter()
        .map(|anchor| &anchors[*anchor])
        .take_while(|anchor| !matches!(anchor.part, Part::Row { .. }))
        .filter(|anchor| anchor.part.table() == Some(region.table))
}

/// Where the header of a column begins.
fn column_header(document: &Document<'_>, region: &Region, column: usize) -> Option<usize> {
    let is_it = |part| matches!(part, Part::Column { column: it, .. } if it == column);
    first_header(document, region, is_it)
}

/// Where the first header of a part begins.
fn first_header(
    document: &Document<'_>,
    region: &Region,
    is_it: impl Fn(Part) -> bool,
) -> Option<usize> {
    head(document, region)
        .find(|anchor| is_it(anchor.part))
        .filter(|anchor| anchor.aligned)
        .map(|anchor| anchor.range.start)
}
