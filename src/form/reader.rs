//! TOML -> typed keys with their places. Every fault is noted, and reading goes on.

use std::cell::RefCell;
use std::ops::Range;

use rust_decimal::Decimal;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Fault, closest};
use super::sign;

/// A value and the byte range it was read from.
#[derive(Debug, Clone)]
pub(crate) struct Placed<T> {
    pub(crate) value: T,
    pub(crate) span: Range<usize>,
}

/// How many faults of syntax are shown: one slip makes many, and what is no TOML one a line.
const SYNTAX: usize = 3;

/// Where faults go, and the text they are about.
pub(crate) struct Sink<'a> {
    pub(crate) text: &'a str,
    faults: RefCell<Vec<Fault>>,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        Self {
            text,
            faults: RefCell::default(),
        }
    }

    pub(crate) fn fault(&self, fault: Fault) {
        self.faults.borrow_mut().push(fault);
    }

    /// Notes a fault unless it is noted already.
    pub(crate) fn fault_once(&self, fault: Fault) {
        let mut faults = self.faults.borrow_mut();
        if !faults.contains(&fault) {
            faults.push(fault);
        }
    }

    pub(crate) fn count(&self) -> usize {
        self.faults.borrow().len()
    }

    pub(crate) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    /// The place in the file of a part of a string; the whole string where escapes stand in it.
    pub(crate) fn part(&self, string: &Placed<String>, part: Range<usize>) -> Range<usize> {
        let written = self.text.get(string.span.clone()).unwrap_or_default();
        match written.find(&string.value) {
            Some(at) => {
                let start = string.span.start + at;
                start + part.start..start + part.end
            }
            None => string.span.clone(),
        }
    }

    /// Parses a whole file; what can be read of a broken one is still read.
    pub(crate) fn document(&self) -> Spanned<DeTable<'a>> {
        let (document, mut errors) = DeTable::parse_recoverable(self.text);
        errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
        let more = errors.len().saturating_sub(SYNTAX);
        for (number, error) in (1..=SYNTAX).zip(&errors) {
            let span = error.span().unwrap_or(0..0);
            let wrong = self.text.get(span.start..).unwrap_or_default();
            let fault = Fault::new("syntax", span, error.message(), "");
            self.fault(match sign::help(wrong) {
                Some(help) => fault.help(help),
                None if number == SYNTAX && more > 0 => fault.help(format!(
                    "{more} more faults of syntax are not shown: they may follow from these, or \
                     the file is not TOML"
                )),
                None => fault,
            });
        }
        document
    }
}

/// Reads the keys of one table.
pub(crate) struct Reader<'r, 'a> {
    table: &'r DeTable<'a>,
    /// The place of the table, for keys that are missing.
    pub(crate) span: Range<usize>,
    pub(crate) sink: &'r Sink<'a>,
    /// Keys asked for: all that may stand here.
    known: RefCell<Vec<&'static str>>,
}

impl<'r, 'a> Reader<'r, 'a> {
    pub(crate) fn new(table: &'r DeTable<'a>, span: Range<usize>, sink: &'r Sink<'a>) -> Self {
        Self {
            table,
            span,
            sink,
            known: RefCell::default(),
        }
    }

    fn get(&self, key: &'static str) -> Option<&'r Spanned<DeValue<'a>>> {
        self.known.borrow_mut().push(key);
        self.table.get(key)
    }

    /// Whether the key stands here, and where its value is.
    pub(crate) fn place(&self, key: &'static str) -> Option<Range<usize>> {
        self.get(key).map(Spanned::span)
    }

    pub(crate) fn string(&self, key: &'static str) -> Option<Placed<String>> {
        self.as_string(self.get(key)?)
    }

    pub(crate) fn required(&self, key: &'static str) -> Option<Placed<String>> {
        if !self.table.contains_key(key) {
            let message = format!("missing key `{key}`");
            self.sink.fault(Fault::new(
                "missing-key",
                self.span.clone(),
                message,
                "in this table",
            ));
        }
        self.string(key)
    }

    pub(crate) fn boolean(&self, key: &'static str) -> bool {
        let Some(value) = self.get(key) else {
            return false;
        };
        match value.get_ref() {
            DeValue::Boolean(value) => *value,
            _ => {
                self.wrong_type(value, "`true` or `false`");
                false
            }
        }
    }

    pub(crate) fn number(&self, key: &'static str) -> Option<Decimal> {
        let value = self.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            DeValue::Float(number) => number.as_str().parse().ok(),
            _ => None,
        };
        if number.is_none() {
            self.wrong_type(value, "a number");
        }
        number
    }

    pub(crate) fn years(&self, key: &'static str) -> Vec<i32> {
        let number = |value: &Spanned<DeValue<'a>>| match value.get_ref() {
            DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
            _ => None,
        };
        self.list(key, "a list of years", "a year", number)
    }

    pub(crate) fn strings(&self, key: &'static str) -> Vec<Placed<String>> {
        let string = |value: &Spanned<DeValue<'a>>| match value.get_ref() {
            DeValue::String(text) => Some(Placed {
                value: text.to_string(),
                span: value.span(),
            }),
            _ => None,
        };
        self.list(key, "a list of strings", "a string", string)
    }

    /// A string, or a list of them.
    pub(crate) fn string_or_strings(&self, key: &'static str) -> Vec<Placed<String>> {
        match self.get(key).map(Spanned::get_ref) {
            Some(DeValue::String(_)) => self.string(key).into_iter().collect(),
            _ => self.strings(key),
        }
    }

    /// A list of pairs of strings.
    pub(crate) fn pairs(&self, key: &'static str) -> Vec<(Placed<String>, Placed<String>)> {
        let pair = |value: &Spanned<DeValue<'a>>| {
            let DeValue::Array(items) = value.get_ref() else {
                return None;
            };
            let mut strings = items.iter().map(|item| match item.get_ref() {
                DeValue::String(text) => Some(Placed {
                    value: text.to_string(),
                    span: item.span(),
                }),
                _ => None,
            });
            match (strings.next()??, strings.next()??, strings.next()) {
                (first, second, None) => Some((first, second)),
                _ => None,
            }
        };
        self.list(key, "a list of pairs", "a pair of strings", pair)
    }

    /// One of a set of words.
    pub(crate) fn choice<T: Copy>(&self, key: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let word = self.string(key)?;
        let found = choices.iter().find(|(name, _)| *name == word.value);
        if found.is_none() {
            let names: Vec<String> = choices
                .iter()
                .map(|(name, _)| format!("`{name}`"))
                .collect();
            let message = format!("expected {}, found `{}`", names.join(" or "), word.value);
            let fault = Fault::new("unknown-value", word.span, message, "");
            let near = closest(&word.value, choices.iter().map(|(name, _)| *name));
            self.sink.fault(match near {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault,
            });
        }
        found.map(|(_, value)| *value)
    }

    pub(crate) fn table(&self, key: &'static str) -> Option<Reader<'r, 'a>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => Some(Reader::new(table, value.span(), self.sink)),
            _ => {
                self.wrong_type(value, "a table");
                None
            }
        }
    }

    /// `[[key]]`, or a list of `{ … }`.
    pub(crate) fn tables(&self, key: &'static str) -> Vec<Reader<'r, 'a>> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            let fault = wrong_type(value, "a list of tables");
            let header = self.sink.text.get(value.span()).unwrap_or_default();
            self.sink.fault(match value.get_ref() {
                DeValue::Table(_) if header.starts_with('[') => {
                    fault.help(format!("write `[[{key}]]`: there may be several"))
                }
                DeValue::Table(_) => fault.help(format!("write `{key} = [{{ … }}]`")),
                _ => fault,
            });
            return Vec::new();
        };
        let mut readers = Vec::new();
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => {
                    readers.push(Reader::new(table, item.span(), self.sink));
                }
                _ => self.wrong_type(item, "a table"),
            }
        }
        readers
    }

    /// Notes every key that was never asked for.
    pub(crate) fn finish(self) {
        let mut known = self.known.into_inner();
        known.sort_unstable();
        known.dedup();
        for key in self.table.keys() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let message = format!("unknown key `{name}`");
            let fault = Fault::new("unknown-key", key.span(), message, "no such key here");
            self.sink.fault(match closest(name, known.iter().copied()) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help(format!("known here: {}", known.join(", "))),
            });
        }
    }

    fn list<T>(
        &self,
        key: &'static str,
        list: &str,
        item: &str,
        read: impl Fn(&Spanned<DeValue<'a>>) -> Option<T>,
    ) -> Vec<T> {
        let Some(value) = self.get(key) else {
            return Vec::new();
        };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong_type(value, list);
            return Vec::new();
        };
        let mut out = Vec::new();
        for value in items {
            match read(value) {
                Some(read) => out.push(read),
                None => self.wrong_type(value, item),
            }
        }
        out
    }

    fn as_string(&self, value: &Spanned<DeValue<'a>>) -> Option<Placed<String>> {
        match value.get_ref() {
            DeValue::String(text) => Some(Placed {
                value: text.to_string(),
                span: value.span(),
            }),
            _ => {
                self.wrong_type(value, "a string");
                None
            }
        }
    }

    fn wrong_type(&self, value: &Spanned<DeValue<'a>>, expected: &str) {
        self.sink.fault(wrong_type(value, expected));
    }
}

fn wrong_type(value: &Spanned<DeValue<'_>>, expected: &str) -> Fault {
    let found = match value.get_ref() {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    };
    let message = format!("expected {expected}, found {found}");
    Fault::new("wrong-type", value.span(), message, "")
}
