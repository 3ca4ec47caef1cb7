//! What stands among the values of a row and is none: pieces of labels, units, codes, stubs.

use super::{Document, Reader};
use crate::align::Anchor;
use crate::field::{Kind, Token};
use crate::form::ColumnKind;
use crate::lexicon::Part;
use crate::text::letters;

impl Reader<'_> {
    /// Takes out what is no field: pieces of labels, units and codes of the row, the stub cells
    /// of the next row.
    pub(super) fn clean(
        &self,
        found: &mut Vec<Token>,
        fragments: &[String],
        anchor: &Anchor,
        next: Option<&Anchor>,
    ) {
        let text = self.document.text;
        let rows = &self.definition.rows;
        let Part::Row { row, .. } = anchor.part else {
            found.retain(|token| {
                token.kind != Kind::Word || !is_fragment(text.get(&token.range), fragments)
            });
            return;
        };
        if let Some(next) = next {
            let line = text.lines[text.line_of(next.range.start)].start;
            if line > anchor.range.end {
                let bordered = found
                    .iter()
                    .any(|token| token.range.start >= line && token.kind == Kind::Border);
                let in_stub = |token: &Token| {
                    token.range.start >= line
                        && (token.kind == Kind::Border || bordered && token.is_number())
                };
                found.retain(|token| !in_stub(token));
            }
        }
        found.retain(|token| {
            token.kind != Kind::Word || !is_fragment(text.get(&token.range), fragments)
        });
        let kinds: Vec<ColumnKind> = self
            .definition
            .columns
            .iter()
            .map(|column| column.kind)
            .filter(|kind| matches!(kind, ColumnKind::Unit | ColumnKind::Code))
            .collect();
        for kind in kinds {
            let Some(at) = found.iter().position(|token| token.kind != Kind::Border) else {
                break;
            };
            let said = text.get(&found[at].range);
            let is_it = match kind {
                ColumnKind::Unit => {
                    self.document.genre.units.iter().any(|unit| unit == said)
                        || rows[row].unit.as_deref() == Some(said)
                        || rows[row].group && found[at].kind == Kind::Placeholder
                }
                _ => rows[row].code.as_deref().is_some_and(|code| {
                    said.trim_start_matches('0')
                        == code.trim_start_matches('0').trim_end_matches('*')
                }),
            };
            if is_it {
                let border = found
                    .get(at + 1)
                    .is_some_and(|token| token.kind == Kind::Border);
                found.drain(at..=at + usize::from(border));
            }
        }
    }
}

/// Whether a word is a piece of a label.
pub(super) fn is_fragment(word: &str, fragments: &[String]) -> bool {
    let letters = letters(word);
    let digits = word.chars().any(|c| c.is_ascii_digit());
    if letters.is_empty() {
        return !digits;
    }
    fragments
        .iter()
        .any(|fragment| fragment.contains(letters.as_str()))
}

/// Whether a line holds nothing but pieces of a table's labels.
pub(crate) fn is_piece(document: &Document<'_>, table: usize, line: &str) -> bool {
    let wordings = document.lexicon.wordings(document.index, table);
    line.split([' ', crate::text::BORDER, '\t'])
        .filter(|word| !word.is_empty())
        .all(|word| is_fragment(word, wordings))
}
