//! Regular expressions of a grammar, compiled when a text holds the words they need.
//!
//! Compiling costs a thousand times what looking for a word costs, and most patterns of a grammar
//! have nothing to find in most reports. The words are read from the pattern as it is written;
//! where its syntax is more than the few forms known here, it is simply always tried.

use std::sync::OnceLock;

use memchr::memmem;
use regex::Regex;

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
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern that is compiled when it is needed; one that is no regular expression, which
    /// loading a grammar refuses, matches nothing.
    pub(crate) fn lazy(source: &str) -> Self {
        let mut items = Scan { rest: source }.whole().unwrap_or_default();
        let is_need = |item: &Item| matches!(item, Item::Need(_));
        let first = items.iter().position(is_need).unwrap_or(items.len());
        let last = items.iter().rposition(is_need).map_or(first, |at| at + 1);
        items.truncate(last);
        items.drain(..first);
        let in_sentence = !items.is_empty() && items.iter().all(is_need);
        let needs = items.into_iter().filter_map(|item| match item {
            Item::Need(words) => Some(words),
            Item::Across => None,
        });
        Self {
            source: source.to_owned(),
            needs: needs.collect(),
            in_sentence,
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

    /// The regular expression, where one of the sentences may hold a match.
    pub(crate) fn regex_among(&self, sentences: &Sentences<'_>) -> Option<&Regex> {
        let fits = if self.in_sentence {
            let mut all = sentences.each.iter();
            all.any(|(text, pairs)| {
                self.may_fit(pairs) && self.fits(text, |word| pairs.may_hold(word))
            })
        } else {
            self.fits(sentences.text, |_| true)
        };
        if fits { self.regex() } else { None }
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
    each: Vec<(&'a str, Pairs)>,
}

impl<'a> Sentences<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        let mut each = Vec::new();
        let mut pairs = Pairs([0; Pairs::WORDS]);
        let (mut start, mut before) = (0, '\0');
        for (at, c) in text.char_indices() {
            if c == STOP {
                each.push((text.get(start..at).unwrap_or_default(), pairs));
                pairs = Pairs([0; Pairs::WORDS]);
                (start, before) = (at + c.len_utf8(), '\0');
            } else {
                pairs.set('\0', c);
                pairs.set(before, c);
                before = c;
            }
        }
        each.push((text.get(start..).unwrap_or_default(), pairs));
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

/// A part of a pattern, for what it says of its matches.
#[derive(Debug, Clone)]
enum Item {
    /// One of these words stands here.
    Need(Vec<String>),
    /// The end of a sentence may stand here.
    Across,
}

/// Reads a pattern; none where its syntax is not known here.
struct Scan<'p> {
    rest: &'p str,
}

impl Scan<'_> {
    fn whole(mut self) -> Option<Vec<Item>> {
        let items = self.choice()?;
        self.rest.is_empty().then_some(items)
    }

    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        Some(c)
    }

    fn skip(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Alternatives, to the end or a closing bracket.
    fn choice(&mut self) -> Option<Vec<Item>> {
        let mut first = self.sequence()?;
        if !self.rest.starts_with('|') {
            return Some(first);
        }
        let mut words = Vec::new();
        let (mut each, mut across) = (true, false);
        loop {
            across |= first.iter().any(|item| matches!(item, Item::Across));
            let needs = first.into_iter().filter_map(|item| match item {
                Item::Need(words) => Some(words),
                Item::Across => None,
            });
            // The list whose shortest word is longest says the most.
            let shortest = |words: &Vec<String>| words.iter().map(String::len).min();
            match needs.max_by_key(shortest) {
                Some(need) => words.extend(need),
                None => each = false,
            }
            if !self.skip("|") {
                break;
            }
            first = self.sequence()?;
        }
        let mut items = Vec::new();
        items.extend(across.then_some(Item::Across));
        if each {
            items.push(Item::Need(words));
            items.extend(across.then_some(Item::Across));
        }
        Some(items)
    }

    fn sequence(&mut self) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        let mut word = String::new();
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let mut inner = Vec::new();
            let literal = match self.next()? {
                '(' => {
                    self.group_head()?;
                    inner = self.choice()?;
                    if !self.skip(")") {
                        return None;
                    }
                    None
                }
                '[' => {
                    inner.extend(self.class()?.then_some(Item::Across));
                    None
                }
                '.' => {
                    inner.push(Item::Across);
                    None
                }
                '\\' => match self.next()? {
                    'p' | 'P' => {
                        let (_, rest) = self.rest.strip_prefix('{')?.split_once('}')?;
                        self.rest = rest;
                        inner.push(Item::Across);
                        None
                    }
                    'd' | 's' | 'w' | 'D' | 'S' | 'W' => {
                        inner.push(Item::Across);
                        None
                    }
                    c if c.is_alphanumeric() => return None,
                    c => Some(c),
                },
                '^' | '$' => None,
                '*' | '+' | '?' | '{' => return None,
                c => Some(c),
            };
            let repeat = self.repeat()?;
            match (literal, repeat) {
                (Some(c), None) if c != STOP => word.push(c),
                (Some(c), repeat) => {
                    if repeat != Some(false) {
                        word.push(c);
                    }
                    push_word(&mut items, &mut word);
                    items.extend((c == STOP).then_some(Item::Across));
                }
                (None, repeat) => {
                    push_word(&mut items, &mut word);
                    // What may be left out is not needed.
                    let kept = |item: &Item| repeat != Some(false) || matches!(item, Item::Across);
                    items.extend(inner.into_iter().filter(kept));
                }
            }
        }
        push_word(&mut items, &mut word);
        Some(items)
    }

    /// What follows an opening bracket; none for flags.
    fn group_head(&mut self) -> Option<()> {
        if self.skip("?P<") || self.skip("?<") {
            let (_, rest) = self.rest.split_once('>')?;
            self.rest = rest;
        } else if !self.skip("?:") && self.rest.starts_with('?') {
            return None;
        }
        Some(())
    }

    /// A class, behind its bracket: whether it may match the end of a sentence.
    fn class(&mut self) -> Option<bool> {
        let negated = self.skip("^");
        let (inside, rest) = self.rest.split_once(']')?;
        // Classes in classes, escapes, and a bracket as the first member are not read here. A
        // range of other than ASCII is taken to hold the full stop.
        if inside.is_empty() || inside.contains(['[', '\\', '&', '~']) {
            return None;
        }
        self.rest = rest;
        let stops = inside.contains(STOP);
        let ranges = inside.contains('-') && !inside.is_ascii();
        Some(if negated { !stops } else { stops || ranges })
    }

    /// How often the part before may stand: none for once, else whether it must stand at all.
    fn repeat(&mut self) -> Option<Option<bool>> {
        let must = match self.rest.chars().next() {
            Some('*' | '?') => false,
            Some('+') => true,
            Some('{') => {
                let (_, least) = self.rest.split_once('{')?;
                let digits = least.trim_start_matches(|c: char| c.is_ascii_digit());
                let least = least.strip_suffix(digits)?;
                let (_, rest) = self.rest.split_once('}')?;
                self.rest = rest;
                self.skip("?");
                let least: u32 = least.parse().ok()?;
                return self.once(least > 0);
            }
            _ => return Some(None),
        };
        self.next();
        self.skip("?");
        self.once(must)
    }

    /// A repetition of a repetition is not read here.
    fn once(&self, must: bool) -> Option<Option<bool>> {
        let again = self.rest.starts_with(['*', '+', '?', '{']);
        (!again).then_some(Some(must))
    }
}

fn push_word(items: &mut Vec<Item>, word: &mut String) {
    if !word.is_empty() {
        items.push(Item::Need(vec![std::mem::take(word)]));
    }
}

#[cfg(test)]
mod tests;
