//! The reader under test.

use gongkai::Extraction;

/// Reads one rendered report.
pub(crate) fn read(text: &[u8]) -> Extraction {
    gongkai::extract(text, &gongkai::Options::default()).expect("the encoding is detected")
}
