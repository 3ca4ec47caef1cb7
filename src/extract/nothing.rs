//! The extraction of an input that is not read at all.

use crate::extraction::{Coverage, Diagnostic, Extraction, Severity, SourceInfo};

/// An extraction in which nothing stands but why.
pub(super) fn nothing(
    info: SourceInfo,
    code: &'static str,
    message: String,
    help: Option<String>,
) -> Extraction {
    Extraction {
        schema: crate::extraction::SCHEMA,
        source: info,
        form: None,
        title: None,
        agency: None,
        year: None,
        sections: Vec::new(),
        tables: Vec::new(),
        statements: Vec::new(),
        checks: Vec::new(),
        diagnostics: vec![Diagnostic {
            code,
            severity: Severity::Error,
            message,
            span: None,
            help,
        }],
        coverage: Coverage::default(),
    }
}
