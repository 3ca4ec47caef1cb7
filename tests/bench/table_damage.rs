//! Damage to the shape of tables.

use rust_decimal::Decimal;

use super::forms::{APPLICANTS, Address};
use super::page::{Grid, Line, Page, Role, RowKind, Slot};
use super::random::Random;
use super::report::{Expected, Truth};

const REQUESTS: &str = "requests";

/// Title rows missing.
pub(crate) fn drop_titles(page: &mut Page) {
    for grid in page.grids() {
        grid.rows.retain(|row| row.kind != RowKind::Title);
    }
}

/// Headers printed again, at once or where a page might end.
pub(crate) fn repeat_headers(page: &mut Page, random: &mut Random) {
    for grid in page.grids() {
        let head: Vec<Line> = grid
            .rows
            .iter()
            .filter(|row| row.kind == RowKind::Header)
            .cloned()
            .collect();
        // Only before a row that begins at the left edge does no merged cell reach across.
        let places: Vec<usize> = (0..grid.rows.len())
            .filter(|&at| grid.rows[at].kind == RowKind::Data)
            .filter(|&at| grid.rows[at].slots[0].column == 0)
            .collect();
        if grid.table == REQUESTS || random.chance(40) {
            let at = random.pick(&places);
            grid.rows.splice(at..at, head);
        }
    }
}

/// A column 小计 below 法人或其他组织, before or behind its others.
pub(crate) fn add_subtotal(page: &mut Page, truth: &mut Truth, random: &mut Random) {
    let place = random.pick(&[4, 9]);
    for grid in page.grids().filter(|grid| grid.table == REQUESTS) {
        grid.width += 1;
        for (number, row) in grid.rows.iter_mut().enumerate() {
            for slot in &mut row.slots {
                let spans_place = slot.column + slot.colspan > place && slot.column < place;
                if slot.text == "法人或其他组织" || spans_place {
                    slot.colspan += 1;
                } else if slot.column >= place {
                    slot.column += 1;
                }
            }
            let (text, role) = match row.kind {
                RowKind::Header if number == 2 => ("小计".to_owned(), Role::Label),
                RowKind::Data => {
                    let (address, sum) = subtotal(row);
                    truth.insert(
                        address,
                        Expected {
                            allowed: vec![sum],
                            readable: true,
                        },
                    );
                    (sum.to_string(), Role::Value(address))
                }
                _ => continue,
            };
            row.slots.push(Slot {
                text,
                role,
                column: place,
                colspan: 1,
                rowspan: 1,
            });
            row.slots.sort_by_key(|slot| slot.column);
        }
    }
}

/// The sum of the five columns of legal entities, and where it stands.
fn subtotal(row: &Line) -> (Address, Decimal) {
    let parts: Vec<(Address, Decimal)> = row
        .slots
        .iter()
        .filter_map(|slot| match slot.role {
            Role::Value(address) if address.column.starts_with("legal_entity.") => {
                Some((address, number(&slot.text)))
            }
            _ => None,
        })
        .collect();
    let address = Address {
        column: "legal_entity",
        ..parts[0].0
    };
    (address, parts.iter().map(|(_, part)| part).sum())
}

/// A row after the last ground of refusal, and one in a table of section 二. The totals count
/// what the local row counts.
pub(crate) fn add_local_rows(page: &mut Page, truth: &mut Truth, random: &mut Random) {
    let mut counts = [0_u64; 7];
    if random.chance(60) {
        counts[0] = random.between(0, 12);
        counts[random.below(6)] += random.between(0, 3);
        counts[6] = counts[..6].iter().sum();
    }
    for grid in page.grids() {
        match grid.table {
            "art20_6" => local_small_row(grid, random),
            REQUESTS => {
                local_request_row(grid, &counts);
                raise(grid, truth, &counts);
            }
            _ => {}
        }
    }
}

fn local_small_row(grid: &mut Grid, random: &mut Random) {
    let mut slots = vec![Slot {
        text: "行政确认".to_owned(),
        role: Role::Label,
        column: 0,
        colspan: 1,
        rowspan: 1,
    }];
    slots.extend((1..grid.width).map(|column| stray(random.between(0, 300), column)));
    grid.rows.push(Line {
        kind: RowKind::Data,
        slots,
    });
}

fn local_request_row(grid: &mut Grid, counts: &[u64; 7]) {
    for slot in grid.rows.iter_mut().flat_map(|row| &mut row.slots) {
        if matches!(slot.role, Role::Row(_, "results" | "results.denied")) {
            slot.rowspan += 1;
        }
    }
    let last = |row: &Line| {
        row.slots
            .iter()
            .any(|slot| slot.role == Role::Row(REQUESTS, "denied.administrative_inquiry"))
    };
    let at = grid
        .rows
        .iter()
        .position(last)
        .expect("the form has eight grounds")
        + 1;
    let mut slots = vec![Slot {
        text: "9.属于工作秘密".to_owned(),
        role: Role::Label,
        column: 2,
        colspan: 1,
        rowspan: 1,
    }];
    slots.extend(
        (3..)
            .zip(counts)
            .map(|(column, &count)| stray(count, column)),
    );
    grid.rows.insert(
        at,
        Line {
            kind: RowKind::Data,
            slots,
        },
    );
}

/// Adds the counts of a local row to what came in and to the total of results.
fn raise(grid: &mut Grid, truth: &mut Truth, counts: &[u64; 7]) {
    for slot in grid.rows.iter_mut().flat_map(|row| &mut row.slots) {
        let Role::Value(address) = slot.role else {
            continue;
        };
        if !matches!(address.row, "received_this_year" | "results.total") {
            continue;
        }
        let column = APPLICANTS.iter().position(|(id, _)| *id == address.column);
        let raised = number(&slot.text) + Decimal::from(counts[column.unwrap_or(6)]);
        slot.text = raised.to_string();
        truth.insert(
            address,
            Expected {
                allowed: vec![raised],
                readable: true,
            },
        );
    }
}

fn stray(count: u64, column: usize) -> Slot {
    Slot {
        text: count.to_string(),
        role: Role::Stray,
        column,
        colspan: 1,
        rowspan: 1,
    }
}

/// Group rows on rows of their own, each with the sum of the rows below it.
pub(crate) fn fill_groups(page: &mut Page, truth: &mut Truth) {
    for grid in page.grids().filter(|grid| grid.table == REQUESTS) {
        let mut rows: Vec<Line> = Vec::new();
        let mut left = 0;
        let mut group = 0;
        let mut groups = 0;
        for mut row in std::mem::take(&mut grid.rows) {
            if let Some(Role::Row(table, id)) = opens_group(&row) {
                let mut label = row.slots.remove(0);
                left = label.rowspan;
                (label.colspan, label.rowspan) = (2, 1);
                let mut slots = vec![label];
                for (column, (applicant, _)) in (3..).zip(APPLICANTS) {
                    let address = Address {
                        table,
                        row: id,
                        column: applicant,
                    };
                    truth.insert(
                        address,
                        Expected {
                            allowed: vec![Decimal::ZERO],
                            readable: true,
                        },
                    );
                    let role = Role::Value(address);
                    slots.push(Slot {
                        text: "0".to_owned(),
                        role,
                        column,
                        colspan: 1,
                        rowspan: 1,
                    });
                }
                group = rows.len();
                groups += 1;
                rows.push(Line {
                    kind: RowKind::Data,
                    slots,
                });
            }
            if left > 0 {
                left -= 1;
                (row.slots[0].column, row.slots[0].colspan) = (1, 2);
                for at in 1..=7 {
                    let sum = number(&rows[group].slots[at].text) + number(&row.slots[at].text);
                    rows[group].slots[at].text = sum.to_string();
                    if let Role::Value(address) = rows[group].slots[at].role {
                        truth.insert(
                            address,
                            Expected {
                                allowed: vec![sum],
                                readable: true,
                            },
                        );
                    }
                }
            }
            rows.push(row);
        }
        for slot in rows.iter_mut().flat_map(|row| &mut row.slots) {
            if slot.role == Role::Row(REQUESTS, "results") {
                slot.rowspan += groups;
            }
        }
        grid.rows = rows;
    }
}

/// The group label a row begins with.
fn opens_group(row: &Line) -> Option<Role> {
    let first = row.slots.first()?;
    let group = row.kind == RowKind::Data && first.column == 1 && first.colspan == 1;
    group.then_some(first.role)
}

fn number(text: &str) -> Decimal {
    text.parse().expect("counts of section 三 are plain")
}
