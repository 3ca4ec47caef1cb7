//! Lines -> where the report of another year or body begins behind this one.

use std::ops::Range;

use super::Marks;
use super::title::Title;
use crate::statement::years;
use crate::text::{Text, is_numeral, letters};

/// Letters of a line that says the year of the title above it and nothing else: （2019年度）.
const YEAR_LINE: usize = 4;

/// Letters of a line that is no part of a sentence on several: values, a signature, a date.
const SHORT: usize = 16;

/// How a title differs from that of the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Difference {
    /// Another year, or a body of another name.
    Clear,
    /// A body whose name is in the other, as that of a county is in those of its offices.
    Body,
    None,
}

impl Marks {
    /// The title of another report behind the first heading or row of this one, if a heading or a row
    /// stands behind it too. Links to other reports have nothing of this kind on one of their sides.
    pub(crate) fn other_report(
        &self,
        text: &Text,
        rows: Option<Range<usize>>,
    ) -> Option<Range<usize>> {
        let named = |at: &usize| self.ends_as_title(text.get(&text.lines[*at]));
        let named: Vec<usize> = (0..text.lines.len()).filter(named).collect();
        if named.len() < 2 {
            return None;
        }
        let lines: Vec<Range<usize>> = text.lines.iter().map(|line| text.trim(line)).collect();
        let heading = |at: usize| Some((at, is_first(text.get(&lines[at]))?));
        let first_row = rows.as_ref().map(|rows| text.line_of(rows.start));
        let first = (0..lines.len()).find_map(heading).map(|(at, _)| at);
        let first = first.into_iter().chain(first_row).min()?;
        let behind = named.into_iter().filter(|at| *at > first);
        let others = behind.filter_map(|at| Some((at, self.named_in(text, &lines, at)?)));
        let others: Vec<(usize, Title)> = others.collect();
        if others.is_empty() {
            return None;
        }
        let title = self.title(text, &lines);
        let title = title.as_ref();
        let year = self.year(text, title).map(|(year, _)| year);
        let own = title.and_then(|title| title.pieces.last());
        let own = own.map_or(0, |own| text.line_of(own.start) + 1);
        let headings: Vec<(usize, bool)> = (own..lines.len()).filter_map(heading).collect();
        let first = headings.first().map(|(at, _)| *at);
        let first = first.into_iter().chain(first_row).min()?;
        let is_other = |(at, other): &(usize, Title)| {
            let next = headings.get(headings.partition_point(|(heading, _)| heading < at));
            let has_more = || rows.as_ref().is_some_and(|rows| rows.end > lines[*at].end);
            let first = headings.iter().find(|(_, first)| *first);
            let begins_again = || {
                next.is_some_and(|(_, first)| *first) && first.is_some_and(|(first, _)| first < at)
            };
            let below = lines.get(*at + 1).map_or("", |line| text.get(line));
            match differs(text, title, year, other, below) {
                Difference::Clear => next.is_some() || has_more(),
                Difference::Body => begins_again(),
                Difference::None => false,
            }
        };
        let mut others = others.iter().filter(|(at, _)| *at > first);
        let (found, _) = others.find(|other| is_other(other))?;
        lines.get(*found).cloned()
    }

    /// The title that a line ends with, if it may be that of a report of its own.
    fn named_in(&self, text: &Text, lines: &[Range<usize>], at: usize) -> Option<Title> {
        let line = text.get(&lines[at]);
        // 附件:某局… and 《某局…》 are named in the report.
        let is_named = line.contains(['《', ':']) || self.is_furniture(line);
        let above = at
            .checked_sub(1)
            .map_or("", |above| text.get(&lines[above]));
        if is_named || !self.ends_as_title(line) || goes_on(above) {
            return None;
        }
        self.title_of(text, &lines[..at], &lines[at])
    }

    /// Whether a line ends as a title does, but for brackets, borders and Markdown.
    fn ends_as_title(&self, line: &str) -> bool {
        let line =
            line.trim_end_matches(|c: char| c.is_ascii_punctuation() || c == ' ' || c == '》');
        self.title_ends.iter().any(|end| line.ends_with(*end))
    }
}

/// Whether the sentence of a line goes on in the next: 参照了⏎某局2020年…报告⏎编制。
fn goes_on(line: &str) -> bool {
    let ended = line.ends_with(|c: char| c.is_ascii_punctuation() || c == '。');
    !ended && line.chars().filter(|c| c.is_alphabetic()).count() > SHORT
}

/// How a title differs from that of the report, of a year; `below` is the line below it.
fn differs(
    text: &Text,
    own: Option<&Title>,
    year: Option<i32>,
    other: &Title,
    below: &str,
) -> Difference {
    let named = other.year.as_ref().map(|(year, _)| *year);
    let alone = letters(below).chars().count() <= YEAR_LINE;
    let named = named.or_else(|| years(below).last().filter(|_| alone));
    if year.zip(named).is_some_and(|(year, named)| year != named) {
        return Difference::Clear;
    }
    let body = |title: &Title| Some(letters(text.get(title.agency.as_ref()?)));
    match own.and_then(body).zip(body(other)) {
        Some((own, other)) if own == other => Difference::None,
        Some((own, other)) if own.starts_with(&other) || other.starts_with(&own) => {
            Difference::Body
        }
        // 卫健委 of 卫生健康委员会.
        Some((own, other)) if is_short_for(&own, &other) || is_short_for(&other, &own) => {
            Difference::None
        }
        Some(_) => Difference::Clear,
        None => Difference::None,
    }
}

/// Whether a name has the letters of another in their order.
fn is_short_for(short: &str, name: &str) -> bool {
    let mut name = name.chars();
    short
        .chars()
        .all(|letter| name.any(|other| other == letter))
}

/// Whether a heading with a number is the first of its kind, 一、总体情况; none for other lines.
fn is_first(line: &str) -> Option<bool> {
    // ### of Markdown.
    let line = line.trim_start_matches(|c: char| c.is_ascii_punctuation() || c == ' ');
    let (number, rest) = line.split_once('、')?;
    let is_number = number.chars().count() <= 2 && number.chars().all(is_numeral);
    (is_number && !number.is_empty() && !rest.is_empty()).then_some(number == "一")
}
