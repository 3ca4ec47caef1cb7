//! `gongkai check`: do the published numbers hold together?
//!
//! In: reports as the library read them. Out: what fails, for people or for machines. Text comes
//! report by report; SARIF is one document and comes at the end.

mod github;
mod json;
mod place;
mod sarif;
mod text;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use gongkai::Source;
use gongkai::check::{NO_YEAR_BEFORE, Years};
use gongkai::extraction::{Check, CheckStatus, Extraction, Offsets, Severity};
use gongkai::form::Grammars;

use super::batch;
use super::failure::Failure;
use super::input::{Input, Walk};
use super::options::{Inputs, Look, Target};
use super::output::Output;
use super::progress::Progress;
use super::read::{Reader, Unreadable};
use super::style::Style;

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
    pub(crate) look: Look,
}

/// How results are given.
#[derive(Debug, Clone, clap::Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct Manner {
    /// How to print what was found
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
    /// One document for one report, else one a line
    Json,
    /// One document a line
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// Annotations of GitHub Actions
    Github,
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

/// A report that is printed. All of it is kept only where it cannot be read again: of fifty thousand
/// reports few fail beside another year's.
enum Printed {
    File { path: PathBuf, sha256: String },
    Whole(Box<Report>),
}

/// The printed reports, and how one of them is read again.
pub(crate) struct Past<'r> {
    printed: Vec<Printed>,
    again: &'r dyn Fn(&Path) -> Option<Report>,
}

impl Past<'_> {
    /// A report; none if its file is gone or is another by now.
    pub(crate) fn report(&self, at: usize) -> Option<Report> {
        match self.printed.get(at)? {
            Printed::Whole(report) => Some(report.as_ref().clone()),
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
    let reader = Reader::new(&args.inputs, Offsets::Byte)?;
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
    let work = |input: Input, buffer: &mut Vec<u8>| read(&reader, input, buffer);
    let (mut read, mut unreadable) = (0_usize, 0_usize);
    let code = batch::ordered(walk, jobs, work, |reports| {
        let readable = reports.filter_map(|report| {
            progress.step();
            match report {
                Ok(report) => {
                    read += 1;
                    Some(report)
                }
                Err(error) => {
                    unreadable += 1;
                    progress.line(&style.error(error.message()));
                    None
                }
            }
        });
        let again = |path: &Path| {
            let input = Input::File(path.to_owned());
            self::read(&reader, input, &mut Vec::new()).ok()
        };
        let manner = &args.manner;
        let grammars = reader.grammars();
        run(manner, readable, &again, grammars, styled, &mut output)
    });
    let code = code.map_err(|error| output.failure(error))?;
    progress.finish();
    match (read, unreadable) {
        (0, 0) => return Err(Failure::no_input(&args.inputs.inputs, &args.inputs.glob)),
        (0, _) => output.discard(),
        _ => output.finish()?,
    }
    Ok(if unreadable > 0 { 2 } else { code })
}

/// A report with its text, which the snippets are cut from.
fn read(reader: &Reader, input: Input, buffer: &mut Vec<u8>) -> Result<Report, Unreadable> {
    let path = match &input {
        Input::File(path) => Some(path.clone()),
        _ => None,
    };
    let extraction = reader.read(input, buffer)?;
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

/// Prints what the checks of `reports` say; `styled` where colour is wanted.
///
/// Gives the exit code: 1 where a check failed that `--fail-on` counts, else 0. The last report may
/// continue the first from one year to the next, so of each its numbers are kept; `again` reads a
/// file once more, to show where two years disagree.
///
/// # Errors
///
/// Those of `out`.
pub(crate) fn run(
    args: &Manner,
    reports: impl IntoIterator<Item = Report>,
    again: &dyn Fn(&Path) -> Option<Report>,
    grammars: &Grammars,
    styled: bool,
    out: &mut dyn Write,
) -> io::Result<u8> {
    let mut past = Past {
        printed: Vec::new(),
        again,
    };
    let mut years = Years::new(grammars);
    let mut sarif = sarif::Log::default();
    let mut tally = Tally::default();
    let mut fails = false;
    let mut rest = reports.into_iter().peekable();
    while let Some(report) = rest.next() {
        match args.format {
            Format::Text => text::report(&report, grammars, styled, out)?,
            Format::Github => github::report(&report, out)?,
            // One report gets an indented document; the second input decides.
            Format::Json => {
                let alone = past.printed.is_empty() && rest.peek().is_none();
                json::report(&report, alone, out)?;
            }
            Format::Jsonl => json::report(&report, false, out)?,
            Format::Sarif => sarif.report(&report, grammars),
        }
        let checks = &report.extraction.checks;
        tally.add(checks.iter().filter(|check| !is_alone(check)));
        fails |= checks.iter().any(|check| counts(args.fail_on, check));
        years.add(&report.extraction);
        past.push(report);
    }
    let across = years.across();
    tally.add(across.iter().map(|pair| &pair.check));
    fails |= across.iter().any(|pair| counts(args.fail_on, &pair.check));
    match args.format {
        Format::Text => {
            text::across(&past, &across, grammars, styled, out)?;
            text::summary(past.printed.len(), tally, out)?;
        }
        Format::Github => github::across(&past, &across, out)?,
        Format::Json | Format::Jsonl => json::across(&across, out)?,
        Format::Sarif => {
            sarif.across(&past, &across, grammars);
            sarif.write(out)?;
        }
    }
    Ok(u8::from(fails))
}

/// Whether a check was not evaluated because one report says nothing about the year before; two are
/// compared at the end.
fn is_alone(check: &Check) -> bool {
    check.reason.as_deref() == Some(NO_YEAR_BEFORE)
}

fn counts(fail_on: FailOn, check: &Check) -> bool {
    let least = match fail_on {
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
    };
    check.status == CheckStatus::Fail && check.severity >= least
}

/// How many checks came out how.
#[derive(Debug, Clone, Copy, Default, serde::Serialize)]
pub(crate) struct Tally {
    pass: usize,
    fail: usize,
    unevaluated: usize,
}

impl Tally {
    fn of<'a>(checks: impl IntoIterator<Item = &'a Check>) -> Self {
        let mut tally = Self::default();
        tally.add(checks);
        tally
    }

    fn add<'a>(&mut self, checks: impl IntoIterator<Item = &'a Check>) {
        for check in checks {
            *match check.status {
                CheckStatus::Pass => &mut self.pass,
                CheckStatus::Fail => &mut self.fail,
                CheckStatus::Unevaluated => &mut self.unevaluated,
            } += 1;
        }
    }
}

/// What a failure says in one line: `11 is not 0, the difference is 11`.
fn sentence(check: &Check) -> String {
    let (Some(left), Some(right)) = (check.left.value, check.right.value) else {
        return check.reason.clone().unwrap_or_default();
    };
    let difference = check
        .difference
        .map_or_else(String::new, |by| by.normalize().to_string());
    let (left, right) = (left.normalize(), right.normalize());
    format!("left side {left}, right side {right}, difference {difference}")
}

/// `requests, column total`; empty for a check on the report as a whole.
fn scope(check: &Check) -> String {
    let mut parts: Vec<String> = check.scope.table.iter().cloned().collect();
    parts.extend(check.scope.row.iter().map(|row| format!("row {row}")));
    parts.extend(
        check
            .scope
            .column
            .iter()
            .map(|column| format!("column {column}")),
    );
    parts.join(", ")
}

/// The sentence of the grammar about a check.
fn description<'f>(report: &Report, check: &Check, grammars: &'f Grammars) -> Option<&'f str> {
    let form = grammars.form(&report.extraction.form.as_ref()?.id)?;
    form.checks
        .iter()
        .find(|rule| rule.id == check.id)?
        .description
        .as_deref()
}

#[cfg(test)]
mod tests;
