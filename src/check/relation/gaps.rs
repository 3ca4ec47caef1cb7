//! Why a relation could not be evaluated.

use super::super::cells::Gap;
use super::{Place, Reader};
use crate::form::CellRef;

/// What kept a relation from being evaluated: the first gap, and how many more.
#[derive(Default)]
pub(super) struct Gaps {
    pub(super) reason: Option<String>,
    more: usize,
    /// Rows and columns that are not in the text, named or counted once each.
    lacking: Vec<(Gap, usize, usize)>,
    pub(super) table: Option<usize>,
}

impl Gaps {
    pub(super) fn note(
        &mut self,
        reader: &Reader<'_>,
        place: Option<Place>,
        gap: Gap,
        address: &str,
    ) {
        let (cells, at) = match place {
            Some(Place::Cell(at)) => (reader.cells, at),
            Some(Place::Previous(at)) => (reader.previous.unwrap_or(reader.cells), at),
            Some(Place::Statement(_)) | None => return,
        };
        if matches!(gap, Gap::NoTable | Gap::OtherForm) {
            if self.table.is_none() {
                self.table = Some(at.table);
                let id = cells
                    .form
                    .tables
                    .get(at.table)
                    .map_or("", |table| table.id.as_str());
                self.reason = Some(format!("table `{}{id}` {}", cells.prefix, gap.why()));
                self.more = 0;
            }
        } else if self.table.is_some() || self.is_said(gap, at) {
            // A missing table says it all, and so do a row and a column of their cells.
        } else if self.reason.is_none() {
            let table = cells.form.tables.get(at.table);
            let row = table.and_then(|table| table.rows.get(at.row));
            let column = table.and_then(|table| table.columns.get(at.column));
            let table = table.map_or("", |table| table.id.as_str());
            self.reason = Some(match (gap, row, column) {
                (Gap::NoRow, Some(row), _) => {
                    format!("row `{}{table}/{}` {}", cells.prefix, row.id, gap.why())
                }
                (Gap::NoColumn, _, Some(column)) => {
                    format!(
                        "column `{}{table}/{}` {}",
                        cells.prefix,
                        column.id,
                        gap.why()
                    )
                }
                _ => format!("cell `{address}` {}", gap.why()),
            });
        } else {
            self.more += 1;
        }
    }

    /// Whether a gap is one more cell of a row or a column that is lacking; notes it if not.
    fn is_said(&mut self, gap: Gap, at: CellRef) -> bool {
        let place = match gap {
            Gap::NoRow => at.row,
            Gap::NoColumn => at.column,
            _ => return false,
        };
        let lacking = (gap, at.table, place);
        let said = self.lacking.contains(&lacking);
        if !said {
            self.lacking.push(lacking);
        }
        said
    }

    pub(super) fn sentence(self) -> Option<String> {
        match (self.reason, self.more) {
            (Some(reason), 0) => Some(reason),
            (Some(reason), 1) => Some(format!("{reason}, and one more gives no number")),
            (Some(reason), more) => Some(format!("{reason}, and {more} more give no number")),
            (None, _) => None,
        }
    }
}
