//! Patterns over prose that has no white space: one that asks for some would never match.

use std::ops::Range;

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{self, Ast, LiteralKind, RepetitionKind, RepetitionRange, Visitor};

use super::fault::Fault;
use super::reader::{Placed, Reader};

/// Regular expressions, each refused where it is wrong or asks for white space.
pub(crate) fn regexes(reader: &Reader<'_, '_>, patterns: Vec<Placed<String>>) -> Vec<String> {
    for pattern in &patterns {
        let Some(part) = white_space(&pattern.value) else {
            continue;
        };
        let place = reader.sink.part(pattern, part);
        let message = "this pattern asks for white space, and the prose it is for has none";
        let fault = Fault::new("bad-regex", place, message, "");
        let help = "the prose is stripped of white space before: take it out of the pattern";
        reader.sink.fault(fault.help(help));
    }
    super::genre::regexes(reader, patterns)
}

/// The first white space that a pattern cannot do without, as it is written.
fn white_space(pattern: &str) -> Option<Range<usize>> {
    // What is no regular expression has a fault of its own.
    let ast = Parser::new().parse(pattern).ok()?;
    ast::visit(&ast, Search::default()).ok()?
}

/// Looks for white space outside of what may be left out, and of classes, which have more.
#[derive(Default)]
struct Search {
    found: Option<Range<usize>>,
    /// Repetitions around that may be of nothing.
    optional: usize,
}

impl Visitor for Search {
    type Output = Option<Range<usize>>;
    type Err = ();

    fn finish(self) -> Result<Self::Output, ()> {
        Ok(self.found)
    }

    fn visit_pre(&mut self, ast: &Ast) -> Result<(), ()> {
        self.optional += usize::from(is_optional(ast));
        if let Ast::Literal(literal) = ast
            && literal.kind == LiteralKind::Verbatim
            && literal.c.is_whitespace()
            && self.optional == 0
            && self.found.is_none()
        {
            self.found = Some(literal.span.start.offset..literal.span.end.offset);
        }
        Ok(())
    }

    fn visit_post(&mut self, ast: &Ast) -> Result<(), ()> {
        self.optional -= usize::from(is_optional(ast));
        Ok(())
    }
}

fn is_optional(ast: &Ast) -> bool {
    let Ast::Repetition(repetition) = ast else {
        return false;
    };
    match &repetition.op.kind {
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore => true,
        RepetitionKind::OneOrMore => false,
        RepetitionKind::Range(
            RepetitionRange::Exactly(least)
            | RepetitionRange::AtLeast(least)
            | RepetitionRange::Bounded(least, _),
        ) => *least == 0,
    }
}

#[test]
fn white_space_is_found_where_it_must_match() {
    assert_eq!(white_space("收到 申请"), Some(6..7));
    assert_eq!(white_space("(?:受理\u{3000})+"), Some(9..12));
    for fine in [
        "收到[ \\t]?申请",
        "收到 *申请",
        r"收到\s申请",
        r"\ ",
        "(?x) 收到 ",
        "收到(",
    ] {
        assert_eq!(white_space(fine), None, "{fine}");
    }
}
