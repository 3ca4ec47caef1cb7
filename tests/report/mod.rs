//! A report made for tests: one cell per line, numbers that satisfy every relation.

use std::collections::BTreeMap;

use gongkai::extraction::{
    Cell, Column, Coverage, Extraction, FormInfo, Offsets, Reading, Row, SourceInfo, Span,
    SpannedText, State, Statement, Table, Year,
};
use gongkai::form::{ColumnKind, Form, Grammars};

/// The numbers of a report by address, and what its prose states.
#[derive(Debug, Clone)]
pub(crate) struct Numbers {
    pub(crate) form: &'static Form,
    pub(crate) agency: &'static str,
    pub(crate) year: i32,
    pub(crate) cells: BTreeMap<String, String>,
    /// Statement id, words before the number, number, unit.
    pub(crate) prose: Vec<(&'static str, &'static str, String, &'static str)>,
}

/// Numbers that hold together.
pub(crate) fn numbers(form: &str, year: i32) -> Numbers {
    let form = Grammars::embedded()
        .form(form)
        .expect("the form is built in");
    let mut cells = BTreeMap::new();
    let set = |cells: &mut BTreeMap<String, String>, address: String, value: u32| {
        cells.insert(address, value.to_string());
    };
    for (at, table) in form.tables.iter().enumerate() {
        let columns: Vec<&str> = table
            .columns
            .iter()
            .filter(|column| column.kind == ColumnKind::Value && !column.optional)
            .map(|column| column.id.as_str())
            .collect();
        let leaves: Vec<&str> = (0..table.rows.len())
            .filter(|row| !table.rows[*row].group && form.leaves(at, *row) == [*row])
            .map(|row| table.rows[row].id.as_str())
            .collect();
        if table.id == "requests" {
            let mut sums = [0; 4];
            for (j, column) in columns.iter().take(6).enumerate() {
                let mut done = 0;
                for (i, row) in leaves.iter().enumerate().take(leaves.len() - 2).skip(2) {
                    let value = u32::try_from((i * 7 + j * 3 + i * j) % 9).unwrap_or(0);
                    set(&mut cells, format!("requests/{row}/{column}"), value);
                    done += value;
                }
                let (carried_in, carried_out) = (2, if j == 0 { 11 } else { 3 });
                let figures = [
                    done + carried_out - carried_in,
                    carried_in,
                    done,
                    carried_out,
                ];
                let rows = [
                    "received_this_year",
                    "carried_in",
                    "results.total",
                    "carried_out",
                ];
                for ((sum, row), value) in sums.iter_mut().zip(rows).zip(figures) {
                    *sum += value;
                    set(&mut cells, format!("requests/{row}/{column}"), value);
                }
            }
            for row in leaves {
                let sum = columns
                    .iter()
                    .take(6)
                    .map(|column| cells[&format!("requests/{row}/{column}")].parse::<u32>())
                    .sum::<Result<u32, _>>();
                set(
                    &mut cells,
                    format!("requests/{row}/total"),
                    sum.unwrap_or(0),
                );
            }
        } else if table.id == "review_litigation" {
            for group in columns.chunks(5) {
                for (column, value) in group.iter().zip([4, 0, 6, 1, 11]) {
                    set(
                        &mut cells,
                        format!("review_litigation/cases/{column}"),
                        value,
                    );
                }
            }
        } else {
            for row in leaves {
                for (column, value) in columns.iter().zip([3, 4, 12]) {
                    set(&mut cells, format!("{}/{row}/{column}", table.id), value);
                }
            }
        }
    }
    let total = |row: &str| cells[&format!("requests/{row}/total")].clone();
    let prose = vec![
        (
            "received_this_year",
            "全年新收政府信息公开申请",
            total("received_this_year"),
            "件",
        ),
        ("carried_out", "结转下年度", total("carried_out"), "件"),
        ("review", "行政复议", "11".to_owned(), "宗"),
        ("litigation", "行政诉讼", "22".to_owned(), "宗"),
    ];
    Numbers {
        form,
        agency: "临江市人民政府",
        year,
        cells,
        prose,
    }
}

/// Writes the numbers down as text, and what a faultless reader would make of it. A cell
/// without a number is left out; one that is no number becomes a blank, a placeholder or text.
pub(crate) fn print(numbers: &Numbers) -> (String, Extraction) {
    let mut page = Page::default();
    let form = numbers.form;
    page.line(&format!(
        "{}{}年政府信息公开工作年度报告",
        numbers.agency, numbers.year
    ));
    let mut statements = Vec::new();
    for (id, words, value, unit) in &numbers.prose {
        page.text.push_str(words);
        let span = page.put(value);
        statements.push(Statement {
            id: (*id).to_owned(),
            value: value.parse().expect("a number"),
            unit: Some((*unit).to_owned()),
            raw: value.clone(),
            span,
        });
        page.line(&format!("{unit}。"));
    }
    let mut tables = Vec::new();
    for table in &form.tables {
        let printed: Vec<_> = table
            .columns
            .iter()
            .filter(|column| column.kind == ColumnKind::Value && !column.optional)
            .collect();
        let start = page.here();
        let columns = printed
            .iter()
            .map(|column| Column {
                id: column.id.clone(),
                label: vec![column.label.text.clone()],
                span: None,
            })
            .collect();
        let mut rows = Vec::new();
        for row in table.rows.iter().filter(|row| !row.group) {
            let address = |column: &str| format!("{}/{}/{column}", table.id, row.id);
            if !printed
                .iter()
                .any(|column| numbers.cells.contains_key(&address(&column.id)))
            {
                continue;
            }
            page.line(&row.label.text);
            let mut cells = Vec::new();
            for column in &printed {
                let raw = numbers.cells.get(&address(&column.id));
                cells.push(cell(
                    &column.id,
                    raw.map(|raw| (raw.as_str(), page.put(raw))),
                ));
                page.line("");
            }
            rows.push(Row {
                id: row.id.clone(),
                label: vec![row.label.text.clone()],
                span: None,
                pieces: Vec::new(),
                cells,
            });
        }
        if rows.is_empty() {
            continue;
        }
        tables.push(Table {
            id: table.id.clone(),
            form: None,
            inferred: None,
            section: None,
            span: page.since(start),
            layout: "cell-per-line".to_owned(),
            columns,
            rows,
        });
    }
    let title = Span {
        start: 0,
        end: 0,
        line: 1,
        column: 1,
    };
    let extraction = Extraction {
        schema: "gongkai.extraction/1",
        source: SourceInfo {
            name: None,
            bytes: page.text.len(),
            sha256: String::new(),
            encoding: "UTF-8",
            script: Some("hans"),
            offsets: Offsets::Byte,
        },
        form: Some(FormInfo {
            id: form.id.clone(),
            name: form.name.clone(),
        }),
        title: None,
        agency: Some(SpannedText {
            text: numbers.agency.to_owned(),
            span: title,
            pieces: Vec::new(),
        }),
        year: Some(Year {
            value: numbers.year,
            span: title,
        }),
        sections: Vec::new(),
        tables,
        statements,
        checks: Vec::new(),
        diagnostics: Vec::new(),
        coverage: Coverage::default(),
    };
    (page.text, extraction)
}

fn cell(column: &str, raw: Option<(&str, Span)>) -> Cell {
    let value = raw.and_then(|(raw, _)| raw.parse().ok());
    let state = match (raw, value) {
        (None, _) => State::Absent,
        (_, Some(_)) => State::Number,
        (Some(("", _)), _) => State::Blank,
        (Some(("-" | "/", _)), _) => State::Placeholder,
        (Some(("?", _)), _) => State::Ambiguous,
        _ => State::Text,
    };
    Cell {
        column: column.to_owned(),
        state,
        reading: value.map(|_| Reading::Direct),
        raw: raw.map(|(raw, _)| raw.to_owned()),
        value,
        unit: None,
        span: raw.map(|(_, span)| span),
        candidates: Vec::new(),
    }
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn here(&self) -> Span {
        let line = self.text.rsplit('\n').next().unwrap_or_default();
        Span {
            start: self.text.len(),
            end: self.text.len(),
            line: self.text.matches('\n').count() + 1,
            column: line.chars().count() + 1,
        }
    }

    fn since(&self, start: Span) -> Span {
        Span {
            end: self.text.len(),
            ..start
        }
    }

    fn put(&mut self, text: &str) -> Span {
        let start = self.here();
        self.text.push_str(text);
        self.since(start)
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(text);
        self.text.push('\n');
    }
}
