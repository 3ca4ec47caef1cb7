//! The command.

mod cli {
    pub(crate) mod grammar;
}

use std::io::{ErrorKind, IsTerminal, Read, Write};
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
    /// Print the extraction of reports
    Parse {
        /// Reports
        #[arg(required = true, value_name = "INPUT")]
        inputs: Vec<PathBuf>,
    },
    /// The forms that are known
    #[command(subcommand)]
    Grammar(GrammarCommand),
}

fn main() -> ExitCode {
    if std::env::args().nth(1).is_some_and(|first| PathBuf::from(first).is_file()) {
        return parse(std::env::args().skip(1).map(PathBuf::from));
    }
    let Arguments { command, grammars } = Arguments::parse();
    let command = match command {
        Command::Parse { inputs } => return parse(inputs),
        Command::Grammar(command) => command,
    };
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
            let _ = writeln!(stderr, "{}", failure.render(std::io::stderr().is_terminal()));
            ExitCode::from(2)
        }
    }
}

fn parse(inputs: impl IntoIterator<Item = PathBuf>) -> ExitCode {
    let mut out = std::io::stdout().lock();
    for path in inputs {
        let mut bytes = Vec::new();
        let _ = std::fs::File::open(&path).and_then(|mut file| file.read_to_end(&mut bytes));
        let name = Some(path.display().to_string());
        let options = gongkai::Options { name, ..Default::default() };
        if let Ok(extraction) = gongkai::extract(&bytes, &options) {
            let _ = writeln!(out, "{}", serde_json::to_string(&extraction).unwrap_or_default());
        }
    }
    ExitCode::SUCCESS
}
