//! A table of an SQLite database.
//!
//! SQLite has whole numbers and floats, and no decimals. A value is a whole number where it is
//! one, and else its exact digits as text, as SQLite's own `decimal` functions take them; it is
//! never a float. The database is made beside its final name and renamed.

use std::io;
use std::path::{Path, PathBuf};

use gongkai::flat::{Kind, Value};
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ToSql};
use rust_decimal::Decimal;

use super::writer::Table;
use crate::cli::failure::Failure;
use crate::cli::output::{Beside, is_device};
use crate::cli::resume::{Known, Seen, refused};

/// A database that is being written.
pub(super) struct Sqlite {
    /// As the user named it.
    path: PathBuf,
    connection: Connection,
    beside: Beside,
    insert: String,
}

impl Sqlite {
    /// A new database with one table.
    ///
    /// # Errors
    ///
    /// A folder that is not there or may not be written to.
    pub(super) fn create(table: Table, path: &Path) -> Result<Self, Failure> {
        let sqlite = Self::open(&table, path, |_| Ok(()))?;
        sqlite.begin().map_err(|error| sqlite.failure(error))?;
        let columns = table.fields.iter().map(|field| match field.kind {
            Kind::Text => format!("{} TEXT", quoted(&field.name)),
            Kind::Integer => format!("{} INTEGER", quoted(&field.name)),
            // Without a type nothing is made of what is stored.
            Kind::Decimal => quoted(&field.name),
        });
        let columns = columns.collect::<Vec<_>>().join(", ");
        let create = format!("CREATE TABLE {} ({columns})", quoted(table.name));
        sqlite.run(&create)?;
        Ok(sqlite)
    }

    /// A copy of the database at `path`, and what the rows of its table were made of.
    ///
    /// # Errors
    ///
    /// A file that is no database or has other columns; output that cannot be written.
    pub(super) fn resume(table: Table, path: &Path) -> Result<(Self, Seen), Failure> {
        let copy = |beside: &Path| std::fs::copy(path, beside).map(drop);
        let sqlite = Self::open(&table, path, copy)?;
        let wrong = |error: rusqlite::Error| refused(path, error);
        sqlite.begin().map_err(wrong)?;
        let seen = {
            let mut columns = sqlite
                .connection
                .prepare("SELECT name FROM pragma_table_info(?1) ORDER BY cid")
                .map_err(wrong)?;
            let names = columns.query_map([table.name], |row| row.get::<_, String>(0));
            let names: Vec<String> = names.and_then(Iterator::collect).map_err(wrong)?;
            if names.is_empty() {
                let message = format!(
                    "it has no table `{}`: go on with the options of the first run",
                    table.name
                );
                return Err(refused(path, message));
            }
            if !names
                .iter()
                .eq(table.fields.iter().map(|field| field.name.as_ref()))
            {
                let message = format!("its table `{}` has other columns", table.name);
                return Err(refused(path, message));
            }
            let spans = table.fields.iter().any(|field| field.name == "end");
            let end = if spans { "max(\"end\")" } else { "NULL" };
            let name = quoted(table.name);
            let query = format!("SELECT sha256, {end} FROM {name} GROUP BY sha256");
            let mut query = sqlite.connection.prepare(&query).map_err(wrong)?;
            let mut rows = query.query([]).map_err(wrong)?;
            let mut seen = Seen::default();
            while let Some(row) = rows.next().map_err(wrong)? {
                let hash: String = row.get(0).map_err(wrong)?;
                let end = row.get(1).map_err(wrong)?;
                seen.add(&hash, Known { why: None, end })
                    .ok_or_else(|| refused(path, "a row has no SHA-256"))?;
            }
            seen
        };
        Ok((sqlite, seen))
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// A full disk.
    pub(super) fn row(&mut self, values: &[Value<'_>]) -> Result<(), Failure> {
        let done = self
            .connection
            .prepare_cached(&self.insert)
            .and_then(|mut insert| {
                let values = values.iter().map(Stored);
                insert.execute(rusqlite::params_from_iter(values))
            });
        done.map(drop).map_err(|error| self.failure(error))
    }

    /// Completes the database and gives it its name.
    ///
    /// # Errors
    ///
    /// A full disk.
    pub(super) fn finish(self) -> Result<(), Failure> {
        self.run("COMMIT")?;
        let failure = |error| Failure::output(Some(&self.path), error);
        if let Err((_, error)) = self.connection.close() {
            return Err(failure(io::Error::other(error)));
        }
        self.beside.publish().map_err(failure)
    }

    /// `before` makes what is in the file before it is opened.
    fn open(
        table: &Table,
        path: &Path,
        before: impl FnOnce(&Path) -> io::Result<()>,
    ) -> Result<Self, Failure> {
        let failure = |error| Failure::output(Some(path), error);
        if is_device(path) {
            return Err(failure(io::Error::other("a database needs a file")));
        }
        let beside = Beside::new(path).map_err(failure)?;
        before(beside.path()).map_err(failure)?;
        let connection = Connection::open(beside.path());
        let connection = connection.map_err(|error| failure(io::Error::other(error)))?;
        let places = vec!["?"; table.fields.len()].join(", ");
        let insert = format!("INSERT INTO {} VALUES ({places})", quoted(table.name));
        Ok(Self {
            path: path.to_path_buf(),
            connection,
            beside,
            insert,
        })
    }

    /// Nobody sees the file before it is whole: there is nothing to recover, and no file beside.
    fn begin(&self) -> rusqlite::Result<()> {
        let statements = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN";
        self.connection.execute_batch(statements)
    }

    fn run(&self, statements: &str) -> Result<(), Failure> {
        let done = self.connection.execute_batch(statements);
        done.map_err(|error| self.failure(error))
    }

    fn failure(&self, error: rusqlite::Error) -> Failure {
        Failure::output(Some(&self.path), io::Error::other(error))
    }
}

/// A value as it is stored.
struct Stored<'v>(&'v Value<'v>);

impl ToSql for Stored<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Empty => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Integer(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Value::Decimal(number) => decimal(number),
        })
    }
}

fn decimal(number: &Decimal) -> ToSqlOutput<'static> {
    let whole = number.is_integer().then(|| i64::try_from(*number).ok());
    match whole.flatten() {
        Some(whole) => whole.into(),
        None => number.to_string().into(),
    }
}

/// A name in double quotes.
fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
