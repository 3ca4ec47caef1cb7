//! Tags and text in source order -> lines and rows of the folded text.

mod titled;

use super::detect::is_markdown;
use super::glyph::{BAR, Glyph, glyphs};
use super::table::{Cell, Place, Table, content, is_article, write};
use super::tag::{Tag, is_void};
use crate::pattern::Pattern;
use crate::text::{BORDER, NOISE, Text};

/// Attributes of a start tag that matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Attributes {
    pub(super) colspan: Vec<u8>,
    pub(super) rowspan: Vec<u8>,
    /// Whether browsers do not show the element.
    pub(super) hidden: bool,
    /// Whether its text is raised, lowered or struck out.
    pub(super) apart: bool,
}

/// An element of which nothing is written.
#[derive(Debug)]
struct Skip {
    name: Vec<u8>,
    tag: Tag,
    /// Elements of the same name that are open in it, itself included.
    depth: usize,
}

impl Skip {
    /// Whether a tag shows that the element ended, though its end tag is missing.
    fn is_ended_by(&self, tag: Tag) -> bool {
        tag.is_of_table() || self.tag == Tag::Select && tag != Tag::Choice
    }
}

/// The page as far as it is read.
///
/// The cells of a row wait until the row ends. Only the innermost open table has any: a table
/// inside a cell shows that the cells around it lay out the page, so they are written as lines.
#[derive(Debug)]
pub(super) struct Page<'a> {
    source: &'a str,
    text: Text,
    title: Vec<Glyph>,
    /// Open tables, outermost first.
    tables: Vec<Table>,
    cells: Vec<Cell>,
    /// What stands in `cells`.
    glyphs: Vec<Glyph>,
    skip: Option<Skip>,
    /// Whether it is plain text but for its tables, as Markdown is.
    plain: bool,
    /// Name of the element that is open and raised, lowered or struck out.
    raised: Option<Vec<u8>>,
    /// Open `pre` elements.
    preformatted: usize,
    /// Whether something stands on the last line.
    in_line: bool,
    /// Whether a space stands last.
    spaced: bool,
    /// How many places cells may cover besides their own.
    budget: usize,
}

impl<'a> Page<'a> {
    pub(super) fn new(source: &'a str) -> Self {
        let plain = is_markdown(source);
        Self {
            plain,
            raised: None,
            source,
            text: Text::with_capacity(source.len() / 2),
            title: Vec::new(),
            tables: Vec::new(),
            cells: Vec::new(),
            glyphs: Vec::new(),
            skip: None,
            preformatted: 0,
            in_line: false,
            spaced: false,
            budget: source.len() + 4096,
        }
    }

    /// A start tag that lies at `start..end` of the source.
    pub(super) fn start(&mut self, name: &[u8], attributes: &Attributes, start: usize, end: usize) {
        let tag = Tag::of(name);
        if let Some(skip) = &mut self.skip {
            if !skip.is_ended_by(tag) {
                skip.depth += usize::from(skip.name == name);
                return;
            }
            self.skip = None;
        }
        let hidden = attributes.hidden && matches!(tag, Tag::Inline | Tag::Apart) && !is_void(name);
        if hidden || matches!(tag, Tag::Skipped | Tag::Select | Tag::Title) {
            self.apart(start);
            self.skip = Some(Skip {
                name: name.to_vec(),
                tag,
                depth: 1,
            });
            return;
        }
        match tag {
            Tag::Table => self.start_table(start),
            Tag::Section => {
                self.end_row(start);
                if let Some(table) = self.tables.last_mut() {
                    table.begin_section();
                }
            }
            Tag::Row => {
                self.end_row(start);
                let table = self.table(start);
                table.place = Place::Row;
                table.hidden = attributes.hidden;
            }
            Tag::Cell => {
                let first = self.glyphs.len();
                let table = self.table(start);
                table.place = Place::Cell;
                if table.as_lines {
                    self.end_line(start);
                } else {
                    let Attributes {
                        colspan,
                        rowspan,
                        hidden,
                        ..
                    } = attributes;
                    self.cells
                        .push(Cell::new(first, end, colspan, rowspan, *hidden));
                }
            }
            Tag::Preformatted => {
                self.preformatted += 1;
                self.block(start);
            }
            Tag::Block => self.block(start),
            Tag::Break => self.line_end(start, end),
            Tag::Apart => self.apart(start),
            Tag::Inline if attributes.apart => {
                self.raised = Some(name.to_vec());
                self.apart(start);
            }
            Tag::Choice | Tag::Inline | Tag::Skipped | Tag::Select | Tag::Title => {}
        }
    }

    /// An end tag that begins at `at`.
    pub(super) fn end(&mut self, name: &[u8], at: usize) {
        let tag = Tag::of(name);
        if let Some(skip) = &mut self.skip {
            skip.depth -= usize::from(skip.name == name);
            if skip.depth > 0 && !skip.is_ended_by(tag) {
                return;
            }
            let is_own = skip.name == name;
            self.skip = None;
            if is_own {
                return;
            }
        }
        match tag {
            Tag::Table => {
                self.end_row(at);
                self.tables.pop();
                self.block(at);
            }
            Tag::Section => {
                self.end_row(at);
                if let Some(table) = self.tables.last_mut() {
                    table.begin_section();
                }
            }
            Tag::Row => self.end_row(at),
            Tag::Cell => match self.tables.last_mut() {
                Some(table) if table.place == Place::Cell && !table.as_lines => {
                    table.place = Place::Row
                }
                Some(table) if table.place == Place::Cell => {
                    table.place = Place::Row;
                    self.end_line(at);
                }
                _ => self.block(at),
            },
            Tag::Preformatted => {
                self.preformatted = self.preformatted.saturating_sub(1);
                self.block(at);
            }
            Tag::Block => self.block(at),
            Tag::Break => self.line_end(at, at),
            Tag::Apart => self.apart(at),
            Tag::Inline if self.raised.take_if(|raised| *raised == name).is_some() => {
                self.apart(at);
            }
            Tag::Choice | Tag::Inline | Tag::Skipped | Tag::Select | Tag::Title => {}
        }
    }

    /// Text that lies at `start..end` of the source.
    pub(super) fn text(&mut self, start: usize, end: usize) {
        let source = self.source.get(start..end).unwrap_or_default();
        match &self.skip {
            Some(Skip {
                tag: Tag::Title, ..
            }) if self.title.is_empty() => glyphs(source, start, |glyph| self.title.push(glyph)),
            Some(_) => {}
            None => glyphs(source, start, |glyph| self.glyph(glyph)),
        }
    }

    /// The folded text, when the source has ended.
    pub(super) fn finish(mut self, noise: &[Pattern], synonyms: &[(String, String)]) -> Text {
        let at = self.source.len();
        self.end_row(at);
        let mut text = self.titled();
        text.html = true;
        text.finish(noise, synonyms);
        text
    }

    fn start_table(&mut self, at: usize) {
        match self.tables.last_mut() {
            Some(table) if table.place == Place::Cell => {
                table.as_lines = true;
                self.write_cells(at);
            }
            // Outside a cell a table begins only where the one before has ended.
            Some(_) => {
                self.end_row(at);
                self.tables.pop();
            }
            None => {}
        }
        self.end_line(at);
        self.tables.push(Table::default());
    }

    /// The open table. One whose start tag is missing begins here.
    fn table(&mut self, at: usize) -> &mut Table {
        if self.tables.is_empty() {
            self.end_line(at);
            self.tables.push(Table::default());
        }
        let last = self.tables.len() - 1;
        &mut self.tables[last]
    }

    fn end_row(&mut self, at: usize) {
        let Some(table) = self
            .tables
            .last_mut()
            .filter(|table| table.place != Place::Outside)
        else {
            return;
        };
        let in_cell = table.place == Place::Cell;
        table.place = Place::Outside;
        let columns = table.lay(&self.cells, &mut self.budget);
        let as_lines = std::mem::take(&mut table.as_lines) || is_article(&self.cells, &self.glyphs);
        table.hidden = false;
        if as_lines {
            self.write_cells(at);
        } else {
            self.end_line(at);
            if !columns.is_empty() {
                // Only a page that breaks off has a row that ends where the page does.
                let open = at == self.source.len() && in_cell;
                let row = (self.cells.as_slice(), self.glyphs.as_slice());
                if let Some(end) = write(&mut self.text, &columns, row, open) {
                    self.text.push('\n', end, end);
                }
            }
        }
        self.cells.clear();
        self.glyphs.clear();
    }

    /// Writes the cells that wait as lines.
    fn write_cells(&mut self, at: usize) {
        let cells = std::mem::take(&mut self.cells);
        let glyphs = std::mem::take(&mut self.glyphs);
        for (index, cell) in cells.iter().enumerate() {
            self.end_line(cell.at);
            for glyph in content(&cells, index, &glyphs) {
                if glyph.c == '\n' {
                    self.end_line(glyph.start as usize)
                } else {
                    self.write(*glyph)
                }
            }
        }
        self.end_line(at);
    }

    /// Whether text belongs to a cell that waits for the end of its row.
    fn in_cell(&self) -> bool {
        self.tables
            .last()
            .is_some_and(|table| table.place == Place::Cell && !table.as_lines)
    }

    /// Whether line ends of the source are line ends: in `pre`, and of Markdown outside its tables.
    fn keeps_lines(&self) -> bool {
        self.preformatted > 0 || self.plain && !self.in_cell()
    }

    fn glyph(&mut self, glyph: Glyph) {
        let c = match glyph.c {
            '\n' if self.keeps_lines() => {
                return self.line_end(glyph.start as usize, glyph.end as usize);
            }
            '\r' if self.plain || self.preformatted > 0 => {
                // Alone it ends a line too.
                if self.source.as_bytes().get(glyph.end as usize) != Some(&b'\n') {
                    self.line_end(glyph.start as usize, glyph.end as usize);
                }
                return;
            }
            '\t' if self.keeps_lines() && !self.in_cell() => '\t',
            c if c.is_ascii_whitespace() => ' ',
            BAR if self.plain && !self.in_cell() => {
                self.text.mixed = true;
                BORDER
            }
            // Editors leave these between digits; nobody sees them.
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => NOISE,
            c if c.is_control() => ' ',
            c => c,
        };
        let glyph = Glyph { c, ..glyph };
        if self.in_cell() {
            self.glyphs.push(glyph);
        } else {
            self.write(glyph);
        }
    }

    /// Writes a character of a line, but no space where one stands already.
    fn write(&mut self, glyph: Glyph) {
        let is_space = glyph.collapses();
        if is_space && (self.spaced || !self.in_line) && !self.keeps_lines() {
            return;
        }
        self.text
            .push(glyph.c, glyph.start as usize, glyph.end as usize);
        self.spaced = is_space;
        self.in_line = true;
    }

    /// A border of a block: what follows stands on a line of its own.
    fn block(&mut self, at: usize) {
        if self.in_cell() {
            self.glyphs.push(Glyph::new('\n', at, at));
        } else {
            self.end_line(at);
        }
    }

    /// A line end as such, which may leave a blank line.
    fn line_end(&mut self, start: usize, end: usize) {
        if self.in_cell() {
            self.glyphs.push(Glyph::new('\n', start, start));
        } else {
            self.text.push('\n', start, end);
            self.in_line = false;
        }
    }

    /// Keeps what follows from being one word with what stands before.
    fn apart(&mut self, at: usize) {
        self.glyph(Glyph::new(' ', at, at));
    }

    fn end_line(&mut self, at: usize) {
        if self.in_line {
            self.text.push('\n', at, at);
            self.in_line = false;
        }
    }
}
