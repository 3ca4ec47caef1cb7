//! Conversion: official wording comes back, and the alignment covers both texts.
#![cfg(feature = "convert")]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use gongkai::convert::{Converter, Kind, Phrases, Target};
use gongkai::form::{Grammars, Label};
use gongkai::script::{Script, detect, fold};
use proptest::prelude::*;

const TARGETS: [Target; 4] = [Target::Hans, Target::Hant, Target::Tw, Target::Hk];

static CONVERTERS: LazyLock<[Converter; 4]> =
    LazyLock::new(|| TARGETS.map(|to| Converter::new(to, Phrases::genre()).unwrap()));

fn converter(to: Target) -> &'static Converter {
    &CONVERTERS[TARGETS.iter().position(|target| *target == to).unwrap()]
}

/// All official wording of the built-in grammars and every wording that stands for it, as printed:
/// with its number, its unit, its heading. What holds placeholders is no text.
fn wordings() -> BTreeSet<String> {
    let mut wordings = BTreeSet::new();
    let mut add = |number: Option<&str>, label: &Label| {
        for wording in label.literals() {
            wordings.insert(wording.to_owned());
            wordings.extend(number.map(|number| format!("{number}{wording}")));
        }
    };
    for form in &Grammars::embedded().forms {
        let name = Label {
            text: form.name.clone(),
            aliases: Vec::new(),
        };
        add(None, &name);
        for section in &form.sections {
            let number = section.number.as_ref().map(|number| format!("{number}、"));
            add(number.as_deref(), &section.title);
            section
                .subsections
                .iter()
                .for_each(|label| add(None, label));
        }
        for table in &form.tables {
            table.title.iter().for_each(|label| add(None, label));
            table.corner.iter().for_each(|label| add(None, label));
            let spanners = table.spanners.iter().map(|spanner| &spanner.label);
            let columns = table.columns.iter().map(|column| &column.label);
            spanners.chain(columns).for_each(|label| add(None, label));
            for row in &table.rows {
                add(row.number.as_deref(), &row.label);
            }
        }
    }
    wordings
}

/// The wordings of the mainland: aliases are also those of the mirrors.
static LABELS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let simplified =
        |wording: &String| !matches!(detect(wording), Some(Script::Hant | Script::Mixed));
    wordings().into_iter().filter(simplified).collect()
});

/// What the mirrors put for words of the mainland, in Traditional script, and only this in labels.
const MIRRORED: [(&str, &str); 1] = [("文件", "檔案")];

#[test]
fn every_label_comes_back() {
    assert!(LABELS.len() > 400, "{}", LABELS.len());
    let hans = converter(Target::Hans);
    let mut wrong = String::new();
    for to in [Target::Hant, Target::Tw, Target::Hk] {
        let there = converter(to);
        for label in LABELS.iter() {
            let traditional = there.convert(label);
            let mirrored = MIRRORED
                .iter()
                .fold(traditional.clone(), |text, (official, word)| {
                    text.replace(official, word)
                });
            // Traditional, by the mirrors' convention, and Simplified already.
            for text in [&traditional, &mirrored, label] {
                let back = hans.convert(text);
                // 衣著, alone on its line, has no character that one script lacks: it is left alone.
                let untold = detect(text).is_none() && back == *text;
                if back != *label && !untold {
                    writeln!(wrong, "{label} -> {text} -> {back}").unwrap();
                }
            }
        }
    }
    assert_eq!(wrong, "");
}

/// No character of a label stays Simplified, and those that have two Traditional forms have theirs.
#[test]
fn labels_become_traditional() {
    for to in [Target::Hant, Target::Tw, Target::Hk] {
        for label in LABELS.iter() {
            let traditional = converter(to).convert(label);
            let simplified = |c: &char| detect(&c.to_string()) == Some(Script::Hans);
            assert_eq!(traditional.chars().find(simplified), None, "{traditional}");
            assert_eq!(converter(to).convert(&traditional), traditional);
        }
    }
    let labels = "本年新制作数量\n本年制发件数\n3.补正后申请内容仍不明确\n未经复议直接起诉\n复议后起诉\n\
        4.无正当理由大量反复申请\n2.重复申请\n（二）申请公开复制费\n政府集中采购\n收到公开复议\n\
        恢复制造业，修复制度，答复议案";
    insta::assert_snapshot!(converter(Target::Tw).convert(labels), @r"
    本年新製作數量
    本年制發件數
    3.補正後申請內容仍不明確
    未經複議直接起訴
    複議後起訴
    4.無正當理由大量反覆申請
    2.重複申請
    （二）申請公開複製費
    政府集中採購
    收到公開複議
    恢復製造業，修復制度，答覆議案
    ");
}

#[test]
fn traditional_output_is_proper() {
    let label = "群众意见复议后起诉，里程、系统、平台";
    insta::assert_snapshot!(converter(Target::Hant).convert(label), @"羣衆意見複議後起訴，里程、系統、平臺");
    insta::assert_snapshot!(converter(Target::Tw).convert(label), @"群眾意見複議後起訴，里程、系統、平臺");
    insta::assert_snapshot!(converter(Target::Hk).convert(label), @"羣眾意見複議後起訴，里程、系統、平台");
    // What is Traditional already is not converted twice.
    let mirrored = "規範性檔案，為群眾，皇后與平台后里";
    assert_eq!(converter(Target::Hant).convert(mirrored), mirrored);
    assert_eq!(converter(Target::Tw).convert(mirrored), mirrored);
}

#[test]
fn words_of_the_mirrors_come_back() {
    let hans = |text: &str| converter(Target::Hans).convert(text);
    insta::assert_snapshot!(hans("規範性檔案、附屬檔案，經入口網站公布"), @"规范性文件、附件，经门户网站公布");
    insta::assert_snapshot!(hans("推進智慧型化，最佳化流程，方便企業民眾"), @"推进智能化，优化流程，方便企业群众");
    insta::assert_snapshot!(hans("巨觀環境，一級回響，科學設定培訓課程"), @"宏观环境，一级响应，科学设置培训课程");
    insta::assert_snapshot!(hans("市檔案館、區檔案局的檔案管理和人事檔案"), @"市档案馆、区档案局的档案管理和人事档案");
    insta::assert_snapshot!(hans("文件和檔案"), @"文件和档案");
    insta::assert_snapshot!(hans("行政查詢事項，建立、執行、程式、網路，無正當理由大量反覆申請"), @"行政查询事项，建立、执行、程式、网路，无正当理由大量反复申请");
    insta::assert_snapshot!(hans("製度、全麵、體係、衆、羣、爲、裏、臺"), @"制度、全面、体系、众、群、为、里、台");
    // In a Simplified text they are its own.
    assert_eq!(hans("设定民众档案最佳化"), "设定民众档案最佳化");
}

#[test]
fn a_phrase_file_is_read_strictly() {
    let error = "[[phrase]]\nfrom = \"檔案\"\nto = \"文件\"\nbecause = 1\n"
        .parse::<Phrases>()
        .unwrap_err();
    insta::assert_snapshot!(error, @r"
    TOML parse error at line 4, column 1
      |
    4 | because = 1
      | ^^^^^^^
    unknown field `because`, expected one of `from`, `to`, `toward`, `unless_after`, `unless_before`, `unless_line_has`, `status`, `evidence`
    ");
    let own: Phrases =
        "[[phrase]]\nfrom = '專案'\nto = '项目'\nstatus = 'confirmed'\nevidence = ''"
            .parse()
            .unwrap();
    assert_eq!(
        Converter::new(Target::Hans, own)
            .unwrap()
            .convert("專案檔案"),
        "项目档案"
    );
}

fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        4 => proptest::sample::select(LABELS.clone()),
        2 => proptest::sample::select(vec!["檔案", "規範性檔案", "智慧型化", "檔案館", "反覆", "\n", "\0", "\r\n", "259"])
            .prop_map(str::to_owned),
        2 => proptest::char::range('一', '龥').prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(word, 0..12).prop_map(|words| words.concat())
}

proptest! {
    #[test]
    fn the_alignment_covers_both_texts_in_order(text in text()) {
        for to in TARGETS {
            let converter = converter(to);
            let (converted, alignment) = converter.convert_aligned(&text);
            prop_assert_eq!(&converted, &converter.convert(&text));
            let (mut source, mut target) = (0, 0);
            for segment in alignment.segments() {
                prop_assert_eq!((segment.source.start, segment.target.start), (source, target));
                (source, target) = (segment.source.end, segment.target.end);
                let (from, into) = (&text[segment.source.clone()], &converted[segment.target.clone()]);
                prop_assert!(!from.is_empty() && !into.is_empty());
                match segment.kind {
                    Kind::Same => prop_assert_eq!(from, into),
                    Kind::Glyph => prop_assert_eq!((from.chars().count(), into.chars().count()), (1, 1)),
                    Kind::Phrase => prop_assert!(from.chars().count() > 1),
                }
            }
            prop_assert_eq!((source, target), (text.len(), converted.len()));
        }
    }
}

/// What OpenCC's own command makes of `text`; `None` where it is not installed.
fn opencc(configuration: &str, text: &str) -> Option<String> {
    let file = std::env::temp_dir().join(format!("gongkai-opencc-{}", std::process::id()));
    std::fs::write(&file, text).unwrap();
    let output = Command::new("opencc")
        .args(["-c", configuration, "-i"])
        .arg(&file)
        .stderr(Stdio::null())
        .output();
    std::fs::remove_file(&file).unwrap();
    Some(String::from_utf8(output.ok()?.stdout).unwrap())
}

#[test]
fn glyphs_are_those_of_the_opencc_command() {
    let labels = LABELS.join("\n") + "\n";
    let Some(traditional) = opencc("s2t", &labels) else {
        return;
    };
    let glyphs = |to| Converter::new(to, Phrases::none()).unwrap();
    assert_eq!(glyphs(Target::Hant).convert(&labels), traditional);
    assert_eq!(
        glyphs(Target::Hans).convert(&traditional),
        opencc("t2s", &traditional).unwrap()
    );
    assert_eq!(
        glyphs(Target::Tw).convert(&labels),
        opencc("s2tw", &labels).unwrap()
    );
    assert_eq!(
        glyphs(Target::Hk).convert(&labels),
        opencc("s2hk", &labels).unwrap()
    );
}

#[test]
fn folding_agrees_with_opencc() {
    let hans = Converter::new(Target::Hans, Phrases::none()).unwrap();
    // Beyond the Basic Multilingual Plane are rare characters that no wording has.
    let apart = ('一'..='龥').filter(|c| {
        let converted = hans.convert(&c.to_string());
        converted
            .chars()
            .any(|to| to <= '\u{FFFF}' && fold(to) != fold(*c))
    });
    assert_eq!(apart.collect::<String>(), "");
}
