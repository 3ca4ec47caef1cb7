//! The extraction of an input that is not read at all.

use crate::extraction::{Diagnostic, Extraction, Severity, SourceInfo};

/// An extraction in which nothing stands but why.
pub(super) fn nothing(
    info: SourceInfo,
    code: &'static str,
    message: String,
    help: Option<String>,
) -> Extraction {
    Extraction {
        diagnostics: vec![Diagnostic {
            code,
            severity: Severity::Error,
            message,
            span: None,
            help,
        }],
        ..Extraction::empty(info)
    }
}
