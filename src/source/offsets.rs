//! Byte offsets of a text as counts of characters or UTF-16 units.

/// Bytes of text between two entries of the table.
pub(super) const BLOCK: usize = 512;

/// What stands before each block of the text.
#[derive(Debug, Clone)]
pub(super) struct Offsets {
    blocks: Vec<(usize, usize)>,
}

impl Offsets {
    pub(super) fn of(text: &str) -> Self {
        let mut before = (0, 0);
        let mut blocks = vec![before];
        for block in text.as_bytes().chunks_exact(BLOCK) {
            before = (before.0 + chars(block), before.1 + surrogate_pairs(block));
            blocks.push(before);
        }
        Self { blocks }
    }

    pub(super) fn chars_before(&self, text: &str, offset: usize) -> usize {
        let ((chars_before, _), rest) = self.block(text, offset);
        chars_before + chars(rest)
    }

    pub(super) fn utf16_before(&self, text: &str, offset: usize) -> usize {
        let ((chars_before, pairs_before), rest) = self.block(text, offset);
        chars_before + pairs_before + chars(rest) + surrogate_pairs(rest)
    }

    /// The counts before the block of `offset`, and the bytes from there to `offset`.
    fn block<'a>(&self, text: &'a str, offset: usize) -> ((usize, usize), &'a [u8]) {
        let offset = offset.min(text.len());
        let index = offset / BLOCK;
        let rest = text
            .as_bytes()
            .get(index * BLOCK..offset)
            .unwrap_or_default();
        (self.blocks.get(index).copied().unwrap_or_default(), rest)
    }
}

/// How many characters begin in `bytes`.
pub(super) fn chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte & 0xC0) != 0x80).count()
}

/// How many characters that UTF-16 writes with two units begin in `bytes`.
fn surrogate_pairs(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte >= 0xF0).count()
}
