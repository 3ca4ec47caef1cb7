//! Rows as text: CSV, TSV and JSON Lines.
//!
//! A spreadsheet takes a text that begins with `=`, `+`, `-` or `@` for a formula, even between
//! quotes. A text field of CSV or TSV that would be one gets an apostrophe before it, which
//! spreadsheets read as "this is text". Numbers in print (`-46`, `+205`) and runs of dashes are no
//! formulas and stay; so do the fields that hold numbers. To have the text back, take one
//! apostrophe from a field that begins with apostrophes and one of those characters. JSON Lines,
//! Parquet and SQLite have every text as it is.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use gongkai::flat::{Field, Value};
use gongkai::script::fold;

use super::format::Plain;
use crate::cli::failure::{Failure, reason};
use crate::cli::resume::{self, Known, Seen, refused};

const BOM: &[u8] = b"\xEF\xBB\xBF";

impl Plain {
    /// What stands before the rows.
    pub(super) fn head(self, fields: &[Field]) -> Vec<u8> {
        let mut out = Vec::new();
        if let Self::Delimited { delimiter, bom } = self {
            out.extend(BOM.iter().filter(|_| bom));
            let names = fields
                .iter()
                .map(|field| Cow::Borrowed(field.name.as_ref()));
            delimited(delimiter, names, &mut out);
        }
        out
    }

    /// Adds a row to `out`.
    pub(super) fn row(self, fields: &[Field], values: &[Value<'_>], out: &mut Vec<u8>) {
        match self {
            Self::Delimited { delimiter, .. } => {
                delimited(delimiter, values.iter().map(written), out);
            }
            Self::Json => object(fields, values, out),
        }
    }

    /// Copies the rows of a file written before to `out`, which has its head already.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or has other columns, and output that cannot be written.
    pub(super) fn resume(
        self,
        path: &Path,
        fields: &[Field],
        out: &mut dyn Write,
    ) -> Result<Seen, Failure> {
        match self {
            Self::Delimited { delimiter, .. } => rows(path, delimiter, fields, out),
            Self::Json => resume::lines(path, out, |line| {
                let row: serde_json::Map<String, serde_json::Value> =
                    serde_json::from_slice(line).map_err(|_| "is no row of `gongkai export`")?;
                let same = fields
                    .iter()
                    .all(|field| row.contains_key(field.name.as_ref()));
                if !same || row.len() != fields.len() {
                    return Err("has other columns".to_owned());
                }
                let hash = row.get("sha256").and_then(serde_json::Value::as_str);
                let known = Known {
                    why: None,
                    end: row.get("end").and_then(serde_json::Value::as_i64),
                };
                Ok(Some((hash.unwrap_or_default().to_owned(), known)))
            }),
        }
    }
}

/// Copies what stands behind the header as it is.
fn rows(
    path: &Path,
    delimiter: u8,
    fields: &[Field],
    out: &mut dyn Write,
) -> Result<Seen, Failure> {
    let unreadable = |error: std::io::Error| refused(path, reason(&error));
    let broken = |error: csv::Error| refused(path, error);
    let mut file = File::open(path).map_err(unreadable)?;
    let mut seen = Seen::default();
    let mut reader = csv::ReaderBuilder::new();
    // The reader passes over a byte order mark, and counts it.
    let mut reader = reader
        .delimiter(delimiter)
        .from_reader(BufReader::new(&file));
    let names = reader.byte_headers().map_err(broken)?;
    if !names
        .iter()
        .eq(fields.iter().map(|field| field.name.as_bytes()))
    {
        return Err(refused(path, "it has other columns"));
    }
    let place = |name: &str| fields.iter().position(|field| field.name == name);
    let (hash, end) = (place("sha256"), place("end"));
    let start = reader.position().byte();
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(broken)? {
        let text = |place: Option<usize>| std::str::from_utf8(record.get(place?)?).ok();
        let said = Known {
            why: None,
            end: text(end).and_then(|end| end.parse().ok()),
        };
        let line = record.position().map_or(0, csv::Position::line);
        let known = text(hash).and_then(|hash| seen.add(hash, said));
        known.ok_or_else(|| refused(path, format!("line {line} has no SHA-256")))?;
    }
    file.seek(SeekFrom::Start(start)).map_err(unreadable)?;
    let (mut begun, mut last) = (true, b'\n');
    let mut rest = BufReader::new(file);
    let mut block = vec![0; 1 << 16];
    loop {
        let count = rest.read(&mut block).map_err(unreadable)?;
        let Some(block) = block.get(..count).filter(|block| !block.is_empty()) else {
            break;
        };
        // The header may have ended in `\r\n`, of which the reader took the first.
        let block = match block {
            [b'\n', rest @ ..] if begun => rest,
            block => block,
        };
        begun = false;
        last = block.last().copied().unwrap_or(last);
        let written = out.write_all(block);
        written.map_err(|error| Failure::output(Some(path), error))?;
    }
    if last != b'\n' {
        let written = out.write_all(b"\n");
        written.map_err(|error| Failure::output(Some(path), error))?;
    }
    Ok(seen)
}

fn delimited<'a>(delimiter: u8, fields: impl Iterator<Item = Cow<'a, str>>, out: &mut Vec<u8>) {
    let mut writer = csv::WriterBuilder::new();
    let mut writer = writer.delimiter(delimiter).from_writer(out);
    // A vector takes everything.
    for field in fields {
        let _ = writer.write_field(field.as_bytes());
    }
    let _ = writer.write_record(None::<&[u8]>);
    let _ = writer.flush();
}

fn written<'a>(value: &'a Value<'_>) -> Cow<'a, str> {
    match value {
        Value::Empty => Cow::Borrowed(""),
        Value::Text(text) if is_formula(text) => Cow::Owned(format!("'{text}")),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Integer(number) => Cow::Owned(number.to_string()),
        Value::Decimal(number) => Cow::Owned(number.to_string()),
    }
}

/// Whether a spreadsheet would take `text` for more than text, or would not know it from one that
/// was guarded. Some take the full-width characters for the same.
fn is_formula(text: &str) -> bool {
    let guarded = text.trim_start_matches('\'');
    let first = guarded.chars().next().map(fold);
    match first {
        Some('=' | '@' | '\t' | '\r' | '\n') => true,
        Some('+' | '-') => {
            let rest = guarded.chars().map(fold).skip(1);
            let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
            let plain = rest.clone().all(number) || rest.clone().all(|c| c == '-');
            // An apostrophe before a number is part of the text.
            !plain || guarded.len() < text.len()
        }
        _ => false,
    }
}

fn object(fields: &[Field], values: &[Value<'_>], out: &mut Vec<u8>) {
    let mut open = b'{';
    for (field, value) in fields.iter().zip(values) {
        out.push(open);
        open = b',';
        string(&field.name, out);
        out.push(b':');
        match value {
            Value::Empty => out.extend(b"null"),
            Value::Text(text) => string(text, out),
            Value::Integer(number) => out.extend(number.to_string().as_bytes()),
            Value::Decimal(number) => out.extend(number.to_string().as_bytes()),
        }
    }
    out.extend(b"}\n");
}

fn string(text: &str, out: &mut Vec<u8>) {
    // A vector takes everything, and a string is always JSON.
    let _ = serde_json::to_writer(out, text);
}

#[test]
fn what_a_spreadsheet_would_run_is_guarded() {
    for harmless in [
        "",
        "46",
        "-46",
        "+1,205.5",
        "-",
        "—",
        "---",
        "－４６",
        "增5",
        "'",
        "'a",
    ] {
        assert!(!is_formula(harmless), "{harmless}");
    }
    for formula in [
        "=1+1",
        "-1+1",
        "+A1",
        "@SUM(1)",
        "-cmd|' /C calc'!A0",
        "\t=1",
        "＝1",
        "－A1",
        "'=1",
        "''@a",
        "'-4",
        "-\u{a0}1",
    ] {
        assert!(is_formula(formula), "{formula}");
    }
}
