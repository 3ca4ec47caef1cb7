//! Words that glyphs alone do not bring right: those that a converter of the mirrors exchanged, and
//! those that OpenCC cuts in the wrong place.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::script::{Script, detect};

const GENRE: &str = include_str!("../../phrases/disclosure.toml");

/// A table of phrases; the language of its file is described in `phrases/README.md`.
///
/// ```
/// use gongkai::convert::Phrases;
/// let toml = "[[phrase]]\nfrom = '檔案'\nto = '文件'\nstatus = 'confirmed'\nevidence = ''\n";
/// let phrases: Phrases = toml.parse()?;
/// assert!(!phrases.is_empty());
/// # Ok::<(), gongkai::convert::PhraseError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Phrases {
    hans: Option<Arc<Table>>,
    hant: Option<Arc<Table>>,
}

#[derive(Debug)]
struct Table {
    rules: Vec<Rule>,
    matcher: AhoCorasick,
}

/// One replacement in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Replacement<'a> {
    pub(super) source: Range<usize>,
    pub(super) to: &'a str,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    phrase: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    from: String,
    to: String,
    #[serde(default)]
    toward: Toward,
    #[serde(default)]
    unless_after: Vec<String>,
    #[serde(default)]
    unless_before: Vec<String>,
    #[serde(default)]
    unless_line_has: Vec<String>,
    status: Status,
    #[expect(
        dead_code,
        reason = "for readers of the file, who need to know why a rule is there"
    )]
    evidence: String,
}

/// The script that a rule is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Toward {
    #[default]
    Hans,
    /// And what is Traditional in Taiwan's or Hong Kong's forms.
    Hant,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Confirmed,
    Unconfirmed,
}

/// A phrase file that cannot be used.
///
/// ```
/// use gongkai::convert::{PhraseError, Phrases};
/// let error: PhraseError = "phrase = 1".parse::<Phrases>().unwrap_err();
/// assert!(!error.to_string().is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhraseError(String);

impl fmt::Display for PhraseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.trim_end())
    }
}

impl std::error::Error for PhraseError {}

impl Phrases {
    /// No phrases: glyphs alone.
    ///
    /// ```
    /// assert!(gongkai::convert::Phrases::none().is_empty());
    /// ```
    pub const fn none() -> Self {
        Self {
            hans: None,
            hant: None,
        }
    }

    /// The phrases of disclosure reports, `phrases/disclosure.toml`.
    ///
    /// ```
    /// assert!(!gongkai::convert::Phrases::genre().is_empty());
    /// ```
    pub fn genre() -> Self {
        // A test loads the file, so what is built in is never refused.
        GENRE.parse().unwrap_or_default()
    }

    /// Whether there are none.
    ///
    /// ```
    /// assert!(gongkai::convert::Phrases::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.hans.is_none() && self.hant.is_none()
    }

    /// What is to be replaced in a line of a text in `script`, in order and apart.
    pub(super) fn find(
        &self,
        toward: Toward,
        line: &str,
        script: Option<Script>,
    ) -> Vec<Replacement<'_>> {
        let table = match toward {
            Toward::Hans => &self.hans,
            Toward::Hant => &self.hant,
        };
        let Some(table) = table else {
            return Vec::new();
        };
        let mut other_script = None;
        let mut found = Vec::new();
        for place in table.matcher.find_iter(line) {
            let Some(rule) = table.rules.get(place.pattern().as_usize()) else {
                continue;
            };
            // In a line of the script that is asked for the word stands for itself.
            let mut is_other_script = || {
                *other_script.get_or_insert_with(|| {
                    let is_traditional = detect(line).or(script) == Some(Script::Hant);
                    is_traditional == (toward == Toward::Hans)
                })
            };
            if rule.fits(line, place.range()) && is_other_script() {
                found.push(Replacement {
                    source: place.range(),
                    to: &rule.to,
                });
            }
        }
        found
    }
}

impl std::str::FromStr for Phrases {
    type Err = PhraseError;

    /// Reads a phrase file. Rules that are not confirmed are checked and left out.
    fn from_str(toml: &str) -> Result<Self, PhraseError> {
        let File { phrase: mut rules } =
            toml::from_str(toml).map_err(|error| PhraseError(error.to_string()))?;
        if let Some(rule) = rules.iter().find(|rule| rule.from.is_empty()) {
            return Err(PhraseError(format!(
                "`from` is empty where `to` is `{}`",
                rule.to
            )));
        }
        rules.retain(|rule| rule.status == Status::Confirmed);
        let (hans, hant) = rules
            .into_iter()
            .partition(|rule| rule.toward == Toward::Hans);
        Ok(Self {
            hans: table(hans)?,
            hant: table(hant)?,
        })
    }
}

fn table(rules: Vec<Rule>) -> Result<Option<Arc<Table>>, PhraseError> {
    if rules.is_empty() {
        return Ok(None);
    }
    let matcher = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(rules.iter().map(|rule| &rule.from))
        .map_err(|error| PhraseError(error.to_string()))?;
    Ok(Some(Arc::new(Table { rules, matcher })))
}

impl Rule {
    fn fits(&self, line: &str, place: Range<usize>) -> bool {
        let before = line.get(..place.start).unwrap_or_default();
        let after = line.get(place.end..).unwrap_or_default();
        !self
            .unless_after
            .iter()
            .any(|word| before.ends_with(word.as_str()))
            && !self
                .unless_before
                .iter()
                .any(|word| after.starts_with(word.as_str()))
            && !self
                .unless_line_has
                .iter()
                .any(|word| line.contains(word.as_str()))
    }
}
