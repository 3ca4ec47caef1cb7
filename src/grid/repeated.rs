//! Cells that a program printed more than once: between two tabs each, or for all the columns that
//! a merged cell covers.

use std::ops::Range;

use super::Reader;
use crate::field::{Kind, Token};
use crate::lexicon::Part;
use crate::text::{BORDER, Text, letters};

/// How the cells of a region are repeated.
#[derive(Debug, Default)]
pub(super) struct Repeats {
    /// Whether two tabs stand wherever one would.
    doubled: bool,
    /// Cells of a line, and those of them that are the one before once more.
    merged: Option<(usize, Vec<usize>)>,
}

impl Reader<'_> {
    /// How the cells of the table are repeated, as its headers show.
    pub(super) fn repeats(&self) -> Repeats {
        let text = self.document.text;
        let said = text.get(&self.region.range);
        let mut runs = said.split(|c: char| c != '\t').map(str::len);
        let doubled = said.contains("\t\t") && runs.all(|length| length % 2 == 0);
        let anchors = self.document.anchors;
        let mut columns = self.region.anchors.iter().map(|at| &anchors[*at]);
        let is_column =
            |part| matches!(part, Part::Column { table, .. } if table == self.region.table);
        let header = columns.rfind(|anchor| is_column(anchor.part));
        let line = header.and_then(|header| text.lines.get(text.line_of(header.range.start)));
        let merged = line.filter(|_| !doubled).and_then(|line| {
            let cells = cells(text, line);
            let wordings = self
                .document
                .lexicon
                .columns(self.document.index, self.region.table);
            let said = |cell: &Range<usize>| letters(text.get(cell));
            let again = |at: &usize| {
                let own = said(&cells[*at]);
                wordings.contains(&own) && said(&cells[*at - 1]) == own
            };
            let again: Vec<usize> = (1..cells.len()).filter(again).collect();
            (!again.is_empty()).then_some((cells.len(), again))
        });
        Repeats { doubled, merged }
    }

    /// Takes the repeated cells out of a row.
    pub(super) fn drop_repeated(&self, found: &mut Vec<Token>, repeats: &Repeats) {
        let text = self.document.text;
        let is_tab = |token: &Token| token.kind == Kind::Border && text.get(&token.range) == "\t";
        if repeats.doubled {
            let mut second = false;
            found.retain(|token| {
                second = is_tab(token) && !second;
                second || !is_tab(token)
            });
        }
        let Some((count, again)) = &repeats.merged else {
            return;
        };
        let Some(value) = found.iter().find(|token| token.is_value()) else {
            return;
        };
        let Some(line) = text.lines.get(text.line_of(value.range.start)) else {
            return;
        };
        let cells = cells(text, line);
        let same = |at: &usize| text.get(&cells[*at]).trim() == text.get(&cells[*at - 1]).trim();
        if cells.len() == *count && again.iter().all(same) {
            // With the border before it.
            let within = |token: &Token| {
                let dropped = |at: &usize| {
                    (cells[*at].start.saturating_sub(1)..cells[*at].end)
                        .contains(&token.range.start)
                };
                again.iter().any(dropped)
            };
            found.retain(|token| !within(token));
        }
    }
}

/// The cells of a line.
fn cells(text: &Text, line: &Range<usize>) -> Vec<Range<usize>> {
    let mut start = line.start;
    let parts = text.get(line).split([BORDER, '\t']);
    parts
        .map(|part| {
            let cell = start..start + part.len();
            start = cell.end + 1;
            cell
        })
        .collect()
}
