//! The built-in grammars against the facts about the official forms, row by row, where the facts
//! are at hand.
//!
//! `GONGKAI_FORMS` names a `forms.json`: every form with its sections, tables, columns, rows and
//! checks, and how sure each of them is. Without it there is nothing to compare.
#![allow(clippy::unwrap_used)]

mod bench;

use std::collections::BTreeSet;

use gongkai::form::{
    CheckRule, ColumnKind, Comparison, Form, Grammars, Operand, Scope, Severity, Status, Table,
};
use serde_json::Value;

#[test]
fn the_grammars_are_the_forms() {
    let Some(path) = std::env::var_os("GONGKAI_FORMS") else {
        bench::show("GONGKAI_FORMS is not set: no grammar was compared");
        return;
    };
    let facts: Value = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
    let mut faults = Vec::new();
    for known in list(&facts["forms"]) {
        let id = text(&known["id"]);
        let form = Grammars::embedded().form(id).unwrap();
        compare(id, &told(known), &built(form), &mut faults);
        checks(form, list(&facts["checks"]), &mut faults);
        let cells = known["cells_total"].as_u64().or_else(|| {
            let tables = list(&known["sections"])
                .iter()
                .flat_map(|it| list(&it["tables"]));
            tables.map(|table| table["cells"].as_u64()).sum()
        });
        let rows = |table: &Table| table.rows.iter().filter(|row| !row.group).count();
        let own: usize = form.tables.iter().map(|it| rows(it) * columns(it)).sum();
        if cells != Some(own as u64) {
            faults.push(format!("{id}: {own} cells, not {cells:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The columns that hold cells in every print.
fn columns(table: &Table) -> usize {
    let cells =
        |column: &&gongkai::form::Column| column.kind == ColumnKind::Value && !column.optional;
    table.columns.iter().filter(cells).count()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Every line on both sides, in one order. A grammar may know more wordings than the facts.
fn compare(id: &str, told: &[String], built: &[String], faults: &mut Vec<String>) {
    let before = faults.len();
    let alias = |line: &&String| line.contains(" or ");
    for line in told.iter().filter(|line| !built.contains(line)) {
        faults.push(format!("{id}: only in the facts: {line}"));
    }
    for line in built
        .iter()
        .filter(|line| !alias(line) && !told.contains(line))
    {
        faults.push(format!("{id}: only in the grammar: {line}"));
    }
    let order = |lines: &[String]| -> Vec<String> {
        lines.iter().filter(|line| !alias(line)).cloned().collect()
    };
    if faults.len() == before && order(told) != order(built) {
        faults.push(format!("{id}: the order differs"));
    }
}

/// A form of the facts, a line a part.
fn told(form: &Value) -> Vec<String> {
    let document = Some(text(&form["document"])).filter(|it| *it != "local form");
    let years: Vec<u64> = list(&form["fiscal_years"])
        .iter()
        .filter_map(Value::as_u64)
        .collect();
    let sure = text(&form["status"]) == "confirmed";
    let name = text(&form["name"]);
    let mut lines = vec![format!(
        "form {name}, {}, {years:?}, {sure}",
        document.unwrap_or("-")
    )];
    for section in list(&form["sections"]) {
        // （旧） and （新） tell two forms of one name apart and are not printed.
        let title = text(&section["title"]);
        let title = title.trim_end_matches("（旧）").trim_end_matches("（新）");
        let parts: Vec<&str> = list(&section["narrative_subsections"])
            .iter()
            .map(text)
            .collect();
        let number = section["number"].as_str().unwrap_or("-");
        lines.push(format!(
            "section {} {number} {title} {parts:?}",
            text(&section["id"])
        ));
        for variant in list(&section["title_variants"]) {
            lines.push(format!(
                "section {} or {}",
                text(&section["id"]),
                text(variant)
            ));
        }
        for table in list(&section["tables"]) {
            told_table(text(&section["id"]), table, &mut lines);
        }
    }
    lines
}

fn told_table(section: &str, table: &Value, lines: &mut Vec<String>) {
    let id = text(&table["id"]);
    let (title, corner) = (text(&table["title"]), text(&table["corner_label"]));
    lines.push(format!("table {section}/{id} {title} {corner}"));
    for group in list(&table["column_groups"]) {
        let (id, label, parent) = (&group["id"], &group["label"], &group["parent"]);
        lines.push(format!(
            "spanner {} {} under {}",
            text(id),
            text(label),
            text(parent)
        ));
    }
    for column in list(&table["columns"]) {
        let flag = |name: &str| column[name].as_bool().unwrap_or_default();
        // `2009年度` stands for the year of the report.
        let label = text(&column["label"]).replace("2009", "{year}");
        lines.push(format!(
            "column {id} {} {label} {} under {}{}",
            text(&column["id"]),
            text(&column["unit"]),
            text(&column["group"]),
            if flag("signed") { " signed" } else { "" },
        ));
    }
    // The local forms print a code; the number of a row is part of its label there.
    let coded = list(&table["columns"])
        .iter()
        .any(|column| column["id"] == "code");
    for row in list(&table["rows"]) {
        let (number, label) = (text(&row["number"]), text(&row["label"]));
        let (code, number) = if coded { (number, "") } else { ("", number) };
        let words = words(&format!("{number}{label}"));
        lines.push(format!(
            "row {id} {} {words} {code} {} under {} {} {}",
            text(&row["id"]),
            text(&row["unit"]),
            text(&row["parent"]),
            text(&row["kind"]),
            row["status"] != "UNCONFIRMED",
        ));
        for variant in list(&row["variants"]).iter().chain(row.get("short_label")) {
            lines.push(format!(
                "row {id} {} or {}",
                text(&row["id"]),
                text(variant)
            ));
        }
    }
}

/// Number and label as one, without the marks that prints put between them.
fn words(label: &str) -> String {
    label.replace([' ', '.', '、', '：', '（', '）'], "")
}

/// A grammar's form in the same words.
fn built(form: &Form) -> Vec<String> {
    let document = form.document.as_deref().unwrap_or("-");
    let sure = form.status == Status::Confirmed;
    let mut lines = vec![format!(
        "form {}, {document}, {:?}, {sure}",
        form.name, form.years
    )];
    for (index, section) in form.sections.iter().enumerate() {
        let parts: Vec<&str> = section
            .subsections
            .iter()
            .map(|it| it.text.as_str())
            .collect();
        let number = section.number.as_deref().unwrap_or("-");
        lines.push(format!(
            "section {} {number} {} {parts:?}",
            section.id, section.title.text
        ));
        for alias in &section.title.aliases {
            lines.push(format!("section {} or {alias}", section.id));
        }
        for table in form
            .tables
            .iter()
            .filter(|table| table.section == Some(index))
        {
            built_table(&section.id, table, &mut lines);
        }
    }
    lines
}

fn built_table(section: &str, table: &Table, lines: &mut Vec<String>) {
    let id = &table.id;
    let wording = |label: &Option<gongkai::form::Label>| {
        label.as_ref().map(|it| it.text.clone()).unwrap_or_default()
    };
    lines.push(format!(
        "table {section}/{id} {} {}",
        wording(&table.title),
        wording(&table.corner)
    ));
    let spanner = |index: Option<usize>| index.map_or("", |at| table.spanners[at].id.as_str());
    // The facts name no header that stands over every column.
    let over = |index: Option<usize>| index.filter(|at| !spans_all(table, *at));
    for one in &table.spanners {
        lines.push(format!(
            "spanner {} {} under {}",
            one.id,
            one.label.text,
            spanner(one.parent)
        ));
    }
    for column in table.columns.iter().filter(|column| !column.optional) {
        lines.push(format!(
            "column {id} {} {} {} under {}{}",
            column.id,
            column.label.text,
            column.unit.as_deref().unwrap_or_default(),
            spanner(over(column.spanner)),
            if column.signed { " signed" } else { "" },
        ));
    }
    for row in &table.rows {
        let number = row.number.as_deref().unwrap_or_default();
        lines.push(format!(
            "row {id} {} {} {} {} under {} {} {}",
            row.id,
            words(&format!("{number}{}", row.label.text)),
            row.code.as_deref().unwrap_or_default(),
            row.unit.as_deref().unwrap_or_default(),
            row.parent.map_or("", |at| table.rows[at].id.as_str()),
            if row.group { "group" } else { "data" },
            row.status != Status::Unconfirmed,
        ));
        for alias in &row.label.aliases {
            lines.push(format!("row {id} {} or {alias}", row.id));
        }
    }
}

/// Whether every column stands under a spanner.
fn spans_all(table: &Table, spanner: usize) -> bool {
    table.columns.iter().all(|column| {
        let above = std::iter::successors(column.spanner, |at| table.spanners[*at].parent);
        above.into_iter().any(|at| at == spanner)
    })
}

/// Every check that the facts have for a form, and no other relation.
fn checks(form: &Form, facts: &[Value], faults: &mut Vec<String>) {
    let applies = |fact: &&Value| list(&fact["applies_to"]).iter().any(|id| *id == form.id);
    let facts: Vec<&Value> = facts.iter().filter(applies).collect();
    for check in form
        .checks
        .iter()
        .filter(|check| check.rule == CheckRule::Relation)
    {
        if !facts.iter().any(|fact| fact["id"] == check.id) {
            faults.push(format!("{}: no fact is the relation {}", form.id, check.id));
        }
    }
    for fact in facts {
        let id = text(&fact["id"]);
        let name = format!("{}/{id}", form.id);
        let Some(index) = form.checks.iter().position(|check| check.id == id) else {
            faults.push(format!("{name}: the grammar has no such check"));
            continue;
        };
        let check = &form.checks[index];
        let status = fact["status_by_form"]
            .get(&form.id)
            .unwrap_or(&fact["status"]);
        let status = match text(status) {
            "confirmed" => Status::Confirmed,
            "derived" => Status::Derived,
            _ => Status::Unconfirmed,
        };
        let severity = match (status, text(&fact["severity"])) {
            (Status::Unconfirmed, _) | (_, "info") => Severity::Note,
            (_, "warning") => Severity::Warning,
            _ => Severity::Error,
        };
        let official = fact["official"].as_bool().unwrap_or_default();
        if (check.status, check.severity, check.official) != (status, severity, official) {
            let own = (check.status, check.severity, check.official);
            faults.push(format!(
                "{name}: {own:?}, not {:?}",
                (status, severity, official)
            ));
        }
        let formulas = formulas(form, text(&fact["formula"]));
        let own = relations(form, index);
        if !formulas.is_empty() && formulas != own {
            faults.push(format!("{name}: {own:#?}, not {formulas:#?}"));
        }
    }
}

/// Names on both sides of a relation, each side sorted.
type Relation = (Vec<String>, &'static str, Vec<String>);

/// The relations of a formula, where it is made of names of the form alone.
fn formulas(form: &Form, formula: &str) -> BTreeSet<Relation> {
    let outside = formula.split('(').next().unwrap_or_default();
    let whole = if formula.contains("sum(") {
        formula
    } else {
        outside
    };
    let inside = formula
        .split_once('(')
        .map_or("", |(_, rest)| rest.trim_end_matches(')'));
    let read = |text: &str| -> Option<BTreeSet<Relation>> {
        text.split(';').map(|one| relation(form, one)).collect()
    };
    read(whole).or_else(|| read(inside)).unwrap_or_default()
}

fn relation(form: &Form, formula: &str) -> Option<Relation> {
    let (sign, sides) = ["<=", "="]
        .into_iter()
        .find_map(|sign| formula.split_once(sign).map(|sides| (sign, sides)))?;
    let names = |side: &str| -> Option<Vec<String>> {
        let mut names = Vec::new();
        for term in side.split('+') {
            let term = term.trim();
            match term
                .strip_prefix("sum(")
                .and_then(|it| it.strip_suffix("*)"))
            {
                Some(prefix) => names.extend(known(form).filter(|id| id.starts_with(prefix))),
                None => names.push(known(form).find(|id| id == term)?),
            }
        }
        names.sort();
        Some(names)
    };
    Some((names(sides.0)?, sign, names(sides.1)?))
}

/// The ids of all rows and columns.
fn known(form: &Form) -> impl Iterator<Item = String> {
    form.tables.iter().flat_map(|table| {
        let rows = table.rows.iter().map(|row| row.id.clone());
        rows.chain(table.columns.iter().map(|column| column.id.clone()))
    })
}

/// The relations that the grammar writes out for a check.
fn relations(form: &Form, check: usize) -> BTreeSet<Relation> {
    let instances = form
        .instances
        .iter()
        .filter(|instance| instance.check == check);
    let written = instances.map(|instance| {
        let by_row = matches!(instance.scope, Scope::Column { .. });
        let names = |side: &[gongkai::form::Term]| {
            let mut names = Vec::new();
            for term in side {
                match &term.operand {
                    Operand::Cell(cell) if by_row => {
                        names.push(form.tables[cell.table].rows[cell.row].id.clone());
                    }
                    Operand::Cell(cell) => {
                        names.push(form.tables[cell.table].columns[cell.column].id.clone());
                    }
                    Operand::Leaves(cell) => {
                        let rows = &form.tables[cell.table].rows;
                        let leaves = form.leaves(cell.table, cell.row);
                        names.extend(leaves.into_iter().map(|row| rows[row].id.clone()));
                    }
                    other => names.push(format!("{other:?}")),
                }
            }
            names.sort();
            names
        };
        let sign = match instance.comparison {
            Comparison::Equal => "=",
            Comparison::AtMost => "<=",
            Comparison::AtLeast => ">=",
        };
        (names(&instance.left), sign, names(&instance.right))
    });
    written.collect()
}
