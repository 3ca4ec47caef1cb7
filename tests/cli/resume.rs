//! `--resume`: what an output has already is kept, and only the rest is read.

use std::fs;

use super::run::{OTHER, Place, REPORT};

fn report(count: usize) -> String {
    REPORT.replace("15\n", &format!("{count}\n"))
}

fn place() -> Place {
    let place = Place::new();
    fs::create_dir(place.path().join("in")).unwrap();
    for number in 0..3 {
        fs::write(
            place.path().join(format!("in/{number}.txt")),
            report(number),
        )
        .unwrap();
    }
    place
}

fn outputs() -> Vec<(&'static str, &'static str)> {
    let mut outputs = vec![
        ("parse", "o.jsonl"),
        ("export", "o.csv"),
        ("export", "o.tsv"),
        ("export", "o.ndjson"),
    ];
    outputs.extend(cfg!(feature = "sqlite").then_some(("export", "o.sqlite")));
    outputs.extend(cfg!(feature = "parquet").then_some(("export", "o.parquet")));
    outputs
}

#[test]
fn only_new_content_is_read() {
    for (command, name) in outputs() {
        let place = place();
        let run = |arguments: &[&str]| {
            let ran = place.run(&[&[command, "in", "-o", name], arguments].concat());
            assert_eq!(ran.code, 0, "{}", ran.err);
            ran.err
        };
        // Where nothing is there, it is a run as any other.
        run(&["--resume"]);
        let first = fs::read(place.path().join(name)).unwrap();
        run(&[]);
        assert!(
            first == fs::read(place.path().join(name)).unwrap(),
            "{name}"
        );
        // One input is new, one has a new name, one has a new content.
        fs::write(place.path().join("in/3.txt"), report(3)).unwrap();
        fs::rename(place.path().join("in/0.txt"), place.path().join("in/4.txt")).unwrap();
        fs::write(place.path().join("in/1.txt"), report(7)).unwrap();
        let said = run(&["--resume"]);
        let expected = "gongkai: 4 inputs, 2 annual_2021, 2 in the output already; \
                        2 with warnings or errors\n";
        assert_eq!(said, expected, "{name}");
        let resumed = fs::read(place.path().join(name)).unwrap();
        if matches!(name, "o.jsonl" | "o.csv" | "o.tsv" | "o.ndjson") {
            assert!(resumed.starts_with(&first), "{name}");
            let text = String::from_utf8(resumed.clone()).unwrap();
            let at = |input: &str| text.find(input).unwrap();
            assert!(at("in/2.txt") < text.rfind("in/1.txt").unwrap());
            assert!(text.rfind("in/1.txt").unwrap() < at("in/3.txt"));
            assert!(!text.contains("in/4.txt"));
        }
        // Now there is nothing left to do.
        let again = || {
            assert!(run(&["--resume"]).contains("4 in the output already"));
            fs::read(place.path().join(name)).unwrap()
        };
        let kept = again();
        assert!(kept == again(), "{name}");
        // The footer of Parquet loses the statistics of pages that are copied, no data.
        assert!(kept == resumed || name == "o.parquet", "{name}");
    }
}

#[test]
fn inputs_that_could_not_be_read_are_read_again() {
    let place = place();
    let run = || place.run(&["parse", "in", "late.txt", "-o", "o.jsonl", "--resume"]);
    assert_eq!(run().code, 2);
    assert_eq!(place.text("o.jsonl").lines().count(), 4);
    fs::write(place.path().join("late.txt"), OTHER).unwrap();
    assert_eq!(run().code, 1);
    let text = place.text("o.jsonl");
    assert_eq!(text.lines().count(), 4);
    assert!(!text.contains("unreadable-input"));
    // What was not recognised is in the output, and is counted as before.
    for list in [None, Some("list.tsv")] {
        let mut arguments = vec!["parse", "in", "late.txt", "-o", "o.jsonl", "--resume"];
        arguments.extend(list.iter().flat_map(|list| ["--list", list]));
        let ran = place.run(&arguments);
        assert_eq!(ran.code, 1);
        let said = "gongkai: 4 inputs, 4 in the output already (1 not recognised); ";
        assert!(ran.err.starts_with(said), "{}", ran.err);
    }
    let list = place.text("list.tsv");
    assert!(list.starts_with("late.txt\tnot recognised\t"), "{list}");
    assert_eq!(list.lines().count(), 1);
}

#[test]
fn a_table_with_other_offsets_is_refused() {
    for (command, name) in outputs() {
        let place = place();
        let run =
            |arguments: &[&str]| place.run(&[&[command, "in", "-o", name], arguments].concat());
        assert_eq!(run(&[]).code, 0);
        let before = fs::read(place.path().join(name)).unwrap();
        fs::write(place.path().join("in/3.txt"), report(3)).unwrap();
        let ran = run(&["--resume", "--offsets", "char"]);
        assert_eq!(ran.code, 2, "{name}: {}", ran.err);
        assert!(
            ran.err.contains("was written with `--offsets byte`"),
            "{}",
            ran.err
        );
        assert!(
            before == fs::read(place.path().join(name)).unwrap(),
            "{name}"
        );
        assert_eq!(run(&["--resume"]).code, 0, "{name}");
    }
    // A row a report has no spans.
    let place = place();
    let wide = ["export", "in", "--wide", "-o", "w.csv"];
    assert_eq!(place.run(&wide).code, 0);
    let ran = place.run(&[&wide[..], &["--resume", "--offsets", "char"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn an_empty_output_is_begun_anew() {
    for (command, name) in outputs() {
        let place = place();
        fs::write(place.path().join(name), "").unwrap();
        let ran = place.run(&[command, "in", "-o", name, "--resume"]);
        assert_eq!(ran.code, 0, "{name}: {}", ran.err);
    }
}

#[test]
fn an_output_of_another_kind_is_refused_and_left_alone() {
    let place = place();
    let refused = |arguments: &[&str], name: &str, content: &str| {
        fs::write(place.path().join(name), content).unwrap();
        let ran = place.run(&[arguments, &["in", "--resume", "-o", name]].concat());
        assert_eq!(ran.code, 2);
        assert_eq!(place.text(name), content);
        ran.err.trim_end().to_owned()
    };
    let flat = place.run(&["export", "in"]).out;
    insta::assert_snapshot!(refused(&["export", "--wide"], "a.csv", &flat), @"gongkai: cannot resume `a.csv`: it has other columns; name another file, or leave out `--resume` to write it anew");
    insta::assert_snapshot!(refused(&["export"], "a.csv", &flat.replacen("annual_2021,", "", 1)), @"gongkai: cannot resume `a.csv`: CSV error: record 1 (line: 2, byte: 115): found record with 17 fields, but the previous record has 18 fields; name another file, or leave out `--resume` to write it anew");
    let json = place.run(&["parse", "in"]).out;
    insta::assert_snapshot!(refused(&["export"], "a.jsonl", &json), @"gongkai: cannot resume `a.jsonl`: line 1 has other columns; name another file, or leave out `--resume` to write it anew");
    insta::assert_snapshot!(refused(&["parse"], "a.jsonl", &json[..json.len() - 9]), @"gongkai: cannot resume `a.jsonl`: line 3 is no document of `gongkai parse`; name another file, or leave out `--resume` to write it anew");
    insta::assert_snapshot!(refused(&["parse", "--offsets", "char"], "a.jsonl", &json), @"gongkai: cannot resume `a.jsonl`: line 1 was written with `--offsets byte`; name another file, or leave out `--resume` to write it anew");
    if cfg!(feature = "sqlite") {
        insta::assert_snapshot!(refused(&["export"], "a.db", &flat), @"gongkai: cannot resume `a.db`: file is not a database; name another file, or leave out `--resume` to write it anew");
    }
    if cfg!(feature = "parquet") {
        let said = refused(&["export"], "a.parquet", &flat);
        assert!(
            said.starts_with("gongkai: cannot resume `a.parquet`: "),
            "{said}"
        );
    }
    let ran = place.run(&["parse", "in", "--resume"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("--output"), "{}", ran.err);
}

#[test]
fn a_byte_order_mark_is_no_column() {
    let place = place();
    let run = |arguments: &[&str]| {
        let ran = place.run(&[&["export", "in", "-o", "o.csv"], arguments].concat());
        assert_eq!(ran.code, 0, "{}", ran.err);
        place.text("o.csv")
    };
    let plain = run(&[]);
    let marked = run(&["--bom"]);
    assert_eq!(run(&["--bom", "--resume"]), marked);
    assert_eq!(run(&["--resume"]), plain);
    assert_eq!(run(&["--bom", "--resume"]), marked);
}
