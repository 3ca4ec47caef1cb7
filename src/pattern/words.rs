//! Prose -> the words that patterns need, found in one walk over it, by its sentences.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Need, Pattern, STOP};
use crate::tree::Tree;

/// The words that some patterns need, so that one walk over a text finds them all.
#[derive(Debug, Clone)]
pub(crate) struct Words {
    tree: Tree,
    sorted: Vec<String>,
}

impl Words {
    pub(crate) fn of<'p>(patterns: impl Iterator<Item = &'p Pattern>) -> Self {
        let needs = patterns.flat_map(|pattern| &pattern.needs);
        let words = needs.flat_map(Need::words).map(str::to_owned);
        let sorted: Vec<String> = words.collect::<BTreeSet<_>>().into_iter().collect();
        let tree = Tree::of(sorted.iter().map(String::as_str));
        Self { tree, sorted }
    }

    /// The needs of a pattern among the words.
    pub(crate) fn needs(&self, pattern: &Pattern) -> Needs {
        let set = |need: &Need| {
            let mut set = self.none();
            for word in need.words() {
                if let Ok(at) = self
                    .sorted
                    .binary_search_by(|known| known.as_str().cmp(word))
                {
                    set.add(at);
                }
            }
            set
        };
        Needs(pattern.needs.iter().map(set).collect())
    }

    fn none(&self) -> Set {
        Set(vec![0; self.sorted.len().div_ceil(64)])
    }
}

/// Sets of words: every match of a pattern holds one of each.
#[derive(Debug, Clone)]
pub(crate) struct Needs(Vec<Set>);

impl Needs {
    fn are_met(&self, there: &Set) -> bool {
        self.0.iter().all(|need| need.meets(there))
    }

    /// Whether a word of each set stands behind one of the set before.
    fn in_order(&self, there: &[Word]) -> bool {
        let mut behind = 0;
        // A single need that is met is all there is to look for.
        self.0.len() < 2
            || self.0.iter().all(|need| {
                let place = |word: &&Word| word.start >= behind && need.has(word.word);
                // The earliest end leaves the most room.
                let end = there.iter().filter(place).map(|word| word.end).min();
                behind = end.unwrap_or(behind);
                end.is_some()
            })
    }
}

/// A set of words, a bit each.
#[derive(Debug, Clone)]
struct Set(Vec<u64>);

impl Set {
    fn add(&mut self, word: usize) {
        if let Some(bits) = self.0.get_mut(word / 64) {
            *bits |= 1 << (word % 64);
        }
    }

    fn has(&self, word: usize) -> bool {
        let bits = self.0.get(word / 64);
        bits.is_some_and(|bits| bits >> (word % 64) & 1 == 1)
    }

    fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }
}

/// A text by its sentences.
pub(crate) struct Sentences<'a> {
    text: &'a str,
    each: Vec<Sentence>,
    /// The words that patterns need, by where they begin.
    there: Vec<Word>,
    /// Words of all sentences.
    all: Set,
}

/// A sentence without its end.
struct Sentence {
    range: Range<usize>,
    words: Set,
    /// Its words in [`Sentences::there`].
    there: Range<usize>,
}

/// A word that patterns need, where it stands in the text.
struct Word {
    start: usize,
    end: usize,
    word: usize,
}

impl<'a> Sentences<'a> {
    pub(crate) fn of(text: &'a str, words: &Words) -> Self {
        let mut found = Self {
            text,
            each: Vec::new(),
            there: Vec::new(),
            all: words.none(),
        };
        let mut start = 0;
        for (at, c) in text.char_indices() {
            if words.tree.begins(c) {
                words.tree.heads_of(text[at..].chars(), |_, word| {
                    let end = at + words.sorted.get(word).map_or(0, String::len);
                    found.there.push(Word {
                        start: at,
                        end,
                        word,
                    });
                });
            }
            if c == STOP {
                found.end(start..at, words);
                start = at + STOP.len_utf8();
            }
        }
        found.end(start..text.len(), words);
        found
    }

    /// A sentence ends.
    fn end(&mut self, range: Range<usize>, words: &Words) {
        let first = self.each.last().map_or(0, |last| last.there.end);
        let there = first..self.there.len();
        let mut set = words.none();
        for word in &self.there[there.clone()] {
            set.add(word.word);
            self.all.add(word.word);
        }
        self.each.push(Sentence {
            range,
            words: set,
            there,
        });
    }

    /// Whether the words of a pattern stand in the text, in order.
    pub(super) fn fits(&self, known: &Needs) -> bool {
        known.are_met(&self.all) && known.in_order(&self.there)
    }

    /// The sentences in which the words of a pattern stand, in order.
    pub(super) fn fitting(&self, known: &Needs) -> impl Iterator<Item = Range<usize>> {
        let sentences: &[Sentence] = if known.are_met(&self.all) {
            &self.each
        } else {
            &[]
        };
        let fits = |sentence: &&Sentence| {
            known.are_met(&sentence.words) && known.in_order(&self.there[sentence.there.clone()])
        };
        let fitting = sentences.iter().filter(fits);
        fitting.map(|sentence| sentence.range.clone())
    }

    /// The text itself.
    pub(crate) fn all(&self) -> &'a str {
        self.text
    }

    /// A part of the text.
    pub(crate) fn of_range(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// Whether one of the patterns matches `said`, a part of the sentence with `place` in it.
    pub(crate) fn any<'s>(
        &self,
        patterns: &[(Pattern, Needs)],
        place: usize,
        said: impl FnOnce() -> &'s str,
    ) -> bool {
        let before = self.each.partition_point(|it| it.range.end < place);
        let Some(sentence) = self.each.get(before) else {
            return false;
        };
        let fits = |(_, known): &&(Pattern, Needs)| known.are_met(&sentence.words);
        let mut fitting = patterns.iter().filter(fits).peekable();
        if fitting.peek().is_none() {
            return false;
        }
        let said = said();
        fitting.any(|(pattern, _)| pattern.is_match(said))
    }
}
