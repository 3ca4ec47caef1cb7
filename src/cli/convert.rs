//! `gongkai convert`: a text in, the same text in the other script out.

mod stream;

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use gongkai::convert::{Converter, Phrases, Target};

use super::failure::{Failure, reason};
use super::input::{piped, spared};
use super::options::{Destination, Look};
use super::output::{Output, apart};
use super::style::{Style, line};
use stream::{Broken, Stream};

/// Arguments of `gongkai convert`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// The text; standard input where there is none, or for `-`
    input: Option<PathBuf>,
    /// Script to convert to
    #[arg(long, value_name = "SCRIPT",
        value_parser = PossibleValuesParser::new(Target::NAMES).try_map(|name| name.parse::<Target>()))]
    to: Target,
    /// Words that are more than their glyphs: `genre`, `none`, or a file of
    /// your own
    #[arg(long, value_name = "genre|none|FILE", default_value = "genre")]
    phrases: String,
    /// File for the alignment, tab-separated: which bytes of the input became
    /// which bytes of the output
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// Encoding of the input, such as gb18030 or big5
    #[arg(long, value_name = "auto|LABEL", default_value = "auto")]
    encoding: String,
    #[command(flatten)]
    destination: Destination,
    #[command(flatten)]
    pub(crate) look: Look,
}

/// Converts a text.
///
/// # Errors
///
/// Wrong usage, an input that cannot be read, and output that cannot be written.
pub(crate) fn command(args: &Args, style: Style) -> Result<u8, Failure> {
    let encoding = args.encoding.parse()?;
    let converter = Converter::new(args.to, phrases(&args.phrases)?)?;
    let path = args.input.as_deref().filter(|path| *path != Path::new("-"));
    let outputs = [args.destination.path(), args.map.as_deref()];
    let outputs: Vec<&Path> = outputs.into_iter().flatten().collect();
    match &args.input {
        Some(input) => drop(spared(std::slice::from_ref(input), &outputs)?),
        None => piped()?,
    }
    let unreadable = |error: &io::Error| match path {
        Some(path) => Failure::Usage(format!(
            "cannot read `{}`: {}",
            path.display(),
            reason(error)
        )),
        None => Failure::Usage(format!("cannot read standard input: {}", reason(error))),
    };
    let input: Box<dyn Read> = match path {
        Some(path) => Box::new(File::open(path).map_err(|error| unreadable(&error))?),
        None => Box::new(io::stdin().lock()),
    };
    apart(args.destination.path(), args.map.as_deref())?;
    let mut output = Output::open(args.destination.path())?;
    let mut map = match args.map.as_deref() {
        Some(path) => Some(Output::open(Some(path))?),
        None => None,
    };
    let stream = Stream::new(&converter, encoding);
    let to_map = map.as_mut().map(|map| map as &mut dyn Write);
    let remarks = match stream.convert(input, &mut output, to_map) {
        Ok(remarks) => remarks,
        Err(Broken::Input(error)) => return Err(unreadable(&error)),
        Err(Broken::Encoding(error)) => return Err(error.into()),
        Err(Broken::Output(error)) => return Err(output.failure(error)),
        Err(Broken::Map(error)) => return Err(Failure::output(args.map.as_deref(), error)),
    };
    output.finish()?;
    if let Some(map) = map {
        map.finish()?;
    }
    for remark in remarks {
        line(&style.error(remark));
    }
    Ok(0)
}

/// The words to bring back.
fn phrases(named: &str) -> Result<Phrases, Failure> {
    match named {
        "genre" => Ok(Phrases::genre()),
        "none" => Ok(Phrases::none()),
        file => {
            let read = std::fs::read_to_string(file);
            let text = read.map_err(|error| {
                Failure::Usage(format!("cannot read `{file}`: {}", reason(&error)))
            })?;
            text.parse().map_err(|error| Failure::Phrases {
                file: file.to_owned(),
                error,
            })
        }
    }
}
