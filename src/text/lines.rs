//! Lines as programs write them -> lines as readers of tables know them: lists, indents and CSV.
//!
//! A character becomes another of one byte, so that no range changes.

use std::ops::Range;

use super::{BORDER, Text, is_letter};

/// A line of CSV: where its commas and its quotation marks stand.
#[derive(Debug, PartialEq, Eq)]
struct Line {
    range: Range<usize>,
    commas: Vec<usize>,
    quotes: Vec<usize>,
    /// Whether it begins with a number, whose comma may part its thousands.
    bare: bool,
}

/// Commas of a line that is taken for a row without label, as that of section four.
const WIDE: usize = 4;

impl Text {
    /// Takes off what programs put before lines, and makes borders of the commas of CSV.
    pub(super) fn as_plain_lines(&mut self) {
        self.unlist();
        if !self.html {
            self.unindent();
            [',', ';'].into_iter().for_each(|comma| self.part_at(comma));
        }
    }

    /// Takes off the tab before each line, where nearly all have one: it would be a border.
    fn unindent(&mut self) {
        if !self.folded.contains("\n\t") {
            return;
        }
        let is_indented = |line: &&Range<usize>| self.get(line).starts_with('\t');
        let is_written = |line: &&Range<usize>| !self.get(line).trim().is_empty();
        let written = self.lines.iter().filter(is_written);
        let indented = written.clone().filter(is_indented).map(|line| line.start);
        let indented: Vec<usize> = indented.collect();
        if indented.len() * 10 < written.count() * 9 {
            return;
        }
        self.put(" ", &indented);
    }

    /// Takes off the `-` before each item, where the text is written as a list: it would be a cell.
    fn unlist(&mut self) {
        let item = |line: &Range<usize>| {
            let said = self.folded.get(line.clone())?;
            let rest = said.trim_start_matches(' ');
            let first = rest
                .strip_prefix("- ")?
                .trim_start_matches(' ')
                .chars()
                .next()?;
            first.is_alphanumeric().then(|| line.end - rest.len())
        };
        let marks: Vec<usize> = self.lines.iter().filter_map(item).collect();
        let is_written = |line: &&Range<usize>| !self.get(line).trim().is_empty();
        if marks.len() < 2 || marks.len() * 2 <= self.lines.iter().filter(is_written).count() {
            return;
        }
        self.put(" ", &marks);
    }

    /// Puts a sign of one byte in the place of others.
    fn put(&mut self, sign: &str, places: &[usize]) {
        for at in places {
            self.folded.replace_range(*at..at + 1, sign);
        }
    }

    /// Makes borders of commas, where most lines below each other have as many and most of what stands
    /// between them is a value or nothing.
    fn part_at(&mut self, comma: char) {
        if !self.folded.contains(comma) {
            return;
        }
        let mut block: Vec<Line> = Vec::new();
        for at in 0..=self.lines.len() {
            let line = self.lines.get(at).and_then(|line| self.csv(line, comma));
            let is_row = |line: &Line| !line.bare || line.commas.len() >= WIDE && !block.is_empty();
            if line.as_ref().is_some_and(is_row) {
                block.extend(line);
                continue;
            }
            if self.is_table(&block) {
                for line in &block {
                    self.put("|", &line.commas);
                    self.put(" ", &line.quotes);
                }
            }
            block.clear();
        }
    }

    /// A line with cells between commas.
    fn csv(&self, range: &Range<usize>, comma: char) -> Option<Line> {
        let said = self.get(range);
        if !said.contains(comma) || said.contains([BORDER, '\t', '。']) {
            return None;
        }
        // Those of prose are wide, and are folded.
        let is_own = |at: usize| {
            let span = self.span(&(at..at + 1));
            span.end - span.start == 1
        };
        let (mut commas, mut quotes) = (Vec::new(), Vec::new());
        for (at, c) in said.char_indices() {
            let at = range.start + at;
            match c {
                '"' if is_own(at) => quotes.push(at),
                c if c == comma && quotes.len() % 2 == 0 && is_own(at) => commas.push(at),
                _ => {}
            }
        }
        let first = self.get(&(range.start..*commas.first()?));
        (quotes.len() % 2 == 0).then(|| Line {
            range: range.clone(),
            bare: first.ends_with(|c: char| c.is_ascii_digit()),
            commas,
            quotes,
        })
    }

    /// Whether lines are rows of a table: most have as many commas, of which none may be one within a
    /// number: 1,204.
    fn is_table(&self, block: &[Line]) -> bool {
        let mut counts: Vec<usize> = block.iter().map(|line| line.commas.len()).collect();
        counts.sort_unstable();
        let runs = counts.chunk_by(|a, b| a == b);
        let Some(usual) = runs.max_by_key(|run| run.len()).filter(|run| run.len() > 1) else {
            return false;
        };
        let width = usual.first().copied().unwrap_or_default();
        let cells: Vec<Vec<&str>> = block.iter().map(|line| self.cells(line)).collect();
        let others = || cells.iter().flat_map(|row| row.iter().skip(1));
        let values = others().filter(|cell| !cell.contains(is_letter)).count();
        let is_group = |cell: &str| {
            (1..=3).contains(&cell.len()) && cell.bytes().all(|byte| byte.is_ascii_digit())
        };
        let thousands = |at: usize| {
            let pair = |row: &Vec<&str>| {
                let pair = row.get(at).zip(row.get(at + 1));
                pair.is_some_and(|(a, b)| is_group(a) && is_group(b) && b.len() == 3)
            };
            cells.iter().filter(|row| row.len() == width + 1).all(pair)
        };
        usual.len() * 2 > block.len()
            && values * 2 >= others().count()
            && !(1..width).any(thousands)
    }

    /// What stands between the commas of a line.
    fn cells(&self, line: &Line) -> Vec<&str> {
        let ends = line.commas.iter().copied().chain([line.range.end]);
        let mut start = line.range.start;
        ends.map(|end| {
            let cell = self.get(&(start..end)).trim_matches([' ', '\r', '"']);
            start = end + 1;
            cell
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::source::{EncodingChoice, Source};
    use crate::text::Text;

    fn lines(given: &str) -> String {
        let source = Source::decode(given.as_bytes(), &EncodingChoice::Auto).unwrap();
        Text::fold(&source, &[], &[]).folded
    }

    #[test]
    fn commas_between_cells_are_borders() {
        insta::assert_snapshot!(lines("规章,0,\n文件,\"1,204\",6\n"), @r"
        规章|0|
        文件| 1,204 |6
        ");
        // A wide comma is one of the words.
        insta::assert_snapshot!(lines("规章（含，）,0,1\n文件,2,1\n"), @r"
        规章(含,)|0|1
        文件|2|1
        ");
        insta::assert_snapshot!(lines("规章;0;5\n文件;1;6\n"), @r"
        规章|0|5
        文件|1|6
        ");
    }

    #[test]
    fn a_wide_row_below_headers_needs_no_label() {
        let text = "结果,纠正,其他,总计,维持\n0,1,,1,0\n";
        assert_eq!(lines(text), text.replace(',', "|"));
        assert_eq!(lines("结果,纠正\n1,204\n"), "结果,纠正\n1,204\n");
    }

    #[test]
    fn other_commas_are_none() {
        for text in [
            // Of numbers, prose, one line.
            "规章 1,204\n文件 2,305\n",
            "规章,1,204\n文件,2,305\n",
            "规章，0，5\n文件，1，6\n",
            "发布,修改和废止文件,共5件\n受理,答复和办结申请,共6件\n",
            "规章,0,5\n",
            "1,204\n2,305\n",
            "规章,0,5\n文件,1,6。\n",
        ] {
            assert!(!lines(text).contains('|'), "{text}");
        }
    }
}
