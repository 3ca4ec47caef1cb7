use super::{Prose, Rules, find};
use crate::form::StatementRule;

fn stated(patterns: &[(&str, &[&str])], text: &str) -> String {
    let rules = patterns.iter().map(|(id, patterns)| StatementRule {
        value: (*id == "all_closed").then_some(rust_decimal::Decimal::ZERO),
        id: (*id).to_owned(),
        patterns: patterns
            .iter()
            .map(|pattern| (*pattern).to_owned())
            .collect(),
        ..StatementRule::default()
    });
    let rules = Rules::compile(&rules.collect::<Vec<_>>()).unwrap();
    let found = find(&rules, &Prose::of(text, 0), None);
    let line = |stated: &super::Stated| {
        let unit = stated.unit.as_deref().unwrap_or("-");
        format!(
            "{} {}{} {:?}",
            stated.id,
            stated.value,
            unit,
            stated.span.of(text)
        )
    };
    found.iter().map(line).collect::<Vec<_>>().join("\n")
}

const UNIT: &str = "收到申请(?<n>[0-9]+|[一百零三]+)(?<unit>件|宗)";

#[test]
fn a_number_broken_over_lines_keeps_its_span() {
    insta::assert_snapshot!(stated(&[("received", &[UNIT])], "收到申\n请 25\n 9 宗。"), @r#"received 259宗 "25\n 9""#);
}

#[test]
fn a_count_stated_twice_is_there_twice() {
    insta::assert_snapshot!(
        stated(&[("received", &[UNIT])], "收到申请一百零三件。又：收到申请103件。"),
        @r#"
        received 103件 "一百零三"
        received 103件 "103"
        "#
    );
}

#[test]
fn a_number_belongs_to_the_first_rule_that_claims_it() {
    let rules: &[(&str, &[&str])] = &[
        ("new", &["新收到申请(?<n>[0-9]+|[一百零三]+)件"]),
        ("received", &[UNIT]),
    ];
    insta::assert_snapshot!(stated(rules, "新收到申请3件，收到申请4件"), @r#"
    new 3- "3"
    received 4件 "4"
    "#);
}

#[test]
fn a_pattern_without_a_number_states_none() {
    insta::assert_snapshot!(stated(&[("all_closed", &["均已办结"])], "均已 办结"), @r#"all_closed 0- "均已 办结""#);
}

#[test]
fn a_part_of_a_number_is_no_number() {
    insta::assert_snapshot!(stated(&[("received", &["(?<n>[0-9]+|[一百零三]+)件", "申请[0-9](?<n>[0-9]+)"])], "申请259"), @"");
}

#[test]
fn a_bad_pattern_is_an_error() {
    let rule = StatementRule {
        id: "x".to_owned(),
        patterns: vec!["(".to_owned()],
        ..StatementRule::default()
    };
    assert!(Rules::compile(&[rule]).is_err());
}
