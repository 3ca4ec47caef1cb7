//! Damage: what happens to labels and values on their way into a text.

use super::forms::{ANNUAL_2019, Form};
use super::layout::Layout;
use super::page::Page;
use super::random::Random;
use super::report::Truth;
use super::script::Script;
use super::{label_damage, page_damage, table_damage, value_damage};

/// One kind of damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Damage {
    /// Nothing.
    None,
    /// 商业 / 企业
    TornLabels,
    /// One other character in a long label.
    LabelTypos,
    /// One character less in a long label.
    MissingCharacters,
    /// 「1、」 for 「1.」
    CommaNumbers,
    /// 总 计
    LabelSpaces,
    /// 政務公[槓循蜜]開
    Brackets,
    /// 數(shù)量
    Pinyin,
    /// 行政強製
    OverConverted,
    /// Title rows missing.
    NoTitles,
    /// A header printed twice.
    HeaderTwice,
    /// A column 小计.
    Subtotal,
    /// Rows that the form does not have.
    LocalRows,
    /// Group rows with values.
    GroupValues,
    /// `22（其中修订 16 件）`
    Notes,
    /// `11,398,889`
    Thousands,
    /// `２２`
    FullWidth,
    /// Spaces around values.
    SpacedValues,
    /// `减3`
    MinusWords,
    /// Empty cells.
    BlankCells,
    /// `/`, `—`, `无`
    MarkedCells,
    /// Rows with only some of their cells.
    PartialRows,
    /// Only the first of equal lines left.
    LinesOnce,
    /// Published numbers that break their sums.
    BrokenSums,
    /// Two columns in each other's place.
    ColumnsExchanged,
    /// Rows that the agency does not print.
    RowsLeftOut,
    /// A column of last year's numbers.
    LastYear,
    /// A list of contents before the report.
    Contents,
    /// A table of other things behind the report.
    Appendix,
    /// Headings in other words, and sentences behind tables.
    OtherWords,
}

/// Every damage, in the order of the report.
pub(crate) const DAMAGES: [(Damage, &str); 30] = [
    (Damage::None, "none"),
    (Damage::TornLabels, "torn-labels"),
    (Damage::LabelTypos, "label-typos"),
    (Damage::MissingCharacters, "missing-characters"),
    (Damage::CommaNumbers, "comma-numbers"),
    (Damage::LabelSpaces, "label-spaces"),
    (Damage::Brackets, "random-brackets"),
    (Damage::Pinyin, "pinyin"),
    (Damage::OverConverted, "over-converted"),
    (Damage::NoTitles, "no-titles"),
    (Damage::HeaderTwice, "header-twice"),
    (Damage::Subtotal, "subtotal-column"),
    (Damage::LocalRows, "local-rows"),
    (Damage::GroupValues, "group-values"),
    (Damage::Notes, "notes"),
    (Damage::Thousands, "thousands"),
    (Damage::FullWidth, "full-width"),
    (Damage::SpacedValues, "spaced-values"),
    (Damage::MinusWords, "minus-words"),
    (Damage::BlankCells, "blank-cells"),
    (Damage::MarkedCells, "marked-cells"),
    (Damage::PartialRows, "partial-rows"),
    (Damage::LinesOnce, "lines-once"),
    (Damage::BrokenSums, "broken-sums"),
    (Damage::ColumnsExchanged, "columns-exchanged"),
    (Damage::RowsLeftOut, "rows-left-out"),
    (Damage::LastYear, "last-year"),
    (Damage::Contents, "contents"),
    (Damage::Appendix, "appendix"),
    (Damage::OtherWords, "other-words"),
];

impl Damage {
    /// Its name in the table.
    pub(crate) fn name(self) -> &'static str {
        DAMAGES
            .iter()
            .find(|(damage, _)| *damage == self)
            .map_or("", |(_, name)| name)
    }

    /// The damage of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        DAMAGES
            .iter()
            .find(|(_, other)| *other == name)
            .map(|(damage, _)| *damage)
    }

    /// Whether it can happen to a text of this layout.
    pub(crate) fn fits(self, layout: Layout) -> bool {
        match self {
            // Where digits are glued, a reading without the empty cell can satisfy every
            // equation: no reader can know better.
            Self::BlankCells | Self::PartialRows => {
                !matches!(layout, Layout::Glued | Layout::GluedSpaces)
            }
            Self::LinesOnce => matches!(
                layout,
                Layout::Cells | Layout::CellsBlank | Layout::PdfCells | Layout::PdfRaw
            ),
            _ => true,
        }
    }

    /// Whether every value can still be read.
    pub(crate) fn leaves_values(self) -> bool {
        !matches!(self, Self::PartialRows | Self::LinesOnce)
    }

    /// Whether it adds, moves or takes away rows, columns or whole tables.
    pub(crate) fn is_structural(self) -> bool {
        matches!(
            self,
            Self::NoTitles
                | Self::HeaderTwice
                | Self::Subtotal
                | Self::LocalRows
                | Self::GroupValues
                | Self::BrokenSums
                | Self::ColumnsExchanged
                | Self::RowsLeftOut
                | Self::LastYear
                | Self::Contents
                | Self::Appendix
                | Self::OtherWords
        )
    }

    /// The only form it happens to.
    pub(crate) fn form(self) -> Option<&'static Form> {
        (self == Self::MinusWords).then_some(&ANNUAL_2019)
    }

    /// The script it needs, if not the given one.
    pub(crate) fn script(self, script: Script) -> Script {
        match (self, script) {
            (Self::Pinyin | Self::OverConverted, Script::Simplified) => Script::Traditional,
            _ => script,
        }
    }

    /// Damages the page before it is written in its script.
    pub(crate) fn apply(
        self,
        page: &mut Page,
        truth: &mut Truth,
        layout: Layout,
        random: &mut Random,
    ) {
        match self {
            Self::TornLabels => label_damage::tear(page, random),
            Self::LabelTypos => label_damage::mistype(page, random),
            Self::MissingCharacters => label_damage::drop_characters(page, random),
            Self::CommaNumbers => label_damage::comma_numbers(page),
            Self::LabelSpaces => label_damage::space_out(page, random),
            Self::NoTitles => table_damage::drop_titles(page),
            Self::HeaderTwice => table_damage::repeat_headers(page, random),
            Self::Subtotal => table_damage::add_subtotal(page, truth, random),
            Self::LocalRows => table_damage::add_local_rows(page, truth, random),
            Self::GroupValues => table_damage::fill_groups(page, truth),
            Self::Notes => value_damage::annotate(page, layout, random),
            Self::Thousands => value_damage::group_digits(page, random),
            Self::SpacedValues => value_damage::space_out(page, random),
            Self::MinusWords => value_damage::minus_words(page),
            Self::BlankCells => value_damage::blank(page, truth, layout, random),
            Self::MarkedCells => value_damage::mark(page, truth, layout, random),
            Self::PartialRows => value_damage::drop_cells(page, truth, random),
            Self::BrokenSums => page_damage::break_sums(page, truth, random),
            Self::ColumnsExchanged => page_damage::exchange_columns(page, truth, random),
            Self::RowsLeftOut => page_damage::leave_out_rows(page, truth, random),
            Self::LastYear => page_damage::add_last_year(page, truth, random),
            Self::Contents => page_damage::add_contents(page, random),
            Self::Appendix => page_damage::add_appendix(page, random),
            Self::OtherWords => page_damage::reword(page, random),
            Self::LinesOnce => truth.values_mut().for_each(|cell| cell.readable = false),
            Self::None | Self::Brackets | Self::Pinyin | Self::OverConverted | Self::FullWidth => {}
        }
    }

    /// Damages the page as it is written in its script.
    pub(crate) fn apply_to_script(self, page: &mut Page, random: &mut Random) {
        match self {
            Self::Brackets => label_damage::insert_brackets(page, random),
            Self::Pinyin => label_damage::gloss(page),
            Self::OverConverted => label_damage::over_convert(page),
            Self::FullWidth => value_damage::widen(page),
            _ => {}
        }
    }
}
