//! The heaviest chain of labels in the order of a form.

use std::cmp::Reverse;
use std::ops::Range;

use super::number::{numbered, same_number};
use super::piece::anchor;
use super::rank::{Ranks, heaviest};
use super::{Alignment, Anchor};
use crate::form::Form;
use crate::label::{Found, Letters, elements};
use crate::lexicon::{Element, Lexicon, Part};
use crate::text::Text;

/// A label that may be a part of the form.
pub(super) struct Choice {
    found: usize,
    /// Which of all options are its own.
    pub(super) options: Range<usize>,
}

/// A part of the form that a label may be, and how well it fits.
pub(super) type Fit = (Part, i64);

const NUMBER_BONUS: i64 = 30;

/// What a header weighs.
const HEADER: i64 = 2;

/// The labels read as one form.
pub(super) fn chain(
    text: &Text,
    letters: &Letters,
    labels: &[Found],
    lexicon: &Lexicon,
    form: &Form,
    index: usize,
) -> Alignment {
    let ranks = Ranks::of(form);
    let mut bodies = Vec::with_capacity(labels.len());
    let mut choices = Vec::with_capacity(labels.len());
    let mut options: Vec<Fit> = Vec::with_capacity(labels.len() * 2);
    for (at, found) in labels.iter().enumerate() {
        let body = letters.range(&found.letters);
        let first = options.len();
        // 总计 is a header as well as a row: without the number of the row it is no likelier the
        // row, or a text that ends among the headers would have a row that it does not print.
        let elements = elements(lexicon, found, index);
        let is_column = |element: &Element| matches!(element.part, Part::Column { .. });
        let headed = elements.iter().any(is_column);
        let is_row = |part: &Part| matches!(part, Part::Row { .. });
        for element in elements {
            let expected = lexicon.number_of(element);
            let fits = !expected.is_empty()
                && numbered(&text.folded, &body, expected)
                    .0
                    .is_some_and(|number| same_number(text.get(&number), expected));
            let weight = if headed && !fits && !expected.is_empty() && is_row(&element.part) {
                HEADER
            } else {
                weight(element.part, form, found.letters.len())
            };
            let weight = weight
                + i64::from(fits) * NUMBER_BONUS
                + digits_bonus(text.get(&body), element.part, form);
            options.push((element.part, weight));
        }
        // Of equal chains the latest link wins: let that be the part that is printed first.
        options[first..].sort_by_key(|(part, _)| Reverse(ranks.rank(*part).0));
        bodies.push(body);
        if first < options.len() {
            choices.push(Choice {
                found: at,
                options: first..options.len(),
            });
        }
    }
    let picked = heaviest(&choices, &options, &ranks);
    let mut anchors: Vec<Anchor> = Vec::with_capacity(choices.len());
    let mut score = 0;
    let mut headers: Vec<Part> = Vec::new();
    for (choice, picked) in choices.iter().zip(picked) {
        let Some((part, _)) = picked.and_then(|option| options.get(option)).or_else(|| {
            options[choice.options.clone()]
                .iter()
                .max_by_key(|(part, weight)| stray(*part, *weight, form))
        }) else {
            continue;
        };
        let expected = lexicon.number(index, *part);
        let (number, body) = numbered(&text.folded, &bodies[choice.found], expected);
        // Which form it is, every part of it says, headers and groups as much as rows, but once.
        // Only on a header may the chain stay.
        let again = ranks.rank(*part).1 && headers.contains(part);
        if picked.is_some() && !again {
            headers.extend(ranks.rank(*part).1.then_some(*part));
            score += labels[choice.found].letters.len() as i64 * 10;
        }
        anchors.push(anchor(text, body, number, *part, picked.is_some()));
    }
    Alignment {
        form: index,
        score,
        anchors,
    }
}

fn weight(part: Part, form: &Form, len: usize) -> i64 {
    let len = len as i64;
    match part {
        // A group's label may be printed beside any of its rows, so its place says little.
        Part::Row { table, row } if form.tables[table].rows[row].group => len,
        // Headers may be printed on every page: together they must not outweigh one row.
        Part::Corner { .. } | Part::Spanner { .. } | Part::Column { .. } => HEADER,
        _ => len * 10,
    }
}

/// Labels that differ only in a digit (“免予公开范围1”数) are told apart by it.
fn digits_bonus(said: &str, part: Part, form: &Form) -> i64 {
    if !said.bytes().any(|b| b.is_ascii_digit()) {
        return 0;
    }
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let said = digits(said);
    let fits = part
        .label(form)
        .is_some_and(|label| digits(&label.text) == said);
    i64::from(fits) * NUMBER_BONUS
}

/// How likely a label out of the chain is a part: a header printed again is likelier than a row
/// without the number that the form gives it.
fn stray(part: Part, weight: i64, form: &Form) -> (bool, i64) {
    let numbered = weight >= NUMBER_BONUS + 20;
    let row = matches!(part, Part::Row { .. });
    (!row || numbered || part.number(form).is_none(), weight)
}
