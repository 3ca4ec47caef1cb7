//! Forms -> lexicon: every wording of every form, by its letters, in one tree.
//!
//! A lexicon is made once for a set of grammars and serves all reports.

mod wording;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::chars::Chars;
use crate::form::{Form, Label, Table};
use crate::text::{is_letter, letters, number_core};
use crate::tree::Tree;

pub(crate) use wording::Wording;
use wording::wordings_of;

/// What a wording is the label of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Element {
    /// Index of the form.
    pub(crate) form: usize,
    pub(crate) part: Part,
    /// Index of what is printed for it.
    words: usize,
}

/// A labelled part of a form. Indices are those of [`Form`] and its tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    Section(usize),
    Title { table: usize },
    Corner { table: usize },
    Spanner { table: usize, spanner: usize },
    Column { table: usize, column: usize },
    Row { table: usize, row: usize },
}

impl Part {
    /// The table it belongs to.
    pub(crate) fn table(self) -> Option<usize> {
        match self {
            Self::Section(_) => None,
            Self::Title { table }
            | Self::Corner { table }
            | Self::Spanner { table, .. }
            | Self::Column { table, .. }
            | Self::Row { table, .. } => Some(table),
        }
    }

    /// The printed wording of the part.
    pub(crate) fn label(self, form: &Form) -> Option<&Label> {
        match self {
            Self::Section(section) => form.sections.get(section).map(|section| &section.title),
            Self::Title { table } => form.tables.get(table)?.title.as_ref(),
            Self::Corner { table } => form.tables.get(table)?.corner.as_ref(),
            Self::Spanner { table, spanner } => form
                .tables
                .get(table)?
                .spanners
                .get(spanner)
                .map(|spanner| &spanner.label),
            Self::Column { table, column } => form
                .tables
                .get(table)?
                .columns
                .get(column)
                .map(|column| &column.label),
            Self::Row { table, row } => form.tables.get(table)?.rows.get(row).map(|row| &row.label),
        }
    }

    /// The printed number before the wording.
    pub(crate) fn number(self, form: &Form) -> Option<&str> {
        match self {
            Self::Section(section) => form.sections.get(section)?.number.as_deref(),
            Self::Row { table, row } => form.tables.get(table)?.rows.get(row)?.number.as_deref(),
            _ => None,
        }
    }
}

/// All wordings.
#[derive(Debug)]
pub(crate) struct Lexicon {
    tree: Tree,
    /// For each pattern, what it may label.
    entries: Vec<Entry>,
    /// What wordings begin with in front of which other words may stand.
    open_heads: Chars,
    /// For each form and table, the letters of all its wordings, of those tables that were read.
    wordings: Vec<Vec<OnceLock<Vec<String>>>>,
    /// For each form and table, the letters of its columns' wordings.
    columns: Vec<Vec<Vec<String>>>,
    /// What is printed for the parts.
    words: Vec<Words>,
    /// For each form, the indices of that.
    parts: Vec<BTreeMap<Part, usize>>,
    /// For each table with a column of units, the letters of those units.
    units: Vec<Vec<Vec<char>>>,
}

/// What is printed for one part.
#[derive(Debug, Default)]
struct Words {
    /// The core of its number: `一` of `（一）`; empty where it has none.
    number: String,
    /// Letters of the official wording.
    length: usize,
    wordings: Vec<Wording>,
}

/// One pattern of the lexicon.
#[derive(Debug)]
pub(crate) struct Entry {
    /// What it labels.
    pub(crate) elements: Vec<Element>,
    /// Whether other words may stand in front of it (`{words}政府信息公开情况统计表`).
    pub(crate) open: bool,
    /// Whether running text may stand right behind it: a section's title with its number.
    pub(crate) heads: bool,
    /// Index of the units that may stand right behind it: those of a table with a column of units.
    units: Option<usize>,
}

impl Lexicon {
    /// The lexicon of some forms.
    pub(crate) fn new(forms: &[Form]) -> Self {
        let words = |form: &Form, part: Part| Words {
            number: part
                .number(form)
                .map(number_core)
                .into_iter()
                .flatten()
                .collect(),
            length: part.label(form).map_or(0, |label| {
                label.text.chars().filter(|c| is_letter(*c)).count()
            }),
            wordings: wordings_of(part, form),
        };
        let mut all = Vec::new();
        let mut owners = Vec::new();
        let mut of_parts = Vec::with_capacity(forms.len());
        for (index, form) in forms.iter().enumerate() {
            let mut indices = BTreeMap::new();
            for part in parts(form) {
                indices.insert(part, all.len());
                owners.push((index, part));
                all.push(words(form, part));
            }
            of_parts.push(indices);
        }
        let mut labels: Vec<(&Wording, Element)> = Vec::with_capacity(all.len() * 2);
        for (words, (form, part)) in owners.into_iter().enumerate() {
            let element = Element { form, part, words };
            labels.extend(all[words].wordings.iter().map(|it| (it, element)));
        }
        labels.sort_by(|(one, _), (other, _)| one.letters.cmp(&other.letters));
        // What one pattern may be the label of.
        let same = |a: &(&Wording, Element), b: &(&Wording, Element)| a.0.letters == b.0.letters;
        let patterns = || labels.chunk_by(same);
        let tree = Tree::of(patterns().map(letters_of));
        let mut units = Vec::new();
        let mut of_units = BTreeMap::new();
        for (index, form) in forms.iter().enumerate() {
            for (table, definition) in form.tables.iter().enumerate() {
                let of_table = units_of(definition);
                if !of_table.is_empty() {
                    of_units.insert((index, table), units.len());
                    units.push(of_table);
                }
            }
        }
        let beside = |element: &Element| match element.part {
            Part::Row { table, .. } => of_units.get(&(element.form, table)).copied(),
            _ => None,
        };
        let entry = |labels: &[(&Wording, Element)]| {
            let heads = |(wording, element): &(&Wording, Element)| {
                wording.numbered && matches!(element.part, Part::Section(_))
            };
            let mut elements: Vec<Element> = labels.iter().map(|(_, element)| *element).collect();
            elements.dedup();
            Entry {
                open: labels.iter().any(|(wording, _)| wording.open),
                heads: labels.iter().any(heads),
                units: elements.iter().find_map(beside),
                elements,
            }
        };
        let entries: Vec<Entry> = patterns().map(entry).collect();
        let open = patterns().zip(&entries).filter(|(_, entry)| entry.open);
        let open_heads = open
            .filter_map(|(labels, _)| letters_of(labels).chars().next())
            .collect();
        let of_tables = |of: &dyn Fn(usize, usize) -> Vec<String>| {
            forms
                .iter()
                .enumerate()
                .map(|(form, definition)| {
                    (0..definition.tables.len())
                        .map(|table| of(form, table))
                        .collect()
                })
                .collect()
        };
        let columns = of_tables(&|form, table| {
            let columns = forms[form].tables[table]
                .columns
                .iter()
                .filter(|column| !column.optional);
            let mut labels: Vec<String> = columns
                .flat_map(|column| column.label.wordings().map(letters))
                .collect();
            labels.sort();
            labels.dedup();
            labels
        });
        Self {
            words: all,
            parts: of_parts,
            tree,
            entries,
            open_heads,
            wordings: forms
                .iter()
                .map(|form| form.tables.iter().map(|_| OnceLock::new()).collect())
                .collect(),
            columns,
            units,
        }
    }

    /// The letters of the units that may stand right behind a pattern.
    pub(crate) fn units(&self, pattern: usize) -> &[Vec<char>] {
        let units = self.entry(pattern).units;
        units.map_or(&[], |units| self.units[units].as_slice())
    }

    /// Whether a wording may begin with a letter.
    #[inline]
    pub(crate) fn begins(&self, letter: char) -> bool {
        self.tree.begins(letter)
    }

    /// Whether a wording may begin with a letter that stands in the middle of a word.
    #[inline]
    pub(crate) fn begins_open(&self, letter: char) -> bool {
        self.open_heads.contains(letter)
    }

    /// Calls `found` with every wording that begins the letters: how many letters, and which entry.
    #[inline]
    pub(crate) fn wordings_at(
        &self,
        letters: impl Iterator<Item = char>,
        found: impl FnMut(usize, usize),
    ) {
        self.tree.heads_of(letters, found);
    }

    /// The core of the number printed before a part: `一` of `（一）`; empty where there is none.
    pub(crate) fn number(&self, form: usize, part: Part) -> &str {
        self.words(form, part).map_or("", |words| &words.number)
    }

    /// The wordings of a part: official, aliases, each also without a remark in brackets and with
    /// its number in front (一本年新收 where the mark behind the number is lost).
    pub(crate) fn wordings_of(&self, form: usize, part: Part) -> &[Wording] {
        self.words(form, part).map_or(&[], |words| &words.wordings)
    }

    /// How many letters the official wording of a part has.
    pub(crate) fn length(&self, form: usize, part: Part) -> usize {
        self.words(form, part).map_or(0, |words| words.length)
    }

    fn words(&self, form: usize, part: Part) -> Option<&Words> {
        self.words.get(*self.parts.get(form)?.get(&part)?)
    }

    /// [`Lexicon::number`] of an element.
    pub(crate) fn number_of(&self, element: &Element) -> &str {
        self.words
            .get(element.words)
            .map_or("", |words| &words.number)
    }

    /// The letters of every wording of a table.
    pub(crate) fn wordings(&self, form: usize, table: usize) -> &[String] {
        let known = self.wordings.get(form).and_then(|tables| tables.get(table));
        let of_table = || {
            let words = self.parts.get(form).into_iter().flatten();
            words
                .filter(|(part, _)| part.table() == Some(table))
                .filter_map(|(_, words)| self.words.get(*words))
                .flat_map(|words| &words.wordings)
                .map(|wording| wording.letters.clone())
                .collect()
        };
        known.map_or(&[], |known| known.get_or_init(of_table))
    }

    /// The letters of every wording of a table's columns.
    pub(crate) fn columns(&self, form: usize, table: usize) -> &[String] {
        self.columns
            .get(form)
            .and_then(|tables| tables.get(table))
            .map_or(&[], Vec::as_slice)
    }

    /// The entry of a pattern.
    pub(crate) fn entry(&self, pattern: usize) -> &Entry {
        &self.entries[pattern]
    }
}

/// The letters of the wording that some labels have in common.
fn letters_of<'w>(labels: &[(&'w Wording, Element)]) -> &'w str {
    labels.first().map_or("", |(wording, _)| &wording.letters)
}

/// The letters of the units of a table's rows, where it has a column for them.
fn units_of(table: &Table) -> Vec<Vec<char>> {
    if !table.has_units() {
        return Vec::new();
    }
    let units = table.rows.iter().filter_map(|row| row.unit.as_deref());
    let mut units: Vec<Vec<char>> = units.map(|unit| letters(unit).chars().collect()).collect();
    units.retain(|unit| !unit.is_empty());
    units.sort_unstable();
    units.dedup();
    units
}

/// Every labelled part of a form, in printed order.
pub(crate) fn parts(form: &Form) -> Vec<Part> {
    let mut parts: Vec<Part> = (0..form.sections.len()).map(Part::Section).collect();
    for (table, definition) in form.tables.iter().enumerate() {
        parts.push(Part::Title { table });
        parts.push(Part::Corner { table });
        parts
            .extend((0..definition.spanners.len()).map(|spanner| Part::Spanner { table, spanner }));
        parts.extend((0..definition.columns.len()).map(|column| Part::Column { table, column }));
        parts.extend((0..definition.rows.len()).map(|row| Part::Row { table, row }));
    }
    parts
}
