//! Text -> labels: which stretches of the text are wordings of a form.
//!
//! Labels are found in the stream of the text's letters, so that it does not matter what stands
//! between two letters of one label: a line end, a space, a bracket, a cell border, a number that
//! a layout put between the halves of a label. A stretch is a label only where it is not part of
//! a longer word: before and behind it something other than a letter must stand, or another
//! label. That keeps 规章 in running text from being a row.

use std::ops::Range;

use crate::lexicon::{Element, Lexicon};
use crate::text::{BORDER, NOISE, Text, is_letter, is_numeral};

/// The letters of a text, without digits, punctuation, white space and noise.
#[derive(Debug, Default)]
pub(crate) struct Letters {
    /// The letters themselves.
    pub(crate) text: String,
    /// For each letter, its byte offset in the folded text.
    pub(crate) at: Vec<usize>,
    /// For each byte of `text`, the index of its letter.
    index: Vec<u32>,
    /// For each letter, what stands between it and the one before.
    gaps: Vec<Gap>,
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
        let mut letters = Self::default();
        letters.text.reserve(text.folded.len());
        letters.index.reserve(text.folded.len());
        let mut gap = Gap::Sentence;
        for (at, c) in text.folded.char_indices() {
            if is_letter(c) {
                let index = letters.at.len() as u32;
                letters
                    .index
                    .extend(std::iter::repeat_n(index, c.len_utf8()));
                letters.text.push(c);
                letters.at.push(at);
                letters.gaps.push(gap);
                gap = Gap::None;
            } else {
                gap = gap.max(match c {
                    NOISE => Gap::None,
                    '\n' => Gap::Line,
                    BORDER | '\t' => Gap::Cell,
                    '。' | ';' => Gap::Sentence,
                    c if c.is_ascii_digit() => Gap::Cell,
                    // 三、 is a number and its mark; 行政复议、 goes on.
                    '、' | ',' | '/'
                        if gap == Gap::None && !text.folded[..at].ends_with(is_numeral) =>
                    {
                        Gap::Join
                    }
                    _ => Gap::Mark,
                });
            }
        }
        letters
    }

    /// Whether letter `index` goes on from the letter before it.
    fn glued(&self, index: usize) -> bool {
        self.gaps.get(index).is_some_and(|gap| *gap <= Gap::Join)
    }

    /// The folded range of some letters.
    pub(crate) fn range(&self, text: &Text, letters: &Range<usize>) -> Range<usize> {
        let (Some(first), Some(last)) = (
            self.at.get(letters.start),
            letters
                .end
                .checked_sub(1)
                .and_then(|last| self.at.get(last)),
        ) else {
            return 0..0;
        };
        let len = text.folded[*last..]
            .chars()
            .next()
            .map_or(0, char::len_utf8);
        *first..*last + len
    }

    /// The best reading of the letters as labels: as many letters as possible, in as few
    /// pieces as possible.
    pub(crate) fn labels(&self, lexicon: &Lexicon) -> Vec<Found> {
        let count = self.at.len();
        let mut ending: Vec<Vec<(usize, usize)>> = vec![Vec::new(); count + 1];
        for (start, end, pattern) in lexicon.occurrences(&self.text) {
            let from = self.index[start] as usize;
            let to = self.index[end - 1] as usize + 1;
            ending[to].push((from, pattern));
        }
        // best[i]: the best score of the first i letters, and how it ends. `open` is the best
        // where letter i may stand on its own, `shut` where a label ends at i.
        let mut open = vec![0_i64; count + 1];
        let mut shut = vec![i64::MIN; count + 1];
        let mut last: Vec<Option<(usize, usize)>> = vec![None; count + 1];
        let mut open_from_shut = vec![false; count + 1];
        for to in 1..=count {
            // A label that ends in the middle of a word counts only if a label follows at once.
            let bounded_behind = |at: usize| !self.glued(at) || at == count;
            open[to] = open[to - 1];
            let heads = || {
                last[to - 1]
                    .is_some_and(|(_, pattern): (usize, usize)| lexicon.entry(pattern).heads)
            };
            if shut[to - 1] > open[to] && (bounded_behind(to - 1) || heads()) {
                open[to] = shut[to - 1];
                open_from_shut[to] = true;
            }
            for &(from, pattern) in &ending[to] {
                let free = lexicon.entry(pattern).open || !self.glued(from) || from == 0;
                let before = if free {
                    open[from].max(shut[from])
                } else {
                    shut[from]
                };
                if before == i64::MIN {
                    continue;
                }
                let score = before + self.weight(from, to);
                if score > shut[to] {
                    shut[to] = score;
                    last[to] = Some((from, pattern));
                }
            }
        }
        let mut found = Vec::new();
        let mut at = count;
        let mut in_label = shut[count] > open[count];
        while at > 0 {
            if in_label && let Some((from, pattern)) = last[at] {
                found.push(Found {
                    letters: from..at,
                    pattern,
                });
                at = from;
                let free = lexicon.entry(pattern).open || !self.glued(at) || at == 0;
                in_label = !free || shut[at] > open[at];
            } else {
                in_label = open_from_shut[at];
                at -= 1;
            }
        }
        found.reverse();
        found
    }

    /// How good a label over letters `from..to` is: its length, less what breaks it.
    fn weight(&self, from: usize, to: usize) -> i64 {
        let breaks: i64 = self.gaps[from + 1..to]
            .iter()
            .map(|gap| match gap {
                Gap::None | Gap::Join | Gap::Mark => 0,
                Gap::Line => 1,
                Gap::Cell => 3,
                Gap::Sentence => 1000,
            })
            .sum();
        (to - from) as i64 * 8 - breaks - 4
    }
}

/// What a found label may be.
pub(crate) fn elements<'l>(lexicon: &'l Lexicon, found: &Found) -> &'l [Element] {
    &lexicon.entry(found.pattern).elements
}
