//! The printed numbers of labels: `（一）`, `1.`, `三、`.

use std::ops::Range;

use crate::text::{NOISE, is_letter, is_numeral, number_core};

/// The printed number of a label and the wording behind it. A label may have been found with its
/// number as its first letter (一本年新收). `expected` is the core of the form's number.
pub(crate) fn numbered(
    folded: &str,
    body: &Range<usize>,
    expected: &str,
) -> (Option<Range<usize>>, Range<usize>) {
    let said = folded.get(body.clone()).unwrap_or_default();
    if let Some(rest) = said.strip_prefix(expected).filter(|_| !expected.is_empty()) {
        let wording = rest.trim_start_matches(|c: char| !is_letter(c));
        let start = body.end - wording.len();
        let marks = folded[body.start + expected.len()..start].trim_end();
        let open = usize::from(folded[..body.start].ends_with(['(', '[']));
        return (
            Some(body.start - open..body.start + expected.len() + marks.len()),
            start..body.end,
        );
    }
    (number_before(folded, body.start, expected), body.clone())
}

/// The printed number right before a wording: `（一）`, `1.`, `三、`, `其中：`. `expected` tells
/// how many digits belong to it where values are glued to it (`00000002.`); it is the core of the
/// form's number.
pub(crate) fn number_before(folded: &str, at: usize, expected: &str) -> Option<Range<usize>> {
    let before = folded.get(..at)?;
    let space = |c: char| c == ' ' || c == NOISE;
    // The quote that opens the wording stands between: （1）“非本部门掌握”数.
    let text = before.trim_end_matches(|c: char| space(c) || matches!(c, '"' | '《'));
    let open = text.trim_end_matches(['.', '、', ')', ',', ':', ']']);
    let closed = open.len() < text.len();
    let core = open.trim_end_matches(space);
    let start = if !expected.is_empty() && core.ends_with(expected) && closed {
        core.len() - expected.len()
    } else if !closed {
        return None;
    } else {
        let head = core.trim_end_matches(|c: char| c.is_ascii_digit());
        if head.len() < core.len() {
            if core.len() - head.len() > 2 {
                core.len() - 1
            } else {
                head.len()
            }
        } else {
            let head = core.trim_end_matches(is_numeral);
            if head.len() == core.len() {
                return None;
            }
            head.len()
        }
    };
    let head = before[..start].trim_end_matches(space);
    let start = if head.ends_with(['(', '[']) {
        head.len() - 1
    } else {
        start
    };
    Some(start..text.len())
}

/// Whether a printed number has the expected core, whatever marks stand around it.
pub(crate) fn same_number(said: &str, expected: &str) -> bool {
    !expected.is_empty() && number_core(said).eq(expected.chars())
}
