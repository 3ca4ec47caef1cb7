//! Rows of values -> one width, and what of the rows is certain under it.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::item::{Item, Kind};
use super::{Cell, Row};

/// A row before its width is known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) label: Vec<Range<usize>>,
    /// Whether the pieces of its label are those of one.
    pub(super) broken: bool,
    /// Whether it says nothing of the width: something else than its values may be counted.
    pub(super) doubtful: bool,
    pub(super) unit: Option<Range<usize>>,
    pub(super) values: Vec<Item>,
}

/// How the rows of a table agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Width {
    /// Values of most rows.
    pub(super) width: usize,
    /// Rows with values.
    pub(super) rows: usize,
    /// Rows with more values than most.
    pub(super) more: usize,
    /// Rows with fewer.
    pub(super) fewer: usize,
}

impl Width {
    /// The width that at least two rows and two thirds of all have.
    pub(super) fn of(drafts: &[Draft]) -> Option<Self> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let counted = |draft: &&Draft| !draft.values.is_empty() && !draft.doubtful;
        for draft in drafts.iter().filter(counted) {
            *counts.entry(draft.values.len()).or_default() += 1;
        }
        let rows: usize = counts.values().sum();
        let (width, most) = counts
            .iter()
            .map(|(width, rows)| (*width, *rows))
            .max_by_key(|(_, rows)| *rows)?;
        let doubtful = drafts.iter().filter(|draft| draft.doubtful);
        let over = doubtful.filter(|draft| draft.values.len() > width).count();
        let beyond = |range: &dyn Fn(usize) -> bool| {
            let others = counts.iter().filter(|(width, _)| range(**width));
            others.map(|(_, rows)| rows).sum()
        };
        (most >= 2 && most * 3 >= rows * 2).then_some(Self {
            width,
            rows: rows + over,
            more: over + beyond(&|other| other > width),
            fewer: beyond(&|other| other < width),
        })
    }

    /// Whether the rows that have it bear out a header that says the same.
    pub(super) fn is_borne_out(self) -> bool {
        self.is_even() || self.rows - self.more - self.fewer > 2
    }

    /// Whether every row has it.
    pub(super) fn is_even(self) -> bool {
        self.more == 0 && self.fewer == 0
    }
}

/// The rows under a width. Where `certain`, those that have it are; every other cell has the
/// values that it could be.
pub(super) fn rows(drafts: Vec<Draft>, width: usize, certain: bool) -> Vec<Row> {
    let row = |draft: Draft| Row {
        cells: cells(draft.values, width, certain && !draft.doubtful),
        label: draft.label,
        broken: draft.broken,
        unit: draft.unit,
    };
    drafts.into_iter().map(row).collect()
}

fn cells(values: Vec<Item>, width: usize, certain: bool) -> Vec<Cell> {
    if values.is_empty() {
        return vec![Cell::Absent; width];
    }
    if certain && values.len() == width {
        return values.into_iter().map(Cell::Certain).collect();
    }
    let spare = width.abs_diff(values.len());
    let open = |column: usize| {
        // Values too few leave cells out before it, values too many belong to nobody before it.
        let (first, last) = if values.len() < width {
            (column.saturating_sub(spare), column)
        } else {
            (column, column + spare)
        };
        let last = (last + 1).min(values.len());
        Cell::open(values.get(first..last).unwrap_or_default())
    };
    (0..width).map(open).collect()
}

/// Whether numbers count on, one by one: 3 4 5.
pub(super) fn counts_on<'i>(items: impl IntoIterator<Item = &'i Item>) -> bool {
    let mut before: Option<Decimal> = None;
    for item in items {
        let Some(value) = item.whole() else {
            return false;
        };
        if before.is_some_and(|before| value != before + Decimal::ONE) {
            return false;
        }
        before = Some(value);
    }
    before.is_some()
}

/// Whether rows that agree can be trusted where no header says the same: blank cells that were
/// dropped could make them agree by chance. A table that prints zeros or marks for no value does
/// not leave cells blank, many rows do not agree by chance, and a text that says something twice
/// is not one that lost its repeated lines.
pub(super) fn agree(width: Width, drafts: &[Draft]) -> bool {
    let items = || drafts.iter().flat_map(|draft| &draft.values);
    let fills = |item: &&Item| match item.kind {
        Kind::Placeholder => true,
        Kind::Number(value) => value.is_zero(),
        _ => false,
    };
    let mut numbers: Vec<Decimal> = items().filter_map(Item::number).collect();
    let count = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    let filled = items().filter(fills).count() > 1;
    let repeats = numbers.len() < count;
    width.is_even() && width.width > 1 && (width.rows > 3 && filled || width.rows > 5 && repeats)
}

/// The headers of a table in words, for the reason of a reading.
pub(super) fn because(width: Width, headed: bool, certain: bool) -> String {
    let Width {
        width: count, rows, ..
    } = width;
    let values = if count == 1 { "value" } else { "values" };
    let mut because = if width.is_even() {
        format!("each of {rows} rows has {count} {values}")
    } else {
        format!(
            "{} of {rows} rows have {count} {values}, {} have more and {} fewer",
            rows - width.more - width.fewer,
            width.more,
            width.fewer
        )
    };
    because.push_str(match (headed, certain) {
        (true, _) => ", and as many headers stand over them",
        (false, true) => "; the headers leave open which column is whose",
        (false, false) => "; that is not enough to tell the columns",
    });
    because
}
