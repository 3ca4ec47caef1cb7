//! A wording of a form, and how it may vary in print.

/// A wording, the variants of it that were seen in print, and the short forms it may take.
///
/// A wording may hold placeholders where the print has something of its own:
/// `{year}` stands for a year (`2014`, `二〇一四`), `{number}` for a whole number and `{words}`
/// for any run of characters but white space. Such a wording is no literal but a pattern.
///
/// ```
/// use gongkai::form::Label;
///
/// let label = Label { text: "{year}年度".into(), aliases: vec!["本年".into()] };
/// assert_eq!(label.literals().collect::<Vec<_>>(), ["本年"]);
/// assert_eq!(label.patterns(|text| text.to_owned()).len(), 1);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// Official wording, in the script of the grammar.
    pub text: String,
    /// Other wordings for the same thing.
    pub aliases: Vec<String>,
}

/// The placeholders of the grammar language and what each matches in folded text.
const PLACEHOLDERS: [(&str, &str); 3] = [
    ("{year}", "(?:[0-9]{4}|[〇零○一二三四五六七八九]{4})"),
    ("{number}", "(?:[0-9]+)"),
    ("{words}", r"(?:\S{1,60}?)"),
];

impl Label {
    /// Every wording, the official one first.
    ///
    /// ```
    /// use gongkai::form::Label;
    ///
    /// let label = Label { text: "规章".into(), aliases: vec!["政府规章".into()] };
    /// assert_eq!(label.wordings().collect::<Vec<_>>(), ["规章", "政府规章"]);
    /// ```
    pub fn wordings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// The wordings that are to be found as they stand.
    ///
    /// ```
    /// use gongkai::form::Label;
    /// let label = Label { text: "规章".into(), aliases: vec!["{words}规章".into()] };
    /// assert_eq!(label.literals().collect::<Vec<_>>(), ["规章"]);
    /// ```
    pub fn literals(&self) -> impl Iterator<Item = &str> {
        self.wordings().filter(|wording| !is_pattern(wording))
    }

    /// Regular expressions, without anchors, for the wordings that hold placeholders.
    ///
    /// `fold` is applied to what stands between the placeholders, as the text that is searched was
    /// folded.
    ///
    /// ```
    /// use gongkai::form::Label;
    /// let label = Label { text: "{number}项".into(), aliases: Vec::new() };
    /// assert_eq!(label.patterns(str::to_owned), ["(?:[0-9]+)项"]);
    /// ```
    pub fn patterns(&self, fold: impl Fn(&str) -> String) -> Vec<String> {
        let wordings = self.wordings().filter(|wording| is_pattern(wording));
        wordings.map(|wording| pattern(wording, &fold)).collect()
    }
}

/// Whether a wording holds placeholders.
fn is_pattern(wording: &str) -> bool {
    PLACEHOLDERS.iter().any(|(name, _)| wording.contains(name))
}

/// The first `{…}` of a wording that is no placeholder, as a byte range.
pub(crate) fn unknown_placeholder(wording: &str) -> Option<std::ops::Range<usize>> {
    let mut from = 0;
    while let Some(open) = wording[from..].find('{').map(|at| from + at) {
        let rest = &wording[open..];
        match PLACEHOLDERS.iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, _)) => from = open + name.len(),
            None => return Some(open..rest.find('}').map_or(wording.len(), |end| open + end + 1)),
        }
    }
    None
}

fn pattern(wording: &str, fold: impl Fn(&str) -> String) -> String {
    let mut out = String::new();
    let mut rest = wording;
    while !rest.is_empty() {
        let next = PLACEHOLDERS
            .iter()
            .filter_map(|(name, regex)| rest.find(name).map(|at| (at, *name, *regex)))
            .min();
        let Some((at, name, regex)) = next else { break };
        out.push_str(&regex_syntax::escape(&fold(&rest[..at])));
        out.push_str(regex);
        rest = &rest[at + name.len()..];
    }
    out.push_str(&regex_syntax::escape(&fold(rest)));
    out
}

#[test]
fn a_placeholder_matches_what_the_print_has() {
    let label = Label {
        text: "{year}年度（件）".into(),
        aliases: Vec::new(),
    };
    let fold = |text: &str| text.replace('（', "(").replace('）', ")");
    let [pattern] = &label.patterns(fold)[..] else {
        panic!("one pattern")
    };
    let regex = regex::Regex::new(pattern).unwrap();
    assert!(regex.is_match("2014年度(件)"));
    assert!(regex.is_match("二〇一四年度(件)"));
    assert!(!regex.is_match("本年度(件)"));
    assert_eq!(label.literals().count(), 0);
}

#[test]
fn other_braces_are_found() {
    assert_eq!(unknown_placeholder("{year}年{month}月"), Some(9..16));
    assert_eq!(unknown_placeholder("{year}年"), None);
    assert_eq!(unknown_placeholder("{年"), Some(0..4));
}
