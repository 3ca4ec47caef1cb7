//! Readings -> [`Extraction`]: spans in the unit asked for, labels as printed, diagnostics, and
//! what every line was taken for.

mod lines;
mod notes;
mod shown;
mod table;
mod unit;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::extraction::{
    Diagnostic, Extraction, FormInfo, Offsets, Section, Severity, SourceInfo, Span, SpannedText,
    Statement, Table, Year,
};
use crate::page::{Class, Marks};
use crate::source::Source;
use crate::span::TextSpan;
use crate::statement::{self, Prose, Stated};
use crate::text::Text;

/// Values of one count that a diagnostic names.
const NAMED: usize = 8;

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
    /// The title of another report behind this one.
    pub(crate) other_report: Option<Range<usize>>,
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
            other_report: None,
        };
        assembly.source_notes();
        assembly
    }

    /// The span of a folded range.
    pub(crate) fn span(&self, range: &Range<usize>) -> Span {
        self.span_of(&self.place(range))
    }

    /// The source text under a folded range, and its span.
    pub(crate) fn printed(&self, range: &Range<usize>) -> (&'a str, Span) {
        let at = self.place(range);
        (at.of(self.source.text()), self.span_of(&at))
    }

    fn span_of(&self, at: &TextSpan) -> Span {
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

    /// Finds the counts that the running text states.
    pub(crate) fn read_statements(&mut self) {
        let mut prose = Prose::default();
        let other = self.other_report.as_ref();
        let upto = other.map_or(usize::MAX, |other| other.start);
        for line in self.prose.iter().filter(|line| line.start < upto) {
            prose.push_folded(self.text.get(line), line.start);
        }
        let year = self.year.as_ref().map(|year| year.value);
        let mut stated = statement::find(&self.marks.statements, &prose, year);
        self.other_report_note();
        self.drop_contradicted(&mut stated);
        for stated in stated {
            let range = stated.span.start..stated.span.end;
            let (raw, span) = self.printed(&range);
            self.statements.push(Statement {
                id: stated.id,
                value: stated.value,
                unit: stated.unit,
                raw: raw.to_string(),
                span,
            });
        }
    }

    /// Drops counts that the prose states with several values: one may be of a part, of another body
    /// or of another time, and nothing says which.
    fn drop_contradicted(&mut self, stated: &mut Vec<Stated>) {
        let mut values: BTreeMap<&str, Vec<Decimal>> = BTreeMap::new();
        for one in stated.iter() {
            let values = values.entry(&one.id).or_default();
            if values.len() < NAMED && !values.contains(&one.value) {
                values.push(one.value);
            }
        }
        values.retain(|_, values| values.len() > 1);
        for (id, values) in &values {
            let first = stated.iter().find(|one| one.id == **id);
            let range = first.map(|first| first.span.start..first.span.end);
            let mut named: Vec<String> = values.iter().map(Decimal::to_string).collect();
            if values.len() == NAMED {
                named.push("…".to_owned());
            }
            let message = format!(
                "the prose states `{id}` with several values, of which none is given: {}",
                named.join(", ")
            );
            let help = "one may be a part, or of another body or time; look at the source";
            self.note(
                "several-counts",
                Severity::Warning,
                message,
                range.as_ref(),
                Some(help),
            );
        }
        let dropped: Vec<String> = values.into_keys().map(str::to_owned).collect();
        stated.retain(|one| !dropped.contains(&one.id));
    }

    /// The extraction.
    pub(crate) fn finish(mut self, info: SourceInfo, form: Option<FormInfo>) -> Extraction {
        let (coverage, unclaimed) = self.coverage();
        self.unclaimed_note(&coverage, unclaimed);
        self.diagnostics
            .sort_by_key(|diagnostic| diagnostic.span.map(|span| span.start));
        Extraction {
            form,
            title: self.title,
            agency: self.agency,
            year: self.year,
            sections: self.sections,
            tables: self.tables,
            statements: self.statements,
            diagnostics: self.diagnostics,
            coverage,
            ..Extraction::empty(info)
        }
    }
}
