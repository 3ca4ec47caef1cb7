//! Pages -> folded text, and the source under it.

use super::fold;
use crate::source::{EncodingChoice, Source};
use crate::text::{NOISE, Text};

fn read(page: &str) -> (Source, Text) {
    let source = Source::decode(page.as_bytes(), &EncodingChoice::Auto).unwrap();
    let text = fold(&source, &[], &[]);
    (source, text)
}

fn folded(page: &str) -> String {
    read(page)
        .1
        .folded
        .trim_end_matches('\n')
        .replace(NOISE, "~")
}

/// The source under the first place where `what` stands in the folded text.
fn under(page: &str, what: &str) -> String {
    let (source, text) = read(page);
    let start = text.folded.find(what).unwrap();
    text.span(&(start..start + what.len()))
        .of(source.text())
        .to_string()
}

#[test]
fn blocks_are_lines() {
    insta::assert_snapshot!(folded("<h2>一、总体<b>情况</b></h2>\n<p>今年\n收到<br>3 件</p><div><div>完"), @r"
    一、总体情况
    今年 收到
    3 件
    完
    ");
    insta::assert_snapshot!(folded("<pre>规章\n0\r\n6</pre>end"), @r"
    规章
    0
    6
    end
    ");
}

#[test]
fn rows_are_lines_with_borders() {
    let page = "<table><thead><tr><th>内容<th>数<tbody><tr><td>规章<td>\n 0 <tr><td>文件</td>stray<td></td></tr></table>";
    insta::assert_snapshot!(folded(page), @r"
    内容 | 数 |
    规章 | 0 |
    stray
    文件 | |
    ");
}

#[test]
fn a_cell_is_one_field() {
    let page =
        "<td><p>商业</p><p>企业</p></td><td>三<br>、<br/>\n本</td><td>&nbsp;</td><td>a|b</td>";
    insta::assert_snapshot!(folded(page), @"商业 企业 | 三 、 本 | | a¦b |");
    assert_eq!(
        under("<td>x</td><td>&nbsp;<o:p></o:p></td>", "| |"),
        "</td><td>&nbsp;"
    );
}

#[test]
fn merged_cells_leave_fillers() {
    let page = "<table><tr><td colspan=3>标题</td></tr><tr><td rowspan=\"2\">甲</td><td>乙</td><td>1</td></tr>\
                <tr><td>丙</td><td></td></tr><tr><td colspan='2'>丁<td>4</table>";
    insta::assert_snapshot!(folded(page), @r"
    标题 |||
    甲 | 乙 | 1 |
    | 丙 | |
    丁 || 4 |
    ");
}

#[test]
fn a_table_in_a_cell_shows_that_the_cells_around_lay_out_the_page() {
    let page = "<table><tr><td>导航</td><td><p>一、情况</p><table><tr><td>规章</td><td>0</td></tr></table>\
                <p>二、问题</p></td><td>页脚</td></tr><tr><td>版权</td><td>所有</td></tr></table>后";
    insta::assert_snapshot!(folded(page), @r"
    导航
    一、情况
    规章 | 0 |
    二、问题
    页脚
    版权 | 所有 |
    后
    ");
}

#[test]
fn an_article_in_a_cell_keeps_its_lines() {
    let page = format!(
        "<table><tr><td><p>一、总体情况</p><p>{}</p><p>规章</p></td></tr></table>",
        "今年".repeat(60)
    );
    assert_eq!(folded(&page).lines().count(), 3);
}

#[test]
fn tags_that_are_missing_are_understood() {
    insta::assert_snapshot!(folded("<tr><td>规章<td>0<tr><td>文件<td>1</table>"), @r"
    规章 | 0 |
    文件 | 1 |
    ");
    insta::assert_snapshot!(folded("<table><td>甲<table><td>乙</table></td></tr></table></td></table>丙"), @r"
    甲
    乙 |
    丙
    ");
    insta::assert_snapshot!(folded("<table><tr><td>甲</td></tr><table><tr><td>乙</td></tr></table>丙"), @r"
    甲 |
    乙 |
    丙
    ");
}

#[test]
fn a_cell_in_which_the_page_breaks_off_is_not_closed() {
    insta::assert_snapshot!(folded("<table><tr><td>规章</td><td>0</td><td>1"), @"规章 | 0 | 1");
    insta::assert_snapshot!(folded("<table><tr><td>规章</td><td>0</td><td><p align"), @"规章 | 0 |");
    insta::assert_snapshot!(folded("<table><tr><td>规章</td><td>0</td>"), @"规章 | 0 |");
}

#[test]
fn a_number_may_lie_in_pieces() {
    let page =
        "<td><p class=MsoNormal><span lang=EN-US>2</span><span>&#53;9<o:p></o:p></span></p></td>";
    insta::assert_snapshot!(folded(page), @"259 |");
    insta::assert_snapshot!(under(page, "259"), @"2</span><span>&#53;9");
}

#[test]
fn two_numbers_are_not_one() {
    insta::assert_snapshot!(folded("<td>3<sup>1</sup></td><td><s>4</s>5</td><td>1<img>2</td>"), @"3 1 | 4 5 | 1 2 |");
    insta::assert_snapshot!(folded("<td>1&#8203;</td><td>3<span style='DISPLAY: none'>4<b>5</b></span></td>"), @"1 | 3 |");
    insta::assert_snapshot!(folded("<td>1<td style='display:none'>2<td>3<tr hidden><td>4<tr><td>5</table>"), @r"
    1 | 3 |
    5 |
    ");
}

#[test]
fn what_is_no_text_is_left_out() {
    let page = "<head><style>td { }</style><script>x = '<td>1</td>';</script></head><!-- <p>2 --><select><option>3\
                </select><textarea>4</textarea><xml><w:View>Normal</w:View></xml>规章<![endif]>";
    insta::assert_snapshot!(folded(page), @"规章");
    insta::assert_snapshot!(folded("<select><option>3<p>规章</p>"), @"规章");
}

#[test]
fn the_title_of_the_page_is_read_once() {
    insta::assert_snapshot!(folded("<title>甲局 2020 年报 - 甲市</title><h1>甲局</h1><h1>2020年报</h1>"), @r"
    甲局
    2020年报
    ");
    insta::assert_snapshot!(folded("<title>甲局2020年报 - 甲市</title><p>规章"), @r"
    甲局2020年报 - 甲市
    规章
    ");
    assert_eq!(under("<title>甲局</title><p>规章", "规章"), "规章");
}

#[test]
fn every_character_has_its_source() {
    let page = "<TITLE>x</TITLE>\r\n<p>一<中 &lt; </> 二 \u{0}</p>A&B<td>3</table>";
    let (source, text) = read(page);
    for (at, c) in text.folded.char_indices() {
        let span = text.span(&(at..at + c.len_utf8()));
        assert!(
            source.text().get(span.start..span.end).is_some(),
            "{span:?}"
        );
    }
    insta::assert_snapshot!(text.folded.trim_end().replace(" \n", "\n"), @r"
    x
    一<中 < 二
    A&B
    3 |
    ");
}

#[test]
fn hostile_pages_cost_no_more_than_their_length() {
    let many = 100_000;
    for page in [
        "<div>".repeat(many),
        "<table><tr><td>".repeat(many),
        "<table>".repeat(many),
        "<td>".repeat(many),
        "<td colspan=999999999 rowspan=999999999>1".repeat(many),
        format!(
            "<table><tr><td>1<td colspan=1000 rowspan=0>{}",
            "<tr><td>2".repeat(many)
        ),
        "<span hidden>".repeat(many),
        "<td><p>&".repeat(many),
        format!("<td>{}", "规 &nbsp".repeat(many)),
        format!("&#{}", "0".repeat(many)),
        "<select><".repeat(many),
        "<![CDATA[ </".repeat(many),
    ] {
        let (_, text) = read(&page);
        assert!(text.folded.len() <= 8 * page.len() + 5000);
    }
}

#[test]
fn a_value_is_its_source_with_the_tags_in_it() {
    let row = |label: &str, values: [&str; 3]| {
        let cells =
            values.map(|value| format!("<td><p class=MsoNormal>{value}<o:p></o:p></p></td>"));
        format!("<tr><td><p>{label}</p></td>{}</tr>", cells.concat())
    };
    let page = format!(
        "<p>二、主动公开政府信息情况</p><table><tr><td colspan=4>第二十条第（一）项</td></tr>{}{}{}</table>",
        row(
            "信息内容",
            ["本年制发件数", "本年废止<br>件数", "现行有效件数"]
        ),
        row("规章", ["0", "&nbsp;", "6"]),
        row("行政规范性文件", ["1", "<span>2</span><b>&#53;</b>", "15"]),
    );
    let extraction = crate::extract(page.as_bytes(), &crate::Options::default()).unwrap();
    let table = &extraction.tables[0];
    let raws = table.rows.iter().flat_map(|row| &row.cells);
    let raws: Vec<&str> = raws
        .map(|cell| cell.raw.as_deref().unwrap_or("none"))
        .collect();
    insta::assert_snapshot!(raws.join(", "), @"0, none, 6, 1, 2</span><b>&#53;, 15");
    assert_eq!(table.layout, "html table");
}

#[test]
fn digits_that_a_page_shows_apart_are_not_one_number() {
    insta::assert_snapshot!(folded("<td>5<span style='vertical-align: super'>2</span></td>"), @"5 2 |");
    insta::assert_snapshot!(folded("<td><span style='text-decoration:line-through'>5</span>2</td>"), @"5 2 |");
    insta::assert_snapshot!(folded("<td>5</td#<td>2</td>"), @"5 2 |");
    insta::assert_snapshot!(folded("<table><tr><td>甲</td></tr></table>\n行政许可\r5\r2\r\n"), @r"
    甲 |

    行政许可
    5
    2
    ");
}
