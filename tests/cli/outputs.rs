//! Where the output goes, and what becomes of it when it cannot.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use super::run::{Place, REPORT, said};

#[test]
fn a_file_appears_when_it_is_complete() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes()), ("out.json", b"old")]);
    let printed = place.run(&["parse", "a.txt"]);
    let ran = place.run(&["parse", "a.txt", "-o", "out.json"]);
    let said = said("a.txt");
    assert_eq!((ran.code, ran.out.as_str(), &ran.err), (0, "", &said));
    assert_eq!(place.text("out.json"), printed.out);
    // Nothing is lost to an input that cannot be read, and nothing is left beside.
    let ran = place.run(&["parse", "none.txt", "-o", "out.json"]);
    assert_eq!(ran.code, 2);
    assert_eq!(place.text("out.json"), printed.out);
    let mut names: Vec<_> = fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    names.sort();
    assert_eq!(names, ["a.txt", "out.json"]);
}

#[cfg(unix)]
#[test]
fn an_output_file_is_as_any_other() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::with(&[("a.txt", REPORT.as_bytes()), ("real.json", b"old")]);
    symlink("real.json", place.path().join("link.json")).unwrap();
    assert_eq!(place.run(&["parse", "a.txt", "-o", "link.json"]).code, 0);
    assert!(place.path().join("link.json").is_symlink());
    assert!(place.text("real.json").starts_with('{'));
    assert_eq!(place.run(&["parse", "a.txt", "-o", "new.json"]).code, 0);
    let mode = |name: &str| {
        fs::metadata(place.path().join(name))
            .unwrap()
            .permissions()
            .mode()
    };
    assert_eq!(mode("new.json"), mode("a.txt"));
    // What was private stays so.
    let mut outputs = vec!["own.csv"];
    outputs.extend(cfg!(feature = "sqlite").then_some("own.sqlite"));
    for name in outputs {
        fs::write(place.path().join(name), "old").unwrap();
        let private = fs::Permissions::from_mode(0o600);
        fs::set_permissions(place.path().join(name), private).unwrap();
        assert_eq!(place.run(&["export", "a.txt", "-o", name]).code, 0);
        assert_eq!(mode(name) & 0o777, 0o600, "{name}");
    }
}

#[test]
fn what_cannot_be_written_is_said() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    let refused = |target: &str| place.run(&["parse", "a.txt", "-o", target]).verdict();
    insta::assert_snapshot!(refused("no/such/out.json"), @"
    exit 2
    gongkai: cannot write `no/such/out.json`: there is no folder `no/such`
    ");
    insta::assert_snapshot!(refused("."), @"
    exit 2
    gongkai: cannot write `.`: is a directory
    ");
    insta::assert_snapshot!(refused("new/"), @"
    exit 2
    gongkai: cannot write `new/`: is a directory
    ");
}

#[test]
fn no_input_is_written_over_and_no_output_twice() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes()), ("b.txt", REPORT.as_bytes())]);
    for command in ["parse", "check"] {
        let ran = place.run(&[command, "b.txt", "a.txt", "-o", "./a.txt"]);
        insta::allow_duplicates! {
            insta::assert_snapshot!(ran.verdict(), @"
            exit 2
            gongkai: `a.txt` is an input: name another file to write
            ");
        }
    }
    let ran = place.run(&["export", "a.txt", "-o", "o.csv", "--list", "a.txt"]);
    insta::assert_snapshot!(ran.verdict(), @"
    exit 2
    gongkai: `a.txt` is an input: name another file to write
    ");
    assert_eq!(place.text("a.txt"), REPORT);
    let ran = place.run(&["parse", "a.txt", "-o", "o.json", "--list", "o.json"]);
    insta::assert_snapshot!(ran.verdict(), @"
    exit 2
    gongkai: `o.json` is named for two outputs: give each a file of its own
    ");
    if cfg!(unix) {
        let ran = place.run(&["parse", "a.txt", "-o", "/dev/null", "--list", "/dev/null"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    }
}

#[test]
fn a_file_that_is_not_to_be_written_stays() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes()), ("kept.csv", b"old")]);
    let path = place.path().join("kept.csv");
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    for command in ["parse", "export"] {
        let ran = place.run(&[command, "a.txt", "-o", "kept.csv"]);
        assert_eq!(ran.code, 2);
        assert_eq!(
            ran.err,
            "gongkai: cannot write `kept.csv`: permission denied\n"
        );
        assert_eq!(place.text("kept.csv"), "old");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    insta::assert_snapshot!(place.run(&["parse", "a.txt", "-o", "/dev/full"]).verdict(), @"
    exit 2
    gongkai: cannot write `/dev/full`: No space left on device
    ");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let place = Place::new();
    for number in 0..300 {
        fs::write(place.path().join(format!("{number}.txt")), REPORT).unwrap();
    }
    for arguments in [
        &["parse", "."][..],
        &["parse", ".", "--jobs", "1"],
        &["export", "."],
        &["export", ".", "--wide", "--format", "jsonl"],
        &["check", "."],
    ] {
        let mut command = place.command(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 8];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments:?}");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    }
}

#[test]
fn colour_is_for_terminals_and_those_who_ask() {
    let place = Place::new();
    let red = "\u{1b}[";
    let run = |arguments: &[&str], variable: &str| {
        let mut command = place.command(arguments);
        let output = command.env(variable, "1").output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(!run(&["parse", "none"], "UNUSED").contains(red));
    assert!(run(&["parse", "none"], "CLICOLOR_FORCE").contains(red));
    assert!(run(&["parse", "none", "--color", "always"], "UNUSED").contains(red));
    assert!(!run(&["parse", "none", "--color", "never"], "CLICOLOR_FORCE").contains(red));
    let mut command = place.command(&["parse", "none"]);
    command.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1");
    assert!(!String::from_utf8_lossy(&command.output().unwrap().stderr).contains(red));
}

#[test]
fn texts_are_converted_or_it_is_said_how_to() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    let ran = place.run(&["parse", "a.txt", "--to", "hant"]);
    let converted = place.run(&["convert", "a.txt", "--to", "hant"]);
    if cfg!(feature = "convert") {
        let document = &ran.lines()[0];
        assert_eq!(document["agency"]["text"], "某某縣人民政府");
        assert_eq!(document["tables"][0]["rows"][0]["label"][0], "規章");
        assert_eq!(document["tables"][0]["rows"][0]["cells"][2]["raw"], "6");
        assert!(
            converted
                .out
                .starts_with("某某縣人民政府2022年政府信息公開")
        );
    } else {
        for ran in [ran, converted] {
            assert_eq!((ran.code, ran.out.as_str()), (2, ""));
            assert!(ran.err.contains("`--features convert`"), "{}", ran.err);
            assert_eq!(ran.err.lines().count(), 1);
        }
    }
}

#[test]
fn a_dash_is_standard_output() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    for command in ["parse", "export", "check"] {
        let printed = place.run(&[command, "a.txt"]);
        let dashed = place.run(&[command, "a.txt", "-o", "-"]);
        assert_eq!((dashed.code, dashed.out), (printed.code, printed.out));
    }
    assert!(!place.path().join("-").exists());
    let ran = place.run(&["export", "a.txt", "-o", "-", "--resume"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("`--resume` needs a file"), "{}", ran.err);
}

#[test]
fn usage_errors_heed_the_choice_of_colour() {
    let place = Place::new();
    let run = |color: &str| {
        let mut command = place.command(&["parse", "--wrong", "--color", color]);
        let output = command.env("CLICOLOR_FORCE", "1").output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(run("always").contains('\u{1b}'));
    assert!(!run("never").contains('\u{1b}'));
}

#[test]
fn a_list_is_a_file() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    for command in ["parse", "export"] {
        let ran = place.run(&[command, "a.txt", "--list", "-"]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("it is a file"), "{}", ran.err);
    }
    assert!(!place.path().join("-").exists());
}

#[test]
#[cfg(feature = "convert")]
fn a_conversion_never_writes_over_its_input() {
    let place = Place::with(&[("a.txt", "规章".as_bytes())]);
    for output in [["-o", "a.txt"], ["--map", "a.txt"]] {
        let ran = place.run(&[&["convert", "a.txt", "--to", "hant"][..], &output].concat());
        assert_eq!(ran.code, 2);
        assert_eq!(
            ran.err,
            "gongkai: `a.txt` is an input: name another file to write\n"
        );
        assert_eq!(place.text("a.txt"), "规章");
    }
}
