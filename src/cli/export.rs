//! `gongkai export`: reports in, a table for analysis out.
//!
//! Workers read, and encode where a format is text; one thread writes, in the order of the inputs.
//! No writer holds more than a bounded piece of the output.

mod format;
#[cfg(feature = "parquet")]
mod parquet;
mod plain;
#[cfg(feature = "sqlite")]
mod sqlite;
mod writer;

use std::path::Path;

use gongkai::Extraction;
use gongkai::flat::{Shape, dictionary};

use super::failure::Failure;
use super::options::{Inputs, Writing};
use super::pass::Pass;
use super::read::{Reader, Unreadable};
use super::resume::{self, Seen};
use super::style::Style;
use format::{Format, Plain};
use writer::{Table, Writer};

/// What the command does, by what this program writes.
pub(crate) const ABOUT: &str = match (cfg!(feature = "parquet"), cfg!(feature = "sqlite")) {
    (true, true) => "Write what is read from reports as a table: CSV, Parquet, SQLite",
    (true, false) => "Write what is read from reports as a table: CSV, Parquet",
    (false, true) => "Write what is read from reports as a table: CSV, SQLite",
    (false, false) => "Write what is read from reports as a table: CSV, JSON Lines",
};

/// Arguments of `gongkai export`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    manner: Manner,
    #[command(flatten)]
    pub(crate) writing: Writing,
}

/// What table, and how it is written.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Output")]
struct Manner {
    /// One row a report, one column a cell of the forms
    #[arg(long, group = "shape")]
    wide: bool,
    /// One row a report, one column for each cell that the forms have in common
    #[arg(long, group = "shape")]
    panel: bool,
    /// Describe the columns and cells of all forms; reads no input
    #[arg(long, group = "shape")]
    dictionary: bool,
    /// Format, if FILE does not end in its name [default: csv]
    #[arg(long, value_enum, hide_possible_values = true)]
    #[arg(value_name = format::WRITTEN)]
    format: Option<Format>,
    /// Begin csv or tsv with a byte order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
}

/// Reads the inputs and writes a table of them.
///
/// # Errors
///
/// Wrong usage, and output that cannot be written.
pub(crate) fn run(args: &Args, style: Style) -> Result<u8, Failure> {
    let path = args.writing.target.destination.path();
    let format = Format::of(args.manner.format, path)?;
    let plain = format.plain(args.manner.bom)?;
    if args.manner.dictionary {
        return describe(args, format, plain, path);
    }
    let pass = Pass::new(&args.inputs, &args.writing, style)?;
    let grammars = pass.reader().grammars();
    let (shape, name) = match (args.manner.wide, args.manner.panel) {
        (true, _) => (Shape::wide(grammars), "reports"),
        (_, true) => (Shape::panel(grammars), "panel"),
        _ => (Shape::flat(), "cells"),
    };
    let table = Table {
        name,
        fields: shape.fields(),
    };
    let earlier = resume::earlier(args.writing.batch.resume, path)?;
    let (mut writer, seen) = match earlier {
        Some(earlier) => Writer::resume(format, plain, table, earlier)?,
        None => (Writer::create(format, plain, table, path)?, Seen::default()),
    };
    let single = pass.walk.is_single();
    let busy = writer.is_terminal();
    let work =
        |read: Result<Extraction, &Unreadable>| read.ok().map(|read| encode(&shape, plain, read));
    let ran = pass.run(&seen, busy, work, |rows, _| match rows {
        None => Ok(()),
        Some(Rows::Encoded(bytes)) => writer.bytes(&bytes),
        Some(Rows::Read(read)) => shape.rows(&read, |values| writer.row(values)),
    });
    match ran {
        // The message is all there is to say of a single input: not even a header.
        Ok(summary) if single && summary.code() == 2 => {
            writer.discard();
            Ok(2)
        }
        Ok(summary) => {
            writer.finish()?;
            summary.tell(style);
            Ok(summary.code())
        }
        Err(failure) => {
            writer.discard();
            Err(failure)
        }
    }
}

/// The rows of an input, on their way to the writer.
enum Rows {
    Encoded(Vec<u8>),
    Read(Box<Extraction>),
}

fn encode(shape: &Shape, plain: Option<Plain>, read: Extraction) -> Rows {
    let Some(plain) = plain else {
        return Rows::Read(Box::new(read));
    };
    let fields = shape.fields();
    let mut bytes = Vec::new();
    let Ok(()) = shape.rows(&read, |values| {
        plain.row(&fields, values, &mut bytes);
        Ok::<(), std::convert::Infallible>(())
    });
    Rows::Encoded(bytes)
}

/// Writes the data dictionary.
fn describe(
    args: &Args,
    format: Format,
    plain: Option<Plain>,
    path: Option<&Path>,
) -> Result<u8, Failure> {
    let batch = &args.writing.batch;
    let needless = match args.inputs.inputs.first() {
        Some(input) => Some(input.display().to_string()),
        None if batch.resume => Some("--resume".to_owned()),
        None => batch.list.as_ref().map(|_| "--list".to_owned()),
    };
    if let Some(needless) = needless {
        let message = format!("`--dictionary` reads no input: leave out `{needless}`");
        return Err(Failure::Usage(message));
    }
    let reader = Reader::new(&args.inputs, args.writing.texts.offsets.into())?;
    let table = Table {
        name: "dictionary",
        fields: dictionary::Entry::fields(),
    };
    let mut writer = Writer::create(format, plain, table, path)?;
    for entry in dictionary::entries(reader.grammars()) {
        writer.row(&entry.values())?;
    }
    writer.finish()?;
    Ok(0)
}
