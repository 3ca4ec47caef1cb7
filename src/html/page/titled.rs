//! Title of a page -> the first line of its text, where the page prints none.

use super::Page;
use crate::text::Text;

impl Page<'_> {
    /// The text below the page's title, unless the page prints its title itself.
    pub(super) fn titled(self) -> Text {
        let is_letter = |c: &char| c.is_alphanumeric();
        let title: String = self.title.iter().map(|glyph| glyph.c).collect();
        // The name of the site stands behind the title, or before it.
        let parts = title
            .split(['_', '-', '¦'])
            .map(|part| part.chars().filter(is_letter).collect::<String>());
        let Some(longest) = parts
            .max_by_key(String::len)
            .filter(|part| !part.is_empty())
        else {
            return self.text;
        };
        let letters: String = self.text.folded.chars().filter(is_letter).collect();
        if letters.contains(&longest) {
            return self.text;
        }
        let mut text = Text::with_capacity(self.text.folded.len() + title.len());
        text.mixed = self.text.mixed;
        let mut end = 0;
        for glyph in &self.title {
            let c = if glyph.c.is_whitespace() {
                ' '
            } else {
                glyph.c
            };
            end = glyph.end as usize;
            text.push(c, glyph.start as usize, end);
        }
        text.push('\n', end, end);
        for (at, c) in self.text.folded.char_indices() {
            let span = self.text.span(&(at..at + c.len_utf8()));
            text.push(c, span.start, span.end);
        }
        text
    }
}
