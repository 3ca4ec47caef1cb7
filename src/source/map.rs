//! Decoding with a map from the text back to the input.
//!
//! The map is a list of runs. In a run every character has one length in the text and one in the
//! input, as in `規範性` of Big5 (3 bytes and 2) or the digits of UTF-16 (1 and 2).

use std::ops::Range;

use encoding_rs::{DecoderResult, Encoding, GBK, UTF_8};

use super::encoding::unit;

/// Bytes that could not be decoded.
///
/// ```
/// use gongkai::source::{EncodingChoice, Source};
/// let source = Source::decode(b"1\xFF2", &"utf-8".parse()?)?;
/// assert_eq!((source.malformed()[0].input.clone(), source.malformed()[0].text.clone()), (1..2, 1..4));
/// # Ok::<(), gongkai::source::UnknownEncoding>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The bytes, as offsets into the input.
    pub input: Range<usize>,
    /// The U+FFFD that stand for them, as byte offsets into the text.
    pub text: Range<usize>,
}

/// The way back from the text to the input.
#[derive(Debug, Clone)]
pub(super) enum Map {
    /// The text is the input from this offset on.
    Shifted(usize),
    /// In order; the first starts with the text.
    Runs(Vec<Run>),
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Run {
    text: usize,
    input: usize,
    text_unit: u8,
    input_unit: u8,
}

impl Map {
    pub(super) const fn shifted(start: usize) -> Self {
        Self::Shifted(start)
    }

    pub(super) fn input_offset(&self, text: usize) -> usize {
        match self {
            Self::Shifted(start) => text + start,
            Self::Runs(runs) => {
                let next = runs.partition_point(|run| run.text <= text);
                runs.get(next.saturating_sub(1)).map_or(0, |run| {
                    let units = (text - run.text) / usize::from(run.text_unit);
                    run.input + units * usize::from(run.input_unit)
                })
            }
        }
    }

    /// Whether text labelled GBK has characters that only GB18030 writes.
    pub(super) fn has_four_byte_gbk(&self, encoding: &'static Encoding) -> bool {
        match self {
            Self::Runs(runs) if encoding == GBK => runs.iter().any(|run| run.input_unit == 4),
            _ => false,
        }
    }
}

/// Decodes `bytes` from `start` on.
pub(super) fn decode(
    encoding: &'static Encoding,
    bytes: &[u8],
    start: usize,
) -> (String, Map, Vec<Malformed>) {
    let mut decoding = Decoding::new(bytes.len(), start);
    if encoding == UTF_8 {
        for chunk in bytes.get(start..).unwrap_or_default().utf8_chunks() {
            decoding.text.push_str(chunk.valid());
            decoding.run(chunk.valid().len(), 1, 1);
            if !chunk.invalid().is_empty() {
                decoding.malformed(chunk.invalid().len());
            }
        }
    } else {
        while let Some(rest) = bytes.get(decoding.input..).filter(|rest| !rest.is_empty()) {
            let before = decoding.text.len();
            let (valid, malformed) = well_formed(encoding, rest, &mut decoding.text);
            decoding.characters(encoding, &rest[..valid], before);
            if malformed > 0 {
                decoding.malformed(malformed);
            }
        }
    }
    (decoding.text, Map::Runs(decoding.runs), decoding.found)
}

/// Appends what is well formed at the start of `bytes` to `text`; how many bytes that was, and
/// how many malformed ones follow.
///
/// Each call begins with a new decoder: the encodings have no state, and what the decoder has
/// read beyond the malformed bytes is read again.
fn well_formed(encoding: &'static Encoding, bytes: &[u8], text: &mut String) -> (usize, usize) {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut read = 0;
    loop {
        let (result, more) =
            decoder.decode_to_string_without_replacement(&bytes[read..], text, true);
        read += more;
        match result {
            DecoderResult::InputEmpty => return (read, 0),
            DecoderResult::OutputFull => text.reserve(text.len() / 2 + 64),
            DecoderResult::Malformed(length, after) => {
                let length = usize::from(length);
                return (read.saturating_sub(usize::from(after) + length), length);
            }
        }
    }
}

/// The text and its map, as far as they are made.
struct Decoding {
    text: String,
    runs: Vec<Run>,
    found: Vec<Malformed>,
    /// How far the runs go, in the text and in the input.
    mapped: usize,
    input: usize,
}

impl Decoding {
    fn new(length: usize, start: usize) -> Self {
        let text = String::with_capacity(length + length / 2);
        let first = Run {
            text: 0,
            input: start,
            text_unit: 1,
            input_unit: 1,
        };
        Self {
            text,
            runs: vec![first],
            found: Vec::new(),
            mapped: 0,
            input: start,
        }
    }

    /// Maps the next `count` characters, each of `text_unit` and `input_unit` bytes.
    fn run(&mut self, count: usize, text_unit: u8, input_unit: u8) {
        let open = self.runs.last().map(|run| (run.text_unit, run.input_unit));
        if open != Some((text_unit, input_unit)) && count > 0 {
            self.runs.push(Run {
                text: self.mapped,
                input: self.input,
                text_unit,
                input_unit,
            });
        }
        self.mapped += count * usize::from(text_unit);
        self.input += count * usize::from(input_unit);
    }

    fn characters(&mut self, encoding: &'static Encoding, mut bytes: &[u8], before: usize) {
        let text = std::mem::take(&mut self.text);
        let mut chars = text.get(before..).unwrap_or_default().chars();
        while let Some(c) = chars.next() {
            let (length, count) = unit(encoding, bytes);
            let mut text_unit = c.len_utf8();
            if count == 2 {
                text_unit += chars.next().map_or(0, char::len_utf8);
            }
            // A unit has at most four bytes on either side.
            self.run(1, text_unit as u8, length as u8);
            bytes = bytes.get(length..).unwrap_or_default();
        }
        self.text = text;
    }

    fn malformed(&mut self, length: usize) {
        self.text.push(char::REPLACEMENT_CHARACTER);
        let start = (self.mapped, self.input);
        self.run(1, 3, length as u8);
        let (text, input) = (start.0..self.mapped, start.1..self.input);
        match self.found.last_mut() {
            Some(last) if last.input.end == input.start => {
                last.input.end = input.end;
                last.text.end = text.end;
            }
            _ => self.found.push(Malformed { input, text }),
        }
    }
}
