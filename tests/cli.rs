//! The program itself: what it prints where, and its exit codes.

#![allow(clippy::unwrap_used)]

#[path = "cli/batches.rs"]
mod batches;
#[path = "cli/checks.rs"]
mod checks;
#[path = "cli/codes.rs"]
mod codes;
#[path = "cli/drafts.rs"]
mod drafts;
#[path = "cli/export.rs"]
mod export;
#[path = "cli/failures.rs"]
mod failures;
#[path = "cli/faults.rs"]
mod faults;
#[path = "cli/grammars.rs"]
mod grammars;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/inputs.rs"]
mod inputs;
#[cfg(unix)]
#[path = "cli/interrupt.rs"]
mod interrupt;
#[path = "cli/outputs.rs"]
mod outputs;
#[path = "cli/places.rs"]
mod places;
#[path = "cli/readers.rs"]
mod readers;
#[path = "cli/resume.rs"]
mod resume;
#[path = "cli/run.rs"]
mod run;
mod strict;
