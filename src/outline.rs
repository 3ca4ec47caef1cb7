//! Anchors -> outline: title, body, year, sections, paragraphs.

mod numbered;
mod reworded;

use std::ops::Range;

use crate::align::Anchor;
use crate::assemble::Assembly;
use crate::extraction::{Block, Section, Severity, Year};
use crate::grid::Document;
use crate::lexicon::Part;
use crate::page::Class;
use crate::text::is_numeral;

/// Reads what stands around the tables.
pub(crate) fn outline(assembly: &mut Assembly<'_>, document: &Document<'_>) {
    let headings: Vec<&Anchor> = document
        .anchors
        .iter()
        .filter(|anchor| anchor.aligned && matches!(anchor.part, Part::Section(_)))
        .collect();
    let first = document
        .anchors
        .iter()
        .find(|anchor| anchor.aligned)
        .map_or(document.text.folded.len(), |anchor| anchor.range.start);
    // A form that is only a table has its title for a section.
    let is_row = |anchor: &&Anchor| anchor.aligned && matches!(anchor.part, Part::Row { .. });
    let rows = document
        .anchors
        .iter()
        .find(is_row)
        .map_or(first, |anchor| anchor.range.start);
    front(assembly, rows);
    let headings = reworded::add(assembly, document, headings);
    let first = headings
        .first()
        .map_or(first, |heading| heading.range.start.min(first));
    // Where the form is only a table, the report around it has sections of its own.
    if document
        .form
        .sections
        .iter()
        .all(|section| section.number.is_none())
    {
        numbered::sections(assembly, &(0..first));
    } else {
        prose(assembly, &(0..first), &mut Vec::new());
    }
    for (at, heading) in headings.iter().enumerate() {
        let end = headings
            .get(at + 1)
            .map_or(document.text.folded.len(), |next| next.range.start);
        let section = section(assembly, document, heading, end);
        assembly.sections.push(section);
    }
    if headings.is_empty() {
        // Without sections, running text stands between and behind the tables.
        let tables: Vec<Range<usize>> = assembly
            .ranges
            .iter()
            .map(|(range, _)| range.clone())
            .collect();
        for (at, table) in tables.iter().enumerate() {
            let end = tables
                .get(at + 1)
                .map_or(document.text.folded.len(), |next| next.start);
            prose(assembly, &(table.end..end.max(table.end)), &mut Vec::new());
        }
    }
    missing(assembly, document, &headings);
}

/// Reads a report without a table that a form knows.
pub(crate) fn without_form(assembly: &mut Assembly<'_>) {
    let end = assembly.text.folded.len();
    front(assembly, end);
    numbered::sections(assembly, &(0..end));
}

/// Title, body and year, which stand before `rows`.
fn front(assembly: &mut Assembly<'_>, rows: usize) {
    let text = assembly.text;
    let lines: Vec<Range<usize>> = text
        .lines
        .iter()
        .take_while(|line| line.start < rows)
        .map(|line| text.trim(&(line.start..line.end.min(rows))))
        .collect();
    let title = assembly.marks.title(text, &lines);
    let year = assembly.marks.year(text, title.as_ref());
    if let Some(title) = title {
        for piece in &title.pieces {
            assembly.claim(piece, Class::Title);
        }
        assembly.title = assembly.spanned(&title.pieces);
        assembly.agency = title.agency.and_then(|agency| assembly.spanned(&[agency]));
    }
    assembly.year = year.map(|(value, at)| Year {
        value,
        span: assembly.span(&at),
    });
}

fn section(
    assembly: &mut Assembly<'_>,
    document: &Document<'_>,
    heading: &Anchor,
    end: usize,
) -> Section {
    let id = match heading.part {
        Part::Section(section) => document.form.sections[section].id.clone(),
        _ => String::new(),
    };
    for piece in &heading.pieces {
        assembly.claim(piece, Class::Heading);
    }
    let number = heading.number.as_ref().map(|number| {
        let number = number.start..number.end;
        assembly
            .shown(&number)
            .trim_end_matches(['、', '.', '．', ',', '，', ' '])
            .to_string()
    });
    let title = assembly.spanned(std::slice::from_ref(&heading.body));
    let body = heading.range.end..end;
    let mut section = Section {
        id,
        number,
        title: title.unwrap_or_else(|| crate::extraction::SpannedText {
            text: String::new(),
            span: assembly.span(&heading.range),
            pieces: Vec::new(),
        }),
        span: assembly
            .span(&(heading.range.start..assembly.text.trim(&(heading.range.start..end)).end)),
        blocks: Vec::new(),
        sections: Vec::new(),
    };
    let tables: Vec<(Range<usize>, String)> = assembly
        .ranges
        .iter()
        .filter(|(range, _)| body.contains(&range.start))
        .cloned()
        .collect();
    let mut at = body.start;
    for (range, id) in tables {
        paragraphs(assembly, &(at..range.start), &mut section);
        section.blocks.push(Block::Table { table: id });
        at = range.end.max(at);
    }
    paragraphs(assembly, &(at..body.end), &mut section);
    section
}

/// The running text of a range, as paragraphs of the section or of its numbered parts.
fn paragraphs(assembly: &mut Assembly<'_>, range: &Range<usize>, section: &mut Section) {
    let mut found = Vec::new();
    prose(assembly, range, &mut found);
    for line in found {
        let span = assembly.span(&line);
        let text = assembly.shown(&line);
        let said = assembly.text.get(&line);
        if let Some((number, title)) = part(said) {
            let number = line.start..line.start + number;
            let title = number.end..line.start + title;
            let id = format!("part-{}", section.sections.len() + 1);
            let Some(title) = assembly.spanned(&[assembly.text.trim(&title)]) else {
                continue;
            };
            let blocks = vec![Block::Paragraph { text, span }];
            assembly.claim(&number, Class::Prose);
            section.sections.push(Section {
                id,
                number: Some(assembly.shown(&number)),
                title,
                span,
                blocks,
                sections: Vec::new(),
            });
        } else if let Some(last) = section.sections.last_mut() {
            last.span.end = span.end;
            last.blocks.push(Block::Paragraph { text, span });
        } else {
            section.blocks.push(Block::Paragraph { text, span });
        }
    }
}

/// The number and the title of a part, (一)主动公开情况。: the lengths of both.
fn part(line: &str) -> Option<(usize, usize)> {
    let rest = line.strip_prefix('(')?;
    let close = rest
        .find(')')
        .filter(|close| *close > 0 && rest[..*close].chars().all(is_numeral))?;
    let number = close + 2;
    let title = line[number..]
        .find(['。', ':', ',', ';'])
        .map_or(line.len(), |at| number + at);
    (line[number..title].chars().count() <= 30).then_some((number, title))
}

/// Claims as prose the lines of a range that are nothing else, and collects them.
fn prose(assembly: &mut Assembly<'_>, range: &Range<usize>, found: &mut Vec<Range<usize>>) {
    if range.is_empty() {
        return;
    }
    let text = assembly.text;
    let (first, last) = (text.line_of(range.start), text.line_of(range.end - 1));
    for line in first..=last {
        let part = text.lines[line].start.max(range.start)..text.lines[line].end.min(range.end);
        let part = text.trim(&part);
        let prose = matches!(assembly.class(line), Class::Unclaimed | Class::Prose)
            || !part.is_empty()
                && part.start > text.lines[line].start
                && text.get(&part).chars().any(char::is_alphabetic);
        if part.is_empty() || !prose || assembly.class(line) == Class::Furniture {
            continue;
        }
        assembly.claim(&part, Class::Prose);
        assembly.prose.push(part.clone());
        found.push(part);
    }
}

fn missing(assembly: &mut Assembly<'_>, document: &Document<'_>, headings: &[Anchor]) {
    let lacking: Vec<String> = document
        .form
        .sections
        .iter()
        .enumerate()
        .filter(|(index, _)| {
            !headings
                .iter()
                .any(|heading| heading.part == Part::Section(*index))
        })
        .map(|(_, section)| match &section.number {
            Some(number) => format!("{number}、{}", section.title.text),
            None => section.title.text.clone(),
        })
        .collect();
    if !lacking.is_empty() && !headings.is_empty() {
        let message = format!(
            "{} of {} sections of the form are not in the text: {}",
            lacking.len(),
            document.form.sections.len(),
            lacking.join("; ")
        );
        assembly.note(
            "missing-sections",
            Severity::Warning,
            message,
            None,
            Some("the text may be cut short"),
        );
    }
    missing_tables(assembly, document, headings);
}

/// Tables that are not in the text though the headings of their sections are.
fn missing_tables(assembly: &mut Assembly<'_>, document: &Document<'_>, headings: &[Anchor]) {
    let form = document.form;
    let is_there = |id: &str| assembly.tables.iter().any(|table| table.id == id);
    let mut lacking: Vec<String> = Vec::new();
    let mut first = None;
    for heading in headings {
        let Part::Section(section) = heading.part else {
            continue;
        };
        let of_section = form
            .tables
            .iter()
            .filter(|table| table.section == Some(section));
        let before = lacking.len();
        let lost = of_section.filter(|table| !is_there(&table.id));
        lacking.extend(lost.map(|table| format!("`{}`", table.id)));
        if lacking.len() > before {
            first = first.or(Some(heading.range.clone()));
        }
    }
    if lacking.is_empty() {
        return;
    }
    let message = format!(
        "{} of {} tables of the form are not in the text, though the headings of their sections \
         are: {}",
        lacking.len(),
        form.tables.len(),
        lacking.join("; ")
    );
    let help = "the text may be cut short, or they stand in a layout that is not read";
    assembly.note(
        "missing-tables",
        Severity::Warning,
        message,
        first.as_ref(),
        Some(help),
    );
}
