//! A part of a form -> its wordings, by their letters.

use std::borrow::Cow;

use super::Part;
use crate::form::Form;
use crate::text::letters;

/// One wording of a part, by its letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Wording {
    pub(crate) letters: String,
    /// Whether other words may stand in front of it.
    pub(crate) open: bool,
    /// Whether its printed number is part of it.
    pub(crate) numbered: bool,
}

/// See [`Lexicon::wordings_of`](super::Lexicon::wordings_of).
pub(super) fn wordings_of(part: Part, form: &Form) -> Vec<Wording> {
    let Some(label) = part.label(form) else {
        return Vec::new();
    };
    let number = part
        .number(form)
        .map(letters)
        .filter(|number| !number.is_empty());
    let mut wordings: Vec<Wording> = Vec::new();
    for text in label.wordings() {
        let open = text.starts_with('{');
        let whole = literal(text);
        let short = whole.split(['（', '(']).next().unwrap_or_default();
        let short = Some(short).filter(|short| short.len() < whole.len());
        for text in short.into_iter().chain([whole.as_ref()]) {
            let letters = letters(text);
            // One character is a label only where it is all that a row is called: 纱.
            let least = if matches!(part, Part::Row { .. }) && text == label.text.as_str() {
                1
            } else {
                2
            };
            if letters.chars().count() < least
                || wordings.iter().any(|wording| wording.letters == letters)
            {
                continue;
            }
            if let Some(number) = &number {
                wordings.push(Wording {
                    letters: format!("{number}{letters}"),
                    open,
                    numbered: true,
                });
            }
            wordings.push(Wording {
                letters,
                open,
                numbered: false,
            });
        }
    }
    wordings
}

/// A wording without its placeholders: `年度` of `{year}年度`.
fn literal(text: &str) -> Cow<'_, str> {
    if !text.contains('{') {
        return Cow::Borrowed(text);
    }
    let mut literal = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '{' => inside = true,
            '}' => inside = false,
            c if !inside => literal.push(c),
            _ => {}
        }
    }
    Cow::Owned(literal)
}
