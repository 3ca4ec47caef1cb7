//! Cells of a row -> one line of the folded text, each cell in its column.
//!
//! Every cell is followed by a border. A visibly blank cell is a space between borders; where a
//! cell only goes on that began further left or further up, nothing stands between the borders.

use super::glyph::Glyph;
use crate::text::{BORDER, NOISE, Text};

/// Most columns a cell may cover, as browsers have it.
const MOST_COLUMNS: usize = 1000;
/// Most rows a cell may cover, as browsers have it.
const MOST_ROWS: u32 = 65534;

/// A cell as it is written.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Index of its first character in the row; it ends where the next cell begins.
    pub(super) first: usize,
    /// Where its content begins in the decoded text.
    pub(super) at: usize,
    colspan: usize,
    rowspan: u32,
    hidden: bool,
}

impl Cell {
    /// A cell with spans as written in its attributes; what is no number is 1.
    pub(super) fn new(
        first: usize,
        at: usize,
        colspan: &[u8],
        rowspan: &[u8],
        hidden: bool,
    ) -> Self {
        let colspan = number(colspan).unwrap_or(1).clamp(1, MOST_COLUMNS as u32);
        let rowspan = match number(rowspan).unwrap_or(1) {
            // The cell reaches down to the end of its row group.
            0 => MOST_ROWS,
            rows => rows.min(MOST_ROWS),
        };
        Self {
            first,
            at,
            colspan: colspan as usize,
            rowspan,
            hidden,
        }
    }
}

/// The number at the start of an attribute's value.
fn number(value: &[u8]) -> Option<u32> {
    let digits = value.trim_ascii_start();
    let digits = digits.strip_prefix(b"+").unwrap_or(digits);
    let digits = digits.iter().take_while(|byte| byte.is_ascii_digit());
    digits.fold(None, |number, digit| {
        let digit = u32::from(digit - b'0');
        Some(
            number
                .unwrap_or(0_u32)
                .saturating_mul(10)
                .saturating_add(digit),
        )
    })
}

/// Where in a table the page stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Place {
    /// Between two rows.
    #[default]
    Outside,
    /// In a row, between two cells.
    Row,
    /// In a cell.
    Cell,
}

/// A table that is open.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) place: Place,
    /// Whether the row lays out the page: its cells are written as lines.
    pub(super) as_lines: bool,
    /// Whether the row is not shown.
    pub(super) hidden: bool,
    /// For each column: the first row that no cell from above covers.
    free: Vec<u32>,
    row: u32,
}

impl Table {
    /// Begins a row group, into which no cell reaches from above.
    pub(super) fn begin_section(&mut self) {
        self.free.clear();
        self.row = 0;
    }

    /// The columns of the next row: index of the cell that begins there, none where one goes on.
    /// `budget` bounds the latter over the whole page.
    pub(super) fn lay(&mut self, cells: &[Cell], budget: &mut usize) -> Vec<Option<usize>> {
        let mut columns = Vec::with_capacity(cells.len());
        let cells = if self.hidden { &[] } else { cells };
        for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.hidden) {
            while self
                .free
                .get(columns.len())
                .is_some_and(|free| *free > self.row)
                && self.pay(budget)
            {
                columns.push(None);
            }
            self.cover(columns.len(), cell.rowspan, *budget);
            columns.push(Some(index));
            for _ in 1..cell.colspan {
                if !self.pay(budget) {
                    break;
                }
                self.cover(columns.len(), cell.rowspan, *budget);
                columns.push(None);
            }
        }
        while !columns.is_empty() && columns.len() < self.free.len() && self.pay(budget) {
            columns.push(None);
        }
        self.row = self.row.saturating_add(1);
        while self.free.pop_if(|free| *free <= self.row).is_some() {}
        columns
    }

    fn cover(&mut self, column: usize, rowspan: u32, budget: usize) {
        if rowspan > 1 && budget > 0 {
            if self.free.len() <= column {
                self.free.resize(column + 1, 0);
            }
            self.free[column] = self.free[column].max(self.row.saturating_add(rowspan));
        }
    }

    /// Takes one from the budget. When it is used up no cell covers more than its own place.
    fn pay(&mut self, budget: &mut usize) -> bool {
        match budget.checked_sub(1) {
            Some(left) => {
                *budget = left;
                true
            }
            None => {
                self.free.clear();
                false
            }
        }
    }
}

/// The characters of a cell.
pub(super) fn content<'a>(cells: &[Cell], index: usize, glyphs: &'a [Glyph]) -> &'a [Glyph] {
    let Some(cell) = cells.get(index) else {
        return &[];
    };
    let end = cells.get(index + 1).map_or(glyphs.len(), |next| next.first);
    glyphs.get(cell.first..end).unwrap_or_default()
}

/// Whether a row lays out a page rather than data: a cell of it is an article.
pub(super) fn is_article(cells: &[Cell], glyphs: &[Glyph]) -> bool {
    // A header with a character on each line is short, a long note is one line or few.
    let (lines, length) = if cells.len() == 1 { (1, 100) } else { (4, 400) };
    (0..cells.len()).any(|index| {
        let content = trim(content(cells, index, glyphs));
        content.len() > length && content.iter().filter(|glyph| glyph.c == '\n').count() >= lines
    })
}

/// Writes a row as one line, without its line end. Returns where it ends in the decoded text; none
/// where its last cell is `open`, since the page breaks off in it: then nothing closes that cell.
pub(super) fn write(
    text: &mut Text,
    columns: &[Option<usize>],
    (cells, glyphs): (&[Cell], &[Glyph]),
    open: bool,
) -> Option<usize> {
    let mut at = cells.first().map_or(0, |cell| cell.at);
    for (column, index) in columns.iter().enumerate() {
        if let Some(index) = index {
            if let Some(cell) = cells.get(*index) {
                at = cell.at;
            }
            let content = content(cells, *index, glyphs);
            let shown = trim(content);
            if column > 0 && !shown.is_empty() {
                text.push(' ', at, at);
            }
            let last = open && *index + 1 == cells.len();
            if last {
                write_line(text, shown);
                return None;
            }
            if let Some(last) = shown.last() {
                write_line(text, shown);
                at = last.end as usize;
                text.push(' ', at, at);
            } else {
                // What the author left in the cell instead of nothing, such as `&nbsp;`.
                let mut left = content.iter().filter(|glyph| !glyph.collapses());
                match (left.next(), left.next_back()) {
                    (Some(first), last) => {
                        let last = last.unwrap_or(first);
                        text.push(' ', first.start as usize, last.end as usize);
                        at = last.end as usize;
                    }
                    (None, _) => text.push(' ', at, at),
                }
            }
        }
        text.push(BORDER, at, at);
    }
    Some(at)
}

/// Writes characters with one space for each run of line ends and spaces.
fn write_line(text: &mut Text, glyphs: &[Glyph]) {
    let mut spaced = false;
    for glyph in glyphs {
        let is_space = matches!(glyph.c, ' ' | '\n');
        if !(is_space && spaced) {
            let c = if is_space { ' ' } else { glyph.c };
            text.push(c, glyph.start as usize, glyph.end as usize);
        }
        spaced = is_space;
    }
}

fn trim(glyphs: &[Glyph]) -> &[Glyph] {
    let shown = |glyph: &Glyph| !glyph.c.is_whitespace() && glyph.c != NOISE;
    let Some(first) = glyphs.iter().position(shown) else {
        return &[];
    };
    let last = glyphs.iter().rposition(shown).unwrap_or(first);
    glyphs.get(first..=last).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{Cell, Table};

    /// Each row as a list of cells `colspan x rowspan`; a digit in the result is a cell.
    fn lay(rows: &[&[(&str, &str)]], mut budget: usize) -> String {
        let mut table = Table::default();
        let mut shown = Vec::new();
        for row in rows {
            let cell = |(cols, rows): &(&str, &str)| {
                Cell::new(0, 0, cols.as_bytes(), rows.as_bytes(), false)
            };
            let cells: Vec<Cell> = row.iter().map(cell).collect();
            let columns = table.lay(&cells, &mut budget);
            shown.push(
                columns
                    .iter()
                    .map(|slot| slot.map_or("-".to_string(), |slot| slot.to_string()))
                    .collect::<String>(),
            );
        }
        shown.join(" ")
    }

    #[test]
    fn spans_are_resolved() {
        insta::assert_snapshot!(lay(&[&[("3", "1"), ("1", "2")], &[("1", "1"), ("", ""), ("x", "-1")]], 99), @"0--1 012-");
        insta::assert_snapshot!(lay(&[&[("2", "2"), ("1", "1")], &[("1", "1")], &[("1", "1")]], 99), @"0-1 --0 0");
        insta::assert_snapshot!(lay(&[&[("1", "0"), ("1", "1")], &[("1", "1")], &[("1", "1")]], 99), @"01 -0 -0");
        insta::assert_snapshot!(lay(&[&[("1", "1"), ("1", "1"), ("1", "3")], &[], &[("1", "1")]], 99), @"012  0--");
    }

    #[test]
    fn spans_are_bounded() {
        let huge = [("999999999", "999999999"), ("1", "1")];
        insta::assert_snapshot!(lay(&[&huge, &[("1", "1")]], 9), @"0---------1 0");
        assert_eq!(lay(&[&huge], 10_000).len(), 1001);
    }
}
