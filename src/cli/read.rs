//! An input -> its extraction, or why there is none.

use std::fs::File;
use std::io::{self, Read};

use gongkai::form::Grammars;
use gongkai::{Extraction, Extractor, Options, extraction, flat};

use super::failure::{Failure, reason};
use super::grammar::of_folder;
use super::input::Input;
use super::options::Inputs;
use super::resume::{Known, Seen};

/// A buffer that has grown beyond this is given back: one huge file is not the rule.
const KEPT: usize = 1 << 24;

/// Reads inputs as the user asked.
#[derive(Debug)]
pub(crate) struct Reader {
    /// None for the grammars that are built in.
    own: Option<Extractor>,
    options: Options,
}

/// An input that could not be read.
#[derive(Debug)]
pub(crate) struct Unreadable {
    /// As the user named it.
    pub(crate) name: String,
    /// What the system said.
    pub(crate) reason: String,
}

/// An input that was read, beside an output that may have it already.
#[derive(Debug)]
pub(crate) enum Found<'s> {
    /// It is not in the output.
    New(Box<Extraction>),
    /// The name of an input that is, and what the output says of it.
    Known(String, &'s Known),
    /// It is, with offsets that count something else.
    Counted(extraction::Offsets),
}

impl Reader {
    /// A reader with the options of the command line.
    ///
    /// # Errors
    ///
    /// Bad grammars, and a form or an encoding that does not exist.
    pub(crate) fn new(inputs: &Inputs, offsets: extraction::Offsets) -> Result<Self, Failure> {
        let own = match &inputs.grammars {
            Some(dir) => Some(Extractor::new(of_folder(dir)?)),
            None => None,
        };
        let form = (inputs.form != "auto").then(|| inputs.form.clone());
        let options = Options {
            name: None,
            encoding: inputs.encoding.parse()?,
            form,
            offsets,
            max_bytes: inputs.max_bytes,
        };
        let reader = Self { own, options };
        match &reader.options.form {
            Some(id) if reader.grammars().form(id).is_none() => {
                Err(Failure::unknown_form(id, reader.grammars()))
            }
            _ => Ok(reader),
        }
    }

    /// The grammars that are read by.
    pub(crate) fn grammars(&self) -> &Grammars {
        self.extractor().grammars()
    }

    /// Reads an input into `buffer` and extracts what it says.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] where the system does not give the bytes.
    pub(crate) fn read(
        &self,
        input: Input,
        buffer: &mut Vec<u8>,
    ) -> Result<Extraction, Unreadable> {
        let name = fill(input, buffer, self.options.max_bytes)?;
        self.extract(name, buffer)
    }

    /// As [`Reader::read`], but knows a content that is in `seen`.
    ///
    /// # Errors
    ///
    /// As [`Reader::read`].
    pub(crate) fn read_new<'s>(
        &self,
        input: Input,
        buffer: &mut Vec<u8>,
        seen: &'s Seen,
    ) -> Result<Found<'s>, Unreadable> {
        let name = fill(input, buffer, self.options.max_bytes)?;
        let Some(known) = seen.get(buffer) else {
            let read = self.extract(name, buffer);
            return read.map(|read| Found::New(Box::new(read)));
        };
        let end = |offsets| self.farthest_end(buffer, offsets);
        let other = seen.other_offsets(known, self.options.offsets, end);
        Ok(match other {
            Some(other) => Found::Counted(other),
            None => Found::Known(name, known),
        })
    }

    /// Where the last of the cells ends that `export` writes.
    fn farthest_end(&self, content: &[u8], offsets: extraction::Offsets) -> Option<i64> {
        let options = Options {
            offsets,
            ..self.options.clone()
        };
        let read = self.extractor().extract(content, &options).ok()?;
        let ends = flat::rows(&read).filter_map(|row| row.cell.span);
        i64::try_from(ends.map(|span| span.end).max()?).ok()
    }

    fn extract(&self, name: String, buffer: &[u8]) -> Result<Extraction, Unreadable> {
        let options = Options {
            name: Some(name.clone()),
            ..self.options.clone()
        };
        self.extractor()
            .extract(buffer, &options)
            .map_err(|error| Unreadable {
                name,
                reason: error.to_string(),
            })
    }

    /// How the bytes are decoded.
    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    fn extractor(&self) -> &Extractor {
        self.own.as_ref().unwrap_or_else(|| Extractor::embedded())
    }
}

impl Unreadable {
    /// `cannot read `a.txt`: No such file or directory`
    pub(crate) fn message(&self) -> String {
        match self.name.as_str() {
            "-" => format!("cannot read standard input: {}", self.reason),
            name => format!("cannot read `{name}`: {}", self.reason),
        }
    }
}

/// Reads an input into `buffer` and says what the user called it. Of one that is too long no more
/// is read than shows it.
fn fill(input: Input, buffer: &mut Vec<u8>, max: usize) -> Result<String, Unreadable> {
    buffer.clear();
    buffer.shrink_to(KEPT);
    let name = match &input {
        Input::Stdin => "-".to_owned(),
        Input::File(path) | Input::Broken(path, _) => path.display().to_string(),
    };
    let most = (max as u64).saturating_add(1);
    let done = match input {
        Input::Stdin => io::stdin().lock().take(most).read_to_end(buffer),
        Input::File(path) => File::open(path).and_then(|file| file.take(most).read_to_end(buffer)),
        Input::Broken(_, error) => Err(error),
    };
    match done {
        Ok(length) if length > max => Err(Unreadable {
            name,
            reason: format!("longer than {max} bytes, which `--max-bytes` allows"),
        }),
        Ok(_) => Ok(name),
        Err(error) => Err(Unreadable {
            reason: why(&name, &error),
            name,
        }),
    }
}

/// What the system said. A pattern in quotes reaches it as it is, and so does one that matches
/// nothing.
fn why(name: &str, error: &io::Error) -> String {
    let said = reason(error);
    match error.kind() == io::ErrorKind::NotFound && name.contains(['*', '?']) {
        true => format!("{said}; of a folder, `--glob` takes patterns"),
        false => said,
    }
}
