//! Rules on the document: its tables, sections and years.
//!
//! A text can be cut anywhere. What is missing at its ends is not known to be missing in the
//! report, so only a gap between things that are there fails.

use std::collections::BTreeMap;
use std::sync::RwLock;

use memchr::memmem;
use regex::Regex;
use rust_decimal::Decimal;

use super::cells::Cells;
use super::rule::{Finding, printed};
use crate::extraction::{Block, Extraction, Section};
use crate::form::Form;
use crate::pattern::Pattern;
use crate::script::fold;
use crate::statement::{Prose, is_space, numeral};

/// Every table of the form is there.
pub(super) fn tables(cells: &Cells<'_>, extraction: &Extraction) -> Finding {
    let form = cells.form;
    let last_section = form
        .sections
        .iter()
        .rposition(|section| find(extraction, &section.id).is_some());
    let all: Vec<_> = printed(cells).collect();
    let last = all.iter().rposition(|(_, _, there)| *there);
    let mut cut = Vec::new();
    let mut missing = Vec::new();
    for (at, id, _) in all.iter().filter(|(_, _, there)| !there) {
        let section = form.tables.get(*at).and_then(|table| table.section);
        let passed = last.is_some_and(|last| *at < last)
            || section
                .zip(last_section)
                .is_some_and(|(section, last)| section < last);
        if passed {
            missing.push(*id)
        } else {
            cut.push(*id)
        }
    }
    match (missing.as_slice(), cut.as_slice()) {
        ([], []) => Finding::pass(),
        ([], [first, ..]) => Finding::unevaluated(&format!("the text ends before table `{first}`")),
        (missing, _) => Finding::fail(format!("not in the text: `{}`", missing.join("`, `"))),
    }
}

/// All sections are there, in order, with the numbers of the form.
pub(super) fn sections(form: &Form, extraction: &Extraction) -> Finding {
    let index = |section: &Section| {
        form.sections
            .iter()
            .position(|known| known.id == section.id)
    };
    let found: Vec<(usize, &Section)> = extraction
        .sections
        .iter()
        .filter_map(|section| Some((index(section)?, section)))
        .collect();
    let id = |index: usize| {
        form.sections
            .get(index)
            .map_or("", |section| section.id.as_str())
    };
    let Some(last) = found.iter().map(|(index, _)| *index).max() else {
        return Finding::unevaluated("no section heading is in the text");
    };
    for pair in found.windows(2) {
        if let [(before, _), (after, _)] = pair
            && after <= before
        {
            let reason = format!("section `{}` comes after `{}`", id(*after), id(*before));
            return Finding::fail(reason).of_section(*after);
        }
    }
    let first = found.iter().map(|(index, _)| *index).min().unwrap_or(last);
    if let Some(missing) = (first..last).find(|at| found.iter().all(|(index, _)| index != at)) {
        let reason = format!("section `{}` is not in the text", id(missing));
        return Finding::fail(reason).of_section(missing);
    }
    for (index, section) in &found {
        let expected = form
            .sections
            .get(*index)
            .and_then(|section| section.number.as_deref());
        let number = section.number.as_deref();
        // A heading that lost its number does not have a wrong one.
        let Some((expected, number)) = expected.zip(number) else {
            continue;
        };
        if plain(expected) != plain(number) {
            let id = id(*index);
            let reason = format!("section `{id}` has the number {number}, expected {expected}");
            return Finding::fail(reason).of_section(*index);
        }
    }
    if first > 0 {
        let first = id(first);
        return Finding::unevaluated(&format!("the text begins at section `{first}`"));
    }
    if last + 1 < form.sections.len() {
        let next = id(last + 1);
        return Finding::unevaluated(&format!("the text ends before section `{next}`"));
    }
    Finding::pass()
}

/// The years of the title and of a period from 1 January to 31 December are the report's year.
pub(super) fn years(extraction: &Extraction) -> Finding {
    let Some(year) = &extraction.year else {
        return Finding::unevaluated("the text does not say of which year it is");
    };
    let title = extraction.title.iter();
    let title = title.map(|title| Prose::of(&title.text, 0)).next();
    let title = title.as_ref().map_or("", |title| title.folded());
    let of_title = years_in(title).map(|year| ("the title", year));
    let mut text = String::new();
    extraction
        .sections
        .iter()
        .for_each(|section| days(section, &mut text));
    let of_period = period(&text).into_iter().flatten();
    let of_period = ["the period's first day", "the period's last day"]
        .into_iter()
        .zip(of_period);
    let expected = Decimal::from(year.value);
    match of_title
        .chain(of_period)
        .find(|(_, year)| *year != expected)
    {
        Some((what, year)) => {
            Finding::fail(format!("{what} is of {year}, the report of {expected}"))
        }
        None => Finding::pass(),
    }
}

/// The section says something.
pub(super) fn not_empty(
    form: &Form,
    extraction: &Extraction,
    section: usize,
    except: &[String],
) -> Finding {
    let (id, text) = match text_of(form, extraction, section) {
        Ok(found) => found,
        Err(finding) => return finding,
    };
    if text.is_empty() || except.iter().any(|nothing| plain(nothing) == plain(&text)) {
        return Finding::fail(format!("section `{id}` says nothing"));
    }
    Finding::pass()
}

/// The section speaks of a matter, and does not say both that there was none and how much.
pub(super) fn states(
    form: &Form,
    extraction: &Extraction,
    section: usize,
    [about, none, amount]: [&str; 3],
) -> Finding {
    let (id, text) = match text_of(form, extraction, section) {
        Ok(found) => found,
        Err(finding) => return finding,
    };
    if !with(about, &text, |about| about.is_match(&text)) {
        return Finding::fail(format!("section `{id}` does not speak of it"));
    }
    let some = matches(amount, &text)
        .into_iter()
        .any(|amount| !amount.is_zero());
    if some && with(none, &text, |none| none.is_match(&text)) {
        return Finding::fail(format!(
            "section `{id}` says both that there was none and how much"
        ));
    }
    Finding::pass()
}

fn text_of<'f>(
    form: &'f Form,
    extraction: &Extraction,
    section: usize,
) -> Result<(&'f str, String), Finding> {
    let id = form
        .sections
        .get(section)
        .map_or("", |section| section.id.as_str());
    let Some(section) = find(extraction, id) else {
        return Err(Finding::unevaluated(&format!(
            "section `{id}` is not in the text"
        )));
    };
    let mut text = String::new();
    prose(section, &mut text);
    Ok((id, text))
}

fn find<'e>(extraction: &'e Extraction, id: &str) -> Option<&'e Section> {
    extraction.sections.iter().find(|section| section.id == id)
}

/// The folded paragraphs of a section and its parts that name a day, each with the one before it,
/// in which the day may begin.
fn days(section: &Section, text: &mut String) {
    let mut before = "";
    for block in &section.blocks {
        let Block::Paragraph { text: said, .. } = block else {
            continue;
        };
        // 日 is in many other words.
        if said.contains(DAY) && [before, said].iter().any(|text| text.contains(MONTH)) {
            fold_into(before, text);
            fold_into(said, text);
            before = "";
        } else {
            before = said;
        }
    }
    section.sections.iter().for_each(|part| days(part, text));
}

/// The folded prose of a section and its parts.
fn prose(section: &Section, text: &mut String) {
    for block in &section.blocks {
        if let Block::Paragraph {
            text: paragraph, ..
        } = block
        {
            fold_into(paragraph, text);
        }
    }
    section.sections.iter().for_each(|part| prose(part, text));
}

/// Adds a paragraph, folded and without white space.
fn fold_into(paragraph: &str, text: &mut String) {
    text.reserve(paragraph.len());
    for c in paragraph.chars().filter(|c| !is_space(*c)) {
        text.push(fold(c));
    }
}

/// Letters and digits alone, folded.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .map(fold)
        .collect()
}

/// The numbers that the group `n`, or the first group, of a pattern takes.
fn matches(pattern: &str, text: &str) -> Vec<Decimal> {
    with(pattern, text, |pattern| {
        let captures = pattern.captures_iter(text);
        let numbers = captures.filter_map(|found| {
            let number = found.name("n").or_else(|| found.get(1))?;
            numeral::whole(number.as_str())
        });
        numbers.collect()
    })
}

/// Patterns of grammars, each compiled once: a form is evaluated over many reports, and compiling
/// takes a hundred times as long as matching.
static PATTERNS: RwLock<BTreeMap<String, Pattern>> = RwLock::new(BTreeMap::new());

/// Calls `f` with the compiled pattern where `text` may hold a match; loading a grammar has
/// refused what does not compile.
fn with<T: Default>(pattern: &str, text: &str, f: impl Fn(&Regex) -> T) -> T {
    let apply = |known: &Pattern| known.regex_for(text).map(&f).unwrap_or_default();
    let read = PATTERNS
        .read()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(known) = read.get(pattern) {
        return apply(known);
    }
    drop(read);
    let new = Pattern::lazy(pattern);
    let found = apply(&new);
    let mut write = PATTERNS
        .write()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    write.insert(pattern.to_owned(), new);
    found
}

const YEAR: &str = "年";
/// One character in both scripts, as the month is.
const DAY: char = '日';
const MONTH: char = '月';

fn year_signs(text: &str) -> impl Iterator<Item = usize> {
    memmem::find_iter(text.as_bytes(), YEAR.as_bytes())
}

/// The years Y of `Y年` in Arabic or Chinese digits.
fn years_in(text: &str) -> impl Iterator<Item = Decimal> {
    year_signs(text).filter_map(|at| {
        let before = text.get(..at)?;
        let (start, _) = before.char_indices().rev().nth(3)?;
        let year = before.get(start..)?;
        let arabic = year.bytes().all(|b| b.is_ascii_digit());
        let chinese = || year.chars().all(|c| "〇零一二三四五六七八九".contains(c));
        (arabic || chinese())
            .then(|| numeral::whole(year))
            .flatten()
    })
}

/// The year of each `2020年` in Arabic digits, and what stands behind it.
fn dates(text: &str) -> impl Iterator<Item = (Decimal, &str)> {
    year_signs(text).filter_map(|at| {
        let digits = text.get(at.checked_sub(4)?..at)?;
        let digits = digits
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then_some(digits)?;
        Some((numeral::whole(digits)?, text.get(at + YEAR.len()..)?))
    })
}

/// What stands behind `1月1日`.
fn first_day(text: &str) -> Option<&str> {
    let text = text.strip_prefix('0').unwrap_or(text).strip_prefix("1月")?;
    text.strip_prefix('0').unwrap_or(text).strip_prefix("1日")
}

/// Whether `2020年12月31日`, of any year, stands at the start.
fn is_last_day(text: &str) -> bool {
    let year = text.get(..4);
    year.is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit()))
        && text
            .get(4..)
            .is_some_and(|day| day.starts_with("年12月31日"))
}

/// The years of the first and of the last day of a period such as 2020年1月1日至2020年12月31日.
///
/// A body founded on 1 January some year may say so: only a period has both days.
fn period(text: &str) -> Option<[Decimal; 2]> {
    let mut starts = dates(text).filter_map(|(_, rest)| first_day(rest));
    let whole = starts.any(|rest| {
        let places = rest.char_indices().take(7);
        let mut before_stop = true;
        places.into_iter().any(|(at, c)| {
            let found = before_stop && rest.get(at..).is_some_and(is_last_day);
            before_stop &= !matches!(c, '。' | ';');
            found
        })
    });
    if !whole {
        return None;
    }
    let (first, _) = dates(text).find(|(_, rest)| first_day(rest).is_some())?;
    let (last, _) = dates(text).find(|(_, rest)| rest.starts_with("12月31日"))?;
    Some([first, last])
}
