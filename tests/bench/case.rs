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
    /// Names of its damages, `+` between them.
    pub(crate) damage: String,
    pub(crate) seed: u64,
    pub(crate) report: Report,
    pub(crate) truth: Truth,
    pub(crate) lines: Vec<TextLine>,
    newline: &'static str,
}

impl Case {
    /// The case that these three name, always the same.
    pub(crate) fn new(layout: Layout, damage: Damage, seed: u64) -> Self {
        Self::damaged(layout, &[damage], seed)
    }

    /// The same with several damages, one after the other.
    pub(crate) fn damaged(layout: Layout, damages: &[Damage], seed: u64) -> Self {
        let mut random = Random::new(seed);
        let mut damages = damages.to_vec();
        // What adds rows and columns adds up values that are written plainly still.
        damages.sort_by_key(|damage| !damage.is_structural());
        let form = damages.iter().find_map(|damage| damage.form());
        let report = match form {
            Some(form) => Report::of_form(form, &mut random),
            None => Report::random(&mut random),
        };
        let mut truth = report.truth();
        let mut page = Page::of(&report);
        for damage in &damages {
            damage.apply(&mut page, &mut truth, layout, &mut random);
        }
        let script = Script::random(&mut random);
        let script = damages
            .iter()
            .fold(script, |script, damage| damage.script(script));
        script.write(&mut page);
        for damage in &damages {
            damage.apply_to_script(&mut page, &mut random);
        }
        if random.chance(50) {
            narrow_brackets(&mut page);
        }
        let mut lines = layout.write(&page, &mut random);
        if damages.contains(&Damage::LinesOnce) {
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
            damage: damages
                .iter()
                .map(|damage| damage.name())
                .collect::<Vec<_>>()
                .join("+"),
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
