//! Source -> folded text: what the parsers read, with the way back to the source.
//!
//! Folding keeps one character for one character, so every range of the folded text maps to one
//! span of the decoded text. Noise that mirrors put inside words becomes [`NOISE`], a character
//! that no parser sees. HTML comes in through [`crate::html`] as rows of cells with [`BORDER`]
//! between them, so that a table reads the same whatever separated its cells.

mod lines;

use std::ops::Range;

use memchr::memmem;
use regex::Regex;

use crate::near::last_before;
use crate::pattern::Pattern;
use crate::script::{Entry, Seen, fold};
use crate::source::Source;
use crate::span::TextSpan;

/// Stands for a character that is noise, such as the pinyin in 數(shù)量.
pub(crate) const NOISE: char = '\u{E000}';
/// Stands between two cells.
pub(crate) const BORDER: char = '|';

/// Whether a character parts the cells of a table and is none itself.
pub(crate) fn is_gap(c: char) -> bool {
    c.is_whitespace() || matches!(c, BORDER | NOISE)
}

/// What Word writes behind each cell of a table.
const CELL_END: u8 = 7;

/// The folded text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    /// Folded characters, line feeds and white space included.
    pub(crate) folded: String,
    /// Where the characters of `folded` come from, in order.
    runs: Vec<Run>,
    /// Ranges of `folded`, one a line, without the line end.
    pub(crate) lines: Vec<Range<usize>>,
    /// Whether the cells come from HTML tables.
    pub(crate) html: bool,
    /// Whether plain lines with borders stand beside HTML tables, as in Markdown.
    pub(crate) mixed: bool,
    /// What tells the script of the text, by the characters that were folded.
    pub(crate) seen: Seen,
}

/// Neighbours that are as long in the decoded text as folded, or one character that is not.
#[derive(Debug, Clone, Copy)]
struct Run {
    /// Where it starts in the folded text.
    folded: u32,
    /// Where it starts in the decoded text.
    start: u32,
    /// Where the one character ends in the decoded text; [`Run::EVEN`] for neighbours of equal
    /// length.
    single: u32,
}

impl Run {
    const EVEN: u32 = u32::MAX;

    /// Where the character at `at` starts in the decoded text.
    fn start_of(&self, at: usize) -> usize {
        match self.single {
            Self::EVEN => self.even(at),
            _ => self.start as usize,
        }
    }

    /// Where the character that ends at `at` ends in the decoded text.
    fn end_of(&self, at: usize) -> usize {
        match self.single {
            Self::EVEN => self.even(at),
            end => end as usize,
        }
    }

    /// Where the folded offset `at` stands in the decoded text, if all up to it are as long there.
    fn even(&self, at: usize) -> usize {
        self.start as usize + at.saturating_sub(self.folded as usize)
    }
}

impl Text {
    /// Folds plain text. `noise` finds what mirrors put inside words; `synonyms` are pairs of
    /// equally long wordings, the first read as the second.
    pub(crate) fn fold(source: &Source, noise: &[Pattern], synonyms: &[(String, String)]) -> Self {
        let mut text = Self::with_capacity(source.text().len());
        let given = source.text();
        let bytes = given.as_bytes();
        // Most characters fold to themselves: they are copied in stretches.
        let (mut copied, mut at) = (0, 0);
        while at < bytes.len() {
            let first = bytes[at];
            if first.is_ascii() && first != b'\r' && first != CELL_END {
                at += 1;
                continue;
            }
            // Chinese.
            let code = three_bytes(&bytes[at..]);
            if let Some(code) = code {
                let entry = Entry::of_code(code);
                let folded = entry.folded_code();
                if folded == code {
                    text.seen.add(entry);
                    at += 3;
                    continue;
                }
                // Most others fold to what is as long.
                if folded >= THREE_BYTES
                    && let Some(folded) = char::from_u32(folded.into())
                {
                    text.seen.add(entry);
                    text.even(copied);
                    text.folded.push_str(&given[copied..at]);
                    text.folded.push(folded);
                    at += 3;
                    copied = at;
                    continue;
                }
            }
            let c = given[at..].chars().next().unwrap_or_default();
            let end = at + c.len_utf8();
            let folded = if first == CELL_END {
                BORDER
            } else if c.is_ascii() {
                // A carriage return alone ends a line, as in [`Source::lines`].
                let alone = bytes.get(end) != Some(&b'\n');
                if alone { '\n' } else { c }
            } else {
                let entry = Entry::of(c);
                text.seen.add(entry);
                entry.folded(c)
            };
            if folded != c {
                text.copy(&given[copied..at], copied);
                text.push(folded, at, end);
                copied = end;
            }
            at = end;
        }
        text.copy(&given[copied..], copied);
        text.finish(noise, synonyms);
        text
    }

    pub(crate) fn with_capacity(bytes: usize) -> Self {
        Self {
            folded: String::with_capacity(bytes),
            ..Self::default()
        }
    }

    /// Appends what folds to itself and begins at `start` of the decoded text.
    fn copy(&mut self, given: &str, start: usize) {
        if !given.is_empty() {
            self.even(start);
            self.folded.push_str(given);
        }
    }

    /// What is appended next begins at `start` of the decoded text and is as long there.
    #[inline]
    fn even(&mut self, start: usize) {
        let at = self.folded.len();
        let goes_on = |run: &Run| run.single == Run::EVEN && run.even(at) == start;
        if !self.runs.last().is_some_and(goes_on) {
            self.runs.push(Run {
                folded: at as u32,
                start: start as u32,
                single: Run::EVEN,
            });
        }
    }

    /// Appends a folded character that stands for `start..end` of the decoded text.
    #[inline]
    pub(crate) fn push(&mut self, c: char, start: usize, end: usize) {
        let at = self.folded.len();
        self.folded.push(c);
        let even = start + c.len_utf8() == end;
        let goes_on = |run: &Run| run.single == Run::EVEN && run.even(at) == start;
        if !(even && self.runs.last().is_some_and(goes_on)) {
            self.runs.push(Run {
                folded: at as u32,
                start: start as u32,
                single: if even { Run::EVEN } else { end as u32 },
            });
        }
    }

    /// Masks noise, applies synonyms and finds the lines.
    pub(crate) fn finish(&mut self, noise: &[Pattern], synonyms: &[(String, String)]) {
        for pattern in noise {
            if pattern.is_match(&self.folded)
                && let Some(regex) = pattern.regex_for(&self.folded)
            {
                self.mask(regex);
            }
        }
        for (seen, meant) in synonyms {
            let stands = || memmem::find(self.folded.as_bytes(), seen.as_bytes()).is_some();
            if seen.len() == meant.len() && stands() {
                self.folded = self.folded.replace(seen.as_str(), meant);
            }
        }
        let mut start = 0;
        for at in memchr::memchr_iter(b'\n', self.folded.as_bytes()) {
            self.lines.push(start..at);
            start = at + 1;
        }
        self.lines.push(start..self.folded.len());
        self.as_plain_lines();
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
            let span = self.span(&(at..at + c.len_utf8()));
            masked.push(if hidden { NOISE } else { c }, span.start, span.end);
        }
        drop(noise);
        (masked.html, masked.mixed) = (self.html, self.mixed);
        masked.seen = self.seen;
        *self = masked;
    }

    /// The span of the decoded text under a range of the folded text.
    ///
    /// Of a page, whose text between two cells of a table stands before that table, as in a
    /// browser, it is from the first place in the source to the last.
    pub(crate) fn span(&self, range: &Range<usize>) -> TextSpan {
        self.span_near(range, &mut 0)
    }

    /// [`Text::span`], where `near` is kept from one range to the next.
    pub(crate) fn span_near(&self, range: &Range<usize>, near: &mut usize) -> TextSpan {
        let first = self.run(range.start, *near);
        *near = first;
        let start = self
            .runs
            .get(first)
            .map_or(0, |run| run.start_of(range.start));
        if range.end <= range.start {
            return TextSpan::new(start, start);
        }
        let last = self.run(range.end - 1, first);
        let end = self.runs.get(last).map_or(0, |run| run.end_of(range.end));
        let (mut start, mut end) = (start, end);
        if self.html && last > first {
            let runs = self.runs.get(first..=last).unwrap_or_default();
            for pair in runs.windows(2) {
                end = end.max(pair[0].end_of(pair[1].folded as usize));
                start = start.min(pair[1].start as usize);
            }
        }
        TextSpan::new(start, end)
    }

    /// Index of the run that holds a byte of the folded text.
    fn run(&self, at: usize, near: usize) -> usize {
        last_before(&self.runs, near, |run| run.folded as usize > at)
    }

    /// Index of the line that holds a byte of the folded text.
    pub(crate) fn line_of(&self, at: usize) -> usize {
        self.line_near(at, 0)
    }

    /// [`Text::line_of`], near a line found before.
    pub(crate) fn line_near(&self, at: usize, near: usize) -> usize {
        last_before(&self.lines, near, |line| line.start > at)
    }

    /// The folded text under a range.
    pub(crate) fn get(&self, range: &Range<usize>) -> &str {
        self.folded.get(range.clone()).unwrap_or_default()
    }

    /// The range without white space and noise at its ends.
    pub(crate) fn trim(&self, range: &Range<usize>) -> Range<usize> {
        let text = self.get(range);
        if is_trimmed(text.as_bytes()) {
            return range.clone();
        }
        let hidden = |c: char| c.is_whitespace() || c == NOISE;
        let start = range.start + (text.len() - text.trim_start_matches(hidden).len());
        let end = range.start + text.trim_end_matches(hidden).len();
        start..end.max(start)
    }
}

/// From which code on a character is written with three bytes.
const THREE_BYTES: u16 = 0x800;

/// The code of the character at the start of `bytes`, if it is written with three, as Chinese is.
#[inline]
pub(crate) fn three_bytes(bytes: &[u8]) -> Option<u16> {
    let [first @ 0xE0..=0xEF, second, third, ..] = bytes else {
        return None;
    };
    let bits = |byte: &u8| u16::from(byte & 0x3F);
    Some(u16::from(first & 0xF) << 12 | bits(second) << 6 | bits(third))
}

/// Whether both ends are as plain as most: printed ASCII or Chinese, neither white space nor
/// [`NOISE`]. Where they are not, the text may be trimmed all the same.
fn is_trimmed(text: &[u8]) -> bool {
    let chinese = |byte: &u8| (0xE4..=0xED).contains(byte);
    let plain = |byte: &u8| byte.is_ascii_graphic() || chinese(byte);
    let last = |text: &[u8]| match text {
        [.., byte] if byte.is_ascii() => byte.is_ascii_graphic(),
        [.., first, _, _] => chinese(first),
        _ => false,
    };
    text.first().is_some_and(plain) && last(text)
}

/// The letters of a wording: what is left without digits, punctuation and white space.
///
/// Two prints of one label differ in brackets, quotes, numbers and spaces far more often than in
/// letters, so labels are compared by their letters.
pub(crate) fn letters(label: &str) -> String {
    let letter = |c: char| {
        let entry = Entry::of(c);
        entry.is_letter().then(|| entry.folded(c))
    };
    let mut letters = String::with_capacity(label.len());
    letters.extend(label.chars().filter_map(letter));
    letters
}

/// The core of a printed number: `一` of `（一）`, `1` of `1.`.
pub(crate) fn number_core(number: &str) -> impl Iterator<Item = char> {
    number.chars().map(fold).filter(|c| c.is_alphanumeric())
}

/// Whether a folded character is one that labels are compared by.
#[inline]
pub(crate) fn is_letter(c: char) -> bool {
    Entry::of(c).is_letter()
}

/// Whether a character is a Chinese numeral of a printed number (一、 （十二）).
pub(crate) fn is_numeral(c: char) -> bool {
    matches!(
        c,
        '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '〇'
    )
}
