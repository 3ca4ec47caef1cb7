//! Labels away from their values, lost, joined, or beside words that make them others.

use gongkai::extraction::{Extraction, State};

use super::{DOCUMENTS, SANCTIONS, asserted, candidates, cell, none_asserted, read, report};

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

#[test]
fn values_before_labels_of_which_the_last_is_lost() {
    // The label of the last row cannot be read: the values behind 规章 are those of that row.
    let table = "本年制发件?\n?年废止件数\n现?有效件数\n8\n0\n1\n规章\n0\n284\n29\n?政???文件";
    none_asserted(&report(&format!("{DOCUMENTS}{table}")), "art20_1");
}

#[test]
fn values_before_labels_under_a_lost_header() {
    let text = "某县2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n信??容\n\
                本?制?件?\n?年?止?数\n?行?效?数\n8\n0\n1\n规章\n0\n284\n29\n";
    let extraction = read(text);
    none_asserted(&extraction, "art20_1");
}

#[test]
fn a_label_between_glued_values_is_of_another_row() {
    // 00000003.危及…: the digits before the lost label are of the row, those behind it are not.
    let row =
        "2.其他法律行政法规禁止公开00000003.危及“三??一穩?” 002 20 594.保护第三方合法权益0000000";
    let text = format!(
        "某县2021年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况申请人情况自然人法人或其他组织总计商业企业科研机构社会公益组织\
         法律服务机构其他一、本年新收政府信息公开申请数量3000003三、本年度办理结果（三）不予公开\
         1.属于国家秘密0000000{row}5.属于三类内部事务信息1000001"
    );
    let extraction = read(&text);
    let total = asserted(&extraction, "denied.prohibited_by_law", "total");
    assert_ne!(total.as_deref(), Some("9"));
    let total = asserted(&extraction, "received_this_year", "total");
    assert_eq!(total.as_deref(), Some("3"));
}

#[test]
fn a_word_before_a_damaged_label_is_not_of_it() {
    // 他 of a header could take the place of the 本 that was lost, and the values between would
    // hide that they stand before their labels.
    let rows = "自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织\n?律?务机构\n?他\n\
                2\n0\n0\n0\n0\n0\n2\n一、?年新收政府信息公开申请数量\n0\n1\n0\n0\n0\n0\n1\n\
                二、上年结转政府信息公开申请数量\n0\n1\n0\n0\n0\n2\n3\n四、?转?年?继??理";
    let extraction = report(&format!(
        "三、收到和处理政府信息公开申请情况\n申请人情况\n{rows}"
    ));
    none_asserted(&extraction, "requests");
}

#[test]
fn a_cell_lost_beside_what_a_merged_label_left() {
    // Both rows of the highest level have lost a cell, and the blank field in front of them is what
    // is left of their label, not an empty first cell.
    let rows = "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计\n\
                \t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t\n\
                二、上年结转政府信息公开申请数量\t\t\t2051\t0\t0\t30\t0\t2081\n\
                三、本年度办理结果\t（一）予以公开\t\t1220\t0\t0\t0\t0\t0\t1220\n\
                \t（三）不予公开\t1.属于国家秘密\t2089\t85\t0\t0\t6\t0\t2180\n\
                四、结转下年度继续办理\t\t\t0\t0\t0\t10\t0\t10";
    let extraction = report(&format!("三、收到和处理政府信息公开申请情况\n{rows}"));
    let value = asserted(&extraction, "carried_in", "legal_entity.business");
    assert_ne!(value.as_deref(), Some("2051"));
    let value = asserted(&extraction, "results.granted", "natural_person");
    assert_eq!(value.as_deref(), Some("1220"));
}

#[test]
fn a_numbered_label_among_the_values_of_a_row() {
    let rows = "8.属于行政查询事项\n27\n0\n0\n1\n28\n9.属于工作秘密\n10\n0\n（四）无法提供\n\
                1.本机关不掌握相关政府信息\n5\n0\n0\n0\n0\n0\n5";
    let text = format!(
        "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人\n法人或其他组织\n总计\n商业企业\n科研机构\n\
         社会公益组织\n法律服务机构\n其他\n一、本年新收政府信息公开申请数量\n32\n0\n0\n1\n0\n0\n33\n\
         三、本年度办理结果\n（三）不予公开\n{rows}\n"
    );
    let extraction = read(&text);
    let column = "legal_entity.other";
    assert_eq!(
        asserted(&extraction, "denied.administrative_inquiry", column),
        None
    );
    assert_eq!(
        asserted(&extraction, "unable.not_held", column).as_deref(),
        Some("0")
    );
}

#[test]
fn a_lone_row_behind_its_values() {
    // By itself the row could have lost its place; where every table is written so, it has not.
    let fees = "第二十条第（八）项\n信息内容\n上一年项目数量\n本年增/减\n22\n0\n行政事业性收费\n\
                第二十条第（九）项\n信息内容\n采购项目数量\n采购总金额\n3\n5.5万元\n政府集中采购\n";
    let items = |sanctions: &str| {
        let text = format!(
            "某县2019年政府信息公开工作年度报告\n第二十条第（六）项\n信息内容\n上一年项目数量\n本年增/减\n\
             处理决定数量\n{sanctions}\n{fees}"
        );
        let extraction = read(&text);
        asserted(&extraction, "administrative_fees", "prior_year_items")
    };
    assert_eq!(
        items("1\n2\n3\n行政处罚\n4\n5\n6\n行政强制").as_deref(),
        Some("22")
    );
    assert_eq!(items("行政处罚\n1\n2\n3\n行政强制\n4\n5\n6"), None);
}

#[test]
fn a_label_in_a_cell_of_another_row() {
    let table = format!(
        "{DOCUMENTS}| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n\
         | 规章 | 无说明 | 无说明 | 无说明 |\n\
         | 行政规范性文件 | 另有12件规章4 | 340 |  |"
    );
    let extraction = report(&table);
    assert_eq!(asserted(&extraction, "rules", "issued_this_year"), None);
    assert_eq!(asserted(&extraction, "rules", "repealed_this_year"), None);
}

#[test]
fn a_row_of_another_name_is_not_the_first_of_the_form() {
    let extraction = report(&format!("{SANCTIONS}行政检查\n93\n行政强制\n17"));
    let penalties = asserted(&extraction, "administrative_penalty", "decisions_this_year");
    assert_eq!(penalties, None);
}

#[test]
fn words_beside_a_label_that_make_it_another() {
    let value = |label: &str| {
        let rows = format!("| {label} | 1 | 2 | 3 |\n| 行政规范性文件 | 4 | 5 | 6 |");
        let headers = "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |";
        let extraction = report(&format!("| 第二十条第（一）项 | | | |\n{headers}\n{rows}"));
        asserted(&extraction, "rules", "in_force")
    };
    assert_eq!(value("规章").as_deref(), Some("3"));
    assert_eq!(value("规章（部门）").as_deref(), Some("3"));
    assert_eq!(value("规章（废止）"), None);
    assert_eq!(value("其他规章"), None);
}

#[test]
fn a_label_that_lost_or_gained_a_negation() {
    let total = |secret: &str, not_held: &str| {
        let row = "3 | 0 | 0 | 0 | 0 | 0 | 3 |\n";
        let extraction = read(&format!(
            "某县2021年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n| 申请人情况 |\n\
             | 自然人 | 法人或其他组织 | 总计 |\n\
             | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n\
             | 一、本年新收政府信息公开申请数量 | {row}| （三）不予公开 | 1.{secret} | {row}\
             | （四）无法提供 | 1.{not_held} | {row}| 2.没有现成信息需要另行制作 | {row}"
        ));
        let of_row = |row| asserted(&extraction, row, "total");
        (of_row("denied.state_secret"), of_row("unable.not_held"))
    };
    let three = Some("3".to_owned());
    let read = total("属于国家秘密", "本机关不掌握相关政府信息");
    assert_eq!(read, (three.clone(), three.clone()));
    assert_eq!(
        total("不属于国家秘密", "本机关掌握相关政府信息"),
        (None, None)
    );
}

#[test]
fn rows_out_of_order_whose_sums_hold_either_way() {
    let extraction = read(
        "某县2021年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n申请人情况\n自然人\n\
         法人或其他组织\n总计\n商业企业\n科研机构\n社会公益组织\n法律服务机构\n其他\n\
         二、上年结转政府信息公开申请数量\n2\n0\n0\n0\n0\n0\n2\n\
         一、本年新收政府信息公开申请数量\n20\n3\n0\n1\n2\n1\n27\n三、本年度办理结果\n\
         （一）予以公开\n9\n1\n0\n1\n0\n1\n12\n",
    );
    assert_eq!(asserted(&extraction, "received_this_year", "total"), None);
    let mut both = candidates(&extraction, "received_this_year", "total");
    both.sort();
    assert_eq!(both, ["2", "27"]);
}

#[test]
fn two_labels_in_one_cell_have_one_row() {
    let extraction = read(
        "某县2021年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n| 申请人情况 |\n| 自然人 | 法人或其他组织 | 总计 |\n\
         | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n\
         | 一、本年新收政府信息公开申请数量 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |\n\
         | 1.属于国家秘密2.其他法律行政法规禁止公开 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |\n",
    );
    let total = |row| asserted(&extraction, row, "total");
    assert_eq!(total("received_this_year").as_deref(), Some("3"));
    assert_eq!(total("denied.prohibited_by_law"), None);
    assert_eq!(total("denied.state_secret"), None);
}

#[test]
fn labels_in_the_cells_of_one_line() {
    for border in ["\t", " | "] {
        let table = format!("{SANCTIONS}行政处罚{border}行政强制{border}93");
        none_asserted(&report(&table), "art20_6");
        for row in ["administrative_penalty", "administrative_coercion"] {
            let cell = |of| cell(of, row, "decisions_this_year").map(|it| it.state);
            assert_eq!(
                cell(&report(&table)),
                Some(State::Ambiguous),
                "{border:?} {row}"
            );
        }
    }
}

#[test]
fn words_in_the_cell_of_a_label() {
    let cells = |label: &str| {
        let headers = "信息内容\n|\n本年制发件数\n|\n本年废止件数\n|\n现行有效件数\n|\n";
        let table = format!(
            "第二十条第（一）项\n|\n{headers}规章\n|\n0\n|\n0\n|\n3\n|\n{label}\n|\n6\n|\n4\n|\n56\n|"
        );
        let extraction = report(&table);
        let of = |row: &str| asserted(&extraction, row, "in_force");
        ["rules", "normative_documents", "extra-1"].map(of)
    };
    let some = |value: &str| Some(value.to_owned());
    assert_eq!(cells("行政规范性文件"), [some("3"), some("56"), None]);
    // A watermark, or the label of another row: who knows.
    assert_eq!(cells("行政规范性文件\n仅供参考"), [some("3"), None, None]);
}

#[test]
fn something_behind_every_row_of_glued_values() {
    let table = |end: &dyn Fn(u8) -> String| {
        let rows = [
            ("一、本年新收政府信息公开申请数量", "203012127", 27),
            ("二、上年结转政府信息公开申请数量", "2000002", 2),
            ("三、本年度办理结果（一）予以公开", "91010112", 12),
            (
                "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
                "3000104",
                4,
            ),
            ("（七）总计", "203012127", 27),
            ("四、结转下年度继续办理", "2000002", 2),
        ];
        let rows = rows.map(|(label, cells, total)| format!("{label}{cells}{}\n", end(total)));
        let text = format!(
            "某县2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n申请人情况\n\
             自然人法人或其他组织总计\n商业企业科研机构社会公益组织法律服务机构其他\n{}",
            rows.concat()
        );
        read(&text)
    };
    let total = |extraction: &Extraction| asserted(extraction, "received_this_year", "total");
    assert_eq!(total(&table(&|_| String::new())).as_deref(), Some("27"));
    // A mark that pads the row is not its total; nor is the number of another column.
    none_asserted(&table(&|_| "-".to_owned()), "requests");
    none_asserted(&table(&|total| format!("{}{}", 0, total)), "requests");
}

#[test]
fn a_number_before_a_label_that_the_form_does_not_number() {
    let rows = |border: &str| {
        let rows = [
            ["主动公开信息数", "条", "", "6268"],
            ["1政府网站", "条", "0", "0"],
            ["2政府公报", "条", "", "27"],
            ["受理依申请公开信息总数", "条", "41", "379"],
        ];
        let rows = rows.map(|row| row.join(border));
        read(&format!(
            "某县2009年政府信息公开情况统计附表\n{}\n{}\n",
            ["指标名称", "计量单位", "2009年度", "历年累计"].join(border),
            rows.join("\n")
        ))
    };
    let of = |extraction: &Extraction, row: &str| asserted(extraction, row, "all_years");
    let bordered = rows(" | ");
    assert_eq!(
        of(&bordered, "proactive.disclosed").as_deref(),
        Some("6268")
    );
    assert_eq!(of(&bordered, "proactive.website").as_deref(), Some("0"));
    // On lines of their own it could be the second value.
    assert_eq!(of(&rows("\n"), "proactive.disclosed"), None);
}

#[test]
fn empty_cells_in_glued_rows() {
    let total = |second: &str| {
        let rows = format!(
            "一、本年新收政府信息公开申请数量203012127\n二、上年结转政府信息公开申请数量{second}\n\
             三、本年度办理结果（一）予以公开91010112\n（七）总计203012127\n四、结转下年度继续办理2000002\n"
        );
        let text = read(&format!(
            "某县2023年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n申请人情况\n\
             自然人法人或其他组织总计\n商业企业科研机构社会公益组织法律服务机构其他\n{rows}"
        ));
        asserted(&text, "results.granted", "natural_person")
    };
    assert_eq!(total("2000002").as_deref(), Some("9"));
    // 22 is too short for seven cells: others may have blank ones too.
    assert_eq!(total("22"), None);
}

#[test]
fn what_looks_like_a_number_behind_a_label_keeps_it_from_being_absent() {
    for row in ["规章，1，1，3", "规章\\n1\\n1\\n3"] {
        let table = format!(
            "{DOCUMENTS}本年制发件数,本年废止件数,现行有效件数\n{row}\n行政规范性文件,1,0,0"
        );
        let extraction = report(&table);
        let state = cell(&extraction, "rules", "in_force").map(|it| it.state);
        assert_eq!(state, Some(State::Ambiguous), "{row}");
    }
}
