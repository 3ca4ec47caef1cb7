//! Source of a text node -> folded characters, each with the range it came from.

use std::ops::Range;

use html5gum::{Token, Tokenizer};

use crate::script::fold;
use crate::text::BORDER;

/// A folded character and the range of the decoded text it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) c: char,
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Glyph {
    pub(super) fn new(c: char, start: usize, end: usize) -> Self {
        Self {
            c,
            start: start as u32,
            end: end as u32,
        }
    }

    /// Whether it is white space of which browsers show a run as one space. `&nbsp;` and the
    /// ideographic space, which fold to a space too, are longer than a byte.
    pub(super) fn collapses(self) -> bool {
        matches!(self.c, ' ' | '\n') && self.end.saturating_sub(self.start) <= 1
    }
}

/// Stands for a border character that a page shows as text, which borders no cell.
pub(super) const BAR: char = '¦';

/// Calls `each` with the characters of a text node whose source begins at `at`.
///
/// A character reference is one character whose range is the whole reference; the few that stand
/// for two characters give both the same range.
pub(super) fn glyphs(source: &str, at: usize, mut each: impl FnMut(Glyph)) {
    characters(source, |c, range| {
        each(Glyph::new(shown(c), at + range.start, at + range.end));
    });
}

/// A text with its references written out.
pub(crate) fn decoded(source: &str) -> String {
    let mut decoded = String::with_capacity(source.len());
    characters(source, |c, _| decoded.push(c));
    decoded
}

/// Calls `each` with the characters that a browser shows for a text, and where each is written.
fn characters(source: &str, mut each: impl FnMut(char, Range<usize>)) {
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let start = source.len() - rest.len();
        let (decoded, len) = match c {
            '&' => reference(rest),
            // An end tag without a name is no text, and no token either.
            '<' if rest.starts_with("</>") => (Some(String::new()), 3),
            _ => (None, c.len_utf8()),
        };
        let range = start..start + len;
        match decoded {
            Some(decoded) => decoded.chars().for_each(|c| each(c, range.clone())),
            None => each(c, range),
        }
        rest = rest.get(len..).unwrap_or_default();
    }
}

/// The folded character, where it would not be read as a border.
fn shown(c: char) -> char {
    match fold(c) {
        BORDER => BAR,
        c => c,
    }
}

/// What the reference at the start of `rest` decodes to, and its length; nothing where `&` stands
/// for itself.
fn reference(rest: &str) -> (Option<String>, usize) {
    /// No name is longer; numbers may begin with any count of zeros.
    const LONGEST: usize = 40;
    if rest.starts_with("&nbsp;") {
        return (Some("\u{A0}".to_string()), "&nbsp;".len());
    }
    let name = rest.get(1..).unwrap_or_default();
    let in_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'#';
    let longest = if name.starts_with('#') {
        usize::MAX
    } else {
        LONGEST
    };
    let mut len = 1 + name
        .bytes()
        .take(longest)
        .take_while(|byte| in_name(*byte))
        .count();
    if rest.as_bytes().get(len) == Some(&b';') {
        len += 1;
    }
    let written = rest.get(..len).unwrap_or_default();
    // What the reference lacks comes first, as errors.
    let mut tokens = Tokenizer::new(written).flatten();
    let Some(decoded) = tokens.find_map(|token| match token {
        Token::String(decoded) => Some(decoded),
        _ => None,
    }) else {
        return (None, 1);
    };
    let decoded = String::from_utf8_lossy(&decoded);
    if decoded == written {
        return (None, 1);
    }
    // `&nbsp12` is a reference to `&nbsp` and the text `12`: text is what both end with, but for
    // the one character at least that the reference stands for.
    let first = decoded.chars().next().map_or(0, char::len_utf8);
    let text = decoded.as_bytes().iter().skip(first).rev();
    let text = text
        .zip(written.as_bytes().iter().rev())
        .take_while(|(one, other)| one == other);
    let text = text.count();
    let decoded = decoded.get(..decoded.len() - text).unwrap_or_default();
    (Some(decoded.to_string()), len - text)
}

#[cfg(test)]
mod tests {
    use super::glyphs;

    fn show(source: &str) -> String {
        let mut shown = Vec::new();
        glyphs(source, 0, |glyph| {
            let range = glyph.start as usize..glyph.end as usize;
            shown.push(format!("{}={}", glyph.c, &source[range]));
        });
        shown.join(" ")
    }

    #[test]
    fn a_reference_is_one_character() {
        insta::assert_snapshot!(show("2&#53;&#x39;"), @"2=2 5=&#53; 9=&#x39;");
        insta::assert_snapshot!(show("&ldquo;&amp;&semi;"), @r#""=&ldquo; &=&amp; ;=&semi;"#);
        insta::assert_snapshot!(show("&#0000000000000000000000000000000000000000000000000048;"), @"0=&#0000000000000000000000000000000000000000000000000048;");
    }

    #[test]
    fn a_reference_may_lack_its_semicolon() {
        insta::assert_snapshot!(show("&lt12"), @"<=&lt 1=1 2=2");
        insta::assert_snapshot!(show("&#97aa"), @"a=&#97 a=a a=a");
    }

    #[test]
    fn an_ampersand_may_stand_for_itself() {
        insta::assert_snapshot!(show("A&B&规&"), @"A=A &=& B=B &=& 规=规 &=&");
        insta::assert_snapshot!(show("&unknown;"), @"&=& u=u n=n k=k n=n o=o w=w n=n ;=;");
    }

    #[test]
    fn a_bar_in_the_text_is_no_border() {
        insta::assert_snapshot!(show("a|b"), @"a=a ¦=| b=b");
    }
}
