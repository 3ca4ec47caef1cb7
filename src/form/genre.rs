//! TOML -> [`Genre`]: what all forms of one kind of document share.

use rust_decimal::Decimal;

use super::blank;
use super::fault::Fault;
use super::reader::{Placed, Reader};

/// Wording that all forms of one genre share: titles, page furniture, placeholders, prose counts.
///
/// ```
/// use gongkai::form::Grammars;
/// let genre = Grammars::embedded().genre("disclosure_report").ok_or("no genre")?;
/// assert!(genre.units.iter().any(|unit| unit == "件"));
/// # Ok::<(), &str>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Genre {
    /// `disclosure_report`.
    pub id: String,
    /// What a report of the genre calls itself, such as 政府信息公开工作年度报告: the words that
    /// end its title.
    pub titles: Vec<String>,
    /// Lines of the page around the report (基本介绍, 相关词条): prefixes, claimed as furniture.
    pub furniture: Vec<String>,
    /// Regular expressions over one folded line that is a page mark (第 3 页).
    pub page_marks: Vec<String>,
    /// Words that stand for no value (无, 不适用), in full.
    pub placeholders: Vec<String>,
    /// Words before a number that make it negative (减) or leave it positive (增).
    pub minus_words: Vec<String>,
    /// See [`Genre::minus_words`].
    pub plus_words: Vec<String>,
    /// Units that may follow a number in a cell, such as 元, 万元, 件.
    pub units: Vec<String>,
    /// Pairs of wordings of equal length, the second to be read for the first when matching
    /// (檔案 for 文件), written in the folded (Simplified) script.
    pub synonyms: Vec<(String, String)>,
    /// Words that make another column of a header: 上年, 退费. A header with one of them is no
    /// misprint of one without.
    pub contrasts: Vec<String>,
    /// Regular expressions over folded text that find what mirrors put inside words, such as the
    /// pinyin in 数(shù)量; the group `noise` is what is passed over, else the whole match.
    pub noise: Vec<String>,
    /// Words that end the name of a body and may share characters with the title behind it:
    /// 增城区人民政府 in 增城区人民政府信息公开年度报告.
    pub agency_endings: Vec<String>,
    /// Words beside the name of a body that are none of it (关于).
    pub agency_edges: Vec<String>,
    /// Regular expressions over a folded line without white space that state the fiscal year, in
    /// the group `year`.
    pub periods: Vec<String>,
    /// Introductory lines that may stand inside a section before its table.
    pub lead_ins: Vec<String>,
    /// How labels are written in the Traditional script, where a character of the Simplified label
    /// has more than one counterpart: 規範性文件的製發. For descriptions, not for reading.
    pub traditional: Vec<String>,
    /// Regular expressions over the sentence up to the wording of any statement: where one matches,
    /// its count is that of another time, another body or another thing.
    pub unless: Vec<String>,
    /// The same over the sentence behind a statement: 12件左右, 收到申请30件，其中信息公开申请3件.
    pub unless_behind: Vec<String>,
    /// Counts stated in prose.
    pub statements: Vec<StatementRule>,
}

impl Genre {
    /// Whether something is one of the genre's units and nothing else.
    pub(crate) fn is_unit(&self, said: &str) -> bool {
        self.units.iter().any(|unit| unit == said)
    }
}

/// How the prose states a count: 全年新收到政府信息公开申请259宗.
///
/// ```
/// use gongkai::form::StatementRule;
/// let rule = StatementRule {
///     id: "received".to_owned(),
///     patterns: vec!["收到申请(?<n>[0-9]+)(?<unit>件|宗)".to_owned()],
///     ..StatementRule::default()
/// };
/// assert!(gongkai::statement::Rules::compile(&[rule]).is_ok());
/// ```
#[derive(Debug, Clone, Default)]
pub struct StatementRule {
    /// `received_this_year`.
    pub id: String,
    /// Regular expressions over folded prose without white space; the group `n` is the count and
    /// the group `unit` its unit.
    pub patterns: Vec<String>,
    /// Regular expressions over the sentence up to the count: where one matches, it is another
    /// count, such as a part of it.
    pub unless: Vec<String>,
    /// Whether a year in the wording is the one behind that of the report: 结转至2025年.
    pub next_year: bool,
    /// The count, where the wording means one without printing it (全部办结: 0 left).
    pub value: Option<Decimal>,
}

/// Reads a file that holds a `[genre]`.
pub(crate) fn genre(root: Reader<'_, '_>) -> Option<Genre> {
    let head = root.table("genre")?;
    let id = super::build::id(&head, "id");
    let words = |key| -> Vec<String> { head.strings(key).into_iter().map(|w| w.value).collect() };
    let mut genre = Genre {
        id: id.map(|id| id.value).unwrap_or_default(),
        titles: words("titles"),
        furniture: words("furniture"),
        page_marks: regexes(&head, head.strings("page_marks")),
        placeholders: words("placeholders"),
        minus_words: words("minus_words"),
        plus_words: words("plus_words"),
        units: words("units"),
        synonyms: synonyms(&head),
        contrasts: words("contrasts"),
        noise: regexes(&head, head.strings("noise")),
        agency_endings: words("agency_endings"),
        agency_edges: words("agency_edges"),
        periods: blank::regexes(&head, with_group(&head, "periods", "year")),
        lead_ins: words("lead_ins"),
        traditional: words("traditional"),
        unless: regexes(&head, head.strings("unless")),
        unless_behind: regexes(&head, head.strings("unless_behind")),
        statements: Vec::new(),
    };
    let mut seen: Vec<Placed<String>> = Vec::new();
    for entry in root.tables("statements") {
        let rule = statement(&entry, &mut seen, &genre.units);
        genre.statements.push(rule);
        entry.finish();
    }
    head.finish();
    root.finish();
    Some(genre)
}

/// What `{count}` stands for in the pattern of a statement, before the units.
const COUNT: &str = "(?P<n>[0-9]+(?:,[0-9]{3})*|[〇零一二三四五六七八九十百千万两]+)";

fn statement(
    entry: &Reader<'_, '_>,
    seen: &mut Vec<Placed<String>>,
    units: &[String],
) -> StatementRule {
    let id = super::build::unique_id(entry, seen, "statement");
    let value = entry.number("value");
    // Longer units first: 人次 is not 人.
    let mut units: Vec<String> = units
        .iter()
        .map(|unit| regex_syntax::escape(unit))
        .collect();
    units.sort_by_key(|unit| std::cmp::Reverse(unit.len()));
    let count = format!("{COUNT}(?P<unit>{})", units.join("|"));
    let mut patterns = Vec::new();
    for written in entry.strings("patterns") {
        let counts = ["{count}", "(?P<n>", "(?<n>"]
            .iter()
            .any(|group| written.value.contains(group));
        if counts == value.is_some() {
            let message = "expected either `{count}` in the pattern or `value` in the statement";
            entry
                .sink
                .fault(Fault::new("bad-regex", written.span.clone(), message, ""));
        }
        let value = written.value.replace("{count}", &count);
        patterns.extend(blank::regexes(
            entry,
            vec![Placed {
                value,
                span: written.span,
            }],
        ));
    }
    StatementRule {
        id,
        patterns,
        unless: blank::regexes(entry, entry.strings("unless")),
        next_year: entry.boolean("next_year"),
        value,
    }
}

/// Matching goes character by character, so a synonym has the length of what it is read for.
fn synonyms(head: &Reader<'_, '_>) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for (word, read_as) in head.pairs("synonyms") {
        let (from, to) = (word.value.chars().count(), read_as.value.chars().count());
        if from == to {
            pairs.push((word.value, read_as.value));
        } else {
            let message = format!(
                "expected a word as long as `{}`, found `{}` of {to} characters",
                word.value, read_as.value
            );
            let label = format!("should have {from}");
            head.sink
                .fault(Fault::new("unequal-length", read_as.span, message, label));
        }
    }
    pairs
}

/// Patterns that are no use without a group.
pub(crate) fn with_group(
    reader: &Reader<'_, '_>,
    key: &'static str,
    group: &str,
) -> Vec<Placed<String>> {
    let patterns = reader.string_or_strings(key);
    let named = [format!("(?P<{group}>"), format!("(?<{group}>")];
    for pattern in &patterns {
        if !named
            .iter()
            .any(|open| pattern.value.contains(open.as_str()))
        {
            let message = format!("expected a group `{group}`, found none");
            let fault = Fault::new("bad-regex", pattern.span.clone(), message, "");
            reader
                .sink
                .fault(fault.help(format!("write what is to be taken as {}…)", named[0])));
        }
    }
    patterns
}

/// Regular expressions, each refused where it is wrong.
pub(crate) fn regexes(reader: &Reader<'_, '_>, patterns: Vec<Placed<String>>) -> Vec<String> {
    let mut out = Vec::new();
    for pattern in patterns {
        match regex_syntax::parse(&pattern.value) {
            Ok(_) => out.push(pattern.value),
            Err(error) => {
                let (what, span) = match &error {
                    regex_syntax::Error::Parse(error) => {
                        (error.kind().to_string(), Some(error.span()))
                    }
                    regex_syntax::Error::Translate(error) => {
                        (error.kind().to_string(), Some(error.span()))
                    }
                    _ => (error.to_string(), None),
                };
                let part = span.map_or(0..pattern.value.len(), |span| {
                    span.start.offset..span.end.offset
                });
                let place = reader.sink.part(&pattern, part);
                let message = format!("bad regular expression: {what}");
                reader
                    .sink
                    .fault(Fault::new("bad-regex", place, message, ""));
            }
        }
    }
    out
}
