//! A grammar is whole or refused in words, and what it says is there.

use gongkai::Extractor;
use gongkai::form::{CellRef, Form, Grammars, Operand, Scope};

use super::extraction;

/// The bytes are a grammar.
pub(crate) fn holds(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let load = || Grammars::with_texts([("a.toml", text.as_ref())]);
    match load() {
        Err(errors) => {
            let message = errors.to_string();
            assert!(message.contains("error["), "{message}");
            assert!(message.contains("a.toml"), "{message}");
            assert_eq!(load().err().map(|errors| errors.to_string()), Some(message));
        }
        Ok(grammars) => {
            grammars.forms.iter().for_each(form);
            let pages: Vec<String> = (grammars.forms.iter())
                .map(|form| form.blank().to_string())
                .collect();
            let extractor = Extractor::new(grammars);
            for page in pages.iter().rev().take(1) {
                extraction::read(&extractor, page.replace('·', "7").as_bytes());
            }
        }
    }
}

fn form(form: &Form) {
    for table in &form.tables {
        assert!(
            table
                .section
                .is_none_or(|section| section < form.sections.len())
        );
        for (index, spanner) in table.spanners.iter().enumerate() {
            assert!(spanner.parent.is_none_or(|parent| parent < index));
        }
        for column in &table.columns {
            assert!(
                column
                    .spanner
                    .is_none_or(|spanner| spanner < table.spanners.len())
            );
        }
        for (index, row) in table.rows.iter().enumerate() {
            assert!(row.parent.is_none_or(|parent| parent < index));
        }
    }
    let cell = |cell: &CellRef| {
        let table = &form.tables[cell.table];
        assert!(cell.row < table.rows.len() && cell.column < table.columns.len());
    };
    for instance in &form.instances {
        assert!(instance.check < form.checks.len());
        match instance.scope {
            Scope::Column { table, column } => {
                assert!(column < form.tables[table].columns.len());
            }
            Scope::Row { table, row } => assert!(row < form.tables[table].rows.len()),
            Scope::Report => {}
        }
        instance.only_where.iter().for_each(cell);
        let sides = [&instance.left, &instance.right];
        for term in sides.into_iter().chain(&instance.alternatives).flatten() {
            if let Operand::Cell(operand) | Operand::Leaves(operand) = &term.operand {
                cell(operand);
            }
        }
    }
}
