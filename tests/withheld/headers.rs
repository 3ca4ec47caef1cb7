//! Headers that are missing, damaged, exchanged or of another meaning, and tables that are not alone.

use gongkai::extraction::Extraction;

use super::{DOCUMENTS, SANCTIONS, asserted, candidates, none_asserted, read, report};

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
fn sums_say_where_a_total_stands_whose_header_is_first() {
    let row = |values: &str| {
        let values = values.replace(' ', "\n");
        let extraction = read(&format!(
            "某县2021年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n申请人情况\n总计\n自然人\n法人或其他组织\n商业企业\n科研机构\n\
             社会公益组织\n法律服务机构\n其他\n一、本年新收政府信息公开申请数量\n{values}\n\
             五、存在的主要问题及改进情况\n无。\n"
        ));
        let of_row = |column| asserted(&extraction, "received_this_year", column);
        (
            of_row("natural_person"),
            of_row("legal_entity.business"),
            of_row("total"),
        )
    };
    let some = |value: &str| Some(value.to_owned());
    let read = (some("3"), some("1"), some("4"));
    assert_eq!(row("3 1 0 0 0 0 4"), read);
    assert_eq!(row("4 3 1 0 0 0 0"), read);
    // Both orders hold: what they agree on is certain.
    assert_eq!(row("4 0 0 0 0 0 4"), (None, some("0"), some("4")));
    // Neither does.
    assert_eq!(row("4 3 1 0 0 0 2"), (None, None, None));
}

#[test]
fn a_damaged_header_in_the_place_of_another() {
    // 社会公益组 behind 法律服务机构: the two columns are exchanged.
    let table = |headers: &str| {
        report(&format!(
            "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n\
             {headers}\n其他\n一、本年新收政府信息公开申请数量\n1\n0\n0\n5\n2\n0\n8\n"
        ))
    };
    let total = |headers| asserted(&table(headers), "received_this_year", "total");
    assert_eq!(total("社会公益组织\n法律服务机构").as_deref(), Some("8"));
    assert_eq!(total("社会公益组\n法律服务机构").as_deref(), Some("8"));
    none_asserted(&table("法律服务机构\n社会公益组"), "requests");
}

#[test]
fn a_header_of_another_meaning_in_the_place_of_a_column() {
    let table = |headers: &str| {
        report(&format!(
            "三、收到和处理政府信息公开申请情况\n申请人情况\n{headers}\n\
             一、本年新收政府信息公开申请数量\n1\n0\n4\n5\n2\n0\n12\n"
        ))
    };
    let research = |headers: &str| {
        asserted(
            &table(headers),
            "received_this_year",
            "legal_entity.research",
        )
    };
    let whole = "自然人\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n总计";
    assert_eq!(research(whole).as_deref(), Some("4"));
    // Half of its letters are missing, or one is another.
    assert_eq!(
        research(&whole.replace("科研机构", "科研")).as_deref(),
        Some("4")
    );
    assert_eq!(
        research(&whole.replace("科研机构", "科硏机构")).as_deref(),
        Some("4")
    );
    let media = table(&whole.replace("科研机构", "新闻媒体"));
    assert_eq!(
        candidates(&media, "received_this_year", "legal_entity.research"),
        ["4"]
    );
    let total = asserted(&media, "received_this_year", "total");
    assert_eq!(total.as_deref(), Some("12"));
    // Behind the last column it moves those before it.
    none_asserted(
        &table("自然人\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n总计\n上年总计"),
        "requests",
    );
}

#[test]
fn a_header_of_another_meaning_heads_a_column_of_its_own() {
    for other in ["本年修改件数", "上年废止件数", "本年获取数量"] {
        let extraction = report(&format!(
            "{DOCUMENTS}本年制发件数\n{other}\n现行有效件数\n规章\n1\n2\n3\n行政规范性文件\n4\n5\n6"
        ));
        assert_eq!(asserted(&extraction, "rules", "repealed_this_year"), None);
        assert_eq!(
            asserted(&extraction, "rules", "extra-1").as_deref(),
            Some("2")
        );
        assert_eq!(
            asserted(&extraction, "rules", "in_force").as_deref(),
            Some("3")
        );
    }
}

#[test]
fn headers_glued_to_one_of_another_column() {
    let text = "某县2021年政府信息公开工作年度报告\n第二十条第（八）项信息内容 \
                上年同期本年收费金额（单位：万元）行政事业性收费 89010.351万元 \n\
                三、收到和处理政府信息公开申请情况\n无。\n";
    let extraction = read(text);
    none_asserted(&extraction, "art20_8");
}

#[test]
fn an_empty_cell_beside_a_column_of_the_report_s_own() {
    let table = "第二十条第（五）项\n| 信息内容 | 本年处理决定数量 | 上年同期 |\n| 行政许可 |  | 726 |\n\
                 第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚\n1\n行政强制\n7";
    let extraction = report(table);
    let (row, column) = ("administrative_licensing", "decisions_this_year");
    assert_eq!(asserted(&extraction, row, column), None);
}

#[test]
fn tables_printed_before_with_other_numbers() {
    let tables = |licences: &str, penalties: &str| {
        format!(
            "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n3\n\
             行政规范性文件\n6\n4\n56\n第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n{licences}\n\
             第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚\n{penalties}\n行政强制\n17\n"
        )
    };
    let extraction = |second: &str| {
        read(&format!(
            "某局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{}附：2022年数据\n{second}",
            tables("1278", "93")
        ))
    };
    let licences = |extraction: &Extraction| {
        asserted(
            extraction,
            "administrative_licensing",
            "decisions_this_year",
        )
    };
    assert_eq!(licences(&extraction("")).as_deref(), Some("1278"));
    let same = extraction(&tables("1278", "93"));
    assert_eq!(licences(&same).as_deref(), Some("1278"));
    assert_ne!(
        licences(&extraction(&tables("1100", "80"))).as_deref(),
        Some("1100")
    );
}

#[test]
fn a_header_of_another_table_heads_no_column() {
    let extraction = report(&format!(
        "{DOCUMENTS}本年制发件数\n本年废止件数\n总计\n规章\n1\n0\n1\n行政规范性文件\n6\n4\n10"
    ));
    assert_eq!(asserted(&extraction, "rules", "in_force"), None);
    let issued = asserted(&extraction, "rules", "issued_this_year");
    assert_eq!(issued.as_deref(), Some("1"));
}

/// Section four behind a table of section two.
fn section_four(table: &str) -> Extraction {
    read(&format!(
        "某县2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{SANCTIONS}行政处罚\n3\n\
         行政强制\n7\n四、政府信息公开行政复议、行政诉讼情况\n{table}"
    ))
}

#[test]
fn an_empty_first_cell_of_section_four() {
    let names = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"];
    let lines = |row: &str| {
        let blank = " |".repeat(4);
        section_four(&format!(
            "行政复议{blank} | 行政诉讼{blank}{blank} |\n\
             {} | 未经复议直接起诉{blank} | 复议后起诉{blank}\n |{blank} {1} | {1}\n{row}",
            names.join(" | "),
            names.join(" | "),
        ))
    };
    let cases = |row: &str| {
        let columns = [
            "review.upheld",
            "review.corrected",
            "litigation_after_review.total",
        ];
        columns.map(|column| asserted(&lines(row), "cases", column))
    };
    let some = |value: &str| Some(value.to_owned());
    let whole = "0 | 5 |  |  | 5 | 5 |  |  |  | 5 |  |  | 5 | 2 | 7";
    assert_eq!(cases(whole), [some("0"), some("5"), some("7")]);
    // The border before it is not that of the row.
    assert_eq!(cases(whole.trim_start_matches('0')), [None, None, None]);
}

#[test]
fn values_of_section_four_on_lines_that_belong_side_by_side() {
    let text = "  行政复议      行政诉讼\n\
                结果维持 结果纠正 其他结果 尚未审结 总计 未经复议直接起诉 复议后起诉\n\
                结果维持 结果纠正 其他结果 尚未审结 总计 结果维持 结果纠正 其他结果 尚未审结 总计\n";
    let wide = section_four(&format!(
        "{text}    1176   1139   2444    0    4759\n92   37    6   0   135   23   0    66   1   90"
    ));
    none_asserted(&wide, "review_litigation");
    let flow = section_four(&format!("{text}1 2 3 0 6 0 0 0 0\n0 1 0 0 0 1"));
    assert_eq!(
        asserted(&flow, "cases", "review.total").as_deref(),
        Some("6")
    );
}

#[test]
fn section_four_that_could_be_another() {
    let groups = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n".repeat(3);
    let row = "2\n1\n0\n3\n6\n1\n0\n2\n0\n3\n4\n0\n1\n2\n7\n";
    let upheld = |headers: &str, rows: &str| {
        let extraction = section_four(&format!(
            "行政复议\n行政诉讼\n未经复议直接起诉\n复议后起诉\n\
             {headers}{rows}"
        ));
        asserted(&extraction, "cases", "review.upheld")
    };
    assert_eq!(upheld(&groups, row).as_deref(), Some("2"));
    // A page number among the headers, rows of two years, a header of another meaning.
    assert_eq!(
        upheld(&groups.replacen("维持\n", "维持\n12\n", 1), row),
        None
    );
    assert_eq!(
        upheld(&groups, &format!("2022年\n{row}2023年\n{row}")),
        None
    );
    let other = |column: &str| {
        let extraction = section_four(&format!(
            "行政复议\n行政诉讼\n未经复议直接起诉\n复议后起诉\n\
             {}{row}",
            groups.replacen("其他结果", "驳回", 1)
        ));
        asserted(&extraction, "cases", column)
    };
    assert_eq!(other("review.other"), None);
}

#[test]
fn a_table_of_another_year() {
    let table = |above: &str| {
        let text = report(&format!("{above}{SANCTIONS}行政处罚\n8\n行政强制\n7"));
        asserted(&text, "administrative_penalty", "decisions_this_year")
    };
    assert_eq!(table("").as_deref(), Some("8"));
    assert_eq!(table("2021年度\n").as_deref(), Some("8"));
    assert_eq!(table("2022年1月20日\n").as_deref(), Some("8"));
    assert_eq!(table("2020年度\n"), None);
    assert_eq!(table("（2020年度数据）\n"), None);
}

#[test]
fn a_column_that_the_report_leaves_out() {
    let table = |left_out: &str| {
        let names = [
            "自然人",
            "商业企业",
            "科研机构",
            "社会公益组织",
            "法律服务机构",
            "其他",
            "总计",
        ];
        let line = |cells: Vec<&str>| format!("|\n {}  |\n", cells.join("  |\n "));
        let headers = names.into_iter().filter(|it| *it != left_out);
        let values = ["274", "0", "9", "17", "17", "317"].to_vec();
        let mut row = vec!["一、本年新收政府信息公开申请数量"];
        row.extend(values);
        row.extend(left_out.is_empty().then_some("0"));
        read(&format!(
            "某县2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{}{}{}",
            line(vec!["申请人情况"]),
            line(headers.collect()),
            line(row)
        ))
    };
    let of =
        |left_out: &str| asserted(&table(left_out), "received_this_year", "legal_entity.other");
    assert_eq!(of("").as_deref(), Some("317"));
    assert_eq!(of("社会公益组织"), None);
}
