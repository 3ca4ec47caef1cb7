//! A report that lost a line, or has one twice, or two exchanged, in every layout: no number is
//! wrong, and the damage stays where it is.
//!
//! `GONGKAI_BENCH=10000` makes the run fuller.

mod bench;

use bench::layout::LAYOUTS;
use bench::line_damage::LINE_DAMAGES;
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
