//! Which format an export has, and whether this program can write it.

use std::path::Path;

use clap::ValueEnum;

use crate::cli::failure::Failure;

/// A format of tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Comma-separated values
    Csv,
    /// Tab-separated values
    Tsv,
    /// JSON Lines, an object a row
    Jsonl,
    /// Apache Parquet
    #[cfg_attr(not(feature = "parquet"), value(hide = true))]
    Parquet,
    /// A table of an SQLite database
    #[cfg_attr(not(feature = "sqlite"), value(hide = true))]
    Sqlite,
}

/// The formats that this program writes, as its help has them.
pub(super) const WRITTEN: &str = match (cfg!(feature = "parquet"), cfg!(feature = "sqlite")) {
    (true, true) => "csv|tsv|jsonl|parquet|sqlite",
    (true, false) => "csv|tsv|jsonl|parquet",
    (false, true) => "csv|tsv|jsonl|sqlite",
    (false, false) => "csv|tsv|jsonl",
};

/// A format that is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Plain {
    /// Fields between a delimiter, with a header.
    Delimited {
        delimiter: u8,
        /// Whether it begins with a byte order mark.
        bom: bool,
    },
    /// An object a line.
    Json,
}

/// What a file of each format is called.
const ENDINGS: [(&str, Format); 9] = [
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("tab", Format::Tsv),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
    ("parquet", Format::Parquet),
    ("sqlite", Format::Sqlite),
    ("sqlite3", Format::Sqlite),
    ("db", Format::Sqlite),
];

impl Format {
    /// The format that was asked for, or that the file's name has.
    ///
    /// # Errors
    ///
    /// A name that says nothing or something else than what was asked for, and a format that this
    /// program was built without.
    pub(super) fn of(asked: Option<Self>, path: Option<&Path>) -> Result<Self, Failure> {
        let format = match (asked, path) {
            (Some(format), Some(path)) => match Self::named(path) {
                Ok(named) if named != format => return Err(contradicted(path, format, named)),
                _ => format,
            },
            (Some(format), None) => format,
            (None, None) => Self::Csv,
            (None, Some(path)) => Self::named(path)?,
        };
        match (format, path) {
            (Self::Parquet, _) if !cfg!(feature = "parquet") => Err(without("parquet")),
            (Self::Sqlite, _) if !cfg!(feature = "sqlite") => Err(without("sqlite")),
            (Self::Sqlite, None) => {
                let message = "a database needs a file: name one with `-o FILE.sqlite`";
                Err(Failure::Usage(message.to_owned()))
            }
            _ => Ok(format),
        }
    }

    /// How it is written, if it is text; `bom` for a byte order mark.
    ///
    /// # Errors
    ///
    /// A byte order mark where there can be none.
    pub(super) fn plain(self, bom: bool) -> Result<Option<Plain>, Failure> {
        let delimited = |delimiter| Ok(Some(Plain::Delimited { delimiter, bom }));
        match self {
            Self::Csv => delimited(b','),
            Self::Tsv => delimited(b'\t'),
            _ if bom => Err(Failure::Usage("`--bom` is for csv and tsv".to_owned())),
            Self::Jsonl => Ok(Some(Plain::Json)),
            Self::Parquet | Self::Sqlite => Ok(None),
        }
    }

    fn named(path: &Path) -> Result<Self, Failure> {
        let ending = path.extension().unwrap_or_default().to_ascii_lowercase();
        let found = ENDINGS.iter().find(|(name, _)| ending == *name);
        found.map(|(_, format)| *format).ok_or_else(|| {
            let path = path.display();
            let endings = endings();
            Failure::Usage(format!(
                "`{path}` names no format: end it in {endings}, or give `--format`"
            ))
        })
    }
}

/// `export -o q.csv --format parquet`
fn contradicted(path: &Path, asked: Format, named: Format) -> Failure {
    let name = |format: Format| {
        let value = format.to_possible_value();
        value.map_or_else(String::new, |value| value.get_name().to_owned())
    };
    let (path, asked, named) = (path.display(), name(asked), name(named));
    Failure::Usage(format!(
        "`{path}` is a name for {named}, but `--format` says {asked}: leave `--format` out, or \
         name another file"
    ))
}

/// `export -o q.parquet`, built without that feature.
pub(super) fn without(feature: &str) -> Failure {
    let endings = endings();
    Failure::Usage(format!(
        "this gongkai was built without {feature}: build it with `cargo build --release --features \
         {feature}`, or name a file that ends in {endings}"
    ))
}

/// What names of files end in: `.csv, .tsv or .jsonl`.
fn endings() -> String {
    let endings = WRITTEN.replace('|', ", .");
    match endings.rsplit_once(", ") {
        Some((first, last)) => format!(".{first} or {last}"),
        None => endings,
    }
}

#[test]
fn a_name_tells_the_format() {
    let of = |path: &str| Format::of(None, Some(Path::new(path)));
    assert_eq!(of("a/b.CSV").unwrap(), Format::Csv);
    assert_eq!(of("b.ndjson").unwrap(), Format::Jsonl);
    assert_eq!(Format::of(None, None).unwrap(), Format::Csv);
    let unknown = of("b.xls").unwrap_err().to_string();
    assert!(unknown.starts_with("`b.xls` names no format: end it in .csv, .tsv"));
    assert!(unknown.ends_with(", or give `--format`"), "{unknown}");
    for (name, built) in [
        ("parquet", cfg!(feature = "parquet")),
        ("sqlite", cfg!(feature = "sqlite")),
    ] {
        assert_eq!(unknown.contains(name), built, "{unknown}");
    }
    assert!(of("csv").is_err());
    let both = |format, path: &str| Format::of(Some(format), Some(Path::new(path)));
    assert_eq!(both(Format::Tsv, "b.tab").unwrap(), Format::Tsv);
    assert_eq!(both(Format::Csv, "b.txt").unwrap(), Format::Csv);
    insta::assert_snapshot!(
        both(Format::Jsonl, "b.csv").unwrap_err(),
        @"`b.csv` is a name for csv, but `--format` says jsonl: leave `--format` out, or name another file"
    );
}
