//! Damage to labels.

use super::page::{Page, Role, Slot};
use super::random::Random;

/// Breaks labels within their cell.
pub(crate) fn tear(page: &mut Page, random: &mut Random) {
    for slot in page
        .slots()
        .filter(|slot| slot.is_label() && slot.role != Role::Title)
    {
        let chars: Vec<char> = slot.text.chars().collect();
        if chars.len() >= 4 && random.chance(35) {
            let at = 2 + random.below(chars.len() - 3);
            slot.text = split(&chars, at, "\n");
        }
    }
}

/// Puts another character into some long labels.
pub(crate) fn mistype(page: &mut Page, random: &mut Random) {
    for (slot, at) in long_labels(page, random) {
        let mut chars: Vec<char> = slot.text.chars().collect();
        chars[at] = random.pick(&['乙', '丁', '戊', '辛', '壬', '癸']);
        slot.text = chars.into_iter().collect();
    }
}

/// Takes a character out of some long labels.
pub(crate) fn drop_characters(page: &mut Page, random: &mut Random) {
    for (slot, at) in long_labels(page, random) {
        let mut chars: Vec<char> = slot.text.chars().collect();
        chars.remove(at);
        slot.text = chars.into_iter().collect();
    }
}

/// Some labels of six characters and more behind their number, and the place of a character of
/// each. Headers that differ in one or two characters only are left alone.
fn long_labels<'p>(page: &'p mut Page, random: &mut Random) -> Vec<(&'p mut Slot, usize)> {
    let mut chosen = Vec::new();
    for slot in page.slots() {
        if !matches!(slot.role, Role::Row(..) | Role::Column("requests", _)) {
            continue;
        }
        let chars: Vec<char> = slot.text.chars().collect();
        let number = chars
            .iter()
            .take(4)
            .position(|c| matches!(c, '.' | '、' | '）'));
        let first = number.map_or(0, |at| at + 1);
        if chars.len() - first >= 6 && random.chance(30) {
            let at = first + random.below(chars.len() - first);
            chosen.push((slot, at));
        }
    }
    chosen
}

/// 「1、」 for 「1.」
pub(crate) fn comma_numbers(page: &mut Page) {
    for slot in page
        .slots()
        .filter(|slot| matches!(slot.role, Role::Row(..)))
    {
        if slot.text.starts_with(|c: char| c.is_ascii_digit()) {
            slot.text = slot.text.replacen('.', "、", 1);
        }
    }
}

/// Spaces within labels.
pub(crate) fn space_out(page: &mut Page, random: &mut Random) {
    for slot in page.slots().filter(|slot| slot.is_label()) {
        let chars: Vec<char> = slot.text.chars().collect();
        if random.chance(30) {
            slot.text = split(&chars, 1 + random.below(chars.len() - 1), " ");
        }
    }
}

/// Random characters in square brackets.
pub(crate) fn insert_brackets(page: &mut Page, random: &mut Random) {
    for slot in page.slots().filter(|slot| slot.is_label()) {
        let chars: Vec<char> = slot.text.chars().collect();
        if random.chance(12) {
            let noise: String = (0..random.between(2, 4))
                .map(|_| random.pick(&['槓', '循', '蜜', '乃', '匪', '煉', '槳', '頸', '棗', '汽']))
                .collect();
            slot.text = split(
                &chars,
                1 + random.below(chars.len() - 1),
                &format!("[{noise}]"),
            );
        }
    }
}

/// The reading of some characters in brackets behind them.
pub(crate) fn gloss(page: &mut Page) {
    for text in page.texts() {
        for (character, reading) in READINGS {
            *text = text.replace(character, &format!("{character}({reading})"));
        }
    }
}

/// Characters converted once more than they should be.
pub(crate) fn over_convert(page: &mut Page) {
    for text in page.texts() {
        for (once, twice) in OVER {
            *text = text.replace(once, twice);
        }
    }
}

const READINGS: [(&str, &str); 9] = [
    ("數", "shù"),
    ("規", "guī"),
    ("務", "wù"),
    ("內", "nèi"),
    ("業", "yè"),
    ("據", "jù"),
    ("關", "guān"),
    ("構", "gòu"),
    ("項", "xiàng"),
];

const OVER: [(&str, &str); 4] = [("制", "製"), ("系", "係"), ("只", "隻"), ("表", "錶")];

fn split(chars: &[char], at: usize, between: &str) -> String {
    let (head, tail) = chars.split_at(at);
    format!(
        "{}{between}{}",
        head.iter().collect::<String>(),
        tail.iter().collect::<String>()
    )
}
