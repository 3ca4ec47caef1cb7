//! The command.

use std::io::Write as _;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod cli {
    pub(crate) mod convert;
}

#[derive(Debug, Parser)]
#[command(version, about)]
struct Command {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    Convert(cli::convert::ConvertArgs),
}

fn main() -> ExitCode {
    let Action::Convert(args) = Command::parse().action;
    cli::convert::run(&args).unwrap_or_else(|error| {
        let _ = writeln!(std::io::stderr(), "error: {error}");
        ExitCode::from(2)
    })
}
