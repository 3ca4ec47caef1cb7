//! The one row of a table without label, printed as several tables.

use super::Reader;
use crate::field::{Kind, Token};
use crate::lexicon::Part;

impl Reader<'_> {
    /// The values of a row that is printed as several tables, each with its headers and as many
    /// values: together they have the headers of the form, in its order.
    pub(super) fn in_blocks(&self, head: &[Token]) -> Option<Vec<Token>> {
        let anchors = self
            .region
            .anchors
            .iter()
            .map(|at| &self.document.anchors[*at]);
        let is_header =
            |part| matches!(part, Part::Column { table, .. } if table == self.region.table);
        let headers: Vec<_> = anchors.filter(|anchor| is_header(anchor.part)).collect();
        let values: Vec<&Token> = head.iter().filter(|token| token.is_value()).collect();
        let count = self.traits.len();
        // Several columns are headed by one wording, so their order is that of the wordings.
        let columns = self.definition.columns.iter();
        let columns = columns.filter(|it| it.is_counted());
        let columns: Vec<_> = columns.collect();
        let wordings = columns.iter().map(|column| &column.label);
        let printed = headers.iter().map(|it| it.part.label(self.document.form));
        // `-` may pad the headers.
        let padded = values.iter().any(|value| !value.is_number());
        if padded || values.len() < count || !printed.eq(wordings.map(Some)) {
            return None;
        }
        let mut blocks = 0;
        let mut at = 0;
        while at < count {
            // The headers before the next value, and as many values before the next header.
            let start = values.get(at)?.range.start;
            let upto = headers
                .iter()
                .take_while(|header| header.range.start < start)
                .count();
            let next = headers
                .get(upto)
                .map_or(usize::MAX, |header| header.range.start);
            let numbers = values[at..]
                .iter()
                .take_while(|value| value.range.start < next);
            let numbers = numbers.take(upto.saturating_sub(at)).count();
            // Each has what stands under one spanner of the form.
            let begins = at == 0 || columns[at - 1].spanner != columns[at].spanner;
            if upto <= at || numbers != upto - at || !begins {
                return None;
            }
            if values
                .get(upto)
                .is_some_and(|value| value.range.start < next)
                && next != usize::MAX
            {
                return None;
            }
            at = upto;
            blocks += 1;
        }
        let words = |token: &&Token| {
            token.kind == Kind::Word && token.range.start < values[count - 1].range.start
        };
        let is_word = |token: &Token| {
            self.document
                .text
                .get(&token.range)
                .contains(char::is_alphabetic)
        };
        let foreign = head.iter().filter(words).any(is_word);
        let last = values.get(count).is_none_or(|behind| behind.lines > 0);
        (blocks > 1 && !foreign && last).then(|| values.into_iter().take(count).cloned().collect())
    }
}
