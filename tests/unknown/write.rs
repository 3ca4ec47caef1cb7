//! A table as flattened text, with the place of every number.

use std::collections::BTreeMap;

use super::table::Table;
use crate::bench::random::Random;

/// How tables are written.
pub(crate) const LAYOUTS: [&str; 11] = [
    "cells",
    "cells, blank lines",
    "cells, blank lines for blank cells",
    "cells, borders",
    "cells, padded",
    "pipes",
    "pipes, merged cells left out",
    "markdown",
    "tabs",
    "spaces",
    "html",
];

/// What is done to the lines of cells.
pub(crate) const DAMAGES: [&str; 6] = [
    "none",
    "repeated lines left out",
    "a line lost",
    "labels behind their values",
    "labels before all values",
    "cut short",
];

/// A text and where its numbers stand.
#[derive(Debug, Clone, Default)]
pub(crate) struct Page {
    pub(crate) table: Table,
    pub(crate) text: String,
    /// Row and column of the number that starts at a byte.
    pub(crate) places: BTreeMap<usize, (usize, usize)>,
}

/// A cell of the table as a page has it, merged cells and all.
#[derive(Debug, Clone, Default)]
struct Cell {
    text: String,
    columns: usize,
    rows: usize,
    number: Option<(usize, usize)>,
}

impl Cell {
    fn of(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            columns: 1,
            rows: 1,
            number: None,
        }
    }
}

/// The rows of a table as a page has them: headers, then labels and values.
fn grid(table: &Table) -> Vec<Vec<Cell>> {
    let width = table.headers.len();
    let mut grid = Vec::new();
    let depth = if table.spanners.is_empty() { 1 } else { 2 };
    let mut top = vec![Cell {
        rows: depth,
        ..Cell::of(table.corner.as_deref().unwrap_or_default())
    }];
    let mut below = Vec::new();
    for (column, header) in table.headers.iter().enumerate() {
        let over = table
            .spanners
            .iter()
            .find(|(_, first, last)| (*first..=*last).contains(&column));
        match over {
            None => top.push(Cell {
                rows: depth,
                ..Cell::of(header)
            }),
            Some((label, first, last)) => {
                if column == *first {
                    top.push(Cell {
                        columns: last - first + 1,
                        ..Cell::of(label)
                    });
                }
                below.push(Cell::of(header));
            }
        }
    }
    grid.push(top);
    if depth == 2 {
        grid.push(below);
    }
    for (row, of) in table.rows.iter().enumerate() {
        let mut cells = vec![Cell::of(&of.label)];
        for column in 0..width {
            let text = of.cells.get(column).map_or("", String::as_str);
            let is_number = text.contains(|c: char| c.is_ascii_digit());
            cells.push(Cell {
                number: is_number.then_some((row, column)),
                ..Cell::of(text)
            });
        }
        grid.push(cells);
    }
    grid
}

impl Page {
    /// A table in a layout, with a damage, among running text.
    pub(crate) fn new(table: Table, layout: &str, damage: &str, random: &mut Random) -> Self {
        let mut page = Self {
            table: table.clone(),
            ..Self::default()
        };
        let html = layout == "html";
        if random.chance(70) {
            page.say("这里先写几句话，说明下面有什么，一共3类。", html);
        }
        if let Some(title) = &table.title {
            page.say(title, html);
            if random.chance(30) && !html {
                page.text.push('\n');
            }
        }
        let grid = grid(&table);
        if layout.starts_with("cells") {
            page.cells(grid, layout, damage, random);
        } else {
            page.rows(grid, layout, random);
        }
        if random.chance(50) {
            let plain = damage == "none";
            let end = if plain {
                "以上就是全部内容。"
            } else {
                "松柏竹梅"
            };
            page.say(end, html);
        }
        if damage == "cut short" {
            page.cut(random);
        }
        page
    }

    fn say(&mut self, line: &str, html: bool) {
        if html {
            self.text.push_str(&format!("<p>{line}</p>\n"));
        } else {
            self.text.push_str(&format!("{line}\n"));
        }
    }

    fn put(&mut self, cell: &Cell) {
        if let Some(number) = cell.number {
            self.places.insert(self.text.len(), number);
        }
        self.text.push_str(&cell.text);
    }

    /// Cells that stand on a line each.
    fn cells(&mut self, grid: Vec<Vec<Cell>>, layout: &str, damage: &str, random: &mut Random) {
        let padded = layout == "cells, padded";
        let borders = layout == "cells, borders";
        let total = grid.iter().map(Vec::len).max().unwrap_or_default() + random.below(3);
        let mut lines: Vec<Cell> = Vec::new();
        let mut values: Vec<Cell> = Vec::new();
        for mut row in grid {
            let is_data = row.iter().any(|cell| cell.number.is_some());
            if damage == "labels behind their values" && is_data {
                let label = row.remove(0);
                row.push(label);
            }
            if damage == "labels before all values" && is_data {
                values.extend(row.split_off(1));
            }
            let blanks = layout == "cells, blank lines for blank cells" || borders;
            row.retain(|cell| blanks || !cell.text.is_empty());
            if padded {
                while row.len() < total {
                    row.push(Cell::of("-"));
                }
            }
            lines.extend(row);
        }
        lines.extend(values.into_iter().filter(|cell| !cell.text.is_empty()));
        // A lost line that a heading makes up for leaves the text of another table.
        let made_up = !self.table.spanners.is_empty()
            || self.table.rows.iter().any(|row| row.cells.is_empty());
        if damage == "a line lost" && !made_up {
            lines.remove(random.below(lines.len()));
        }
        if damage == "repeated lines left out" {
            let mut seen = Vec::new();
            lines.retain(|cell| {
                let new = !seen.contains(&cell.text);
                seen.push(cell.text.clone());
                new
            });
        }
        for cell in &lines {
            self.put(cell);
            self.text.push_str(match layout {
                "cells, blank lines" | "cells, blank lines for blank cells" => "\n\n",
                "cells, borders" => "\n|\n",
                _ => "\n",
            });
        }
    }

    /// Rows that stand on a line each.
    fn rows(&mut self, grid: Vec<Vec<Cell>>, layout: &str, random: &mut Random) {
        let width = self.table.headers.len() + 1;
        let html = layout == "html";
        let depth = grid.len() - self.table.rows.len();
        let closed = random.chance(50);
        if html {
            self.text.push_str("<table>\n");
        }
        for (number, row) in grid.into_iter().enumerate() {
            if html {
                self.html_row(&row);
                continue;
            }
            let row = match layout {
                "pipes, merged cells left out" => row,
                "spaces" => {
                    let shown = |cell: &Cell| !cell.text.is_empty();
                    row.into_iter().filter(shown).collect()
                }
                _ => spread(row, width, number == 1 && depth == 2, &self.table),
            };
            match layout {
                "tabs" => self.join(&row, "", "\t", ""),
                "spaces" => self.join(&row, "", "   ", ""),
                "markdown" => self.join(&row, "| ", " | ", " |"),
                _ if closed => self.join(&row, "", " | ", " |"),
                _ => self.join(&row, "", " | ", ""),
            }
            if layout == "markdown" && number == 0 {
                let rule = vec!["---"; width].join("|");
                self.text.push_str(&format!("|{rule}|\n"));
            }
        }
        if html {
            self.text.push_str("</table>\n");
        }
    }

    fn join(&mut self, row: &[Cell], before: &str, between: &str, behind: &str) {
        self.text.push_str(before);
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                self.text.push_str(between);
            }
            self.put(cell);
        }
        self.text.push_str(behind);
        self.text.push('\n');
    }

    fn html_row(&mut self, row: &[Cell]) {
        self.text.push_str("<tr>");
        for cell in row {
            let (columns, rows) = (cell.columns, cell.rows);
            self.text
                .push_str(&format!("<td colspan=\"{columns}\" rowspan=\"{rows}\">"));
            self.put(cell);
            self.text.push_str("</td>");
        }
        self.text.push_str("</tr>\n");
    }

    /// Leaves out the end, from the middle of a cell on.
    fn cut(&mut self, random: &mut Random) {
        let mut at = self.text.len() * random.between(50, 99) as usize / 100;
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        self.text.truncate(at);
        let is_whole = |start: &usize, (row, column): &mut (usize, usize)| {
            start + self.table.rows[*row].cells[*column].len() <= at
        };
        self.places.retain(is_whole);
    }
}

/// A row with a blank cell for each that a merged one covers. The second row of headers has its
/// cells under their spanner.
fn spread(row: Vec<Cell>, width: usize, second: bool, table: &Table) -> Vec<Cell> {
    let mut cells = Vec::new();
    if second && let Some((_, first, _)) = table.spanners.first() {
        cells.resize(first + 1, Cell::of(""));
    }
    for cell in row {
        let columns = cell.columns;
        cells.push(cell);
        cells.extend(vec![Cell::of(""); columns - 1]);
    }
    cells.resize(width, Cell::of(""));
    cells
}
