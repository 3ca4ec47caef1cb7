//! What programs make of a table: blank cells without a trace, numbers and labels in pieces, page
//! numbers, rules, cells twice. Each row is shown by its cells: `?` is withheld, `_` blank, `x` absent.

use super::{Cell, Extraction, State, asserted, read};

/// The cells of each row, by the end of its id.
pub(super) fn rows(text: &str, ids: &[&str]) -> String {
    let extraction = read(text);
    let lines = ids
        .iter()
        .map(|id| format!("{id}: {}", row(&extraction, id)));
    lines.collect::<Vec<_>>().join("\n")
}

fn row(extraction: &Extraction, id: &str) -> String {
    let mut rows = extraction.tables.iter().flat_map(|table| &table.rows);
    let Some(row) = rows.find(|row| row.id.ends_with(id)) else {
        return "none".to_owned();
    };
    let shown = |cell: &Cell| match cell.state {
        State::Number | State::Placeholder | State::Text => cell.raw.clone().unwrap_or_default(),
        State::Ambiguous => "?".to_owned(),
        State::Blank => "_".to_owned(),
        State::Absent => "x".to_owned(),
    };
    row.cells.iter().map(shown).collect::<Vec<_>>().join(" ")
}

/// A report of 2022 with one part.
fn report(part: &str) -> String {
    format!("某县2022年政府信息公开工作年度报告\n{part}")
}

/// Section four, a header a line, and what stands behind them.
pub(super) fn cases(row: &str) -> String {
    let results = "结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n";
    let text = report(&format!(
        "二、主动公开政府信息情况\n第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n\
         行政事业性收费\n88.5\n四、政府信息公开行政复议、行政诉讼情况\n行政复议\n行政诉讼\n{results}未经复议直接起诉\n\
         复议后起诉\n{results}{results}{row}"
    ));
    rows(&text, &["cases"])
}

/// Section three, a row a line, and what the rows are.
fn requests(rows: &str) -> String {
    report(&format!(
        "三、收到和处理政府信息公开申请情况\n申请人情况\n自然人 法人或其他组织 总计\n\
         商业企业 科研机构 社会公益组织 法律服务机构 其他\n{rows}"
    ))
}

#[test]
fn dashes_behind_the_numbers_of_a_row_do_not_pad_it() {
    let dashes = "-\n".repeat(10);
    insta::assert_snapshot!(cases(&format!("\n1\n0\n0\n0\n1\n{dashes}")), @"cases: 1 0 0 0 1 - - - - - - - - - -");
    insta::assert_snapshot!(cases("\n0\n1\n0\n1\n—\n0\n0\n3\n0\n3\n0\n0\n0\n1\n-\n"), @"cases: 0 1 0 1 — 0 0 3 0 3 0 0 0 1 -");
}

#[test]
fn the_first_cell_of_a_page_row_may_be_empty() {
    let cell = |said: &str| format!("<td>{said}</td>");
    let line = |cells: &str| {
        let cells: String = cells
            .split(' ')
            .map(|it| cell(it.trim_matches('_')))
            .collect();
        format!("<tr>{cells}</tr>")
    };
    let results = "结果维持 结果纠正 其他结果 尚未审结 总计";
    let page = format!(
        "<p>某县2022年政府信息公开工作年度报告</p><p>二、主动公开政府信息情况</p><table>\
         <tr><td>信息内容</td><td>本年收费金额（单位：万元）</td></tr>\
         <tr><td>行政事业性收费</td><td>88.5</td></tr></table><p>四、政府信息公开行政复议、行政诉讼情况</p><table>\
         <tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>\
         <tr><td colspan=5></td><td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr>\
         {}{}</table>",
        line(&[results; 3].join(" ")),
        line("_ 1 2 0 3 0 3 2 1 6 0 1 5 0 6"),
    );
    insta::assert_snapshot!(rows(&page, &["cases"]), @"cases: _ 1 2 0 3 0 3 2 1 6 0 1 5 0 6");
}

#[test]
fn the_number_of_a_page_completes_no_row() {
    // Fourteen numbers and that of the page.
    insta::assert_snapshot!(cases("0 0 5 5 0 0 5 2 7 0 0 0 0 0\n3\n五、存在的主要问题及改进情况\n"), @"cases: ? ? ? ? ? ? ? ? ? ? ? ? ? ? ?");
    let text = requests(
        "一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5\n\
         二、上年结转政府信息公开申请数量 0 0 / 0 0 0\n1\n\
         四、结转下年度继续办理 0 0 0 0 0 0 0\n",
    );
    insta::assert_snapshot!(rows(&text, &["received_this_year", "carried_in", "carried_out"]), @r"
    received_this_year: 5 0 0 0 0 0 5
    carried_in: ? ? ? ? ? ? ?
    carried_out: 0 0 0 0 0 0 0
    ");
}

#[test]
fn a_number_in_pieces_is_none() {
    // 12 and 13, a digit a line.
    let digits = "0 1 2 0 3 0 5 0 0 5 1 0 1 2 0 1 3".replace(' ', "\n");
    insta::assert_snapshot!(cases(&digits), @"cases: 0 1 2 0 3 0 5 0 0 5 ? ? ? ? ?");
    insta::assert_snapshot!(cases("0 0 0 0 9 0 1 0 0 1 0 9 1 0\n91718.\n0\n"), @"cases: ? ? ? ? ? ? ? ? ? ? ? ? ? ? ?");
    // 41 and 44.
    let text = requests(
        "一、本年新收政府信息公开申请数量\n4\n1\n0\n0\n0\n2\n1\n4\n4\n二、上年结转政府信息公开申请数量\n\
         0\n0\n0\n0\n0\n0\n0\n四、结转下年度继续办理\n1\n0\n0\n0\n0\n0\n1\n",
    );
    insta::assert_snapshot!(rows(&text, &["received_this_year", "carried_in"]), @r"
    received_this_year: ? 0 0 0 2 1 ?
    carried_in: 0 0 0 0 0 0 0
    ");
    // 12345 below 123 and 45.
    let text = requests(
        "一、本年新收政府信息公开申请数量 5 0 0 0 0 0 5\n四、结转下年度继续办理 123 0 0 0 0 0 123\n45 45\n\
         四、政府信息公开行政复议、行政诉讼情况\n",
    );
    insta::assert_snapshot!(rows(&text, &["received_this_year", "carried_out"]), @r"
    received_this_year: 5 0 0 0 0 0 5
    carried_out: ? ? ? ? ? ? ?
    ");
    let fees = report(
        "二、主动公开政府信息情况\n第二十条第（八）项\n信息内容 本年收费金额（单位：万元）\n\
         行政事业性收费    123 4. 56\n三、收到和处理政府信息公开申请情况\n",
    );
    insta::assert_snapshot!(rows(&fees, &["administrative_fees", "extra-1"]), @r"
    administrative_fees: ?
    extra-1: none
    ");
}

#[test]
fn a_sum_without_its_total_settles_nothing() {
    // The published sum is off by one, and a blank cell left no trace.
    insta::assert_snapshot!(cases("31 30 7 67 1 7 1 0 9 1 1 0 0 2\n五、存在的主要问题及改进情况\n"), @"cases: ? ? ? ? ? ? ? ? ? ? ? ? ? ? ?");
    let cells = "一、本年新收政府信息公开申请数量 | 6400 | 0 | 0 | 0 | 0 | 640\n\
                 二、上年结转政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 1\n\
                 四、结转下年度继续办理 | 2 | 0 | 0 | 0 | 0 | 0 | 2\n";
    insta::assert_snapshot!(rows(&requests(cells), &["received_this_year", "carried_in"]), @r"
    received_this_year: ? ? ? ? ? ? ?
    carried_in: 1 0 0 0 0 0 1
    ");
}

#[test]
fn values_of_the_next_table_are_none_of_this() {
    let text = "0\n5\n10\n0\n15\n0\n0\n0\n0\n0\n0\n0\n0\n附：各单位主动公开情况表\n单位\n件数\n教育局\n39\n92\n115\n";
    insta::assert_snapshot!(cases(text), @"cases: 0 5 10 0 ? ? ? ? ? ? ? ? ? ? ?");
}

#[test]
fn blank_lines_around_a_row_are_no_cells() {
    let row = |label: &str, cells: &str| format!("{label}\n{}\n\n", cells.replace(' ', "\n"));
    // Behind a label on two lines, where a blank cell left no trace.
    let text = requests(&format!(
        "{}{}{}{}",
        row("一、本年新收政府信息公开申请数量", "5 0 0 0 0 0 5"),
        row("二、上年结转政府信息公开申请数量", "0 0 0 0 0 0 0"),
        row(
            "（二）部分公开（区分处理的，只计这一情形，不\n计其他情形）\n",
            "4 0 - 0 0 —"
        ),
        row("四、结转下年度继续办理", "1 0 0 0 0 0 1"),
    ));
    insta::assert_snapshot!(rows(&text, &["received_this_year", "partially_granted"]), @r"
    received_this_year: 5 0 0 0 0 0 5
    partially_granted: ? ? ? ? ? ? ?
    ");
    // Behind the last row.
    let text = requests(&format!(
        "{}{}{}\n\n四、政府信息公开行政复议、行政诉讼情况\n",
        row("一、本年新收政府信息公开申请数量", "5 0 0 0 0 0 5"),
        row("二、上年结转政府信息公开申请数量", "0 0 0 0 0 0 0"),
        row("四、结转下年度继续办理", "0 12 0 3 18"),
    ));
    insta::assert_snapshot!(rows(&text, &["received_this_year", "carried_out"]), @r"
    received_this_year: 5 0 0 0 0 0 5
    carried_out: ? ? ? ? ? ? ?
    ");
}

#[test]
fn two_tabs_part_cells_where_they_always_do() {
    let text = report(
        "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\t\t本年制发件数\t\t本年废止件数\t\t现行有效件数\n\
         规章\t\t\t\t11\t\t1\n行政规范性文件\t\t10\t\t\t\t1\n三、收到和处理政府信息公开申请情况\n",
    );
    insta::assert_snapshot!(rows(&text, &["rules", "normative_documents"]), @r"
    rules: _ 11 1
    normative_documents: 10 _ 1
    ");
}

#[test]
fn a_digit_of_the_label_is_no_value() {
    let text = "某县2016年政府信息公开工作年度报告\n政府信息公开情况统计表\n统计指标\n单位\n统计数\n\
         （一）主动公开政府信息数（不同渠道和方式公开相同信息计\n1\n条）\n条\n5\n制发规范性文件总数\n件\n0\n\
         4.不同意公开答复数\n件\n2\n其中：\n1\n.涉及国家秘密\n件\n0\n2.涉及商业秘密\n件\n2\n";
    let ids = [
        "proactive.disclosed",
        "documents_issued",
        "state_secret",
        "trade_secret",
        "extra-1",
    ];
    insta::assert_snapshot!(rows(text, &ids), @r"
    proactive.disclosed: 5
    documents_issued: 0
    state_secret: 0
    trade_secret: 2
    extra-1: none
    ");
}

#[test]
fn a_running_number_beside_a_broken_label_is_no_value() {
    let text = "某县2017年政府信息公开工作年度报告\n政府信息公开情况统计表\n序号           统计指标         单位           统计数\n\
         1             一、主动公开情况     ——\n             （一）主动公开政府信息数\n\
         2             （不同渠道和方式公开相同 条                     12\n              信息计1条）\n\
         3             制发规范性文件总数    件                     0\n\
         4             1.政府公报公开政府信息数 条                     3\n";
    insta::assert_snapshot!(rows(text, &["proactive.disclosed", "documents_issued", "gazette"]), @r"
    proactive.disclosed: ?
    documents_issued: 0
    gazette: 3
    ");
    let glued = "某县2014年政府信息公开工作年度报告\n政府信息公开情况统计表\n序号统计指标单位统计数1一、主动公开情况——\
         2（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）条13其中：主动公开规范性文件数条14制发规范性文件总数件1\
         5（二）通过不同渠道和方式公开政府信息的情况——61.政府公报公开政府信息数条172.政府网站公开政府信息数条1\n";
    insta::assert_snapshot!(rows(glued, &["proactive.disclosed", "documents_issued", "gazette"]), @r"
    proactive.disclosed: ?
    documents_issued: ?
    gazette: ?
    ");
}

#[test]
fn a_header_that_is_divided_heads_no_column() {
    let fees = |heads: &str, row: &str| {
        report(&format!(
            "二、主动公开政府信息情况\n第二十条第（八）项\n信息内容 本年收费金额（单位：万元）\n{heads}\n\
             行政事业性收费 {row}\n三、收到和处理政府信息公开申请情况\n"
        ))
    };
    insta::assert_snapshot!(rows(&fees("上年 本年 增减", "25 0 5"), &["administrative_fees"]), @"administrative_fees: ?");
    insta::assert_snapshot!(rows(&fees("2021年 2022年 同比", "25 0 12.5%"), &["administrative_fees"]), @"administrative_fees: ?");
    let extraction = read(&fees("上年数 本年数 增长率", "25 0 5"));
    let columns = extraction.tables.iter().flat_map(|table| &table.columns);
    let columns = columns.map(|column| format!("{} {}", column.id, column.label.join(" ")));
    insta::assert_snapshot!(columns.collect::<Vec<_>>().join("\n"), @r"
    extra-1 上年数
    extra-2 本年数
    extra-3 增长率
    ");
}

#[test]
fn a_note_under_the_headers_is_no_header() {
    let text = "某县2017年政府信息公开工作年度报告\n政府信息公开情况统计表\n统计指标\t单位\t统计数\n\
         注：本表数据截至2017年12月31日。\n制发规范性文件总数\t\t3\n1.政府公报公开政府信息数\t\t5\n\
         2.政府网站公开政府信息数\t\t12\n";
    insta::assert_snapshot!(rows(text, &["documents_issued", "gazette", "website"]), @r"
    documents_issued: 3
    gazette: 5
    website: 12
    ");
}

#[test]
fn a_column_of_the_reports_own_is_not_that_of_the_form() {
    // 备注 has a number where 统计数 is empty.
    let text = "某县2010年政府信息公开工作年度报告\n政府信息公开月报\n指标名称 计算单位 代码 本月累计 备注\n\
         主动信息公开 条 01 0\n新增的行政规范性文件数 条 03 3 5\n提供服务类信息数 条 04 12 17\n\
         现场接待人数 人次 06 1\n网上咨询数 人次 07 1\n咨询电话接听数 人次 08 1\n";
    insta::assert_snapshot!(rows(text, &["proactive.disclosed", "service.visitors", "calls"]), @r"
    proactive.disclosed: ?
    service.visitors: ?
    calls: ?
    ");
}

#[test]
fn a_row_of_a_box_has_all_lines_between_two_rules() {
    let text = "某县2012年政府信息公开工作年度报告\n政府信息公开月报\n\
         ┌──────────┬────┬────┬────────┬────────┐\n\
         │指标名称  │计算单位│代码│本月累计│年度累计│\n\
         ├──────────┼────┼────┼────────┼────────┤\n\
         │主动信息公开│条│    │        │7       │\n\
         │          │    │01  │1       │        │\n\
         ├──────────┼────┼────┼────────┼────────┤\n\
         │公文类信息数│条│03  │2       │4       │\n\
         ├──────────┼────┼────┼────────┼────────┤\n\
         │提供服务类信息数│条│05  │0       │4       │\n\
         └──────────┴────┴────┴────────┴────────┘\n";
    insta::assert_snapshot!(rows(text, &["proactive.disclosed", "official_documents", "service.items"]), @r"
    proactive.disclosed: ? ?
    official_documents: 2 4
    service.items: 0 4
    ");
    // A number is a line above its unit, and the others below.
    let text = requests(
        "├──┼──┼──┼──┼──┼──┼──┼──┤\n\
         │一、本年新收政府信息公开申请数量│1│0│0│0│0│0│1│\n├──┼──┼──┼──┼──┼──┼──┼──┤\n\
         │二、上年结转政府信息公开申请数量│0│  │  │  │  │0│  │\n│  │件│0件│0件│0件│1件│件│1件│\n\
         ├──┼──┼──┼──┼──┼──┼──┼──┤\n│四、结转下年度继续办理│2│0│0│0│0│0│2│\n└──┴──┴──┴──┴──┴──┴──┴──┘\n",
    );
    insta::assert_snapshot!(rows(&text, &["received_this_year", "carried_in", "carried_out"]), @r"
    received_this_year: 1 0 0 0 0 0 1
    carried_in: ? ? ? ? ? ? ?
    carried_out: 2 0 0 0 0 0 2
    ");
}

#[test]
fn a_rule_between_rows_is_no_row() {
    let rules = vec!["------"; 15].join(" ");
    insta::assert_snapshot!(cases(&format!("\n{rules}\n")), @"cases: x x x x x x x x x x x x x x x");
}

#[test]
fn values_before_a_label_are_not_those_of_the_group() {
    let text = requests(
        "一、本年新收政府信息公开申请数量 44 0 0 0 0 0 44\n二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0\n\
         （六）其他处理\n30 0 0 0 0 0 30\n1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请\n\
         0 0 0 0 0 0 0\n2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请\n\
         3.其他 10 0 0 0 0 0 10\n四、结转下年度继续办理 4 0 0 0 0 0 4\n",
    );
    insta::assert_snapshot!(rows(&text, &["correction_overdue", "fee_unpaid", "other.other"]), @r"
    correction_overdue: ? ? ? ? ? ? ?
    fee_unpaid: ? ? ? ? ? ? ?
    other.other: 10 0 0 0 0 0 10
    ");
}

#[test]
fn the_empty_unit_of_one_row_moves_no_other() {
    let text = "某县2006年政府信息公开工作年度报告\n政府信息公开情况统计报表\n\n\
         | 指标名称 | 计量单位 | 代码 | 本期实际 | 本年累计 | 上年数 |\n\
         | 主动公开信息数 | 条 | 01 | 0 | 2 | 0 |\n| 4.网上申请数 |  | 14 | 0 | 2 | 1 |\n\
         | 其中：对本部门首次处理不满意的行政申诉数 | 件 | 35 | 2 | 2 | 230 |\n";
    insta::assert_snapshot!(rows(text, &["first_handling", "received.online"]), @r"
    first_handling: 2 2 230
    received.online: 0 2 1
    ");
}

#[test]
fn a_sign_does_not_say_which_cell_is_lost() {
    let text = "某县2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（五）项\n\
         信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量\n行政许可 | 17 | 0 | 3091\n\
         其他对外管理服务事项 | 2 | -33091\n三、收到和处理政府信息公开申请情况\n";
    insta::assert_snapshot!(rows(text, &["administrative_licensing", "other_external_services"]), @r"
    administrative_licensing: 17 0 3091
    other_external_services: ? ? ?
    ");
}

#[test]
fn what_stands_in_the_cell_of_a_label_is_no_value() {
    let text = report(
        "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n\
         规章 Rules | 12 | 5 |  |\n行政规范性文件 Documents | 1 | 0 | 2 |\n三、收到和处理政府信息公开申请情况\n",
    );
    insta::assert_snapshot!(rows(&text, &["rules", "normative_documents"]), @r"
    rules: 12 5 _
    normative_documents: 1 0 2
    ");
    // The number of the next label, below an empty cell.
    let text = requests(
        "一、本年新收政府信息公开申请数量| 1| 0| 0| 0| 0| 0| 1\n2 其他法律行政法规禁止公开| 1| 0| 0| | | 0|\n\
         3 危及“三安全一稳定”| 1| 0| | 0| 0| | 1\n四、结转下年度继续办理| 0| 0| 0| 0| 0| 0| 0\n",
    );
    insta::assert_snapshot!(rows(&text, &["prohibited_by_law", "safety_and_stability"]), @r"
    prohibited_by_law: 1 0 0 _ _ 0 _
    safety_and_stability: 1 0 _ 0 0 _ 1
    ");
}

#[test]
fn a_row_is_not_absent_while_values_have_no_place() {
    let text = "某县2020年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\n第二十条第（一）项\n\n信息内容\n\n规章\n\n\
         规范性文件\n\n本年新制作数量\n\n本年新公开数量\n\n对外公开总数量\n\n1\n\n0\n\n0\n\n0\n\n0\n\n0\n\n\
         第二十条第（五）项\n\n三、收到和处理政府信息公开申请情况\n";
    insta::assert_snapshot!(rows(text, &["rules", "normative_documents"]), @r"
    rules: ? ? ?
    normative_documents: ? ? ?
    ");
    // Glued, and nothing says where to cut.
    insta::assert_snapshot!(cases("01200.012.00000000000.0"), @"cases: ? ? ? ? ? ? ? ? ? ? ? ? ? ? ?");
}

#[test]
fn the_number_of_a_label_may_be_a_cell() {
    let text = requests(
        "一、本年新收政府信息公开申请数量\t21\t0\t0\t0\t0\t0\t21\t（三）不予公开\t1.\t属于国家秘密\t0\t0\t0\t0\t0\t0\t0\t\
         2.\t其他法律行政法规禁止公开\t3\t0\t0\t0\t0\t0\t3\t3.\t危及“三安全一稳定”\t0\t0\t0\t0\t0\t0\t0\t\
         四、结转下年度继续办理\t0\t0\t0\t5\t0\t0\t5\n",
    );
    insta::assert_snapshot!(rows(&text, &["state_secret", "prohibited_by_law", "safety_and_stability"]), @r"
    state_secret: 0 0 0 0 0 0 0
    prohibited_by_law: 3 0 0 0 0 0 3
    safety_and_stability: 0 0 0 0 0 0 0
    ");
}

#[test]
fn two_rows_of_any_table_make_no_form() {
    let text = "某县2019年政府信息公开工作年度报告\n单位 2018年 2019年 增长率\n政府网站 30 0 100%\n政府公报 12 0 5.00%\n\
         新闻发布会 25 4 5.00%\n";
    assert_eq!(read(text).form.map(|form| form.id), None);
}

#[test]
fn a_line_may_break_within_a_unit() {
    let text = report(
        "二、主动公开政府信息情况\n第二十条第（八）项\n信息内容\n本年收费金额（单位：万\n元）\n行政事业性收费\n88.5\n\
         三、收到和处理政府信息公开申请情况\n",
    );
    let extraction = read(&text);
    let cell = super::cell(&extraction, "administrative_fees", "fees_collected");
    assert_eq!(cell.and_then(|cell| cell.unit.as_deref()), Some("万元"));
}

#[test]
fn a_title_at_the_head_of_a_page_and_its_number() {
    let text = "某县2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n第二十条第（六）项\n信息内容\n\
                本年处理决定数量\n行政处罚\n1\n行政强制\n2\n第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n\
                行政事业性收费\n9\n某县2023年政府信息公开工作年度报告\n7730.28\n三、收到和处理政府信息公开申请情况\n";
    insta::assert_snapshot!(rows(text, &["administrative_fees", "coercion"]), @r"
    administrative_fees: 7730.28
    coercion: 2
    ");
}

#[test]
fn a_label_that_the_end_cuts_does_not_show_where_values_stand() {
    let text = requests(
        "95 0 0 0 0 0 95\n二、上年结转政府信息公开申请数量\n0 0 0 0 0 0 0\n（二）部分公开（区分处理的，只",
    );
    insta::assert_snapshot!(rows(&text, &["carried_in"]), @"carried_in: ? 0 0 0 0 0 ?");
    // Nor is a number at the end whole, in a row without its total.
    let text = requests(
        "一、本年新收政府信息公开申请数量 | 5 | 0 | 0 | 0 | 0 | 0 | 5\n\
         二、上年结转政府信息公开申请数量 | 19 | 0 | 84 | 56",
    );
    insta::assert_snapshot!(rows(text.trim_end(), &["received_this_year", "carried_in"]), @r"
    received_this_year: 5 0 0 0 0 0 5
    carried_in: 19 0 84 ? x x x
    ");
}

#[test]
fn a_sign_on_a_line_of_its_own() {
    let text = "某县2020年政府信息公开工作年度报告\n第二十条第（五）项\n信息内容\n上一年项目数量\n本年增/减\n处理决定数量\n\
                行政许可\n913\n减\n2\n0\n其他对外管理服务事项\n1\n2\n3\n三、收到和处理政府信息公开申请情况\n";
    insta::assert_snapshot!(rows(text, &["administrative_licensing", "other_external_services"]), @r"
    administrative_licensing: ? ? ?
    other_external_services: 1 2 3
    ");
}

#[test]
fn a_blank_line_beside_cells_without_a_trace() {
    let row = |label: &str, cells: &str| format!("{label}\n\n{}\n\n", cells.replace(' ', "\n\n"));
    let text = requests(&format!(
        "{}{}{}",
        row(
            "一、本年新收政府信息公开申请数量",
            "13612 252 45 _ 32 14069"
        )
        .replace('_', ""),
        row("二、上年结转政府信息公开申请数量", "535 6 1 2 3 0 547"),
        row("四、结转下年度继续办理", "1 0 0 0 0 0 1"),
    ));
    insta::assert_snapshot!(rows(&text, &["received_this_year", "carried_in"]), @r"
    received_this_year: ? ? ? ? ? ? ?
    carried_in: 535 6 1 2 3 0 547
    ");
}

#[test]
fn the_running_number_of_a_row_that_was_not_found() {
    let text = "某县2014年政府信息公开工作年度报告\n政府信息公开情况统计表\n序号 | 统计指标 | 单位 | 统计数 |\n\
                1 | 制发规范性文件总数 | 件 |  |\n8 | 主动公开规划计划 | 条 |  |\n9 | 1.政府公报公开政府信息数 | 条 | 5 |\n";
    insta::assert_snapshot!(rows(text, &["documents_issued", "gazette"]), @r"
    documents_issued: _
    gazette: 5
    ");
}

#[test]
fn words_between_a_label_and_its_values() {
    let text = requests(
        "一、本年新收政府信息公开申请数量\n5\n0\n0\n0\n0\n0\n5\n二、上年结转政府信息公开申请数量\n单位：件\n\
         1\n0\n0\n0\n0\n0\n1\n四、结转下年度继续办理\n0\n0\n0\n0\n0\n0\n0\n",
    );
    insta::assert_snapshot!(rows(&text, &["received_this_year", "carried_in"]), @r"
    received_this_year: 5 0 0 0 0 0 5
    carried_in: ? ? ? ? ? ? ?
    ");
}

#[test]
fn a_total_that_stands_before_its_parts() {
    // The headers are broken, so that their order is not seen; the sums show it.
    let text = report(
        "三、收到和处理政府信息公开申请情况\n          总计 自然 商业 科研 社会 法律 其他\n               人   企业 机构 公益 服务\n\
         一、本年新收政府信息公开申请数量  18   18   0    0    0    0    0\n\
         二、上年结转政府信息公开申请数量  4    0    0    0    0    2    2\n（一）予以公开  7    5    2    0    0    0    0\n\
         四、结转下年度继续办理  3    1    0    0    0    0    2\n",
    );
    insta::assert_snapshot!(rows(&text, &["received_this_year", "carried_in", "carried_out"]), @r"
    received_this_year: ? ? ? ? ? ? ?
    carried_in: ? ? ? ? ? ? ?
    carried_out: ? ? ? ? ? ? ?
    ");
}

#[test]
fn a_label_cut_short_above_values() {
    let text = requests(
        "一、本年新收政府信息公开申请数量\n二、上年结转政府\n5\n0\n0\n0\n0\n0\n5\n四、结转下年度继续办理\n\
         0\n0\n0\n0\n0\n0\n0\n",
    );
    insta::assert_snapshot!(rows(&text, &["received_this_year", "carried_out"]), @r"
    received_this_year: ? ? ? ? ? ? ?
    carried_out: 0 0 0 0 0 0 0
    ");
}

#[test]
fn a_tab_before_each_line_is_no_border() {
    let lines = requests(
        "一、本年新收政府信息公开申请数量\n5\n0\n0\n0\n0\n0\n5\n二、上年结转政府信息公开申请数量\n\
         252\n0\n45\n128\n32\n14069\n四、结转下年度继续办理\n0\n0\n0\n0\n0\n0\n0\n",
    );
    let text: String = lines.lines().map(|line| format!("\t{line}\n")).collect();
    insta::assert_snapshot!(rows(&text, &["received_this_year", "carried_in"]), @r"
    received_this_year: 5 0 0 0 0 0 5
    carried_in: ? ? ? ? ? ? ?
    ");
}

#[test]
fn the_report_of_another_year_behind_this() {
    let sanctions = "第二十条第（六）项\n信息内容\n本年处理决定数量\n行政处罚\n1\n行政强制\n2\n";
    let fees = "第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n7.5\n";
    let both = format!(
        "{}{sanctions}某县2021年政府信息公开工作年度报告\n{fees}",
        report("二、主动公开政府信息情况\n")
    );
    insta::assert_snapshot!(rows(&both, &["administrative_penalty", "administrative_fees"]), @r"
    administrative_penalty: 1
    administrative_fees: ?
    ");
}

/// A report of 2021 with a table behind a line, which is the title of another report or none.
fn behind_line(first: &str, line: &str) -> Extraction {
    read(&format!(
        "{first}2021年政府信息公开工作年度报告\n一、概述\n本年度收到政府信息公开申请3件。\n{line}\n\
         二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n\
         现行有效件数\n规章\n2\n1\n5\n"
    ))
}

#[test]
fn the_table_behind_the_title_of_another_report() {
    for line in [
        "云山县水务局2018年政府信息公开工作年度报告",
        "望川区水务局2021年政府信息公开工作年度报告",
        "**望川区水务局2021年政府信息公开工作年度报告**",
        "## 望川区水务局2021年政府信息公开工作年度报告",
        "望川区水务局政府信息公开工作年度报告\n（2019年度）",
        "云山县水务局政府信息公开工作年度报告\n（2019年度）\n收到政府信息公开申请9件。",
    ] {
        let extraction = behind_line("云山县水务局", line);
        assert_eq!(asserted(&extraction, "rules", "in_force"), None, "{line}");
        let counts = extraction.statements.iter();
        let counts: Vec<_> = counts.map(|count| count.raw.as_str()).collect();
        assert_eq!(counts, ["3"], "{line}");
        let mut codes = extraction.diagnostics.iter().map(|it| it.code);
        assert!(codes.any(|code| code == "other-report"), "{line}");
    }
    // Of a county and its office, where the outline begins again.
    let office = "云山县水务局2021年政府信息公开工作年度报告\n一、概述";
    let extraction = behind_line("云山县", office);
    assert_eq!(asserted(&extraction, "rules", "in_force"), None);
}

#[test]
fn a_title_that_is_of_no_other_report() {
    for line in [
        "云山县水务局2021年政府信息公开工作年度报告",
        "云山县卫健局2021年政府信息公开工作年度报告",
        "附件：云山县水务局2020年政府信息公开工作年度报告",
        "《云山县水务局2020年政府信息公开工作年度报告》",
        "政府信息公开工作年度报告",
        "本报告的编排、所列数据的口径和统计期限都参照了\n云山县水务局2020年政府信息公开工作年度报告\n编制。",
    ] {
        let extraction = behind_line(
            if line.contains("卫健") {
                "云山县卫生健康局"
            } else {
                "云山县水务局"
            },
            line,
        );
        assert_eq!(
            asserted(&extraction, "rules", "in_force").as_deref(),
            Some("5"),
            "{line}"
        );
    }
    // The page's own title above the report.
    let text = "云山县卫健局2021年政府信息公开工作年度报告\n来源：县政府。\n\
                云山县卫生健康局2021年政府信息公开工作年度报告\n一、概述\n无。\n\
                二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n\
                现行有效件数\n规章\n2\n1\n5\n";
    assert_eq!(
        asserted(&read(text), "rules", "in_force").as_deref(),
        Some("5")
    );
}

#[test]
fn a_table_that_goes_through_the_title_of_another_report() {
    let title = "别县2019年政府信息公开工作年度报告\n";
    let text = "某县2021年政府信息公开工作年度报告\n一、概述\n无。\n二、主动公开政府信息情况\n\
                第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n2\n1\n5\n";
    let rest = "行政规范性文件\n3\n4\n7\n完。\n";
    insta::assert_snapshot!(rows(&format!("{text}{title}{rest}"), &["rules", "documents"]), @r"
    rules: 2 1 5
    documents: ? ? ?
    ");
}

#[test]
fn a_count_that_is_stated_with_several_values() {
    let extraction = read(
        "某县2021年政府信息公开工作年度报告\n一、概述\n我局收到政府信息公开申请9件，结转下年度2件。\
         县住建局收到政府信息公开申请6件，结转下年度2件。\n",
    );
    let counts = extraction.statements.iter();
    let counts: Vec<_> = counts
        .map(|count| (count.id.as_str(), count.raw.as_str()))
        .collect();
    assert_eq!(counts, [("carried_out", "2"), ("carried_out", "2")]);
    let mut notes = extraction.diagnostics.iter();
    let note = notes.find(|note| note.code == "several-counts");
    insta::assert_snapshot!(note.map_or("", |note| &note.message), @"the prose states `received_total` with several values, of which none is given: 9, 6");
}
