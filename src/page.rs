//! Lines -> page: what each line of the text is, apart from the tables.
//!
//! Title, page marks and furniture are told from the wording that the genre gives.

use std::ops::Range;

use crate::chars::Chars;
use crate::form::Genre;
use crate::pattern::Pattern;
use crate::script::fold;
use crate::statement;
use crate::text::{Text, is_letter, letters};

mod other;
mod title;

use title::Title;

/// What a line is taken for. Later ones win over earlier ones where a line is several things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) enum Class {
    #[default]
    Unclaimed,
    Blank,
    Prose,
    Padding,
    Furniture,
    Title,
    Heading,
    Label,
    Value,
}

/// The patterns of a genre, compiled on first use.
#[derive(Debug)]
pub(crate) struct Marks {
    page: Vec<Pattern>,
    /// What page marks begin with, as far as their patterns tell.
    page_heads: Option<Chars>,
    furniture: Vec<String>,
    /// What furniture begins with.
    furniture_heads: Chars,
    titles: Vec<String>,
    /// The last letters of titles.
    title_ends: Vec<char>,
    agency_endings: Vec<String>,
    agency_edges: Vec<String>,
    periods: Vec<Pattern>,
    lead_ins: Vec<String>,
    pub(crate) statements: statement::Rules,
}

impl Marks {
    /// The patterns of `genre`. Patterns were checked when the grammar was loaded; one that fails
    /// all the same is left out.
    pub(crate) fn new(genre: &Genre) -> Self {
        let regexes = |patterns: &[String]| {
            patterns
                .iter()
                .map(|pattern| Pattern::lazy(pattern))
                .collect()
        };
        let folded = |words: &[String]| {
            words
                .iter()
                .map(|word| word.chars().map(fold).collect())
                .collect()
        };
        let furniture: Vec<String> = folded(&genre.furniture);
        let page: Vec<Pattern> = regexes(&genre.page_marks);
        let heads: Option<Vec<_>> = page.iter().map(Pattern::heads).collect();
        let titles: Vec<String> = genre.titles.iter().map(|title| letters(title)).collect();
        let mut title_ends: Vec<char> = titles.iter().filter_map(|it| it.chars().last()).collect();
        title_ends.sort_unstable();
        title_ends.dedup();
        Self {
            furniture_heads: furniture
                .iter()
                .filter_map(|word| word.chars().next())
                .collect(),
            furniture,
            page_heads: heads.map(|heads| heads.into_iter().flatten().collect()),
            page,
            titles,
            title_ends,
            agency_endings: folded(&genre.agency_endings),
            agency_edges: folded(&genre.agency_edges),
            periods: regexes(&genre.periods),
            lead_ins: folded(&genre.lead_ins),
            statements: statement::Rules::of_genre(genre),
        }
    }

    /// Whether a trimmed line is a page mark, such as `- 4 -`.
    pub(crate) fn is_page_mark(&self, line: &str) -> bool {
        let may_begin = |head: char| {
            let heads = self.page_heads.as_ref();
            heads.is_none_or(|heads| heads.contains(head))
        };
        // Page marks are short and hold a number; few lines are worth a regular expression.
        line.len() <= 60
            && line.starts_with(may_begin)
            && line.contains(|c: char| c.is_ascii_digit() || crate::text::is_numeral(c))
            && !line.bytes().all(|b| b.is_ascii_digit())
            && self
                .page
                .iter()
                .filter_map(|mark| mark.regex_for(line))
                .any(|mark| mark.is_match(line))
    }

    /// Whether a trimmed line is of the page around the report.
    pub(crate) fn is_furniture(&self, line: &str) -> bool {
        let line = line.trim_start_matches(|c: char| !is_letter(c) && !c.is_alphanumeric());
        let head = line.chars().next();
        if !head.is_some_and(|head| self.furniture_heads.contains(head)) {
            return false;
        }
        self.furniture.iter().any(|word| {
            line.strip_prefix(word.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with([':', ' ']))
        })
    }

    /// Whether a trimmed line only leads to a table.
    pub(crate) fn is_lead_in(&self, line: &str) -> bool {
        line.len() <= 120
            && self
                .lead_ins
                .iter()
                .any(|lead_in| line.contains(lead_in.as_str()))
    }

    /// The fiscal year of a report: that of its title, or of a line about its period.
    pub(crate) fn year(&self, text: &Text, title: Option<&Title>) -> Option<(i32, Range<usize>)> {
        let titled = title.and_then(|title| title.year.clone());
        titled.or_else(|| text.lines.iter().find_map(|line| self.period(text, line)))
    }

    /// The fiscal year that a line about the period states.
    pub(crate) fn period(&self, text: &Text, line: &Range<usize>) -> Option<(i32, Range<usize>)> {
        let said = text.get(line);
        if said.bytes().filter(u8::is_ascii_digit).count() < 4 {
            return None;
        }
        let mut bare = String::with_capacity(said.len());
        let mut at = Vec::with_capacity(said.len());
        for (offset, c) in said.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            at.extend(std::iter::repeat_n(line.start + offset, c.len_utf8()));
            bare.push(c);
        }
        let found = self
            .periods
            .iter()
            .find_map(|period| period.regex_for(&bare)?.captures(&bare)?.name("year"))?;
        let value = found.as_str().parse().ok()?;
        Some((
            value,
            *at.get(found.start())?..*at.get(found.end() - 1)? + 1,
        ))
    }
}
