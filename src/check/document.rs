//! Rules on the document: its tables, sections and years.
//!
//! A text can be cut anywhere. What is missing at its ends is not known to be missing in the
//! report, so only a gap between things that are there fails.

use std::collections::BTreeMap;
use std::sync::RwLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::cells::Cells;
use super::rule::{Finding, printed};
use crate::extraction::{Block, Extraction, Section};
use crate::form::Form;
use crate::script::fold;
use crate::statement::{Prose, numeral};

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
            let (before, after) = (id(*before), id(*after));
            return Finding::fail(format!("section `{after}` comes after `{before}`"));
        }
    }
    let first = found.iter().map(|(index, _)| *index).min().unwrap_or(last);
    if let Some(missing) = (first..last).find(|at| found.iter().all(|(index, _)| index != at)) {
        return Finding::fail(format!("section `{}` is not in the text", id(missing)));
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
            return Finding::fail(format!(
                "section `{id}` has the number {number}, expected {expected}"
            ));
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
    let of_title = extraction.title.iter().flat_map(|title| {
        let prose = Prose::of(&title.text, 0);
        let years = matches(r"([0-9]{4}|[〇零一二三四五六七八九]{4})年", prose.folded());
        years.into_iter().map(|year| ("the title", year))
    });
    let mut text = String::new();
    extraction
        .sections
        .iter()
        .for_each(|section| prose(section, &mut text));
    let of_period = ["([0-9]{4})年0?1月0?1日", "([0-9]{4})年12月31日"]
        .into_iter()
        .zip(["the period's first day", "the period's last day"]);
    let of_period = of_period.flat_map(|(pattern, what)| {
        // A body founded on 1 January some year may say so: only a period has both days.
        let whole = matches("([0-9]{4})年0?1月0?1日[^。;]{0,6}[0-9]{4}年12月31日", &text);
        let years = if whole.is_empty() {
            Vec::new()
        } else {
            matches(pattern, &text)
        };
        years.into_iter().take(1).map(move |year| (what, year))
    });
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
    if !with(about, |about| about.is_match(&text)) {
        return Finding::fail(format!("section `{id}` does not speak of it"));
    }
    let some = matches(amount, &text)
        .into_iter()
        .any(|amount| !amount.is_zero());
    if some && with(none, |none| none.is_match(&text)) {
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

/// The folded prose of a section and its parts.
fn prose(section: &Section, text: &mut String) {
    for block in &section.blocks {
        if let Block::Paragraph {
            text: paragraph, ..
        } = block
        {
            text.extend(paragraph.chars().filter(|c| !c.is_whitespace()).map(fold));
        }
    }
    section.sections.iter().for_each(|part| prose(part, text));
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
    with(pattern, |pattern| {
        let captures = pattern.captures_iter(text);
        let numbers = captures.filter_map(|found| {
            let number = found.name("n").or_else(|| found.get(1))?;
            numeral::whole(number.as_str())
        });
        numbers.collect()
    })
}

/// Compiled patterns. A form is evaluated over many reports, and compiling takes a hundred times
/// as long as matching.
static PATTERNS: RwLock<BTreeMap<String, Regex>> = RwLock::new(BTreeMap::new());

/// Calls `f` with the compiled pattern; loading a grammar has refused what does not compile.
fn with<T: Default>(pattern: &str, f: impl Fn(&Regex) -> T) -> T {
    let read = PATTERNS
        .read()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some(compiled) = read.get(pattern) {
        return f(compiled);
    }
    drop(read);
    let Ok(compiled) = Regex::new(pattern) else {
        return T::default();
    };
    let found = f(&compiled);
    let mut write = PATTERNS
        .write()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    write.insert(pattern.to_owned(), compiled);
    found
}
