//! Results as JSON.

use std::io::{self, Write};

use gongkai::check::Across;
use gongkai::extraction::{Check, FormInfo, SourceInfo, SpannedText, Year};
use serde::Serialize;

use super::{Report, Tally};

/// What `check` says of one report: the extraction without its tables.
#[derive(Serialize)]
struct Checked<'a> {
    schema: &'static str,
    source: &'a SourceInfo,
    form: &'a Option<FormInfo>,
    agency: &'a Option<SpannedText>,
    year: &'a Option<Year>,
    tally: Tally,
    checks: &'a [Check],
}

/// What `check` says of two reports.
#[derive(Serialize)]
struct CheckedAcross<'a> {
    schema: &'static str,
    #[serde(flatten)]
    across: &'a Across,
}

/// One report, indented where it is the only one.
pub(crate) fn report(report: &Report, indented: bool, out: &mut dyn Write) -> io::Result<()> {
    let extraction = &report.extraction;
    let checked = Checked {
        schema: "gongkai.check/1",
        source: &extraction.source,
        form: &extraction.form,
        agency: &extraction.agency,
        year: &extraction.year,
        tally: Tally::of(&extraction.checks),
        checks: &extraction.checks,
    };
    if indented {
        serde_json::to_writer_pretty(&mut *out, &checked)?;
    } else {
        serde_json::to_writer(&mut *out, &checked)?;
    }
    writeln!(out)
}

/// One line for every relation between two reports.
pub(crate) fn across(across: &[Across], out: &mut dyn Write) -> io::Result<()> {
    for across in across {
        serde_json::to_writer(
            &mut *out,
            &CheckedAcross {
                schema: "gongkai.across/1",
                across,
            },
        )?;
        writeln!(out)?;
    }
    Ok(())
}
