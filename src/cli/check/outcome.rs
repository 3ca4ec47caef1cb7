//! What a run of `check` comes to, and its exit code.

use gongkai::extraction::{Check, CheckStatus, Severity};

use super::FailOn;
use super::words::Tally;

/// What a run came to.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Inputs that were read.
    pub(super) read: usize,
    /// Those of them that are of no known form.
    pub(super) unrecognised: usize,
    /// Inputs that could not be read.
    pub(super) unreadable: usize,
    /// Checks, those between two reports too.
    pub(super) tally: Tally,
    /// Whether one failed that `--fail-on` counts.
    fails: bool,
}

impl Outcome {
    /// Counts checks, and those that fail by what `--fail-on` says.
    pub(super) fn count<'c>(&mut self, fail_on: FailOn, checks: impl Iterator<Item = &'c Check>) {
        let least = match fail_on {
            FailOn::Error => Severity::Error,
            FailOn::Warning => Severity::Warning,
        };
        for check in checks {
            self.tally.add([check]);
            self.fails |= check.status == CheckStatus::Fail && check.severity >= least;
        }
    }

    /// The exit code.
    pub(super) fn code(&self) -> u8 {
        match self {
            Self {
                unreadable: 1.., ..
            } => 2,
            _ => u8::from(self.fails || self.tally.is_nothing()),
        }
    }

    /// That nothing could be checked, where it is so: whoever waits for an exit code would take
    /// silence for consent.
    pub(super) fn nothing(&self, single: bool) -> Option<&'static str> {
        if !self.tally.is_nothing() || self.read == 0 {
            return None;
        }
        Some(match (self.read == self.unrecognised, single) {
            (true, true) => "nothing could be checked: the input is no report of a known form",
            (true, false) => {
                "nothing could be checked: no input is a report of a known form; \
                 `gongkai parse --list FILE` says why"
            }
            (false, _) => "nothing could be checked: no check of the form could be evaluated",
        })
    }
}
