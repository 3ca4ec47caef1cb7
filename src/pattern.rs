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

/// Words of which every match holds one.
#[derive(Debug, Clone)]
struct Need(Vec<memmem::Finder<'static>>);

impl Need {
    fn of(words: Vec<String>) -> Self {
        let finder = |word: &String| memmem::Finder::new(word).into_owned();
        Self(words.iter().map(finder).collect())
    }

    /// Where the first of the words ends in `text`: the earliest end leaves the most room.
    fn end(&self, text: &str) -> Option<usize> {
        let words = self.0.iter();
        let ends = words.filter_map(|word| Some(word.find(text.as_bytes())? + word.needle().len()));
        ends.min()
    }

    fn is_met(&self, text: &str) -> bool {
        self.0
            .iter()
            .any(|word| word.find(text.as_bytes()).is_some())
    }

    /// How much it says that it is met: the length of its shortest word.
    fn weight(&self) -> usize {
        let lengths = self.0.iter().map(|word| word.needle().len());
        lengths.min().unwrap_or_default()
    }

    /// Whether looking for it costs more than it says: some unit stands in most sentences.
    fn says_little(&self) -> bool {
        self.0.len() > 4 && self.weight() <= STOP.len_utf8()
    }
}

/// A regular expression and the words that every match holds.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    source: String,
    /// In the order of the text: of each list, every match holds a word.
    needs: Vec<Need>,
    /// The need that the fewest texts are likely to meet.
    rarest: usize,
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
        let needs: Vec<Need> = words.map(Need::of).collect();
        let rarest = (0..needs.len()).max_by_key(|at| needs[*at].weight());
        Self {
            source: source.to_owned(),
            needs,
            rarest: rarest.unwrap_or_default(),
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
        if self.fits(text) { self.regex() } else { None }
    }

    /// Calls `found` for every match, in the order of the text.
    pub(crate) fn each<'t>(&self, text: &Sentences<'t>, mut found: impl FnMut(Captures<'t>)) {
        if !self.telling().all(|need| need.is_met(text.text)) {
            return;
        }
        let fits = |sentence: &&Range<usize>| {
            let words = text.text.get((*sentence).clone()).unwrap_or_default();
            self.fits(words)
        };
        let mut fitting = text.each.iter().filter(fits);
        if !self.confined {
            let fits = if self.in_sentence {
                fitting.next().is_some()
            } else {
                self.fits(text.text)
            };
            if let Some(regex) = fits.then(|| self.regex()).flatten() {
                regex.captures_iter(text.text).for_each(found);
            }
            return;
        }
        for sentence in fitting {
            let Some(regex) = self.regex() else { return };
            let upto = text.text.get(..sentence.end).unwrap_or_default();
            // From the end of the sentence before.
            let mut start = sentence.start.saturating_sub(STOP.len_utf8());
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

    fn telling(&self) -> impl Iterator<Item = &Need> {
        self.needs.iter().filter(|need| !need.says_little())
    }

    /// Whether the words stand in the text, in order.
    fn fits(&self, text: &str) -> bool {
        if self
            .needs
            .get(self.rarest)
            .is_some_and(|need| !need.is_met(text))
        {
            return false;
        }
        let mut rest = text;
        self.telling().all(|need| {
            let behind = need.end(rest).and_then(|end| rest.get(end..));
            rest = behind.unwrap_or_default();
            behind.is_some()
        })
    }
}

/// A text by its sentences.
pub(crate) struct Sentences<'a> {
    text: &'a str,
    /// The sentences, without their ends.
    each: Vec<Range<usize>>,
}

impl<'a> Sentences<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let mut each = Vec::new();
        let mut start = 0;
        for (at, stop) in text.match_indices(STOP) {
            each.push(start..at);
            start = at + stop.len();
        }
        each.push(start..text.len());
        Self { text, each }
    }
}

#[cfg(test)]
mod tests;
