//! A pattern as it is written -> the words that every match holds.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use super::STOP;

/// A part of a pattern, for what it says of its matches.
#[derive(Debug, Clone)]
pub(super) enum Item {
    /// One of these words stands here.
    Need(Vec<String>),
    /// The end of a sentence may stand here.
    Across,
    /// At most one character, which may be the end of a sentence.
    One,
}

impl Item {
    pub(super) fn words(self) -> Option<Vec<String>> {
        match self {
            Self::Need(words) => Some(words),
            Self::Across | Self::One => None,
        }
    }
}

/// What a pattern says of its matches, in order; none where its syntax is not known here.
pub(super) fn needs(pattern: &str) -> Option<Vec<Item>> {
    let mut scan = Scan { rest: pattern };
    let items = scan.choice()?;
    scan.rest.is_empty().then_some(items)
}

/// The ranges of characters that a match at the start of a text begins with; none where that
/// cannot be told, or a match may begin elsewhere.
pub(super) fn heads(pattern: &str) -> Option<Vec<(char, char)>> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let anchored = hir.properties().look_set_prefix().contains(Look::Start);
    anchored.then(|| first(&hir)).flatten()
}

/// A pattern cut where its outermost alternatives part; one with flags, which hold to the end, or
/// with a class that holds brackets is left whole.
pub(super) fn alternatives(pattern: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let (mut start, mut depth, mut in_class) = (0, 0_usize, false);
    let mut chars = pattern.char_indices();
    while let Some((at, c)) = chars.next() {
        let rest = chars.as_str();
        match c {
            '\\' => drop(chars.next()),
            '[' if in_class || rest.trim_start_matches('^').starts_with(']') => {
                return vec![pattern];
            }
            '[' => in_class = true,
            ']' => in_class = false,
            _ if in_class => {}
            '(' => {
                let plain = ["?:", "?<", "?P<"]
                    .iter()
                    .any(|head| rest.starts_with(head));
                if rest.starts_with('?') && !plain {
                    return vec![pattern];
                }
                depth += 1;
            }
            ')' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                all.push(&pattern[start..at]);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    all.push(&pattern[start..]);
    all
}

/// Whether a pattern means the same to a simpler engine: classes such as `\d` and flags mean other
/// characters to it, an escaped sign does not.
pub(super) fn is_plain(pattern: &str) -> bool {
    let mut chars = pattern.chars();
    let mut escapes = std::iter::from_fn(|| {
        chars.find(|c| *c == '\\')?;
        chars.next()
    });
    escapes.all(|c| c.is_ascii_punctuation()) && !pattern.contains("(?i")
}

/// What a non-empty match of an expression begins with.
fn first(hir: &Hir) -> Option<Vec<(char, char)>> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let c = str::from_utf8(&literal.0).ok()?.chars().next()?;
            Some(vec![(c, c)])
        }
        HirKind::Class(Class::Unicode(class)) => Some(
            class
                .iter()
                .map(|range| (range.start(), range.end()))
                .collect(),
        ),
        HirKind::Repetition(repetition) if repetition.min > 0 => first(&repetition.sub),
        HirKind::Capture(capture) => first(&capture.sub),
        HirKind::Concat(parts) => {
            let is_look = |part: &&Hir| matches!(part.kind(), HirKind::Look(_));
            first(parts.iter().find(|part| !is_look(part))?)
        }
        HirKind::Alternation(parts) => {
            let parts: Option<Vec<_>> = parts.iter().map(first).collect();
            Some(parts?.concat())
        }
        _ => None,
    }
}

/// A pattern that is being read.
struct Scan<'p> {
    rest: &'p str,
}

impl Scan<'_> {
    fn next(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let c = chars.next()?;
        self.rest = chars.as_str();
        Some(c)
    }

    fn skip(&mut self, prefix: &str) -> bool {
        let rest = self.rest.strip_prefix(prefix);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Alternatives, to the end or a closing bracket.
    fn choice(&mut self) -> Option<Vec<Item>> {
        let mut first = self.sequence()?;
        if !self.rest.starts_with('|') {
            return Some(first);
        }
        let mut words = Vec::new();
        let mut each = true;
        let mut outside = None;
        loop {
            let others = first.iter().filter(|item| !matches!(item, Item::Need(_)));
            outside = match (outside, others.clone().next(), others.count()) {
                (outside, None, _) => outside,
                (None | Some(Item::One), Some(Item::One), 1) => Some(Item::One),
                _ => Some(Item::Across),
            };
            // The list whose shortest word is longest says the most.
            let shortest = |words: &Vec<String>| words.iter().map(String::len).min();
            let needs = first.into_iter().filter_map(Item::words);
            match needs.max_by_key(shortest) {
                Some(need) => words.extend(need),
                None => each = false,
            }
            if !self.skip("|") {
                break;
            }
            first = self.sequence()?;
        }
        let mut items = Vec::new();
        items.extend(outside.clone());
        if each {
            items.push(Item::Need(words));
            items.extend(outside);
        }
        Some(items)
    }

    fn sequence(&mut self) -> Option<Vec<Item>> {
        let mut items = Vec::new();
        let mut word = String::new();
        while !self.rest.is_empty() && !self.rest.starts_with(['|', ')']) {
            let mut inner = Vec::new();
            let literal = match self.next()? {
                '(' => {
                    self.group_head()?;
                    inner = self.choice()?;
                    if !self.skip(")") {
                        return None;
                    }
                    None
                }
                '[' => {
                    inner.extend(self.class()?.then_some(Item::One));
                    None
                }
                '.' => {
                    inner.push(Item::One);
                    None
                }
                '\\' => match self.next()? {
                    'p' | 'P' => {
                        let (_, rest) = self.rest.strip_prefix('{')?.split_once('}')?;
                        self.rest = rest;
                        inner.push(Item::One);
                        None
                    }
                    'd' | 's' | 'w' | 'D' | 'S' | 'W' => {
                        inner.push(Item::One);
                        None
                    }
                    c if c.is_alphanumeric() => return None,
                    c => Some(c),
                },
                '^' => None,
                '$' => {
                    inner.push(Item::Across);
                    None
                }
                '*' | '+' | '?' | '{' => return None,
                c => Some(c),
            };
            let repeat = self.repeat()?;
            match (literal, repeat) {
                (Some(STOP), _) => {
                    push_word(&mut items, &mut word);
                    items.push(Item::Across);
                }
                (Some(c), None) => word.push(c),
                (Some(c), Some(must)) => {
                    word.extend(must.then_some(c));
                    push_word(&mut items, &mut word);
                }
                (None, repeat) => {
                    push_word(&mut items, &mut word);
                    items.extend(inner.into_iter().filter_map(|item| match (item, repeat) {
                        // What may be left out is not needed.
                        (Item::Need(_), Some(false)) => None,
                        (Item::One, Some(_)) => Some(Item::Across),
                        (item, _) => Some(item),
                    }));
                }
            }
        }
        push_word(&mut items, &mut word);
        Some(items)
    }

    /// What follows an opening bracket; none for flags.
    fn group_head(&mut self) -> Option<()> {
        if self.skip("?P<") || self.skip("?<") {
            let (_, rest) = self.rest.split_once('>')?;
            self.rest = rest;
        } else if !self.skip("?:") && self.rest.starts_with('?') {
            return None;
        }
        Some(())
    }

    /// A class, behind its bracket: whether it may match the end of a sentence.
    fn class(&mut self) -> Option<bool> {
        let negated = self.skip("^");
        let (inside, rest) = self.rest.split_once(']')?;
        // Classes in classes, escapes, and a bracket as the first member are not read here. A
        // range of other than ASCII is taken to hold the full stop.
        if inside.is_empty() || inside.contains(['[', '\\', '&', '~']) {
            return None;
        }
        self.rest = rest;
        let stops = inside.contains(STOP);
        let ranges = inside.contains('-') && !inside.is_ascii();
        Some(if negated { !stops } else { stops || ranges })
    }

    /// How often the part before may stand: none for once, else whether it must stand at all.
    fn repeat(&mut self) -> Option<Option<bool>> {
        let must = match self.rest.chars().next() {
            Some('*' | '?') => false,
            Some('+') => true,
            Some('{') => {
                let (_, least) = self.rest.split_once('{')?;
                let digits = least.trim_start_matches(|c: char| c.is_ascii_digit());
                let least = least.strip_suffix(digits)?;
                let (_, rest) = self.rest.split_once('}')?;
                self.rest = rest;
                self.skip("?");
                let least: u32 = least.parse().ok()?;
                return self.once(least > 0);
            }
            _ => return Some(None),
        };
        self.next();
        self.skip("?");
        self.once(must)
    }

    /// A repetition of a repetition is not read here.
    fn once(&self, must: bool) -> Option<Option<bool>> {
        let again = self.rest.starts_with(['*', '+', '?', '{']);
        (!again).then_some(Some(must))
    }
}

fn push_word(items: &mut Vec<Item>, word: &mut String) {
    if !word.is_empty() {
        items.push(Item::Need(vec![std::mem::take(word)]));
    }
}
