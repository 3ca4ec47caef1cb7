//! Headers that the form does not have -> columns of the report's own.
//!
//! Local editions of a form add columns (区直单位统计数 beside 统计数). Words that stand among a
//! table's headers and are none of them head a column of their own, if the rows have a value for
//! it or at least none of them shows otherwise. The table is then read by a form with that column:
//! `extra-1`, with the wording as printed.

use std::ops::Range;

use crate::align::Anchor;
use crate::contrast::is_nearly;
use crate::field::{Kind, Token, tokens};
use crate::form::{Column, ColumnKind, Form, Label};
use crate::grid::{Document, Region};
use crate::lexicon::Part;
use crate::text::{BORDER, letters};
use crate::value::Notation;

/// A form with the columns of one report, and the labels that name them.
#[derive(Debug)]
pub(crate) struct Local {
    pub(crate) form: Form,
    pub(crate) anchors: Vec<Anchor>,
    pub(crate) region: Region,
}

/// The form as the headers of a region have it, if there are columns that the form does not have.
pub(crate) fn columns(document: &Document<'_>, region: &Region) -> Option<Local> {
    let definition = &document.form.tables[region.table];
    // Under spanners, or where the row has no label, a word's place says little.
    let mut labels = definition.rows.iter().map(|row| &row.label.text);
    if !definition.spanners.is_empty() || labels.any(String::is_empty) {
        return None;
    }
    let words = headers(document, region)?;
    if words.is_empty() {
        return None;
    }
    let printed = |column: usize| region.header(document.anchors, column).is_some();
    let is_value = |column: &usize| definition.columns[*column].kind == ColumnKind::Value;
    let own: Vec<usize> = (0..definition.columns.len()).filter(is_value).collect();
    let known = own
        .iter()
        .filter(|column| !definition.columns[**column].optional || printed(**column))
        .count();
    let found = own.iter().filter(|column| printed(**column)).count();
    let (with_all, with_found) = (known + words.len(), found + words.len());
    let values = values(document, region);
    let rows = |count: usize| values.iter().filter(|values| **values == count).count();
    let missing = own.iter().filter(|column| !printed(**column));
    let labels = missing.flat_map(|column| definition.columns[*column].label.literals());
    let missing: Vec<String> = labels.map(letters).collect();
    let said = words.iter().map(|word| letters(document.text.get(word)));
    let said: Vec<String> = said.collect();
    let any = |fits: &dyn Fn(&str, &str) -> bool| {
        let fits_one = |label: &String| said.iter().any(|word| fits(word, label));
        missing.iter().any(fits_one)
    };
    let nearly = |said: &str, label: &str| is_nearly(said, label, document.contrasts);
    // A word that holds a header of the form is two headers or more with nothing between them.
    let glued = any(&|said, label| said.len() > label.len() && said.contains(label));
    let misspelt = || with_found == known && any(&nearly);
    if glued || rows(known) > rows(with_all).max(rows(with_found)) || misspelt() {
        return None;
    }
    let without = rows(with_found) > rows(with_all);
    // As many values as words: 上年 and 本年 divide a header of the form, which heads none itself.
    let divided = words.len() > 1 && !without && rows(words.len()) > rows(with_all);
    if divided && found > 1 {
        return None;
    }
    let mut form = document.form.clone();
    let columns = &mut form.tables[region.table].columns;
    for column in own.iter().filter(|_| without || divided) {
        columns[*column].optional |= divided || !printed(*column);
    }
    let mut anchors = document.anchors.to_vec();
    if divided {
        let is_header = |part| matches!(part, Part::Column { table, .. } if table == region.table);
        anchors.retain(|anchor| !is_header(anchor.part));
    }
    let mut added = Vec::new();
    for (at, word) in words.iter().enumerate() {
        added.push(Anchor {
            range: word.clone(),
            body: word.clone(),
            number: None,
            pieces: vec![word.clone()],
            part: Part::Column {
                table: region.table,
                column: columns.len(),
            },
            aligned: true,
        });
        columns.push(Column {
            id: format!("extra-{}", at + 1),
            label: Label {
                text: document.text.get(word).to_string(),
                aliases: Vec::new(),
            },
            spanner: None,
            unit: None,
            kind: ColumnKind::Value,
            signed: true,
            decimal: true,
            optional: true,
            panel: None,
            apart: true,
        });
    }
    anchors.extend(added);
    anchors.sort_by_key(|anchor| anchor.range.start);
    let inside = |anchor: &Anchor| region.range.contains(&anchor.range.start);
    let region = Region {
        anchors: (0..anchors.len())
            .filter(|at| inside(&anchors[*at]))
            .collect(),
        ..region.clone()
    };
    Some(Local {
        form,
        anchors,
        region,
    })
}

/// Words between the headers of a region and its first row that are no header of the form.
fn headers(document: &Document<'_>, region: &Region) -> Option<Vec<Range<usize>>> {
    let text = document.text;
    let of = |index: &usize| &document.anchors[*index];
    let is_header =
        |index: &&usize| matches!(of(index).part, Part::Corner { .. } | Part::Column { .. });
    let first = region.first_row(document.anchors)?;
    let head: Vec<&Anchor> = region
        .anchors
        .iter()
        .filter(is_header)
        .map(of)
        .filter(|anchor| anchor.range.start < first.range.start)
        .collect();
    let range = head.first()?.range.end..first.range.start;
    let mut skip: Vec<Range<usize>> = head.iter().map(|anchor| anchor.range.clone()).collect();
    skip.extend(document.skip.iter().cloned());
    skip.sort_by_key(|skip| skip.start);
    let found = tokens(text, &range, &skip, Notation(document.genre));
    // What stands in front of the first row on its line is the stub of that row.
    let line = text.lines[text.line_of(first.range.start)].start;
    let fragments = document.lexicon.wordings(document.index, region.table);
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut pieces: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for token in &found {
        let said = text.get(&token.range);
        let own = token.kind == Kind::Word
            && (token.range.start < line || line <= range.start)
            && !letters(said).is_empty()
            && !crate::grid::is_fragment(said, fragments);
        if !own {
            // A number among the headers is no header, and what it stands for is not known, but that
            // of 2014年度.
            let heads = |skip: &Range<usize>| skip.start == token.range.end;
            if token.is_number() && token.range.start < line && !skip.iter().any(heads) {
                return None;
            }
            // So is a year: 2022年.
            if token.kind == Kind::Word && said.contains(|c: char| c.is_ascii_digit()) {
                return None;
            }
            // 本年 between 上年 and 增减 heads a column as well, and no longer the form's header.
            let behind = head
                .iter()
                .all(|anchor| anchor.range.end <= token.range.start);
            if token.kind == Kind::Word && behind && !letters(said).is_empty() {
                pieces.push(token.range.clone());
            }
            open = false;
            continue;
        }
        let gap = |last: &Range<usize>| {
            text.get(&(last.end..token.range.start))
                .contains(['\n', '\t', BORDER, ' '])
        };
        match words.last_mut() {
            Some(last) if open && !gap(last) => last.end = token.range.end,
            _ => words.push(token.range.clone()),
        }
        open = true;
    }
    // What stands in brackets right behind a header explains it, and a line such as
    // 注：本表数据截至… the table.
    let is_note = |word: &Range<usize>| {
        let said = text.get(word);
        if said.contains([':', '。']) {
            return true;
        }
        let behind = head.iter().any(|anchor| anchor.range.end == word.start);
        behind && said.starts_with('(') && said.ends_with(')')
    };
    words.retain(|word| !is_note(word));
    // 上年合计 in one cell is no 上年, nor is 合计 a column then.
    let line = |range: &Range<usize>| text.line_of(range.start);
    let bordered = |range: &Range<usize>| {
        let line = &text.lines[line(range)];
        text.get(line).contains(BORDER)
    };
    let touches = |word: &Range<usize>| {
        let mut head = head.iter();
        head.any(|anchor| anchor.range.end == word.start || word.end == anchor.range.start)
    };
    if words.iter().any(|word| touches(word) && bordered(word)) {
        return None;
    }
    // A table of two halves has each header twice.
    let mut said: Vec<String> = words.iter().map(|word| letters(text.get(word))).collect();
    said.sort();
    if said.windows(2).any(|pair| pair[0] == pair[1]) {
        return None;
    }
    let beside = |piece: &Range<usize>| {
        let before = words.first().is_some_and(|word| word.end <= piece.start);
        let between = before && words.last().is_some_and(|word| piece.end <= word.start);
        between || words.iter().any(|word| line(word) == line(piece))
    };
    if pieces.iter().any(beside) {
        return None;
    }
    Some(words)
}

/// How many values stand behind each row's label, units and codes of the form aside. Between borders
/// an empty cell counts: it may be that of the form, and the value that of the report's own column.
fn values(document: &Document<'_>, region: &Region) -> Vec<usize> {
    let text = document.text;
    let definition = &document.form.tables[region.table];
    let mut counts = Vec::new();
    for (at, index) in region.anchors.iter().enumerate() {
        let anchor = &document.anchors[*index];
        let Part::Row { table, row } = anchor.part else {
            continue;
        };
        // A stray may be a row of another table.
        if table != region.table {
            continue;
        }
        let end = region
            .anchors
            .get(at + 1)
            .map_or(region.range.end, |next| document.anchors[*next].range.start);
        let end = end.max(anchor.range.end);
        let found = tokens(
            text,
            &(anchor.range.end..end),
            document.skip,
            Notation(document.genre),
        );
        let code = definition.rows[row].code.as_deref();
        let is_code = |token: &Token| {
            code.is_some_and(|code| {
                text.get(&token.range).trim_start_matches('0') == code.trim_matches(['0', '*'])
            })
        };
        let mut values = found.iter().filter(|token| token.is_value()).peekable();
        if values.peek().is_some_and(|token| is_code(token)) {
            values.next();
        }
        let values = values.count();
        // A border opens each cell, and another closes the last of a line.
        let line = found
            .split(|token| token.lines > 0)
            .next()
            .unwrap_or_default();
        let borders = line
            .iter()
            .filter(|token| token.kind == Kind::Border)
            .count();
        let closed = line.last().is_some_and(|last| last.kind == Kind::Border);
        let cells = borders.saturating_sub(usize::from(closed));
        counts.push(if values > 0 { values.max(cells) } else { 0 });
    }
    counts
}
