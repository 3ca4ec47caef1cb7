//! gongkai gives the tables back to the flattened text of Chinese government disclosure reports.
//!
//! Bytes go in; an [`Extraction`] comes out, which says what stands in every cell and where.
//!
//! ```
//! let report = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n\
//!               规章\n2\n1\n5\n行政规范性文件\n6\n4\n56\n";
//! let extraction = gongkai::extract(report.as_bytes(), &gongkai::Options::default())?;
//! let row = &extraction.tables[0].rows[1];
//! let cell = &row.cells[2];
//! assert_eq!((row.label[0].as_str(), cell.column.as_str()), ("行政规范性文件", "in_force"));
//! let span = cell.span.ok_or("no span")?;
//! assert_eq!(&report[span.start..span.end], "56");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Pipeline
//!
//! Data flows one way. Each stage reads what those above it made and changes none of it.
//!
//! | stage | makes | of |
//! |---|---|---|
//! | [`source`] | decoded text, with a way back to every byte | bytes |
//! | `html`, `text` | folded text, one character for one character ([`script`]) | decoded text |
//! | `label` | wordings of any form (`lexicon`) | the letters of the text |
//! | `align`, `repair` | anchors: which form, and which label is which part | labels |
//! | `grid` | regions, and of each a table: `field`, `style`, `row`, `block`, `solve` | anchors |
//! | `doubt` | tables with cells withheld | all tables |
//! | `infer` | tables of the lines that no form claims | all other lines |
//! | `assemble`, `outline`, `page`, [`statement`] | the [`extraction`] | tables and the lines between |
//! | [`mod@draft`] | a grammar to be finished by hand | inferred tables |
//! | [`mod@check`] | whether the numbers hold together | extraction and [`form`] |
//!
//! # Invariants
//!
//! - No number is guessed. A cell is `direct` where the layout leaves one reading, `solved` where
//!   only the form's equations do, and otherwise `ambiguous` with its candidates.
//! - Equations judge readings. They never change a number, and never fill one in.
//! - Folding keeps one character for one character: no span is ever guessed. What is folded is
//!   never printed.
//! - The input under the span of an asserted cell, decoded, is its `raw`.
//! - A document never fails. `Err` is for an unknown encoding, a bad grammar, or I/O.
//! - Wording of reports stands in grammars, never in this code.
//! - Every line of a text has one class in the coverage; what nothing explains is `unclaimed`.
//! - The same input gives the same output, and work on any input is bounded.
//! - Nothing here prints, and nothing but [`convert`] needs OpenCC.
//!
//! `ARCHITECTURE.md` of the repository says which rule protects which number.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod align;
mod assemble;
mod block;
mod chars;
pub mod check;
mod contrast;
pub mod convert;
mod distance;
mod doubt;
pub mod draft;
mod extract;
pub mod extraction;
mod field;
pub mod flat;
pub mod form;
mod grammar_image;
mod grid;
mod html;
mod infer;
mod label;
mod lexicon;
mod local;
mod near;
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
mod tree;
mod twice;
mod value;

pub use extract::{Extractor, Options, extract};
pub use extraction::Extraction;
pub use source::Source;
