//! Words by their letters, so that all words at a place of a text are found in one walk.

use std::ops::Range;

use crate::chars::Places;

/// A tree of words. It is walked from every letter of a text, and most walks end at once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
    /// The children of all nodes: letter and node, those of one node together and sorted.
    edges: Vec<(char, u32)>,
    /// The first letters: their places are those of their nodes among the first edges.
    first: Places,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    /// Its children among the edges.
    from: u32,
    to: u32,
    /// The word that ends here, or [`NONE`].
    word: u32,
}

const NONE: u32 = u32::MAX;

impl Node {
    const NEW: Self = Self {
        from: 0,
        to: 0,
        word: NONE,
    };
}

impl Tree {
    /// The tree of sorted words; a word is known by its place among them.
    pub(crate) fn of<'w>(words: impl Iterator<Item = &'w str>) -> Self {
        // Where the letters of each word are among those of all.
        let (mut letters, mut words_at): (Vec<char>, Vec<Range<usize>>) = Default::default();
        for word in words {
            let start = letters.len();
            letters.extend(word.chars());
            words_at.push(start..letters.len());
        }
        let letter = |word: usize, depth: usize| {
            let word = words_at.get(word)?;
            letters
                .get(word.start + depth)
                .filter(|_| depth < word.len())
                .copied()
        };
        let mut tree = Self {
            nodes: vec![Node::NEW],
            edges: Vec::new(),
            first: Places::default(),
        };
        // Nodes whose children are not made yet, with their words and their depth.
        let mut open = vec![(0, 0..words_at.len(), 0)];
        while let Some((node, range, depth)) = open.pop() {
            let mut at = range.start;
            if at < range.end && letter(at, depth).is_none() {
                tree.nodes[node].word = at as u32;
                at += 1;
            }
            let from = tree.edges.len();
            while let Some(next) = letter(at, depth).filter(|_| at < range.end) {
                let same = (at..range.end).take_while(|word| letter(*word, depth) == Some(next));
                let end = at + same.count();
                let child = tree.nodes.len();
                tree.nodes.push(Node::NEW);
                tree.edges.push((next, child as u32));
                open.push((child, at..end, depth + 1));
                at = end;
            }
            tree.nodes[node].from = from as u32;
            tree.nodes[node].to = tree.edges.len() as u32;
        }
        // Those of the first node were made first.
        let first = &tree.edges[..tree.nodes[0].to as usize];
        tree.first = Places::of(first.iter().map(|(letter, _)| *letter));
        tree
    }

    /// Whether a word may begin with a letter.
    #[inline]
    pub(crate) fn begins(&self, letter: char) -> bool {
        self.first.get(letter).is_some()
    }

    /// Calls `found` with the words that `letters` begins with, shortest first: how many letters,
    /// and which word.
    #[inline]
    pub(crate) fn heads_of(
        &self,
        mut letters: impl Iterator<Item = char>,
        mut found: impl FnMut(usize, usize),
    ) {
        let first = letters.next().and_then(|letter| self.first.get(letter));
        let Some(&(_, mut at)) = first.and_then(|place| self.edges.get(place)) else {
            return;
        };
        for depth in 1.. {
            let Some(node) = self.nodes.get(at as usize) else {
                return;
            };
            if node.word != NONE {
                found(depth, node.word as usize);
            }
            if node.from == node.to {
                return;
            }
            let Some(child) = letters.next().and_then(|letter| self.child(node, letter)) else {
                return;
            };
            at = child;
        }
    }

    #[inline]
    fn child(&self, node: &Node, letter: char) -> Option<u32> {
        let edges = self.edges.get(node.from as usize..node.to as usize)?;
        // Most nodes have one child.
        let edge = if edges.len() < 8 {
            edges.iter().find(|(other, _)| *other == letter)?
        } else {
            let at = edges.binary_search_by_key(&letter, |(other, _)| *other);
            edges.get(at.ok()?)?
        };
        Some(edge.1)
    }
}

#[test]
fn all_words_at_a_place_are_found() {
    let words = ["其他", "其他处理", "其他法律", "规章"];
    let tree = Tree::of(words.into_iter());
    let found = |text: &str| -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        tree.heads_of(text.chars(), |length, word| found.push((length, word)));
        found
    };
    assert_eq!(found("其他处理总计"), [(2, 0), (4, 1)]);
    assert_eq!(found("规章"), [(2, 3)]);
    assert!(found("规").is_empty() && found("").is_empty());
    Tree::of(std::iter::empty()).heads_of("规".chars(), |_, _| unreachable!("no words"));
}
