//! What a form's tables have in common with those of other forms: whether it is said sensibly.

use std::collections::BTreeMap;
use std::ops::Range;

use super::fault::Fault;
use super::reader::Reader;
use super::{Column, Row};

/// Where columns or rows stand in the file.
pub(crate) type Places = Vec<Range<usize>>;

/// Checks the keys `panel` and `apart` of the columns and rows of a table, which is `entry`.
pub(crate) fn check(
    entry: &Reader<'_, '_>,
    in_panel: bool,
    (columns, column_places): (&[Column], &Places),
    (rows, row_places): (&[Row], &Places),
) {
    let fault = |place: Option<&Range<usize>>, message: String, help: &str| {
        let place = place.cloned().unwrap_or_else(|| entry.span.clone());
        let fault = Fault::new("bad-panel", place, message, "");
        entry.sink.fault(fault.help(help.to_owned()));
    };
    let said = |id: &str, panel: &Option<String>, apart: bool, place| {
        if panel.is_some() && apart {
            let help = "`panel` names what it is compared with, `apart` says there is none";
            fault(place, format!("`{id}` has both `panel` and `apart`"), help);
        } else if (panel.is_some() || apart) && !in_panel {
            let message = format!("`{id}` is compared with other forms, its table is not");
            fault(place, message, "give `panel` to the table");
        }
    };
    let mut names = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        let place = column_places.get(at);
        said(&column.id, &column.panel, column.apart, place);
        let name = column.panel_id().filter(|_| in_panel && !column.optional);
        if let Some(first) = name.and_then(|name| names.insert(name, &column.id)) {
            let message = format!("`{first}` and `{}` are one column of the panel", column.id);
            fault(place, message, "only rows are added up");
        }
    }
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, row) in rows.iter().enumerate() {
        let place = row_places.get(at);
        said(&row.id, &row.panel, row.apart, place);
        if row.group && row.panel.is_some() {
            let message = format!("`{}` is a heading over rows", row.id);
            fault(place, message, "name the rows below it");
        }
        let name = row.panel_id().filter(|_| in_panel && !row.group);
        let Some(first) = name.and_then(|name| names.insert(name, at)) else {
            continue;
        };
        let above = std::iter::successors(row.parent, |row| rows.get(*row)?.parent);
        if above.into_iter().any(|above| above == first) {
            let message = format!("`{}` would be counted twice", row.id);
            fault(
                place,
                message,
                "it is part of the row above it, of the same name",
            );
        }
        if rows.get(first).is_some_and(|first| first.unit != row.unit) {
            let message = format!("`{}` is added up with a row of another unit", row.id);
            fault(place, message, "rows of one name have one unit");
        }
    }
}
