//! The reader under test.

use gongkai::extraction::{Coverage, Extraction, Offsets, SourceInfo};

/// What is read from the text: nothing, while there is no reader to call.
pub(crate) fn read(text: &[u8]) -> Extraction {
    Extraction {
        schema: "gongkai.extraction/1",
        source: SourceInfo {
            name: None,
            bytes: text.len(),
            sha256: String::new(),
            encoding: "UTF-8",
            script: None,
            offsets: Offsets::Byte,
        },
        form: None,
        title: None,
        agency: None,
        year: None,
        sections: Vec::new(),
        tables: Vec::new(),
        statements: Vec::new(),
        checks: Vec::new(),
        diagnostics: Vec::new(),
        coverage: Coverage::default(),
    }
}
