//! Every place of the text leads back to its own bytes, in every encoding.

use encoding_rs::{BIG5, Encoding};
use gongkai::source::{EncodingChoice, Source};

const LABELS: [&str; 10] = [
    "auto",
    "utf-8",
    "gbk",
    "gb18030",
    "big5",
    "utf-16le",
    "utf-16be",
    "utf-16",
    "euc-kr",
    "windows-1252",
];

/// The first byte chooses the encoding, the others are the input.
pub(crate) fn holds(bytes: &[u8]) {
    let Some((choice, bytes)) = bytes.split_first() else {
        return;
    };
    let label = LABELS[usize::from(*choice) % LABELS.len()];
    let choice: EncodingChoice = label.parse().expect("the label is known");
    let source = Source::decode(bytes, &choice).expect("the label is known");
    text(bytes, &source);
    lines(&source);
    malformed(bytes, &source);
}

/// Text offsets of the borders of characters.
pub(crate) fn borders(text: &str) -> impl Iterator<Item = usize> {
    let starts = text.char_indices().map(|(at, _)| at);
    starts.chain(std::iter::once(text.len()))
}

/// Whether a piece of Big5 may stand for two characters, which no offset can tell apart.
pub(crate) fn is_double(encoding: &Encoding, piece: &[u8]) -> bool {
    encoding == BIG5 && (piece.is_empty() || piece.contains(&0x88))
}

fn text(bytes: &[u8], source: &Source) {
    let encoding = encoding(source);
    let start = source.input_offset(0);
    assert_eq!(source.input_offset(source.text().len()), bytes.len());
    let whole = encoding.decode_without_bom_handling(&bytes[start..]).0;
    assert_eq!(source.text(), whole, "{}", encoding.name());
    let (mut chars, mut units) = (0, 0);
    let mut before: Option<(usize, usize)> = None;
    for border in borders(source.text()) {
        let input = source.input_offset(border);
        if let Some((from, from_input)) = before {
            assert!(
                from_input <= input && input <= bytes.len(),
                "{from}..{border}"
            );
            let piece = &bytes[from_input..input];
            if !is_double(encoding, piece) {
                let decoded = encoding.decode_without_bom_handling(piece).0;
                assert_eq!(source.text()[from..border], decoded, "{from}..{border}");
            }
            chars += 1;
            units += source.text()[from..border].encode_utf16().count();
        }
        assert_eq!(source.char_offset(border), chars);
        assert_eq!(source.utf16_offset(border), units);
        before = Some((border, input));
    }
}

fn lines(source: &Source) {
    let (text, lines) = (source.text(), source.lines());
    assert_eq!(lines.first(), Some(&0));
    assert!(lines.is_sorted_by(|a, b| a < b));
    let normal = text.replace("\r\n", "\n").replace('\r', "\n");
    assert_eq!(lines.len(), normal.split('\n').count());
    for (index, start) in lines.iter().enumerate() {
        assert!(text.is_char_boundary(*start));
        assert_eq!(source.position(*start), (index + 1, 1));
    }
}

fn malformed(bytes: &[u8], source: &Source) {
    let mut end = source.input_offset(0);
    for place in source.malformed() {
        assert!(end <= place.input.start && place.input.start < place.input.end);
        assert!(place.input.end <= bytes.len());
        end = place.input.end;
        let text = &source.text()[place.text.clone()];
        assert!(
            text.chars().all(|c| c == char::REPLACEMENT_CHARACTER),
            "{text:?}"
        );
        assert_eq!(source.input_offset(place.text.start), place.input.start);
        assert_eq!(source.input_offset(place.text.end), place.input.end);
    }
}

/// The encoding that a source was decoded by.
pub(crate) fn encoding(source: &Source) -> &'static Encoding {
    Encoding::for_label(source.encoding().as_bytes()).expect("the name is a label")
}
