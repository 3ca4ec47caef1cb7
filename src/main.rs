//! The command.

mod cli {
    pub(crate) mod grammar;
}

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use cli::grammar::{GrammarCommand, GrammarFailure, run};
use gongkai::form::Grammars;

/// Gives the tables back to the flattened text of Chinese government disclosure reports
#[derive(Debug, Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// Folder of grammars that add to those built in
    #[arg(long, global = true, value_name = "DIR")]
    grammars: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// The forms that are known
    #[command(subcommand)]
    Grammar(GrammarCommand),
}

fn main() -> ExitCode {
    let Arguments {
        command: Command::Grammar(command),
        grammars,
    } = Arguments::parse();
    let grammars = match grammars {
        Some(dir) => Grammars::with_dir(&dir).map_err(GrammarFailure::Faults),
        None => Ok(Grammars::embedded().clone()),
    };
    let done = grammars.and_then(|all| run(&command, &all, &mut std::io::stdout().lock()));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(GrammarFailure::Output(error)) if error.kind() == ErrorKind::BrokenPipe => {
            ExitCode::SUCCESS
        }
        Err(failure) => {
            let mut stderr = std::io::stderr().lock();
            // Nothing is left to do if this cannot be written either.
            let _ = writeln!(
                stderr,
                "{}",
                failure.render(std::io::stderr().is_terminal())
            );
            ExitCode::from(2)
        }
    }
}
