//! Anchors -> drafts: the rows of a table, each with the text behind its label.

use std::ops::Range;

use super::scan::Scan;
use super::{Reader, RowReading};
use crate::align::Anchor;
use crate::field::{Token, tokens};
use crate::lexicon::Part;
use crate::row::{Reading, RowText};
use crate::text::{Text, is_gap};
use crate::value::Notation;

/// The rows of a table before they are read.
#[derive(Default)]
pub(super) struct Drafts {
    pub(super) drafts: Vec<Draft>,
    /// Tokens before the first row.
    pub(super) head: Vec<Token>,
    /// Whether labels stand out of order.
    pub(super) torn: bool,
    /// Rows that the form does not have.
    pub(super) extras: Vec<RowReading>,
    /// Whether words stand among the rows that are no label of the form.
    pub(super) foreign: bool,
    /// Whether `-` pads the headers.
    pub(super) padded: bool,
    /// Values behind headers that are printed again among the rows.
    pub(super) strays: Vec<Token>,
    /// Values among the rows that the form does not have, of which none could be made a row.
    pub(super) left: usize,
}

/// A row on its way.
pub(crate) struct Draft {
    pub(crate) row: usize,
    pub(crate) anchor: Option<usize>,
    pub(crate) text: RowText,
    pub(crate) options: Vec<Reading>,
    /// Readings that say the same as one of the options, given by its index, from other places.
    pub(crate) twins: Vec<(usize, Reading)>,
    /// Whether the layout itself, not an equation, left these options.
    pub(crate) direct: bool,
    /// Whether its values may be those of another row.
    pub(crate) withheld: bool,
}

impl Draft {
    /// A row whose text was not read yet.
    pub(crate) fn new(row: usize, anchor: Option<usize>, text: RowText, withheld: bool) -> Self {
        Self {
            row,
            anchor,
            text,
            options: Vec::new(),
            twins: Vec::new(),
            direct: true,
            withheld,
        }
    }

    /// Whether no value stands behind its label.
    pub(crate) fn is_bare(&self) -> bool {
        self.text.values().next().is_none()
    }
}

impl Reader<'_> {
    /// The rows with the text behind their labels, the tokens before the first row, and whether
    /// labels stand out of order.
    pub(super) fn drafts(&self) -> Drafts {
        let (visible, nested) = self.labels();
        let mut scan = Scan {
            reader: self,
            visible: &visible,
            nested: &nested,
            repeats: self.repeats(),
            drafts: Drafts::default(),
            running: None,
            labels: 0,
        };
        for at in 0..visible.len() {
            let stretch = scan.stretch(at);
            match self.row_of(scan.anchor(at)) {
                Some(row) => scan.add_row(row, at, stretch),
                None => scan.add_header(at, stretch),
            }
        }
        let mut drafts = scan.drafts;
        self.add_unlabelled(&mut drafts, &visible);
        self.drop_headings(&mut drafts.drafts);
        drafts.drafts.sort_by_key(|draft| draft.row);
        drafts
    }

    /// The labels of the region, and those that stand between the pieces of another: a group's
    /// between those of a row's ends no row.
    fn labels(&self) -> (Vec<usize>, Vec<usize>) {
        let mut covered = 0;
        self.region.anchors.iter().partition(|anchor| {
            let range = &self.document.anchors[**anchor].range;
            let visible = range.start >= covered;
            covered = covered.max(range.end);
            visible
        })
    }

    /// The row of this table that a label is of.
    pub(super) fn row_of(&self, anchor: &Anchor) -> Option<usize> {
        match anchor.part {
            Part::Row { table, row } if table == self.region.table => Some(row),
            _ => None,
        }
    }

    /// What stands behind the headers of a row without label is the row; what stands above the
    /// first label of a table without header may be its first row.
    fn add_unlabelled(&self, drafts: &mut Drafts, visible: &[usize]) {
        let document = self.document;
        let unlabelled =
            matches!(self.definition.rows.as_slice(), [row] if row.label.text.is_empty());
        let last = visible.last().filter(|_| unlabelled);
        let upto = last.map_or(usize::MAX, |last| document.anchors[*last].range.start);
        let mut headed = drafts
            .head
            .iter()
            .take_while(|token| token.range.start < upto);
        drafts.padded = headed.any(|token| token.may_pad(document.text));
        let first = visible.first().map(|first| &document.anchors[*first]);
        if first.is_some_and(|first| matches!(first.part, Part::Row { .. })) {
            drafts.head = self.values_above();
        }
        if unlabelled {
            // Sums do not tell the parts of a sum from one another, so they cannot judge this.
            let heads = |at: &usize| document.anchors[*at].part.table() == Some(self.region.table);
            let (mut text, apart) = self.unlabelled(std::mem::take(&mut drafts.head));
            // Where not one header is printed, only sums say that this is the row.
            text.doubtful |= !visible.iter().any(heads);
            drafts.torn |= apart;
            drafts.drafts.push(Draft::new(0, None, text, apart));
        }
    }

    /// The values that stand alone on the lines right above the region. Where it has no header they
    /// may be those of its first row.
    fn values_above(&self) -> Vec<Token> {
        let document = self.document;
        let lines = &document.text.lines[..document.text.line_of(self.region.range.start)];
        let mut start = self.region.range.start;
        let notation = Notation(document.genre);
        for line in lines.iter().rev() {
            let skip = within(document.skip, line);
            let found = tokens(document.text, line, skip, notation);
            if !found.iter().all(Token::is_value) {
                break;
            }
            // The line end before it tells that it begins a line.
            start = line.start.saturating_sub(1);
        }
        let above = start..self.region.range.start;
        let skip = within(document.skip, &above);
        tokens(document.text, &above, skip, notation)
    }

    /// Groups without values are headings, not rows, unless nothing of theirs is printed.
    fn drop_headings(&self, drafts: &mut Vec<Draft>) {
        let rows = &self.definition.rows;
        let printed: Vec<usize> = drafts.iter().map(|draft| draft.row).collect();
        let has_children = |group: usize| {
            printed.iter().any(|row| {
                let mut at = rows[*row].parent;
                while let Some(parent) = at {
                    if parent == group {
                        return true;
                    }
                    at = rows[parent].parent;
                }
                false
            })
        };
        let bare = drafts
            .iter()
            .any(|draft| !rows[draft.row].group && draft.is_bare());
        for draft in drafts
            .iter_mut()
            .filter(|draft| rows[draft.row].group && has_children(draft.row))
        {
            // The values of a first row whose label is lost stand where the group's own would.
            let first = (0..rows.len()).find(|row| rows[*row].parent == Some(draft.row));
            draft.text.doubtful |=
                first.is_some_and(|first| !rows[first].group && !printed.contains(&first));
            draft.withheld |= draft.text.doubtful || bare;
        }
        self.withhold_moved(drafts);
        drafts
            .retain(|draft| !rows[draft.row].group || !draft.is_bare() || !has_children(draft.row));
    }
}

/// The ends of lines behind the last token, up to what is no cell.
pub(super) fn lines_behind(text: &Text, found: &[Token], end: usize) -> usize {
    let Some(token) = found.last() else {
        return 0;
    };
    let behind = text.get(&(token.range.end..end.max(token.range.end)));
    // Up to what is no cell, such as a piece of the next label.
    let space = behind.trim_start_matches(is_gap);
    behind[..behind.len() - space.len()].matches('\n').count()
}

/// Those of some ranges, in order and apart, that touch a range.
pub(super) fn within<'r>(ranges: &'r [Range<usize>], range: &Range<usize>) -> &'r [Range<usize>] {
    let first = ranges.partition_point(|other| other.end <= range.start);
    let rest = ranges.get(first..).unwrap_or_default();
    let count = rest.partition_point(|other| other.start < range.end);
    rest.get(..count).unwrap_or_default()
}
