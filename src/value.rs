//! Cell text -> value. Input is folded: half width, one kind of dash, Simplified.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, digit1, none_of, satisfy};
use nom::combinator::{not, opt, peek, recognize, verify};
use nom::multi::{many0_count, many1_count};
use nom::sequence::{delimited, pair, preceded};
use nom::{IResult, Parser};
use rust_decimal::Decimal;

use crate::form::Genre;
use crate::text::{NOISE, is_numeral};

/// What a value looks like in one genre of reports.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notation<'g>(pub(crate) &'g Genre);

/// A number as it is written, such as `+205`, `1,204`, `3481775656.00元`, `22（其中修订16件）`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number<'t> {
    /// Exact; none where it has more digits than a decimal holds, or a zero in front (`00`), as
    /// only glued cells have.
    pub(crate) value: Option<Decimal>,
    /// Sign, digits and point, without unit and note.
    pub(crate) figure: &'t str,
    /// Whether the sign makes it negative.
    pub(crate) minus: bool,
    /// Unit printed behind it.
    pub(crate) unit: Option<&'t str>,
    /// Number, unit and note.
    pub(crate) raw: &'t str,
}

/// What multiplies the unit behind it.
pub(crate) const SCALES: [char; 4] = ['万', '亿', '千', '百'];

/// What else may stand before a unit: 十万元, 万余元.
const ROUND: [char; 6] = ['十', '佰', '仟', '余', '多', '来'];

/// What units of money end with.
const MONEY: [char; 3] = ['元', '圆', '币'];

/// Characters of the longest unit, and of the longest of money without a scale.
const LONGEST_UNIT: usize = 6;
const LONGEST_MONEY: usize = 3;

/// The longest run of dashes that stands for no value.
const LONGEST_MARK: usize = 4;

impl<'g> Notation<'g> {
    /// A number at the start of the input, with its unit and a note in brackets.
    pub(crate) fn number<'t>(self, input: &'t str) -> IResult<&'t str, Number<'t>> {
        let (rest, minus) = opt(alt((
            char('-').map(|_| true),
            char('+').map(|_| false),
            |input| {
                self.word(&self.0.minus_words, input)
                    .map(|(rest, _)| (rest, true))
            },
            |input| {
                self.word(&self.0.plus_words, input)
                    .map(|(rest, _)| (rest, false))
            },
        )))
        .parse(input)?;
        let (rest, digits) =
            recognize(pair(alt((grouped, digit1)), opt(pair(char('.'), digit1)))).parse(rest)?;
        let figure = &input[..input.len() - rest.len()];
        let space = || many0_count(alt((char(' '), char(NOISE))));
        let unit = |input| self.unit(input);
        let in_brackets = delimited((char('('), space()), unit, (space(), char(')')));
        let (rest, unit) = opt(preceded(space(), alt((unit, in_brackets)))).parse(rest)?;
        let (rest, _) = opt(|input| self.note(input)).parse(rest)?;
        let value = exact(digits).map(|value| if minus == Some(true) { -value } else { value });
        let raw = &input[..input.len() - rest.len()];
        Ok((
            rest,
            Number {
                value,
                figure,
                minus: minus == Some(true),
                unit,
                raw,
            },
        ))
    }

    /// A mark for no value that fills the whole input.
    pub(crate) fn is_placeholder(self, cell: &str) -> bool {
        let cell = cell.trim();
        // A longer run of dashes is a rule between rows.
        !cell.is_empty()
            && (cell.len() <= LONGEST_MARK && cell.chars().all(|c| matches!(c, '-' | '/' | '\\'))
                || self.0.placeholders.iter().any(|word| word == cell))
    }

    /// Whether a word behind a number is rather a part of it, or a unit that is not known: `,645`, 万,
    /// 万余元, 万元人民币, 港币. 百件实事 and 万元 are not.
    pub(crate) fn continues(self, word: &str) -> bool {
        let rest = word.strip_prefix([',', '.']);
        if rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())) {
            return true;
        }
        let word = word.trim_matches(|c: char| !c.is_alphanumeric());
        let may_be = word.chars().all(char::is_alphabetic) && word.chars().count() <= LONGEST_UNIT;
        if word.is_empty() || self.0.is_unit(word) || !may_be {
            return false;
        }
        let unscaled = word.trim_start_matches(|c| SCALES.contains(&c) || ROUND.contains(&c));
        let scaled = unscaled.len() < word.len();
        let is_money = unscaled.ends_with(MONEY);
        // 人民币, but not 合计五百万元.
        let is_short = word.chars().count() <= LONGEST_MONEY;
        let is_unit = unscaled.is_empty() || self.0.is_unit(unscaled) || is_money;
        // 人民币万元
        let in_words = word.contains(is_numeral);
        let ends = |unit: &String| unit.starts_with(SCALES) && word.ends_with(unit.as_str());
        let of_money = is_short || !in_words && self.0.units.iter().any(ends);
        scaled && is_unit || of_money && is_money
    }

    /// A unit at the start of the input.
    pub(crate) fn unit(self, input: &str) -> IResult<&str, &str> {
        self.word(&self.0.units, input)
    }

    /// A note behind a number, unless it says that the number is another: 348（万）, 2（减）.
    fn note(self, input: &str) -> IResult<&str, &str> {
        let genre = self.0;
        let changes = |said: &&str| {
            let said = said.trim_matches(['(', ')', ' ']);
            let signs = genre.minus_words.iter().chain(&genre.plus_words);
            said.starts_with(SCALES)
                || said.starts_with(['%', '‰'])
                || signs.chain(&genre.contrasts).any(|word| said == word)
        };
        verify(note, |said: &str| !changes(&said)).parse(input)
    }

    fn word<'t>(self, words: &[String], input: &'t str) -> IResult<&'t str, &'t str> {
        // Behind most values stands nothing, and nearly all words begin with three other bytes.
        let ends = matches!(input.as_bytes(), [] | [b'\n' | b'|', ..]);
        let words = if ends { &[] } else { words };
        let head = input.as_bytes().first_chunk::<3>();
        let may_begin = |word: &&String| match word.as_bytes().first_chunk::<3>() {
            Some(first) => head == Some(first),
            None => true,
        };
        let longest = words
            .iter()
            .filter(may_begin)
            .filter(|word| input.starts_with(word.as_str()))
            .map(String::len)
            .max();
        match longest.filter(|len| *len > 0) {
            Some(len) => Ok((&input[len..], &input[..len])),
            None => Err(nom::Err::Error(nom::error::Error::new(
                input,
                nom::error::ErrorKind::Tag,
            ))),
        }
    }
}

/// `1,204`; not `1,2` (two merged cells).
fn grouped(input: &str) -> IResult<&str, &str> {
    let group = |input| {
        preceded(
            char(','),
            recognize((digit, digit, digit, not(peek(digit)))),
        )
        .parse(input)
    };
    let head = verify(digit1, |head: &str| head.len() <= 3);
    recognize(pair(head, many1_count(group))).parse(input)
}

fn digit(input: &str) -> IResult<&str, char> {
    satisfy(|c| c.is_ascii_digit()).parse(input)
}

/// `（其中修订 16 件）` behind a number, on the same line.
fn note(input: &str) -> IResult<&str, &str> {
    recognize(delimited(
        tag("("),
        many1_count(alt((
            take_while1(|c: char| c.is_alphanumeric()),
            recognize(none_of("()|\t\n")),
        ))),
        tag(")"),
    ))
    .parse(input)
}

/// The digits as an exact decimal; none with a needless zero in front, or with a comma that does
/// not stand before three digits.
pub(crate) fn exact(digits: &str) -> Option<Decimal> {
    if digits.len() <= 18
        && !(digits.len() > 1 && digits.starts_with('0'))
        && let Ok(count) = digits.parse::<u64>()
    {
        return Some(count.into());
    }
    let whole = digits.split('.').next().unwrap_or_default();
    if whole.len() > 1 && whole.starts_with('0')
        || whole.split(',').skip(1).any(|group| group.len() != 3)
    {
        return None;
    }
    if digits.contains(',') {
        return Decimal::from_str_exact(&digits.replace(',', "")).ok();
    }
    Decimal::from_str_exact(digits).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn genre() -> Genre {
        let words = |words: &[&str]| words.iter().map(|word| word.to_string()).collect();
        Genre {
            placeholders: words(&["无", "N/A"]),
            minus_words: words(&["减"]),
            plus_words: words(&["增"]),
            units: words(&["元", "万元", "件"]),
            ..Genre::default()
        }
    }

    fn show(cell: &str) -> String {
        let genre = genre();
        match Notation(&genre).number(cell) {
            Ok((rest, number)) => {
                let value = number
                    .value
                    .map_or("none".to_string(), |value| value.to_string());
                format!("{value} unit={} rest={rest:?}", number.unit.unwrap_or("-"))
            }
            Err(_) => "no number".to_string(),
        }
    }

    #[test]
    fn numbers() {
        insta::assert_snapshot!(show("0"), @r#"0 unit=- rest="""#);
        insta::assert_snapshot!(show("+205"), @r#"205 unit=- rest="""#);
        insta::assert_snapshot!(show("-46\n"), @r#"-46 unit=- rest="\n""#);
        insta::assert_snapshot!(show("减3"), @r#"-3 unit=- rest="""#);
        insta::assert_snapshot!(show("1,204件"), @r#"1204 unit=件 rest="""#);
        insta::assert_snapshot!(show("1,2"), @r#"1 unit=- rest=",2""#);
        insta::assert_snapshot!(show("3481775656.00元"), @r#"3481775656.00 unit=元 rest="""#);
        insta::assert_snapshot!(show("160.5964万元"), @r#"160.5964 unit=万元 rest="""#);
        insta::assert_snapshot!(show("160.5964(万元)"), @r#"160.5964 unit=万元 rest="""#);
        insta::assert_snapshot!(show("22(其中修订 16 件)"), @r#"22 unit=- rest="""#);
        insta::assert_snapshot!(show("0000000"), @r#"none unit=- rest="""#);
        insta::assert_snapshot!(show("-"), @"no number");
        insta::assert_snapshot!(show("99999999999999999999999999999999"), @r#"none unit=- rest="""#);
    }

    #[test]
    fn words_that_belong_to_the_number_before() {
        let genre = genre();
        let continues = [
            ",645",
            ".268",
            "万",
            "百万",
            "万元人民币",
            "万件",
            "万余",
            "十万元",
            "仟元",
            "万余元",
            "港币",
            "万。",
        ];
        assert!(
            continues
                .iter()
                .all(|word| Notation(&genre).continues(word))
        );
        let others = [
            "万元",
            "万元。",
            "元",
            "百色市",
            "百件实事",
            "千人计划",
            "万人助万企活动",
            "、",
            ".",
            ",",
            "",
            "规章",
            "件",
        ];
        assert!(!others.iter().any(|word| Notation(&genre).continues(word)));
    }

    #[test]
    fn placeholders() {
        let genre = genre();
        let marks = ["-", "--", "/", "无", "N/A", "0", "", "无法提供"]
            .map(|cell| Notation(&genre).is_placeholder(cell));
        assert_eq!(marks, [true, true, true, true, true, false, false, false]);
    }
}
