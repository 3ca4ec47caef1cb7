//! What the caller asks for.

use crate::extraction::Offsets;
use crate::source::EncodingChoice;

/// How to read one input.
///
/// ```
/// use gongkai::Options;
/// let options = Options { form: Some("annual_2019".into()), ..Options::default() };
/// assert_eq!(options.form.as_deref(), Some("annual_2019"));
/// ```
#[derive(Debug, Clone)]
pub struct Options {
    /// Name of the source, for the output.
    pub name: Option<String>,
    /// Encoding of the bytes.
    pub encoding: EncodingChoice,
    /// Id of the form to read as; none to recognise it.
    pub form: Option<String>,
    /// What the offsets of spans count.
    pub offsets: Offsets,
    /// Longest input that is read, in bytes. A longer one gives an extraction in which nothing
    /// stands but the diagnostic `too-long`.
    ///
    /// Time and memory grow with the input alone, whatever is in it: at worst, where every other
    /// byte is a cell and none is certain, by some 600 bytes for each of it.
    pub max_bytes: usize,
}

impl Options {
    /// What [`Options::max_bytes`] is by default, 64 MiB: a report has some ten thousand bytes.
    ///
    /// ```
    /// assert_eq!(gongkai::Options::default().max_bytes, gongkai::Options::MAX_BYTES);
    /// ```
    pub const MAX_BYTES: usize = 64 << 20;
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: None,
            encoding: EncodingChoice::default(),
            form: None,
            offsets: Offsets::default(),
            max_bytes: Self::MAX_BYTES,
        }
    }
}
