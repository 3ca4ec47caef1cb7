//! How an entry of the table of characters is written.

/// What the character folds to.
pub(crate) const FOLDED: u32 = 0xFFFF;
/// It exists in the Simplified script alone.
pub(crate) const HANS: u32 = 1 << 16;
/// It exists in the Traditional script alone.
pub(crate) const HANT: u32 = 1 << 17;
/// What it folds to is a letter that labels are compared by.
pub(crate) const LETTER: u32 = 1 << 18;
/// [`LETTER`] where a folded character is a letter.
///
/// Latin letters are none: they stand in labels only as pinyin that a mirror added.
pub(crate) fn kind(c: char) -> u32 {
    u32::from(c >= '\u{2E80}' && c.is_alphabetic()) * LETTER
}
