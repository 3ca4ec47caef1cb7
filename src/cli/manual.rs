//! `gongkai schema`, `completions` and `man`: what the program says of itself.

use std::io::{self, Write};

use clap::{Command, CommandFactory, ValueEnum};
use clap_complete::Shell;
use clap_mangen::Man;

use super::Arguments;
use super::failure::Failure;

/// The documents that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(super) enum Document {
    /// What `parse` prints of an input
    #[default]
    Extraction,
    /// What `check --format json` prints of an input
    Check,
    /// What `check` prints of the reports of two years
    Across,
    /// Grammar files, for editors that know TOML
    Grammar,
}

/// Prints the JSON Schema of a document.
///
/// # Errors
///
/// Output that cannot be written.
pub(super) fn schema(of: Document) -> Result<u8, Failure> {
    let schema = match of {
        Document::Extraction => gongkai::extraction::JSON_SCHEMA,
        Document::Check => include_str!("../../schema/check.json"),
        Document::Across => include_str!("../../schema/across.json"),
        Document::Grammar => include_str!("../../grammars/schema.json"),
    };
    print(schema.as_bytes())
}

/// Prints completions for a shell.
///
/// # Errors
///
/// Output that cannot be written.
pub(super) fn completions(shell: Shell) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "gongkai", &mut script);
    print(&script)
}

/// Prints the manual page of gongkai or of one command.
///
/// # Errors
///
/// A command that there is not, and output that cannot be written.
pub(super) fn page(command: &[String]) -> Result<u8, Failure> {
    let mut root = Arguments::command().disable_help_subcommand(true);
    root.build();
    let mut about = &root;
    for name in command.iter().flat_map(|names| names.split_whitespace()) {
        about = found(about, name)?;
    }
    let version = env!("CARGO_PKG_VERSION");
    let about = about.clone().version(version);
    let mut page = Vec::new();
    let source = format!("gongkai {version}");
    let rendered = Man::new(about).source(source).render(&mut page);
    rendered.map_err(|error| Failure::output(None, error))?;
    print(&page)
}

/// The command of another that is called `name`.
fn found<'c>(of: &'c Command, name: &str) -> Result<&'c Command, Failure> {
    of.find_subcommand(name).ok_or_else(|| {
        let names: Vec<&str> = of.get_subcommands().map(Command::get_name).collect();
        let message = format!("no command is called `{name}`");
        Failure::Usage(match names.is_empty() {
            true => message,
            false => format!("{message}; there are `{}`", names.join("`, `")),
        })
    })
}

fn print(bytes: &[u8]) -> Result<u8, Failure> {
    let mut out = io::stdout().lock();
    let done = out.write_all(bytes).and_then(|()| out.flush());
    done.map_err(|error| Failure::output(None, error))?;
    Ok(0)
}
