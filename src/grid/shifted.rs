//! Rows that may be those of the label before or behind, as blank lines between them say.

use super::judge::{amounts, usable};
use super::{Draft, Reader};
use crate::field::Kind;
use crate::row::Style;
use crate::solve::{BUDGET, Outcome, solve};

impl Reader<'_> {
    /// Whether each row may be that of the label behind it: the last label has no values, and
    /// sums over several rows are broken.
    pub(super) fn may_be_shifted(&self, drafts: &[Draft], style: &Style) -> bool {
        let bare = drafts
            .last()
            .is_some_and(|last| last.is_bare() && !self.shows_blanks(last));
        if !bare || style.per_line || style.bordered {
            return false;
        }
        if self.leaves_no_line(drafts) {
            return true;
        }
        let whole: Vec<&Draft> = drafts
            .iter()
            .filter(|draft| draft.options.len() == 1)
            .collect();
        let rows = amounts(&whole);
        usable(&self.equations.all, &whole, &rows, true)
            .iter()
            .filter(|sum| sum.over_rows())
            .any(|sum| solve(&rows, std::slice::from_ref(sum), BUDGET) == Outcome::Contradiction)
    }

    /// Whether an empty line stands for the value of each row that has none, but for the last: then
    /// the first value may be blank, and each of the others that of the label behind it.
    fn leaves_no_line(&self, drafts: &[Draft]) -> bool {
        let Some((last, rest)) = drafts.split_last() else {
            return false;
        };
        let followed = last.text.tokens.first();
        let mut bare = rest
            .iter()
            .zip(drafts.iter().skip(1))
            .filter(|(draft, _)| draft.is_bare())
            .filter_map(|(_, next)| self.lines_before(next))
            .peekable();
        followed.is_some_and(|token| token.kind == Kind::Word && token.lines == 1)
            && bare.peek().is_some()
            && bare.all(|lines| lines > 1)
    }

    /// Whether blank lines enough for a whole blank row stand before the first label.
    pub(crate) fn blank_before(&self, drafts: &[Draft], style: &Style) -> bool {
        let rows = drafts.iter().filter(|draft| draft.anchor.is_some());
        let first = rows.min_by_key(|draft| self.start(draft));
        let lines = first.and_then(|first| self.lines_before(first));
        let cells = self.traits.len() + 1;
        !style.per_line && lines.is_some_and(|lines| lines >= cells * (style.gap.unwrap_or(0) + 1))
    }

    /// Line ends right before the label of a row.
    fn lines_before(&self, draft: &Draft) -> Option<usize> {
        let before = self.document.text.folded.get(..self.start(draft)?)?;
        let space = &before[before.trim_end().len()..];
        Some(space.matches('\n').count())
    }

    /// Withholds a row whose label stands right behind that of a row without values, where blank
    /// lines part all other cells: its values may be those of either. Sums, if there are any, say
    /// more.
    pub(super) fn withhold_stacked(&self, drafts: &mut [Draft], style: &Style) {
        let Some(gap) = style.gap.or(style.usual_gap).filter(|gap| *gap > 0) else {
            return;
        };
        for at in 1..drafts.len() {
            let stacked = drafts[at - 1].is_bare()
                && self
                    .lines_before(&drafts[at])
                    .is_some_and(|lines| lines <= gap + 1);
            if stacked && self.sums_of(drafts[at].row).is_empty() {
                drafts[at].options.clear();
            }
        }
    }

    /// Withholds rows of a group with values, up to one that has none: each row of values may stand
    /// before its label, the first of them behind that of the group.
    pub(super) fn withhold_moved(&self, drafts: &mut [Draft]) {
        let rows = &self.definition.rows;
        let filled = |draft: &Draft| draft.text.values().next().is_some();
        let groups = drafts
            .iter()
            .filter(|draft| rows[draft.row].group && filled(draft));
        let groups: Vec<usize> = groups.map(|draft| draft.row).collect();
        for group in groups {
            let is_child = |draft: &Draft| rows[draft.row].parent == Some(group);
            let bare =
                |draft: &&Draft| is_child(draft) && !filled(draft) && !self.shows_blanks(draft);
            let Some(last) = drafts.iter().filter(bare).map(|draft| draft.row).max() else {
                continue;
            };
            let moved = drafts
                .iter_mut()
                .filter(|draft| is_child(draft) && draft.row <= last);
            moved.for_each(|draft| draft.withheld = true);
        }
    }
}
