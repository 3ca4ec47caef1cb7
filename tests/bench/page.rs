//! A report as a page: prose and tables with merged cells, before a layout flattens it.

use super::forms::{
    APPLICANTS, Address, Form, NOTE, Named, OUTCOMES, Rank, SECTIONS, SmallTable, request_rows,
};
use super::report::Report;

/// What a piece of the page is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// The value of a cell of the form.
    Value(Address),
    /// The label of a row, by table and row.
    Row(&'static str, &'static str),
    /// The header of a column, by table and column.
    Column(&'static str, &'static str),
    /// A header over several columns, a corner, or a label that no form has.
    Label,
    /// 第二十条第（一）项
    Title,
    /// A value that no form has a cell for.
    Stray,
    /// Where a merged cell covers the grid.
    Gap,
    /// Prose, headings, page marks.
    Text,
}

/// One printed cell. A line break in its text is a break within the cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) text: String,
    pub(crate) role: Role,
    pub(crate) column: usize,
    pub(crate) colspan: usize,
    pub(crate) rowspan: usize,
}

impl Slot {
    fn new(text: &str, role: Role, column: usize, colspan: usize, rowspan: usize) -> Self {
        Self {
            text: text.to_owned(),
            role,
            column,
            colspan,
            rowspan,
        }
    }

    /// Whether a value stands here, of the form or not.
    pub(crate) fn is_value(&self) -> bool {
        matches!(self.role, Role::Value(_) | Role::Stray)
    }

    /// Whether a label stands here.
    pub(crate) fn is_label(&self) -> bool {
        matches!(
            self.role,
            Role::Row(..) | Role::Column(..) | Role::Label | Role::Title
        )
    }
}

/// What a printed row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowKind {
    Title,
    Header,
    Data,
}

/// One printed row: the cells that begin in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) kind: RowKind,
    pub(crate) slots: Vec<Slot>,
}

/// One printed table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Grid {
    pub(crate) table: &'static str,
    pub(crate) width: usize,
    pub(crate) rows: Vec<Line>,
}

/// A piece of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Block {
    Heading(String),
    Prose(String),
    Table(Grid),
}

/// A whole report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) blocks: Vec<Block>,
}

impl Page {
    /// The page of an undamaged report.
    pub(crate) fn of(report: &Report) -> Self {
        let mut blocks = vec![Block::Heading(report.title())];
        for (number, title) in (1..).zip(SECTIONS) {
            blocks.push(Block::Heading(title.to_owned()));
            blocks.extend(report.prose(number).into_iter().map(Block::Prose));
            match number {
                2 => blocks.extend(
                    report
                        .form
                        .small
                        .iter()
                        .map(|table| Block::Table(small_grid(table, report))),
                ),
                3 => blocks.push(Block::Table(request_grid(report.form, report))),
                4 => blocks.push(Block::Table(outcome_grid(report))),
                _ => {}
            }
        }
        Self { blocks }
    }

    /// The tables.
    pub(crate) fn grids(&mut self) -> impl Iterator<Item = &mut Grid> {
        self.blocks.iter_mut().filter_map(|block| match block {
            Block::Table(grid) => Some(grid),
            _ => None,
        })
    }

    /// Every printed cell.
    pub(crate) fn slots(&mut self) -> impl Iterator<Item = &mut Slot> {
        self.grids()
            .flat_map(|grid| &mut grid.rows)
            .flat_map(|row| &mut row.slots)
    }

    /// Every text: headings, prose and cells.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        self.blocks
            .iter_mut()
            .flat_map(|block| -> Box<dyn Iterator<Item = &mut String>> {
                match block {
                    Block::Heading(text) | Block::Prose(text) => Box::new(std::iter::once(text)),
                    Block::Table(grid) => Box::new(
                        grid.rows
                            .iter_mut()
                            .flat_map(|row| &mut row.slots)
                            .map(|slot| &mut slot.text),
                    ),
                }
            })
    }

    /// The page with the tables of section 二 as one table, as most sites print them.
    pub(crate) fn with_one_table(&self) -> Self {
        let mut blocks: Vec<Block> = Vec::new();
        for block in &self.blocks {
            match (blocks.last_mut(), block) {
                (Some(Block::Table(whole)), Block::Table(part))
                    if whole.table.starts_with("art20") && part.table.starts_with("art20") =>
                {
                    whole.width = whole.width.max(part.width);
                    whole.rows.extend(part.rows.iter().cloned());
                }
                _ => blocks.push(block.clone()),
            }
        }
        for block in &mut blocks {
            if let Block::Table(grid) = block
                && grid.table.starts_with("art20")
            {
                for last in grid.rows.iter_mut().filter_map(|row| row.slots.last_mut()) {
                    last.colspan = grid.width - last.column;
                }
            }
        }
        Self { blocks }
    }
}

fn small_grid(table: &'static SmallTable, report: &Report) -> Grid {
    let width = table.columns.len() + 1;
    let title = Slot::new(table.title, Role::Title, 0, width, 1);
    let mut header = vec![Slot::new("信息内容", Role::Label, 0, 1, 1)];
    for (at, &(id, label)) in table.columns.iter().enumerate() {
        header.push(Slot::new(label, Role::Column(table.id, id), at + 1, 1, 1));
    }
    let mut rows = vec![
        Line {
            kind: RowKind::Title,
            slots: vec![title],
        },
        Line {
            kind: RowKind::Header,
            slots: header,
        },
    ];
    for &(row, label) in table.rows {
        let mut slots = vec![Slot::new(label, Role::Row(table.id, row), 0, 1, 1)];
        slots.extend(row_values(report, table.id, row, table.columns, 1));
        rows.push(Line {
            kind: RowKind::Data,
            slots,
        });
    }
    Grid {
        table: table.id,
        width,
        rows,
    }
}

/// The values of one row, the first of them in grid column `first`.
fn row_values(
    report: &Report,
    table: &'static str,
    row: &'static str,
    columns: &[Named],
    first: usize,
) -> Vec<Slot> {
    let value = |(at, &(column, _)): (usize, &Named)| {
        let address = Address { table, row, column };
        Slot::new(
            &report.values[&address].raw,
            Role::Value(address),
            first + at,
            1,
            1,
        )
    };
    columns.iter().enumerate().map(value).collect()
}

/// Section 三 stands in a grid of ten: three columns of labels, seven of values.
fn request_grid(form: &'static Form, report: &Report) -> Grid {
    const TABLE: &str = "requests";
    let column = |at: usize, rowspan| {
        let (id, label) = APPLICANTS[at];
        Slot::new(label, Role::Column(TABLE, id), 3 + at, 1, rowspan)
    };
    let header = |slots| Line {
        kind: RowKind::Header,
        slots,
    };
    let mut rows = vec![
        header(vec![
            Slot::new(NOTE, Role::Label, 0, 3, 3),
            Slot::new("申请人情况", Role::Label, 3, 7, 1),
        ]),
        header(vec![
            column(0, 2),
            Slot::new("法人或其他组织", Role::Label, 4, 5, 1),
            column(6, 2),
        ]),
        header((1..6).map(|at| column(at, 1)).collect()),
    ];
    let all = request_rows(form);
    let results = all
        .iter()
        .filter(|row| matches!(row.rank, Rank::Result | Rank::Leaf))
        .count();
    let mut pending: Vec<Slot> = Vec::new();
    for (at, row) in all.iter().enumerate() {
        let label = |column, colspan, rowspan| {
            Slot::new(
                row.label,
                Role::Row(TABLE, row.id),
                column,
                colspan,
                rowspan,
            )
        };
        let own = match row.rank {
            Rank::Item => label(0, 3, 1),
            Rank::Results => label(0, 1, results),
            Rank::Result => label(1, 2, 1),
            Rank::Group => {
                let leaves = all[at + 1..]
                    .iter()
                    .take_while(|row| row.rank == Rank::Leaf);
                label(1, 1, leaves.count())
            }
            Rank::Leaf => label(2, 1, 1),
        };
        pending.push(own);
        if matches!(row.rank, Rank::Item | Rank::Result | Rank::Leaf) {
            let mut slots = std::mem::take(&mut pending);
            slots.extend(row_values(report, TABLE, row.id, &APPLICANTS, 3));
            rows.push(Line {
                kind: RowKind::Data,
                slots,
            });
        }
    }
    Grid {
        table: TABLE,
        width: 10,
        rows,
    }
}

/// Section 四: three header rows over one row of fifteen values.
fn outcome_grid(report: &Report) -> Grid {
    const TABLE: &str = "review_litigation";
    let column = |at: usize, rowspan| {
        let (id, label) = OUTCOMES[at];
        Slot::new(label, Role::Column(TABLE, id), at, 1, rowspan)
    };
    let over = |text, at, colspan| Slot::new(text, Role::Label, at, colspan, 1);
    let mut second: Vec<Slot> = (0..5).map(|at| column(at, 2)).collect();
    second.push(over("未经复议直接起诉", 5, 5));
    second.push(over("复议后起诉", 10, 5));
    let header = |slots| Line {
        kind: RowKind::Header,
        slots,
    };
    let rows = vec![
        header(vec![over("行政复议", 0, 5), over("行政诉讼", 5, 10)]),
        header(second),
        header((5..15).map(|at| column(at, 1)).collect()),
        Line {
            kind: RowKind::Data,
            slots: row_values(report, TABLE, "cases", &OUTCOMES, 0),
        },
    ];
    Grid {
        table: TABLE,
        width: 15,
        rows,
    }
}
