//! Slips of the hand, and what a person is told to write.

use super::{Grammars, TABLE, faults, relation};

fn check(keys: &str) -> String {
    faults(&format!("{TABLE}\n[[checks]]\nid = 'c'\n{keys}\n"))
}

#[test]
fn relation_and_rule_are_one_too_many() {
    insta::assert_snapshot!(check("relation = 'r = s'\nrule = 'integer-count'"), @r"
    error[two-in-one]: expected either `relation` or `rule`, found both
      --> f.toml:14:8
       |
    13 | relation = 'r = s'
       |            ------- the first
    14 | rule = 'integer-count'
       |        ^^^^^^^^^^^^^^^ the second
       |
       = help: a check asks for one thing: make two checks of it
    ");
    for none in ["", "relation = []"] {
        let said = check(none);
        assert!(said.contains("`rule`, found neither"), "{said}");
    }
}

#[test]
fn a_rule_that_is_nearly_right_is_named() {
    let said = check("rule = 'integer-counts'");
    assert!(
        said.ends_with("= help: did you mean `integer-count`?"),
        "{said}"
    );
}

#[test]
fn a_factor_is_given_and_at_least_one() {
    let said = check("rule = 'year-ratio'");
    assert!(
        said.starts_with("error[missing-key]: missing key `at_most`"),
        "{said}"
    );
    for factor in ["0", "-5", "0.5"] {
        let said = check(&format!("rule = 'year-ratio'\nat_most = {factor}"));
        let message =
            format!("error[unknown-value]: expected a factor of at least 1, found `{factor}`");
        assert!(said.starts_with(&message), "{said}");
    }
}

#[test]
fn signs_of_a_chinese_keyboard() {
    for (wrong, help) in [
        ("r ＝ s", "`＝` is full-width: write `=`"),
        (
            "r − s = 0",
            "`−` is not the sign of the keyboard: write `-`",
        ),
        ("r = sum（s）", "`（` is full-width: write `(`"),
        ("r ≤ s", "`≤` is not the sign of the keyboard: write `<=`"),
        ("r　= s", "this space is full-width: write a plain one"),
    ] {
        let said = relation(wrong);
        assert!(said.ends_with(&format!("= help: {help}")), "{said}");
    }
    let curly = Grammars::with_texts([("f.toml", "[form]\nid = “f”\n")]);
    let said = curly.unwrap_err().to_string();
    assert!(
        said.ends_with("= help: `“` is a curly quote: write `\"`"),
        "{said}"
    );
}

#[test]
fn one_bracket_too_few() {
    let said = faults(&TABLE.replace("[[tables]]", "[tables]"));
    assert!(
        said.ends_with("= help: write `[[tables]]`: there may be several"),
        "{said}"
    );
    let said = faults("[[tables]]\nid = 't'\ncolumns = { id = 'a' }\n");
    assert!(said.contains("= help: write `columns = [{ … }]`"), "{said}");
}

#[test]
fn what_is_no_toml_has_a_few_faults() {
    let text = "青川县驿站\n马匹 12\n".repeat(500);
    let errors = Grammars::with_texts([("report.txt", text.as_str())]).unwrap_err();
    assert_eq!(errors.faults().count(), 3);
    let said = errors.to_string();
    assert!(said.ends_with("or the file is not TOML"), "{said}");
}

#[test]
fn an_unknown_genre_lists_those_there_are() {
    let form = |genre: &str| {
        let text = format!("[form]\nid = 'f'\nname = '表'\ngenre = '{genre}'\n{TABLE}");
        let errors = Grammars::with_texts([("f.toml", text.as_str())]);
        errors.unwrap_err().to_string()
    };
    let known = "known are `final_accounts`, `statistical_bulletin`, `disclosure_report`";
    assert!(
        form("x").ends_with(&format!("= help: {known}")),
        "{}",
        form("x")
    );
    let near = form("disclosure_reports");
    let help = format!("= help: did you mean `disclosure_report`? {known}");
    assert!(near.ends_with(&help), "{near}");
}

#[test]
fn a_form_without_tables_is_never_read() {
    let said = faults("[[sections]]\nid = 'a'\ntitle = '总体情况'\n");
    assert!(
        said.starts_with("error[missing-key]: form `f` has no `[[tables]]`"),
        "{said}"
    );
}

#[test]
fn one_id_in_two_files() {
    let text = format!("[form]\nid = 'f'\nname = '表'\ngenre = 'disclosure_report'\n{TABLE}");
    let files = [("a.toml", text.as_str()), ("b.toml", text.as_str())];
    insta::assert_snapshot!(Grammars::with_texts(files).unwrap_err(), @r"
    error[duplicate-id]: `a.toml` has a form of the id `f` too
     --> b.toml:2:6
      |
    2 | id = 'f'
      |      ^^^ the second
      |
      = help: give one of them another id, or take one out of the folder
    ");
}

#[test]
fn a_pattern_over_prose_asks_for_no_white_space() {
    let text = "[genre]\nid = 'g'\nunits = ['件']\npage_marks = ['^第 [0-9]+ 页$']\n\
        [[statements]]\nid = 'n'\npatterns = ['收到 申请{count}', '收到[ ]?申请{count}']\n";
    let said = Grammars::with_texts([("g.toml", text)]).unwrap_err();
    assert_eq!(said.faults().count(), 1, "{said}");
    let said = said.to_string();
    let message = "error[bad-regex]: this pattern asks for white space";
    assert!(
        said.starts_with(message) && said.contains("g.toml:7:13"),
        "{said}"
    );
}

#[test]
fn a_rule_is_shown_by_its_name() {
    let page = Grammars::embedded().form("annual_2021").unwrap().blank();
    let page = page.to_string();
    for line in ["      cell-present\n", "      year-ratio, at most 5\n"] {
        assert!(page.contains(line), "{page}");
    }
}
