//! What a grammar says: one official form, loaded and checked.
//!
//! In: the TOML of `grammars/`. Out: [`Form`] and [`Genre`], with every label, row, column and
//! relation resolved to indices. Wording lives in the grammar; nothing here knows a form.
//!
//! `reader` reads a grammar's keys and notes every fault; `build` makes the form, `genre` the genre;
//! `relation` parses relations and `expand` writes them out; `distinct` refuses what no wording
//! tells apart, `panel` checks what is comparable with other forms; `load` finds the files; `image` is how
//! the built-in ones are kept; `show` prints a form for people. The language is specified in `grammars/README.md`.

mod blank;
mod build;
mod check;
mod distinct;
mod expand;
mod fault;
mod genre;
mod image;
mod label;
mod load;
mod panel;
mod reader;
mod relation;
mod rule;
mod show;
mod sign;
#[cfg(test)]
mod tests;

pub use check::{
    CellRef, Check, CheckRule, Comparison, Instance, Operand, Scope, Severity, Side, Term,
};
pub use fault::{Fault, GrammarErrors};
pub use genre::{Genre, StatementRule};
pub use label::Label;
pub use load::Grammars;
pub use show::Blank;

/// How sure we are of what a grammar states.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// assert_eq!(form.status, gongkai::form::Status::Confirmed);
/// # Ok::<(), &str>(())
/// ```
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
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// assert_eq!(form.tables.first().map(|table| table.id.as_str()), Some("art20_1"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone)]
pub struct Form {
    /// `annual_2019`.
    pub id: String,
    /// Official name, as printed.
    pub name: String,
    /// The document that introduced it, such as `国办公开办函〔2019〕60号`.
    pub document: Option<String>,
    /// Fiscal years it was made for. A report may use it in others: they only tell apart forms that
    /// fit its text alike.
    pub years: Vec<i32>,
    /// How sure we are of the form as a whole.
    pub status: Status,
    /// What a reader of the grammar should know.
    pub note: Option<String>,
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

/// A section of the report: 一、总体情况.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// assert_eq!(form.sections[0].title.text, "总体情况");
/// # Ok::<(), &str>(())
/// ```
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
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// assert_eq!((form.tables[0].rows.len(), form.tables[0].columns.len()), (2, 3));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone)]
pub struct Table {
    /// `requests`.
    pub id: String,
    /// Index into [`Form::sections`]; none for a form that is only a table.
    pub section: Option<usize>,
    /// What other forms call the same table, where its cells can be compared with theirs.
    pub panel: Option<String>,
    /// Title row, such as 第二十条第（一）项.
    pub title: Option<Label>,
    /// The cell over the row labels, such as 信息内容.
    pub corner: Option<Label>,
    /// Headers over several columns.
    pub spanners: Vec<Spanner>,
    /// Columns from left to right.
    pub columns: Vec<Column>,
    /// Rows from top to bottom, groups among them.
    pub rows: Vec<Row>,
}

/// A header over several columns: 法人或其他组织.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// let spanners = form.tables.iter().flat_map(|table| &table.spanners);
/// assert!(spanners.into_iter().any(|spanner| spanner.label.text == "法人或其他组织"));
/// # Ok::<(), &str>(())
/// ```
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
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// assert_eq!(form.tables[0].columns[0].kind, gongkai::form::ColumnKind::Value);
/// # Ok::<(), &str>(())
/// ```
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
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// let column = &form.tables[0].columns[0];
/// assert_eq!((column.id.as_str(), column.unit.as_deref()), ("issued_this_year", Some("件")));
/// # Ok::<(), &str>(())
/// ```
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
    /// What the panel calls it, if not by its id.
    pub panel: Option<String>,
    /// Whether no other form has its like.
    pub apart: bool,
}

/// One row.
///
/// ```
/// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
/// assert_eq!((form.tables[0].rows[0].id.as_str(), form.tables[0].rows[0].parent), ("rules", None));
/// # Ok::<(), &str>(())
/// ```
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
    /// What is printed before its label on its line and belongs to no row: the line number of an
    /// empty half of a table with two sides.
    pub before: Option<String>,
    /// How sure we are of the row.
    pub status: Status,
    /// What the panel calls it, if not by its id. Rows of one name are added up.
    pub panel: Option<String>,
    /// Whether no other form has its like.
    pub apart: bool,
}

impl Table {
    /// Whether a column gives the unit of each row.
    pub(crate) fn has_units(&self) -> bool {
        let mut kinds = self.columns.iter().map(|column| column.kind);
        kinds.any(|kind| kind == ColumnKind::Unit)
    }
}

impl Column {
    /// Whether every print of its table has values in it.
    pub(crate) fn is_counted(&self) -> bool {
        self.kind == ColumnKind::Value && !self.optional
    }

    /// What it is called where forms are compared; none if it has no like in other forms.
    ///
    /// ```
    /// let form = gongkai::form::Grammars::embedded().form("annual_2019").ok_or("no form")?;
    /// let table = form.tables.iter().find(|table| table.id == "art20_5").ok_or("no table")?;
    /// let names: Vec<_> = table.columns.iter().map(|column| column.panel_id()).collect();
    /// assert_eq!(names, [None, None, Some("decisions_this_year")]);
    /// # Ok::<(), &str>(())
    /// ```
    pub fn panel_id(&self) -> Option<&str> {
        let id = self.panel.as_ref().unwrap_or(&self.id);
        (!self.apart).then_some(id)
    }

    /// Unit of its value in a row: its own, to which that of the row gives way.
    pub(crate) fn unit_of<'a>(&'a self, row: &'a Row) -> Option<&'a str> {
        self.unit.as_deref().or(row.unit.as_deref())
    }
}

impl Row {
    /// What it is called where forms are compared; none if it has no like in other forms.
    ///
    /// ```
    /// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
    /// let mut rows = form.tables.iter().flat_map(|table| &table.rows);
    /// let row = rows.find(|row| row.id == "other.fee_unpaid").ok_or("no row")?;
    /// assert_eq!(row.panel_id(), Some("results.other"));
    /// # Ok::<(), &str>(())
    /// ```
    pub fn panel_id(&self) -> Option<&str> {
        let id = self.panel.as_ref().unwrap_or(&self.id);
        (!self.apart).then_some(id)
    }
}

impl Form {
    /// The rows at the bottom of the hierarchy below `row`; the row itself if none is below it.
    ///
    /// ```
    /// let form = gongkai::form::Grammars::embedded().form("annual_2021").ok_or("no form")?;
    /// let table = form.tables.iter().position(|table| table.id == "requests").ok_or("no table")?;
    /// let rows = &form.tables[table].rows;
    /// let other = rows.iter().position(|row| row.id == "results.other").ok_or("no row")?;
    /// let leaves = form.leaves(table, other);
    /// assert_eq!(leaves.len(), 3);
    /// assert_eq!(rows[leaves[0]].id, "other.correction_overdue");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn leaves(&self, table: usize, row: usize) -> Vec<usize> {
        let Some(rows) = self.tables.get(table).map(|table| &table.rows) else {
            return Vec::new();
        };
        if row >= rows.len() {
            return vec![row];
        }
        let (mut below, mut above) = (vec![false; rows.len()], vec![false; rows.len()]);
        below[row] = true;
        // A row never comes before its parent, so one pass finds them all.
        for (at, of) in rows.iter().enumerate().skip(row + 1) {
            if let Some(parent) = of.parent.filter(|parent| below[*parent]) {
                below[at] = true;
                above[parent] = true;
            }
        }
        (row..rows.len())
            .filter(|at| below[*at] && !above[*at])
            .collect()
    }

    /// The address of a cell, `table/row/column`.
    ///
    /// ```
    /// use gongkai::form::{CellRef, Grammars};
    ///
    /// let form = Grammars::embedded().form("annual_2019").ok_or("no form")?;
    /// let cell = CellRef { table: 0, row: 0, column: 2 };
    /// assert_eq!(form.address(cell), "art20_1/rules/total_disclosed");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn address(&self, cell: CellRef) -> String {
        let table = self.tables.get(cell.table);
        let row = table.and_then(|table| table.rows.get(cell.row));
        let column = table.and_then(|table| table.columns.get(cell.column));
        let [table, row, column] = [
            table.map(|table| &table.id),
            row.map(|row| &row.id),
            column.map(|column| &column.id),
        ]
        .map(|id| id.map_or("?", String::as_str));
        format!("{table}/{row}/{column}")
    }
}
