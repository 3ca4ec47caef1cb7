//! Labels -> anchors: which form this is, and which label is which part of it.
//!
//! Many wordings name several parts (其他 is a column and a row, 总计 a column and a row), and
//! some stand in menus and running text. A form prints its parts in one order, so the heaviest
//! chain of labels that keeps that order says which is which; the form with the heaviest chain is
//! the form of the report. Labels of the form outside the chain are kept as strays: they are
//! repeated headers, or a sign that the text is torn.

mod chain;
mod number;
mod piece;
mod rank;

use std::ops::Range;

use crate::form::Form;
use crate::label::{Found, Letters};
use crate::lexicon::{Lexicon, Part};
use crate::text::Text;

use chain::chain;
pub(crate) use number::{number_before, same_number};
pub(crate) use piece::anchor;

/// A label of the form in the text.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    /// The label with its printed number, in the folded text.
    pub(crate) range: Range<usize>,
    /// The wording without the number.
    pub(crate) body: Range<usize>,
    /// The printed number, as far as one stands there.
    pub(crate) number: Option<Range<usize>>,
    /// Pieces of the label, where a line end, a border or a value breaks it; one piece otherwise.
    pub(crate) pieces: Vec<Range<usize>>,
    /// The part it is, or for a stray, the first part it could be.
    pub(crate) part: Part,
    /// Whether it is in the chain.
    pub(crate) aligned: bool,
}

/// The labels of a text read as one form.
#[derive(Debug, Clone)]
pub(crate) struct Alignment {
    /// Index of the form.
    pub(crate) form: usize,
    /// Letters of the parts found in order, tenfold, each part once.
    pub(crate) score: i64,
    /// Anchors in the order of the text.
    pub(crate) anchors: Vec<Anchor>,
}

/// The alignment of the form whose chain is heaviest. `only` fixes the form; `year` is asked where
/// the text has nothing that tells two forms apart.
pub(crate) fn align(
    text: &Text,
    letters: &Letters,
    labels: &[Found],
    lexicon: &Lexicon,
    forms: &[Form],
    only: Option<usize>,
    year: &dyn Fn() -> Option<i32>,
) -> Option<Alignment> {
    let mut bounds = bounds(labels, lexicon, forms.len());
    bounds.retain(|(bound, index)| *bound > 0 && only.is_none_or(|only| only == *index));
    bounds.sort_by_key(|(bound, index)| (-bound, *index));
    let mut best: Option<Alignment> = None;
    for (bound, index) in bounds {
        // No chain is heavier than its bound.
        if best.as_ref().is_some_and(|best| best.score > bound) {
            break;
        }
        let made = chain(text, letters, labels, lexicon, &forms[index], index);
        let better = |best: &Alignment| {
            // Of forms that fit alike, that which was made for the year, then the first.
            let order = |form: usize| {
                let meant = year().is_some_and(|year| forms[form].years.contains(&year));
                (!meant, form)
            };
            made.score > best.score
                || made.score == best.score && order(made.form) < order(best.form)
        };
        if best.as_ref().is_none_or(better) {
            best = Some(made);
        }
    }
    best
}

/// For each form, what its score cannot exceed.
fn bounds(labels: &[Found], lexicon: &Lexicon, forms: usize) -> Vec<(i64, usize)> {
    let mut bounds: Vec<(i64, usize)> = (0..forms).map(|index| (0, index)).collect();
    let mut patterns: Vec<(usize, usize)> = labels
        .iter()
        .map(|found| (found.pattern, found.letters.len()))
        .collect();
    patterns.sort_unstable();
    for prints in patterns.chunk_by(|a, b| a.0 == b.0) {
        let Some((pattern, length)) = prints.first().copied() else {
            continue;
        };
        // A part counts once, however often its label is printed; the elements of a wording are
        // in the order of the forms.
        let elements = lexicon.entry(pattern).elements.as_slice();
        for of_form in elements.chunk_by(|a, b| a.form == b.form) {
            let parts = of_form.len().min(prints.len());
            if let Some(bound) = of_form.first().and_then(|first| bounds.get_mut(first.form)) {
                bound.0 += (length * parts) as i64 * 10;
            }
        }
    }
    bounds
}
