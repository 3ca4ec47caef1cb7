//! `gongkai parse`: reports in, JSON out.

use std::io::{self, Write};

use gongkai::Extraction;
use gongkai::extraction::Offsets;

use super::failure::Failure;
use super::options::{Inputs, Writing};
use super::output::Output;
use super::pass::{Fate, Pass};
use super::read::Unreadable;
use super::resume::{self, Seen};
use super::style::Style;
use super::unreadable;

/// Arguments of `gongkai parse`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// Reads the inputs and writes a document for each.
///
/// # Errors
///
/// Wrong usage, and output that cannot be written.
pub(crate) fn run(args: &Args, style: Style) -> Result<u8, Failure> {
    let Args { inputs, writing } = args;
    let pass = Pass::new(inputs, writing, style)?;
    let offsets = writing.texts.offsets.into();
    let path = writing.target.destination.path();
    let mut output = Output::open(path)?;
    let seen = match resume::earlier(writing.batch.resume, path)? {
        Some(path) => resume::documents(path, offsets, &mut output)?,
        None => Seen::default(),
    };
    let single = pass.walk.is_single();
    let busy = output.is_terminal();
    let indented = single && busy;
    let summary = pass.run(
        &seen,
        busy,
        |read| document(read, offsets, indented),
        |document, fate| {
            // The message is all there is to say of a single input.
            if single && matches!(fate, Fate::Unreadable(_)) {
                return Ok(());
            }
            let written = document.and_then(|document| output.write_all(&document));
            written.map_err(|error| output.failure(error))
        },
    )?;
    if !(single && summary.code() == 2) {
        output.finish()?;
    }
    summary.tell(style);
    Ok(summary.code())
}

/// The document of an input, and a line end.
fn document(
    read: Result<Extraction, &Unreadable>,
    offsets: Offsets,
    indented: bool,
) -> io::Result<Vec<u8>> {
    let mut json = match read {
        Ok(extraction) if indented => serde_json::to_string_pretty(&extraction)?,
        Ok(extraction) => extraction.to_json()?,
        Err(error) => serde_json::to_string(&unreadable::document(error, offsets))?,
    };
    json.push('\n');
    Ok(json.into_bytes())
}
