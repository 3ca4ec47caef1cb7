//! What stands in a cell and is no number, or more than one.

use super::{SANCTIONS, asserted, candidates, cell, penalties, read, report};

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

#[test]
fn numbers_that_go_on_in_another_line() {
    let table = |rows: &str| {
        read(&format!(
            "某县2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n申请人情况\n\
             自然人   法人或其他组织   总计\n商业企业   科研机构   社会公益组织   法律服务机构   其他\n{rows}\n"
        ))
    };
    let total = |rows: &str| asserted(&table(rows), "received_this_year", "total");
    let row = "一、本年新收政府信息公开申请数量   1   518   388   417   237   6   1567";
    let next = "二、上年结转政府信息公开申请数量   2   0   0   0   0   0   2";
    assert_eq!(total(&format!("{row}\n{next}")).as_deref(), Some("1567"));
    // 6,751 in a narrow cell, and a total below the others.
    assert_eq!(
        total(&format!("   6,75            1,01\n{row}\n{next}")),
        None
    );
    let below =
        "一、本年新收政府信息公开申请数量   1   518   388   417   237   6\n                2";
    assert_eq!(total(&format!("{below}\n{next}")), None);
}

#[test]
fn values_of_rows_that_come_in_each_other_s_places() {
    let text = "某县2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n申请人情况\n自然人\n\
                法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n\
                一、本年新收政府信息公开申请数量\n22\n2\n二、上年结转政府信息公开申请数量\n1\n2\n2\n28\n3\n1\n5\n\
                （一）予以公开\n1\n0\n0\n0\n0\n0\n1\n";
    let extraction = read(text);
    assert_eq!(asserted(&extraction, "carried_in", "total"), None);
    assert_eq!(
        asserted(&extraction, "results.granted", "total").as_deref(),
        Some("1")
    );
}

#[test]
fn a_unit_near_a_table_is_that_of_its_numbers() {
    let unit = |table: &str| {
        let text = read(&format!(
            "某县2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（九）项{table}\n\
             三、收到和处理政府信息公开申请情况\n"
        ));
        cell(&text, "centralized_procurement", "procurement_amount").and_then(|it| it.unit.clone())
    };
    let headers = "\n信息内容 | 采购项目数量 | 采购总金额 |";
    let row = "\n政府集中采购 | 8 | 348.17 |";
    assert_eq!(unit(&format!("{headers}{row}")).as_deref(), Some("元"));
    for near in [
        format!(" 单位：万元{headers}{row}"),
        format!("{headers}\n | （个） | （万元） |{row}"),
        format!("{headers}{row}\n注：采购总金额单位为万元。"),
        format!("\n（以下金额单位均为万元）{headers}{row}"),
        "\n信息内容\n采购项目数量\n采购总金额\n政府集中采购\n8\n348.17\n万元".to_owned(),
    ] {
        assert_eq!(unit(&near).as_deref(), Some("万元"), "{near}");
    }
    // A sum in words is none, nor is a bare scale the form's.
    let sum = format!("{headers}{row}\n合计五百万元。");
    assert_eq!(unit(&sum).as_deref(), Some("元"));
    let scale = headers.replace("总金额", "总金额（万）");
    assert_eq!(unit(&format!("{scale}{row}")).as_deref(), Some("万"));
}

#[test]
fn an_amount_that_is_broken_at_its_point() {
    for fee in ["7730.\n28", "96171\n.6", "3.48亿", "7730.28"] {
        let text = read(&format!(
            "某县2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{SANCTIONS}行政处罚\n8\n\
             行政强制\n7\n第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费 {fee}\n\
             三、收到和处理政府信息公开申请情况\n"
        ));
        let asserted = asserted(&text, "administrative_fees", "fees_collected");
        assert_eq!(asserted.is_some(), fee == "7730.28", "{fee}");
    }
}
