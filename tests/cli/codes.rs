//! Exit codes: as the help and the README have them.

use super::checks::{SAMPLE, check};
use super::run::{OTHER, Place};

#[test]
fn of_check_severity_counts_and_that_something_was_checked() {
    let damaged = SAMPLE.replace("| 261 | 30 |", "| 261 | 31 |");
    let silent = SAMPLE.replace("2022年未收取信息处理费。", "");
    let renumbered = SAMPLE.replace("五、存在", "三、存在");
    let place = Place::with(&[
        ("ok", SAMPLE.as_bytes()),
        ("error", damaged.as_bytes()),
        ("warning", renumbered.as_bytes()),
        ("note", silent.as_bytes()),
        ("other", OTHER.as_bytes()),
        ("other2", OTHER.as_bytes()),
    ]);
    for (inputs, code, with_warnings) in [
        (&["ok"][..], 0, 0),
        (&["error"], 1, 1),
        (&["warning"], 0, 1),
        (&["note"], 0, 0),
        (&["other"], 1, 1),
        (&["other", "other2"], 1, 1),
        (&["other", "ok"], 0, 0),
        (&["other", "error"], 1, 1),
        (&["none", "ok"], 2, 2),
        (&["none", "error"], 2, 2),
        (&["none"], 2, 2),
    ] {
        for format in ["text", "json", "jsonl", "sarif", "github"] {
            let options = ["--format", format];
            let of = |more: &[&str]| check(&place, inputs, &[&options, more].concat()).code;
            let codes = (of(&[]), of(&["--fail-on", "warning"]));
            assert_eq!(codes, (code, with_warnings), "{inputs:?} {format}");
        }
    }
    assert_eq!(check(&place, &["ok"], &["-o", "none/a"]).code, 2);
    assert_eq!(check(&place, &["ok"], &["--form", "none"]).code, 2);
}

#[test]
fn of_parse_and_export_every_form_is_recognised() {
    let place = Place::with(&[("ok", SAMPLE.as_bytes()), ("other", OTHER.as_bytes())]);
    for command in ["parse", "export"] {
        for (inputs, code) in [
            (&["ok"][..], 0),
            (&["other"], 1),
            (&["ok", "other"], 1),
            (&["ok", "none"], 2),
            (&["other", "none"], 2),
            (&["none"], 2),
        ] {
            let ran = place.run(&[&[command], inputs].concat());
            assert_eq!(ran.code, code, "{command} {inputs:?}");
        }
    }
}
