//! One pass over the inputs: each is read and worked on, the results are written in order, and in
//! the end it is said what it came to.

mod list;
mod summary;

use std::path::Path;

use gongkai::Extraction;
use gongkai::convert::Converter;
use gongkai::extraction::{Offsets, Severity};

use super::batch;
use super::failure::Failure;
use super::input::{Input, Walk};
use super::options::{Inputs, Writing};
use super::output::apart;
use super::progress::Progress;
use super::read::{Found, Reader, Unreadable};
use super::remarks::remarks;
use super::resume::{self, Seen};
use super::script;
use super::style::Style;
use list::List;
pub(super) use summary::Summary;

/// What became of one input.
pub(super) enum Fate {
    Read {
        /// As the user named it.
        name: String,
        /// Id of the form that was recognised.
        form: Option<String>,
        /// Whether a diagnostic is more than a note.
        warned: bool,
        /// What stands in the way, where no form was recognised.
        why: String,
        /// Its warnings and errors, where it is the only input.
        remarks: Vec<String>,
    },
    /// Why it could not be read.
    Unreadable(Unreadable),
    /// Its content is in the output already.
    Skipped {
        /// As the user named it.
        name: String,
        /// What the output says of why it was not recognised, if it was not.
        why: Option<String>,
    },
    /// The same, but the offsets in the output count something else.
    Counted(Offsets),
}

/// What a pass is made over, and how.
pub(super) struct Pass<'a> {
    pub(super) walk: Walk,
    reader: Reader,
    converter: Option<Converter>,
    inputs: &'a Inputs,
    writing: &'a Writing,
    style: Style,
}

impl<'a> Pass<'a> {
    /// A pass as the user asked for.
    ///
    /// # Errors
    ///
    /// Wrong usage, bad grammars, and no OpenCC to convert with.
    pub(super) fn new(
        inputs: &'a Inputs,
        writing: &'a Writing,
        style: Style,
    ) -> Result<Self, Failure> {
        let Writing {
            target,
            batch,
            texts,
            ..
        } = writing;
        let reader = Reader::new(inputs, texts.offsets.into())?;
        let converter = texts.converter()?;
        let outputs = [target.destination.path(), batch.list.as_deref()];
        apart(outputs[0], outputs[1])?;
        Ok(Self {
            walk: Walk::new(&inputs.inputs, &inputs.glob, &outputs)?,
            reader,
            converter,
            inputs,
            writing,
            style,
        })
    }

    /// What inputs are read with.
    pub(super) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Reads every input that is not in `seen`, makes something of it with `work`, on any thread,
    /// and gives it to `write` in the order of the inputs. `busy`: the output fills the terminal.
    ///
    /// # Errors
    ///
    /// What `write` says, a list that cannot be written, and no input at all.
    pub(super) fn run<T: Send>(
        self,
        seen: &Seen,
        busy: bool,
        work: impl Fn(Result<Extraction, &Unreadable>) -> T + Sync,
        mut write: impl FnMut(T, &Fate) -> Result<(), Failure>,
    ) -> Result<Summary, Failure> {
        let mut list = List::open(self.writing.batch.list.as_deref())?;
        let progress = Progress::new(self.writing.target.progress, &self.walk, busy);
        let single = self.walk.is_single();
        let jobs = if single { 1 } else { self.inputs.jobs() };
        let (reader, converter) = (&self.reader, &self.converter);
        let work = |input: Input, buffer: &mut Vec<u8>| {
            let mut extraction = match reader.read_new(input, buffer, seen) {
                Ok(Found::New(extraction)) => *extraction,
                Ok(Found::Known(name, known)) => {
                    let why = known.why.clone();
                    return (None, Fate::Skipped { name, why });
                }
                Ok(Found::Counted(offsets)) => return (None, Fate::Counted(offsets)),
                Err(error) => return (Some(work(Err(&error))), Fate::Unreadable(error)),
            };
            if let Some(converter) = converter {
                script::convert(&mut extraction, converter);
            }
            let fate = fate(&extraction, single);
            (Some(work(Ok(extraction))), fate)
        };
        let mut summary = Summary::new(single);
        batch::ordered(self.walk, jobs, work, |results| {
            for (result, fate) in results {
                match &fate {
                    Fate::Unreadable(error) => {
                        progress.line(&self.style.error(error.message()));
                    }
                    Fate::Counted(offsets) => return Err(other_offsets(self.writing, *offsets)),
                    Fate::Read { .. } | Fate::Skipped { .. } => {}
                }
                if let Some(result) = result {
                    write(result, &fate)?;
                }
                list.add(&fate)?;
                summary.count(&fate);
                progress.step();
            }
            Ok::<_, Failure>(())
        })?;
        progress.finish();
        if summary.is_empty() {
            return Err(Failure::no_input(&self.inputs.inputs, &self.inputs.glob));
        }
        list.finish()?;
        summary.list.clone_from(&self.writing.batch.list);
        Ok(summary)
    }
}

/// The spans of the output count something else than is asked for now.
fn other_offsets(writing: &Writing, offsets: Offsets) -> Failure {
    let path = writing.target.destination.path().unwrap_or(Path::new("-"));
    let name = serde_json::to_value(offsets).unwrap_or_default();
    let why = resume::written_with(name.as_str().unwrap_or_default());
    resume::refused(path, format!("it {why}"))
}

fn fate(extraction: &Extraction, single: bool) -> Fate {
    let notes = &extraction.diagnostics;
    let name = extraction.source.name.clone().unwrap_or_default();
    let warned = notes.iter().any(|note| note.severity > Severity::Note);
    let remarks = match single {
        true => remarks(extraction),
        false => Vec::new(),
    };
    let unknown = notes.iter().filter(|note| note.severity == Severity::Error);
    let why = unknown.map(|note| note.message.as_str()).next();
    Fate::Read {
        name,
        form: extraction.form.as_ref().map(|form| form.id.clone()),
        why: why.unwrap_or_default().to_owned(),
        warned,
        remarks,
    }
}
