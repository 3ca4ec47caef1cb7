//! Inputs that are no text of a report, by their first bytes.

/// What is said of an input that is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// Stable code of the diagnostic.
    pub(super) code: &'static str,
    pub(super) message: &'static str,
    pub(super) help: &'static str,
}

/// No text at all: to decode it would give a text that nobody wrote.
const fn not_text(message: &'static str, help: &'static str) -> Kind {
    Kind {
        code: "not-text",
        message,
        help,
    }
}

const SAVE: &str = "save it as plain text or HTML in a program that opens it, and read that";
const RECOGNISE: &str = "have its text recognised (OCR) first, and read that";
const LEAVE: &str = "leave it out: name the reports alone, or choose them with `--glob`";

/// What files of other kinds begin with.
const BEGINNINGS: [(&[u8], Kind); 13] = [
    (
        b"%PDF-",
        not_text(
            "the input is a PDF, not text",
            "take its text out first, for example with `pdftotext -layout`, and read that",
        ),
    ),
    (
        b"PK\x03\x04",
        not_text(
            "the input is a zip archive, as .docx, .xlsx and .ofd files are, not text",
            SAVE,
        ),
    ),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        not_text(
            "the input is a file of Word, Excel or WPS (.doc, .xls, .wps), not text",
            SAVE,
        ),
    ),
    (
        b"{\\rtf",
        not_text("the input is RTF, not plain text", SAVE),
    ),
    (
        b"\xFF\xD8\xFF",
        not_text("the input is a picture (JPEG), not text", RECOGNISE),
    ),
    (
        b"\x89PNG\r\n\x1A\n",
        not_text("the input is a picture (PNG), not text", RECOGNISE),
    ),
    (
        b"\x1F\x8B\x08",
        not_text(
            "the input is compressed (gzip), not text",
            "unpack it first, for example with `gunzip`, and read what was in it",
        ),
    ),
    (
        b"PAR1",
        not_text("the input is a Parquet file, not text", LEAVE),
    ),
    (
        b"SQLite format 3\0",
        not_text("the input is an SQLite database, not text", LEAVE),
    ),
    (b"source,sha256,form,agency,year,", OWN),
    (b"source\tsha256\tform\tagency\tyear\t", OWN),
    (b"kind,name,form,panel,", OWN),
    (b"kind\tname\tform\tpanel\t", OWN),
];

/// Its labels and numbers are those of a report, but where they stand is not.
const OWN: Kind = Kind {
    code: "own-output",
    message: "the input is an output of gongkai, not a report",
    help: LEAVE,
};

/// Programs, pictures of rarer kinds.
const BINARY: Kind = not_text(
    "the input has zero bytes as no text has them",
    "take its text out first; if it is text in UTF-16, name that with `--encoding`",
);

/// How far into the input zero bytes are looked for.
const HEAD: usize = 8192;

/// What the bytes are, if they are of a kind that is not read; `encoding` is what they were read as.
pub(super) fn of(bytes: &[u8], encoding: &str) -> Option<Kind> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut known = BEGINNINGS.iter();
    let known = known.find(|(beginning, _)| bytes.starts_with(beginning));
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // A few are found in scraped texts.
    let zeros = || memchr::memchr_iter(0, head).count() > head.len() / 20;
    let is_binary = || !encoding.starts_with("UTF-16") && !head.is_empty() && zeros();
    known
        .map(|(_, kind)| *kind)
        .or_else(|| is_own_json(bytes).then_some(OWN))
        .or_else(|| is_binary().then_some(BINARY))
}

/// A document of `parse` or `check`, compact or indented, or a row of `export`.
fn is_own_json(bytes: &[u8]) -> bool {
    let Some(inside) = bytes.strip_prefix(b"{") else {
        return false;
    };
    let inside = inside.trim_ascii_start();
    if let Some(schema) = inside.strip_prefix(b"\"schema\":") {
        return schema.trim_ascii_start().starts_with(b"\"gongkai.");
    }
    let line = inside.split(|byte| *byte == b'\n').next();
    let line = line.unwrap_or_default();
    inside.starts_with(b"\"source\":\"")
        && memchr::memmem::find(line, b"\",\"sha256\":\"").is_some()
}

#[test]
fn reports_are_of_no_kind_that_is_known_here() {
    for text in ["", "{", "PK", "规章", "<html>", "{\"schema\": \"other\"}"] {
        assert_eq!(of(text.as_bytes(), "UTF-8"), None, "{text}");
    }
    let code = |bytes: &[u8]| of(bytes, "UTF-8").map(|kind| kind.code);
    assert_eq!(code(b"%PDF-1.4"), Some("not-text"));
    assert_eq!(code(b"\x7FELF\x02\x01\x01\0\0\0\0\0"), Some("not-text"));
    assert_eq!(of(b"\xC4\x89\0\n\0", "UTF-16LE"), None);
    for own in [
        "{\"schema\":\"gongkai.extraction/1\"",
        "{\n  \"schema\": \"gongkai.check/1\"",
        "{\"source\":\"a.txt\",\"sha256\":\"00\"}",
        "\u{FEFF}source,sha256,form,agency,year,table",
        "kind,name,form,panel,unit",
    ] {
        assert_eq!(code(own.as_bytes()), Some("own-output"), "{own}");
    }
}
