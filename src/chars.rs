//! Sets of characters, for what a text can begin with.

/// A set of characters, a bit each.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chars(Vec<u64>);

impl Chars {
    /// Whether the character is in the set.
    #[inline]
    pub(crate) fn contains(&self, c: char) -> bool {
        let code = u32::from(c);
        let bits = self.0.get(code as usize / 64);
        bits.is_some_and(|bits| bits >> (code % 64) & 1 == 1)
    }

    fn add(&mut self, first: char, last: char) {
        let [first, last] = [first, last].map(u32::from);
        let words = first as usize / 64..=last as usize / 64;
        if self.0.len() <= *words.end() {
            self.0.resize(words.end() + 1, 0);
        }
        for (word, bits) in words.clone().zip(&mut self.0[words.clone()]) {
            let low = if word == *words.start() {
                first % 64
            } else {
                0
            };
            let high = if word == *words.end() { last % 64 } else { 63 };
            *bits |= u64::MAX << low & u64::MAX >> (63 - high);
        }
    }
}

/// From the first and the last character of each range.
impl FromIterator<(char, char)> for Chars {
    fn from_iter<I: IntoIterator<Item = (char, char)>>(ranges: I) -> Self {
        let mut set = Self::default();
        for (first, last) in ranges.into_iter().filter(|(first, last)| first <= last) {
            set.add(first, last);
        }
        set
    }
}

impl FromIterator<char> for Chars {
    fn from_iter<I: IntoIterator<Item = char>>(chars: I) -> Self {
        chars.into_iter().map(|c| (c, c)).collect()
    }
}

/// A set of characters that knows the place of each among them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places(Vec<(u64, u32)>);

impl Places {
    /// The places of distinct characters in order.
    pub(crate) fn of(sorted: impl Iterator<Item = char>) -> Self {
        let mut places = Self::default();
        for (place, code) in sorted.map(u32::from).enumerate() {
            let word = code as usize / 64;
            if places.0.len() <= word {
                places.0.resize(word + 1, (0, place as u32));
            }
            places.0[word].0 |= 1 << (code % 64);
        }
        places
    }

    /// How many of the set stand before the character, if it is one of them.
    #[inline]
    pub(crate) fn get(&self, c: char) -> Option<usize> {
        let code = u32::from(c);
        let (bits, before) = self.0.get(code as usize / 64)?;
        let from_here = bits >> (code % 64);
        (from_here & 1 == 1).then(|| {
            let upto = bits.count_ones() - from_here.count_ones();
            (before + upto) as usize
        })
    }
}

#[test]
fn places_are_counted_in_order() {
    let sorted = ['\0', 'P', 'a', '第', '页', '\u{10FFFF}'];
    let places = Places::of(sorted.into_iter());
    for (place, c) in sorted.into_iter().enumerate() {
        assert_eq!(places.get(c), Some(place), "{c}");
    }
    assert!(
        "\u{1}Qb一項\u{10FFFE}"
            .chars()
            .all(|c| places.get(c).is_none())
    );
    assert_eq!(Places::default().get('第'), None);
}

#[test]
fn what_is_put_in_is_in() {
    let set: Chars = "第page".chars().collect();
    assert!("第page".chars().all(|c| set.contains(c)));
    assert!(!"页P\u{10FFFF}\0".chars().any(|c| set.contains(c)));
    assert!(!Chars::default().contains('第'));
}

#[test]
fn ranges_hold_both_ends_and_no_more() {
    for (first, last) in [
        ('0', '9'),
        ('?', '@'),
        ('\0', '\u{FFFF}'),
        ('一', '鿿'),
        ('b', 'a'),
    ] {
        let set: Chars = [(first, last)].into_iter().collect();
        assert!(('\0'..='\u{11000}').all(|c| set.contains(c) == (first..=last).contains(&c)));
    }
}
