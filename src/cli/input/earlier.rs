//! Whether a file in a folder of inputs is an output of an earlier run, by its first bytes.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// As much as shows what a file is.
const HEAD: u64 = 4096;

/// Whether the file may be written over: it is empty, or looks like something that gongkai writes.
pub(super) fn is_output(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.is_ok() && looks_written(&head)
}

fn looks_written(head: &[u8]) -> bool {
    if head.is_empty() || head.starts_with(b"PAR1") || head.starts_with(b"SQLite format 3\0") {
        return true;
    }
    // The library knows documents and tables.
    let known = gongkai::extract(head, &gongkai::Options::default());
    let own = known.is_ok_and(|known| {
        known
            .diagnostics
            .iter()
            .any(|note| note.code == "own-output")
    });
    own || is_list_or_check(head)
}

/// A list of `--list`, or what `check` prints.
fn is_list_or_check(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let first = text.lines().next().unwrap_or_default();
    first.contains("\tnot recognised\t")
        || first.contains("\tunreadable\t")
        || first.contains(": nothing to check: ")
        || first.ends_with(" not evaluated)")
        || first.starts_with("::error ")
        || first.starts_with("::warning ")
        || first.starts_with("::notice ")
        || text.starts_with('{') && text.contains("sarif")
}

#[test]
fn outputs_are_told_from_reports() {
    for text in [
        "",
        "{\"schema\":\"gongkai.extraction/1\"",
        "a.txt\tunreadable\tno\n",
        "a.txt: ok (annual_2021, 60 hold, 2 not evaluated)\n",
        "a.txt: nothing to check: no form is recognised\n",
        "::notice file=a.txt,title=q_year_ratio::1 cell\n",
    ] {
        assert!(looks_written(text.as_bytes()), "{text}");
    }
    for text in ["规章", "%PDF-1.4", "a\tb", "{}"] {
        assert!(!looks_written(text.as_bytes()), "{text}");
    }
}
