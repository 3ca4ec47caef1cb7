//! Whether a count is what its sentence seems to say: not that of another year, and not a part.

use std::ops::Range;

/// Ends a sentence, or a part of one that stands alone.
const STOPS: [char; 2] = ['。', ';'];

/// Ends a clause.
const COMMAS: [char; 5] = ['。', ';', ',', '、', ':'];

/// The sentence up to `place`.
pub(super) fn before(folded: &str, place: usize) -> &str {
    let upto = folded.get(..place).unwrap_or_default();
    let start = upto.rfind(STOPS).map_or(0, |stop| {
        let c = upto[stop..].chars().next();
        stop + c.map_or(0, char::len_utf8)
    });
    &upto[start..]
}

/// The sentence behind `place`.
pub(super) fn behind(folded: &str, place: usize) -> &str {
    let behind = folded.get(place..).unwrap_or_default();
    behind.split(STOPS).next().unwrap_or_default()
}

/// Whether a match speaks of the fiscal year `year`. `next` is of wording that names the year behind
/// it: 结转至2025年 in the report of 2024. Wording that names no year is of that of the report.
pub(super) fn is_of_year(folded: &str, all: &Range<usize>, year: i32, next: bool) -> bool {
    let meant = if next { year + 1 } else { year };
    let inside = folded.get(all.clone()).unwrap_or_default();
    if years(inside).any(|named| named != meant) {
        return false;
    }
    // The character before a word may count as its beginning: 2022年 is before 年收到.
    let split = inside.starts_with('年').then_some('年'.len_utf8());
    let sentence = before(folded, all.start + split.unwrap_or(0));
    let clause = sentence.rfind(COMMAS).map_or(sentence, |comma| {
        let c = sentence[comma..].chars().next();
        &sentence[comma + c.map_or(0, char::len_utf8)..]
    });
    if spans_years(clause) {
        return false;
    }
    if let Some(named) = years(clause).last() {
        return named == year;
    }
    // 2023年, 2023年度, 2023年1月1日至12月31日, and then what was in that year.
    let head = sentence[..sentence.len() - clause.len()].trim_end_matches(COMMAS);
    let head = head.rsplit(COMMAS).next().unwrap_or_default();
    let is_date = |c: char| c.is_ascii_digit() || "年度月日至到从自底末-".contains(c);
    let date = head.chars().all(is_date);
    if date && spans_years(head) {
        return false;
    }
    years(head)
        .last()
        .is_none_or(|named| !date || named == year)
}

/// Whether a text names a time from one year to another: 2008年5月1日至2012年底.
fn spans_years(text: &str) -> bool {
    let is_mark = |c: char| matches!(c, '至' | '到' | '-');
    let mut parts = text.split(is_mark);
    let first = parts.next().and_then(|part| years(part).last());
    let mut later = parts.filter_map(|part| years(part).next());
    first.is_some_and(|first| later.any(|year| year != first))
}

/// The years that a text names: four digits before 年.
pub(crate) fn years(text: &str) -> impl Iterator<Item = i32> {
    text.match_indices('年').filter_map(|(at, _)| {
        let upto = &text[..at];
        let digits = upto.bytes().rev().take_while(u8::is_ascii_digit).count();
        (digits == 4).then(|| upto[at - 4..].parse().ok()).flatten()
    })
}
