//! Where something stands in the decoded text.

use std::fmt;

/// A half-open range of byte offsets into the decoded text (UTF-8), not into the input.
///
/// [`crate::Source`] maps it to the input as it was given, at the edge, when output is made.
///
/// ```
/// use gongkai::span::TextSpan;
/// let span = TextSpan::new(3, 9);
/// assert_eq!(format!("{span:?}"), "3..9");
/// assert_eq!(span.of("规章：0"), "章：");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct TextSpan {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl TextSpan {
    /// The span `start..end`.
    ///
    /// ```
    /// use gongkai::span::TextSpan;
    /// assert_eq!(TextSpan::new(3, 9).end, 9);
    /// ```
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The text under the span; empty where the span does not fit the text.
    ///
    /// ```
    /// use gongkai::span::TextSpan;
    /// assert_eq!(TextSpan::new(0, 3).of("规章"), "规");
    /// assert_eq!(TextSpan::new(0, 2).of("规章"), "");
    /// ```
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The smallest span that holds both.
    ///
    /// ```
    /// use gongkai::span::TextSpan;
    /// assert_eq!(TextSpan::new(0, 3).join(TextSpan::new(6, 9)), TextSpan::new(0, 9));
    /// ```
    pub fn join(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// Whether nothing lies under the span.
    ///
    /// ```
    /// assert!(gongkai::span::TextSpan::new(3, 3).is_empty());
    /// ```
    pub const fn is_empty(self) -> bool {
        self.start >= self.end
    }
}

impl fmt::Debug for TextSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}
