//! Rows with white space between their cells -> tables.
//!
//! Nothing shows a blank cell here, so a row counts only with as many values as the others.

use std::ops::Range;

use super::item::{Item, Kind};
use super::width::{Draft, Width, agree, because, counts_on, rows};
use super::{CELL, Inferred, Line, Reader, is_prose};
use crate::extraction::Confidence;

/// Most lines without numbers between two rows: pieces of a label, headings.
const BETWEEN: usize = 2;

/// What a line is here.
enum LineKind {
    Row(Draft),
    /// Words alone: their cells.
    Words(Vec<Range<usize>>),
    Other,
}

/// Reads the tables with white space between cells and takes their lines off `lines`.
pub(super) fn tables(reader: &Reader<'_>, lines: &mut [Line], found: &mut Vec<Inferred>) {
    let mut run: Vec<(usize, LineKind)> = Vec::new();
    for index in 0..=lines.len() {
        let kind = match lines.get(index) {
            Some(Line::Empty | Line::Page) => continue,
            Some(Line::Free(range)) => kind(reader, range),
            Some(Line::Wall) | None => LineKind::Other,
        };
        if !matches!(kind, LineKind::Other) {
            run.push((index, kind));
            continue;
        }
        for part in split(std::mem::take(&mut run)) {
            let numbers: Vec<usize> = part.iter().map(|(line, _)| *line).collect();
            let first = part
                .iter()
                .position(|(_, kind)| matches!(kind, LineKind::Row(_)));
            if let (Some(first), Some(table)) = (first, table(reader, part)) {
                for line in &numbers[first..] {
                    lines[*line] = Line::Wall;
                }
                for line in numbers[..first].iter().filter(|line| {
                    let range = &reader.text.lines[**line];
                    table.above.iter().any(|head| range.contains(&head.start))
                }) {
                    lines[*line] = Line::Wall;
                }
                found.push(table);
            }
        }
    }
}

/// The parts of a run that may each hold a table: rows, with few lines of words between them, and
/// the words before the first.
fn split(run: Vec<(usize, LineKind)>) -> Vec<Vec<(usize, LineKind)>> {
    let mut parts: Vec<Vec<(usize, LineKind)>> = Vec::new();
    let mut words: Vec<(usize, LineKind)> = Vec::new();
    for (line, kind) in run {
        if matches!(kind, LineKind::Words(_)) {
            words.push((line, kind));
            continue;
        }
        let header = words
            .iter()
            .any(|(_, kind)| matches!(kind, LineKind::Words(cells) if cells.len() > 1));
        match parts.last_mut() {
            Some(part) if words.len() <= BETWEEN && !header => part.append(&mut words),
            _ => parts.push(std::mem::take(&mut words)),
        }
        if let Some(part) = parts.last_mut() {
            part.push((line, kind));
        }
    }
    parts
}

fn kind(reader: &Reader<'_>, line: &Range<usize>) -> LineKind {
    let said = reader.said(line);
    if is_prose(said) || said.contains(['|', '\t']) {
        return LineKind::Other;
    }
    let cells = cells(reader, line);
    let items: Vec<Item> = cells.iter().map(|cell| reader.item(cell)).collect();
    let values = items
        .iter()
        .rev()
        .take_while(|item| item.is_value())
        .count();
    let label = &items[..items.len() - values];
    let (Some(first), Some(last)) = (label.first(), label.last()) else {
        return LineKind::Other;
    };
    let label = first.range.start..last.range.end;
    let length = reader.said(&label).chars().count();
    if values == 0 {
        return if length <= 4 * CELL && !said.contains("..") {
            LineKind::Words(cells)
        } else {
            LineKind::Other
        };
    }
    let values = items[items.len() - values..].to_vec();
    let is_row = values.iter().any(Item::is_number)
        && length <= CELL
        && !said.contains("..")
        && !said.contains('…')
        && reader.said(&label).chars().any(char::is_alphabetic)
        // 0591 is the number of a telephone or a code.
        && !values.iter().any(|item| item.kind == Kind::Figure && is_code(reader.said(&item.range)));
    if !is_row {
        return LineKind::Other;
    }
    // A unit in a cell of its own stands before the values.
    let words = &items[..items.len() - values.len()];
    let unit = words
        .last()
        .filter(|unit| words.len() > 1 && reader.is_unit(&unit.range))
        .map(|unit| unit.range.clone());
    let label = &words[..words.len() - usize::from(unit.is_some())];
    LineKind::Row(Draft {
        label: label.iter().map(|cell| cell.range.clone()).collect(),
        broken: false,
        doubtful: false,
        unit,
        values,
    })
}

fn is_code(said: &str) -> bool {
    said.len() > 1 && said.starts_with('0') && said.bytes().all(|byte| byte.is_ascii_digit())
}

/// The cells of a line: what two spaces part, or one where there are no two.
fn cells(reader: &Reader<'_>, line: &Range<usize>) -> Vec<Range<usize>> {
    let said = reader.said(line);
    let wide = said.contains("  ");
    let mut cells = Vec::new();
    let mut at = line.start;
    let parts: Vec<&str> = if wide {
        said.split("  ").collect()
    } else {
        said.split(' ').collect()
    };
    let step = if wide { 2 } else { 1 };
    for part in parts {
        let range = reader.text.trim(&(at..at + part.len()));
        at += part.len() + step;
        if range.is_empty() {
            continue;
        }
        // Values with a single space between them are cells all the same.
        let inner: Vec<&str> = reader.said(&range).split(' ').collect();
        let mut start = range.start;
        let values = inner.iter().all(|part| {
            let piece = start..start + part.len();
            start = piece.end + 1;
            reader.item(&piece).is_value()
        });
        if inner.len() > 1 && values {
            let mut start = range.start;
            for part in inner {
                cells.push(start..start + part.len());
                start += part.len() + 1;
            }
        } else {
            cells.push(range);
        }
    }
    cells
}

fn table(reader: &Reader<'_>, part: Vec<(usize, LineKind)>) -> Option<Inferred> {
    let first = part
        .iter()
        .position(|(_, kind)| matches!(kind, LineKind::Row(_)))?;
    let mut above: Vec<Vec<Range<usize>>> = Vec::new();
    let mut drafts = Vec::new();
    for (at, (_, kind)) in part.into_iter().enumerate() {
        match kind {
            LineKind::Row(draft) => drafts.push(draft),
            LineKind::Words(cells) if at < first => above.push(cells),
            LineKind::Words(cells) => drafts.push(Draft {
                label: cells,
                ..Draft::default()
            }),
            LineKind::Other => {}
        }
    }
    while drafts.last().is_some_and(|draft| draft.values.is_empty()) {
        drafts.pop();
    }
    let width = Width::of(reader.uncut(&drafts))?;
    let units = drafts.iter().filter(|draft| draft.unit.is_some()).count();
    let stub = 1 + usize::from(units == width.rows);
    let head = above.last().filter(|cells| cells.len() > 1);
    // Headers over headers leave open which column is under which.
    let two = above.len() > 1 && above[above.len() - 2].len() > 1;
    let spelt = head.is_some_and(|cells| {
        cells
            .iter()
            .any(|cell| reader.said(cell).chars().count() == 1)
    });
    // Without a corner the headers begin behind the labels.
    let indented = |cells: &Vec<Range<usize>>| {
        let indent = |at: usize| {
            let text = reader.text;
            let line = text.lines[text.line_of(at)].start;
            reader.said(&(line..at)).chars().count()
        };
        let head = cells.first().map_or(0, |cell| indent(cell.start));
        let labels = drafts.iter().filter_map(|draft| draft.label.last());
        let ends = labels.map(|label| indent(label.end)).max();
        ends.is_some_and(|end| head >= end)
    };
    let fits = |cells: &Vec<Range<usize>>| {
        cells.len() == width.width + stub && !indented(cells)
            || cells.len() == width.width && stub == 1 && indented(cells)
    };
    let headed = head.is_some_and(fits) && !two && !spelt;
    let lasts: Vec<&Item> = drafts
        .iter()
        .filter_map(|draft| draft.values.last())
        .collect();
    let counting = lasts.len() > 2 && width.width == 1 && counts_on(lasts);
    if counting || width.width == 1 && (!headed || width.rows < 3 || !width.is_even()) {
        return None;
    }
    let certain = width.more == 0
        && (headed && width.is_borne_out() || agree(width, &drafts) && (head.is_none() || two));
    if !certain && width.rows < 3 {
        return None;
    }
    let heads = match head {
        Some(cells) if headed => cells[cells.len() - width.width..]
            .iter()
            .map(|cell| vec![cell.clone()])
            .collect(),
        _ => vec![Vec::new(); width.width],
    };
    let above = head.map_or(Vec::new(), Clone::clone);
    let start = above
        .first()
        .or(drafts.first()?.label.first())
        .map(|range| range.start)?;
    let end = drafts.last()?.values.last()?.range.end;
    Some(Inferred {
        range: start..end,
        heads,
        above,
        rows: rows(drafts, width.width, certain),
        layout: "row-per-line, spaces between cells".to_string(),
        confidence: match (certain, headed && width.is_even()) {
            (false, _) => Confidence::Low,
            (true, false) => Confidence::Medium,
            (true, true) => Confidence::High,
        },
        because: because(width, headed, certain),
    })
}
