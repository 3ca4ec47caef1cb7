//! Forms of some cities and of other genres: columns and rows of a report's own, codes, years.

use gongkai::form::Grammars;

use super::programs::rows;

#[test]
fn a_year_in_brackets_above_a_table_is_no_header() {
    let text = "白石县卫生健康局2009年政府信息公开工作年度报告\n莆田市政府信息公开情况统计附表\n\
                （2009年度）\n指标名称     计量单位    上年同期   2009年度   历年累计\n\
                主动公开信息数      条        2       6       14\n1、当面申请数       条        3       2       4\n";
    insta::assert_snapshot!(rows(text, &["disclosed", "in_person"]), @r"
    disclosed: ? ? ?
    in_person: ? ? ?
    ");
}

#[test]
fn a_value_like_the_code_of_its_row() {
    let text = "东河区教育局2012年政府信息公开工作年度报告\n浦东新区政府信息公开月报\n\
                指标名称 计算单位 本月累计\n主动信息公开 条 30\n提供服务类信息数 条 4\n\
                网站专栏页面访问量 人次 9\n网上咨询数 人次 7\n申请总次数 条 13\n";
    let ids = [
        "disclosed",
        "service.items",
        "online_consultations",
        "requests.received",
    ];
    insta::assert_snapshot!(rows(text, &ids), @r"
    disclosed: 30
    service.items: ?
    online_consultations: ?
    requests.received: 13
    ");
}

#[test]
fn values_like_codes_in_most_of_few_rows() {
    let text = "东河区教育局2012年政府信息公开工作年度报告\n浦东新区政府信息公开月报\n\
                指标名称 计算单位 本月累计\n主动信息公开 条 1\n提供服务类信息数 条 4\n\
                网站专栏页面访问量 人次 5\n完。\n";
    insta::assert_snapshot!(rows(text, &["disclosed", "service.items", "page_views"]), @r"
    disclosed: ?
    service.items: ?
    page_views: ?
    ");
}

#[test]
fn a_column_of_another_year_and_blank_cells() {
    let text = "云山县2017年国民经济和社会发展统计公报\n2017年居民消费价格比上年涨跌幅度\n\
                指标              全县   2016年   城市   农村\n居民消费价格      1.6    2.0      1.7    1.3\n\
                其中：食品烟酒    -0.4   3.8      -0.2\n衣着              1.3    1.4      1.3    1.2\n\
                居住              2.6    1.6      2.5\n";
    insta::assert_snapshot!(rows(text, &["total", "food", "housing"]), @r"
    total: ? ? ?
    food: ? ? ?
    housing: ? ? ?
    ");
}

#[test]
fn a_column_of_the_reports_own_where_one_row_fits() {
    let text = "南平镇人民政府2012年政府信息公开工作年度报告\n浦东新区政府信息公开月报\n指标名称\n\
                计算单位\n代码\n上年同期\n本月累计\n年度累计\n申请总次数\n条\n12\n0\n1.当面申请数\n条\n13\n0\n\
                2.传真申请数\n条\n14\n0\n3\n行政复议数\n件\n34\n0\n";
    insta::assert_snapshot!(rows(text, &["requests.received", "received.fax"]), @r"
    requests.received: ? ?
    received.fax: ? ?
    ");
}

#[test]
fn two_halves_with_a_column_of_last_year() {
    let text = "南平镇人民政府2018年度部门决算公开\n收入支出决算总表\n单位：万元\n\
                项目       上年决算数 金额     项目       上年决算数 金额\n\
                一、财政拨款收入     10.00   20.00 一、一般公共服务支出     30.00   40.00\n\
                二、上级补助收入     1.00   2.00 二、外交支出         3.00   4.00\n\
                本年收入合计       11.00   22.00 本年支出合计       33.00   44.00\n\
                总计           11.00   22.00 总计           33.00   44.00\n";
    insta::assert_snapshot!(rows(text, &["foreign_affairs", "income.total"]), @r"
    foreign_affairs: ?
    income.total: ?
    ");
}

#[test]
fn notes_and_page_marks_are_no_rows() {
    let budget = "南平镇人民政府2018年度部门决算公开\n收入支出决算总表\n单位：万元\n\
                  项目 行次 金额 项目 行次 金额\n一、财政拨款收入 1 783.00 一、一般公共服务支出 28 783.00\n\
                  二、上级补助收入 2 0.00 二、外交支出 29 0.00\n本年收入合计 24 783.00 本年支出合计 51 783.00\n\
                  总计 27 783.00 总计 54 783.00\n注：本表金额转换成万元时，因四舍\n五入可能存在尾差。\n\n1\n";
    insta::assert_snapshot!(rows(budget, &["income.total", "extra-1"]), @r"
    income.total: 783.00
    extra-1: none
    ");
    let signed = "青川市人民政府2008年政府信息公开工作年度报告\n定西市政府信息公开情况统计报表\n\
                  指标名称           计量单位   代码   本期实际   本年累计\n行政复议数          件       32     0        4\n\
                  行政诉讼数          件       33     0        2\n单位负责人：王五　审核人：李四　联系电话：\n\
                  0551-62345678　填报日期：2009年1月12日\n";
    insta::assert_snapshot!(rows(signed, &["review.cases", "extra-1"]), @r"
    review.cases: 0 4
    extra-1: none
    ");
}

#[test]
fn a_row_of_its_own_among_rows_that_do_not_come_out() {
    let text = "东河区教育局2018年度部门决算公开\n收入支出决算总表\n单位：万元\n\
                | 项目 | 行次 | 年初预算数 | 决算数 | 项目 | 行次 | 年初预算数 | 决算数 |\n|---|---|---|---|---|---|---|---|\n\
                | 一、财政拨款收入 | 1 | 724.00 | 971.39 | 一、一般公共服务支出 | 21 | 12.00 | 750.10 |\n\
                | 三、事业收入 | 2 | 0.00 | 0.00 | 七、文化体育与传媒支出 | 22 | 86.30 | 91.00 |\n\
                | 四、经营收入 | 3 | 458.00 | 545.30 | 二十二、灾害防治及应急管理支出 | 23 | 0.00 | 707.87 |\n\
                | 总计 | 20 | 1182.00 | 1548.97 | 总计 | 40 | 1182.00 | 1548.97 |\n";
    insta::assert_snapshot!(rows(text, &["income.service", "extra-1"]), @r"
    income.service: ?
    extra-1: none
    ");
}

/// The tables of no form, a line for each row below its columns.
fn unknown(text: &str) -> String {
    let extraction = super::read(text);
    let mut lines = Vec::new();
    for table in extraction
        .tables
        .iter()
        .filter(|table| table.form.is_none())
    {
        let heads = table.columns.iter().map(|column| column.label.join(">"));
        lines.push(heads.collect::<Vec<_>>().join(" | "));
        for row in &table.rows {
            let cells = row
                .cells
                .iter()
                .map(|cell| cell.raw.as_deref().unwrap_or("?"));
            let cells = cells.collect::<Vec<_>>().join(" ");
            lines.push(format!("{}: {cells}", row.label.join(">")));
        }
    }
    lines.join("\n")
}

#[test]
fn another_table_behind_a_blank_line() {
    let text = "云山县2010年有关情况\n\n序号| 指标| 产量| 增长%  \n---|---|---|---  \n1| 甲产业| 563| 5  \n\
                2| 乙产业| 913| -2  \n3| 丙产业| 388| +3  \n  \n序号| 指标| 绝对数| 增长%  \n---|---|---|---  \n\
                1| 甲产业| 8119.99| -12.5  \n2| 乙产业| 130469.90| 3  \n3| 丙产业| 443.06| 5  \n";
    insta::assert_snapshot!(unknown(text), @r"
    产量 | 增长%
    甲产业: 563 5
    乙产业: 913 -2
    丙产业: 388 +3
    绝对数 | 增长%
    甲产业: 8119.99 -12.5
    乙产业: 130469.90 3
    丙产业: 443.06 5
    ");
}

#[test]
fn a_row_without_numbers_begins_no_table() {
    let text = "| 单位 | 负责人 | 件数 | 户数 |\n|---|---|---|---|\n| 甲村 | 赵一 | 12 | 30 |\n\
                | 乙村 | 钱二 | 7 | 21 |\n| 丁村 | 孙三 | 9 | 14 |\n\n| 丙村 | 王五 | 未统计 | 缺报 |\n\
                | 戊村 | 李四 | 5 | 11 |\n| 己村 | 周六 | 8 | 19 |\n| 庚村 | 吴七 | 6 | 10 |\n";
    insta::assert_snapshot!(unknown(text), @r"
    件数 | 户数
    甲村>赵一: 12 30
    乙村>钱二: 7 21
    丁村>孙三: 9 14
    丙村>王五: ? ?
    戊村>李四: 5 11
    己村>周六: 8 19
    庚村>吴七: 6 10
    ");
}

#[test]
fn two_headers_with_one_space_between_them() {
    let text = "附表1：情况统计表\n               项目    本年 上年  累计\n             收到申请数    4  0   2\n\
                             当面申请     0  11  0\n             网络申请    11  0   3\n             答复数      1  0   7\n";
    insta::assert_snapshot!(unknown(text), @r"
     |  | 
    收到申请数: ? ? ?
    当面申请: ? ? ?
    网络申请: ? ? ?
    答复数: ? ? ?
    ");
}

#[test]
fn two_headers_on_one_line_below_a_title() {
    let text = "表2 有关情况\n科室\n数量平均费用\n同比\n眼科\n120\n85.20\n0\n外科\n88\n无\n0\n儿科\n140\n96.00\n无\n";
    insta::assert_snapshot!(unknown(text), @r"
     |  | 
    眼科: ? ? ?
    外科: ? ? ?
    儿科: ? ? ?
    ");
}

#[test]
fn the_running_number_of_the_next_row() {
    let text = "情况统计表\n\n序号\n\n单位名称\n\n宗数\n\n罚没金额\n\n1\n\n交通运输\n\n3\n\n0.00\n\n2\n\n\
                生态环境\n\n7\n\n0.00\n\n3\n\n市场监管\n\n5\n\n0.00\n\n4\n\n文化旅游\n\n0\n\n0.00\n\n\
                二、主要问题\n\n不予许可数\n\n撤销数\n\n0\n";
    insta::assert_snapshot!(unknown(text), @"");
}

#[test]
fn a_unit_that_nobody_knows() {
    let text = "青川市2018年国民经济和社会发展统计公报\n2018年主要工业产品产量及其增长速度\n\
                产品名称\t单位\t产量\t比上年增长（%）\n水泥\t万吨\t220.5\t3.1\n汽车\t万辆\t12.4\t-2.0\n\
                移动通信手持机\t部\t84435\t\n";
    insta::assert_snapshot!(rows(text, &["cement", "phones"]), @r"
    cement: 220.5 3.1
    phones: ? ?
    ");
}

#[test]
fn an_empty_cell_between_the_pieces_of_a_label() {
    let text = "云山县水务局2008年政府信息公开工作年度报告\n定西市政府信息公开情况统计报表\n\n\
                +------------------------+----------+------+----------+----------+----------+\n\
                | 指标名称               | 计量单位 | 代码 | 本期实际 | 本年累计 | 同比增长 |\n\
                +------------------------+----------+------+----------+----------+----------+\n\
                | 主动公开信息数         | 条       | 01   | 20       | 85       | 12%      |\n\
                +------------------------+----------+------+----------+----------+----------+\n\
                | 其中：全文             | 条       | 02   | 10       |          | -3.1%    |\n\
                | 电子化的主动公开信息数 |          |      |          |          |          |\n\
                +------------------------+----------+------+----------+----------+----------+\n\
                | 新增的行政规范性文件数 | 条       | 03   | 12       |          | 0        |\n\
                +------------------------+----------+------+----------+----------+----------+\n";
    insta::assert_snapshot!(rows(text, &["disclosed", "full_text", "documents"]), @r"
    disclosed: 20 85 12%
    full_text: ? ? ?
    documents: 12 _ 0
    ");
}

#[test]
fn sections_that_begin_once_more_are_those_of_another_report() {
    let report = |rest: &str| {
        format!(
            "一、总体情况\n平稳有序。\n二、主动公开政府信息情况\n第二十条第（五）项\n信息内容\n本年处理决定数量\n\
             行政许可\n{rest}三、收到和处理政府信息公开申请情况\n无。\n\
             四、政府信息公开行政复议、行政诉讼情况\n无。\n五、存在的主要问题及改进情况\n无。\n\
             六、其他需要报告的事项\n无。\n"
        )
    };
    let title = "某县2022年政府信息公开工作年度报告\n";
    let fees = "4\n第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n2.5\n";
    let ids = ["administrative_licensing", "administrative_fees"];
    let once = format!("{title}{}", report(fees));
    insta::assert_snapshot!(rows(&once, &ids), @r"
    administrative_licensing: 4
    administrative_fees: 2.5
    ");
    // A list of contents has no rows.
    let contents = once.replace('\n', "\n\n").replacen(
        "一、总体情况",
        "一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n\
         四、政府信息公开行政复议、行政诉讼情况\n一、总体情况",
        1,
    );
    assert_eq!(rows(&contents, &ids), rows(&once, &ids));
    let twice = format!("{title}{}{}", report("3\n"), report(fees));
    insta::assert_snapshot!(rows(&twice, &ids), @r"
    administrative_licensing: ?
    administrative_fees: ?
    ");
}

#[test]
fn a_list_of_the_sections_within_a_report_is_no_other_report() {
    let form = Grammars::embedded()
        .form("annual_2021")
        .expect("it is built in");
    let headings = form.sections.iter().map(|section| {
        let number = section.number.as_deref().unwrap_or_default();
        format!("{number}、{}", section.title.text)
    });
    let headings: Vec<String> = headings.collect();
    let [overview, disclosure, requests, review, ..] = headings.as_slice() else {
        panic!("six sections");
    };
    let licences = "第二十条第（五）项\n信息内容\n本年处理决定数量\n行政许可\n4\n";
    let received = "一、本年新收政府信息公开申请数量|3|1|0|0|0|0|4\n二、上年结转政府信息公开申请数量|0|0|0|0|0|0|0";
    let list = headings.join("\n");
    let text = format!(
        "某县2022年政府信息公开工作年度报告\n{overview}\n平稳有序。\n{disclosure}\n{licences}{list}\n\
         {requests}\n{received}\n{review}\n无。\n"
    );
    insta::assert_snapshot!(rows(&text, &["administrative_licensing", "received_this_year"]), @r"
    administrative_licensing: 4
    received_this_year: 3 1 0 0 0 0 4
    ");
}

#[test]
fn a_heading_out_of_its_order_is_a_section_and_a_list_at_the_end_is_none() {
    let received = "一、本年新收政府信息公开申请数量|3|1|0|0|0|0|4\n二、上年结转政府信息公开申请数量|0|0|0|0|0|0|0";
    let sections = |behind: &str| {
        let extraction = super::read(&format!(
            "某县2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{received}\n{behind}"
        ));
        let ids = extraction.sections.into_iter().map(|section| section.id);
        ids.collect::<Vec<_>>().join(" ")
    };
    insta::assert_snapshot!(
        sections("六、其他需要报告的事项\n没有其他事项。\n五、存在的主要问题及改进情况\n公开不够及时。\n"),
        @"requests other_matters problems_and_improvements"
    );
    insta::assert_snapshot!(
        sections("五、存在的主要问题及改进情况\n公开不够及时。\n一、总体情况\n二、主动公开政府信息情况\n"),
        @"requests problems_and_improvements"
    );
}
