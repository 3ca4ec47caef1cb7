//! What published pages do with the forms: blank cells beside merged ones, titles, years and
//! headings as bodies write them.

use gongkai::extraction::{Extraction, State};
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
