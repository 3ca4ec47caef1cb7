//! What a batch came to, in one line.

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use super::Fate;
#[cfg(test)]
use crate::cli::read::Unreadable;
use crate::cli::remarks;
use crate::cli::style::{Style, line, shown};

/// Counts of a batch.
#[derive(Debug, Default)]
pub(crate) struct Summary {
    forms: BTreeMap<String, usize>,
    unrecognised: usize,
    unreadable: usize,
    warned: usize,
    skipped: usize,
    /// Those of the skipped that were not recognised.
    unknown: usize,
    /// Warnings and errors of a single input.
    remarks: Vec<String>,
    /// Whether there is one input and no batch.
    single: bool,
    /// Where those are listed that were not recognised or not read.
    pub(super) list: Option<PathBuf>,
}

impl Summary {
    /// Of nothing yet; `single` where it will be one input and no batch.
    pub(super) fn new(single: bool) -> Self {
        Self {
            single,
            ..Self::default()
        }
    }

    /// One more input.
    pub(super) fn count(&mut self, fate: &Fate) {
        match fate {
            Fate::Read {
                form,
                warned,
                remarks,
                ..
            } => {
                self.remarks.extend(remarks.iter().cloned());
                self.warned += usize::from(*warned);
                match form {
                    Some(form) => *self.forms.entry(form.clone()).or_default() += 1,
                    None => self.unrecognised += 1,
                }
            }
            Fate::Unreadable(_) => self.unreadable += 1,
            Fate::Skipped { name, why } => {
                self.skipped += 1;
                self.unknown += usize::from(why.is_some());
                let remark = why.as_ref().map(|why| format!("{name}: {why}"));
                self.remarks.extend(remark.filter(|_| self.single));
            }
            Fate::Counted(_) => {}
        }
    }

    /// Whether there was no input.
    pub(crate) fn is_empty(&self) -> bool {
        self.total() == 0
    }

    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self {
                unreadable: 1.., ..
            } => 2,
            Self {
                unrecognised: 1.., ..
            }
            | Self { unknown: 1.., .. } => 1,
            _ => 0,
        }
    }

    /// Says on standard error what the inputs came to, when the output is there.
    pub(crate) fn tell(&self, style: Style) {
        if !self.single {
            return line(&format!("gongkai: {self}"));
        }
        remarks::tell(&self.remarks, style);
    }

    fn total(&self) -> usize {
        self.forms.values().sum::<usize>() + self.unrecognised + self.unreadable + self.skipped
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.total();
        write!(f, "{total} input{}", if total == 1 { "" } else { "s" })?;
        for (form, count) in &self.forms {
            write!(f, ", {count} {form}")?;
        }
        let rest = [
            (self.unrecognised, "not recognised"),
            (self.unreadable, "unreadable"),
            (self.skipped, "in the output already"),
        ];
        for (count, name) in rest.into_iter().filter(|(count, _)| *count > 0) {
            write!(f, ", {count} {name}")?;
        }
        if self.unknown > 0 {
            write!(f, " ({} not recognised)", self.unknown)?;
        }
        if self.warned > 0 {
            write!(f, "; {} with warnings or errors", self.warned)?;
        }
        match &self.list {
            _ if self.unrecognised + self.unreadable + self.unknown == 0 => Ok(()),
            Some(list) => {
                let list = shown(&list.display().to_string());
                write!(f, "; `{list}` lists what was not recognised or not read")
            }
            None => f.write_str("; `--list FILE` would list what was not recognised or not read"),
        }
    }
}

#[test]
fn a_summary_is_one_line() {
    let read = |form: Option<&str>, warned| Fate::Read {
        name: String::new(),
        why: String::new(),
        form: form.map(str::to_owned),
        warned,
        remarks: Vec::new(),
    };
    let mut summary = Summary::default();
    assert!(summary.is_empty());
    summary.count(&read(Some("annual_2021"), false));
    assert_eq!(summary.code(), 0);
    insta::assert_snapshot!(summary, @"1 input, 1 annual_2021");
    summary.count(&read(None, true));
    assert_eq!(summary.code(), 1);
    summary.count(&Fate::Unreadable(Unreadable {
        name: String::new(),
        reason: String::new(),
    }));
    assert_eq!(summary.code(), 2);
    insta::assert_snapshot!(
        summary,
        @"3 inputs, 1 annual_2021, 1 not recognised, 1 unreadable; 1 with warnings or errors; `--list FILE` would list what was not recognised or not read"
    );
    summary.count(&Fate::Skipped {
        name: String::new(),
        why: Some(String::new()),
    });
    summary.list = Some("bad.tsv".into());
    insta::assert_snapshot!(
        summary,
        @"4 inputs, 1 annual_2021, 1 not recognised, 1 unreadable, 1 in the output already (1 not recognised); 1 with warnings or errors; `bad.tsv` lists what was not recognised or not read"
    );
}
