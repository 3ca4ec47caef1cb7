//! `gongkai parse`: reports in, JSON out.

mod summary;
mod unreadable;

use std::io::{self, Write};

use gongkai::Extraction;
use gongkai::convert::{Converter, Phrases};

use super::batch;
use super::failure::Failure;
use super::input::{Input, Walk};
use super::options::{Inputs, Look, Offsets, Target, To};
use super::output::Output;
use super::progress::Progress;
use super::read::{Reader, Unreadable};
use super::script;
use super::style::Style;
use summary::Summary;

/// Arguments of `gongkai parse`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    target: Target,
    /// Script of every text in the output
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    #[arg(value_name = "source|hans|hant|tw|hk", help_heading = "Output")]
    to: To,
    /// What the offsets of spans count
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    #[arg(value_name = "byte|char|utf16", help_heading = "Output")]
    offsets: Offsets,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// What became of one input.
struct Outcome {
    /// The document and a line end.
    json: Vec<u8>,
    result: Outcomes,
}

/// What the summary counts.
enum Outcomes {
    Read {
        /// Id of the form that was recognised.
        form: Option<String>,
        /// Whether a diagnostic is more than a note.
        warned: bool,
    },
    /// Why it could not be read.
    Unreadable(String),
}

/// Reads the inputs and writes a document for each.
///
/// # Errors
///
/// Wrong usage, and output that cannot be written.
pub(crate) fn run(args: &Args, style: Style) -> Result<u8, Failure> {
    let reader = Reader::new(&args.inputs, args.offsets.into())?;
    let converter = match args.to.target() {
        Some(target) => Some(Converter::new(target, Phrases::genre())?),
        None => None,
    };
    let path = args.target.output.as_deref();
    let walk = Walk::new(&args.inputs.inputs, &args.inputs.glob, path)?;
    let mut output = Output::open(path)?;
    let single = walk.is_single();
    let indented = single && output.is_terminal();
    let progress = Progress::new(args.target.progress, &walk, output.is_terminal());
    let jobs = if single { 1 } else { args.inputs.jobs() };
    let work = |input: Input, buffer: &mut Vec<u8>| {
        let extraction = reader.read(input, buffer).map(|mut extraction| {
            if let Some(converter) = &converter {
                script::convert(&mut extraction, converter);
            }
            extraction
        });
        outcome(extraction, reader.options().offsets, indented)
    };
    let summary = batch::ordered(walk, jobs, work, |outcomes| {
        let mut summary = Summary::default();
        for outcome in outcomes {
            let outcome = outcome.map_err(|error| output.failure(error))?;
            if let Outcomes::Unreadable(message) = &outcome.result {
                progress.line(&style.error(message));
            }
            // The message is all there is to say of a single input.
            if !(single && matches!(outcome.result, Outcomes::Unreadable(_))) {
                let written = output.write_all(&outcome.json);
                written.map_err(|error| output.failure(error))?;
            }
            summary.count(outcome.result);
            progress.step();
        }
        Ok::<_, Failure>(summary)
    })?;
    progress.finish();
    if summary.is_empty() {
        return Err(Failure::no_input());
    }
    if !(single && summary.code() == 2) {
        output.finish()?;
    }
    if !single {
        progress.line(&format!("gongkai: {summary}"));
    }
    Ok(summary.code())
}

fn outcome(
    read: Result<Extraction, Unreadable>,
    offsets: gongkai::extraction::Offsets,
    indented: bool,
) -> io::Result<Outcome> {
    let mut json = Vec::new();
    let result = match read {
        Ok(extraction) => {
            if indented {
                serde_json::to_writer_pretty(&mut json, &extraction)?;
            } else {
                serde_json::to_writer(&mut json, &extraction)?;
            }
            let notes = &extraction.diagnostics;
            let warned = notes
                .iter()
                .any(|note| note.severity > gongkai::extraction::Severity::Note);
            let form = extraction.form.map(|form| form.id);
            Outcomes::Read { form, warned }
        }
        Err(error) => {
            let document = unreadable::document(&error, offsets);
            serde_json::to_writer(&mut json, &document)?;
            Outcomes::Unreadable(error.message())
        }
    };
    json.push(b'\n');
    Ok(Outcome { json, result })
}
