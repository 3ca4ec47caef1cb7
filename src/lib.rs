//! gongkai gives the tables back to the flattened text of Chinese government disclosure reports.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod align;
mod block;
pub mod extraction;
mod field;
pub mod form;
mod grammar_image;
mod grid;
mod label;
mod lexicon;
mod row;
pub mod script;
mod solve;
mod style;
pub mod source;
pub mod span;
mod text;
mod value;

pub use source::Source;
