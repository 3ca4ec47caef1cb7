//! A report that lost a line, or has one twice, or two exchanged, in every layout: no number is
//! wrong, and the damage stays where it is.
//!
//! Nor does a report make one whose encoding had no place for some of its characters and has `?`
//! for them.
//!
//! `GONGKAI_BENCH=10000` makes the run fuller.

#![allow(clippy::unwrap_used)]

mod bench;

use std::collections::BTreeMap;

use bench::case::Case;
use bench::damage::{DAMAGES, Damage};
use bench::layout::LAYOUTS;
use bench::line_damage::LINE_DAMAGES;
use bench::random::Random;
use bench::run::{first_faults, run};
use bench::score::{Score, table};
use gongkai::{Options, extract};

/// Right cells in a hundred where the layout shows which cell is which: a line more or less costs
/// its own table at most.
const LEAST_RIGHT: f64 = 90.0;

#[test]
fn a_damaged_line_makes_no_number_wrong() {
    let kinds = LAYOUTS.len() * LINE_DAMAGES.len();
    let outcome = run(bench::budget(4 * kinds), |number| {
        let (layout, _) = LAYOUTS[number % LAYOUTS.len()];
        let (damage, _) = LINE_DAMAGES[number / LAYOUTS.len() % LINE_DAMAGES.len()];
        (layout, damage, damage.case(layout, number as u64))
    });
    bench::show(&table(&outcome.board, &LAYOUTS, &LINE_DAMAGES));
    assert!(
        outcome.faults.is_empty(),
        "{}",
        first_faults(&outcome.faults)
    );
    let shown = outcome
        .board
        .iter()
        .filter(|((layout, _), _)| layout.shows_cells());
    let score = shown.fold(Score::default(), |sum, (_, score)| sum.plus(*score));
    let right = score.percent_right();
    assert!(right >= LEAST_RIGHT, "only {right:.2} % right");
}

#[test]
fn two_damages_make_no_number_wrong() {
    let outcome = run(bench::budget(8 * LAYOUTS.len()), |number| {
        let (layout, _) = LAYOUTS[number % LAYOUTS.len()];
        let mut random = Random::new((number as u64) << 32);
        let fitting: Vec<Damage> = DAMAGES
            .iter()
            .map(|(damage, _)| *damage)
            .filter(|damage| damage.fits(layout) && damage.leaves_values())
            .collect();
        let first = random.pick(&fitting);
        // Where the line of the headers goes, nothing is left to say that columns are exchanged.
        let case = if first != Damage::ColumnsExchanged && random.chance(25) {
            let (line, _) = random.pick(&LINE_DAMAGES);
            line.damage(Case::damaged(layout, &[first], number as u64))
        } else {
            let other = |damage: &&Damage| {
                let both = damage.is_structural() && first.is_structural();
                **damage != first && !both
            };
            let others: Vec<Damage> = fitting.iter().filter(other).copied().collect();
            let second = random.pick(&others);
            Case::damaged(layout, &[first, second], number as u64)
        };
        (layout, first, case)
    });
    bench::show(&table(&outcome.board, &LAYOUTS, &DAMAGES));
    assert!(
        outcome.faults.is_empty(),
        "{}",
        first_faults(&outcome.faults)
    );
}

#[test]
fn characters_that_an_encoding_lost_make_no_number_wrong() {
    for number in 0..bench::budget(4 * LAYOUTS.len()) {
        let (layout, _) = LAYOUTS[number % LAYOUTS.len()];
        let text = Case::new(layout, Damage::None, number as u64).text();
        let whole = numbers(&text);
        // Each character is lost everywhere or nowhere.
        let mut random = Random::new(!(number as u64));
        let share = 1 + random.below(20) as u64;
        let mut lost = BTreeMap::new();
        let is_lost =
            |c: char| !c.is_ascii() && *lost.entry(c).or_insert_with(|| random.chance(share));
        let holed = text.replace(is_lost, "?");
        for (address, value) in numbers(&holed) {
            // A row whose label is lost is one that the form has not.
            if let Some(known) = whole.get(&address) {
                assert_eq!(value, *known, "{} {number} {address}", layout.name());
            }
        }
    }
}

/// The numbers that are read, under form and address.
fn numbers(text: &str) -> BTreeMap<String, String> {
    let extraction = extract(text.as_bytes(), &Options::default()).unwrap();
    let form = extraction.form.as_ref().map_or("", |form| &form.id);
    let mut numbers = BTreeMap::new();
    for table in &extraction.tables {
        for row in &table.rows {
            for cell in &row.cells {
                if let Some(value) = &cell.value {
                    let address = format!("{form}: {}/{}/{}", table.id, row.id, cell.column);
                    numbers.insert(address, value.to_string());
                }
            }
        }
    }
    numbers
}
