//! What ends the command before it is done.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use gongkai::convert::{ConvertError, PhraseError};
use gongkai::form::{GrammarErrors, Grammars};
use gongkai::source::UnknownEncoding;

use super::style::shown;

/// Why the command did not do what it was asked. All have exit code 2.
#[derive(Debug)]
pub(crate) enum Failure {
    /// `gongkai parse --glob '['`
    Usage(String),
    /// Grammar files with faults, or that cannot be read.
    Grammar(GrammarErrors),
    /// `gongkai parse --form no_such_form`
    UnknownForm {
        /// What was asked for.
        id: String,
        /// The ids there are.
        known: Vec<String>,
    },
    /// `gongkai parse --encoding utf-9`
    Encoding(UnknownEncoding),
    /// `gongkai convert --phrases mine.toml`, where that is wrong.
    Phrases {
        /// As the user named it.
        file: String,
        /// What is wrong, and where.
        error: PhraseError,
    },
    /// `gongkai parse --to hans`, built without the feature `convert`
    Convert(ConvertError),
    /// A full disk, a folder that is not there.
    Output {
        /// None for standard output.
        path: Option<PathBuf>,
        /// What the system said.
        error: io::Error,
    },
}

impl Failure {
    /// No form of `grammars` is called `id`.
    pub(crate) fn unknown_form(id: &str, grammars: &Grammars) -> Self {
        Self::UnknownForm {
            id: id.to_owned(),
            known: grammars.forms.iter().map(|form| form.id.clone()).collect(),
        }
    }

    /// A walk that found nothing: more likely a slip than a wish.
    pub(crate) fn no_input(paths: &[PathBuf], patterns: &[String]) -> Self {
        let folders: Vec<String> = paths
            .iter()
            .map(|path| shown(&path.display().to_string()))
            .collect();
        let folders = folders.join("`, `");
        let patterns = patterns.join("`, `");
        Self::Usage(match patterns.is_empty() {
            true => format!("no file to read in `{folders}`"),
            false => format!(
                "no file in `{folders}` is called as `--glob` asks: `{patterns}` (a pattern with \
                 `/` is about the path below the folder)"
            ),
        })
    }

    /// Output that cannot be written to a file, or to standard output.
    pub(crate) fn output(path: Option<&Path>, error: io::Error) -> Self {
        let path = path.map(Path::to_path_buf);
        Self::Output { path, error }
    }

    /// Whether the reader of the output went away, as `head` does.
    pub(crate) fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output { error, .. } if error.kind() == io::ErrorKind::BrokenPipe)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) => f.write_str(message),
            Self::Grammar(errors) => errors.fmt(f),
            Self::UnknownForm { id, known } => {
                let known = known.join("`, `");
                write!(f, "no form has the id `{id}`; known are `{known}`")
            }
            Self::Encoding(error) => error.fmt(f),
            Self::Phrases { file, error } => write!(f, "{file}: {error}"),
            Self::Convert(error) => error.fmt(f),
            Self::Output { path, error } => match path {
                Some(path) => write!(f, "cannot write `{}`: {}", path.display(), reason(error)),
                None => write!(f, "cannot write to standard output: {}", reason(error)),
            },
        }
    }
}

impl std::error::Error for Failure {}

impl From<GrammarErrors> for Failure {
    fn from(errors: GrammarErrors) -> Self {
        Self::Grammar(errors)
    }
}

impl From<UnknownEncoding> for Failure {
    fn from(error: UnknownEncoding) -> Self {
        Self::Encoding(error)
    }
}

impl From<ConvertError> for Failure {
    fn from(error: ConvertError) -> Self {
        Self::Convert(error)
    }
}

/// What the system said, without its number: `No such file or directory`.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.find(" (os error ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

#[test]
fn reasons_have_no_numbers() {
    let error = io::Error::from_raw_os_error(2);
    assert_eq!(reason(&error), "No such file or directory");
    assert_eq!(reason(&io::Error::other("odd")), "odd");
}

#[test]
fn failures_name_what_they_are_about() {
    let failure = Failure::unknown_form("annual_1999", &Grammars::default());
    insta::assert_snapshot!(failure, @"no form has the id `annual_1999`; known are ``");
    let full = || io::Error::from_raw_os_error(28);
    let failure = Failure::output(Some(Path::new("a.json")), full());
    insta::assert_snapshot!(failure, @"cannot write `a.json`: No space left on device");
    let failure = Failure::output(None, full());
    insta::assert_snapshot!(failure, @"cannot write to standard output: No space left on device");
}
