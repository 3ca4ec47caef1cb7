//! The built-in grammars: all load, and they are the forms they claim to be.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use gongkai::form::{ColumnKind, Form, Grammars, Operand, Scope, Severity, Status};

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
    assert_eq!(Grammars::embedded().forms.len(), 7);
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

#[test]
fn the_result_total_takes_the_one_row_of_2019_and_the_three_of_2021() {
    let last_result = |id: &str| {
        let form = form(id);
        let check = format!("t3_result_total_{}", &id[7..]);
        let index = form
            .checks
            .iter()
            .position(|known| known.id == check)
            .unwrap();
        let instance = form
            .instances
            .iter()
            .find(|instance| instance.check == index)
            .unwrap();
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
    let form = form("annual_2021");
    let index = form
        .checks
        .iter()
        .position(|check| check.id == "text_received_total")
        .unwrap();
    let instance = form
        .instances
        .iter()
        .find(|instance| instance.check == index)
        .unwrap();
    assert_eq!(instance.scope, Scope::Report);
    assert_eq!((instance.right.len(), instance.alternatives.len()), (1, 1));
    assert_eq!(instance.alternatives[0].len(), 2);
}
