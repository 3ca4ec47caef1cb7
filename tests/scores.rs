//! The scores of the bench can fail: right, withheld and wrong are told apart.

mod bench;

use bench::case::Case;
use bench::damage::Damage;
use bench::forms::Address;
use bench::layout::Layout;
use bench::line_damage::exchange;
use bench::page::Role;
use bench::score::{Given, misplaced, misunderstood, score};
use rust_decimal::Decimal;

#[test]
fn exchanged_labels_exchange_what_is_right() {
    let mut case = Case::new(Layout::Cells, Damage::None, 3);
    let before = case.truth.clone();
    let place = |case: &Case, id| {
        let role = Role::Row("art20_6", id);
        let line = case.lines.iter().position(|line| line.roles == [role]);
        line.expect("the row has a label")
    };
    let (penalty, coercion) = ("administrative_penalty", "administrative_coercion");
    let lines = (place(&case, penalty), place(&case, coercion));
    exchange(&mut case, lines.0, lines.1);
    for (address, cell) in &case.truth {
        let other = match (address.table, address.row) {
            ("art20_6", row) if row == penalty => Some(coercion),
            ("art20_6", _) => Some(penalty),
            _ => None,
        };
        let mut allowed = before[address].allowed.clone();
        if let Some(row) = other {
            allowed.extend(&before[&Address { row, ..*address }].allowed);
        }
        assert_eq!(cell.allowed, allowed, "{address}");
    }
}

#[test]
fn exchanged_rows_say_what_they_said() {
    let mut case = Case::new(Layout::Pipes, Damage::None, 3);
    let before = case.truth.clone();
    let rows: Vec<usize> = (0..case.lines.len())
        .filter(|&at| matches!(case.lines[at].roles[0], Role::Row(..)))
        .collect();
    exchange(&mut case, rows[0], rows[1]);
    assert_eq!(case.truth, before);
}

#[test]
fn scores_tell_right_withheld_and_wrong_apart() {
    let case = Case::new(Layout::Cells, Damage::None, 3);
    let mut given = perfect(&case);
    let all = given.len();
    assert_eq!(score(&case, &given).0.right, all);
    assert!(misplaced(&case.text(), &given).is_empty());

    given.pop();
    given[0].value += Decimal::ONE;
    given[1].bytes.1 += 1;
    let (score, faults) = score(&case, &given);
    assert_eq!((score.right, score.withheld, score.wrong), (all - 2, 1, 1));
    assert_eq!(faults.len(), 1);
    assert_eq!(misplaced(&case.text(), &given), [&given[1]]);
}

#[test]
fn a_printed_unit_is_part_of_what_is_right() {
    let text = "１６０．５萬元";
    let given = |unit: &str| Given {
        address: String::new(),
        value: Decimal::ONE,
        unit: Some(unit.to_owned()),
        raw: text.to_owned(),
        bytes: (0, text.len()),
    };
    assert!(misunderstood(text, &[given("万元"), given("萬元")]).is_empty());
    assert_eq!(misunderstood(text, &[given("元")]).len(), 1);
}

#[test]
fn a_number_for_an_empty_cell_is_wrong() {
    let case = Case::new(Layout::Pipes, Damage::BlankCells, 3);
    let empty = case
        .truth
        .values()
        .filter(|cell| cell.allowed.is_empty())
        .count();
    assert_ne!(empty, 0);
    assert_eq!(score(&case, &perfect_values(&case)).0.wrong, empty);
}

/// What a perfect reader gives, with the spans of the values in the text.
fn perfect(case: &Case) -> Vec<Given> {
    let text = case.text();
    let given = |(address, printed): (&Address, &bench::numbers::Printed)| {
        let start = text.find(&printed.raw).expect("every value is printed");
        Given {
            address: address.to_string(),
            value: printed.value,
            unit: None,
            raw: printed.raw.clone(),
            bytes: (start, start + printed.raw.len()),
        }
    };
    case.report.values.iter().map(given).collect()
}

/// The values before the damage, without spans.
fn perfect_values(case: &Case) -> Vec<Given> {
    let given = |(address, printed): (&Address, &bench::numbers::Printed)| Given {
        address: address.to_string(),
        value: printed.value,
        unit: None,
        raw: printed.raw.clone(),
        bytes: (0, 0),
    };
    case.report.values.iter().map(given).collect()
}

#[test]
fn a_number_for_a_cell_that_is_not_printed_is_wrong() {
    let case = Case::new(Layout::Pipes, Damage::None, 3);
    let given = |address: &str| Given {
        address: address.to_owned(),
        value: Decimal::ZERO,
        unit: None,
        raw: "0".to_owned(),
        bytes: (0, 0),
    };
    let wrong = |address: &str| score(&case, &[given(address)]).0.wrong;
    // A group without values, a subtotal, and a column of the other form.
    assert_eq!(wrong("requests/results.denied/total"), 1);
    assert_eq!(wrong("requests/results.granted/legal_entity"), 1);
    let other = if case.report.form.id == "annual_2019" {
        "in_force"
    } else {
        "made_this_year"
    };
    assert_eq!(wrong(&format!("art20_1/rules/{other}")), 1);
    assert_eq!(wrong("requests/local/total"), 0);
}
