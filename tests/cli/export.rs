//! Tables for analysis: what is in them, and what is refused.

use std::fs;

use super::run::{OTHER, Place, REPORT, said};

/// Two reports of one body, on the form of 2019 and on that of 2021, with the same requests.
fn years() -> Place {
    let old = include_str!("../../samples/annual_2019/mirror-padded-hant.txt");
    let new = include_str!("../../samples/annual_2021/markdown.txt");
    Place::with(&[
        ("in/2020.txt", old.as_bytes()),
        ("in/2022.md", new.as_bytes()),
    ])
}

/// The rows of comma-separated values, the header first.
fn table(text: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_reader(text.as_bytes());
    let rows = reader.records();
    rows.map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn a_row_is_a_cell() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    let ran = place.run(&["export", "a.txt"]);
    let said = said("a.txt");
    assert_eq!((ran.code, &ran.err), (0, &said));
    let hash = &table(&ran.out)[1][1];
    assert_eq!(hash.len(), 64);
    let shown = ran.out.replace(hash, "[sha256]");
    insta::assert_snapshot!(shown, @"
    source,sha256,form,agency,year,table,row,column,row_label,column_label,state,reading,value,unit,raw,start,end,line
    a.txt,[sha256],annual_2021,某某县人民政府,2022,art20_1,rules,issued_this_year,规章,本年制发件数,number,direct,0,件,0,207,208,9
    a.txt,[sha256],annual_2021,某某县人民政府,2022,art20_1,rules,repealed_this_year,规章,本年废止件数,number,direct,0,件,0,209,210,10
    a.txt,[sha256],annual_2021,某某县人民政府,2022,art20_1,rules,in_force,规章,现行有效件数,number,direct,6,件,6,211,212,11
    a.txt,[sha256],annual_2021,某某县人民政府,2022,art20_1,normative_documents,issued_this_year,行政规范性文件,本年制发件数,number,direct,1,件,1,235,236,13
    a.txt,[sha256],annual_2021,某某县人民政府,2022,art20_1,normative_documents,repealed_this_year,行政规范性文件,本年废止件数,number,direct,0,件,0,237,238,14
    a.txt,[sha256],annual_2021,某某县人民政府,2022,art20_1,normative_documents,in_force,行政规范性文件,现行有效件数,number,direct,15,件,15,239,241,15
    ");
    for name in ["o.csv", "o.tsv", "o.jsonl"] {
        let ran = place.run(&["export", "a.txt", "-o", name]);
        assert_eq!((ran.code, ran.out.as_str(), &ran.err), (0, "", &said));
    }
    assert_eq!(place.text("o.csv"), ran.out);
    assert_eq!(place.text("o.tsv"), ran.out.replace(',', "\t"));
    let first = place.text("o.jsonl").lines().next().unwrap().to_owned();
    assert!(first.ends_with(
        r#""state":"number","reading":"direct","value":0,"unit":"件","raw":"0","start":207,"end":208,"line":9}"#
    ), "{first}");
}

#[test]
fn excel_is_told_of_utf8_where_asked() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    let plain = place.run(&["export", "a.txt"]).out;
    let marked = place.run(&["export", "a.txt", "--bom"]).out;
    assert_eq!(marked, format!("\u{feff}{plain}"));
    let ran = place.run(&["export", "a.txt", "--bom", "-o", "a.jsonl"]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (2, "gongkai: `--bom` is for csv and tsv\n")
    );
}

#[test]
fn cells_that_a_spreadsheet_would_run_are_text() {
    let report = "第二十条第（五）项\n| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |\n\
                  | 行政许可 | 5 | -46 | =HYPERLINK(1) |\n\
                  | 其他对外管理服务事项 | +A1 | — | @SUM(1) |\n";
    let place = Place::with(&[("=a.txt", report.as_bytes())]);
    let raw = |rows: Vec<Vec<String>>| -> Vec<[String; 2]> {
        let rows = rows.into_iter().skip(1);
        rows.map(|row| [row[0].clone(), row[14].clone()]).collect()
    };
    let rows = raw(table(&place.run(&["export", "=a.txt"]).out));
    assert!(rows.iter().all(|row| row[0] == "'=a.txt"), "{rows:?}");
    let cells: Vec<_> = rows.iter().map(|row| row[1].as_str()).collect();
    assert_eq!(
        cells,
        ["5", "-46", "'=HYPERLINK(1)", "'+A1", "—", "'@SUM(1)"]
    );
    // Nothing runs what stands in JSON: texts are as they are.
    let lines = place
        .run(&["export", "=a.txt", "--format", "jsonl"])
        .lines();
    assert_eq!(lines[0]["source"], "=a.txt");
    assert_eq!(lines[2]["raw"], "=HYPERLINK(1)");
}

#[test]
fn wide_has_the_same_columns_whatever_is_read() {
    let place = years();
    fs::write(place.path().join("in/other.txt"), OTHER).unwrap();
    let one = table(&place.run(&["export", "in/2022.md", "--wide"]).out);
    let ran = place.run(&["export", "in", "--wide"]);
    assert_eq!(ran.code, 1);
    let all = table(&ran.out);
    assert_eq!(one[0], all[0]);
    assert_eq!((one.len(), all.len()), (2, 4));
    assert_eq!(one[1], all[2]);
    // 200 cells of 2021 first in the order of that form, where the grammars list them.
    let new: Vec<_> = all[2][5..].iter().filter(|cell| !cell.is_empty()).collect();
    assert_eq!(new.len(), 200);
    // What is not read is empty, never 0.
    assert!(all[3][2..].iter().all(String::is_empty));
    let value = |row: usize, address: &str| {
        let column = all[0].iter().position(|name| name == address).unwrap();
        all[row][column].clone()
    };
    assert_eq!(value(2, "requests/received_this_year/total"), "293");
    assert_eq!(value(1, "art20_1/normative_documents/in_force"), "");
}

#[test]
fn a_number_in_another_unit_does_not_stand_among_the_rest() {
    let report = |amount: &str| {
        format!(
            "第二十条第（九）项\n信息内容\t采购项目数量\t采购总金额\n政府集中采购\t3宗\t{amount}\n"
        )
    };
    let place = Place::with(&[
        ("a", report("7730.28").as_bytes()),
        ("b", report("7730.28元").as_bytes()),
        ("c", report("7730.28万元").as_bytes()),
    ]);
    let rows = table(&place.run(&["export", "a", "b", "c", "--wide"]).out);
    let column = |end: &str| rows[0].iter().position(|name| name.ends_with(end)).unwrap();
    let values = |column: usize| rows.iter().skip(1).map(move |row| row[column].as_str());
    let amounts: Vec<_> = values(column("/procurement_amount")).collect();
    assert_eq!(amounts, ["7730.28", "7730.28", ""]);
    // A word that counts is no size.
    let items: Vec<_> = values(column("/procurement_items")).collect();
    assert_eq!(items, ["3", "3", "3"]);
}

#[test]
fn a_panel_lines_the_forms_up() {
    let place = years();
    let rows = table(&place.run(&["export", "in", "--panel"]).out);
    // 23 rows of requests, 15 cells of reviews and suits, 3 of decisions.
    assert_eq!(rows[0].len(), 5 + 23 * 7 + 15 + 3);
    assert_eq!((rows[1][4].as_str(), rows[2][4].as_str()), ("2020", "2022"));
    let column = |address: &str| rows[0].iter().position(|name| name == address);
    for row in &rows[1..] {
        let value = |address: &str| row[column(address).unwrap()].parse::<i64>().unwrap();
        // 其他处理 is one row of one form and three of the other.
        let parts = [
            "results.granted",
            "results.partially_granted",
            "results.other",
        ];
        let groups = rows[0].iter().filter(|name| {
            let row = name.strip_suffix("/total").unwrap_or_default();
            ["denied", "unable", "not_processed"]
                .iter()
                .any(|group| row.starts_with(&format!("requests/{group}.")))
        });
        let sum: i64 = groups.map(|name| value(name)).sum();
        let parts = parts.map(|part| value(&format!("requests/{part}/total")));
        let whole = value("requests/results.total/total");
        assert_eq!(sum + parts.iter().sum::<i64>(), whole, "{row:?}");
        let decisions = column("art20_5/administrative_licensing/decisions_this_year").unwrap();
        assert!(!row[decisions].is_empty());
    }
    assert_eq!(column("art20_1/rules/in_force"), None);
    assert_eq!(
        column("art20_5/administrative_licensing/change_this_year"),
        None
    );
    assert_eq!(column("requests/other.fee_unpaid/total"), None);
}

#[test]
fn a_sum_of_the_panel_wants_all_its_parts() {
    let sample = include_str!("../../samples/annual_2021/markdown.txt");
    let from = sample.find("缴纳费用").unwrap();
    let line = from + sample[from..].find('\n').unwrap();
    let row = &sample[from..line];
    // The last cell of the row, a dash instead of its number.
    let cells: Vec<&str> = row.trim_end_matches([' ', '|']).split('|').collect();
    let without = format!("{}| / |", cells[..cells.len() - 1].join("|"));
    let damaged = sample.replace(row, &without);
    assert_ne!(damaged, sample);
    let place = Place::with(&[("a.md", sample.as_bytes()), ("b.md", damaged.as_bytes())]);
    let rows = table(&place.run(&["export", "a.md", "b.md", "--panel"]).out);
    let column = |address: &str| rows[0].iter().position(|name| name == address).unwrap();
    let [other, natural] =
        ["total", "natural_person"].map(|id| column(&format!("requests/results.other/{id}")));
    assert_ne!(rows[1][other], "");
    assert_eq!(rows[2][other], "");
    assert_eq!(rows[1][natural], rows[2][natural]);
}

#[test]
fn the_dictionary_has_every_column_and_cell_in_both_scripts() {
    let place = Place::new();
    let ran = place.run(&["export", "--dictionary"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let rows = table(&ran.out);
    let named = |kind: &str| {
        let rows = rows.iter().filter(move |row| row[0] == kind);
        rows.map(|row| row[1].clone()).collect::<Vec<_>>()
    };
    let flat = table(&place.pipe(&["export"], REPORT.as_bytes()).out);
    assert_eq!(named("column"), flat[0]);
    let wide = table(&place.pipe(&["export", "--wide"], REPORT.as_bytes()).out);
    let cells = named("cell");
    for column in &wide[0][5..] {
        assert!(cells.contains(column), "{column}");
    }
    for row in rows.iter().skip(1).filter(|row| row[0] == "cell") {
        // Table, row and column: what has a label has it in both scripts.
        for at in 6..9 {
            assert_eq!(row[at].is_empty(), row[at + 3].is_empty(), "{row:?}");
            let fold = |text: &str| text.chars().map(gongkai::script::fold).collect::<String>();
            assert_eq!(fold(&row[at]), fold(&row[at + 3]), "{row:?}");
        }
    }
    let row = rows
        .iter()
        .find(|row| row[1] == "art20_1/normative_documents/made_this_year");
    assert_eq!(
        row.unwrap()[9..12],
        ["第二十條第（一）項", "規範性文件", "本年新製作數量"]
    );
    let ran = place.run(&["export", "--dictionary", "a.txt"]);
    let said = "gongkai: `--dictionary` reads no input: leave out `a.txt`\n";
    assert_eq!((ran.code, ran.err.as_str()), (2, said));
}

#[test]
fn what_cannot_be_written_is_refused_before_anything_is_read() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    fs::create_dir(place.path().join("folder.csv")).unwrap();
    let refused = |arguments: &[&str]| {
        let ran = place.run(&[&["export", "a.txt"], arguments].concat());
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        ran.err.trim_end().to_owned()
    };
    insta::assert_snapshot!(refused(&["-o", "a.csv", "--format", "parquet"]), @"gongkai: `a.csv` is a name for csv, but `--format` says parquet: leave `--format` out, or name another file");
    insta::assert_snapshot!(refused(&["-o", "folder.csv"]), @"gongkai: cannot write `folder.csv`: is a directory");
    insta::assert_snapshot!(refused(&["-o", "none/a.tsv"]), @"gongkai: cannot write `none/a.tsv`: there is no folder `none`");
    if cfg!(feature = "sqlite") {
        insta::assert_snapshot!(refused(&["--format", "sqlite"]), @"gongkai: a database needs a file: name one with `-o FILE.sqlite`");
        fs::create_dir(place.path().join("folder.db")).unwrap();
        insta::assert_snapshot!(refused(&["-o", "folder.db"]), @"gongkai: cannot write `folder.db`: is a directory");
    }
    assert!(refused(&["--wide", "--panel"]).contains("cannot be used with"));
    let names = fs::read_dir(place.path()).unwrap();
    let hidden =
        names.filter(|name| name.as_ref().unwrap().file_name().as_encoded_bytes()[0] == b'.');
    assert_eq!(hidden.count(), 0);
}

/// What the program was built without is neither offered nor unknown.
#[test]
fn only_formats_that_can_be_written_are_offered() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    let said = |arguments: &[&str]| {
        let ran = place.run(arguments);
        let said = ran.out + &ran.err;
        said.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for (format, ending, built) in [
        ("parquet", "parquet", cfg!(feature = "parquet")),
        ("sqlite", "db", cfg!(feature = "sqlite")),
    ] {
        for arguments in [
            &["--help"][..],
            &["export", "--help"],
            &["man", "export"],
            &["completions", "bash"],
            &["export", "a.txt", "-o", "a.xls"],
            &["export", "a.txt", "--format", "xls"],
        ] {
            let said = said(arguments).to_lowercase();
            assert_eq!(said.contains(format), built, "{arguments:?}: {said}");
        }
        if built {
            continue;
        }
        let file = format!("a.{ending}");
        let why = format!(
            "gongkai: this gongkai was built without {format}: build it with `cargo build \
             --release --features {format}`, or name a file that ends in .csv, .tsv"
        );
        for more in [
            &["-o", file.as_str()][..],
            &["--format", format],
            &["--dictionary", "-o", &file],
        ] {
            let inputs = if more.contains(&"--dictionary") {
                &[][..]
            } else {
                &["a.txt"]
            };
            let said = said(&[&["export"], inputs, more].concat());
            assert!(said.starts_with(&why), "{said}");
        }
    }
    let unknown = said(&["export", "a.txt", "-o", "a.xls"]);
    let start = "gongkai: `a.xls` names no format: end it in .csv, .tsv";
    assert!(unknown.starts_with(start), "{unknown}");
}

#[test]
fn the_exit_code_is_that_of_parse() {
    let place = Place::with(&[("a", REPORT.as_bytes()), ("b", OTHER.as_bytes())]);
    assert_eq!(place.run(&["export", "a", "-o", "a.csv"]).code, 0);
    assert_eq!(place.run(&["export", "a", "b", "-o", "b.csv"]).code, 1);
    assert_eq!(place.text("a.csv"), place.text("b.csv"));
    // One bad file does not stop the rest.
    assert_eq!(place.run(&["export", "none", "a", "-o", "c.csv"]).code, 2);
    assert_eq!(place.text("a.csv"), place.text("c.csv"));
    assert_eq!(place.run(&["export", "none", "-o", "d.csv"]).code, 2);
    assert!(!place.path().join("d.csv").exists());
}

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let place = years();
    for number in 0..40 {
        let path = place.path().join(format!("in/{number}.txt"));
        fs::write(path, REPORT.replace("15\n", &format!("{number}\n"))).unwrap();
    }
    let mut names = vec!["o.csv", "o.jsonl"];
    names.extend(cfg!(feature = "parquet").then_some("o.parquet"));
    names.extend(cfg!(feature = "sqlite").then_some("o.sqlite"));
    for name in names {
        let [one, many] = ["1", "4"].map(|jobs| {
            let ran = place.run(&["export", "in", "--jobs", jobs, "-o", name]);
            assert_eq!(ran.code, 0, "{}", ran.err);
            fs::read(place.path().join(name)).unwrap()
        });
        assert!(one == many, "{name}");
    }
}

#[test]
fn a_table_that_no_form_claims_has_no_form() {
    let sample = include_str!("../../samples/annual_2021/markdown.txt");
    let more = "窗口  受理  办结\n甲窗口  12  11\n乙窗口  7  7\n丙窗口  30  28\n";
    let place = Place::with(&[("a.md", format!("{sample}\n附表\n{more}").as_bytes())]);
    let rows = table(&place.run(&["export", "a.md"]).out);
    let forms = |of: &dyn Fn(&str) -> bool| {
        let rows = rows.iter().skip(1).filter(|row| of(&row[5]));
        let mut forms: Vec<_> = rows.map(|row| row[2].as_str()).collect();
        forms.dedup();
        forms
    };
    assert_eq!(forms(&|table| table.starts_with("table-")), [""]);
    assert_eq!(
        forms(&|table| !table.starts_with("table-")),
        ["annual_2021"]
    );
}
