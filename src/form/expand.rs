//! A relation -> its [`Instance`]s: once for each column, each row, or the report.

use std::ops::Range;

use super::fault::{Fault, closest};
use super::reader::{Placed, Sink};
use super::relation::{Expected, Relation, Summand, Written, relation};
use super::{CellRef, ColumnKind, Form, Genre, Instance, Operand, Scope, Side, Table, Term};

/// Where a relation is written out: everywhere it can be, where the lists are empty.
pub(crate) struct Restriction {
    pub(crate) tables: Vec<usize>,
    pub(crate) rows: Vec<String>,
    pub(crate) columns: Vec<String>,
}

/// What the bare names of a relation are in one table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Axis {
    /// Rows: the relation holds in each column.
    Rows,
    /// Columns: the relation holds in each row.
    Columns,
}

/// The instances of `text`, for the check that was pushed last onto `form`.
pub(crate) fn expand(
    sink: &Sink<'_>,
    text: &Placed<String>,
    form: &Form,
    genre: Option<&Genre>,
    restriction: &Restriction,
) -> Vec<Instance> {
    let work = Expansion {
        sink,
        text,
        form,
        genre,
    };
    let parsed = match relation(&text.value) {
        Ok(parsed) => parsed,
        Err(Expected { what, at }) => {
            let first = at.chars().next().map_or(0, char::len_utf8);
            let start = text.value.len() - at.len();
            let message = format!("bad relation: expected {what}");
            work.fault(
                "bad-relation",
                start..start + first,
                message,
                super::sign::help(at),
            );
            return Vec::new();
        }
    };
    let scopes = work.scopes(&parsed, restriction);
    scopes
        .into_iter()
        .filter_map(|scope| work.instance(&parsed, scope))
        .collect()
}

struct Expansion<'e> {
    sink: &'e Sink<'e>,
    text: &'e Placed<String>,
    form: &'e Form,
    genre: Option<&'e Genre>,
}

impl Expansion<'_> {
    /// What the relation is written out for; a fault where that cannot be told.
    fn scopes(&self, relation: &Relation<'_>, restriction: &Restriction) -> Vec<Scope> {
        let names: Vec<(&str, Option<Axis>)> = summands(relation)
            .filter_map(|summand| match summand.operand {
                Written::Name(name) if !name.contains('/') => Some((name, None)),
                Written::Leaves(name) | Written::Sum(name) => Some((name, Some(Axis::Rows))),
                _ => None,
            })
            .collect();
        if names.is_empty() {
            return vec![Scope::Report];
        }
        let mut scopes = Vec::new();
        for (index, table) in self.form.tables.iter().enumerate() {
            if !restriction.tables.is_empty() && !restriction.tables.contains(&index) {
                continue;
            }
            let all = |axis| {
                names
                    .iter()
                    .all(|(name, only)| is(table, name, axis, *only))
            };
            match (all(Axis::Rows), all(Axis::Columns)) {
                (false, false) => {
                    if restriction.tables.contains(&index) {
                        self.unknown(&names, &[table]);
                    }
                }
                (true, true) => {
                    let (name, _) = names[0];
                    let message = format!("`{name}` is a row and a column of table `{}`", table.id);
                    let help = "write addresses: `table/row/column`";
                    self.fault(
                        "ambiguous-name",
                        self.range(name),
                        message,
                        Some(help.into()),
                    );
                }
                (true, false) => scopes.extend(columns(index, table, restriction)),
                (false, true) => scopes.extend(rows(index, table, restriction)),
            }
        }
        if scopes.is_empty() && restriction.tables.is_empty() {
            self.unknown(&names, &self.form.tables.iter().collect::<Vec<_>>());
        }
        scopes
    }

    /// Points at the first name that none of `tables` has.
    fn unknown(&self, names: &[(&str, Option<Axis>)], tables: &[&Table]) {
        let ids = || {
            tables.iter().flat_map(|table| {
                let rows = table.rows.iter().map(|row| row.id.as_str());
                rows.chain(table.columns.iter().map(|column| column.id.as_str()))
            })
        };
        let missing = names.iter().find(|(name, _)| ids().all(|id| id != *name));
        match missing {
            Some((name, _)) => {
                let near = closest(name, ids()).map(|near| format!("did you mean `{near}`?"));
                let message = format!("no row or column has the id `{name}`");
                self.fault("unknown-reference", self.range(name), message, near);
            }
            None => {
                let message = "expected rows of one table, or columns of one table";
                let whole = 0..self.text.value.len();
                let help = "write addresses: `table/row/column`";
                self.fault("mixed-names", whole, message.into(), Some(help.into()));
            }
        }
    }

    fn instance(&self, relation: &Relation<'_>, scope: Scope) -> Option<Instance> {
        let left = self.side(&relation.left, scope)?;
        let mut sides = Vec::new();
        for side in &relation.right {
            sides.push(self.side(side, scope)?);
        }
        let mut only_where: Vec<CellRef> = [&left]
            .into_iter()
            .chain(&sides)
            .flatten()
            .filter_map(|term| match term.operand {
                Operand::Cell(cell) if !term.previous => Some(cell),
                _ => None,
            })
            .filter(|cell| {
                let table = &self.form.tables[cell.table];
                table.rows[cell.row].group || table.columns[cell.column].optional
            })
            .collect();
        only_where.dedup();
        let mut sides = sides.into_iter();
        Some(Instance {
            check: self.form.checks.len().saturating_sub(1),
            scope,
            left,
            comparison: relation.comparison,
            right: sides.next()?,
            alternatives: sides.collect(),
            only_where,
            relation: self.text.value.clone(),
        })
    }

    fn side(&self, side: &[Summand<'_>], scope: Scope) -> Option<Side> {
        let mut terms = Vec::new();
        for summand in side {
            let mut push = |operand| {
                terms.push(Term {
                    minus: summand.minus,
                    operand,
                    previous: summand.previous,
                });
            };
            match &summand.operand {
                Written::Number(number) => push(Operand::Number(*number)),
                Written::Prose(id) => push(self.statement(id)?),
                Written::Name(name) if name.contains('/') => push(Operand::Cell(self.cell(name)?)),
                Written::Name(name) => push(Operand::Cell(self.named(name, scope)?)),
                Written::Leaves(name) => {
                    let cell = self.named(name, scope)?;
                    let bottom = self.form.leaves(cell.table, cell.row) == [cell.row];
                    push(if bottom {
                        Operand::Cell(cell)
                    } else {
                        Operand::Leaves(cell)
                    });
                }
                Written::Sum(name) => {
                    let cell = self.named(name, scope)?;
                    let rows = self.form.tables[cell.table].rows.iter().enumerate();
                    let below = rows.filter(|(_, row)| row.parent == Some(cell.row));
                    let below: Vec<usize> = below.map(|(row, _)| row).collect();
                    if below.is_empty() {
                        let message = format!("row `{name}` has no rows below it to add up");
                        self.fault("bad-relation", self.range(name), message, None);
                        return None;
                    }
                    for row in below {
                        push(Operand::Cell(CellRef { row, ..cell }));
                    }
                }
            }
        }
        Some(terms)
    }

    fn statement(&self, id: &str) -> Option<Operand> {
        // A form without a genre has its own fault already.
        let statements = &self.genre?.statements;
        if !statements.iter().any(|rule| rule.id == id) {
            let near = closest(id, statements.iter().map(|rule| rule.id.as_str()));
            let near = near.map(|near| format!("did you mean `{near}`?"));
            let message = format!("no statement of the genre has the id `{id}`");
            self.fault("unknown-reference", self.range(id), message, near);
            return None;
        }
        Some(Operand::Statement(id.to_owned()))
    }

    /// The cell of a bare name: the scope has the other half of its address.
    fn named(&self, name: &str, scope: Scope) -> Option<CellRef> {
        match scope {
            Scope::Column { table, column } => {
                let rows = &self.form.tables.get(table)?.rows;
                let row = rows.iter().position(|row| row.id == name)?;
                Some(CellRef { table, row, column })
            }
            Scope::Row { table, row } => {
                let columns = &self.form.tables.get(table)?.columns;
                let column = columns.iter().position(|column| column.id == name)?;
                Some(CellRef { table, row, column })
            }
            Scope::Report => None,
        }
    }

    /// The cell of `table/row/column`; a fault at the part that is unknown.
    fn cell(&self, address: &str) -> Option<CellRef> {
        let mut parts = address.splitn(3, '/');
        let [table_id, row_id, column_id] = [parts.next()?, parts.next()?, parts.next()?];
        let tables = &self.form.tables;
        let ids: Vec<&str> = tables.iter().map(|table| table.id.as_str()).collect();
        let table = self.find(table_id, "table", &ids)?;
        let ids: Vec<&str> = tables[table]
            .rows
            .iter()
            .map(|row| row.id.as_str())
            .collect();
        let row = self.find(row_id, "row", &ids)?;
        let columns = tables[table].columns.iter();
        let columns = columns.map(|column| match column.kind {
            ColumnKind::Value => column.id.as_str(),
            _ => "",
        });
        let column = self.find(
            column_id,
            "column with values",
            &columns.collect::<Vec<_>>(),
        )?;
        Some(CellRef { table, row, column })
    }

    fn find(&self, id: &str, what: &str, ids: &[&str]) -> Option<usize> {
        let found = ids.iter().position(|known| *known == id);
        if found.is_none() {
            let near = closest(id, ids.iter().copied());
            let near = near.map(|near| format!("did you mean `{near}`?"));
            let message = format!("no {what} has the id `{id}`");
            self.fault("unknown-reference", self.range(id), message, near);
        }
        found
    }

    /// Where a slice of the relation stands in it.
    fn range(&self, slice: &str) -> Range<usize> {
        let text = &self.text.value;
        let start = (slice.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
        let range = start..start.saturating_add(slice.len());
        if text.get(range.clone()) == Some(slice) {
            range
        } else {
            0..text.len()
        }
    }

    fn fault(&self, code: &'static str, part: Range<usize>, message: String, help: Option<String>) {
        let place = self.sink.part(self.text, part);
        let fault = Fault::new(code, place, message, "");
        let fault = match help {
            Some(help) => fault.help(help),
            None => fault,
        };
        // The same name is met again in each column.
        self.sink.fault_once(fault);
    }
}

fn summands<'r, 'a>(relation: &'r Relation<'a>) -> impl Iterator<Item = &'r Summand<'a>> {
    relation.left.iter().chain(relation.right.iter().flatten())
}

fn is(table: &Table, name: &str, axis: Axis, only: Option<Axis>) -> bool {
    if only.is_some_and(|only| only != axis) {
        return false;
    }
    match axis {
        Axis::Rows => table.rows.iter().any(|row| row.id == name),
        Axis::Columns => {
            let mut values = table.columns.iter().filter(|c| c.kind == ColumnKind::Value);
            values.any(|column| column.id == name)
        }
    }
}

fn columns(table: usize, of: &Table, only: &Restriction) -> Vec<Scope> {
    let columns = of.columns.iter().enumerate();
    let columns = columns.filter(|(_, column)| column.kind == ColumnKind::Value);
    let columns =
        columns.filter(|(_, column)| only.columns.is_empty() || only.columns.contains(&column.id));
    columns
        .map(|(column, _)| Scope::Column { table, column })
        .collect()
}

/// Headings over rows carry no values of their own in most prints.
fn rows(table: usize, of: &Table, only: &Restriction) -> Vec<Scope> {
    let rows = of.rows.iter().enumerate().filter(|(_, row)| !row.group);
    let rows = rows.filter(|(_, row)| only.rows.is_empty() || only.rows.contains(&row.id));
    rows.map(|(row, _)| Scope::Row { table, row }).collect()
}
