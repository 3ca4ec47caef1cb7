//! Ctrl-C, SIGTERM and a closed terminal: what is half written is taken away before the program
//! ends.

use std::io;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

/// Files that are being written, none of them under its final name.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// An unfinished file that is taken away if the program is interrupted, as long as this lives.
#[derive(Debug)]
pub(super) struct Unfinished(PathBuf);

/// Makes a file that an interruption takes away.
///
/// # Errors
///
/// Those of `make`, and no signals to be had.
pub(super) fn unfinished(
    make: impl FnOnce() -> io::Result<NamedTempFile>,
) -> io::Result<(NamedTempFile, Unfinished)> {
    // Held while the file is made: a signal in between waits, and finds the file.
    let mut files = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
    watch()?;
    let file = make()?;
    files.push(file.path().to_path_buf());
    let path = file.path().to_path_buf();
    Ok((file, Unfinished(path)))
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        let mut files = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|path: &PathBuf| *path != self.0);
    }
}

/// Starts to wait for signals, once.
#[cfg(unix)]
fn watch() -> io::Result<()> {
    use std::sync::OnceLock;

    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;
    use signal_hook::low_level::emulate_default_handler;

    static WATCHED: OnceLock<()> = OnceLock::new();
    if WATCHED.get().is_some() {
        return Ok(());
    }
    let mut wanted = vec![SIGINT, SIGTERM];
    // `nohup` has it ignored, and that stays so. Where this cannot be told, it is left alone.
    if ignored().is_some_and(|ignored| ignored >> (SIGHUP - 1) & 1 == 0) {
        wanted.push(SIGHUP);
    }
    let mut signals = Signals::new(wanted)?;
    let waiting = std::thread::Builder::new().spawn(move || {
        if let Some(signal) = signals.forever().next() {
            // Kept locked: no file is begun any more.
            let files = UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner);
            for path in files.iter() {
                let _ = std::fs::remove_file(path);
            }
            // Ends as if nobody had waited: shells know by the signal to stop their loops, and
            // show 129, 130 or 143.
            let _ = emulate_default_handler(signal);
        }
    });
    waiting?;
    let _ = WATCHED.set(());
    Ok(())
}

/// The signals that this program was started to ignore, the first in the lowest bit; none where the
/// system does not say.
#[cfg(unix)]
fn ignored() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let mask = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))?;
    u64::from_str_radix(mask.trim(), 16).ok()
}

#[cfg(not(unix))]
fn watch() -> io::Result<()> {
    Ok(())
}
