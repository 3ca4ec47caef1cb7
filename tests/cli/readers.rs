//! Every format is read again by a reader that is not ours, and says what the library says.
//!
//! Python's csv and json, the sqlite3 command, and pyarrow for Parquet. A reader that is not
//! installed is not asked, which is said on standard error; with `GONGKAI_READERS=required` it is
//! a failure. `GONGKAI_PYTHON` names the Python to use.

use std::io::Write;
use std::process::Command;

use gongkai::flat::{Kind, Shape, Value};
use gongkai::form::Grammars;
use rust_decimal::Decimal;

use super::run::Place;

/// A table as rows of texts; nothing for what is empty.
type Rows = Vec<Vec<Option<String>>>;

const FILES: [(&str, &str); 3] = [
    (
        "1.txt",
        include_str!("../../samples/annual_2019/mirror-padded-hant.txt"),
    ),
    ("2.txt", include_str!("../../samples/annual_2021/glued.txt")),
    (
        "3.txt",
        "第二十条第（五）项\n信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n\
         行政许可\t205\t-46\t90071992547409931\n其他对外管理服务事项\t5\t-1\t(7),\"8\"\n\
         第二十条第（九）项\n信息内容\t采购项目数量\t采购总金额\n政府集中采购\t3\t3,481,775,656.12\n",
    ),
];

/// Prints a table as JSON, a row a line, every value as text. A float is a failure.
const PYTHON: &str = r#"
import csv, json, sys
from decimal import Decimal
kind, path = sys.argv[1:3]
def text(value):
    if isinstance(value, float):
        raise SystemExit("a float: %r" % value)
    if isinstance(value, Decimal):
        return format(value, "f")
    return None if value is None or value == "" else str(value)
if kind in ("csv", "tsv"):
    dialect = "excel" if kind == "csv" else "excel-tab"
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, dialect))
elif kind == "jsonl":
    rows = [json.loads(line, parse_float=Decimal) for line in open(path, encoding="utf-8")]
    rows = [list(rows[0])] + [list(row.values()) for row in rows]
else:
    import pyarrow, pyarrow.parquet
    table = pyarrow.parquet.read_table(path)
    for field in table.schema:
        assert str(field.type) in ("string", "int64", "decimal128(38, 6)"), field
    rows = [table.column_names] + [list(row.values()) for row in table.to_pylist()]
for row in rows:
    print(json.dumps([text(value) for value in row]))
"#;

fn python() -> Command {
    Command::new(std::env::var("GONGKAI_PYTHON").unwrap_or("python3".to_owned()))
}

/// What a reader prints, which must succeed.
fn printed(reader: &mut Command) -> String {
    let output = reader.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Whether a reader is there; if not, this is said, or is a failure.
fn is_there(reader: &str, probe: &mut Command) -> bool {
    let there = probe.output().is_ok_and(|output| output.status.success());
    if !there {
        let required = std::env::var_os("GONGKAI_READERS").is_some_and(|value| value == "required");
        assert!(!required, "{reader} is not installed");
        // Not captured, as what is printed by macros would be.
        let note = format!("not run: the check by {reader}, which is not installed\n");
        std::io::stderr().write_all(note.as_bytes()).unwrap();
    }
    there
}

fn python_has(module: &str) -> bool {
    let probe = &mut python();
    is_there(
        &format!("Python's {module}"),
        probe.args(["-c", &format!("import {module}")]),
    )
}

/// What the library says is in the table, the names first.
fn expected(shape: &Shape) -> Rows {
    let fields = shape.fields();
    let mut rows = vec![
        fields
            .iter()
            .map(|field| Some(field.name.to_string()))
            .collect(),
    ];
    for (name, text) in FILES {
        let options = gongkai::Options {
            name: Some(name.to_owned()),
            ..gongkai::Options::default()
        };
        let extraction = gongkai::extract(text.as_bytes(), &options).unwrap();
        let done: Result<(), ()> = shape.rows(&extraction, |values| {
            let text = |value: &Value<'_>| match value {
                Value::Empty => None,
                Value::Text(text) => Some(text.to_string()),
                Value::Integer(number) => Some(number.to_string()),
                Value::Decimal(number) => Some(number.to_string()),
            };
            rows.push(values.iter().map(text).collect());
            Ok(())
        });
        done.unwrap();
    }
    rows
}

/// The same with decimals as short as they can be: formats may add zeros, no digits.
fn normal(shape: &Shape, mut rows: Rows) -> Rows {
    let decimal: Vec<bool> = shape
        .fields()
        .iter()
        .map(|field| field.kind == Kind::Decimal)
        .collect();
    for row in rows.iter_mut().skip(1) {
        let values = row
            .iter_mut()
            .zip(&decimal)
            .filter(|(_, decimal)| **decimal);
        for value in values.filter_map(|(value, _)| value.as_mut()) {
            *value = value.parse::<Decimal>().unwrap().normalize().to_string();
        }
    }
    rows
}

/// Exports to a file, all at once or the first report and then the rest.
fn export(place: &Place, name: &str, flag: Option<&str>, resumed: bool) {
    let names = FILES.map(|(name, _)| name);
    let run = |inputs: &[&str], resume: bool| {
        let mut arguments = vec!["export", "-o", name];
        arguments.extend(inputs);
        arguments.extend(flag);
        arguments.extend(resume.then_some("--resume"));
        let ran = place.run(&arguments);
        assert_eq!(ran.code, 0, "{}", ran.err);
    };
    if resumed {
        run(&names[..1], false);
    }
    run(&names, resumed);
}

/// Flag, table of a database, shape, and whether it is written in two runs.
fn shapes() -> [(Option<&'static str>, &'static str, Shape, bool); 4] {
    let grammars = Grammars::embedded();
    [
        (None, "cells", Shape::flat(), false),
        (None, "cells", Shape::flat(), true),
        (Some("--wide"), "reports", Shape::wide(grammars), true),
        (Some("--panel"), "panel", Shape::panel(grammars), false),
    ]
}

fn place() -> Place {
    Place::with(&FILES.map(|(name, text)| (name, text.as_bytes())))
}

/// Row by row, so that a fault can be read.
fn same(read: Rows, expected: Rows) {
    assert_eq!(read.len(), expected.len());
    for (read, expected) in read.iter().zip(&expected) {
        assert_eq!(read, expected);
    }
}

fn python_reads(kind: &str) {
    let place = place();
    for (flag, _, shape, resumed) in shapes() {
        let name = format!("o.{kind}");
        export(&place, &name, flag, resumed);
        let path = place.path().join(&name);
        let rows = printed(python().args(["-c", PYTHON, kind]).arg(path));
        let rows: Rows = rows
            .lines()
            .map(|row| serde_json::from_str(row).unwrap())
            .collect();
        same(normal(&shape, rows), normal(&shape, expected(&shape)));
    }
}

#[test]
fn the_numbers_at_stake_are_there() {
    let rows = expected(&Shape::flat());
    let values: Vec<&str> = rows.iter().filter_map(|row| row[12].as_deref()).collect();
    for value in ["3481775656.12", "-46", "90071992547409931"] {
        assert!(values.contains(&value), "{value}");
    }
    for state in ["ambiguous", "text"] {
        assert!(
            rows.iter().any(|row| row[10].as_deref() == Some(state)),
            "{state}"
        );
    }
}

#[test]
fn python_reads_csv() {
    if python_has("csv") {
        python_reads("csv");
        python_reads("tsv");
    }
}

#[test]
fn python_reads_json_lines() {
    if python_has("json") {
        python_reads("jsonl");
    }
}

#[cfg(feature = "parquet")]
#[test]
fn pyarrow_reads_parquet() {
    if python_has("pyarrow") {
        python_reads("parquet");
    }
}

#[cfg(feature = "sqlite")]
#[test]
fn the_sqlite3_command_reads_a_database() {
    if !is_there(
        "the sqlite3 command",
        Command::new("sqlite3").arg("--version"),
    ) {
        return;
    }
    let place = place();
    for (flag, table, shape, resumed) in shapes() {
        export(&place, "o.sqlite", flag, resumed);
        let ask = |question: &str| {
            let mut sqlite = Command::new("sqlite3");
            let path = place.path().join("o.sqlite");
            printed(sqlite.arg("-readonly").arg(path).arg(question))
        };
        assert_eq!(ask("PRAGMA integrity_check"), "ok\n");
        let names = ask(&format!(
            "SELECT json_group_array(name) FROM pragma_table_info('{table}')"
        ));
        let names: Vec<Option<String>> = serde_json::from_str(&names).unwrap();
        // A function takes a hundred arguments at most, so a row is read in parts.
        let mut rows: Rows = vec![names.clone()];
        for part in names.chunks(100) {
            let columns = part
                .iter()
                .flatten()
                .map(|name| format!("CAST(\"{name}\" AS TEXT)"));
            let columns = columns.collect::<Vec<_>>().join(", ");
            let part = ask(&format!(
                "SELECT json_array({columns}) FROM {table} ORDER BY rowid"
            ));
            for (at, row) in part.lines().enumerate() {
                let row: Vec<Option<String>> = serde_json::from_str(row).unwrap();
                if rows.len() < at + 2 {
                    rows.push(Vec::new());
                }
                rows[at + 1].extend(row);
            }
        }
        same(normal(&shape, rows), normal(&shape, expected(&shape)));
        for name in names.iter().flatten() {
            let types = ask(&format!("SELECT DISTINCT typeof(\"{name}\") FROM {table}"));
            assert!(!types.contains("real"), "{name}: {types}");
        }
    }
}
