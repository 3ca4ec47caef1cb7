//! Where the output goes: standard output, or a file that appears when it is complete.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::Failure;

/// One buffer over many small documents.
const BUFFER: usize = 1 << 16;

/// An open output.
#[derive(Debug)]
pub(crate) struct Output {
    /// As the user named it; none for standard output.
    path: Option<PathBuf>,
    to: To,
}

#[derive(Debug)]
enum To {
    Stdout(BufWriter<StdoutLock<'static>>),
    /// What cannot be replaced: a device, a pipe.
    Device(BufWriter<File>),
    /// A file beside the final one, and what it will be called.
    Beside(BufWriter<NamedTempFile>, PathBuf),
}

impl Output {
    /// Opens a file, or standard output.
    ///
    /// # Errors
    ///
    /// A folder that is not there or may not be written to.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let to = match path {
            None => To::Stdout(BufWriter::with_capacity(BUFFER, io::stdout().lock())),
            Some(path) => file(path).map_err(|error| Failure::output(Some(path), error))?,
        };
        let path = path.map(Path::to_path_buf);
        Ok(Self { path, to })
    }

    /// Whether somebody reads the output as it is written.
    pub(crate) fn is_terminal(&self) -> bool {
        matches!(self.to, To::Stdout(_)) && io::stdout().is_terminal()
    }

    /// A failure to write here.
    pub(crate) fn failure(&self, error: io::Error) -> Failure {
        Failure::output(self.path.as_deref(), error)
    }

    /// Leaves a file as it was, and standard output without what is buffered.
    pub(crate) fn discard(self) {
        if let To::Stdout(out) = self.to {
            let _ = out.into_parts();
        }
    }

    /// Writes what is buffered and gives a file its name.
    ///
    /// # Errors
    ///
    /// A full disk, a closed pipe.
    pub(crate) fn finish(self) -> Result<(), Failure> {
        let done = match self.to {
            To::Stdout(mut out) => out.flush(),
            To::Device(mut out) => out.flush(),
            To::Beside(out, target) => match out.into_inner() {
                Ok(file) => file.persist(target).map(drop).map_err(|error| error.error),
                Err(error) => Err(error.into_error()),
            },
        };
        done.map_err(|error| Failure::output(self.path.as_deref(), error))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.to {
            To::Stdout(out) => out.write(bytes),
            To::Device(out) => out.write(bytes),
            To::Beside(out, _) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Stdout(out) => out.flush(),
            To::Device(out) => out.flush(),
            To::Beside(out, _) => out.flush(),
        }
    }
}

fn file(path: &Path) -> io::Result<To> {
    match path.metadata() {
        Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        // To rename a file over /dev/null would do harm.
        Ok(metadata) if !metadata.is_file() => {
            let device = File::options().write(true).open(path)?;
            return Ok(To::Device(BufWriter::with_capacity(BUFFER, device)));
        }
        // To rename a file over one that may not be written to would go round that.
        Ok(_) => drop(File::options().append(true).open(path)?),
        Err(_) => {}
    }
    // A link stays a link: what it points to is replaced.
    let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
    let folder = match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    // Hidden, so that no walk takes it for a report.
    builder.prefix(".gongkai-");
    readable(&mut builder);
    let beside = builder.tempfile_in(folder)?;
    Ok(To::Beside(BufWriter::with_capacity(BUFFER, beside), target))
}

/// As readable as any other file the user makes: a temporary file is for its owner alone.
#[cfg(unix)]
fn readable(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt;
    builder.permissions(std::fs::Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn readable(_: &mut tempfile::Builder<'_, '_>) {}
