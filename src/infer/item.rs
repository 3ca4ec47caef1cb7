//! Cell text -> item: whether a cell can be a value, and which.

use std::ops::Range;

use rust_decimal::Decimal;

use crate::field::{Kind as TokenKind, tokens};
use crate::text::Text;
use crate::value::Notation;

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// `12`, `1,204件`.
    Number(Decimal),
    /// `-`.
    Placeholder,
    /// `45.2%`, `2021-03-04`, `007`: a value, but no number.
    Figure,
    /// `2019年`, `12 个`: it may be a label or a value.
    Mixed,
    /// `即办件`, `1.现场办理`.
    Word,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
    /// The unit printed behind a number.
    pub(super) unit: Option<Range<usize>>,
}

impl Item {
    /// Whether it can be a cell rather than a label.
    pub(super) fn is_value(&self) -> bool {
        matches!(
            self.kind,
            Kind::Number(_) | Kind::Placeholder | Kind::Figure
        )
    }

    pub(super) fn number(&self) -> Option<Decimal> {
        match self.kind {
            Kind::Number(value) => Some(value),
            _ => None,
        }
    }

    pub(super) fn is_number(&self) -> bool {
        self.number().is_some()
    }

    /// The number, if it is a bare whole one.
    pub(super) fn whole(&self) -> Option<Decimal> {
        match self.kind {
            Kind::Number(value) if value.scale() == 0 && self.unit.is_none() => Some(value),
            _ => None,
        }
    }

    /// Whether it may be a year.
    pub(super) fn is_year(&self) -> bool {
        let years = Decimal::from(1990)..Decimal::from(2100);
        self.whole().is_some_and(|value| years.contains(&value))
    }
}

/// The item of a trimmed cell.
pub(super) fn item(text: &Text, range: &Range<usize>, notation: Notation<'_>) -> Item {
    let said = text.get(range);
    let mut unit = None;
    let kind = match tokens(text, range, &[], notation).as_slice() {
        [token] => match &token.kind {
            TokenKind::Number {
                value: Some(value),
                unit: printed,
                ..
            } => {
                unit.clone_from(printed);
                Kind::Number(*value)
            }
            TokenKind::Number { value: None, .. } => Kind::Figure,
            TokenKind::Placeholder => Kind::Placeholder,
            _ => other(said),
        },
        _ => other(said),
    };
    Item {
        kind,
        range: range.clone(),
        unit,
    }
}

/// What a cell is that is neither a number nor a mark for none.
fn other(said: &str) -> Kind {
    let rest = said.trim_start_matches(['+', '-', '(', ' ']);
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return Kind::Word;
    }
    if !said.chars().any(char::is_alphabetic) {
        return Kind::Figure;
    }
    if is_numbered(said) {
        return Kind::Word;
    }
    Kind::Mixed
}

/// Whether a label begins with a printed number: 一、 （二） 3. 4、
pub(super) fn is_numbered(said: &str) -> bool {
    number_end(said).is_some()
}

/// Where the printed number of a label ends.
pub(crate) fn number_end(said: &str) -> Option<usize> {
    let numeral = |c: char| c.is_ascii_digit() || crate::text::is_numeral(c);
    let inner = said.strip_prefix(['(', '（']);
    let body = inner.unwrap_or(said);
    let rest = body.trim_start_matches(numeral);
    if rest.len() == body.len() {
        return None;
    }
    let ends: &[char] = match inner {
        Some(_) => &[')', '）'],
        None => &['、', '.', '．', ')', '）', ':', '：'],
    };
    let rest = rest.strip_prefix(ends)?;
    // 1.5 is no printed number, nor is a number alone.
    let is_label = rest.chars().next().is_some_and(|c| !c.is_ascii_digit());
    is_label.then_some(said.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::Genre;
    use crate::source::{EncodingChoice, Source};

    fn show(cells: &[&str]) -> String {
        let genre = Genre {
            units: vec!["件".to_string()],
            placeholders: vec!["无".to_string()],
            ..Genre::default()
        };
        let kind = |cell: &&str| {
            let source = Source::decode(cell.as_bytes(), &EncodingChoice::Auto).unwrap();
            let text = Text::fold(&source, &[], &[]);
            match item(&text, &(0..text.folded.len()), Notation(&genre)).kind {
                Kind::Number(value) => value.to_string(),
                kind => format!("{kind:?}"),
            }
        };
        cells.iter().map(kind).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cells_are_values_or_labels() {
        insta::assert_snapshot!(show(&["12", "1,204件", "-3", "-", "无", "45.2%", "007"]),
            @"12 1204 -3 Placeholder Placeholder Figure Figure");
        insta::assert_snapshot!(show(&["2021-03-04", "10:30", "(12)", "12 13"]), @"Figure Figure Figure Figure");
        insta::assert_snapshot!(show(&["2019年", "12 个", "即办件", "1.现场办理", "(二)网上", "3、其他"]),
            @"Mixed Mixed Word Word Word Word");
    }

    #[test]
    fn printed_numbers_are_told_from_labels() {
        let rest = |said: &'static str| number_end(said).map_or("none", |end| &said[end..]);
        assert_eq!(rest("一、即办件"), "即办件");
        assert_eq!(rest("（十二）其他"), "其他");
        assert_eq!(rest("3.网上"), "网上");
        assert_eq!(rest("一般公共预算"), "none");
        assert_eq!(rest("1.5"), "none");
        assert_eq!(rest("1."), "none");
    }
}
