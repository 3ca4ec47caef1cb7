//! Layouts with a row a line.

use super::layout::TextLine;
use super::page::{Block, Grid, Page, Role, RowKind, Slot};
use super::physical::{Gaps, physical, widest};
use super::random::Random;

/// Cells between pipes.
pub(crate) fn pipes(page: &Page, gaps: Gaps, open: &str, close: &str) -> Vec<TextLine> {
    each_table(page, |grid| {
        let rows = physical(grid, gaps);
        rows.iter()
            .map(|(_, slots)| line(slots, open, " | ", close))
            .collect()
    })
}

/// Cells between pipes, and a run of pipes up to the width of the table.
pub(crate) fn pipes_with_fillers(page: &Page) -> Vec<TextLine> {
    each_table(page, |grid| {
        let rows = physical(grid, Gaps::Drop);
        let fill = |slots: &[Slot]| "|".repeat(grid.width.saturating_sub(slots.len()));
        rows.iter()
            .map(|(_, slots)| line(slots, "| ", " | ", &format!(" | {}", fill(slots))))
            .collect()
    })
}

/// Markdown tables of at most `most` data rows each; every piece repeats the rows above the data.
pub(crate) fn markdown(page: &Page, most: usize) -> Vec<TextLine> {
    each_table(page, |grid| {
        let rows = physical(grid, Gaps::All);
        let rule = TextLine::new(format!("|{}", "---|".repeat(widest(&rows))), Role::Text);
        let (data, head): (Vec<_>, Vec<_>) =
            rows.iter().partition(|(kind, _)| *kind == RowKind::Data);
        let mut lines = vec![TextLine::text("")];
        for piece in data.chunks(most.min(data.len().max(1))) {
            for (at, (_, slots)) in head.iter().chain(piece).enumerate() {
                lines.push(line(slots, "| ", " | ", " |"));
                if at == 0 {
                    lines.push(rule.clone());
                }
            }
            lines.push(TextLine::text(""));
        }
        lines
    })
}

/// Cells between tabs.
pub(crate) fn tabs(page: &Page, gaps: Gaps) -> Vec<TextLine> {
    each_table(page, |grid| {
        let rows = physical(grid, gaps);
        rows.iter()
            .map(|(_, slots)| line(slots, "", "\t", ""))
            .collect()
    })
}

/// Cells between commas, one for each place of the grid.
pub(crate) fn csv(page: &Page) -> Vec<TextLine> {
    each_table(page, |grid| {
        let rows = physical(grid, Gaps::All);
        let quoted = |slot: &Slot| match slot.text.contains([',', '"', '\n']) {
            true => format!("\"{}\"", slot.text.replace('"', "\"\"")),
            false => slot.text.clone(),
        };
        rows.iter()
            .map(|(_, slots)| {
                let mut slots = slots.clone();
                for slot in &mut slots {
                    slot.text = quoted(slot);
                }
                line(&slots, "", ",", "")
            })
            .collect()
    })
}

/// Columns below each other, as wide as their widest cell and two spaces; long row labels are
/// broken over lines with the values beside one of them.
pub(crate) fn spaces(page: &Page, random: &mut Random) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Heading(text) | Block::Prose(text) => {
                lines.push(TextLine::text(format!("    {text}")));
            }
            Block::Table(grid) => aligned(grid, random, &mut lines),
        }
    }
    lines
}

const LABEL_WIDTH: usize = 36;

fn aligned(grid: &Grid, random: &mut Random, lines: &mut Vec<TextLine>) {
    let rows = physical(grid, Gaps::Drop);
    let mut widths = vec![4; grid.width];
    for slot in rows
        .iter()
        .flat_map(|(_, slots)| slots)
        .filter(|slot| slot.colspan == 1)
    {
        widths[slot.column] = widths[slot.column].max(display_width(&slot.text).min(LABEL_WIDTH));
    }
    let starts: Vec<usize> = widths
        .iter()
        .scan(0, |at, width| {
            let start = *at;
            *at += width + 2;
            Some(start)
        })
        .collect();
    for (_, slots) in &rows {
        let high = slots
            .iter()
            .map(|slot| broken(&slot.text).len())
            .max()
            .unwrap_or(1);
        let beside = random.below(high);
        for at in 0..high {
            let mut text = String::new();
            let mut roles = Vec::new();
            for slot in slots {
                let pieces = broken(&slot.text);
                let piece = if pieces.len() == 1 {
                    (at == beside).then(|| pieces[0].clone())
                } else {
                    pieces.get(at).cloned()
                };
                let Some(piece) = piece else { continue };
                let room = starts[slot.column].saturating_sub(display_width(&text));
                let least = if text.is_empty() { 0 } else { 2 };
                text.push_str(&" ".repeat(room.max(least)));
                text.push_str(&piece);
                roles.push(slot.role);
            }
            lines.push(TextLine {
                text: text.trim_end().to_owned(),
                roles,
            });
        }
    }
}

/// The lines of a cell that is at most [`LABEL_WIDTH`] wide.
fn broken(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for part in text.split('\n') {
        let mut line = String::new();
        for c in part.chars() {
            if display_width(&line) + 2 > LABEL_WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
        lines.push(line);
    }
    lines
}

/// Cells of a fixed-width font: two for what is not ASCII.
fn display_width(text: &str) -> usize {
    text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum()
}

fn line(slots: &[Slot], open: &str, between: &str, close: &str) -> TextLine {
    let cells: Vec<String> = slots
        .iter()
        .map(|slot| slot.text.replace('\n', " "))
        .collect();
    TextLine {
        text: format!("{open}{}{close}", cells.join(between)),
        roles: slots.iter().map(|slot| slot.role).collect(),
    }
}

fn each_table(page: &Page, table: impl Fn(&Grid) -> Vec<TextLine>) -> Vec<TextLine> {
    let lines = |block: &Block| match block {
        Block::Heading(text) | Block::Prose(text) => vec![TextLine::text(text)],
        Block::Table(grid) => table(grid),
    };
    page.blocks.iter().flat_map(lines).collect()
}
