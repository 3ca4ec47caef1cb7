//! How far a batch is, on standard error, where somebody is watching.

use std::cell::Cell;
use std::fmt;
use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::input::Walk;
use super::options::When;
use super::style;

/// How long nothing is said where a bar cannot be drawn.
const PAUSE: Duration = Duration::from_secs(5);

/// A bar on a terminal, else a line now and then, or nothing.
#[derive(Debug)]
pub(crate) enum Progress {
    Bar(ProgressBar),
    Lines {
        total: usize,
        done: Cell<usize>,
        said: Cell<Instant>,
    },
    None,
}

impl Progress {
    /// A bar over `walk` where it is wanted; `busy` where the output fills the terminal.
    pub(crate) fn new(when: When, walk: &Walk, busy: bool) -> Self {
        let terminal = io::stderr().is_terminal();
        let wanted = match when {
            When::Auto => !walk.is_single() && !busy && terminal,
            When::Always => true,
            When::Never => false,
        };
        match (wanted, terminal) {
            (false, _) => Self::None,
            (true, true) => Self::Bar(bar(walk.clone().count())),
            (true, false) => Self::Lines {
                total: walk.clone().count(),
                done: Cell::new(0),
                said: Cell::new(Instant::now()),
            },
        }
    }

    /// One more is done.
    pub(crate) fn step(&self) {
        match self {
            Self::Bar(bar) => bar.inc(1),
            Self::Lines { total, done, said } => {
                done.set(done.get() + 1);
                if done.get() == *total || said.get().elapsed() >= PAUSE {
                    said.set(Instant::now());
                    style::line(&format!("gongkai: {} of {total} inputs", done.get()));
                }
            }
            Self::None => {}
        }
    }

    /// Writes a line to standard error, above the bar.
    pub(crate) fn line(&self, text: &str) {
        match self {
            Self::Bar(bar) => bar.suspend(|| style::line(text)),
            Self::Lines { .. } | Self::None => style::line(text),
        }
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        if let Self::Bar(bar) = self {
            bar.finish_and_clear();
        }
    }
}

fn bar(total: usize) -> ProgressBar {
    let target = ProgressDrawTarget::stderr_with_hz(10);
    let bar = ProgressBar::with_draw_target(Some(total as u64), target);
    // The bar has what the terminal's width leaves.
    let template = "{wide_bar} {human_pos}/{human_len}  {rate}  {eta} left";
    let rate = |state: &ProgressState, out: &mut dyn fmt::Write| {
        // A string takes everything.
        let _ = write!(out, "{:.0}/s", state.per_sec());
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.with_key("rate", rate)),
        Err(_) => bar,
    }
}
