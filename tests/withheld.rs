//! Texts that could be read in two ways, or not at all: no number is asserted, and where two
//! readings are left, both are shown.

use gongkai::extraction::{Cell, Extraction, State};
use gongkai::{Options, extract};

fn read(text: &str) -> Extraction {
    extract(text.as_bytes(), &Options::default()).expect("UTF-8 is known")
}

/// A table of section 二 between two others, so that the form is known.
fn report(table: &str) -> Extraction {
    let text = format!(
        "某县2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{table}\n\
         第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n88.5\n\
         五、存在的主要问题及改进情况\n无。\n"
    );
    read(&text)
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

/// No number of a table is asserted.
fn none_asserted(extraction: &Extraction, table: &str) {
    let tables = extraction.tables.iter().filter(|it| it.id == table);
    let cells = tables.flat_map(|table| &table.rows).flat_map(|row| {
        let number = |cell: &&Cell| cell.state == State::Number;
        row.cells.iter().filter(number)
    });
    let raw: Vec<_> = cells.map(|cell| cell.raw.as_deref()).collect();
    assert!(raw.is_empty(), "{table}: {raw:?}");
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
fn a_header_of_another_table_heads_no_column() {
    let extraction = report(&format!(
        "{DOCUMENTS}本年制发件数\n本年废止件数\n总计\n规章\n1\n0\n1\n行政规范性文件\n6\n4\n10"
    ));
    assert_eq!(asserted(&extraction, "rules", "in_force"), None);
    let issued = asserted(&extraction, "rules", "issued_this_year");
    assert_eq!(issued.as_deref(), Some("1"));
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
fn section_four_that_could_be_another() {
    let groups = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n".repeat(3);
    let row = "2\n1\n0\n3\n6\n1\n0\n2\n0\n3\n4\n0\n1\n2\n7\n";
    let upheld = |headers: &str, rows: &str| {
        let extraction = read(&format!(
            "某县2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{SANCTIONS}行政处罚\n3\n行政强制\n7\n四、政府信息公开行政复议、行政诉讼情况\n行政复议\n行政诉讼\n未经复议直接起诉\n复议后起诉\n\
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
        let extraction = read(&format!(
            "某县2021年政府信息公开工作年度报告\n二、主动公开政府信息情况\n{SANCTIONS}行政处罚\n3\n行政强制\n7\n四、政府信息公开行政复议、行政诉讼情况\n行政复议\n行政诉讼\n未经复议直接起诉\n复议后起诉\n\
             {}{row}",
            groups.replacen("其他结果", "驳回", 1)
        ));
        asserted(&extraction, "cases", column)
    };
    assert_eq!(other("review.other"), None);
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
