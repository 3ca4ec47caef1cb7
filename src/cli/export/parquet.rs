//! Apache Parquet.
//!
//! Text is UTF-8, a number of the table an exact `DECIMAL(38, 6)`, everything may be null. Rows
//! wait until there are enough for a row group, which bounds memory and not only the file.

use std::fs::File;
use std::mem;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use gongkai::flat::{Field, Kind, Value};
use parquet::basic::{Compression, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnCloseResult;
use parquet::data_type::{
    ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use parquet::record::RowAccessor;
use parquet::schema::types::{Type, TypePtr};
use rust_decimal::Decimal;

use super::writer::Table;
use crate::cli::failure::Failure;
use crate::cli::output::Output;
use crate::cli::resume::{Known, Seen, refused};
use crate::cli::style;

/// Values of a row group. Rows of 18 fields come to 29,000.
const GROUP: usize = 1 << 19;

/// Digits of a decimal, and how many of them stand behind the point.
const PRECISION: i32 = 38;
const SCALE: u32 = 6;

/// A file that is being written.
pub(super) struct Parquet {
    /// As the user named it.
    path: Option<PathBuf>,
    writer: SerializedFileWriter<Output>,
    schema: TypePtr,
    columns: Vec<Column>,
    /// Rows that wait.
    rows: usize,
    /// Numbers that have more digits behind the point than are kept.
    inexact: usize,
}

/// The values of a column that wait.
struct Column {
    /// 1 where there is a value, 0 where there is none.
    levels: Vec<i16>,
    values: Values,
}

enum Values {
    /// All texts in one piece, and the end of each.
    Text(Vec<u8>, Vec<usize>),
    Integer(Vec<i64>),
    Decimal(Vec<i128>),
}

impl Parquet {
    /// A new file.
    ///
    /// # Errors
    ///
    /// Output that cannot be written.
    pub(super) fn create(table: Table, path: Option<&Path>) -> Result<Self, Failure> {
        let output = Output::open(path)?;
        if output.is_terminal() {
            let message = "Parquet is not for terminals: name a file with `-o FILE.parquet`";
            return Err(Failure::Usage(message.to_owned()));
        }
        let failure = |error| failed(path, error);
        let schema = schema(&table).map_err(failure)?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::SNAPPY)
            .set_statistics_enabled(EnabledStatistics::Chunk)
            // Copied row groups would lose theirs.
            .set_offset_index_disabled(true)
            .set_created_by(concat!("gongkai ", env!("CARGO_PKG_VERSION")).to_owned())
            .build();
        let writer = SerializedFileWriter::new(output, Arc::clone(&schema), Arc::new(properties));
        Ok(Self {
            path: path.map(Path::to_path_buf),
            writer: writer.map_err(failure)?,
            schema,
            columns: table.fields.iter().map(Column::new).collect(),
            rows: 0,
            inexact: 0,
        })
    }

    /// Copies the row groups of a file written before, and says what they were made of.
    ///
    /// # Errors
    ///
    /// A file that is no Parquet or has other columns; output that cannot be written.
    pub(super) fn resume(&mut self, path: &Path) -> Result<Seen, Failure> {
        let wrong = |error: ParquetError| refused(path, error);
        let file = File::open(path).map_err(|error| wrong(error.into()))?;
        let handle = file.try_clone().map_err(|error| wrong(error.into()))?;
        let reader = SerializedFileReader::new(handle).map_err(wrong)?;
        let metadata = reader.metadata();
        if metadata.file_metadata().schema() != self.schema.as_ref() {
            return Err(refused(path, "it has other columns"));
        }
        let needed = self.schema.get_fields().iter();
        let needed = needed.filter(|field| matches!(field.name(), "sha256" | "end"));
        let needed = Type::group_type_builder(self.schema.name())
            .with_fields(needed.cloned().collect())
            .build();
        let mut seen = Seen::default();
        let rows = reader
            .get_row_iter(Some(needed.map_err(wrong)?))
            .map_err(wrong)?;
        for row in rows {
            let row = row.map_err(wrong)?;
            let hash = row.get_string(0).map_err(wrong)?;
            // Null, or not there in a table of reports.
            let end = if row.len() > 1 {
                row.get_long(1).ok()
            } else {
                None
            };
            seen.add(hash, Known { why: None, end })
                .ok_or_else(|| refused(path, "a row has no SHA-256"))?;
        }
        for group in metadata.row_groups() {
            let copied = self.writer.next_row_group().and_then(|mut out| {
                for column in group.columns() {
                    let close = ColumnCloseResult {
                        bytes_written: column.compressed_size().unsigned_abs(),
                        rows_written: group.num_rows().unsigned_abs(),
                        metadata: column.clone(),
                        bloom_filter: None,
                        column_index: None,
                        offset_index: None,
                    };
                    out.append_column(&file, close)?;
                }
                out.close()
            });
            copied.map_err(|error| failed(Some(path), error))?;
        }
        Ok(seen)
    }

    /// Adds a row.
    ///
    /// # Errors
    ///
    /// A full disk.
    pub(super) fn row(&mut self, values: &[Value<'_>]) -> Result<(), Failure> {
        for (column, value) in self.columns.iter_mut().zip(values) {
            if !column.push(value) {
                self.inexact += 1;
            }
        }
        self.rows += 1;
        if self.rows * self.columns.len() < GROUP {
            return Ok(());
        }
        self.flush()
    }

    /// Completes the file and gives it its name.
    ///
    /// # Errors
    ///
    /// A full disk.
    pub(super) fn finish(mut self) -> Result<(), Failure> {
        self.flush()?;
        let output = self.writer.into_inner();
        output
            .map_err(|error| failed(self.path.as_deref(), error))?
            .finish()?;
        if self.inexact > 0 {
            style::line(&format!(
                "gongkai: {} values have more than {SCALE} digits behind the point, for which \
                 Parquet has no room here: they are null, and `raw` has them",
                self.inexact
            ));
        }
        Ok(())
    }

    /// Writes the rows that wait as a row group.
    fn flush(&mut self) -> Result<(), Failure> {
        if mem::take(&mut self.rows) == 0 {
            return Ok(());
        }
        let columns = &mut self.columns;
        let written = self.writer.next_row_group().and_then(|mut group| {
            for column in columns {
                let Some(mut out) = group.next_column()? else {
                    break;
                };
                column.write(&mut out)?;
                out.close()?;
            }
            group.close()
        });
        written
            .map(drop)
            .map_err(|error| failed(self.path.as_deref(), error))
    }
}

impl Column {
    fn new(field: &Field) -> Self {
        Self {
            levels: Vec::new(),
            values: match field.kind {
                Kind::Text => Values::Text(Vec::new(), Vec::new()),
                Kind::Integer => Values::Integer(Vec::new()),
                Kind::Decimal => Values::Decimal(Vec::new()),
            },
        }
    }

    /// Adds a value; false if it is one that cannot be kept exactly.
    fn push(&mut self, value: &Value<'_>) -> bool {
        let mut exact = true;
        let known = match (&mut self.values, value) {
            (Values::Text(bytes, ends), Value::Text(text)) => {
                bytes.extend(text.as_bytes());
                ends.push(bytes.len());
                true
            }
            (Values::Integer(values), Value::Integer(number)) => {
                values.push(*number);
                true
            }
            (Values::Decimal(values), Value::Decimal(number)) => {
                let scaled = scaled(number);
                exact = scaled.is_some();
                values.extend(scaled);
                exact
            }
            _ => false,
        };
        self.levels.push(known.into());
        exact
    }

    /// Writes the values and forgets them.
    fn write(
        &mut self,
        out: &mut parquet::file::writer::SerializedColumnWriter<'_>,
    ) -> Result<(), ParquetError> {
        let levels = Some(self.levels.as_slice());
        match &mut self.values {
            Values::Text(bytes, ends) => {
                let all = ByteArray::from(mem::take(bytes));
                let mut start = 0;
                let texts = ends.drain(..).map(|end| {
                    let text = all.slice(start, end - start);
                    start = end;
                    text
                });
                let texts: Vec<ByteArray> = texts.collect();
                out.typed::<ByteArrayType>()
                    .write_batch(&texts, levels, None)?;
            }
            Values::Integer(values) => {
                out.typed::<Int64Type>().write_batch(values, levels, None)?;
                values.clear();
            }
            Values::Decimal(values) => {
                let numbers = values.drain(..);
                let numbers: Vec<FixedLenByteArray> = numbers
                    .map(|number| FixedLenByteArray::from(number.to_be_bytes().to_vec()))
                    .collect();
                out.typed::<FixedLenByteArrayType>()
                    .write_batch(&numbers, levels, None)?;
            }
        }
        self.levels.clear();
        Ok(())
    }
}

fn schema(table: &Table) -> Result<TypePtr, ParquetError> {
    let fields = table.fields.iter().map(|field| {
        let field = match field.kind {
            Kind::Text => text(&field.name),
            Kind::Integer => Type::primitive_type_builder(&field.name, Physical::INT64)
                .with_repetition(Repetition::OPTIONAL)
                .build(),
            Kind::Decimal => {
                Type::primitive_type_builder(&field.name, Physical::FIXED_LEN_BYTE_ARRAY)
                    .with_repetition(Repetition::OPTIONAL)
                    .with_length(16)
                    .with_precision(PRECISION)
                    .with_scale(SCALE as i32)
                    .with_logical_type(Some(LogicalType::decimal(SCALE as i32, PRECISION)))
                    .build()
            }
        };
        field.map(Arc::new)
    });
    let fields = fields.collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder(table.name).with_fields(fields);
    schema.build().map(Arc::new)
}

fn text(name: &str) -> Result<Type, ParquetError> {
    Type::primitive_type_builder(name, Physical::BYTE_ARRAY)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(Some(LogicalType::String))
        .build()
}

/// The number in millionths, if it is a whole number of them.
fn scaled(number: &Decimal) -> Option<i128> {
    let number = number.normalize();
    let missing = SCALE.checked_sub(number.scale())?;
    number.mantissa().checked_mul(10_i128.pow(missing))
}

fn failed(path: Option<&Path>, error: ParquetError) -> Failure {
    // What the system said, without the library's words around it.
    let error = match error {
        ParquetError::External(error) => match error.downcast::<std::io::Error>() {
            Ok(error) => *error,
            Err(error) => std::io::Error::other(error),
        },
        error => std::io::Error::other(error),
    };
    Failure::output(path, error)
}

#[test]
fn decimals_are_kept_exactly_or_not_at_all() {
    let scaled = |number: &str| scaled(&number.parse().unwrap());
    assert_eq!(scaled("3481775656.00"), Some(3_481_775_656_000_000));
    assert_eq!(scaled("-0.000001"), Some(-1));
    assert_eq!(scaled("1.2300000000"), Some(1_230_000));
    assert_eq!(scaled("0.0000001"), None);
    assert_eq!(
        scaled(&Decimal::MAX.to_string()),
        Some(79_228_162_514_264_337_593_543_950_335_000_000)
    );
}
