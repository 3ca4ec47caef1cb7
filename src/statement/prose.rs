//! Folded prose without white space, and the way back.

use crate::script::fold;
use crate::span::TextSpan;

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
    /// Where each folded character begins: in `folded`, in the text, and its length there.
    places: Vec<(usize, TextSpan)>,
}

impl Prose {
    /// Prose that begins at `offset` of the text.
    pub fn of(text: &str, offset: usize) -> Self {
        let mut prose = Self::default();
        prose.push(text, offset);
        prose
    }

    /// Adds a piece of prose that begins at `offset` of the text. Pieces are added in the order
    /// of the text; what lies between them (a page mark) is skipped.
    pub fn push(&mut self, text: &str, offset: usize) {
        for (at, c) in text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let start = offset.saturating_add(at);
            let span = TextSpan::new(start, start.saturating_add(c.len_utf8()));
            self.places.push((self.folded.len(), span));
            self.folded.push(fold(c));
        }
    }

    /// The folded prose.
    pub fn folded(&self) -> &str {
        &self.folded
    }

    /// The span in the text of a byte range of the folded prose, from its first character to its
    /// last; empty for an empty range.
    pub fn span(&self, range: std::ops::Range<usize>) -> TextSpan {
        let at = |offset| self.places.partition_point(|(start, _)| *start < offset);
        let (first, end) = (at(range.start), at(range.end));
        let places = self.places.get(first..end).unwrap_or_default();
        match (places.first(), places.last()) {
            (Some((_, first)), Some((_, last))) => first.join(*last),
            _ => TextSpan::default(),
        }
    }
}
