//! Headers and labels -> the units they print: 采购总金额（万元）, 本年收费金额（单位：元）.
//!
//! A form says what its numbers count; a report that prints another unit beside a header or a label
//! means that one, and so does a line of its own above the headers for the amounts below it.

use std::ops::Range;

use nom::branch::alt;
use nom::bytes::complete::take_while_m_n;
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::{eof, not, opt, peek, recognize};
use nom::multi::many0_count;
use nom::sequence::{delimited, preceded, terminated};
use nom::{IResult, Parser};

use crate::align::Anchor;
use crate::grid::Document;
use crate::text::{BORDER, NOISE};
use crate::value::Notation;

/// The unit that stands in brackets at the end of a label or right behind it, or bare behind it.
pub(super) fn printed(document: &Document<'_>, anchor: &Anchor) -> Option<Range<usize>> {
    let text = document.text;
    let notation = Notation(document.genre);
    let own = text.get(&anchor.range);
    let end = anchor.range.end;
    let at = |unit: &str, from: &str, start: usize| {
        let place = start + (unit.as_ptr() as usize - from.as_ptr() as usize);
        place..place + unit.len()
    };
    if own.ends_with(')')
        && let Some(open) = own.rfind('(')
        && let Ok((_, unit)) = bracketed(notation, &own[open..])
    {
        return Some(at(unit, own, anchor.range.start));
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
    Some(at(unit, behind, end))
}

/// The unit of a line that states nothing else: 单位：万元.
pub(super) fn of_line(document: &Document<'_>, line: &Range<usize>) -> Option<Range<usize>> {
    let said = document.text.get(line);
    let start = said.rfind(':')? + 1;
    let edge = |c: char| matches!(c, '(' | ')' | BORDER | ' ');
    let name = said[..start - 1].trim_matches(edge);
    let unit = said[start..].trim_matches(edge);
    let place = line.start + start + said[start..].find(unit)?;
    let stated = name.chars().count() <= LONGEST_NAME
        && name.chars().all(char::is_alphabetic)
        && document.genre.is_unit(unit);
    stated.then(|| place..place + unit.len())
}

/// Whether two units measure the same on other scales: 元 and 万元.
pub(super) fn alike(a: &str, b: &str) -> bool {
    a.ends_with(b) || b.ends_with(a)
}

/// Letters before the colon of a stated unit: 金额单位.
const LONGEST_NAME: usize = 4;

fn bracketed<'t>(notation: Notation<'_>, input: &'t str) -> IResult<&'t str, &'t str> {
    let letter = |c: char| c.is_alphabetic();
    let name = terminated(
        take_while_m_n(1, LONGEST_NAME, letter),
        (space, char(':'), space),
    );
    delimited(
        (char('('), space, opt(name)),
        |input| notation.unit(input),
        (space, char(')')),
    )
    .parse(input)
}

fn bare<'t>(notation: Notation<'_>, input: &'t str) -> IResult<&'t str, &'t str> {
    let word = satisfy(|c| c.is_alphanumeric() || c == '(');
    let end = alt((recognize(eof), recognize(not(peek(word)))));
    terminated(|input| notation.unit(input), end).parse(input)
}

fn space(input: &str) -> IResult<&str, usize> {
    many0_count(satisfy(|c| matches!(c, ' ' | NOISE))).parse(input)
}
