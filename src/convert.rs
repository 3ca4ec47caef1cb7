//! Text -> text in the other script, through OpenCC, with the alignment of both.
//!
//! # Which OpenCC
//!
//! `opencc-rust` 1.1 with the system's `libopencc-dev`, behind the Cargo feature `convert`, which
//! is not on by default.
//!
//! - Debian 12 has libopencc 1.1.6 and Debian 13 has 1.1.9; `opencc-rust` 1.1.19 takes 1.1.2 to
//!   1.2.0, so `apt-get install libopencc-dev pkg-config` is all the set-up there is on both.
//! - `opencc-rust` 2.0 asks for libopencc 1.4, which neither has, and for a newer Rust than this
//!   crate. Its build script looks for the library before any other crate could have built it, so
//!   an engine built from source by `opencc-sys` cannot serve it within one `cargo` command.
//! - 1.1 converts some 7 MB/s; a report is some 10 kB. Lines of ASCII alone never reach it, and
//!   each distinct line of a text does once.
//! - Linking needs the library, so a default feature would break the build for those who have
//!   neither it nor root. Without the feature everything else works, and [`Converter::new`] says
//!   how to get it.
//! - `OpenCC::convert_to_buffer` reserves too little with 1.1 (twice the input, without the final
//!   NUL) and is not used. `OpenCC::convert` panics on NUL: text is cut there.
//!
//! # Glyphs, then words
//!
//! `hans` is t2s and then the phrases of the genre; tw2sp would break official wording (行政查詢 to
//! 行政查找). Toward Traditional it is s2t, s2tw or s2hk, with a few phrases that OpenCC cuts in the
//! wrong place (新制|作); a line that is Traditional already stays, or has its variants exchanged
//! (t2tw, t2hk).
//!
//! Every entry of the dictionaries of these six configurations keeps the number of characters, so
//! OpenCC's output aligns character by character. Where a later dictionary should break that, the
//! line is one segment: coarser, never wrong.

mod alignment;
mod engine;
mod phrases;

use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;

pub use alignment::{Alignment, Kind, Segment};
pub use engine::ConvertError;
pub use phrases::{PhraseError, Phrases};

use crate::script::{Script, detect};
use alignment::{Sink, align};
use engine::Engine;
use phrases::Toward;

/// The script to convert to.
///
/// ```
/// use gongkai::convert::Target;
/// assert_eq!("tw".parse(), Ok(Target::Tw));
/// assert_eq!("cn".parse::<Target>().unwrap_err().to_string(),
///     "expected `hans`, `hant`, `tw` or `hk`, found `cn`");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// Simplified, in the mainland's official wording.
    Hans,
    /// Traditional, in the forms OpenCC takes for standard.
    Hant,
    /// Traditional, in Taiwan's forms.
    Tw,
    /// Traditional, in Hong Kong's forms.
    Hk,
}

impl Target {
    /// The names of all targets, for a command line.
    ///
    /// ```
    /// use gongkai::convert::Target;
    /// assert!(Target::NAMES.iter().all(|name| name.parse::<Target>().is_ok()));
    /// ```
    pub const NAMES: [&'static str; 4] = ["hans", "hant", "tw", "hk"];

    /// OpenCC's configuration for text of the other script, and the one that exchanges variants
    /// in text of the target script.
    const fn configurations(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Hans => ("t2s.json", None),
            Self::Hant => ("s2t.json", None),
            Self::Tw => ("s2tw.json", Some("t2tw.json")),
            Self::Hk => ("s2hk.json", Some("t2hk.json")),
        }
    }

    /// Which phrases are for it.
    const fn toward(self) -> Toward {
        match self {
            Self::Hans => Toward::Hans,
            Self::Hant | Self::Tw | Self::Hk => Toward::Hant,
        }
    }
}

impl FromStr for Target {
    type Err = UnknownTarget;

    fn from_str(name: &str) -> Result<Self, UnknownTarget> {
        match name {
            "hans" => Ok(Self::Hans),
            "hant" => Ok(Self::Hant),
            "tw" => Ok(Self::Tw),
            "hk" => Ok(Self::Hk),
            _ => Err(UnknownTarget(name.to_owned())),
        }
    }
}

/// A name that is no [`Target`].
///
/// ```
/// use gongkai::convert::{Target, UnknownTarget};
/// let error: UnknownTarget = "cn".parse::<Target>().unwrap_err();
/// assert!(error.to_string().ends_with("found `cn`"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTarget(String);

impl fmt::Display for UnknownTarget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "expected `hans`, `hant`, `tw` or `hk`, found `{}`",
            self.0
        )
    }
}

impl std::error::Error for UnknownTarget {}

/// Converts text to one script.
///
/// ```
/// use gongkai::convert::{Converter, Phrases, Target};
/// // Without the feature `convert` there is no converter.
/// if let Ok(converter) = Converter::new(Target::Hans, Phrases::genre()) {
///     assert_eq!(converter.convert("規章"), "规章");
/// }
/// ```
#[derive(Debug)]
pub struct Converter {
    to: Target,
    phrases: Phrases,
    main: Engine,
    variants: Option<Engine>,
}

impl Converter {
    /// Opens the dictionaries for `to`.
    ///
    /// # Errors
    ///
    /// [`ConvertError`] where the crate was built without the feature `convert`, or OpenCC's
    /// dictionaries are not to be found.
    ///
    /// ```
    /// use gongkai::convert::{ConvertError, Converter, Phrases, Target};
    /// match Converter::new(Target::Hans, Phrases::genre()) {
    ///     Ok(converter) => assert_eq!(converter.convert("行政規範性檔案"), "行政规范性文件"),
    ///     Err(error) => assert_eq!(error, ConvertError::NotBuilt),
    /// }
    /// ```
    pub fn new(to: Target, phrases: Phrases) -> Result<Self, ConvertError> {
        let (main, variants) = to.configurations();
        let variants = variants.map(Engine::open).transpose()?;
        Ok(Self {
            to,
            phrases,
            main: Engine::open(main)?,
            variants,
        })
    }

    /// `text` in the other script.
    ///
    /// ```
    /// use gongkai::convert::{Converter, Phrases, Target};
    /// // Without the feature `convert` there is no converter.
    /// if let Ok(converter) = Converter::new(Target::Hans, Phrases::genre()) {
    ///     assert_eq!(converter.convert("國家秘密"), "国家秘密");
    /// }
    /// ```
    pub fn convert(&self, text: &str) -> String {
        let mut converted = String::with_capacity(text.len());
        self.run(text, &mut converted);
        converted
    }

    /// `text` in the other script, and how both align.
    ///
    /// ```
    /// use gongkai::convert::{Converter, Phrases, Target};
    /// // Without the feature `convert` there is no converter.
    /// if let Ok(converter) = Converter::new(Target::Hans, Phrases::genre()) {
    ///     let (text, alignment) = converter.convert_aligned("規章6");
    ///     assert_eq!(text, "规章6");
    ///     assert_eq!(alignment.segments()[0].source, 0..3);
    /// }
    /// ```
    pub fn convert_aligned(&self, text: &str) -> (String, Alignment) {
        let mut sink = alignment::Builder::default();
        self.run(text, &mut sink);
        sink.finish()
    }

    fn run(&self, text: &str, sink: &mut impl Sink) {
        let script = detect(text);
        let (mut main, mut variants) = (Lines::default(), Lines::default());
        let ways: Vec<Way> = pieces(text)
            .map(|piece| {
                let line = line_of(piece);
                match self.way(line, script) {
                    Way::Main(_) => Way::Main(main.add(line)),
                    Way::Variants(_) => Way::Variants(variants.add(line)),
                    Way::Keep => Way::Keep,
                }
            })
            .collect();
        let main = main.convert(Some(&self.main));
        let variants = variants.convert(self.variants.as_ref());
        let (main, variants): (Vec<&str>, Vec<&str>) =
            (main.split('\n').collect(), variants.split('\n').collect());
        for (piece, way) in pieces(text).zip(ways) {
            let (line, end) = piece.split_at(line_of(piece).len());
            let (converted, replacements) = match way {
                Way::Keep => (None, Vec::new()),
                Way::Variants(number) => (variants.get(number), Vec::new()),
                Way::Main(number) => {
                    let replacements = self.phrases.find(self.to.toward(), line, script);
                    (main.get(number), replacements)
                }
            };
            align(
                line,
                converted.copied().unwrap_or(line),
                &replacements,
                sink,
            );
            sink.same(end);
        }
    }

    fn way(&self, line: &str, script: Option<Script>) -> Way {
        if line.is_ascii() {
            return Way::Keep;
        }
        let traditional = self.to != Target::Hans
            && matches!(script, Some(Script::Hant | Script::Mixed))
            && detect(line) == Some(Script::Hant);
        match (traditional, &self.variants) {
            (false, _) => Way::Main(0),
            (true, Some(_)) => Way::Variants(0),
            (true, None) => Way::Keep,
        }
    }
}

/// What a line has to go through, and its number there.
#[derive(Debug, Clone, Copy)]
enum Way {
    Keep,
    Main(usize),
    Variants(usize),
}

/// The distinct lines of a text: reports repeat their labels, and the engine is slow.
#[derive(Debug, Default)]
struct Lines<'a> {
    text: String,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Lines<'a> {
    fn add(&mut self, line: &'a str) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(line).or_insert_with(|| {
            self.text.push_str(line);
            self.text.push('\n');
            next
        })
    }

    /// The lines converted, in one call; no entry of a dictionary goes over a line end.
    fn convert(self, engine: Option<&Engine>) -> String {
        match engine {
            Some(engine) if !self.text.is_empty() => engine.convert(&self.text),
            _ => self.text,
        }
    }
}

/// Lines with their ends; a NUL ends one too, as OpenCC takes strings of C.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.split_inclusive(['\n', '\0'])
}

fn line_of(piece: &str) -> &str {
    piece.strip_suffix(['\n', '\0']).unwrap_or(piece)
}
