//! Which part of the source each part of the converted text comes from.

use std::ops::Range;

use super::phrases::Replacement;

/// The segments of a source and of its converted text: they cover both completely, in order, and
/// none is empty on both sides.
///
/// ```
/// use gongkai::convert::{Converter, Phrases, Target};
/// // Without the feature `convert` there is no converter.
/// if let Ok(converter) = Converter::new(Target::Hans, Phrases::genre()) {
///     let (_, alignment) = converter.convert_aligned("規章");
///     assert_eq!(alignment.segments().len(), 2);
/// }
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Alignment {
    segments: Vec<Segment>,
}

impl Alignment {
    /// The segments, in order.
    ///
    /// ```
    /// use gongkai::convert::{Converter, Phrases, Target};
    /// // Without the feature `convert` there is no converter.
    /// if let Ok(converter) = Converter::new(Target::Hans, Phrases::genre()) {
    ///     let (_, alignment) = converter.convert_aligned("規");
    ///     assert_eq!(alignment.segments().len(), 1);
    /// }
    /// ```
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }
}

/// One part of the source and what became of it, as byte offsets (UTF-8) into either text.
///
/// ```
/// use gongkai::convert::{Converter, Phrases, Target};
/// // Without the feature `convert` there is no converter.
/// if let Ok(converter) = Converter::new(Target::Hans, Phrases::genre()) {
///     let (_, alignment) = converter.convert_aligned("6規");
///     let last = &alignment.segments()[1];
///     assert_eq!((last.source.clone(), last.target.clone()), (1..4, 1..4));
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// In the source.
    pub source: Range<usize>,
    /// In the converted text.
    pub target: Range<usize>,
    /// What was done.
    pub kind: Kind,
}

/// How a segment was converted.
///
/// ```
/// use gongkai::convert::Kind;
/// let names = [Kind::Same, Kind::Glyph, Kind::Phrase].map(Kind::as_str);
/// assert_eq!(names, ["same", "glyph", "phrase"]);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `信息` to `信息`: a run of unchanged text.
    Same,
    /// `規` to `规`: one character, by OpenCC.
    Glyph,
    /// `檔案` to `文件`: by a phrase of the genre.
    Phrase,
}

impl Kind {
    /// The name in a map file: `same`, `glyph` or `phrase`.
    ///
    /// ```
    /// assert_eq!(gongkai::convert::Kind::Phrase.as_str(), "phrase");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Glyph => "glyph",
            Self::Phrase => "phrase",
        }
    }
}

/// What takes the converted text, piece by piece.
pub(super) trait Sink {
    /// Whether single characters are of interest.
    const FINE: bool;

    fn push(&mut self, source: &str, target: &str, kind: Kind);

    fn same(&mut self, text: &str) {
        self.push(text, text, Kind::Same);
    }
}

impl Sink for String {
    const FINE: bool = false;

    fn push(&mut self, _: &str, target: &str, _: Kind) {
        self.push_str(target);
    }
}

/// Text and alignment as far as they are made.
#[derive(Debug, Default)]
pub(super) struct Builder {
    text: String,
    source: usize,
    segments: Vec<Segment>,
}

impl Builder {
    pub(super) fn finish(self) -> (String, Alignment) {
        (
            self.text,
            Alignment {
                segments: self.segments,
            },
        )
    }
}

impl Sink for Builder {
    const FINE: bool = true;

    fn push(&mut self, source: &str, target: &str, kind: Kind) {
        if source.is_empty() && target.is_empty() {
            return;
        }
        let start = (self.source, self.text.len());
        self.source += source.len();
        self.text.push_str(target);
        match self.segments.last_mut() {
            Some(last) if kind == Kind::Same && last.kind == Kind::Same => {
                last.source.end = self.source;
                last.target.end = self.text.len();
            }
            _ => self.segments.push(Segment {
                source: start.0..self.source,
                target: start.1..self.text.len(),
                kind,
            }),
        }
    }
}

/// Hands a line and what OpenCC made of it to the sink, with the replacements put in, which lie
/// in order over the source line.
pub(super) fn align<S: Sink>(
    source: &str,
    converted: &str,
    replacements: &[Replacement<'_>],
    sink: &mut S,
) {
    if !S::FINE && replacements.is_empty() {
        return sink.push(source, converted, Kind::Glyph);
    }
    let mut chars = converted.chars();
    let one_to_one = source.chars().all(|_| chars.next().is_some()) && chars.next().is_none();
    if !one_to_one {
        return sink.push(source, converted, Kind::Glyph);
    }
    let mut targets = converted.char_indices();
    let mut replacements = replacements.iter().peekable();
    let mut skip_to = 0;
    for ((at, c), (target, converted_char)) in source.char_indices().zip(targets.by_ref()) {
        if at < skip_to {
            continue;
        }
        if let Some(replacement) = replacements.next_if(|next| next.source.start == at) {
            skip_to = replacement.source.end;
            let replaced = &source[replacement.source.clone()];
            sink.push(replaced, replacement.to, Kind::Phrase);
            continue;
        }
        let from = &source[at..at + c.len_utf8()];
        let to = &converted[target..target + converted_char.len_utf8()];
        let kind = if c == converted_char {
            Kind::Same
        } else {
            Kind::Glyph
        };
        sink.push(from, to, kind);
    }
}
