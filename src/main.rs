//! The command: arguments in, exit code out.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod cli;

use std::process::ExitCode;

/// A report is a few thousand small pieces, and two threads that make them at once must not wait
/// for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = cli::Arguments::of_command_line();
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
