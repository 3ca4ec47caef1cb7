//! What goes wrong outside: files that vanish, disks that are full, readers that went away.
#![cfg(unix)]

use std::fs;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};

use super::run::{Place, REPORT};

/// Every command that prints, with arguments under which it prints something.
const PRINTERS: [&[&str]; 12] = [
    &["parse", "a.txt"],
    &["check", "a.txt"],
    &["export", "a.txt"],
    &["export", "--dictionary"],
    &["grammar", "list"],
    &["grammar", "show", "annual_2021"],
    &["grammar", "check", "g.toml"],
    &["schema"],
    &["completions", "bash"],
    &["man"],
    &["man", "parse"],
    #[cfg(feature = "convert")]
    &["convert", "a.txt", "--to", "hant"],
    #[cfg(not(feature = "convert"))]
    &["man", "convert"],
];

fn place() -> Place {
    let genre =
        b"[genre]\nid = 'budget'\ntitles = ['\xE9\x83\xA8\xE9\x97\xA8\xE5\x86\xB3\xE7\xAE\x97']\n";
    Place::with(&[("a.txt", REPORT.as_bytes()), ("g.toml", genre)])
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_by_every_command() {
    let place = place();
    for arguments in PRINTERS {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = place.command(arguments).stdout(full).output().unwrap();
        let message = "gongkai: cannot write to standard output: No space left on device\n";
        assert_eq!(
            String::from_utf8_lossy(&output.stderr),
            message,
            "{arguments:?}"
        );
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
    }
}

#[test]
fn a_reader_that_went_away_is_no_error_of_any_command() {
    let place = place();
    let help = [&["--help"][..], &["parse", "--help"], &["--version"]];
    for arguments in PRINTERS.into_iter().chain(help) {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let output = place.command(arguments).stdout(writer).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn messages_that_nobody_reads_change_no_exit_code() {
    let place = place();
    for (arguments, code) in [
        (&["parse", "none.txt"][..], 2),
        (&["parse", "."], 1),
        (&["check", "none.txt"], 2),
        (&["grammar", "show", "none"], 2),
        (&["grammar", "check", "a.txt"], 2),
        (&["parse", "--wrong"], 2),
    ] {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut command = place.command(arguments);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(writer);
        assert_eq!(
            command.status().unwrap().code(),
            Some(code),
            "{arguments:?}"
        );
    }
}

#[test]
fn inputs_that_cannot_be_read_are_named_with_the_reason() {
    use std::os::unix::fs::symlink;
    let place = place();
    symlink("loop", place.path().join("loop")).unwrap();
    symlink("nowhere", place.path().join("link")).unwrap();
    let refused = |input: &str| place.run(&["parse", input]).verdict();
    insta::assert_snapshot!(refused("loop"), @"
    exit 2
    gongkai: cannot read `loop`: Too many levels of symbolic links
    ");
    insta::assert_snapshot!(refused("link"), @"
    exit 2
    gongkai: cannot read `link`: No such file or directory
    ");
    insta::assert_snapshot!(refused("a.txt/b.txt"), @"
    exit 2
    gongkai: cannot read `a.txt/b.txt`: Not a directory
    ");
    #[cfg(target_os = "linux")]
    insta::assert_snapshot!(refused("/proc/self/mem"), @"
    exit 2
    gongkai: cannot read `/proc/self/mem`: Input/output error
    ");
    let grammar = place.run(&["grammar", "check", "none.toml"]);
    insta::assert_snapshot!(grammar.verdict(), @"
    exit 2
    error[unreadable]: cannot read `none.toml`: No such file or directory
    ");
    let grammars = place.run(&["parse", "a.txt", "--grammars", "a.txt"]);
    insta::assert_snapshot!(grammars.verdict(), @"
    exit 2
    error[unreadable]: `a.txt` is a file: name the folder of grammars that it is in
    ");
}

#[test]
fn an_input_that_is_too_long_is_refused() {
    let place = place();
    let arguments = ["parse", "a.txt", "--max-bytes", "100"];
    insta::assert_snapshot!(place.run(&arguments).verdict(), @"
    exit 2
    gongkai: cannot read `a.txt`: longer than 100 bytes, which `--max-bytes` allows
    ");
    let piped = place.pipe(&["check", "--max-bytes", "100"], REPORT.as_bytes());
    insta::assert_snapshot!(piped.verdict(), @"
    exit 2
    gongkai: cannot read standard input: longer than 100 bytes, which `--max-bytes` allows
    ");
    let length = REPORT.len().to_string();
    let exact = place.run(&["parse", "a.txt", "--max-bytes", &length]);
    assert_eq!(exact.code, 0, "{exact:?}");
}

#[test]
fn an_output_that_cannot_be_is_refused_before_anything_is_read() {
    let place = place();
    let refused =
        |command: &str, output: &str| place.run(&[command, "a.txt", "-o", output]).verdict();
    insta::assert_snapshot!(refused("parse", "a.txt/out.json"), @"
    exit 2
    gongkai: cannot write `a.txt/out.json`: Not a directory
    ");
    insta::assert_snapshot!(refused("check", "a.txt/out.json"), @"
    exit 2
    gongkai: cannot write `a.txt/out.json`: Not a directory
    ");
    #[cfg(feature = "convert")]
    insta::assert_snapshot!(place.run(&["convert", "a.txt", "--to", "hant", "-o", "a.txt/out"]).verdict(), @"
    exit 2
    gongkai: cannot write `a.txt/out`: Not a directory
    ");
    assert_eq!(place.text("a.txt"), REPORT);
}

#[test]
fn a_read_only_file_stays() {
    use std::os::unix::fs::PermissionsExt;
    let place = place();
    let path = place.path().join("out.json");
    fs::write(&path, "old").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let ran = place.run(&["parse", "a.txt", "-o", "out.json"]);
    assert_eq!(ran.code, 2);
    assert!(
        ran.err.starts_with("gongkai: cannot write `out.json`: "),
        "{}",
        ran.err
    );
    assert_eq!(place.text("out.json"), "old");
}

/// A program that waits for the pipe `wait`, and the arguments behind it.
fn waiting(place: &Place, arguments: &[&str]) -> Child {
    let wait = place.path().join("wait");
    assert!(
        Command::new("mkfifo")
            .arg(&wait)
            .status()
            .unwrap()
            .success()
    );
    let mut command = place.command(&["parse", "wait"]);
    command.args(arguments).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command.spawn().unwrap()
}

#[test]
fn a_file_that_vanishes_in_between_is_said_and_the_rest_is_read() {
    let place = place();
    fs::write(place.path().join("b.txt"), REPORT).unwrap();
    let child = waiting(&place, &["b.txt", "a.txt", "--jobs", "1"]);
    // Opening waits for the program to read.
    let mut pipe = fs::File::options()
        .write(true)
        .open(place.path().join("wait"))
        .unwrap();
    fs::remove_file(place.path().join("b.txt")).unwrap();
    // What comes in pieces is one input.
    let (head, tail) = REPORT.as_bytes().split_at(60);
    pipe.write_all(head).unwrap();
    pipe.write_all(tail).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    insta::assert_snapshot!(super::run::Ran::of(&output).verdict(), @"
    exit 2
    wait: annual_2021, missing-sections missing-tables
    b.txt: no form, unreadable-input
    a.txt: annual_2021, missing-sections missing-tables
    gongkai: cannot read `b.txt`: No such file or directory
    gongkai: 3 inputs, 2 annual_2021, 1 unreadable; 2 with warnings or errors; `--list FILE` would list what was not recognised or not read
    ");
}

#[test]
fn what_is_broken_off_leaves_the_old_output() {
    for signal in ["-TERM", "-INT"] {
        let place = place();
        fs::write(place.path().join("out.json"), "old").unwrap();
        let mut child = waiting(&place, &["a.txt", "-o", "out.json"]);
        let pipe = fs::File::options()
            .write(true)
            .open(place.path().join("wait"))
            .unwrap();
        let id = child.id().to_string();
        assert!(
            // The command of its own is not on every machine; the shell always has it.
            Command::new("sh")
                .args(["-c", &format!("kill {signal} {id}")])
                .status()
                .unwrap()
                .success()
        );
        assert_ne!(child.wait().unwrap().code(), Some(0), "{signal}");
        drop(pipe);
        assert_eq!(place.text("out.json"), "old", "{signal}");
    }
}
