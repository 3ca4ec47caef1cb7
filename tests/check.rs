//! Relations over reports whose numbers are known.

#![allow(clippy::unwrap_used)]

mod report;

use gongkai::check::{across, evaluate};
use gongkai::extraction::{Block, Check, CheckStatus, Extraction, Section, Severity, SpannedText};
use gongkai::form::Grammars;
use report::{Numbers, numbers, print};

fn checks(numbers: &Numbers) -> Vec<Check> {
    evaluate(numbers.form, &print(numbers).1)
}

/// The numbers with some cells changed; `None` takes a cell away.
fn with(mut numbers: Numbers, changes: &[(&str, Option<&str>)]) -> Numbers {
    for (address, value) in changes {
        match value {
            Some(value) => numbers
                .cells
                .insert((*address).to_owned(), (*value).to_owned()),
            None => numbers.cells.remove(*address),
        };
    }
    numbers
}

fn of_status(checks: &[Check], status: CheckStatus) -> String {
    let kept = checks.iter().filter(|check| check.status == status);
    kept.map(line).collect::<Vec<_>>().join("\n")
}

fn line(check: &Check) -> String {
    let scope = check.scope.row.as_deref().or(check.scope.column.as_deref());
    let scope = scope.or(check.scope.table.as_deref()).unwrap_or("-");
    let value = |value: Option<rust_decimal::Decimal>| {
        value.map_or_else(|| "?".to_owned(), |value| value.to_string())
    };
    let mut line = format!(
        "{} {scope}: {} | {}",
        check.id,
        value(check.left.value),
        value(check.right.value)
    );
    if let Some(reason) = &check.reason {
        line.push_str(&format!("; {reason}"));
    }
    for suspect in &check.suspects {
        line.push_str(&format!("; {} = {}?", suspect.cell, suspect.value));
    }
    line
}

#[test]
fn a_report_that_adds_up_fails_nothing() {
    for form in ["annual_2019", "annual_2021"] {
        let checks = checks(&numbers(form, 2022));
        assert_eq!(of_status(&checks, CheckStatus::Fail), "");
        let relations = |id: &str| {
            let same = checks.iter().filter(|check| check.id.starts_with(id));
            same.filter(|check| check.status == CheckStatus::Pass)
                .count()
        };
        let rows = if form == "annual_2019" { 23 } else { 25 };
        let found = [
            "t3_identity",
            "t3_result_total",
            "t3_column_sum",
            "t4_",
            "text_",
        ];
        assert_eq!(found.map(relations), [7, 7, rows, 3, 5]);
    }
}

#[test]
fn blank_is_not_zero() {
    let report = with(
        numbers("annual_2021", 2022),
        &[
            ("requests/carried_in/legal_entity.other", Some("")),
            ("requests/carried_in/total", Some("/")),
            ("review_litigation/cases/review.pending", Some("?")),
            ("review_litigation/cases/litigation_direct.other", None),
            (
                "review_litigation/cases/litigation_after_review.other",
                Some("见附件"),
            ),
        ],
    );
    insta::assert_snapshot!(of_status(&checks(&report), CheckStatus::Unevaluated), @"
    t3_identity legal_entity.other: ? | 66; cell `requests/carried_in/legal_entity.other` is blank
    t3_identity total: ? | 539; cell `requests/carried_in/total` is a placeholder
    t3_column_sum carried_in: ? | ?; cell `requests/carried_in/legal_entity.other` is blank, and one more gives no number
    t4_review_sum cases: ? | 11; cell `review_litigation/cases/review.pending` is ambiguous
    t4_litigation_direct_sum cases: ? | 11; cell `review_litigation/cases/litigation_direct.other` is absent
    t4_litigation_after_review_sum cases: ? | 11; cell `review_litigation/cases/litigation_after_review.other` is text
    xy_carried_over -: ? | ?; the report of the year before is not given
    xy_rules_in_force -: ? | ?; the report of the year before is not given
    xy_normative_documents_in_force -: ? | ?; the report of the year before is not given
    t2_repealed_le_stock -: ? | ?; the report of the year before is not given
    q_zero_anomaly -: ? | ?; the report of the year before is not given
    q_year_ratio -: ? | ?; the report of the year before is not given
    text_sections -: ? | ?; no section heading is in the text
    text_problems_present -: ? | ?; section `problems_and_improvements` is not in the text
    text_fee_statement -: ? | ?; section `other_matters` is not in the text
    ");
}

#[test]
fn a_missing_table_is_one_line_per_check() {
    let mut report = numbers("annual_2021", 2022);
    report
        .cells
        .retain(|address, _| !address.starts_with("review_litigation"));
    insta::assert_snapshot!(of_status(&checks(&report), CheckStatus::Unevaluated), @"
    t4_review_sum review_litigation: ? | ?; table `review_litigation` is not in the text
    t4_litigation_direct_sum review_litigation: ? | ?; table `review_litigation` is not in the text
    t4_litigation_after_review_sum review_litigation: ? | ?; table `review_litigation` is not in the text
    xy_carried_over -: ? | ?; the report of the year before is not given
    xy_rules_in_force -: ? | ?; the report of the year before is not given
    xy_normative_documents_in_force -: ? | ?; the report of the year before is not given
    t2_repealed_le_stock -: ? | ?; the report of the year before is not given
    text_review -: 11 | ?; table `review_litigation` is not in the text
    text_litigation -: 22 | ?; table `review_litigation` is not in the text
    q_table_missing -: ? | ?; the text ends before table `review_litigation`
    q_zero_anomaly -: ? | ?; the report of the year before is not given
    q_year_ratio -: ? | ?; the report of the year before is not given
    text_sections -: ? | ?; no section heading is in the text
    text_problems_present -: ? | ?; section `problems_and_improvements` is not in the text
    text_fee_statement -: ? | ?; section `other_matters` is not in the text
    ");
}

#[test]
fn row_and_column_pin_one_cell() {
    let report = with(
        numbers("annual_2021", 2022),
        &[("requests/results.granted/legal_entity.business", Some("90"))],
    );
    insta::assert_snapshot!(of_status(&checks(&report), CheckStatus::Fail), @"
    t3_result_total_2021 legal_entity.business: 170 | 81; requests/results.granted/legal_entity.business = 1?
    t3_column_sum results.granted: 113 | 24; requests/results.granted/legal_entity.business = 1?
    ");
}

#[test]
fn a_sum_that_no_part_can_make_up_for_is_the_total() {
    let total = "review_litigation/cases/review.total";
    let mut report = with(numbers("annual_2021", 2022), &[(total, Some("0"))]);
    report.prose.clear();
    insta::assert_snapshot!(of_status(&checks(&report), CheckStatus::Fail), @"t4_review_sum cases: 11 | 0; review_litigation/cases/review.total = 11?");
}

#[test]
fn two_faults_are_told_apart() {
    let report = with(
        numbers("annual_2021", 2022),
        &[
            ("requests/results.granted/legal_entity.business", Some("90")),
            ("requests/not_processed.repeat/natural_person", Some("71")),
        ],
    );
    insta::assert_snapshot!(of_status(&checks(&report), CheckStatus::Fail), @"
    t3_result_total_2021 natural_person: 148 | 81; requests/not_processed.repeat/natural_person = 4?
    t3_result_total_2021 legal_entity.business: 170 | 81; requests/results.granted/legal_entity.business = 1?
    t3_column_sum results.granted: 113 | 24; requests/results.granted/legal_entity.business = 1?
    t3_column_sum not_processed.repeat: 97 | 30; requests/not_processed.repeat/natural_person = 4?
    ");
}

#[test]
fn prose_that_disagrees_suspects_itself() {
    let mut report = numbers("annual_2021", 2022);
    report
        .prose
        .push(("carried_out", "转下年", "62".to_owned(), "件"));
    insta::assert_snapshot!(of_status(&checks(&report), CheckStatus::Fail), @"text_carried_out -: 62 | 26; prose/carried_out/2 = 26?");
}

#[test]
fn received_may_mean_either() {
    let mut report = numbers("annual_2021", 2022);
    let total = |row: &str| {
        report.cells[&format!("requests/{row}/total")]
            .parse::<u32>()
            .unwrap()
    };
    let new = total("received_this_year");
    let all = total("results.total") + total("carried_out");
    report.prose = [new, all, 5]
        .map(|count| {
            (
                "received_total",
                "收到政府信息公开申请",
                count.to_string(),
                "件",
            )
        })
        .to_vec();
    let checks = checks(&report);
    let stated: Vec<&Check> = checks
        .iter()
        .filter(|check| check.id == "text_received_total")
        .collect();
    insta::assert_snapshot!(stated.into_iter().map(line).collect::<Vec<_>>().join("\n"), @"
    text_received_total -: 527 | 527; agrees with requests/received_this_year/total
    text_received_total -: 539 | 539; agrees with requests/results.total/total + requests/carried_out/total
    text_received_total -: 5 | 527; prose/received_total/3 = 527?; prose/received_total/3 = 539?
    ");
}

#[test]
fn a_group_printed_as_one_row_counts_as_its_rows() {
    let mut report = numbers("annual_2021", 2022);
    report.prose.clear();
    let (_, mut extraction) = print(&report);
    let table = extraction
        .tables
        .iter_mut()
        .find(|table| table.id == "requests")
        .unwrap();
    let below = |id: &str| id.starts_with("other.");
    let rows: Vec<_> = table
        .rows
        .iter()
        .filter(|row| below(&row.id))
        .cloned()
        .collect();
    let mut group = rows[0].clone();
    group.id = "results.other".to_owned();
    for (at, cell) in group.cells.iter_mut().enumerate() {
        cell.value = Some(rows.iter().filter_map(|row| row.cells[at].value).sum());
    }
    let at = table.rows.iter().position(|row| below(&row.id)).unwrap();
    table.rows.retain(|row| !below(&row.id));
    table.rows.insert(at, group);
    let checks = evaluate(report.form, &extraction);
    assert_eq!(of_status(&checks, CheckStatus::Fail), "");
    let about = |check: &&Check| check.scope.row.as_deref().is_some_and(below);
    assert_eq!(checks.iter().filter(about).count(), 0);
    let totals = checks
        .iter()
        .filter(|check| check.id.starts_with("t3_result_total"));
    assert!(
        totals.clone().count() == 7
            && totals
                .clone()
                .all(|check| check.status == CheckStatus::Pass)
    );
}

/// Every cell of the requests table, each of its digits, one wrong digit at a time.
#[test]
fn every_damaged_cell_fails_and_is_found() {
    let mut table =
        String::from("form | damages | fail | cell alone | cell among two | not found\n");
    for form in ["annual_2019", "annual_2021"] {
        let report = numbers(form, 2022);
        let [mut damages, mut fail, mut alone, mut among_two, mut lost] = [0; 5];
        for (address, value) in report
            .cells
            .iter()
            .filter(|(at, _)| at.starts_with("requests/"))
        {
            for (at, digit) in value.char_indices() {
                let Some(digit) = digit.to_digit(10) else {
                    continue;
                };
                for step in [1, 5, 9] {
                    let mut wrong = value.clone();
                    wrong.replace_range(at..=at, &((digit + step) % 10).to_string());
                    if wrong.parse::<u32>() == value.parse::<u32>() {
                        continue;
                    }
                    damages += 1;
                    let checks = checks(&with(report.clone(), &[(address, Some(&wrong))]));
                    let failed: Vec<&Check> = checks
                        .iter()
                        .filter(|check| check.status == CheckStatus::Fail)
                        .filter(|check| check.severity == Severity::Error)
                        .collect();
                    fail += usize::from(!failed.is_empty());
                    let right: rust_decimal::Decimal = value.parse().unwrap();
                    let named = |check: &&Check| {
                        let mut suspects = check.suspects.iter();
                        suspects.any(|one| one.cell == *address && one.value == right)
                    };
                    match failed.iter().map(|check| check.suspects.len()).max() {
                        Some(1) if failed.iter().all(named) => alone += 1,
                        Some(2) if failed.iter().all(named) => among_two += 1,
                        _ => lost += 1,
                    }
                }
            }
        }
        table.push_str(&format!(
            "{form} | {damages} | {fail} | {alone} | {among_two} | {lost}\n"
        ));
    }
    insta::assert_snapshot!(table, @"
    form | damages | fail | cell alone | cell among two | not found
    annual_2019 | 603 | 603 | 603 | 0 | 0
    annual_2021 | 651 | 651 | 651 | 0 | 0
    ");
}

#[test]
fn one_year_leads_to_the_next_across_the_change_of_forms() {
    let mut before = numbers("annual_2019", 2020);
    before.agency = "臨江市 人民政府";
    let mut after = numbers("annual_2021", 2021);
    let mut third = numbers("annual_2021", 2022);
    after.agency = "臨江市人民政府";
    third.agency = "臨江市人民政府";
    let reports: Vec<_> = [&third, &before, &after]
        .map(|report| print(report).1)
        .into_iter()
        .collect();
    let found = across(&reports.iter().collect::<Vec<_>>(), Grammars::embedded());
    let lines: Vec<String> = found
        .iter()
        .filter(|pair| {
            pair.check
                .scope
                .column
                .as_deref()
                .is_none_or(|at| at == "total")
        })
        .filter(|pair| !pair.check.id.starts_with("q_"))
        .map(|pair| {
            let check = &pair.check;
            let cells = [&check.left.cells[..], &check.right.cells[..]]
                .concat()
                .join(" ");
            format!(
                "{} from {}: {:?} {}\n  {cells}",
                pair.current,
                pair.previous,
                check.status,
                line(check)
            )
        })
        .collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    0 from 2: Fail xy_carried_over total: 26 | 12
      2021:requests/carried_out/total 2022:requests/carried_in/total
    0 from 2: Fail xy_rules_in_force rules: 12 | 11
      2022:art20_1/rules/in_force 2021:art20_1/rules/in_force 2022:art20_1/rules/issued_this_year 2022:art20_1/rules/repealed_this_year
    0 from 2: Fail xy_normative_documents_in_force normative_documents: 12 | 11
      2022:art20_1/normative_documents/in_force 2021:art20_1/normative_documents/in_force 2022:art20_1/normative_documents/issued_this_year 2022:art20_1/normative_documents/repealed_this_year
    0 from 2: Pass t2_repealed_le_stock rules: 11 | 0
      2021:art20_1/rules/in_force 2022:art20_1/rules/issued_this_year 2022:art20_1/rules/repealed_this_year
    0 from 2: Pass t2_repealed_le_stock normative_documents: 11 | 0
      2021:art20_1/normative_documents/in_force 2022:art20_1/normative_documents/issued_this_year 2022:art20_1/normative_documents/repealed_this_year
    2 from 1: Fail xy_carried_over total: 26 | 12
      2020:requests/carried_out/total 2021:requests/carried_in/total
    ");
}

#[test]
fn copies_are_compared_once_and_a_name_of_many_reports_not_at_all() {
    let report = |year, value: usize| {
        let value = value.to_string();
        let cell = ("art20_1/rules/in_force", Some(value.as_str()));
        print(&with(numbers("annual_2021", year), &[cell])).1
    };
    let pairs = |reports: &[Extraction]| {
        let found = across(&reports.iter().collect::<Vec<_>>(), Grammars::embedded());
        let pairs = found.iter().map(|each| (each.previous, each.current));
        pairs.collect::<std::collections::BTreeSet<_>>()
    };
    let copies = [
        report(2021, 12),
        report(2021, 12),
        report(2022, 12),
        report(2022, 12),
    ];
    assert_eq!(pairs(&copies).into_iter().collect::<Vec<_>>(), [(0, 2)]);
    let corrected = [report(2021, 12), report(2021, 13), report(2022, 12)];
    assert_eq!(pairs(&corrected).len(), 2);
    let mut many: Vec<Extraction> = (1..=4).map(|value| report(2021, value)).collect();
    many.push(report(2022, 12));
    assert!(pairs(&many).is_empty());
}

#[test]
fn a_leap_from_one_year_to_the_next_is_a_note() {
    let before = numbers("annual_2021", 2021);
    let after = with(
        numbers("annual_2021", 2022),
        &[
            (
                "art20_5/administrative_licensing/decisions_this_year",
                Some("0"),
            ),
            (
                "art20_6/administrative_penalty/decisions_this_year",
                Some("16"),
            ),
        ],
    );
    let reports = [before, after].map(|numbers| print(&numbers).1);
    let found = across(&reports.iter().collect::<Vec<_>>(), Grammars::embedded());
    let notes = found
        .iter()
        .filter(|pair| pair.check.severity == Severity::Note);
    let failed = notes.filter(|pair| pair.check.status == CheckStatus::Fail);
    let lines: Vec<String> = failed.map(|pair| line(&pair.check)).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    q_zero_anomaly art20_5: ? | ?; 1 cell fell to 0
    q_year_ratio art20_6: ? | ?; 1 cell changed by more than 5 times
    ");
}

#[test]
fn what_every_cell_must_be() {
    let report = with(
        numbers("annual_2021", 2022),
        &[
            ("art20_1/rules/in_force", Some("-3")),
            (
                "art20_6/administrative_penalty/decisions_this_year",
                Some("1.5"),
            ),
            ("art20_8/administrative_fees/fees_collected", Some("-0.5")),
            ("requests/results.granted/total", Some("")),
            ("requests/carried_in/total", Some("")),
            ("requests/carried_out/total", Some("/")),
        ],
    );
    let checks = checks(&report);
    let rules: Vec<Check> = checks
        .into_iter()
        .filter(|check| check.id.starts_with("q_"))
        .collect();
    insta::assert_snapshot!(of_status(&rules, CheckStatus::Fail), @"
    q_integer_count art20_1: ? | ?; 1 cell is negative
    q_integer_count art20_6: ? | ?; 1 cell is not a whole number
    q_amount_decimal art20_8: ? | ?; 1 cell is negative
    q_cell_missing requests: ? | ?; 2 cells are blank, 1 cell is a placeholder
    ");
}

#[test]
fn sections_and_years() {
    let (_, whole) = print(&numbers("annual_2021", 2022));
    let form = Grammars::embedded().form("annual_2021").unwrap();
    let found = |ids: &[&str], prose: &str| {
        let mut extraction = whole.clone();
        let of = |text: &str| SpannedText {
            text: text.to_owned(),
            span: extraction.tables[0].span,
            pieces: Vec::new(),
        };
        let title = of("临江市人民政府二〇二一年政府信息公开工作年度报告");
        let sections = ids.iter().map(|id| Section {
            id: (*id).to_owned(),
            number: None,
            title: of(""),
            span: title.span,
            blocks: vec![Block::Paragraph {
                text: prose.to_owned(),
                span: title.span,
            }],
            sections: Vec::new(),
        });
        extraction.sections = sections.collect();
        extraction.title = Some(title);
        let checks = evaluate(form, &extraction);
        let text = [
            "text_year",
            "text_sections",
            "text_problems_present",
            "text_fee_statement",
        ];
        let about = checks
            .iter()
            .filter(|check| text.contains(&check.id.as_str()));
        let line = |check: &Check| {
            format!(
                "{} {:?} {}",
                check.id,
                check.status,
                check.reason.as_deref().unwrap_or("")
            )
        };
        about.map(line).collect::<Vec<_>>().join("\n")
    };
    let all: Vec<&str> = form
        .sections
        .iter()
        .map(|section| section.id.as_str())
        .collect();
    insta::assert_snapshot!(found(&all, "未收取信息处理费。"), @"
    text_year Fail the title is of 2021, the report of 2022
    text_sections Pass 
    text_problems_present Pass 
    text_fee_statement Pass
    ");
    insta::assert_snapshot!(found(&all[..3], "无"), @"
    text_year Fail the title is of 2021, the report of 2022
    text_sections Unevaluated the text ends before section `review_and_litigation`
    text_problems_present Unevaluated section `problems_and_improvements` is not in the text
    text_fee_statement Unevaluated section `other_matters` is not in the text
    ");
    insta::assert_snapshot!(found(&[all[1], all[0], all[4], all[5]], "无。"), @"
    text_year Fail the title is of 2021, the report of 2022
    text_sections Fail section `overview` comes after `proactive_disclosure`
    text_problems_present Fail section `problems_and_improvements` says nothing
    text_fee_statement Fail section `other_matters` does not speak of it
    ");
    insta::assert_snapshot!(
        found(&[all[0], all[5]], "没有收取信息处理费,共收取信息处理费380元。"),
        @"
        text_year Fail the title is of 2021, the report of 2022
        text_sections Fail section `proactive_disclosure` is not in the text
        text_problems_present Unevaluated section `problems_and_improvements` is not in the text
        text_fee_statement Fail section `other_matters` says both that there was none and how much
        "
    );
}
