//! Results as SARIF 2.1.0.

use std::io::{self, Write};

use gongkai::check::Across;
use gongkai::extraction::{Check, CheckStatus, Diagnostic, Offsets, Severity};
use gongkai::form::Grammars;
use serde_json::{Value, json};

use super::place::{Place, place, primary};
use super::words::{description, failed, listed, of_year, scope, sentence, unrecognised};
use super::{Past, Report};
use crate::cli::read::Unreadable;
use crate::cli::remarks::advice;
use crate::cli::unreadable::diagnostic;

/// One document over all reports, in the making.
#[derive(Default)]
pub(crate) struct Log {
    rules: Vec<(String, Value)>,
    results: Vec<Value>,
    artifacts: Vec<Value>,
    /// Inputs that are no results.
    notifications: Vec<Value>,
    /// Whether one of them could not be read.
    broken: bool,
}

impl Log {
    /// Adds the failures of a report.
    pub(crate) fn report(&mut self, report: &Report, grammars: &Grammars) {
        self.artifacts.push(artifact(report));
        let notes = unrecognised(&report.extraction).into_iter();
        let notes = notes.map(|note| notification("warning", &report.name, note));
        self.notifications.extend(notes);
        for check in failed(&report.extraction.checks) {
            let rule = rule(&mut self.rules, report, check, grammars);
            let place = primary(report, check, grammars);
            self.results.push(result(rule, report, check, place));
        }
    }

    /// Adds an input that could not be read.
    pub(crate) fn unreadable(&mut self, error: &Unreadable) {
        let note = notification("error", &error.name, &diagnostic(error));
        self.notifications.push(note);
        self.broken = true;
    }

    /// Adds the failures from one report to the next, on the later one.
    pub(crate) fn across(&mut self, past: &Past<'_>, across: &[Across], grammars: &Grammars) {
        for pair in across
            .iter()
            .filter(|pair| pair.check.status == CheckStatus::Fail)
        {
            let Some(report) = past.report(pair.current) else {
                continue;
            };
            let rule = rule(&mut self.rules, &report, &pair.check, grammars);
            let check = of_year(&pair.check, pair.year);
            let mut cells = check.left.cells.iter().chain(&check.right.cells);
            let place = cells.find_map(|cell| place(&report, cell));
            self.results.push(result(rule, &report, &check, place));
        }
    }

    /// Writes the document.
    pub(crate) fn write(self, out: &mut dyn Write) -> io::Result<()> {
        let rules: Vec<Value> = self.rules.into_iter().map(|(_, rule)| rule).collect();
        let document = json!({
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [{
                "tool": { "driver": {
                    "name": "gongkai",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules,
                }},
                "columnKind": "unicodeCodePoints",
                "invocations": [{
                    "executionSuccessful": !self.broken,
                    "toolExecutionNotifications": self.notifications,
                }],
                "artifacts": self.artifacts,
                "results": self.results,
            }],
        });
        serde_json::to_writer_pretty(&mut *out, &document)?;
        writeln!(out)
    }
}

/// The index of the rule, which is added where it is new.
fn rule(
    rules: &mut Vec<(String, Value)>,
    report: &Report,
    check: &Check,
    grammars: &Grammars,
) -> usize {
    if let Some(index) = rules.iter().position(|(id, _)| *id == check.id) {
        return index;
    }
    let text = description(report, check, grammars).unwrap_or(&check.id);
    let rule = json!({ "id": check.id, "shortDescription": { "text": text } });
    rules.push((check.id.clone(), rule));
    rules.len() - 1
}

/// What keeps an input from being checked.
fn notification(level: &str, name: &str, note: &Diagnostic) -> Value {
    json!({
        "descriptor": { "id": note.code },
        "level": level,
        "message": { "text": advice(note) },
        "locations": [{ "physicalLocation": { "artifactLocation": { "uri": uri(name) } } }],
    })
}

fn result(rule: usize, report: &Report, check: &Check, primary: Option<Place<'_>>) -> Value {
    let scope = scope(check);
    let mut text = sentence(check);
    if !scope.is_empty() {
        text = format!("{scope}: {text}");
    }
    text.extend(listed(report, check).map(|cells| format!(": {cells}")));
    for suspect in &check.suspects {
        text.push_str(&format!(
            "; suspect: {}, were it {}",
            suspect.cell, suspect.value
        ));
    }
    let first = primary.as_ref().map(|place| place.address);
    let cells = check.left.cells.iter().chain(&check.right.cells);
    let related: Vec<Value> = cells
        .filter(|cell| Some(cell.as_str()) != first)
        .filter_map(|cell| place(report, cell))
        .enumerate()
        .map(|(id, place)| {
            let mut location = location(report, Some(&place));
            location["id"] = json!(id);
            location["message"] = json!({ "text": place.address });
            location
        })
        .collect();
    json!({
        "ruleId": check.id,
        "ruleIndex": rule,
        "kind": "fail",
        "level": match check.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        },
        "message": { "text": text },
        "locations": [location(report, primary.as_ref())],
        "relatedLocations": related,
    })
}

fn location(report: &Report, place: Option<&Place<'_>>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri(&report.name) } });
    if let Some(place) = place {
        let text = report
            .source
            .text()
            .get(place.range.clone())
            .unwrap_or_default();
        let lines = text.matches('\n').count();
        let width = text.rsplit('\n').next().unwrap_or_default().chars().count();
        let column = if lines == 0 {
            place.span.column + width
        } else {
            width + 1
        };
        let mut region = json!({
            "startLine": place.span.line,
            "startColumn": place.span.column,
            "endLine": place.span.line + lines,
            "endColumn": column,
        });
        let (start, end) = (place.span.start, place.span.end);
        let (offset, length) = match report.extraction.source.offsets {
            Offsets::Byte => ("byteOffset", "byteLength"),
            // SARIF counts the characters of charOffset in the unit of columnKind.
            Offsets::Char => ("charOffset", "charLength"),
            Offsets::Utf16 => return json!({ "physicalLocation": with(physical, region) }),
        };
        region[offset] = json!(start);
        region[length] = json!(end.saturating_sub(start));
        physical = with(physical, region);
    }
    json!({ "physicalLocation": physical })
}

fn with(mut physical: Value, region: Value) -> Value {
    physical["region"] = region;
    physical
}

fn artifact(report: &Report) -> Value {
    let source = &report.extraction.source;
    json!({
        "location": { "uri": uri(&report.name) },
        "encoding": source.encoding,
        "length": source.bytes,
        "hashes": { "sha-256": source.sha256 },
    })
}

/// A path as a relative URI reference: everything but the unreserved characters is escaped.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            b'\\' => uri.push('/'),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}
