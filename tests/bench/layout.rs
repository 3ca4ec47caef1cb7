//! The layouts a report is scraped in, each named, each written by one function.

use super::page::{Page, Role};
use super::physical::Gaps;
use super::random::Random;
use super::{cells, glued, html, pdf, rows};

/// One line of a flattened report, and what it carries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TextLine {
    pub(crate) text: String,
    pub(crate) roles: Vec<Role>,
}

impl TextLine {
    /// A line that carries one piece.
    pub(crate) fn new(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: text.into(),
            roles: vec![role],
        }
    }

    /// A line of the page around the cells.
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::new(text, Role::Text)
    }
}

/// How a report is flattened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Layout {
    /// A cell a line.
    Cells,
    /// A cell a line, `-` below headers two rows high.
    CellsGaps,
    /// A cell a line, rows padded with `-` to the widest of the table.
    CellsPadded,
    /// The same, with section 二 as one table and `-` below high headers.
    CellsPaddedSection,
    /// A cell a line, blank lines between.
    CellsBlank,
    /// `cell |`
    CellPipe,
    /// `cell |`, and `||` at the end of a row for what a merged cell covers.
    CellPipeFillers,
    /// `cell |`, and a line of pipes after each row.
    CellPipeFillerLine,
    /// A lone `|` line after each cell.
    LonePipe,
    /// A row opened by a `|` line.
    RowOpened,
    /// `| a | b |`
    Pipes,
    /// `a | b |`
    PipesTrailing,
    /// `a | b |`, with empty cells below merged ones.
    PipesGaps,
    /// `a | b`
    PipesBare,
    /// `| a | b | ||`
    PipesFillers,
    /// `|---|` below the first row.
    Markdown,
    /// The same, cut into pieces that each repeat the header.
    MarkdownPieces,
    /// Tabs, one for each place of the grid.
    Tabs,
    /// Tabs between the printed cells only.
    TabsDropped,
    /// CSV: commas between the cells, quotation marks around what has one.
    Csv,
    /// Runs of spaces that keep columns below each other.
    Spaces,
    /// The page itself.
    Html,
    /// PDF text row by row, labels broken over lines.
    PdfRaw,
    /// PDF text cell by cell, labels broken over lines.
    PdfCells,
    /// Labels of a page first, then its columns.
    PdfBlocks,
    /// Rows in order, labels before, behind or away from their values.
    PdfTorn,
    /// Values before their label.
    ValuesFirst,
    /// No separator at all.
    Glued,
    /// Glued, with some spaces left.
    GluedSpaces,
}

/// Every layout, in the order of the report.
pub(crate) const LAYOUTS: [(Layout, &str); 29] = [
    (Layout::Cells, "cells"),
    (Layout::CellsGaps, "cells-gaps"),
    (Layout::CellsPadded, "cells-padded"),
    (Layout::CellsPaddedSection, "cells-padded-section"),
    (Layout::CellsBlank, "cells-blank"),
    (Layout::CellPipe, "cell-pipe"),
    (Layout::CellPipeFillers, "cell-pipe-fillers"),
    (Layout::CellPipeFillerLine, "cell-pipe-filler-line"),
    (Layout::LonePipe, "lone-pipe"),
    (Layout::RowOpened, "row-opened"),
    (Layout::Pipes, "pipes"),
    (Layout::PipesTrailing, "pipes-trailing"),
    (Layout::PipesGaps, "pipes-gaps"),
    (Layout::PipesBare, "pipes-bare"),
    (Layout::PipesFillers, "pipes-fillers"),
    (Layout::Markdown, "markdown"),
    (Layout::MarkdownPieces, "markdown-pieces"),
    (Layout::Tabs, "tabs"),
    (Layout::TabsDropped, "tabs-dropped"),
    (Layout::Spaces, "spaces"),
    (Layout::Html, "html"),
    (Layout::PdfRaw, "pdf-raw"),
    (Layout::PdfCells, "pdf-cells"),
    (Layout::PdfBlocks, "pdf-blocks"),
    (Layout::PdfTorn, "pdf-torn"),
    (Layout::ValuesFirst, "values-first"),
    (Layout::Glued, "glued"),
    (Layout::GluedSpaces, "glued-spaces"),
    (Layout::Csv, "csv"),
];

impl Layout {
    /// Its name in the table.
    pub(crate) fn name(self) -> &'static str {
        LAYOUTS
            .iter()
            .find(|(layout, _)| *layout == self)
            .map_or("", |(_, name)| name)
    }

    /// The layout of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        LAYOUTS
            .iter()
            .find(|(_, other)| *other == name)
            .map(|(layout, _)| *layout)
    }

    /// Whether the layout itself shows which cell is which. Where it does not, a reader may
    /// withhold what the equations do not tell.
    pub(crate) fn shows_cells(self) -> bool {
        !matches!(
            self,
            Self::PdfBlocks | Self::PdfTorn | Self::ValuesFirst | Self::Glued | Self::GluedSpaces
        )
    }

    /// Whether merged cells leave borders that look like empty cells at the end of a row.
    pub(crate) fn leaves_fillers(self) -> bool {
        matches!(
            self,
            Self::CellPipeFillers
                | Self::CellPipeFillerLine
                | Self::RowOpened
                | Self::PipesFillers
                | Self::Html
        )
    }

    /// Whether an empty cell leaves a mark that keeps its neighbours in their places.
    pub(crate) fn shows_blanks(self) -> bool {
        matches!(
            self,
            Self::CellPipe
                | Self::CellPipeFillers
                | Self::CellPipeFillerLine
                | Self::LonePipe
                | Self::RowOpened
                | Self::Pipes
                | Self::PipesTrailing
                | Self::PipesGaps
                | Self::PipesBare
                | Self::PipesFillers
                | Self::Markdown
                | Self::MarkdownPieces
                | Self::Tabs
                | Self::TabsDropped
                | Self::Csv
                | Self::Html
        )
    }

    /// Whether values stand apart by single spaces or less, so that a space within a value would
    /// make two of it.
    pub(crate) fn parts_at_spaces(self) -> bool {
        matches!(
            self,
            Self::PdfRaw | Self::Spaces | Self::Glued | Self::GluedSpaces
        )
    }

    /// The page in this layout.
    pub(crate) fn write(self, page: &Page, random: &mut Random) -> Vec<TextLine> {
        use cells::Ending;
        let whole = page.with_one_table();
        match self {
            Self::Cells => cells::write(page, Gaps::Drop, Ending::Plain),
            Self::CellsGaps => cells::write(page, Gaps::Headers, Ending::Dashes),
            Self::CellsPadded => cells::write(page, Gaps::Drop, Ending::Padded),
            Self::CellsPaddedSection => cells::write(&whole, Gaps::Headers, Ending::Padded),
            Self::CellsBlank => cells::write(page, Gaps::Drop, Ending::Blank),
            Self::CellPipe => cells::write(page, Gaps::Drop, Ending::Pipe),
            Self::CellPipeFillers => cells::write(&whole, Gaps::Drop, Ending::Fillers),
            Self::CellPipeFillerLine => cells::write(&whole, Gaps::Drop, Ending::FillerLine),
            Self::LonePipe => cells::write(page, Gaps::Drop, Ending::LonePipe),
            Self::RowOpened => cells::write(&whole, Gaps::Drop, Ending::RowOpened),
            Self::Pipes => rows::pipes(page, Gaps::Drop, "| ", " |"),
            Self::PipesTrailing => rows::pipes(page, Gaps::Drop, "", " |"),
            Self::PipesGaps => rows::pipes(page, Gaps::Below, "", " |"),
            Self::PipesBare => rows::pipes(page, Gaps::Drop, "", ""),
            Self::PipesFillers => rows::pipes_with_fillers(&whole),
            Self::Markdown => rows::markdown(page, usize::MAX),
            Self::MarkdownPieces => rows::markdown(page, 4 + random.below(5)),
            Self::Tabs => rows::tabs(page, Gaps::All),
            Self::TabsDropped => rows::tabs(page, Gaps::Drop),
            Self::Csv => rows::csv(page),
            Self::Spaces => rows::spaces(page, random),
            Self::Html => html::write(&whole, random),
            Self::PdfRaw => pdf::row_by_row(page, random),
            Self::PdfCells => pdf::cell_by_cell(page, random),
            Self::PdfBlocks => pdf::blocks(page, random),
            Self::PdfTorn => pdf::torn(page, random),
            Self::ValuesFirst => pdf::values_first(page),
            Self::Glued => glued::write(page, 0, random),
            Self::GluedSpaces => glued::write(page, 30, random),
        }
    }
}
