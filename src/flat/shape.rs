//! The tables there are, as fields and values, for whoever writes files.

use std::borrow::Cow;

use super::{FIELDS, Field, Kind, REPORT, Value, Wide, form, report, rows};
use crate::extraction::Extraction;
use crate::form::Grammars;

/// A table that extractions are written to.
///
/// ```
/// use gongkai::flat::{FIELDS, Shape};
///
/// assert_eq!(Shape::flat().fields().len(), FIELDS.len());
/// ```
#[derive(Debug, Clone)]
pub enum Shape {
    /// A row a cell.
    Flat,
    /// A row a report.
    Wide(Wide),
}

impl Shape {
    /// The flat table.
    ///
    /// ```
    /// use gongkai::flat::{Kind, Shape};
    ///
    /// assert_eq!(Shape::flat().fields()[12].kind, Kind::Decimal);
    /// ```
    pub const fn flat() -> Self {
        Self::Flat
    }

    /// One row a report, one column a cell of any form of `grammars`.
    ///
    /// ```
    /// use gongkai::{flat::Shape, form::Grammars};
    ///
    /// let fields = Shape::wide(Grammars::embedded()).fields();
    /// assert!(fields.iter().any(|field| field.name == "art20_8/administrative_fees/fees_collected"));
    /// ```
    pub fn wide(grammars: &Grammars) -> Self {
        Self::Wide(Wide::new(grammars))
    }

    /// One row a report, one column for each cell that the forms have in common.
    ///
    /// ```
    /// use gongkai::{flat::Shape, form::Grammars};
    ///
    /// let fields = Shape::panel(Grammars::embedded()).fields();
    /// assert!(fields.iter().all(|field| !field.name.starts_with("art20_8/")));
    /// ```
    pub fn panel(grammars: &Grammars) -> Self {
        Self::Wide(Wide::panel(grammars))
    }

    /// Its fields, the same for every extraction.
    ///
    /// ```
    /// use gongkai::flat::Shape;
    /// let fields = Shape::flat().fields();
    /// assert_eq!((fields[0].name.as_ref(), fields[17].name.as_ref()), ("source", "line"));
    /// ```
    pub fn fields(&self) -> Vec<Field> {
        let fields = |count| {
            FIELDS[..count].iter().map(|(name, kind)| Field {
                name: Cow::Borrowed(*name),
                kind: *kind,
            })
        };
        match self {
            Self::Flat => fields(FIELDS.len()).collect(),
            Self::Wide(wide) => {
                let columns = wide.columns().iter().map(|column| Field {
                    name: Cow::Owned(column.address.clone()),
                    kind: Kind::Decimal,
                });
                fields(REPORT).chain(columns).collect()
            }
        }
    }

    /// Calls `then` with the values of each row that `extraction` makes, in the order of
    /// [`Shape::fields`], until it fails.
    ///
    /// # Errors
    ///
    /// That of `then`.
    ///
    /// ```
    /// use gongkai::flat::Shape;
    ///
    /// let extraction = gongkai::extract("规章".as_bytes(), &gongkai::Options::default())?;
    /// let none: Result<(), String> = Shape::flat().rows(&extraction, |_| Err("a row".to_owned()));
    /// assert_eq!(none, Ok(()));
    /// # Ok::<(), gongkai::source::UnknownEncoding>(())
    /// ```
    pub fn rows<E>(
        &self,
        extraction: &Extraction,
        mut then: impl FnMut(&[Value<'_>]) -> Result<(), E>,
    ) -> Result<(), E> {
        match self {
            Self::Flat => rows(extraction).try_for_each(|row| then(&row.values())),
            Self::Wide(wide) => {
                let mut values = report(extraction, form(extraction));
                values.extend(
                    wide.values(extraction)
                        .into_iter()
                        .map(|value| match value {
                            Some(value) => Value::Decimal(value),
                            None => Value::Empty,
                        }),
                );
                then(&values)
            }
        }
    }
}
