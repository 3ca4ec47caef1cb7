//! Options -> the readings that the form's equations leave.
//!
//! Each row of a table comes with the ways it can be read. The search keeps the combinations in
//! which every equation holds. It never changes a number: where no combination holds, the
//! published numbers or the text are broken, and nothing is solved.

/// A place of a row in one reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Amount {
    /// A count that stands in the text.
    Known(i64),
    /// Not in the text: any count that is not negative.
    Missing,
}

/// `Σ factor · cell = 0` over cells given as (row, column).
#[derive(Debug, Clone)]
pub(crate) struct Equation {
    pub(crate) terms: Vec<(usize, usize, i64)>,
}

impl Equation {
    /// Whether it speaks of several rows.
    pub(crate) fn over_rows(&self) -> bool {
        self.terms.iter().any(|(row, ..)| *row != self.terms[0].0)
    }
}

/// What the search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// For each row, the options that occur in a solution, ascending.
    Solved(Vec<Vec<usize>>),
    /// No combination satisfies every equation.
    Contradiction,
    /// The bound on the search was reached; for each row, the options not ruled out by then.
    GaveUp(Vec<Vec<usize>>),
}

/// Steps of the search before it gives up: some milliseconds.
pub(crate) const BUDGET: usize = 20_000;

/// Options weighed in a search before it gives up, since a step among rows of many options costs
/// more than one among few.
const WORK: usize = 1_000_000;

/// Larger than any sum of published counts, small enough to add up without overflow.
const UNBOUNDED: i64 = 1 << 60;

#[derive(Debug, Clone, Copy)]
struct Interval {
    low: i64,
    high: i64,
}

impl Interval {
    fn add(self, other: Self) -> Self {
        Self {
            low: (self.low + other.low).max(-UNBOUNDED),
            high: (self.high + other.high).min(UNBOUNDED),
        }
    }

    fn hull(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
        }
    }

    fn holds_zero_with(self, other: Self) -> bool {
        let sum = self.add(other);
        sum.low <= 0 && sum.high >= 0
    }
}

const ZERO: Interval = Interval { low: 0, high: 0 };

/// The terms that an equation has in one row: the row, and column and factor of each.
type Part = (usize, Vec<(usize, i64)>);

/// The search.
struct Search<'a> {
    rows: &'a [Vec<Vec<Amount>>],
    equations: &'a [Equation],
    /// For each equation, the rows it has terms of, with those terms.
    parts: Vec<Vec<Part>>,
    /// Options of each row that are still possible.
    domains: Vec<Vec<usize>>,
    steps: usize,
    budget: usize,
    work: usize,
    seen: Vec<Vec<bool>>,
}

/// Finds the options of each row that occur in a solution of all `equations`.
pub(crate) fn solve(rows: &[Vec<Vec<Amount>>], equations: &[Equation], budget: usize) -> Outcome {
    let parts = equations.iter().map(parts).collect();
    let mut search = Search {
        rows,
        equations,
        parts,
        domains: rows
            .iter()
            .map(|options| (0..options.len()).collect())
            .collect(),
        steps: 0,
        budget,
        work: 0,
        seen: rows
            .iter()
            .map(|options| vec![false; options.len()])
            .collect(),
    };
    if !search.narrow() {
        return Outcome::Contradiction;
    }
    let mut open: Vec<usize> = (0..rows.len())
        .filter(|row| search.domains[*row].len() > 1)
        .collect();
    open.sort_by_key(|row| search.domains[*row].len());
    let mut chosen: Vec<usize> = search
        .domains
        .iter()
        .map(|domain| domain.first().copied().unwrap_or_default())
        .collect();
    let finished = search.descend(&open, &mut chosen);
    if !finished {
        return Outcome::GaveUp(search.domains);
    }
    let kept: Vec<Vec<usize>> = search
        .seen
        .iter()
        .map(|seen| (0..seen.len()).filter(|option| seen[*option]).collect())
        .collect();
    if kept
        .iter()
        .zip(rows)
        .any(|(kept, options): (&Vec<usize>, _)| kept.is_empty() && !options.is_empty())
    {
        return Outcome::Contradiction;
    }
    Outcome::Solved(kept)
}

fn parts(equation: &Equation) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (row, column, factor) in &equation.terms {
        match parts.iter_mut().find(|(other, _)| other == row) {
            Some((_, terms)) => terms.push((*column, *factor)),
            None => parts.push((*row, vec![(*column, *factor)])),
        }
    }
    parts
}

fn contribution(option: &[Amount], terms: &[(usize, i64)]) -> Interval {
    terms.iter().fold(ZERO, |sum, (column, factor)| {
        sum.add(match option.get(*column) {
            Some(Amount::Known(count)) => {
                let value = count.saturating_mul(*factor).clamp(-UNBOUNDED, UNBOUNDED);
                Interval {
                    low: value,
                    high: value,
                }
            }
            _ if *factor > 0 => Interval {
                low: 0,
                high: UNBOUNDED,
            },
            _ => Interval {
                low: -UNBOUNDED,
                high: 0,
            },
        })
    })
}

impl Search<'_> {
    fn range_of(&self, row: usize, terms: &[(usize, i64)]) -> Option<Interval> {
        self.domains[row]
            .iter()
            .map(|option| contribution(&self.rows[row][*option], terms))
            .reduce(Interval::hull)
    }

    /// Strikes out options that no choice of the other rows can balance; false when a row has
    /// none left.
    fn narrow(&mut self) -> bool {
        loop {
            let mut changed = false;
            for parts in &self.parts.clone() {
                let ranges: Vec<Option<Interval>> = parts
                    .iter()
                    .map(|(row, terms)| self.range_of(*row, terms))
                    .collect();
                if ranges.iter().any(Option::is_none) {
                    return false;
                }
                for (at, (row, terms)) in parts.iter().enumerate() {
                    let others = ranges
                        .iter()
                        .enumerate()
                        .filter(|(other, _)| *other != at)
                        .filter_map(|(_, range)| *range)
                        .fold(ZERO, Interval::add);
                    let before = self.domains[*row].len();
                    let rows = self.rows;
                    self.domains[*row].retain(|option| {
                        contribution(&rows[*row][*option], terms).holds_zero_with(others)
                    });
                    if self.domains[*row].is_empty() {
                        return false;
                    }
                    changed |= self.domains[*row].len() < before;
                }
            }
            if !changed {
                return true;
            }
        }
    }

    /// Tries every choice for the open rows; false when the budget is used up.
    fn descend(&mut self, open: &[usize], chosen: &mut Vec<usize>) -> bool {
        self.steps += 1;
        if self.steps > self.budget || self.work > WORK {
            return false;
        }
        let Some((row, rest)) = open.split_first() else {
            if self.holds(chosen) {
                for (row, option) in chosen.iter().enumerate() {
                    if let Some(seen) = self.seen[row].get_mut(*option) {
                        *seen = true;
                    }
                }
            }
            return true;
        };
        for option in self.domains[*row].clone() {
            chosen[*row] = option;
            if self.possible(rest, chosen, *row) && !self.descend(rest, chosen) {
                return false;
            }
        }
        true
    }

    /// Whether the equations of `row` can still hold, with the rows in `open` undecided.
    fn possible(&mut self, open: &[usize], chosen: &[usize], row: usize) -> bool {
        let mut work = 0;
        let possible = self
            .parts
            .iter()
            .filter(|parts| parts.iter().any(|(other, _)| *other == row))
            .all(|parts| {
                let sum = parts.iter().fold(ZERO, |sum, (row, terms)| {
                    let range = if open.contains(row) {
                        work += self.domains[*row].len();
                        self.range_of(*row, terms).unwrap_or(ZERO)
                    } else {
                        contribution(&self.rows[*row][chosen[*row]], terms)
                    };
                    sum.add(range)
                });
                sum.holds_zero_with(ZERO)
            });
        self.work += work;
        possible
    }

    /// Whether every equation holds for one choice, each missing cell being one number
    /// throughout.
    fn holds(&self, chosen: &[usize]) -> bool {
        let mut found: Vec<((usize, usize), i64)> = Vec::new();
        let mut done = vec![false; self.equations.len()];
        loop {
            let mut progress = false;
            for (at, equation) in self.equations.iter().enumerate() {
                if done[at] {
                    continue;
                }
                let mut sum = 0_i64;
                let mut unknown = None;
                let mut unknowns = 0;
                for (row, column, factor) in &equation.terms {
                    let amount = chosen
                        .get(*row)
                        .and_then(|option| self.rows[*row].get(*option))
                        .and_then(|option| option.get(*column));
                    let known = match amount {
                        Some(Amount::Known(count)) => Some(*count),
                        _ => found
                            .iter()
                            .find(|(cell, _)| *cell == (*row, *column))
                            .map(|(_, count)| *count),
                    };
                    match known {
                        Some(count) => sum = sum.saturating_add(count.saturating_mul(*factor)),
                        None => {
                            unknowns += 1;
                            unknown = Some((*row, *column, *factor));
                        }
                    }
                }
                match (unknowns, unknown) {
                    (0, _) if sum != 0 => return false,
                    (0, _) => done[at] = true,
                    (1, Some((row, column, factor))) => {
                        if sum % factor != 0 || -sum / factor < 0 {
                            return false;
                        }
                        found.push(((row, column), -sum / factor));
                        done[at] = true;
                        progress = true;
                    }
                    _ => {}
                }
            }
            if !progress {
                return true;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Amount::{Known, Missing};
    use super::*;

    /// first + second = total
    fn sum() -> Vec<Equation> {
        vec![Equation {
            terms: vec![(0, 0, 1), (0, 1, 1), (0, 2, -1)],
        }]
    }

    fn cuts(cuts: &[[i64; 3]]) -> Vec<Vec<Vec<Amount>>> {
        vec![
            cuts.iter()
                .map(|cut| cut.iter().map(|count| Known(*count)).collect())
                .collect(),
        ]
    }

    #[test]
    fn one_cut_of_a_glued_row_satisfies_the_sum() {
        let rows = cuts(&[[1, 2, 315], [12, 3, 15], [1, 23, 15]]);
        assert_eq!(solve(&rows, &sum(), BUDGET), Outcome::Solved(vec![vec![1]]));
    }

    #[test]
    fn two_cuts_stay_two() {
        let rows = cuts(&[[1, 0, 1], [0, 1, 1]]);
        assert_eq!(
            solve(&rows, &sum(), BUDGET),
            Outcome::Solved(vec![vec![0, 1]])
        );
    }

    #[test]
    fn a_broken_sum_is_never_bent() {
        assert_eq!(
            solve(&cuts(&[[1, 2, 4], [1, 3, 5]]), &sum(), BUDGET),
            Outcome::Contradiction
        );
    }

    #[test]
    fn a_missing_cell_is_one_number_in_all_equations() {
        // Row 1 lacks a cell; the column equations (row 0 = row 1) show that it is the second.
        let rows = vec![
            vec![vec![Known(5), Known(7), Known(12)]],
            vec![
                vec![Missing, Known(5), Known(12)],
                vec![Known(5), Missing, Known(12)],
                vec![Known(5), Known(12), Missing],
            ],
        ];
        let mut equations: Vec<Equation> = (0..3)
            .map(|column| Equation {
                terms: vec![(0, column, 1), (1, column, -1)],
            })
            .collect();
        equations.push(Equation {
            terms: vec![(1, 0, 1), (1, 1, 1), (1, 2, -1)],
        });
        assert_eq!(
            solve(&rows, &equations, BUDGET),
            Outcome::Solved(vec![vec![0], vec![1]])
        );
    }

    #[test]
    fn gives_up_at_its_budget() {
        let rows = vec![vec![vec![Known(0), Known(0), Known(0)]; 50]; 50];
        assert!(matches!(solve(&rows, &[], 100), Outcome::GaveUp(_)));
    }
}
