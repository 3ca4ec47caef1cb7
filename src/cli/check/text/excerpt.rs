//! The lines to draw under.

use annotate_snippets::{Level, Snippet};

use super::{Elements, Mark, annotation};

/// A line of more characters is cut around its marks.
const LONG: usize = 120;
/// Characters kept on either side of a mark.
const AROUND: usize = 16;

/// Snippets of `text` with all `marks`; a long line gives one per group of marks. The renderer
/// would name columns of the cut, so a note names those of the line.
pub(super) fn snippets<'a>(name: &str, text: &'a str, mut marks: Vec<Mark>) -> Elements<'a> {
    marks.sort_by_key(|(range, ..)| (range.start, range.end));
    let long = |mark: &Mark| line(text, mark).chars().count() > LONG;
    let (long, short): (Vec<Mark>, Vec<Mark>) = marks.into_iter().partition(long);
    let mut elements = Elements::new();
    if !short.is_empty() {
        let snippet = Snippet::source(text)
            .path(name.to_owned())
            .line_start(1)
            .fold(true);
        let annotations = short.into_iter().map(|mark| annotation(mark, 0));
        elements.push(snippet.annotations(annotations).into());
    }
    let mut group: Vec<Mark> = Vec::new();
    let mut columns = Vec::new();
    for mark in long {
        let near = group.last().is_none_or(|(last, ..)| {
            let between = text.get(last.end..mark.0.start).unwrap_or_default();
            !between.contains('\n') && between.chars().count() <= 2 * AROUND
        });
        if !near {
            columns.extend(cut(text, std::mem::take(&mut group), &mut elements));
        }
        group.push(mark);
    }
    columns.extend(cut(text, group, &mut elements));
    if !columns.is_empty() {
        let columns = columns.join(", ");
        let note = format!("cut from {name} at {columns}");
        elements.push(Level::NOTE.message(note).into());
    }
    elements
}

/// One piece of a long line; gives the line and column of its first mark.
fn cut<'a>(text: &'a str, marks: Vec<Mark>, elements: &mut Elements<'a>) -> Option<String> {
    let ((first, ..), (last, ..)) = (marks.first()?, marks.last()?);
    let head = text.get(..first.start).unwrap_or_default();
    let line_start = head.rfind('\n').map_or(0, |at| at + 1);
    let before = head
        .get(line_start..)
        .unwrap_or_default()
        .char_indices()
        .rev();
    let start = before
        .take(AROUND)
        .last()
        .map_or(first.start, |(at, _)| line_start + at);
    let after = text.get(last.end..).unwrap_or_default().char_indices();
    let end = after
        .take(AROUND + 1)
        .take_while(|(_, c)| *c != '\n')
        .last()
        .map_or(last.end, |(at, _)| last.end + at);
    let column = head.get(line_start..).unwrap_or_default().chars().count() + 1;
    let number = head.matches('\n').count() + 1;
    let excerpt = text.get(start..end).unwrap_or_default();
    let annotations = marks.into_iter().map(|mark| annotation(mark, start));
    elements.push(
        Snippet::source(excerpt)
            .line_start(number)
            .annotations(annotations)
            .into(),
    );
    Some(format!("{number}:{column}"))
}

fn line<'a>(text: &'a str, (range, ..): &Mark) -> &'a str {
    let head = text.get(..range.start).unwrap_or_default();
    let start = head.rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(start..).unwrap_or_default();
    rest.split('\n').next().unwrap_or_default()
}
