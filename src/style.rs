//! Rows -> style: how a table was written, told from its rows.

use std::ops::Range;

use crate::field::{Field, Kind, Token, bordered};
use crate::grid::Draft;
use crate::row::{DEPTHS, RowText, Style, fields, windows};
use crate::text::Text;

/// The style of a table of `count` columns that lies in `range`; `padded` says that its headers are
/// padded with `-`.
pub(crate) fn of(
    text: &Text,
    range: &Range<usize>,
    drafts: &[Draft],
    padded: bool,
    count: usize,
) -> Style {
    let rows: Vec<&RowText> = drafts
        .iter()
        .map(|draft| &draft.text)
        .filter(|row| !row.tokens.is_empty())
        .collect();
    let bordered = rows
        .iter()
        .filter(|row| row.tokens.iter().any(|token| token.kind == Kind::Border))
        .count()
        * 2
        > rows.len();
    let mut style = Style {
        bordered,
        html: text.html && !text.mixed,
        per_line: per_line(&rows, bordered),
        ..Style::default()
    };
    if bordered {
        style.lone = rows.len() == 1;
        style.closed = closed(&rows, count);
        style.fillers = fillers(text, &rows);
        // In HTML the cells say themselves how far they reach: a blank one is no filler.
        style.merged = style.fillers && !style.html && text.get(range).contains("||");
        let made: Vec<Vec<Field>> = rows.iter().map(|row| fields(row, &style)).collect();
        style.lead = lead(&rows, &made, count);
        // What stands below a table may seem a cell of its last row.
        let end = rows.iter().map(|row| row.end).max();
        let is_last = |row: &RowText| rows.len() > 1 && Some(row.end) == end;
        let mut made = rows.iter().zip(&made);
        style.wide = made.clone().any(|(row, fields)| {
            !is_last(row) && fields.len() > count && windows(fields, count).next().is_none()
        });
        style.short = made.any(|(row, fields)| {
            let filled = row.values().next().is_some() && !row.cut;
            filled && fields.len() < count
        });
        return style;
    }
    style.glued = glued(text, &rows, count);
    if !style.glued {
        if !style.per_line {
            let gaps = gaps(&rows, count);
            style.gap = gap(&rows, &gaps).filter(|gap| {
                // Lines of the same table, its headers among them, stand no closer.
                gaps.len() == 1 || least_gap(text.get(range)).is_none_or(|least| *gap <= least)
            });
            style.end_gap = end_gap(&rows, count);
            style.usual_gap = usual_gap(&gaps);
        }
        style.width = width(text, &rows, count, padded);
    }
    style
}

/// Whether most values stand on the line of the value before them; a lone value, on that of its
/// label; a row without values, its borders.
fn per_line(rows: &[&RowText], bordered: bool) -> bool {
    let (mut same, mut other) = (0, 0);
    let mut vote = |lines: usize| if lines == 0 { same += 1 } else { other += 1 };
    for row in rows {
        let mut lines = 0;
        let mut before = None;
        for token in &row.tokens {
            lines += token.lines;
            if token.is_value() {
                // A label broken over lines leaves its values to the next line, so the first of
                // several says nothing.
                if before.is_some() {
                    vote(lines);
                }
                before.get_or_insert(lines);
                lines = 0;
            }
        }
        match (row.values().count(), before) {
            (1, Some(lines)) => vote(lines),
            (0, _) if bordered => row
                .tokens
                .iter()
                .skip(1)
                .filter(|token| token.kind == Kind::Border)
                .for_each(|token| vote(token.lines)),
            _ => {}
        }
    }
    same > other
}

fn glued(text: &Text, rows: &[&RowText], count: usize) -> bool {
    let filled: Vec<&&RowText> = rows
        .iter()
        .filter(|row| row.values().next().is_some())
        .collect();
    let is_glued = |row: &&&RowText| {
        let zeros = row.values().any(|token| matches!(&token.kind, Kind::Number { value: None, figure, .. } if text.get(figure).starts_with('0')));
        let first = row.values().next().is_some_and(|token| token.glued);
        let before = first && (count == 1 || row.values().count() < count);
        let last = row.tokens.iter().rfind(|token| token.is_value());
        let behind = last.is_some_and(|token| token.range.end == row.end) && !row.cut;
        zeros || before || behind
    };
    !filled.is_empty() && filled.iter().filter(|row| is_glued(row)).count() * 3 >= filled.len()
}

/// How often how many blank lines stand between two values of a whole row.
fn gaps(rows: &[&RowText], count: usize) -> Vec<(usize, usize)> {
    let mut gaps: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        if row.values().count() < count {
            continue;
        }
        let from = usize::from(count > 1);
        for token in row
            .values()
            .take(count)
            .skip(from)
            .filter(|token| token.lines > 0)
        {
            add(&mut gaps, token.lines - 1);
        }
    }
    gaps.sort_unstable();
    gaps
}

/// Counts one more of a number.
fn add(counts: &mut Vec<(usize, usize)>, number: usize) {
    match counts.iter_mut().find(|(other, _)| *other == number) {
        Some((_, times)) => *times += 1,
        None => counts.push((number, 1)),
    }
}

/// The blank lines that stand between at least half of all neighbours, if any do.
fn usual_gap(gaps: &[(usize, usize)]) -> Option<usize> {
    let all: usize = gaps.iter().map(|(_, times)| times).sum();
    gaps.iter()
        .find(|(gap, times)| *gap > 0 && *times * 2 >= all)
        .map(|(gap, _)| *gap)
}

/// Blank lines between two values of a row, where it is the same in every whole row.
fn gap(rows: &[&RowText], gaps: &[(usize, usize)]) -> Option<usize> {
    match gaps {
        [(gap, _)] => Some(*gap),
        // No row is whole: the label and its first value, or the row and the next label, tell.
        [] => {
            let ends: Vec<usize> = rows
                .iter()
                .filter(|row| !row.cut)
                .filter_map(|row| row.lines_behind.checked_sub(1))
                .collect();
            // No wider than the values of a row stand apart.
            let between = rows.iter().flat_map(|row| row.values().skip(1));
            let between = between
                .map(|token| token.lines)
                .filter(|lines| *lines > 0)
                .min();
            ends.iter()
                .min()
                .copied()
                .filter(|_| ends.len() > 1)
                .filter(|least| between.is_none_or(|between| *least < between))
                .filter(|least| ends.iter().filter(|end| *end == least).count() * 2 >= ends.len())
        }
        _ => None,
    }
}

/// The fewest blank lines between two lines that are not blank.
fn least_gap(said: &str) -> Option<usize> {
    let mut blank: Option<usize> = None;
    let mut least = None;
    for line in said.split('\n') {
        if line.trim().is_empty() {
            blank = blank.map(|blank| blank + 1);
        } else {
            least = least.into_iter().chain(blank).min();
            blank = Some(0);
        }
    }
    least
}

/// Line ends that stand at least between a whole row and the next label.
fn end_gap(rows: &[&RowText], count: usize) -> usize {
    let whole = rows
        .iter()
        .filter(|row| !row.cut && row.values().count() == count);
    let ends = whole
        .filter(|row| !row.over_mark)
        .map(|row| row.lines_behind);
    ends.min().unwrap_or_default()
}

/// The width rows are padded to, where the headers or at least two rows have `-` behind their last
/// cell.
fn width(text: &Text, rows: &[&RowText], count: usize, padded: bool) -> Option<usize> {
    let is_padded = |row: &&&RowText| {
        let mut rest = row.values().skip(count).peekable();
        rest.peek().is_some() && rest.all(|token| token.may_pad(text))
    };
    if !padded && rows.iter().filter(is_padded).count() < 2 {
        return None;
    }
    let mut widths = Vec::new();
    for row in rows {
        add(&mut widths, row.values().count() + row.labels);
    }
    widths
        .into_iter()
        .max_by_key(|(width, rows)| (*rows, *width))
        .map(|(width, _)| width)
}

/// Whether a border stands behind the last cell of a row, as behind most rows one does. Where all rows
/// have as many, and some end with a value, it stands before an empty cell, unless those have a cell
/// more than the form.
fn closed(rows: &[&RowText], count: usize) -> bool {
    let is_border = |token: &Token| token.kind == Kind::Border;
    let ends = |row: &RowText| row.tokens.last().is_some_and(is_border);
    let borders = |row: &RowText| row.tokens.iter().filter(|it| is_border(it)).count();
    let closed = rows.iter().filter(|row| ends(row)).count();
    let mut whole = rows.iter().filter(|row| !row.cut);
    let first = whole.clone().next().map(|row| borders(row));
    let same = whole.all(|row| Some(borders(row)) == first);
    if same && (1..rows.len()).contains(&closed) {
        let mut others = rows.iter().filter(|row| !ends(row));
        return others.any(|row| bordered(&row.tokens, row.end).len() > count);
    }
    closed * 2 > rows.len()
}

/// Whether values keep a space from their borders, so that `||` is no cell. Tabs never do.
fn fillers(text: &Text, rows: &[&RowText]) -> bool {
    let (mut spaced, mut tight) = (0, 0);
    for row in rows {
        for pair in row.tokens.windows(2) {
            if pair[0].is_value() && pair[1].kind == Kind::Border && text.get(&pair[1].range) == "|"
            {
                if pair[1].glued {
                    tight += 1
                } else {
                    spaced += 1
                }
            }
        }
    }
    spaced > tight
}

/// Empty fields before the values, where every row of one depth that tells says the same.
fn lead(rows: &[&RowText], made: &[Vec<Field>], count: usize) -> [Option<usize>; 4] {
    let mut found: [Vec<(usize, bool)>; 4] = Default::default();
    let depth = |row: &RowText| row.depth.min(DEPTHS - 1);
    let made: Vec<_> = rows.iter().map(|row| depth(row)).zip(made).collect();
    // Only the widest rows of each depth are surely whole.
    let mut widest = [0; DEPTHS];
    for (depth, fields) in &made {
        widest[*depth] = widest[*depth].max(fields.len());
    }
    let whole = || {
        made.iter()
            .filter(|(depth, fields)| widest[*depth] == fields.len())
    };
    // Where all of them can begin; nowhere, if the values of one take more cells.
    let mut common = [(0, usize::MAX); DEPTHS];
    for (depth, fields) in whole() {
        let mut starts = windows(fields, count);
        let (first, last) = match starts.next() {
            Some(first) => (first, starts.last().unwrap_or(first)),
            None => (usize::MAX, 0),
        };
        let (low, high) = common[*depth];
        common[*depth] = (low.max(first), high.min(last));
    }
    let mut disagree = [false; DEPTHS];
    for (depth, fields) in whole() {
        let mut starts = windows(fields, count);
        let (low, high) = common[*depth];
        if let (Some(start), None) = (starts.next(), starts.next()) {
            let blank = fields.get(start).is_none_or(Field::is_blank);
            found[*depth].push((start, blank));
            // Rows that cannot begin there.
            disagree[*depth] |= !(low..=high).contains(&start);
        }
    }
    let deepest = rows.iter().map(|row| depth(row)).max().unwrap_or_default();
    let told: [_; DEPTHS] = std::array::from_fn(|depth| {
        let (first, _) = found[depth].first().copied()?;
        let mut starts = found[depth].iter().map(|(start, _)| *start);
        let agree = !disagree[depth] && starts.all(|start| start == first);
        let blank = found[depth].iter().all(|(_, blank)| *blank);
        agree.then_some((first, blank))
    });
    // Labels of deeper rows stand further right: merged cells leave a lead for each step, or none.
    let fits = |steps: usize| {
        let above = told.iter().take(deepest).enumerate();
        let told = above.filter_map(|(depth, told)| Some((depth, (*told)?)));
        let mut sure = told.filter(|(_, (_, blank))| !blank).peekable();
        sure.peek().is_some() && sure.all(|(depth, (lead, _))| lead == (deepest - depth) * steps)
    };
    std::array::from_fn(|depth| {
        let (lead, blank) = told[depth]?;
        let above = deepest.saturating_sub(depth);
        let expected = || (fits(0) && lead == 0) || (fits(1) && lead == above);
        // A cell is not lost in two rows that both have as many as the form, and a value in the
        // last, where none has more.
        let widest = made.iter().map(|(_, fields)| fields.len()).max();
        let mut of_form = made.iter().filter(|(other, fields)| {
            let filled = fields.last().is_some_and(|last| !last.is_blank());
            *other == depth && fields.len() == count && filled
        });
        let twice = widest == Some(count) && of_form.next().is_some() && of_form.next().is_some();
        // Rows that begin with a blank may have lost a cell, and what seems their first be left of
        // a merged label.
        let unsure = blank && (found[depth].len() == 1 || above > 0) && !expected() && !twice
            // The only row of a table may begin with an empty cell, and have one more than the form.
            || lead > 0 && rows.len() == 1;
        (!unsure).then_some(lead)
    })
}

/// The style in words, such as `cell-per-line, padded to 9`.
pub(crate) fn name(style: &Style, html: bool, torn: bool) -> String {
    let mut words = match (style.bordered, style.per_line, style.glued) {
        _ if html && style.bordered => "html table".to_string(),
        (_, _, true) => "glued".to_string(),
        (true, true, _) => "row-per-line, borders between cells".to_string(),
        (true, false, _) => "cell-per-line, borders between cells".to_string(),
        (false, true, _) => "row-per-line, spaces between cells".to_string(),
        (false, false, _) => "cell-per-line".to_string(),
    };
    if let Some(width) = style.width {
        words.push_str(&format!(", padded to {width}"));
    }
    if let Some(gap @ 1..) = style.gap {
        words.push_str(if gap == 1 {
            ", blank line between cells"
        } else {
            ", blank lines between cells"
        });
    }
    if torn {
        words.push_str(", labels apart from values");
    }
    words
}
