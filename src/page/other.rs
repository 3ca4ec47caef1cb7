//! Lines -> where the report of another year or body begins behind this one.

use std::ops::Range;

use super::Marks;
use crate::text::{Text, letters};

impl Marks {
    /// The title of another report behind a sentence or the first row of this one. Links to other
    /// reports stand in front of those, or behind all of it, where they do no harm.
    pub(crate) fn other_report(
        &self,
        text: &Text,
        first_row: Option<usize>,
    ) -> Option<Range<usize>> {
        let named = |line: &&Range<usize>| self.ends_as_title(text.get(line));
        text.lines.iter().filter(named).nth(1)?;
        let lines: Vec<Range<usize>> = text.lines.iter().map(|line| text.trim(line)).collect();
        let title = self.title(text, &lines);
        let title = title.as_ref();
        let year = self.year(text, title).map(|(year, _)| year);
        let own = title.and_then(|title| title.pieces.last());
        let own = own.map_or(0, |own| text.line_of(own.start) + 1);
        let is_text = |line: &Range<usize>| {
            text.get(line).contains('。') || first_row.is_some_and(|row| row < line.end)
        };
        let from = own + lines.get(own..)?.iter().position(is_text)? + 1;
        let agency = title.and_then(|title| title.agency.as_ref());
        let agency = agency.map(|agency| letters(text.get(agency)));
        let is_other = |at: &usize| {
            let line = &lines[*at];
            if !self.ends_as_title(text.get(line)) || self.is_furniture(text.get(line)) {
                return false;
            }
            let other = self.title_of(text, &lines[..*at], line);
            let Some((named, _)) = other.as_ref().and_then(|other| other.year.as_ref()) else {
                return false;
            };
            let body = other.as_ref().and_then(|other| other.agency.as_ref());
            let body = body.map(|body| letters(text.get(body)));
            let is_apart = agency.as_ref().zip(body).is_some_and(|(own, other)| {
                !own.contains(other.as_str()) && !other.contains(own.as_str())
            });
            year.is_some_and(|year| year != *named) || is_apart
        };
        let found = (from..lines.len()).find(is_other)?;
        lines.get(found).cloned()
    }

    /// Whether the last letter of a line is that of a title.
    fn ends_as_title(&self, line: &str) -> bool {
        let last = line.chars().rev().find(|c| c.is_alphabetic());
        self.titles.iter().any(|title| title.chars().last() == last)
    }
}
