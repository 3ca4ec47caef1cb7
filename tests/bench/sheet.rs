//! A report on any form as a page, made from its grammar: for forms whose headers are one row high.
//!
//! That the grammars are the forms is for `tests/facts.rs` to say.

use std::collections::BTreeMap;

use gongkai::form::{CellRef, ColumnKind, Form, Row, Table};
use rust_decimal::Decimal;

use super::figures::figures;
use super::forms::Address;
use super::page::{Block, Grid, Line, Page, Role, RowKind, Slot};
use super::random::Random;

/// What a local edition of a form does to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Edition {
    /// Nothing.
    Official,
    /// Cells without a number, printed empty or as a placeholder.
    Blanks,
    /// Rows that the form does not have.
    Rows,
    /// A column that the form does not have.
    Column,
    /// Some rows are left out.
    Fewer,
}

impl Edition {
    /// Whether every cell that it leaves has its place.
    pub(crate) fn leaves_cells(self) -> bool {
        matches!(self, Self::Official | Self::Rows | Self::Column)
    }
}

/// Every edition with its name.
pub(crate) const EDITIONS: [(Edition, &str); 5] = [
    (Edition::Official, "official"),
    (Edition::Blanks, "blanks"),
    (Edition::Rows, "rows"),
    (Edition::Column, "column"),
    (Edition::Fewer, "fewer"),
];

/// A report and what a reader may say of it.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(crate) page: Page,
    /// The number in each cell.
    pub(crate) truth: BTreeMap<Address, Decimal>,
    /// Values of rows and columns that the form does not have, by their labels.
    pub(crate) foreign: Vec<(String, Decimal)>,
    pub(crate) year: u64,
}

/// Bodies for titles.
const AGENCIES: [&str; 3] = ["云山县水务局", "东河区教育局", "南平镇人民政府"];

/// Labels that no form has.
const LOCAL_ROWS: [&str; 4] = [
    "村务公开栏更新数",
    "便民服务窗口接件数",
    "惠民热线回访数",
    "社区宣传活动数",
];

const LOCAL_COLUMN: &str = "乡镇街道数";

/// A random report on `form` in an edition of it.
pub(crate) fn sheet(form: &'static Form, edition: Edition, random: &mut Random) -> Sheet {
    let agency = random.pick(&AGENCIES);
    let year = match form.years.as_slice() {
        [] => 2012,
        years => years[random.below(years.len())] as u64,
    };
    let values = figures(form, random);
    let mut blocks = vec![Block::Heading(title(form, agency, year))];
    let mut sheet = Sheet {
        page: Page { blocks: Vec::new() },
        truth: BTreeMap::new(),
        foreign: Vec::new(),
        year,
    };
    blocks.push(Block::Prose(
        "各项工作按照要求进行，现将有关情况予以公布。".to_owned(),
    ));
    for (index, table) in form.tables.iter().enumerate() {
        let section = table.section.map(|section| &form.sections[section].title);
        if let Some(title) = table.title.as_ref().or(section) {
            blocks.push(Block::Heading(
                title.text.replace("{year}", &year.to_string()),
            ));
        }
        let printed = |row: usize, column: usize| {
            values
                .get(&CellRef {
                    table: index,
                    row,
                    column,
                })
                .map(|printed| (printed.raw.clone(), printed.value))
        };
        let grid = if form.tables[index]
            .rows
            .iter()
            .any(|row| row.before.is_some())
        {
            two_sides(table, printed, &mut sheet, edition, random)
        } else {
            one_side(table, year, printed, &mut sheet, edition, random)
        };
        blocks.push(Block::Table(grid));
        blocks.push(Block::Prose("以上数据由有关股室提供。".to_owned()));
    }
    sheet.page = Page { blocks };
    sheet
}

fn title(form: &Form, agency: &str, year: u64) -> String {
    let genres = &gongkai::form::Grammars::embedded().genres;
    let genre = genres.iter().find(|genre| genre.id == form.genre);
    let kind = genre.and_then(|genre| genre.titles.first());
    format!("{agency}{year}年{}", kind.map_or("", String::as_str))
}

type Value = (String, Decimal);

fn one_side(
    table: &'static Table,
    year: u64,
    printed: impl Fn(usize, usize) -> Option<Value>,
    sheet: &mut Sheet,
    edition: Edition,
    random: &mut Random,
) -> Grid {
    let columns: Vec<usize> = (0..table.columns.len())
        .filter(|at| !table.columns[*at].optional)
        .collect();
    let corner = table
        .corner
        .as_ref()
        .map_or("", |corner| corner.text.as_str());
    let mut header = vec![slot(corner, Role::Label, 0)];
    for column in &columns {
        let column = &table.columns[*column];
        let label = column.label.text.replace("{year}", &year.to_string());
        header.push(slot(
            &label,
            Role::Column(&table.id, &column.id),
            header.len(),
        ));
    }
    if edition == Edition::Column {
        header.push(slot(LOCAL_COLUMN, Role::Label, header.len()));
    }
    let mut lines = vec![Line {
        kind: RowKind::Header,
        slots: header,
    }];
    let local = random.sample(table.rows.len(), 2);
    for (index, row) in table.rows.iter().enumerate() {
        if edition == Edition::Fewer && !row.group && index > 0 && random.chance(15) {
            continue;
        }
        let mut slots = vec![slot(&stub(row), Role::Row(&table.id, &row.id), 0)];
        for column in &columns {
            let of_column = &table.columns[*column];
            let text = match of_column.kind {
                ColumnKind::Unit if row.group => "——",
                ColumnKind::Unit => row.unit.as_deref().unwrap_or_default(),
                ColumnKind::Code => row.code.as_deref().unwrap_or_default(),
                _ => "",
            };
            let at = slots.len();
            if of_column.kind != ColumnKind::Value {
                slots.push(slot(text, Role::Label, at));
                continue;
            }
            slots.push(value(
                table,
                row,
                *column,
                printed(index, *column),
                sheet,
                edition,
                random,
                at,
            ));
        }
        if edition == Edition::Column {
            let number = random.between(0, 500);
            if row.group {
                slots.push(slot("", Role::Gap, slots.len()));
            } else {
                sheet.foreign.push((LOCAL_COLUMN.to_owned(), number.into()));
                slots.push(slot(&number.to_string(), Role::Stray, slots.len()));
            }
        }
        let group = row.group;
        lines.push(Line {
            kind: RowKind::Data,
            slots,
        });
        if edition == Edition::Rows && local.contains(&index) && !group {
            let label = LOCAL_ROWS[index % LOCAL_ROWS.len()];
            let mut slots = vec![slot(label, Role::Label, 0)];
            for column in &columns {
                let at = slots.len();
                slots.push(match table.columns[*column].kind {
                    ColumnKind::Value => {
                        let number = random.between(0, 500);
                        sheet.foreign.push((label.to_owned(), number.into()));
                        slot(&number.to_string(), Role::Stray, at)
                    }
                    ColumnKind::Unit => slot("件", Role::Label, at),
                    _ => slot("", Role::Gap, at),
                });
            }
            lines.push(Line {
                kind: RowKind::Data,
                slots,
            });
        }
    }
    let width = lines
        .iter()
        .map(|line| line.slots.len())
        .max()
        .unwrap_or_default();
    Grid {
        table: &table.id,
        width,
        rows: lines,
    }
}

/// Two rows of the form a line: those with the lower codes on the left.
fn two_sides(
    table: &'static Table,
    printed: impl Fn(usize, usize) -> Option<Value>,
    sheet: &mut Sheet,
    edition: Edition,
    random: &mut Random,
) -> Grid {
    let code = |row: &Row| {
        row.code
            .as_deref()
            .and_then(|code| code.parse().ok())
            .unwrap_or(0_usize)
    };
    let columns: Vec<usize> = (0..table.columns.len()).collect();
    let mut header = Vec::new();
    for _ in 0..2 {
        header.push(slot("项目", Role::Label, header.len()));
        for column in &table.columns {
            header.push(slot(
                &column.label.text,
                Role::Column(&table.id, &column.id),
                header.len(),
            ));
        }
    }
    let mut lines = vec![Line {
        kind: RowKind::Header,
        slots: header,
    }];
    let mut slots: Vec<Slot> = Vec::new();
    let last_left = code(&table.rows[table.rows.len() - 2]);
    for (index, row) in table.rows.iter().enumerate() {
        if let Some(before) = &row.before {
            slots.push(slot("", Role::Gap, slots.len()));
            slots.push(slot(before, Role::Label, slots.len()));
            slots.push(slot("", Role::Gap, slots.len()));
        }
        slots.push(slot(&stub(row), Role::Row(&table.id, &row.id), slots.len()));
        for column in &columns {
            let at = slots.len();
            slots.push(match table.columns[*column].kind {
                ColumnKind::Code => slot(row.code.as_deref().unwrap_or_default(), Role::Label, at),
                _ => value(
                    table,
                    row,
                    *column,
                    printed(index, *column),
                    sheet,
                    edition,
                    random,
                    at,
                ),
            });
        }
        if code(row) > last_left {
            lines.push(Line {
                kind: RowKind::Data,
                slots: std::mem::take(&mut slots),
            });
        }
    }
    Grid {
        table: &table.id,
        width: 6,
        rows: lines,
    }
}

#[allow(clippy::too_many_arguments)]
fn value(
    table: &'static Table,
    row: &'static Row,
    column: usize,
    printed: Option<Value>,
    sheet: &mut Sheet,
    edition: Edition,
    random: &mut Random,
    at: usize,
) -> Slot {
    let Some((raw, number)) = printed else {
        return slot("", Role::Gap, at);
    };
    let address = Address {
        table: &table.id,
        row: &row.id,
        column: &table.columns[column].id,
    };
    if edition == Edition::Blanks && random.chance(20) {
        return slot(random.pick(&["", "", "—"]), Role::Value(address), at);
    }
    sheet.truth.insert(address, number);
    slot(&raw, Role::Value(address), at)
}

/// A row's label as it is printed.
fn stub(row: &Row) -> String {
    let number = row.number.as_deref().unwrap_or_default();
    let comma = if number.ends_with(|c| "一二三四五六七八九十".contains(c)) {
        "、"
    } else {
        ""
    };
    format!("{number}{comma}{}", row.label.text)
}

fn slot(text: &str, role: Role, column: usize) -> Slot {
    Slot {
        text: text.to_owned(),
        role,
        column,
        colspan: 1,
        rowspan: 1,
    }
}
