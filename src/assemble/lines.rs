//! What every line of the text was taken for.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Assembly;
use crate::extraction::Coverage;
use crate::grid::{Document, TableReading};
use crate::page::Class;
use crate::text::{BORDER, NOISE};

/// Bytes of the shortest line that may be a title.
const SHORTEST_TITLE: usize = 24;

/// Lines in which a page and the report on it may have the same heading.
const HEADINGS: usize = 12;

impl Assembly<'_> {
    /// Page marks and furniture: claimed, and returned so that no table sees them.
    pub(crate) fn page_marks(&mut self) -> Vec<Range<usize>> {
        let mut skip = Vec::new();
        let mut titles = Vec::new();
        for (index, line) in self.text.lines.iter().enumerate() {
            let is_count = |said: &str| said.bytes().all(|byte| byte.is_ascii_digit());
            // Most lines are a count and nothing else.
            if !line.is_empty() && is_count(self.text.get(line)) {
                continue;
            }
            let trimmed = self.text.trim(line);
            if trimmed.is_empty() {
                self.classes[index] = Class::Blank;
                continue;
            }
            let said = self.text.get(&trimmed);
            if is_count(said) {
                continue;
            }
            if is_rule(said) {
                self.classes[index] = Class::Padding;
                skip.push(line.clone());
            } else if self.marks.is_page_mark(said) || self.marks.is_furniture(said) {
                self.classes[index] = Class::Furniture;
                skip.push(line.clone());
            } else if said.len() > SHORTEST_TITLE && self.marks.is_title(said) {
                titles.push(index);
            }
        }
        let pages = self.running_titles(&titles);
        if !pages.is_empty() {
            skip.extend(pages.iter().map(|index| self.text.lines[*index].clone()));
            skip.sort_by_key(|line| line.start);
            for index in pages {
                self.classes[index] = Class::Furniture;
            }
        }
        skip
    }

    /// The lines that repeat a title at the head of each page, and a page's number beside them.
    fn running_titles(&self, titles: &[usize]) -> Vec<usize> {
        let said = |index: usize| {
            let line = self.text.lines.get(index)?;
            Some(self.text.get(&self.text.trim(line)))
        };
        let mut seen = BTreeSet::new();
        let repeated: Vec<usize> = titles
            .iter()
            .copied()
            .filter(|index| said(*index).is_some_and(|said| !seen.insert(said)))
            .collect();
        // Close to the first it is the heading of the report, below that of the page it stands on.
        let first = titles.first().copied().unwrap_or_default();
        let repeated = repeated
            .into_iter()
            .filter(|index| *index > first + HEADINGS);
        let is_number = |index: &usize| {
            said(*index).is_some_and(|said| {
                !said.is_empty() && said.len() < 4 && said.bytes().all(|it| it.is_ascii_digit())
            })
        };
        let mut pages = Vec::new();
        for index in repeated {
            let beside = [index.checked_sub(1), index.checked_add(1)];
            pages.extend(beside.into_iter().flatten().find(is_number));
            pages.push(index);
        }
        pages.sort_unstable();
        pages.dedup();
        pages
    }

    /// Claims what stands between the labels and values of a table: padding, pieces of labels,
    /// lines that lead in, values that no cell was given.
    pub(super) fn claim_inside(
        &mut self,
        document: &Document<'_>,
        reading: &TableReading,
        range: &Range<usize>,
    ) {
        let inside = range.start..reading.region.range.end;
        let (first, last) = (
            self.text.line_of(inside.start),
            self.text.line_of(inside.end.max(1) - 1),
        );
        let mut loose = reading.loose.clone();
        loose.sort_by_key(|loose| loose.start);
        let is_loose = |line: &Range<usize>| {
            let first = loose.partition_point(|loose| loose.end <= line.start);
            loose.get(first).is_some_and(|loose| loose.start < line.end)
        };
        for line in first..=last {
            if self.classes[line] != Class::Unclaimed {
                continue;
            }
            let trimmed = self.text.trim(&self.text.lines[line]);
            let said = self.text.get(&trimmed);
            self.classes[line] = if said
                .chars()
                .all(|c| matches!(c, '-' | BORDER | NOISE) || c.is_whitespace() || c == ':')
            {
                Class::Padding
            } else if is_loose(&trimmed) {
                Class::Value
            } else if trimmed.start < range.end
                && (crate::grid::is_piece(document, reading.region.table, said)
                    || crate::grid::is_stub(document, reading.region.table, said))
            {
                Class::Label
            } else if self.marks.is_lead_in(said) {
                Class::Prose
            } else {
                Class::Unclaimed
            };
        }
    }

    /// How many lines are of each class, and the first that nothing explains.
    pub(super) fn coverage(&mut self) -> (Coverage, Option<usize>) {
        let mut coverage = Coverage {
            lines: self.classes.len(),
            ..Coverage::default()
        };
        // A line end at the very end of the text opens no line.
        if self.text.lines.last().is_some_and(Range::is_empty) && self.text.lines.len() > 1 {
            coverage.lines -= 1;
            self.classes.pop();
        }
        let mut unclaimed: Option<usize> = None;
        for (line, class) in self.classes.iter().enumerate() {
            let count = match class {
                Class::Unclaimed => {
                    unclaimed = unclaimed.or(Some(line));
                    &mut coverage.unclaimed
                }
                Class::Blank => &mut coverage.blank,
                Class::Prose => &mut coverage.prose,
                Class::Padding => &mut coverage.padding,
                Class::Furniture => &mut coverage.furniture,
                Class::Title => &mut coverage.title,
                Class::Heading => &mut coverage.heading,
                Class::Label => &mut coverage.label,
                Class::Value => &mut coverage.value,
            };
            *count += 1;
        }
        (coverage, unclaimed)
    }
}

/// Whether a line is the rule under a Markdown header: `|---|:--:|`.
fn is_rule(line: &str) -> bool {
    line.bytes()
        .all(|byte| matches!(char::from(byte), BORDER | '-' | ':' | ' '))
        && line.contains(BORDER)
        && line.contains("---")
}
