//! Headers and labels -> the units they print: 采购总金额（万元）, 本年收费金额（单位：元）.
//!
//! A form says what its numbers count; a report that prints another unit beside a header or a label
//! means that one, and so does a line of its own above the headers for the amounts below it.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::{eof, fail, not, opt, peek, recognize};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use super::Assembly;
use crate::align::Anchor;
use crate::form::Genre;
use crate::grid::Document;
use crate::text::{BORDER, NOISE, is_gap, is_numeral};
use crate::value::{Notation, SCALES};

impl Assembly<'_> {
    /// A printed unit in the script of the text, if it is another than that of the form.
    pub(super) fn other_unit(
        &self,
        document: &Document<'_>,
        printed: Option<Range<usize>>,
        of_form: Option<&String>,
    ) -> Option<String> {
        let said = |unit: &Range<usize>| document.text.get(unit);
        let is_own = |unit: &Range<usize>, own: &String| {
            let said = said(unit).chars().filter(|c| !is_space(*c));
            own.chars().eq(said)
        };
        let unit = printed.filter(|unit| !of_form.is_some_and(|own| is_own(unit, own)))?;
        Some(self.unit(&unit))
    }

    /// A unit as printed, but for what breaks it.
    pub(super) fn unit(&self, range: &Range<usize>) -> String {
        let mut unit = self.shown(range);
        unit.retain(|c| !c.is_whitespace());
        unit
    }
}

/// The unit that stands in brackets at the end of a label or right behind it, or bare behind it.
pub(super) fn printed(document: &Document<'_>, anchor: &Anchor) -> Option<Range<usize>> {
    let text = document.text;
    let notation = Notation(document.genre);
    let own = text.get(&anchor.range);
    let end = anchor.range.end;
    if own.ends_with(')')
        && let Some(open) = own.rfind('(')
        && let Ok((_, unit)) = bracketed(notation, &own[open..])
    {
        return Some(place(unit, own, anchor.range.start));
    }
    let behind = text.folded.get(end..)?;
    let mut unit = alt((
        preceded(
            opt(preceded(space, char('\n'))),
            preceded(space, |input| bracketed(notation, input)),
        ),
        preceded((space, opt(one_of(":/,"))), |input| bare(notation, input)),
    ));
    let (_, unit) = unit.parse(behind).ok()?;
    Some(place(unit, behind, end))
}

/// The unit in the cell behind a label, where the form has a column for it.
pub(super) fn beside(document: &Document<'_>, anchor: &Anchor) -> Option<Range<usize>> {
    let behind = document.text.folded.get(anchor.range.end..)?;
    let said = behind.trim_start_matches(is_gap);
    let (rest, unit) = Notation(document.genre).unit(said).ok()?;
    (!rest.starts_with(char::is_alphabetic)).then(|| place(unit, behind, anchor.range.end))
}

/// The units of a line that states nothing else: 单位：万元, 单位：项、万元.
pub(super) fn of_line(document: &Document<'_>, line: &Range<usize>) -> Vec<Range<usize>> {
    let said = document.text.get(line);
    let Some(colon) = said.rfind(':') else {
        return Vec::new();
    };
    let edge = |c: char| matches!(c, '(' | ')' | BORDER | ' ');
    let name = said[..colon].trim_matches(edge);
    let stated = name.chars().count() <= LONGEST_NAME && name.chars().all(char::is_alphabetic);
    let mut units = Vec::new();
    for part in said[colon + 1..].split(['、', ',', '/']) {
        let unit = part.trim_matches(edge);
        if !stated || !document.genre.is_unit(unit) {
            return Vec::new();
        }
        units.push(place(unit, said, line.start));
    }
    units
}

/// The unit that a value's line begins with: its row has the label on several lines, and the unit
/// on that of the value.
pub(super) fn on_line(document: &Document<'_>, value: &Range<usize>) -> Option<Range<usize>> {
    let text = document.text;
    let line = text.lines.get(text.line_of(value.start))?.start;
    let before = text.get(&(line..value.start)).trim_end_matches(is_gap);
    let unit = ends_with_unit(document.genre, before, |_| true)?;
    let front = &before[..before.len() - unit.len()];
    let apart = front.is_empty() || front.ends_with(is_gap);
    apart.then(|| place(unit, before, line))
}

/// The unit that stands alone on the line below a value, or in the cell behind it, in brackets or
/// not. Most values have nothing like one there.
pub(super) fn behind(document: &Document<'_>, value: &Range<usize>) -> Option<Range<usize>> {
    let behind = document.text.folded.get(value.end..)?;
    let said = behind.trim_start_matches(is_gap);
    if said.starts_with(|c: char| c.is_ascii() && c != '(' || is_numeral(c)) {
        return None;
    }
    let part = |c: char| matches!(c, '\n' | '\t' | BORDER);
    let gap = &behind[..behind.len() - said.len()];
    let parts = gap.chars().filter(|c| part(*c)).count();
    if parts == 0 || parts > MOST_PARTS {
        return None;
    }
    let mut letters = said.char_indices().take(LONGEST_NOTE);
    let end = letters.find(|(_, c)| part(*c)).map(|(end, _)| end);
    let end = end.or_else(|| letters.next().is_none().then_some(said.len()))?;
    let cell = said
        .get(..end)?
        .trim_end_matches(|c| is_edge(c) || c == '。');
    let (_, unit) = alt((
        terminated(|input| bracketed(Notation(document.genre), input), eof),
        preceded(opt((stated, char(':'))), |input| {
            only(document.genre, input)
        }),
    ))
    .parse(cell)
    .ok()?;
    Some(place(unit, behind, value.end))
}

/// The word before the colon of a stated unit: 单位.
fn stated(input: &str) -> IResult<&str, &str> {
    take_while_m_n(1, LONGEST_NAME, char::is_alphabetic).parse(input)
}

/// A unit that is all there is; a space may stand in it.
fn only<'t>(genre: &Genre, input: &'t str) -> IResult<&'t str, &'t str> {
    let said = || input.chars().filter(|c| !is_space(*c));
    if genre.units.iter().any(|unit| unit.chars().eq(said())) {
        Ok(("", input))
    } else {
        fail().parse(input)
    }
}

/// What may stand beside a unit on its line.
fn is_edge(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | BORDER | NOISE)
}

/// Whether amounts are also given in other units than this, such as 万元 and 元.
pub(super) fn has_scales(document: &Document<'_>, unit: &str) -> bool {
    let mut units = document.genre.units.iter();
    units.any(|other| other.len() != unit.len() && alike(other, unit))
}

/// The unit that a line near a table, or a cell of its headers, says the amounts are in: it ends
/// with one like that of the form, and has no number: 第二十条第（九）项 单位：万元, 注：以上均为万元。
pub(super) fn said_by(
    document: &Document<'_>,
    line: &Range<usize>,
    official: &str,
) -> Option<Range<usize>> {
    let whole = document.text.get(line);
    let mut cells = whole.split([BORDER, '\t']);
    cells.find_map(|cell| {
        let said = cell.trim_end_matches(|c: char| !c.is_alphanumeric());
        let short = said.chars().count() <= LONGEST_LINE;
        if !short || said.contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let unit = ends_with_unit(document.genre, said, |unit| alike(official, unit))?;
        // 合计五百元 is an amount.
        let before = said[..said.len() - unit.len()].chars().next_back();
        if before.is_some_and(|c| is_numeral(c) || SCALES.contains(&c) || matches!(c, '零' | '两'))
        {
            return None;
        }
        Some(place(unit, whole, line.start))
    })
}

/// The longest unit of some that a text ends with; a line may break within it.
fn ends_with_unit<'t>(
    genre: &Genre,
    said: &'t str,
    fits: impl Fn(&str) -> bool,
) -> Option<&'t str> {
    let units = genre.units.iter().map(String::as_str);
    let ends = units.filter(|unit| fits(unit)).filter_map(|unit| {
        let mut letters = unit.chars().rev().peekable();
        for (at, c) in said.char_indices().rev() {
            if letters.next_if_eq(&c).is_none() && !is_space(c) {
                return None;
            }
            if letters.peek().is_none() {
                return Some(at);
            }
        }
        None
    });
    ends.min().map(|start| &said[start..])
}

/// What may break a unit, or stand around it.
fn is_space(c: char) -> bool {
    c.is_whitespace() || c == NOISE
}

/// Where a part of `whole` stands in the text, in which `whole` begins at `start`.
fn place(part: &str, whole: &str, start: usize) -> Range<usize> {
    let start = start + (part.as_ptr() as usize - whole.as_ptr() as usize);
    start..start + part.len()
}

/// Whether two units measure the same on other scales: 元, 万元 and 千元.
pub(super) fn alike(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|unit| unit.trim_start_matches(SCALES));
    a.ends_with(b) || b.ends_with(a)
}

/// Letters before the colon of a stated unit: 金额单位.
const LONGEST_NAME: usize = 4;

/// Characters of the longest line near a table that may be about its unit.
const LONGEST_LINE: usize = 40;

/// Characters of the longest note that may be of a unit.
const LONGEST_NOTE: usize = 12;

/// Line ends and borders that stand at most between a value and its unit.
const MOST_PARTS: usize = 8;

/// What brackets hold, if it is a unit; with the word for it, if there is one: （单位：元）. Where it
/// is more than that, （元/万元）, it is what the numbers are in, as printed.
fn bracketed<'t>(notation: Notation<'_>, input: &'t str) -> IResult<&'t str, &'t str> {
    let inside = take_while_m_n(1, LONGEST_NOTE, |c: char| !matches!(c, '(' | ')' | BORDER));
    let (rest, said) = delimited(char('('), inside, char(')')).parse(input)?;
    let said = said.trim_matches(is_space);
    let units = || notation.0.units.iter();
    let unit = match ends_with_unit(notation.0, said, |_| true) {
        Some(unit) => {
            let front = &said[..said.len() - unit.len()];
            let name = front.trim_end_matches(|c| c == ':' || is_space(c));
            // 自然人 is no 人, but 单位万元 is 万元.
            if !name.is_empty() && name.len() == front.len() && unit.chars().count() < 2 {
                return fail().parse(input);
            }
            let is_name = name.chars().count() <= LONGEST_NAME
                && name.chars().all(char::is_alphabetic)
                && !units().any(|unit| name.contains(unit.as_str()));
            if is_name { unit } else { said }
        }
        None if units().any(|unit| unit.chars().count() > 1 && said.contains(unit.as_str())) => {
            said
        }
        // 采购总金额（万）
        None if said.starts_with(SCALES) && said.chars().count() == 1 => said,
        None => return fail().parse(input),
    };
    Ok((rest, unit))
}

fn bare<'t>(notation: Notation<'_>, input: &'t str) -> IResult<&'t str, &'t str> {
    let word = satisfy(|c| c.is_alphanumeric() || c == '(');
    let end = alt((recognize(eof), recognize(not(peek(word)))));
    terminated(|input| notation.unit(input), end).parse(input)
}

fn space(input: &str) -> IResult<&str, usize> {
    many0_count(satisfy(|c| matches!(c, ' ' | NOISE))).parse(input)
}
