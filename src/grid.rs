//! Anchors -> tables: which value is which cell.
//!
//! A table is first read row by row: the values behind a label are its row. Where the layout
//! shows every cell, that is all. Rows that do not come out whole go on as sets of options:
//! values that stand apart from their labels to [`crate::block`], and everything open to
//! [`crate::solve`], where the form's equations judge. What stays open is withheld.

use std::cell::OnceCell;
use std::ops::Range;

use crate::align::Anchor;
use crate::block::{self, Apart};
use crate::contrast::Contrasts;
use crate::field::Token;
use crate::form::{Form, Genre, Table};
use crate::lexicon::{Lexicon, Part};
use crate::row::{Reading, Slot, Style, Traits};
use crate::style;
use crate::text::Text;

use drafts::Drafts;

pub(crate) use clean::{is_fragment, is_piece, is_stub};
pub(crate) use drafts::Draft;
pub(crate) use equations::{Equations, WholeTables};
pub(crate) use headers::printed_columns;
pub(crate) use regions::regions;

mod boxed;
mod clean;
mod drafts;
mod equations;
mod headers;
mod index;
mod judge;
mod options;
mod parts;
mod places;
mod regions;
mod repeated;
mod scan;
mod shifted;
mod unlabelled;
mod words;
mod wrapped;

/// A report with its labels found.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document<'a> {
    pub(crate) text: &'a Text,
    pub(crate) form: &'a Form,
    /// Index of the form in the lexicon.
    pub(crate) index: usize,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) genre: &'a Genre,
    /// Labels of the form, in the order of the text.
    pub(crate) anchors: &'a [Anchor],
    /// Page marks and furniture, in the order of the text.
    pub(crate) skip: &'a [Range<usize>],
    pub(crate) whole_tables: &'a WholeTables,
    pub(crate) contrasts: &'a Contrasts,
}

/// A stretch of the text that holds one table.
#[derive(Debug, Clone)]
pub(crate) struct Region {
    pub(crate) table: usize,
    pub(crate) range: Range<usize>,
    /// Indices of the anchors inside.
    pub(crate) anchors: Vec<usize>,
}

impl Region {
    /// The header of a column, where it is printed; `anchors` are those of the document.
    pub(crate) fn header<'a>(&self, anchors: &'a [Anchor], column: usize) -> Option<&'a Anchor> {
        let table = self.table;
        let mut inside = self.anchors.iter().map(|at| &anchors[*at]);
        inside.find(|anchor| anchor.part == Part::Column { table, column })
    }

    /// The label of a row that stands first; `anchors` are those of the document.
    pub(crate) fn first_row<'a>(&self, anchors: &'a [Anchor]) -> Option<&'a Anchor> {
        let mut inside = self.anchors.iter().map(|at| &anchors[*at]);
        inside.find(|anchor| matches!(anchor.part, Part::Row { .. }))
    }
}

/// One table as read.
#[derive(Debug)]
pub(crate) struct TableReading {
    pub(crate) region: Region,
    /// Indices of the columns that are printed and hold values.
    pub(crate) columns: Vec<usize>,
    pub(crate) style: Style,
    pub(crate) rows: Vec<RowReading>,
    /// Values that no row was given, though they stand among the rows.
    pub(crate) loose: Vec<Range<usize>>,
    /// Whether labels stand out of order or away from their values.
    pub(crate) torn: bool,
    /// A lone row behind its own values, if all tables of the text are so.
    pub(crate) turned: Option<Reading>,
    /// Whether equations say whether the reading is right.
    pub(crate) judged: bool,
    /// Whether there are values that no row has a place for.
    pub(crate) unplaced: bool,
    /// How its values and its labels fit.
    pub(crate) fit: Fit,
    pub(crate) outcome: Judgement,
}

/// How many values there are for the cells of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Fit {
    /// Values too many.
    pub(crate) surplus: usize,
    /// Cells of a row that has no values at all, though nothing shows it to be empty.
    pub(crate) deficit: Option<usize>,
    /// Whether values stand before the first label and none behind the last.
    pub(crate) values_first: bool,
    /// Whether no value stands behind the last label.
    pub(crate) bare_end: bool,
}

/// What the equations said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Judgement {
    /// They were not needed.
    #[default]
    NotAsked,
    /// They hold in at least one reading.
    Held,
    /// They hold in none.
    Contradiction,
    /// The search reached its bound.
    GaveUp,
}

/// One row as read.
#[derive(Debug)]
pub(crate) struct RowReading {
    /// Index into the form's rows; none for a row that the form does not have.
    pub(crate) row: Option<usize>,
    /// Index of its anchor; none where its label is lost.
    pub(crate) anchor: Option<usize>,
    /// Where its label stands, if it has no anchor.
    pub(crate) label: Vec<Range<usize>>,
    pub(crate) cells: Vec<CellReading>,
}

/// One cell as read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CellReading {
    /// Certain; `solved` where only the equations tell.
    Certain { slot: Slot, solved: bool },
    /// The readings that fit.
    Open(Vec<Slot>),
}

impl RowReading {
    /// The places of the values that it is certain of.
    pub(crate) fn places(&self) -> impl Iterator<Item = &Range<usize>> {
        self.cells.iter().filter_map(CellReading::place)
    }

    /// Asserts no longer that it has no value, if it has none.
    pub(crate) fn doubt_absence(&mut self) {
        if self.cells.iter().all(CellReading::is_missing) {
            self.cells.fill(CellReading::Open(Vec::new()));
        }
    }

    /// Whether it did not come out, as its first cell shows.
    fn is_open(&self) -> bool {
        matches!(self.cells.first(), Some(CellReading::Open(_)))
    }

    /// Asserts no longer that a cell is empty.
    pub(crate) fn doubt_blanks(&mut self) {
        let is_blank = |cell: &&mut CellReading| {
            matches!(
                cell,
                CellReading::Certain {
                    slot: Slot::Blank,
                    ..
                }
            )
        };
        let blanks = self.cells.iter_mut().filter(is_blank);
        blanks.for_each(|cell| *cell = CellReading::Open(Vec::new()));
    }

    /// Asserts none of its values any longer.
    pub(crate) fn withhold(&mut self) {
        self.cells.iter_mut().for_each(CellReading::withhold);
    }
}

impl CellReading {
    /// Whether it is certain that there is no such cell.
    fn is_missing(&self) -> bool {
        matches!(
            self,
            Self::Certain {
                slot: Slot::Missing,
                ..
            }
        )
    }

    /// Where the value stands that it is certain of.
    pub(crate) fn place(&self) -> Option<&Range<usize>> {
        match self {
            Self::Certain { slot, .. } => slot.place(),
            Self::Open(_) => None,
        }
    }

    /// Asserts its value no longer, and shows it as what the cell may be.
    pub(crate) fn withhold(&mut self) {
        if let Self::Certain {
            slot: slot @ Slot::Field(_),
            ..
        } = self
        {
            *self = Self::Open(vec![slot.clone()]);
        }
    }
}

/// Reads one table.
pub(crate) fn read(
    document: &Document<'_>,
    region: Region,
    columns: Vec<usize>,
    equations: &Equations,
) -> TableReading {
    let definition = &document.form.tables[region.table];
    let traits: Vec<Traits> = columns
        .iter()
        .map(|column| Traits {
            signed: definition.columns[*column].signed,
            decimal: definition.columns[*column].decimal,
        })
        .collect();
    let reader = Reader {
        document,
        region: &region,
        definition,
        traits: &traits,
        equations,
        coded: OnceCell::new(),
        headed: OnceCell::new(),
    };
    let Drafts {
        mut drafts,
        head,
        torn,
        extras,
        foreign,
        padded,
        strays,
        left,
    } = reader.drafts();
    let style = style::of(document.text, &region.range, &drafts, padded, columns.len());
    reader.end_last_row(&mut drafts, &style);
    reader.withhold_wrapped(&mut drafts, &head, &style);
    reader.withhold_indexed(&mut drafts, &style);
    reader.withhold_boxed(&mut drafts);
    let foreign_header = headers::may_be_others(&reader, &columns, &drafts, &head, &style);
    reader.give_options(&mut drafts, &style, foreign_header);
    reader.withhold_broken(&mut drafts, &style);
    let values = |draft: &Draft| draft.text.values().count();
    let crowded = drafts
        .iter()
        .any(|draft| draft.options.len() != 1 && values(draft) > columns.len());
    let torn = torn
        || crowded
            && drafts
                .iter()
                .any(|draft| values(draft) == 0 && !reader.shows_blanks(draft));
    let mut loose = Vec::new();
    let mut turned = None;
    let direction = reader.direction(&drafts, &head);
    let torn = block::place(
        &reader,
        &mut drafts,
        &Apart {
            head: &head,
            strays: &strays,
            foreign,
        },
        &style,
        torn,
        &mut loose,
        &mut turned,
    );
    reader.withhold_stacked(&mut drafts, &style);
    let fit = reader.misfit(&drafts, loose.len() + left, direction);
    let read = drafts.iter().any(|draft| !draft.options.is_empty());
    let torn = torn || reader.may_be_shifted(&drafts, &style);
    let (mut rows, outcome) = reader.judge(drafts, torn, foreign, &style);
    reader.withhold_unjudged(&mut rows, &style);
    headers::withhold_unplaced(document, &region, &columns, &mut rows);
    headers::withhold_short(document, &region, &columns, &mut rows);
    headers::withhold_foreign(document, &region, &columns, &mut rows);
    if headers::withhold_crossed(&reader, &columns, style.glued, &mut rows) {
        turned = None;
    }
    if read {
        reader.insert(&mut rows, extras);
    }
    // Where no value is certain of its place, no empty cell is.
    if rows.iter().any(RowReading::is_open) && rows.iter().all(|row| row.places().next().is_none())
    {
        rows.iter_mut().for_each(RowReading::doubt_blanks);
    }
    TableReading {
        columns,
        style,
        rows,
        loose,
        torn,
        turned,
        judged: !equations.all.is_empty(),
        unplaced: fit.surplus > 0 || !strays.is_empty(),
        fit,
        outcome,
        region,
    }
}

/// What a table's rows are read with.
pub(crate) struct Reader<'a> {
    pub(crate) document: &'a Document<'a>,
    pub(crate) region: &'a Region,
    pub(crate) definition: &'a Table,
    pub(crate) traits: &'a [Traits],
    pub(crate) equations: &'a Equations,
    /// Whether most rows show their codes, once that was asked for.
    coded: OnceCell<bool>,
    /// For each column whether its header is printed, the same.
    headed: OnceCell<Vec<bool>>,
}

impl Reader<'_> {
    pub(crate) fn sums_of(&self, row: usize) -> &[Vec<(usize, i64)>] {
        self.equations.of_row(row)
    }

    /// How labels and values fit, before anything was done about it.
    fn direction(&self, drafts: &[Draft], head: &[Token]) -> Fit {
        let leading = head.iter().filter(|token| token.is_number()).count();
        let bare_end = drafts
            .last()
            .is_some_and(|last| last.text.own_values().next().is_none() && !self.is_open_end(last));
        Fit {
            values_first: leading >= self.traits.len() && bare_end,
            bare_end,
            ..Fit::default()
        }
    }

    /// What does not fit in the end.
    fn misfit(&self, drafts: &[Draft], loose: usize, direction: Fit) -> Fit {
        let count = self.traits.len();
        let open = || drafts.iter().filter(|draft| draft.options.len() != 1);
        let surplus = open()
            .map(|draft| draft.text.values().count().saturating_sub(count))
            .sum::<usize>()
            + loose;
        let bare = |draft: &&Draft| draft.is_bare() && !self.shows_blanks(draft);
        Fit {
            surplus,
            deficit: open().find(bare).map(|_| count),
            ..direction
        }
    }

    /// Where the label of a row begins.
    pub(crate) fn start(&self, draft: &Draft) -> Option<usize> {
        draft
            .anchor
            .map(|anchor| self.document.anchors[anchor].range.start)
    }

    /// Whether the form has rows, not only headings, before a row.
    pub(crate) fn has_rows_before(&self, row: usize) -> bool {
        self.definition.rows[..row].iter().any(|row| !row.group)
    }

    fn depth(&self, row: usize) -> usize {
        std::iter::successors(Some(row), |row| self.definition.rows[*row].parent).count() - 1
    }
}
