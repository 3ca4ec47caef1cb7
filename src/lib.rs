//! gongkai gives the tables back to the flattened text of Chinese government disclosure reports.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod align;
mod assemble;
mod block;
pub mod check;
pub mod convert;
mod doubt;
mod extract;
pub mod extraction;
mod field;
pub mod form;
mod grammar_image;
mod grid;
mod html;
mod label;
mod lexicon;
mod outline;
mod page;
mod pattern;
mod repair;
mod row;
pub mod script;
mod solve;
pub mod source;
pub mod span;
pub mod statement;
mod style;
mod text;
mod value;

pub use extract::{Extractor, Options, extract};
pub use extraction::Extraction;
pub use source::Source;
