//! A random table of no form.

use crate::bench::random::Random;

/// Characters that no form, unit or number is written with.
const LETTERS: &str =
    "山川湖泊森草沙海风云雨雪春夏秋冬松柏竹梅兰菊桃李杏梨枣橘鹤雁燕鹊虎豹狐鹿蓝绿紫黄";

/// What a table is like.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    pub(crate) title: Option<String>,
    pub(crate) corner: Option<String>,
    /// Headers over columns, each with the first and the last of them.
    pub(crate) spanners: Vec<(String, usize, usize)>,
    pub(crate) headers: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// A row: its cells, or none where it is a heading.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub(crate) label: String,
    /// As printed; empty where blank.
    pub(crate) cells: Vec<String>,
}

impl Table {
    /// A table as most are: a corner, a header for each column, a value in each cell.
    pub(crate) fn plain(random: &mut Random) -> Self {
        let mut used = Vec::new();
        let width = random.between(2, 6) as usize;
        let count = random.between(3, 9);
        let zeros = random.pick(&[0, 20, 60]);
        let labels: Vec<String> = (0..count).map(|_| word(random, &mut used, 2, 7)).collect();
        let numbered = random.chance(30);
        let mut rows = Vec::new();
        for (number, label) in labels.into_iter().enumerate() {
            let label = if numbered {
                format!(
                    "{}、{label}",
                    ["一", "二", "三", "四", "五", "六", "七", "八", "九"][number]
                )
            } else {
                label
            };
            let cells = (0..width).map(|_| value(random, zeros)).collect();
            rows.push(Row { label, cells });
        }
        Self {
            title: None,
            corner: Some(word(random, &mut used, 2, 4)),
            spanners: Vec::new(),
            headers: (0..width).map(|_| word(random, &mut used, 2, 6)).collect(),
            rows,
        }
    }

    /// A table with anything that tables have. One without a corner has a line of headers and
    /// nothing blank: with headings or headers on two levels its text is that of another table.
    pub(crate) fn any(random: &mut Random) -> Self {
        let mut table = Self::plain(random);
        let mut used: Vec<String> = table.headers.clone();
        if random.chance(40) {
            table.title = Some(format!("{}表", word(random, &mut used, 7, 11)));
        }
        if random.chance(15) {
            table.corner = None;
        }
        if random.chance(30) && table.headers.len() > 2 && table.corner.is_some() {
            let first = random.below(table.headers.len() - 1);
            let last = random.between(first as u64 + 1, table.headers.len() as u64 - 1);
            let spanner = word(random, &mut used, 2, 6);
            table.spanners.push((spanner, first, last as usize));
        }
        if random.chance(30) && table.corner.is_some() {
            for _ in 0..random.between(1, 2) {
                let at = random.below(table.rows.len());
                let label = word(random, &mut used, 2, 6);
                let cells = Vec::new();
                table.rows.insert(at, Row { label, cells });
            }
        }
        if random.chance(30) && table.corner.is_some() {
            // A table leaves cells blank or marks them, and does not do both.
            let blank = random.pick(&["", "", "-"]);
            let blanks = random.pick(&[10, 30, 50]);
            for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                if random.chance(blanks) {
                    *cell = blank.to_owned();
                }
            }
        }
        if random.chance(10) {
            table.rows.truncate(2);
        }
        table
    }
}

/// A word that was not used before.
fn word(random: &mut Random, used: &mut Vec<String>, low: u64, high: u64) -> String {
    let letters: Vec<char> = LETTERS.chars().collect();
    loop {
        let word: String = (0..random.between(low, high))
            .map(|_| random.pick(&letters))
            .collect();
        if !used.contains(&word) {
            used.push(word.clone());
            return word;
        }
    }
}

fn value(random: &mut Random, zeros: u64) -> String {
    if random.chance(zeros) {
        return "0".to_owned();
    }
    let high = random.pick(&[9, 99, 9999, 9_999_999]);
    let number = random.between(1, high);
    match random.below(10) {
        0 => format!("{number}.{}", random.between(10, 99)),
        1 => format!("+{number}"),
        _ => number.to_string(),
    }
}
