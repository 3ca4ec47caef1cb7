//! Bytes -> text: decoding, with a way back from every offset of the text to the input.

/// A decoded input.
#[derive(Debug, Clone)]
pub struct Source {
    text: String,
    lines: Vec<usize>,
    start: usize,
}

impl Source {
    /// Decodes `bytes`.
    pub fn decode(bytes: &[u8]) -> Self {
        let start = if bytes.starts_with(b"\xEF\xBB\xBF") {
            3
        } else {
            0
        };
        let text = String::from_utf8_lossy(&bytes[start..]).into_owned();
        let lines = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|(_, b)| *b == b'\n')
                    .map(|(i, _)| i + 1),
            )
            .collect();
        Self { text, lines, start }
    }

    /// The decoded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Text offset of the start of each line; never empty.
    pub fn lines(&self) -> &[usize] {
        &self.lines
    }

    /// Byte offset in the input of a byte offset in the text.
    pub fn input_offset(&self, offset: usize) -> usize {
        offset + self.start
    }
}
