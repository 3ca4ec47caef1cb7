//! Folded prose without white space, and the way back.

use crate::script::fold;
use crate::span::TextSpan;
use crate::text::NOISE;

/// Prose as patterns read it: folded one character to one, without white space.
///
/// ```
/// let prose = gongkai::statement::Prose::of("收 到\n申请", 100);
/// assert_eq!(prose.folded(), "收到申请");
/// assert_eq!(format!("{:?}", prose.span(3..9)), "104..111");
/// ```
#[derive(Debug, Clone, Default)]
pub struct Prose {
    folded: String,
    runs: Vec<Run>,
}

/// Neighbours in the text that are as long there as folded, or one character that is not.
#[derive(Debug, Clone, Copy)]
struct Run {
    folded: usize,
    text: usize,
    /// Length in the text of the one character.
    single: Option<u8>,
}

impl Prose {
    /// Prose that begins at `offset` of the text.
    ///
    /// ```
    /// assert_eq!(gongkai::statement::Prose::of("收 到", 0).folded(), "收到");
    /// ```
    pub fn of(text: &str, offset: usize) -> Self {
        let mut prose = Self::default();
        prose.push(text, offset);
        prose
    }

    /// Adds a piece of prose that begins at `offset` of the text. Pieces are added in the order
    /// of the text; what lies between them (a page mark) is skipped.
    ///
    /// ```
    /// let mut prose = gongkai::statement::Prose::of("收到", 0);
    /// prose.push("申請", 20);
    /// assert_eq!(format!("{:?}", prose.span(3..9)), "3..23");
    /// ```
    pub fn push(&mut self, text: &str, offset: usize) {
        self.folded.reserve(text.len());
        // Where the next character of the last run would stand in the text.
        let mut next = None;
        for (at, c) in text.char_indices().filter(|(_, c)| !is_space(*c)) {
            let start = offset.saturating_add(at);
            let (c, length) = (fold(c), c.len_utf8());
            let same = c.len_utf8() == length;
            if !same || next != Some(start) {
                self.runs.push(Run {
                    folded: self.folded.len(),
                    text: start,
                    single: (!same).then_some(length as u8),
                });
            }
            next = same.then_some(start.saturating_add(length));
            self.folded.push(c);
        }
    }

    /// Adds a piece of prose that is folded already; `offset` is where it begins in the folded
    /// text, and spans are spans of that.
    pub(crate) fn push_folded(&mut self, folded: &str, offset: usize) {
        self.folded.reserve(folded.len());
        let hidden = |c: char| is_space(c) || c == NOISE;
        // Neither printed ASCII nor Chinese is hidden.
        let plain = |byte: &u8| byte.is_ascii_graphic() || (0xE4..=0xED).contains(byte);
        let (mut start, mut at) = (0, 0);
        while let Some(first) = folded.as_bytes().get(at) {
            if plain(first) {
                at += if first.is_ascii() { 1 } else { 3 };
                continue;
            }
            let c = folded[at..].chars().next().unwrap_or_default();
            if hidden(c) {
                self.push_run(&folded[start..at], offset.saturating_add(start));
                start = at + c.len_utf8();
            }
            at += c.len_utf8();
        }
        self.push_run(&folded[start..], offset.saturating_add(start));
    }

    fn push_run(&mut self, folded: &str, text: usize) {
        if !folded.is_empty() {
            self.runs.push(Run {
                folded: self.folded.len(),
                text,
                single: None,
            });
            self.folded.push_str(folded);
        }
    }

    /// The folded prose.
    ///
    /// ```
    /// assert_eq!(gongkai::statement::Prose::of("申請 ３ 件", 0).folded(), "申请3件");
    /// ```
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The span in the text of a byte range of the folded prose, from its first character to its
    /// last; empty for an empty range.
    ///
    /// ```
    /// let prose = gongkai::statement::Prose::of("３件", 7);
    /// assert_eq!(format!("{:?}", prose.span(0..1)), "7..10");
    /// ```
    pub fn span(&self, range: std::ops::Range<usize>) -> TextSpan {
        let is_start = |at: &usize| self.folded.is_char_boundary(*at);
        let end = range.end.min(self.folded.len());
        let mut starts = (range.start..end).filter(is_start);
        let Some(first) = starts.next() else {
            return TextSpan::default();
        };
        let last = starts.next_back().unwrap_or(first);
        let after = (last + 1..=self.folded.len()).find(is_start);
        let length = after.unwrap_or(last) - last;
        self.character(first, 1).join(self.character(last, length))
    }

    /// The span in the text of the character at `at` of the folded prose, `length` long there.
    fn character(&self, at: usize, length: usize) -> TextSpan {
        let behind = self.runs.partition_point(|run| run.folded <= at);
        let run = behind.checked_sub(1).and_then(|run| self.runs.get(run));
        run.map_or_else(TextSpan::default, |run| {
            let start = run.text.saturating_add(at - run.folded);
            let length = run.single.map_or(length, usize::from);
            TextSpan::new(start, start.saturating_add(length))
        })
    }
}

/// Whether the character is white space, none of which stands behind the ideographic space.
pub(crate) fn is_space(c: char) -> bool {
    c <= '\u{3000}' && c.is_whitespace()
}
