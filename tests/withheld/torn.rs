//! Numbers, units and rows of marks that a page leaves in pieces, and texts that break off in a cell.
//! Rows are shown as in [`super::programs`].

use super::programs::{cases, rows};
use super::{cell, read};

/// A report of 2020 with one part of section two, and the heading of the next.
fn report(part: &str) -> String {
    format!(
        "某县财政局2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{part}\n\
         三、收到和处理政府信息公开申请情况\n"
    )
}

/// The row of licences behind its label.
fn licences(value: &str) -> String {
    let part = format!("第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可{value}");
    rows(&report(&part), &["administrative_licensing"])
}

/// The row of purchases, and the unit of the amount; rows and cells are parted by `by`.
fn purchases(amount: &str, by: &str) -> String {
    let head = [
        "第二十条第（九）项",
        "信息内容",
        "采购项目数量",
        "采购总金额",
    ]
    .join(by);
    let text = report(&format!("{head}{by}政府集中采购{by}6{by}{amount}"));
    let extraction = read(&text);
    let amount = cell(&extraction, "centralized_procurement", "procurement_amount");
    let unit = amount.and_then(|cell| cell.unit.clone());
    let unit = unit.unwrap_or_default();
    format!("{} {unit}", rows(&text, &["centralized_procurement"]))
}

#[test]
fn the_rest_of_a_number_below_it_or_in_the_next_cell_withholds_it() {
    for torn in [
        "\n517\n,645",
        "\n517，\n645",
        "|517|,645",
        "\t517\t，645",
        "\n517\n.5",
        "|517|.|5",
    ] {
        assert_eq!(licences(torn), "administrative_licensing: ?", "{torn:?}");
    }
    assert_eq!(licences("|517,645|"), "administrative_licensing: 517,645");
    insta::assert_snapshot!(rows(
        "某局2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n\
         一、本年新收政府信息公开申请数量|821|500|0|0|2|1|1|,324\n\
         二、上年结转政府信息公开申请数量|0|0|0|0|0|0|0\n四、政府信息公开行政复议、行政诉讼情况\n",
        &["received_this_year", "carried_in"]
    ), @r"
    received_this_year: ? ? ? ? ? ? ?
    carried_in: 0 0 0 0 0 0 0
    ");
}

#[test]
fn a_unit_in_pieces_withholds_its_amount() {
    for torn in [
        "160.59\n万\n元",
        "160.59 万 元",
        "160.59\n万元人民币",
        "160.59\n万",
    ] {
        let shown = purchases(torn, "\n");
        assert!(!shown.contains("160.59"), "{torn:?}: {shown}");
    }
}

#[test]
fn a_unit_in_the_next_cell_is_that_of_the_amount() {
    insta::assert_snapshot!(purchases("160.59|万元", "|"), @"centralized_procurement: 6 160.59 万元");
    insta::assert_snapshot!(purchases("160.59\t万元", "\t"), @"centralized_procurement: 6 160.59 万元");
    insta::assert_snapshot!(purchases("160.59\n\n万元", "\n\n"), @"centralized_procurement: 6 160.59 万元");
    insta::assert_snapshot!(purchases("160.59", "|"), @"centralized_procurement: 6 160.59 元");
}

#[test]
fn marks_in_one_run_are_no_row_without_values() {
    let text = "某局2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n\
                一、本年新收政府信息公开申请数量3101001042\n二、上年结转政府信息公开申请数量-------\n\
                三、本年度办理结果（一）予以公开///////\n（二）部分公开（区分处理的，只计这一情形，不计其他情形）\
                31010010\n四、政府信息公开行政复议、行政诉讼情况\n";
    insta::assert_snapshot!(rows(text, &["carried_in", "results.granted"]), @r"
    carried_in: ? ? ? ? ? ? ?
    results.granted: ? ? ? ? ? ? ?
    ");
}

/// Section three that breaks off in its second row, cells between borders or in HTML.
fn cut(cells: &str, html: bool) -> String {
    let heading = "三、收到和处理政府信息公开申请情况";
    let labels = [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
    ];
    let text = match html {
        true => format!(
            "<p>{heading}</p><table><tr><td>{}</td><td>821</td><td>35</td><td>0</td><td>0</td><td>2</td>\
             <td>1</td><td>859</td></tr><tr><td>{}</td>{cells}",
            labels[0], labels[1]
        ),
        false => format!(
            "{heading}\n{}\t821\t35\t0\t0\t2\t1\t859\n{}\t{cells}",
            labels[0], labels[1]
        ),
    };
    let text = format!("某局2023年政府信息公开工作年度报告\n{text}");
    rows(&text, &["carried_in"])
}

#[test]
fn a_cell_in_which_the_text_breaks_off_is_not_known() {
    insta::assert_snapshot!(cut("18\t0\t", false), @"carried_in: 18 0 x x x x x");
    insta::assert_snapshot!(cut("18\t0\t1", false), @"carried_in: 18 0 ? x x x x");
    insta::assert_snapshot!(cut("<td>18</td><td>0</td><td>1", true), @"carried_in: 18 0 ? x x x x");
    insta::assert_snapshot!(cut("<td>18</td><td>0</td><td><p align", true), @"carried_in: 18 0 x x x x x");
    insta::assert_snapshot!(cut("<td>18</td><td>0</td>", true), @"carried_in: 18 0 x x x x x");
}

#[test]
fn as_many_borders_in_each_row_are_those_before_its_cells() {
    let text = "某局2019年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n\
                一、本年新收政府信息公开申请数量|821|35|||2|1|859\n二、上年结转政府信息公开申请数量|18||||||18\n\
                三、本年度办理结果|（一）予以公开|258|12|||1|1|\n\
                （二）部分公开（区分处理的，只计这一情形，不计其他情形）|3||||||\n\
                （三）不予公开|1.属于国家秘密|14||||||\n四、政府信息公开行政复议、行政诉讼情况\n";
    insta::assert_snapshot!(rows(text, &["received_this_year", "carried_in", "results.granted", "denied.state_secret"]), @r"
    received_this_year: 821 35 _ _ 2 1 859
    carried_in: 18 _ _ _ _ _ 18
    results.granted: 258 12 _ _ 1 1 _
    denied.state_secret: 14 _ _ _ _ _ _
    ");
}

#[test]
fn markdown_with_html_tables_keeps_its_lines_and_borders() {
    let text = "# 某市财政局2023年政府信息公开工作年度报告\n\n# 二、主动公开政府信息情况\n\n\
                <table><tr><td colspan=\"4\">第二十条第（一）项</td></tr><tr><td>信息内容</td><td>本年制发件数</td>\
                <td>本年废止件数</td><td>现行有效件数</td></tr><tr><td>规章</td><td>0</td><td></td><td>0</td></tr>\
                <tr><td>行政规范性文件</td><td>8</td><td>1</td><td>18</td></tr></table>\n\n\
                # 三、收到和处理政府信息公开申请情况\n\n\
                | 一、本年新收政府信息公开申请数量 | 821 | 35 | | | 2 | 1 | 859 |\n|---|---|---|---|---|---|---|---|\n\
                | 二、上年结转政府信息公开申请数量 | 18 | | | | | | 18 |\n";
    let title = read(text).title.map(|title| title.text);
    assert_eq!(
        title.as_deref(),
        Some("某市财政局2023年政府信息公开工作年度报告")
    );
    insta::assert_snapshot!(rows(text, &["rules", "normative_documents", "received_this_year", "carried_in"]), @r"
    rules: 0 _ 0
    normative_documents: 8 1 18
    received_this_year: 821 35 _ _ 2 1 859
    carried_in: 18 _ _ _ _ _ 18
    ");
}

#[test]
fn the_word_before_a_title_is_none_of_it() {
    for gap in ["   ", "\t", "："] {
        let title = read(&format!(
            "名称{gap}某局2023年政府信息公开工作年度报告\n一、总体情况\n"
        ))
        .title;
        assert_eq!(
            title.map(|it| it.text).as_deref(),
            Some("某局2023年政府信息公开工作年度报告"),
            "{gap:?}"
        );
    }
}

#[test]
fn a_comma_alone_between_numbers_is_of_one_of_them() {
    let part = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n1\n,\n234\n0\n\
                行政规范性文件\n2\n1\n7";
    insta::assert_snapshot!(rows(&report(part), &["rules", "normative_documents"]), @r"
    rules: ? ? ?
    normative_documents: 2 1 7
    ");
}

#[test]
fn unknown_units_and_rounded_numbers_are_withheld() {
    for torn in [
        "160.59\n人民币万元",
        "160.59\n十万元",
        "160.59\n万余元",
        "160.59\n港币",
        "160.59\n仟元",
    ] {
        assert_eq!(
            purchases(torn, "\n"),
            "centralized_procurement: ? ? ",
            "{torn:?}"
        );
    }
    assert_eq!(licences("\n10\n万余"), "administrative_licensing: ?");
}

#[test]
fn a_unit_in_the_next_cell_may_be_padded_or_in_brackets() {
    for behind in [
        "160.59              | 万元",
        "160.59|（万元）",
        "160.59|单位：万元",
        "160.59\n万元。",
    ] {
        let by = if behind.contains('|') { "|" } else { "\n" };
        assert_eq!(
            purchases(behind, by).rsplit(' ').next(),
            Some("万元"),
            "{behind:?}"
        );
    }
}

#[test]
fn a_sentence_behind_a_row_is_no_unit() {
    for sentence in [
        "万人助万企活动中，公开信息12条。",
        "百件实事全部办结。",
        "千人计划",
    ] {
        assert_eq!(
            licences(&format!("\n517\n{sentence}")),
            "administrative_licensing: 517"
        );
    }
}

#[test]
fn a_unit_of_the_next_row_is_not_that_of_the_value_before() {
    let text = "东河区教育局2012年政府信息公开工作年度报告\n浦东新区政府信息公开月报\n\
                | 指标名称 | 计算单位 | 代码 | 本月累计 | 年度累计 |\n\
                | 依申请提供信息收取费用 | 元 | 43 | 2,777.21 | 3,465.56 |\n\
                | 其中：1.检索费 | 元 | 44 | 263.32 | 830.05 |\n| 2.邮寄费 | 元 | 45 | 689 | 689 |\n\
                | 5.复制费（软盘） | 元 | 48 | 337.72 | 337.72 |\n|  | 万元 | 99 | 12 | 30 |\n\
                | 政府信息公开指定专职人员数 | 人 | 49** | 926 | 1,057 |\n";
    let extraction = read(text);
    let fees = cell(&extraction, "fees_request.copy_floppy", "year_to_date");
    let fees = fees.map(|cell| (cell.raw.as_deref(), cell.unit.as_deref()));
    assert_eq!(fees, Some((Some("337.72"), Some("元"))));
}

#[test]
fn a_mark_between_borders_is_no_blank_cell() {
    let part = "|第二十条第（一）项|||\n|信息内容|本年制发件数|本年废止件数|现行有效件数|\n|规章|1|×|5|\n\
                |行政规范性文件|一|2|3|";
    insta::assert_snapshot!(rows(&report(part), &["rules", "normative_documents"]), @r"
    rules: ? ? ?
    normative_documents: ? ? ?
    ");
}

#[test]
fn runs_of_other_marks_are_no_row_without_values() {
    for marks in ["……", "*******", "/、/、/", "\n///////"] {
        assert_eq!(licences(marks), "administrative_licensing: ?", "{marks:?}");
    }
    for none in ["", "\n--------", "："] {
        assert_eq!(licences(none), "administrative_licensing: x", "{none:?}");
    }
}

#[test]
fn what_stands_behind_a_closing_border_is_no_cell() {
    let text = |last: &str| {
        format!(
            "某局2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n\
             | 一、本年新收政府信息公开申请数量 |  | 5 | 0 | 0 | 0 | 0 | 5 |\n\
             | 二、上年结转政府信息公开申请数量 |  | 1 | 0 | 0 | 0 | 0 | 1 |{last}\n\
             四、政府信息公开行政复议、行政诉讼情况\n"
        )
    };
    for last in [" 注", " 3", ""] {
        let shown = rows(&text(last), &["received_this_year"]);
        assert!(!shown.contains(": 5"), "{last:?}: {shown}");
    }
}

#[test]
fn what_withholds_a_row_withholds_one_without_label() {
    let whole = "1|0|0|0|1|2|0|0|0|2|3|0|0|0|3";
    assert_eq!(cases(whole), format!("cases: {}", whole.replace('|', " ")));
    let withheld = format!("cases: {}", ["?"; 15].join(" "));
    for row in [
        whole.replacen("|0|", "|×|", 1),
        format!("{whole} 万"),
        whole.replacen("1|", "1|,645|", 1),
    ] {
        assert_eq!(cases(&row), withheld, "{row}");
    }
}

#[test]
fn words_with_figures_are_no_piece_of_a_label() {
    for value in ["|￥774.35件|", " ￥0件", "|⑤|", "|≥6件|"] {
        let shown = licences(value);
        assert!(
            !shown.ends_with(": _") && !shown.ends_with(": x"),
            "{value}: {shown}"
        );
    }
}
