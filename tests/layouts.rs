//! Every layout with every damage: no number wrong, and no readable number missing.
//!
//! `GONGKAI_BENCH=10000` makes the run fuller. A case is shown by
//! `cargo run --example render -- LAYOUT DAMAGE SEED`.

mod bench;

use bench::case::Case;
use bench::damage::{DAMAGES, Damage};
use bench::layout::{LAYOUTS, Layout};
use bench::run::{Outcome, first_faults, run};
use bench::score::{Score, table};

/// Right cells in a hundred that a damage must leave where the layout shows which cell is which.
const LEAST_RIGHT: f64 = 99.0;

#[test]
fn every_layout_is_read() {
    let pairs: Vec<(Layout, Damage)> = LAYOUTS
        .iter()
        .flat_map(|(layout, _)| DAMAGES.iter().map(move |(damage, _)| (*layout, *damage)))
        .filter(|(layout, damage)| damage.fits(*layout))
        .collect();
    let outcome = run(bench::budget(pairs.len()), |number| {
        let (layout, damage) = pairs[number % pairs.len()];
        (layout, damage, Case::new(layout, damage, number as u64))
    });
    bench::show(&table(&outcome.board, &LAYOUTS, &DAMAGES));
    assert!(
        outcome.faults.is_empty(),
        "{}",
        first_faults(&outcome.faults)
    );
    let poor = poor(&outcome);
    assert!(
        poor.is_empty(),
        "too much is withheld:\n{}",
        poor.join("\n")
    );
}

/// Undamaged layouts of which anything is withheld, and damages by which too much is.
fn poor(outcome: &Outcome<Layout, Damage>) -> Vec<String> {
    let shown = |layout: &Layout| layout.shows_cells();
    let mut poor = Vec::new();
    for (layout, name) in LAYOUTS.iter().filter(|(layout, _)| shown(layout)) {
        let score = outcome
            .board
            .get(&(*layout, Damage::None))
            .copied()
            .unwrap_or_default();
        if score.withheld > 0 {
            poor.push(format!(
                "{name}, undamaged: {:.2} % right",
                score.percent_right()
            ));
        }
    }
    for (damage, name) in DAMAGES.iter().filter(|(damage, _)| damage.leaves_values()) {
        let scores = outcome.board.iter().filter(|((layout, other), _)| {
            // Where merged cells leave fillers, an empty last cell may be one of them: such a
            // row is rightly withheld.
            let fillers = *other == Damage::BlankCells && layout.leaves_fillers();
            other == damage && shown(layout) && !fillers
        });
        let score = scores.fold(Score::default(), |sum, (_, score)| sum.plus(*score));
        if score.percent_right() < LEAST_RIGHT {
            poor.push(format!("{name}: {:.2} % right", score.percent_right()));
        }
    }
    poor
}
