//! Drafts -> rows: what the equations leave of the options of each row is certain or open.

use super::places::{self, Choice};
use super::wrapped::is_kept;
use super::{CellReading, Draft, Judgement, Reader, RowReading};
use crate::field::{Kind, Token};
use crate::row::{Reading, Slot, Style};
use crate::solve::{Amount, BUDGET, Equation, Outcome, solve};
use crate::text::{Text, is_gap};

impl Reader<'_> {
    /// Lets the equations judge, and makes of each draft what is certain and what is not.
    pub(super) fn judge(
        &self,
        drafts: Vec<Draft>,
        torn: bool,
        foreign: bool,
        style: &Style,
    ) -> (Vec<RowReading>, Judgement) {
        let open = drafts.iter().any(|draft| draft.options.len() > 1);
        let indirect = drafts.iter().any(|draft| !draft.direct);
        let cut = drafts.iter().any(|draft| self.may_be_cut(draft));
        if !(open || torn || indirect || cut) {
            return (
                drafts
                    .into_iter()
                    .map(|draft| self.finish(draft, None, true, torn, style).0)
                    .collect(),
                Judgement::NotAsked,
            );
        }
        let readable: Vec<&Draft> = drafts
            .iter()
            .filter(|draft| !draft.options.is_empty())
            .collect();
        let rows = amounts(&readable);
        let mut usable = usable(&self.equations.all, &readable, &rows, torn);
        if foreign && !torn {
            // Rows that the form does not have may count in a sum over others.
            usable.retain(|sum| !sum.over_rows());
        }
        // Where labels and values are apart, one row that is not read may have lent its values to
        // the others.
        let holes = torn && readable.len() < drafts.len();
        let outcome = if holes {
            Outcome::Contradiction
        } else {
            solve(&rows, &usable, BUDGET)
        };
        let judgement = match &outcome {
            _ if usable.is_empty() || holes => Judgement::NotAsked,
            Outcome::Solved(_) => Judgement::Held,
            Outcome::Contradiction => Judgement::Contradiction,
            Outcome::GaveUp(_) => Judgement::GaveUp,
        };
        let mut kept = match outcome {
            Outcome::Solved(kept) | Outcome::GaveUp(kept) => Some(kept),
            Outcome::Contradiction => None,
        };
        for (draft, kept) in readable.iter().zip(kept.iter_mut().flatten()) {
            if !self.are_tested(draft, kept) {
                *kept = (0..draft.options.len()).collect();
            }
        }
        let trusted = kept.is_some();
        let mut at = 0;
        let mut choices = Vec::new();
        let mut rows: Vec<RowReading> = drafts
            .into_iter()
            .enumerate()
            .map(|(row, draft)| {
                let chosen = if draft.options.is_empty() {
                    None
                } else {
                    at += 1;
                    kept.as_ref().and_then(|kept| kept.get(at - 1).cloned())
                };
                let trusted = trusted
                    || draft.direct
                        && draft.options.len() == 1
                        && !torn
                        && !self.may_be_cut(&draft);
                let (reading, several) = self.finish(draft, chosen, trusted, torn, style);
                let choice = |(column, slots)| Choice { row, column, slots };
                choices.extend(several.into_iter().map(choice));
                reading
            })
            .collect();
        places::part(&mut rows, choices);
        (rows, judgement)
    }

    /// Whether each sum of the row itself was put to the test by one of the options that are left.
    /// Where its total is missing from all of them any sum holds, and that others do not may be the
    /// fault of the published numbers.
    fn are_tested(&self, draft: &Draft, kept: &[usize]) -> bool {
        let is_missing = |reading: &Reading, column: usize| {
            reading.get(column).map(Slot::amount) == Some(Amount::Missing)
        };
        let totals = self.sums_of(draft.row).iter().filter_map(|sum| {
            let side = |minus: bool| sum.iter().filter(move |(_, factor)| (*factor < 0) == minus);
            [true, false].into_iter().find_map(|minus| {
                let mut side = side(minus);
                side.next().filter(|_| side.next().is_none())
            })
        });
        let mut totals = totals.map(|(column, _)| *column);
        kept.len() == draft.options.len()
            || totals.all(|total| {
                let mut readings = kept.iter().filter_map(|at| draft.options.get(*at));
                readings.any(|reading| !is_missing(reading, total))
            })
    }

    /// Whether the last number of the row touches the end of the text, which may cut it.
    fn may_be_cut(&self, draft: &Draft) -> bool {
        let end = self.document.text.folded.len();
        draft.text.cut
            && draft
                .text
                .values()
                .last()
                .is_some_and(|token| token.range.end == end && token.is_number())
    }

    /// The row, and for each certain cell whose value stands at several places all of them.
    fn finish(
        &self,
        mut draft: Draft,
        chosen: Option<Vec<usize>>,
        trusted: bool,
        torn: bool,
        style: &Style,
    ) -> (RowReading, Vec<(usize, Vec<Slot>)>) {
        let count = self.traits.len();
        let sums = self.sums_of(draft.row);
        let holds = |reading: &Reading| sums.iter().all(|sum| is_kept(sum, reading));
        let tested = !sums.is_empty() && draft.options.iter().any(holds);
        let cut_end = if self.may_be_cut(&draft) && !tested {
            Some(self.document.text.folded.len())
        } else {
            None
        };
        let all = draft.options.len();
        // The options are all there are, whatever the equations say, unless words among the values
        // may be the label of some of them.
        let few = draft.text.values().count() <= count && !draft.text.doubtful;
        let complete = !torn && few && (!style.glued || sums.is_empty());
        // A number of two says what else may be, and is never shown.
        let joined = |slot: &Slot| matches!(slot, Slot::Field(field) if field.crowded);
        let broken = |slot: &Slot| {
            joined(slot) || slot.place().is_some_and(|place| Some(place.end) == cut_end)
        };
        if all == 1
            && draft.twins.is_empty()
            && chosen.as_deref().is_none_or(|chosen| chosen == [0])
            && let Some(reading) = draft.options.pop_if(|reading| reading.len() == count)
        {
            let cell = |slot: Slot| {
                let told = trusted || complete && slot != Slot::Missing;
                if told && !broken(&slot) {
                    let solved = !draft.direct;
                    CellReading::Certain { slot, solved }
                } else {
                    CellReading::Open(vec![slot])
                }
            };
            let mut cells: Vec<CellReading> = reading.into_iter().map(cell).collect();
            open_missing(&mut cells, &draft);
            return (row_of(&draft, cells), Vec::new());
        }
        let kept: Vec<&Reading> = match &chosen {
            Some(chosen) => chosen
                .iter()
                .filter_map(|option| draft.options.get(*option))
                .collect(),
            None => draft.options.iter().collect(),
        };
        let is_kept = |option: &usize| chosen.as_ref().is_none_or(|kept| kept.contains(option));
        let twins = draft.twins.iter().filter(|(option, _)| is_kept(option));
        let twins: Vec<&Reading> = twins.map(|(_, reading)| reading).collect();
        let mut several = Vec::new();
        let mut cells: Vec<CellReading> = (0..count)
            .map(|column| {
                let mut slots: Vec<&Slot> = Vec::new();
                for reading in &kept {
                    if let Some(slot) = reading.get(column)
                        && !slots
                            .iter()
                            .any(|other| same(self.document.text, other, slot))
                    {
                        slots.push(slot);
                    }
                }
                let agreed = complete
                    && draft.options.iter().all(|reading| {
                        reading.get(column).is_some_and(|slot| {
                            slots
                                .first()
                                .is_some_and(|other| same(self.document.text, other, slot))
                        })
                    });
                match slots.as_slice() {
                    [] if draft.withheld && (!draft.text.cut || self.has_text(&draft))
                        || draft.text.values().next().is_some() =>
                    {
                        CellReading::Open(Vec::new())
                    }
                    [] if self.shows_blanks(&draft) => CellReading::Certain {
                        slot: Slot::Blank,
                        solved: false,
                    },
                    [] => CellReading::Certain {
                        slot: Slot::Missing,
                        solved: false,
                    },
                    [slot]
                        if (trusted || agreed && !matches!(slot, Slot::Missing))
                            && !broken(slot) =>
                    {
                        let solved = !(draft.direct && (all == 1 || agreed));
                        let mut places: Vec<Slot> = Vec::new();
                        let readings = kept.iter().copied().chain(twins.iter().copied());
                        for slot in readings.filter_map(|reading| reading.get(column)) {
                            if !joined(slot) && !places.contains(slot) {
                                places.push(slot.clone());
                            }
                        }
                        if places.len() > 1 {
                            several.push((column, places));
                        }
                        CellReading::Certain {
                            slot: (*slot).clone(),
                            solved,
                        }
                    }
                    slots => {
                        let shown = slots.iter().filter(|slot| !joined(slot));
                        CellReading::Open(shown.map(|slot| (*slot).clone()).collect())
                    }
                }
            })
            .collect();
        open_missing(&mut cells, &draft);
        (row_of(&draft, cells), several)
    }

    /// Whether the end of the text may cut the label of a row, or its values.
    pub(crate) fn is_open_end(&self, draft: &Draft) -> bool {
        let ended = self.document.text.folded.ends_with('\n');
        draft.text.cut && (!ended || self.has_text(draft))
    }

    /// Whether anything stands behind the label of a row.
    pub(super) fn has_text(&self, draft: &Draft) -> bool {
        let label = draft.anchor.map(|at| self.document.anchors[at].range.end);
        let behind = label.map(|label| self.document.text.get(&(label..draft.text.end.max(label))));
        behind.is_some_and(|behind| !behind.chars().all(is_gap))
    }

    /// Whether a row without values is visibly empty: borders, or blank lines beyond the usual.
    pub(super) fn shows_blanks(&self, draft: &Draft) -> bool {
        let borders = draft
            .text
            .tokens
            .iter()
            .filter(|token| token.kind == Kind::Border)
            .count();
        borders >= self.traits.len()
            || !draft.text.cut && draft.text.lines_behind > 2 + self.traits.len()
    }
}

/// Says of no cell that it is absent, where the row has more values than its other cells have.
fn open_missing(cells: &mut [CellReading], draft: &Draft) {
    let missing = cells.iter().filter(|cell| cell.is_missing()).count();
    let filled = cells.len() - missing;
    if missing > 0 && missing < cells.len() && draft.text.values().count() > filled {
        for cell in cells.iter_mut().filter(|cell| cell.is_missing()) {
            *cell = CellReading::Open(Vec::new());
        }
    }
}

fn row_of(draft: &Draft, cells: Vec<CellReading>) -> RowReading {
    RowReading {
        row: Some(draft.row),
        anchor: draft.anchor,
        label: Vec::new(),
        cells,
    }
}

/// The options of rows as the equations see them.
pub(super) fn amounts(drafts: &[&Draft]) -> Vec<Vec<Vec<Amount>>> {
    let of_reading = |reading: &Reading| reading.iter().map(Slot::amount).collect();
    drafts
        .iter()
        .map(|draft| draft.options.iter().map(of_reading).collect())
        .collect()
}

/// The equations that can be asked: every row they speak of is there, and none of the rows that
/// the layout shows already breaks them.
pub(super) fn usable(
    equations: &[Equation],
    readable: &[&Draft],
    rows: &[Vec<Vec<Amount>>],
    torn: bool,
) -> Vec<Equation> {
    let place = |row: usize| readable.iter().position(|draft| draft.row == row);
    let mapped = equations.iter().filter_map(|equation| {
        let terms = equation
            .terms
            .iter()
            .map(|(row, column, factor)| place(*row).map(|row| (row, *column, *factor)));
        Some(Equation {
            terms: terms.collect::<Option<Vec<_>>>()?,
        })
    });
    mapped
        .filter(|equation| {
            let settled = !torn
                && equation
                    .terms
                    .iter()
                    .all(|(row, ..)| rows[*row].len() == 1 && readable[*row].direct);
            // A published error in rows that need no equation must not spoil the search for others.
            !settled
                || solve(rows, std::slice::from_ref(equation), BUDGET) != Outcome::Contradiction
        })
        .collect()
}

fn same(text: &Text, a: &Slot, b: &Slot) -> bool {
    match (a, b) {
        (Slot::Field(a), Slot::Field(b)) => match (&a.token, &b.token) {
            (
                Some(Token {
                    kind:
                        Kind::Number {
                            value: Some(a),
                            unit: u,
                            ..
                        },
                    ..
                }),
                Some(Token {
                    kind:
                        Kind::Number {
                            value: Some(b),
                            unit: v,
                            ..
                        },
                    ..
                }),
            ) => a == b && u.as_ref().map(|u| text.get(u)) == v.as_ref().map(|v| text.get(v)),
            (Some(a), Some(b)) => a.kind == b.kind && text.get(&a.range) == text.get(&b.range),
            _ => true,
        },
        (Slot::Blank, Slot::Blank) | (Slot::Missing, Slot::Missing) => true,
        _ => false,
    }
}
