//! Where the output goes: standard output, or a file that appears when it is complete.

use std::fs::{File, Permissions};
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::Failure;
use super::interrupt::{Unfinished, unfinished};

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
    Stdout(BufWriter<Stdout>),
    /// What cannot be replaced: a device, a pipe.
    Device(BufWriter<File>),
    Beside(BufWriter<Beside>),
}

/// A file beside the final one.
#[derive(Debug)]
pub(crate) struct Beside {
    file: NamedTempFile,
    /// What it will be called.
    target: PathBuf,
    /// Those of the file that it takes the place of.
    permissions: Option<Permissions>,
    _unfinished: Unfinished,
}

impl Output {
    /// Opens a file, or standard output.
    ///
    /// # Errors
    ///
    /// A folder that is not there or may not be written to.
    pub(crate) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let to = match path {
            None => To::Stdout(BufWriter::with_capacity(BUFFER, io::stdout())),
            Some(path) => open(path).map_err(|error| Failure::output(Some(path), error))?,
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
            To::Beside(out) => match out.into_inner() {
                Ok(beside) => beside.publish(),
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
            To::Beside(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Stdout(out) => out.flush(),
            To::Device(out) => out.flush(),
            To::Beside(out) => out.flush(),
        }
    }
}

impl Beside {
    /// A new file in the folder of `path`, which is a file or will be one.
    ///
    /// # Errors
    ///
    /// `path` is a folder or may not be written to; its folder is not there or may not be written to.
    pub(crate) fn new(path: &Path) -> io::Result<Self> {
        let old = path.metadata();
        match &old {
            Ok(metadata) if metadata.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            // Its folder may allow to replace it, but somebody said that it is to stay.
            Ok(metadata) if metadata.permissions().readonly() => {
                return Err(io::ErrorKind::PermissionDenied.into());
            }
            Err(_) if path.to_string_lossy().ends_with(std::path::is_separator) => {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            _ => {}
        }
        // A link stays a link: what it points to is replaced.
        let target = path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let folder = match target.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if !folder.exists() {
            let message = format!("there is no folder `{}`", folder.display());
            return Err(io::Error::new(io::ErrorKind::NotFound, message));
        }
        let mut builder = tempfile::Builder::new();
        // Hidden, so that no walk takes it for a report.
        builder.prefix(".gongkai-");
        let permissions = old.ok().map(|metadata| metadata.permissions());
        restrict(&mut builder, permissions.as_ref());
        let (file, _unfinished) = unfinished(|| builder.tempfile_in(folder))?;
        Ok(Self {
            file,
            target,
            permissions,
            _unfinished,
        })
    }

    /// Where it is for now.
    #[cfg(feature = "sqlite")]
    pub(crate) fn path(&self) -> &Path {
        self.file.path()
    }

    /// Gives it its name.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub(crate) fn publish(self) -> io::Result<()> {
        if let Some(permissions) = self.permissions {
            self.file.as_file().set_permissions(permissions)?;
        }
        let done = self.file.persist(self.target);
        done.map(drop).map_err(|error| error.error)
    }
}

impl Write for Beside {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Refuses to write one file twice.
///
/// # Errors
///
/// What was written first would be lost.
pub(crate) fn apart(first: Option<&Path>, second: Option<&Path>) -> Result<(), Failure> {
    let same = |first: &Path, second: &Path| {
        let real = first.canonicalize().ok();
        first == second || real.is_some() && real == second.canonicalize().ok()
    };
    match first.zip(second) {
        Some((first, second)) if same(first, second) && !is_device(first) => {
            let path = second.display();
            let message = format!("`{path}` is named for two outputs: give each a file of its own");
            Err(Failure::Usage(message))
        }
        _ => Ok(()),
    }
}

/// Whether `path` is something that cannot be replaced: to rename a file over /dev/null would do
/// harm.
pub(crate) fn is_device(path: &Path) -> bool {
    let metadata = path.metadata();
    metadata.is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir())
}

fn open(path: &Path) -> io::Result<To> {
    if is_device(path) {
        let device = File::options().write(true).open(path)?;
        return Ok(To::Device(BufWriter::with_capacity(BUFFER, device)));
    }
    let beside = Beside::new(path)?;
    Ok(To::Beside(BufWriter::with_capacity(BUFFER, beside)))
}

/// As readable as any other file the user makes, where a temporary file is for its owner alone; but
/// never more so than the file that it takes the place of.
#[cfg(unix)]
fn restrict(builder: &mut tempfile::Builder<'_, '_>, old: Option<&Permissions>) {
    use std::os::unix::fs::PermissionsExt;
    let mode = old.map_or(0o666, |old| old.mode() & 0o666 | 0o600);
    builder.permissions(Permissions::from_mode(mode));
}

#[cfg(not(unix))]
fn restrict(_: &mut tempfile::Builder<'_, '_>, _: Option<&Permissions>) {}
