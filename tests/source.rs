//! Decoding: every span of the text leads back to its own bytes.
#![allow(clippy::unwrap_used)]

use encoding_rs::{BIG5, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use gongkai::source::{EncodingChoice, Malformed, Source};
use proptest::prelude::*;

const REPORT: &str = "廣州市增城區人民政府\r\n2020年政府信息公開工作年度報告\n\n（一）規範性檔案\n-\n259\n\
    本年新製作數量：3481775656.00元，屬於國家秘密、其他法律行政法規禁止公開。\n";

const CHINESE: [&Encoding; 6] = [UTF_8, GBK, GB18030, BIG5, UTF_16LE, UTF_16BE];

fn label(encoding: &'static Encoding) -> EncodingChoice {
    encoding.name().parse().unwrap()
}

/// The bytes of `text`; `None` where the encoding has not all of its characters.
fn encode(encoding: &'static Encoding, text: &str) -> Option<Vec<u8>> {
    if encoding == UTF_16LE {
        return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == UTF_16BE {
        return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, unmappable) = encoding.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

fn slice_decodes(
    encoding: &'static Encoding,
    bytes: &[u8],
    source: &Source,
    from: usize,
    to: usize,
) {
    let span = &bytes[source.input_offset(from)..source.input_offset(to)];
    let (text, _) = encoding.decode_without_bom_handling(span);
    assert_eq!(
        text,
        source.text()[from..to],
        "{from}..{to} in {}",
        encoding.name()
    );
}

fn borders(text: &str) -> Vec<usize> {
    text.char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect()
}

fn chinese_text() -> impl Strategy<Value = String> {
    let c = prop_oneof![
        4 => proptest::char::range('一', '龥'),
        2 => proptest::char::range('0', '9'),
        1 => proptest::sample::select(vec!['\n', '\r', '-', '（', '）', '：', '〇', ' ', '·']),
        1 => any::<char>(),
    ];
    proptest::collection::vec(c, 0..40).prop_map(String::from_iter)
}

fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    let telling = b"0\n\x81\x88\x62\xE8\xA7\x84\xD8\xFF".to_vec();
    let byte = prop_oneof![any::<u8>(), proptest::sample::select(telling)];
    proptest::collection::vec(byte, 0..60)
}

proptest! {
    #[test]
    fn spans_of_text_are_true(text in chinese_text(), from: usize, to: usize) {
        for encoding in CHINESE {
            // Some encoders write two characters alike.
            let comes_back = |c: &char| {
                let c = c.to_string();
                let bytes = encode(encoding, &c).filter(|_| c != "\u{FEFF}");
                bytes.is_some_and(|bytes| encoding.decode_without_bom_handling(&bytes).0 == c)
            };
            let text: String = text.chars().filter(comes_back).collect();
            let bytes = encode(encoding, &text).unwrap();
            let source = Source::decode(&bytes, &label(encoding)).unwrap();
            prop_assert_eq!(source.text(), &text);
            prop_assert!(source.malformed().is_empty());
            let borders = borders(&text);
            let (from, to) = (borders[from % borders.len()], borders[to % borders.len()]);
            slice_decodes(encoding, &bytes, &source, from.min(to), from.max(to));
        }
    }

    #[test]
    fn characters_of_any_bytes_are_true(bytes in any_bytes()) {
        for encoding in CHINESE {
            let source = Source::decode(&bytes, &label(encoding)).unwrap();
            let start = source.input_offset(0);
            prop_assert_eq!(source.input_offset(source.text().len()), bytes.len());
            let decoded = encoding.decode_without_bom_handling(&bytes[start..]).0;
            prop_assert_eq!(source.text(), decoded.as_ref());
            for pair in borders(source.text()).windows(2) {
                let (from, to) = (pair[0], pair[1]);
                let span = source.input_offset(from)..source.input_offset(to);
                // The letters with two marks of Big5-HKSCS cannot be cut in two.
                if encoding == BIG5 && (span.is_empty() || bytes[span.start] == 0x88) {
                    continue;
                }
                slice_decodes(encoding, &bytes, &source, from, to);
                let holds = |m: &Malformed| m.input.start <= span.start && span.end <= m.input.end;
                let (_, malformed) = encoding.decode_without_bom_handling(&bytes[span.clone()]);
                prop_assert_eq!(source.malformed().iter().any(holds), malformed);
            }
        }
    }

    #[test]
    fn spans_across_malformed_bytes_are_true(
        mut bytes in chinese_text().prop_map(String::into_bytes),
        damage in proptest::collection::vec((any::<usize>(), any::<u8>()), 0..4),
        from: usize,
        to: usize,
    ) {
        for (at, byte) in damage {
            bytes.insert(at % (bytes.len() + 1), byte);
        }
        let source = Source::decode(&bytes, &label(UTF_8)).unwrap();
        let borders = borders(source.text());
        let (from, to) = (borders[from % borders.len()], borders[to % borders.len()]);
        slice_decodes(UTF_8, &bytes, &source, from.min(to), from.max(to));
    }

    #[test]
    fn no_bytes_are_refused(bytes in any_bytes()) {
        let source = Source::decode(&bytes, &EncodingChoice::Auto).unwrap();
        prop_assert_eq!(source.input_offset(source.text().len()), bytes.len());
        prop_assert!(!source.lines().is_empty());
    }

    #[test]
    fn offsets_count_characters(text in chinese_text(), copies in 1..30_usize) {
        let text = text.replace('\u{FEFF}', "").repeat(copies);
        let source = Source::decode(text.as_bytes(), &label(UTF_8)).unwrap();
        for at in borders(&text).into_iter().step_by(7) {
            let before = &text[..at];
            prop_assert_eq!(source.char_offset(at), before.chars().count());
            prop_assert_eq!(source.utf16_offset(at), before.encode_utf16().count());
            let (line, column) = source.position(at);
            let start = source.lines()[line - 1];
            prop_assert_eq!(column, text[start..at].chars().count() + 1);
            prop_assert!(source.lines().get(line).is_none_or(|next| at < *next));
        }
    }
}

#[test]
fn every_encoding_is_found() {
    for encoding in [UTF_8, GBK, BIG5, UTF_16LE, UTF_16BE] {
        let bytes = encode(encoding, REPORT).unwrap();
        let source = Source::decode(&bytes, &EncodingChoice::Auto).unwrap();
        assert_eq!(
            (source.text(), source.encoding()),
            (REPORT, encoding.name())
        );
        assert_eq!(source.notes(), []);
        let borders = borders(REPORT);
        for from in &borders {
            for to in borders.iter().filter(|to| *to >= from) {
                slice_decodes(encoding, &bytes, &source, *from, *to);
            }
        }
    }
}

#[test]
fn a_short_simplified_text_is_found() {
    for text in [
        "规范性文件\n0\n",
        "信息公开",
        "行政许可",
        "本年新收政府信息公开申请数量",
    ] {
        let source = Source::decode(&encode(GBK, text).unwrap(), &EncodingChoice::Auto).unwrap();
        assert_eq!((source.text(), source.encoding()), (text, "GBK"));
    }
}

#[test]
fn characters_of_four_bytes_are_gb18030() {
    let text = "𬬭规范性文件本年新收政府信息公开申请数量";
    let source = Source::decode(&encode(GB18030, text).unwrap(), &EncodingChoice::Auto).unwrap();
    assert_eq!((source.text(), source.encoding()), (text, "gb18030"));
}

#[test]
fn letters_of_hong_kong_with_two_marks_are_one_piece() {
    let source = Source::decode(b"1\x88\x622", &label(BIG5)).unwrap();
    assert_eq!(source.text(), "1\u{CA}\u{304}2");
    let offsets = borders(source.text())
        .into_iter()
        .map(|at| source.input_offset(at));
    assert_eq!(offsets.collect::<Vec<_>>(), [0, 1, 1, 3, 4]);
}

#[test]
fn marks_are_no_text() {
    let marks = [
        (&b"\xEF\xBB\xBF"[..], UTF_8),
        (b"\xFF\xFE", UTF_16LE),
        (b"\xFE\xFF", UTF_16BE),
    ];
    for (mark, encoding) in marks {
        let bytes = [mark, &encode(encoding, REPORT).unwrap()].concat();
        for choice in [EncodingChoice::Auto, label(encoding)] {
            let source = Source::decode(&bytes, &choice).unwrap();
            assert_eq!(
                (source.text(), source.encoding()),
                (REPORT, encoding.name())
            );
            assert_eq!(source.input_offset(0), mark.len());
        }
    }
    let source = Source::decode(b"\xFE\xFF\x89\xC4", &"utf-16".parse().unwrap()).unwrap();
    assert_eq!(source.text(), "规");
}

#[test]
fn lines_end_three_ways() {
    let source = Source::decode("一\r\n二\r三\n\n".as_bytes(), &EncodingChoice::Auto).unwrap();
    assert_eq!(source.lines(), [0, 5, 9, 13, 14]);
    assert_eq!(source.position(8), (2, 2));
    assert_eq!(source.position(14), (5, 1));
    assert_eq!(source.position(99), (5, 1));
    assert_eq!(
        Source::decode(b"", &EncodingChoice::Auto).unwrap().lines(),
        [0]
    );
}

#[test]
fn damaged_utf8_stays_utf8() {
    let mut bytes = REPORT.as_bytes().to_vec();
    bytes.remove(10);
    bytes.truncate(bytes.len() - 2);
    let source = Source::decode(&bytes, &EncodingChoice::Auto).unwrap();
    assert_eq!(source.encoding(), "UTF-8");
    let places = source
        .malformed()
        .iter()
        .map(|m| format!("{:?} -> {:?}\n", m.input, m.text));
    insta::assert_snapshot!(places.collect::<String>(), @r"
    9..11 -> 9..12
    207..209 -> 208..211
    ");
}

#[test]
fn contradictions_are_noted() {
    let notes = |bytes: &[u8], choice: &str| {
        let source = Source::decode(bytes, &choice.parse().unwrap()).unwrap();
        let notes = source
            .notes()
            .iter()
            .map(|note| format!("{}: {note}\n", note.code()));
        notes.collect::<String>()
    };
    let page = |charset: &str| format!("<META content='text/html; charset={charset}'>{REPORT}");
    insta::assert_snapshot!(notes(&encode(GBK, &page("gb2312")).unwrap(), "auto"), @"");
    insta::assert_snapshot!(notes(page("gb2312").as_bytes(), "auto"), @"encoding-declaration-contradicted: the page declares `gb2312`, but its bytes are UTF-8");
    insta::assert_snapshot!(notes(&encode(GBK, &page("utf-8")).unwrap(), "auto"), @"encoding-declaration-contradicted: the page declares `utf-8`, but its bytes are GBK");
    insta::assert_snapshot!(notes(&encode(BIG5, &page("utf-9")).unwrap(), "auto"), @"encoding-declaration-contradicted: the page declares `utf-9`, but its bytes are Big5");
    insta::assert_snapshot!(notes(b"\xEF\xBB\xBF1", "gbk"), @"encoding-mark-contradicts-label: read as GBK as asked, but the byte order mark says UTF-8");
    insta::assert_snapshot!(notes(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\x02\x83\0\x01\xE0", "auto"), @"encoding-guess-contradicted: guessed windows-1252, but the text is not Chinese then");
    insta::assert_snapshot!(notes(b"\xDCbergr\xF6\xDFe", "auto"), @"encoding-guess-contradicted: guessed windows-1252, but the text is not Chinese then");
    for (encoding, label, said) in [
        (
            UTF_8,
            "gbk",
            "read as GBK as asked, but the text is Chinese as UTF-8 alone",
        ),
        (
            UTF_8,
            "utf-16",
            "read as UTF-16LE as asked, but the text is Chinese as UTF-8 alone",
        ),
        (
            BIG5,
            "gb18030",
            "read as gb18030 as asked, but the text is Chinese as Big5 alone",
        ),
        (
            GBK,
            "utf-8",
            "read as UTF-8 as asked, but the text is Chinese as GBK alone",
        ),
        (
            UTF_16LE,
            "big5",
            "read as Big5 as asked, but the text is Chinese as UTF-16LE alone",
        ),
        (
            UTF_16LE,
            "utf-16be",
            "read as UTF-16BE as asked, but the text is Chinese as UTF-16LE alone",
        ),
    ] {
        let bytes = encode(encoding, REPORT).unwrap();
        assert_eq!(
            notes(&bytes, label),
            format!("encoding-label-contradicted: {said}\n")
        );
        assert_eq!(notes(&bytes, encoding.name()), "");
    }
    // What is not Chinese in any encoding contradicts nothing.
    assert_eq!(notes(b"\xDCbergr\xF6\xDFe", "windows-1252"), "");
    let gbk = encode(GBK, REPORT).unwrap();
    insta::assert_snapshot!(notes(&[&gbk[..], b"\xFF"].concat(), "auto"), @"encoding-guess-contradicted: guessed GBK, but 1 place cannot be decoded then");
}

#[test]
fn labels_with_shift_states_are_refused() {
    let error = Source::decode(b"", &EncodingChoice::Label("iso-2022-jp".to_owned())).unwrap_err();
    insta::assert_snapshot!(error, @"expected an encoding, such as `utf-8`, `gb18030`, `big5` or `utf-16le`, found `iso-2022-jp`");
}
