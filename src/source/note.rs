//! What contradicts the encoding an input was read in.

use std::fmt;

/// A sign of the encoding that another sign or the text contradicts.
///
/// ```
/// use gongkai::source::{EncodingChoice, Source};
/// let source = Source::decode(b"\xEF\xBB\xBF1", &"gbk".parse()?)?;
/// assert_eq!(
///     source.notes()[0].to_string(),
///     "read as GBK as asked, but the byte order mark says UTF-8",
/// );
/// # Ok::<(), gongkai::source::UnknownEncoding>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// `--encoding gbk` and a byte order mark of UTF-8; the label was followed.
    MarkContradictsLabel {
        /// Followed.
        label: &'static str,
        /// Not followed.
        mark: &'static str,
    },
    /// `--encoding gbk` and a text that is Chinese in Big5 alone; the label was followed.
    LabelContradicted {
        /// Followed.
        label: &'static str,
        /// What would have been found without it.
        likelier: &'static str,
    },
    /// `<meta charset="gb2312">` in a page that is UTF-8.
    DeclarationContradicted {
        /// Not followed.
        declared: String,
        /// Followed.
        used: &'static str,
    },
    /// Nothing told the encoding, and the text that the guess gives is damaged or not Chinese.
    GuessContradicted {
        /// Followed, for want of a better one.
        guessed: &'static str,
        /// How many places could not be decoded.
        malformed: usize,
    },
}

impl Note {
    /// The stable code of a diagnostic that shows this note.
    ///
    /// ```
    /// use gongkai::source::{EncodingChoice, Source};
    /// let page = "<meta charset=gb2312>规章".as_bytes();
    /// let source = Source::decode(page, &EncodingChoice::Auto)?;
    /// assert_eq!(source.notes()[0].code(), "encoding-declaration-contradicted");
    /// assert_eq!(
    ///     source.notes()[0].to_string(),
    ///     "the page declares `gb2312`, but its bytes are UTF-8",
    /// );
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub const fn code(&self) -> &'static str {
        match self {
            Self::MarkContradictsLabel { .. } => "encoding-mark-contradicts-label",
            Self::LabelContradicted { .. } => "encoding-label-contradicted",
            Self::DeclarationContradicted { .. } => "encoding-declaration-contradicted",
            Self::GuessContradicted { .. } => "encoding-guess-contradicted",
        }
    }

    /// What the user can do.
    pub(crate) fn help(&self) -> String {
        match self {
            Self::MarkContradictsLabel { mark: other, .. }
            | Self::LabelContradicted {
                likelier: other, ..
            } => {
                format!("leave `--encoding` out, or name {other}")
            }
            Self::DeclarationContradicted { .. } | Self::GuessContradicted { .. } => {
                "name the encoding with `--encoding` if it is another".to_string()
            }
        }
    }
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MarkContradictsLabel { label, mark } => {
                write!(
                    f,
                    "read as {label} as asked, but the byte order mark says {mark}"
                )
            }
            Self::LabelContradicted { label, likelier } => {
                write!(
                    f,
                    "read as {label} as asked, but the text is Chinese as {likelier} alone"
                )
            }
            Self::DeclarationContradicted { declared, used } => {
                write!(
                    f,
                    "the page declares `{declared}`, but its bytes are {used}"
                )
            }
            Self::GuessContradicted {
                guessed,
                malformed: 0,
            } => {
                write!(f, "guessed {guessed}, but the text is not Chinese then")
            }
            Self::GuessContradicted { guessed, malformed } => {
                let places = if *malformed == 1 { "place" } else { "places" };
                write!(
                    f,
                    "guessed {guessed}, but {malformed} {places} cannot be decoded then"
                )
            }
        }
    }
}
