//! Folders and several inputs.

use std::fs;

use super::checks::SAMPLE;
use super::run::{OTHER, Place, REPORT};

#[test]
fn one_bad_file_does_not_stop_the_rest() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes()), ("b.txt", REPORT.as_bytes())]);
    let ran = place.run(&["parse", "a.txt", "none.txt", "b.txt"]);
    insta::assert_snapshot!(ran.verdict(), @"
    exit 2
    a.txt: annual_2021, missing-sections missing-tables
    none.txt: no form, unreadable-input
    b.txt: annual_2021, missing-sections missing-tables
    gongkai: cannot read `none.txt`: No such file or directory
    gongkai: 3 inputs, 2 annual_2021, 1 unreadable; 2 with warnings or errors; `--list FILE` would list what was not recognised or not read
    ");
}

#[test]
fn the_exit_code_is_of_the_worst_input() {
    let report = REPORT.as_bytes();
    let place = Place::with(&[("a/1", report), ("a/2", report), ("b/1", OTHER.as_bytes())]);
    assert_eq!(place.run(&["parse", "a"]).code, 0);
    assert_eq!(place.run(&["parse", "a", "b"]).code, 1);
    assert_eq!(place.run(&["parse", "a", "b", "c"]).code, 2);
}

#[test]
fn a_folder_gives_the_same_lines_for_any_number_of_threads() {
    let place = Place::new();
    for number in 0..200 {
        let folder = place.path().join(format!("{}", number % 7));
        fs::create_dir_all(&folder).unwrap();
        let text = REPORT
            .repeat(1 + number % 3)
            .replace("15\n", &format!("{number}\n"));
        fs::write(folder.join(format!("{number}.txt")), text).unwrap();
    }
    let one = place.run(&["parse", ".", "--jobs", "1"]);
    let many = place.run(&["parse", ".", "--jobs", "4"]);
    assert_eq!(one.out, many.out);
    assert_eq!(one.err, many.err);
    let lines = one.lines();
    let names: Vec<_> = lines
        .iter()
        .map(|line| line["source"]["name"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), 200);
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn a_folder_of_one_file_gives_one_line_and_a_summary() {
    let place = Place::with(&[("in/a.txt", REPORT.as_bytes()), ("in/b.md", b"")]);
    let ran = place.run(&["parse", "in", "--glob", "*.txt"]);
    insta::assert_snapshot!(ran.verdict(), @"
    exit 0
    in/a.txt: annual_2021, missing-sections missing-tables
    gongkai: 1 input, 1 annual_2021; 1 with warnings or errors
    ");
    let ran = place.run(&["parse", "in", "--glob", "*.pdf"]);
    insta::assert_snapshot!(ran.verdict(), @"
    exit 2
    gongkai: no file in `in` is called as `--glob` asks: `*.pdf` (a pattern with `/` is about the path below the folder)
    ");
}

#[test]
fn the_output_is_no_input() {
    let place = Place::with(&[("in/a.txt", REPORT.as_bytes())]);
    for _ in 0..2 {
        assert_eq!(place.run(&["parse", "in", "-o", "in/out.jsonl"]).code, 0);
    }
    assert_eq!(place.text("in/out.jsonl").lines().count(), 1);
}

#[test]
fn check_reads_on_after_a_bad_file() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    let ran = place.run(&["check", "none.txt", "a.txt", "--format", "jsonl"]);
    assert_eq!(ran.code, 2);
    assert_eq!(
        ran.err,
        "gongkai: cannot read `none.txt`: No such file or directory\n"
    );
    let lines = ran.lines();
    let names = lines.iter().map(|line| &line["source"]["name"]);
    assert_eq!(names.collect::<Vec<_>>(), ["none.txt", "a.txt"]);
}

#[test]
fn check_fails_where_numbers_contradict_each_other() {
    let sample = include_str!("../../samples/annual_2021/markdown.txt");
    let damaged = sample.replacen("| 293 |", "| 294 |", 1);
    assert_ne!(damaged, sample);
    let place = Place::with(&[("a.md", sample.as_bytes()), ("b.md", damaged.as_bytes())]);
    let whole = place.run(&["check", "a.md"]);
    assert_eq!((whole.code, whole.err.as_str()), (0, ""));
    let ran = place.run(&["check", "b.md"]);
    assert_eq!((ran.code, ran.err.as_str()), (1, ""));
    assert!(ran.out.contains("b.md:"), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "{}", ran.out);
    let ran = place.run(&["check", "b.md", "--color", "always"]);
    assert!(ran.out.contains('\u{1b}'), "{}", ran.out);
    // What is recognised is read, whatever its numbers say.
    assert_eq!(place.run(&["parse", "b.md"]).code, 0);
}

#[test]
fn what_was_not_read_is_listed() {
    let place = Place::with(&[
        ("in/a.txt", REPORT.as_bytes()),
        ("in/b.txt", OTHER.as_bytes()),
        ("in/list.tsv", b""),
    ]);
    for command in ["parse", "export"] {
        let ran = place.run(&[command, "in", "none.txt", "--list", "in/list.tsv"]);
        assert_eq!(ran.code, 2);
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.err, @"
            gongkai: cannot read `none.txt`: No such file or directory
            gongkai: 3 inputs, 1 annual_2021, 1 not recognised, 1 unreadable; 2 with warnings or errors; `in/list.tsv` lists what was not recognised or not read
            ");
            insta::assert_snapshot!(place.text("in/list.tsv"), @"
            in/b.txt	not recognised	no form is recognised: the text has no table that a grammar knows
            none.txt	unreadable	No such file or directory
            ");
        }
    }
    // A list of nothing takes the place of an old one.
    assert_eq!(
        place
            .run(&["parse", "in/a.txt", "--list", "in/list.tsv"])
            .code,
        0
    );
    assert_eq!(place.text("in/list.tsv"), "");
}

#[test]
fn a_file_of_a_folder_is_no_output_unless_it_was_one() {
    let place = Place::with(&[
        ("w/a.txt", REPORT.as_bytes()),
        ("w/b/bad.txt", REPORT.as_bytes()),
        ("w/.hidden/c.txt", b"old"),
    ]);
    for arguments in [
        &["parse", "w", "-o", "w/b/bad.txt"][..],
        &["parse", "w", "-o", "o.jsonl", "--list", "./w/b/bad.txt"],
        &["export", "w", "-o", "w/b/bad.txt", "--format", "csv"],
        &["check", "w", "-o", "w/b/bad.txt"],
    ] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains("bad.txt` is an input"), "{}", ran.err);
        assert_eq!(place.text("w/b/bad.txt"), REPORT);
    }
    // What no walk would read may be written over.
    assert_eq!(place.run(&["parse", "w", "-o", "w/.hidden/c.txt"]).code, 0);
    let ran = place.run(&["parse", "w", "--glob", "a*", "-o", "w/b/bad.txt"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let mut outputs = vec!["w/o.csv", "w/o.tsv", "w/o.jsonl"];
    outputs.extend(cfg!(feature = "parquet").then_some("w/o.parquet"));
    outputs.extend(cfg!(feature = "sqlite").then_some("w/o.sqlite"));
    for output in outputs {
        for _ in 0..2 {
            let ran = place.run(&["export", "w/a.txt", "w", "--glob", "*.*", "-o", output]);
            assert!(ran.code < 2, "{output}: {}", ran.err);
        }
    }
    for format in ["text", "json", "jsonl", "sarif"] {
        let output = format!("w/check.{format}");
        for _ in 0..2 {
            let ran = place.run(&["check", "w", "--format", format, "-o", &output]);
            assert!(ran.code < 2, "{format}: {}", ran.err);
        }
    }
}

#[test]
fn more_threads_than_can_be_are_no_error() {
    let place = Place::new();
    fs::create_dir(place.path().join("in")).unwrap();
    for number in 0..300 {
        fs::write(place.path().join(format!("in/{number}.txt")), REPORT).unwrap();
    }
    let ran = place.run(&["parse", "in", "--jobs", "65535", "-o", "o.jsonl"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(place.text("o.jsonl").lines().count(), 300);
}

#[cfg(unix)]
#[test]
fn a_name_can_neither_move_the_cursor_nor_begin_a_line() {
    let name = "in/a\nb\u{1b}[31m";
    let place = Place::with(&[(name, OTHER.as_bytes()), ("in/c", REPORT.as_bytes())]);
    let ran = place.run(&["parse", "in", "--list", "l\u{7}.tsv"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.lines()[0]["source"]["name"], name);
    assert!(
        ran.err
            .ends_with("`l\\u{7}.tsv` lists what was not recognised or not read\n"),
        "{}",
        ran.err
    );
    let list = place.text("l\u{7}.tsv");
    assert!(
        list.starts_with("in/a\\nb\\u{1b}[31m\tnot recognised\t"),
        "{list}"
    );
    assert_eq!(list.lines().count(), 1);
    let single = place.run(&["parse", name]);
    assert!(
        single.err.starts_with("gongkai: in/a\\nb\\u{1b}[31m: "),
        "{}",
        single.err
    );
    let none = place.run(&["parse", "none\r"]);
    assert!(none.err.contains("`none\\r`"), "{}", none.err);
}

#[test]
fn progress_without_a_terminal_is_a_line() {
    let place = Place::with(&[("in/a", REPORT.as_bytes()), ("in/b", REPORT.as_bytes())]);
    let ran = place.run(&["parse", "in", "--progress", "always"]);
    assert!(
        ran.err.starts_with("gongkai: 2 of 2 inputs\n"),
        "{}",
        ran.err
    );
    let ran = place.run(&["parse", "in"]);
    assert!(ran.err.starts_with("gongkai: 2 inputs, "), "{}", ran.err);
}

#[test]
fn what_gongkai_wrote_is_no_report() {
    let place = Place::with(&[("w/a.txt", REPORT.as_bytes())]);
    assert_eq!(place.run(&["parse", "w", "-o", "w/out.jsonl"]).code, 0);
    let ran = place.run(&["export", "w", "-o", "w/out.csv", "--list", "list.tsv"]);
    assert_eq!(ran.code, 1);
    let list = place.text("list.tsv");
    assert!(
        list.starts_with("w/out.jsonl\tnot recognised\tthe input is an output"),
        "{list}"
    );
    let rows = place.text("w/out.csv");
    assert!(rows.lines().skip(1).all(|row| row.starts_with("w/a.txt,")));
    for output in ["w/out.jsonl", "w/out.csv"] {
        let ran = place.run(&["parse", output]);
        assert_eq!(ran.lines()[0]["diagnostics"][0]["code"], "own-output");
    }
}

/// Whatever gongkai prints of a report, in the words that it has for it, neither `parse` nor `check`
/// takes for one.
#[test]
fn what_gongkai_printed_is_said_to_be_that() {
    let damaged = SAMPLE.replace("| 261 | 30 |", "| 261 | 31 |");
    let place = Place::with(&[
        ("a.txt", damaged.as_bytes()),
        ("b.txt", REPORT.as_bytes()),
        ("c.txt", OTHER.as_bytes()),
    ]);
    for (command, arguments) in [
        ("parse", &["parse", "a.txt"][..]),
        ("parse", &["parse", "a.txt", "b.txt"]),
        ("check", &["check", "a.txt"]),
        ("check", &["check", "c.txt", "a.txt", "b.txt"]),
        ("check", &["check", "a.txt", "--color", "always"]),
        ("check", &["check", "a.txt", "--format", "json"]),
        ("check", &["check", "a.txt", "b.txt", "--format", "jsonl"]),
        ("check", &["check", "a.txt", "--format", "sarif"]),
        ("check", &["check", "a.txt", "--format", "github"]),
        ("export", &["export", "a.txt"]),
        ("export", &["export", "a.txt", "--format", "tsv", "--bom"]),
        ("export", &["export", "a.txt", "--format", "jsonl"]),
        ("export", &["export", "a.txt", "--wide"]),
        (
            "export",
            &["export", "a.txt", "--panel", "--format", "jsonl"],
        ),
        ("export", &["export", "--dictionary"]),
        ("export", &["export", "--dictionary", "--format", "jsonl"]),
    ] {
        let output = place.run(arguments).out;
        let why = format!("-: the input is an output of `gongkai {command}`, not a report; read");
        let parsed = place.pipe(&["parse"], output.as_bytes());
        assert_eq!(parsed.lines()[0]["diagnostics"][0]["code"], "own-output");
        assert!(parsed.lines()[0]["form"].is_null());
        for ran in [place.pipe(&["check"], output.as_bytes()), parsed] {
            assert_eq!(ran.code, 1, "{arguments:?}");
            assert!(ran.err.contains(&why), "{arguments:?}: {}", ran.err);
        }
    }
    let grammar = include_bytes!("../../grammars/disclosure/annual_2021.toml");
    let ran = place.pipe(&["parse"], grammar);
    assert_eq!(ran.lines()[0]["diagnostics"][0]["code"], "own-output");
    assert!(ran.err.contains("the input is a grammar"), "{}", ran.err);
}
