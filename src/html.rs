//! HTML page -> folded text: lines of the blocks, one line for each row of a table.
//!
//! The rows come out as if they had been written with borders, so that the readers of tables know
//! one kind of table only. The tokenizer is that of browsers; the tree is not built: tags in
//! source order are enough for lines and cells, however they are nested, and cost no depth.

mod detect;
mod glyph;
mod page;
mod table;
mod tag;

use std::convert::Infallible;

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span, Tokenizer};

use crate::pattern::Pattern;
use crate::source::Source;
use crate::text::Text;
use page::{Attributes, Page};

pub(crate) use detect::looks_like_html;
pub(crate) use glyph::decoded;

/// Folds a page. A border of cells stands at one place of the source, and so has an empty range.
pub(crate) fn fold(source: &Source, noise: &[Pattern], synonyms: &[(String, String)]) -> Text {
    let mut page = Page::new(source.text());
    let mut tags = Tags {
        page: &mut page,
        name: Vec::new(),
        start: 0,
        attribute: None,
        attributes: Attributes::default(),
    };
    let mut emitter = CallbackEmitter::new(
        move |event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
            tags.event(event, span);
            None
        },
    );
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(source.text(), Lenient(emitter)).finish();
    page.finish(noise, synonyms)
}

/// An emitter to which errors of a page are nothing: looking for them takes a fifth of the
/// tokenizer's time.
struct Lenient<E>(E);

impl<E: Emitter> ForwardingEmitter for Lenient<E> {
    type Token = E::Token;

    fn inner(&mut self) -> &mut impl Emitter<Token = Self::Token> {
        &mut self.0
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: html5gum::Error) {}
}

/// An attribute that matters.
#[derive(Debug, Clone, Copy)]
enum Attribute {
    Colspan,
    Rowspan,
    Style,
}

/// Puts the events of a tag together.
struct Tags<'a, 'b> {
    page: &'a mut Page<'b>,
    /// Name of the start tag that is being read; empty when none is.
    name: Vec<u8>,
    start: usize,
    attribute: Option<Attribute>,
    attributes: Attributes,
}

impl Tags<'_, '_> {
    fn event(&mut self, event: CallbackEvent<'_>, span: Span<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.name = name.to_vec();
                self.start = span.start;
                self.attribute = None;
                self.attributes = Attributes::default();
            }
            CallbackEvent::AttributeName { name } => {
                self.attribute = match name {
                    b"colspan" => Some(Attribute::Colspan),
                    b"rowspan" => Some(Attribute::Rowspan),
                    b"style" => Some(Attribute::Style),
                    _ => None,
                };
                self.attributes.hidden |= name == b"hidden";
            }
            CallbackEvent::AttributeValue { value } => self.value(value),
            CallbackEvent::CloseStartTag { .. } => {
                self.page
                    .start(&self.name, &self.attributes, self.start, span.end);
            }
            CallbackEvent::EndTag { name } => self.page.end(name, span.start),
            CallbackEvent::String { .. } => self.page.text(span.start, span.end),
            CallbackEvent::Comment { .. }
            | CallbackEvent::Doctype { .. }
            | CallbackEvent::Error(_) => {}
        }
    }

    fn value(&mut self, value: &[u8]) {
        // Of two attributes of one name the first counts.
        let first = |kept: &mut Vec<u8>| {
            if kept.is_empty() {
                *kept = value.to_vec();
            }
        };
        match self.attribute.take() {
            Some(Attribute::Colspan) => first(&mut self.attributes.colspan),
            Some(Attribute::Rowspan) => first(&mut self.attributes.rowspan),
            Some(Attribute::Style) => {
                let letters = value.iter().filter(|byte| !byte.is_ascii_whitespace());
                let style: Vec<u8> = letters.map(u8::to_ascii_lowercase).collect();
                let hides = |what: &[u8]| memchr::memmem::find(&style, what).is_some();
                self.attributes.hidden |= hides(b"display:none") || hides(b"mso-hide:all");
                self.attributes.apart |= hides(b"vertical-align:su") || hides(b"line-through");
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests;
