//! `gongkai grammar`: the forms that are known, one of them, and what is wrong with a file.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Subcommand;
use gongkai::form::{Form, GrammarErrors, Grammars, Status};

/// What to do with grammars.
#[derive(Debug, Clone, Subcommand)]
pub(crate) enum GrammarCommand {
    /// List the forms, built in and of --grammars
    List,
    /// Print a blank form as a table
    Show {
        /// Id of the form, such as annual_2021
        id: String,
    },
    /// Explain everything that is wrong with grammar files
    Check {
        /// Grammar files
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
}

/// Why the command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum GrammarFailure {
    /// Grammar files with faults, or that cannot be read.
    Faults(GrammarErrors),
    /// `gongkai grammar show no_such_form`
    UnknownForm {
        /// What was asked for.
        id: String,
        /// The ids there are.
        known: Vec<String>,
    },
    /// Output that cannot be written; a pipe that is closed is the caller's to forgive.
    Output(io::Error),
}

impl GrammarFailure {
    /// The failure as text for standard error, with colours or without.
    pub(crate) fn render(&self, color: bool) -> String {
        match self {
            Self::Faults(errors) => errors.render(color),
            Self::UnknownForm { id, known } => {
                format!(
                    "error: no form has the id `{id}`\nknown: {}",
                    known.join(", ")
                )
            }
            Self::Output(error) => format!("error: cannot write: {error}"),
        }
    }
}

impl From<io::Error> for GrammarFailure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

/// Runs the command; `grammars` are those built in and those of `--grammars`.
///
/// # Errors
///
/// All of [`GrammarFailure`], each with exit code 2.
pub(crate) fn run(
    command: &GrammarCommand,
    grammars: &Grammars,
    out: &mut dyn Write,
) -> Result<(), GrammarFailure> {
    match command {
        GrammarCommand::List => list(grammars, out)?,
        GrammarCommand::Show { id } => match grammars.form(id) {
            Some(form) => write!(out, "{}", form.blank())?,
            None => {
                let known = grammars.forms.iter().map(|form| form.id.clone()).collect();
                return Err(GrammarFailure::UnknownForm {
                    id: id.clone(),
                    known,
                });
            }
        },
        GrammarCommand::Check { files } => {
            grammars.extended(files).map_err(GrammarFailure::Faults)?;
            for file in files {
                writeln!(out, "{}: ok", file.display())?;
            }
        }
    }
    Ok(())
}

fn list(grammars: &Grammars, out: &mut dyn Write) -> io::Result<()> {
    let width = grammars
        .forms
        .iter()
        .map(|form| form.id.len())
        .max()
        .unwrap_or_default();
    for form in &grammars.forms {
        writeln!(
            out,
            "{:width$}  {:9}  {}{}",
            form.id,
            years(form),
            form.name,
            doubt(form)
        )?;
    }
    Ok(())
}

/// `2019-2020`, `2009`, or nothing.
fn years(form: &Form) -> String {
    match (form.years.iter().min(), form.years.iter().max()) {
        (Some(first), Some(last)) if first != last => format!("{first}-{last}"),
        (Some(year), _) => year.to_string(),
        _ => String::new(),
    }
}

fn doubt(form: &Form) -> &'static str {
    match form.status {
        Status::Confirmed => "",
        Status::Derived => " (derived)",
        Status::Unconfirmed => " (unconfirmed)",
    }
}
