//! What an output has already, by the content of the inputs it was made of.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use gongkai::extraction::Offsets;
use serde::Deserialize;
use serde::de::IgnoredAny;
use sha2::{Digest, Sha256};

use super::failure::{Failure, reason};

/// Inputs that must bear out the offsets of an output before no more are asked.
const ENOUGH: usize = 100;

/// What an output has, by the SHA-256 of the contents it was made of.
#[derive(Debug, Default)]
pub(super) struct Seen {
    contents: HashMap<[u8; 32], Known>,
    /// How many inputs bore out that the output has the offsets that are asked for now.
    borne_out: AtomicUsize,
}

/// What an output says of one content.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Why it was not recognised, if it was not.
    pub(super) why: Option<String>,
    /// The farthest end of its cells; none where the output has no spans.
    pub(super) end: Option<i64>,
}

impl Seen {
    /// What is known of a content.
    pub(super) fn get(&self, content: &[u8]) -> Option<&Known> {
        if self.contents.is_empty() {
            return None;
        }
        self.contents
            .get(&<[u8; 32]>::from(Sha256::digest(content)))
    }

    /// Adds what a row or document says, by its SHA-256 in hexadecimal; `None` where that is none.
    pub(super) fn add(&mut self, hexadecimal: &str, said: Known) -> Option<()> {
        let mut hash = [0; 32];
        if hexadecimal.len() != 64 {
            return None;
        }
        for (at, byte) in hash.iter_mut().enumerate() {
            let digits = hexadecimal.get(2 * at..2 * at + 2)?;
            *byte = u8::from_str_radix(digits, 16).ok()?;
        }
        let known = self.contents.entry(hash).or_default();
        known.end = known.end.max(said.end);
        known.why = said.why.or(known.why.take());
        Some(())
    }

    /// The offsets that the output has, where its spans of a content are those of other offsets
    /// than `asked`. `read` gives the farthest end of its cells with some offsets.
    ///
    /// A table does not say what its offsets count, but an input that is in it shows it.
    pub(super) fn other_offsets(
        &self,
        known: &Known,
        asked: Offsets,
        read: impl Fn(Offsets) -> Option<i64>,
    ) -> Option<Offsets> {
        let end = known.end?;
        if self.borne_out.load(Ordering::Relaxed) >= ENOUGH {
            return None;
        }
        if read(asked) == Some(end) {
            self.borne_out.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        // Where none fits, another form or program has written it.
        let mut others = [Offsets::Byte, Offsets::Char, Offsets::Utf16].into_iter();
        others.find(|other| *other != asked && read(*other) == Some(end))
    }
}

/// The file to go on with: none where it is not asked for, not there or empty.
///
/// # Errors
///
/// Standard output, which has nothing yet.
pub(super) fn earlier(resume: bool, path: Option<&Path>) -> Result<Option<&Path>, Failure> {
    if resume && path.is_none() {
        let message = "`--resume` needs a file to go on with: name one with `-o FILE`";
        return Err(Failure::Usage(message.to_owned()));
    }
    let begun = |path: &Path| {
        let metadata = path.metadata();
        metadata.is_ok_and(|metadata| metadata.is_file() && metadata.len() > 0)
    };
    Ok(path.filter(|path| resume && begun(path)))
}

/// An output that is not what would be written now.
pub(super) fn refused(path: &Path, why: impl std::fmt::Display) -> Failure {
    Failure::Usage(format!(
        "cannot resume `{}`: {why}; name another file, or leave out `--resume` to write it anew",
        path.display()
    ))
}

/// What is wrong with an output whose offsets count something else.
pub(super) fn written_with(offsets: impl std::fmt::Display) -> String {
    format!("was written with `--offsets {offsets}`")
}

/// Copies the lines of `path` that `known` tells the content of to `out`.
///
/// Of each line `known` gives the SHA-256 and what is said of the content, nothing for a line to
/// leave out, or what is wrong.
///
/// # Errors
///
/// A file that cannot be read, or is not what would be written now, and output that cannot be
/// written.
pub(super) fn lines(
    path: &Path,
    out: &mut dyn Write,
    known: impl Fn(&[u8]) -> Result<Option<(String, Known)>, String>,
) -> Result<Seen, Failure> {
    let mut seen = Seen::default();
    let file = File::open(path).map_err(|error| refused(path, reason(&error)))?;
    let mut file = BufReader::new(file);
    let (mut line, mut number) = (Vec::new(), 0_usize);
    loop {
        line.clear();
        number += 1;
        let read = file.read_until(b'\n', &mut line);
        if read.map_err(|error| refused(path, reason(&error)))? == 0 {
            return Ok(seen);
        }
        let wrong = |why: &str| refused(path, format!("line {number} {why}"));
        let Some((hash, known)) = known(&line).map_err(|why| wrong(&why))? else {
            continue;
        };
        seen.add(&hash, known)
            .ok_or_else(|| wrong("has no SHA-256"))?;
        if !line.ends_with(b"\n") {
            line.push(b'\n');
        }
        let written: io::Result<()> = out.write_all(&line);
        written.map_err(|error| Failure::output(Some(path), error))?;
    }
}

/// What must be known of a document to go on behind it.
#[derive(Debug, Deserialize)]
struct Document {
    schema: String,
    source: Source,
    form: Option<IgnoredAny>,
    diagnostics: Vec<Diagnostic>,
}

#[derive(Debug, Deserialize)]
struct Diagnostic {
    severity: String,
    message: String,
}

impl Document {
    /// Why it was not recognised, if it was not.
    fn why(self) -> Option<String> {
        if self.form.is_some() {
            return None;
        }
        let mut notes = self.diagnostics.into_iter();
        let why = notes.find(|note| note.severity == "error");
        Some(why.map_or_else(String::new, |note| note.message))
    }
}

#[derive(Debug, Deserialize)]
struct Source {
    sha256: Option<String>,
    offsets: String,
}

/// Copies the documents of `parse`; those of inputs that could not be read are left out, for they
/// are read again.
///
/// # Errors
///
/// As [`lines`].
pub(super) fn documents(
    path: &Path,
    offsets: Offsets,
    out: &mut dyn Write,
) -> Result<Seen, Failure> {
    let offsets = serde_json::to_value(offsets).unwrap_or_default();
    lines(path, out, |line| {
        let document: Document =
            serde_json::from_slice(line).map_err(|_| "is no document of `gongkai parse`")?;
        if document.schema != gongkai::extraction::SCHEMA {
            return Err(format!("is of the schema `{}`", document.schema));
        }
        if offsets != document.source.offsets.as_str() {
            return Err(written_with(document.source.offsets));
        }
        let Some(hash) = document.source.sha256.clone() else {
            return Ok(None);
        };
        let known = Known {
            why: document.why(),
            end: None,
        };
        Ok(Some((hash, known)))
    })
}

#[test]
fn a_content_is_known_by_its_hash() {
    let mut seen = Seen::default();
    assert!(seen.get(b"").is_none());
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let mut add = |hash: &str, end| {
        let known = Known { why: None, end };
        seen.add(hash, known)
    };
    assert_eq!(add(empty, Some(7)), Some(()));
    assert_eq!(add(empty, None), Some(()));
    assert_eq!(add(&empty[1..], None), None);
    assert_eq!(add(&empty.replace('e', "-"), None), None);
    assert_eq!(seen.get(b"").unwrap().end, Some(7));
    assert!(seen.get(b"a").is_none());
}
