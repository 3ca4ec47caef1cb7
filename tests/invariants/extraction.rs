//! What an extraction says is in the input, where it says so, once, and the same every time.

use std::collections::BTreeSet;

use gongkai::extraction::{
    Candidate, Cell, CheckStatus, Coverage, Extraction, Offsets, Section, Span, State,
};
use gongkai::source::{EncodingChoice, Source};
use gongkai::{Extractor, Options};

use super::decoding::{borders, encoding, is_double};

/// Reads the bytes by the grammars that are built in.
pub(crate) fn holds(bytes: &[u8]) {
    read(Extractor::embedded(), bytes);
}

/// Reads bytes as any report, in bytes and in another unit, and holds what was read to the laws.
pub(crate) fn read(extractor: &Extractor, bytes: &[u8]) -> Extraction {
    let unit = [Offsets::Char, Offsets::Utf16][bytes.len() % 2];
    let extraction = read_as(extractor, bytes, Offsets::Byte);
    let again = read_as(extractor, bytes, Offsets::Byte);
    assert_eq!(json(&extraction), json(&again), "read twice");
    read_as(extractor, bytes, unit);
    extraction
}

fn read_as(extractor: &Extractor, bytes: &[u8], offsets: Offsets) -> Extraction {
    let options = Options {
        offsets,
        ..Options::default()
    };
    let extraction = extractor
        .extract(bytes, &options)
        .expect("a document never fails");
    let source = Source::decode(bytes, &EncodingChoice::Auto).expect("no label is asked for");
    assert_eq!(extraction.source.encoding, source.encoding());
    assert_eq!(extraction.source.bytes, bytes.len());
    let places = Places::new(bytes, &source, offsets);
    spans(&extraction, &places);
    let mut taken = Vec::new();
    cells(&extraction, &places, &mut taken);
    statements(&extraction, &places);
    apart(taken);
    references(&extraction);
    checks(&extraction);
    let unread = |code: &str| matches!(code, "not-text" | "own-output");
    if !extraction.diagnostics.iter().any(|note| unread(note.code)) {
        coverage(&extraction.coverage, &source);
    }
    extraction
}

fn json(extraction: &Extraction) -> String {
    serde_json::to_string(extraction).expect("an extraction is JSON")
}

/// The borders of characters, in the unit of the spans and in the text.
struct Places<'a> {
    bytes: &'a [u8],
    source: &'a Source,
    offsets: Offsets,
    /// Sorted by the first.
    borders: Vec<(usize, usize)>,
    /// Whether no two of them are one, as those of the two characters that are one in Big5.
    distinct: bool,
}

impl<'a> Places<'a> {
    fn new(bytes: &'a [u8], source: &'a Source, offsets: Offsets) -> Self {
        let unit = |at| match offsets {
            Offsets::Byte => source.input_offset(at),
            Offsets::Char => source.char_offset(at),
            Offsets::Utf16 => source.utf16_offset(at),
        };
        let borders: Vec<_> = borders(source.text()).map(|at| (unit(at), at)).collect();
        Self {
            bytes,
            source,
            offsets,
            distinct: borders.is_sorted_by(|a, b| a.0 < b.0),
            borders,
        }
    }

    /// The offset in the text, of what must be a border of characters.
    fn text_offset(&self, at: usize) -> usize {
        let found = self.borders.partition_point(|(unit, _)| *unit < at);
        match self.borders.get(found) {
            Some((unit, text)) if *unit == at => *text,
            _ => panic!("{at} is no border of characters"),
        }
    }

    /// Whether it may be HTML, of which what stands between two cells is shown before their table.
    fn may_be_page(&self) -> bool {
        self.source.text().contains('<')
    }

    fn span(&self, span: Span) {
        assert!(span.start <= span.end, "{span:?}");
        let start = self.text_offset(span.start);
        self.text_offset(span.end);
        let (line, column) = self.source.position(start);
        if self.distinct {
            assert_eq!((line, column), (span.line, span.column), "{span:?}");
        }
    }

    /// The text under a span: of bytes, decoded for itself.
    fn under(&self, span: Span) -> String {
        if self.offsets == Offsets::Byte {
            let piece = &self.bytes[span.start..span.end];
            let encoding = encoding(self.source);
            // How much of malformed bytes is one piece may depend on the byte behind it.
            let malformed = self.source.malformed().iter();
            let whole = malformed
                .map(|place| &place.input)
                .all(|place| place.end <= span.start || span.end <= place.start);
            if whole && !is_double(encoding, piece) {
                return encoding.decode_without_bom_handling(piece).0.into_owned();
            }
        }
        let range = self.text_offset(span.start)..self.text_offset(span.end);
        self.source.text()[range].to_owned()
    }
}

fn spans(extraction: &Extraction, places: &Places<'_>) {
    let texts = [&extraction.title, &extraction.agency];
    for text in texts.into_iter().flatten() {
        places.span(text.span);
        pieces(&text.pieces, text.span, places);
    }
    if let Some(year) = &extraction.year {
        places.span(year.span);
    }
    sections(&extraction.sections, places);
    for table in &extraction.tables {
        places.span(table.span);
        for column in &table.columns {
            column.span.into_iter().for_each(|span| places.span(span));
        }
        for row in &table.rows {
            if let Some(span) = row.span {
                places.span(span);
                pieces(&row.pieces, span, places);
            }
        }
    }
    let order: Vec<_> = extraction
        .tables
        .iter()
        .map(|table| table.span.start)
        .collect();
    assert!(
        places.may_be_page() || order.is_sorted(),
        "tables stand in the order of the text: {order:?}"
    );
    for diagnostic in &extraction.diagnostics {
        diagnostic
            .span
            .into_iter()
            .for_each(|span| places.span(span));
    }
}

/// Pieces are in order, apart, and reach from one end of the whole to the other.
fn pieces(pieces: &[Span], whole: Span, places: &Places<'_>) {
    let mut end = whole.start;
    for piece in pieces {
        places.span(*piece);
        assert!(
            end <= piece.start && piece.end <= whole.end,
            "{pieces:?} in {whole:?}"
        );
        end = piece.end;
    }
    if let (Some(first), Some(last)) = (pieces.first(), pieces.last()) {
        assert_eq!((first.start, last.end), (whole.start, whole.end));
    }
}

fn sections(sections: &[Section], places: &Places<'_>) {
    for section in sections {
        places.span(section.span);
        places.span(section.title.span);
        pieces(&section.title.pieces, section.title.span, places);
        for block in &section.blocks {
            if let gongkai::extraction::Block::Paragraph { span, .. } = block {
                places.span(*span);
            }
        }
        self::sections(&section.sections, places);
    }
    let order: Vec<_> = sections.iter().map(|section| section.span.start).collect();
    assert!(
        places.may_be_page() || order.is_sorted(),
        "sections stand in the order of the text: {order:?}"
    );
}

fn cells(extraction: &Extraction, places: &Places<'_>, taken: &mut Vec<Span>) {
    for table in &extraction.tables {
        let columns: Vec<&str> = table
            .columns
            .iter()
            .map(|column| column.id.as_str())
            .collect();
        for row in &table.rows {
            let of_row: Vec<&str> = row.cells.iter().map(|cell| cell.column.as_str()).collect();
            assert_eq!(of_row, columns, "{}/{}", table.id, row.id);
            for cell in &row.cells {
                self::cell(cell, places);
                if let (State::Number, Some(span)) = (cell.state, cell.span) {
                    taken.push(span);
                }
            }
        }
    }
}

fn cell(cell: &Cell, places: &Places<'_>) {
    if let Some(span) = cell.span {
        places.span(span);
        assert_eq!(cell.raw.as_deref(), Some(places.under(span).as_str()));
    }
    let open = cell.state == State::Ambiguous;
    assert_eq!(cell.reading.is_some(), cell.span.is_some(), "{cell:?}");
    assert_eq!(
        cell.value.is_some(),
        cell.state == State::Number,
        "{cell:?}"
    );
    assert!(open || cell.candidates.is_empty(), "{cell:?}");
    match cell.state {
        State::Number => number(cell.value, cell.raw.as_deref(), cell.span),
        State::Placeholder | State::Text => {
            assert!(
                cell.span.is_some_and(|span| span.start < span.end),
                "{cell:?}"
            );
        }
        State::Absent => assert!(cell.span.is_none() && cell.raw.is_none(), "{cell:?}"),
        State::Blank => {}
        State::Ambiguous => assert!(cell.reading.is_none(), "{cell:?}"),
    }
    for candidate in &cell.candidates {
        self::candidate(candidate, places);
    }
}

fn candidate(candidate: &Candidate, places: &Places<'_>) {
    if let Some(span) = candidate.span {
        places.span(span);
        assert_eq!(candidate.raw.as_deref(), Some(places.under(span).as_str()));
    }
    if candidate.value.is_some() {
        number(candidate.value, candidate.raw.as_deref(), candidate.span);
    }
}

/// A number has a place, and the digits there are those of its value.
fn number(value: Option<rust_decimal::Decimal>, raw: Option<&str>, span: Option<Span>) {
    let (Some(value), Some(raw), Some(_)) = (value, raw, span) else {
        panic!("a number without a value, a raw text or a place: {value:?} {raw:?} {span:?}");
    };
    let printed = value.abs().to_string();
    assert_eq!(digits(raw), printed, "{raw:?} read as {value}");
    if value.is_sign_negative() && !value.is_zero() {
        assert!(
            !raw.starts_with(|c: char| c.is_numeric()),
            "{raw:?} read as {value}"
        );
    }
}

/// The first figure of a text, in ASCII, without what groups its digits.
fn digits(raw: &str) -> String {
    let ascii = |c: char| match c {
        '\u{FF10}'..='\u{FF19}' => char::from_digit(u32::from(c) - 0xFF10, 10).unwrap_or(c),
        '\u{FF0E}' => '.',
        '\u{FF0C}' => ',',
        other => other,
    };
    let ascii: String = shown(raw).chars().map(ascii).collect();
    let start = ascii.find(|c: char| c.is_ascii_digit());
    let rest = start.map_or("", |start| &ascii[start..]);
    let end = rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','));
    let figure = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',']);
    let whole = figure.split('.').next().unwrap_or_default();
    let grouped = whole.split(',').skip(1).all(|group| group.len() == 3);
    assert!(grouped, "{raw:?} has a comma out of place");
    figure.replace(',', "")
}

/// A text as a browser shows it: characters that are given by number are written out.
fn shown(raw: &str) -> String {
    let mut parts = raw.split("&#");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let written = part.split_once(';').and_then(|(number, rest)| {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            Some((char::from_u32(code.ok()?)?, rest))
        });
        match written {
            Some((c, rest)) => {
                shown.push(c);
                shown.push_str(rest);
            }
            None => {
                shown.push_str("&#");
                shown.push_str(part);
            }
        }
    }
    shown
}

fn statements(extraction: &Extraction, places: &Places<'_>) {
    for statement in &extraction.statements {
        places.span(statement.span);
        assert_eq!(statement.raw, places.under(statement.span));
    }
}

/// No place of the text is two cells.
fn apart(mut taken: Vec<Span>) {
    taken.sort();
    for pair in taken.windows(2) {
        assert!(pair[0].end <= pair[1].start, "two cells share {pair:?}");
    }
}

/// Whatever is named is there.
fn references(extraction: &Extraction) {
    let tables: BTreeSet<&str> = extraction
        .tables
        .iter()
        .map(|table| table.id.as_str())
        .collect();
    fn named(sections: &[Section], tables: &BTreeSet<&str>) {
        for section in sections {
            for block in &section.blocks {
                if let gongkai::extraction::Block::Table { table } = block {
                    assert!(tables.contains(table.as_str()), "no table {table}");
                }
            }
            named(&section.sections, tables);
        }
    }
    named(&extraction.sections, &tables);
}

fn checks(extraction: &Extraction) {
    for check in &extraction.checks {
        if let (Some(left), Some(right)) = (check.left.value, check.right.value)
            && let Some(difference) = check.difference
        {
            assert_eq!(left - right, difference, "{check:?}");
        }
        if check.status == CheckStatus::Unevaluated {
            assert!(check.reason.is_some(), "{check:?}");
        }
        if check.status != CheckStatus::Fail {
            assert!(check.suspects.is_empty(), "{check:?}");
        }
    }
}

/// Every line has one class; a line end at the very end opens no line.
fn coverage(coverage: &Coverage, source: &Source) {
    let Coverage {
        lines,
        blank,
        title,
        heading,
        prose,
        label,
        value,
        padding,
        furniture,
        unclaimed,
    } = *coverage;
    let parts = [
        blank, title, heading, prose, label, value, padding, furniture, unclaimed,
    ];
    assert_eq!(parts.iter().sum::<usize>(), lines, "{coverage:?}");
    let text = source.text();
    let opened = text.is_empty() || text.ends_with(['\n', '\r']);
    let expected = source.lines().len() - usize::from(opened && source.lines().len() > 1);
    if !text.contains('<') {
        assert_eq!(lines, expected, "{coverage:?}");
    }
}
