//! Damage to the lines of a text: one lost, one doubled, two exchanged.

use rust_decimal::Decimal;

use super::case::Case;
use super::damage::Damage;
use super::forms::Address;
use super::layout::{Layout, TextLine};
use super::page::Role;
use super::random::Random;
use super::report::Truth;

/// What happens to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LineDamage {
    /// It is lost.
    Lost,
    /// It stands there twice.
    Doubled,
    /// It changes places with the next one.
    Swapped,
    /// It changes places with any other.
    Moved,
}

/// Every line damage, in the order of the report.
pub(crate) const LINE_DAMAGES: [(LineDamage, &str); 4] = [
    (LineDamage::Lost, "line-lost"),
    (LineDamage::Doubled, "line-doubled"),
    (LineDamage::Swapped, "lines-swapped"),
    (LineDamage::Moved, "line-moved"),
];

impl LineDamage {
    /// Its name in the table.
    pub(crate) fn name(self) -> &'static str {
        LINE_DAMAGES
            .iter()
            .find(|(damage, _)| *damage == self)
            .map_or("", |(_, name)| name)
    }

    /// The damage of that name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        LINE_DAMAGES
            .iter()
            .find(|(_, other)| *other == name)
            .map(|(damage, _)| *damage)
    }

    /// The case that these three name, always the same.
    pub(crate) fn case(self, layout: Layout, seed: u64) -> Case {
        self.damage(Case::new(layout, Damage::None, seed))
    }

    /// The case with one of its lines damaged.
    pub(crate) fn damage(self, mut case: Case) -> Case {
        let seed = case.seed;
        self.apply(&mut case, &mut Random::new(!seed));
        case.damage = match case.damage.as_str() {
            "none" => self.name().to_owned(),
            other => format!("{other}+{}", self.name()),
        };
        case
    }

    /// Damages one line of the text at random.
    ///
    /// Where the damaged text is itself a whole report that says something else, as when two
    /// counts or two row labels changed places, what it says is right as well.
    fn apply(self, case: &mut Case, random: &mut Random) {
        let at = random.below(case.lines.len());
        match self {
            Self::Lost => {
                case.lines.remove(at);
            }
            Self::Doubled => case.lines.insert(at, case.lines[at].clone()),
            Self::Swapped => exchange(case, at, (at + 1) % case.lines.len()),
            Self::Moved => exchange(case, at, random.below(case.lines.len())),
        }
    }
}

/// Two lines change places.
pub(crate) fn exchange(case: &mut Case, a: usize, b: usize) {
    case.lines.swap(a, b);
    let (a, b) = (&case.lines[a], &case.lines[b]);
    let undamaged = case.truth.clone();
    if only_values(a) && only_values(b) {
        for (one, other) in a.roles.iter().zip(&b.roles) {
            if let (Role::Value(one), Role::Value(other)) = (one, other) {
                allow(&mut case.truth, *one, &undamaged[other].allowed);
                allow(&mut case.truth, *other, &undamaged[one].allowed);
            }
        }
    }
    // A label on a line of its own leaves its values behind: two of one table that changed
    // places give each row, or column, the numbers of the other.
    if let ([one], [other]) = (&a.roles[..], &b.roles[..]) {
        for address in undamaged.keys() {
            if let Some(cell) = renamed(*address, *one, *other).and_then(|it| undamaged.get(&it)) {
                allow(&mut case.truth, *address, &cell.allowed);
            }
        }
    }
}

/// The address whose numbers stand at `address` once two labels changed places.
fn renamed(address: Address, one: Role, other: Role) -> Option<Address> {
    match (one, other) {
        (Role::Row(table, one), Role::Row(also, other))
            if table == also && table == address.table =>
        {
            Some(Address {
                row: partner(address.row, one, other)?,
                ..address
            })
        }
        (Role::Column(table, one), Role::Column(also, other))
            if table == also && table == address.table =>
        {
            Some(Address {
                column: partner(address.column, one, other)?,
                ..address
            })
        }
        _ => None,
    }
}

fn partner(id: &str, one: &'static str, other: &'static str) -> Option<&'static str> {
    if id == one {
        Some(other)
    } else if id == other {
        Some(one)
    } else {
        None
    }
}

fn only_values(line: &TextLine) -> bool {
    !line.roles.is_empty() && line.roles.iter().all(|role| matches!(role, Role::Value(_)))
}

fn allow(truth: &mut Truth, address: Address, values: &[Decimal]) {
    if let Some(cell) = truth.get_mut(&address) {
        cell.allowed.extend_from_slice(values);
    }
}
