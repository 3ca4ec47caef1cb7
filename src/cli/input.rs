//! What the user named -> the inputs to read, one after the other.
//!
//! Folders are walked as their files are asked for: a folder's names are held while it is walked,
//! never the paths of all.

mod earlier;

use std::ffi::{OsStr, OsString};
use std::fs::{DirEntry, FileType};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::vec;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::failure::Failure;

/// One thing to read.
#[derive(Debug)]
pub(crate) enum Input {
    /// Standard input.
    Stdin,
    /// A file, or what was taken for one.
    File(PathBuf),
    /// A folder that cannot be walked.
    Broken(PathBuf, io::Error),
}

/// The inputs in order: as named, folders sorted by path.
#[derive(Debug, Clone)]
pub(crate) struct Walk {
    named: vec::IntoIter<PathBuf>,
    /// Folders that are being walked, the innermost last.
    open: Vec<Folder>,
    /// Files to read of folders; none for all.
    filter: Option<GlobSet>,
    /// Files that are written, which are no input.
    outputs: Vec<PathBuf>,
    single: bool,
}

#[derive(Debug, Clone)]
struct Folder {
    path: PathBuf,
    /// How many components of `path` lead to the folder that was named.
    root: usize,
    rest: vec::IntoIter<(OsString, Kind)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

impl Walk {
    /// The inputs of some paths; of no path, standard input.
    ///
    /// # Errors
    ///
    /// A pattern that is none, `-` twice, an input that would be written over, and a terminal as
    /// input, where nobody would know what is waited for.
    pub(crate) fn new(
        paths: &[PathBuf],
        patterns: &[String],
        outputs: &[Option<&Path>],
    ) -> Result<Self, Failure> {
        let stdin = Path::new("-");
        if paths.iter().filter(|path| *path == stdin).count() > 1 {
            return Err(Failure::Usage("`-` is named twice".to_owned()));
        }
        if paths.is_empty() {
            piped()?;
        }
        let named = match paths {
            [] => vec![stdin.to_path_buf()],
            paths => paths.to_vec(),
        };
        let given: Vec<&Path> = outputs.iter().flatten().copied().collect();
        let outputs = spared(&named, &given)?;
        let walk = Self {
            single: matches!(named.as_slice(), [path] if !path.is_dir()),
            named: named.clone().into_iter(),
            open: Vec::new(),
            filter: filter(patterns)?,
            outputs,
        };
        let lost = |path: &&&Path| {
            let real = path.canonicalize().unwrap_or_default();
            walk.would_read(&real, &named) && !earlier::is_output(&real)
        };
        if let Some(path) = given.iter().find(lost) {
            let path = path.display();
            let message = format!(
                "`{path}` is an input, for it lies in a folder that is read: name another file to \
                 write, or remove it first"
            );
            return Err(Failure::Usage(message));
        }
        Ok(walk)
    }

    /// Whether this is one document, not a batch.
    pub(crate) fn is_single(&self) -> bool {
        self.single
    }

    fn enter(&mut self, path: PathBuf, root: usize) -> Option<Input> {
        match entries(&path) {
            Ok(entries) => {
                let rest = entries.into_iter();
                self.open.push(Folder { path, root, rest });
                None
            }
            Err(error) => Some(Input::Broken(path, error)),
        }
    }

    fn is_wanted(&self, path: &Path, root: usize) -> bool {
        let below: PathBuf = path.components().skip(root).collect();
        self.matches(&below) && !self.is_output(path)
    }

    /// Whether the filter lets a path below a folder through.
    fn matches(&self, below: &Path) -> bool {
        let filter = self.filter.as_ref();
        filter.is_none_or(|filter| filter.is_match(below))
    }

    /// Whether a file, by its real path, would be read with a folder, were it not written.
    fn would_read(&self, path: &Path, named: &[PathBuf]) -> bool {
        path.is_file()
            && named.iter().any(|folder| {
                let folder = folder.canonicalize().unwrap_or_default();
                let below = path.strip_prefix(&folder).ok();
                below.is_some_and(|below| {
                    let mut names = below.components();
                    folder.is_dir()
                        && !names.any(|name| is_hidden(name.as_os_str()))
                        && self.matches(below)
                })
            })
    }

    fn is_output(&self, path: &Path) -> bool {
        self.outputs.iter().any(|output| {
            output.file_name() == path.file_name()
                && path.canonicalize().is_ok_and(|path| path == *output)
        })
    }
}

impl Iterator for Walk {
    type Item = Input;

    fn next(&mut self) -> Option<Input> {
        loop {
            let Some(folder) = self.open.last_mut() else {
                let path = self.named.next()?;
                if path == Path::new("-") {
                    return Some(Input::Stdin);
                }
                if !path.is_dir() {
                    return Some(Input::File(path));
                }
                let root = path.components().count();
                match self.enter(path, root) {
                    Some(broken) => return Some(broken),
                    None => continue,
                }
            };
            let root = folder.root;
            match folder.rest.next() {
                None => {
                    self.open.pop();
                }
                Some((name, kind)) => {
                    let path = folder.path.join(name);
                    if kind == Kind::Folder {
                        if let Some(broken) = self.enter(path, root) {
                            return Some(broken);
                        }
                    } else if self.is_wanted(&path, root) {
                        return Some(Input::File(path));
                    }
                }
            }
        }
    }
}

/// The files to be written that are there, by their real paths, none of which is an input.
///
/// # Errors
///
/// An input that would be written over.
pub(crate) fn spared(inputs: &[PathBuf], outputs: &[&Path]) -> Result<Vec<PathBuf>, Failure> {
    let real = |path: &Path| path.canonicalize().ok();
    let outputs: Vec<PathBuf> = outputs.iter().filter_map(|path| real(path)).collect();
    let is_lost = |path: &&PathBuf| {
        !outputs.is_empty()
            && path.is_file()
            && real(path).is_some_and(|path| outputs.contains(&path))
    };
    match inputs.iter().find(is_lost) {
        Some(path) => {
            let path = path.display();
            let message = format!("`{path}` is an input: name another file to write");
            Err(Failure::Usage(message))
        }
        None => Ok(outputs),
    }
}

/// Standard input is read where no input is named.
///
/// # Errors
///
/// A terminal, where nobody would know what is waited for.
pub(crate) fn piped() -> Result<(), Failure> {
    match io::stdin().is_terminal() {
        true => {
            let message = "no input: name files or folders, or pipe a report in";
            Err(Failure::Usage(message.to_owned()))
        }
        false => Ok(()),
    }
}

/// A pattern without `/` is about the name of a file, wherever it lies.
fn filter(patterns: &[String]) -> Result<Option<GlobSet>, Failure> {
    if patterns.is_empty() {
        return Ok(None);
    }
    let wrong = |pattern: &str, error: globset::Error| {
        Failure::Usage(format!("wrong pattern `{pattern}`: {}", error.kind()))
    };
    let mut set = GlobSetBuilder::new();
    for pattern in patterns {
        let below = match pattern.contains('/') {
            true => pattern.clone(),
            false => format!("**/{pattern}"),
        };
        let glob = GlobBuilder::new(&below).literal_separator(true).build();
        set.add(glob.map_err(|error| wrong(pattern, error))?);
    }
    let set = set.build();
    set.map(Some)
        .map_err(|error| wrong(&patterns.join(" "), error))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// Files and folders in a folder, by name; hidden ones are left out.
fn entries(folder: &Path) -> io::Result<Vec<(OsString, Kind)>> {
    let mut entries = Vec::new();
    for entry in folder.read_dir()? {
        let entry = entry?;
        let name = entry.file_name();
        if is_hidden(&name) {
            continue;
        }
        if let Some(kind) = kind(&entry, entry.file_type()?) {
            entries.push((name, kind));
        }
    }
    entries.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    entries.shrink_to_fit();
    Ok(entries)
}

/// A link to a folder is not followed, for it may lead back. A link to nothing is a file that
/// cannot be read, and said to be so. A device is neither file nor folder.
fn kind(entry: &DirEntry, file_type: FileType) -> Option<Kind> {
    if file_type.is_symlink() {
        return match entry.path().metadata() {
            Ok(metadata) => metadata.is_file().then_some(Kind::File),
            Err(_) => Some(Kind::File),
        };
    }
    if file_type.is_dir() {
        return Some(Kind::Folder);
    }
    file_type.is_file().then_some(Kind::File)
}

#[cfg(test)]
mod tests;
