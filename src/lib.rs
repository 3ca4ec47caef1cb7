//! gongkai gives the tables back to the flattened text of Chinese government disclosure reports.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod align;
pub mod check;
pub mod extraction;
pub mod form;
mod label;
mod lexicon;
pub mod script;
pub mod source;
pub mod span;
pub mod statement;
mod text;
mod value;

pub use source::Source;
