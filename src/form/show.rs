//! A form as a person reads it: the blank form, as tables.

use std::fmt;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::{Check, CheckRule, Column, ColumnKind, Form, Row, Severity, Status, Table};

impl Form {
    /// The blank form, as a person reads it: each table with its headers, its rows under their
    /// groups, a dot for every cell, the ids, and what must hold.
    ///
    /// ```
    /// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
    /// let page = form.blank().to_string();
    /// assert!(page.contains("| 行政许可 | ·                | administrative_licensing |"));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn blank(&self) -> Blank<'_> {
        Blank(self)
    }
}

/// Displays a form without values; see [`Form::blank`].
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// let blank: gongkai::form::Blank = form.blank();
/// assert!(blank.to_string().starts_with("政府信息公开工作年度报告格式"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Blank<'f>(&'f Form);

impl fmt::Display for Blank<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let form = self.0;
        writeln!(f, "{}  ({})", form.name, form.id)?;
        let years: Vec<String> = form.years.iter().map(i32::to_string).collect();
        let document = form.document.iter().map(|text| ("document", text.clone()));
        let years = (!years.is_empty()).then(|| ("years", years.join(", ")));
        let status = (form.status != Status::Confirmed).then(|| ("status", status(form.status)));
        let note = form.note.iter().map(|text| ("note", text.clone()));
        for (key, text) in document.chain(years).chain(status).chain(note) {
            writeln!(f, "{key}: {text}")?;
        }
        for section in &form.sections {
            let number = section.number.iter().map(|number| format!("{number}、"));
            let number: String = number.collect();
            writeln!(f, "\n{number}{}  ({})", section.title.text, section.id)?;
            let inside = |table: &&Table| {
                let of = table.section.and_then(|index| form.sections.get(index));
                of.is_some_and(|of| of.id == section.id)
            };
            for table in form.tables.iter().filter(inside) {
                write_table(f, table)?;
            }
        }
        for table in form.tables.iter().filter(|table| table.section.is_none()) {
            write_table(f, table)?;
        }
        if !form.checks.is_empty() {
            writeln!(f, "\nchecks")?;
        }
        form.checks
            .iter()
            .try_for_each(|check| write_check(f, form, check))
    }
}

fn write_table(f: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
    let title: String = table
        .title
        .iter()
        .map(|title| format!("{}  ", title.text))
        .collect();
    writeln!(f, "\n{title}[{}]", table.id)?;
    let paths: Vec<Vec<&str>> = table
        .columns
        .iter()
        .map(|column| path(table, column))
        .collect();
    let depth = paths.iter().map(Vec::len).max().unwrap_or(1);
    let mut lines: Vec<Vec<String>> = Vec::new();
    for level in 0..depth {
        let corner = table.corner.as_ref().filter(|_| level == 0);
        let mut line = vec![corner.map(|corner| corner.text.clone()).unwrap_or_default()];
        // A column's own label stands on the last level, what is over it from the top down.
        let header = |path: &[&str]| match path.split_last() {
            Some((own, _)) if level == depth - 1 => (*own).to_owned(),
            Some((_, above)) => above
                .get(level)
                .map(|text| (*text).to_owned())
                .unwrap_or_default(),
            None => String::new(),
        };
        let mut before = String::new();
        for path in &paths {
            let text = header(path);
            let repeated = level < depth - 1 && text == before;
            line.push(if repeated {
                String::new()
            } else {
                text.clone()
            });
            before = text;
        }
        line.push(String::new());
        lines.push(line);
    }
    let header = lines.len();
    for row in &table.rows {
        let mut line = vec![stub(table, row)];
        line.extend(table.columns.iter().map(|column| cell(row, column)));
        let mark = if row.status == Status::Confirmed {
            ""
        } else {
            " ?"
        };
        line.push(format!("{}{mark}", row.id));
        lines.push(line);
    }
    write_lines(f, &lines, header)?;
    let values = table
        .columns
        .iter()
        .filter(|column| column.kind == ColumnKind::Value);
    let ids: Vec<&str> = values.map(|column| column.id.as_str()).collect();
    writeln!(f, "columns: {}", ids.join(", "))
}

/// Lines of equal width, the first `header` of them above a rule.
fn write_lines(f: &mut fmt::Formatter<'_>, lines: &[Vec<String>], header: usize) -> fmt::Result {
    let count = lines.first().map_or(0, Vec::len);
    let cut: Vec<Vec<String>> = lines
        .iter()
        .map(|line| line.iter().map(|text| shorten(text)).collect())
        .collect();
    let width = |at: usize| {
        cut.iter()
            .filter_map(|line| Some(line.get(at)?.width()))
            .max()
    };
    let widths: Vec<usize> = (0..count).map(|at| width(at).unwrap_or_default()).collect();
    for (index, line) in cut.iter().enumerate() {
        if index == header {
            let rules: Vec<String> = widths.iter().map(|width| "-".repeat(width + 2)).collect();
            writeln!(f, "|{}|", rules.join("|"))?;
        }
        for (text, width) in line.iter().zip(&widths) {
            write!(f, "| {text}{} ", " ".repeat(width - text.width()))?;
        }
        writeln!(f, "|")?;
    }
    Ok(())
}

/// The widest a cell may be, in columns of a terminal.
const WIDEST: usize = 44;

fn shorten(text: &str) -> String {
    if text.width() <= WIDEST {
        return text.to_owned();
    }
    let mut out = String::new();
    for c in text.chars() {
        if out.width() + c.width().unwrap_or_default() >= WIDEST {
            break;
        }
        out.push(c);
    }
    out + "…"
}

/// Wordings over a column from the top, its own last.
fn path<'t>(table: &'t Table, column: &'t Column) -> Vec<&'t str> {
    let mut path = vec![column.label.text.as_str()];
    let mut above = column.spanner;
    // A spanner never comes before the one above it, so the walk ends.
    while let Some(spanner) = above.and_then(|index| table.spanners.get(index)) {
        path.push(spanner.label.text.as_str());
        above = spanner.parent;
    }
    path.reverse();
    path
}

fn stub(table: &Table, row: &Row) -> String {
    let mut level = 0;
    let mut above = row.parent;
    while let Some(parent) = above.and_then(|index| table.rows.get(index)) {
        level += 1;
        above = parent.parent;
    }
    let number = row.number.as_deref().unwrap_or_default();
    let comma = if number.ends_with(|c: char| "一二三四五六七八九十".contains(c)) {
        "、"
    } else {
        ""
    };
    format!("{}{number}{comma}{}", "  ".repeat(level), row.label.text)
}

fn cell(row: &Row, column: &Column) -> String {
    match column.kind {
        ColumnKind::Unit => row.unit.clone().unwrap_or_default(),
        ColumnKind::Code => row.code.clone().unwrap_or_default(),
        ColumnKind::Index => String::new(),
        ColumnKind::Value if row.group => String::new(),
        ColumnKind::Value if column.optional => "(·)".into(),
        ColumnKind::Value if column.signed => "±·".into(),
        ColumnKind::Value => "·".into(),
    }
}

fn status(status: Status) -> String {
    match status {
        Status::Confirmed => "confirmed",
        Status::Derived => "derived",
        Status::Unconfirmed => "unconfirmed",
    }
    .into()
}

/// What a rule is given: `, at most 5`, `, section overview`.
fn keys(rule: &CheckRule, form: &Form) -> String {
    match rule {
        CheckRule::YearRatio { at_most } => format!(", at most {at_most}"),
        CheckRule::SectionNotEmpty { section, .. } | CheckRule::SectionStates { section, .. } => {
            let section = form.sections.get(*section);
            section.map_or_else(String::new, |section| format!(", section {}", section.id))
        }
        _ => String::new(),
    }
}

fn write_check(f: &mut fmt::Formatter<'_>, form: &Form, check: &Check) -> fmt::Result {
    let severity = match check.severity {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let mut marks = vec![severity.to_owned()];
    if check.official {
        marks.push("official".into());
    }
    if check.status != Status::Confirmed {
        marks.push(status(check.status));
    }
    write!(f, "  {} ({})", check.id, marks.join(", "))?;
    if let Some(description) = &check.description {
        write!(f, ": {description}")?;
    }
    writeln!(f)?;
    if let Some(rule) = check.rule.name() {
        writeln!(f, "      {rule}{}", keys(&check.rule, form))?;
    }
    check
        .relation
        .split("; ")
        .filter(|text| !text.is_empty())
        .try_for_each(|relation| writeln!(f, "      {relation}"))
}
