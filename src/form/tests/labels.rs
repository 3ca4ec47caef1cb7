//! Columns and rows that are called the same.

use super::{Grammars, faults};

/// A table of these columns and rows.
fn table(columns: &str, rows: &str) -> String {
    format!("\n[[tables]]\nid = 't'\n{columns}\nrows = [{rows}]\n")
}

fn loads(tables: &str) -> Result<(), String> {
    let text = format!("[form]\nid = 'f'\nname = '表'\ngenre = 'disclosure_report'\n{tables}");
    let loaded = Grammars::with_texts([("f.toml", text.as_str())]);
    loaded.map(drop).map_err(|errors| errors.to_string())
}

const ROW: &str = "{ id = 'r', label = '马匹' }";
const COLUMNS: &str = "columns = [{ id = 'a', label = '年末' }]";

#[test]
fn two_columns_of_one_label_are_shown_both() {
    let columns = "columns = [{ id = 'start', label = '年初' }, { id = 'bought', label = '年初' }]";
    insta::assert_snapshot!(faults(&table(columns, ROW)), @r"
    error[duplicate-label]: nothing tells the columns `start` and `bought` apart: both are called `年初`
     --> f.toml:8:69
      |
    8 | columns = [{ id = 'start', label = '年初' }, { id = 'bought', label = '年初' }]
      |                                    ------ the first                   ^^^^^^ the second
      |
      = help: give each a wording of its own, or put them under different spanners
    ");
}

#[test]
fn columns_are_compared_as_they_are_looked_for() {
    for (one, other) in [
        ("label = '年末數'", "label = '年末数'"),
        ("label = '年末（数）'", "label = '年 末 数'"),
        (
            "label = '年末'",
            "label = '年终', aliases = ['岁末', '年末']",
        ),
        ("label = '2016年度'", "label = '2017年度'"),
        ("label = '{year}年度'", "label = '{year}年度'"),
        ("label = '甲'", "label = '甲'"),
    ] {
        let columns = format!("columns = [{{ id = 'a', {one} }}, {{ id = 'b', {other} }}]");
        let said = loads(&table(&columns, ROW)).unwrap_err();
        assert!(said.starts_with("error[duplicate-label]"), "{said}");
        assert_eq!(said.matches("error[").count(), 1, "{said}");
    }
    let columns = "columns = [{ id = 'a', label = '2016年' }, { id = 'b', label = '2017年' }]";
    assert_eq!(loads(&table(columns, ROW)), Ok(()));
}

#[test]
fn a_spanner_tells_columns_apart_unless_it_is_called_the_same() {
    let columns = |other: &str| {
        format!(
            "spanners = [{{ id = 'x', label = '东路' }}, {{ id = 'y', label = '{other}' }}]\n\
             columns = [{{ id = 'a', label = '年末', spanner = 'x' }}, \
             {{ id = 'b', label = '年末', spanner = 'y' }}, {{ id = 'c', label = '年末' }}]"
        )
    };
    assert_eq!(loads(&table(&columns("西路"), ROW)), Ok(()));
    let said = loads(&table(&columns("东路"), ROW)).unwrap_err();
    assert!(said.contains("the columns `a` and `b`"), "{said}");
    let codes = "columns = [{ id = 'a', label = '行次', kind = 'code' }, \
                 { id = 'b', label = '行次', kind = 'code' }, { id = 'c', label = '金额' }]";
    assert_eq!(loads(&table(codes, ROW)), Ok(()));
}

#[test]
fn a_number_a_code_or_a_parent_tells_rows_apart() {
    let twice = "{ id = 'r', label = '其他' }, { id = 's', label = '其他' }";
    let said = loads(&table(COLUMNS, twice)).unwrap_err();
    let message = "error[duplicate-label]: nothing tells the rows `r` and `s` apart";
    assert!(said.starts_with(message), "{said}");
    let same = "{ id = 'r', number = '1.', label = '其他' }, { id = 's', number = '（1）', label = '其他' }";
    assert!(loads(&table(COLUMNS, same)).is_err());
    for fine in [
        "{ id = 'r', number = '1.', label = '其他' }, { id = 's', number = '2.', label = '其他' }",
        "{ id = 'r', code = '27', label = '总计' }, { id = 's', code = '54', label = '总计' }",
        "{ id = 'r', label = '马匹' }, { id = 'r.other', label = '其他', parent = 'r' }, \
         { id = 'other', label = '其他' }",
    ] {
        assert_eq!(loads(&table(COLUMNS, fine)), Ok(()));
    }
}

#[test]
fn only_a_row_that_is_alone_goes_without_a_label() {
    assert_eq!(loads(&table(COLUMNS, "{ id = 'r' }")), Ok(()));
    for label in ["", ", label = ''", ", label = ' '"] {
        let rows = format!("{ROW}, {{ id = 's'{label} }}");
        let said = loads(&table(COLUMNS, &rows)).unwrap_err();
        let message = "error[missing-key]: row `s` has no label";
        assert!(said.starts_with(message), "{said}");
    }
}
