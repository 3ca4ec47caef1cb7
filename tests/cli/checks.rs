//! `gongkai check`: what it says of inputs that are no reports, and of two years.

use serde_json::Value;

use super::run::{OTHER, Place, REPORT, Ran, said};

pub(crate) const SAMPLE: &str = include_str!("../../samples/annual_2021/markdown.txt");

/// A report of 2022 and one of 2023, which does not carry on where the first ends.
fn years() -> Place {
    let after = SAMPLE.replace("2022", "2023");
    Place::with(&[
        ("y/2022.txt", SAMPLE.as_bytes()),
        ("y/2023.txt", after.as_bytes()),
    ])
}

/// Inputs of which two are no reports, and one is not there.
fn mixed() -> Place {
    Place::with(&[
        ("a.txt", SAMPLE.as_bytes()),
        ("b.pdf", b"%PDF-1.4\n"),
        ("c.txt", OTHER.as_bytes()),
    ])
}

const MIXED: [&str; 4] = ["b.pdf", "none.txt", "a.txt", "c.txt"];

pub(crate) fn check(place: &Place, inputs: &[&str], options: &[&str]) -> Ran {
    place.run(&[&["check"], inputs, options].concat())
}

fn count(tally: &Value) -> u64 {
    let counts = tally.as_object().unwrap().values();
    counts.map(|count| count.as_u64().unwrap()).sum()
}

#[test]
fn a_document_says_of_its_own_report_what_the_text_says() {
    let place = years();
    let text = check(&place, &["y"], &[]);
    insta::assert_snapshot!(text.out.lines().take(4).collect::<Vec<_>>().join("\n"), @"
    y/2022.txt: ok by itself (annual_2021, 62 hold, 0 not evaluated)
    y/2023.txt: ok by itself (annual_2021, 62 hold, 0 not evaluated)
    y/2023.txt beside y/2022.txt: 5 checks fail (18 hold, 0 not evaluated)
    ");
    assert!(
        text.out
            .ends_with("\n\n2 reports: 142 checks hold, 5 fail, 0 not evaluated\n"),
        "{}",
        text.out
    );
    let json = check(&place, &["y"], &["--format", "jsonl"]);
    assert!(!json.out.contains("is not given"), "{}", json.out);
    let lines = json.lines();
    let tally = &lines[0]["tally"];
    assert_eq!(
        *tally,
        serde_json::json!({"pass": 62, "fail": 0, "unevaluated": 0})
    );
    assert_eq!(
        count(tally),
        lines[0]["checks"].as_array().unwrap().len() as u64
    );
    // Alone as in a batch, in both formats.
    let alone = check(&place, &["y/2022.txt"], &["--format", "json"]);
    let alone: Value = serde_json::from_str(&alone.out).unwrap();
    assert_eq!(alone["tally"], *tally);
    let text = check(&place, &["y/2022.txt"], &[]);
    insta::assert_snapshot!(text.out, @"
    y/2022.txt: ok (annual_2021, 62 hold, 0 not evaluated)
    1 report: 62 checks hold, 0 fail, 0 not evaluated
    ");
}

#[test]
fn two_years_are_named() {
    let place = years();
    // The numbers are those of documents, of which that of an unreadable input is one.
    let inputs = ["none.txt", "y/2023.txt", "y/2022.txt"];
    let lines = check(&place, &inputs, &["--format", "json"]).lines();
    let names: Vec<_> = lines
        .iter()
        .map_while(|line| line["source"]["name"].as_str())
        .collect();
    assert_eq!(names, inputs);
    let across = &lines[names.len()..];
    assert_eq!(across.len(), 23);
    for line in across {
        assert_eq!(line["schema"], "gongkai.across/1");
        for (at, name, year) in [
            ("previous", "previous_source", "y/2022.txt"),
            ("current", "current_source", "y/2023.txt"),
        ] {
            assert_eq!(line[name], year);
            assert_eq!(names[line[at].as_u64().unwrap() as usize], year);
        }
    }
}

/// The schema of a kind of document, and what judges one by it.
fn schema(place: &Place, document: &str) -> (Value, jsonschema::Validator) {
    let schema: Value = serde_json::from_str(&place.run(&["schema", document]).out).unwrap();
    let mut closed: Value = schema;
    crate::strict::close(&mut closed);
    let validator = jsonschema::validator_for(&closed).unwrap();
    (closed, validator)
}

#[test]
fn documents_are_as_their_schemas_say() {
    let place = years();
    std::fs::write(place.path().join("y/none.pdf"), "%PDF-1.4\n").unwrap();
    std::fs::write(place.path().join("y/part.txt"), REPORT).unwrap();
    let lines = check(&place, &["none.txt", "y"], &["--format", "jsonl"]).lines();
    let [(extraction, _), check, across] =
        ["extraction", "check", "across"].map(|document| schema(&place, document));
    let mut counts = [0, 0];
    for line in &lines {
        let (at, validator) = match line["schema"].as_str().unwrap() {
            "gongkai.check/1" => (0, &check.1),
            _ => (1, &across.1),
        };
        let errors = validator.iter_errors(line).map(|error| error.to_string());
        assert_eq!(errors.collect::<Vec<_>>(), Vec::<String>::new(), "{line}");
        counts[at] += 1;
        let mut other = line.clone();
        other["more"] = 1.into();
        assert!(!validator.is_valid(&other));
    }
    assert_eq!(counts, [5, 23]);
    // A check is the same wherever it stands.
    for (schema, _) in [check, across] {
        for (name, part) in schema["$defs"].as_object().unwrap() {
            assert_eq!(part, &extraction["$defs"][name], "{name}");
        }
    }
}

#[test]
fn one_file_is_a_document_and_a_folder_is_lines() {
    let place = Place::with(&[("in/a.txt", SAMPLE.as_bytes())]);
    let lines = |input: &str, format: &str| {
        let ran = check(&place, &[input], &["--format", format]);
        ran.out.lines().count()
    };
    assert_eq!((lines("in/a.txt", "jsonl"), lines("in", "jsonl")), (1, 1));
    assert_eq!(lines("in", "json"), 1);
    assert!(lines("in/a.txt", "json") > 100);
}

#[test]
fn what_is_no_report_is_said_and_no_success() {
    let own = Place::with(&[("a.txt", SAMPLE.as_bytes())]).run(&["parse", "a.txt"]);
    let place = Place::with(&[
        ("a.pdf", b"%PDF-1.4\n"),
        ("empty.txt", b""),
        ("own.json", own.out.as_bytes()),
        ("a.txt", SAMPLE.as_bytes()),
    ]);
    for (arguments, why) in [
        (&["a.pdf"][..], "the input is a PDF, not text"),
        (&["empty.txt"], "no form is recognised: "),
        (&["own.json"], "the input is an output of `gongkai parse`"),
        (
            &["a.txt", "--encoding", "utf-16le"],
            "no form is recognised: ",
        ),
    ] {
        let parsed = place.run(&[&["parse"], arguments].concat());
        let ran = place.run(&[&["check"], arguments].concat());
        let said = "gongkai: nothing could be checked: the input is no report of a known form\n";
        assert_eq!((ran.code, ran.err), (1, parsed.err + said), "{arguments:?}");
        let line = format!("{}: nothing to check: {why}", arguments[0]);
        assert!(ran.out.starts_with(&line), "{}", ran.out);
    }
    let ran = check(&place, &["a.pdf", "empty.txt"], &["--format", "github"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.err, @"gongkai: nothing could be checked: no input is a report of a known form; `gongkai parse --list FILE` says why");
    // Among others it is no failure.
    let ran = check(&place, &["a.pdf", "a.txt"], &[]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn a_report_of_which_nothing_can_be_checked_is_no_success() {
    let form = "[form]\nid = \"own\"\nname = \"某县的表\"\ngenre = \"disclosure_report\"\n\
        [[tables]]\nid = \"t\"\ncorner = \"指标名称\"\n\
        columns = [{ id = \"count\", label = \"数量合计\" }]\n\
        rows = [{ id = \"a\", label = \"走访农户数\" }, { id = \"b\", label = \"发放宣传单数\" }]\n";
    let report = "指标名称\n数量合计\n走访农户数\n12\n发放宣传单数\n40\n";
    let place = Place::with(&[
        ("own/own.toml", form.as_bytes()),
        ("a.txt", report.as_bytes()),
    ]);
    let ran = check(&place, &["a.txt"], &["--grammars", "own"]);
    assert_eq!(ran.code, 1);
    insta::assert_snapshot!(ran.out + &ran.err, @"
    a.txt: nothing could be checked (own, 0 hold, 0 not evaluated)
    1 report: 0 checks hold, 0 fail, 0 not evaluated
    gongkai: nothing could be checked: no check of the form could be evaluated
    ");
}

#[test]
fn warnings_of_a_single_input_are_said() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes()), ("b.txt", REPORT.as_bytes())]);
    let ran = check(&place, &["a.txt"], &[]);
    assert_eq!(ran.err, said("a.txt"));
    let ran = check(&place, &["a.txt", "b.txt"], &[]);
    assert_eq!(ran.err, "");
}

#[test]
fn an_input_that_cannot_be_read_has_its_line_in_every_format() {
    let place = mixed();
    let text = check(&place, &MIXED, &[]);
    assert_eq!(text.code, 2);
    insta::assert_snapshot!(text.out, @"
    b.pdf: nothing to check: the input is a PDF, not text
    none.txt: nothing to check: unreadable: No such file or directory
    a.txt: ok by itself (annual_2021, 62 hold, 0 not evaluated)
    c.txt: nothing to check: no form is recognised: the text has no table that a grammar knows
    4 reports, 2 not recognised, 1 unreadable: 62 checks hold, 0 fail, 0 not evaluated
    ");
    insta::assert_snapshot!(text.err, @"gongkai: cannot read `none.txt`: No such file or directory");
    let json = check(&place, &MIXED, &["--format", "jsonl"]);
    let codes = json.lines().into_iter().map(|line| {
        let (source, first) = (&line["source"], &line["diagnostics"][0]);
        format!("{} {}", source["name"], first["code"])
    });
    insta::assert_snapshot!(codes.collect::<Vec<_>>().join("\n"), @r#"
    "b.pdf" "not-text"
    "none.txt" "unreadable-input"
    "a.txt" null
    "c.txt" "unknown-form"
    "#);
    assert_eq!(json.code, 2);
    let github = check(&place, &MIXED, &["--format", "github"]);
    insta::assert_snapshot!(github.out, @"
    ::warning file=b.pdf,title=not-text::the input is a PDF, not text; take its text out first, for example with `pdftotext -layout`, and read that
    ::error file=none.txt,title=unreadable-input::cannot read `none.txt`: No such file or directory
    ::warning file=c.txt,title=unknown-form::no form is recognised: the text has no table that a grammar knows; `gongkai grammar list` names the forms that are known
    ");
    let sarif = check(&place, &MIXED, &["--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&sarif.out).unwrap();
    let invocation = &sarif["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], false);
    let notes = invocation["toolExecutionNotifications"].as_array().unwrap();
    let notes = notes.iter().map(|note| {
        let place = &note["locations"][0]["physicalLocation"]["artifactLocation"];
        let (level, id) = (&note["level"], &note["descriptor"]["id"]);
        format!("{} {level} {id} {}", place["uri"], note["message"]["text"])
    });
    insta::assert_snapshot!(notes.collect::<Vec<_>>().join("\n"), @r#"
    "b.pdf" "warning" "not-text" "the input is a PDF, not text; take its text out first, for example with `pdftotext -layout`, and read that"
    "none.txt" "error" "unreadable-input" "cannot read `none.txt`: No such file or directory"
    "c.txt" "warning" "unknown-form" "no form is recognised: the text has no table that a grammar knows; `gongkai grammar list` names the forms that are known"
    "#);
    let whole = check(&place, &["a.txt"], &["--format", "sarif"]);
    let whole: Value = serde_json::from_str(&whole.out).unwrap();
    let invocation = &whole["runs"][0]["invocations"][0];
    assert_eq!(invocation["executionSuccessful"], true);
    assert_eq!(
        invocation["toolExecutionNotifications"],
        serde_json::json!([])
    );
}

#[test]
fn a_single_input_that_cannot_be_read_is_a_message() {
    let place = Place::new();
    for format in ["text", "json", "jsonl"] {
        let ran = check(&place, &["none.txt"], &["--format", format]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{format}");
    }
    let ran = check(&place, &["none.txt"], &["--format", "github"]);
    assert!(ran.out.starts_with("::error file=none.txt,"), "{}", ran.out);
    let ran = check(&place, &["none.txt"], &["--format", "sarif"]);
    assert!(ran.out.contains("unreadable-input"), "{}", ran.out);
}

#[test]
fn the_help_says_which_failures_count() {
    let words = |arguments: &[&str]| {
        let ran = Place::new().run(arguments);
        ran.out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let help = words(&["check", "--help"]);
    for said in [
        "0 no check of severity error failed, and",
        "with --fail-on warning, one of severity warning or error",
        "nothing could be checked",
    ] {
        assert!(help.contains(said), "{help}");
    }
    assert!(words(&["--help"]).contains("of `check` instead: a check failed"));
    assert!(words(&["parse", "--help"]).contains("1 some input was not recognised;"));
    assert!(words(&["man", "export"]).contains("1 some input was not recognised;"));
    assert!(words(&["man", "check"]).contains("no check of severity error failed"));
}
