//! Columns that hold no values of their own: running numbers and codes of rows, printed or left out.

use rust_decimal::Decimal;

use super::{Draft, Reader, RowReading};
use crate::align::Anchor;
use crate::field::{Kind, Token, tokens};
use crate::form::ColumnKind;
use crate::lexicon::Part;
use crate::row::Style;
use crate::text::is_gap;
use crate::value::Notation;

impl Reader<'_> {
    /// Takes off the running number of the next row, where a column of them is printed. Whether none
    /// can be taken for a value: it must be the one behind `last`.
    pub(super) fn drop_index(
        &self,
        found: &mut Vec<Token>,
        next: Option<&Anchor>,
        last: &mut Option<Decimal>,
    ) -> bool {
        let printed = self.has_index();
        let Some(next) = next.filter(|next| {
            printed && matches!(next.part, Part::Row { table, .. } if table == self.region.table)
        }) else {
            return true;
        };
        let Some(at) = found.iter().rposition(Token::is_value) else {
            return true;
        };
        let Kind::Number {
            value: Some(number),
            unit: None,
            ..
        } = found[at].kind
        else {
            return true;
        };
        let behind = found[at].range.end..next.range.start.max(found[at].range.end);
        if !self.document.text.get(&behind).chars().all(is_gap)
            || found[at].lines == 0 && found[at..].len() == 1
        {
            return true;
        }
        let follows = last.is_none_or(|last| number == last + Decimal::ONE);
        *last = Some(number);
        if follows {
            found.truncate(at);
        }
        follows
    }

    /// Whether a column of running numbers is printed.
    pub(super) fn has_index(&self) -> bool {
        let columns = self.definition.columns.iter().enumerate();
        let mut indices = columns.filter(|(_, column)| column.kind == ColumnKind::Index);
        indices.any(|(column, _)| self.headed().get(column) == Some(&true))
    }

    /// Withholds rows of which a value begins a line, where running numbers are printed and rows lie
    /// on a line each or a label stands behind it: it may be one of those.
    pub(super) fn withhold_indexed(&self, drafts: &mut [Draft], style: &Style) {
        if style.bordered {
            return;
        }
        let text = self.document.text;
        let begins = |token: &Token| {
            let line = &text.lines[text.line_of(token.range.start)];
            let before = text.get(&(line.start..token.range.start));
            let behind = text.get(&(token.range.end..line.end.max(token.range.end)));
            let heads = style.per_line || behind.contains(char::is_alphabetic);
            before.chars().all(is_gap) && heads
        };
        let found: Vec<bool> = drafts
            .iter()
            .map(|draft| draft.text.values().any(begins))
            .collect();
        if found.contains(&true) && (self.has_index() || self.counts_rows()) {
            for (draft, found) in drafts.iter_mut().zip(found) {
                draft.withheld |= found;
            }
        }
    }

    /// Withholds the cells that no sum of their row judges where rows are glued and counted: the number
    /// of the next row stands right behind the last of them, 0.00 and 2.
    pub(super) fn withhold_unjudged(&self, rows: &mut [RowReading], style: &Style) {
        if !style.glued || !self.has_index() {
            return;
        }
        for row in rows {
            let sums = row.row.map_or(&[][..], |row| self.sums_of(row));
            let judged = |at: usize| sums.iter().flatten().any(|(column, _)| *column == at);
            let cells = row.cells.iter_mut().enumerate();
            cells
                .filter(|(at, _)| !judged(*at))
                .for_each(|(_, cell)| cell.withhold());
        }
    }

    /// Whether lines begin with numbers that count on, and words behind them: 2  其中：…. The header
    /// of such a column may be broken: 序⏎号.
    fn counts_rows(&self) -> bool {
        let text = self.document.text;
        let numbers = text.get(&self.region.range).lines().filter_map(|line| {
            let line = line.trim_start_matches(is_gap);
            let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
            let words = rest.trim_start_matches(is_gap);
            let apart = words.len() < rest.len() && words.starts_with(|c: char| !c.is_ascii());
            line[..line.len() - rest.len()]
                .parse()
                .ok()
                .filter(|_| apart)
        });
        let numbers: Vec<u32> = numbers.collect();
        let counted = numbers
            .windows(2)
            .filter(|pair| pair[0].checked_add(1) == Some(pair[1]));
        counted.count() > 2
    }

    /// Whether something is a row's code: 05 may be printed as 5, and 51** without its mark.
    pub(super) fn is_code(&self, row: usize, said: &str) -> bool {
        let bare = |code: &str| {
            let code = code.trim_start_matches('0').trim_end_matches('*');
            code.to_string()
        };
        let code = self.definition.rows[row].code.as_deref();
        code.is_some_and(|code| bare(said) == bare(code))
    }

    /// Whether most rows that have a code show it, whatever the headers say.
    pub(super) fn prints_codes(&self) -> bool {
        *self.coded.get_or_init(|| self.most_show_codes())
    }

    fn most_show_codes(&self) -> bool {
        let document = self.document;
        let anchors = self.region.anchors.iter().map(|at| &document.anchors[*at]);
        let ends = anchors.clone().skip(1).map(|next| next.range.start);
        let ends = ends.chain([self.region.range.end]);
        let (mut rows, mut shown) = (0, 0);
        for (anchor, end) in anchors.zip(ends) {
            let Some(row) = self.row_of(anchor) else {
                continue;
            };
            let behind = anchor.range.end..end.max(anchor.range.end);
            let found = tokens(document.text, &behind, &[], Notation(document.genre));
            // A row with no more values than the table has columns may have no code to show.
            let values = found.iter().filter(|token| token.is_value()).count();
            if self.definition.rows[row].code.is_none() || values <= self.traits.len() {
                continue;
            }
            rows += 1;
            let mut first = found
                .iter()
                .filter(|token| token.kind != Kind::Border)
                .take(2);
            let is_code = |token: &Token| self.is_code(row, document.text.get(&token.range));
            shown += usize::from(first.any(is_code));
        }
        rows > 1 && shown * 3 > rows * 2
    }

    /// Whether headers are printed and that of a column is not.
    pub(super) fn leaves_out(&self, column: usize) -> bool {
        let printed = self.headed();
        printed.contains(&true) && printed.get(column) == Some(&false)
    }

    /// For each column whether its header is printed: every row asks for it.
    fn headed(&self) -> &[bool] {
        self.headed.get_or_init(|| {
            let mut printed = vec![false; self.definition.columns.len()];
            for anchor in &self.region.anchors {
                if let Part::Column { table, column } = self.document.anchors[*anchor].part
                    && table == self.region.table
                {
                    printed[column] = true;
                }
            }
            printed
        })
    }
}
