//! Whether a text is a report of a form at all.

use crate::align::{Alignment, Anchor};
use crate::form::{ColumnKind, Form};
use crate::lexicon::Part;
use crate::text::{BORDER, Text};

/// Whether an alignment says what form this is: by a row and one more part of the same table. Words
/// of a sentence that are also labels (部分公开67件，占4.6%。) are no rows without a header.
pub(super) fn is_known(text: &Text, best: &Alignment, forms: &[Form]) -> bool {
    let form = &forms[best.form];
    if is_page(text, best) {
        return true;
    }
    (0..form.tables.len()).any(|table| {
        let of_table = || {
            best.anchors
                .iter()
                .filter(|anchor| anchor.aligned && anchor.part.table() == Some(table))
                // 单位 and 序号 head columns of any table.
                .filter(|anchor| match anchor.part {
                    Part::Column { table, column } => {
                        form.tables[table].columns[column].kind == ColumnKind::Value
                    }
                    _ => true,
                })
        };
        let is_row = |anchor: &&Anchor| matches!(anchor.part, Part::Row { .. });
        let headed = of_table().any(|anchor| !is_row(&anchor));
        let in_sentence = |anchor: &&Anchor| {
            let line = &text.lines[text.line_of(anchor.range.start)];
            text.get(line).contains(['。', ';'])
        };
        let rows = of_table()
            .filter(is_row)
            .filter(|anchor| headed || !in_sentence(anchor))
            .count();
        rows >= 1 && of_table().count() >= 3
            || rows >= 1 && of_table().count() >= 2 && form.tables[table].rows.len() == 1
    })
}

/// Whether it is a page out of the middle: a row with its number and a value behind it, and a heading
/// of a section.
fn is_page(text: &Text, best: &Alignment) -> bool {
    let aligned = || best.anchors.iter().filter(|anchor| anchor.aligned);
    let is_row = |anchor: &&Anchor| matches!(anchor.part, Part::Row { .. });
    let is_section = |anchor: &Anchor| matches!(anchor.part, Part::Section(_));
    let has_value = |anchor: &Anchor| {
        let behind = text.folded.get(anchor.range.end..).unwrap_or_default();
        let behind = behind.trim_start_matches(|c: char| c.is_whitespace() || c == BORDER);
        behind.starts_with(|c: char| c.is_ascii_digit())
    };
    let mut numbered = aligned().filter(|anchor| anchor.number.is_some());
    numbered.any(|anchor| is_row(&anchor) && has_value(anchor)) && aligned().any(is_section)
}
