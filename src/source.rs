//! Bytes -> text: decoding, with a way back from every offset of the text to the input.
//!
//! UTF-8, which nearly every input is, is copied whole and needs no map. Every other encoding,
//! and UTF-8 with malformed bytes, keeps a short list of runs in which characters have one
//! length.

mod encoding;
mod guess;
mod map;
mod note;
mod offsets;

use std::borrow::Cow;
use std::sync::OnceLock;

use encoding_rs::{Encoding, UTF_8};

pub use encoding::{EncodingChoice, UnknownEncoding};
pub use map::Malformed;
pub use note::Note;

use crate::near::last_before;
use map::Map;
use offsets::Offsets;

/// A decoded input.
///
/// ```
/// use gongkai::source::{EncodingChoice, Source};
/// let source = Source::decode(b"\xB9\xE6\xD5\xC2\n259", &"gb18030".parse()?)?;
/// assert_eq!(source.text(), "规章\n259");
/// assert_eq!(source.input_offset("规章\n".len()), 5);
/// assert_eq!(source.position("规章\n2".len()), (2, 2));
/// # Ok::<(), gongkai::source::UnknownEncoding>(())
/// ```
#[derive(Debug, Clone)]
pub struct Source {
    text: String,
    lines: Vec<usize>,
    encoding: &'static Encoding,
    map: Map,
    malformed: Vec<Malformed>,
    notes: Vec<Note>,
    offsets: OnceLock<Offsets>,
}

impl Source {
    /// Decodes `bytes`; what cannot be decoded becomes U+FFFD and is listed as
    /// [`Source::malformed`].
    ///
    /// With [`EncodingChoice::Auto`] the encoding is that of a byte order mark, else UTF-16 where
    /// NUL bytes make it evident, else UTF-8 where the bytes are UTF-8, else what an HTML page
    /// declares, else a guess that the text must bear out.
    ///
    /// # Errors
    ///
    /// [`UnknownEncoding`] where the label names no encoding, or one with shift states.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let source = Source::decode("\u{FEFF}规章".as_bytes(), &EncodingChoice::Auto)?;
    /// assert_eq!((source.text(), source.encoding()), ("规章", "UTF-8"));
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn decode(bytes: &[u8], encoding: &EncodingChoice) -> Result<Self, UnknownEncoding> {
        let mut found = match encoding {
            EncodingChoice::Auto => guess::find(bytes),
            EncodingChoice::Label(label) => guess::labelled(bytes, label)?,
        };
        let (encoding, start) = (found.encoding, found.start);
        let body = bytes.get(start..).unwrap_or_default();
        let whole = (encoding == UTF_8)
            .then(|| UTF_8.decode_without_bom_handling_and_without_replacement(body))
            .flatten();
        let (text, map, malformed) = match whole {
            Some(text) => (Cow::into_owned(text), Map::shifted(start), Vec::new()),
            None => map::decode(encoding, bytes, start),
        };
        guess::weigh(&mut found, bytes, &text, &malformed);
        let notes = found.notes;
        let encoding = if map.has_four_byte_gbk(encoding) {
            encoding_rs::GB18030
        } else {
            encoding
        };
        let lines = line_starts(&text);
        Ok(Self {
            text,
            lines,
            encoding,
            map,
            malformed,
            notes,
            offsets: OnceLock::new(),
        })
    }

    /// The decoded text, without a byte order mark.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let source = Source::decode(b"\xB3W\xB3\xB9", &"big5".parse()?)?;
    /// assert_eq!(source.text(), "規章");
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Text offset of the start of each line; never empty.
    ///
    /// A line ends with `\n`, `\r\n` or a lone `\r`. After the last line end there is one more
    /// line, empty where the text ends with a line end.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let source = Source::decode(b"1\r\n2\r3", &EncodingChoice::Auto)?;
    /// assert_eq!(source.lines(), [0, 3, 5]);
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn lines(&self) -> &[usize] {
        &self.lines
    }

    /// The encoding's name as the WHATWG Encoding Standard has it, such as `UTF-8` or `gb18030`.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let source = Source::decode(b"1", &EncodingChoice::Label("gb2312".to_owned()))?;
    /// assert_eq!(source.encoding(), "GBK");
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn encoding(&self) -> &'static str {
        self.encoding.name()
    }

    /// Byte offset in the input, as it was given, of a byte offset in the text.
    ///
    /// For any two offsets on borders of characters, the bytes between, decoded, are the text
    /// between. An offset inside a character is taken for its start. Four sequences of
    /// Big5-HKSCS stand for two characters each; the border between those has no offset of its
    /// own. How many bytes of a malformed piece ([`Source::malformed`]) belong together may
    /// depend on the byte behind it, so the bytes up to its end may decode to less.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let source = Source::decode(b"\xB9\xE6\xD5\xC26", &"gbk".parse()?)?;
    /// assert_eq!(source.input_offset("规章".len()), 4);
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn input_offset(&self, text_offset: usize) -> usize {
        self.map.input_offset(text_offset.min(self.text.len()))
    }

    /// Line and column of a byte offset in the text, both from 1; a column is one Unicode scalar
    /// value.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let source = Source::decode("规章\n16".as_bytes(), &EncodingChoice::Auto)?;
    /// assert_eq!(source.position("规章\n1".len()), (2, 2));
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn position(&self, text_offset: usize) -> (usize, usize) {
        self.position_near(text_offset, 1)
    }

    /// [`Source::position`], near a line found before.
    pub(crate) fn position_near(&self, text_offset: usize, line: usize) -> (usize, usize) {
        let near = line.saturating_sub(1);
        let line = last_before(&self.lines, near, |start| *start > text_offset) + 1;
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let column = if text_offset == start {
            0
        } else if text_offset.saturating_sub(start) < offsets::BLOCK {
            let slice = self
                .text
                .as_bytes()
                .get(start..text_offset.min(self.text.len()));
            offsets::chars(slice.unwrap_or_default())
        } else {
            self.char_offset(text_offset) - self.char_offset(start)
        };
        (line, column + 1)
    }

    /// How many Unicode scalar values stand before a byte offset in the text.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let source = Source::decode("规章6".as_bytes(), &EncodingChoice::Auto)?;
    /// assert_eq!(source.char_offset("规章".len()), 2);
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn char_offset(&self, text_offset: usize) -> usize {
        self.offsets().chars_before(&self.text, text_offset)
    }

    /// How many UTF-16 units stand before a byte offset in the text.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let source = Source::decode("𬬭6".as_bytes(), &EncodingChoice::Auto)?;
    /// assert_eq!(source.utf16_offset("𬬭".len()), 2);
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn utf16_offset(&self, text_offset: usize) -> usize {
        self.offsets().utf16_before(&self.text, text_offset)
    }

    /// What could not be decoded, in order; neighbours are one.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let source = Source::decode("规\u{FFFD}章".as_bytes(), &EncodingChoice::Auto)?;
    /// assert!(source.malformed().is_empty());
    /// let source = Source::decode(b"\xE8\xA7\x84\xFF\xE7\xAB\xA0", &EncodingChoice::Auto)?;
    /// assert_eq!(source.text(), "规\u{FFFD}章");
    /// assert_eq!(source.malformed()[0].input, 3..4);
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn malformed(&self) -> &[Malformed] {
        &self.malformed
    }

    /// Where signs of the encoding contradict each other or the text.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let source = Source::decode(b"\xEF\xBB\xBF1", &"gbk".parse()?)?;
    /// assert_eq!(source.notes()[0].code(), "encoding-mark-contradicts-label");
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    fn offsets(&self) -> &Offsets {
        self.offsets.get_or_init(|| Offsets::of(&self.text))
    }
}

fn line_starts(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
        .filter(|end| bytes[*end] == b'\n' || bytes.get(end + 1) != Some(&b'\n'));
    std::iter::once(0).chain(ends.map(|end| end + 1)).collect()
}
