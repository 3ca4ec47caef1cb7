//! The built-in grammars: all load, and they are the forms they claim to be.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use gongkai::flat::{Wide, dictionary};
use gongkai::form::{ColumnKind, Form, Grammars, Instance, Operand, Scope, Severity, Status};

fn form(id: &str) -> &'static Form {
    Grammars::embedded().form(id).unwrap()
}

/// Cells that a complete report on the form has.
fn cells(form: &Form) -> usize {
    let count = |table: &gongkai::form::Table| {
        let value = |kind: &ColumnKind| *kind == ColumnKind::Value;
        let columns = table
            .columns
            .iter()
            .filter(|column| value(&column.kind) && !column.optional);
        columns.count() * table.rows.iter().filter(|row| !row.group).count()
    };
    form.tables.iter().map(count).sum()
}

/// Instances of a check that apply to a print without optional columns and values in groups.
fn applying(form: &Form, check: &str) -> usize {
    let of = |index: usize| form.checks[index].id == check;
    let instances = form.instances.iter().filter(|instance| of(instance.check));
    instances
        .filter(|instance| instance.only_where.is_empty())
        .count()
}

#[test]
fn every_file_loads_and_is_built_in() {
    let loaded = match Grammars::with_dir(Path::new("grammars")) {
        Ok(loaded) => loaded,
        Err(errors) => panic!("{errors}"),
    };
    let ids = |grammars: &Grammars| -> BTreeSet<String> {
        let forms = grammars.forms.iter().map(|form| form.id.clone());
        forms
            .chain(grammars.genres.iter().map(|genre| genre.id.clone()))
            .collect()
    };
    assert_eq!(ids(&loaded), ids(Grammars::embedded()));
    let of = |genre: &str| {
        let forms = Grammars::embedded().forms.iter();
        forms.filter(|form| form.genre == genre).count()
    };
    assert_eq!(of("disclosure_report"), 7);
    assert_eq!(Grammars::embedded().forms.len(), 9);
}

#[test]
fn every_regular_expression_compiles() {
    for genre in &Grammars::embedded().genres {
        let statements = genre.statements.iter().flat_map(|rule| &rule.patterns);
        for pattern in genre.page_marks.iter().chain(statements) {
            regex::Regex::new(pattern).unwrap();
        }
    }
}

#[test]
fn the_forms_have_their_cells() {
    assert_eq!(cells(form("annual_2019")), 198);
    assert_eq!(cells(form("annual_2021")), 200);
    assert_eq!(cells(form("stat_2014")), 58);
    assert_eq!(cells(form("dingxi_2008")), 70);
    assert_eq!(cells(form("shanghai_2004")), 56);
    assert_eq!(cells(form("shanghai_2011")), 108);
    assert_eq!(cells(form("fujian_2009")), 34);
}

#[test]
fn thirty_seven_relations_hold_the_requests_table_together() {
    let form = form("annual_2019");
    assert_eq!(applying(form, "t3_identity"), 7);
    assert_eq!(applying(form, "t3_result_total_2019"), 7);
    assert_eq!(applying(form, "t3_column_sum"), 23);
    assert_eq!(applying(form, "t3_legal_entity_subtotal"), 0);
    assert_eq!(applying(form, "t3_group_sum"), 0);
}

/// The first relation that a check makes.
fn instance<'f>(form: &'f Form, check: &str) -> &'f Instance {
    let index = form.checks.iter().position(|known| known.id == check);
    let mut instances = form.instances.iter();
    instances
        .find(|instance| Some(instance.check) == index)
        .unwrap()
}

#[test]
fn the_result_total_takes_the_one_row_of_2019_and_the_three_of_2021() {
    let last_result = |id: &str| {
        let form = form(id);
        let instance = instance(form, &format!("t3_result_total_{}", &id[7..]));
        assert!(matches!(instance.scope, Scope::Column { .. }));
        instance.left.last().unwrap().operand.clone()
    };
    assert!(matches!(last_result("annual_2019"), Operand::Cell(_)));
    let Operand::Leaves(group) = last_result("annual_2021") else {
        panic!("no group")
    };
    assert_eq!(form("annual_2021").leaves(group.table, group.row).len(), 3);
}

#[test]
fn what_no_source_states_is_a_note() {
    for form in &Grammars::embedded().forms {
        for check in form
            .checks
            .iter()
            .filter(|check| check.status == Status::Unconfirmed)
        {
            assert_eq!(check.severity, Severity::Note, "{}/{}", form.id, check.id);
        }
    }
    let stat = form("stat_2014");
    let unconfirmed = stat.tables[0]
        .rows
        .iter()
        .filter(|row| row.status == Status::Unconfirmed);
    assert_eq!(unconfirmed.count(), 51);
}

#[test]
fn a_total_in_prose_may_agree_with_either_sum() {
    let instance = instance(form("annual_2021"), "text_received_total");
    assert_eq!(instance.scope, Scope::Report);
    assert_eq!((instance.right.len(), instance.alternatives.len()), (1, 1));
    assert_eq!(instance.alternatives[0].len(), 2);
}

#[test]
fn the_annual_forms_have_their_panel_in_common() {
    let panel = |id: &str| -> BTreeSet<String> {
        let mut cells = BTreeSet::new();
        for table in &form(id).tables {
            let Some(name) = &table.panel else { continue };
            let rows = table.rows.iter().filter(|row| !row.group);
            for row in rows.filter_map(gongkai::form::Row::panel_id) {
                let columns = table.columns.iter().filter(|column| !column.optional);
                for column in columns.filter_map(gongkai::form::Column::panel_id) {
                    cells.insert(format!("{name}/{row}/{column}"));
                }
            }
        }
        cells
    };
    let old = panel("annual_2019");
    assert_eq!(old.len(), 23 * 7 + 15 + 3);
    assert_eq!(old, panel("annual_2021"));
    for form in &Grammars::embedded().forms {
        let compared = form.tables.iter().any(|table| table.panel.is_some());
        assert_eq!(compared, form.id.starts_with("annual_"), "{}", form.id);
    }
}

#[test]
fn cells_of_one_address_have_one_unit_in_all_forms() {
    let mut units = std::collections::BTreeMap::new();
    for form in &Grammars::embedded().forms {
        for table in &form.tables {
            for row in table.rows.iter().filter(|row| !row.group) {
                let columns = table.columns.iter();
                for column in columns.filter(|column| column.kind == ColumnKind::Value) {
                    let address = format!("{}/{}/{}", table.id, row.id, column.id);
                    let unit = column.unit.as_ref().or(row.unit.as_ref());
                    let known = units.entry(address).or_insert(unit);
                    assert_eq!(*known, unit, "{}: {}/{}", form.id, table.id, row.id);
                }
            }
        }
    }
}

#[test]
fn every_number_of_the_samples_has_its_place_in_the_wide_row() {
    let grammars = Grammars::embedded();
    let wide = Wide::new(grammars);
    let dictionary = dictionary::entries(grammars);
    let mut seen = 0;
    for folder in std::fs::read_dir("samples").unwrap() {
        let Ok(files) = std::fs::read_dir(folder.unwrap().path()) else {
            continue;
        };
        for path in files.map(|file| file.unwrap().path()) {
            let bytes = std::fs::read(&path).unwrap();
            let extraction = gongkai::extract(&bytes, &gongkai::Options::default()).unwrap();
            let values = wide.values(&extraction);
            for row in gongkai::flat::rows(&extraction) {
                let address = row.address();
                let mut columns = wide.columns().iter();
                let column = columns.position(|column| column.address == address);
                let (Some(column), Some(value)) = (column, row.cell.value) else {
                    continue;
                };
                assert_eq!(values[column], Some(value), "{}: {address}", path.display());
                let mut entries = dictionary.iter();
                let entry = entries.find(|entry| entry.name == address).unwrap();
                assert_eq!(entry.unit, wide.columns()[column].unit, "{address}");
                if row.form == Some("economy_2017") {
                    assert_eq!(entry.unit, row.cell.unit, "{address}");
                    seen += 1;
                }
            }
        }
    }
    // Two reports of 27 rates, and 11 products with output and growth.
    assert_eq!(seen, 2 * (27 + 22));
}

/// The parts of the README's tutorial in fences of one kind.
fn tutorial(fence: &str) -> Vec<&'static str> {
    let readme = include_str!("../grammars/README.md");
    let start = readme.find("## Ten minutes").unwrap();
    let end = readme.find("## Reference").unwrap();
    let mut parts = Vec::new();
    let mut rest = &readme[start..end];
    while let Some(open) = rest.find("```") {
        let (kind, after) = rest[open + 3..].split_once('\n').unwrap();
        let (inside, after) = after.split_once("```").unwrap();
        if kind == fence {
            parts.push(inside);
        }
        rest = after;
    }
    parts
}

#[test]
fn the_tutorial_is_true() {
    let text = tutorial("toml").join("\n");
    let load = |text: &str| Grammars::with_texts([("mine/approvals.toml", text)]);
    let grammars = load(&text).unwrap_or_else(|errors| panic!("{errors}"));
    let page = grammars.form("approvals").unwrap().blank().to_string();
    let texts = tutorial("text");
    let shown = texts[1].split_once("--grammars mine\n").unwrap().1;
    let shown = shown.split_once("…").unwrap().0;
    assert!(page.starts_with(shown), "{page}");

    let slip = text.replace("instant + promised =", "instant + promissed =");
    assert_eq!(format!("{}\n", load(&slip).unwrap_err()), texts[2]);
}

/// A grammar as the schema sees it.
fn as_json(text: &str) -> serde_json::Value {
    let value: toml::Value = toml::from_str(text).unwrap();
    serde_json::to_value(value).unwrap()
}

#[test]
fn the_schema_takes_every_grammar_and_refuses_what_the_loader_refuses() {
    let schema = serde_json::from_str(include_str!("../grammars/schema.json")).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let folders = std::fs::read_dir("grammars").unwrap();
    let folders = folders.map(|entry| entry.unwrap().path());
    let files = folders
        .filter(|path| path.is_dir())
        .flat_map(|folder| std::fs::read_dir(folder).unwrap())
        .map(|entry| entry.unwrap().path());
    for path in files {
        let grammar = as_json(&std::fs::read_to_string(&path).unwrap());
        assert!(schema.is_valid(&grammar), "{}", path.display());
    }
    let good = tutorial("toml").join("\n");
    assert!(schema.is_valid(&as_json(&good)));
    for (from, to) in [
        ("corner =", "cornor ="),
        ("id = \"closed\"", "id = \"Closed\""),
        ("unit = \"件\"", "signed = \"件\""),
        ("severity = \"error\"", "severity = \"fatal\""),
        ("genre =", "note ="),
        ("relation = \"accepted - closed = open\"", "source = \"\""),
    ] {
        let bad = good.replacen(from, to, 1);
        assert_ne!(bad, good);
        assert!(!schema.is_valid(&as_json(&bad)), "{to}");
        assert!(
            Grammars::with_texts([("bad.toml", bad.as_str())]).is_err(),
            "{to}"
        );
    }
}
