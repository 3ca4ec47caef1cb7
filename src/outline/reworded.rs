//! Headings in other words than the form's, 一、总体概述 for 一、总体情况, or out of their order.
//!
//! A section that was not found is looked for only between the sections before and behind it, among
//! lines that nothing else claims, and only under its own number. Tables are read before and are
//! not touched by it.

use super::numbered::{Heading, headings};
use crate::align::{Anchor, anchor};
use crate::assemble::Assembly;
use crate::distance::common;
use crate::form::Section;
use crate::grid::Document;
use crate::lexicon::Part;
use crate::statement::numeral::whole;
use crate::text::{is_letter, letters};

/// `found` with the headings added that stand there in other words.
pub(super) fn add(
    assembly: &Assembly<'_>,
    document: &Document<'_>,
    found: Vec<&Anchor>,
) -> Vec<Anchor> {
    let sections = &document.form.sections;
    let mut all: Vec<Anchor> = found.into_iter().cloned().collect();
    if all.is_empty() || all.len() == sections.len() {
        return all;
    }
    let text_end = assembly.text.folded.trim_end().len();
    for (index, section) in sections.iter().enumerate() {
        let part = Part::Section(index);
        let number = section.number.as_deref().and_then(whole);
        let Some(number) = number.and_then(|number| usize::try_from(number).ok()) else {
            continue;
        };
        if all.iter().any(|heading| heading.part == part) {
            continue;
        }
        let of = |heading: &&Anchor| matches!(heading.part, Part::Section(other) if other > index);
        let after = all.iter().position(|heading| of(&heading));
        let place = after.unwrap_or(all.len());
        let start = place
            .checked_sub(1)
            .map_or(0, |before| all[before].range.end);
        let end = after.map_or(document.text.folded.len(), |after| all[after].range.start);
        let mut lines = headings(assembly, &(start..end.max(start)));
        lines.retain(|line| {
            // What the end of the text cuts is no section yet.
            let cut = line.title.end == text_end;
            line.value == number && !cut && !assembly.text.get(&line.title).contains(',')
        });
        let title = |line: &Heading| letters(assembly.text.get(&line.title));
        // A list of contents stands before the sections.
        let near = lines.iter().rfind(|line| is_near(section, &title(line)));
        // The first section has no other place than before the second.
        let first = index == 0
            && all
                .first()
                .is_some_and(|next| next.part == Part::Section(1))
            && lines.len() == 1;
        if let Some(Heading { number, title, .. }) = near.or(lines.first().filter(|_| first)) {
            let number = number.start..title.start;
            let heading = anchor(assembly.text, title.clone(), Some(number), part, true);
            all.insert(place, heading);
        }
    }
    for heading in out_of_order(document) {
        if all.iter().all(|other| other.part != heading.part) {
            let place = all.partition_point(|other| other.range.start < heading.range.start);
            all.insert(place, heading.clone());
        }
    }
    all
}

/// Numbered headings that fill their lines behind the first row of a table, though the order of the
/// form does not lead through them. Before it, or without any text below them, they are of a list.
fn out_of_order<'d>(document: &'d Document<'_>) -> impl Iterator<Item = &'d Anchor> {
    let text = document.text;
    let is_row = |anchor: &Anchor| anchor.aligned && matches!(anchor.part, Part::Row { .. });
    let is_heading = |anchor: &Anchor| matches!(anchor.part, Part::Section(_));
    let rows = document.anchors.iter().position(is_row);
    let behind = document.anchors.get(rows.unwrap_or(usize::MAX)..);
    let headings = behind
        .unwrap_or_default()
        .iter()
        .filter(move |it| is_heading(it));
    let next = headings.clone().skip(1).map(|next| next.range.start);
    let ends = next.chain([text.folded.len()]);
    let stands_alone = move |anchor: &Anchor, end: usize| {
        let line = &text.lines[text.line_of(anchor.range.start)];
        let beside = [line.start..anchor.range.start, anchor.range.end..line.end];
        let mut beside = beside.iter().map(|range| text.get(range));
        let below = text.get(&(line.end..end.max(line.end)));
        !beside.any(|said| said.contains(char::is_alphanumeric)) && below.contains(is_letter)
    };
    let headings = headings.zip(ends).filter(move |(anchor, end)| {
        !anchor.aligned && anchor.number.is_some() && stands_alone(anchor, *end)
    });
    headings.map(|(anchor, _)| anchor)
}

/// Whether half of the letters of the shorter one stand in both titles in the same order, two at
/// least.
fn is_near(section: &Section, title: &str) -> bool {
    section.title.wordings().any(|wording| {
        let wording = letters(wording);
        let shorter = wording.chars().count().min(title.chars().count());
        let common = common(&wording, title);
        common >= 2 && common * 2 >= shorter
    })
}
