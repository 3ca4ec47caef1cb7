//! gongkai gives the tables back to the flattened text of Chinese government disclosure reports.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod convert;
pub mod extraction;
pub mod form;
pub mod script;
pub mod source;
pub mod span;

pub use source::Source;
