//! What an agency does to the form, or to the page around it.

use rust_decimal::Decimal;

use super::page::{Block, Grid, Line, Page, Role, RowKind, Slot};
use super::random::Random;
use super::report::Truth;

const REQUESTS: &str = "requests";

/// Published numbers that break the sums of their row and column.
pub(crate) fn break_sums(page: &mut Page, truth: &mut Truth, random: &mut Random) {
    let mut values: Vec<&mut Slot> = page
        .grids()
        .filter(|grid| grid.table == REQUESTS)
        .flat_map(|grid| &mut grid.rows)
        .flat_map(|row| &mut row.slots)
        .filter(|slot| slot.is_value())
        .collect();
    let wanted = 1 + random.below(3);
    for at in random.sample(values.len(), wanted) {
        let count: u64 = values[at].text.parse().expect("counts are plain");
        let other = count + random.between(1, 30);
        values[at].text = other.to_string();
        if let Role::Value(address) = values[at].role
            && let Some(cell) = truth.get_mut(&address)
        {
            cell.allowed = vec![Decimal::from(other)];
        }
    }
}

/// Two columns of a table, headers and values, in each other's place.
pub(crate) fn exchange_columns(page: &mut Page, truth: &mut Truth, random: &mut Random) {
    let mut grids: Vec<&mut Grid> = page
        .grids()
        .filter(|grid| grid.table != "art20_9" && grid.width > 2)
        .collect();
    let at = random.below(grids.len());
    let grid = &mut grids[at];
    let first = match grid.table {
        REQUESTS => 4 + random.below(4),
        "review_litigation" => random.below(4),
        _ => 1 + random.below(grid.width - 2),
    };
    for row in &mut grid.rows {
        let whole = |slot: &Slot| matches!(slot.role, Role::Column(..) | Role::Value(_));
        for slot in row.slots.iter_mut().filter(|slot| whole(slot)) {
            if slot.column == first {
                slot.column += 1;
            } else if slot.column == first + 1 {
                slot.column = first;
            }
        }
        row.slots.sort_by_key(|slot| slot.column);
    }
    for (_, cell) in truth.iter_mut().filter(|(it, _)| it.table == grid.table) {
        cell.readable = false;
    }
}

/// Rows of section 三 that are not printed.
pub(crate) fn leave_out_rows(page: &mut Page, truth: &mut Truth, random: &mut Random) {
    for grid in page.grids().filter(|grid| grid.table == REQUESTS) {
        let mut at = 0;
        while at < grid.rows.len() {
            let row = &grid.rows[at];
            let leaf = row.kind == RowKind::Data && row.slots[0].column == 2;
            if !(leaf && random.chance(25)) {
                at += 1;
                continue;
            }
            let gone = grid.rows.remove(at);
            for slot in gone.slots {
                if let Role::Value(address) = slot.role {
                    truth.remove(&address);
                }
            }
            for (above, row) in grid.rows[..at].iter_mut().enumerate() {
                for slot in &mut row.slots {
                    if above + slot.rowspan > at {
                        slot.rowspan -= 1;
                    }
                }
            }
        }
    }
}

/// A column of last year's numbers in tables of one column.
pub(crate) fn add_last_year(page: &mut Page, truth: &mut Truth, random: &mut Random) {
    let place = random.pick(&[1, 2]);
    for grid in page.grids().filter(|grid| grid.width == 2) {
        grid.width = 3;
        for row in &mut grid.rows {
            let (text, role) = match row.kind {
                RowKind::Title => {
                    row.slots[0].colspan = 3;
                    continue;
                }
                RowKind::Header => ("上年同期".to_owned(), Role::Label),
                RowKind::Data => (random.between(0, 900).to_string(), Role::Stray),
            };
            if place == 1 {
                row.slots[1].column = 2;
            }
            row.slots.push(cell(text, role, place));
            row.slots.sort_by_key(|slot| slot.column);
        }
        for (_, cell) in truth.iter_mut().filter(|(it, _)| it.table == grid.table) {
            cell.readable = false;
        }
    }
}

/// A list of contents, a title and a page number a line.
pub(crate) fn add_contents(page: &mut Page, random: &mut Random) {
    let leader = random.pick(&[" ", "……", "\t", "...... "]);
    let headings = page.blocks[1..].iter().filter_map(|block| match block {
        Block::Heading(title) => Some(title.clone()),
        _ => None,
    });
    let lines: Vec<Block> = (1..)
        .zip(headings)
        .map(|(number, title)| Block::Prose(format!("{title}{leader}{number}")))
        .collect();
    page.blocks.splice(1..1, lines);
}

/// A table behind the report whose headers are labels of its rows.
pub(crate) fn add_appendix(page: &mut Page, random: &mut Random) {
    let headers = ["单位", "规章", "行政许可", "行政处罚", "总计"];
    let label = |column: usize, text: &str| cell(text.to_owned(), Role::Label, column);
    let mut rows = vec![Line {
        kind: RowKind::Header,
        slots: (0..).zip(headers).map(|(at, it)| label(at, it)).collect(),
    }];
    for office in ["教育局", "水务局", "其他", "合计"] {
        let mut slots = vec![label(0, office)];
        slots.extend((1..5).map(|at| cell(random.between(0, 99).to_string(), Role::Stray, at)));
        rows.push(Line {
            kind: RowKind::Data,
            slots,
        });
    }
    page.blocks
        .push(Block::Heading("附件：各单位情况".to_owned()));
    page.blocks.push(Block::Table(Grid {
        table: "appendix",
        width: 5,
        rows,
    }));
}

/// Headings behind the tables in other words or none, and sentences behind the tables.
pub(crate) fn reword(page: &mut Page, random: &mut Random) {
    const HEADINGS: [&str; 4] = [
        "五、问题与打算",
        "五、存在的主要问题及整改措施",
        "5、下一步工作",
        "存在不足",
    ];
    const SENTENCES: [&str; 5] = [
        "无。",
        "注：以上数字由各科室报送。",
        "2022年12月31日",
        "本年度共举办培训3次，参加46人次。",
        "无",
    ];
    let last_table = |block: &Block| matches!(block, Block::Table(_));
    let tables = page.blocks.iter().rposition(last_table).unwrap_or_default();
    let mut blocks = Vec::new();
    for (at, block) in std::mem::take(&mut page.blocks).into_iter().enumerate() {
        let is_table = last_table(&block);
        match block {
            Block::Heading(_) if at > tables && random.chance(50) => {
                let other = random.pick(&HEADINGS);
                blocks.extend(random.chance(70).then(|| Block::Heading(other.to_owned())));
            }
            block => blocks.push(block),
        }
        if is_table && random.chance(40) {
            blocks.push(Block::Prose(random.pick(&SENTENCES).to_owned()));
        }
    }
    page.blocks = blocks;
}

fn cell(text: String, role: Role, column: usize) -> Slot {
    Slot {
        text,
        role,
        column,
        colspan: 1,
        rowspan: 1,
    }
}
