//! What a reader sees of a stretch of the text: of a page without its tags, references decoded.
//!
//! The span of a label that a page cuts into pieces (`<span>行政</span><span>规范性文件</span>`) has
//! the tags in it. Its text has not, and its pieces say where that stands.

use std::ops::Range;

use super::Assembly;
use crate::extraction::{Span, SpannedText};
use crate::html::decoded;

impl Assembly<'_> {
    /// The source text under a folded range, as it is shown.
    pub(crate) fn shown(&self, range: &Range<usize>) -> String {
        let raw = self.raw(range);
        if !self.text.html || !raw.contains(['<', '&']) {
            return raw.to_owned();
        }
        let unbroken = self.unbroken(range);
        unbroken
            .iter()
            .map(|piece| decoded(self.raw(piece)))
            .collect()
    }

    /// What a label says: its pieces without what breaks it.
    pub(crate) fn said(&self, pieces: &[Range<usize>]) -> String {
        let mut said = String::with_capacity(pieces.iter().map(Range::len).sum());
        for piece in pieces {
            match self.text.html {
                true => said.push_str(&self.shown(piece)),
                false => said.push_str(self.raw(piece)),
            }
        }
        said
    }

    /// The spans of the pieces of a label, if it has more than one.
    pub(crate) fn pieces(&self, pieces: &[Range<usize>]) -> Vec<Span> {
        let spans = |pieces: &[Range<usize>]| match pieces {
            [] | [_] => Vec::new(),
            pieces => pieces.iter().map(|piece| self.span(piece)).collect(),
        };
        if self.text.html {
            let pieces = pieces.iter().flat_map(|piece| self.unbroken(piece));
            spans(&pieces.collect::<Vec<_>>())
        } else {
            spans(pieces)
        }
    }

    /// A text in one piece or more, with its span.
    pub(crate) fn spanned(&self, pieces: &[Range<usize>]) -> Option<SpannedText> {
        let (first, last) = (pieces.first()?, pieces.last()?);
        let spans = self.pieces(pieces);
        Some(SpannedText {
            text: self.said(pieces),
            span: self.whole(&spans, &(first.start..last.end)),
            pieces: spans,
        })
    }

    /// The span of a text in pieces, or in one, which is `range`. What stands between two pieces may
    /// be of another place of a page.
    pub(crate) fn whole(&self, pieces: &[Span], range: &Range<usize>) -> Span {
        match pieces {
            [first, .., last] => Span {
                end: last.end,
                ..*first
            },
            _ => self.span(range),
        }
    }

    /// The parts of a folded range that have no tag between them.
    fn unbroken(&self, range: &Range<usize>) -> Vec<Range<usize>> {
        let source = self.source.text();
        let mut parts: Vec<Range<usize>> = Vec::new();
        let mut behind = None;
        for (at, c) in self.text.get(range).char_indices() {
            let at = range.start + at..range.start + at + c.len_utf8();
            let place = self.place(&at);
            let under = place.of(source);
            // A space may stand for a tag.
            if under.is_empty() || under.len() > 1 && under.starts_with('<') {
                continue;
            }
            match parts.last_mut() {
                Some(last) if behind == Some(place.start) => last.end = at.end,
                _ => parts.push(at),
            }
            behind = Some(place.end);
        }
        parts
    }
}
