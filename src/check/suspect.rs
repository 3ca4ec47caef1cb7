//! Failed relations -> the cells that may be the culprit.
//!
//! A suspect is a cell that, with one other value, would make every failed relation hold and
//! break none that holds. Failed relations that share no cell are separate faults and have
//! separate suspects. Where no single cell explains relations that do hang together:
//!
//! 1. counts in the prose are set aside, for a report may state them of another body;
//! 2. several cells are taken to be wrong, and a cell counts only if at least two failed
//!    relations agree on its value and it mends every one it is in.
//!
//! A prose count that no cell explains is its own suspect. Nothing is ever applied.

use rust_decimal::Decimal;

use super::relation::{Place, Reader, readings};
use crate::extraction::{Check, CheckStatus, Suspect};
use crate::form::{Comparison, Instance, Term};

/// Relations among which suspects are looked for. A report has some sixty. Where a text states a
/// count over and over, each relation would be laid beside each: it has none.
const MOST: usize = 1000;

/// For each check, the relation it was evaluated by and the statement they read.
pub(super) type Sources<'a> = [Option<(&'a Instance, usize)>];

/// Writes the suspects into every failed check.
pub(super) fn name(reader: &Reader<'_>, sources: &Sources<'_>, checks: &mut [Check]) {
    let evaluated = |check: &&Check| check.status != CheckStatus::Unevaluated;
    if checks.iter().filter(evaluated).count() > MOST {
        return;
    }
    let relations: Vec<Relation> = sources
        .iter()
        .zip(checks.iter())
        .enumerate()
        .filter(|(_, (_, check))| check.status != CheckStatus::Unevaluated)
        .filter_map(|(at, (source, check))| {
            let (instance, occurrence) = (*source)?;
            Some(Relation::new(
                reader,
                instance,
                occurrence,
                check.status,
                at,
            ))
        })
        .collect();
    let all: Vec<&Relation> = relations.iter().collect();
    let tables: Vec<&Relation> = relations
        .iter()
        .filter(|relation| !relation.prose)
        .collect();
    for fault in faults(&all) {
        let mut found = single(reader, &fault, &all);
        if !found.is_empty() {
            write(reader, &fault, &found, checks);
            continue;
        }
        let in_tables: Vec<&Relation> = fault
            .iter()
            .copied()
            .filter(|relation| !relation.prose)
            .collect();
        for fault in faults(&in_tables) {
            let found = match single(reader, &fault, &tables) {
                found if found.is_empty() => crossing(reader, &fault, &tables),
                found => found,
            };
            write(reader, &fault, &found, checks);
        }
        for relation in fault.iter().filter(|relation| relation.prose) {
            found = single(reader, &[*relation], &all);
            write(reader, &[*relation], &found, checks);
        }
    }
}

/// A relation that was evaluated, as equations that say how each cell moves it.
struct Relation {
    readings: Vec<Equation>,
    failed: bool,
    prose: bool,
    check: usize,
}

struct Equation {
    /// Left minus right.
    difference: Decimal,
    comparison: Comparison,
    /// How much the difference grows when the cell grows by one.
    weights: Vec<(Place, Decimal, Decimal)>,
}

impl Relation {
    fn new(
        reader: &Reader<'_>,
        instance: &Instance,
        occurrence: usize,
        status: CheckStatus,
        check: usize,
    ) -> Self {
        let readings: Vec<Equation> = readings(instance)
            .filter_map(|right| Equation::new(reader, instance, right, occurrence))
            .collect();
        let statement =
            |(place, ..): &(Place, Decimal, Decimal)| matches!(place, Place::Statement(_));
        let prose = readings
            .iter()
            .any(|reading| reading.weights.iter().any(statement));
        Self {
            readings,
            failed: status == CheckStatus::Fail,
            prose,
            check,
        }
    }

    fn has(&self, place: Place) -> bool {
        self.readings
            .iter()
            .any(|reading| reading.weight(place).is_some())
    }

    /// Whether it holds once the cell has grown by `delta`.
    fn holds_with(&self, place: Place, delta: Decimal) -> bool {
        self.readings.iter().any(|reading| {
            let weight = reading.weight(place).unwrap_or_default();
            let moved = weight.checked_mul(delta);
            let difference = moved.and_then(|moved| reading.difference.checked_add(moved));
            difference.is_some_and(|difference| reading.comparison.holds(difference))
        })
    }

    fn places(&self) -> impl Iterator<Item = (Place, Decimal)> {
        let weights = self.readings.iter().flat_map(|reading| &reading.weights);
        weights.map(|(place, _, value)| (*place, *value))
    }
}

impl Equation {
    fn new(
        reader: &Reader<'_>,
        instance: &Instance,
        right: &[Term],
        occurrence: usize,
    ) -> Option<Self> {
        let mut difference = Some(Decimal::ZERO);
        let mut weights: Vec<(Place, Decimal, Decimal)> = Vec::new();
        for (terms, is_right) in [(instance.left.as_slice(), false), (right, true)] {
            for term in terms {
                let mut add = |item: super::relation::Item| {
                    let Ok(value) = item.value else {
                        return difference = None;
                    };
                    let minus = item.minus != is_right;
                    let signed = if minus { -value } else { value };
                    difference = difference.and_then(|sum: Decimal| sum.checked_add(signed));
                    let Some(place) = item.place else { return };
                    let weight = if minus {
                        Decimal::NEGATIVE_ONE
                    } else {
                        Decimal::ONE
                    };
                    match weights.iter_mut().find(|(other, ..)| *other == place) {
                        Some((_, sum, _)) => *sum += weight,
                        None => weights.push((place, weight, value)),
                    }
                };
                reader.each(term, occurrence, &mut add).ok()?;
            }
        }
        Some(Self {
            difference: difference?,
            comparison: instance.comparison,
            weights,
        })
    }

    fn weight(&self, place: Place) -> Option<Decimal> {
        self.weights
            .iter()
            .find(|(other, ..)| *other == place)
            .map(|(_, weight, _)| *weight)
    }
}

/// The failed relations, apart where they share no cell.
fn faults<'r>(relations: &[&'r Relation]) -> Vec<Vec<&'r Relation>> {
    let mut faults: Vec<Vec<&Relation>> = Vec::new();
    for relation in relations.iter().filter(|relation| relation.failed) {
        let touches = |fault: &Vec<&Relation>| {
            fault
                .iter()
                .any(|other| relation.places().any(|(place, _)| other.has(place)))
        };
        let (touching, mut apart): (Vec<_>, Vec<_>) = faults.into_iter().partition(touches);
        let mut joined: Vec<&Relation> = touching.into_iter().flatten().collect();
        joined.push(relation);
        apart.push(joined);
        faults = apart;
    }
    faults
}

/// The cells that alone explain the whole fault.
fn single(reader: &Reader<'_>, fault: &[&Relation], all: &[&Relation]) -> Vec<(Place, Decimal)> {
    let Some(first) = fault.first() else {
        return Vec::new();
    };
    let shared = first
        .places()
        .filter(|(place, _)| fault.iter().all(|other| other.has(*place)));
    let mut found = Vec::new();
    for (place, value) in shared {
        for delta in proposals(fault, place) {
            let mends = fault
                .iter()
                .all(|relation| relation.holds_with(place, delta));
            if mends && breaks_none(all, place, delta) {
                found.extend(allowed(reader, place, value, delta));
            }
        }
    }
    settled(found)
}

/// The cells that explain at least two relations of a fault that no cell explains as a whole.
fn crossing(reader: &Reader<'_>, fault: &[&Relation], all: &[&Relation]) -> Vec<(Place, Decimal)> {
    let mut places: Vec<(Place, Decimal)> = fault
        .iter()
        .flat_map(|relation| relation.places())
        .collect();
    places.sort_unstable_by_key(|(place, _)| *place);
    places.dedup_by_key(|(place, _)| *place);
    let mut found = Vec::new();
    for (place, value) in places {
        let with: Vec<&Relation> = fault
            .iter()
            .copied()
            .filter(|relation| relation.has(place))
            .collect();
        if with.len() < 2 {
            continue;
        }
        for delta in proposals(&with, place) {
            let mends = with
                .iter()
                .all(|relation| relation.holds_with(place, delta));
            if mends && breaks_none(all, place, delta) {
                found.extend(allowed(reader, place, value, delta));
            }
        }
    }
    settled(found)
}

/// By how much the cell would have to grow for an equation of the fault to hold. A failed `<=`
/// alone does not say what the value should be.
fn proposals(fault: &[&Relation], place: Place) -> Vec<Decimal> {
    let equal = |reading: &&Equation| reading.comparison == Comparison::Equal;
    let Some(relation) = fault
        .iter()
        .find(|relation| relation.readings.iter().any(|reading| equal(&reading)))
    else {
        return Vec::new();
    };
    let mut deltas: Vec<Decimal> = relation
        .readings
        .iter()
        .filter(equal)
        .filter_map(|reading| (-reading.difference).checked_div(reading.weight(place)?))
        .collect();
    deltas.dedup();
    deltas
}

fn breaks_none(all: &[&Relation], place: Place, delta: Decimal) -> bool {
    let mut holding = all
        .iter()
        .filter(|relation| !relation.failed && relation.has(place));
    holding.all(|relation| relation.holds_with(place, delta))
}

/// The new value, where the cell can take it: a count is a whole number and not negative.
fn allowed(
    reader: &Reader<'_>,
    place: Place,
    value: Decimal,
    delta: Decimal,
) -> Option<(Place, Decimal)> {
    let new = value.checked_add(delta)?.normalize();
    let (cells, at) = match place {
        Place::Cell(at) => (reader.cells, at),
        Place::Previous(at) => (reader.previous?, at),
        Place::Statement(_) => {
            let fits = !new.is_sign_negative() && (new.is_integer() || !value.is_integer());
            return (fits && !delta.is_zero()).then_some((place, new));
        }
    };
    let column = cells.form.tables.get(at.table)?.columns.get(at.column)?;
    let sign = column.signed || new.is_zero() || new.is_sign_positive();
    let whole = column.decimal || new.is_integer();
    (sign && whole && !delta.is_zero()).then_some((place, new))
}

fn settled(mut found: Vec<(Place, Decimal)>) -> Vec<(Place, Decimal)> {
    found.sort_unstable();
    found.dedup();
    found
}

fn write(
    reader: &Reader<'_>,
    fault: &[&Relation],
    found: &[(Place, Decimal)],
    checks: &mut [Check],
) {
    for relation in fault {
        let Some(check) = checks.get_mut(relation.check) else {
            continue;
        };
        let relevant = found.iter().filter(|(place, _)| relation.has(*place));
        check.suspects = relevant
            .map(|(place, value)| Suspect {
                cell: reader.address(*place),
                value: *value,
            })
            .collect();
    }
}
