//! Folding and naming of scripts: one character to one character, so that a span never has to be
//! guessed.
//!
//! The table (`script/table.rs`) is OpenCC's ([`characters.txt`](../../src/script/characters.txt), made by
//! `examples/characters.rs`), closed over the variants that reports mix up (`variants.txt`) and
//! over width and punctuation. It serves matching alone: distinct characters that one wording
//! spells both ways fold together (反覆, 反复), and nothing folded is ever printed.

mod entry;
#[cfg(test)]
mod table;

use entry::{FOLDED, HANS, HANT, LETTER, kind};

/// For each character of the basic plane an entry of four bytes; see `script/table.rs`.
static TABLE: &[u8; 4 << 16] = include_bytes!(concat!(env!("OUT_DIR"), "/characters.table"));

/// What the table says of a character.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry(u32);

impl Entry {
    #[inline]
    pub(crate) fn of(c: char) -> Self {
        match u16::try_from(u32::from(c)) {
            Ok(code) => Self::of_code(code),
            Err(_) => Self::outside(c),
        }
    }

    /// The entry of a character of the basic plane.
    #[inline]
    pub(crate) fn of_code(code: u16) -> Self {
        let at = usize::from(code) * 4;
        let bytes = [TABLE[at], TABLE[at + 1], TABLE[at + 2], TABLE[at + 3]];
        Self(u32::from_le_bytes(bytes))
    }

    /// What the character of the basic plane of which this is the entry folds to.
    #[inline]
    pub(crate) fn folded_code(self) -> u16 {
        (self.0 & FOLDED) as u16
    }

    /// What lies beyond the basic plane folds to itself.
    #[cold]
    fn outside(c: char) -> Self {
        Self(kind(c))
    }

    /// What `c`, of which this is the entry, folds to.
    #[inline]
    pub(crate) fn folded(self, c: char) -> char {
        if u32::from(c) > FOLDED {
            return c;
        }
        char::from_u32(self.0 & FOLDED).unwrap_or(c)
    }

    /// Whether it folds to a letter that labels are compared by.
    #[inline]
    pub(crate) fn is_letter(self) -> bool {
        self.0 & LETTER != 0
    }
}

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
    Entry::of(c).folded(c)
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
    let mut seen = Seen::default();
    // The tags of a page tell nothing.
    for c in text.chars().filter(|c| !c.is_ascii()) {
        seen.add(Entry::of(c));
    }
    seen.script()
}

/// How many characters of each script a text has that the other lacks.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Seen {
    hans: usize,
    hant: usize,
}

impl Seen {
    #[inline]
    pub(crate) fn add(&mut self, entry: Entry) {
        self.hans += usize::from(entry.0 & HANS != 0);
        self.hant += usize::from(entry.0 & HANT != 0);
    }

    /// See [`detect`].
    pub(crate) fn script(self) -> Option<Script> {
        let Self { hans, hant } = self;
        match (hans, hant) {
            (0, 0) => None,
            _ if hans.min(hant) * 10 >= hans + hant => Some(Script::Mixed),
            _ if hans > hant => Some(Script::Hans),
            _ => Some(Script::Hant),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::table::{image, pairs};
    use super::{TABLE, fold};

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
    fn the_table_is_what_its_sources_make() {
        assert!(TABLE[..] == image());
    }

    #[test]
    fn every_pair_of_the_table_meets() {
        for (from, to, _) in pairs() {
            assert_eq!(fold(from), fold(to), "{from}{to}");
        }
    }
}
