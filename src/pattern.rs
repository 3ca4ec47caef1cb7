//! Regular expressions of a grammar, compiled when a text holds the words they need.
//!
//! Compiling costs a thousand times what looking for a word costs, and most patterns of a grammar
//! have nothing to find in most reports. The words are read from the pattern as it is written;
//! where its syntax is more than the few forms known here, it is simply always tried.

mod scan;
mod words;

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use memchr::memmem;
use regex::Regex;

use scan::{Item, needs};

pub(crate) use words::{Needs, Sentences, Words};

/// Ends a sentence of folded prose.
const STOP: char = '。';

/// Words of which every match holds one, with what finds each, made on first use.
#[derive(Debug, Clone)]
struct Need(Vec<(String, OnceLock<memmem::Finder<'static>>)>);

impl Need {
    fn of(words: Vec<String>) -> Self {
        let words = words.into_iter();
        Self(words.map(|word| (word, OnceLock::new())).collect())
    }

    /// Where the first of the words ends in `text`: the earliest end leaves the most room.
    fn end(&self, text: &str) -> Option<usize> {
        let words = self.0.iter();
        let end = |(word, finder): &(String, OnceLock<memmem::Finder<'_>>)| {
            let finder = finder.get_or_init(|| memmem::Finder::new(word).into_owned());
            Some(finder.find(text.as_bytes())? + word.len())
        };
        words.filter_map(end).min()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(word, _)| word.as_str())
    }
}

/// A regular expression and the words that every match holds.
#[derive(Debug, Clone)]
pub(crate) struct Pattern {
    source: String,
    /// In the order of the text: of each list, every match holds a word.
    needs: Vec<Need>,
    /// Whether the words of one match stand in one sentence.
    in_sentence: bool,
    /// Whether, but for one character before it, nothing of a match is outside this sentence.
    confined: bool,
    compiled: OnceLock<Option<Regex>>,
    /// The same, for the first texts.
    light: OnceLock<Option<regex_lite::Regex>>,
    /// How many bytes of text were looked through.
    searched: Arc<AtomicUsize>,
}

/// How many bytes the slower engine looks through.
const SOON: usize = 2048;

/// Where a match and its groups stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) all: Range<usize>,
    /// The group `n`: a number.
    pub(crate) number: Option<Range<usize>>,
    /// The group `unit`.
    pub(crate) unit: Option<Range<usize>>,
}

enum Engine<'p> {
    Full(&'p Regex),
    Light(&'p regex_lite::Regex),
}

/// [`Found`] of captures of either engine.
macro_rules! found {
    ($captures:expr) => {{
        let captures = $captures;
        let group = |name| Some(captures.name(name)?.range());
        Found {
            all: captures.get(0).map(|all| all.range()).unwrap_or_default(),
            number: group("n"),
            unit: group("unit"),
        }
    }};
}

impl Engine<'_> {
    fn next(&self, text: &str, start: usize) -> Option<Found> {
        match self {
            Self::Full(regex) => Some(found!(regex.captures_at(text, start)?)),
            Self::Light(regex) => Some(found!(regex.captures_at(text, start)?)),
        }
    }

    fn each(&self, text: &str, found: &mut impl FnMut(Found)) {
        match self {
            Self::Full(regex) => regex.captures_iter(text).for_each(|one| found(found!(one))),
            Self::Light(regex) => regex.captures_iter(text).for_each(|one| found(found!(one))),
        }
    }
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
            needs: words.map(Need::of).collect(),
            in_sentence,
            confined,
            compiled: OnceLock::new(),
            light: OnceLock::new(),
            searched: Arc::default(),
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

    /// The alternatives of an expression, a pattern each, so that only those are compiled whose
    /// words a text has.
    pub(crate) fn alternatives(source: &str) -> impl Iterator<Item = Self> {
        scan::alternatives(source).into_iter().map(Self::lazy)
    }

    /// The ranges of characters that a text which matches begins with; none where that cannot be
    /// told.
    pub(crate) fn heads(&self) -> Option<Vec<(char, char)>> {
        scan::heads(&self.source)
    }

    /// The regular expression, where `text` may hold a match.
    pub(crate) fn regex_for(&self, text: &str) -> Option<&Regex> {
        if self.fits(text) { self.regex() } else { None }
    }

    /// Whether the text holds a match.
    pub(crate) fn is_match(&self, text: &str) -> bool {
        self.fits(text)
            && match self.engine(text.len()) {
                Some(Engine::Full(regex)) => regex.is_match(text),
                Some(Engine::Light(regex)) => regex.is_match(text),
                None => false,
            }
    }

    /// Calls `found` for every match, in the order of the text. `known` is what [`Words::needs`]
    /// says of the pattern.
    pub(crate) fn each(&self, known: &Needs, text: &Sentences<'_>, mut found: impl FnMut(Found)) {
        let mut fitting = text.fitting(known);
        if !self.confined {
            let fits = if self.in_sentence {
                fitting.next().is_some()
            } else {
                text.fits(known)
            };
            if fits && let Some(engine) = self.engine(text.all().len()) {
                engine.each(text.all(), &mut found);
            }
            return;
        }
        for sentence in fitting {
            let Some(engine) = self.engine(sentence.len()) else {
                return;
            };
            let upto = text.of_range(0..sentence.end);
            // From the end of the sentence before.
            let mut start = sentence.start.saturating_sub(STOP.len_utf8());
            while let Some(one) = engine.next(upto, start) {
                let end = one.all.end;
                found(one);
                // A match holds a word, hence is not empty.
                if end <= start {
                    break;
                }
                start = end;
            }
        }
    }

    /// What finds the matches in so many bytes. Compiling costs as much as looking through dozens of
    /// sentences, so the first ones are looked through by an engine that is slower but soon made.
    fn engine(&self, bytes: usize) -> Option<Engine<'_>> {
        if self.searched.fetch_add(bytes, Ordering::Relaxed) + bytes <= SOON {
            let light = self.light.get_or_init(|| {
                let light = || regex_lite::Regex::new(&self.source).ok();
                scan::is_plain(&self.source).then(light).flatten()
            });
            if let Some(light) = light {
                return Some(Engine::Light(light));
            }
        }
        self.regex().map(Engine::Full)
    }

    fn regex(&self) -> Option<&Regex> {
        let compiled = self.compiled.get_or_init(|| Regex::new(&self.source).ok());
        compiled.as_ref()
    }

    /// Whether the words stand in the text, in order.
    fn fits(&self, text: &str) -> bool {
        let mut rest = text;
        self.needs.iter().all(|need| {
            let behind = need.end(rest).and_then(|end| rest.get(end..));
            rest = behind.unwrap_or_default();
            behind.is_some()
        })
    }
}

#[cfg(test)]
mod tests;
