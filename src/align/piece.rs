//! A label in the text: its range, and the pieces it lies in.

use std::ops::Range;

use super::Anchor;
use crate::lexicon::Part;
use crate::text::{BORDER, NOISE, Text};

/// An anchor over `body` with its number.
pub(crate) fn anchor(
    text: &Text,
    body: Range<usize>,
    number: Option<Range<usize>>,
    part: Part,
    aligned: bool,
) -> Anchor {
    let start = number
        .as_ref()
        .map_or(body.start, |number| number.start.min(body.start));
    let mut range = start..body.end;
    // A closing bracket or quote that belongs to the wording: 危及“三安全一稳定”.
    let tail = &text.folded[range.end..];
    let closers: usize = tail
        .chars()
        .take_while(|c| matches!(*c, ')' | '"' | NOISE))
        .map(char::len_utf8)
        .sum();
    range.end += closers;
    // An opening one in front, where it is closed inside: （本列数据…）.
    if number.is_none() && text.folded[..range.start].ends_with(['(', '"']) {
        range.start -= 1;
    }
    let pieces = pieces(text, &range);
    Anchor {
        range,
        body,
        number,
        pieces,
        part,
        aligned,
    }
}

/// Splits a label at line ends, borders and the numbers between its pieces.
fn pieces(text: &Text, range: &Range<usize>) -> Vec<Range<usize>> {
    let whole = text.get(range);
    if memchr::memchr3(b'\n', b'\t', BORDER as u8, whole.as_bytes()).is_none() {
        let piece = without_values(text, &text.trim(range));
        return if piece.is_empty() {
            Vec::new()
        } else {
            vec![piece]
        };
    }
    let mut pieces = Vec::new();
    let mut start = range.start;
    let mut flush = |start: usize, end: usize| {
        let piece = text.trim(&(start..end));
        let said = text.get(&piece);
        // `2.` of a label is a piece, `12.0` is a value.
        let numbered = said.ends_with('.') || said.contains(". ");
        let worded = said.contains(|c: char| c.is_alphabetic() || c == '、');
        if !piece.is_empty() && (worded || numbered) {
            pieces.push(piece);
        }
    };
    for (at, c) in whole.char_indices() {
        if matches!(c, '\n' | '\t' | BORDER) {
            flush(start, range.start + at);
            start = range.start + at + c.len_utf8();
        }
    }
    flush(start, range.end);
    // Values that a row-per-line layout put on the line of a label's piece.
    pieces
        .iter()
        .map(|piece| without_values(text, piece))
        .filter(|piece| !piece.is_empty())
        .collect()
}

/// A piece of a label without the values behind it: `正、行政机关 67 3 0`.
fn without_values(text: &Text, piece: &Range<usize>) -> Range<usize> {
    let said = text.get(piece);
    let values = |c: char| {
        c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '+' | '.' | ',' | '/')
    };
    let kept = said.trim_end_matches(values);
    // A comma at the end of the piece is no value.
    let behind = said[kept.len()..].trim_start_matches([',', '.']);
    // `其他服务1` keeps its digit: only what white space sets off is a value.
    if kept.len() == said.len() || behind.starts_with(char::is_whitespace) {
        piece.start..piece.end - behind.len()
    } else {
        piece.clone()
    }
}
