//! What stands in a cell and is no number, or more than one.

use super::{SANCTIONS, asserted, candidates, penalties, read, report};

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
fn values_further_apart_than_usual() {
    let coercion = |gap: &str| {
        let text = format!(
            "某县2019年政府信息公开工作年度报告\n\n第二十条第（六）项\n\n信息内容\n\n上一年项目数量\n\n\
             本年增/减\n\n处理决定数量\n\n行政处罚\n\n0\n\n234\n\n0\n\n行政强制\n\n432{gap}651\n\n0\n\n\
             第二十条第（八）项\n\n信息内容\n\n上一年项目数量\n\n本年增/减\n\n行政事业性收费\n\n3\n\n1\n\n"
        );
        let extraction = read(&text);
        asserted(&extraction, "administrative_coercion", "change_this_year")
    };
    assert_eq!(coercion("\n\n").as_deref(), Some("651"));
    // A blank cell stands between: 651 is of another column, or of another table.
    assert_eq!(coercion("\n\n\n\n"), None);
}

#[test]
fn words_beside_a_number_on_its_line() {
    let licences = |row: &str| {
        let extraction = report(&format!(
            "第二十条第（五）项\n信息内容  本年处理决定数量\n行政许可  {row}\n\
             第二十条第（六）项\n信息内容  本年处理决定数量\n行政处罚  3\n行政强制  7"
        ));
        asserted(
            &extraction,
            "administrative_licensing",
            "decisions_this_year",
        )
    };
    assert_eq!(licences("1100").as_deref(), Some("1100"));
    for row in ["上年 1100", "约 1100", "罚款（万元）  1100"] {
        assert_eq!(licences(row), None, "{row}");
    }
    // In one cell as well.
    let amount = |cell: &str| {
        let extraction = read(&format!(
            "某局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（九）项 |\n信息内容 |\n\
             采购项目数量 |\n采购总金额 |\n政府集中采购 |\n8 |\n{cell} |\n"
        ));
        asserted(&extraction, "centralized_procurement", "procurement_amount")
    };
    assert_eq!(amount("348.17").as_deref(), Some("348.17"));
    assert_eq!(amount("348.17 万"), None);
}

#[test]
fn a_note_that_makes_a_number_another() {
    assert_eq!(penalties("348").as_deref(), Some("348"));
    for note in ["（万）", "（%）", "（减）", "（上年）"] {
        assert_eq!(penalties(&format!("348{note}")), None, "{note}");
    }
}
