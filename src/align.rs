//! Labels -> anchors: which form this is, and which label is which part of it.
//!
//! Many wordings name several parts (其他 is a column and a row, 总计 a column and a row), and
//! some stand in menus and running text. A form prints its parts in one order, so the heaviest
//! chain of labels that keeps that order says which is which; the form with the heaviest chain is
//! the form of the report. Labels of the form outside the chain are kept as strays: they are
//! repeated headers, or a sign that the text is torn.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::ops::Range;

use crate::form::Form;
use crate::label::{Found, Letters, elements};
use crate::lexicon::{Element, Lexicon, Part};
use crate::text::{BORDER, NOISE, Text, is_letter, is_numeral, number_core};

/// A label of the form in the text.
#[derive(Debug, Clone)]
pub(crate) struct Anchor {
    /// The label with its printed number, in the folded text.
    pub(crate) range: Range<usize>,
    /// The wording without the number.
    pub(crate) body: Range<usize>,
    /// The printed number, as far as one stands there.
    pub(crate) number: Option<Range<usize>>,
    /// Pieces of the label, where a line end, a border or a value breaks it; one piece otherwise.
    pub(crate) pieces: Vec<Range<usize>>,
    /// The part it is, or for a stray, the first part it could be.
    pub(crate) part: Part,
    /// Whether it is in the chain.
    pub(crate) aligned: bool,
}

/// The labels of a text read as one form.
#[derive(Debug, Clone)]
pub(crate) struct Alignment {
    /// Index of the form.
    pub(crate) form: usize,
    /// Letters of the parts found in order, tenfold, each part once.
    pub(crate) score: i64,
    /// Anchors in the order of the text.
    pub(crate) anchors: Vec<Anchor>,
}

/// A label with each part of one form it may be, and how well each fits.
struct Choice {
    found: usize,
    options: Vec<(Part, i64)>,
}

/// The alignment of the form whose chain is heaviest. `only` fixes the form.
pub(crate) fn align(
    text: &Text,
    letters: &Letters,
    labels: &[Found],
    lexicon: &Lexicon,
    forms: &[Form],
    only: Option<usize>,
) -> Option<Alignment> {
    let mut bounds = bounds(labels, lexicon, forms.len());
    bounds.retain(|(bound, index)| *bound > 0 && only.is_none_or(|only| only == *index));
    bounds.sort_by_key(|(bound, index)| (-bound, *index));
    let mut best: Option<Alignment> = None;
    for (bound, index) in bounds {
        let order = |score: i64, form: usize| (-score, form);
        // No chain is heavier than its bound.
        if best
            .as_ref()
            .is_some_and(|best| order(best.score, best.form) < order(bound, index))
        {
            break;
        }
        let made = chain(text, letters, labels, lexicon, &forms[index], index);
        let better = |best: &Alignment| order(made.score, made.form) < order(best.score, best.form);
        if best.as_ref().is_none_or(better) {
            best = Some(made);
        }
    }
    best
}

const NUMBER_BONUS: i64 = 30;

/// What a header weighs.
const HEADER: i64 = 2;

/// For each form, what its score cannot exceed.
fn bounds(labels: &[Found], lexicon: &Lexicon, forms: usize) -> Vec<(i64, usize)> {
    let mut bounds: Vec<(i64, usize)> = (0..forms).map(|index| (0, index)).collect();
    let mut patterns: Vec<(usize, usize)> = labels
        .iter()
        .map(|found| (found.pattern, found.letters.len()))
        .collect();
    patterns.sort_unstable();
    for prints in patterns.chunk_by(|a, b| a.0 == b.0) {
        let Some((pattern, length)) = prints.first().copied() else {
            continue;
        };
        // A part counts once, however often its label is printed; the elements of a wording are
        // in the order of the forms.
        let elements = lexicon.entry(pattern).elements.as_slice();
        for of_form in elements.chunk_by(|a, b| a.form == b.form) {
            let parts = of_form.len().min(prints.len());
            if let Some(bound) = of_form.first().and_then(|first| bounds.get_mut(first.form)) {
                bound.0 += (length * parts) as i64 * 10;
            }
        }
    }
    bounds
}

fn chain(
    text: &Text,
    letters: &Letters,
    labels: &[Found],
    lexicon: &Lexicon,
    form: &Form,
    index: usize,
) -> Alignment {
    let ranks = Ranks::of(form);
    let mut bodies = Vec::with_capacity(labels.len());
    let mut choices = Vec::with_capacity(labels.len());
    for (at, found) in labels.iter().enumerate() {
        let body = letters.range(&found.letters);
        let mut options = Vec::new();
        // 总计 is a header as well as a row: without the number of the row it is no likelier the
        // row, or a text that ends among the headers would have a row that it does not print.
        let elements = elements(lexicon, found, index);
        let is_column = |element: &Element| matches!(element.part, Part::Column { .. });
        let headed = elements.iter().any(is_column);
        let is_row = |part: &Part| matches!(part, Part::Row { .. });
        for element in elements {
            let expected = lexicon.number_of(element);
            let fits = !expected.is_empty()
                && numbered(&text.folded, &body, expected)
                    .0
                    .is_some_and(|number| same_number(text.get(&number), expected));
            let weight = if headed && !fits && !expected.is_empty() && is_row(&element.part) {
                HEADER
            } else {
                weight(element.part, form, found.letters.len())
            };
            let weight = weight
                + i64::from(fits) * NUMBER_BONUS
                + digits_bonus(text.get(&body), element.part, form);
            options.push((element.part, weight));
        }
        // Of equal chains the latest link wins: let that be the part that is printed first.
        options.sort_by_key(|(part, _)| Reverse(ranks.rank(*part).0));
        bodies.push(body);
        if !options.is_empty() {
            choices.push(Choice { found: at, options });
        }
    }
    let picked = heaviest(&choices, &ranks);
    let mut anchors: Vec<Anchor> = Vec::with_capacity(choices.len());
    let mut score = 0;
    let mut parts = BTreeSet::new();
    for (choice, picked) in choices.iter().zip(picked) {
        let Some((part, _)) = picked
            .and_then(|option| choice.options.get(option))
            .or_else(|| {
                choice
                    .options
                    .iter()
                    .max_by_key(|(part, weight)| stray(*part, *weight, form))
            })
        else {
            continue;
        };
        let expected = lexicon.number(index, *part);
        let (number, body) = numbered(&text.folded, &bodies[choice.found], expected);
        // Which form it is, every part of it says, headers and groups as much as rows, but once.
        if picked.is_some() && parts.insert(*part) {
            score += labels[choice.found].letters.len() as i64 * 10;
        }
        anchors.push(anchor(text, body, number, *part, picked.is_some()));
    }
    Alignment {
        form: index,
        score,
        anchors,
    }
}

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
        if !piece.is_empty()
            && said
                .chars()
                .any(|c| c.is_alphabetic() || matches!(c, '、' | '.'))
        {
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
    // `其他服务1` keeps its digit: only what white space sets off is a value.
    if kept.len() == said.len() || said[kept.len()..].starts_with(char::is_whitespace) {
        piece.start..piece.start + kept.len()
    } else {
        piece.clone()
    }
}

fn weight(part: Part, form: &Form, len: usize) -> i64 {
    let len = len as i64;
    match part {
        // A group's label may be printed beside any of its rows, so its place says little.
        Part::Row { table, row } if form.tables[table].rows[row].group => len,
        // Headers may be printed on every page: together they must not outweigh one row.
        Part::Corner { .. } | Part::Spanner { .. } | Part::Column { .. } => HEADER,
        _ => len * 10,
    }
}

/// Labels that differ only in a digit (“免予公开范围1”数) are told apart by it.
fn digits_bonus(said: &str, part: Part, form: &Form) -> i64 {
    if !said.bytes().any(|b| b.is_ascii_digit()) {
        return 0;
    }
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let said = digits(said);
    let fits = part
        .label(form)
        .is_some_and(|label| digits(&label.text) == said);
    i64::from(fits) * NUMBER_BONUS
}

/// How likely a label out of the chain is a part: a header printed again is likelier than a row
/// without the number that the form gives it.
fn stray(part: Part, weight: i64, form: &Form) -> (bool, i64) {
    let numbered = weight >= NUMBER_BONUS + 20;
    let row = matches!(part, Part::Row { .. });
    (!row || numbered || part.number(form).is_none(), weight)
}

/// The order in which a form prints its parts.
struct Ranks {
    sections: Vec<usize>,
    tables: Vec<usize>,
    count: usize,
}

impl Ranks {
    fn of(form: &Form) -> Self {
        let mut ranks = Self {
            sections: vec![0; form.sections.len()],
            tables: vec![0; form.tables.len()],
            count: 1,
        };
        let place = |section: Option<usize>, ranks: &mut Self| {
            for (table, definition) in form
                .tables
                .iter()
                .enumerate()
                .filter(|(_, table)| table.section == section)
            {
                ranks.tables[table] = ranks.count;
                ranks.count += 2 + definition.rows.len();
            }
        };
        place(None, &mut ranks);
        for section in 0..form.sections.len() {
            ranks.sections[section] = ranks.count;
            ranks.count += 1;
            place(Some(section), &mut ranks);
        }
        ranks
    }

    /// The rank, and whether the chain may stay on it.
    fn rank(&self, part: Part) -> (usize, bool) {
        match part {
            Part::Section(section) => (self.sections[section], false),
            Part::Title { table } => (self.tables[table], false),
            Part::Corner { table } | Part::Spanner { table, .. } | Part::Column { table, .. } => {
                (self.tables[table] + 1, true)
            }
            Part::Row { table, row } => (self.tables[table] + 2 + row, false),
        }
    }
}

/// The heaviest chain: for each choice the option taken.
fn heaviest(choices: &[Choice], ranks: &Ranks) -> Vec<Option<usize>> {
    struct Link {
        weight: i64,
        choice: usize,
        option: usize,
        before: Option<usize>,
    }
    let mut links: Vec<Link> = Vec::new();
    let mut tree = Prefix::new(ranks.count + 1);
    for (at, choice) in choices.iter().enumerate() {
        let first = links.len();
        for (option, (part, weight)) in choice.options.iter().enumerate() {
            let (rank, stays) = ranks.rank(*part);
            let limit = if stays { rank + 1 } else { rank };
            let before = tree.best(limit);
            let base = before.map_or(0, |(weight, _)| weight);
            links.push(Link {
                weight: base + weight,
                choice: at,
                option,
                before: before.map(|(_, link)| link),
            });
        }
        for (link, made) in links.iter().enumerate().skip(first) {
            tree.add(
                ranks.rank(choice.options[made.option].0).0,
                (made.weight, link),
            );
        }
    }
    let mut picked = vec![None; choices.len()];
    let best = tree.best(ranks.count + 1);
    let mut at = best.map(|(_, link)| link);
    while let Some(link) = at {
        picked[links[link].choice] = Some(links[link].option);
        at = links[link].before;
    }
    picked
}

/// A Fenwick tree of the heaviest chain that ends on each rank; of equal ones the latest.
struct Prefix(Vec<Option<(i64, usize)>>);

impl Prefix {
    fn new(count: usize) -> Self {
        Self(vec![None; count + 1])
    }

    fn add(&mut self, rank: usize, chain: (i64, usize)) {
        let mut at = rank + 1;
        while at < self.0.len() {
            self.0[at] = self.0[at].max(Some(chain));
            at += at & at.wrapping_neg();
        }
    }

    /// The heaviest chain that ends on a rank below `limit`.
    fn best(&self, limit: usize) -> Option<(i64, usize)> {
        let mut at = limit.min(self.0.len() - 1);
        let mut best = None;
        while at > 0 {
            best = best.max(self.0[at]);
            at -= at & at.wrapping_neg();
        }
        best
    }
}

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
