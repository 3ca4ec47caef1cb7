//! Numbers as reports have them, made so that every equation of the forms holds.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::forms::{APPLICANTS, Address, Form, OUTCOMES, Rank, request_rows};
use super::random::Random;

/// What stands in a cell, and the number it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Printed {
    pub(crate) raw: String,
    pub(crate) value: Decimal,
}

impl Printed {
    /// A plain count.
    pub(crate) fn count(n: u64) -> Self {
        Self {
            raw: n.to_string(),
            value: Decimal::from(n),
        }
    }
}

/// Values by address.
pub(crate) type Values = BTreeMap<Address, Printed>;

/// All values of one report.
pub(crate) fn values(form: &'static Form, random: &mut Random) -> Values {
    let mut values = Values::new();
    small_tables(form, random, &mut values);
    requests(form, random, &mut values);
    outcomes(random, &mut values);
    values
}

/// A count: mostly nothing, sometimes many.
fn count(random: &mut Random, large: u64) -> u64 {
    match random.below(10) {
        0..=4 => 0,
        5..=7 => random.between(1, 30),
        8 => random.between(31, 1000),
        _ => random.between(0, large),
    }
}

fn small_tables(form: &'static Form, random: &mut Random, values: &mut Values) {
    for table in form.small {
        for &(row, _) in table.rows {
            for &(column, _) in table.columns {
                let printed = match column {
                    "change_this_year" => change(random),
                    "procurement_amount" => amount(random, &["", "", "元", "元", "万元"]),
                    "fees_collected" => amount(random, &["", "", "", "", "万元"]),
                    _ => Printed::count(count(random, 12_000_000)),
                };
                values.insert(
                    Address {
                        table: table.id,
                        row,
                        column,
                    },
                    printed,
                );
            }
        }
    }
}

/// 本年增/减: `+205`, `-46`, `0`.
fn change(random: &mut Random) -> Printed {
    if random.chance(40) {
        return Printed::count(0);
    }
    let n = random.between(1, 600);
    match random.below(3) {
        0 => Printed {
            raw: format!("+{n}"),
            value: Decimal::from(n),
        },
        1 => Printed {
            raw: format!("-{n}"),
            value: -Decimal::from(n),
        },
        _ => Printed::count(n),
    }
}

/// `3481775656.00元`, `160.5964万元`, `0.092`, `0`.
fn amount(random: &mut Random, units: &[&str]) -> Printed {
    if random.chance(25) {
        return Printed::count(0);
    }
    let places = random.below(7) as u32;
    let digits = random.between(1, 9) as u32;
    let whole = random.between(0, 10_u64.pow(digits));
    let fraction = random.between(0, 10_u64.pow(places) - 1);
    let number = if places == 0 {
        whole.to_string()
    } else {
        format!("{whole}.{fraction:0width$}", width = places as usize)
    };
    let value = number.parse().expect("digits with at most one point");
    Printed {
        raw: number + random.pick(units),
        value,
    }
}

/// Section 三: results first, then what came in so that 一 + 二 = （七） + 四.
fn requests(form: &'static Form, random: &mut Random, values: &mut Values) {
    let rows = request_rows(form);
    let sizes = [
        random.pick(&[0, 4, 60, 900, 4000]),
        random.pick(&[0, 2, 15, 120]),
        random.pick(&[0, 0, 0, 3]),
        random.pick(&[0, 0, 2, 20]),
        random.pick(&[0, 0, 3, 40]),
        random.pick(&[0, 0, 2, 12]),
    ];
    let mut table: BTreeMap<&'static str, [u64; 7]> = BTreeMap::new();
    for (column, &size) in sizes.iter().enumerate() {
        let mut sum = 0;
        for row in rows.iter().filter(|row| is_result(row.rank, row.id)) {
            let n = if random.chance(35) {
                random.between(0, size)
            } else {
                0
            };
            table.entry(row.id).or_default()[column] = n;
            sum += n;
        }
        let out = if random.chance(50) {
            random.between(0, size / 4)
        } else {
            0
        };
        let carried = if random.chance(50) {
            random.between(0, (sum + out) / 3)
        } else {
            0
        };
        table.entry("results.total").or_default()[column] = sum;
        table.entry("carried_out").or_default()[column] = out;
        table.entry("carried_in").or_default()[column] = carried;
        table.entry("received_this_year").or_default()[column] = sum + out - carried;
    }
    for (row, mut numbers) in table {
        numbers[6] = numbers[..6].iter().sum();
        for (&(column, _), n) in APPLICANTS.iter().zip(numbers) {
            values.insert(
                Address {
                    table: "requests",
                    row,
                    column,
                },
                Printed::count(n),
            );
        }
    }
}

/// Whether a row is one of those that （七）总计 adds up.
fn is_result(rank: Rank, id: &str) -> bool {
    matches!(rank, Rank::Result | Rank::Leaf) && id != "results.total"
}

/// Section 四: three groups, each with its total.
fn outcomes(random: &mut Random, values: &mut Values) {
    for group in OUTCOMES.chunks(5) {
        let size = random.pick(&[0, 0, 2, 12, 400]);
        let mut sum = 0;
        for &(column, label) in group {
            let n = if label == "总计" {
                sum
            } else if random.chance(60) {
                random.between(0, size)
            } else {
                0
            };
            sum += n;
            values.insert(
                Address {
                    table: "review_litigation",
                    row: "cases",
                    column,
                },
                Printed::count(n),
            );
        }
    }
}
