//! A report that lost a line, or has one twice, or two exchanged, in every layout: no number is
//! wrong, and the damage stays where it is.
//!
//! `GONGKAI_BENCH=10000` makes the run fuller.

mod bench;

use bench::case::Case;
use bench::damage::Damage;
use bench::layout::LAYOUTS;
use bench::line_damage::LINE_DAMAGES;
use bench::random::Random;
use bench::run::{first_faults, run};
use bench::score::{Score, table};

/// Right cells in a hundred where the layout shows which cell is which: a line more or less costs
/// its own table at most.
const LEAST_RIGHT: f64 = 90.0;

#[test]
fn a_damaged_line_makes_no_number_wrong() {
    let kinds = LAYOUTS.len() * LINE_DAMAGES.len();
    let outcome = run(bench::budget(4 * kinds), |number| {
        let (layout, _) = LAYOUTS[number % LAYOUTS.len()];
        let (damage, _) = LINE_DAMAGES[number / LAYOUTS.len() % LINE_DAMAGES.len()];
        let mut case = Case::new(layout, Damage::None, number as u64);
        damage.apply(&mut case, &mut Random::new(!(number as u64)));
        (layout, damage, case)
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
