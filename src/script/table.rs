//! What every character folds to and is: the table that `build.rs` leaves for [`crate::script`].
//!
//! Made when the program is built, so that no start of it pays for the making, and a report only
//! for the characters it has.

use std::ops::RangeInclusive;

use super::entry::{HANS, HANT, kind};

const CHARACTERS: &str = include_str!("characters.txt");
const VARIANTS: &str = include_str!("variants.txt");

/// The table as bytes: for each character of the basic plane four, least first.
pub(crate) fn image() -> Vec<u8> {
    let folded = folded();
    let mut table: Vec<u32> = folded
        .iter()
        .map(|code| u32::from(*code) | kind(char::from_u32((*code).into()).unwrap_or_default()))
        .collect();
    let mut tell = |c: char, what| {
        if let Some(entry) = table.get_mut(u32::from(c) as usize) {
            *entry = *entry & !(HANS | HANT) | what;
        }
    };
    for (from, to, marks) in pairs() {
        if marks.contains('t') {
            tell(from, HANT);
        }
        if marks.contains('s') {
            tell(to, HANS);
        }
    }
    table.iter().flat_map(|entry| entry.to_le_bytes()).collect()
}

fn folded() -> Vec<u16> {
    let mut table: Vec<u16> = (0..=u16::MAX).collect();
    for c in WIDTHS.into_iter().flatten() {
        set(&mut table, c, half_width(c));
    }
    for (from, to, _) in pairs() {
        set(&mut table, from, to);
    }
    for line in VARIANTS.lines().filter(|line| !line.starts_with('#')) {
        let mut chars = line.chars();
        let Some(first) = chars.next() else { continue };
        let to = get(&table, first);
        for c in chars {
            set(&mut table, c, to);
        }
    }
    // A variant may be what OpenCC folds to, such as 劄 to 札: follow it.
    for (from, _, _) in pairs() {
        let to = get(&table, get(&table, from));
        set(&mut table, from, to);
    }
    table
}

/// The lines of `characters.txt`: Traditional, Simplified, marks.
pub(crate) fn pairs() -> impl Iterator<Item = (char, char, &'static str)> {
    CHARACTERS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut chars = line.chars();
            Some((chars.next()?, chars.next()?, chars.as_str()))
        })
}

fn get(table: &[u16], c: char) -> char {
    let folded = table.get(u32::from(c) as usize).copied();
    folded
        .and_then(|code| char::from_u32(code.into()))
        .unwrap_or(c)
}

fn set(table: &mut [u16], c: char, to: char) {
    let slot = table.get_mut(u32::from(c) as usize);
    if let (Some(slot), Ok(code)) = (slot, u16::try_from(u32::from(to))) {
        *slot = code;
    }
}

/// Where the characters that [`half_width`] knows stand.
const WIDTHS: [RangeInclusive<char>; 3] = [
    '\u{A0}'..='\u{A0}',
    '\u{2000}'..='\u{30FF}',
    '\u{FE10}'..='\u{FFEF}',
];

/// Width and punctuation.
fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(u32::from(c) - 0xFEE0).map_or(c, |c| match c {
            // Not wider quotes of their own, but the wide forms of the ASCII ones.
            '\'' => '"',
            c => c,
        }),
        '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => ' ',
        '﹙' | '︵' => '(',
        '﹚' | '︶' => ')',
        '【' | '〖' | '﹝' | '︻' | '︹' | '〘' => '〔',
        '】' | '〗' | '﹞' | '︼' | '︺' | '〙' => '〕',
        '﹇' => '[',
        '﹈' => ']',
        '“' | '”' | '„' | '‟' | '‘' | '’' | '‚' | '‛' | '〝' | '〞' | '〟' => {
            '"'
        }
        '「' | '」' | '『' | '』' | '﹁' | '﹂' | '﹃' | '﹄' | '｢' | '｣' => '"',
        '\u{2010}'..='\u{2015}' | '−' | '─' | '━' | '﹣' | '﹘' | '⁃' | '➖' | 'ー' => {
            '-'
        }
        '⁄' | '∕' => '/',
        '﹨' => '\\',
        '│' | '┃' | '∣' | '￨' | '║' => '|',
        '﹢' => '+',
        '﹐' => ',',
        '﹑' | '､' => '、',
        '｡' => '。',
        '∶' | '︰' | '﹕' | '︓' => ':',
        '﹔' | '︔' => ';',
        '﹒' | '․' => '.',
        '•' | '‧' | '・' | '･' | '∙' | '⋅' | '●' | '▪' => '·',
        '〜' | '∼' => '~',
        '﹪' => '%',
        '￥' => '¥',
        _ => c,
    }
}

#[test]
fn widths_lie_where_they_are_looked_for() {
    for c in '\0'..='\u{FFFF}' {
        let inside = WIDTHS.iter().any(|range| range.contains(&c));
        assert!(inside || half_width(c) == c, "{c}");
    }
}
