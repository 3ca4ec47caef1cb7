//! The program itself: what it prints where, and its exit codes.

#![allow(clippy::unwrap_used)]

#[path = "cli/batches.rs"]
mod batches;
#[path = "cli/faults.rs"]
mod faults;
#[path = "cli/help.rs"]
mod help;
#[path = "cli/inputs.rs"]
mod inputs;
#[path = "cli/outputs.rs"]
mod outputs;
#[path = "cli/run.rs"]
mod run;
