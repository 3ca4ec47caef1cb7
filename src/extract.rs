//! Bytes -> [`Extraction`]: the stages in order.

mod kind;
mod known;
mod mixed;
mod nothing;
mod options;

use std::cell::OnceCell;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

pub use options::Options;

use known::is_known;
use mixed::{mixed, translate};
use nothing::nothing;

use crate::align::{Anchor, align};
use crate::assemble::Assembly;
use crate::check;
use crate::contrast::Contrasts;
use crate::doubt;
use crate::extraction::{Extraction, FormInfo, SourceInfo};
use crate::form::{Form, Grammars};
use crate::grid::{self, Document, TableReading, WholeTables};
use crate::html;
use crate::infer;
use crate::label::Letters;
use crate::lexicon::{Lexicon, Part};
use crate::local;
use crate::outline;
use crate::page::Marks;
use crate::pattern::Pattern;
use crate::repair::repair;
use crate::script;
use crate::source::{Source, UnknownEncoding};
use crate::text::Text;
use crate::twice;

/// Reads reports by a set of grammars. Make one and use it for many reports.
///
/// ```
/// use gongkai::{Extractor, Options};
/// let report = "第二十条第（八）项\n信息内容\n本年收费金额（单位：万元）\n行政事业性收费\n7730.28\n";
/// let extraction = Extractor::embedded().extract(report.as_bytes(), &Options::default())?;
/// assert_eq!(extraction.tables[0].rows[0].cells[0].raw.as_deref(), Some("7730.28"));
/// # Ok::<(), gongkai::source::UnknownEncoding>(())
/// ```
#[derive(Debug)]
pub struct Extractor {
    grammars: std::borrow::Cow<'static, Grammars>,
    lexicon: Lexicon,
    whole_tables: WholeTables,
    marks: Vec<Marks>,
    contrasts: Vec<Contrasts>,
    /// What any genre counts as noise inside words.
    noise: Vec<Pattern>,
    /// Wordings that any genre reads as others.
    synonyms: Vec<(String, String)>,
}

/// Reads a report with the embedded grammars.
///
/// # Errors
///
/// [`UnknownEncoding`] where the options name an encoding that does not exist. A document itself
/// never fails: what cannot be read is withheld, with a diagnostic.
///
/// ```
/// let seed = "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n\
///             现行有效件数\n规章\n0\n0\n6\n行政规范性文件\n1\n0\n15\n";
/// let extraction = gongkai::extract(seed.as_bytes(), &gongkai::Options::default())?;
/// assert_eq!(extraction.form.map(|form| form.id).as_deref(), Some("annual_2021"));
/// let cell = &extraction.tables[0].rows[1].cells[2];
/// assert_eq!((cell.column.as_str(), cell.raw.as_deref()), ("in_force", Some("15")));
/// # Ok::<(), gongkai::source::UnknownEncoding>(())
/// ```
pub fn extract(bytes: &[u8], options: &Options) -> Result<Extraction, UnknownEncoding> {
    Extractor::embedded().extract(bytes, options)
}

impl Extractor {
    /// An extractor for some grammars.
    ///
    /// ```
    /// use gongkai::{Extractor, form::Grammars};
    /// let grammars = Grammars::with_dir("grammars".as_ref())?;
    /// assert!(Extractor::new(grammars).grammars().form("annual_2021").is_some());
    /// # Ok::<(), gongkai::form::GrammarErrors>(())
    /// ```
    pub fn new(grammars: Grammars) -> Self {
        Self::with(std::borrow::Cow::Owned(grammars))
    }

    /// The extractor for the grammars that come with the library, made on first use.
    ///
    /// ```
    /// use gongkai::Extractor;
    /// assert!(std::ptr::eq(Extractor::embedded(), Extractor::embedded()));
    /// ```
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Extractor> =
            LazyLock::new(|| Extractor::with(std::borrow::Cow::Borrowed(Grammars::embedded())));
        &EMBEDDED
    }

    fn with(grammars: std::borrow::Cow<'static, Grammars>) -> Self {
        let lexicon = Lexicon::new(&grammars.forms);
        let whole_tables = WholeTables::new(&grammars.forms);
        let marks: Vec<Marks> = grammars.genres.iter().map(Marks::new).collect();
        let genres = || grammars.genres.iter();
        let contrasts = genres().map(Contrasts::new).collect();
        let noise = genres()
            .flat_map(|genre| &genre.noise)
            .map(|noise| Pattern::lazy(noise))
            .collect();
        let synonyms = genres()
            .flat_map(|genre| genre.synonyms.iter().cloned())
            .collect();
        Self {
            grammars,
            lexicon,
            whole_tables,
            marks,
            contrasts,
            noise,
            synonyms,
        }
    }

    /// The grammars.
    ///
    /// ```
    /// assert!(!gongkai::Extractor::embedded().grammars().forms.is_empty());
    /// ```
    pub fn grammars(&self) -> &Grammars {
        &self.grammars
    }

    /// Reads one report.
    ///
    /// # Errors
    ///
    /// [`UnknownEncoding`] where the options name an encoding that does not exist.
    ///
    /// ```
    /// use gongkai::{Extractor, Options};
    /// let options = Options { max_bytes: 3, ..Options::default() };
    /// let extraction = Extractor::embedded().extract("规章".as_bytes(), &options)?;
    /// assert_eq!(extraction.diagnostics[0].code, "too-long");
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn extract(&self, bytes: &[u8], options: &Options) -> Result<Extraction, UnknownEncoding> {
        // Places in the text are kept in 32 bits, and a byte becomes three at most.
        let longest = options.max_bytes.min(u32::MAX as usize / 3);
        if bytes.len() > longest {
            let info = about(bytes, &Source::decode(&[], &options.encoding)?, options);
            let message = format!("the input has {} bytes, {longest} are read", bytes.len());
            let help = "raise `max_bytes` if this is a report".to_string();
            return Ok(nothing(info, "too-long", message, Some(help)));
        }
        let source = Source::decode(bytes, &options.encoding)?;
        if let Some(kind) = kind::of(bytes, source.encoding()) {
            let (message, help) = (kind.message.to_string(), kind.help.to_string());
            let info = about(bytes, &source, options);
            return Ok(nothing(info, kind.code, message, Some(help)));
        }
        let is_html = html::looks_like_html(source.text());
        let (text, script) = if is_html {
            let text = html::fold(&source, &self.noise, &self.synonyms);
            (text, script::detect(source.text()))
        } else {
            let text = Text::fold(&source, &self.noise, &self.synonyms);
            let script = text.seen.script();
            (text, script)
        };
        let info = SourceInfo {
            script: script.map(script::Script::as_str),
            ..about(bytes, &source, options)
        };
        Ok(self.read(&source, &text, info, options))
    }

    fn read(
        &self,
        source: &Source,
        text: &Text,
        info: SourceInfo,
        options: &Options,
    ) -> Extraction {
        let forms = &self.grammars.forms;
        let only = options
            .form
            .as_ref()
            .and_then(|id| forms.iter().position(|form| form.id == *id));
        let letters = Letters::of(text);
        let labels = letters.labels(&self.lexicon);
        let year = OnceCell::new();
        let year = || *year.get_or_init(|| self.year(text));
        let alignment = align(text, &letters, &labels, &self.lexicon, forms, only, &year);
        let genres = &self.grammars.genres;
        let genre_of = |form: &Form| genres.iter().position(|genre| genre.id == form.genre);
        let best = alignment.filter(|best| only.is_some() || is_known(text, best, forms));
        let form = best.as_ref().map(|best| &forms[best.form]);
        let genre = form
            .and_then(genre_of)
            .or_else(|| self.titled(text))
            .unwrap_or_else(|| self.grammars.common_genre());
        let of_genre = (self.marks.get(genre), self.contrasts.get(genre));
        let ((Some(marks), Some(contrasts)), Some(genre)) =
            (of_genre, self.grammars.genres.get(genre))
        else {
            let message = "there is no grammar to read by".to_string();
            return nothing(info, "no-grammar", message, None);
        };
        let mut assembly = Assembly::new(source, text, &info, marks);
        let skip = assembly.page_marks();
        if let (Some(best), Some(form)) = (best, form) {
            let anchors = repair(
                text,
                &letters,
                &self.lexicon,
                (form, best.form),
                &genre.placeholders,
                best.anchors,
            );
            let document = Document {
                text,
                form,
                index: best.form,
                lexicon: &self.lexicon,
                genre,
                anchors: &anchors,
                skip: &skip,
                whole_tables: &self.whole_tables,
                contrasts,
            };
            let mut readings = Vec::new();
            for region in grid::regions(&document) {
                match mixed(&document, &region, forms) {
                    Some((index, table)) => {
                        let other = &forms[index];
                        let (anchors, region) = translate(&anchors, form, &region, other, table);
                        let reading = read_table(
                            &Document {
                                form: other,
                                index,
                                anchors: &anchors,
                                ..document
                            },
                            region,
                        );
                        readings.push((reading, Read::Other(index, anchors)));
                    }
                    None => readings.push(match local::columns(&document, &region) {
                        Some(local) => {
                            let document = Document {
                                form: &local.form,
                                anchors: &local.anchors,
                                ..document
                            };
                            let reading = read_table(&document, local.region.clone());
                            (reading, Read::Local(Box::new(local)))
                        }
                        None => (read_table(&document, region), Read::Own),
                    }),
                }
            }
            for (reading, read) in &mut readings {
                if matches!(read, Read::Own) {
                    twice::withhold(&document, reading);
                    twice::withhold_other_year(&document, reading, year);
                }
            }
            let mut tables: Vec<_> = readings.iter_mut().map(|(reading, _)| reading).collect();
            assembly.other_report = twice::withhold_other_report(&document, marks, &mut tables);
            doubt::withhold(&mut tables);
            let taken = infer::taken(readings.iter().map(|(reading, _)| reading), form, &anchors);
            for (reading, other) in readings {
                let (form, index, anchors) = match &other {
                    Read::Own => (form, best.form, &anchors),
                    Read::Other(index, anchors) => (&forms[*index], *index, anchors),
                    Read::Local(local) => (&local.form, best.form, &local.anchors),
                };
                let mixed = matches!(other, Read::Other(..));
                let document = Document {
                    form,
                    index,
                    anchors,
                    ..document
                };
                assembly.table(&document, reading, mixed);
            }
            infer::infer(&mut assembly, genre, &taken);
            outline::outline(&mut assembly, &document);
        } else {
            assembly.other_report = marks.other_report(text, None);
            assembly.unrecognised(options.form.as_deref());
            infer::infer(&mut assembly, genre, &infer::Taken::default());
            outline::without_form(&mut assembly);
        }
        assembly.read_statements();
        let mut extraction = assembly.finish(
            info,
            form.map(|form| FormInfo {
                id: form.id.clone(),
                name: form.name.clone(),
            }),
        );
        if let Some(form) = form {
            extraction.checks = check::evaluate(form, &extraction);
        }
        extraction
    }
}

/// The form by which a table was read.
enum Read {
    /// That of the report.
    Own,
    /// Another edition, with the anchors as it names them.
    Other(usize, Vec<Anchor>),
    /// That of the report, with columns of its own.
    Local(Box<local::Local>),
}

impl Extractor {
    /// The genre whose title stands first in a text.
    fn titled(&self, text: &Text) -> Option<usize> {
        let lines = text.lines.iter().map(|line| text.get(&text.trim(line)));
        lines
            .filter_map(|line| self.marks.iter().position(|marks| marks.is_title(line)))
            .next()
    }

    /// The fiscal year that the title of a text or a line about its period states.
    fn year(&self, text: &Text) -> Option<i32> {
        let genre = self
            .titled(text)
            .unwrap_or_else(|| self.grammars.common_genre());
        let marks = self.marks.get(genre)?;
        let lines: Vec<_> = text.lines.iter().map(|line| text.trim(line)).collect();
        let title = marks.title(text, &lines);
        Some(marks.year(text, title.as_ref())?.0)
    }
}

fn read_table(document: &Document<'_>, region: grid::Region) -> TableReading {
    let rows = &document.form.tables[region.table].rows;
    // A row without a label of its own is there when its table is.
    let unlabelled = (0..rows.len()).filter(|row| rows[*row].label.text.is_empty());
    let mut printed: Vec<usize> = region
        .anchors
        .iter()
        .filter_map(|anchor| match document.anchors[*anchor].part {
            Part::Row { table, row } if table == region.table => Some(row),
            _ => None,
        })
        .chain(unlabelled)
        .collect();
    let columns = grid::printed_columns(document, &region);
    printed.sort_unstable();
    printed.dedup();
    let form = (document.index, document.form);
    let equations = document
        .whole_tables
        .equations(form, region.table, &columns, &printed);
    grid::read(document, region, columns, &equations)
}

/// What is known of an input before anything is looked for in it.
fn about(bytes: &[u8], source: &Source, options: &Options) -> SourceInfo {
    SourceInfo {
        name: options.name.clone(),
        bytes: bytes.len(),
        sha256: hex(&Sha256::digest(bytes)),
        encoding: source.encoding(),
        script: None,
        offsets: options.offsets,
    }
}

fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    bytes
        .iter()
        .flat_map(|byte| {
            [
                DIGITS[usize::from(byte >> 4)],
                DIGITS[usize::from(byte & 15)],
            ]
        })
        .map(char::from)
        .collect()
}
