//! The list of inputs that were not read: name, what is wrong, why; tab-separated.

use std::path::{Path, PathBuf};

use super::Fate;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::style::shown;

/// A list that is being written, if one was asked for.
pub(super) struct List(Option<(PathBuf, csv::Writer<Output>)>);

impl List {
    /// Begins the list.
    ///
    /// # Errors
    ///
    /// A folder that is not there or may not be written to.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self(None));
        };
        let mut writer = csv::WriterBuilder::new();
        let writer = writer
            .delimiter(b'\t')
            .from_writer(Output::open(Some(path))?);
        Ok(Self(Some((path.to_path_buf(), writer))))
    }

    /// Adds an input, if it belongs here.
    ///
    /// # Errors
    ///
    /// A full disk.
    pub(super) fn add(&mut self, fate: &Fate) -> Result<(), Failure> {
        let Some((path, writer)) = &mut self.0 else {
            return Ok(());
        };
        let line = match fate {
            Fate::Read {
                name,
                form: None,
                why,
                ..
            }
            | Fate::Skipped {
                name,
                why: Some(why),
            } => [name.as_str(), "not recognised", why.as_str()],
            Fate::Unreadable(error) => [error.name.as_str(), "unreadable", error.reason.as_str()],
            Fate::Read { .. } | Fate::Skipped { .. } | Fate::Counted(_) => return Ok(()),
        };
        // One a line, whatever an input is called.
        let line = line.map(shown);
        let written = writer.write_record(line);
        written.map_err(|error| Failure::output(Some(path), error.into()))
    }

    /// Gives the list its name.
    ///
    /// # Errors
    ///
    /// A full disk.
    pub(super) fn finish(self) -> Result<(), Failure> {
        let Some((path, writer)) = self.0 else {
            return Ok(());
        };
        match writer.into_inner() {
            Ok(output) => output.finish(),
            Err(error) => Err(Failure::output(Some(&path), error.into_error())),
        }
    }
}
