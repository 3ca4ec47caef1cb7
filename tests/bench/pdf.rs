//! What the common extractors make of a PDF.

use super::layout::TextLine;
use super::page::{Block, Grid, Line, Page, Role, RowKind, Slot};
use super::physical::{Gaps, physical};
use super::random::Random;

/// Rows in order, values of a row on one line behind the last line of its label.
pub(crate) fn row_by_row(page: &Page, random: &mut Random) -> Vec<TextLine> {
    by_row(page, random, true)
}

/// Rows in order, every value on a line of its own.
pub(crate) fn cell_by_cell(page: &Page, random: &mut Random) -> Vec<TextLine> {
    by_row(page, random, false)
}

fn by_row(page: &Page, random: &mut Random, together: bool) -> Vec<TextLine> {
    let mut marks = PageMarks::new(random);
    let mut lines = Vec::new();
    for block in &page.blocks {
        let Block::Table(grid) = block else {
            prose(block, &mut lines);
            continue;
        };
        for row in &grid.rows {
            let (labels, values) = halves(row);
            let mut last = Vec::new();
            for label in labels {
                lines.append(&mut last);
                last = broken(label, random);
            }
            let torn = last.len() > 1 && together && random.chance(10);
            if torn {
                let tail = last.split_off(1);
                lines.append(&mut last);
                lines.push(marks.next_mark());
                last = tail;
            }
            if together && !values.is_empty() {
                // A label of more than one line has its values below, unless a page break
                // tore it: then they follow its second half.
                let single = last.len() == 1;
                let mut line = if single {
                    last.remove(0)
                } else {
                    TextLine {
                        text: String::new(),
                        roles: Vec::new(),
                    }
                };
                for value in &values {
                    if !line.text.is_empty() {
                        line.text.push(' ');
                    }
                    line.text.push_str(&value.text);
                    line.roles.push(value.role);
                }
                lines.append(&mut last);
                lines.push(line);
            } else {
                lines.append(&mut last);
                lines.extend(
                    values
                        .iter()
                        .map(|value| TextLine::new(&value.text, value.role)),
                );
            }
            if random.chance(6) {
                lines.push(marks.next_mark());
            }
        }
    }
    lines.push(marks.next_mark());
    lines
}

/// All labels of a part of a table, then its columns from left to right; some extractors print
/// the last column before the one beside it.
pub(crate) fn blocks(page: &Page, random: &mut Random) -> Vec<TextLine> {
    let mut marks = PageMarks::new(random);
    let mut lines = Vec::new();
    let early_total = random.chance(25);
    for block in &page.blocks {
        let Block::Table(grid) = block else {
            prose(block, &mut lines);
            lines.push(TextLine::text(""));
            continue;
        };
        for part in parts(grid, 8 + random.below(20)) {
            for label in part.iter().flat_map(|row| halves(row).0) {
                lines.extend(broken(label, random));
                lines.push(TextLine::text(""));
            }
            columns(part, early_total && grid.table == "requests", &mut lines);
            if random.chance(30) {
                lines.extend([marks.next_mark(), TextLine::text("")]);
            }
        }
    }
    lines
}

/// Parts of a table in order; within one, labels stand before, behind or between the values.
pub(crate) fn torn(page: &Page, random: &mut Random) -> Vec<TextLine> {
    let mut marks = PageMarks::new(random);
    let mut lines = Vec::new();
    for block in &page.blocks {
        let Block::Table(grid) = block else {
            prose(block, &mut lines);
            continue;
        };
        for part in parts(grid, 2 + random.below(4)) {
            let manner = random.below(6);
            let labels = |lines: &mut Vec<TextLine>, random: &mut Random| {
                for label in part.iter().flat_map(|row| halves(row).0) {
                    lines.extend(broken(label, random));
                }
                lines.push(TextLine::text(""));
            };
            match manner {
                0 => {
                    labels(&mut lines, random);
                    columns(part, false, &mut lines);
                }
                1 => {
                    columns(part, false, &mut lines);
                    labels(&mut lines, random);
                }
                _ => {
                    for row in part {
                        let (heads, values) = halves(row);
                        for label in heads {
                            lines.extend(broken(label, random));
                            lines.push(TextLine::text(""));
                        }
                        for value in values {
                            lines.push(TextLine::new(&value.text, value.role));
                            lines.push(TextLine::text(""));
                        }
                    }
                }
            }
            if random.chance(10) {
                lines.extend([marks.next_mark(), TextLine::text("")]);
            }
        }
    }
    lines
}

/// Every row with its values first.
pub(crate) fn values_first(page: &Page) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for block in &page.blocks {
        let Block::Table(grid) = block else {
            prose(block, &mut lines);
            continue;
        };
        for (_, slots) in physical(grid, Gaps::Drop) {
            let (values, labels): (Vec<_>, Vec<_>) = slots.iter().partition(|slot| slot.is_value());
            for slot in values.into_iter().chain(labels) {
                let pieces = slot.text.split('\n');
                lines.extend(pieces.map(|piece| TextLine::new(piece, slot.role)));
            }
        }
    }
    lines
}

/// Labels and values of a row.
fn halves(row: &Line) -> (Vec<&Slot>, Vec<&Slot>) {
    row.slots.iter().partition(|slot| !slot.is_value())
}

/// A table cut before data rows into parts of at most `most` rows.
fn parts(grid: &Grid, most: usize) -> Vec<&[Line]> {
    let head = grid
        .rows
        .iter()
        .take_while(|row| row.kind != RowKind::Data)
        .count();
    let first = (head + most).min(grid.rows.len());
    let mut parts = vec![&grid.rows[..first]];
    parts.extend(grid.rows[first..].chunks(most));
    parts
}

/// The values of a part, column after column, the last two exchanged if asked.
fn columns(part: &[Line], early_total: bool, lines: &mut Vec<TextLine>) {
    let rows: Vec<Vec<&Slot>> = part.iter().map(|row| halves(row).1).collect();
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut order: Vec<usize> = (0..width).collect();
    if early_total && width > 1 {
        order.swap(width - 2, width - 1);
    }
    for at in order {
        for value in rows.iter().filter_map(|row| row.get(at)) {
            lines.push(TextLine::new(&value.text, value.role));
        }
        lines.push(TextLine::text(""));
    }
}

/// The lines of a label: a narrow cell breaks it, and the label of all results is one character
/// wide.
fn broken(slot: &Slot, random: &mut Random) -> Vec<TextLine> {
    let most = match slot.role {
        Role::Row("requests", "results") => 1,
        Role::Column("requests" | "review_litigation", _) => random.pick(&[2, 2, 3, 4]),
        Role::Row("requests", _) if slot.colspan == 1 && slot.rowspan > 1 => {
            random.pick(&[4, 8, 20])
        }
        _ => 20,
    };
    let mut lines = Vec::new();
    for part in slot.text.split('\n') {
        let chars: Vec<char> = part.chars().collect();
        for piece in chars.chunks(most) {
            lines.push(TextLine::new(piece.iter().collect::<String>(), slot.role));
        }
    }
    lines
}

fn prose(block: &Block, lines: &mut Vec<TextLine>) {
    if let Block::Heading(text) | Block::Prose(text) = block {
        let chars: Vec<char> = text.chars().collect();
        lines.extend(
            chars
                .chunks(30)
                .map(|line| TextLine::text(line.iter().collect::<String>())),
        );
    }
}

/// Page marks of one document: one style, rising numbers.
struct PageMarks {
    style: usize,
    page: usize,
}

impl PageMarks {
    fn new(random: &mut Random) -> Self {
        Self {
            style: random.below(4),
            page: 0,
        }
    }

    fn next_mark(&mut self) -> TextLine {
        self.page += 1;
        TextLine::text(match self.style {
            0 => format!("- {} -", self.page),
            1 => format!("— {} —", self.page),
            2 => format!("-{}-", self.page),
            _ => format!("第 {} 页", self.page),
        })
    }
}
