//! A line with borders -> its cells.

use std::ops::Range;

use super::Reader;
use super::item::{Item, Kind};
use crate::text::BORDER;

/// One row of cells as written.
pub(super) struct Written {
    pub(super) line: usize,
    pub(super) cells: Vec<Slot>,
}

/// One cell as written.
pub(super) struct Slot {
    pub(super) range: Range<usize>,
    pub(super) item: Option<Item>,
}

impl Slot {
    /// Whether a merged cell of an HTML table reaches over it.
    pub(super) fn is_covered(&self) -> bool {
        self.item.is_none() && self.range.is_empty()
    }

    pub(super) fn is_number(&self) -> bool {
        self.item.as_ref().is_some_and(Item::is_number)
    }

    pub(super) fn is_word(&self) -> bool {
        self.item
            .as_ref()
            .is_some_and(|item| matches!(item.kind, Kind::Word | Kind::Mixed))
    }
}

/// The cells of a line, if it is a row rather than a cell or nothing.
pub(super) fn row(reader: &Reader<'_>, line: usize) -> Option<Written> {
    let range = &reader.text.lines[line];
    let said = reader.said(range);
    let borders = said.matches([BORDER, '\t']).count();
    if borders == 0 {
        return None;
    }
    let mut at = range.start;
    let mut cells = Vec::with_capacity(borders + 1);
    for piece in said.split([BORDER, '\t']) {
        let range = at..at + piece.len();
        at = range.end + 1;
        let shown = reader.text.trim(&range);
        if shown.is_empty() {
            cells.push(Slot { range, item: None });
        } else {
            let item = Some(reader.item(&shown));
            cells.push(Slot { range: shown, item });
        }
    }
    let filled = cells.iter().filter(|cell| cell.item.is_some()).count();
    let is_row = filled >= 2 || filled == 1 && borders >= 3 || reader.text.html && borders >= 2;
    is_row.then_some(Written { line, cells })
}
