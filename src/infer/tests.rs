//! What is told of small texts, and what is not.

use crate::extraction::{State, Table};
use crate::{Options, extract};

/// The inferred tables of a text: headers, then a line a row.
fn show(text: &str) -> String {
    let extraction = extract(text.as_bytes(), &Options::default()).unwrap();
    let tables = extraction.tables.iter().map(table);
    tables.collect::<Vec<_>>().join("\n")
}

fn table(table: &Table) -> String {
    let head = table.columns.iter().map(|column| match &column.label[..] {
        [] => "none".to_owned(),
        label => label.join("/"),
    });
    let confidence = table.inferred.as_ref().unwrap().confidence;
    let mut shown = format!(
        "{}, {confidence:?}: {}",
        table.layout,
        head.collect::<Vec<_>>().join(" | ")
    );
    for row in &table.rows {
        shown.push_str(&format!("\n{}:", row.label.join("/")));
        for cell in &row.cells {
            let candidates = cell.candidates.iter();
            let candidates = candidates.filter_map(|candidate| candidate.raw.as_deref());
            shown.push_str(&match cell.state {
                State::Ambiguous => format!(" {}?", candidates.collect::<Vec<_>>().join("/")),
                State::Absent => " absent".to_owned(),
                State::Blank => " blank".to_owned(),
                _ => format!(" {}", cell.raw.as_deref().unwrap_or_default()),
            });
        }
    }
    shown
}

#[test]
fn cells_on_a_line_each() {
    insta::assert_snapshot!(show("驿站\n马匹\n草料\n东山驿\n12\n3件\n西山驿\n7\n2件\n"), @r"
    cell-per-line, High: 马匹 | 草料
    东山驿: 12 3件
    西山驿: 7 2件
    ");
    // A word too many: a title, a header over others, or a third column.
    insta::assert_snapshot!(show("驿站\n马匹\n草料\n车\n东山驿\n12\n3\n西山驿\n7\n2\n"), @"");
    // The second row has lost a value or was left blank.
    insta::assert_snapshot!(show("驿站\n马匹\n草料\n东山驿\n1\n0\n西山驿\n7\n南山驿\n3\n5\n北山驿\n2\n6\n"), @r"
    cell-per-line, Medium: 马匹 | 草料
    东山驿: 1 0
    西山驿: 7? 7?
    南山驿: 3 5
    北山驿: 2 6
    ");
}

#[test]
fn numbers_that_count_the_rows() {
    insta::assert_snapshot!(show("序号\n驿站\n马匹\n1\n东山驿\n12\n2\n西山驿\n7\n3\n南山驿\n8\n"), @r"
    cell-per-line, High: 马匹
    东山驿: 12
    西山驿: 7
    南山驿: 8
    ");
}

#[test]
fn cells_padded_to_a_width() {
    insta::assert_snapshot!(show("驿站表\n-\n-\n-\n驿站\n马匹\n草料\n-\n东山驿\n12\n3\n-\n西山驿\n7\n-\n-\n"), @r"
    cell-per-line, padded to 4, Medium: 马匹 | 草料
    东山驿: 12 3
    西山驿: 7/-? 7/-?
    ");
}

#[test]
fn rows_with_borders() {
    insta::assert_snapshot!(show("驿站 | 马匹 | |\n | 春 | 秋 |\n东山驿 | 12 | |\n西山驿 | 7 | 45.2% |\n"), @r"
    row-per-line, borders between cells, High: 马匹/春 | 秋
    东山驿: 12 blank
    西山驿: 7 45.2%
    ");
    // Lower headers that were not put under their spanner head nothing.
    insta::assert_snapshot!(show("驿站 | 马匹 | |\n春 | 秋 | |\n东山驿 | 12 | 3 |\n西山驿 | 7 | 5 |\n"), @r"
    row-per-line, borders between cells, Medium: none | none
    东山驿: 12 3
    西山驿: 7 5
    ");
    // Two tables side by side.
    insta::assert_snapshot!(show("收入\t金额\t支出\t金额\n拨款\t12\t工资\t9\n其他\t7\t草料\t5\n"), @r"
    row-per-line, borders between cells, High: 金额
    拨款: 12
    其他: 7
    row-per-line, borders between cells, High: 金额
    工资: 9
    草料: 5
    ");
}

#[test]
fn rows_with_spaces() {
    insta::assert_snapshot!(show("驿站   单位   马匹  草料\n东山驿   件   12   3\n西山驿   件   7   0\n"), @r"
    row-per-line, spaces between cells, High: 马匹 | 草料
    东山驿: 12 3
    西山驿: 7 0
    ");
}

#[test]
fn what_is_no_table() {
    let pages = [
        // A menu.
        "首页\n新闻\n12\n公告\n3\n下载\n",
        // Addresses.
        "地址 东山路 12\n电话 0591 2345678\n传真 0591 2345679\n",
        // Contents.
        "第一章 总论 1\n第二章 马匹 3\n第三章 草料 9\n",
        "总论......1\n马匹......3\n草料......9\n",
        // A calendar.
        "日\t一\t二\n1\t2\t3\n4\t5\t6\n7\t8\t9\n",
        // Running text.
        "今年马匹12匹，草料3车。\n去年马匹11匹，草料4车。\n",
        // A list of pages.
        "上一页\n1\n2\n3\n下一页\n",
    ];
    for page in pages {
        assert_eq!(show(page), "", "{page}");
    }
}
