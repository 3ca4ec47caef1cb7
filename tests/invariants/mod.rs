//! What holds for every input, hostile ones too. Fuzz targets, the replay of what they found and
//! the property tests all call these functions, and nothing else says it again.
//!
//! One function for each fuzz target. Each takes any bytes, and panics where a law is broken.

mod cells;
mod conversion;
mod decoding;
mod extraction;
mod grammar;
mod report;

/// A function that takes any bytes and panics where a law is broken.
pub(crate) type Law = fn(&[u8]);

/// The laws by the names of their fuzz targets and folders of findings.
pub(crate) const LAWS: [(&str, Law); 6] = [
    ("decoding", decoding::holds),
    ("cells", cells::holds),
    ("extraction", extraction::holds),
    ("report", report::holds),
    ("grammar", grammar::holds),
    ("conversion", conversion::holds),
];

/// Puts bytes before the law of a name.
pub(crate) fn check(name: &str, bytes: &[u8]) {
    for (_, law) in LAWS.iter().filter(|(law, _)| *law == name) {
        law(bytes);
    }
}
