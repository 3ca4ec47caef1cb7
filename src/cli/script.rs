//! An extraction with its texts in the other script.
//!
//! What is read from a text is what the text says: texts, labels and messages are converted, while
//! `raw`, values, ids and spans stay as they are.

use gongkai::convert::Converter;
use gongkai::extraction::{Block, Extraction, Section};

/// Converts every text of `extraction`.
pub(crate) fn convert(extraction: &mut Extraction, converter: &Converter) {
    let mut texts = Vec::new();
    collect(extraction, &mut texts);
    // In one piece: the script of a whole report is certain, that of a label may not be.
    let joined = texts
        .iter()
        .map(|text| text.as_str())
        .collect::<Vec<_>>()
        .join("\n");
    let converted = converter.convert(&joined);
    let mut lines = converted.split('\n');
    for text in texts {
        let count = 1 + text.matches('\n').count();
        *text = lines.by_ref().take(count).collect::<Vec<_>>().join("\n");
    }
}

fn collect<'a>(extraction: &'a mut Extraction, texts: &mut Vec<&'a mut String>) {
    texts.extend(extraction.form.as_mut().map(|form| &mut form.name));
    texts.extend(extraction.title.as_mut().map(|title| &mut title.text));
    texts.extend(extraction.agency.as_mut().map(|agency| &mut agency.text));
    for section in &mut extraction.sections {
        collect_section(section, texts);
    }
    for table in &mut extraction.tables {
        texts.extend(
            table
                .columns
                .iter_mut()
                .flat_map(|column| &mut column.label),
        );
        for row in &mut table.rows {
            texts.extend(&mut row.label);
            texts.extend(row.cells.iter_mut().filter_map(|cell| cell.unit.as_mut()));
        }
    }
    let statements = extraction.statements.iter_mut();
    texts.extend(statements.filter_map(|statement| statement.unit.as_mut()));
    // They name labels of the form.
    for diagnostic in &mut extraction.diagnostics {
        texts.push(&mut diagnostic.message);
        texts.extend(diagnostic.help.as_mut());
    }
}

fn collect_section<'a>(section: &'a mut Section, texts: &mut Vec<&'a mut String>) {
    texts.extend(section.number.as_mut());
    texts.push(&mut section.title.text);
    for block in &mut section.blocks {
        match block {
            Block::Paragraph { text, .. } => texts.push(text),
            Block::Table { .. } => {}
        }
    }
    for part in &mut section.sections {
        collect_section(part, texts);
    }
}
