//! Inputs that are no text of a report, by their first bytes.

mod own;

use memchr::{memchr_iter, memmem};

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

// Of a document saved as text the tables are gone, as HTML they are not.
const SAVE: &str = "save it as HTML in a program that opens it, for example with `libreoffice \
    --headless --convert-to html FILE`, and read that";
const PRINT: &str = "save it as a PDF in a program that opens it, take the text out of that, for \
    example with `pdftotext -layout`, and read that";
const BROWSE: &str = "open it in a browser, save it as HTML, and read that";
const RECOGNISE: &str = "have its text recognised first, for example with `tesseract FILE OUT -l \
    chi_sim`, and read that";
const LEAVE: &str = "leave it out: name the reports alone, or choose them with `--glob`";

/// What files of other kinds begin with.
const BEGINNINGS: [(&[u8], Kind); 15] = [
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
            "the input is a zip archive, not text",
            "unpack it first, for example with `unzip`, and read what was in it",
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
        b"GIF8",
        not_text("the input is a picture (GIF), not text", RECOGNISE),
    ),
    (
        b"II*\0",
        not_text("the input is a picture (TIFF), not text", RECOGNISE),
    ),
    (
        b"MM\0*",
        not_text("the input is a picture (TIFF), not text", RECOGNISE),
    ),
    (
        b"\x1F\x8B\x08",
        not_text(
            "the input is compressed (gzip), not text",
            "unpack it first, for example with `gunzip`, and read what was in it",
        ),
    ),
    (
        b"Rar!\x1A\x07",
        not_text(
            "the input is an archive (RAR), not text",
            "unpack it first, for example with `unrar x`, and read what was in it",
        ),
    ),
    (
        b"7z\xBC\xAF\x27\x1C",
        not_text(
            "the input is an archive (7z), not text",
            "unpack it first, for example with `7z x`, and read what was in it",
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
    (
        b"From: <Saved by ",
        not_text("the input is a web archive (.mht), not a page", BROWSE),
    ),
];

/// What zip archives of other kinds have in them; names of files stand there as they are.
const ZIPPED: [(&[u8], Kind); 4] = [
    (
        b"word/document",
        not_text("the input is a document of Word (.docx), not text", SAVE),
    ),
    (
        b"xl/workbook",
        not_text("the input is a workbook of Excel (.xlsx), not text", SAVE),
    ),
    (
        b"vnd.oasis.opendocument",
        not_text(
            "the input is an OpenDocument file (.odt, .ods), not text",
            SAVE,
        ),
    ),
    (b"OFD.xml", not_text("the input is an OFD, not text", PRINT)),
];

/// Programs, pictures of rarer kinds.
const BINARY: Kind = not_text(
    "the input is no text: a good part of its bytes are zero",
    "take its text out with the program that made it, and read that; if it is text in UTF-16, \
     name that with `--encoding utf-16le`",
);

/// How far into the input zero bytes are looked for.
const HEAD: usize = 8192;

/// What the bytes are, if they are of a kind that is not read; `encoding` is what they were read as.
pub(super) fn of(bytes: &[u8], encoding: &str) -> Option<Kind> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut known = BEGINNINGS.iter();
    if let Some((beginning, kind)) = known.find(|(beginning, _)| bytes.starts_with(beginning)) {
        let mut zipped = ZIPPED.iter().filter(|_| beginning.starts_with(b"PK"));
        let inside = zipped.find(|(name, _)| memmem::find(bytes, name).is_some());
        return Some(inside.map_or(*kind, |(_, kind)| *kind));
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    // A few are found in scraped texts.
    let zeros = || memchr_iter(0, head).count() > head.len() / 20;
    let is_binary = || !encoding.starts_with("UTF-16") && !head.is_empty() && zeros();
    own::of(bytes).or_else(|| is_binary().then_some(BINARY))
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
    let message = |bytes: &[u8]| of(bytes, "UTF-8").unwrap().message;
    assert!(message(b"PK\x03\x04..[Content_Types].xml..word/document.xml").contains("Word"));
    assert!(message(b"PK\x03\x04..a.txt").contains("zip"));
}
