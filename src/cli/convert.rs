//! `gongkai convert`: a text in, the same text in the other script out, block by block.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use gongkai::convert::{Converter, Phrases, Target};
use gongkai::source::{EncodingChoice, Source, UnknownEncoding};

use super::failure::{Failure, reason};
use super::options::Look;
use super::output::Output;
use super::style::{Style, line};

/// How many bytes are converted at a time; a longer line is converted whole.
const BLOCK: usize = 1 << 20;

/// Arguments of `gongkai convert`.
#[derive(Debug, Clone, clap::Args)]
pub(crate) struct Args {
    /// The text; standard input where there is none, or for `-`
    input: Option<PathBuf>,
    /// Script to convert to
    #[arg(long, value_name = "SCRIPT",
        value_parser = PossibleValuesParser::new(Target::NAMES).try_map(|name| name.parse::<Target>()))]
    to: Target,
    /// Words to bring back with `--to hans`: `genre`, `none`, or a file of your
    /// own
    #[arg(long, value_name = "genre|none|FILE", default_value = "genre")]
    phrases: String,
    /// File for the alignment, tab-separated: which bytes of the input became
    /// which bytes of the output
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// File to write, which appears when it is complete
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Encoding of the input, such as gb18030 or big5
    #[arg(long, value_name = "auto|LABEL", default_value = "auto")]
    encoding: String,
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
    let mut output = Output::open(args.output.as_deref())?;
    let mut map = match args.map.as_deref() {
        Some(path) => Some(Output::open(Some(path))?),
        None => None,
    };
    let stream = Stream {
        converter: &converter,
        encoding,
        block: BLOCK,
    };
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
            text.parse()
                .map_err(|error| Failure::Usage(format!("{file}: {error}")))
        }
    }
}

/// Where a conversion broke off.
#[derive(Debug)]
enum Broken {
    Input(io::Error),
    Encoding(UnknownEncoding),
    Output(io::Error),
    Map(io::Error),
}

impl From<UnknownEncoding> for Broken {
    fn from(error: UnknownEncoding) -> Self {
        Self::Encoding(error)
    }
}

struct Stream<'a> {
    converter: &'a Converter,
    encoding: EncodingChoice,
    block: usize,
}

impl Stream<'_> {
    /// Converts to the end of the input, and says what was wrong with its encoding.
    fn convert(
        mut self,
        mut input: impl Read,
        output: &mut impl Write,
        mut map: Option<&mut dyn Write>,
    ) -> Result<Vec<String>, Broken> {
        if let Some(map) = &mut map {
            writeln!(
                map,
                "source_start\tsource_end\ttarget_start\ttarget_end\tkind"
            )
            .map_err(Broken::Map)?;
        }
        let (mut bytes, mut remarks) = (Vec::new(), Vec::new());
        let (mut read, mut written, mut malformed) = (0, 0, 0);
        let mut last = false;
        while !last {
            last = self.fill(&mut input, &mut bytes).map_err(Broken::Input)?;
            let probe = Source::decode(&bytes, &self.encoding)?;
            // Nothing is known of the encoding as long as there is only ASCII.
            if self.encoding == EncodingChoice::Auto && !bytes.is_ascii() {
                self.encoding = EncodingChoice::Label(probe.encoding().to_owned());
                remarks.extend(probe.notes().iter().map(ToString::to_string));
            }
            let end = if last {
                bytes.len()
            } else {
                line_end(&bytes, probe.encoding())
            };
            let source = match end {
                // The line goes on.
                0 if !last => continue,
                end if end == bytes.len() => probe,
                end => Source::decode(&bytes[..end], &self.encoding)?,
            };
            malformed += source.malformed().len();
            if let Some(map) = &mut map {
                let (text, alignment) = self.converter.convert_aligned(source.text());
                for segment in alignment.segments() {
                    let from = read + source.input_offset(segment.source.start);
                    let to = read + source.input_offset(segment.source.end);
                    let (start, end) =
                        (written + segment.target.start, written + segment.target.end);
                    writeln!(
                        map,
                        "{from}\t{to}\t{start}\t{end}\t{}",
                        segment.kind.as_str()
                    )
                    .map_err(Broken::Map)?;
                }
                output.write_all(text.as_bytes()).map_err(Broken::Output)?;
                written += text.len();
            } else {
                let text = self.converter.convert(source.text());
                output.write_all(text.as_bytes()).map_err(Broken::Output)?;
            }
            read += end;
            bytes.drain(..end);
        }
        if malformed > 0 {
            remarks.push(format!("{malformed} malformed pieces became U+FFFD"));
        }
        Ok(remarks)
    }

    /// Reads one more block, or as much again as there is of a long line; whether the input has
    /// come to its end.
    fn fill(&self, input: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
        let wanted = self.block.max(bytes.len());
        let read = input.by_ref().take(wanted as u64).read_to_end(bytes)?;
        Ok(read < wanted)
    }
}

/// Where the last line of `bytes` that is whole ends.
fn line_end(bytes: &[u8], encoding: &str) -> usize {
    let unit: &[u8] = match encoding {
        "UTF-16LE" => b"\n\0",
        "UTF-16BE" => b"\0\n",
        // No other encoding has a line feed within a character.
        _ => b"\n",
    };
    let last = bytes
        .chunks_exact(unit.len())
        .rposition(|other| other == unit);
    last.map_or(0, |last| (last + 1) * unit.len())
}

#[cfg(all(test, feature = "convert"))]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::{BLOCK, EncodingChoice, Stream};
    use gongkai::convert::{Converter, Phrases, Target};

    const REPORT: &str = "行政規範性檔案\n259\n\n二、主動公開\r\n檔案館、入口網站\n末行";

    fn stream(bytes: &[u8], block: usize) -> (String, String) {
        let converter = Converter::new(Target::Hans, Phrases::genre()).unwrap();
        let stream = Stream {
            converter: &converter,
            encoding: EncodingChoice::Auto,
            block,
        };
        let (mut output, mut map) = (Vec::new(), Vec::new());
        stream.convert(bytes, &mut output, Some(&mut map)).unwrap();
        (
            String::from_utf8(output).unwrap(),
            String::from_utf8(map).unwrap(),
        )
    }

    #[test]
    fn blocks_do_not_show() {
        let utf16: Vec<u8> = "\u{FEFF}"
            .chars()
            .chain(REPORT.chars())
            .collect::<String>()
            .encode_utf16()
            .flat_map(u16::to_be_bytes)
            .collect();
        let big5 = encoding_rs::BIG5.encode(REPORT).0.into_owned();
        for bytes in [REPORT.as_bytes().to_vec(), utf16, big5] {
            let (whole, _) = stream(&bytes, BLOCK);
            assert_eq!(
                whole,
                "行政规范性文件\n259\n\n二、主动公开\r\n档案馆、门户网站\n末行"
            );
            for block in [25, 40, 64] {
                assert_eq!(stream(&bytes, block).0, whole);
            }
        }
    }

    #[test]
    fn the_map_leads_from_bytes_to_bytes() {
        let big5 = encoding_rs::BIG5.encode("規範性檔案\n0\n").0.into_owned();
        insta::assert_snapshot!(stream(&big5, BLOCK).1, @r"
        source_start	source_end	target_start	target_end	kind
        0	2	0	3	glyph
        2	4	3	6	glyph
        4	6	6	9	same
        6	10	9	15	phrase
        10	13	15	18	same
        ");
    }
}
