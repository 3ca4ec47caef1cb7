//! What gongkai itself writes: its labels and numbers are those of a report, but where they stand is
//! not.

use memchr::memmem;

use super::Kind;

const fn own(message: &'static str) -> Kind {
    Kind {
        code: "own-output",
        message,
        help: "read the reports themselves; of a folder, `--glob` chooses them",
    }
}

const PARSE: Kind = own("the input is an output of `gongkai parse`, not a report");
const CHECK: Kind = own("the input is an output of `gongkai check`, not a report");
const EXPORT: Kind = own("the input is an output of `gongkai export`, not a report");
const CONVERT: Kind = own("the input is the `--map` of `gongkai convert`, not a report");
const GRAMMAR: Kind = own("the input is a grammar, not a report");
const SHOWN: Kind = own("the input is an output of `gongkai grammar show`, not a report");

/// What outputs begin with that are no JSON.
const BEGINNINGS: [(&str, Kind); 8] = [
    ("source,sha256,form,agency,year,", EXPORT),
    ("source\tsha256\tform\tagency\tyear\t", EXPORT),
    ("kind,name,form,panel,", EXPORT),
    ("kind\tname\tform\tpanel\t", EXPORT),
    ("source_start\tsource_end\t", CONVERT),
    ("::error file=", CHECK),
    ("::warning file=", CHECK),
    ("::notice file=", CHECK),
];

/// Which output of gongkai the bytes are, if they are one.
pub(super) fn of(bytes: &[u8]) -> Option<Kind> {
    let mut known = BEGINNINGS.iter();
    let known = known.find(|(beginning, _)| bytes.starts_with(beginning.as_bytes()));
    known
        .map(|(_, kind)| *kind)
        .or_else(|| json(bytes))
        .or_else(|| is_verdict(bytes).then_some(CHECK))
        .or_else(|| is_grammar(bytes).then_some(GRAMMAR))
        .or_else(|| is_shown(bytes).then_some(SHOWN))
}

/// A document of `parse` or `check`, compact or indented, or a row of `export`.
fn json(bytes: &[u8]) -> Option<Kind> {
    let inside = bytes.strip_prefix(b"{")?.trim_ascii_start();
    if let Some(schema) = inside.strip_prefix(b"\"schema\":") {
        let schema = schema.trim_ascii_start().strip_prefix(b"\"gongkai.")?;
        let is_extraction = schema.starts_with(b"extraction/");
        return Some(if is_extraction { PARSE } else { CHECK });
    }
    let line = inside.split(|byte| *byte == b'\n').next()?;
    let has = |key: &str| memmem::find(line, key.as_bytes()).is_some();
    if inside.starts_with(b"\"$schema\":") {
        return has("/sarif-").then_some(CHECK);
    }
    let is_row = inside.starts_with(b"\"source\":\"") && has("\",\"sha256\":\"");
    let is_entry = inside.starts_with(b"\"kind\":\"") && has(",\"form\":") && has(",\"panel\":");
    (is_row || is_entry).then_some(EXPORT)
}

/// What `check` prints for people: a verdict on a report in the first line, or, where that was no
/// report, the counts of all in the last.
fn is_verdict(bytes: &[u8]) -> bool {
    let mut lines = bytes.trim_ascii().split(|byte| *byte == b'\n');
    let first = lines.next().unwrap_or_default().trim_ascii_end();
    let last = lines.next_back().unwrap_or_default();
    let is = |line: &[u8], counts: &str, end: &str| {
        line.ends_with(end.as_bytes()) && memmem::find(line, counts.as_bytes()).is_some()
    };
    is(first, " hold, ", " not evaluated)") || is(last, " checks hold, ", " not evaluated")
}

/// A file with a table `[form]` has rows and columns too, with the labels of a report.
fn is_grammar(bytes: &[u8]) -> bool {
    let head = bytes.get(..super::HEAD).unwrap_or(bytes);
    let mut places = memmem::find_iter(head, "[form]");
    places.any(|at| {
        let before = head.get(..at).unwrap_or_default();
        let after = head.get(at + "[form]".len()..).unwrap_or_default();
        matches!(before.last(), None | Some(b'\n')) && matches!(after.first(), Some(b'\n' | b'\r'))
    })
}

/// What `grammar show` prints: the name of a form with its id, and below it the document.
fn is_shown(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let name = lines.next().unwrap_or_default();
    let named = name.ends_with(b")") && memmem::find(name, b"  (").is_some();
    let below = lines.next().unwrap_or_default();
    named
        && [&b"document: "[..], b"years: "]
            .iter()
            .any(|it| below.starts_with(it))
}

#[test]
fn outputs_are_told_from_reports() {
    let message = |text: &str| of(text.as_bytes()).map(|kind| kind.message);
    for (command, text) in [
        ("parse", "{\"schema\":\"gongkai.extraction/1\""),
        ("check", "{\n  \"schema\": \"gongkai.check/1\""),
        ("check", "{\"schema\":\"gongkai.across/1\""),
        (
            "check",
            "{\n  \"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n",
        ),
        ("check", "::error file=a.txt,line=3::should hold\n"),
        (
            "check",
            "a.txt: ok (annual_2021, 62 hold, 0 not evaluated)\n1 report",
        ),
        (
            "check",
            "a: nothing to check\n1 report: 0 checks hold, 0 fail, 0 not evaluated\n",
        ),
        ("export", "{\"source\":\"a.txt\",\"sha256\":\"00\"}"),
        (
            "export",
            "{\"kind\":\"cell\",\"name\":\"a\",\"form\":null,\"panel\":null}",
        ),
        ("export", "source,sha256,form,agency,year,table"),
        ("export", "kind,name,form,panel,unit"),
        ("convert", "source_start\tsource_end\ttarget_start"),
        ("grammar show", "月报  (mine)\ndocument: 沪府办\n"),
        ("grammar", "# Mine.\r\n[form]\r\nid = \"mine\"\r\n"),
    ] {
        let said = message(text).unwrap_or_default();
        assert!(said.contains(command), "{text}: {said}");
    }
    for text in [
        "",
        "\n",
        "{\"$schema\": \"x\"}",
        "{\"kind\":\"a\"}",
        "表[form]\n",
        "not evaluated",
    ] {
        assert_eq!(message(text), None, "{text}");
    }
}
