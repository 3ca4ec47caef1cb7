//! A table that is being written, in any format.

use std::io::Write;
use std::path::Path;

use gongkai::flat::{Field, Value};

use super::format::{Format, Plain};
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::resume::Seen;

/// What is written.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// What a database calls it.
    #[cfg_attr(
        not(any(feature = "parquet", feature = "sqlite")),
        expect(dead_code, reason = "text needs no name")
    )]
    pub(super) name: &'static str,
    pub(super) fields: Vec<Field>,
}

/// A writer; nothing appears under the final name before [`Writer::finish`].
pub(super) enum Writer {
    Plain {
        plain: Plain,
        fields: Vec<Field>,
        output: Output,
        row: Vec<u8>,
    },
    #[cfg(feature = "parquet")]
    Parquet(Box<super::parquet::Parquet>),
    #[cfg(feature = "sqlite")]
    Sqlite(super::sqlite::Sqlite),
}

impl Writer {
    /// A new table. `plain` is what `format` is as text, if it is.
    ///
    /// # Errors
    ///
    /// Output that cannot be written.
    pub(super) fn create(
        format: Format,
        plain: Option<Plain>,
        table: Table,
        path: Option<&Path>,
    ) -> Result<Self, Failure> {
        match (plain, format) {
            (Some(plain), _) => Self::plain(plain, table, path),
            #[cfg(feature = "sqlite")]
            (None, Format::Sqlite) => {
                let sqlite = super::sqlite::Sqlite::create(table, path.unwrap_or(Path::new("")))?;
                Ok(Self::Sqlite(sqlite))
            }
            #[cfg(feature = "parquet")]
            (None, _) => {
                let parquet = super::parquet::Parquet::create(table, path)?;
                Ok(Self::Parquet(Box::new(parquet)))
            }
            #[cfg(not(feature = "parquet"))]
            (None, _) => Err(super::format::without("parquet")),
        }
    }

    /// A table that goes on behind the rows of `path`, and what these were made of.
    ///
    /// # Errors
    ///
    /// A file that is no such table, and output that cannot be written.
    pub(super) fn resume(
        format: Format,
        plain: Option<Plain>,
        table: Table,
        path: &Path,
    ) -> Result<(Self, Seen), Failure> {
        #[cfg(feature = "sqlite")]
        if format == Format::Sqlite {
            let (sqlite, seen) = super::sqlite::Sqlite::resume(table, path)?;
            return Ok((Self::Sqlite(sqlite), seen));
        }
        let mut writer = Self::create(format, plain, table, Some(path))?;
        let seen = match &mut writer {
            Self::Plain {
                plain,
                fields,
                output,
                ..
            } => plain.resume(path, fields, output)?,
            #[cfg(feature = "parquet")]
            Self::Parquet(parquet) => parquet.resume(path)?,
            #[cfg(feature = "sqlite")]
            Self::Sqlite(_) => Seen::default(),
        };
        Ok((writer, seen))
    }

    fn plain(plain: Plain, table: Table, path: Option<&Path>) -> Result<Self, Failure> {
        let mut output = Output::open(path)?;
        let written = output.write_all(&plain.head(&table.fields));
        written.map_err(|error| output.failure(error))?;
        Ok(Self::Plain {
            plain,
            fields: table.fields,
            output,
            row: Vec::new(),
        })
    }

    /// Whether somebody reads the output as it is written.
    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::Plain { output, .. } if output.is_terminal())
    }

    /// Adds rows that are encoded already.
    ///
    /// # Errors
    ///
    /// Output that cannot be written.
    pub(super) fn bytes(&mut self, rows: &[u8]) -> Result<(), Failure> {
        match self {
            Self::Plain { output, .. } => output
                .write_all(rows)
                .map_err(|error| output.failure(error)),
            #[cfg(any(feature = "parquet", feature = "sqlite"))]
            _ => Ok(()),
        }
    }

    /// Leaves a file as it was, and standard output without what is buffered.
    pub(super) fn discard(self) {
        match self {
            Self::Plain { output, .. } => output.discard(),
            #[cfg(any(feature = "parquet", feature = "sqlite"))]
            _ => {}
        }
    }

    /// Completes the table and gives it its name.
    ///
    /// # Errors
    ///
    /// Output that cannot be written.
    pub(super) fn finish(self) -> Result<(), Failure> {
        match self {
            Self::Plain { output, .. } => output.finish(),
            #[cfg(feature = "parquet")]
            Self::Parquet(parquet) => parquet.finish(),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(sqlite) => sqlite.finish(),
        }
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// Output that cannot be written.
    pub(super) fn row(&mut self, values: &[Value<'_>]) -> Result<(), Failure> {
        match self {
            Self::Plain {
                plain,
                fields,
                output,
                row,
            } => {
                row.clear();
                plain.row(fields, values, row);
                output.write_all(row).map_err(|error| output.failure(error))
            }
            #[cfg(feature = "parquet")]
            Self::Parquet(parquet) => parquet.row(values),
            #[cfg(feature = "sqlite")]
            Self::Sqlite(sqlite) => sqlite.row(values),
        }
    }
}
