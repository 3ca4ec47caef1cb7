//! `gongkai grammar`: the forms that are known, one of them, what is wrong with a file, and the
//! draft of a new one.

use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;
use gongkai::form::{Form, Grammars, Status};
use gongkai::{draft, extraction};

use super::failure::Failure;
use super::input::{Input, spared};
use super::options::{Destination, Inputs, Look};
use super::output::{Output, is_device};
use super::read::Reader;

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
        /// Grammar files, folders of them, or `-` for standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Draft a grammar from the tables of a report that no form claims
    New {
        /// The report, or `-` for standard input
        #[arg(long, value_name = "REPORT")]
        from: PathBuf,
        /// Encoding of the report, such as gb18030 or big5
        #[arg(long, value_name = "auto|LABEL", default_value = "auto")]
        encoding: String,
        #[command(flatten)]
        destination: Destination,
    },
}

/// Does what was asked.
///
/// # Errors
///
/// Bad grammars, a form that does not exist, and output that cannot be written.
pub(crate) fn command(args: &Args) -> Result<u8, Failure> {
    // What is wrong with others of the folder is no fault of the files to be checked.
    let grammars = match (&args.grammars, &args.command) {
        (Some(dir), GrammarCommand::List | GrammarCommand::Show { .. }) => &of_folder(dir)?,
        _ => Grammars::embedded(),
    };
    let output = match &args.command {
        GrammarCommand::New { destination, .. } => destination.path(),
        _ => None,
    };
    let draft = match &args.command {
        GrammarCommand::New { from, encoding, .. } => {
            unused(from, output)?;
            draft_of(from, encoding, output, args.grammars.as_deref())?
        }
        _ => String::new(),
    };
    if let Some(folder) = output.and_then(Path::parent) {
        // The first grammar of one's own has no folder yet.
        std::fs::create_dir_all(folder).map_err(|error| Failure::output(Some(folder), error))?;
    }
    let mut out = Output::open(output)?;
    let written = match &args.command {
        GrammarCommand::List => list(grammars, &mut out),
        GrammarCommand::Show { id } => match grammars.form(id) {
            Some(form) => write!(out, "{}", form.blank()),
            None => return Err(Failure::unknown_form(id, grammars)),
        },
        GrammarCommand::Check { files } => {
            let files = named(files)?;
            let names: Vec<PathBuf> = files.iter().map(|(name, _)| name.clone()).collect();
            Grammars::check(files, args.grammars.as_deref())?;
            let mut names = names.iter();
            names.try_for_each(|name| writeln!(out, "{}: ok", name.display()))
        }
        GrammarCommand::New { .. } => write!(out, "{draft}"),
    };
    written.map_err(|error| out.failure(error))?;
    out.finish()?;
    Ok(0)
}

/// A file by its name, and what reading it gave.
type Read = (PathBuf, io::Result<Vec<u8>>);

/// The files that were named, those of folders among them, and what reading each gave.
fn named(paths: &[PathBuf]) -> Result<Vec<Read>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if path == Path::new("-") {
            let mut bytes = Vec::new();
            let read = io::stdin().read_to_end(&mut bytes);
            files.push((path.clone(), read.map(|_| bytes)));
        } else if path.is_dir() {
            let found = Grammars::files_in(path)?;
            if found.is_empty() {
                return Err(none_in(path));
            }
            files.extend(found.into_iter().map(|file| {
                let read = std::fs::read(&file);
                (file, read)
            }));
        } else {
            files.push((path.clone(), std::fs::read(path)));
        }
    }
    Ok(files)
}

/// A draft takes the place of no report and of no grammar, which may be finished by hand.
fn unused(from: &Path, output: Option<&Path>) -> Result<(), Failure> {
    let Some(output) = output else {
        return Ok(());
    };
    spared(&[from.to_path_buf()], &[output])?;
    match output.exists() && !is_device(output) {
        true => Err(Failure::Usage(format!(
            "`{}` is there already: name another file, or remove it first",
            output.display()
        ))),
        false => Ok(()),
    }
}

/// The grammars built in and those of a folder, which has some.
///
/// # Errors
///
/// Bad grammars, and a folder without any, more likely a slip than a wish.
pub(crate) fn of_folder(folder: &Path) -> Result<Grammars, Failure> {
    let grammars = Grammars::with_dir(folder)?;
    match Grammars::files_in(folder)?.is_empty() {
        true => Err(none_in(folder)),
        false => Ok(grammars),
    }
}

fn none_in(folder: &Path) -> Failure {
    Failure::Usage(format!("no `.toml` file in `{}`", folder.display()))
}

/// The draft of a grammar for a report. Its form is called as its file is, if that is an id.
fn draft_of(
    from: &Path,
    encoding: &str,
    output: Option<&Path>,
    grammars: Option<&Path>,
) -> Result<String, Failure> {
    let inputs = Inputs {
        encoding: encoding.to_owned(),
        form: "auto".to_owned(),
        max_bytes: gongkai::Options::default().max_bytes,
        grammars: grammars.map(Path::to_path_buf),
        ..Inputs::default()
    };
    let reader = Reader::new(&inputs, extraction::Offsets::default())?;
    let input = if from == Path::new("-") {
        Input::Stdin
    } else {
        Input::File(from.to_path_buf())
    };
    let read = reader.read(input, &mut Vec::new());
    let extraction = read.map_err(|error| Failure::Usage(error.message()))?;
    let stem = output
        .and_then(Path::file_stem)
        .and_then(|stem| stem.to_str());
    let is_id = |stem: &&str| {
        let part = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        stem.starts_with(|c: char| c.is_ascii_lowercase()) && stem.chars().all(part)
    };
    let id = stem.filter(is_id).unwrap_or("new_form");
    let grammars = reader.grammars();
    let genre = grammars.genres.get(grammars.common_genre());
    let genre = genre.map_or("", |genre| genre.id.as_str());
    draft::grammar(&extraction, id, genre).ok_or_else(|| {
        let name = from.display();
        // A PDF, an output of this program.
        let mut diagnostics = extraction.diagnostics.iter();
        let unread =
            diagnostics.find(|diagnostic| matches!(diagnostic.code, "not-text" | "own-output"));
        if let Some(unread) = unread {
            let help = unread.help.as_deref().unwrap_or_default();
            return Failure::Usage(format!("`{name}`: {}: {help}", unread.message));
        }
        Failure::Usage(match &extraction.form {
            Some(form) if !extraction.tables.is_empty() => format!(
                "nothing to draft: every table of `{name}` belongs to the form `{}`",
                form.id
            ),
            _ => format!("`{name}` has no table that could be told from its text alone"),
        })
    })
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
