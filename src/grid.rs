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
        if draft.withheld
            || draft.text.uncoded
            || draft.text.doubtful && reader.sums_of(draft.row).is_empty()
        {
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
        reader.insert(&mut rows, extras);
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
                let mut skip: Vec<Range<usize>> =
                    anchor.pieces.iter().chain(document.skip).cloned().collect();
                skip.extend(
                    nested
                        .iter()
                        .map(|nested| document.anchors[*nested].range.clone()),
                );
                skip.sort_by_key(|skip| skip.start);
                found = tokens(document.text, &anchor.range, &skip, notation);
                let code = |token: &Token| match anchor.part {
                    Part::Row { table, row } if table == self.region.table => {
                        self.is_code(row, document.text.get(&token.range))
                    }
                    _ => false,
                };
                found.retain(|token| token.is_number() || code(token));
            }
            let behind = tokens(
                document.text,
                &(anchor.range.end.min(end)..end),
                document.skip,
                notation,
            );
            found.extend(behind);
            let coded = self.clean(&mut found, fragments, anchor, next);
            let lines_behind = lines_behind(document.text, &found, end);
            let row = match anchor.part {
                Part::Row { table, row } if table == self.region.table => row,
                _ => {
                    labels = 0;
                    if drafts.is_empty() {
                        if next.is_some_and(|next| self.heads_number(next, found.last())) {
                            found.pop();
                        }
                        head.extend(found);
                    } else {
                        // Values behind a repeated header are not those of the row before it, but may
                        // be those of a row that the form does not have.
                        let rows = self.extra_rows(&found);
                        let values = found.iter().filter(|token| token.is_value()).count();
                        if !rows.is_empty() && rows.len() * self.traits.len() == values {
                            foreign = true;
                            extras.extend(rows);
                            continue;
                        }
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
            let uncoded = !coded || self.ends_in_lead(&mut found, next);
            extras.extend(self.extra_rows(&rest));
            let filled = found.iter().any(Token::is_value);
            let text = RowText {
                tokens: found,
                end,
                lines_behind,
                labels,
                cut: next.is_none() && end == document.text.folded.len(),
                doubtful,
                uncoded,
                depth: self.depth(row),
                over_mark: document
                    .skip
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

    /// Whether a number is the beginning of the label behind it: 2014年度, for `{year}年度`.
    fn heads_number(&self, label: &Anchor, number: Option<&Token>) -> bool {
        let wording = label.part.label(self.document.form);
        number.is_some_and(|number| number.is_number() && number.range.end == label.range.start)
            && wording.is_some_and(|label| label.wordings().any(|text| text.starts_with('{')))
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
        let mut unit: Option<Range<usize>> = None;
        let columns = self.definition.columns.iter().enumerate();
        let mut codes = columns.filter(|(_, column)| column.kind == ColumnKind::Code);
        let coded = codes.any(|(column, _)| !self.leaves_out(column));
        let stub_of_next = |at: usize| {
            let line = text.lines[text.line_of(rest[at].range.start)].clone();
            let ahead = rest[at..]
                .iter()
                .take_while(|token| token.range.start < line.end);
            let word = ahead.clone().position(|token| token.kind == Kind::Word);
            word.is_some_and(|word| {
                rest[at..at + word]
                    .iter()
                    .any(|token| token.kind == Kind::Border)
            })
        };
        let mut flush = |label: &mut Vec<Range<usize>>,
                         values: &mut Vec<&Token>,
                         unit: Option<Range<usize>>| {
            // Its code, where the table has codes.
            if coded && values.len() == self.traits.len() + 1 {
                values.remove(0);
            }
            if values.len() == self.traits.len() && !label.is_empty() {
                let cell = |token: &&Token| CellReading::Certain {
                    slot: Slot::Field(plain(&with_unit(token, unit.as_ref()))),
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
                Kind::Number { .. } if stub_of_next(at) => {}
                Kind::Word if values.is_empty() && !label.is_empty() && is_unit(token) => {
                    unit = Some(token.range.clone());
                }
                Kind::Word => {
                    if !values.is_empty() {
                        flush(&mut label, &mut values, unit.take());
                    }
                    label.push(token.range.clone());
                }
                Kind::Border => {}
                _ => values.push(token),
            }
        }
        flush(&mut label, &mut values, unit);
        rows
    }

    /// Puts the rows that the form does not have behind those they are printed behind.
    fn insert(&self, rows: &mut Vec<RowReading>, extras: Vec<RowReading>) {
        let start = |row: &RowReading| match row.anchor {
            Some(anchor) => Some(self.document.anchors[anchor].range.start),
            None => row.label.first().map(|label| label.start),
        };
        for extra in extras {
            let before = |row: &RowReading| start(row).is_some_and(|row| Some(row) < start(&extra));
            let at = rows.iter().rposition(before);
            rows.insert(at.map_or(0, |at| at + 1), extra);
        }
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

    /// Takes off what the form prints before the next row's label. Whether the row has no value
    /// to spare for it, so that one of them may be missing instead.
    fn ends_in_lead(&self, found: &mut Vec<Token>, next: Option<&Anchor>) -> bool {
        let Some(Part::Row { table, row }) = next.map(|next| next.part) else {
            return false;
        };
        let Some(lead) = self.document.form.tables[table].rows[row].before.as_deref() else {
            return false;
        };
        let text = self.document.text;
        let values: Vec<usize> = (0..found.len())
            .filter(|at| found[*at].is_value())
            .collect();
        let pad = |at: &usize| found[*at].kind == Kind::Placeholder;
        let Some(at) = values.iter().rposition(|at| !pad(at)) else {
            return false;
        };
        let said = text.get(&found[values[at]].range);
        if said != lead {
            // In glued text it may be the last digits of the value.
            let glued = next.is_some_and(|next| found[values[at]].range.end == next.range.start);
            return glued && said.ends_with(lead);
        }
        // `-` beside it stands for the rest of the empty half.
        let pads = values[..at].iter().rev().take_while(|at| pad(at)).count();
        let count = self.traits.len();
        if at < count {
            return true;
        }
        found.truncate(values[(at - pads).max(count)]);
        false
    }

    /// Takes out what is no field: pieces of labels, units and codes of the row, the stub cells
    /// of the next row. Whether the row has its code, where the table prints codes at all: without
    /// it the first value may be a code that the form does not have.
    fn clean(
        &self,
        found: &mut Vec<Token>,
        fragments: &[String],
        anchor: &Anchor,
        next: Option<&Anchor>,
    ) -> bool {
        let text = self.document.text;
        let rows = &self.definition.rows;
        let Part::Row { row, .. } = anchor.part else {
            found.retain(|token| {
                token.kind != Kind::Word || !is_fragment(text.get(&token.range), fragments)
            });
            return true;
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
        // A unit may be a piece of some label (件 of 电子邮件申请数) and is none here.
        let columns = &self.definition.columns;
        let units = columns.iter().any(|column| column.kind == ColumnKind::Unit);
        let is_unit = |said: &str| {
            units
                && (self.document.genre.units.iter().any(|unit| unit == said)
                    || rows[row].unit.as_deref() == Some(said))
        };
        found.retain(|token| {
            let said = text.get(&token.range);
            token.kind != Kind::Word || is_unit(said) || !is_fragment(said, fragments)
        });
        let mut coded = true;
        for (column, kind) in self
            .definition
            .columns
            .iter()
            .map(|column| column.kind)
            .enumerate()
        {
            if !matches!(kind, ColumnKind::Unit | ColumnKind::Code) {
                continue;
            }
            let Some(at) = found.iter().position(|token| token.kind != Kind::Border) else {
                break;
            };
            let said = text.get(&found[at].range);
            if let Some(code) = rows[row]
                .code
                .as_deref()
                .filter(|_| kind == ColumnKind::Code)
                && found.iter().any(Token::is_value)
            {
                // In glued text the header is a piece of a word, and the code one of the number.
                coded = self.leaves_out(column) && !said.starts_with(code.trim_end_matches('*'));
            }
            let is_it = match kind {
                ColumnKind::Unit => {
                    is_unit(said) || rows[row].group && found[at].kind == Kind::Placeholder
                }
                _ => self.is_code(row, said),
            };
            if is_it {
                let mark = |token: &Token| {
                    token.kind == Kind::Word && text.get(&token.range).chars().all(|c| c == '*')
                };
                if found.get(at + 1).is_some_and(mark) {
                    found.remove(at + 1);
                }
                let border = found
                    .get(at + 1)
                    .is_some_and(|token| token.kind == Kind::Border);
                found.drain(at..=at + usize::from(border));
                coded |= kind == ColumnKind::Code;
            }
        }
        coded
    }

    /// Whether something is a row's code: 05 may be printed as 5, and 51** without its mark.
    fn is_code(&self, row: usize, said: &str) -> bool {
        let bare = |code: &str| {
            let code = code.trim_start_matches('0').trim_end_matches('*');
            code.to_string()
        };
        let code = self.definition.rows[row].code.as_deref();
        code.is_some_and(|code| bare(said) == bare(code))
    }

    /// Whether headers are printed and that of a column is not.
    fn leaves_out(&self, column: usize) -> bool {
        let own = Part::Column {
            table: self.region.table,
            column,
        };
        let parts = || {
            let anchors = self.region.anchors.iter();
            anchors.map(|anchor| self.document.anchors[*anchor].part)
        };
        parts().any(|part| matches!(part, Part::Column { .. })) && !parts().any(|part| part == own)
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

/// A number in the unit that its row gives.
fn with_unit(token: &Token, of_row: Option<&Range<usize>>) -> Token {
    let mut token = token.clone();
    if let Kind::Number { unit, .. } = &mut token.kind
        && unit.is_none()
    {
        *unit = of_row.cloned();
    }
    token
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
pub(crate) fn is_fragment(word: &str, fragments: &[String]) -> bool {
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

/// Whether a line is a cell that belongs to the labels of a table: a unit or a code.
pub(crate) fn is_stub(document: &Document<'_>, table: usize, line: &str) -> bool {
    let line = line.trim_matches([' ', crate::text::BORDER, '\t']);
    let definition = &document.form.tables[table];
    definition.columns.iter().any(|column| match column.kind {
        ColumnKind::Unit => document.genre.units.iter().any(|unit| unit == line),
        ColumnKind::Code => definition.rows.iter().any(|row| {
            let own = [&row.code, &row.before];
            own.into_iter().flatten().any(|code| code == line)
        }),
        _ => false,
    })
}

/// Whether a line holds nothing but pieces of a table's labels.
pub(crate) fn is_piece(document: &Document<'_>, table: usize, line: &str) -> bool {
    let wordings = document.lexicon.wordings(document.index, table);
    line.split([' ', crate::text::BORDER, '\t'])
        .filter(|word| !word.is_empty())
        .all(|word| is_fragment(word, wordings))
}
