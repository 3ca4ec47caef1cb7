//! Lines that no form claims -> inferred tables: the width is told from the text alone.
//!
//! Three readers look at what the forms leave, each at one way to write a table: `bordered` at
//! rows with borders between their cells, `spaced` at rows with white space between them, `stream`
//! at cells that stand on a line each. Each gives a table only where the rows themselves have one
//! width, and its numbers only where no other width fits as well. Headers are labels only where
//! their count leaves one way to put them over the columns.
//!
//! It decides nothing about a table that a form claims, and takes no line of one.

mod bordered;
mod columns;
mod give;
mod group;
mod item;
mod padded;
mod spaced;
mod stream;
#[cfg(test)]
mod tests;
mod width;
mod written;

use std::ops::Range;

use crate::align::Anchor;
use crate::assemble::Assembly;
use crate::extraction::Confidence;
use crate::form::{Form, Genre};
use crate::grid::{CellReading, TableReading};
use crate::lexicon::Part;
use crate::page::Class;
use crate::row::Slot;
use crate::text::{BORDER, Text};
use crate::value::Notation;
use item::Item;
pub(crate) use item::number_end;
use width::Draft;

/// Characters that a cell has at most; longer lines without borders are running text.
const CELL: usize = 60;

/// Values that an open cell names. A row of a thousand that lies askew has a thousand open cells, and
/// to name a thousand for each would take more room than any text is worth.
const CANDIDATES: usize = 16;

/// What the tables of a form take of a text.
#[derive(Debug, Default)]
pub(crate) struct Taken {
    /// Ranges that belong to them, in no order.
    ranges: Vec<Range<usize>>,
    /// Where the sections of the form begin, with their ids, in the order of the text.
    sections: Vec<(usize, String)>,
    /// Whether values of theirs may stand anywhere.
    torn: bool,
}

/// What the tables that were read take. Behind a table that came out whole the text is free; a
/// table that did not may own all of it up to the next part of the form.
pub(crate) fn taken<'r>(
    readings: impl Iterator<Item = &'r TableReading>,
    form: &Form,
    anchors: &[Anchor],
) -> Taken {
    let mut taken = Taken::default();
    for reading in readings {
        let mut end = reading.region.range.start;
        let mut whole = reading.loose.is_empty();
        for cell in reading.rows.iter().flat_map(|row| &row.cells) {
            match cell {
                CellReading::Certain {
                    slot: Slot::Field(field),
                    ..
                } => end = end.max(field.range.end),
                CellReading::Certain {
                    slot: Slot::Blank, ..
                } => {}
                _ => whole = false,
            }
        }
        taken.torn |= reading.torn || !reading.loose.is_empty();
        let region = &reading.region.range;
        let end = if whole { end } else { region.end };
        taken.ranges.push(region.start..end);
    }
    for anchor in anchors {
        taken.ranges.push(anchor.range.clone());
        if let (Part::Section(section), true) = (anchor.part, anchor.aligned) {
            let id = form.sections[section].id.clone();
            taken.sections.push((anchor.range.start, id));
        }
    }
    taken
}

impl Taken {
    /// Id of the section that a place is in.
    fn section(&self, at: usize) -> Option<String> {
        let before = self.sections.iter().rfind(|(start, _)| *start <= at);
        before.map(|(_, id)| id.clone())
    }
}

/// Adds the tables of the lines that no form claims.
pub(crate) fn infer(assembly: &mut Assembly<'_>, genre: &Genre, taken: &Taken) {
    if taken.torn {
        return;
    }
    let lines = free_lines(assembly, taken);
    if !is_worth_a_look(assembly.text, &lines) {
        return;
    }
    let end = assembly.source.text().len();
    let found = tables(assembly.text, genre, end, &lines);
    give::give(assembly, found, taken);
}

/// A line that a table may stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// Ends every table: running text, a line of a form's table, the end of the text.
    Wall,
    /// A page mark or the like: what stands behind it may go on with what stands before it.
    Page,
    /// White space, or the rule under a Markdown header.
    Empty,
    /// Anything else, trimmed.
    Free(Range<usize>),
}

/// The lines with what is known of them already.
fn free_lines(assembly: &Assembly<'_>, taken: &Taken) -> Vec<Line> {
    let text = assembly.text;
    let mut walls = vec![false; text.lines.len()];
    for range in &taken.ranges {
        let last = text.line_of(range.end.max(range.start + 1) - 1);
        walls[text.line_of(range.start)..=last].fill(true);
    }
    let other = assembly.other_report.as_ref();
    let upto = other.map_or(usize::MAX, |other| other.start);
    let line = |(index, line): (usize, &Range<usize>)| match assembly.class(index) {
        _ if walls[index] || line.start >= upto => Line::Wall,
        Class::Blank | Class::Padding => Line::Empty,
        Class::Furniture => Line::Page,
        Class::Unclaimed => Line::Free(text.trim(line)),
        _ => Line::Wall,
    };
    text.lines.iter().enumerate().map(line).collect()
}

/// Whether there are numbers enough for a table: two lines that are no running text.
fn is_worth_a_look(text: &Text, lines: &[Line]) -> bool {
    let numbers = lines.iter().filter(|line| match line {
        Line::Free(range) => {
            let said = text.get(range);
            said.bytes().any(|byte| byte.is_ascii_digit()) && !is_prose(said)
        }
        _ => false,
    });
    numbers.take(2).count() == 2
}

/// Whether a line is running text.
fn is_prose(line: &str) -> bool {
    let ends = |c: char| matches!(c, '。' | ';' | '!' | '?');
    let has_borders = line.contains([BORDER, '\t']);
    !has_borders && (line.contains(ends) || line.ends_with([':', ',', '、']))
}

/// The tables that stand on some lines.
fn tables(text: &Text, genre: &Genre, end: usize, lines: &[Line]) -> Vec<Inferred> {
    let reader = Reader { text, genre, end };
    let mut found = Vec::new();
    let mut rest = lines.to_vec();
    bordered::tables(&reader, &mut rest, &mut found);
    spaced::tables(&reader, &mut rest, &mut found);
    stream::tables(&reader, &rest, &mut found);
    found.sort_by_key(|table| table.range.start);
    for cell in found
        .iter_mut()
        .flat_map(|table| &mut table.rows)
        .flat_map(|row| &mut row.cells)
    {
        if let Cell::Certain(item) = cell
            && reader.may_be_cut(item)
        {
            *cell = Cell::Open(vec![item.clone()]);
        }
    }
    found
}

/// What every reader of a layout needs.
struct Reader<'a> {
    text: &'a Text,
    genre: &'a Genre,
    /// Where the decoded text ends.
    end: usize,
}

impl<'a> Reader<'a> {
    fn said(&self, range: &Range<usize>) -> &'a str {
        self.text.get(range)
    }

    fn item(&self, range: &Range<usize>) -> Item {
        item::item(self.text, range, Notation(self.genre))
    }

    /// Whether a cell touches the very end of the text, where the rest of it may be cut off.
    fn may_be_cut(&self, item: &Item) -> bool {
        self.text.span(&item.range).end == self.end
    }

    /// The rows without a last one that may be cut.
    fn uncut<'d>(&self, drafts: &'d [Draft]) -> &'d [Draft] {
        match drafts.split_last() {
            Some((last, rest)) if last.values.last().is_some_and(|item| self.may_be_cut(item)) => {
                rest
            }
            _ => drafts,
        }
    }

    /// Whether a cell is nothing but a unit of the genre.
    fn is_unit(&self, range: &Range<usize>) -> bool {
        let said = self.said(range).trim_matches(['(', ')', ' ']);
        self.genre.is_unit(said)
    }
}

/// A table that was told from the text alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Inferred {
    /// From its first label to its last cell.
    range: Range<usize>,
    /// For each column its headers from the outermost in; none where the text does not tell.
    heads: Vec<Vec<Range<usize>>>,
    rows: Vec<Row>,
    /// Headers that stand over the table, whether or not the columns they head are known.
    above: Vec<Range<usize>>,
    layout: String,
    confidence: Confidence,
    because: String,
}

/// A row of an inferred table.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Row {
    /// Its headings from the outermost in.
    label: Vec<Range<usize>>,
    /// Whether they are the pieces of one.
    broken: bool,
    /// What its numbers count, where a column says so.
    unit: Option<Range<usize>>,
    cells: Vec<Cell>,
}

/// A cell of an inferred table.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Cell {
    /// This stands there.
    Certain(Item),
    /// Visibly nothing.
    Blank,
    /// The row has no such cell.
    Absent,
    /// One of these, or nothing.
    Open(Vec<Item>),
}

impl Cell {
    /// A cell that may be each of these. Of too many none is named.
    fn open(items: &[Item]) -> Self {
        if items.len() > CANDIDATES {
            return Self::Open(Vec::new());
        }
        Self::Open(items.to_vec())
    }
}
