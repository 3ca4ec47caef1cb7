//! Writing the page in the other script, with the brackets of other keyboards.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::page::Page;
use super::random::Random;

/// How the characters of a page are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Script {
    /// Simplified.
    Simplified,
    /// Traditional.
    Traditional,
    /// Traditional with 檔案 for 文件, as encyclopedia mirrors have it.
    Mirror,
}

impl Script {
    /// Any script.
    pub(crate) fn random(random: &mut Random) -> Self {
        random.pick(&[
            Self::Simplified,
            Self::Simplified,
            Self::Traditional,
            Self::Mirror,
        ])
    }

    /// Writes the page in this script.
    pub(crate) fn write(self, page: &mut Page) {
        if self == Self::Simplified {
            return;
        }
        for text in page.texts() {
            if self == Self::Mirror {
                *text = text.replace("文件", "檔案");
            }
            for (from, to) in PHRASES {
                *text = text.replace(from, to);
            }
            *text = text.chars().map(traditional).collect();
        }
    }
}

/// Half-width brackets, colons and commas for full-width ones.
pub(crate) fn narrow_brackets(page: &mut Page) {
    for text in page.texts() {
        *text = text
            .chars()
            .map(|c| match c {
                '（' => '(',
                '）' => ')',
                '：' => ':',
                '，' => ',',
                _ => c,
            })
            .collect();
    }
}

impl Script {
    /// Writes the page in this script, every character of it that the scripts write differently.
    pub(crate) fn write_all(self, page: &mut Page) {
        static TABLE: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
            let lines = include_str!("../../src/script/characters.txt").lines();
            let pairs = lines
                .filter(|line| line.ends_with("ts"))
                .filter_map(|line| {
                    let mut characters = line.chars();
                    Some((characters.next()?, characters.next()?))
                });
            pairs.map(|(to, from)| (from, to)).collect()
        });
        self.write(page);
        if self != Self::Simplified {
            for text in page.texts() {
                let other = |c| TABLE.get(&c).copied().unwrap_or(c);
                *text = text.chars().map(other).collect();
            }
        }
    }
}

fn traditional(c: char) -> char {
    static TABLE: LazyLock<BTreeMap<char, char>> = LazyLock::new(|| {
        let characters: Vec<char> = PAIRS.chars().collect();
        characters
            .chunks_exact(2)
            .map(|pair| (pair[0], pair[1]))
            .collect()
    });
    TABLE.get(&c).copied().unwrap_or(c)
}

/// Words whose characters depend on the word.
const PHRASES: [(&str, &str); 3] = [("制作", "製作"), ("反复", "反覆"), ("关系", "關係")];

/// Every character of the bench that the scripts write differently, each before its other form.
pub(crate) const PAIRS: &str = "专專业業东東个個丰豐为為举舉习習于於云雲会會体體减減务務动動区區单單县縣参參发發\
后後国國处處复複够夠学學审審对對将將属屬总總执執报報护護据據数數无無时時机機权權条條构構栏欄\
没沒现現监監确確结結级級纳納组組经經继繼续續维維缴繳网網罚罰获獲补補规規计計认認训訓议議许許\
讼訟设設访訪诉訴询詢请請负負责責质質购購费費转轉过過还還这這进進采採镇鎮问問项項题題额額内內\
织織废廢范範稳穩纠糾关關类類开開强強当當录錄决決况況办辦页頁订訂适適万萬";
