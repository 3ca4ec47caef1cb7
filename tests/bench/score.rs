//! Comparing what was read with what stands there, cell by cell.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gongkai::extraction::{Extraction, State};
use rust_decimal::Decimal;

use super::case::Case;

/// How many cells were read how.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Score {
    /// Readable cells whose number was given.
    pub(crate) right: usize,
    /// Readable cells whose number was not.
    pub(crate) withheld: usize,
    /// Cells given a number they do not have.
    pub(crate) wrong: usize,
    /// Numbers given right for cells that need not be readable.
    pub(crate) extra: usize,
}

impl Score {
    /// The sum of two scores.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            withheld: self.withheld + other.withheld,
            wrong: self.wrong + other.wrong,
            extra: self.extra + other.extra,
        }
    }

    /// Right cells in a hundred readable ones; 100 where none is.
    pub(crate) fn percent_right(self) -> f64 {
        match self.right + self.withheld {
            0 => 100.0,
            all => self.right as f64 * 100.0 / all as f64,
        }
    }
}

/// A number that a reader gave for a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Given {
    pub(crate) address: String,
    pub(crate) value: Decimal,
    pub(crate) unit: Option<String>,
    pub(crate) raw: String,
    pub(crate) bytes: (usize, usize),
}

/// Every number of an extraction. A cell that says it is a number without a value, raw or span
/// breaks the contract and is told by its address.
pub(crate) fn numbers(extraction: &Extraction) -> Result<Vec<Given>, String> {
    let mut numbers = Vec::new();
    for table in &extraction.tables {
        for row in &table.rows {
            for cell in row.cells.iter().filter(|cell| cell.state == State::Number) {
                let address = format!("{}/{}/{}", table.id, row.id, cell.column);
                let (Some(value), Some(raw), Some(span)) = (cell.value, &cell.raw, cell.span)
                else {
                    return Err(format!("{address} lacks its value, raw or span"));
                };
                numbers.push(Given {
                    address,
                    value,
                    unit: cell.unit.clone(),
                    raw: raw.clone(),
                    bytes: (span.start, span.end),
                });
            }
        }
    }
    Ok(numbers)
}

/// Numbers whose span does not slice to their raw.
pub(crate) fn misplaced<'g>(text: &str, numbers: &'g [Given]) -> Vec<&'g Given> {
    let misplaced = |given: &&Given| {
        let (start, end) = given.bytes;
        text.get(start..end) != Some(given.raw.as_str())
    };
    numbers.iter().filter(misplaced).collect()
}

/// The score of one case, and a line for every wrong cell.
///
/// Numbers of rows and columns that no form knows are not compared: the truth has no place for
/// them.
pub(crate) fn score(case: &Case, numbers: &[Given]) -> (Score, Vec<String>) {
    let mut score = Score::default();
    let mut wrong = Vec::new();
    let mut given: BTreeMap<&str, Vec<Decimal>> = BTreeMap::new();
    for number in numbers {
        given.entry(&number.address).or_default().push(number.value);
    }
    for (address, expected) in &case.truth {
        let address = address.to_string();
        let values = given.remove(address.as_str()).unwrap_or_default();
        let false_values: Vec<_> = values
            .iter()
            .filter(|value| !expected.allowed.contains(value))
            .collect();
        if !false_values.is_empty() {
            score.wrong += 1;
            wrong.push(format!(
                "{}: {address} is {:?}, not {false_values:?}",
                case.name(),
                expected.allowed,
            ));
        } else if expected.allowed.is_empty() {
            // Nothing stands there and nothing was given.
        } else if expected.readable {
            score.right += usize::from(!values.is_empty());
            score.withheld += usize::from(values.is_empty());
        } else {
            score.extra += usize::from(!values.is_empty());
        }
    }
    let known = |place: &str| {
        case.truth.keys().any(|address| {
            let mut parts = place.split('/');
            parts.next() == Some(address.table) && parts.next() == Some(address.row)
        })
    };
    let columns: Vec<&str> = case.truth.keys().map(|address| address.column).collect();
    for (address, values) in given {
        let column = address.rsplit('/').next().unwrap_or_default();
        if known(address) && columns.contains(&column) {
            score.wrong += 1;
            wrong.push(format!(
                "{}: {address} does not exist, not {values:?}",
                case.name()
            ));
        }
    }
    (score, wrong)
}

/// Scores by row and column of the table that is printed.
pub(crate) type Board<R, C> = BTreeMap<(R, C), Score>;

/// The table, one line for each layout: right in a hundred readable cells, withheld, wrong.
pub(crate) fn table<R: Ord + Copy, C: Ord + Copy>(
    board: &Board<R, C>,
    rows: &[(R, &str)],
    columns: &[(C, &str)],
) -> String {
    let mut text = String::from("right % / withheld / wrong, in cells\n");
    for (column, column_name) in columns {
        let _ = writeln!(text, "\n{column_name}");
        for (row, row_name) in rows {
            if let Some(score) = board.get(&(*row, *column)) {
                let _ = writeln!(
                    text,
                    "  {row_name:<22} {:>7.2} % {:>6} {:>6}   (+{})",
                    score.percent_right(),
                    score.withheld,
                    score.wrong,
                    score.extra,
                );
            }
        }
    }
    let all = board
        .values()
        .fold(Score::default(), |sum, score| sum.plus(*score));
    let _ = writeln!(
        text,
        "\nall: {:.3} % right, {} withheld, {} wrong of {} readable cells",
        all.percent_right(),
        all.withheld,
        all.wrong,
        all.right + all.withheld,
    );
    text
}
