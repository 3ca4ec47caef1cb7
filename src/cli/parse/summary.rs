//! What a batch came to, in one line.

use std::collections::BTreeMap;
use std::fmt;

use super::Outcomes;

/// Counts of a batch.
#[derive(Debug, Default)]
pub(super) struct Summary {
    forms: BTreeMap<String, usize>,
    unrecognised: usize,
    unreadable: usize,
    warned: usize,
}

impl Summary {
    /// One more input.
    pub(super) fn count(&mut self, outcome: Outcomes) {
        match outcome {
            Outcomes::Read { form, warned } => {
                self.warned += usize::from(warned);
                match form {
                    Some(form) => *self.forms.entry(form).or_default() += 1,
                    None => self.unrecognised += 1,
                }
            }
            Outcomes::Unreadable(_) => self.unreadable += 1,
        }
    }

    /// Whether there was no input.
    pub(super) fn is_empty(&self) -> bool {
        self.total() == 0
    }

    /// The exit code.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self {
                unreadable: 1.., ..
            } => 2,
            Self {
                unrecognised: 1.., ..
            } => 1,
            _ => 0,
        }
    }

    fn total(&self) -> usize {
        self.forms.values().sum::<usize>() + self.unrecognised + self.unreadable
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
        ];
        for (count, name) in rest.into_iter().filter(|(count, _)| *count > 0) {
            write!(f, ", {count} {name}")?;
        }
        match self.warned {
            0 => Ok(()),
            warned => write!(f, "; {warned} with warnings or errors in the JSON"),
        }
    }
}

#[test]
fn a_summary_is_one_line() {
    let read = |form: Option<&str>, warned| Outcomes::Read {
        form: form.map(str::to_owned),
        warned,
    };
    let mut summary = Summary::default();
    assert!(summary.is_empty());
    summary.count(read(Some("annual_2021"), false));
    assert_eq!(summary.code(), 0);
    insta::assert_snapshot!(summary, @"1 input, 1 annual_2021");
    summary.count(read(None, true));
    assert_eq!(summary.code(), 1);
    summary.count(Outcomes::Unreadable(String::new()));
    assert_eq!(summary.code(), 2);
    insta::assert_snapshot!(
        summary,
        @"3 inputs, 1 annual_2021, 1 not recognised, 1 unreadable; 1 with warnings or errors in the JSON"
    );
}
