//! Anchors -> tables: which value is which cell.
//!
//! A table is first read row by row: the values behind a label are its row. Where the layout
//! shows every cell, that is all. Rows that do not come out whole go on as sets of options:
//! values that stand apart from their labels to [`crate::block`], and everything open to
//! [`crate::solve`], where the form's equations judge. What stays open is withheld.

use std::ops::Range;

use crate::align::Anchor;
use crate::block::{self, Apart};
use crate::field::{Kind, Token, tokens};
use crate::form::{
    CellRef, ColumnKind, Comparison, Form, Genre, Operand, Scope, Severity, Status, Table,
};
use crate::lexicon::{Lexicon, Part};
use crate::row::{Reading, RowText, Slot, Style, Traits, exchanged, options, plain};
use crate::solve::{BUDGET, Equation, Outcome, solve};
use crate::style;
use crate::text::{Text, letters};
use crate::value::Notation;

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
}

/// A stretch of the text that holds one table.
#[derive(Debug, Clone)]
pub(crate) struct Region {
    pub(crate) table: usize,
    pub(crate) range: Range<usize>,
    /// Indices of the anchors inside.
    pub(crate) anchors: Vec<usize>,
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
    /// Whether equations say whether the reading is right.
    pub(crate) judged: bool,
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

/// The rows of a table before they are read.
struct Drafts {
    drafts: Vec<Draft>,
    /// Tokens before the first row.
    head: Vec<Token>,
    /// Whether labels stand out of order.
    torn: bool,
    /// Rows that the form does not have.
    extras: Vec<RowReading>,
    /// Whether words stand among the rows that are no label of the form.
    foreign: bool,
    /// Whether `-` pads the headers.
    padded: bool,
    /// Values behind headers that are printed again among the rows.
    strays: Vec<Token>,
}

/// A row on its way.
pub(crate) struct Draft {
    pub(crate) row: usize,
    pub(crate) anchor: Option<usize>,
    pub(crate) text: RowText,
    pub(crate) options: Vec<Reading>,
    /// Whether the layout itself, not an equation, left these options.
    pub(crate) direct: bool,
    /// Whether its values may be those of another row.
    pub(crate) withheld: bool,
}

/// The regions of all tables, in the order of the text.
pub(crate) fn regions(document: &Document<'_>) -> Vec<Region> {
    let anchors = document.anchors;
    let mut regions: Vec<Region> = Vec::new();
    let mut open = false;
    for anchor in anchors.iter().filter(|anchor| anchor.aligned) {
        let table = anchor.part.table();
        if open
            && let Some(last) = regions.last_mut()
            && table != Some(last.table)
        {
            last.range.end = anchor.range.start;
            open = false;
        }
        if let Some(table) = table.filter(|_| !open) {
            regions.push(Region {
                table,
                range: anchor.range.start..document.text.folded.len(),
                anchors: Vec::new(),
            });
            open = true;
        }
    }
    for region in &mut regions {
        region.anchors = (0..anchors.len())
            .filter(|at| {
                anchors[*at].range.start >= region.range.start
                    && anchors[*at].range.start < region.range.end
            })
            .collect();
    }
    regions
}

/// Those of some ranges, in order and apart, that touch a range.
fn within<'r>(ranges: &'r [Range<usize>], range: &Range<usize>) -> &'r [Range<usize>] {
    let first = ranges.partition_point(|other| other.end <= range.start);
    let rest = ranges.get(first..).unwrap_or_default();
    let count = rest.partition_point(|other| other.start < range.end);
    rest.get(..count).unwrap_or_default()
}

/// Reads one table.
pub(crate) fn read(
    document: &Document<'_>,
    region: Region,
    columns: Vec<usize>,
    equations: &[Equation],
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
        sums: sums(equations),
    };
    let Drafts {
        mut drafts,
        head,
        torn,
        extras,
        foreign,
        padded,
        strays,
    } = reader.drafts();
    let mut style = style::of(document.text, &drafts, padded, columns.len());
    style.merged = style.fillers && document.text.get(&region.range).contains("||");
    for draft in &mut drafts {
        draft.options = options(
            document.text,
            &draft.text,
            &traits,
            reader.sums_of(draft.row),
            &style,
        );
        if let [reading] = draft.options.as_slice() {
            draft.withheld |= exchanged(reading, &traits);
        }
        if draft.withheld || draft.text.doubtful && reader.sums_of(draft.row).is_empty() {
            draft.options.clear();
        }
        draft.direct = !draft.text.doubtful && !style.glued
            || style.glued && draft.options.len() == 1 && reader.sums_of(draft.row).is_empty();
    }
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
    );
    let fit = reader.misfit(&drafts, loose.len(), direction);
    let read = drafts.iter().any(|draft| !draft.options.is_empty());
    let (mut rows, outcome) = reader.judge(drafts, torn, &style);
    if read {
        rows.extend(extras);
    }
    TableReading {
        columns,
        style,
        rows,
        loose,
        torn,
        judged: !equations.is_empty(),
        fit,
        outcome,
        region,
    }
}

/// The columns that hold values and are printed: all but optional ones whose header is missing.
/// An optional column stands where its header does among the headers under the same spanner.
pub(crate) fn printed_columns(document: &Document<'_>, region: &Region) -> Vec<usize> {
    let columns = &document.form.tables[region.table].columns;
    let printed = |column: usize| {
        let part = Part::Column {
            table: region.table,
            column,
        };
        let mut anchors = region
            .anchors
            .iter()
            .map(|anchor| &document.anchors[*anchor]);
        anchors
            .find(|anchor| anchor.part == part)
            .map(|anchor| anchor.range.start)
    };
    let is_value = |column: &usize| columns[*column].kind == ColumnKind::Value;
    let (optional, mut order): (Vec<usize>, Vec<usize>) = (0..columns.len())
        .filter(is_value)
        .partition(|column| columns[*column].optional);
    for column in optional {
        let Some(start) = printed(column) else {
            continue;
        };
        let siblings = order
            .iter()
            .enumerate()
            .filter(|(_, other)| columns[**other].spanner == columns[column].spanner);
        let behind = siblings
            .clone()
            .find(|(_, other)| printed(**other).is_some_and(|other| other > start))
            .map(|(at, _)| at);
        let last = siblings
            .max_by_key(|(at, _)| *at)
            .map_or(order.len(), |(at, _)| at + 1);
        order.insert(behind.unwrap_or(last), column);
    }
    order
}

/// What a table's rows are read with.
pub(crate) struct Reader<'a> {
    pub(crate) document: &'a Document<'a>,
    pub(crate) region: &'a Region,
    pub(crate) definition: &'a Table,
    pub(crate) traits: &'a [Traits],
    pub(crate) equations: &'a [Equation],
    sums: Vec<RowSums>,
}

/// A row and its equations: column and factor of each term.
type RowSums = (usize, Vec<Vec<(usize, i64)>>);

/// The equations within one row, by row.
fn sums(equations: &[Equation]) -> Vec<RowSums> {
    let mut sums: Vec<RowSums> = Vec::new();
    for equation in equations {
        let Some((row, ..)) = equation.terms.first().copied() else {
            continue;
        };
        if equation.terms.iter().all(|(other, ..)| *other == row) {
            let terms = equation
                .terms
                .iter()
                .map(|(_, column, factor)| (*column, *factor))
                .collect();
            match sums.iter_mut().find(|(other, _)| *other == row) {
                Some((_, sums)) => sums.push(terms),
                None => sums.push((row, vec![terms])),
            }
        }
    }
    sums
}

impl Reader<'_> {
    pub(crate) fn sums_of(&self, row: usize) -> &[Vec<(usize, i64)>] {
        self.sums
            .iter()
            .find(|(other, _)| *other == row)
            .map_or(&[], |(_, sums)| sums)
    }

    /// How labels and values fit, before anything was done about it.
    fn direction(&self, drafts: &[Draft], head: &[Token]) -> Fit {
        let leading = head.iter().filter(|token| token.is_number()).count();
        let bare_end = drafts
            .last()
            .is_some_and(|last| last.text.values().next().is_none());
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
        let bare =
            |draft: &&Draft| draft.text.values().next().is_none() && !self.shows_blanks(draft);
        Fit {
            surplus,
            deficit: open().find(bare).map(|_| count),
            ..direction
        }
    }

    /// The rows with the text behind their labels, the tokens before the first row, and whether
    /// labels stand out of order.
    fn drafts(&self) -> Drafts {
        let document = self.document;
        let fragments = document.lexicon.wordings(document.index, self.region.table);
        let notation = Notation(document.genre);
        let mut drafts: Vec<Draft> = Vec::new();
        let mut head = Vec::new();
        let mut torn = false;
        let mut extras = Vec::new();
        let mut strays = Vec::new();
        let mut foreign = false;
        let mut labels = 0;
        // A label of a group between the pieces of a row's label ends no row.
        let mut covered = 0;
        let (visible, nested): (Vec<usize>, Vec<usize>) =
            self.region.anchors.iter().partition(|anchor| {
                let range = &document.anchors[**anchor].range;
                let visible = range.start >= covered;
                covered = covered.max(range.end);
                visible
            });
        for (at, index) in visible.iter().enumerate() {
            let anchor = &document.anchors[*index];
            let next = visible.get(at + 1).map(|next| &document.anchors[*next]);
            let end = next.map_or(self.region.range.end, |next| next.range.start);
            let mut found = Vec::new();
            if anchor.pieces.len() > 1 {
                let marks = within(document.skip, &anchor.range);
                let mut skip: Vec<Range<usize>> =
                    anchor.pieces.iter().chain(marks).cloned().collect();
                let ranges = nested.iter().map(|nested| &document.anchors[*nested].range);
                skip.extend(
                    ranges
                        .skip_while(|range| range.start < anchor.range.start)
                        .take_while(|range| range.start < anchor.range.end)
                        .cloned(),
                );
                skip.sort_by_key(|skip| skip.start);
                found = tokens(document.text, &anchor.range, &skip, notation);
                found.retain(Token::is_number);
            }
            let behind = anchor.range.end.min(end)..end;
            let marks = within(document.skip, &behind);
            let behind = tokens(document.text, &behind, marks, notation);
            found.extend(behind);
            self.clean(&mut found, fragments, anchor, next);
            let lines_behind = lines_behind(document.text, &found, end);
            let row = match anchor.part {
                Part::Row { table, row } if table == self.region.table => row,
                _ => {
                    labels = 0;
                    if drafts.is_empty() {
                        head.extend(found);
                    } else {
                        // Values behind a repeated header are not those of the row before it.
                        found.retain(Token::is_value);
                        torn |= !found.is_empty();
                        strays.extend(found);
                    }
                    continue;
                }
            };
            labels += 1;
            let mut rest = self.cut_at_words(&mut found);
            if self.definition.rows[row].group && rest.is_empty() {
                // Words behind a group's label are the label of a row of its own.
                let word = found.iter().position(|token| token.kind == Kind::Word);
                rest = word.map(|word| found.split_off(word)).unwrap_or_default();
            }
            foreign |= !rest.is_empty();
            let doubtful = found.iter().any(|token| token.kind == Kind::Word)
                && !found.iter().any(|token| token.kind == Kind::Border);
            extras.extend(self.extra_rows(&rest));
            let filled = found.iter().any(Token::is_value);
            let text = RowText {
                tokens: found,
                end,
                lines_behind,
                labels,
                cut: next.is_none() && end == document.text.folded.len(),
                doubtful,
                depth: self.depth(row),
                over_mark: marks
                    .iter()
                    .any(|mark| mark.start >= anchor.range.end && mark.end <= end),
            };
            if filled {
                labels = 0;
            }
            match drafts.iter_mut().find(|draft| draft.row == row) {
                // A label printed twice: the print with values counts.
                Some(draft) if draft.text.values().next().is_none() && filled => {
                    draft.text = text;
                    draft.anchor = Some(*index);
                }
                Some(draft) if filled => {
                    let same = same_values(document.text, &draft.text, &text);
                    if !same {
                        draft.text.tokens.extend(text.tokens);
                    }
                }
                Some(_) => {}
                None => {
                    torn |= !anchor.aligned && !self.definition.rows[row].group;
                    drafts.push(Draft {
                        row,
                        anchor: Some(*index),
                        text,
                        options: Vec::new(),
                        direct: true,
                        withheld: false,
                    });
                }
            }
        }
        let padded = head.iter().any(|token| token.kind == Kind::Placeholder);
        if let [row] = self.definition.rows.as_slice()
            && row.label.text.is_empty()
        {
            let (text, apart) = self.unlabelled(std::mem::take(&mut head));
            torn |= apart;
            drafts.push(Draft {
                row: 0,
                anchor: None,
                text,
                options: Vec::new(),
                direct: true,
                withheld: false,
            });
        }
        self.drop_headings(&mut drafts);
        drafts.sort_by_key(|draft| draft.row);
        Drafts {
            drafts,
            head,
            torn,
            extras,
            foreign,
            padded,
            strays,
        }
    }

    /// Cuts a row where words begin that are no label: what stands behind them is not its own,
    /// if the row was whole before or they begin a line. Returns what was cut off.
    fn cut_at_words(&self, found: &mut Vec<Token>) -> Vec<Token> {
        let mut values = 0;
        let mut lines = 0;
        let borders = found.iter().any(|token| token.kind == Kind::Border);
        for at in 0..found.len() {
            lines += found[at].lines;
            if found[at].is_value() {
                values += 1;
                lines = 0;
            } else if found[at].kind == Kind::Word
                && (values >= self.traits.len() || borders && lines > 0)
            {
                let rest = found.split_off(at);
                self.drop_stub(found, rest.first().map_or(0, |token| token.range.start));
                return rest;
            }
        }
        Vec::new()
    }

    /// Whether the form has rows, not only headings, before a row.
    pub(crate) fn has_rows_before(&self, row: usize) -> bool {
        self.definition.rows[..row].iter().any(|row| !row.group)
    }

    fn depth(&self, row: usize) -> usize {
        std::iter::successors(Some(row), |row| self.definition.rows[*row].parent).count() - 1
    }

    /// Takes off the cells that stand before the label at `label` on its line: they are the stub
    /// of its row, such as a running number.
    fn drop_stub(&self, found: &mut Vec<Token>, label: usize) {
        let text = self.document.text;
        let line = text.lines[text.line_of(label)].start;
        let stub = found
            .iter()
            .rposition(|token| token.range.start < line)
            .map_or(0, |last| last + 1);
        if found[stub..].iter().any(|token| token.kind == Kind::Border) {
            found.truncate(stub);
        }
    }

    /// Rows that the form does not have: words, and behind them a value for each column.
    fn extra_rows(&self, rest: &[Token]) -> Vec<RowReading> {
        let text = self.document.text;
        let is_unit = |token: &Token| {
            self.document
                .genre
                .units
                .iter()
                .any(|unit| unit == text.get(&token.range))
        };
        let mut rows = Vec::new();
        let mut label: Vec<Range<usize>> = Vec::new();
        let mut values: Vec<&Token> = Vec::new();
        // Whether the next word stands on the line of a token, and a border between them.
        let mut stub_of_next = vec![false; rest.len()];
        let mut next_word = usize::MAX;
        let mut bordered = false;
        for (token, stub) in rest.iter().zip(&mut stub_of_next).rev() {
            match token.kind {
                Kind::Word => (next_word, bordered) = (token.range.start, false),
                Kind::Border => bordered = true,
                _ if bordered => {
                    *stub = next_word < text.lines[text.line_of(token.range.start)].end;
                }
                _ => {}
            }
        }
        let mut flush = |label: &mut Vec<Range<usize>>, values: &mut Vec<&Token>| {
            if values.len() == self.traits.len() && !label.is_empty() {
                let cell = |token: &&Token| CellReading::Certain {
                    slot: Slot::Field(plain(token)),
                    solved: false,
                };
                rows.push(RowReading {
                    row: None,
                    anchor: None,
                    label: label.clone(),
                    cells: values.iter().map(cell).collect(),
                });
            }
            label.clear();
            values.clear();
        };
        for (at, token) in rest.iter().enumerate() {
            match token.kind {
                Kind::Number { .. } if stub_of_next[at] => {}
                Kind::Word if values.is_empty() && !label.is_empty() && is_unit(token) => {}
                Kind::Word => {
                    if !values.is_empty() {
                        flush(&mut label, &mut values);
                    }
                    label.push(token.range.clone());
                }
                Kind::Border => {}
                _ => values.push(token),
            }
        }
        flush(&mut label, &mut values);
        rows
    }

    /// The one row of a table that prints no label for it: what stands behind the headers. Also
    /// whether headers stand between its values.
    fn unlabelled(&self, mut head: Vec<Token>) -> (RowText, bool) {
        let text = self.document.text;
        let anchors = || {
            self.region
                .anchors
                .iter()
                .map(|anchor| &self.document.anchors[*anchor].range)
        };
        // `-` among the headers pads them; the values begin with the first number.
        let first = head
            .iter()
            .find(|token| token.is_number())
            .map_or(self.region.range.end, |token| token.range.start);
        let start = anchors()
            .map(|range| range.end)
            .filter(|end| *end <= first)
            .max()
            .unwrap_or_default();
        let last = head
            .iter()
            .rfind(|token| token.is_value())
            .map_or(first, |token| token.range.start);
        let late: Vec<&Range<usize>> = anchors()
            .filter(|range| range.start > first && range.end <= last)
            .collect();
        // Headers among the values are harmless where they head just the values behind them: the
        // last columns, printed as header and value.
        let behind = |at: usize| {
            head.iter()
                .filter(|token| token.is_value() && token.range.start > at)
                .count()
        };
        let apart = late
            .last()
            .is_some_and(|range| behind(range.end) != late.len())
            || late
                .first()
                .is_some_and(|range| behind(range.start) != late.len());
        // Where headers are padded, so is the last of them: the pads before the first number are its.
        let padded = head
            .iter()
            .any(|token| token.kind == Kind::Placeholder && token.range.start < start);
        let from = if padded { first } else { start };
        head.retain(|token| token.range.start >= from);
        let end = self.region.range.end;
        let lines_behind = lines_behind(text, &head, end);
        (
            RowText {
                tokens: head,
                end,
                lines_behind,
                cut: end == text.folded.len(),
                ..RowText::default()
            },
            apart,
        )
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
            .any(|draft| !rows[draft.row].group && draft.text.values().next().is_none());
        for draft in drafts
            .iter_mut()
            .filter(|draft| rows[draft.row].group && has_children(draft.row))
        {
            // The values of a first row whose label is lost stand where the group's own would.
            let first = (0..rows.len()).find(|row| rows[*row].parent == Some(draft.row));
            draft.text.doubtful |=
                first.is_some_and(|first| !rows[first].group && !printed.contains(&first));
            draft.withheld = draft.text.doubtful || bare;
        }
        drafts.retain(|draft| {
            !rows[draft.row].group
                || draft.text.values().next().is_some()
                || !has_children(draft.row)
        });
    }

    /// Takes out what is no field: pieces of labels, units and codes of the row, the stub cells
    /// of the next row.
    fn clean(
        &self,
        found: &mut Vec<Token>,
        fragments: &[String],
        anchor: &Anchor,
        next: Option<&Anchor>,
    ) {
        let text = self.document.text;
        let rows = &self.definition.rows;
        let Part::Row { row, .. } = anchor.part else {
            found.retain(|token| {
                token.kind != Kind::Word || !is_fragment(text.get(&token.range), fragments)
            });
            return;
        };
        if let Some(next) = next {
            let line = text.lines[text.line_of(next.range.start)].start;
            if line > anchor.range.end {
                let bordered = found
                    .iter()
                    .any(|token| token.range.start >= line && token.kind == Kind::Border);
                let in_stub = |token: &Token| {
                    token.range.start >= line
                        && (token.kind == Kind::Border || bordered && token.is_number())
                };
                found.retain(|token| !in_stub(token));
            }
        }
        found.retain(|token| {
            token.kind != Kind::Word || !is_fragment(text.get(&token.range), fragments)
        });
        let kinds: Vec<ColumnKind> = self
            .definition
            .columns
            .iter()
            .map(|column| column.kind)
            .filter(|kind| matches!(kind, ColumnKind::Unit | ColumnKind::Code))
            .collect();
        for kind in kinds {
            let Some(at) = found.iter().position(|token| token.kind != Kind::Border) else {
                break;
            };
            let said = text.get(&found[at].range);
            let is_it = match kind {
                ColumnKind::Unit => {
                    self.document.genre.units.iter().any(|unit| unit == said)
                        || rows[row].unit.as_deref() == Some(said)
                        || rows[row].group && found[at].kind == Kind::Placeholder
                }
                _ => rows[row].code.as_deref().is_some_and(|code| {
                    said.trim_start_matches('0')
                        == code.trim_start_matches('0').trim_end_matches('*')
                }),
            };
            if is_it {
                let border = found
                    .get(at + 1)
                    .is_some_and(|token| token.kind == Kind::Border);
                found.drain(at..=at + usize::from(border));
            }
        }
    }

    /// Lets the equations judge, and makes of each draft what is certain and what is not.
    fn judge(&self, drafts: Vec<Draft>, torn: bool, style: &Style) -> (Vec<RowReading>, Judgement) {
        let open = drafts.iter().any(|draft| draft.options.len() > 1);
        let indirect = drafts.iter().any(|draft| !draft.direct);
        let cut = drafts.iter().any(|draft| self.may_be_cut(draft));
        if !(open || torn || indirect || cut) {
            return (
                drafts
                    .into_iter()
                    .map(|draft| self.finish(draft, None, true, torn, style))
                    .collect(),
                Judgement::NotAsked,
            );
        }
        let readable: Vec<&Draft> = drafts
            .iter()
            .filter(|draft| !draft.options.is_empty())
            .collect();
        let rows: Vec<Vec<Vec<_>>> = readable
            .iter()
            .map(|draft| {
                draft
                    .options
                    .iter()
                    .map(|reading| reading.iter().map(Slot::amount).collect())
                    .collect()
            })
            .collect();
        let usable = usable(self.equations, &readable, &rows, torn);
        // Where labels and values are apart, one row that is not read may have lent its values to
        // the others.
        let holes = torn && readable.len() < drafts.len();
        let outcome = if holes {
            Outcome::Contradiction
        } else {
            solve(&rows, &usable, BUDGET)
        };
        let judgement = match &outcome {
            _ if usable.is_empty() || holes => Judgement::NotAsked,
            Outcome::Solved(_) => Judgement::Held,
            Outcome::Contradiction => Judgement::Contradiction,
            Outcome::GaveUp(_) => Judgement::GaveUp,
        };
        let kept = match outcome {
            Outcome::Solved(kept) | Outcome::GaveUp(kept) => Some(kept),
            Outcome::Contradiction => None,
        };
        let trusted = kept.is_some();
        let mut at = 0;
        let rows = drafts
            .into_iter()
            .map(|draft| {
                let chosen = if draft.options.is_empty() {
                    None
                } else {
                    at += 1;
                    kept.as_ref().and_then(|kept| kept.get(at - 1).cloned())
                };
                let trusted = trusted
                    || draft.direct
                        && draft.options.len() == 1
                        && !torn
                        && !self.may_be_cut(&draft);
                self.finish(draft, chosen, trusted, torn, style)
            })
            .collect();
        (rows, judgement)
    }

    /// Whether the last number of the row touches the end of the text, which may cut it.
    fn may_be_cut(&self, draft: &Draft) -> bool {
        let end = self.document.text.folded.len();
        draft.text.cut
            && draft
                .text
                .values()
                .last()
                .is_some_and(|token| token.range.end == end && token.is_number())
    }

    fn finish(
        &self,
        draft: Draft,
        chosen: Option<Vec<usize>>,
        trusted: bool,
        torn: bool,
        style: &Style,
    ) -> RowReading {
        let count = self.traits.len();
        let cut_end = if self.may_be_cut(&draft) && self.sums_of(draft.row).is_empty() {
            Some(self.document.text.folded.len())
        } else {
            None
        };
        let all = draft.options.len();
        // The options are all there are, whatever the equations say.
        let few = draft.text.values().count() <= count;
        let complete = !torn && few && (!style.glued || self.sums_of(draft.row).is_empty());
        let kept: Vec<&Reading> = match &chosen {
            Some(chosen) => chosen
                .iter()
                .filter_map(|option| draft.options.get(*option))
                .collect(),
            None => draft.options.iter().collect(),
        };
        let cells = (0..count)
            .map(|column| {
                let mut slots: Vec<&Slot> = Vec::new();
                for reading in &kept {
                    if let Some(slot) = reading.get(column)
                        && !slots.iter().any(|other| same(self.document.text, other, slot))
                    {
                        slots.push(slot);
                    }
                }
                let agreed = complete && draft.options.iter().all(|reading| {
                    reading.get(column).is_some_and(|slot| slots.first().is_some_and(|other| same(self.document.text, other, slot)))
                });
                let broken = |slot: &Slot| matches!(slot, Slot::Field(field) if Some(field.range.end) == cut_end);
                match slots.as_slice() {
                    [] if draft.text.values().next().is_some() => CellReading::Open(Vec::new()),
                    [] if self.shows_blanks(&draft) => CellReading::Certain { slot: Slot::Blank, solved: false },
                    [] => CellReading::Certain { slot: Slot::Missing, solved: false },
                    [slot] if (trusted || agreed && !matches!(slot, Slot::Missing)) && !broken(slot) => {
                        let solved = !(draft.direct && (all == 1 || agreed));
                        CellReading::Certain { slot: (*slot).clone(), solved }
                    }
                    slots => CellReading::Open(slots.iter().map(|slot| (*slot).clone()).collect()),
                }
            })
            .collect();
        RowReading {
            row: Some(draft.row),
            anchor: draft.anchor,
            label: Vec::new(),
            cells,
        }
    }

    /// Whether a row without values is visibly empty: borders, or blank lines beyond the usual.
    fn shows_blanks(&self, draft: &Draft) -> bool {
        let borders = draft
            .text
            .tokens
            .iter()
            .filter(|token| token.kind == Kind::Border)
            .count();
        borders >= self.traits.len()
            || !draft.text.cut && draft.text.lines_behind > 2 + self.traits.len()
    }
}

/// The equations that can be asked: every row they speak of is there, and none of the rows that
/// the layout shows already breaks them.
fn usable(
    equations: &[Equation],
    readable: &[&Draft],
    rows: &[Vec<Vec<crate::solve::Amount>>],
    torn: bool,
) -> Vec<Equation> {
    let place = |row: usize| readable.iter().position(|draft| draft.row == row);
    let mapped = equations.iter().filter_map(|equation| {
        let terms = equation
            .terms
            .iter()
            .map(|(row, column, factor)| place(*row).map(|row| (row, *column, *factor)));
        Some(Equation {
            terms: terms.collect::<Option<Vec<_>>>()?,
        })
    });
    mapped
        .filter(|equation| {
            let settled = !torn
                && equation
                    .terms
                    .iter()
                    .all(|(row, ..)| rows[*row].len() == 1 && readable[*row].direct);
            // A published error in rows that need no equation must not spoil the search for others.
            !settled
                || solve(rows, std::slice::from_ref(equation), BUDGET) != Outcome::Contradiction
        })
        .collect()
}

fn same(text: &Text, a: &Slot, b: &Slot) -> bool {
    match (a, b) {
        (Slot::Field(a), Slot::Field(b)) => match (&a.token, &b.token) {
            (
                Some(Token {
                    kind:
                        Kind::Number {
                            value: Some(a),
                            unit: u,
                            ..
                        },
                    ..
                }),
                Some(Token {
                    kind:
                        Kind::Number {
                            value: Some(b),
                            unit: v,
                            ..
                        },
                    ..
                }),
            ) => a == b && u.as_ref().map(|u| text.get(u)) == v.as_ref().map(|v| text.get(v)),
            (Some(a), Some(b)) => a.kind == b.kind && text.get(&a.range) == text.get(&b.range),
            _ => true,
        },
        (Slot::Blank, Slot::Blank) | (Slot::Missing, Slot::Missing) => true,
        _ => false,
    }
}

fn same_values(text: &Text, a: &RowText, b: &RowText) -> bool {
    a.values()
        .map(|token| text.get(&token.range))
        .eq(b.values().map(|token| text.get(&token.range)))
}

/// Whether a word is a piece of a label.
fn is_fragment(word: &str, fragments: &[String]) -> bool {
    let letters = letters(word);
    let digits = word.chars().any(|c| c.is_ascii_digit());
    if letters.is_empty() {
        return !digits;
    }
    fragments
        .iter()
        .any(|fragment| fragment.contains(letters.as_str()))
}

fn lines_behind(text: &Text, found: &[Token], end: usize) -> usize {
    match found.last() {
        Some(token) => text
            .get(&(token.range.end..end.max(token.range.end)))
            .matches('\n')
            .count(),
        None => 0,
    }
}

/// The equations of a form over one table, as (row, column index among `columns`, factor).
pub(crate) fn equations(
    form: &Form,
    table: usize,
    columns: &[usize],
    printed: &[usize],
) -> Vec<Equation> {
    let place = |cell: &CellRef| {
        columns
            .iter()
            .position(|column| *column == cell.column)
            .filter(|_| cell.table == table)
    };
    let rows = &form.tables[table].rows;
    let mut equations = Vec::new();
    let mut of_rows: Vec<(usize, Vec<(usize, i64)>)> = Vec::new();
    for instance in &form.instances {
        let check = &form.checks[instance.check];
        let in_table = matches!(instance.scope, Scope::Column { table: other, .. } | Scope::Row { table: other, .. } if other == table);
        let binding = check.severity == Severity::Error && check.status != Status::Unconfirmed;
        if !in_table
            || !binding
            || instance.comparison != Comparison::Equal
            || !instance.alternatives.is_empty()
        {
            continue;
        }
        let mut terms = Vec::new();
        let sides = instance
            .left
            .iter()
            .map(|term| (term, 1))
            .chain(instance.right.iter().map(|term| (term, -1)));
        let whole = sides.fold(true, |whole, (term, side)| {
            let factor = if term.minus { -side } else { side };
            let mut add = |cell: &CellRef| match place(cell) {
                Some(column) if printed.contains(&cell.row) => {
                    terms.push((cell.row, column, factor));
                    true
                }
                _ => false,
            };
            whole
                && !term.previous
                && match &term.operand {
                    Operand::Cell(cell) => add(cell),
                    Operand::Leaves(cell) => {
                        let leaves = form.leaves(table, cell.row);
                        if leaves.iter().any(|row| printed.contains(row)) {
                            leaves
                                .iter()
                                .all(|row| add(&CellRef { row: *row, ..*cell }))
                        } else {
                            add(cell)
                        }
                    }
                    _ => false,
                }
        });
        if whole {
            if let Scope::Row { row, .. } = instance.scope {
                of_rows.push((
                    row,
                    terms
                        .iter()
                        .map(|(_, column, factor)| (*column, *factor))
                        .collect(),
                ));
            }
            equations.push(Equation { terms });
        }
    }
    // A group printed as a row of its own adds up like the rows around it.
    let model = of_rows.first().map(|(row, _)| *row);
    for group in printed
        .iter()
        .filter(|row| rows[**row].group && !of_rows.iter().any(|(of, _)| of == *row))
    {
        for (_, terms) in of_rows.iter().filter(|(row, _)| Some(*row) == model) {
            equations.push(Equation {
                terms: terms
                    .iter()
                    .map(|(column, factor)| (*group, *column, *factor))
                    .collect(),
            });
        }
    }
    equations
}

/// Whether a line holds nothing but pieces of a table's labels.
pub(crate) fn is_piece(document: &Document<'_>, table: usize, line: &str) -> bool {
    let wordings = document.lexicon.wordings(document.index, table);
    line.split([' ', crate::text::BORDER, '\t'])
        .filter(|word| !word.is_empty())
        .all(|word| is_fragment(word, wordings))
}
