//! Damage to values.

use super::layout::Layout;
use super::page::{Line, Page, Role, Slot};
use super::random::Random;
use super::report::Truth;

/// `22（其中修订 16 件）`, on two counts of section 二.
pub(crate) fn annotate(page: &mut Page, layout: Layout, random: &mut Random) {
    let mut counts: Vec<&mut Slot> = page
        .slots()
        .filter(|slot| match slot.role {
            Role::Value(address) => {
                address.table.starts_with("art20") && address.column != "change_this_year"
            }
            _ => false,
        })
        .filter(|slot| slot.text.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    for at in random.sample(counts.len(), 2) {
        let n = random.between(1, 20);
        let note = if layout.parts_at_spaces() || random.chance(50) {
            format!("（其中修订{n}件）")
        } else {
            format!("（其中修订 {n} 件）")
        };
        counts[at].text.push_str(&note);
    }
}

/// `11,398,889`
pub(crate) fn group_digits(page: &mut Page, random: &mut Random) {
    let separator = random.pick(&[",", ",", "，"]);
    for slot in page.slots().filter(|slot| slot.is_value()) {
        let first = slot.text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
        let whole = slot.text[first..]
            .chars()
            .take_while(char::is_ascii_digit)
            .count();
        for at in (1..whole).filter(|at| (whole - at) % 3 == 0).rev() {
            slot.text.insert_str(first + at, separator);
        }
    }
}

/// Spaces before and behind values.
pub(crate) fn space_out(page: &mut Page, random: &mut Random) {
    for slot in page.slots().filter(|slot| slot.is_value()) {
        let before = random.pick(&["", " ", "  ", "\u{3000}"]);
        let behind = random.pick(&["", " ", "   "]);
        slot.text = format!("{before}{}{behind}", slot.text);
    }
}

/// `减3` for `-3`, `增5` for `+5`.
pub(crate) fn minus_words(page: &mut Page) {
    for slot in page.slots().filter(|slot| slot.is_value()) {
        if let Some(number) = slot.text.strip_prefix('-') {
            slot.text = format!("减{number}");
        } else if let Some(number) = slot.text.strip_prefix('+') {
            slot.text = format!("增{number}");
        }
    }
}

/// Full-width digits, points and signs.
pub(crate) fn widen(page: &mut Page) {
    for slot in page.slots().filter(|slot| slot.is_value()) {
        let wide = |c: char| match c {
            '0'..='9' | '.' | '+' | '-' => {
                char::from_u32(c as u32 + 0xFEE0).expect("ASCII has full-width forms")
            }
            _ => c,
        };
        slot.text = slot.text.chars().map(wide).collect();
    }
}

/// Empties some cells.
pub(crate) fn blank(page: &mut Page, truth: &mut Truth, layout: Layout, random: &mut Random) {
    for row in some_rows(page, random) {
        let values: Vec<usize> = value_places(row);
        let wanted = 1 + random.below(values.len());
        for at in random.sample(values.len(), wanted) {
            row.slots[values[at]].text.clear();
        }
        for slot in &row.slots {
            let Role::Value(address) = slot.role else {
                continue;
            };
            let expected = truth
                .get_mut(&address)
                .expect("every value is in the truth");
            if slot.text.is_empty() {
                expected.allowed.clear();
            } else {
                expected.readable = layout.shows_blanks();
            }
        }
    }
}

/// Writes marks for no value into some cells.
pub(crate) fn mark(page: &mut Page, truth: &mut Truth, layout: Layout, random: &mut Random) {
    let glued = matches!(layout, Layout::Glued | Layout::GluedSpaces);
    // A dash before a digit is a sign where nothing stands between the two.
    let marks: &[&str] = if glued {
        &["/", "无"]
    } else {
        &["/", "—", "-", "无", "／", "--", "不适用"]
    };
    let mark = random.pick(marks);
    for row in some_rows(page, random) {
        let values = value_places(row);
        let wanted = 1 + random.below(values.len());
        for at in random.sample(values.len(), wanted) {
            let slot = &mut row.slots[values[at]];
            slot.text = mark.to_owned();
            if let Role::Value(address) = slot.role {
                truth
                    .get_mut(&address)
                    .expect("every value is in the truth")
                    .allowed
                    .clear();
            }
        }
    }
}

/// Takes cells out of some rows, so that the others close up.
pub(crate) fn drop_cells(page: &mut Page, truth: &mut Truth, random: &mut Random) {
    for row in some_rows(page, random) {
        let values = value_places(row);
        if values.len() < 2 {
            continue;
        }
        for &at in &values {
            if let Role::Value(address) = row.slots[at].role {
                truth
                    .get_mut(&address)
                    .expect("every value is in the truth")
                    .readable = false;
            }
        }
        let kept = random
            .pick(&[1, 1, values.len() - 2, values.len() - 1])
            .max(1);
        let kept = random.sample(values.len(), kept);
        let mut at = 0;
        row.slots.retain(|slot| {
            let value = slot.is_value();
            at += usize::from(value);
            !value || kept.contains(&(at - 1))
        });
    }
}

/// Some data rows: a few of section 二, more of section 三.
fn some_rows<'p>(page: &'p mut Page, random: &mut Random) -> Vec<&'p mut Line> {
    let with_values = |row: &&mut Line| row.slots.iter().any(Slot::is_value);
    let mut chosen = Vec::new();
    for grid in page.grids() {
        let percent = if grid.table == "requests" { 30 } else { 15 };
        chosen.extend(
            grid.rows
                .iter_mut()
                .filter(with_values)
                .filter(|_| random.chance(percent)),
        );
    }
    chosen
}

fn value_places(row: &Line) -> Vec<usize> {
    (0..row.slots.len())
        .filter(|&at| row.slots[at].is_value())
        .collect()
}
