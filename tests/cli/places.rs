//! `gongkai check`: where a failure is shown that is of no cell, and in which unit.

use serde_json::Value;

use super::checks::{SAMPLE, check};
use super::run::{Place, REPORT};

/// What is said of prose and of sections, nothing of which is a cell.
fn faults() -> Place {
    let section = "五、存在的主要问题及改进情况\n";
    let [before, behind] = SAMPLE
        .split(section)
        .collect::<Vec<_>>()
        .try_into()
        .unwrap();
    let last = behind.find("六、").unwrap();
    let other = |from: &str, to: &str| {
        let text = SAMPLE.replace(from, to);
        assert_ne!(text, SAMPLE, "{from}");
        text
    };
    let silent = format!("{before}{section}无。\n{}", &behind[last..]);
    let missing = format!("{before}{}", &behind[last..]);
    let table = SAMPLE.find("| 行政复议 |").unwrap()..before.len();
    let gone = SAMPLE.replace(&SAMPLE[table], "");
    let files = [
        ("missing.txt", missing),
        ("number.txt", other("五、存在", "三、存在")),
        ("silent.txt", silent),
        ("table.txt", gone),
        (
            "year.txt",
            other("2022年政府信息", "2021年政府信息")
                .replace("2022年,区", "2022年1月1日至2022年12月31日,区"),
        ),
    ];
    let files = files
        .each_ref()
        .map(|(name, text)| (*name, text.as_bytes()));
    Place::with(&files)
}

const FILES: [&str; 5] = [
    "missing.txt",
    "number.txt",
    "silent.txt",
    "table.txt",
    "year.txt",
];

fn sarif(place: &Place, options: &[&str]) -> Value {
    let options = [&["--format", "sarif"], options].concat();
    serde_json::from_str(&check(place, &FILES[..4], &options).out).unwrap()
}

fn results(sarif: &Value) -> &[Value] {
    sarif["runs"][0]["results"].as_array().unwrap()
}

#[test]
fn a_failure_without_a_cell_stands_at_a_heading() {
    let place = faults();
    let shown = FILES.map(|name| {
        let out = check(&place, &[name], &[]).out;
        out.split("\n\n").nth(1).unwrap().to_owned()
    });
    insta::assert_snapshot!(shown.join("\n\n"), @"
    warning[text_sections]: should hold: six sections are there, in order, with their numbers and titles
      --> missing.txt:76:3
       |
    76 | 六、其他需要报告的事项
       |     ^^^^^^^^^^^^^^^^^^ section `problems_and_improvements` belongs before this one
       |
       = note: section `problems_and_improvements` is not in the text

    warning[text_sections]: should hold: six sections are there, in order, with their numbers and titles
      --> number.txt:76:3
       |
    76 | 三、存在的主要问题及改进情况
       |     ^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: section `problems_and_improvements` has the number 三, expected 五

    note[text_problems_present]: should hold: the section on problems says something
      --> silent.txt:76:3
       |
    76 | 五、存在的主要问题及改进情况
       |     ^^^^^^^^^^^^^^^^^^^^^^^^
       |
       = note: section `problems_and_improvements` says nothing

    error[q_table_missing]: should hold: every table is there
      --> table.txt:68:3
       |
    68 | 四、政府信息公开行政复议、行政诉讼情况
       |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ table `review_litigation` belongs here
       |
       = note: not in the text: `review_litigation`

    warning[text_year]: should hold: title, reporting period and prose name one year
     --> year.txt:1:1
      |
    1 | 望川区人民政府2021年政府信息公开工作年度报告
      | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
      |
      = note: the period's first day is of 2022, the report of 2021
    ");
}

#[test]
fn annotations_without_a_cell_have_a_line() {
    let place = faults();
    let ran = check(&place, &FILES[..4], &["--format", "github"]);
    let of_rules = |line: &&str| line.contains("=text_") || line.contains("=q_table");
    let lines: Vec<&str> = ran.out.lines().filter(of_rules).collect();
    insta::assert_snapshot!(lines.join("\n"), @"
    ::warning file=missing.txt,line=76,col=3,endColumn=12,title=text_sections::should hold: six sections are there, in order, with their numbers and titles%0Asection `problems_and_improvements` is not in the text
    ::warning file=number.txt,line=76,col=3,endColumn=15,title=text_sections::should hold: six sections are there, in order, with their numbers and titles%0Asection `problems_and_improvements` has the number 三, expected 五
    ::notice file=silent.txt,line=76,col=3,endColumn=15,title=text_problems_present::should hold: the section on problems says something%0Asection `problems_and_improvements` says nothing
    ::error file=table.txt,line=68,col=3,endColumn=20,title=q_table_missing::should hold: every table is there%0Anot in the text: `review_litigation`
    ");
}

/// What SARIF 2.1.0 demands of the parts that are written.
#[test]
fn sarif_is_valid_and_has_a_place_for_every_failure() {
    let place = faults();
    let document = sarif(&place, &[]);
    let rules = document["runs"][0]["tool"]["driver"]["rules"]
        .as_array()
        .unwrap();
    assert!(results(&document).len() >= 4);
    for result in results(&document) {
        let rule = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[rule]["id"], result["ruleId"]);
        assert!(["error", "warning", "note"].contains(&result["level"].as_str().unwrap()));
        let related = result["relatedLocations"].as_array().unwrap();
        let locations = result["locations"].as_array().unwrap();
        assert_eq!(locations.len(), 1);
        for location in locations.iter().chain(related) {
            let physical = &location["physicalLocation"];
            assert!(physical["artifactLocation"]["uri"].is_string(), "{result}");
            let region = &physical["region"];
            let number = |key: &str| {
                region[key]
                    .as_u64()
                    .unwrap_or_else(|| panic!("{key} {result}"))
            };
            let start = (number("startLine"), number("startColumn"));
            assert!(start.0 >= 1 && start.1 >= 1, "{result}");
            assert!(start < (number("endLine"), number("endColumn")), "{result}");
            assert!(number("byteLength") > 0);
        }
    }
}

#[test]
fn the_section_is_in_the_document() {
    let place = faults();
    let ran = check(&place, &["number.txt"], &["--format", "jsonl"]);
    let document = &ran.lines()[0];
    let mut checks = document["checks"].as_array().unwrap().iter();
    let found = checks.find(|check| check["id"] == "text_sections").unwrap();
    assert_eq!(found["scope"]["section"], "problems_and_improvements");
}

#[test]
fn offsets_count_what_is_asked_for() {
    let place = faults();
    let places = |unit: &[&str]| {
        let document = sarif(&place, unit);
        let regions = results(&document).iter();
        let regions =
            regions.map(|result| result["locations"][0]["physicalLocation"]["region"].clone());
        regions.collect::<Vec<_>>()
    };
    let [bytes, chars, units] = [
        &["--offsets", "byte"][..],
        &["--offsets", "char"],
        &["--offsets", "utf16"],
    ]
    .map(places);
    let file = place.text("missing.txt");
    for (bytes, chars) in bytes.iter().zip(&chars).take(1) {
        let [at, length] = ["byteOffset", "byteLength"].map(|key| bytes[key].as_u64().unwrap());
        let text = &file[at as usize..(at + length) as usize];
        let [at, length] = ["charOffset", "charLength"].map(|key| chars[key].as_u64().unwrap());
        let counted = file.chars().skip(at as usize).take(length as usize);
        assert_eq!(counted.collect::<String>(), text);
    }
    // SARIF has no such offsets beside columns that count characters.
    assert!(units.iter().all(|region| region["startLine"].is_u64()));
    assert!(units.iter().all(|region| region["charOffset"].is_null()));
    // Diagnostics have the spans that `parse` gives them.
    let other = Place::with(&[("a.txt", REPORT.as_bytes())]);
    for unit in ["byte", "char", "utf16"] {
        let options = ["a.txt", "none.txt", "--offsets", unit];
        let parsed = other.run(&[&["parse"], &options[..]].concat()).lines();
        let options = [&["check", "--format", "jsonl"], &options[..]].concat();
        let checked = other.run(&options).lines();
        for (parsed, checked) in parsed.iter().zip(&checked) {
            assert_eq!(checked["source"], parsed["source"]);
            assert_eq!(checked["source"]["offsets"], unit);
            assert_eq!(checked["diagnostics"], parsed["diagnostics"]);
        }
    }
}

#[test]
fn labels_are_in_the_script_that_is_asked_for() {
    let damaged = SAMPLE.replace("| 261 | 30 |", "| 261 | 31 |");
    let place = Place::with(&[("a.txt", damaged.as_bytes())]);
    let ran = check(&place, &["a.txt"], &["--to", "hant"]);
    if !cfg!(feature = "convert") {
        assert_eq!((ran.code, ran.out.as_str()), (2, ""));
        assert!(ran.err.contains("`--features convert`"), "{}", ran.err);
        return;
    }
    let plain = check(&place, &["a.txt"], &["--to", "source"]);
    assert_eq!((ran.code, plain.code), (1, 1));
    // The text is as it is, the labels under it are not.
    assert!(
        ran.out.contains("一、本年新收政府信息公开申请数量"),
        "{}",
        ran.out
    );
    assert!(
        ran.out.contains("商業企業 (would have to be 30)"),
        "{}",
        ran.out
    );
    assert!(
        plain.out.contains("商业企业 (would have to be 30)"),
        "{}",
        plain.out
    );
    let json = check(&place, &["a.txt"], &["--to", "hant", "--format", "jsonl"]);
    assert_eq!(json.lines()[0]["agency"]["text"], "望川區人民政府");
    let tally = check(&place, &["a.txt"], &["--format", "jsonl"]).lines()[0]["tally"].clone();
    assert_eq!(json.lines()[0]["tally"], tally);
}
