//! `gongkai check`: how a failure is shown.

use serde_json::Value;

use super::checks::{SAMPLE, check};
use super::run::{OTHER, Place};

#[cfg(unix)]
#[test]
fn a_name_can_neither_move_the_cursor_nor_begin_a_line_of_check() {
    let name = "in/a\nb\u{1b}[31m";
    let damaged = SAMPLE.replacen("| 293 |", "| 294 |", 1);
    let after = damaged.replace("2022", "2023");
    let place = Place::with(&[
        (name, damaged.as_bytes()),
        ("in/c\r", after.as_bytes()),
        ("in/d\u{7}", OTHER.as_bytes()),
    ]);
    let inputs = ["in", "none\n"];
    for format in ["text", "github", "jsonl", "sarif"] {
        let ran = check(&place, &inputs, &["--format", format]);
        let lines = ran.out.lines();
        let controls = lines.filter(|line| line.contains(char::is_control));
        assert_eq!(controls.collect::<Vec<_>>(), Vec::<&str>::new(), "{format}");
    }
    let text = check(&place, &inputs, &[]).out;
    let shown = r"in/a\nb\u{1b}[31m";
    for part in [
        format!("{shown}: "),
        format!("--> {shown}:42:"),
        format!(r"in/c\r beside {shown}: "),
        r"in/d\u{7}: nothing to check".to_owned(),
        r"none\n: nothing to check".to_owned(),
    ] {
        assert!(text.contains(&part), "{part}: {text}");
    }
    let github = check(&place, &inputs, &["--format", "github"]).out;
    // GitHub has its own escape for the end of a line.
    let file = r"::error file=in/a%0Ab\u{1b}[31m,line=";
    assert!(github.starts_with(file), "{github}");
}

/// The sample with a blank cell, a placeholder, a row that is not there, and three tables less.
fn gaps() -> Place {
    let gaps = SAMPLE
        .replacen("| 规章 | 2 | 1 |", "| 规章 |  |  |", 1)
        .replacen("| 18 | 2 |", "|  | - |", 1);
    let lost = SAMPLE.find("| 三、本年度办理结果 | (一)予以公开").unwrap();
    let end = lost + SAMPLE[lost..].find('\n').unwrap() + 1;
    let gaps = gaps.replace(&SAMPLE[lost..end], "");
    let start = SAMPLE.find("| 第二十条第(五)项").unwrap();
    let end = SAMPLE.find("三、收到和处理").unwrap();
    let tables = [&SAMPLE[..start], &SAMPLE[end..]].concat();
    Place::with(&[
        ("gaps.txt", gaps.as_bytes()),
        ("tables.txt", tables.as_bytes()),
    ])
}

#[test]
fn a_rule_says_what_should_hold_and_where_it_does_not() {
    let place = gaps();
    let cells = check(&place, &["gaps.txt"], &[]).out;
    let cells = cells.split_once("\n\n").unwrap().1;
    insta::assert_snapshot!(cells, @"
    warning[q_cell_missing]: should hold: no cell is blank, a placeholder or absent (art20_1)
      --> gaps.txt:14:3
       |
    14 | | 规章 |  |  | 5 |
       |   ^^^^ 规章
       |
       = note: 2 cells are blank
       = note: `art20_1/rules/issued_this_year` (line 14), `art20_1/rules/repealed_this_year` (line 14)

    warning[q_cell_missing]: should hold: no cell is blank, a placeholder or absent (requests)
      --> gaps.txt:43:3
       |
    43 | | 二、上年结转政府信息公开申请数量 |  |  |  | - | 0 | 0 | 0 | 0 | 20 |
       |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^            - 二、上年结转政府信息公开申请数量, 商业企业
       |   |
       |   二、上年结转政府信息公开申请数量
       |
       = note: 1 cell is blank, 1 cell is a placeholder, 7 cells are absent
       = note: `requests/carried_in/natural_person` (line 43), `requests/carried_in/legal_entity.business` (line 43), `requests/results.granted/natural_person`, and 6 more

    1 report: 49 checks hold, 2 fail, 11 not evaluated
    ");
    let tables = check(&place, &["tables.txt"], &[]).out;
    insta::assert_snapshot!(tables, @"
    tables.txt: 1 check fails (annual_2021, 55 hold, 0 not evaluated)

    error[q_table_missing]: should hold: every table is there
     --> tables.txt:9:3
      |
    9 | 二、主动公开政府信息情况
      |     ^^^^^^^^^^^^^^^^^^^^ table `art20_5` belongs here
      |
      = note: not in the text: `art20_5`, `art20_6`, `art20_8`

    1 report: 55 checks hold, 1 fail, 0 not evaluated
    ");
}

#[test]
fn an_annotation_says_what_should_hold_and_where() {
    let place = gaps();
    let inputs = ["gaps.txt", "tables.txt"];
    let github = check(&place, &inputs, &["--format", "github"]).out;
    insta::assert_snapshot!(github, @"
    ::warning file=gaps.txt,line=14,col=3,endColumn=5,title=q_cell_missing (art20_1)::should hold: no cell is blank, a placeholder or absent%0A2 cells are blank%0A`art20_1/rules/issued_this_year` (line 14), `art20_1/rules/repealed_this_year` (line 14)
    ::warning file=gaps.txt,line=43,col=3,endColumn=19,title=q_cell_missing (requests)::should hold: no cell is blank, a placeholder or absent%0A1 cell is blank, 1 cell is a placeholder, 7 cells are absent%0A`requests/carried_in/natural_person` (line 43), `requests/carried_in/legal_entity.business` (line 43), `requests/results.granted/natural_person`, and 6 more
    ::error file=tables.txt,line=9,col=3,endColumn=13,title=q_table_missing::should hold: every table is there%0Anot in the text: `art20_5`, `art20_6`, `art20_8`
    ");
    let sarif = check(&place, &inputs, &["--format", "sarif"]).out;
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    let results = results.iter().map(|result| {
        let region = &result["locations"][0]["physicalLocation"]["region"];
        let text = result["message"]["text"].as_str().unwrap();
        format!("{}:{} {text}", region["startLine"], region["startColumn"])
    });
    insta::assert_snapshot!(results.collect::<Vec<_>>().join("\n"), @"
    14:3 art20_1: 2 cells are blank: `art20_1/rules/issued_this_year` (line 14), `art20_1/rules/repealed_this_year` (line 14)
    43:3 requests: 1 cell is blank, 1 cell is a placeholder, 7 cells are absent: `requests/carried_in/natural_person` (line 43), `requests/carried_in/legal_entity.business` (line 43), `requests/results.granted/natural_person`, and 6 more
    9:3 not in the text: `art20_5`, `art20_6`, `art20_8`
    ");
}
