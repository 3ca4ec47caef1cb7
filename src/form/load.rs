//! Grammar files -> [`Grammars`]: those built in, and those of a folder.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::fault::{Fault, GrammarErrors};
use super::reader::{Reader, Sink};
use super::{Form, Genre};

/// Every form and genre that is known.
///
/// ```
/// use gongkai::form::Grammars;
/// let ids = Grammars::embedded().forms.iter().map(|form| form.id.as_str());
/// assert!(ids.into_iter().any(|id| id == "annual_2019"));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Grammars {
    /// Forms, those built in first.
    pub forms: Vec<Form>,
    /// Genres, those built in first.
    pub genres: Vec<Genre>,
}

impl Grammars {
    /// Index of the genre that most forms are of: what a text of no known form is read by.
    ///
    /// ```
    /// use gongkai::form::Grammars;
    ///
    /// let grammars = Grammars::embedded();
    /// assert_eq!(grammars.genres[grammars.common_genre()].id, "disclosure_report");
    /// ```
    pub fn common_genre(&self) -> usize {
        let forms = |genre: &str| self.forms.iter().filter(|form| form.genre == genre).count();
        let genres = self.genres.iter().enumerate();
        genres
            .max_by_key(|(at, genre)| (forms(&genre.id), std::cmp::Reverse(*at)))
            .map_or(0, |(at, _)| at)
    }

    /// The grammars that are built in, loaded once.
    ///
    /// ```
    /// use gongkai::form::Grammars;
    ///
    /// let form = Grammars::embedded().form("annual_2021").ok_or("no such form")?;
    /// assert_eq!(form.name, "政府信息公开工作年度报告格式");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn embedded() -> &'static Self {
        static GRAMMARS: OnceLock<Grammars> = OnceLock::new();
        // The build script wrote the image, and a test reads it.
        GRAMMARS.get_or_init(|| Self::from_image(crate::grammar_image::IMAGE).unwrap_or_default())
    }

    /// The grammars that are built in and those of the `.toml` files of a folder and the folders
    /// below it, which add to them and replace those of the same id.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the files, and the files that cannot be read.
    ///
    /// ```
    /// # let dir = std::path::Path::new("grammars");
    /// let grammars = gongkai::form::Grammars::with_dir(dir)?;
    /// assert!(grammars.genre("disclosure_report").is_some());
    /// # Ok::<(), gongkai::form::GrammarErrors>(())
    /// ```
    pub fn with_dir(dir: &Path) -> Result<Self, GrammarErrors> {
        Self::with_files(&Self::files_in(dir)?)
    }

    /// The grammars that are built in and those of some files.
    ///
    /// # Errors
    ///
    /// As [`Grammars::with_dir`].
    ///
    /// ```
    /// let missing = [std::path::PathBuf::from("no/such.toml")];
    /// let errors = gongkai::form::Grammars::with_files(&missing).unwrap_err();
    /// assert!(errors.to_string().starts_with("error[unreadable]: cannot read `no/such.toml`"));
    /// ```
    pub fn with_files(files: &[PathBuf]) -> Result<Self, GrammarErrors> {
        Self::embedded().extended(files)
    }

    /// These grammars and those of some files.
    ///
    /// # Errors
    ///
    /// As [`Grammars::with_dir`].
    ///
    /// ```
    /// use gongkai::form::Grammars;
    ///
    /// let file = std::path::PathBuf::from("grammars/disclosure/genre.toml");
    /// assert!(Grammars::default().extended(&[file])?.genre("disclosure_report").is_some());
    /// # Ok::<(), gongkai::form::GrammarErrors>(())
    /// ```
    pub fn extended(&self, files: &[PathBuf]) -> Result<Self, GrammarErrors> {
        let mut errors = GrammarErrors::default();
        let texts = texts(read(files), &mut errors);
        errors.into_result(())?;
        self.clone().and(borrowed(&texts))
    }

    /// The grammars that are built in and those of some texts, each with the name to call it by in
    /// an error.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the texts.
    ///
    /// ```
    /// use gongkai::form::Grammars;
    ///
    /// let text = "[genre]\nid = 'budget'\ntitles = ['部门决算']\n";
    /// let grammars = Grammars::with_texts([("budget.toml", text)])?;
    /// assert_eq!(grammars.genres.len(), Grammars::embedded().genres.len() + 1);
    /// # Ok::<(), gongkai::form::GrammarErrors>(())
    /// ```
    pub fn with_texts<'t>(
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, GrammarErrors> {
        Self::embedded().clone().and(texts)
    }

    /// What is wrong with some files, each by its name and what reading it gave, beside the built-in
    /// grammars and those of a folder.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the files, and nothing that is wrong with others of the folder.
    ///
    /// ```
    /// use gongkai::form::Grammars;
    ///
    /// let text = "[form]\nid = 'f'\n".as_bytes().to_vec();
    /// let errors = Grammars::check(vec![("f.toml".into(), Ok(text))], None).unwrap_err();
    /// assert_eq!(errors.faults().count(), 2);
    /// ```
    pub fn check(
        files: Vec<(PathBuf, std::io::Result<Vec<u8>>)>,
        beside: Option<&Path>,
    ) -> Result<(), GrammarErrors> {
        let mut errors = GrammarErrors::default();
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let named: Vec<PathBuf> = files.iter().map(|(path, _)| real(path)).collect();
        let mut others = match beside {
            Some(folder) => Self::files_in(folder)?,
            None => Vec::new(),
        };
        others.retain(|path| !named.contains(&real(path)));
        let others = texts(read(&others), &mut GrammarErrors::default());
        let texts = texts(files, &mut errors);
        errors.into_result(())?;
        let all = borrowed(&others).chain(borrowed(&texts));
        match Self::embedded().clone().and(all) {
            Ok(_) => Ok(()),
            Err(errors) => errors
                .of(|name| texts.iter().any(|(of, _)| of == name))
                .into_result(()),
        }
    }

    /// The `.toml` files of a folder and of the folders below it, in the order of their paths.
    ///
    /// # Errors
    ///
    /// A folder that cannot be read.
    ///
    /// ```
    /// let files = gongkai::form::Grammars::files_in("grammars/bulletin".as_ref())?;
    /// assert_eq!(files.len(), 2);
    /// # Ok::<(), gongkai::form::GrammarErrors>(())
    /// ```
    pub fn files_in(folder: &Path) -> Result<Vec<PathBuf>, GrammarErrors> {
        let mut errors = GrammarErrors::default();
        let mut files = Vec::new();
        if folder.is_file() {
            let name = folder.display().to_string();
            let message = format!("`{name}` is a file: name the folder of grammars that it is in");
            errors.refused(&name, message);
        } else {
            toml_files(folder, &mut files, &mut errors);
        }
        errors.into_result(files)
    }

    /// The form called `id`.
    ///
    /// ```
    /// assert!(gongkai::form::Grammars::embedded().form("annual_2019").is_some());
    /// ```
    pub fn form(&self, id: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.id == id)
    }

    /// The genre called `id`.
    ///
    /// ```
    /// assert!(gongkai::form::Grammars::embedded().genre("disclosure_report").is_some());
    /// ```
    pub fn genre(&self, id: &str) -> Option<&Genre> {
        self.genres.iter().find(|genre| genre.id == id)
    }

    fn and<'t>(
        mut self,
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> Result<Self, GrammarErrors> {
        let mut errors = GrammarErrors::default();
        let files = texts.into_iter().map(|(name, text)| {
            let sink = Sink::new(text);
            let document = sink.document();
            let whole = sink.count() == 0;
            (name, sink, (document, whole))
        });
        let files: Vec<_> = files.collect();
        // What a broken file lacks may only be out of the parser's sight: its keys are not read.
        let whole = || files.iter().filter(|(_, _, (_, whole))| *whole);
        one_of_each_id(whole().map(|(name, sink, (document, _))| (*name, sink, document)));
        // Genres first: forms refer to them.
        for (_, sink, (document, _)) in whole() {
            let root = Reader::new(document.get_ref(), 0..0, sink);
            match (root.place("form"), root.place("genre")) {
                (Some(_), None) => {}
                (None, Some(_)) => {
                    if let Some(genre) = super::genre::genre(root) {
                        replace(&mut self.genres, genre, |genre| &genre.id);
                    }
                }
                (Some(_), Some(second)) => {
                    let message = "expected one `[form]` or one `[genre]`, found both";
                    sink.fault(Fault::new("two-in-one", second, message, "the second"));
                }
                (None, None) => {
                    let message = "expected `[form]` or `[genre]`, found neither";
                    let first = sink.text.chars().next().map_or(0, char::len_utf8);
                    sink.fault(Fault::new("missing-key", 0..first, message, ""));
                }
            }
        }
        for (_, sink, (document, _)) in whole() {
            let root = Reader::new(document.get_ref(), 0..0, sink);
            if root.place("form").is_some()
                && root.place("genre").is_none()
                && let Some(form) = super::build::form(root, &self.genres)
            {
                replace(&mut self.forms, form, |form| &form.id);
            }
        }
        for (name, sink, _) in files {
            let text = sink.text;
            errors.add(name, text, sink.into_faults());
        }
        errors.into_result(self)
    }
}

fn replace<T>(entries: &mut Vec<T>, new: T, id: impl Fn(&T) -> &String) {
    match entries.iter_mut().find(|entry| id(entry) == id(&new)) {
        Some(entry) => *entry = new,
        None => entries.push(new),
    }
}

/// What reading each file gave.
fn read(files: &[PathBuf]) -> Vec<(PathBuf, std::io::Result<Vec<u8>>)> {
    let files = files.iter();
    files
        .map(|path| (path.clone(), std::fs::read(path)))
        .collect()
}

/// Names and texts of what was read; the rest goes to `errors`.
fn texts(
    files: Vec<(PathBuf, std::io::Result<Vec<u8>>)>,
    errors: &mut GrammarErrors,
) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    for (path, read) in files {
        let name = path.display().to_string();
        match read.map(String::from_utf8) {
            Ok(Ok(text)) => texts.push((name, text)),
            Ok(Err(error)) => errors.not_utf8(&name, error.as_bytes()),
            Err(error) => errors.unreadable(&name, &error),
        }
    }
    texts
}

fn borrowed(texts: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    let texts = texts.iter();
    texts.map(|(name, text)| (name.as_str(), text.as_str()))
}

/// Refuses a form or genre that a file before has too: which one is meant shows in neither.
fn one_of_each_id<'r, 'a: 'r>(
    files: impl Iterator<Item = (&'r str, &'r Sink<'a>, &'r Spanned<DeTable<'a>>)>,
) {
    let mut known: BTreeMap<(&str, &str), &str> = BTreeMap::new();
    for (name, sink, document) in files {
        for kind in ["form", "genre"] {
            let head = document.get_ref().get(kind).map(Spanned::get_ref);
            let id = head.and_then(|head| head.get("id"));
            let Some((place, DeValue::String(id))) = id.map(|id| (id.span(), id.get_ref())) else {
                continue;
            };
            if let Some(first) = known.insert((kind, id), name) {
                let message = format!("`{first}` has a {kind} of the id `{id}` too");
                let fault = Fault::new("duplicate-id", place, message, "the second");
                let help = "give one of them another id, or take one out of the folder";
                sink.fault(fault.help(help));
            }
        }
    }
}

/// The `.toml` files below `dir`, by path. A link to a folder is not followed: it may lead back.
fn toml_files(dir: &Path, files: &mut Vec<PathBuf>, errors: &mut GrammarErrors) {
    let mut found = match std::fs::read_dir(dir) {
        Ok(entries) => entries.filter_map(Result::ok).collect::<Vec<_>>(),
        Err(error) => return errors.unreadable(&dir.display().to_string(), &error),
    };
    found.sort_by_key(std::fs::DirEntry::path);
    for entry in found {
        let path = entry.path();
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            toml_files(&path, files, errors);
        } else if path.extension() == Some(OsStr::new("toml")) {
            files.push(path);
        }
    }
}
