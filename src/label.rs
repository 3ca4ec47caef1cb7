//! Text -> labels: which stretches of the text are wordings of a form.
//!
//! Labels are found in the stream of the text's letters, so that it does not matter what stands
//! between two letters of one label: a line end, a space, a bracket, a cell border, a number that
//! a layout put between the halves of a label. A stretch is a label only where it is not part of
//! a longer word: before and behind it something other than a letter must stand, or another
//! label. That keeps 规章 in running text from being a row.

use std::ops::Range;

use crate::lexicon::{Element, Lexicon};
use crate::script::Entry;
use crate::text::{BORDER, NOISE, Text, is_letter, is_numeral, three_bytes};

/// The letters of a text, without digits, punctuation, white space and noise.
#[derive(Debug, Default)]
pub(crate) struct Letters(Vec<Letter>);

#[derive(Debug, Clone, Copy)]
struct Letter {
    c: char,
    /// Its byte offset in the folded text.
    at: u32,
    /// What stands between it and the one before.
    gap: Gap,
}

/// What stands between two neighbouring letters, the strongest of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// Nothing (or noise).
    None,
    /// A mark that joins two words: 信函、传真申请数.
    Join,
    /// White space, brackets, punctuation.
    Mark,
    /// A line end.
    Line,
    /// A number or a cell border.
    Cell,
    /// The end of a sentence.
    Sentence,
}

impl Gap {
    /// What an ASCII character makes of the gap it stands in.
    const fn of_ascii(c: u8) -> Self {
        match c {
            b'\n' => Self::Line,
            b'0'..=b'9' | b'\t' => Self::Cell,
            b';' => Self::Sentence,
            c if c == BORDER as u8 => Self::Cell,
            _ => Self::Mark,
        }
    }

    /// How much it speaks against one label on both sides of it.
    fn cost(self) -> i64 {
        match self {
            Self::None | Self::Join | Self::Mark => 0,
            Self::Line => 1,
            Self::Cell => 3,
            Self::Sentence => 1000,
        }
    }
}

/// A stretch of text that is a wording of some form.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Letters `from..to`.
    pub(crate) letters: Range<usize>,
    /// Index of its lexicon entry.
    pub(crate) pattern: usize,
}

impl Letters {
    /// The letters of `text`.
    pub(crate) fn of(text: &Text) -> Self {
        // A letter is three bytes or four.
        let mut letters: Vec<Letter> = Vec::with_capacity(text.folded.len() / 3 + 1);
        let mut gap = Gap::Sentence;
        let mut next = 0;
        while let Some((c, is_letter, length)) = character(&text.folded, next) {
            let at = next as u32;
            next += length;
            if is_letter {
                letters.push(Letter { c, at, gap });
                gap = Gap::None;
                continue;
            }
            // 三、 is a number and its mark; 行政复议、 goes on.
            let joins = || letters.last().is_none_or(|before| !is_numeral(before.c));
            gap = gap.max(match c {
                '、' | ',' | '/' if gap == Gap::None && joins() => Gap::Join,
                c if c.is_ascii() => ASCII[c as usize],
                NOISE => Gap::None,
                '。' => Gap::Sentence,
                _ => Gap::Mark,
            });
        }
        Self(letters)
    }

    /// Whether letter `index` goes on from the letter before it.
    fn glued(&self, index: usize) -> bool {
        let letter = self.0.get(index);
        letter.is_some_and(|letter| letter.gap <= Gap::Join)
    }

    /// The letters in a range of the folded text, each with its offset.
    pub(crate) fn within(&self, range: &Range<usize>) -> impl Iterator<Item = (usize, char)> {
        let place = |offset: usize| {
            self.0
                .partition_point(|letter| (letter.at as usize) < offset)
        };
        let within = place(range.start)..place(range.end);
        let letters = self.0.get(within).unwrap_or_default();
        letters.iter().map(|letter| (letter.at as usize, letter.c))
    }

    /// The folded range of some letters.
    pub(crate) fn range(&self, letters: &Range<usize>) -> Range<usize> {
        let of_label = self.0.get(letters.clone()).unwrap_or_default();
        let (Some(first), Some(last)) = (of_label.first(), of_label.last()) else {
            return 0..0;
        };
        first.at as usize..last.at as usize + last.c.len_utf8()
    }

    /// The best reading of the letters as labels: as many letters as possible, in as few
    /// pieces as possible.
    pub(crate) fn labels(&self, lexicon: &Lexicon) -> Vec<Found> {
        let count = self.0.len();
        let mut steps = vec![Step::FIRST; count + 1];
        // The best score where the next letter may stand on its own.
        let mut open = 0;
        for from in 0..=count {
            if let Some(before) = from.checked_sub(1) {
                // A label that ends in the middle of a word counts only if a label follows at
                // once.
                let Step { shut, label, .. } = steps[before];
                let heads = || lexicon.entry(label.1 as usize).heads;
                let stands = shut > open && (!self.glued(before) || heads());
                if stands {
                    open = shut;
                }
                steps[from].open_from_shut = stands;
            }
            let shut = steps[from].shut;
            steps[from].is_label = shut > open;
            let Some(letter) = self.0.get(from) else {
                break;
            };
            let begins = self.begins(from);
            let may_begin = begins || shut > i64::MIN || lexicon.begins_open(letter.c);
            if !may_begin || !lexicon.begins(letter.c) {
                continue;
            }
            let letters = self.0[from..].iter().map(|letter| letter.c);
            lexicon.wordings_at(letters, |len, label| {
                let free = begins || lexicon.entry(label).open;
                let before = if free { open.max(shut) } else { shut };
                if before == i64::MIN {
                    return;
                }
                let to = from + len;
                // The length, less what breaks it.
                let breaks: i64 = self.0[from + 1..to].iter().map(|it| it.gap.cost()).sum();
                let score = before + len as i64 * 8 - breaks - 4;
                let mut end = |at: usize, unit: usize| {
                    let step = &mut steps[at];
                    if score > step.shut {
                        step.shut = score;
                        step.label = (from as u32, label as u32);
                        step.unit = unit as u8;
                    }
                };
                end(to, 0);
                // The unit that a table prints beside its labels may be glued to them.
                for unit in lexicon.units(label) {
                    let behind = to + unit.len();
                    let own = self.0.get(to..behind).unwrap_or_default();
                    let same = || own.iter().map(|letter| &letter.c).eq(unit);
                    if own.iter().all(|letter| letter.gap <= Gap::Join) && same() {
                        end(behind, unit.len());
                    }
                }
            });
        }
        let mut found = Vec::new();
        let mut at = count;
        let mut in_label = steps[count].is_label;
        while at > 0 {
            let step = &steps[at];
            if in_label && let Some((from, pattern)) = step.label() {
                found.push(Found {
                    letters: from..at - usize::from(step.unit),
                    pattern,
                });
                at = from;
                let free = lexicon.entry(pattern).open || self.begins(at);
                in_label = !free || steps[at].is_label;
            } else {
                in_label = step.open_from_shut;
                at -= 1;
            }
        }
        found.reverse();
        found
    }

    /// Whether a word may begin with letter `index`.
    fn begins(&self, index: usize) -> bool {
        index == 0 || !self.glued(index)
    }
}

/// [`Gap::of_ascii`] of each.
const ASCII: [Gap; 128] = {
    let mut gaps = [Gap::Mark; 128];
    let mut c = 0;
    while c < gaps.len() {
        gaps[c] = Gap::of_ascii(c as u8);
        c += 1;
    }
    gaps
};

/// The character at a place, whether it is a letter, and how long it is.
#[inline]
fn character(text: &str, at: usize) -> Option<(char, bool, usize)> {
    let bytes = text.as_bytes().get(at..)?;
    let first = *bytes.first()?;
    if first.is_ascii() {
        return Some((char::from(first), false, 1));
    }
    if let Some(code) = three_bytes(bytes) {
        let c = char::from_u32(code.into())?;
        return Some((c, Entry::of_code(code).is_letter(), 3));
    }
    let c = text.get(at..)?.chars().next()?;
    Some((c, is_letter(c), c.len_utf8()))
}

/// What the letters before a place read as.
#[derive(Debug, Clone, Copy)]
struct Step {
    /// The best score where a label ends here.
    shut: i64,
    /// Where that label begins, and which one it is.
    label: (u32, u32),
    /// Letters of a unit behind it.
    unit: u8,
    /// Whether that is the best reading up to here.
    is_label: bool,
    /// Whether the letter before stands on its own behind a label.
    open_from_shut: bool,
}

impl Step {
    const FIRST: Self = Self {
        shut: i64::MIN,
        label: (0, 0),
        unit: 0,
        is_label: false,
        open_from_shut: false,
    };

    fn label(&self) -> Option<(usize, usize)> {
        let (from, label) = self.label;
        (self.shut > i64::MIN).then_some((from as usize, label as usize))
    }
}

/// What a found label may be in one form.
pub(crate) fn elements<'l>(lexicon: &'l Lexicon, found: &Found, form: usize) -> &'l [Element] {
    // The elements of a wording are in the order of the forms.
    let all = lexicon.entry(found.pattern).elements.as_slice();
    let from = all.partition_point(|element| element.form < form);
    let to = all.partition_point(|element| element.form <= form);
    all.get(from..to).unwrap_or_default()
}
