//! What a grammar says: one official form, loaded and checked.
//!
//! In: the TOML of `grammars/`. Out: [`Form`] and [`Genre`], with every label, row, column and
//! relation resolved to indices. Wording lives in the grammar; nothing here knows a form.

use rust_decimal::Decimal;

/// How sure we are of what a grammar states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// Read in a source.
    #[default]
    Confirmed,
    /// Follows from the meaning of the columns; no source states it.
    Derived,
    /// Not found in a source: relations on it are notes, never errors.
    Unconfirmed,
}

/// One official form (or local edition of one).
#[derive(Debug, Clone)]
pub struct Form {
    /// `annual_2019`.
    pub id: String,
    /// Official name, as printed.
    pub name: String,
    /// The document that introduced it, such as `国办公开办函〔2019〕60号`.
    pub document: Option<String>,
    /// Fiscal years it was made for (a report may use it in others).
    pub years: Vec<i32>,
    /// How sure we are of the form as a whole.
    pub status: Status,
    /// Id of the [`Genre`] whose wording it shares.
    pub genre: String,
    /// Sections in printed order.
    pub sections: Vec<Section>,
    /// Tables in printed order.
    pub tables: Vec<Table>,
    /// Relations and other checks, in grammar order.
    pub checks: Vec<Check>,
    /// Every relation written out once per row, column or table it applies to.
    pub instances: Vec<Instance>,
}

/// A wording, the variants of it that were seen in print, and how sure we are of it.
#[derive(Debug, Clone, Default)]
pub struct Label {
    /// Official wording, in the script of the grammar.
    pub text: String,
    /// Other wordings for the same thing.
    pub aliases: Vec<String>,
}

/// A section of the report: 一、总体情况.
#[derive(Debug, Clone)]
pub struct Section {
    /// `overview`.
    pub id: String,
    /// `一`.
    pub number: Option<String>,
    /// Title without its number.
    pub title: Label,
    /// Titles of the numbered parts under it, such as 主动公开.
    pub subsections: Vec<Label>,
}

/// One table of the form.
#[derive(Debug, Clone)]
pub struct Table {
    /// `requests`.
    pub id: String,
    /// Index into [`Form::sections`]; none for a form that is only a table.
    pub section: Option<usize>,
    /// Title row, such as 第二十条第（一）项.
    pub title: Option<Label>,
    /// The upper left cell, such as 信息内容.
    pub corner: Option<Label>,
    /// Headers over several columns.
    pub spanners: Vec<Spanner>,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows from top to bottom, groups among them.
    pub rows: Vec<Row>,
}

/// A header over several columns: 法人或其他组织.
#[derive(Debug, Clone)]
pub struct Spanner {
    /// `legal_entity`.
    pub id: String,
    /// Wording.
    pub label: Label,
    /// Index of the spanner above it.
    pub parent: Option<usize>,
}

/// What the cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ColumnKind {
    /// Counts or amounts: the cells of the table.
    #[default]
    Value,
    /// The row's unit of measure (单位): no cell of the output.
    Unit,
    /// The row's printed code (代码): no cell of the output.
    Code,
    /// A running number printed before the row label (序号): no cell of the output.
    Index,
}

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    /// `legal_entity.business`.
    pub id: String,
    /// Wording.
    pub label: Label,
    /// Index into [`Table::spanners`].
    pub spanner: Option<usize>,
    /// Unit of the values, such as `件`.
    pub unit: Option<String>,
    /// What its cells are.
    pub kind: ColumnKind,
    /// Whether values carry a sign (本年增/减).
    pub signed: bool,
    /// Whether values may have decimals.
    pub decimal: bool,
    /// Whether the column is there only in some prints (小计): it counts only where its
    /// header is found.
    pub optional: bool,
}

/// One row.
#[derive(Debug, Clone)]
pub struct Row {
    /// `denied.state_secret`.
    pub id: String,
    /// Printed number, such as `一`, `（一）`, `1.`; `其中：` counts as one.
    pub number: Option<String>,
    /// Wording without the number.
    pub label: Label,
    /// Index of the row above it in the hierarchy.
    pub parent: Option<usize>,
    /// A heading over rows; most prints leave its cells out.
    pub group: bool,
    /// Unit of the values where the row, not the column, has it.
    pub unit: Option<String>,
    /// Printed code (代码), where the form has such a column.
    pub code: Option<String>,
    /// How sure we are of the row.
    pub status: Status,
}

/// How bad it is when a check fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Suspicious.
    Warning,
    /// The published numbers contradict each other.
    Error,
}

/// One check of the grammar, before it is written out into [`Instance`]s.
#[derive(Debug, Clone)]
pub struct Check {
    /// `t3_identity`.
    pub id: String,
    /// One sentence for people.
    pub description: Option<String>,
    /// The relation as the grammar writes it.
    pub relation: String,
    /// How bad a failure is.
    pub severity: Severity,
    /// How sure we are that it must hold.
    pub status: Status,
    /// Whether the form itself prints the relation.
    pub official: bool,
    /// Where the rule was read.
    pub source: Option<String>,
}

/// How the two sides of a relation compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `<=`
    AtMost,
    /// `>=`
    AtLeast,
}

/// A relation for one column, one row, or once.
#[derive(Debug, Clone)]
pub struct Instance {
    /// Index into [`Form::checks`].
    pub check: usize,
    /// What it was written out for.
    pub scope: Scope,
    /// Terms of the left side.
    pub left: Vec<Term>,
    /// How the sides compare.
    pub comparison: Comparison,
    /// Terms of the right side.
    pub right: Vec<Term>,
}

/// What an [`Instance`] was written out for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// One column of one table.
    Column {
        /// Index into [`Form::tables`].
        table: usize,
        /// Index into [`Table::columns`].
        column: usize,
    },
    /// One row of one table.
    Row {
        /// Index into [`Form::tables`].
        table: usize,
        /// Index into [`Table::rows`].
        row: usize,
    },
    /// The report as a whole.
    Report,
}

/// A signed operand of one side of a relation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Whether it is subtracted.
    pub minus: bool,
    /// What is added or subtracted.
    pub operand: Operand,
    /// Whether it is the value of the year before.
    pub previous: bool,
}

/// What a [`Term`] stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// One cell.
    Cell(CellRef),
    /// The rows below a group, at the cell's column; the group's own cell where it is printed
    /// with a value and none of the rows below it is.
    Leaves(CellRef),
    /// A count that the prose states, by statement id.
    Statement(String),
    /// A number.
    Number(Decimal),
}

/// A cell by its place in the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellRef {
    /// Index into [`Form::tables`].
    pub table: usize,
    /// Index into [`Table::rows`].
    pub row: usize,
    /// Index into [`Table::columns`].
    pub column: usize,
}

/// Wording that all forms of one genre share: titles, page furniture, placeholders, prose counts.
#[derive(Debug, Clone, Default)]
pub struct Genre {
    /// `disclosure_report`.
    pub id: String,
    /// What a report of the genre calls itself, such as 政府信息公开工作年度报告: the words that
    /// end its title.
    pub titles: Vec<String>,
    /// Lines of the page around the report (基本介绍, 相关词条): prefixes, claimed as furniture.
    pub furniture: Vec<String>,
    /// Regular expressions over one folded line that is a page mark (第 3 页).
    pub page_marks: Vec<String>,
    /// Words that stand for no value (无, 不适用), in full.
    pub placeholders: Vec<String>,
    /// Words before a number that make it negative (减) or leave it positive (增).
    pub minus_words: Vec<String>,
    /// See [`Genre::minus_words`].
    pub plus_words: Vec<String>,
    /// Units that may follow a number in a cell, such as 元, 万元, 件.
    pub units: Vec<String>,
    /// Pairs of wordings of equal length, the second to be read for the first when matching
    /// (檔案 for 文件), written in the folded (Simplified) script.
    pub synonyms: Vec<(String, String)>,
    /// Introductory lines that may stand inside a section before its table.
    pub lead_ins: Vec<String>,
    /// Counts stated in prose.
    pub statements: Vec<StatementRule>,
}

/// How the prose states a count: 全年新收到政府信息公开申请259宗.
#[derive(Debug, Clone)]
pub struct StatementRule {
    /// `received_this_year`.
    pub id: String,
    /// Regular expressions over folded prose without white space; the group `n` is the count and
    /// the group `unit` its unit.
    pub patterns: Vec<String>,
}
