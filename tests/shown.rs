//! What the text shows plainly is asserted, whatever stands around it.

use gongkai::extraction::{Extraction, Row, State};
use gongkai::{Options, extract};

fn read(text: &str) -> Extraction {
    extract(text.as_bytes(), &Options::default()).expect("UTF-8 is known")
}

fn row<'e>(extraction: &'e Extraction, id: &str) -> &'e Row {
    let mut rows = extraction.tables.iter().flat_map(|table| &table.rows);
    rows.find(|row| row.id == id).expect("the row is there")
}

/// The cells of a row as printed; `_` for a blank one, `?` for what is not certain.
fn cells(extraction: &Extraction, id: &str) -> String {
    let cells = row(extraction, id)
        .cells
        .iter()
        .map(|cell| match cell.state {
            State::Blank => "_",
            State::Ambiguous => "?",
            _ => cell.raw.as_deref().unwrap_or_default(),
        });
    cells.collect::<Vec<_>>().join(" ")
}

const REVIEW: &str = "某县2023年政府信息公开工作年度报告\n\
    | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n| 规章 | 0 | 0 | 0 |\n四、政府信息公开行政复议、行政诉讼情况\n\
    | 行政复议 | 行政诉讼 |\n\
    | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |\n\
    | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |\n\
    | 2 | 0 | 0 | 1 | 3 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 1 |\n";

#[test]
fn words_behind_a_row_without_label_do_not_open_it() {
    for behind in [
        "",
        "五、存在的主要问题及整改措施",
        "存在不足",
        "无。",
        "无",
        "注：以上为本年度数字，共3件。",
        "2023年12月31日",
        "5、下一步工作2",
    ] {
        let extraction = read(&format!("{REVIEW}{behind}"));
        assert_eq!(
            cells(&extraction, "cases"),
            "2 0 0 1 3 0 0 0 0 0 1 0 0 0 1",
            "{behind}"
        );
    }
    // Which of two rows it is, nothing says.
    let twice = format!("{REVIEW}| 2 | 0 | 0 | 1 | 3 | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 4 |");
    assert_eq!(
        cells(&read(&twice), "cases"),
        "? ? ? ? ? ? ? ? ? ? ? ? ? ? ?"
    );
}

#[test]
fn a_misspelt_heading_over_the_next_row_is_no_cell() {
    let text = "某县2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n\
        | | 自然人 | 法人或其他组织 | 总计 |\n\
        | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |\n\
        | 一、本年新收政府信息公开申请数量 | 8 | 1 | 0 | 0 | 0 | 0 | 9 |\n\
        | 二、上年结转政府信息公开申请数量 |  | 1 |  | 2 |  |  |  |\n\
        | 三、本年壬办理结果 | （一）予以公开 | 9 | 1 | 0 | 0 | 0 | 0 | 10 |\n\
        | （二）部分公开 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n";
    let extraction = read(text);
    assert_eq!(cells(&extraction, "carried_in"), "_ 1 _ 2 _ _ _");
    assert_eq!(cells(&extraction, "results.granted"), "9 1 0 0 0 0 10");
}

#[test]
fn a_column_of_the_report_s_own_in_a_table_of_one_row() {
    let text = "某县2022年政府信息公开工作年度报告\n第二十条第（五）项\n\
        | 信息内容 | 本年处理决定数量 | 上年同期 |\n| 行政许可 | 31 | 26 |\n\
        第二十条第（六）项\n| 信息内容 | 本年处理决定数量 |\n| 行政处罚 | 4 |\n| 行政强制 | 0 |\n";
    let extraction = read(text);
    assert_eq!(cells(&extraction, "administrative_licensing"), "31 26");
    assert_eq!(extraction.tables[0].columns[1].label, ["上年同期"]);
}

#[test]
fn labels_of_a_page_are_without_its_tags() {
    let page = "<html><body><p>某县2022年政府信息公开工作年度报告</p><table>\
        <tr><td>信息内容</td><td>本年<span>制发</span>件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>\
        <tr><td>规章</td><td>1</td><td>1</td><td>1</td></tr>\
        <tr><td><b>行政</b><b>规范性&#x6587;件</b></td><td>12</td><td>0</td><td>34</td></tr>\
        </table></body></html>";
    let extraction = read(page);
    assert_eq!(extraction.tables[0].columns[0].label, ["本年制发件数"]);
    let row = row(&extraction, "normative_documents");
    assert_eq!(row.label, ["行政规范性文件"]);
    let pieces: Vec<&str> = row
        .pieces
        .iter()
        .map(|piece| &page[piece.start..piece.end])
        .collect();
    assert_eq!(pieces, ["行政", "规范性&#x6587;件"]);
}

#[test]
fn the_body_is_named_without_what_stands_beside_its_name() {
    for title in [
        "某县水利局关于2021年政府信息公开工作年度报告",
        "关于某县水利局2021年政府信息公开工作年度报告",
        "某县水利局\n关于2021年度政府信息公开工作的年度报告",
    ] {
        let extraction = read(&format!("{title}\n一、总体情况\n"));
        let agency = extraction.agency.map(|agency| agency.text);
        assert_eq!(agency.as_deref(), Some("某县水利局"), "{title}");
        assert_eq!(extraction.year.map(|year| year.value), Some(2021));
    }
}

#[test]
fn a_page_out_of_the_middle_of_a_report() {
    let page = "四、结转下年度继续办理 3 0 0 0 0 0 3\n四、政府信息公开行政复议、行政诉讼情况\n\
        行政复议 行政诉讼\n未经复议直接起诉 复议后起诉\n\
        0 1 0 0 1 0 0 0 2 2 0 0 0 0 0\n五、存在的主要问题及改进情况\n";
    let extraction = read(page);
    assert_eq!(cells(&extraction, "carried_out"), "3 0 0 0 0 0 3");
    assert_eq!(cells(&extraction, "cases"), "0 1 0 0 1 0 0 0 2 2 0 0 0 0 0");
    // A heading alone is no table.
    let prose = read("四、结转下年度继续办理的申请\n五、存在的主要问题及改进情况\n无。\n");
    assert!(prose.form.is_none());
}
