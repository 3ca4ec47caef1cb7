//! Layouts with a cell a line.

use super::layout::TextLine;
use super::page::{Block, Page, Role, Slot};
use super::physical::{Gaps, physical, widest};

/// What ends a cell, and a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// The line.
    Plain,
    /// The line; an empty header cell is a `-`.
    Dashes,
    /// The line; rows are padded with `-`.
    Padded,
    /// A blank line.
    Blank,
    /// ` |`
    Pipe,
    /// ` |`, and a run of pipes after the last cell of a short row.
    Fillers,
    /// ` |`, and a line of pipes after each row.
    FillerLine,
    /// A line `|`.
    LonePipe,
    /// `  | `; a line `| ` opens the row.
    RowOpened,
}

/// Writes every cell on lines of its own.
pub(crate) fn write(page: &Page, gaps: Gaps, ending: Ending) -> Vec<TextLine> {
    let mut lines = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Heading(text) | Block::Prose(text) => {
                lines.push(TextLine::text(text));
                if ending == Ending::Blank {
                    lines.push(TextLine::text(""));
                }
            }
            Block::Table(grid) => {
                let rows = physical(grid, gaps);
                let width = widest(&rows);
                for (_, slots) in rows {
                    row(&slots, width, ending, &mut lines);
                }
            }
        }
    }
    lines
}

fn row(slots: &[Slot], width: usize, ending: Ending, lines: &mut Vec<TextLine>) {
    let missing = width - slots.len();
    if ending == Ending::RowOpened {
        lines.push(TextLine::text("| "));
    }
    for (at, slot) in slots.iter().enumerate() {
        let last = at + 1 == slots.len();
        let tail = match ending {
            Ending::Pipe | Ending::FillerLine => " |".to_owned(),
            Ending::Fillers if last && missing > 0 => format!(" | {}", "|".repeat(missing)),
            Ending::Fillers => " |".to_owned(),
            Ending::RowOpened if last => format!("  | {}", "|".repeat(missing)),
            Ending::RowOpened => "  | ".to_owned(),
            _ => String::new(),
        };
        cell(slot, &tail, ending, lines);
        match ending {
            Ending::Blank => lines.push(TextLine::text("")),
            Ending::LonePipe => lines.push(TextLine::text("|")),
            _ => {}
        }
    }
    match ending {
        Ending::Padded => lines.extend((0..missing).map(|_| TextLine::new("-", Role::Gap))),
        Ending::FillerLine => lines.push(TextLine::text("|".repeat(missing + 1))),
        _ => {}
    }
}

fn cell(slot: &Slot, tail: &str, ending: Ending, lines: &mut Vec<TextLine>) {
    let dash = slot.role == Role::Gap && matches!(ending, Ending::Dashes | Ending::Padded);
    let text = if dash { "-" } else { &slot.text };
    let indent = if ending == Ending::RowOpened { " " } else { "" };
    let mut pieces = text.split('\n').peekable();
    while let Some(piece) = pieces.next() {
        let tail = if pieces.peek().is_some() { "" } else { tail };
        lines.push(TextLine::new(format!("{indent}{piece}{tail}"), slot.role));
    }
}
