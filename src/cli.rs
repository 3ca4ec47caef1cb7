//! The subcommands, each in its own file.

#[cfg_attr(
    not(test),
    expect(dead_code, reason = "the command line is not joined yet")
)]
pub(crate) mod check;
