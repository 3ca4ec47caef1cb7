//! `gongkai check`: do the published numbers hold together?
//!
//! In: reports as the library read them. Out: what fails, for people or for machines. Text comes
//! report by report; SARIF is one document and comes at the end.

mod github;
mod json;
mod outcome;
mod place;
mod sarif;
mod text;
mod words;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use gongkai::Source;
use gongkai::check::Years;
use gongkai::convert::Converter;
use gongkai::extraction::{Extraction, Offsets};
use gongkai::form::Grammars;

use super::batch;
use super::failure::Failure;
use super::input::{Input, Walk};
use super::options::{Inputs, Look, Target, Texts};
use super::output::Output;
use super::progress::Progress;
use super::read::{Reader, Unreadable};
use super::remarks;
use super::script;
use super::style::{self, Style};
use outcome::Outcome;
use words::own;

/// What the exit code says; its help has it.
pub(crate) const EXIT_CODES: &str = "Exit codes: 0 no check of severity error failed, and some \
    check could be evaluated; 1 one of severity error failed (with --fail-on warning, one of severity \
    warning or error), or nothing could be checked in any input; 2 wrong usage, unreadable input, \
    bad grammar or output that cannot be written, whatever else there is. A failed check of \
    severity note never counts, nor does an input of no known form among others.";

/// Arguments of `gongkai check`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    inputs: Inputs,
    #[command(flatten)]
    manner: Manner,
    #[command(flatten)]
    target: Target,
    #[command(flatten)]
    texts: Texts,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// How results are given.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Manner {
    /// How to print what was found; json indents the document of a single file, and
    /// is jsonl, a document a line, for a folder or several
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    #[arg(value_name = "text|json|jsonl|sarif|github")]
    pub(crate) format: Format,
    /// The least severity whose failure makes the exit code 1
    #[arg(long, value_enum, default_value_t, hide_possible_values = true)]
    #[arg(value_name = "error|warning")]
    pub(crate) fail_on: FailOn,
}

/// How results are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum Format {
    /// For people
    #[default]
    Text,
    /// One indented document for one file, else one a line
    Json,
    /// One document a line
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub Actions
    Github,
}

impl Format {
    /// Whether it takes messages about inputs, beside what the inputs say.
    fn is_log(self) -> bool {
        matches!(self, Self::Sarif | Self::Github)
    }
}

/// What counts as failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum FailOn {
    /// Numbers that contradict each other
    #[default]
    Error,
    /// Also what is suspicious
    Warning,
}

/// One input, read.
#[derive(Debug, Clone)]
pub(crate) struct Report {
    /// As the user named it.
    pub(crate) name: String,
    /// The file it came from; none for standard input, which can be read but once.
    pub(crate) path: Option<PathBuf>,
    pub(crate) source: Source,
    pub(crate) extraction: Extraction,
}

/// An input that is printed. All of a report is kept only where it cannot be read again: of fifty thousand
/// reports few fail beside another year's.
enum Printed {
    File {
        path: PathBuf,
        sha256: String,
    },
    Whole(Box<Report>),
    /// By its name.
    Unreadable(String),
}

/// The printed inputs, and how one of them is read again.
pub(crate) struct Past<'r> {
    printed: Vec<Printed>,
    again: &'r dyn Fn(&Path) -> Option<Report>,
}

impl Past<'_> {
    /// What an input is called.
    pub(crate) fn name(&self, at: usize) -> String {
        match self.printed.get(at) {
            Some(Printed::File { path, .. }) => path.display().to_string(),
            Some(Printed::Whole(report)) => report.name.clone(),
            Some(Printed::Unreadable(name)) => name.clone(),
            None => String::new(),
        }
    }

    /// A report; none if its file is gone or is another by now.
    pub(crate) fn report(&self, at: usize) -> Option<Report> {
        match self.printed.get(at)? {
            Printed::Whole(report) => Some(report.as_ref().clone()),
            Printed::Unreadable(_) => None,
            Printed::File { path, sha256 } => {
                let report = (self.again)(path)?;
                (report.extraction.source.sha256 == *sha256).then_some(report)
            }
        }
    }

    fn push(&mut self, report: Report) {
        self.printed.push(match &report.path {
            Some(path) => Printed::File {
                path: path.clone(),
                sha256: report.extraction.source.sha256,
            },
            None => Printed::Whole(Box::new(report)),
        });
    }
}

/// Reads the inputs and prints what their checks say.
///
/// # Errors
///
/// Wrong usage, and output that cannot be written.
pub(crate) fn command(args: &Args, style: Style) -> Result<u8, Failure> {
    let offsets = args.texts.offsets.into();
    let reader = Reader::new(&args.inputs, offsets)?;
    let converter = args.texts.converter()?;
    let converter = converter.as_ref();
    let path = args.target.destination.path();
    let walk = Walk::new(&args.inputs.inputs, &args.inputs.glob, &[path])?;
    let mut output = Output::open(path)?;
    let styled = path.is_none() && style.colors_stdout();
    let progress = Progress::new(args.target.progress, &walk, output.is_terminal());
    let jobs = if walk.is_single() {
        1
    } else {
        args.inputs.jobs()
    };
    let work = |input: Input, buffer: &mut Vec<u8>| read(&reader, converter, input, buffer);
    let single = walk.is_single();
    let mut remarks = Vec::new();
    let outcome = batch::ordered(walk, jobs, work, |reports| {
        let reports = reports.inspect(|report| {
            progress.step();
            match report {
                Ok(report) if single => remarks = remarks::remarks(&report.extraction),
                Ok(_) => {}
                Err(error) => progress.line(&style.error(error.message())),
            }
        });
        let again = |path: &Path| {
            let input = Input::File(path.to_owned());
            self::read(&reader, converter, input, &mut Vec::new()).ok()
        };
        let job = Job {
            manner: &args.manner,
            single,
            grammars: reader.grammars(),
            offsets,
            styled,
        };
        run(&job, reports, &again, &mut output)
    });
    let outcome = outcome.map_err(|error| output.failure(error))?;
    progress.finish();
    match outcome {
        Outcome {
            read: 0,
            unreadable: 0,
            ..
        } => {
            output.discard();
            return Err(Failure::no_input(&args.inputs.inputs, &args.inputs.glob));
        }
        // The message is all there is to say of a single input; logs of messages have it too.
        Outcome { read: 0, .. } if single && !args.manner.format.is_log() => output.discard(),
        _ => output.finish()?,
    }
    remarks::tell(&remarks, style);
    if let Some(sentence) = outcome.nothing(single) {
        style::line(&style.error(sentence));
    }
    Ok(outcome.code())
}

/// A report with its text, which the snippets are cut from.
fn read(
    reader: &Reader,
    converter: Option<&Converter>,
    input: Input,
    buffer: &mut Vec<u8>,
) -> Result<Report, Unreadable> {
    let path = match &input {
        Input::File(path) => Some(path.clone()),
        _ => None,
    };
    let mut extraction = reader.read(input, buffer)?;
    if let Some(converter) = converter {
        script::convert(&mut extraction, converter);
    }
    let name = extraction.source.name.clone().unwrap_or_default();
    match Source::decode(buffer, &reader.options().encoding) {
        Ok(source) => Ok(Report {
            name,
            path,
            source,
            extraction,
        }),
        Err(error) => Err(Unreadable {
            name,
            reason: error.to_string(),
        }),
    }
}

/// How reports are checked.
pub(crate) struct Job<'a> {
    manner: &'a Manner,
    /// Whether there is one input and no batch.
    single: bool,
    grammars: &'a Grammars,
    /// What offsets count.
    offsets: Offsets,
    /// Whether colour is wanted.
    styled: bool,
}

/// Prints what the checks of `inputs` say.
///
/// The last report may continue the first from one year to the next, so of each its numbers are
/// kept; `again` reads a file once more, to show where two years disagree.
///
/// # Errors
///
/// Those of `out`.
pub(crate) fn run(
    job: &Job<'_>,
    inputs: impl IntoIterator<Item = Result<Report, Unreadable>>,
    again: &dyn Fn(&Path) -> Option<Report>,
    out: &mut dyn Write,
) -> io::Result<Outcome> {
    let Job {
        manner,
        single,
        grammars,
        offsets,
        styled,
    } = *job;
    let mut past = Past {
        printed: Vec::new(),
        again,
    };
    let mut years = Years::new(grammars);
    // Of the reports in `years`, which input each is.
    let mut inputs_of_years = Vec::new();
    let mut sarif = sarif::Log::default();
    let mut outcome = Outcome::default();
    for input in inputs {
        let report = match input {
            Ok(report) => report,
            Err(error) => {
                match manner.format {
                    Format::Text => text::unreadable(&error, out)?,
                    Format::Github => github::unreadable(&error, out)?,
                    Format::Json | Format::Jsonl => json::unreadable(&error, offsets, out)?,
                    Format::Sarif => sarif.unreadable(&error),
                }
                outcome.unreadable += 1;
                past.printed.push(Printed::Unreadable(error.name));
                continue;
            }
        };
        match manner.format {
            Format::Text => text::report(&report, single, grammars, styled, out)?,
            Format::Github => github::report(&report, grammars, out)?,
            Format::Json => json::report(&report, single, out)?,
            Format::Jsonl => json::report(&report, false, out)?,
            Format::Sarif => sarif.report(&report, grammars),
        }
        outcome.read += 1;
        outcome.unrecognised += usize::from(report.extraction.form.is_none());
        outcome.count(manner.fail_on, own(&report.extraction));
        years.add(&report.extraction);
        inputs_of_years.push(past.printed.len());
        past.push(report);
    }
    let mut across = years.across();
    for pair in &mut across {
        for at in [&mut pair.previous, &mut pair.current] {
            *at = inputs_of_years.get(*at).copied().unwrap_or(*at);
        }
    }
    outcome.count(manner.fail_on, across.iter().map(|pair| &pair.check));
    match manner.format {
        Format::Text => {
            text::across(&past, &across, grammars, styled, out)?;
            text::summary(&outcome, out)?;
        }
        Format::Github => github::across(&past, &across, grammars, out)?,
        Format::Json | Format::Jsonl => json::across(&past, &across, out)?,
        Format::Sarif => {
            sarif.across(&past, &across, grammars);
            sarif.write(out)?;
        }
    }
    Ok(outcome)
}

#[cfg(test)]
mod tests;
