//! Words that make a label another one: 上年 before 收费金额, 废止 behind 规章.

use crate::chars::Chars;
use crate::distance::{common, distance};
use crate::form::{Genre, Label};
use crate::tree::Tree;

/// The [`Genre::contrasts`] of a genre. Every row of every table is looked at for them, so one walk
/// over a text finds them all.
#[derive(Debug)]
pub(crate) struct Contrasts {
    words: Vec<String>,
    tree: Tree,
    /// Those of one character, which are negations: 不.
    single: Chars,
}

impl Contrasts {
    pub(crate) fn new(genre: &Genre) -> Self {
        Self::of(genre.contrasts.iter().map(String::as_str))
    }

    pub(crate) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        let mut words: Vec<String> = words.map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        let single = |word: &String| {
            let mut chars = word.chars();
            chars.next().filter(|_| chars.next().is_none())
        };
        Self {
            tree: Tree::of(words.iter().map(String::as_str)),
            single: words.iter().filter_map(single).collect(),
            words,
        }
    }

    /// Whether a text has one of the words that `has` does not find in the label beside it.
    pub(crate) fn stands_in(&self, said: &str, has: impl Fn(&str) -> bool) -> bool {
        said.char_indices().any(|(at, c)| {
            let mut other = false;
            if self.tree.begins(c) {
                self.tree.heads_of(said[at..].chars(), |_, word| {
                    other |= self.words.get(word).is_some_and(|word| !has(word));
                });
            }
            other
        })
    }

    /// Whether a text lacks a negation that every wording of a label has: 本机关掌握 for
    /// 本机关不掌握.
    pub(crate) fn is_lost(&self, said: &str, label: &Label) -> bool {
        label.text.chars().any(|c| {
            self.single.contains(c)
                && !said.contains(c)
                && label.wordings().all(|wording| wording.contains(c))
        })
    }
}

/// Whether letters are those of a wording, shortened by half at most or with a quarter of them
/// changed. What has one of `contrasts`, words that the wording does not have, means another thing.
pub(crate) fn is_nearly(said: &str, wording: &str, contrasts: &Contrasts) -> bool {
    if contrasts.stands_in(said, |word| wording.contains(word)) {
        return false;
    }
    let (letters, all) = (said.chars().count(), wording.chars().count());
    let shortened = letters >= 2 && letters * 2 >= all && common(said, wording) == letters;
    shortened || distance(said, wording) * 4 <= all.max(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_nearly_that_of_the_form() {
        let contrasts = Contrasts::of(["上年", "退费"].into_iter());
        let nearly = |said: &str, wording: &str| is_nearly(said, wording, &contrasts);
        assert!(nearly("公益组织", "社会公益组织"));
        assert!(nearly("社会公益组积", "社会公益组织"));
        assert!(nearly("本年收费总金额", "本年收费金额"));
        assert!(!nearly("社会团体", "社会公益组织"));
        assert!(!nearly("本年修改件数", "本年废止件数"));
        assert!(!nearly("上年收费金额", "本年收费金额"));
        assert!(!nearly("本年退费金额", "本年收费金额"));
    }

    #[test]
    fn a_word_counts_that_the_label_does_not_have() {
        let contrasts = Contrasts::of(["上年", "不", "废止", "废"].into_iter());
        let stands =
            |said: &str, label: &str| contrasts.stands_in(said, |word| label.contains(word));
        assert!(stands("规章(废止)", "规章"));
        assert!(!stands("本年废止件数", "本年废止件数"));
        assert!(!stands("规章", "规章"));
    }

    #[test]
    fn a_negation_is_lost_where_no_wording_is_without_it() {
        let contrasts = Contrasts::of(["不", "废止"].into_iter());
        let label = |text: &str, alias: &str| Label {
            text: text.to_owned(),
            aliases: vec![alias.to_owned()],
        };
        let (own, both) = (label("本机关不掌握", "不掌握"), label("不掌握", "未掌握"));
        assert!(contrasts.is_lost("本机关掌握", &own));
        assert!(!contrasts.is_lost("本机关不掌握", &own));
        assert!(!contrasts.is_lost("掌握", &both));
        assert!(!contrasts.is_lost("", &label("本年废止", "废止")));
    }
}
