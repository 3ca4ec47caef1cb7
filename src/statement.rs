//! Prose -> the counts it states, such as 全年新收到政府信息公开申请259宗.
//!
//! In: paragraphs, and the patterns of a genre ([`StatementRule`]). Out: each count with the span
//! of its number in the text. Wording lives in the grammar; only how numbers are written
//! ([`numeral`]) is known here.
//!
//! Text out of a PDF breaks a line anywhere, inside a word or between a verb and its number, and
//! pads numbers with spaces. So patterns match prose that is folded and stripped of white space
//! ([`Prose`]), and every match finds its way back.

mod context;
pub mod numeral;
mod prose;

use std::collections::BTreeSet;
use std::ops::Range;

use rust_decimal::Decimal;

use crate::form::{Genre, StatementRule};
use crate::pattern::{Needs, Pattern, Sentences, Words};
use crate::span::TextSpan;

pub(crate) use context::years;
pub use prose::Prose;
pub(crate) use prose::is_space;

/// The statement rules of a genre, ready to match.
///
/// ```
/// use gongkai::{form::StatementRule, statement::Rules};
/// let rule = StatementRule { id: "a".into(), patterns: vec!["(".into()], ..StatementRule::default() };
/// assert!(Rules::compile(&[rule]).is_err());
/// ```
#[derive(Debug, Clone)]
pub struct Rules {
    rules: Vec<Rule>,
    words: Words,
    /// Those of the genre: [`Genre::unless`], [`Genre::unless_behind`].
    unless: Vec<(Pattern, Needs)>,
    unless_behind: Vec<(Pattern, Needs)>,
}

#[derive(Debug, Clone)]
struct Rule {
    id: String,
    patterns: Vec<(Pattern, Needs)>,
    unless: Vec<(Pattern, Needs)>,
    next_year: bool,
    value: Option<Decimal>,
}

impl Rules {
    /// Compiles the patterns of the rules.
    ///
    /// # Errors
    ///
    /// The first pattern that is no regular expression.
    ///
    /// ```
    /// use gongkai::{form::StatementRule, statement::Rules};
    /// let rule = StatementRule {
    ///     id: "received".to_owned(),
    ///     patterns: vec!["收到申请(?<n>[0-9]+)(?<unit>件|宗)".to_owned()],
    ///     ..StatementRule::default()
    /// };
    /// assert!(Rules::compile(&[rule]).is_ok());
    /// ```
    pub fn compile(rules: &[StatementRule]) -> Result<Self, regex::Error> {
        let patterns = |rule: &StatementRule| {
            let patterns = rule.patterns.iter();
            patterns.map(|pattern| Pattern::compile(pattern)).collect()
        };
        let patterns = rules.iter().map(patterns);
        let patterns = patterns.collect::<Result<_, _>>()?;
        Ok(Self::of(rules, patterns, &[], &[]))
    }

    /// The rules of a genre, with what it says of all statements. Patterns are compiled when prose
    /// has the words for them; one that is no regular expression, which loading refuses, is none.
    ///
    /// ```
    /// use gongkai::{form::Grammars, statement::{Prose, Rules, find}};
    /// let rules = Rules::of_genre(Grammars::embedded().genre("disclosure_report").ok_or("none")?);
    /// assert!(find(&rules, &Prose::of("上年度共收到政府信息公开申请15件。", 0), None).is_empty());
    /// # Ok::<(), &str>(())
    /// ```
    pub fn of_genre(genre: &Genre) -> Self {
        let rules = &genre.statements;
        let patterns = |rule: &StatementRule| {
            let patterns = rule.patterns.iter();
            patterns.map(|pattern| Pattern::lazy(pattern)).collect()
        };
        let patterns = rules.iter().map(patterns).collect();
        Self::of(rules, patterns, &genre.unless, &genre.unless_behind)
    }

    fn of(
        rules: &[StatementRule],
        patterns: Vec<Vec<Pattern>>,
        unless: &[String],
        unless_behind: &[String],
    ) -> Self {
        let alternatives = |written: &[String]| -> Vec<Pattern> {
            let written = written.iter();
            written.flat_map(|it| Pattern::alternatives(it)).collect()
        };
        let of_rules: Vec<_> = rules.iter().map(|it| alternatives(&it.unless)).collect();
        let (unless, unless_behind) = (alternatives(unless), alternatives(unless_behind));
        let others = of_rules.iter().flatten().chain(&unless);
        let all = patterns.iter().flatten().chain(others);
        let words = Words::of(all.chain(&unless_behind));
        let with_needs = |patterns: Vec<Pattern>| -> Vec<(Pattern, Needs)> {
            let needs: Vec<Needs> = patterns.iter().map(|it| words.needs(it)).collect();
            patterns.into_iter().zip(needs).collect()
        };
        let of_rules = patterns.into_iter().zip(of_rules);
        let rules = rules.iter().zip(of_rules);
        let rules = rules.map(|(rule, (patterns, unless))| Rule {
            id: rule.id.clone(),
            patterns: with_needs(patterns),
            unless: with_needs(unless),
            next_year: rule.next_year,
            value: rule.value,
        });
        Self {
            rules: rules.collect(),
            unless: with_needs(unless),
            unless_behind: with_needs(unless_behind),
            words,
        }
    }

    /// Whether the words around a match, which has a count that ends at `counted`, say that it is of
    /// another time, body or thing, or a rough one.
    fn is_other(&self, text: &Sentences<'_>, all: &Range<usize>, counted: usize) -> bool {
        // A pattern may begin with the character before its wording.
        let first = text.of_range(all.clone()).chars().next();
        let behind_first = all.start + first.map_or(0, char::len_utf8);
        let mut places = vec![all.start, behind_first, counted];
        places.dedup();
        places
            .into_iter()
            .any(|place| stands_before(&self.unless, text, place))
            || text.any(&self.unless_behind, all.end, || {
                context::behind(text.all(), all.end)
            })
    }
}

/// Whether one of `others` stands in the sentence up to `place`.
fn stands_before(others: &[(Pattern, Needs)], text: &Sentences<'_>, place: usize) -> bool {
    text.any(others, place, || context::before(text.all(), place))
}

/// A count that the prose states.
///
/// ```
/// use gongkai::{form::StatementRule, statement::{Prose, Rules, find}};
/// let patterns = vec!["均已办结".to_owned()];
/// let value = Some(0.into());
/// let rule = StatementRule { id: "left".into(), patterns, value, ..StatementRule::default() };
/// let rules = Rules::compile(&[rule])?;
/// let stated = find(&rules, &Prose::of("申请均已办结。", 0), None);
/// assert_eq!((stated[0].value, format!("{:?}", stated[0].span)), (0.into(), "6..18".to_owned()));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// `received_this_year`.
    pub id: String,
    /// The count, exact.
    pub value: Decimal,
    /// Its unit as printed, folded.
    pub unit: Option<String>,
    /// Where the number stands in the text; where the matched wording stands, for a pattern
    /// without a number.
    pub span: TextSpan,
}

/// The counts that `prose` states, in the order of the text; a count stated twice is there twice.
///
/// Rules are tried in the order of the grammar, and a number belongs to the first that claims
/// it: 新收到申请3件 is not read again as 收到申请3件. A pattern without the group `n` states the
/// value of its rule (均已办结: 0 are left). A count does not count where the sentence before it
/// says that it is another (`unless`), or names another year than `year`, that of the report.
///
/// ```
/// use gongkai::{form::StatementRule, statement::{Prose, Rules, find}};
/// let rule = StatementRule {
///     id: "received".to_owned(),
///     patterns: vec!["收到申请(?<n>[0-9]+)(?<unit>件|宗)".to_owned()],
///     ..StatementRule::default()
/// };
/// let text = "全年收到申请 25\n9 宗。";
/// let found = find(&Rules::compile(&[rule])?, &Prose::of(text, 0), None);
/// assert_eq!(found[0].value, 259.into());
/// assert_eq!(found[0].span.of(text), "25\n9");
/// # Ok::<(), regex::Error>(())
/// ```
pub fn find(rules: &Rules, prose: &Prose, year: Option<i32>) -> Vec<Stated> {
    let mut claimed = BTreeSet::new();
    let mut found = Vec::new();
    let sentences = Sentences::of(prose.folded(), &rules.words);
    for rule in &rules.rules {
        for (pattern, needs) in &rule.patterns {
            pattern.each(needs, &sentences, |one| {
                let folded = prose.folded();
                let said = |range: &Range<usize>| folded.get(range.clone()).unwrap_or_default();
                let value = match &one.number {
                    None => rule.value,
                    Some(number) if part_of_longer(folded, number.clone()) => None,
                    Some(number) => numeral::whole(said(number)),
                };
                let Some(value) = value else { return };
                let counted = one.number.is_some();
                let upto = one
                    .number
                    .as_ref()
                    .map_or(one.all.end, |number| number.start);
                let of_year = |year| context::is_of_year(folded, &one.all, year, rule.next_year);
                let place = one.number.as_ref().unwrap_or(&one.all);
                let claim = (place.start, counted);
                // Expressions come last, as they take longest.
                if claimed.contains(&claim)
                    || !year.is_none_or(of_year)
                    || stands_before(&rule.unless, &sentences, upto)
                    || rules.is_other(&sentences, &one.all, upto)
                {
                    return;
                }
                claimed.insert(claim);
                found.push(Stated {
                    id: rule.id.clone(),
                    value,
                    unit: one.unit.as_ref().map(|unit| said(unit).to_owned()),
                    span: prose.span(place.clone()),
                });
            });
        }
    }
    found.sort_by_key(|stated| (stated.span.start, stated.span.end));
    found
}

/// Whether a pattern took only a part of a number, such as the 59 of 259.
fn part_of_longer(folded: &str, number: Range<usize>) -> bool {
    let before = folded
        .get(..number.start)
        .and_then(|text| text.chars().next_back());
    let after = folded
        .get(number.end..)
        .and_then(|text| text.chars().next());
    let mut edges = folded.get(number).into_iter().flat_map(str::chars);
    let (first, last) = (edges.next(), edges.next_back());
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    (digit(before) && digit(first)) || (digit(after) && digit(last.or(first)))
}

#[cfg(test)]
mod tests;
