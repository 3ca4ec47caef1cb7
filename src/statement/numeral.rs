//! Numbers as Chinese prose writes them, folded.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while1};
use nom::character::complete::{char, digit1, one_of};
use nom::combinator::{all_consuming, map_opt, opt, recognize, verify};
use nom::multi::{many0, separated_list1};
use nom::sequence::{pair, preceded};
use nom::{IResult, Parser};
use rust_decimal::Decimal;

/// A text that is a number from end to end: `1,204`, `1.2万`, `一百零三`, `二〇二〇`.
///
/// What is not one exact number is none: `1,2` and 三百五 (350 to some, 305 to others).
///
/// ```
/// use gongkai::statement::numeral::whole;
/// assert_eq!(whole("三千零五十"), Some(3050.into()));
/// assert_eq!(whole("16,066"), Some(16066.into()));
/// assert_eq!(whole("三百五"), None);
/// ```
pub fn whole(input: &str) -> Option<Decimal> {
    let numeral = alt((
        all_consuming(arabic),
        all_consuming(digits),
        all_consuming(chinese),
    ));
    let mut numeral = numeral;
    numeral.parse(input).ok().map(|(_, value)| value)
}

/// `259`, `16,066`, `1.5`, `1.2万`
fn arabic(input: &str) -> IResult<&str, Decimal> {
    let grouped = |groups: &Vec<&str>| {
        groups.len() == 1
            || (groups.iter().skip(1).all(|group| group.len() == 3)
                && groups.first().is_some_and(|group| group.len() <= 3))
    };
    let groups = verify(separated_list1(char(','), digit1), grouped);
    let fraction = opt(recognize(pair(char('.'), digit1)));
    let scale = opt(one_of("万亿"));
    map_opt((groups, fraction, scale), |(groups, fraction, scale)| {
        let plain = groups.concat() + fraction.unwrap_or_default();
        let value: Decimal = plain.parse().ok()?;
        match scale {
            None => Some(value),
            Some(scale) => value
                .checked_mul(unit(scale)?.into())
                .map(|value| value.normalize()),
        }
    })
    .parse(input)
}

/// `七`, `二〇二〇`, `一二三`: digit by digit.
fn digits(input: &str) -> IResult<&str, Decimal> {
    let digits = take_while1(|c| digit(c).is_some() && c != '两');
    let digits = alt((recognize(char('两')), digits));
    map_opt(digits, |digits: &str| {
        digits.chars().try_fold(Decimal::ZERO, |sum, c| {
            sum.checked_mul(Decimal::TEN)?.checked_add(digit(c)?.into())
        })
    })
    .parse(input)
}

/// `十二`, `一百零三`, `三千零五十`, `两万三千`, `廿一`: by units, each smaller than the one before.
fn chinese(input: &str) -> IResult<&str, Decimal> {
    let section = |scale: &'static str| {
        map_opt((below_myriad, tag(scale)), |(section, _)| {
            (section.value > 0).then_some(section.value)
        })
    };
    let (input, hundreds_of_millions) = opt(section("亿")).parse(input)?;
    let (input, zero_1) = opt(zero).parse(input)?;
    let (input, myriads) = opt(section("万")).parse(input)?;
    let (input, zero_2) = opt(zero).parse(input)?;
    let (input, rest) = opt(below_myriad).parse(input)?;
    let high = hundreds_of_millions.is_some() || myriads.is_some();
    let zero = zero_1.is_some() || zero_2.is_some();
    let fits = match rest {
        Some(rest) if high => follows(1000, rest.top, zero),
        Some(_) => !zero,
        None => high && !zero,
    };
    let sum = || {
        let high = hundreds_of_millions.unwrap_or(0).checked_mul(100_000_000)?;
        let middle = myriads.unwrap_or(0).checked_mul(10_000)?;
        high.checked_add(middle)?
            .checked_add(rest.map_or(0, |rest| rest.value))
    };
    match sum().filter(|_| fits) {
        Some(value) => Ok((input, value.into())),
        None => Err(nom::Err::Error(nom::error::Error::new(
            input,
            nom::error::ErrorKind::Verify,
        ))),
    }
}

/// A number below 10000 and its largest unit.
#[derive(Debug, Clone, Copy)]
struct Section {
    value: u64,
    top: u64,
}

/// Whether a place of unit `below` may follow where the next in order would be `next`. A zero
/// stands for skipped places only. It may be left out (一百十三, 一万三百) but not before a bare
/// digit: 三百五 says 350 to some.
fn follows(next: u64, below: u64, zero: bool) -> bool {
    if below < next {
        zero || below > 1
    } else {
        !zero
    }
}

/// `十二`, `一百零三`, `廿一`, `五`
fn below_myriad(input: &str) -> IResult<&str, Section> {
    let (input, places) = many0(place).parse(input)?;
    let (input, one) = opt((opt(zero), map_opt(one_of(DIGITS), digit))).parse(input)?;
    let mut places = places;
    places.extend(one.map(|(zero, digit)| Place {
        zero: zero.is_some(),
        digit,
        unit: 1,
    }));
    let error = || nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify));
    let (Some(first), Some(last)) = (places.first(), places.last()) else {
        return Err(error());
    };
    let falling = places.windows(2).all(|pair| match pair {
        [above, below] => {
            above.unit > below.unit && follows(above.unit / 10, below.unit, below.zero)
        }
        _ => true,
    });
    let alone = places.len() == 1 && last.unit == 1;
    if !falling || first.zero || (last.digit == 0 && !alone) {
        return Err(error());
    }
    let value = places.iter().map(|place| place.digit * place.unit).sum();
    Ok((
        input,
        Section {
            value,
            top: first.unit,
        },
    ))
}

struct Place {
    zero: bool,
    digit: u64,
    unit: u64,
}

/// `三千`, `零五十`, `十`, `廿`
fn place(input: &str) -> IResult<&str, Place> {
    let counted = map_opt(
        (opt(one_of(DIGITS)), one_of("千百十")),
        |(digits, scale)| {
            let digit = match digits {
                Some(c) => digit(c)?,
                // 十二, but never 百二.
                None if scale == '十' => 1,
                None => return None,
            };
            (digit > 0)
                .then_some(())
                .and(unit(scale))
                .map(|unit| (digit, unit))
        },
    );
    let joined = map_opt(one_of("廿卅"), |c| match c {
        '廿' => Some((2, 10)),
        _ => Some((3, 10)),
    });
    let after_zero = preceded(
        zero,
        map_opt((one_of(DIGITS), one_of("百十")), |(c, scale)| {
            digit(c).filter(|digit| *digit > 0).zip(unit(scale))
        }),
    );
    alt((
        alt((counted, joined)).map(|(digit, unit)| Place {
            zero: false,
            digit,
            unit,
        }),
        after_zero.map(|(digit, unit)| Place {
            zero: true,
            digit,
            unit,
        }),
    ))
    .parse(input)
}

const DIGITS: &str = "〇零一二两三四五六七八九";

fn zero(input: &str) -> IResult<&str, char> {
    one_of("零〇").parse(input)
}

/// The value of one Chinese digit.
pub(crate) fn digit(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' => 0,
        '一' => 1,
        '二' | '两' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

fn unit(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        '亿' => 100_000_000,
        _ => return None,
    })
}

#[test]
fn numerals() {
    let read = |input: &str| {
        let value = whole(input).map_or_else(|| "none".to_owned(), |value| value.to_string());
        format!("{input} {value}")
    };
    let all = "0 259 007 16,066 1,204,000 12,34 1,2 1.50 1.2万 万 七 〇 零 两 十 十二 二十 廿一 \
        卅 一百 一百零三 一百〇三 一百一十三 一百十三 三百五 一百零一十 两百 一千零二十 \
        一千零二 三千零五十 三千五百 一千二 三千零五百 两万三千 一万零三百 一万三百 \
        一万零三 十二万 一亿 一亿零三万 二〇二〇 一二三 百二 十百 零五 一百零";
    assert_eq!(whole(""), None);
    let all: Vec<_> = all.split(' ').map(read).collect();
    insta::assert_snapshot!(all.join("; "), @"0 0; 259 259; 007 7; 16,066 16066; 1,204,000 1204000; 12,34 none; 1,2 none; 1.50 1.50; 1.2万 12000; 万 none; 七 7; 〇 0; 零 0; 两 2; 十 10; 十二 12; 二十 20; 廿一 21; 卅 30; 一百 100; 一百零三 103; 一百〇三 103; 一百一十三 113; 一百十三 113; 三百五 none; 一百零一十 none; 两百 200; 一千零二十 1020; 一千零二 1002; 三千零五十 3050; 三千五百 3500; 一千二 none; 三千零五百 none; 两万三千 23000; 一万零三百 10300; 一万三百 10300; 一万零三 10003; 十二万 120000; 一亿 100000000; 一亿零三万 none; 二〇二〇 2020; 一二三 123; 百二 none; 十百 none; 零五 5; 一百零 none");
}
