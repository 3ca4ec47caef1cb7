use super::{Pattern, Sentences};
use crate::form::Grammars;

fn needs(source: &str) -> String {
    let pattern = Pattern::lazy(source);
    let needs = pattern.needs.iter().map(|words| words.join("|"));
    let needs: Vec<_> = needs.collect();
    let within = if pattern.in_sentence { "" } else { " ~" };
    format!("{}{within}", needs.join(" "))
}

#[test]
fn words_that_every_match_holds() {
    let all = [
        "(?:[^新]|^)(?:收到|受理)[^。;]{0,24}?(?:信息)?公开申请(?P<n>[0-9]+|[一二]+)(?P<unit>件|宗)",
        "申请.{0,3}办结",
        "结转(?:至|到)?下一?年",
        "(?:已|[,;。]|^)答复",
        r"^-+\s*[0-9]{1,3}\s*-+$",
        "(?:甲乙|丙)?丁{0,2}戊{2}己+",
        "(?i)甲",
        "[[:alpha:]]甲",
        "甲**",
        "一。二",
        "|甲",
    ];
    let all: Vec<_> = all.iter().map(|source| needs(source)).collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    收到|受理 公开申请 件|宗
    申请 办结 ~
    结转 下 年
    答复
    - - ~
    戊 己
     ~
     ~
     ~
    一。 二 ~
     ~
    ");
}

/// A pattern is tried wherever it matches.
#[test]
fn no_match_is_passed_over() {
    let text = "全年新收到政府信息公开申请259宗,办结254宗。结转下年度办理10宗。收悉。申请公开3件。";
    let genres = &Grammars::embedded().genres;
    let statements = genres.iter().flat_map(|genre| &genre.statements);
    for source in statements.flat_map(|rule| &rule.patterns) {
        let pattern = Pattern::lazy(source);
        assert!(!pattern.needs.is_empty(), "{source}");
        let regex = regex::Regex::new(source).unwrap();
        if regex.is_match(text) {
            assert!(pattern.regex_for(text).is_some(), "{source}");
            assert!(
                pattern.regex_among(&Sentences::of(text)).is_some(),
                "{source}"
            );
        }
    }
}
