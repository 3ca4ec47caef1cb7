//! The command line: what can be asked, and who answers.

mod batch;
mod check;
mod convert;
mod export;
mod failure;
mod grammar;
mod input;
mod interrupt;
mod manual;
mod options;
mod output;
mod parse;
mod pass;
mod progress;
mod read;
mod resume;
mod script;
mod style;

use clap::{Parser, Subcommand};

use failure::Failure;
use options::Look;
use style::Style;

/// Gives the tables back to the flattened text of Chinese government disclosure
/// reports, with the place of every value.
#[derive(Debug, Parser)]
#[command(name = "gongkai", version, max_term_width = 80)]
#[command(
    after_help = "Exit codes: 0 all is well, 1 something was not recognised or a check \
    failed, 2 wrong usage, unreadable input or bad grammar."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what is read from reports, as JSON
    Parse(parse::Args),
    /// Write what is read from reports as a table: CSV, Parquet, SQLite
    Export(export::Args),
    /// Do the published numbers hold together?
    Check(check::Args),
    /// The forms that are known, and what is wrong with a grammar
    Grammar(grammar::Args),
    /// Convert a text to the other script, by OpenCC
    Convert(convert::Args),
    /// Print the JSON Schema of what `parse` prints
    Schema,
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print a manual page
    Man {
        /// The command that the page is about; all of gongkai without one
        command: Option<String>,
    },
}

impl Arguments {
    /// How to write to standard error.
    pub(crate) fn style(&self) -> Style {
        let look = match &self.command {
            Command::Parse(args) => &args.writing.look,
            Command::Export(args) => &args.writing.look,
            Command::Check(args) => &args.look,
            Command::Grammar(args) => &args.look,
            Command::Convert(args) => &args.look,
            Command::Schema | Command::Completions { .. } | Command::Man { .. } => &Look::DEFAULT,
        };
        Style::of(look.color)
    }
}

/// Does what was asked and gives the exit code.
///
/// # Errors
///
/// What ends the command before it is done, each with exit code 2. A bad input among others does
/// not: it is reported as it comes up, and shows in the exit code.
pub(crate) fn run(arguments: Arguments) -> Result<u8, Failure> {
    let style = arguments.style();
    match arguments.command {
        Command::Parse(args) => parse::run(&args, style),
        Command::Export(args) => export::run(&args, style),
        Command::Check(args) => check::command(&args, style),
        Command::Grammar(args) => grammar::command(&args),
        Command::Convert(args) => convert::command(&args, style),
        Command::Schema => manual::schema(),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { command } => manual::page(command.as_deref()),
    }
}

#[test]
fn arguments_are_consistent() {
    use clap::CommandFactory;
    Arguments::command().debug_assert();
}
