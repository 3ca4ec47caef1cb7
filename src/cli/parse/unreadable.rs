//! The line of an input that could not be read: an extraction in which nothing stands.

use gongkai::extraction::{Coverage, Diagnostic, Offsets, SCHEMA, Severity};
use serde::Serialize;

use crate::cli::read::Unreadable;

/// Nothing: what is `null` or empty in every such document.
type Null = ();
type Empty = [Null; 0];

/// As an extraction has them, in the same order.
#[derive(Debug, Serialize)]
pub(super) struct Document<'a> {
    schema: &'static str,
    source: Source<'a>,
    form: Null,
    title: Null,
    agency: Null,
    year: Null,
    sections: Empty,
    tables: Empty,
    statements: Empty,
    checks: Empty,
    diagnostics: [Diagnostic; 1],
    coverage: Coverage,
}

/// Nothing is known of the bytes.
#[derive(Debug, Serialize)]
struct Source<'a> {
    name: &'a str,
    bytes: Null,
    sha256: Null,
    encoding: Null,
    script: Null,
    offsets: Offsets,
}

/// The document of an input that could not be read.
pub(super) fn document(error: &Unreadable, offsets: Offsets) -> Document<'_> {
    Document {
        schema: SCHEMA,
        source: Source {
            name: &error.name,
            bytes: (),
            sha256: (),
            encoding: (),
            script: (),
            offsets,
        },
        form: (),
        title: (),
        agency: (),
        year: (),
        sections: [],
        tables: [],
        statements: [],
        checks: [],
        diagnostics: [Diagnostic {
            code: "unreadable-input",
            severity: Severity::Error,
            message: error.message(),
            span: None,
            help: None,
        }],
        coverage: Coverage::default(),
    }
}
