//! Text -> whether it is HTML.

use memchr::memchr_iter;

use super::tag::Tag;
use crate::text::is_letter;

/// Tags that pages of reports consist of.
const TELLING: [&[u8]; 20] = [
    b"html", b"head", b"body", b"table", b"tbody", b"thead", b"tr", b"td", b"th", b"div", b"p",
    b"span", b"font", b"li", b"h1", b"h2", b"h3", b"section", b"article", b"meta",
];

/// Whether `text` is HTML rather than plain text that mentions a tag.
///
/// It is HTML when it declares itself so, when it begins with a tag and holds one more, or when
/// it holds four tags, one of them an end tag. Text whose lines end in `<br>` is HTML too, but not
/// a Markdown table with `<br>` in its cells.
pub(crate) fn looks_like_html(text: &str) -> bool {
    let bytes = text.as_bytes();
    let begin = text.trim_start();
    let starts = |what: &str| {
        let head = begin.as_bytes().get(..what.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(what.as_bytes()))
    };
    if starts("<!doctype html") {
        return true;
    }
    let first = text.len() - begin.len();
    let (mut begins, mut tags, mut ends, mut breaks) = (false, 0_usize, 0_usize, 0_usize);
    for at in memchr_iter(b'<', bytes) {
        let Some((name, is_end)) = tag(bytes.get(at + 1..).unwrap_or_default()) else {
            continue;
        };
        if name.eq_ignore_ascii_case(b"br") {
            breaks += 1;
        } else if TELLING.iter().any(|tag| name.eq_ignore_ascii_case(tag)) {
            begins |= at == first;
            tags += 1;
            ends += usize::from(is_end);
            if tags >= 4 && ends > 0 || begins && tags >= 2 {
                return true;
            }
        }
    }
    // A line that begins with a border is a row of a table in plain text.
    let is_row = |line: &str| line.trim_start().starts_with('|');
    breaks >= 3 && breaks * 2 >= text.lines().count() && !text.lines().any(is_row)
}

/// Whether a text with tags is Markdown, whose lines count: it has no elements that make lines, or
/// a blank line between two lines of text, and does not declare itself a page.
pub(super) fn is_markdown(text: &str) -> bool {
    let (mut blocks, mut parted, mut behind) = (false, false, 0);
    for at in memchr_iter(b'<', text.as_bytes()) {
        let rest = &text.as_bytes()[at + 1..];
        parted |= is_parted(&text[behind..at]);
        behind = at;
        let name = tag(rest).map(|(name, _)| name.to_ascii_lowercase());
        match name.as_deref() {
            Some(b"html" | b"head" | b"body" | b"title") => return false,
            Some(name) => blocks |= matches!(Tag::of(name), Tag::Block | Tag::Preformatted),
            None if rest.starts_with(b"!") => return false,
            None => {}
        }
    }
    !blocks || parted || is_parted(&text[behind..])
}

/// Whether a blank line stands between Chinese letters.
fn is_parted(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    let has_letters = |line: &str| line.contains(is_letter);
    lines.any(has_letters) && lines.any(str::is_empty) && lines.any(has_letters)
}

/// The name of the tag behind a `<`, and whether it is an end tag. It must end before another
/// `<`, and soon.
fn tag(rest: &[u8]) -> Option<(&[u8], bool)> {
    /// Bytes in which a tag must end; Word writes attributes of a few hundred.
    const LONGEST: usize = 2000;
    let is_end = rest.first() == Some(&b'/');
    let rest = rest.get(usize::from(is_end)..)?;
    let len = rest
        .iter()
        .take(8)
        .take_while(|byte| byte.is_ascii_alphanumeric())
        .count();
    let (name, behind) = rest.split_at_checked(len)?;
    let next = behind.first()?;
    if name.is_empty() || !(next.is_ascii_whitespace() || matches!(next, b'>' | b'/')) {
        return None;
    }
    let close = behind
        .iter()
        .take(LONGEST)
        .find(|byte| matches!(byte, b'<' | b'>'))?;
    (*close == b'>').then_some((name, is_end))
}

#[cfg(test)]
mod tests {
    use super::{is_markdown, looks_like_html};

    #[test]
    fn pages_are_html() {
        assert!(looks_like_html(" \n<!DOCTYPE HTML PUBLIC \"x\">规章"));
        assert!(looks_like_html("<html>\n<body>规章"));
        assert!(looks_like_html("<table border=1><tr><td>规章"));
        assert!(looks_like_html("<P class=a>一、</P>"));
        assert!(looks_like_html("导航<div>一</div><div>二</div>"));
        assert!(looks_like_html("规章<br>0<br/>0<BR />6"));
    }

    #[test]
    fn plain_text_may_mention_tags() {
        assert!(!looks_like_html(""));
        assert!(!looks_like_html("3 < 5, 7 > 2, a<b>c, <p"));
        assert!(!looks_like_html("页面中的 <table> 写成 <td> 和 </td>"));
        assert!(!looks_like_html(
            "|商业<br>企业|科研<br>机构|社会<br>组织|\n|---|---|---|\n|0|0|6|"
        ));
        assert!(!looks_like_html(
            "<规章> <规范性文件> </规章> <p规> <p规> <p规> </p规>"
        ));
    }

    #[test]
    fn lines_of_markdown_count() {
        assert!(is_markdown("# 报告\n<table><tr><td>规章</td></tr></table>"));
        assert!(is_markdown(
            "# 报告\r\n \r\n一、总体情况\n<div>\n\n规章</div>"
        ));
        assert!(!is_markdown("<div>报告</div>\n\n<div>规章</div>"));
        assert!(!is_markdown("<p>报告\n一、总体情况</p>"));
        assert!(!is_markdown("<html>报告\n\n一、总体情况<table></table>"));
        assert!(!is_markdown(
            "<!-- a -->报告\n\n一、总体情况<table></table>"
        ));
    }

    #[test]
    fn many_opened_tags_cost_no_more_than_their_length() {
        assert!(!looks_like_html(&"<p ".repeat(1_000_000)));
        assert!(!looks_like_html(&format!("<p {}", "a".repeat(1_000_000))));
    }
}
