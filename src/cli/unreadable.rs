//! What a document says of an input that could not be read: its name, and why.

use gongkai::extraction::{Coverage, Diagnostic, Offsets, SCHEMA, Severity};
use serde::Serialize;

use super::read::Unreadable;

/// Nothing: what is `null` or empty in every such document.
type Null = ();
type Empty = [Null; 0];

/// An extraction in which nothing stands: as an extraction has them, in the same order.
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
pub(super) struct Source<'a> {
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
        source: source(error, offsets),
        form: (),
        title: (),
        agency: (),
        year: (),
        sections: [],
        tables: [],
        statements: [],
        checks: [],
        diagnostics: [diagnostic(error)],
        coverage: Coverage::default(),
    }
}

/// The source of an input that could not be read.
pub(super) fn source(error: &Unreadable, offsets: Offsets) -> Source<'_> {
    Source {
        name: &error.name,
        bytes: (),
        sha256: (),
        encoding: (),
        script: (),
        offsets,
    }
}

/// Why it could not be read.
pub(super) fn diagnostic(error: &Unreadable) -> Diagnostic {
    Diagnostic {
        code: "unreadable-input",
        severity: Severity::Error,
        message: error.message(),
        span: None,
        help: None,
    }
}
