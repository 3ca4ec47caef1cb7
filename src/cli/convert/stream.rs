//! A text -> the same text in the other script, block by block, so that memory does not grow with it.

use std::io::{self, Read, Write};

use gongkai::convert::Converter;
use gongkai::source::{EncodingChoice, Source, UnknownEncoding};

/// How many bytes are converted at a time.
const BLOCK: usize = 1 << 20;

/// How many bytes of a line are waited for; what is longer is converted in pieces.
const LONGEST: usize = 1 << 20;

/// More characters than the start of one that was cut off can read as.
const HALF_CHARACTER: usize = 3;

/// Where a conversion broke off.
#[derive(Debug)]
pub(super) enum Broken {
    Input(io::Error),
    Encoding(UnknownEncoding),
    Output(io::Error),
    Map(io::Error),
}

impl From<UnknownEncoding> for Broken {
    fn from(error: UnknownEncoding) -> Self {
        Self::Encoding(error)
    }
}

pub(super) struct Stream<'a> {
    converter: &'a Converter,
    encoding: EncodingChoice,
    block: usize,
    longest: usize,
}

impl<'a> Stream<'a> {
    /// A text on its way through a converter.
    pub(super) fn new(converter: &'a Converter, encoding: EncodingChoice) -> Self {
        Self {
            converter,
            encoding,
            block: BLOCK,
            longest: LONGEST,
        }
    }

    /// Converts to the end of the input, and says what was wrong with its encoding.
    pub(super) fn convert(
        mut self,
        mut input: impl Read,
        output: &mut impl Write,
        mut map: Option<&mut dyn Write>,
    ) -> Result<Vec<String>, Broken> {
        if let Some(map) = &mut map {
            writeln!(
                map,
                "source_start\tsource_end\ttarget_start\ttarget_end\tkind"
            )
            .map_err(Broken::Map)?;
        }
        let (mut bytes, mut remarks) = (Vec::new(), Vec::new());
        let (mut read, mut written) = (0, 0);
        let (mut malformed, mut first_malformed) = (0, None);
        let (mut known, mut last) = (false, false);
        while !last {
            last = self.fill(&mut input, &mut bytes).map_err(Broken::Input)?;
            let sure = if last || known {
                bytes.len()
            } else {
                sure_end(&bytes)
            };
            let source = Source::decode(&bytes[..sure], &self.encoding)?;
            // Nothing is known of the encoding as long as there is only ASCII.
            if !known && (self.encoding != EncodingChoice::Auto || !bytes[..sure].is_ascii()) {
                known = true;
                self.encoding = EncodingChoice::Label(source.encoding().to_owned());
                remarks.extend(source.notes().iter().map(ToString::to_string));
            }
            let whole = source.text();
            let text = if last {
                whole
            } else {
                &whole[..cut(whole, bytes.len() >= self.longest)]
            };
            if text.is_empty() && !last {
                continue;
            }
            let pieces = source.malformed().iter();
            for piece in pieces.filter(|piece| piece.text.end <= text.len()) {
                malformed += 1;
                first_malformed.get_or_insert(read + piece.input.start);
            }
            let converted = match &mut map {
                None => self.converter.convert(text),
                Some(map) => {
                    let at = (read, written);
                    self.align(&source, text, at, map).map_err(Broken::Map)?
                }
            };
            output
                .write_all(converted.as_bytes())
                .map_err(Broken::Output)?;
            written += converted.len();
            let end = if last {
                bytes.len()
            } else {
                source.input_offset(text.len())
            };
            read += end;
            bytes.drain(..end);
        }
        if let Some(first) = first_malformed {
            let places = if malformed == 1 { "place" } else { "places" };
            remarks.push(format!(
                "malformed bytes became U+FFFD in {malformed} {places}, the first at byte {first}"
            ));
        }
        Ok(remarks)
    }

    /// Converts the start of a source, which begins `at` these bytes of input and output, and
    /// writes the map of it.
    fn align(
        &self,
        source: &Source,
        text: &str,
        at: (usize, usize),
        map: &mut impl Write,
    ) -> io::Result<String> {
        let (read, written) = at;
        let mark = source.input_offset(0);
        if mark > 0 {
            writeln!(map, "{read}\t{}\t{written}\t{written}\tmark", read + mark)?;
        }
        let (converted, alignment) = self.converter.convert_aligned(text);
        for segment in alignment.segments() {
            writeln!(
                map,
                "{}\t{}\t{}\t{}\t{}",
                read + source.input_offset(segment.source.start),
                read + source.input_offset(segment.source.end),
                written + segment.target.start,
                written + segment.target.end,
                segment.kind.as_str()
            )?;
        }
        Ok(converted)
    }

    /// Reads one more block; whether the input has come to its end.
    fn fill(&self, input: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let wanted = self.block;
        let read = input.by_ref().take(wanted as u64).read_to_end(bytes)?;
        Ok(read < wanted)
    }
}

/// Up to where no character of `bytes` can be cut off, in any encoding but UTF-16: the bytes below
/// the digits are never part of a longer character.
fn sure_end(bytes: &[u8]) -> usize {
    let last = bytes.iter().rposition(|byte| *byte < b'0');
    last.map_or(bytes.len(), |last| last + 1)
}

/// Where a text that goes on can be cut: behind the last line that is whole, or if a line is too
/// long to wait for its end, behind a character that is not of a word, or behind any.
///
/// The end of `text` may be half a character. What follows a cut must not begin with what the next
/// block would take for a byte order mark, or with the second character of a pair in Big5-HKSCS.
fn cut(text: &str, too_long: bool) -> usize {
    let ends = |is_end: fn(char) -> bool| {
        let mut after = text.char_indices().rev();
        let mut next = after.by_ref().nth(HALF_CHARACTER)?;
        after.find_map(|(at, c)| {
            let (start, follows) = std::mem::replace(&mut next, (at, c));
            (is_end(c) && !matches!(follows, '\u{300}'..='\u{36F}' | '\u{FEFF}')).then_some(start)
        })
    };
    let line = ends(|c| c == '\n');
    let word = || ends(|c| !c.is_alphanumeric());
    match line {
        None if too_long => word().or_else(|| ends(|_| true)).unwrap_or(0),
        line => line.unwrap_or(0),
    }
}

#[cfg(all(test, feature = "convert"))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use std::sync::LazyLock;

    use gongkai::convert::{Converter, Phrases, Target};
    use gongkai::source::Source;
    use proptest::prelude::*;
    use proptest::{collection, sample::select};

    use super::{BLOCK, LONGEST, Stream};

    static CONVERTER: LazyLock<Converter> =
        LazyLock::new(|| Converter::new(Target::Hans, Phrases::genre()).unwrap());

    const REPORT: &str = "行政規範性檔案\n259\n\n二、主動公開\r\n檔案館、入口網站\n末行";

    /// Output, map and remarks.
    fn stream(
        bytes: &[u8],
        encoding: &str,
        (block, longest): (usize, usize),
    ) -> (String, String, String) {
        let stream = Stream {
            converter: &CONVERTER,
            encoding: encoding.parse().unwrap(),
            block,
            longest,
        };
        let (mut output, mut map) = (Vec::new(), Vec::new());
        let remarks = stream.convert(bytes, &mut output, Some(&mut map)).unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (text(output), text(map), remarks.join("\n"))
    }

    fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(unit).collect()
    }

    #[test]
    fn blocks_do_not_show() {
        let marked = format!("\u{FEFF}{REPORT}");
        let big = utf16(&marked, u16::to_be_bytes);
        let big5 = encoding_rs::BIG5.encode(REPORT).0.into_owned();
        // ASCII alone says nothing of what follows.
        let late = [&b"2020-12-31\n"[..], &big5].concat();
        for (bytes, encoding) in [
            (REPORT.as_bytes(), "auto"),
            (marked.as_bytes(), "auto"),
            (&big, "auto"),
            (&big, "utf-16"),
            (&big5, "auto"),
            (&late, "auto"),
        ] {
            let (whole, _, remarks) = stream(bytes, encoding, (BLOCK, LONGEST));
            assert_eq!(
                whole.strip_prefix("2020-12-31\n").unwrap_or(&whole),
                "行政规范性文件\n259\n\n二、主动公开\r\n档案馆、门户网站\n末行"
            );
            assert_eq!(remarks, "");
            for block in [20, 25, 40, 64] {
                let (parts, _, remarks) = stream(bytes, encoding, (block, LONGEST));
                assert_eq!((parts, remarks), (whole.clone(), String::new()), "{block}");
            }
        }
    }

    #[test]
    fn a_long_line_goes_through_in_pieces() {
        let line = "行政規範性檔案，".repeat(50);
        let (converted, ..) = stream(line.as_bytes(), "auto", (100, 100));
        assert_eq!(converted, "行政规范性文件，".repeat(50));
        let line = "規".repeat(1000);
        for bytes in [
            line.clone().into_bytes(),
            utf16(&format!("\u{FEFF}{line}"), u16::to_le_bytes),
            encoding_rs::BIG5.encode(&line).0.into_owned(),
        ] {
            let (converted, _, remarks) = stream(&bytes, "auto", (100, 100));
            assert_eq!(converted, "规".repeat(1000));
            assert_eq!(remarks, "");
        }
    }

    #[test]
    fn the_map_leads_from_bytes_to_bytes() {
        let big5 = encoding_rs::BIG5.encode("規範性檔案\n0\n").0.into_owned();
        insta::assert_snapshot!(stream(&big5, "auto", (BLOCK, LONGEST)).1, @r"
        source_start	source_end	target_start	target_end	kind
        0	2	0	3	glyph
        2	4	3	6	glyph
        4	6	6	9	same
        6	10	9	15	phrase
        10	13	15	18	same
        ");
        insta::assert_snapshot!(stream("\u{FEFF}規章".as_bytes(), "auto", (BLOCK, LONGEST)).1, @r"
        source_start	source_end	target_start	target_end	kind
        0	3	0	0	mark
        3	6	0	3	glyph
        6	9	3	6	same
        ");
    }

    #[test]
    fn malformed_bytes_are_counted_and_placed() {
        let bytes = [&b"\xFF\n"[..], "規章\n".as_bytes(), b"\xE8\xA7"].concat();
        let (converted, _, remarks) = stream(&bytes, "utf-8", (4, LONGEST));
        assert_eq!(converted, "\u{FFFD}\n规章\n\u{FFFD}");
        insta::assert_snapshot!(remarks, @"malformed bytes became U+FFFD in 2 places, the first at byte 0");
    }

    fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
        let telling = b"\0\n\x81\x30\x88\x62\xD8\xFE\xFF".map(|byte| vec![byte]);
        let words = ["規範性檔案", "\u{FEFF}", "文件\n", "，", "Ê\u{304}"];
        let piece = prop_oneof![
            any::<u8>().prop_map(|byte| vec![byte]),
            select(telling.to_vec()),
            select(words.to_vec()).prop_map(|word| word.as_bytes().to_vec()),
            select(words.to_vec()).prop_map(|word| utf16(word, u16::to_le_bytes)),
            select(words.to_vec()).prop_map(|word| encoding_rs::BIG5.encode(word).0.into_owned()),
            select(words.to_vec()).prop_map(|word| encoding_rs::GBK.encode(word).0.into_owned()),
        ];
        collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        /// Whatever the bytes are and wherever they are cut.
        #[test]
        fn the_map_covers_input_and_output(
            bytes in any_bytes(),
            encoding in select(vec!["auto", "utf-8", "gb18030", "big5", "utf-16", "utf-16be"]),
            block in 8_usize..40,
            longest in 8_usize..80,
        ) {
            let (output, map, _) = stream(&bytes, encoding, (block, longest));
            let (mut source, mut target) = (0, 0);
            for line in map.lines().skip(1) {
                let fields: Vec<&str> = line.split('\t').collect();
                let at = |field: usize| fields[field].parse::<usize>().unwrap();
                prop_assert_eq!((at(0), at(2)), (source, target));
                (source, target) = (at(1), at(3));
                prop_assert!(output.is_char_boundary(target));
            }
            prop_assert_eq!((source, target), (bytes.len(), output.len()));
            if encoding != "auto" {
                let source = Source::decode(&bytes, &encoding.parse().unwrap()).unwrap();
                prop_assert_eq!(output.chars().count(), CONVERTER.convert(source.text()).chars().count());
            }
        }
    }
}
