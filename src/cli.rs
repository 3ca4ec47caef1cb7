//! The subcommands, each in its own file.

pub(crate) mod check;
