//! What an output has already, by the content of the inputs it was made of.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::failure::{Failure, reason};

/// SHA-256 of contents.
#[derive(Debug, Default)]
pub(super) struct Seen(HashSet<[u8; 32]>);

impl Seen {
    /// Whether the content is known.
    pub(super) fn has(&self, content: &[u8]) -> bool {
        !self.0.is_empty() && self.0.contains(&<[u8; 32]>::from(Sha256::digest(content)))
    }

    /// Adds a content by its SHA-256 in hexadecimal; `None` where that is none.
    pub(super) fn add(&mut self, hexadecimal: &str) -> Option<()> {
        let mut hash = [0; 32];
        if hexadecimal.len() != 64 {
            return None;
        }
        for (at, byte) in hash.iter_mut().enumerate() {
            let digits = hexadecimal.get(2 * at..2 * at + 2)?;
            *byte = u8::from_str_radix(digits, 16).ok()?;
        }
        self.0.insert(hash);
        Some(())
    }
}

/// The file to go on with: none where it is not asked for, or not there.
pub(super) fn earlier(resume: bool, path: Option<&Path>) -> Option<&Path> {
    path.filter(|path| resume && path.is_file())
}

/// An output that is not what would be written now.
pub(super) fn refused(path: &Path, why: impl std::fmt::Display) -> Failure {
    Failure::Usage(format!("cannot resume `{}`: {why}", path.display()))
}

/// Copies the lines of `path` that `hash` tells the content of to `out`.
///
/// Of each line `hash` gives the SHA-256, nothing for a line to leave out, or what is wrong.
///
/// # Errors
///
/// A file that cannot be read, or is not what would be written now, and output that cannot be
/// written.
pub(super) fn lines(
    path: &Path,
    out: &mut dyn Write,
    hash: impl Fn(&[u8]) -> Result<Option<String>, String>,
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
        let Some(hash) = hash(&line).map_err(|why| wrong(&why))? else {
            continue;
        };
        seen.add(&hash).ok_or_else(|| wrong("has no SHA-256"))?;
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
    offsets: gongkai::extraction::Offsets,
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
            let offsets = document.source.offsets;
            return Err(format!("was written with `--offsets {offsets}`"));
        }
        Ok(document.source.sha256)
    })
}

#[test]
fn a_content_is_known_by_its_hash() {
    let mut seen = Seen::default();
    assert!(!seen.has(b""));
    let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_eq!(seen.add(empty), Some(()));
    assert!(seen.has(b"") && !seen.has(b"a"));
    assert_eq!(seen.add(&empty[1..]), None);
    assert_eq!(seen.add(&empty.replace('e', "-")), None);
}
