//! A grammar drafted from a report that no form claims, and the report read by it.

use serde_json::Value;

use super::run::{OTHER, Place, REPORT};

/// Tables of our own, each written another way.
const UNKNOWN: [(&str, &str); 3] = [
    (
        "cells.txt",
        "青川县驿站情况\n\n驿站\n马匹\n草料（万元）\n一、东山驿\n12\n0.50\n二、西山驿\n7\n3\n\
         三、北山驿\n0\n0\n",
    ),
    (
        "pipes.txt",
        "| 驿站 | 马匹 | | 增减 |\n| | 春季 | 秋季 | |\n|---|---|---|---|\n| 东山驿 | 12 | 11 | -1 |\n\
         | 西山驿 | 7 | 9 | +2 |\n",
    ),
    (
        "page.html",
        "<table><tr><td colspan=2>驿站</td><td>马匹</td></tr><tr><td rowspan=2>东路</td>\
         <td>东山驿</td><td>12</td></tr><tr><td>青山驿</td><td>5</td></tr><tr><td rowspan=2>西路\
         </td><td>西山驿</td><td>7</td></tr><tr><td>黄山驿</td><td>8</td></tr></table>\n",
    ),
];

/// Every number with its place, in the order of the text.
fn numbers(document: &Value) -> Vec<(u64, String)> {
    let mut numbers = Vec::new();
    for table in document["tables"].as_array().unwrap() {
        for row in table["rows"].as_array().unwrap() {
            for cell in row["cells"].as_array().unwrap() {
                if cell["state"] == "number" {
                    let start = cell["span"]["start"].as_u64().unwrap();
                    numbers.push((start, cell["value"].to_string()));
                }
            }
        }
    }
    numbers.sort();
    numbers
}

#[test]
fn a_draft_reads_the_report_it_was_drafted_from() {
    for (name, text) in UNKNOWN {
        let place = Place::with(&[(name, text.as_bytes())]);
        let before = place.run(&["parse", name]);
        assert_eq!(before.code, 1, "{name} is of no known form");
        let before = numbers(&before.lines()[0]);
        assert!(before.len() >= 4, "{name}: {before:?}");
        let new = place.run(&["grammar", "new", "--from", name, "-o", "mine/stations.toml"]);
        assert_eq!((new.code, new.err.as_str()), (0, ""), "{name}");
        let check = place.run(&["grammar", "check", "mine/stations.toml"]);
        assert_eq!(check.code, 0, "{name}: {}", check.err);
        let after = place.run(&["parse", name, "--grammars", "mine"]);
        assert_eq!(after.code, 0, "{name}: {}", after.out);
        let document = &after.lines()[0];
        assert_eq!(document["form"]["id"], "stations");
        assert_eq!(numbers(document), before, "{name}");
    }
}

#[test]
fn a_draft_says_what_a_person_decides() {
    let (name, text) = UNKNOWN[1];
    let place = Place::with(&[(name, text.as_bytes())]);
    let ran = place.run(&["grammar", "new", "--from", name]);
    insta::assert_snapshot!(ran.out, @r##"
    # Drafted from pipes.txt. Every `decide:` is for a person; grammars/README.md has the language.

    [form]
    id = "new_form" # decide: what the output calls the form
    name = "new_form" # decide: the official name
    genre = "disclosure_report"
    status = "unconfirmed" # decide: drop it when the form was read in a source

    # Line 1, row-per-line, borders between cells: borders put 2 rows with numbers into 4 columns.
    [[tables]]
    id = "table_1" # decide: a name for the table
    # decide: title = "", the line over the table; corner = "", the cell over the row labels
    spanners = [
      { id = "spanner_1", label = "马匹" },
    ]
    columns = [
      { id = "column_1", label = "春季", spanner = "spanner_1" },
      { id = "column_2", label = "秋季", spanner = "spanner_1" },
      { id = "column_3", label = "增减", signed = true },
    ]
    rows = [
      { id = "row_1", label = "东山驿" },
      { id = "row_2", label = "西山驿" },
    ]

    # decide: what must hold among the numbers, such as
    # [[checks]]
    # id = "total"
    # relation = "row_1 + row_2 = row_3"
    "##);
}

#[test]
fn a_report_without_unknown_tables_gives_no_draft() {
    let place = Place::with(&[
        ("report.txt", REPORT.as_bytes()),
        ("other.txt", OTHER.as_bytes()),
    ]);
    for name in ["report.txt", "other.txt", "none.txt"] {
        let ran = place.run(&["grammar", "new", "--from", name, "-o", "new.toml"]);
        assert_eq!(ran.code, 2, "{name}");
        assert!(ran.err.contains(name), "{}", ran.err);
        assert!(!place.path().join("new.toml").exists());
    }
}

#[test]
fn a_draft_says_why_there_is_none() {
    let place = Place::with(&[
        ("report.txt", REPORT.as_bytes()),
        ("other.txt", OTHER.as_bytes()),
    ]);
    let said = |name: &str| {
        let to = "deep/new.toml";
        let ran = place.run(&["grammar", "new", "--from", name, "-o", to]);
        assert!(!place.path().join("deep").exists());
        ran.err
    };
    insta::assert_snapshot!(said("report.txt"), @"gongkai: nothing to draft: every table of `report.txt` belongs to the form `annual_2021`");
    insta::assert_snapshot!(said("other.txt"), @"gongkai: `other.txt` has no table that could be told from its text alone");
}

#[test]
fn a_draft_of_standard_input_says_so() {
    let place = Place::new();
    let (_, text) = UNKNOWN[1];
    let ran = place.pipe(&["grammar", "new", "--from", "-"], text.as_bytes());
    let first = "# Drafted from standard input. Every `decide:`";
    assert!(ran.out.starts_with(first), "{}", ran.out);
}

#[test]
fn a_draft_asks_to_tell_rows_of_one_name_apart() {
    let text = "| 驿站 | 马匹 | 草料 |\n|---|---|---|\n| 东山驿 | 12 | 11 |\n| 西山驿 | 7 | 9 |\n\
                | 西山驿 | 8 | 10 |\n";
    let place = Place::with(&[("a.txt", text.as_bytes())]);
    let ran = place.run(&["grammar", "new", "--from", "a.txt", "-o", "a.toml"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let line = "label = \"西山驿\" }, # decide: one before has this label too: give each a wording";
    assert!(
        place.text("a.toml").contains(line),
        "{}",
        place.text("a.toml")
    );
    let ran = place.run(&["grammar", "check", "a.toml"]);
    assert!(ran.err.starts_with("error[duplicate-label]"), "{}", ran.err);
}

#[test]
fn a_draft_takes_the_place_of_nothing() {
    let (name, report) = UNKNOWN[0];
    let place = Place::with(&[(name, report.as_bytes()), ("mine/form.toml", b"kept")]);
    for (output, why) in [
        (name, "is an input: name another file to write"),
        (
            "mine/form.toml",
            "is there already: name another file, or remove it first",
        ),
    ] {
        let ran = place.run(&["grammar", "new", "--from", name, "-o", output]);
        assert_eq!(ran.code, 2);
        assert_eq!(ran.err, format!("gongkai: `{output}` {why}\n"));
    }
    assert_eq!(place.text(name), report);
    assert_eq!(place.text("mine/form.toml"), "kept");
}

#[test]
fn a_draft_can_be_told_the_encoding() {
    let (report, ..) = encoding_rs::GBK.encode(UNKNOWN[0].1);
    let place = Place::with(&[("a.txt", &report), ("b.pdf", b"%PDF-1.7")]);
    let ran = place.run(&["grammar", "new", "--from", "a.txt", "--encoding", "gbk"]);
    assert!(ran.out.contains("东山驿"), "{}{}", ran.out, ran.err);
    let ran = place.run(&["grammar", "new", "--from", "b.pdf"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err
            .starts_with("gongkai: `b.pdf`: the input is a PDF, not text: "),
        "{}",
        ran.err
    );
}
