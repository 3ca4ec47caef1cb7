//! Which encoding the caller asks for, and which ones there are.

use std::fmt;
use std::str::FromStr;

use encoding_rs::{
    BIG5, EUC_JP, EUC_KR, Encoding, GB18030, GBK, SHIFT_JIS, UTF_8, UTF_16BE, UTF_16LE,
};

/// How the encoding of an input is to be known.
///
/// ```
/// use gongkai::source::EncodingChoice;
/// assert_eq!("auto".parse(), Ok(EncodingChoice::Auto));
/// assert_eq!("Big5-HKSCS".parse(), Ok(EncodingChoice::Label("Big5-HKSCS".to_owned())));
/// let error = "utf-9".parse::<EncodingChoice>().unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "expected an encoding, such as `utf-8`, `gb18030`, `big5` or `utf-16le`, found `utf-9`",
/// );
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub enum EncodingChoice {
    /// Found from the input itself.
    #[default]
    Auto,
    /// Named by a label of the WHATWG Encoding Standard, such as `gbk` or `big5-hkscs`.
    Label(String),
}

impl FromStr for EncodingChoice {
    type Err = UnknownEncoding;

    fn from_str(label: &str) -> Result<Self, UnknownEncoding> {
        if label == "auto" {
            return Ok(Self::Auto);
        }
        for_label(label).map(|_| Self::Label(label.to_owned()))
    }
}

/// A label that names no encoding known here.
///
/// ```
/// use gongkai::source::{EncodingChoice, UnknownEncoding};
/// let error: UnknownEncoding = "utf-9".parse::<EncodingChoice>().unwrap_err();
/// assert!(error.to_string().ends_with("found `utf-9`"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownEncoding {
    label: String,
}

impl fmt::Display for UnknownEncoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = "`utf-8`, `gb18030`, `big5` or `utf-16le`";
        write!(
            f,
            "expected an encoding, such as {known}, found `{}`",
            self.label
        )
    }
}

impl std::error::Error for UnknownEncoding {}

/// The encoding of a label, where a character's length can be told from its own bytes.
pub(super) fn for_label(label: &str) -> Result<&'static Encoding, UnknownEncoding> {
    Encoding::for_label(label.as_bytes())
        .filter(|encoding| is_stateless(encoding))
        .ok_or_else(|| UnknownEncoding {
            label: label.to_owned(),
        })
}

pub(super) fn is_stateless(encoding: &'static Encoding) -> bool {
    let wide = [
        UTF_8, GBK, GB18030, BIG5, UTF_16LE, UTF_16BE, EUC_JP, EUC_KR, SHIFT_JIS,
    ];
    encoding.is_single_byte() || wide.contains(&encoding)
}

/// What well-formed input begins with: how many bytes make up how many characters.
pub(super) fn unit(encoding: &'static Encoding, bytes: &[u8]) -> (usize, usize) {
    let [first, rest @ ..] = bytes else {
        return (1, 1);
    };
    let second = rest.first().copied().unwrap_or_default();
    let length = if encoding == UTF_16LE || encoding == UTF_16BE {
        let high = if encoding == UTF_16LE { second } else { *first };
        if (0xD8..0xDC).contains(&high) { 4 } else { 2 }
    } else if *first < 0x80 || encoding.is_single_byte() {
        1
    } else if encoding == UTF_8 {
        match first {
            0xF0.. => 4,
            0xE0.. => 3,
            _ => 2,
        }
    } else if encoding == GBK || encoding == GB18030 {
        match (first, second) {
            // The euro sign of Windows.
            (0x80, _) => 1,
            (_, b'0'..=b'9') => 4,
            _ => 2,
        }
    } else if encoding == SHIFT_JIS {
        if matches!(first, 0x80 | 0xA1..=0xDF) {
            1
        } else {
            2
        }
    } else if encoding == EUC_JP && *first == 0x8F {
        3
    } else {
        2
    };
    // The letters with two marks that Big5-HKSCS has as one, and Unicode has not.
    let pair = encoding == BIG5 && *first == 0x88 && [0x62, 0x64, 0xA3, 0xA5].contains(&second);
    (length, if pair { 2 } else { 1 })
}
