//! One input: a file, standard input, and what is no report.

use super::run::{OTHER, Place, REPORT, said};

#[test]
fn a_file_gives_one_document() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    let ran = place.run(&["parse", "a.txt"]);
    let said = said("a.txt");
    assert_eq!((ran.code, &ran.err), (0, &said));
    let document = &ran.lines()[0];
    assert_eq!(document["source"]["name"], "a.txt");
    assert_eq!(document["form"]["id"], "annual_2021");
    assert_eq!(ran.lines().len(), 1);
}

#[test]
fn standard_input_is_read_where_nothing_is_named() {
    let place = Place::new();
    for arguments in [&["parse"][..], &["parse", "-"]] {
        let ran = place.pipe(arguments, REPORT.as_bytes());
        let said = said("-");
        assert_eq!((ran.code, &ran.err), (0, &said));
        assert_eq!(ran.lines()[0]["source"]["name"], "-");
    }
}

#[test]
fn what_is_no_report_has_a_document_and_exit_code_1() {
    let jpeg = b"\xFF\xD8\xFF\xE0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\xFF\xDB\x00\x43\x00\x08\x06";
    let place = Place::with(&[
        ("empty", b""),
        ("nul", &[0; 4096]),
        ("other", OTHER.as_bytes()),
        ("photo.jpg", jpeg),
    ]);
    for name in ["empty", "nul", "other", "photo.jpg"] {
        let ran = place.run(&["parse", name]);
        assert_eq!(ran.code, 1, "{name}");
        assert!(
            ran.err.starts_with(&format!("gongkai: {name}")),
            "{}",
            ran.err
        );
        let export = place.run(&["export", name, "-o", "o.csv"]);
        assert_eq!((export.code, export.err), (1, ran.err.clone()));
        let document = &ran.lines()[0];
        assert!(document["form"].is_null());
        let diagnostics = document["diagnostics"].as_array().unwrap();
        let error = |each: &serde_json::Value| each["severity"] == "error";
        assert!(diagnostics.iter().any(error), "{document}");
        assert_eq!(document["tables"].as_array().unwrap().len(), 0);
    }
}

#[test]
fn an_input_that_cannot_be_read_is_named_with_the_reason() {
    let ran = Place::new().run(&["parse", "none.txt"]);
    insta::assert_snapshot!(ran.verdict(), @"
    exit 2
    gongkai: cannot read `none.txt`: No such file or directory
    ");
    let ran = Place::new().run(&["check", "none.txt"]);
    insta::assert_snapshot!(ran.verdict(), @"
    exit 2
    gongkai: cannot read `none.txt`: No such file or directory
    ");
}

#[test]
fn wrong_usage_is_refused() {
    let place = Place::with(&[
        ("a.txt", b""),
        ("bad/x.toml", b"[form]\nid = '\xE8\xA1\xA8'\n"),
    ]);
    let refused = |arguments: &[&str]| place.run(arguments).verdict();
    insta::assert_snapshot!(refused(&["parse", "a.txt", "--form", "annual_1999"]), @"
    exit 2
    gongkai: no form has the id `annual_1999`; known are `final_accounts_2017`, `economy_2017`, `annual_2019`, `annual_2021`, `dingxi_2008`, `fujian_2009`, `shanghai_2004`, `shanghai_2011`, `stat_2014`
    ");
    insta::assert_snapshot!(refused(&["parse", "a.txt", "--encoding", "utf-9"]), @"
    exit 2
    gongkai: expected an encoding, such as `utf-8`, `gb18030`, `big5` or `utf-16le`, found `utf-9`
    ");
    insta::assert_snapshot!(refused(&["parse", "--glob", "["]), @"
    exit 2
    gongkai: wrong pattern `[`: unclosed character class; missing ']'
    ");
    insta::assert_snapshot!(refused(&["parse", "a.txt", "--max-bytes", "1k"]), @"
    exit 2
    error: invalid value '1k' for '--max-bytes <N>': expected a number of bytes, such as 1000000

    For more information, try '--help'.
    ");
    insta::assert_snapshot!(refused(&["grammar", "show", "x"]), @"
    exit 2
    gongkai: no form has the id `x`; known are `final_accounts_2017`, `economy_2017`, `annual_2019`, `annual_2021`, `dingxi_2008`, `fujian_2009`, `shanghai_2004`, `shanghai_2011`, `stat_2014`
    ");
    let grammar = refused(&["parse", "a.txt", "--grammars", "bad"]);
    assert!(grammar.starts_with("exit 2\nerror["), "{grammar}");
    assert!(grammar.contains("error[bad-id]: expected an id, found `表`"));
    assert!(grammar.contains("x.toml:2:6"), "{grammar}");
    for arguments in [&["parse", "--wrong"][..], &["parse", "--jobs", "0"], &[]] {
        let ran = place.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}");
        assert!(ran.err.contains("--help"), "{}", ran.err);
    }
}

#[test]
fn a_form_that_does_not_fit_is_not_forced() {
    let place = Place::with(&[("a.txt", OTHER.as_bytes())]);
    let ran = place.run(&["parse", "a.txt", "--form", "annual_2019"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.lines()[0]["tables"].as_array().unwrap().len(), 0);
}

#[test]
fn offsets_are_counted_as_asked() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    let end = |offsets: &str| {
        let ran = place.run(&["parse", "a.txt", "--offsets", offsets]);
        let document = &ran.lines()[0];
        assert_eq!(document["source"]["offsets"], offsets);
        document["agency"]["span"]["end"].as_u64().unwrap()
    };
    assert_eq!((end("byte"), end("char"), end("utf16")), (21, 7, 7));
}

#[test]
fn an_encoding_can_be_named() {
    let (bytes, ..) = encoding_rs::GB18030.encode(REPORT);
    let place = Place::with(&[("a.txt", &bytes)]);
    let ran = place.run(&["parse", "a.txt", "--encoding", "gb18030"]);
    assert_eq!(ran.code, 0);
    assert_eq!(ran.lines()[0]["source"]["encoding"], "gb18030");
    assert_eq!(ran.lines()[0]["agency"]["text"], "某某县人民政府");
}

#[test]
fn what_is_no_text_is_said_with_what_to_do() {
    let place = Place::with(&[
        ("a.pdf", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj"),
        ("a.docx", b"PK\x03\x04\x14\x00word/document.xml"),
        ("a.xlsx", b"PK\x03\x04\x14\x00xl/workbook.xml"),
        ("a.zip", b"PK\x03\x04\x14\x00a.txt"),
        ("a.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\x00"),
        ("a.gif", b"GIF89a\x01\x00\x01\x00"),
        ("a.bin", b"\x00\x01\x02\x00\x00\x00"),
    ]);
    let names = [
        "a.pdf", "a.docx", "a.xlsx", "a.zip", "a.doc", "a.gif", "a.bin",
    ];
    let said = names.map(|name| {
        let ran = place.run(&["parse", name]);
        assert_eq!(ran.code, 1);
        assert!(ran.lines()[0]["form"].is_null());
        assert_eq!(ran.lines()[0]["diagnostics"][0]["code"], "not-text");
        ran.err
    });
    insta::assert_snapshot!(said.concat(), @"
    gongkai: a.pdf: the input is a PDF, not text; take its text out first, for example with `pdftotext -layout`, and read that
    gongkai: a.docx: the input is a document of Word (.docx), not text; save it as HTML in a program that opens it, for example with `libreoffice --headless --convert-to html FILE`, and read that
    gongkai: a.xlsx: the input is a workbook of Excel (.xlsx), not text; save it as HTML in a program that opens it, for example with `libreoffice --headless --convert-to html FILE`, and read that
    gongkai: a.zip: the input is a zip archive, not text; unpack it first, for example with `unzip`, and read what was in it
    gongkai: a.doc: the input is a file of Word, Excel or WPS (.doc, .xls, .wps), not text; save it as HTML in a program that opens it, for example with `libreoffice --headless --convert-to html FILE`, and read that
    gongkai: a.gif: the input is a picture (GIF), not text; have its text recognised first, for example with `tesseract FILE OUT -l chi_sim`, and read that
    gongkai: a.bin: the input is no text: a good part of its bytes are zero; take its text out with the program that made it, and read that; if it is text in UTF-16, name that with `--encoding utf-16le`
    ");
}

#[test]
fn an_empty_name_is_said() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    for arguments in [&["parse", ""][..], &["parse", "a.txt", "-o", ""]] {
        let ran = place.run(arguments);
        assert_eq!(ran.code, 2);
        assert!(ran.err.contains("the name is empty"), "{}", ran.err);
    }
    let ran = place.run(&["parse", "a.txt", "--jobs", "x"]);
    assert!(
        ran.err.contains("expected a number of threads"),
        "{}",
        ran.err
    );
}

#[test]
fn what_was_probably_meant_is_said() {
    let place = Place::with(&[("a.txt", REPORT.as_bytes())]);
    let ran = place.run(&["a.txt"]);
    assert_eq!((ran.code, ran.out.as_str()), (2, ""));
    assert!(
        ran.err.contains("tip: to read it: `gongkai parse a.txt`"),
        "{}",
        ran.err
    );
    assert!(!place.run(&["b.txt"]).err.contains("to read it"));
    let ran = place.run(&["parse", "*.txt"]);
    assert_eq!(ran.code, 2);
    insta::assert_snapshot!(ran.err, @"gongkai: cannot read `*.txt`: No such file or directory; of a folder, `--glob` takes patterns");
}

#[test]
fn a_table_of_nothing_has_no_header() {
    let place = Place::new();
    std::fs::create_dir(place.path().join("empty")).unwrap();
    for input in ["none.txt", "empty"] {
        let ran = place.run(&["export", input]);
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{input}");
        assert_eq!(ran.err.lines().count(), 1);
    }
}
