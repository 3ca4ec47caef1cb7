//! One row a report: a column for each cell of the forms, or for what is comparable across them.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::extraction::{Cell, Extraction, State};
use crate::form::{Form, Grammars, Table};

/// Which cells go to which column of a table with one row a report.
///
/// The columns depend on the grammars alone, never on the reports: those of each form in the order
/// it prints them, the forms in the order of the grammars, an address that several forms have
/// where the first has it.
///
/// ```
/// use gongkai::{flat::Wide, form::Grammars};
///
/// let wide = Wide::new(Grammars::embedded());
/// assert!(wide.columns().len() > Wide::panel(Grammars::embedded()).columns().len());
/// ```
#[derive(Debug, Clone)]
pub struct Wide {
    columns: Vec<WideColumn>,
    /// Of each form, by the address of its cells.
    forms: BTreeMap<String, BTreeMap<String, Place>>,
    /// How many cells of each form make a column's value.
    parts: BTreeMap<String, BTreeMap<usize, usize>>,
}

/// A column of a [`Wide`] table.
///
/// ```
/// use gongkai::{flat::Wide, form::Grammars};
///
/// let wide = Wide::new(Grammars::embedded());
/// let fees = wide.columns().iter().find(|column| column.address.ends_with("/fees_collected"));
/// assert_eq!(fees.and_then(|column| column.unit.as_deref()), Some("万元"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WideColumn {
    /// `requests/carried_in/total`.
    pub address: String,
    /// Unit of all its values, if the forms name one.
    pub unit: Option<String>,
}

/// Where the value of a cell goes.
#[derive(Debug, Clone)]
struct Place {
    column: usize,
    /// The unit that a value must have to stand beside others.
    unit: Option<String>,
    /// Whether units differ in size (元, 万元), not only in the word that counts (件, 宗).
    strict: bool,
}

impl Wide {
    /// A column for each cell of any form.
    ///
    /// Headings over rows and columns that only some prints have are left out: what is printed in
    /// them is in the flat table.
    ///
    /// ```
    /// use gongkai::{flat::Wide, form::Grammars};
    ///
    /// let wide = Wide::new(Grammars::embedded());
    /// let columns = wide.columns().iter().filter(|column| column.address.starts_with("requests/"));
    /// // 25 rows of the form of 2021 and, of that of 2019, 其他处理; 7 columns.
    /// assert_eq!(columns.count(), 26 * 7);
    /// ```
    pub fn new(grammars: &Grammars) -> Self {
        Self::of(grammars, |form| form.cells())
    }

    /// A column for each cell that the panels of the forms make comparable.
    ///
    /// ```
    /// use gongkai::{flat::Wide, form::Grammars};
    ///
    /// let panel = Wide::panel(Grammars::embedded());
    /// // 23 rows of requests, 15 cells of reviews and suits, 3 of decisions.
    /// assert_eq!(panel.columns().len(), 23 * 7 + 15 + 3);
    /// ```
    pub fn panel(grammars: &Grammars) -> Self {
        Self::of(grammars, |form| form.panel())
    }

    /// Its columns, without those that say which report it is.
    ///
    /// ```
    /// use gongkai::{flat::Wide, form::Grammars};
    ///
    /// let panel = Wide::panel(Grammars::embedded());
    /// assert!(panel.columns().iter().any(|column| column.address == "requests/carried_in/total"));
    /// ```
    pub fn columns(&self) -> &[WideColumn] {
        &self.columns
    }

    /// The values of a report, one for each of [`Wide::columns`].
    ///
    /// There is a value where every cell that makes it is certain and a number, and in the unit
    /// of the form where units differ in size. What is blank, absent, ambiguous or a placeholder
    /// has none.
    ///
    /// ```
    /// use gongkai::{flat::Wide, form::Grammars};
    ///
    /// let report = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n\
    ///               规章\n2\n1\n5\n行政规范性文件\n6\n/\n56\n";
    /// let extraction = gongkai::extract(report.as_bytes(), &gongkai::Options::default())?;
    /// let wide = Wide::new(Grammars::embedded());
    /// let value = |address: &str| {
    ///     let column = wide.columns().iter().position(|column| column.address == address);
    ///     column.and_then(|column| wide.values(&extraction)[column])
    /// };
    /// assert_eq!(value("art20_1/normative_documents/in_force"), Some(56.into()));
    /// assert_eq!(value("art20_1/normative_documents/repealed_this_year"), None);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn values(&self, extraction: &Extraction) -> Vec<Option<Decimal>> {
        let mut values = vec![None; self.columns.len()];
        // Values of each form and column; a cell that is not certain leaves one too few.
        let mut found: BTreeMap<(&str, usize), BTreeMap<String, Option<Decimal>>> = BTreeMap::new();
        for row in super::rows(extraction) {
            let Some((form, places)) = row.form.and_then(|form| self.forms.get_key_value(form))
            else {
                continue;
            };
            let address = row.address();
            let Some(place) = places.get(&address) else {
                continue;
            };
            let value = certain(row.cell, place);
            let cells = found.entry((form, place.column)).or_default();
            // A table that is there twice: what differs is not certain.
            let same = cells.get(&address).is_none_or(|other| *other == value);
            cells.insert(address, value.filter(|_| same));
        }
        let mut open = vec![false; values.len()];
        for ((form, column), cells) in found {
            let parts = self.parts.get(form).and_then(|parts| parts.get(&column));
            let whole = parts == Some(&cells.len());
            let sum = cells
                .into_values()
                .sum::<Option<Decimal>>()
                .filter(|_| whole);
            // Tables of two forms in one report, with the same cell.
            let differs = values[column].is_some() && values[column] != sum;
            open[column] |= differs;
            values[column] = if open[column] { None } else { sum };
        }
        values
    }

    fn of(grammars: &Grammars, cells: impl Fn(&Form) -> Vec<(String, Target)>) -> Self {
        let mut wide = Self {
            columns: Vec::new(),
            forms: BTreeMap::new(),
            parts: BTreeMap::new(),
        };
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        for form in &grammars.forms {
            let mut places = BTreeMap::new();
            let mut parts: BTreeMap<usize, usize> = BTreeMap::new();
            for (address, target) in cells(form) {
                let column = *known.entry(target.address.clone()).or_insert_with(|| {
                    wide.columns.push(WideColumn {
                        address: target.address,
                        unit: target.unit.clone(),
                    });
                    wide.columns.len() - 1
                });
                *parts.entry(column).or_default() += 1;
                let place = Place {
                    column,
                    unit: wide.columns[column].unit.clone(),
                    strict: target.strict,
                };
                places.insert(address, place);
            }
            wide.forms.insert(form.id.clone(), places);
            wide.parts.insert(form.id.clone(), parts);
        }
        wide
    }
}

/// The value of a cell, if it may stand in its column.
fn certain(cell: &Cell, place: &Place) -> Option<Decimal> {
    let comparable = !place.strict || cell.unit == place.unit;
    (cell.state == State::Number && comparable)
        .then_some(cell.value)
        .flatten()
}

/// The column that a cell of a form goes to.
struct Target {
    address: String,
    unit: Option<String>,
    strict: bool,
}

impl Form {
    /// Its cells, each under its own address.
    fn cells(&self) -> Vec<(String, Target)> {
        self.targets(|_, address| Some(address.to_owned()))
    }

    /// Its cells that are comparable with those of other forms, under the addresses of the panel.
    fn panel(&self) -> Vec<(String, Target)> {
        self.targets(|(table, row, column), _| {
            let at = self.tables.get(table)?;
            let table = at.panel.as_ref()?;
            let row = at.rows.get(row)?;
            let column = at.columns.get(column)?;
            let (row, column) = (row.panel_id()?, column.panel_id()?);
            Some(format!("{table}/{row}/{column}"))
        })
    }

    fn targets(
        &self,
        target: impl Fn((usize, usize, usize), &str) -> Option<String>,
    ) -> Vec<(String, Target)> {
        let mut cells = Vec::new();
        for (t, table) in self.tables.iter().enumerate() {
            for (r, row) in table.rows.iter().enumerate().filter(|(_, row)| !row.group) {
                for (c, column) in counted(table) {
                    let address = format!("{}/{}/{}", table.id, row.id, column.id);
                    let Some(target) = target((t, r, c), &address) else {
                        continue;
                    };
                    let target = Target {
                        address: target,
                        unit: column.unit_of(row).map(str::to_owned),
                        strict: column.decimal,
                    };
                    cells.push((address, target));
                }
            }
        }
        cells
    }
}

/// The columns whose cells are cells of the form.
fn counted(table: &Table) -> impl Iterator<Item = (usize, &crate::form::Column)> {
    let columns = table.columns.iter().enumerate();
    columns.filter(|(_, column)| column.is_counted())
}
