//! Lines -> sections, where no form says what the sections are: 一、, 二、, 三、 in a row.

use std::ops::Range;

use super::{paragraphs, prose};
use crate::assemble::Assembly;
use crate::extraction::Section;
use crate::page::Class;
use crate::statement::numeral::whole;
use crate::text::{Text, is_numeral};

/// Characters of the longest title.
const LONGEST: usize = 30;

/// A line that begins with a number.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) value: usize,
    pub(super) number: Range<usize>,
    pub(super) title: Range<usize>,
}

/// The running text of a range, in sections where its lines are numbered from 一 on.
pub(super) fn sections(assembly: &mut Assembly<'_>, range: &Range<usize>) {
    let headings = sequence(headings(assembly, range));
    let Some(first) = headings.first() else {
        prose(assembly, range, &mut Vec::new());
        return;
    };
    prose(
        assembly,
        &(range.start..first.number.start),
        &mut Vec::new(),
    );
    for (at, heading) in headings.iter().enumerate() {
        let end = headings
            .get(at + 1)
            .map_or(range.end, |next| next.number.start);
        let Some(title) = assembly.spanned(std::slice::from_ref(&heading.title)) else {
            continue;
        };
        let whole = heading.number.start..heading.title.end;
        let body = whole.end..end;
        let mut section = Section {
            id: format!("section-{}", at + 1),
            number: Some(assembly.shown(&heading.number)),
            title,
            span: assembly.span(&(whole.start..assembly.text.trim(&(whole.start..end)).end)),
            blocks: Vec::new(),
            sections: Vec::new(),
        };
        paragraphs(assembly, &body, &mut section);
        assembly.claim(&whole, Class::Heading);
        assembly.sections.push(section);
    }
}

/// The lines of a range that begin with a number and a title.
pub(super) fn headings(assembly: &Assembly<'_>, range: &Range<usize>) -> Vec<Heading> {
    let text = assembly.text;
    let lines = text.lines.iter().enumerate();
    lines
        .filter(|(_, line)| line.start >= range.start && line.end <= range.end)
        .filter(|(at, _)| matches!(assembly.class(*at), Class::Unclaimed | Class::Prose))
        .filter_map(|(_, line)| heading(text, &text.trim(line)))
        .collect()
}

fn heading(text: &Text, line: &Range<usize>) -> Option<Heading> {
    let said = text.get(line);
    let number: usize = said
        .chars()
        .take_while(|c| is_numeral(*c))
        .map(char::len_utf8)
        .sum();
    let value = whole(&said[..number])?.try_into().ok()?;
    let rest = said[number..].strip_prefix(['、', '.'])?;
    let title = rest.trim_start();
    let end = title
        .find(|c: char| c.is_whitespace() || matches!(c, '。' | ':' | ';'))
        .unwrap_or(title.len());
    if end == 0 || title[..end].chars().count() > LONGEST {
        return None;
    }
    let start = line.end - title.len();
    Some(Heading {
        value,
        number: line.start..line.start + number,
        title: start..start + end,
    })
}

/// The longest run of headings numbered 1, 2, 3, the last of equally long ones: a table of contents
/// stands before the sections themselves. A single heading is no outline.
fn sequence(headings: Vec<Heading>) -> Vec<Heading> {
    let mut runs: Vec<Vec<Heading>> = Vec::new();
    for heading in headings {
        if heading.value == 1 {
            runs.push(vec![heading]);
        } else if let Some(run) = runs.last_mut()
            && run.len() + 1 == heading.value
        {
            run.push(heading);
        }
    }
    let longest = runs.into_iter().max_by_key(Vec::len);
    longest.filter(|run| run.len() > 1).unwrap_or_default()
}
