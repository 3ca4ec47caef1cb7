//! Results as JSON.

use std::io::{self, Write};

use gongkai::check::Across;
use gongkai::extraction::{Check, Diagnostic, FormInfo, Offsets, SourceInfo, SpannedText, Year};
use serde::Serialize;

use super::words::{Tally, own};
use super::{Past, Report};
use crate::cli::read::Unreadable;
use crate::cli::unreadable;

/// What `check` says of one input: the extraction without its tables.
#[derive(Serialize)]
#[serde(tag = "schema", rename = "gongkai.check/1")]
struct Checked<'a> {
    source: Source<'a>,
    form: Option<&'a FormInfo>,
    agency: Option<&'a SpannedText>,
    year: Option<&'a Year>,
    tally: Tally,
    checks: Vec<&'a Check>,
    diagnostics: &'a [Diagnostic],
}

/// The input, which was read or not.
#[derive(Serialize)]
#[serde(untagged)]
enum Source<'a> {
    Read(&'a SourceInfo),
    Unreadable(unreadable::Source<'a>),
}

/// What `check` says of two reports. Which they are is said twice: by the number of their document,
/// from 0, and by name.
#[derive(Serialize)]
#[serde(tag = "schema", rename = "gongkai.across/1")]
struct CheckedAcross<'a> {
    #[serde(flatten)]
    across: &'a Across,
    previous_source: &'a str,
    current_source: &'a str,
}

/// One report, indented where it is the only input.
pub(crate) fn report(report: &Report, indented: bool, out: &mut dyn Write) -> io::Result<()> {
    let extraction = &report.extraction;
    let checked = Checked {
        source: Source::Read(&extraction.source),
        form: extraction.form.as_ref(),
        agency: extraction.agency.as_ref(),
        year: extraction.year.as_ref(),
        tally: Tally::of(own(extraction)),
        checks: own(extraction).collect(),
        diagnostics: &extraction.diagnostics,
    };
    if indented {
        serde_json::to_writer_pretty(&mut *out, &checked)?;
    } else {
        serde_json::to_writer(&mut *out, &checked)?;
    }
    writeln!(out)
}

/// One line for an input that could not be read.
pub(crate) fn unreadable(
    error: &Unreadable,
    offsets: Offsets,
    out: &mut dyn Write,
) -> io::Result<()> {
    let checked = Checked {
        source: Source::Unreadable(unreadable::source(error, offsets)),
        form: None,
        agency: None,
        year: None,
        tally: Tally::default(),
        checks: Vec::new(),
        diagnostics: &[unreadable::diagnostic(error)],
    };
    serde_json::to_writer(&mut *out, &checked)?;
    writeln!(out)
}

/// One line for every relation between two reports.
pub(crate) fn across(past: &Past<'_>, across: &[Across], out: &mut dyn Write) -> io::Result<()> {
    for across in across {
        let line = CheckedAcross {
            across,
            previous_source: &past.name(across.previous),
            current_source: &past.name(across.current),
        };
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}
