//! The command: arguments in, exit code out.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    let style = arguments.style();
    match cli::run(arguments) {
        Ok(code) => ExitCode::from(code),
        // Whoever reads the output has what they wanted.
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            style.failure(&failure);
            ExitCode::from(2)
        }
    }
}
