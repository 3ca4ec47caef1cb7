//! Readings -> [`Extraction`]: spans in the unit asked for, labels as printed, diagnostics, and
//! what every line was taken for.

use std::cell::Cell;
use std::ops::Range;

use crate::align::Anchor;
use crate::extraction::{
    self, Candidate, Column, Coverage, Diagnostic, Extraction, FormInfo, Offsets, Reading, Row,
    SCHEMA, Section, Severity, SourceInfo, Span, SpannedText, State, Statement, Table, Year,
};
use crate::field::{Field, Kind, Token};
use crate::form;
use crate::grid::{CellReading, Document, Judgement, RowReading, TableReading};
use crate::lexicon::Part;
use crate::page::{Class, Marks};
use crate::row::Slot;
use crate::source::Source;
use crate::span::TextSpan;
use crate::statement::{self, Prose};
use crate::style;
use crate::text::{BORDER, NOISE, Text};

/// Where a span was found.
#[derive(Debug, Clone, Copy, Default)]
struct Near {
    /// Among the runs of the text.
    run: usize,
    line: usize,
}

/// An extraction in the making.
pub(crate) struct Assembly<'a> {
    pub(crate) source: &'a Source,
    pub(crate) text: &'a Text,
    pub(crate) marks: &'a Marks,
    offsets: Offsets,
    classes: Vec<Class>,
    /// Where the last span stands, since spans are made nearly in the order of the text.
    near: Cell<Near>,
    /// The line of the last claim.
    claimed: usize,
    pub(crate) title: Option<SpannedText>,
    pub(crate) agency: Option<SpannedText>,
    pub(crate) year: Option<Year>,
    pub(crate) sections: Vec<Section>,
    pub(crate) tables: Vec<Table>,
    pub(crate) statements: Vec<Statement>,
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// Lines of running text, in the order of the text.
    pub(crate) prose: Vec<Range<usize>>,
    /// Folded ranges of the tables, with their ids.
    pub(crate) ranges: Vec<(Range<usize>, String)>,
}

impl<'a> Assembly<'a> {
    pub(crate) fn new(
        source: &'a Source,
        text: &'a Text,
        info: &SourceInfo,
        marks: &'a Marks,
    ) -> Self {
        let mut assembly = Self {
            source,
            text,
            marks,
            offsets: info.offsets,
            classes: vec![Class::Unclaimed; text.lines.len()],
            near: Cell::default(),
            claimed: 0,
            title: None,
            agency: None,
            year: None,
            sections: Vec::new(),
            tables: Vec::new(),
            statements: Vec::new(),
            diagnostics: Vec::new(),
            prose: Vec::new(),
            ranges: Vec::new(),
        };
        assembly.source_notes();
        assembly
    }

    /// The span of a folded range.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        let at = self.place(range);
        let near = self.near.get();
        let (line, column) = self.source.position_near(at.start, near.line);
        self.near.set(Near { line, ..near });
        let unit = |offset: usize| match self.offsets {
            Offsets::Byte => self.source.input_offset(offset),
            Offsets::Char => self.source.char_offset(offset),
            Offsets::Utf16 => self.source.utf16_offset(offset),
        };
        Span {
            start: unit(at.start),
            end: unit(at.end),
            line,
            column,
        }
    }

    /// The span of the decoded text under a folded range.
    fn place(&self, range: &Range<usize>) -> TextSpan {
        let mut near = self.near.get();
        let at = self.text.span_near(range, &mut near.run);
        self.near.set(near);
        at
    }

    /// The source text under a folded range.
    pub(crate) fn raw(&self, range: &Range<usize>) -> &'a str {
        self.place(range).of(self.source.text())
    }

    /// What a label says: its pieces without what breaks it.
    pub(crate) fn said(&self, pieces: &[Range<usize>]) -> String {
        let mut said = String::new();
        for piece in pieces {
            said.push_str(self.raw(piece));
        }
        said
    }

    pub(crate) fn spanned(&self, pieces: &[Range<usize>]) -> Option<SpannedText> {
        let (first, last) = (pieces.first()?, pieces.last()?);
        let parts = if pieces.len() > 1 {
            pieces.iter().map(|piece| self.span(piece)).collect()
        } else {
            Vec::new()
        };
        Some(SpannedText {
            text: self.said(pieces),
            span: self.span(&(first.start..last.end)),
            pieces: parts,
        })
    }

    /// Takes the lines of a range for something.
    pub(crate) fn claim(&mut self, range: &Range<usize>, class: Class) {
        if range.is_empty() {
            return;
        }
        let first = self.text.line_near(range.start, self.claimed);
        self.claimed = first;
        // Most ranges lie in one line.
        let last = match self.text.lines.get(first) {
            Some(line) if range.end <= line.end => first,
            _ => self.text.line_of(range.end - 1),
        };
        for line in &mut self.classes[first..=last] {
            *line = (*line).max(class);
        }
    }

    pub(crate) fn class(&self, line: usize) -> Class {
        self.classes.get(line).copied().unwrap_or_default()
    }

    pub(crate) fn note(
        &mut self,
        code: &'static str,
        severity: Severity,
        message: String,
        range: Option<&Range<usize>>,
        help: Option<&str>,
    ) {
        let span = range.map(|range| self.span(range));
        self.diagnostics.push(Diagnostic {
            code,
            severity,
            message,
            span,
            help: help.map(str::to_string),
        });
    }

    fn source_notes(&mut self) {
        for note in self.source.notes() {
            self.diagnostics.push(Diagnostic {
                code: note.code(),
                severity: Severity::Warning,
                message: note.to_string(),
                span: None,
                help: Some("name the encoding with --encoding if it is another".to_string()),
            });
        }
        if let Some(first) = self.source.malformed().first() {
            let message = format!(
                "{} byte sequences are not {}, the first at byte {}",
                self.source.malformed().len(),
                self.source.encoding(),
                first.input.start
            );
            let help = Some(
                "they read as U+FFFD; name the encoding with --encoding if it is another"
                    .to_string(),
            );
            self.diagnostics.push(Diagnostic {
                code: "malformed-bytes",
                severity: Severity::Warning,
                message,
                span: None,
                help,
            });
        }
    }

    /// Page marks and furniture: claimed, and returned so that no table sees them.
    pub(crate) fn page_marks(&mut self) -> Vec<Range<usize>> {
        let mut skip = Vec::new();
        for (index, line) in self.text.lines.iter().enumerate() {
            let is_count = |said: &str| said.bytes().all(|byte| byte.is_ascii_digit());
            // Most lines are a count and nothing else.
            if !line.is_empty() && is_count(self.text.get(line)) {
                continue;
            }
            let trimmed = self.text.trim(line);
            if trimmed.is_empty() {
                self.classes[index] = Class::Blank;
                continue;
            }
            let said = self.text.get(&trimmed);
            if is_count(said) {
                continue;
            }
            if is_rule(said) {
                self.classes[index] = Class::Padding;
                skip.push(line.clone());
            } else if self.marks.is_page_mark(said) || self.marks.is_furniture(said) {
                self.classes[index] = Class::Furniture;
                skip.push(line.clone());
            }
        }
        skip
    }

    /// Adds a table.
    pub(crate) fn table(&mut self, document: &Document<'_>, reading: TableReading, mixed: bool) {
        let table = reading.region.table;
        let definition = &document.form.tables[table];
        let anchors: Vec<&Anchor> = reading
            .region
            .anchors
            .iter()
            .map(|anchor| &document.anchors[*anchor])
            .collect();
        let mut range = reading.region.range.start..reading.region.range.start;
        for anchor in &anchors {
            if anchor.part.table() == Some(table) {
                range.end = range.end.max(anchor.range.end);
                for piece in &anchor.pieces {
                    self.claim(piece, Class::Label);
                }
            }
        }
        let columns = columns(self, document, &anchors, table, &reading.columns);
        let mut rows = Vec::with_capacity(reading.rows.len());
        let mut extra = 0;
        for row in &reading.rows {
            extra += usize::from(row.row.is_none());
            for piece in &row.label {
                self.claim(piece, Class::Label);
            }
            let made = self.row(document, &anchors, table, &reading.columns, row, extra);
            rows.push(made);
        }
        for row in &reading.rows {
            for cell in &row.cells {
                if let CellReading::Certain {
                    slot: Slot::Field(field),
                    ..
                } = cell
                {
                    range.end = range.end.max(field.range.end);
                }
            }
        }
        self.claim_inside(document, &reading, &range);
        let layout = style::name(&reading.style, self.text.html, reading.torn);
        self.table_notes(document, definition, &reading, &rows, &range);
        if mixed {
            let message = format!(
                "table `{}` has the headers of the form `{}`",
                definition.id, document.form.id
            );
            self.note(
                "mixed-form",
                Severity::Warning,
                message,
                Some(&range),
                Some("its cells carry the ids of that form"),
            );
        }
        let section = definition
            .section
            .and_then(|section| document.form.sections.get(section))
            .map(|section| section.id.clone());
        self.ranges.push((range.clone(), definition.id.clone()));
        self.tables.push(Table {
            id: definition.id.clone(),
            form: mixed.then(|| document.form.id.clone()),
            inferred: None,
            section,
            span: self.span(&range),
            layout,
            columns,
            rows,
        });
    }

    fn row(
        &mut self,
        document: &Document<'_>,
        anchors: &[&Anchor],
        table: usize,
        columns: &[usize],
        row: &RowReading,
        number: usize,
    ) -> Row {
        let definition = &document.form.tables[table];
        let of_row = row.row.map(|row| &definition.rows[row]);
        let anchor = row.anchor.map(|anchor| &document.anchors[anchor]);
        let mut label = Vec::new();
        let mut parent = of_row.and_then(|row| row.parent);
        while let Some(group) = parent {
            let printed = anchors
                .iter()
                .find(|anchor| anchor.part == Part::Row { table, row: group });
            label.push(printed.map_or_else(
                || stub(&definition.rows[group]),
                |anchor| self.said(&anchor.pieces),
            ));
            parent = definition.rows[group].parent;
        }
        label.reverse();
        label.push(match (anchor, of_row) {
            (Some(anchor), _) => self.said(&anchor.pieces),
            (None, Some(row)) => stub(row),
            (None, None) => self.said(&row.label),
        });
        let pieces = anchor
            .filter(|anchor| anchor.pieces.len() > 1)
            .map(|anchor| anchor.pieces.iter().map(|piece| self.span(piece)).collect());
        let cells = row
            .cells
            .iter()
            .zip(columns)
            .map(|(cell, column)| self.cell(&definition.columns[*column], of_row, cell))
            .collect();
        Row {
            id: of_row.map_or_else(|| format!("extra-{number}"), |row| row.id.clone()),
            label,
            span: match (anchor, row.label.as_slice()) {
                (Some(anchor), _) => Some(self.span(&anchor.range)),
                (None, [first, ..]) => Some(
                    self.span(&(first.start..row.label.last().map_or(first.end, |last| last.end))),
                ),
                (None, []) => None,
            },
            pieces: pieces.unwrap_or_default(),
            cells,
        }
    }

    fn cell(
        &mut self,
        column: &form::Column,
        row: Option<&form::Row>,
        reading: &CellReading,
    ) -> extraction::Cell {
        let official = || {
            let of_row = || row.and_then(|row| row.unit.clone());
            column.unit.clone().or_else(of_row)
        };
        let mut cell = extraction::Cell::absent(column.id.clone());
        match reading {
            CellReading::Open(slots) => {
                cell.state = State::Ambiguous;
                cell.candidates = slots.iter().map(|slot| self.candidate(slot)).collect();
            }
            CellReading::Certain {
                slot: Slot::Missing,
                ..
            } => {}
            CellReading::Certain {
                slot: Slot::Blank, ..
            } => cell.state = State::Blank,
            CellReading::Certain {
                slot: Slot::Field(field),
                solved,
            } => {
                cell.reading = Some(if *solved {
                    Reading::Solved
                } else {
                    Reading::Direct
                });
                cell.raw = Some(self.raw(&field.range).to_string());
                cell.span = Some(self.span(&field.range));
                self.claim(&field.range, Class::Value);
                match &field.token {
                    Some(Token {
                        kind:
                            Kind::Number {
                                value: Some(value),
                                unit,
                                ..
                            },
                        ..
                    }) => {
                        cell.state = State::Number;
                        cell.value = Some(*value);
                        cell.unit = unit
                            .as_ref()
                            .map(|unit| self.raw(unit).to_string())
                            .or_else(official);
                    }
                    Some(Token {
                        kind: Kind::Placeholder,
                        ..
                    }) => cell.state = State::Placeholder,
                    _ => cell.state = State::Text,
                }
            }
        }
        cell
    }

    fn candidate(&mut self, slot: &Slot) -> Candidate {
        match slot {
            Slot::Field(Field {
                token: Some(token),
                range,
                ..
            }) => {
                self.claim(range, Class::Value);
                let value = match token.kind {
                    Kind::Number { value, .. } => value,
                    _ => None,
                };
                Candidate {
                    value,
                    raw: Some(self.raw(range).to_string()),
                    span: Some(self.span(range)),
                }
            }
            _ => Candidate {
                value: None,
                raw: None,
                span: None,
            },
        }
    }

    /// Claims what stands between the labels and values of a table: padding, pieces of labels,
    /// lines that lead in, values that no cell was given.
    fn claim_inside(
        &mut self,
        document: &Document<'_>,
        reading: &TableReading,
        range: &Range<usize>,
    ) {
        let inside = range.start..reading.region.range.end;
        let (first, last) = (
            self.text.line_of(inside.start),
            self.text.line_of(inside.end.max(1) - 1),
        );
        let mut loose = reading.loose.clone();
        loose.sort_by_key(|loose| loose.start);
        let is_loose = |line: &Range<usize>| {
            let first = loose.partition_point(|loose| loose.end <= line.start);
            loose.get(first).is_some_and(|loose| loose.start < line.end)
        };
        for line in first..=last {
            if self.classes[line] != Class::Unclaimed {
                continue;
            }
            let trimmed = self.text.trim(&self.text.lines[line]);
            let said = self.text.get(&trimmed);
            self.classes[line] = if said
                .chars()
                .all(|c| matches!(c, '-' | BORDER | NOISE) || c.is_whitespace() || c == ':')
            {
                Class::Padding
            } else if is_loose(&trimmed) {
                Class::Value
            } else if trimmed.start < range.end
                && (crate::grid::is_piece(document, reading.region.table, said)
                    || crate::grid::is_stub(document, reading.region.table, said))
            {
                Class::Label
            } else if self.marks.is_lead_in(said) {
                Class::Prose
            } else {
                Class::Unclaimed
            };
        }
    }

    fn table_notes(
        &mut self,
        document: &Document<'_>,
        definition: &form::Table,
        reading: &TableReading,
        rows: &[Row],
        range: &Range<usize>,
    ) {
        let id = &definition.id;
        let reason = match reading.outcome {
            Judgement::Contradiction => "; the equations of the form hold in no reading",
            Judgement::GaveUp => "; the search reached its bound",
            _ => "",
        };
        for (row, read) in rows.iter().zip(&reading.rows) {
            let at = read
                .anchor
                .map(|anchor| document.anchors[anchor].range.clone());
            let place = at.as_ref().unwrap_or(range);
            let count = |state: State| row.cells.iter().filter(|cell| cell.state == state).count();
            let label = row.label.last().map(String::as_str).unwrap_or_default();
            if count(State::Ambiguous) > 0 {
                let message = format!(
                    "{} of {} cells of row `{label}` of table `{id}` admit more than one reading{reason}",
                    count(State::Ambiguous),
                    row.cells.len()
                );
                self.note(
                    "ambiguous-cells",
                    Severity::Warning,
                    message,
                    Some(place),
                    Some("`candidates` of each cell lists the readings; look at the source"),
                );
            }
            if count(State::Absent) > 0 {
                let message = format!(
                    "{} of {} cells of row `{label}` of table `{id}` are not in the text",
                    count(State::Absent),
                    row.cells.len()
                );
                self.note(
                    "absent-cells",
                    Severity::Warning,
                    message,
                    Some(place),
                    None,
                );
            }
            if read.anchor.is_none()
                && read
                    .row
                    .is_some_and(|row| !definition.rows[row].label.text.is_empty())
            {
                let message = format!(
                    "the label of row `{label}` of table `{id}` is lost; the row was told by its place"
                );
                self.note("lost-label", Severity::Warning, message, Some(place), None);
            }
        }
        if let Some(first) = reading.loose.first() {
            let message = format!(
                "{} values in table `{id}` belong to no certain cell",
                reading.loose.len()
            );
            self.note(
                "loose-values",
                Severity::Warning,
                message,
                Some(first),
                Some("labels and values stand apart in this text"),
            );
        }
    }

    pub(crate) fn unrecognised(&mut self, asked: Option<&str>) {
        let message = match asked {
            Some(id) => format!("the text has no table of the form `{id}`"),
            None => "no form is recognised: the text has no table that a grammar knows".to_string(),
        };
        self.note(
            "unknown-form",
            Severity::Error,
            message,
            None,
            Some("`gongkai grammar list` names the forms that are known"),
        );
    }

    /// Finds the counts that the running text states.
    pub(crate) fn read_statements(&mut self) {
        let mut prose = Prose::default();
        for line in &self.prose {
            prose.push_folded(self.text.get(line), line.start);
        }
        for stated in statement::find(&self.marks.statements, &prose) {
            let range = stated.span.start..stated.span.end;
            let span = self.span(&range);
            let raw = self.raw(&range).to_string();
            self.statements.push(Statement {
                id: stated.id,
                value: stated.value,
                unit: stated.unit,
                raw,
                span,
            });
        }
    }

    /// The extraction.
    pub(crate) fn finish(mut self, info: SourceInfo, form: Option<FormInfo>) -> Extraction {
        let mut coverage = Coverage {
            lines: self.classes.len(),
            ..Coverage::default()
        };
        // A line end at the very end of the text opens no line.
        if self.text.lines.last().is_some_and(Range::is_empty) && self.text.lines.len() > 1 {
            coverage.lines -= 1;
            self.classes.pop();
        }
        let mut unclaimed: Option<usize> = None;
        for (line, class) in self.classes.iter().enumerate() {
            let count = match class {
                Class::Unclaimed => {
                    unclaimed = unclaimed.or(Some(line));
                    &mut coverage.unclaimed
                }
                Class::Blank => &mut coverage.blank,
                Class::Prose => &mut coverage.prose,
                Class::Padding => &mut coverage.padding,
                Class::Furniture => &mut coverage.furniture,
                Class::Title => &mut coverage.title,
                Class::Heading => &mut coverage.heading,
                Class::Label => &mut coverage.label,
                Class::Value => &mut coverage.value,
            };
            *count += 1;
        }
        if let Some(line) = unclaimed {
            let message = format!(
                "{} lines inside tables are not understood, the first is `{}`",
                coverage.unclaimed,
                shorten(self.raw(&self.text.trim(&self.text.lines[line])))
            );
            let range = self.text.trim(&self.text.lines[line]);
            self.note(
                "unclaimed-lines",
                Severity::Warning,
                message,
                Some(&range),
                Some("no value near them was taken from them"),
            );
        }
        self.diagnostics
            .sort_by_key(|diagnostic| diagnostic.span.map(|span| span.start));
        Extraction {
            schema: SCHEMA,
            source: info,
            form,
            title: self.title,
            agency: self.agency,
            year: self.year,
            sections: self.sections,
            tables: self.tables,
            statements: self.statements,
            checks: Vec::new(),
            diagnostics: self.diagnostics,
            coverage,
        }
    }
}

/// Whether a line is the rule under a Markdown header: `|---|:--:|`.
fn is_rule(line: &str) -> bool {
    line.bytes()
        .all(|byte| matches!(char::from(byte), BORDER | '-' | ':' | ' '))
        && line.contains(BORDER)
        && line.contains("---")
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= 24 {
        text.to_string()
    } else {
        text.chars().take(23).chain(['…']).collect()
    }
}

/// A row's label as the form prints it.
fn stub(row: &form::Row) -> String {
    match &row.number {
        Some(number) if number.ends_with(['）', '.', '、', '：']) => {
            format!("{number}{}", row.label.text)
        }
        Some(number) => format!("{number}、{}", row.label.text),
        None => row.label.text.clone(),
    }
}

/// The columns with their headers as printed. Where one wording heads several columns (总计 three
/// times), its prints are theirs in order.
fn columns(
    assembly: &Assembly<'_>,
    document: &Document<'_>,
    anchors: &[&Anchor],
    table: usize,
    columns: &[usize],
) -> Vec<Column> {
    let definition = &document.form.tables[table];
    let first_row = anchors
        .iter()
        .position(|anchor| matches!(anchor.part, Part::Row { .. }))
        .unwrap_or(anchors.len());
    let label_of = |part: Part| part.label(document.form).map(|label| label.text.as_str());
    let print_of = |part: Part, nth: usize| {
        let wording = label_of(part);
        let mut prints = anchors[..first_row].iter().filter(|anchor| {
            matches!(anchor.part, Part::Column { table: of, .. } | Part::Spanner { table: of, .. } if of == table) && label_of(anchor.part) == wording
        });
        prints.nth(nth).copied()
    };
    columns
        .iter()
        .map(|index| {
            let column = &definition.columns[*index];
            let nth = definition.columns[..*index]
                .iter()
                .filter(|other| other.label.text == column.label.text)
                .count();
            let own = print_of(
                Part::Column {
                    table,
                    column: *index,
                },
                nth,
            );
            let mut label = Vec::new();
            let mut spanner = column.spanner;
            while let Some(index) = spanner {
                let printed = print_of(
                    Part::Spanner {
                        table,
                        spanner: index,
                    },
                    0,
                );
                label.push(printed.map_or_else(
                    || definition.spanners[index].label.text.clone(),
                    |anchor| assembly.said(&anchor.pieces),
                ));
                spanner = definition.spanners[index].parent;
            }
            label.reverse();
            label
                .push(own.map_or_else(|| official(column), |anchor| assembly.said(&anchor.pieces)));
            Column {
                id: column.id.clone(),
                label,
                span: own.map(|anchor| assembly.span(&anchor.range)),
            }
        })
        .collect()
}

fn official(column: &form::Column) -> String {
    column.label.text.clone()
}
