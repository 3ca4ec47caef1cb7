//! Grammars of one's own: the tutorial of `grammars/README.md`, word for word, and `--grammars`.

use serde_json::Value;

use crate::run::Place;

/// The parts of the tutorial in fences of one kind.
fn tutorial(fence: &str) -> Vec<&'static str> {
    let readme = include_str!("../../grammars/README.md");
    let (_, rest) = readme.split_once("## Ten minutes").unwrap();
    let (tutorial, _) = rest.split_once("## Reference").unwrap();
    let fences = tutorial.split("```").skip(1).step_by(2);
    fences
        .filter_map(|part| part.strip_prefix(fence)?.strip_prefix('\n'))
        .collect()
}

/// What `parse` reads of a report: its form, and each number by its address.
fn numbers(json: &str) -> (String, Vec<String>) {
    let extraction: Value = serde_json::from_str(json).unwrap();
    let mut numbers = Vec::new();
    for table in extraction["tables"].as_array().unwrap() {
        for row in table["rows"].as_array().unwrap() {
            for cell in row["cells"].as_array().unwrap() {
                numbers.push(format!(
                    "{}/{}/{} {}",
                    table["id"].as_str().unwrap(),
                    row["id"].as_str().unwrap(),
                    cell["column"].as_str().unwrap(),
                    cell["value"]
                ));
            }
        }
    }
    let form = extraction["form"]["id"].as_str().unwrap_or_default();
    (form.to_owned(), numbers)
}

#[test]
fn the_tutorial_works_word_for_word() {
    let grammar = tutorial("toml").join("\n");
    let texts = tutorial("text");
    let place = Place::with(&[
        ("mine/approvals.toml", grammar.as_bytes()),
        ("report.txt", texts[0].as_bytes()),
    ]);
    let mut commands = 0;
    for step in texts[1].split("$ gongkai ").skip(1) {
        let (command, printed) = step.split_once('\n').unwrap();
        let arguments: Vec<&str> = command.split(' ').collect();
        let ran = place.run(&arguments);
        assert_eq!(ran.code, 0, "{command}: {}", ran.err);
        let shown = printed.split('…').next().unwrap();
        assert!(ran.out.starts_with(shown), "{command}: {}", ran.out);
        commands += 1;
    }
    assert_eq!(commands, 3);
    let (form, cells) = numbers(
        &place
            .run(&["parse", "report.txt", "--grammars", "mine"])
            .out,
    );
    assert_eq!(form, "approvals");
    assert_eq!(cells.len(), 15);
    for cell in [
        "promised.online/closed 47",
        "total/accepted 200",
        "instant/open 2",
    ] {
        assert!(cells.contains(&format!("approvals/{cell}")), "{cells:?}");
    }
    let checked = place.run(&["check", "report.txt", "--grammars", "mine"]);
    assert_eq!(checked.code, 0, "{}", checked.out);

    let slip = grammar.replace("instant + promised =", "instant + promissed =");
    std::fs::write(place.path().join("mine/approvals.toml"), slip).unwrap();
    let ran = place.run(&["grammar", "check", "mine/approvals.toml"]);
    assert_eq!((ran.code, ran.err.as_str()), (2, texts[2]));
}

#[test]
fn a_grammar_of_ones_own_replaces_the_one_of_its_id() {
    let form = "[form]\nid = \"stat_2014\"\nname = \"某县的表\"\ngenre = \"disclosure_report\"\n\
        [[tables]]\nid = \"own\"\ncorner = \"指标名称\"\n\
        columns = [{ id = \"count\", label = \"数量合计\" }]\n\
        rows = [{ id = \"a\", label = \"走访农户数\" }, { id = \"b\", label = \"发放宣传单数\" }]\n";
    let report = "指标名称\n数量合计\n走访农户数\n12\n发放宣传单数\n40\n";
    let place = Place::with(&[
        ("own/deep/stat.toml", form.as_bytes()),
        ("report.txt", report.as_bytes()),
    ]);
    let listed = |arguments: &[&str]| place.run(arguments).out;
    let before = listed(&["grammar", "list"]);
    let after = listed(&["grammar", "list", "--grammars", "own"]);
    assert!(before.contains("政府信息公开情况统计表") && !before.contains("某县的表"));
    assert!(after.contains("某县的表") && !after.contains(" 政府信息公开情况统计表"));
    assert_eq!(before.lines().count(), after.lines().count());
    let (form, cells) = numbers(&listed(&["parse", "report.txt", "--grammars", "own"]));
    assert_eq!(form, "stat_2014");
    assert_eq!(cells, ["own/a/count 12", "own/b/count 40"]);
    assert_eq!(place.run(&["parse", "report.txt"]).code, 1);
}

const GENRE: &str = "[genre]\nid = \"stations\"\n";
const FORM: &str = "[form]\nid = \"horses\"\nname = \"表\"\ngenre = \"stations\"\n\
    [[tables]]\nid = \"t\"\ncolumns = [{ id = \"a\", label = \"年末\" }]\n\
    rows = [{ id = \"r\", label = \"马匹\" }]\n";

#[test]
fn a_file_is_checked_beside_the_folder_and_its_faults_alone_are_shown() {
    let bad = FORM
        .replace("horses", "mules")
        .replace("label = \"年末\"", "singed = true");
    let place = Place::with(&[
        ("lib/genre.toml", GENRE.as_bytes()),
        ("lib/form.toml", FORM.as_bytes()),
        ("lib/bad.toml", bad.as_bytes()),
        ("lib/old.toml", b"\xFF"),
    ]);
    let ran = place.run(&["grammar", "--grammars", "lib", "check", "lib/form.toml"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "lib/form.toml: ok\n"),
        "{}",
        ran.err
    );
    let ran = place.run(&["grammar", "check", "lib/bad.toml", "--grammars", "lib"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("unknown key `singed`"), "{}", ran.err);
    assert!(!ran.err.contains("unknown-reference"), "{}", ran.err);
    let alone = place.run(&["grammar", "check", "lib/form.toml"]);
    assert!(
        alone.err.contains("no genre has the id `stations`"),
        "{}",
        alone.err
    );
}

#[test]
fn a_folder_and_standard_input_are_checked() {
    let place = Place::with(&[
        ("lib/genre.toml", GENRE.as_bytes()),
        ("lib/deep/form.toml", FORM.as_bytes()),
        ("none/report.txt", b"12"),
    ]);
    let ran = place.run(&["grammar", "check", "lib"]);
    assert_eq!(
        ran.out, "lib/deep/form.toml: ok\nlib/genre.toml: ok\n",
        "{}",
        ran.err
    );
    let ran = place.pipe(
        &["grammar", "check", "-", "--grammars", "lib"],
        GENRE.as_bytes(),
    );
    assert_eq!(ran.code, 2, "the genre is in the folder too");
    let ran = place.pipe(&["grammar", "check", "-"], GENRE.as_bytes());
    assert_eq!((ran.code, ran.out.as_str()), (0, "-: ok\n"), "{}", ran.err);
    let ran = place.run(&["grammar", "check", "none"]);
    insta::assert_snapshot!(ran.verdict(), @r"
    exit 2
    gongkai: no `.toml` file in `none`
    ");
    let ran = place.run(&["grammar", "list", "--grammars", "lib/genre.toml"]);
    insta::assert_snapshot!(ran.verdict(), @r"
    exit 2
    error[unreadable]: `lib/genre.toml` is a file: name the folder of grammars that it is in
    ");
}

#[test]
fn a_file_in_another_encoding_is_to_be_saved_as_utf8() {
    // 表 in GBK, on the third line.
    let gbk = b"[form]\nid = \"f\"\nname = \"\xB1\xED\"\n";
    let place = Place::with(&[("gbk.toml", gbk), ("wide.toml", b"\xFF\xFE[\0")]);
    let ran = place.run(&["grammar", "check", "gbk.toml", "wide.toml"]);
    insta::assert_snapshot!(ran.verdict(), @r"
    exit 2
    error[unreadable]: `gbk.toml` is not UTF-8 (line 3): save it as UTF-8; it may be GBK or Big5 now

    error[unreadable]: `wide.toml` is not UTF-8 (line 1): save it as UTF-8; it is UTF-16 now
    ");
}

#[test]
fn a_folder_without_grammars_is_a_slip() {
    let place = Place::with(&[
        ("a.txt", crate::run::REPORT.as_bytes()),
        ("mine/form.tml", b""),
    ]);
    for arguments in [["parse", "a.txt"], ["check", "a.txt"], ["grammar", "list"]] {
        let ran = place.run(&[&arguments[..], &["--grammars", "mine"]].concat());
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert_eq!(ran.err, "gongkai: no `.toml` file in `mine`\n");
    }
}
