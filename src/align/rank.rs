//! The order in which a form prints its parts, and the heaviest way through it.

use super::chain::{Choice, Fit};
use crate::form::Form;
use crate::lexicon::Part;

/// The order in which a form prints its parts.
pub(super) struct Ranks {
    sections: Vec<usize>,
    tables: Vec<usize>,
    count: usize,
}

impl Ranks {
    pub(super) fn of(form: &Form) -> Self {
        let mut ranks = Self {
            sections: vec![0; form.sections.len()],
            tables: vec![0; form.tables.len()],
            count: 1,
        };
        let place = |section: Option<usize>, ranks: &mut Self| {
            for (table, definition) in form
                .tables
                .iter()
                .enumerate()
                .filter(|(_, table)| table.section == section)
            {
                ranks.tables[table] = ranks.count;
                ranks.count += 2 + definition.rows.len();
            }
        };
        place(None, &mut ranks);
        for section in 0..form.sections.len() {
            ranks.sections[section] = ranks.count;
            ranks.count += 1;
            place(Some(section), &mut ranks);
        }
        ranks
    }

    /// The rank, and whether the chain may stay on it.
    pub(super) fn rank(&self, part: Part) -> (usize, bool) {
        match part {
            Part::Section(section) => (self.sections[section], false),
            Part::Title { table } => (self.tables[table], false),
            Part::Corner { table } | Part::Spanner { table, .. } | Part::Column { table, .. } => {
                (self.tables[table] + 1, true)
            }
            Part::Row { table, row } => (self.tables[table] + 2 + row, false),
        }
    }
}

/// The heaviest chain: for each choice the option taken.
pub(super) fn heaviest(choices: &[Choice], options: &[Fit], ranks: &Ranks) -> Vec<Option<usize>> {
    struct Link {
        weight: i64,
        choice: usize,
        option: usize,
        before: Option<usize>,
    }
    let mut links: Vec<Link> = Vec::with_capacity(options.len());
    let mut tree = Prefix::new(ranks.count + 1);
    for (at, choice) in choices.iter().enumerate() {
        let first = links.len();
        for option in choice.options.clone() {
            let (part, weight) = options[option];
            let (rank, stays) = ranks.rank(part);
            let limit = if stays { rank + 1 } else { rank };
            let before = tree.best(limit);
            let base = before.map_or(0, |(weight, _)| weight);
            links.push(Link {
                weight: base + weight,
                choice: at,
                option,
                before: before.map(|(_, link)| link),
            });
        }
        for (link, made) in links.iter().enumerate().skip(first) {
            tree.add(ranks.rank(options[made.option].0).0, (made.weight, link));
        }
    }
    let mut picked = vec![None; choices.len()];
    let best = tree.best(ranks.count + 1);
    let mut at = best.map(|(_, link)| link);
    while let Some(link) = at {
        picked[links[link].choice] = Some(links[link].option);
        at = links[link].before;
    }
    picked
}

/// A Fenwick tree of the heaviest chain that ends on each rank; of equal ones the latest.
struct Prefix(Vec<Option<(i64, usize)>>);

impl Prefix {
    fn new(count: usize) -> Self {
        Self(vec![None; count + 1])
    }

    fn add(&mut self, rank: usize, chain: (i64, usize)) {
        let mut at = rank + 1;
        while at < self.0.len() {
            self.0[at] = self.0[at].max(Some(chain));
            at += at & at.wrapping_neg();
        }
    }

    /// The heaviest chain that ends on a rank below `limit`.
    fn best(&self, limit: usize) -> Option<(i64, usize)> {
        let mut at = limit.min(self.0.len() - 1);
        let mut best = None;
        while at > 0 {
            best = best.max(self.0[at]);
            at -= at & at.wrapping_neg();
        }
        best
    }
}
