//! Regular expressions of a grammar, compiled when a text holds the words they need.
//!
//! Compiling costs a thousand times what looking for a word costs, and most patterns of a grammar
//! have nothing to find in most reports. The words are read from the pattern as it is written;
//! where its syntax is more than the few forms known here, it is simply always tried.

mod scan;

use std::ops::Range;
use std::sync::OnceLock;

use memchr::memmem;
use regex::{Captures, Regex};

use scan::{Item, needs};

/// Ends a sentence of folded prose.
const STOP: char = '。';

/// A regular expression and the words that every match holds.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    source: String,
    /// In the order of the text: of each list, every match holds a word.
    needs: Vec<Vec<String>>,
    /// Whether the words of one match stand in one sentence.
    in_sentence: bool,
    /// Whether, but for one character before it, nothing of a match is outside this sentence.
    confined: bool,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern that is compiled when it is needed; one that is no regular expression, which
    /// loading a grammar refuses, matches nothing.
    pub(crate) fn lazy(source: &str) -> Self {
        let items = needs(source).unwrap_or_default();
        let is_need = |item: &Item| matches!(item, Item::Need(_));
        let first = items.iter().position(is_need).unwrap_or(items.len());
        let last = items.iter().rposition(is_need).map_or(first, |at| at + 1);
        let in_sentence = first < last && items[first..last].iter().all(is_need);
        let before = matches!(items[..first], [] | [Item::One]);
        let confined = in_sentence && before && last == items.len();
        let words = items.into_iter().filter_map(Item::words);
        Self {
            source: source.to_owned(),
            needs: words.collect(),
            in_sentence,
            confined,
            compiled: OnceLock::new(),
        }
    }

    /// A pattern that is compiled now.
    ///
    /// # Errors
    ///
    /// What is no regular expression.
    pub(crate) fn compile(source: &str) -> Result<Self, regex::Error> {
        let pattern = Self::lazy(source);
        let regex = Regex::new(source)?;
        pattern.compiled.get_or_init(|| Some(regex));
        Ok(pattern)
    }

    /// The regular expression, where `text` may hold a match.
    pub(crate) fn regex_for(&self, text: &str) -> Option<&Regex> {
        if self.fits(text, |_| true) {
            self.regex()
        } else {
            None
        }
    }

    /// Calls `found` for every match, in the order of the text.
    pub(crate) fn each<'t>(&self, text: &Sentences<'t>, mut found: impl FnMut(Captures<'t>)) {
        let fits = |sentence: &&Sentence| {
            let words = text.text.get(sentence.range.clone()).unwrap_or_default();
            let pairs = &sentence.pairs;
            self.may_fit(pairs) && self.fits(words, |word| pairs.may_hold(word))
        };
        let mut fitting = text.each.iter().filter(fits);
        if !self.confined {
            let fits = if self.in_sentence {
                fitting.next().is_some()
            } else {
                self.fits(text.text, |_| true)
            };
            if let Some(regex) = fits.then(|| self.regex()).flatten() {
                regex.captures_iter(text.text).for_each(found);
            }
            return;
        }
        for sentence in fitting {
            let Some(regex) = self.regex() else { return };
            let upto = text.text.get(..sentence.range.end).unwrap_or_default();
            // From the end of the sentence before.
            let mut start = sentence.range.start.saturating_sub(STOP.len_utf8());
            while let Some(captures) = regex.captures_at(upto, start) {
                let end = captures.get(0).map_or(start, |all| all.end());
                found(captures);
                // A match holds a word, hence is not empty.
                if end <= start {
                    break;
                }
                start = end;
            }
        }
    }

    fn regex(&self) -> Option<&Regex> {
        let compiled = self.compiled.get_or_init(|| Regex::new(&self.source).ok());
        compiled.as_ref()
    }

    /// Whether the words stand in the text, in order; looks only for those that may be there.
    fn fits(&self, text: &str, may_hold: impl Fn(&str) -> bool) -> bool {
        let mut rest = text;
        self.needs.iter().all(|words| {
            // The earliest end leaves the most room for what follows.
            let there = words.iter().filter(|word| may_hold(word));
            let ends = there.filter_map(|word| {
                Some(memmem::find(rest.as_bytes(), word.as_bytes())? + word.len())
            });
            match ends.min().and_then(|end| rest.get(end..)) {
                Some(behind) => {
                    rest = behind;
                    true
                }
                None => false,
            }
        })
    }

    fn may_fit(&self, pairs: &Pairs) -> bool {
        let mut needs = self.needs.iter();
        needs.all(|words| words.iter().any(|word| pairs.may_hold(word)))
    }
}

/// A text by its sentences, with what tells quickly that a word is not in one.
pub(crate) struct Sentences<'a> {
    text: &'a str,
    each: Vec<Sentence>,
}

/// A sentence without its end.
struct Sentence {
    range: Range<usize>,
    pairs: Pairs,
}

impl<'a> Sentences<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let mut each = Vec::new();
        let mut pairs = Pairs([0; Pairs::WORDS]);
        let (mut start, mut before) = (0, '\0');
        for (at, c) in text.char_indices() {
            if c == STOP {
                each.push(Sentence {
                    range: start..at,
                    pairs,
                });
                pairs = Pairs([0; Pairs::WORDS]);
                (start, before) = (at + c.len_utf8(), '\0');
            } else {
                pairs.set('\0', c);
                pairs.set(before, c);
                before = c;
            }
        }
        each.push(Sentence {
            range: start..text.len(),
            pairs,
        });
        Self { text, each }
    }
}

/// Hashes of the characters and pairs of neighbours of a text.
#[derive(Clone, Copy)]
struct Pairs([u64; Self::WORDS]);

impl Pairs {
    const WORDS: usize = 32;

    fn may_hold(&self, word: &str) -> bool {
        let mut before = '\0';
        word.chars().all(|c| {
            let (at, bit) = Self::place(before, c);
            before = c;
            self.0.get(at).is_some_and(|bits| bits & bit != 0)
        })
    }

    fn set(&mut self, before: char, c: char) {
        let (at, bit) = Self::place(before, c);
        if let Some(bits) = self.0.get_mut(at) {
            *bits |= bit;
        }
    }

    fn place(before: char, c: char) -> (usize, u64) {
        let mixed = u32::from(before)
            .wrapping_mul(0x9E37)
            .wrapping_add(c.into());
        let hash = mixed.wrapping_mul(0x9E37_79B1) >> 21;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }
}

#[cfg(test)]
mod tests;
