//! One case of the bench: a report, laid out and damaged, and what a reader may say of it.

use super::damage::Damage;
use super::layout::{Layout, TextLine};
use super::page::Page;
use super::random::Random;
use super::report::{Report, Truth};
use super::script::{Script, narrow_brackets};

/// A text whose cells are known.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    pub(crate) layout: Layout,
    /// Name of the damage.
    pub(crate) damage: &'static str,
    pub(crate) seed: u64,
    pub(crate) report: Report,
    pub(crate) truth: Truth,
    pub(crate) lines: Vec<TextLine>,
    newline: &'static str,
}

impl Case {
    /// The case that these three name, always the same.
    pub(crate) fn new(layout: Layout, damage: Damage, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let report = match damage.form() {
            Some(form) => Report::of_form(form, &mut random),
            None => Report::random(&mut random),
        };
        let mut truth = report.truth();
        let mut page = Page::of(&report);
        damage.apply(&mut page, &mut truth, layout, &mut random);
        damage.script(Script::random(&mut random)).write(&mut page);
        damage.apply_to_script(&mut page, &mut random);
        if random.chance(50) {
            narrow_brackets(&mut page);
        }
        let mut lines = layout.write(&page, &mut random);
        if damage == Damage::LinesOnce {
            let mut seen = Vec::new();
            lines.retain(|line| {
                let new = !seen.contains(&line.text);
                seen.push(line.text.clone());
                new
            });
        }
        let newline = random.pick(&["\n", "\n", "\r\n"]);
        Self {
            layout,
            damage: damage.name(),
            seed,
            report,
            truth,
            lines,
            newline,
        }
    }

    /// The text, in UTF-8.
    pub(crate) fn text(&self) -> String {
        self.lines
            .iter()
            .map(|line| format!("{}{}", line.text, self.newline))
            .collect()
    }

    /// How to see the case again.
    pub(crate) fn name(&self) -> String {
        format!("{} {} {}", self.layout.name(), self.damage, self.seed)
    }
}
