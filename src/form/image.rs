//! [`Grammars`] <-> bytes, so that a program that starts need not read TOML.
//!
//! The bytes are made when the program is built and read by the same build: they have no version
//! and are no format.

use rust_decimal::Decimal;

use super::{
    CellRef, Check, CheckRule, Column, ColumnKind, Comparison, Form, Genre, Grammars, Instance,
    Label, Operand, Row, Scope, Section, Severity, Spanner, StatementRule, Status, Table, Term,
};

impl Grammars {
    /// The grammars as bytes.
    #[cfg_attr(not(test), allow(dead_code, reason = "called by the build script"))]
    pub(crate) fn to_image(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    /// The grammars that [`Grammars::to_image`] wrote.
    pub(crate) fn from_image(mut image: &[u8]) -> Option<Self> {
        Self::read(&mut image)
    }
}

/// Something that can be written as bytes and read back.
trait Image: Sized {
    fn write(&self, out: &mut Vec<u8>);
    fn read(input: &mut &[u8]) -> Option<Self>;
}

fn take<'a>(input: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, rest) = input.split_at_checked(count)?;
    *input = rest;
    Some(taken)
}

/// Seven bits a byte, the lowest first.
impl Image for usize {
    fn write(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest > 0x7f {
            out.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        let mut value = 0;
        for shift in (0..usize::BITS).step_by(7) {
            let byte = *take(input, 1)?.first()?;
            value |= usize::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
        None
    }
}

impl Image for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        Some(take(input, 1)? == [1])
    }
}

impl Image for i32 {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.to_le_bytes());
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        Some(Self::from_le_bytes(take(input, 4)?.try_into().ok()?))
    }
}

impl Image for Decimal {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend(self.serialize());
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        Some(Self::deserialize(take(input, 16)?.try_into().ok()?))
    }
}

impl Image for String {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        out.extend(self.as_bytes());
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        let length = usize::read(input)?;
        Some(std::str::from_utf8(take(input, length)?).ok()?.to_owned())
    }
}

impl<T: Image> Image for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        self.iter().for_each(|item| item.write(out));
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        let length = usize::read(input)?;
        // An item has at least one byte.
        let mut items = Self::with_capacity(length.min(input.len()));
        for _ in 0..length {
            items.push(T::read(input)?);
        }
        Some(items)
    }
}

impl<T: Image> Image for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.is_some().write(out);
        self.iter().for_each(|item| item.write(out));
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        if bool::read(input)? {
            T::read(input).map(Some)
        } else {
            Some(None)
        }
    }
}

impl<A: Image, B: Image> Image for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(input: &mut &[u8]) -> Option<Self> {
        Some((A::read(input)?, B::read(input)?))
    }
}

/// A structure is its fields; a field that is left out does not compile.
macro_rules! structure {
    ($name:ident { $($field:ident),* }) => {
        impl Image for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let Self { $($field),* } = self;
                $($field.write(out);)*
            }

            fn read(input: &mut &[u8]) -> Option<Self> {
                Some(Self { $($field: Image::read(input)?),* })
            }
        }
    };
}

/// A choice is its number in the list and its fields.
macro_rules! choice {
    ($name:ident { $($number:literal: $variant:ident $({ $($field:ident),* })? $(($inner:ident))?),* }) => {
        impl Image for $name {
            fn write(&self, out: &mut Vec<u8>) {
                match self {
                    $(Self::$variant $({ $($field),* })? $(($inner))? => {
                        out.push($number);
                        $($($field.write(out);)*)?
                        $($inner.write(out);)?
                    })*
                }
            }

            fn read(input: &mut &[u8]) -> Option<Self> {
                Some(match take(input, 1)? {
                    $([$number] => {
                        Self::$variant
                            $({ $($field: Image::read(input)?),* })?
                            $(({ let $inner = Image::read(input)?; $inner }))?
                    })*
                    _ => return None,
                })
            }
        }
    };
}

structure!(Grammars { forms, genres });
structure!(Form {
    id,
    name,
    document,
    years,
    status,
    note,
    genre,
    sections,
    tables,
    checks,
    instances
});
structure!(Label { text, aliases });
structure!(Section {
    id,
    number,
    title,
    subsections
});
structure!(Table {
    id,
    section,
    panel,
    title,
    corner,
    spanners,
    columns,
    rows
});
structure!(Spanner { id, label, parent });
structure!(Column {
    id,
    label,
    spanner,
    unit,
    kind,
    signed,
    decimal,
    optional,
    panel,
    apart
});
structure!(Row {
    id,
    number,
    label,
    parent,
    group,
    unit,
    code,
    before,
    status,
    panel,
    apart
});
structure!(Check {
    id,
    description,
    relation,
    rule,
    severity,
    status,
    official,
    source
});
structure!(Instance {
    check,
    scope,
    left,
    comparison,
    right,
    alternatives,
    only_where,
    relation
});
structure!(Term {
    minus,
    operand,
    previous
});
structure!(CellRef { table, row, column });
structure!(Genre {
    id,
    titles,
    furniture,
    page_marks,
    placeholders,
    minus_words,
    plus_words,
    units,
    synonyms,
    contrasts,
    noise,
    agency_endings,
    agency_edges,
    periods,
    lead_ins,
    traditional,
    unless,
    unless_behind,
    statements
});
structure!(StatementRule {
    id,
    patterns,
    unless,
    next_year,
    value
});

choice!(Status {
    0: Confirmed,
    1: Derived,
    2: Unconfirmed
});
choice!(ColumnKind {
    0: Value,
    1: Unit,
    2: Code,
    3: Index
});
choice!(Severity {
    0: Note,
    1: Warning,
    2: Error
});
choice!(Comparison {
    0: Equal,
    1: AtMost,
    2: AtLeast
});
choice!(Scope {
    0: Column { table, column },
    1: Row { table, row },
    2: Report
});
choice!(Operand {
    0: Cell(cell),
    1: Leaves(cell),
    2: Statement(id),
    3: Number(number)
});
choice!(CheckRule {
    0: Relation,
    1: IntegerCount,
    2: DecimalAmount,
    3: CellPresent,
    4: TablePresent,
    5: ZeroAfterValue,
    6: YearRatio { at_most },
    7: YearAgrees,
    8: SectionsInOrder,
    9: SectionNotEmpty { section, except },
    10: SectionStates {
        section,
        about,
        none,
        amount
    }
});

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn an_image_is_read_back_whole() {
        let grammars = Grammars::with_dir(Path::new("grammars")).unwrap();
        let image = grammars.to_image();
        let back = Grammars::from_image(&image).unwrap();
        assert_eq!(format!("{back:?}"), format!("{grammars:?}"));
        assert_eq!(image.len(), Grammars::embedded().to_image().len());
    }

    #[test]
    fn a_cut_image_is_none() {
        let image = Grammars::embedded().to_image();
        for end in [0, 1, 10, image.len() / 2, image.len() - 1] {
            assert!(Grammars::from_image(&image[..end]).is_none());
        }
    }
}
