//! Where borders show which cell is which, a number is that of its own cell, whatever is in it.

use gongkai::extraction::{Extraction, State};
use gongkai::{Extractor, Options};

use super::extraction;

const HEAD: &str = "二、主动公开政府信息情况\n| 第二十条第（一）项 | | | |\n\
    | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n";
const ROWS: [(&str, &str); 2] = [("rules", "规章"), ("normative_documents", "行政规范性文件")];
const COLUMNS: usize = 3;

/// The bytes are the cells of a table with borders, one a line.
pub(crate) fn holds(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    // What separates cells, or could be a cell's own label, is not in them.
    let inside = |c: char| !c.is_control() && c != '|' && c != '｜' && !is_line(c);
    let mut cells = text
        .split('\n')
        .map(|cell| cell.chars().filter(|c| inside(*c)));
    let mut report = HEAD.to_owned();
    let mut places = Vec::new();
    for (_, label) in ROWS {
        report.push_str("| ");
        report.push_str(label);
        report.push_str(" |");
        let mut row = Vec::new();
        for _ in 0..COLUMNS {
            let start = report.len();
            report.push(' ');
            report.extend(cells.next().into_iter().flatten().take(40));
            report.push(' ');
            row.push(start..report.len());
            report.push('|');
        }
        report.push('\n');
        places.push(row);
    }
    report.push_str("三、收到和处理政府信息公开申请情况\n");
    let read = extraction::read(Extractor::embedded(), report.as_bytes());
    // Cells may hold tags: then borders alone do not show what is a cell.
    if !report.contains('<') {
        own(&read, &places, &report);
    }
    plain(&text);
}

fn own(read: &Extraction, places: &[Vec<std::ops::Range<usize>>], report: &str) {
    for table in &read.tables {
        for ((id, _), places) in ROWS.iter().zip(places) {
            let Some(row) = table.rows.iter().find(|row| row.id == *id) else {
                continue;
            };
            for (cell, place) in row.cells.iter().zip(places) {
                let (State::Number, Some(span)) = (cell.state, cell.span) else {
                    continue;
                };
                let own = place.start <= span.start && span.end <= place.end;
                assert!(own, "{id}/{}: {cell:?}\n{report}", cell.column);
            }
        }
    }
}

/// Line ends, and lines that some prints draw as borders.
fn is_line(c: char) -> bool {
    matches!(
        c,
        '\u{2028}' | '\u{2029}' | '\u{2500}'..='\u{257F}' | '\u{FFE8}'
    )
}

/// A figure of plain digits is read as itself, exactly.
fn plain(text: &str) {
    let mut figures = text.split(|c: char| !c.is_ascii_digit());
    let Some(figure) = figures.find(|figure| (1..=28).contains(&figure.len())) else {
        return;
    };
    let figure = match figure.trim_start_matches('0') {
        "" => "0",
        trimmed => trimmed,
    };
    let report = format!("{HEAD}| 规章 | 1 | {figure} | 2 |\n| 行政规范性文件 | 3 | 4 | 5 |\n");
    let read = Extractor::embedded()
        .extract(report.as_bytes(), &Options::default())
        .expect("a document never fails");
    let cell = &read.tables[0].rows[0].cells[1];
    assert_eq!(cell.raw.as_deref(), Some(figure), "{cell:?}");
    assert_eq!(
        cell.value.map(|value| value.to_string()).as_deref(),
        Some(figure)
    );
}
