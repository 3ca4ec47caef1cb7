//! Running many cases on every core.

use super::case::Case;
use super::reader;
use super::score::{Board, Score, misplaced, misunderstood, numbers, score};
use std::collections::BTreeMap;

/// What came of a run.
pub(crate) struct Outcome<R, C> {
    pub(crate) board: Board<R, C>,
    /// Wrong cells and broken spans, one sentence each, in the order of the cases.
    pub(crate) faults: Vec<String>,
}

/// Reads the cases `0..count` that `case` makes and scores each under its two keys. The outcome
/// does not depend on the number of threads.
pub(crate) fn run<R, C>(count: usize, case: impl Fn(usize) -> (R, C, Case) + Sync) -> Outcome<R, C>
where
    R: Ord + Copy + Send,
    C: Ord + Copy + Send,
{
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut results: Vec<(usize, R, C, Score, Vec<String>)> = std::thread::scope(|scope| {
        let case = &case;
        let work = move |first: usize| {
            (first..count)
                .step_by(threads)
                .map(|number| {
                    let (row, column, case) = case(number);
                    let (score, faults) = read_and_score(&case);
                    (number, row, column, score, faults)
                })
                .collect::<Vec<_>>()
        };
        let handles: Vec<_> = (0..threads)
            .map(|first| scope.spawn(move || work(first)))
            .collect();
        handles
            .into_iter()
            .flat_map(|handle| handle.join().expect("a reader panicked"))
            .collect()
    });
    results.sort_by_key(|(number, ..)| *number);
    let mut outcome = Outcome {
        board: Board::new(),
        faults: Vec::new(),
    };
    for (_, row, column, score, faults) in results {
        let sum = outcome.board.entry((row, column)).or_default();
        *sum = sum.plus(score);
        outcome.faults.extend(faults);
    }
    outcome
}

/// The first faults, as many as a person reads, a few of each layout and damage.
pub(crate) fn first_faults(faults: &[String]) -> String {
    let mut of_kind: BTreeMap<String, usize> = BTreeMap::new();
    let few = faults.iter().filter(|fault| {
        let kind: Vec<&str> = fault.split(' ').take(2).collect();
        let seen = of_kind.entry(kind.join(" ")).or_default();
        *seen += 1;
        *seen <= 2
    });
    let shown: Vec<&str> = few.take(60).map(String::as_str).collect();
    format!("{} faults:\n{}", faults.len(), shown.join("\n"))
}

fn read_and_score(case: &Case) -> (Score, Vec<String>) {
    let text = case.text();
    let name = case.name();
    let extraction = reader::read(text.as_bytes());
    let given = match numbers(&extraction) {
        Ok(given) => given,
        Err(fault) => return (Score::default(), vec![format!("{name}: {fault}")]),
    };
    let (score, mut faults) = score(case, &given);
    for one in misplaced(&text, &given) {
        faults.push(format!(
            "{name}: span of {} is not {:?}",
            one.address, one.raw
        ));
    }
    for one in misunderstood(&text, &given) {
        faults.push(format!("{name}: {} is not in {:?}", one.address, one.unit));
    }
    if let Some(form) = extraction
        .form
        .filter(|form| form.id != case.report.form.id)
    {
        faults.push(format!("{name}: the form is not {}", form.id));
    }
    if let Some(year) = extraction
        .year
        .filter(|year| year.value != case.report.year as i32)
    {
        faults.push(format!("{name}: the year is not {}", year.value));
    }
    (score, faults)
}
