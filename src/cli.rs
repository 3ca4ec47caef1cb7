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
mod remarks;
mod resume;
mod script;
mod style;
mod unreadable;

use std::env;
use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, ContextValue};
use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};

use failure::Failure;
use options::Look;
use style::{Style, shown};

/// What the exit codes of `parse` and `export` say; their help has it.
const EXIT_CODES: &str = "Exit codes: 0 every input was read and its form recognised; 1 some input \
    was not recognised; 2 wrong usage, unreadable input, bad grammar or output that cannot be \
    written, whatever else there is.";

/// Gives the tables back to the flattened text of Chinese government disclosure
/// reports, with the place of every value.
#[derive(Debug, Parser)]
#[command(name = "gongkai", version, max_term_width = 80)]
#[command(
    after_help = "Exit codes: 0 all is well; 1 of `parse` and `export`: some input was not \
    recognised, and of `check` instead: a check failed whose severity counts (`gongkai check \
    --help` says which), or nothing could be checked; 2 wrong usage, unreadable input, bad grammar \
    or output that cannot be written, whatever else there is."
)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print what is read from reports, as JSON
    #[command(after_help = EXIT_CODES)]
    Parse(parse::Args),
    #[command(about = export::ABOUT, after_help = EXIT_CODES)]
    Export(export::Args),
    /// Do the published numbers hold together?
    #[command(after_help = check::EXIT_CODES)]
    Check(check::Args),
    /// The forms that are known, and what is wrong with a grammar
    Grammar(grammar::Args),
    /// Convert a text to the other script, by OpenCC
    #[cfg_attr(not(feature = "convert"), command(hide = true))]
    Convert(convert::Args),
    /// Print a JSON Schema: of what is printed, or of grammars
    Schema {
        /// The document
        #[arg(value_enum, default_value_t)]
        document: manual::Document,
    },
    /// Print completions for a shell
    ///
    /// For bash, for example: `gongkai completions bash
    /// >~/.local/share/bash-completion/completions/gongkai`
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print a manual page
    Man {
        /// The command that the page is about, such as `parse` or `grammar new`;
        /// all of gongkai without one
        command: Vec<String>,
    },
}

impl Arguments {
    /// The arguments of the command line. Wrong ones end the program, in the colour that they ask
    /// for.
    pub(crate) fn of_command_line() -> Self {
        let command = Self::command().color(color(env::args_os().skip(1)));
        let matches = command.try_get_matches();
        let matches = matches.unwrap_or_else(|error| with_tip(error).exit());
        Self::from_arg_matches(&matches).unwrap_or_else(|error| error.exit())
    }

    /// How to write to standard error.
    pub(crate) fn style(&self) -> Style {
        let look = match &self.command {
            Command::Parse(args) => &args.writing.look,
            Command::Export(args) => &args.writing.look,
            Command::Check(args) => &args.look,
            Command::Grammar(args) => &args.look,
            Command::Convert(args) => &args.look,
            Command::Schema { .. } | Command::Completions { .. } | Command::Man { .. } => {
                &Look::DEFAULT
            }
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
        Command::Schema { document } => manual::schema(document),
        Command::Completions { shell } => manual::completions(shell),
        Command::Man { command } => manual::page(&command),
    }
}

/// A file where a command should stand is mostly one that is to be read.
fn with_tip(mut error: clap::Error) -> clap::Error {
    let tip = match error.get(ContextKind::InvalidSubcommand) {
        Some(ContextValue::String(name)) if Path::new(name).exists() => {
            format!("to read it: `gongkai parse {}`", shown(name))
        }
        _ => return error,
    };
    let tip = ContextValue::StyledStrs(vec![tip.into()]);
    error.insert(ContextKind::Suggested, tip);
    error
}

/// What `--color` says, before it is known whether the rest is right.
fn color(arguments: impl Iterator<Item = OsString>) -> ColorChoice {
    let mut choice = ColorChoice::Auto;
    let mut value = false;
    for argument in arguments.take_while(|argument| argument != "--") {
        let argument = argument.to_string_lossy();
        let said = argument.strip_prefix("--color=");
        choice = match said.or(value.then_some(&*argument)) {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            Some("auto") => ColorChoice::Auto,
            _ => choice,
        };
        value = argument == "--color";
    }
    choice
}

#[test]
fn the_colour_is_known_from_wrong_arguments() {
    let of = |line: &str| color(line.split(' ').map(OsString::from));
    assert_eq!(of("parse --wrong --color never"), ColorChoice::Never);
    assert_eq!(of("--color=always"), ColorChoice::Always);
    assert_eq!(of("never -- --color never"), ColorChoice::Auto);
}

#[test]
fn arguments_are_consistent() {
    Arguments::command().debug_assert();
}
