//! Numbers for any form, made so that every relation of its grammar holds.

use std::collections::BTreeMap;

use gongkai::form::{CellRef, ColumnKind, Comparison, Form, Instance, Operand, Term};
use rust_decimal::Decimal;

use super::numbers::Printed;
use super::random::Random;

/// Hundredths by cell.
type Figures = BTreeMap<CellRef, i64>;

/// A value for every cell of a form, groups aside.
pub(crate) fn figures(form: &Form, random: &mut Random) -> BTreeMap<CellRef, Printed> {
    let mut figures = Figures::new();
    for (table, definition) in form.tables.iter().enumerate() {
        let size = random.pick(&[5, 40, 900, 70_000]);
        for (row, of_row) in definition.rows.iter().enumerate() {
            for (column, of_column) in definition.columns.iter().enumerate() {
                let counted = of_column.kind == ColumnKind::Value && !of_column.optional;
                if of_row.group || !counted {
                    continue;
                }
                let unit = of_column.unit.as_ref().or(of_row.unit.as_ref());
                let count = unit.is_some_and(|unit| COUNTS.contains(&unit.as_str()));
                let value = match random.below(10) {
                    0..=3 if count => 0,
                    _ => random.between(0, size) as i64 * 100,
                };
                let fraction = if of_column.decimal && !count {
                    random.between(0, 99) as i64
                } else {
                    0
                };
                let percent = unit.is_some_and(|unit| unit == "%");
                let negative = of_column.signed && percent && random.chance(30);
                let value = if negative {
                    -value - fraction
                } else {
                    value + fraction
                };
                figures.insert(CellRef { table, row, column }, value);
            }
        }
    }
    settle(form, &mut figures);
    let grouped = random.chance(30);
    let print = |value: i64| printed(value, grouped && value.abs() >= 100_000);
    figures
        .into_iter()
        .map(|(cell, value)| (cell, print(value)))
        .collect()
}

/// Units of things that are counted.
const COUNTS: [&str; 8] = ["条", "件", "次", "篇", "个", "人", "人次", "项"];

fn printed(hundredths: i64, grouped: bool) -> Printed {
    let value = Decimal::new(hundredths, 2);
    let plain = if hundredths % 100 == 0 {
        value.trunc()
    } else {
        value
    }
    .to_string();
    let raw = if grouped {
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits: Vec<char> = whole.chars().collect();
        let groups: Vec<String> = digits
            .rchunks(3)
            .rev()
            .map(|it| it.iter().collect())
            .collect();
        let dot = if fraction.is_empty() { "" } else { "." };
        format!("{}{dot}{fraction}", groups.join(","))
    } else {
        plain
    };
    Printed { raw, value }
}

/// Raises values until every relation holds.
fn settle(form: &Form, figures: &mut Figures) {
    let relations: Vec<&Instance> = form.instances.iter().filter(|it| is_plain(it)).collect();
    for _ in 0..2000 {
        let Some(broken) = relations.iter().find(|it| !holds(form, figures, it)) else {
            return;
        };
        mend(form, figures, &relations, broken);
    }
    panic!("the relations of {} cannot be made to hold", form.id);
}

/// Whether a relation is one of cells of this report that are always printed.
fn is_plain(instance: &Instance) -> bool {
    let mut terms = instance.left.iter().chain(&instance.right);
    instance.only_where.is_empty()
        && instance.alternatives.is_empty()
        && terms.all(|term| {
            let cells = matches!(
                term.operand,
                Operand::Cell(_) | Operand::Leaves(_) | Operand::Number(_)
            );
            cells && !term.previous
        })
}

fn sum(form: &Form, figures: &Figures, side: &[Term]) -> i64 {
    side.iter()
        .map(|term| {
            let of = |cell: &CellRef| figures.get(cell).copied().unwrap_or_default();
            let value = match &term.operand {
                Operand::Cell(cell) => of(cell),
                Operand::Leaves(cell) => {
                    let leaves = form.leaves(cell.table, cell.row).into_iter();
                    leaves.map(|row| of(&CellRef { row, ..*cell })).sum()
                }
                _ => 0,
            };
            if term.minus { -value } else { value }
        })
        .sum()
}

/// Whether a relation holds.
pub(crate) fn holds(form: &Form, figures: &Figures, instance: &Instance) -> bool {
    let (left, right) = (
        sum(form, figures, &instance.left),
        sum(form, figures, &instance.right),
    );
    match instance.comparison {
        Comparison::Equal => left == right,
        Comparison::AtMost => left <= right,
        Comparison::AtLeast => left >= right,
    }
}

fn mend(form: &Form, figures: &mut Figures, relations: &[&Instance], broken: &Instance) {
    let difference = sum(form, figures, &broken.left) - sum(form, figures, &broken.right);
    let (side, missing) = if difference > 0 {
        (&broken.right, difference)
    } else {
        (&broken.left, -difference)
    };
    let total = |side: &[Term]| match side {
        [
            Term {
                operand: Operand::Cell(cell),
                ..
            },
        ] => Some(*cell),
        _ => None,
    };
    match (total(side), total(&broken.right)) {
        // The total of the very sum that is broken.
        (_, Some(cell)) if broken.left.len() > 1 && broken.comparison == Comparison::Equal => {
            *figures.entry(cell).or_default() += difference;
        }
        (Some(mut cell), _) => {
            // A total is raised by its last part, which may be a total too.
            let sum_of = |cell: CellRef| {
                let of_cell = |it: &&&Instance| {
                    it.comparison == Comparison::Equal
                        && it.left.len() > 1
                        && total(&it.right) == Some(cell)
                };
                relations.iter().find(of_cell)
            };
            while let Some(Operand::Cell(part)) =
                sum_of(cell).and_then(|sum| Some(&sum.left.last()?.operand))
            {
                cell = *part;
            }
            *figures.entry(cell).or_default() += missing;
        }
        _ => panic!("no way to mend {} of {}", broken.relation, form.id),
    }
}
