//! What a person sees who makes a mistake in a grammar.

mod labels;
mod slips;

use super::Grammars;

/// What is said of a form with these tables.
fn faults(tables: &str) -> String {
    let text =
        format!("[form]\nid = \"f\"\nname = \"表\"\ngenre = \"disclosure_report\"\n{tables}");
    Grammars::with_texts([("f.toml", text.as_str())])
        .unwrap_err()
        .to_string()
}

const TABLE: &str = "
[[tables]]
id = 't'
columns = [{ id = 'a', label = '甲' }, { id = 'b', label = '乙' }]
rows = [{ id = 'r', label = '行' }, { id = 's', label = '列', parent = 'r' }]
";

fn relation(relation: &str) -> String {
    faults(&format!(
        "{TABLE}\n[[checks]]\nid = 'c'\nrelation = '{relation}'\n"
    ))
}

#[test]
fn an_unknown_key_under_wide_characters() {
    insta::assert_snapshot!(faults("
[[tables]]
id = 't'
columns = [{ id = 'a', label = '本年新收政府信息公开申请数量', singed = true }]
rows = [{ id = 'r', label = '行' }]
"), @r#"
    error[unknown-key]: unknown key `singed`
     --> f.toml:8:50
      |
    8 | columns = [{ id = 'a', label = '本年新收政府信息公开申请数量', singed = true }]
      |                                                                ^^^^^^ no such key here
      |
      = help: did you mean `signed`?
    "#);
}

#[test]
fn duplicate_ids_name_both_places() {
    insta::assert_snapshot!(faults("
[[tables]]
id = 't'
columns = [{ id = 'a', label = '自然人' }, { id = 'a', label = '总计' }]
rows = [{ id = 'r', label = '行' }]
"), @r#"
    error[duplicate-id]: two columns have the id `a`
     --> f.toml:8:48
      |
    8 | columns = [{ id = 'a', label = '自然人' }, { id = 'a', label = '总计' }]
      |                   --- the first                   ^^^ the second
    "#);
}

#[test]
fn unknown_references_are_all_reported() {
    insta::assert_snapshot!(faults("
[[sections]]
id = 'overview'
title = '总体情况'

[[tables]]
id = 't'
section = 'overveiw'
columns = [{ id = 'a', label = '甲', spanner = 'x' }]
rows = [{ id = 'r', label = '行', parent = 's' }, { id = 's', label = '列' }]
"), @r#"
    error[unknown-reference]: no section has the id `overveiw`
      --> f.toml:12:11
       |
    12 | section = 'overveiw'
       |           ^^^^^^^^^^
       |
       = help: did you mean `overview`?

    error[unknown-reference]: no spanner has the id `x`
      --> f.toml:13:47
       |
    13 | columns = [{ id = 'a', label = '甲', spanner = 'x' }]
       |                                                ^^^

    error[unknown-reference]: no row above it has the id `s`
      --> f.toml:14:43
       |
    14 | rows = [{ id = 'r', label = '行', parent = 's' }, { id = 's', label = '列' }]
       |                                            ^^^
    "#);
}

#[test]
fn a_relation_that_does_not_parse() {
    insta::assert_snapshot!(relation("r + = s"), @r#"
    error[bad-relation]: bad relation: expected a row, a column, an address, a number or a function
      --> f.toml:13:17
       |
    13 | relation = 'r + = s'
       |                 ^
    "#);
}

#[test]
fn names_in_relations() {
    insta::assert_snapshot!(relation("r = leaves(ss)"), @r#"
    error[unknown-reference]: no row or column has the id `ss`
      --> f.toml:13:24
       |
    13 | relation = 'r = leaves(ss)'
       |                        ^^
       |
       = help: did you mean `s`?
    "#);
    insta::assert_snapshot!(relation("r = a"), @r#"
    error[mixed-names]: expected rows of one table, or columns of one table
      --> f.toml:13:13
       |
    13 | relation = 'r = a'
       |             ^^^^^
       |
       = help: write addresses: `table/row/column`
    "#);
    insta::assert_snapshot!(relation("t/r/c = 1"), @r#"
    error[unknown-reference]: no column with values has the id `c`
      --> f.toml:13:17
       |
    13 | relation = 't/r/c = 1'
       |                 ^
    "#);
    insta::assert_snapshot!(relation("prose(recieved_total) = t/r/a"), @r#"
    error[unknown-reference]: no statement of the genre has the id `recieved_total`
      --> f.toml:13:19
       |
    13 | relation = 'prose(recieved_total) = t/r/a'
       |                   ^^^^^^^^^^^^^^
       |
       = help: did you mean `received_total`?
    "#);
    insta::assert_snapshot!(relation("s = sum(s)"), @r#"
    error[bad-relation]: row `s` has no rows below it to add up
      --> f.toml:13:21
       |
    13 | relation = 's = sum(s)'
       |                     ^
    "#);
}

#[test]
fn values() {
    insta::assert_snapshot!(faults("
[[tables]]
id = 'T'
columns = [{ id = 'a', label = '{month}月', kind = 'number' }]
rows = '行'
"), @r#"
    error[missing-key]: table `T` has no rows
     --> f.toml:6:1
      |
    6 | [[tables]]
      | ^^^^^^^^^^ in this table

    error[bad-id]: expected an id, found `T`
     --> f.toml:7:6
      |
    7 | id = 'T'
      |      ^^^
      |
      = help: an id is lower-case words with `_`, and `.` between levels: `denied.repeat`

    error[unknown-placeholder]: unknown placeholder `{month}`
     --> f.toml:8:33
      |
    8 | columns = [{ id = 'a', label = '{month}月', kind = 'number' }]
      |                                 ^^^^^^^
      |
      = help: known: {year}, {number}, {words}

    error[unknown-value]: expected `value` or `unit` or `code` or `index`, found `number`
     --> f.toml:8:51
      |
    8 | columns = [{ id = 'a', label = '{month}月', kind = 'number' }]
      |                                                    ^^^^^^^^

    error[wrong-type]: expected a list of tables, found a string
     --> f.toml:9:8
      |
    9 | rows = '行'
      |        ^^^^
    "#);
}

#[test]
fn a_genre() {
    let text = "
[genre]
id = 'g'
page_marks = ['^第[0-9+页$']
synonyms = [['入口网站', '门户']]
periods = ['[0-9]{4}年']

[[statements]]
id = 'n'
patterns = ['收到申请']
";
    insta::assert_snapshot!(Grammars::with_texts([("g.toml", text)]).unwrap_err(), @r#"
    error[bad-regex]: bad regular expression: unclosed character class
     --> g.toml:4:18
      |
    4 | page_marks = ['^第[0-9+页$']
      |                   ^

    error[unequal-length]: expected a word as long as `入口网站`, found `门户` of 2 characters
     --> g.toml:5:22
      |
    5 | synonyms = [['入口网站', '门户']]
      |                          ^^^^^^ should have 4

    error[bad-regex]: expected a group `year`, found none
     --> g.toml:6:12
      |
    6 | periods = ['[0-9]{4}年']
      |            ^^^^^^^^^^^^
      |
      = help: write what is to be taken as (?P<year>…)

    error[bad-regex]: expected either `{count}` in the pattern or `value` in the statement
      --> g.toml:10:13
       |
    10 | patterns = ['收到申请']
       |             ^^^^^^^^^^
    "#);
}

#[test]
fn broken_toml() {
    let text = "[form]\nid = \"f\nname = '表'\n";
    insta::assert_snapshot!(Grammars::with_texts([("f.toml", text)]).unwrap_err(), @r#"
    error[syntax]: invalid basic string, expected `"`
     --> f.toml:2:8
      |
    2 | id = "f
      |        ^
    "#);
    insta::assert_snapshot!(Grammars::with_texts([("f.toml", "")]).unwrap_err(), @r#"
    error[missing-key]: expected `[form]` or `[genre]`, found neither
     --> f.toml:1:1
      |
    1 |
      | ^
    "#);
}

/// What is said of the keys of a panel.
fn panel(table: &str, columns: &str, rows: &str) -> String {
    faults(&format!(
        "[[tables]]\nid = 't'\n{table}\ncolumns = [{columns}]\nrows = [{rows}]\n"
    ))
}

#[test]
fn a_row_is_compared_only_where_its_table_is() {
    insta::assert_snapshot!(panel("", "{ id = 'a', label = '甲' }", "{ id = 'r', label = '行', panel = 's' }"), @"
    error[bad-panel]: `r` is compared with other forms, its table is not
     --> f.toml:9:9
      |
    9 | rows = [{ id = 'r', label = '行', panel = 's' }]
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: give `panel` to the table
    ");
}

#[test]
fn columns_are_not_added_up() {
    insta::assert_snapshot!(panel("panel = 't'", "{ id = 'a', label = '甲' }, { id = 'b', label = '乙', panel = 'a' }", "{ id = 'r', label = '行' }"), @"
    error[bad-panel]: `a` and `b` are one column of the panel
     --> f.toml:8:39
      |
    8 | columns = [{ id = 'a', label = '甲' }, { id = 'b', label = '乙', panel = 'a' }]
      |                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: only rows are added up
    ");
}

#[test]
fn what_is_apart_is_compared_with_nothing() {
    insta::assert_snapshot!(panel("panel = 't'", "{ id = 'a', label = '甲' }", "{ id = 'r', label = '行', panel = 's', apart = true }"), @"
    error[bad-panel]: `r` has both `panel` and `apart`
     --> f.toml:9:9
      |
    9 | rows = [{ id = 'r', label = '行', panel = 's', apart = true }]
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: `panel` names what it is compared with, `apart` says there is none
    ");
}

#[test]
fn a_part_is_not_added_to_its_whole() {
    insta::assert_snapshot!(panel("panel = 't'", "{ id = 'a', label = '甲' }", "{ id = 'r', label = '行' }, { id = 's', label = '列', parent = 'r', panel = 'r' }"), @"
    error[bad-panel]: `s` would be counted twice
     --> f.toml:9:36
      |
    9 | rows = [{ id = 'r', label = '行' }, { id = 's', label = '列', parent = 'r', panel = 'r' }]
      |                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: it is part of the row above it, of the same name
    ");
}

#[test]
fn amounts_are_not_added_to_counts() {
    insta::assert_snapshot!(panel("panel = 't'", "{ id = 'a', label = '甲' }", "{ id = 'r', label = '行', unit = '元' }, { id = 's', label = '列', unit = '件', panel = 'r' }"), @"
    error[bad-panel]: `s` is added up with a row of another unit
     --> f.toml:9:48
      |
    9 | rows = [{ id = 'r', label = '行', unit = '元' }, { id = 's', label = '列', unit = '件', panel = 'r' }]
      |                                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: rows of one name have one unit
    ");
}

#[test]
fn a_heading_has_no_numbers_to_compare() {
    insta::assert_snapshot!(panel("panel = 't'", "{ id = 'a', label = '甲' }", "{ id = 'r', label = '行', group = true, panel = 's' }"), @"
    error[bad-panel]: `r` is a heading over rows
     --> f.toml:9:9
      |
    9 | rows = [{ id = 'r', label = '行', group = true, panel = 's' }]
      |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = help: name the rows below it
    ");
}

#[test]
fn a_form_replaces_the_one_of_its_id() {
    let text =
        format!("[form]\nid = 'annual_2019'\nname = '表'\ngenre = 'disclosure_report'\n{TABLE}");
    let grammars = Grammars::with_texts([("f.toml", text.as_str())]).unwrap();
    assert_eq!(grammars.form("annual_2019").unwrap().name, "表");
    assert_eq!(grammars.forms.len(), Grammars::embedded().forms.len());
}

mod any_text {
    use proptest::prelude::*;

    use super::super::Grammars;

    /// A built-in form with something else in one place.
    fn damaged() -> impl Strategy<Value = String> {
        let text = include_str!("../../grammars/disclosure/fujian_2009.toml");
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let place = prop::sample::select(places);
        (place.clone(), place, "[\\[\\]{}=\",.a-z甲\\n(){}0-9]{0,6}").prop_map(|(a, b, new)| {
            let (from, to) = (a.min(b), a.max(b).min(a.min(b) + 40));
            let to = (to..=text.len())
                .find(|at| text.is_char_boundary(*at))
                .unwrap_or(from);
            format!("{}{new}{}", &text[..from], &text[to..])
        })
    }

    proptest! {
        #[test]
        fn is_loaded_or_explained(text in damaged()) {
            if let Err(errors) = Grammars::with_texts([("f.toml", text.as_str())]) {
                prop_assert!(errors.to_string().starts_with("error["));
                prop_assert!(!errors.render(true).is_empty());
            }
        }

        #[test]
        fn relations_are_parsed_or_explained(text in "[a-z0-9/+=<>(), -]{0,40}") {
            let found = super::super::relation::relation(&text);
            prop_assert!(found.is_ok() || found.is_err_and(|error| !error.what.is_empty()));
        }
    }
}
