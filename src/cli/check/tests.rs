use gongkai::Source;
use gongkai::check::evaluate;
use gongkai::extraction::Offsets;
use gongkai::form::Grammars;
use gongkai::source::EncodingChoice;

use super::{FailOn, Format, Job, Manner, Report, run};

#[path = "../../../tests/report/mod.rs"]
mod report;

use report::{Numbers, numbers, print};

fn read(name: &str, numbers: &Numbers, edit: impl Fn(String) -> String) -> Report {
    let (text, mut extraction) = print(numbers);
    extraction.checks = evaluate(numbers.form, &extraction);
    let source = Source::decode(edit(text).as_bytes(), &EncodingChoice::Auto).unwrap();
    Report {
        name: name.to_owned(),
        path: None,
        source,
        extraction,
    }
}

/// The exit code, and what is printed.
fn ran(format: Format, fail_on: FailOn, reports: Vec<Report>) -> (u8, String) {
    let mut out = Vec::new();
    let job = Job {
        manner: &Manner { format, fail_on },
        single: reports.len() == 1,
        grammars: Grammars::embedded(),
        offsets: Offsets::Byte,
        styled: false,
    };
    let outcome = run(&job, reports.into_iter().map(Ok), &|_| None, &mut out).unwrap();
    (outcome.code(), String::from_utf8(out).unwrap())
}

fn printed(format: Format, reports: Vec<Report>) -> (u8, String) {
    ran(format, FailOn::Error, reports)
}

fn damaged_numbers() -> Numbers {
    let mut numbers = numbers("annual_2021", 2022);
    let cell = "requests/results.granted/legal_entity.business";
    numbers.cells.insert(cell.to_owned(), "90".to_owned());
    numbers.cells.insert(
        "review_litigation/cases/review.pending".to_owned(),
        "/".to_owned(),
    );
    numbers
}

fn damaged() -> Report {
    read("报告/年报 2022.txt", &damaged_numbers(), |text| text)
}

#[test]
fn a_report_that_holds_is_one_line() {
    let (code, out) = printed(
        Format::Text,
        vec![read("a.txt", &numbers("annual_2021", 2022), |text| text)],
    );
    assert_eq!(code, 0);
    insta::assert_snapshot!(out, @"
    a.txt: ok (annual_2021, 60 hold, 3 not evaluated)
      not evaluated: no section heading is in the text (text_sections)
      not evaluated: section `problems_and_improvements` is not in the text (text_problems_present)
      not evaluated: section `other_matters` is not in the text (text_fee_statement)
    1 report: 60 checks hold, 0 fail, 3 not evaluated
    ");
}

#[test]
fn failures_stand_under_their_lines() {
    let (code, out) = printed(Format::Text, vec![damaged()]);
    assert_eq!(code, 1);
    insta::assert_snapshot!(out, @"
    报告/年报 2022.txt: 3 checks fail (annual_2021, 56 hold, 4 not evaluated)
      not evaluated: cell `review_litigation/cases/review.pending` is a placeholder (t4_review_sum)
      not evaluated: no section heading is in the text (text_sections)
      not evaluated: section `problems_and_improvements` is not in the text (text_problems_present)
      not evaluated: section `other_matters` is not in the text (text_fee_statement)

    error[t3_result_total_2021]: should hold: the results add up to their total (requests, column legal_entity.business)
       --> 报告/年报 2022.txt:40:1
        |
     40 | 90
        | ^^ 予以公开 (would have to be 1)
    ...
     56 | 8
        | - 属于国家秘密
    ...
     64 | 7
        | - 其他法律行政法规禁止公开
    ...
    128 | 8
        | - 没有现成信息需要另行制作
    ...
    136 | 7
        | - 补正后申请内容仍不明确
    ...
    144 | 6
        | - 信访举报投诉类申请
    ...
    200 | 8
        | - 其他
    ...
    208 | 81
        | -- 总计
        |
        = note: left side 170, right side 81, difference 89
        = note: 14 more cells are not shown
        = help: `requests/results.granted/legal_entity.business` alone would explain it, were it 1

    error[t3_column_sum]: should hold: the kinds of applicant add up to the total (requests, row results.granted)
      --> 报告/年报 2022.txt:40:1
       |
    39 | 5
       | - 自然人
    40 | 90
       | ^^ 商业企业 (would have to be 1)
    41 | 6
       | - 科研机构
    42 | 2
       | - 社会公益组织
    43 | 7
       | - 法律服务机构
    44 | 3
       | - 其他
    45 | 24
       | -- 总计
       |
       = note: left side 113, right side 24, difference 89
       = help: `requests/results.granted/legal_entity.business` alone would explain it, were it 1

    warning[q_cell_missing]: should hold: no cell is blank, a placeholder or absent (review_litigation)
       --> 报告/年报 2022.txt:226:1
        |
    226 | /
        | ^ 尚未审结
        |
        = note: 1 cell is a placeholder
        = note: `review_litigation/cases/review.pending` (line 226)

    1 report: 56 checks hold, 3 fail, 4 not evaluated
    ");
}

#[test]
fn github_annotations_are_one_line_each() {
    insta::assert_snapshot!(printed(Format::Github, vec![damaged()]).1, @"
    ::error file=报告/年报 2022.txt,line=40,col=1,endColumn=3,title=t3_result_total_2021 (requests%2C column legal_entity.business)::should hold: the results add up to their total%0Aleft side 170, right side 81, difference 89%0Asuspect: requests/results.granted/legal_entity.business, were it 1
    ::error file=报告/年报 2022.txt,line=40,col=1,endColumn=3,title=t3_column_sum (requests%2C row results.granted)::should hold: the kinds of applicant add up to the total%0Aleft side 113, right side 24, difference 89%0Asuspect: requests/results.granted/legal_entity.business, were it 1
    ::warning file=报告/年报 2022.txt,line=226,col=1,endColumn=2,title=q_cell_missing (review_litigation)::should hold: no cell is blank, a placeholder or absent%0A1 cell is a placeholder%0A`review_litigation/cases/review.pending` (line 226)
    ");
}

#[test]
fn sarif_points_at_the_suspect() {
    let sarif: serde_json::Value =
        serde_json::from_str(&printed(Format::Sarif, vec![damaged()]).1).unwrap();
    let result = &sarif["runs"][0]["results"][0];
    insta::assert_snapshot!(format!("{}\n{}", result["message"], result["locations"]), @r#"
    {"text":"requests, column legal_entity.business: left side 170, right side 81, difference 89; suspect: requests/results.granted/legal_entity.business, were it 1"}
    [{"physicalLocation":{"artifactLocation":{"uri":"%E6%8A%A5%E5%91%8A/%E5%B9%B4%E6%8A%A5%202022.txt"},"region":{"byteLength":2,"byteOffset":428,"endColumn":3,"endLine":40,"startColumn":1,"startLine":40}}}]
    "#);
}

#[test]
fn json_is_indented_for_one_report_and_lines_for_two() {
    let one = printed(Format::Json, vec![damaged()]).1;
    assert!(one.starts_with("{\n  \"schema\": \"gongkai.check/1\""));
    let two = printed(Format::Json, vec![damaged(), damaged()]).1;
    assert_eq!(two.lines().count(), 2);
}

#[test]
fn a_warning_fails_only_where_it_is_asked_to() {
    let mut numbers = numbers("annual_2021", 2022);
    numbers.prose[1].2 = "25".to_owned();
    let code = |fail_on| {
        let report = read("a.txt", &numbers, |text| text);
        ran(Format::Jsonl, fail_on, vec![report]).0
    };
    assert_eq!((code(FailOn::Error), code(FailOn::Warning)), (0, 1));
}

#[test]
fn years_are_shown_side_by_side() {
    let before = read("2021.txt", &numbers("annual_2021", 2021), |text| text);
    let mut after = numbers("annual_2021", 2022);
    for (address, value) in &mut after.cells {
        if address.starts_with("art20_1/") && address.ends_with("/in_force") {
            *value = "11".to_owned();
        }
    }
    let out = printed(
        Format::Text,
        vec![before, read("2022.txt", &after, |text| text)],
    )
    .1;
    let pair = out.split_once("2022.txt beside").unwrap().1;
    let last = pair.rsplit("\n\n").nth(1).unwrap();
    insta::assert_snapshot!(last, @"
    warning[xy_carried_over]: should hold: what was carried out last year is carried in this year (requests, column total)
       --> 2021.txt:221:1
        |
    221 | 26
        | ^^ 结转下年度继续办理
        |
       ::: 2022.txt:37:1
        |
     37 | 12
        | ^^ 上年结转政府信息公开申请数量
        |
        = note: left side 26, right side 12, difference 14
    ");
}

#[test]
fn a_report_on_one_line_is_cut_to_what_matters() {
    let glue = |text: String| text.replace('\n', " ");
    let mut report = read("glued.txt", &damaged_numbers(), glue);
    // What stands at a byte is on the one line that is left.
    let text = report.source.text().to_owned();
    for table in &mut report.extraction.tables {
        for span in table
            .rows
            .iter_mut()
            .flat_map(|row| &mut row.cells)
            .flat_map(|c| &mut c.span)
        {
            span.column = text[..span.start].chars().count() + 1;
            span.line = 1;
        }
    }
    let out = printed(Format::Text, vec![report]).1;
    insta::assert_snapshot!(out.split("\n\n").nth(1).unwrap(), @"
    error[t3_result_total_2021]: should hold: the results add up to their total (requests, column legal_entity.business)
      |
    1 | 2 2 2 12 予以公开 5 90 6 2 7 3 24 部分公开
      |                     ^^ 予以公开 (would have to be 1)
      |
     :::
    1 | 0 6 18 属于国家秘密 1 8 6 4 2 0 21 其他法律行政法规禁止公开 8 7 6 5 4 3 33 危及“三
      |                       - 属于国家秘密                                - 其他法律行政法规禁止公开
      |
     :::
    1 |  没有现成信息需要另行制作 1 8 6 4 2 0 21 补正后申请内容仍不明确 8 7 6 5 4 3 33 信访举报投诉类申请 6 6 6 6 6 6 36 重复申请
      |                             -                                     -                                 - 信访举报投诉类申请
      |                             |                                     |
      |                             |                                     补正后申请内容仍不明确
      |                             没有现成信息需要另行制作
      |
     :::
    1 | 6 3 0 6 18 其他 1 8 6 4 2 0 21 总计 81 81 126 81 81 63 51
      |                   - 其他                 -- 总计
      |
      = note: cut from glued.txt at 1:203, 1:267, 1:501, 1:775
      = note: left side 170, right side 81, difference 89
      = note: 14 more cells are not shown
      = help: `requests/results.granted/legal_entity.business` alone would explain it, were it 1
    ");
}
