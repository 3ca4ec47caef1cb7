//! The model as compact JSON, byte for byte as `serde_json` writes it, in a third of the time.
//!
//! Nearly all of a report's JSON is names of fields, small numbers and short texts without anything to
//! escape. `serde_json` looks at every byte of them. Here names are copied, and texts are looked at
//! eight bytes at a time.

use serde::Serialize;
use serde::ser::{Error as _, Impossible, SerializeMap, SerializeSeq, SerializeStruct, Serializer};
use serde_json::{Error, Result};

use super::Extraction;

impl Extraction {
    /// The extraction as compact JSON: what `serde_json::to_string` gives, sooner.
    ///
    /// # Errors
    /// None that this model has; see `serde_json::to_string`.
    ///
    /// ```
    /// # let report = std::fs::read("samples/annual_2021/markdown.txt")?;
    /// let extraction = gongkai::extract(&report, &gongkai::Options::default())?;
    /// assert_eq!(extraction.to_json()?, serde_json::to_string(&extraction)?);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn to_json(&self) -> Result<String> {
        let rows = self.tables.iter().flat_map(|table| &table.rows);
        let cells: usize = rows.map(|row| row.cells.len() + 1).sum();
        // Near enough for most.
        let room = 2 * self.source.bytes.min(1 << 14) + 180 * cells + 500 * self.checks.len();
        let mut json = Json(String::with_capacity(room));
        self.serialize(&mut json)?;
        Ok(json.0)
    }
}

/// JSON in the making.
struct Json(String);

impl Json {
    fn text(&mut self, text: &str) {
        self.0.reserve(text.len() + 2);
        self.0.push('"');
        if is_plain(text.as_bytes()) {
            self.0.push_str(text);
        } else {
            self.escaped(text);
        }
        self.0.push('"');
    }

    #[cold]
    fn escaped(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '"' => self.0.push_str("\\\""),
                '\\' => self.0.push_str("\\\\"),
                '\n' => self.0.push_str("\\n"),
                '\r' => self.0.push_str("\\r"),
                '\t' => self.0.push_str("\\t"),
                '\u{8}' => self.0.push_str("\\b"),
                '\u{C}' => self.0.push_str("\\f"),
                '\0'..' ' => {
                    self.0.push_str("\\u00");
                    let code = u32::from(c);
                    let digits = [code >> 4, code & 0xF];
                    self.0
                        .extend(digits.map(|digit| char::from_digit(digit, 16).unwrap_or('0')));
                }
                c => self.0.push(c),
            }
        }
    }

    /// The name of a field, which needs no escape, and what stands before and behind it. Inlined,
    /// so that the name is known and copied without a call: half of all that is written are names.
    #[inline(always)]
    fn name(&mut self, name: &'static str, first: &mut bool) {
        debug_assert!(is_plain(name.as_bytes()));
        self.0.reserve(name.len() + 4);
        if !std::mem::take(first) {
            self.0.push(',');
        }
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
    }

    /// A number that comes as a text.
    #[cold]
    fn number(&mut self, digits: &(impl Serialize + ?Sized)) -> Result<()> {
        let from = self.0.len();
        digits.serialize(&mut *self)?;
        // Digits have no escapes, so that all that is not of the number are the quotes.
        self.0.pop();
        self.0.remove(from);
        Ok(())
    }

    fn natural(&mut self, number: u64) {
        match number {
            // Most values.
            0..10 => self.0.push(char::from(b'0' + number as u8)),
            _ => self.0.push_str(itoa::Buffer::new().format(number)),
        }
    }
}

/// Whether JSON has the bytes of a text as they are: no quote, no backslash, no control.
fn is_plain(text: &[u8]) -> bool {
    let special = |byte: u8| byte < b' ' || byte == b'"' || byte == b'\\';
    let (words, rest) = text.as_chunks::<8>();
    let Some(last) = text.last_chunk::<8>() else {
        return !rest.iter().any(|byte| special(*byte));
    };
    // The last word reaches back over bytes that were looked at, so that none is looked at alone.
    let found = words
        .iter()
        .fold(specials(*last), |found, word| found | specials(*word));
    found == 0
}

/// A bit for those of eight bytes that need an escape, and none where no byte does: all at once, by
/// the borrow of a subtraction.
#[inline]
fn specials(word: [u8; 8]) -> u64 {
    const ONES: u64 = u64::MAX / 0xFF;
    const HIGH: u64 = ONES << 7;
    let word = u64::from_le_bytes(word);
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word;
    let is = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
    (below(word, b' ') | is(b'"') | is(b'\\')) & HIGH
}

/// What is written in the place of a value that is an object or an array.
struct Items<'j> {
    json: &'j mut Json,
    first: bool,
    close: &'static str,
}

impl<'j> Items<'j> {
    fn open(json: &'j mut Json, open: char, close: &'static str) -> Self {
        json.0.push(open);
        Self {
            json,
            first: true,
            close,
        }
    }

    fn comma(&mut self) {
        if !std::mem::take(&mut self.first) {
            self.json.0.push(',');
        }
    }

    fn item(&mut self, item: &(impl Serialize + ?Sized)) -> Result<()> {
        self.comma();
        item.serialize(&mut *self.json)
    }

    #[inline(always)]
    fn field(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) -> Result<()> {
        self.json.name(name, &mut self.first);
        value.serialize(&mut *self.json)
    }

    fn close(self) -> Result<()> {
        self.json.0.push_str(self.close);
        Ok(())
    }
}

/// Numbers that the model has none of, or few: as `serde_json` has them.
macro_rules! as_serde_json {
    ($($method:ident: $type:ty),*) => {
        $(fn $method(self, value: $type) -> Result<()> {
            self.0.push_str(&serde_json::to_string(&value)?);
            Ok(())
        })*
    };
}

impl<'j> Serializer for &'j mut Json {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Items<'j>;
    type SerializeTuple = Impossible<(), Error>;
    type SerializeTupleStruct = Impossible<(), Error>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Items<'j>;
    type SerializeStruct = Fields<'j>;
    type SerializeStructVariant = Impossible<(), Error>;

    as_serde_json! {
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i128: i128,
        serialize_u128: u128, serialize_f32: f32, serialize_f64: f64, serialize_char: char,
        serialize_bytes: &[u8]
    }

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.0.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_i64(self, value: i64) -> Result<()> {
        if value < 0 {
            self.0.push('-');
        }
        self.natural(value.unsigned_abs());
        Ok(())
    }

    fn serialize_u8(self, value: u8) -> Result<()> {
        self.serialize_u64(value.into())
    }

    fn serialize_u16(self, value: u16) -> Result<()> {
        self.serialize_u64(value.into())
    }

    fn serialize_u32(self, value: u32) -> Result<()> {
        self.serialize_u64(value.into())
    }

    fn serialize_u64(self, value: u64) -> Result<()> {
        self.natural(value);
        Ok(())
    }

    fn serialize_str(self, value: &str) -> Result<()> {
        self.text(value);
        Ok(())
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.0.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        // A name, which needs no escape.
        debug_assert!(is_plain(variant.as_bytes()));
        self.0.reserve(variant.len() + 2);
        self.0.push('"');
        self.0.push_str(variant);
        self.0.push('"');
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let mut object = Items::open(self, '{', "}");
        object.field(variant, value)?;
        object.close()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items<'j>> {
        Ok(Items::open(self, '[', "]"))
    }

    fn serialize_tuple(self, _: usize) -> Result<Self::SerializeTuple> {
        Err(Error::custom(OTHER))
    }

    fn serialize_tuple_struct(
        self,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleStruct> {
        Err(Error::custom(OTHER))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        Err(Error::custom(OTHER))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Items<'j>> {
        Ok(Items::open(self, '{', "}"))
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Fields<'j>> {
        Ok(match name {
            NUMBER => Fields::Number(self),
            _ => Fields::Object(Items::open(self, '{', "}")),
        })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        Err(Error::custom(OTHER))
    }
}

/// Why tuples and variants with fields are not written.
const OTHER: &str = "the model has no such value";

/// As which `serde_json` and those that write for it pass a number of any length: a struct of one
/// field, whose text is the number.
const NUMBER: &str = "$serde_json::private::Number";

/// The fields of a struct.
enum Fields<'j> {
    Object(Items<'j>),
    Number(&'j mut Json),
}

impl SerializeStruct for Fields<'_> {
    type Ok = ();
    type Error = Error;

    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<()> {
        match self {
            Self::Object(items) => items.field(name, value),
            Self::Number(json) => json.number(value),
        }
    }

    fn end(self) -> Result<()> {
        match self {
            Self::Object(items) => items.close(),
            Self::Number(_) => Ok(()),
        }
    }
}

impl SerializeSeq for Items<'_> {
    type Ok = ();
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.item(value)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

impl SerializeMap for Items<'_> {
    type Ok = ();
    type Error = Error;

    /// Keys are texts in this model; `serde_json` would refuse what is none.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.json.0.push(':');
        value.serialize(&mut *self.json)
    }

    fn end(self) -> Result<()> {
        self.close()
    }
}

#[cfg(test)]
mod tests;
