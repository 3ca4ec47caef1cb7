//! Text of a relation -> its terms (nom). Names are not yet resolved.
//!
//! ```text
//! relation    = sum ( "=" | "<=" | ">=" ) right
//! right       = sum | "any of (" sum { "," sum } ")"
//! sum         = [ "-" ] operand { ( "+" | "-" ) operand }
//! operand     = number | name | "leaves(" id ")" | "sum(" id ")"
//!             | "prose(" id ")" | "previous(" sum ")"      (without another "previous")
//! name        = id [ "/" id "/" id ]
//! ```

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, digit1, multispace0, one_of, satisfy};
use nom::combinator::{all_consuming, cut, map, map_opt, not, opt, recognize, value};
use nom::error::{ContextError, ErrorKind, ParseError, context};
use nom::multi::{many0, separated_list1};
use nom::sequence::{delimited, pair, preceded, terminated};
use nom::{Finish, IResult, Parser};
use rust_decimal::Decimal;

use super::Comparison;

/// A relation as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation<'a> {
    pub(crate) left: Vec<Summand<'a>>,
    pub(crate) comparison: Comparison,
    /// More than one after `any of`.
    pub(crate) right: Vec<Vec<Summand<'a>>>,
}

/// A signed operand as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Summand<'a> {
    pub(crate) minus: bool,
    pub(crate) previous: bool,
    pub(crate) operand: Written<'a>,
}

/// An operand as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Written<'a> {
    /// `5`
    Number(Decimal),
    /// `carried_out`, `requests/carried_out/total`
    Name(&'a str),
    /// `leaves(results.denied)`
    Leaves(&'a str),
    /// `sum(replied.denied)`
    Sum(&'a str),
    /// `prose(received_total)`
    Prose(&'a str),
}

/// What stands where a relation cannot go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Expected<'a> {
    pub(crate) what: &'static str,
    pub(crate) at: &'a str,
}

impl<'a> ParseError<&'a str> for Expected<'a> {
    fn from_error_kind(at: &'a str, _: ErrorKind) -> Self {
        Self { what: "", at }
    }

    fn append(_: &'a str, _: ErrorKind, other: Self) -> Self {
        other
    }

    /// The branch that got further knows more; of two that got as far, the one that has a word.
    fn or(self, other: Self) -> Self {
        let rank = |error: &Self| (std::cmp::Reverse(error.at.len()), !error.what.is_empty());
        if rank(&other) > rank(&self) {
            other
        } else {
            self
        }
    }
}

impl<'a> ContextError<&'a str> for Expected<'a> {
    /// The innermost context names what is missing.
    fn add_context(_: &'a str, what: &'static str, other: Self) -> Self {
        if other.what.is_empty() {
            Self { what, at: other.at }
        } else {
            other
        }
    }
}

type Parsed<'a, T> = IResult<&'a str, T, Expected<'a>>;

/// A whole relation.
///
/// # Errors
///
/// What was expected, and the rest of the text from where it was.
pub(crate) fn relation(input: &str) -> Result<Relation<'_>, Expected<'_>> {
    let relation = (preceded(multispace0, sum), comparison, cut(right));
    let relation = map(relation, |(left, comparison, right)| Relation {
        left,
        comparison,
        right,
    });
    let end = context("`+`, `-` or the end", not(satisfy(|_| true)));
    all_consuming(terminated(relation, cut(end)))
        .parse(input)
        .finish()
        .map(|(_, found)| found)
}

fn comparison(input: &str) -> Parsed<'_, Comparison> {
    let comparison = alt((
        value(Comparison::AtMost, token("<=")),
        value(Comparison::AtLeast, token(">=")),
        value(Comparison::Equal, token("=")),
    ));
    context("`+`, `-`, `=`, `<=` or `>=`", comparison).parse(input)
}

fn right(input: &str) -> Parsed<'_, Vec<Vec<Summand<'_>>>> {
    let any = preceded(
        (word("any"), cut(context("`of`", word("of")))),
        parenthesised(separated_list1(token(","), cut(sum))),
    );
    alt((any, map(sum, |sum| vec![sum]))).parse(input)
}

fn sum(input: &str) -> Parsed<'_, Vec<Summand<'_>>> {
    sum_of(operand).parse(input)
}

fn sum_of<'a>(
    operand: impl Parser<&'a str, Output = Vec<Summand<'a>>, Error = Expected<'a>> + Copy,
) -> impl Parser<&'a str, Output = Vec<Summand<'a>>, Error = Expected<'a>> {
    let sign = map(terminated(one_of("+-"), multispace0), |sign| sign == '-');
    let first = pair(map(opt(token("-")), |sign| sign.is_some()), operand);
    let more = many0(pair(sign, cut(operand)));
    map(pair(first, more), |(first, more)| {
        let all = std::iter::once(first).chain(more);
        all.flat_map(|(minus, operand)| {
            operand.into_iter().map(move |term| Summand {
                minus: term.minus != minus,
                ..term
            })
        })
        .collect()
    })
}

/// One operand; several terms where it is `previous(a + b)`, which does not nest.
fn operand(input: &str) -> Parsed<'_, Vec<Summand<'_>>> {
    let inner = parenthesised(cut(sum_of(this_year)));
    let previous = map(preceded(function("previous"), inner), |terms| {
        terms
            .into_iter()
            .map(|term| Summand {
                previous: true,
                ..term
            })
            .collect()
    });
    alt((previous, this_year)).parse(input)
}

const OPERAND: &str = "a row, a column, an address, a number or a function";

fn this_year(input: &str) -> Parsed<'_, Vec<Summand<'_>>> {
    let one = |operand| {
        vec![Summand {
            minus: false,
            previous: false,
            operand,
        }]
    };
    let operand = alt((
        map(number, one),
        map(map(named("leaves"), Written::Leaves), one),
        map(map(named("sum"), Written::Sum), one),
        map(map(named("prose"), Written::Prose), one),
        map(name, one),
    ));
    context(OPERAND, operand).parse(input)
}

/// The id between the parentheses of a function.
fn named<'a>(name: &'static str) -> impl Parser<&'a str, Output = &'a str, Error = Expected<'a>> {
    preceded(function(name), parenthesised(cut(id)))
}

fn number(input: &str) -> Parsed<'_, Written<'_>> {
    let digits = recognize((digit1, opt((char('.'), digit1))));
    let number = map_opt(digits, |digits: &str| digits.parse().ok());
    map(terminated(number, multispace0), Written::Number).parse(input)
}

fn name(input: &str) -> Parsed<'_, Written<'_>> {
    let part = || cut(context("an id", bare_id));
    let slash = cut(context("`/` and a column", char('/')));
    let address = recognize((bare_id, opt((char('/'), part(), slash, part()))));
    let name = terminated(address, (not(char('(')), multispace0));
    map(name, Written::Name).parse(input)
}

fn id(input: &str) -> Parsed<'_, &str> {
    terminated(context("an id", bare_id), multispace0).parse(input)
}

fn bare_id(input: &str) -> Parsed<'_, &str> {
    let rest =
        take_while(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_' || c == '.');
    let first = satisfy(|c| c.is_ascii_lowercase());
    recognize(pair(first, rest)).parse(input)
}

fn parenthesised<'a, O>(
    inner: impl Parser<&'a str, Output = O, Error = Expected<'a>>,
) -> impl Parser<&'a str, Output = O, Error = Expected<'a>> {
    let open = cut(context("`(`", token("(")));
    let close = cut(context("`)`", token(")")));
    delimited(open, inner, close)
}

/// The name of a function: a word that a parenthesis follows.
fn function<'a>(
    name: &'static str,
) -> impl Parser<&'a str, Output = &'a str, Error = Expected<'a>> {
    terminated(word(name), nom::combinator::peek(char('(')))
}

fn word<'a>(word: &'static str) -> impl Parser<&'a str, Output = &'a str, Error = Expected<'a>> {
    let letters = take_while1(|c: char| c.is_ascii_lowercase() || c == '_' || c == '.');
    terminated(
        nom::combinator::verify(letters, move |found: &str| found == word),
        multispace0,
    )
}

fn token<'a>(text: &'static str) -> impl Parser<&'a str, Output = &'a str, Error = Expected<'a>> {
    terminated(tag(text), multispace0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        let Expected { what, at } = relation(text).unwrap_err();
        format!("expected {what} at `{at}`")
    }

    #[test]
    fn terms() {
        let found = relation("a + b.c - 2 <= previous(x - leaves(y))").unwrap();
        let sides = [&found.left, &found.right[0]].map(|side| {
            let term = |term: &Summand<'_>| {
                let sign = if term.minus { "-" } else { "+" };
                let year = if term.previous { "'" } else { "" };
                format!("{sign}{:?}{year}", term.operand)
            };
            side.iter().map(term).collect::<Vec<_>>().join(" ")
        });
        assert_eq!(found.comparison, Comparison::AtMost);
        insta::assert_snapshot!(sides.join(" | "), @r#"+Name("a") +Name("b.c") -Number(2) | +Name("x")' -Leaves("y")'"#);
    }

    #[test]
    fn alternatives() {
        let found = relation("prose(n) = any of (t/r/c, t/r/d + t/s/d)").unwrap();
        assert_eq!(found.left[0].operand, Written::Prose("n"));
        assert_eq!(found.right.len(), 2);
        assert_eq!(found.right[1][1].operand, Written::Name("t/s/d"));
    }

    #[test]
    fn errors() {
        insta::assert_snapshot!(error("a + = b"), @"expected a row, a column, an address, a number or a function at `= b`");
        insta::assert_snapshot!(error("a + b"), @"expected `+`, `-`, `=`, `<=` or `>=` at ``");
        insta::assert_snapshot!(error("a = b c"), @"expected `+`, `-` or the end at `c`");
        insta::assert_snapshot!(error("t/r = b"), @"expected `/` and a column at ` = b`");
        insta::assert_snapshot!(error("leaves(a = b"), @"expected `)` at `= b`");
        insta::assert_snapshot!(error("a = any (b, c)"), @"expected `of` at `(b, c)`");
        insta::assert_snapshot!(error("previous(previous(a)) = b"), @"expected a row, a column, an address, a number or a function at `(a)) = b`");
        insta::assert_snapshot!(error("甲 = 乙"), @"expected a row, a column, an address, a number or a function at `甲 = 乙`");
    }
}
