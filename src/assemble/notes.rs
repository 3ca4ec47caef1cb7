//! What a reader should know of a report: its source, its tables, its lines.

use std::ops::Range;

use super::Assembly;
use crate::extraction::{Coverage, Diagnostic, Row, Severity, State};
use crate::form;
use crate::grid::{Document, Judgement, TableReading};

impl Assembly<'_> {
    pub(super) fn source_notes(&mut self) {
        for note in self.source.notes() {
            self.diagnostics.push(Diagnostic {
                code: note.code(),
                severity: Severity::Warning,
                message: note.to_string(),
                span: None,
                help: Some(note.help()),
            });
        }
        if let Some(first) = self.source.malformed().first() {
            let (encoding, start) = (self.source.encoding(), first.input.start);
            let message = match self.source.malformed().len() {
                1 => format!("a byte sequence is not {encoding}, at byte {start}"),
                count => {
                    format!("{count} byte sequences are not {encoding}, the first at byte {start}")
                }
            };
            let help = "such bytes read as U+FFFD: bytes were lost, or `--encoding` should name another \
                        encoding";
            let help = Some(help.to_string());
            self.diagnostics.push(Diagnostic {
                code: "malformed-bytes",
                severity: Severity::Warning,
                message,
                span: None,
                help,
            });
        }
    }

    pub(super) fn table_notes(
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
        let look = "`candidates` of each cell lists the readings; look at the source";
        let kinds = [
            (
                State::Ambiguous,
                "ambiguous-cells",
                "admit more than one reading",
                reason,
                Some(look),
            ),
            (
                State::Absent,
                "absent-cells",
                "are not in the text",
                "",
                None,
            ),
        ];
        let mut bare: Vec<(&str, Range<usize>)> = Vec::new();
        for (row, read) in rows.iter().zip(&reading.rows) {
            let at = read
                .anchor
                .map(|anchor| document.anchors[anchor].range.clone());
            let place = at.as_ref().unwrap_or(range);
            let label = row.label.last().filter(|label| !label.is_empty());
            let label = label.unwrap_or(&row.id);
            for (state, code, what, reason, help) in kinds {
                let count = row.cells.iter().filter(|cell| cell.state == state).count();
                let all = row.cells.len();
                if state == State::Absent && count == all && all > 0 {
                    bare.push((label, place.clone()));
                } else if count > 0 {
                    let message = format!(
                        "{count} of {all} cells of row `{label}` of table `{id}` {what}{reason}"
                    );
                    self.note(code, Severity::Warning, message, Some(place), help);
                }
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
        self.bare_rows(id, &bare);
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

    /// Rows of a table whose labels are printed, and none of their values.
    fn bare_rows(&mut self, table: &str, rows: &[(&str, Range<usize>)]) {
        let Some((_, first)) = rows.first() else {
            return;
        };
        let labels: Vec<String> = rows.iter().map(|(row, _)| format!("`{row}`")).collect();
        let message = match labels.as_slice() {
            [label] => format!("row {label} of table `{table}` has no value in the text"),
            labels => format!(
                "{} rows of table `{table}` have no value in the text: {}",
                labels.len(),
                labels.join("; ")
            ),
        };
        self.note(
            "absent-cells",
            Severity::Warning,
            message,
            Some(first),
            None,
        );
    }

    pub(crate) fn unrecognised(&mut self, asked: Option<&str>) {
        let list = "`gongkai grammar list` names the forms that are known";
        let (message, help) = match asked {
            _ if self.text.folded.trim().is_empty() => (
                "no form is recognised: the text is empty".to_string(),
                "see that the file was written whole, and of a PDF that its pages are no pictures",
            ),
            Some(id) => (format!("the text has no table of the form `{id}`"), list),
            None => (
                "no form is recognised: the text has no table that a grammar knows".to_string(),
                list,
            ),
        };
        self.note("unknown-form", Severity::Error, message, None, Some(help));
    }

    /// Says that another report stands behind this one, if more of it does than its title.
    pub(super) fn other_report_note(&mut self) {
        let Some(title) = self.other_report.clone() else {
            return;
        };
        let sentence =
            |line: &Range<usize>| line.start > title.end && self.text.get(line).contains('。');
        let table = |(range, _): &(Range<usize>, String)| range.start > title.end;
        if !self.prose.iter().any(sentence) && !self.ranges.iter().any(table) {
            return;
        }
        let message = format!(
            "another report begins with `{}`; nothing behind is given as a number of this one",
            shorten(&self.shown(&title))
        );
        let help = "give each report a file of its own";
        self.note(
            "other-report",
            Severity::Warning,
            message,
            Some(&title),
            Some(help),
        );
    }

    pub(super) fn unclaimed_note(&mut self, coverage: &Coverage, first: Option<usize>) {
        let Some(line) = first else {
            return;
        };
        let message = format!(
            "{} lines inside tables are not understood, the first is `{}`",
            coverage.unclaimed,
            shorten(&self.shown(&self.text.trim(&self.text.lines[line])))
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
}

fn shorten(text: &str) -> String {
    if text.chars().count() <= 24 {
        text.to_string()
    } else {
        text.chars().take(23).chain(['…']).collect()
    }
}
