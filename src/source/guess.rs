//! Which encoding an input is in.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{BIG5, Encoding, GBK, UTF_8, UTF_16BE, UTF_16LE};

use super::encoding::{UnknownEncoding, for_label, is_stateless};
use super::{Malformed, Note};
use crate::script::fold;

/// How many bytes are looked at for NUL bytes and for a declaration.
const HEAD: usize = 4096;

/// How many bytes a guess is weighed by.
const SAMPLE: usize = 1 << 16;

/// Chinese text read in the right encoding lies far above, in a wrong one far below.
const HALF: f64 = 0.5;

/// An encoding, and where the text begins after a byte order mark.
pub(super) struct Found {
    pub(super) encoding: &'static Encoding,
    pub(super) start: usize,
    pub(super) notes: Vec<Note>,
    /// What speaks for it, where the text may still speak against it.
    pub(super) ground: Ground,
}

/// What an encoding was taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// A mark, a declaration that fits, or the bytes themselves.
    Evident,
    /// A label of the caller's, without a mark.
    Label,
    /// Nothing but the look of the text.
    Guess,
}

impl Found {
    const fn at(encoding: &'static Encoding, start: usize) -> Self {
        Self {
            encoding,
            start,
            notes: Vec::new(),
            ground: Ground::Evident,
        }
    }
}

/// The encoding that `label` names.
pub(super) fn labelled(bytes: &[u8], label: &str) -> Result<Found, UnknownEncoding> {
    let encoding = for_label(label)?;
    // `utf-16` says nothing of the byte order; the mark does.
    let open = label.trim().eq_ignore_ascii_case("utf-16");
    Ok(match Encoding::for_bom(bytes) {
        Some((mark, start)) if mark == encoding || (open && mark == UTF_16BE) => {
            Found::at(mark, start)
        }
        Some((mark, _)) => {
            let note = Note::MarkContradictsLabel {
                label: encoding.name(),
                mark: mark.name(),
            };
            Found {
                notes: vec![note],
                ..Found::at(encoding, 0)
            }
        }
        None => Found {
            ground: Ground::Label,
            ..Found::at(encoding, 0)
        },
    })
}

/// The encoding that the input itself tells.
pub(super) fn find(bytes: &[u8]) -> Found {
    if let Some((encoding, start)) = Encoding::for_bom(bytes) {
        return Found::at(encoding, start);
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    if let Some(encoding) = evident_utf16(head) {
        return Found::at(encoding, 0);
    }
    let declared = declaration(head);
    let contradicted = |used: &'static Encoding| {
        let differs = |label: &String| known(label) != Some(used);
        let note = |declared| Note::DeclarationContradicted {
            declared,
            used: used.name(),
        };
        declared
            .clone()
            .filter(differs)
            .map(note)
            .into_iter()
            .collect()
    };
    if Encoding::ascii_valid_up_to(bytes) == bytes.len() {
        return Found::at(UTF_8, 0);
    }
    if is_utf8(bytes) {
        return Found {
            notes: contradicted(UTF_8),
            ..Found::at(UTF_8, 0)
        };
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let declared = declared.as_deref().and_then(known);
    if let Some(encoding) = declared.filter(|encoding| chinese(encoding, sample) > HALF) {
        return Found::at(encoding, 0);
    }
    let encoding = guess(sample);
    Found {
        notes: contradicted(encoding),
        ground: Ground::Guess,
        ..Found::at(encoding, 0)
    }
}

/// Adds what the whole text says of a guess, or of a label.
pub(super) fn weigh(found: &mut Found, bytes: &[u8], text: &str, malformed: &[Malformed]) {
    if found.ground == Ground::Evident || (malformed.is_empty() && common_share(text) > HALF) {
        return;
    }
    let name = found.encoding.name();
    if found.ground == Ground::Guess {
        found.notes.push(Note::GuessContradicted {
            guessed: name,
            malformed: malformed.len(),
        });
        return;
    }
    let sample = bytes.get(..SAMPLE).unwrap_or(bytes);
    let likelier = find(bytes).encoding;
    if chinese(likelier, sample) > HALF.max(chinese(found.encoding, sample)) {
        found.notes.push(Note::LabelContradicted {
            label: name,
            likelier: likelier.name(),
        });
    }
}

/// The likeliest encoding of text that is not UTF-8.
///
/// chardetng is made for pages of any language, and takes short lists of numbers and labels for
/// Japanese or Korean; the reports are Chinese, so the two Chinese encodings always have a hearing.
fn guess(sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let mut best = (guessed, chinese(guessed, sample));
    for encoding in [GBK, BIG5] {
        let share = chinese(encoding, sample);
        if share > best.1 {
            best = (encoding, share);
        }
    }
    best.0
}

/// UTF-8, or UTF-8 that some bytes of were damaged.
///
/// In text of another encoding three bytes in a row are hardly ever a character of UTF-8.
fn is_utf8(bytes: &[u8]) -> bool {
    if Encoding::utf8_valid_up_to(bytes) == bytes.len() {
        return true;
    }
    let (mut long, mut invalid) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        long += chunk.valid().bytes().filter(|byte| *byte >= 0xE0).count();
        invalid += usize::from(!chunk.invalid().is_empty());
    }
    long > invalid
}

/// UTF-16 without a byte order mark: with NUL bytes, and plain text when read so.
fn evident_utf16(head: &[u8]) -> Option<&'static Encoding> {
    memchr::memchr(0, head)?;
    let even = head.get(..head.len() & !1).unwrap_or_default();
    let plain = |encoding: &'static Encoding| {
        let (text, _) = encoding.decode_without_bom_handling(even);
        share(text.chars(), is_plain)
    };
    let (little, big) = (plain(UTF_16LE), plain(UTF_16BE));
    let (encoding, plain) = if little >= big {
        (UTF_16LE, little)
    } else {
        (UTF_16BE, big)
    };
    (plain > 0.95 && little != big).then_some(encoding)
}

/// Printable ASCII, line ends, punctuation, and what Chinese text is made of.
fn is_plain(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | ' '..='~' | '\u{A0}'..='\u{FF}'
        | '\u{2000}'..='\u{206F}' | '\u{2100}'..='\u{27FF}' | '\u{3000}'..='\u{30FF}'
        | '\u{3400}'..='\u{9FFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FFEF}')
}

/// The share of frequent Chinese characters in what `sample` decodes to.
fn chinese(encoding: &'static Encoding, sample: &[u8]) -> f64 {
    common_share(&encoding.decode_without_bom_handling(sample).0)
}

/// GB2312's punctuation and first level, folded and sorted.
static COMMON: LazyLock<Vec<char>> = LazyLock::new(|| {
    let rows = (0xA1..=0xA3).chain(0xB0..=0xD7_u8);
    let bytes: Vec<u8> = rows
        .flat_map(|row| (0xA1..=0xFE).flat_map(move |c| [row, c]))
        .collect();
    let (text, _) = GBK.decode_without_bom_handling(&bytes);
    let mut common: Vec<char> = text
        .chars()
        .filter(|c| *c != '\u{FFFD}')
        .map(fold)
        .collect();
    common.sort_unstable();
    common.dedup();
    common
});

/// Of the characters beyond ASCII, the share of those that are frequent in Chinese, in either
/// script: that fold to one of the first level of GB2312, or to its punctuation.
fn common_share(text: &str) -> f64 {
    let beyond = text.chars().filter(|c| !c.is_ascii()).take(SAMPLE);
    let is_common = |c| {
        let folded = fold(c);
        folded.is_ascii() || COMMON.binary_search(&folded).is_ok()
    };
    share(beyond, is_common)
}

fn share(chars: impl Iterator<Item = char>, is_counted: impl Fn(char) -> bool) -> f64 {
    let (mut counted, mut all) = (0_u32, 0_u32);
    for c in chars {
        all += 1;
        counted += u32::from(is_counted(c));
    }
    f64::from(counted) / f64::from(all.max(1))
}

/// The label of `<meta charset=...>`, of its older `http-equiv` form, or of an XML declaration.
fn declaration(head: &[u8]) -> Option<String> {
    let head = head.to_ascii_lowercase();
    let mut tags = memchr::memchr_iter(b'<', &head).filter_map(|start| {
        let tag = head.get(start + 1..)?;
        tag.get(..memchr::memchr(b'>', tag)?)
    });
    tags.find_map(|tag| {
        let key: &[u8] = if tag.starts_with(b"meta") {
            b"charset"
        } else if tag.starts_with(b"?xml") {
            b"encoding"
        } else {
            return None;
        };
        let rest = tag
            .get(memchr::memmem::find(tag, key)? + key.len()..)?
            .trim_ascii_start();
        let value = rest.strip_prefix(b"=")?.trim_ascii_start();
        let quoted = value.strip_prefix(b"\"").or(value.strip_prefix(b"'"));
        let value = quoted.unwrap_or(value);
        let is_end = |byte: &u8| byte.is_ascii_whitespace() || b"\"';/".contains(byte);
        let end = value.iter().position(is_end).unwrap_or(value.len());
        let label = String::from_utf8_lossy(value.get(..end)?);
        (!label.is_empty()).then(|| label.into_owned())
    })
}

/// The encoding a page may declare: one that its declaration can itself be read in.
fn known(label: &str) -> Option<&'static Encoding> {
    let encoding = Encoding::for_label(label.as_bytes())?.output_encoding();
    is_stateless(encoding).then_some(encoding)
}
