//! `gongkai grammar`: the forms that are known, one of them, and what is wrong with a file.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Subcommand;
use gongkai::form::{Form, Grammars, Status};

use super::failure::Failure;
use super::options::Look;
use super::output::Output;

/// Arguments of `gongkai grammar`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: GrammarCommand,
    /// Folder of grammars that add to those built in
    #[arg(long, global = true, value_name = "DIR")]
    grammars: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) look: Look,
}

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

/// Does what was asked.
///
/// # Errors
///
/// Bad grammars, a form that does not exist, and output that cannot be written.
pub(crate) fn command(args: &Args) -> Result<u8, Failure> {
    let grammars = match &args.grammars {
        Some(dir) => &Grammars::with_dir(dir)?,
        None => Grammars::embedded(),
    };
    let mut out = Output::open(None)?;
    let written = match &args.command {
        GrammarCommand::List => list(grammars, &mut out),
        GrammarCommand::Show { id } => match grammars.form(id) {
            Some(form) => write!(out, "{}", form.blank()),
            None => return Err(Failure::unknown_form(id, grammars)),
        },
        GrammarCommand::Check { files } => {
            grammars.extended(files)?;
            let mut files = files.iter();
            files.try_for_each(|file| writeln!(out, "{}: ok", file.display()))
        }
    };
    written.map_err(|error| out.failure(error))?;
    out.finish()?;
    Ok(0)
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
