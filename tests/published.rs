//! What published pages do with the forms: blank cells beside merged ones, titles, years and
//! headings as bodies write them.

use gongkai::extraction::{CheckStatus, Extraction, State};
use gongkai::{Options, extract};

fn read(text: &str) -> Extraction {
    extract(text.as_bytes(), &Options::default()).expect("UTF-8 is known")
}

/// The cells of a row: digits as printed, `_` for blank, `?` for what is not certain.
fn row(extraction: &Extraction, id: &str) -> String {
    let rows = extraction.tables.iter().flat_map(|table| &table.rows);
    let cells = rows.filter(|row| row.id == id).flat_map(|row| &row.cells);
    let shown = cells.map(|cell| match cell.state {
        State::Number => cell.raw.clone().unwrap_or_default(),
        State::Blank => "_".to_owned(),
        _ => "?".to_owned(),
    });
    shown.collect::<Vec<_>>().join(" ")
}

/// The table of requests in HTML, its labels merged over columns and rows, with some rows.
fn page(rows: &[(&str, &str)]) -> Extraction {
    let cell = |value: &str| {
        let shown = if value == "_" { "&nbsp;" } else { value };
        format!("<td><p>{shown}</p></td>")
    };
    let mut html = String::from(
        "<html><body><h1>某市2019年政府信息公开工作年度报告</h1>\
         <p>三、收到和处理政府信息公开申请情况</p><table>\
         <tr><td colspan=3 rowspan=3>（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）</td>\
         <td colspan=7>申请人情况</td></tr>\
         <tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>\
         <tr><td>商业企业</td><td>科研机构</td><td>社会公益组织</td><td>法律服务机构</td><td>其他</td></tr>",
    );
    for (label, values) in rows {
        let values: String = values.split(' ').map(cell).collect();
        html.push_str(&format!("<tr>{label}{values}</tr>"));
    }
    html.push_str("</table></body></html>");
    read(&html)
}

#[test]
fn a_blank_cell_of_html_is_no_merged_one() {
    let page = page(&[
        (
            "<td colspan=3>一、本年新收政府信息公开申请数量</td>",
            "61 4 _ _ 1 _ 66",
        ),
        (
            "<td colspan=3>二、上年结转政府信息公开申请数量</td>",
            "3 _ _ _ _ _ 3",
        ),
        (
            "<td rowspan=4>三、本年度办理结果</td><td colspan=2>（一）予以公开</td>",
            "40 2 _ _ 1 _ _",
        ),
        (
            "<td rowspan=2>（三）不予公开</td><td>1.属于国家秘密</td>",
            "_ _ _ _ _ _ _",
        ),
        ("<td>2.其他法律行政法规禁止公开</td>", "7 _ _ _ _ _ _"),
    ]);
    assert_eq!(row(&page, "received_this_year"), "61 4 _ _ 1 _ 66");
    assert_eq!(row(&page, "results.granted"), "40 2 _ _ 1 _ _");
    assert_eq!(row(&page, "denied.state_secret"), "_ _ _ _ _ _ _");
    assert_eq!(row(&page, "denied.prohibited_by_law"), "7 _ _ _ _ _ _");
}

#[test]
fn a_value_in_merged_cells_of_html_is_of_no_column() {
    let page = page(&[
        (
            "<td colspan=3>一、本年新收政府信息公开申请数量</td>",
            "5 0 0 0 0 0 5",
        ),
        (
            "<td colspan=3>二、上年结转政府信息公开申请数量</td><td colspan=7>0</td>",
            "_",
        ),
        (
            "<td>三、本年度办理结果</td><td colspan=2>（一）予以公开</td>",
            "5 0 0 0 0 0 5",
        ),
    ]);
    assert_eq!(row(&page, "received_this_year"), "5 0 0 0 0 0 5");
    assert_eq!(row(&page, "carried_in"), "? ? ? ? ? ? ?");
    assert_eq!(row(&page, "results.granted"), "5 0 0 0 0 0 5");
}

/// Title, agency and year of a text that has a form's table.
fn front(head: &str) -> (Option<String>, Option<String>, Option<i32>) {
    let extraction = read(&format!(
        "{head}\n二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n\
         现行有效件数\n规章\n0\n0\n6\n行政规范性文件\n1\n0\n15\n"
    ));
    let text = |spanned: Option<gongkai::extraction::SpannedText>| spanned.map(|it| it.text);
    (
        text(extraction.title),
        text(extraction.agency),
        extraction.year.map(|year| year.value),
    )
}

#[test]
fn a_sentence_is_no_title() {
    let head = "一、总体情况\n依照条例，某市甲街道特编制2023年政府信息公开年度报告。";
    assert_eq!(front(head), (None, None, Some(2023)));
    // What was done with another year's report says nothing of this one.
    let head = "一、总体情况\n按时在网站向社会公布2022年政府信息公开年度报告。";
    assert_eq!(front(head), (None, None, None));
}

#[test]
fn a_label_before_a_title_is_no_part_of_the_body() {
    let (_, agency, year) = front("标题某区某乡2022年政府信息公开工作年度报告");
    assert_eq!((agency.as_deref(), year), (Some("某区某乡"), Some(2022)));
}

#[test]
fn the_last_year_of_a_title_is_that_of_the_report() {
    let (_, agency, year) = front("2024年某县教育局2023年度政府信息公开工作年度报告");
    assert_eq!((agency.as_deref(), year), (Some("某县教育局"), Some(2023)));
    let (_, _, year) =
        front("上一篇：某局2022年政府信息公开工作年度报告\n某局2023年政府信息公开工作年度报告");
    assert_eq!(year, Some(2023));
}

#[test]
fn what_stands_before_a_title_is_no_part_of_it() {
    let title = "某县教育局2023年政府信息公开工作年度报告";
    for before in ["2024-01-25 ", "1. ", "一、", "附件1 "] {
        let (_, agency, year) = front(&format!("{before}{title}"));
        assert_eq!(
            (agency.as_deref(), year),
            (Some("某县教育局"), Some(2023)),
            "{before}"
        );
    }
    // Links to other reports, a list of contents.
    for above in [
        "某县教育局2021年政府信息公开工作年度报告\n某县教育局2022年政府信息公开工作年度报告",
        "目录\n一、某县民政局2022年政府信息公开工作年度报告…9",
    ] {
        let (_, agency, year) = front(&format!("{above}\n{title}"));
        assert_eq!(
            (agency.as_deref(), year),
            (Some("某县教育局"), Some(2023)),
            "{above}"
        );
    }
    // The name of the body may begin in the line above.
    for name in [
        "某县住房和城乡\n建设局",
        "某市某区人民政府\n办公室",
        "某区人民政府办公\n室",
    ] {
        let (_, agency, year) = front(&title.replace("某县教育局", name));
        assert_eq!((agency, year), (None, Some(2023)), "{name}");
    }
}

#[test]
fn a_title_may_be_broken_anywhere() {
    for (head, title, agency) in [
        (
            "某市人民政府2022年\n政府信息公开工作年度报告\n",
            "某市人民政府2022年政府信息公开工作年度报告",
            "某市人民政府",
        ),
        (
            "某县甲局2022年度信息公开工作\n年度报告\n",
            "某县甲局2022年度信息公开工作年度报告",
            "某县甲局",
        ),
    ] {
        let told = front(head);
        assert_eq!(told.0.as_deref(), Some(title));
        assert_eq!(told.1.as_deref(), Some(agency));
        assert_eq!(told.2, Some(2022));
    }
    // A date above a title names nobody.
    let told = front("2023年1月25日\n政府信息公开工作年度报告\n");
    assert_eq!((told.1, told.2), (None, None));
}

#[test]
fn a_title_may_stand_in_a_table_about_the_report() {
    let told =
        front("| 分类 | 政府信息公开年报 |\n| 名称 | 某县乙镇2022年政府信息公开工作年度报告 | |");
    assert_eq!(
        told.0.as_deref(),
        Some("某县乙镇2022年政府信息公开工作年度报告")
    );
    assert_eq!((told.1.as_deref(), told.2), (Some("某县乙镇"), Some(2022)));
}

#[test]
fn a_report_says_its_year_where_it_begins() {
    let head = "现将我局2022年度政府信息公开工作情况报告如下：";
    assert_eq!(front(head), (None, None, Some(2022)));
    let head = "主要从六个方面汇报我镇2023年政府信息公开工作。";
    assert_eq!(front(head), (None, None, Some(2023)));
}

#[test]
fn the_year_tells_apart_forms_that_are_alike() {
    let form = |year: &str| {
        let table = "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人\n法人或其他组织\n总计\n商业企业\n\
             科研机构\n社会公益组织\n法律服务机构\n其他\n一、本年新收政府信息公开申请数量\n26\n0\n0\n0\n0\n0\n26\n";
        let extraction = read(&format!("某县{year}政府信息公开工作年度报告\n{table}"));
        extraction.form.map(|form| form.id)
    };
    assert_eq!(form("2020年").as_deref(), Some("annual_2019"));
    assert_eq!(form("2023年").as_deref(), Some("annual_2021"));
}

#[test]
fn another_table_behind_a_known_one_is_none_of_its_rows() {
    let cells =
        "| 渠道 | 网站 | 微信 | 微博 |\n| 一季度 | 11 | 12 | 13 |\n| 二季度 | 14 | 15 | 16 |\n";
    let alone = "渠道\n网站\n微信\n微博\n一季度\n11\n12\n13\n二季度\n14\n15\n16\n";
    for (head, behind) in [
        (
            "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| 规章 | 0 | 0 | 0 |\n\
             | 行政规范性文件 | 1 | 2 | 3 |\n",
            cells,
        ),
        (
            "信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n0\n行政规范性文件\n1\n2\n3\n",
            alone,
        ),
    ] {
        let text = format!(
            "某镇2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（一）项\n{head}{behind}"
        );
        let read = read(&text);
        assert_eq!(row(&read, "normative_documents"), "1 2 3");
        assert_eq!(row(&read, "extra-1"), "", "{text}");
    }
}

#[test]
fn a_cell_may_hold_a_word() {
    let read = read(
        "某镇2022年政府信息公开工作年度报告\n第二十条第（五）项\n| 信息内容 | 本年处理决定数量 |\n\
         | 行政许可 | abc |\n",
    );
    let cell = &read.tables[0].rows[0].cells[0];
    assert_eq!(
        (cell.state, cell.raw.as_deref()),
        (State::Text, Some("abc"))
    );
}

#[test]
fn a_row_of_its_own_may_complete_a_sum() {
    let of = |last: &str| {
        let read = read(&format!(
            "某县2016年政府信息公开工作年度报告\n政府信息公开情况统计表\n| 统计指标 | 单位 | 统计数 |\n\
             | 三、依申请公开情况 | | |\n| （一）收到申请数 | 件 | 10 |\n| 1.当面申请数 | 件 | 4 |\n\
             | 2.传真申请数 | 件 | 1 |\n| 3.网络申请数 | 件 | 2 |\n| 4.信函申请数 | 件 | 1 |\n\
             | 5.现场扫码申请数 | 件 | {last} |\n| （二）申请办结数 | 件 | 10 |\n"
        ));
        let sum = read
            .checks
            .iter()
            .find(|check| check.id == "stat_received_sum");
        sum.map(|check| (check.status, check.reason.clone()))
    };
    let reason = "rows that the form does not have make up the difference".to_owned();
    assert_eq!(of("2"), Some((CheckStatus::Unevaluated, Some(reason))));
    assert_eq!(of("5"), Some((CheckStatus::Fail, None)));
}

#[test]
fn empty_cells_between_lone_borders_are_blank() {
    let empty = "|\n".repeat(6);
    let page = read(&format!(
        "三、收到和处理政府信息公开申请情况\n申请人情况 |\n||||||||\n自然人 |\n法人或其他组织 |\n总计 |\n\
         |||||\n商业企业 |\n科研机构 |\n社会公益组织 |\n法律服务机构 |\n其他 |\n|||||\n\
         一、本年新收政府信息公开申请数量 |\n{empty}4 |\n||\n\
         二、上年结转政府信息公开申请数量 |\n{empty}0 |\n||\n"
    ));
    let states = |id: &str| {
        let row = page.tables[0]
            .rows
            .iter()
            .find(|row| row.id == id)
            .expect("the row is there");
        let cells = row.cells.iter().map(|cell| cell.state);
        (cells.collect::<Vec<_>>(), row.cells[6].raw.clone())
    };
    let mut expected = vec![State::Blank; 6];
    expected.push(State::Number);
    assert_eq!(
        states("received_this_year"),
        (expected.clone(), Some("4".to_owned()))
    );
    assert_eq!(states("carried_in"), (expected, Some("0".to_owned())));
}

/// The fifteen numbers of section four, and how they were read.
fn cases(section: &str) -> (String, String) {
    let page = read(&format!(
        "某县2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n| 信息内容 | 本年制发件数 | \
         本年废止件数 | 现行有效件数 |\n| 规章 | 0 | 0 | 0 |\n\
         四、政府信息公开行政复议、行政诉讼情况\n{section}五、存在的主要问题及改进情况\n无。\n"
    ));
    let table = page
        .tables
        .iter()
        .find(|table| table.id == "review_litigation");
    let how = |cell: &gongkai::extraction::Cell| cell.reading.map(|it| format!("{it:?}"));
    let how = table.and_then(|table| how(&table.rows[0].cells[0]));
    (row(&page, "cases"), how.unwrap_or_default())
}

#[test]
fn section_four_without_headers_is_what_its_sums_say() {
    let numbers = "| 27 | 10 | 9 | 15 | 61 | 3 | 0 | 0 | 0 | 3 | 8 | 0 | 1 | 1 | 10 |\n";
    let read = "27 10 9 15 61 3 0 0 0 3 8 0 1 1 10".to_owned();
    assert_eq!(cases(numbers), (read, "Solved".to_owned()));
    let broken = numbers.replace("61", "62");
    assert_eq!(cases(&broken).1, "");
    assert_eq!(cases(&numbers.replace("| 10 |\n", "|\n")).1, "");
}

#[test]
fn section_four_may_be_three_tables() {
    let table = |heading: &str, values: &str| {
        format!(
            "### {heading}\n| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n|---|---|---|---|---|\n\
             | {values} |\n\n"
        )
    };
    let section = |second: &str| {
        table("行政复议", "27 | 10 | 9 | 15 | 61")
            + &table("行政诉讼（未经复议直接起诉）", second)
            + &table("行政诉讼（复议后起诉）", "8 | 0 | 1 | 1 | 10")
    };
    let read = "27 10 9 15 61 3 0 0 0 3 8 0 1 1 10";
    assert_eq!(cases(&section("3 | 0 | 0 | 0 | 3")).0, read);
    assert_eq!(cases(&section("3 | 0 | 0 | 3")).1, "");
}

#[test]
fn a_row_that_only_the_other_edition_has_is_a_row_of_its_own() {
    let page = read(
        "某县2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n\
         本年新制作数量\n本年新公开数量\n对外公开总数量\n规章\n1\n2\n3\n规范性文件\n4\n5\n6\n\
         第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n5\n其他对外管理服务事项\n8\n\
         第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚\n9\n行政强制\n10\n",
    );
    assert_eq!(page.tables[1].form.as_deref(), Some("annual_2021"));
    assert_eq!(row(&page, "administrative_licensing"), "5");
    assert_eq!(row(&page, "extra-1"), "8");
    assert_eq!(page.tables[1].rows[1].label, ["其他对外管理服务事项"]);
}

#[test]
fn a_unit_behind_a_label_is_of_the_columns_that_measure_alike() {
    let page = read(
        "某县2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（九）项\n\
         信息内容 | 采购项目数量 | 采购总金额 |\n政府集中采购（万元） | 13 | 477.35 |\n",
    );
    let units = page.tables[0].rows[0]
        .cells
        .iter()
        .map(|cell| cell.unit.as_deref());
    assert_eq!(units.collect::<Vec<_>>(), [Some("项"), Some("万元")]);
    for line in ["单位：项、万元", "单位：项,万元", "单位：项/万元"] {
        let page = read(&format!(
            "某县2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（九）项\n{line}\n\
             信息内容\n采购项目数量\n采购总金额\n政府集中采购\n13\n477.35\n"
        ));
        let cells = page.tables[0].rows[0].cells.iter();
        let units: Vec<_> = cells.map(|cell| cell.unit.as_deref()).collect();
        assert_eq!(units, [Some("项"), Some("万元")], "{line}");
    }
}

#[test]
fn a_unit_in_a_column_of_its_own_is_that_of_the_row() {
    let page = read(
        "某县2016年政府信息公开情况统计表\n| 统计指标 | 单位 | 统计数 |\n| 六、举报投诉数量 | 件 | 3 |\n\
         | 七、依申请公开信息收取的费用 | 元 | 353 |\n| 八、机构建设和保障经费情况 | | |\n\
         | （一）政府信息公开工作专门机构数 | 个 | 1 |\n| （四）政府信息公开专项经费 | 万元 | 39 |\n",
    );
    let rows = page.tables[0].rows.iter();
    let units = rows.map(|row| row.cells[0].unit.clone().unwrap_or_default());
    assert_eq!(units.collect::<Vec<_>>(), ["件", "元", "个", "万元"]);
}

#[test]
fn a_printed_unit_is_that_of_the_numbers_below_it() {
    let unit = |above: &str, header: &str, value: &str| {
        let extraction = read(&format!(
            "某县2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（八）项\n{above}\
             信息内容\n{header}\n行政事业性收费\n{value}\n"
        ));
        let cell = &extraction.tables[0].rows[0].cells[0];
        assert_eq!(cell.state, State::Number, "{header}");
        cell.unit.clone()
    };
    let fees = "本年收费金额（单位：万元）";
    assert_eq!(unit("", fees, "7730.28").as_deref(), Some("万元"));
    assert_eq!(unit("", fees, "7730.28元").as_deref(), Some("元"));
    for other in [
        "（单位：元）",
        "（单位 元）",
        "（元）",
        "(单位 : 元)",
        "\n（单位：元）",
    ] {
        let header = format!("本年收费金额{other}");
        assert_eq!(
            unit("", &header, "77302800").as_deref(),
            Some("元"),
            "{other}"
        );
    }
    assert_eq!(unit("", "本年收费金额", "7730.28").as_deref(), Some("万元"));
    assert_eq!(
        unit("单位：元\n", "本年收费金额", "7730").as_deref(),
        Some("元")
    );
    assert_eq!(
        unit("单位：项\n", "本年收费金额", "7730").as_deref(),
        Some("万元")
    );
}

#[test]
fn units_may_be_glued_to_labels_and_numbers() {
    let of = |headers: &str| {
        let read = read(&format!(
            "某县2016年政府信息公开工作年度报告\n政府信息公开情况统计表\n{headers}三、依申请公开情况（一）收到申请数件12\
             1.当面申请数件32.传真申请数件03.网络申请数件94.信函申请数件0（二）申请办结数件12\n"
        ));
        ["requests.received", "received.in_person", "received.letter"].map(|id| row(&read, id))
    };
    assert_eq!(of("统计指标单位统计数"), ["12", "3", "0"]);
    // A header more: 12 may be 1 and 2.
    assert_eq!(of("统计指标单位统计数乡镇街道数"), ["?", "?", "?"]);
}

#[test]
fn words_of_a_sentence_are_no_rows() {
    let read = read(
        "某区2022年政府信息依申请公开情况\n全年共答复1453件。其中，予以公开966件，占66%；部分公开67，占5%；不予公开81件，\
         占6%；其他处理12件。\n",
    );
    assert_eq!((read.form.is_none(), read.tables.len()), (true, 0));
}

/// The sections: number, title as printed, and what stands under it.
fn sections(extraction: &Extraction) -> String {
    let section = |section: &gongkai::extraction::Section| {
        let number = section.number.as_deref().unwrap_or_default();
        format!("{number} {}: {}", section.title.text, section.blocks.len())
    };
    let shown: Vec<String> = extraction.sections.iter().map(section).collect();
    shown.join("; ")
}

#[test]
fn headings_may_use_other_words() {
    let tables = "第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚\n3\n行政强制\n4\n";
    // What the list of contents has under 一 is not the section.
    let text = format!(
        "某县2021年政府信息公开工作年度报告\n一、概况\n二、主动公开政府信息情况\n一、总体概述\n\
         本年主动公开信息12条。\n二、主动公开政府信息情况\n{tables}\
         三、收到和处理政府信息公开申请情况\n无。\n四、政府信息公开行政复议、行政诉讼情况\n无。\n\
         五、存在问题和改进措施\n一是内容不多。\n六、其他事项\n无。\n"
    );
    insta::assert_snapshot!(
        sections(&read(&text)),
        @"一 总体概述: 1; 二 主动公开政府信息情况: 1; 三 收到和处理政府信息公开申请情况: 1; 四 政府信息公开行政复议、行政诉讼情况: 1; 五 存在问题和改进措施: 1; 六 其他事项: 1"
    );
    // A line that only has the number of a section is none of it, nor one that the text cuts.
    let text = format!(
        "一、总体情况\n无。\n二、主动公开政府信息情况\n{tables}三、严格按照时限办理\n五、存在的主要问题及改进情况\n无。\n六、其他需"
    );
    insta::assert_snapshot!(
        sections(&read(&text)),
        @"一 总体情况: 1; 二 主动公开政府信息情况: 2; 五 存在的主要问题及改进情况: 2"
    );
}

#[test]
fn a_row_of_borders_alone_is_blank() {
    let text = "某县2021年政府信息公开工作年度报告\n第二十条第（五）项\n信息内容 | 本年处理决定数量 |\n\
                行政许可 | ||||\n第二十条第（六）项\n信息内容 | 本年处理决定数量 |\n行政处罚 | 3 |\n行政强制 | |\n";
    let extraction = read(text);
    assert_eq!(row(&extraction, "administrative_licensing"), "_");
    assert_eq!(row(&extraction, "administrative_penalty"), "3");
    assert_eq!(row(&extraction, "administrative_coercion"), "_");
}
