//! Labels that the text damaged: torn between other labels, misspelt, cut short.
//!
//! A row of the form that was not found is looked for only between the rows before and behind it,
//! among words that are no label, and only accepted when it is nearer to what stands there than
//! any other row of its table.

use std::ops::Range;

use crate::align::{Anchor, anchor, number_before, same_number};
use crate::distance::distance;
use crate::form::Form;
use crate::label::Letters;
use crate::lexicon::{Lexicon, Part};
use crate::text::{BORDER, Text, letters};

/// A run of letters that no label claims.
#[derive(Debug, Clone)]
struct Word {
    range: Range<usize>,
    letters: String,
}

/// The anchors with those added that can be repaired, in the order of the text.
pub(crate) fn repair(
    text: &Text,
    stream: &Letters,
    lexicon: &Lexicon,
    (form, index): (&Form, usize),
    placeholders: &[String],
    mut anchors: Vec<Anchor>,
) -> Vec<Anchor> {
    let mut made = Vec::new();
    for (table, definition) in form.tables.iter().enumerate() {
        let rows = &definition.rows;
        let found = |row: usize| {
            anchors
                .iter()
                .position(|anchor| anchor.aligned && anchor.part == Part::Row { table, row })
        };
        let stray = |row: usize| {
            anchors
                .iter()
                .any(|anchor| anchor.part == Part::Row { table, row })
        };
        let of_table = |anchor: &Anchor| anchor.aligned && anchor.part.table() == Some(table);
        let Some(first) = anchors.iter().position(of_table) else {
            continue;
        };
        let missing: Vec<usize> = (0..rows.len())
            .filter(|row| !rows[*row].group && found(*row).is_none() && !stray(*row))
            .collect();
        let mut from = 0;
        while from < missing.len() {
            // Rows missing between the same two neighbours are looked for together.
            let before = (0..missing[from])
                .rev()
                .find_map(|row| found(row).filter(|_| !rows[row].group));
            let after =
                (missing[from]..rows.len()).find_map(|row| found(row).filter(|_| !rows[row].group));
            let to = (from..missing.len())
                .find(|at| {
                    (missing[from]..missing[*at])
                        .any(|row| found(row).is_some() && !rows[row].group)
                })
                .unwrap_or(missing.len());
            let start = anchors[before.unwrap_or(first)].range.end;
            let behind = || {
                anchors.iter().find(|anchor| {
                    anchor.aligned
                        && anchor.range.start >= start
                        && anchor.part.table() != Some(table)
                })
            };
            let end = after
                .map(|after| anchors[after].range.start)
                .or_else(|| behind().map(|anchor| anchor.range.start))
                .unwrap_or(text.folded.len());
            // A label in pieces may end behind the beginning of the one after it.
            let words = words(text, stream, &anchors, &(start..end.max(start)));
            if !words.is_empty() {
                let search = Search {
                    text,
                    lexicon,
                    form: index,
                    rows: rows.len(),
                    placeholders,
                    words: &words,
                };
                made.extend(search.look(table, &missing[from..to]));
            }
            from = to;
        }
    }
    if !made.is_empty() {
        anchors.extend(made);
        anchors.sort_by_key(|anchor| anchor.range.start);
    }
    anchors
}

/// Runs of letters in `range` that belong to no anchor.
fn words(text: &Text, stream: &Letters, anchors: &[Anchor], range: &Range<usize>) -> Vec<Word> {
    let mut taken = anchors
        .iter()
        .map(|anchor| &anchor.range)
        .filter(|taken| taken.start < range.end && taken.end > range.start)
        .peekable();
    let mut taken_to = 0;
    let mut words: Vec<Word> = Vec::new();
    let mut glued = false;
    for (at, c) in stream.within(range) {
        while let Some(taken) = taken.next_if(|taken| taken.start <= at) {
            taken_to = taken.end.max(taken_to);
        }
        if at < taken_to {
            glued = false;
            continue;
        }
        let end = at + c.len_utf8();
        let split = |word: &Word| {
            text.get(&(word.range.end..at))
                .contains([' ', '\n', '\t', BORDER])
                || text
                    .get(&(word.range.end..at))
                    .contains(|c: char| c.is_ascii_digit())
        };
        match words.last_mut() {
            Some(word) if glued && !split(word) => {
                word.range.end = end;
                word.letters.push(c);
            }
            _ => words.push(Word {
                range: at..end,
                letters: c.to_string(),
            }),
        }
        glued = true;
    }
    // The number in front, （二） or 二、, is of the label, not of its wording.
    for word in &mut words {
        let said = text.get(&word.range);
        let head = said
            .find([')', '、', '.'])
            .filter(|at| said[..*at].chars().all(crate::text::is_numeral) && *at > 0);
        if let Some(head) = head {
            let skip = said[head..].chars().next().map_or(0, char::len_utf8);
            word.range.start += head + skip;
            word.letters = letters(text.get(&word.range));
        }
    }
    words.retain(|word| !word.letters.is_empty());
    words
}

/// Words among which the pieces of one label are looked for.
const REACH: usize = 64;

/// Words among which missing rows are looked for.
struct Search<'a> {
    text: &'a Text,
    lexicon: &'a Lexicon,
    /// Index of the form.
    form: usize,
    /// Rows of the table.
    rows: usize,
    /// Marks for no value.
    placeholders: &'a [String],
    words: &'a [Word],
}

impl Search<'_> {
    /// Finds the missing rows, in order, among the words.
    fn look(&self, table: usize, missing: &[usize]) -> Vec<Anchor> {
        let mut made = Vec::new();
        let mut at = 0;
        for row in missing {
            let part = Part::Row { table, row: *row };
            let found = self
                .whole(part, at)
                .or_else(|| self.beside_placeholder(part, at))
                .or_else(|| self.near(table, *row, missing, at));
            let Some((pieces, next)) = found else {
                continue;
            };
            at = next;
            if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
                let body = first.start..last.end;
                let expected = self.lexicon.number(self.form, part);
                let number = number_before(&self.text.folded, body.start, expected);
                let mut anchor = anchor(self.text, body, number, part, true);
                if pieces.len() > 1 {
                    let mut pieces = pieces;
                    if let Some(first) = pieces.first_mut() {
                        first.start = anchor.range.start;
                    }
                    // With the bracket or quote that closes the label.
                    if let Some(last) = pieces.last_mut() {
                        last.end = anchor.range.end;
                    }
                    anchor.pieces = pieces;
                }
                made.push(anchor);
            }
        }
        made
    }

    /// The label word for word, other words (pieces of a group's label) between its pieces.
    fn whole(&self, part: Part, from: usize) -> Option<(Vec<Range<usize>>, usize)> {
        for wording in self.lexicon.wordings_of(self.form, part) {
            for start in from..self.words.len() {
                let mut rest = wording.letters.as_str();
                let mut pieces = Vec::new();
                for (at, word) in self.words.iter().enumerate().skip(start).take(REACH) {
                    if let Some(behind) = rest.strip_prefix(word.letters.as_str()) {
                        pieces.push(word.range.clone());
                        rest = behind;
                        if rest.is_empty() {
                            return Some((pieces, at + 1));
                        }
                    } else if pieces.is_empty() {
                        break;
                    }
                }
            }
        }
        None
    }

    /// The label word for word, placeholders written right before or behind it:
    /// `无行政规范性文件`, `规章无无`.
    fn beside_placeholder(&self, part: Part, from: usize) -> Option<(Vec<Range<usize>>, usize)> {
        let wordings = self.lexicon.wordings_of(self.form, part);
        let is_label = |letters: &str| wordings.iter().any(|wording| wording.letters == letters);
        for (at, word) in self.words.iter().enumerate().skip(from) {
            let Range { start, end } = word.range;
            let said = self.text.get(&word.range);
            for mark in self.placeholders.iter().map(String::as_str) {
                let label = said.trim_start_matches(mark);
                let before = said.len() - label.len();
                if before > 0 && is_label(word.letters.trim_start_matches(mark)) {
                    return Some((std::iter::once(start + before..end).collect(), at + 1));
                }
                let label = said.trim_end_matches(mark);
                let behind = said.len() - label.len();
                if behind > 0 && is_label(word.letters.trim_end_matches(mark)) {
                    return Some((std::iter::once(start..end - behind).collect(), at + 1));
                }
            }
        }
        None
    }

    /// A label that is nearly the row's: at most a quarter of its letters differ, and no other
    /// missing row is as near. A word at the very end of the text may be the beginning of a label.
    fn near(
        &self,
        table: usize,
        row: usize,
        missing: &[usize],
        from: usize,
    ) -> Option<(Vec<Range<usize>>, usize)> {
        let (text, words) = (self.text, self.words);
        let wordings = |row| {
            self.lexicon
                .wordings_of(self.form, Part::Row { table, row })
        };
        let expected = self.lexicon.number(self.form, Part::Row { table, row });
        let official = self.lexicon.length(self.form, Part::Row { table, row });
        let text_end = text.trim(&(0..text.folded.len())).end;
        for start in from..words.len() {
            let mut said = String::new();
            for end in start..words.len().min(start + 4) {
                said.push_str(&words[end].letters);
                let range = words[start].range.start..words[end].range.end;
                let distance = |row: usize| {
                    let wordings = wordings(row).iter();
                    wordings
                        .map(|wording| distance(&wording.letters, &said))
                        .min()
                };
                let count = said.chars().count();
                let cut = range.end == text_end && words.len() == end + 1;
                let begins = cut
                    && count >= 2
                    && wordings(row)
                        .iter()
                        .any(|wording| wording.letters.starts_with(said.as_str()));
                let own = distance(row)?;
                let len = official.min(count + own);
                let is_near = own * 4 <= len && len >= 4;
                if !begins && !is_near {
                    continue;
                }
                // A unit or other word that stands before the label is not of it.
                let behind: String = words[start + 1..=end]
                    .iter()
                    .map(|word| word.letters.as_str())
                    .collect();
                if wordings(row)
                    .iter()
                    .any(|wording| crate::distance::distance(&wording.letters, &behind) <= own)
                {
                    continue;
                }
                let number = number_before(&text.folded, range.start, expected);
                let numbered = number
                    .as_ref()
                    .is_some_and(|number| same_number(text.get(number), expected));
                if number.is_some() && !numbered && !expected.is_empty() {
                    continue;
                }
                if begins && (numbered || missing.len() == 1 || count >= 4) {
                    return Some((vec![range], end + 1));
                }
                let mut rivals = (0..self.rows).filter(|other| *other != row);
                if is_near && rivals.all(|rival| distance(rival).is_none_or(|rival| own < rival)) {
                    return Some((pieces(words, start, end), end + 1));
                }
            }
        }
        None
    }
}

fn pieces(words: &[Word], start: usize, end: usize) -> Vec<Range<usize>> {
    words[start..=end]
        .iter()
        .map(|word| word.range.clone())
        .collect()
}
