//! Folding and naming of scripts: one character to one character, so that a span never has to be
//! guessed.
//!
//! The table is OpenCC's ([`characters.txt`](../../src/script/characters.txt), made by
//! `examples/characters.rs`), closed over the variants that reports mix up (`variants.txt`) and
//! over width and punctuation. It serves matching alone: distinct characters that one wording
//! spells both ways fold together (反覆, 反复), and nothing folded is ever printed.

use std::ops::RangeInclusive;
use std::sync::LazyLock;

const CHARACTERS: &str = include_str!("script/characters.txt");
const VARIANTS: &str = include_str!("script/variants.txt");

/// The character that stands for `c` when wording is matched: half width, Simplified, one kind
/// of bracket, quote and dash.
///
/// 〔〕 and 【】 fold together but stay apart from `[]`, in which mirrors put noise. 、 and 。 stay.
///
/// ```
/// use gongkai::script::fold;
/// let folded: String = "（一）規範性檔案：－１，「２」".chars().map(fold).collect();
/// assert_eq!(folded, r#"(一)规范性档案:-1,"2""#);
/// ```
#[inline]
pub fn fold(c: char) -> char {
    // The line ends and ASCII, which are most of what is not Chinese, need no table.
    if c.is_ascii() {
        return c;
    }
    get(&FOLDED, c)
}

/// Which script a text is written in.
///
/// ```
/// use gongkai::script::{Script, detect};
/// assert_eq!(detect("國務院"), Some(Script::Hant));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Script {
    /// Simplified: 国务院
    Hans,
    /// Traditional: 國務院
    Hant,
    /// Both: 國務院, 国务院
    Mixed,
}

impl Script {
    /// The name in the output: `hans`, `hant` or `mixed`.
    ///
    /// ```
    /// assert_eq!(gongkai::script::Script::Hant.as_str(), "hant");
    /// ```
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hans => "hans",
            Self::Hant => "hant",
            Self::Mixed => "mixed",
        }
    }
}

/// The script of `text`, told by the characters that exist in one script alone.
///
/// A text is mixed when the rarer script has at least a tenth of those characters: stray
/// characters of the other script stand in most mirrored pages. `None` where no character tells.
///
/// ```
/// use gongkai::script::{Script, detect};
/// assert_eq!(detect("政府信息公开"), Some(Script::Hans));
/// assert_eq!(detect("政府信息公開"), Some(Script::Hant));
/// assert_eq!(detect("本年新製作數量，本年新制作数量"), Some(Script::Mixed));
/// assert_eq!(detect("2020"), None);
/// ```
pub fn detect(text: &str) -> Option<Script> {
    let (mut hans, mut hant) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| !c.is_ascii()) {
        match TELLING.get(u32::from(c) as usize) {
            Some(Tells::Hans) => hans += 1,
            Some(Tells::Hant) => hant += 1,
            _ => {}
        }
    }
    match (hans, hant) {
        (0, 0) => None,
        _ if hans.min(hant) * 10 >= hans + hant => Some(Script::Mixed),
        _ if hans > hant => Some(Script::Hans),
        _ => Some(Script::Hant),
    }
}

/// What a character says of the script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    Nothing,
    Hans,
    Hant,
}

static FOLDED: LazyLock<Box<[u16]>> = LazyLock::new(|| {
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
    table.into_boxed_slice()
});

static TELLING: LazyLock<Box<[Tells]>> = LazyLock::new(|| {
    let mut table = vec![Tells::Nothing; 1 << 16].into_boxed_slice();
    let mut tell = |c: char, what| {
        if let Some(slot) = table.get_mut(u32::from(c) as usize) {
            *slot = what;
        }
    };
    for (from, to, marks) in pairs() {
        if marks.contains('t') {
            tell(from, Tells::Hant);
        }
        if marks.contains('s') {
            tell(to, Tells::Hans);
        }
    }
    table
});

/// The lines of `characters.txt`: Traditional, Simplified, marks.
fn pairs() -> impl Iterator<Item = (char, char, &'static str)> {
    CHARACTERS
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let mut chars = line.chars();
            Some((chars.next()?, chars.next()?, chars.as_str()))
        })
}

#[inline]
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

#[cfg(test)]
mod tests {
    use super::{fold, half_width, pairs};

    fn folded(text: &str) -> String {
        text.chars().map(fold).collect()
    }

    #[test]
    fn folding_twice_changes_nothing_more() {
        for c in '\0'..='\u{11000}' {
            assert_eq!(fold(fold(c)), fold(c), "{c}");
        }
    }

    #[test]
    fn scripts_and_variants_meet() {
        for (left, right) in [
            ("無正當理由大量反覆申請", "无正当理由大量反复申请"),
            ("衆羣爲裏裡臺麵製度體係", "众群为里里台面制度体系"),
            ("本年新製作數量", "本年新制作数量"),
            ("説明、說明", "说明、说明"),
            ("二○二○年", "二〇二〇年"),
            ("⼀、総計".replace('総', "總").as_str(), "一、总计"),
            ("危及“三安全一穩定”", "危及「三安全一稳定」"),
            ("（1）：－—–―−‐‑‒─／｜＋１．５％", "(1):---------/|+1.5%"),
            ("\u{3000}\u{A0}", "  "),
        ] {
            assert_eq!(folded(left), folded(right), "{left}");
        }
    }

    #[test]
    fn noise_brackets_stay_apart_from_document_numbers() {
        insta::assert_snapshot!(folded("國辦發〔2019〕61號［槓循蜜］【附件】、。"), @"国办发〔2019〕61号[杠循蜜]〔附件〕、。");
    }

    #[test]
    fn widths_lie_where_they_are_looked_for() {
        for c in '\0'..='\u{FFFF}' {
            let inside = super::WIDTHS.iter().any(|range| range.contains(&c));
            assert!(inside || half_width(c) == c, "{c}");
        }
    }

    #[test]
    fn every_pair_of_the_table_meets() {
        for (from, to, _) in pairs() {
            assert_eq!(fold(from), fold(to), "{from}{to}");
        }
    }
}
