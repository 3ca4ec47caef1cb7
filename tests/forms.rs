//! Every form in every layout: its cells right or withheld, never wrong; and which form it is.
//!
//! `GONGKAI_BENCH=5000` makes the run fuller.
#![allow(clippy::unwrap_used)]

mod bench;

use std::collections::BTreeMap;

use bench::case::Case;
use bench::damage::Damage;
use bench::layout::{LAYOUTS, Layout};
use bench::random::Random;
use bench::reader::read;
use bench::score::{Score, misplaced, numbers, table};
use bench::script::Script;
use bench::sheet::{EDITIONS, Sheet, sheet};
use gongkai::extraction::Extraction;
use gongkai::form::{Form, Grammars};
use rust_decimal::Decimal;

/// The forms whose headers are one row high; the bench of layouts has the other two.
fn sheets() -> Vec<&'static Form> {
    let forms = Grammars::embedded().forms.iter();
    forms
        .filter(|form| !form.id.starts_with("annual_"))
        .collect()
}

fn text(sheet: &Sheet, layout: Layout, random: &mut Random) -> String {
    let mut page = sheet.page.clone();
    if random.chance(40) {
        Script::Traditional.write_all(&mut page);
    }
    let lines = layout.write(&page, random);
    lines
        .iter()
        .map(|line| format!("{}\n", line.text))
        .collect()
}

fn score(sheet: &Sheet, text: &str, extraction: &Extraction, name: &str) -> (Score, Vec<String>) {
    let given = numbers(extraction).unwrap();
    let mut faults: Vec<String> = Vec::new();
    for one in misplaced(text, &given) {
        faults.push(format!(
            "{name}: span of {} is not {:?}",
            one.address, one.raw
        ));
    }
    let mut values: BTreeMap<&str, Decimal> = given
        .iter()
        .map(|one| (one.address.as_str(), one.value))
        .collect();
    let mut score = Score::default();
    for (address, value) in &sheet.truth {
        match values.remove(address.to_string().as_str()) {
            Some(given) if given == *value => score.right += 1,
            Some(given) => {
                score.wrong += 1;
                faults.push(format!("{name}: {address} is {value}, not {given}"));
            }
            None => score.withheld += 1,
        }
    }
    let foreign = |address: &str| address.split('/').any(|part| part.starts_with("extra-"));
    for (address, value) in values.into_iter().filter(|(address, _)| !foreign(address)) {
        score.wrong += 1;
        faults.push(format!("{name}: {address} is not printed, not {value}"));
    }
    (score, faults)
}

/// Whether a layout shows which cell is which. Two rows a line are no table that programs for PDF
/// tear apart in this way.
fn shows_cells(form: &Form, layout: Layout) -> bool {
    let mut rows = form.tables.iter().flat_map(|table| &table.rows);
    let torn = matches!(layout, Layout::PdfRaw | Layout::PdfCells);
    layout.shows_cells() && !(torn && rows.any(|row| row.before.is_some()))
}

/// Whether every value of a row or column that the form does not have is there.
fn foreign(sheet: &Sheet, extraction: &Extraction) -> bool {
    let mut found: Vec<Decimal> = Vec::new();
    for table in &extraction.tables {
        for row in &table.rows {
            let of_row = row.id.starts_with("extra-");
            let own = |column: &str| of_row || column.starts_with("extra-");
            let cells = row.cells.iter().filter(|cell| own(&cell.column));
            found.extend(cells.filter_map(|cell| cell.value));
        }
    }
    let told: Vec<Decimal> = sheet.foreign.iter().map(|(_, value)| *value).collect();
    found == told
}

#[test]
fn every_form_is_read_in_every_layout() {
    let forms = sheets();
    let names: Vec<(usize, &str)> = forms
        .iter()
        .enumerate()
        .map(|(at, form)| (at, form.id.as_str()))
        .collect();
    let mut faults = Vec::new();
    let mut poor = Vec::new();
    for (edition, edition_name) in EDITIONS {
        let mut board = BTreeMap::new();
        for (at, form) in forms.iter().enumerate() {
            for (layout, layout_name) in LAYOUTS {
                for seed in 0..bench::budget(2) as u64 {
                    let mut random = Random::new(seed);
                    let sheet = sheet(form, edition, &mut random);
                    let text = text(&sheet, layout, &mut random);
                    let extraction = read(text.as_bytes());
                    let name = format!("{} {layout_name} {edition_name} {seed}", form.id);
                    let (score, wrong) = score(&sheet, &text, &extraction, &name);
                    let sum: &mut Score = board.entry((layout, at)).or_default();
                    *sum = sum.plus(score);
                    faults.extend(wrong);
                    let recognised = extraction.form.as_ref().map(|form| form.id.as_str());
                    if recognised != Some(&form.id) {
                        faults.push(format!("{name}: taken for {recognised:?}"));
                    }
                    let year = extraction.year.as_ref().map(|year| year.value as u64);
                    if year != Some(sheet.year) {
                        faults.push(format!("{name}: the year is {year:?}"));
                    }
                    let whole = shows_cells(form, layout) && edition.leaves_cells();
                    if whole && score.withheld > 0 {
                        poor.push(format!("{name}: {} withheld", score.withheld));
                    }
                    if whole && !foreign(&sheet, &extraction) {
                        poor.push(format!("{name}: its own rows or columns are not there"));
                    }
                }
            }
        }
        bench::show(&format!(
            "{edition_name}\n{}",
            table(&board, &LAYOUTS, &names)
        ));
    }
    assert!(faults.is_empty(), "{}", bench::run::first_faults(&faults));
    assert!(poor.is_empty(), "{} poor:\n{}", poor.len(), poor.join("\n"));
}

#[test]
fn a_folder_of_all_forms_is_told_apart() {
    let mut faults = Vec::new();
    for seed in 0..bench::budget(3) as u64 {
        for (layout, name) in LAYOUTS {
            let case = Case::new(layout, Damage::None, seed);
            let extraction = read(case.text().as_bytes());
            let form = extraction.form.map(|form| form.id);
            if form.as_deref() != Some(case.report.form.id) {
                faults.push(format!(
                    "{name} {seed}: {} is taken for {form:?}",
                    case.report.form.id
                ));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
