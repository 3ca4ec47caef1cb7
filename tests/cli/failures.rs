//! `gongkai check`: how a failure is shown.

use super::checks::{SAMPLE, check};
use super::run::{OTHER, Place};

#[cfg(unix)]
#[test]
fn a_name_can_neither_move_the_cursor_nor_begin_a_line_of_check() {
    let name = "in/a\nb\u{1b}[31m";
    let damaged = SAMPLE.replacen("| 293 |", "| 294 |", 1);
    let after = damaged.replace("2022", "2023");
    let place = Place::with(&[
        (name, damaged.as_bytes()),
        ("in/c\r", after.as_bytes()),
        ("in/d\u{7}", OTHER.as_bytes()),
    ]);
    let inputs = ["in", "none\n"];
    for format in ["text", "github", "jsonl", "sarif"] {
        let ran = check(&place, &inputs, &["--format", format]);
        let lines = ran.out.lines();
        let controls = lines.filter(|line| line.contains(char::is_control));
        assert_eq!(controls.collect::<Vec<_>>(), Vec::<&str>::new(), "{format}");
    }
    let text = check(&place, &inputs, &[]).out;
    let shown = r"in/a\nb\u{1b}[31m";
    for part in [
        format!("{shown}: "),
        format!("--> {shown}:42:"),
        format!(r"in/c\r beside {shown}: "),
        r"in/d\u{7}: nothing to check".to_owned(),
        r"none\n: nothing to check".to_owned(),
    ] {
        assert!(text.contains(&part), "{part}: {text}");
    }
    let github = check(&place, &inputs, &["--format", "github"]).out;
    // GitHub has its own escape for the end of a line.
    let file = r"::error file=in/a%0Ab\u{1b}[31m,line=";
    assert!(github.starts_with(file), "{github}");
}
