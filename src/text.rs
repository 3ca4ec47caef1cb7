//! Source -> folded text: what the parsers read, with the way back to the source.
//!
//! Folding keeps one character for one character, so every range of the folded text maps to one
//! span of the decoded text. Noise that mirrors put inside words becomes [`NOISE`], a character
//! that no parser sees. HTML comes in through [`crate::html`] as rows of cells with [`BORDER`]
//! between them, so that a table reads the same whatever separated its cells.

use std::ops::Range;

use regex::Regex;

use crate::script::fold;
use crate::source::Source;
use crate::span::TextSpan;

/// Stands for a character that is noise, such as the pinyin in 數(shù)量.
pub(crate) const NOISE: char = '\u{E000}';
/// Stands between two cells.
pub(crate) const BORDER: char = '|';

/// The folded text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    /// Folded characters, line feeds and white space included.
    pub(crate) folded: String,
    /// For each byte of `folded`: where its character starts in the decoded text.
    starts: Vec<u32>,
    /// For each byte of `folded`: where its character ends in the decoded text.
    ends: Vec<u32>,
    /// Ranges of `folded`, one a line, without the line end.
    pub(crate) lines: Vec<Range<usize>>,
    /// Whether the cells come from HTML tables.
    pub(crate) html: bool,
}

impl Text {
    /// Folds plain text. `noise` finds what mirrors put inside words; `synonyms` are pairs of
    /// equally long wordings, the first read as the second.
    pub(crate) fn fold(source: &Source, noise: &[Regex], synonyms: &[(String, String)]) -> Self {
        let mut text = Self::with_capacity(source.text().len());
        let bytes = source.text().as_bytes();
        for (at, c) in source.text().char_indices() {
            let end = at + c.len_utf8();
            // A carriage return alone ends a line, as in [`Source::lines`].
            let c = if c == '\r' && bytes.get(end) != Some(&b'\n') {
                '\n'
            } else {
                fold(c)
            };
            text.push(c, at, end);
        }
        text.finish(noise, synonyms);
        text
    }

    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self {
            folded: String::with_capacity(bytes),
            starts: Vec::with_capacity(bytes),
            ends: Vec::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Appends a folded character that stands for `start..end` of the decoded text.
    pub(crate) fn push(&mut self, c: char, start: usize, end: usize) {
        self.folded.push(c);
        for _ in 0..c.len_utf8() {
            self.starts.push(start as u32);
            self.ends.push(end as u32);
        }
    }

    /// Masks noise, applies synonyms and finds the lines.
    pub(crate) fn finish(&mut self, noise: &[Regex], synonyms: &[(String, String)]) {
        for pattern in noise {
            if pattern.is_match(&self.folded) {
                self.mask(pattern);
            }
        }
        for (seen, meant) in synonyms {
            if seen.len() == meant.len() && self.folded.contains(seen.as_str()) {
                self.folded = self.folded.replace(seen.as_str(), meant);
            }
        }
        let mut start = 0;
        for (at, _) in self.folded.match_indices('\n') {
            self.lines.push(start..at);
            start = at + 1;
        }
        self.lines.push(start..self.folded.len());
    }

    fn mask(&mut self, pattern: &Regex) {
        let mut masked = Self::with_capacity(self.folded.len());
        let mut noise = pattern
            .captures_iter(&self.folded)
            .filter_map(|found| found.name("noise").or_else(|| found.get(0)))
            .map(|found| found.range())
            .peekable();
        for (at, c) in self.folded.char_indices() {
            while noise.next_if(|range| range.end <= at).is_some() {}
            let hidden = noise.peek().is_some_and(|range| range.contains(&at)) && c != '\n';
            let c = if hidden { NOISE } else { c };
            masked.push(c, self.starts[at] as usize, self.ends[at] as usize);
        }
        drop(noise);
        masked.html = self.html;
        *self = masked;
    }

    /// The span of the decoded text under a range of the folded text.
    ///
    /// Of a page, whose text between two cells of a table stands before that table, as in a
    /// browser, it is from the first place in the source to the last.
    pub(crate) fn span(&self, range: &Range<usize>) -> TextSpan {
        if self.html
            && let (Some(starts), Some(ends)) =
                (self.starts.get(range.clone()), self.ends.get(range.clone()))
            && let (Some(start), Some(end)) = (starts.iter().min(), ends.iter().max())
        {
            return TextSpan::new(*start as usize, *end as usize);
        }
        let start = self.starts.get(range.start).copied().unwrap_or_default();
        let end = match range.end.checked_sub(1).filter(|last| *last >= range.start) {
            Some(last) => self.ends.get(last).copied().unwrap_or(start),
            None => start,
        };
        TextSpan::new(start as usize, end as usize)
    }

    /// Index of the line that holds a byte of the folded text.
    pub(crate) fn line_of(&self, at: usize) -> usize {
        self.lines
            .partition_point(|line| line.end < at)
            .min(self.lines.len().saturating_sub(1))
    }

    /// The folded text under a range.
    pub(crate) fn get(&self, range: &Range<usize>) -> &str {
        self.folded.get(range.clone()).unwrap_or_default()
    }

    /// The range without white space and noise at its ends.
    pub(crate) fn trim(&self, range: &Range<usize>) -> Range<usize> {
        let hidden = |c: char| c.is_whitespace() || c == NOISE;
        let text = self.get(range);
        let start = range.start + (text.len() - text.trim_start_matches(hidden).len());
        let end = range.start + text.trim_end_matches(hidden).len();
        start..end.max(start)
    }
}

/// The letters of a wording: what is left without digits, punctuation and white space.
///
/// Two prints of one label differ in brackets, quotes, numbers and spaces far more often than in
/// letters, so labels are compared by their letters.
pub(crate) fn letters(label: &str) -> String {
    label.chars().map(fold).filter(|c| is_letter(*c)).collect()
}

/// Whether a character is one that labels are compared by: a letter, but none of the Latin ones,
/// which stand in labels only as pinyin that a mirror added.
pub(crate) fn is_letter(c: char) -> bool {
    c >= '\u{2E80}' && c.is_alphabetic()
}

/// Whether a character is a Chinese numeral of a printed number (一、 （十二）).
pub(crate) fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '〇'
    )
}
