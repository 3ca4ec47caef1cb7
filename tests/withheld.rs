//! Texts that could be read in two ways, or not at all: no number is asserted, and where two
//! readings are left, both are shown.

use gongkai::extraction::{Cell, Extraction, State};
use gongkai::{Options, extract};

/// A table of section 二 between two others, so that the form is known.
fn report(table: &str) -> Extraction {
    let text = format!(
        "某县2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{table}\n\
         第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n88.5\n\
         五、存在的主要问题及改进情况\n无。\n"
    );
    extract(text.as_bytes(), &Options::default()).expect("UTF-8 is known")
}

const DOCUMENTS: &str = "第二十条第（一）项\n信息内容\n";
const SANCTIONS: &str = "第二十条第（六）项\n信息内容\n本年处理决定数量\n";

fn cell<'e>(extraction: &'e Extraction, row: &str, column: &str) -> Option<&'e Cell> {
    let rows = extraction.tables.iter().flat_map(|table| &table.rows);
    let mut cells = rows
        .filter(|it| it.id == row)
        .flat_map(|row| &row.cells)
        .filter(|cell| cell.column == column);
    cells.next()
}

/// The value of a cell as printed, if it is asserted.
fn asserted(extraction: &Extraction, row: &str, column: &str) -> Option<String> {
    cell(extraction, row, column)
        .filter(|cell| cell.state == State::Number)
        .and_then(|cell| cell.raw.clone())
}

fn candidates(extraction: &Extraction, row: &str, column: &str) -> Vec<String> {
    let cell = cell(extraction, row, column).filter(|cell| cell.state == State::Ambiguous);
    let candidates = cell.into_iter().flat_map(|cell| &cell.candidates);
    candidates
        .filter_map(|candidate| candidate.raw.clone())
        .collect()
}

fn penalties(value: &str) -> Option<String> {
    let table = format!("{SANCTIONS}行政处罚\n{value}\n行政强制\n7");
    let extraction = report(&table);
    assert_eq!(
        asserted(
            &extraction,
            "administrative_coercion",
            "decisions_this_year"
        )
        .as_deref(),
        Some("7"),
        "{value}"
    );
    asserted(&extraction, "administrative_penalty", "decisions_this_year")
}

#[test]
fn a_plain_number_is_asserted() {
    assert_eq!(penalties("45").as_deref(), Some("45"));
}

#[test]
fn a_range_is_no_number() {
    for range in ["10-20", "10-20件", "10~20", "10 - 20"] {
        assert_eq!(penalties(range), None, "{range}");
    }
}

#[test]
fn a_number_in_words_that_nobody_knows_is_no_count() {
    for words in [
        "4.5 万",
        "45 %",
        "45%",
        "约45",
        "约 45",
        "其中30",
        "45余",
        "1 本年度无处罚",
    ] {
        assert_eq!(penalties(words), None, "{words}");
    }
}

#[test]
fn a_date_is_no_count() {
    for date in ["2021-12-31", "2021.12.31", "2021年12月31日", "2021/12/31"] {
        assert_eq!(penalties(date), None, "{date}");
    }
}

#[test]
fn two_numbers_for_one_cell_are_both_shown() {
    let table = format!("{SANCTIONS}行政处罚\n45\n3\n行政强制\n7");
    let shown = candidates(
        &report(&table),
        "administrative_penalty",
        "decisions_this_year",
    );
    assert_eq!(shown, ["45", "3"]);
}

#[test]
fn a_value_of_joined_labels_is_neither_of_theirs() {
    for join in ["、", "/", "，"] {
        let extraction = report(&format!("{SANCTIONS}行政处罚{join}行政强制\n52"));
        for row in ["administrative_penalty", "administrative_coercion"] {
            assert_eq!(
                asserted(&extraction, row, "decisions_this_year"),
                None,
                "{join}"
            );
        }
    }
}

#[test]
fn headers_in_another_order_leave_two_readings() {
    let cells = "现行有效件数\n本年制发件数\n本年废止件数\n规章\n6\n0\n0\n行政规范性文件\n15\n1\n2";
    let pipes = "| 信息内容 | 现行有效件数 | 本年制发件数 | 本年废止件数 |\n| 规章 | 6 | 0 | 0 |\n\
                 | 行政规范性文件 | 15 | 1 | 2 |";
    let tables = [
        format!("{DOCUMENTS}{cells}"),
        format!("第二十条第（一）项\n{pipes}"),
    ];
    for table in tables {
        let extraction = report(&table);
        for column in ["issued_this_year", "repealed_this_year", "in_force"] {
            assert_eq!(asserted(&extraction, "normative_documents", column), None);
        }
        assert_eq!(
            candidates(&extraction, "normative_documents", "in_force"),
            ["2", "15"]
        );
    }
}

#[test]
fn a_value_before_the_first_label_casts_doubt_on_all() {
    let extraction = report(&format!("{SANCTIONS}45\n行政处罚\n7\n行政强制\n3"));
    for row in ["administrative_penalty", "administrative_coercion"] {
        assert_eq!(asserted(&extraction, row, "decisions_this_year"), None);
    }
}

#[test]
fn a_value_on_the_line_of_a_label_is_of_no_other_row() {
    let extraction = report(&format!("{SANCTIONS}行政处罚\n行政强制 7\n45"));
    assert_ne!(
        asserted(&extraction, "administrative_penalty", "decisions_this_year").as_deref(),
        Some("7")
    );
}
