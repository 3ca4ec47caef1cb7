//! Comparing what was read with what stands there, cell by cell.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gongkai::extraction::{Extraction, State};
use rust_decimal::Decimal;

use super::case::Case;
use super::forms::is_known;

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

/// Numbers whose unit is not the one printed behind them.
pub(crate) fn misunderstood<'g>(text: &str, numbers: &'g [Given]) -> Vec<&'g Given> {
    let misunderstood = |given: &&Given| {
        // In glued text the digits behind a cell are those of the next one, as behind a comma of CSV.
        let tail = text.get(given.bytes.1..).unwrap_or_default();
        let unit = printed_unit(&given.raw).or_else(|| {
            printed_unit(tail).filter(|_| !tail.starts_with(|c: char| c.is_numeric() || c == ','))
        });
        unit.is_some() && given.unit.as_deref().map(|unit| unit.replace('萬', "万")) != unit
    };
    numbers.iter().filter(misunderstood).collect()
}

/// The unit of money behind the number that `text` begins with.
fn printed_unit(text: &str) -> Option<String> {
    let tail = text.trim_start_matches(|c: char| c.is_numeric() || "+-.,，＋－．".contains(c));
    let unit = ["万元", "萬元", "元"]
        .into_iter()
        .find(|unit| tail.starts_with(unit))?;
    Some(unit.replace('萬', "万"))
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
    for (address, values) in given {
        if is_known(address) {
            score.wrong += 1;
            let name = case.name();
            wrong.push(format!("{name}: {address} is not printed, not {values:?}"));
        }
    }
    (score, wrong)
}

/// Scores by row and column of the table that is printed.
pub(crate) type Board<R, C> = BTreeMap<(R, C), Score>;

/// Right cells in a hundred readable ones for every row and column, wrong ones behind a `!`;
/// then the sums of each row, each column and all. Extra ones were right and need not be readable.
pub(crate) fn table<R: Ord + Copy, C: Ord + Copy>(
    board: &Board<R, C>,
    rows: &[(R, &str)],
    columns: &[(C, &str)],
) -> String {
    let mut text = String::from("right in a hundred readable cells, ! wrong\n\n");
    for (number, (_, name)) in columns.iter().enumerate() {
        let _ = writeln!(text, "{:>4} {name}", number + 1);
    }
    let _ = write!(text, "\n{:<22}", "");
    for number in 1..=columns.len() {
        let _ = write!(text, " {number:>5}");
    }
    for (row, name) in rows {
        let _ = write!(text, "\n{name:<22}");
        for (column, _) in columns {
            let _ = write!(
                text,
                " {:>5}",
                board.get(&(*row, *column)).map_or("".into(), short)
            );
        }
    }
    let sum = |wanted: &dyn Fn(&(R, C)) -> bool| {
        let scores = board.iter().filter(|(key, _)| wanted(key));
        scores.fold(Score::default(), |sum, (_, score)| sum.plus(*score))
    };
    let _ = writeln!(text, "\n\n{:<22}    right withheld  wrong  extra", "");
    for (row, name) in rows {
        let _ = writeln!(text, "{name:<22} {}", long(sum(&|key| key.0 == *row)));
    }
    let _ = writeln!(text);
    for (column, name) in columns {
        let _ = writeln!(text, "{name:<22} {}", long(sum(&|key| key.1 == *column)));
    }
    let _ = writeln!(text, "\n{:<22} {}", "all", long(sum(&|_| true)));
    text
}

fn short(score: &Score) -> String {
    match score.wrong {
        0 if score.right + score.withheld == 0 => "-".to_owned(),
        // One decimal place would round a withheld cell of ten thousand away.
        0 => format!("{:.1}", (score.percent_right() * 10.0).floor() / 10.0),
        wrong => format!("!{wrong}"),
    }
}

fn long(score: Score) -> String {
    let Score {
        right,
        withheld,
        wrong,
        ..
    } = score;
    format!(
        "{right:>8} {withheld:>8} {wrong:>6}   {:.3} %",
        score.percent_right()
    )
}
