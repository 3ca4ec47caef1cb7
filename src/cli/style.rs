//! Lines on standard error, in colour where that is wanted.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};
use clap::ValueEnum;
use clap::builder::styling::AnsiColor;

use super::failure::Failure;

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Color {
    /// On a terminal, unless NO_COLOR is set
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How lines look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    color: Color,
}

impl Style {
    /// The style of a choice.
    pub(crate) fn of(color: Color) -> Self {
        Self { color }
    }

    /// Whether what is written to standard output is coloured.
    pub(crate) fn colors_stdout(self) -> bool {
        self.colors(&io::stdout())
    }

    /// Whether what is written to standard error is coloured.
    pub(crate) fn colors_stderr(self) -> bool {
        self.colors(&io::stderr())
    }

    fn colors(self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            // Knows of NO_COLOR and of terminals that are dumb.
            Color::Auto => AutoStream::choice(stream) != ColorChoice::Never,
            Color::Always => true,
            Color::Never => false,
        }
    }

    /// Says why the command ends.
    pub(crate) fn failure(self, failure: &Failure) {
        match failure {
            Failure::Grammar(errors) => line(&errors.render(self.colors_stderr())),
            // Shows the place in the file, over several lines.
            Failure::Phrases { file, error } => {
                line(&format!("{}{}: {error}", self.mark(), shown(file)));
            }
            other => line(&self.error(other)),
        }
    }

    /// `gongkai: cannot read …`
    pub(crate) fn error(self, message: impl std::fmt::Display) -> String {
        format!("{}{}", self.mark(), shown(&message.to_string()))
    }

    /// What a message begins with.
    fn mark(self) -> String {
        if self.colors_stderr() {
            let red = AnsiColor::Red.on_default().bold();
            format!("{red}gongkai:{red:#} ")
        } else {
            "gongkai: ".to_owned()
        }
    }
}

/// `text` for people: a control character, such as one of a file's name, is escaped, for it could
/// move the cursor or begin a line.
pub(crate) fn shown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        // A string takes everything.
        let _ = match c.is_control() {
            true => write!(out, "{}", c.escape_debug()),
            false => out.write_char(c),
        };
    }
    out
}

/// Writes a line to standard error.
pub(crate) fn line(text: &str) {
    // Where standard error is closed, nobody is left to tell.
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}

#[test]
fn control_characters_are_escaped() {
    assert_eq!(shown("a\n\u{1b}[31m规\t"), "a\\n\\u{1b}[31m规\\t");
}
