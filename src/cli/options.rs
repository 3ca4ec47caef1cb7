//! The options that commands have in common.

use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::{OsStringValueParser, TypedValueParser};
use gongkai::convert::{ConvertError, Converter, Phrases};
use gongkai::{convert, extraction};

use super::batch;
use super::style::Color;

/// What to read.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Input")]
pub(crate) struct Inputs {
    /// Files, folders (walked, sorted by path, without hidden files and folders)
    /// or `-`; without any, standard input
    #[arg(value_name = "INPUT", help_heading = None, value_parser = named())]
    pub(crate) inputs: Vec<PathBuf>,
    /// Of folders, read only the files that match, such as `*.txt` or
    /// `2021/**`; may be given more than once
    #[arg(long, value_name = "PATTERN")]
    pub(crate) glob: Vec<String>,
    /// Encoding of the text, such as gb18030 or big5
    #[arg(long, value_name = "auto|LABEL", default_value = "auto")]
    pub(crate) encoding: String,
    /// Form to read as, by its id
    #[arg(long, value_name = "auto|ID", default_value = "auto")]
    pub(crate) form: String,
    /// Folder of grammars that add to those built in
    #[arg(long, value_name = "DIR")]
    pub(crate) grammars: Option<PathBuf>,
    /// Longest input that is read
    #[arg(long, value_name = "N", default_value_t = gongkai::Options::MAX_BYTES)]
    #[arg(value_parser = bytes)]
    pub(crate) max_bytes: usize,
    /// Threads, if the system gives as many [default: one a core]
    #[arg(long, value_name = "N", value_parser = threads)]
    pub(crate) jobs: Option<usize>,
}

impl Inputs {
    /// How many threads to use.
    pub(crate) fn jobs(&self) -> usize {
        self.jobs.unwrap_or_else(batch::cores)
    }
}

/// What becomes of the inputs of `parse` and `export`.
#[derive(Debug, Clone, Default, clap::Args)]
pub(crate) struct Writing {
    #[command(flatten)]
    pub(crate) target: Target,
    #[command(flatten)]
    pub(crate) batch: Batch,
    #[command(flatten)]
    pub(crate) texts: Texts,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// The file that is written.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Destination {
    /// File to write, which appears when it is complete; `-` is standard output
    #[arg(short, long, value_name = "FILE", value_parser = named())]
    output: Option<PathBuf>,
}

impl Destination {
    /// None for standard output.
    pub(crate) fn path(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|path| *path != Path::new("-"))
    }
}

/// A path. An empty one is mostly a variable that is not set.
fn named() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().try_map(|name| match name.is_empty() {
        true => Err("the name is empty"),
        false => Ok(PathBuf::from(name)),
    })
}

/// A path of a file.
fn file() -> impl TypedValueParser<Value = PathBuf> {
    named().try_map(|path| match path == Path::new("-") {
        true => Err("it is a file; standard output is for what is read"),
        false => Ok(path),
    })
}

/// A number of threads.
fn threads(text: &str) -> Result<usize, &'static str> {
    let threads: Option<usize> = text.parse().ok();
    let threads = threads.filter(|threads| *threads > 0);
    threads.ok_or("expected a number of threads, such as 4")
}

/// A length.
fn bytes(text: &str) -> Result<usize, &'static str> {
    let expected = "expected a number of bytes, such as 1000000";
    text.parse().map_err(|_| expected)
}

/// Where the output goes, and what is seen of it on the way.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Target {
    #[command(flatten)]
    pub(crate) destination: Destination,
    /// Show how far a batch is, on standard error: a bar on a terminal, and with
    /// always a line now and then elsewhere
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    #[arg(value_name = "auto|always|never")]
    pub(crate) progress: When,
}

/// What becomes of a batch beside its output.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Batch {
    /// Keep what FILE has already and skip inputs whose content is in it, by
    /// SHA-256
    #[arg(long, requires = "output")]
    pub(crate) resume: bool,
    /// File for the inputs that were not recognised or could not be read, one a
    /// line, with the reason
    #[arg(long, value_name = "FILE", value_parser = file())]
    pub(crate) list: Option<PathBuf>,
}

/// The texts and spans in the output.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Texts {
    /// Script of every text in the output
    #[cfg_attr(
        not(feature = "convert"),
        arg(
            help = "Script of every text in the output; this gongkai was built without \
            conversion and knows only `source`"
        )
    )]
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    #[arg(value_name = "source|hans|hant|tw|hk")]
    pub(crate) to: To,
    /// What the offsets of spans count
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    #[arg(value_name = "byte|char|utf16")]
    pub(crate) offsets: Offsets,
}

impl Texts {
    /// What texts are converted with; none where they are left as they are.
    ///
    /// # Errors
    ///
    /// No OpenCC to convert with.
    pub(crate) fn converter(&self) -> Result<Option<Converter>, ConvertError> {
        let target = self.to.target();
        target
            .map(|to| Converter::new(to, Phrases::genre()))
            .transpose()
    }
}

/// What the messages look like.
#[derive(Debug, Clone, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Look {
    /// Use colour; auto heeds NO_COLOR
    #[arg(long, global = true, value_enum, default_value_t)]
    #[arg(hide_possible_values = true)]
    #[arg(value_name = "auto|always|never")]
    pub(crate) color: Color,
}

impl Look {
    /// Where nothing can be chosen.
    pub(crate) const DEFAULT: Self = Self { color: Color::Auto };
}

/// What offsets count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Offsets {
    /// Bytes of the input as it was given
    #[default]
    Byte,
    /// Characters of the decoded text
    Char,
    /// UTF-16 units of the decoded text
    Utf16,
}

impl From<Offsets> for extraction::Offsets {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Byte => Self::Byte,
            Offsets::Char => Self::Char,
            Offsets::Utf16 => Self::Utf16,
        }
    }
}

/// The script that texts are printed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum To {
    /// As the source has them
    #[default]
    Source,
    /// Simplified
    Hans,
    /// Traditional
    Hant,
    /// Traditional as in Taiwan
    Tw,
    /// Traditional as in Hong Kong
    Hk,
}

impl To {
    /// What to convert to; none to leave texts as they are.
    fn target(self) -> Option<convert::Target> {
        match self {
            Self::Source => None,
            Self::Hans => Some(convert::Target::Hans),
            Self::Hant => Some(convert::Target::Hant),
            Self::Tw => Some(convert::Target::Tw),
            Self::Hk => Some(convert::Target::Hk),
        }
    }
}

/// When to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum When {
    /// When somebody is watching
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
