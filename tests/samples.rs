//! Every report of `samples/`, and all that is read from it, with the text under each span.

#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;

use gongkai::extraction::{Check, CheckStatus, Extraction, Section, Span, SpannedText};
use gongkai::{Options, extract};

#[test]
fn samples_are_read() {
    insta::glob!("../samples", "**/*.txt", |path| {
        let bytes = fs::read(path).unwrap();
        let extraction = extract(&bytes, &Options::default()).unwrap();
        insta::assert_snapshot!(Summary::of(&bytes, &extraction));
    });
}

/// What a reviewer looks at.
struct Summary<'a> {
    bytes: &'a [u8],
    text: String,
}

impl<'a> Summary<'a> {
    fn of(bytes: &'a [u8], extraction: &Extraction) -> String {
        let mut summary = Self {
            bytes,
            text: String::new(),
        };
        let form = extraction.form.as_ref().map_or("none", |form| &form.id);
        let script = extraction.source.script.unwrap_or("no script");
        summary.line(format!("form {form}, {script}"));
        summary.spanned("title", extraction.title.as_ref());
        summary.spanned("agency", extraction.agency.as_ref());
        match &extraction.year {
            Some(year) => {
                let place = summary.place(Some(year.span));
                summary.line(format!("year {}{place}", year.value));
            }
            None => summary.line("year none".to_owned()),
        }
        summary.sections(&extraction.sections, 0);
        summary.tables(extraction);
        for statement in &extraction.statements {
            let place = summary.place(Some(statement.span));
            summary.line(format!("prose {} {}{place}", statement.id, statement.value));
        }
        summary.checks(&extraction.checks);
        for diagnostic in &extraction.diagnostics {
            let place = summary.place(diagnostic.span);
            summary.line(format!("{}{place}", diagnostic.code));
        }
        let coverage = serde_json::to_string(&extraction.coverage).unwrap();
        summary.line(coverage.replace(['"', '{', '}'], ""));
        summary.text
    }

    fn sections(&mut self, sections: &[Section], depth: usize) {
        for section in sections {
            let place = self.place(Some(section.title.span));
            let number = section.number.as_deref().unwrap_or("-");
            self.line(format!(
                "{:depth$}section {number} {}{place}",
                "", section.id
            ));
            self.sections(&section.sections, depth + 2);
        }
    }

    fn tables(&mut self, extraction: &Extraction) {
        for table in &extraction.tables {
            self.line(format!("table {}: {}", table.id, table.layout));
            for column in &table.columns {
                let place = self.place(column.span);
                self.line(format!("  column {}{place}", column.id));
            }
            for row in &table.rows {
                let place = self.place(row.span);
                self.line(format!("  row {}{place}", row.id));
                for cell in &row.cells {
                    let raw = cell.raw.as_deref().unwrap_or_default();
                    let place = self.place(cell.span);
                    let reading = cell.reading.map_or(String::new(), |it| format!(" {it:?}"));
                    let state = format!("{:?}{reading}", cell.state).to_lowercase();
                    let (table, row, column) = (&table.id, &row.id, &cell.column);
                    self.line(format!("    {table}/{row}/{column} {state} {raw}{place}"));
                    for other in &cell.candidates {
                        let raw = other.raw.as_deref().unwrap_or_default();
                        let place = self.place(other.span);
                        self.line(format!("      or {raw}{place}"));
                    }
                }
            }
        }
    }

    /// Those that hold are counted; the others are named.
    fn checks(&mut self, checks: &[Check]) {
        let hold = |check: &&Check| check.status == CheckStatus::Pass;
        self.line(format!(
            "{} checks hold",
            checks.iter().filter(hold).count()
        ));
        for check in checks.iter().filter(|check| !hold(check)) {
            let status = format!("{:?}", check.status).to_lowercase();
            let reason = check.reason.as_deref().unwrap_or_default();
            self.line(format!("{status} {} {reason}", check.id));
        }
    }

    fn spanned(&mut self, name: &str, text: Option<&SpannedText>) {
        match text {
            Some(text) => {
                let place = self.place(Some(text.span));
                self.line(format!("{name} {}{place}", text.text));
            }
            None => self.line(format!("{name} none")),
        }
    }

    /// ` @12:1 "规章"`: line, column and the text that stands there.
    fn place(&self, span: Option<Span>) -> String {
        let Some(span) = span else {
            return String::new();
        };
        let text = String::from_utf8(self.bytes[span.start..span.end].to_vec()).unwrap();
        let text = text.replace('\n', "⏎");
        format!(" @{}:{} \"{text}\"", span.line, span.column)
    }

    fn line(&mut self, text: String) {
        writeln!(self.text, "{}", text.trim_end()).unwrap();
    }
}
