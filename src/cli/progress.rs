//! How far a batch is, on standard error, where somebody is watching.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::input::Walk;
use super::options::When;
use super::style;

/// A bar, or none.
#[derive(Debug)]
pub(crate) struct Progress {
    bar: Option<ProgressBar>,
}

impl Progress {
    /// A bar over `walk` where it is wanted; `busy` where the output fills the terminal.
    pub(crate) fn new(when: When, walk: &Walk, busy: bool) -> Self {
        let wanted = match when {
            When::Auto => !walk.is_single() && !busy && io::stderr().is_terminal(),
            When::Always => true,
            When::Never => false,
        };
        Self {
            bar: wanted.then(|| bar(walk.clone().count())),
        }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        if let Some(bar) = &self.bar {
            bar.inc(1);
        }
    }

    /// Writes a line to standard error, above the bar.
    pub(crate) fn line(&self, text: &str) {
        match &self.bar {
            Some(bar) => bar.suspend(|| style::line(text)),
            None => style::line(text),
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: usize) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(10);
    let bar = ProgressBar::with_draw_target(Some(total as u64), target);
    let template = "{bar:30} {human_pos}/{human_len}  {per_sec}  {eta} left";
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
