//! Boxes of characters, in which a row may have several lines: between two rules all lines are one.

use std::ops::Range;

use super::{Draft, Reader};
use crate::field::{Token, tokens};
use crate::value::Notation;

/// What a rule has at least, folded.
const DASHES: [&str; 2] = ["--", "=="];

/// Dashes of a rule without corners.
const LONG: usize = 12;

impl Reader<'_> {
    /// Withholds rows of a table with a rule between most of its rows, if numbers stand on other
    /// lines between the same rules: which column those are in, only the places on the line say. So are
    /// those whose values stand behind another rule.
    pub(super) fn withhold_boxed(&self, drafts: &mut [Draft]) {
        let text = self.document.text;
        let said = text.get(&self.region.range);
        if !DASHES.iter().any(|dashes| said.contains(dashes)) {
            return;
        }
        let first = text.line_of(self.region.range.start);
        let last = text.line_of(self.region.range.end);
        let lines = text.lines.get(first..=last).unwrap_or_default();
        let rules: Vec<usize> = lines
            .iter()
            .filter(|line| is_rule(text.get(line)))
            .map(|line| line.start)
            .collect();
        if rules.len() * 2 < drafts.len() || rules.len() < 2 {
            return;
        }
        let bounds = |at: usize| {
            let next = rules.partition_point(|rule| *rule <= at);
            let before = next.checked_sub(1).and_then(|before| rules.get(before));
            let start = before.copied().unwrap_or(self.region.range.start);
            start..rules.get(next).copied().unwrap_or(self.region.range.end)
        };
        for draft in drafts {
            let value = draft.text.values().next().map(|value| value.range.start);
            let Some(at) = value.or_else(|| self.start(draft)) else {
                continue;
            };
            let line = value.map(|value| text.line_of(value));
            let elsewhere = |number: Token| Some(text.line_of(number.range.start)) != line;
            draft.withheld |= self.numbers(&bounds(at)).any(elsewhere);
            let label = self.start(draft).map(bounds);
            draft.withheld |= label.is_some_and(|label| label.end < at);
        }
    }

    /// The numbers in a stretch of the text.
    fn numbers(&self, range: &Range<usize>) -> impl Iterator<Item = Token> {
        let found = tokens(
            self.document.text,
            range,
            &[],
            Notation(self.document.genre),
        );
        found.into_iter().filter(Token::is_number)
    }
}

/// A line of dashes with the corners of cells between them, or a long one: `--` alone is a cell.
fn is_rule(line: &str) -> bool {
    let corner = |c: char| matches!(c, '+' | '┼' | '├' | '┤' | '┌' | '┐' | '└' | '┘' | '┬' | '┴');
    let cells = line.contains(corner) || line.len() >= LONG;
    cells
        && DASHES.iter().any(|dashes| line.contains(dashes))
        && !line.contains(char::is_alphanumeric)
}
