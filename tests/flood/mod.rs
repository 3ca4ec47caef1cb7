//! Inputs of one thing over and over, by how many there are: what a reader that is not linear in
//! its input would take too long over, or too much room.

/// A report with one table, which the flood stands behind.
const HEAD: &str = "青川市人民政府2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n\
    第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n\
    规章\n2\n1\n5\n行政规范性文件\n6\n4\n56\n";

/// The same table with borders.
const BORDERED: &str = "| 第二十条第（一）项 | | | |\n\
    | 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n\
    | 规章 | 1 | 2 | 3 |\n| 行政规范性文件 | 3 | 4 | 5 |\n";

/// Headers of a form whose rows have codes, without the column of the codes.
const CODED: &str = "浦东新区政府信息公开月报\n指标名称 计算单位 本月累计\n";

/// A whole report, whose prose contradicts its tables if a flood says so.
const WHOLE: &str = include_str!("../../samples/annual_2021/markdown.txt");

/// A name, and what makes so many of one thing.
pub(crate) type Flood = (&'static str, fn(usize) -> String);

/// Every flood.
pub(crate) const FLOODS: &[Flood] = &[
    // Lines of nothing.
    ("words", |n| behind(HEAD, "公开工作会议的情况说明\n", n)),
    ("words-apart", |n| behind(HEAD, "规章 文件 公开 工作\n", n)),
    ("blank-lines", |n| behind(HEAD, "\n", n) + HEAD),
    ("addresses", |n| {
        behind(HEAD, "http://www.qingchuan.gov.cn/a\n", n)
    }),
    ("broken", |n| behind(HEAD, "\u{FFFD}\0", n)),
    ("brackets", |n| behind(HEAD, "（", n)),
    // One line.
    ("one-line-of-words", |n| {
        behind(HEAD, "政府信息公开工作情况", n)
    }),
    ("one-line-of-rows", |n| {
        behind("", "规章215行政规范性文件6456", n)
    }),
    ("one-line-of-values-and-words", |n| {
        behind(HEAD, " 规章 1 公开 2 工作", n)
    }),
    ("one-number", |n| behind("规章\n", "1234567890", n)),
    ("one-gap", |n| behind(HEAD, " ", n) + HEAD),
    ("one-border", |n| behind(HEAD, "|", n)),
    ("one-row", |n| behind("| 规章 |", "1|", n) + "\n"),
    ("one-row-of-tabs", |n| behind("规章\t", "1\t", n) + "\n"),
    // Cells.
    ("borders", |n| behind(HEAD, "|\n", n)),
    ("rows", |n| behind(BORDERED, "| 规章 | 1 | 2 | 3 |\n", n)),
    ("foreign-rows", |n| {
        numbered(BORDERED, n, |i| format!("| 项目{i} | 1 | {i} | 3 |\n"))
    }),
    ("unknown-rows", |n| {
        numbered("|名称|甲数|乙数|\n", n, |i| {
            format!("|项{i}|1|{i}|\n")
        })
    }),
    ("unknown-tabs", |n| {
        numbered("名称\t甲数\t乙数\n", n, |i| {
            format!("项{i}\t1\t{i}\n")
        })
    }),
    ("unknown-gaps", |n| {
        numbered("名称   甲数   乙数\n", n, |i| {
            format!("项{i}   1   {i}\n")
        })
    }),
    ("unknown-cells", |n| {
        numbered("名称\n甲数\n乙数\n", n, |i| format!("项目\n1\n{i}\n"))
    }),
    ("askew-rows", |n| {
        let row = |label: &str, cells: usize| format!("|{label}{}|\n", "|7".repeat(cells));
        behind(
            "",
            &[row("项目", 30), row("项目", 30), row("其他", 16)].concat(),
            n / 10,
        )
    }),
    ("askew", |n| askew("|", n)),
    ("askew-tabs", |n| askew("\t", n)),
    ("askew-gaps", |n| askew("   ", n)),
    ("askew-cells", |n| askew("\n", n)),
    ("dashes", |n| behind(HEAD, "-\n", n)),
    // Labels and numbers.
    ("one-label", |n| behind(HEAD, "规章\n", n)),
    ("totals", |n| behind(HEAD, "总计\n", n)),
    ("labels", |n| {
        behind(HEAD, "规章\n总计\n本年制发件数\n行政许可\n结果维持\n", n)
    }),
    ("half-labels", |n| behind(HEAD, "行政规范性文\n", n)),
    ("labels-with-values", |n| behind(HEAD, "规章\n1\n2\n3\n", n)),
    ("values-like-codes", |n| {
        behind(CODED, "提供服务类信息数 条 4\n", n)
    }),
    ("codes-left-out", |n| {
        behind(CODED, "提供服务类信息数 条 5\n", n)
    }),
    ("numbers", |n| numbered("规章\n", n, |i| format!("{i}\n"))),
    ("reports", |n| behind("", HEAD, n)),
    ("reports-of-one-year", |n| {
        let report = "青川市人民政府2022年政府信息公开工作年度报告\n一、总体情况\n规章\n";
        behind("", report, n)
    }),
    ("titles", |n| {
        behind("", "青川市人民政府2022年政府信息公开工作年度报告\n", n)
    }),
    // The outline, and pages.
    ("sections", |n| {
        behind(HEAD, "三、收到和处理政府信息公开申请情况\n", n)
    }),
    ("items", |n| behind(HEAD, "1.\n", n)),
    ("counted-items", |n| {
        numbered(HEAD, n, |i| format!("{i}. 公开工作\n"))
    }),
    ("page-marks", |n| {
        numbered(HEAD, n, |i| format!("- {} -\n", i % 900))
    }),
    ("running-heads", |n| {
        numbered(HEAD, n, |i| format!("第{}页\n规章\n", i % 900))
    }),
    // Statements.
    ("statements", |n| {
        behind(HEAD, "收到政府信息公开申请56件，办结55件。\n", n)
    }),
    ("one-line-of-statements", |n| {
        behind(HEAD, "收到政府信息公开申请56件，办结55件。", n)
    }),
    ("contradictions", |n| {
        behind(WHOLE, "本年新收政府信息公开申请56件，办结55件。\n", n)
    }),
    ("several-counts", |n| {
        numbered(HEAD, n, |i| format!("收到政府信息公开申请{i}件。\n"))
    }),
    ("clauses", |n| {
        behind(HEAD, "主动公开政府信息，", n) + "1234条。"
    }),
    // Pages of HTML.
    ("nested", |n| behind("<html><body>", "<div>", n) + HEAD),
    ("nested-tables", |n| {
        behind("<html><body>", "<table><tr><td>规章", n)
    }),
    ("tables", |n| {
        behind(
            "<html><body>",
            "<table><tr><td>规章</td><td>1</td></tr></table>\n",
            n,
        )
    }),
    ("wide-spans", |n| {
        let row = "<tr><td rowspan=1000 colspan=1000>规章</td><td>1</td></tr>\n";
        behind("<html><body><table>", row, n)
    }),
    ("open-tags", |n| behind("<html><body>", "<", n)),
    ("open-comments", |n| behind("<html><body>", "<!--", n)),
    ("open-scripts", |n| {
        behind("<html><body><table>", "<script>", n)
    }),
    ("open-references", |n| behind("<html><body>", "&", n)),
    ("open-attributes", |n| {
        behind("<html><body><table ", "a=\"", n)
    }),
];

fn behind(head: &str, piece: &str, count: usize) -> String {
    head.to_owned() + &piece.repeat(count)
}

/// A table as wide as the count, one row of which has half its cells.
fn askew(gap: &str, count: usize) -> String {
    let row = |label: &str, count: usize| format!("{label}{}\n", format!("{gap}7").repeat(count));
    let even = row("项目", count).repeat(3);
    format!("{even}{}{even}", row("其他", count / 2))
}

fn numbered(head: &str, count: usize, piece: fn(usize) -> String) -> String {
    (0..count).fold(head.to_owned(), |text, at| text + &piece(at))
}
