use super::{Found, Pattern, SOON, Sentences, Words};
use crate::form::Grammars;

fn needs(source: &str) -> String {
    let pattern = Pattern::lazy(source);
    let needs = pattern
        .needs
        .iter()
        .map(|need| need.words().collect::<Vec<_>>().join("|"));
    let needs: Vec<_> = needs.collect();
    let within = match (pattern.in_sentence, pattern.confined) {
        (_, true) => "",
        (true, _) => " +",
        (false, _) => " ~",
    };
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
        "一。",
        "[^新]?一",
        "[^新][^新]一",
        "一$",
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
    一 二 ~
    一 +
    一 +
    一 +
    一 +
     ~
    ");
}

/// Matches are those of the regular expression over the whole text.
#[test]
fn no_match_is_passed_over() {
    let text = "收到申请3件。全年新收到政府信息公开申请259宗,办结254宗。结转下年度办理10宗。答复\
                政府信息公开申请7件。收悉。收到申请公开3件,收到信息公开申请一百零三件。收到。\
                申请。5件。行政复议3宗。行政诉讼共5宗。申请均已按时办结。无结转下年度。";
    let genres = &Grammars::embedded().genres;
    let statements = genres.iter().flat_map(|genre| &genre.statements);
    let patterns = statements.flat_map(|rule| &rule.patterns);
    let own = [
        "收到。",
        "。收到",
        "[^新]收到",
        "(?:。|^)收到",
        "到。申",
        "^收",
        "。$",
        "无.*$",
        "申请。?5件",
    ];
    let mut found = 0;
    for source in patterns.map(String::as_str).chain(own) {
        let regex = regex::Regex::new(source).unwrap();
        let all: Vec<Found> = regex.captures_iter(text).map(|one| found!(one)).collect();
        let pattern = Pattern::lazy(source);
        let words = Words::of(std::iter::once(&pattern));
        let sentences = Sentences::of(text, &words);
        // At first by the one engine, then by the other.
        for _ in 0..=SOON / text.len() + 1 {
            let mut each = Vec::new();
            pattern.each(&words.needs(&pattern), &sentences, |one| each.push(one));
            assert_eq!(each, all, "{source}");
        }
        assert!(
            all.is_empty() || pattern.regex_for(text).is_some(),
            "{source}"
        );
        found += all.len();
    }
    assert!(found > 20, "{found}");
}

#[test]
fn a_pattern_that_the_light_engine_reads_otherwise() {
    let plain = [r"\[[一-鿿]{2}\]", "甲|乙", "(?P<n>[0-9]+)", r"甲\\"];
    assert!(plain.iter().all(|source| super::scan::is_plain(source)));
    let other = [r"\d+", r"\p{Han}", r"(?i)a", r"\\\w"];
    assert!(!other.iter().any(|source| super::scan::is_plain(source)));
}

#[test]
fn alternatives_part_outside_of_groups_and_classes() {
    let all = [
        "甲|乙(?:丙|丁)",
        "甲",
        "|甲|",
        r"甲\||乙",
        "[甲|]|乙",
        "[]|]|乙",
        "[[甲]|]|乙",
        "(?i)甲|乙",
    ];
    let all: Vec<_> = all
        .iter()
        .map(|source| super::scan::alternatives(source).join(" or "))
        .collect();
    insta::assert_snapshot!(all.join("\n"), @r"
    甲 or 乙(?:丙|丁)
    甲
     or 甲 or 
    甲\| or 乙
    [甲|] or 乙
    []|]|乙
    [[甲]|]|乙
    (?i)甲|乙
    ");
}
