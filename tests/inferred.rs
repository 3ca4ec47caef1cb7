//! Tables of no form: what is told of them from the text alone is right, or it is not told.
//!
//! `GONGKAI_BENCH=100000` makes the run fuller.

mod bench;
mod unknown;

use bench::random::Random;
use bench::reader::read;
use unknown::table::Table;
use unknown::write::{DAMAGES, LAYOUTS, Page};
use unknown::{Tally, compare};

#[test]
fn no_number_stands_under_a_label_that_is_not_its_own() {
    let mut faults = Vec::new();
    let mut shown = String::new();
    for layout in LAYOUTS {
        let mut all = Tally::default();
        for number in 0..bench::budget(3000) / LAYOUTS.len() {
            let mut random = Random::new(number as u64);
            let damage = DAMAGES[number % DAMAGES.len()];
            let table = Table::any(&mut random);
            let page = Page::new(table, layout, damage, &mut random);
            match compare(&page, &read(page.text.as_bytes())) {
                Ok(tally) => {
                    all.numbers += tally.numbers;
                    all.given += tally.given;
                    all.headed += tally.headed;
                }
                Err(fault) => faults.push(format!(
                    "{layout}, {damage}, {number}: {fault}\n{}",
                    page.text
                )),
            }
        }
        shown.push_str(&format!("{layout:<40} {all:?}\n"));
    }
    bench::show(&shown);
    let first: Vec<&String> = faults.iter().take(3).collect();
    assert!(first.is_empty(), "{} faults: {first:#?}", faults.len());
}

#[test]
fn a_table_without_doubts_is_told_whole() {
    let mut faults = Vec::new();
    for layout in LAYOUTS {
        for number in 0..bench::budget(1100) / LAYOUTS.len() {
            let mut random = Random::new(number as u64);
            let table = Table::plain(&mut random);
            let page = Page::new(table, layout, "none", &mut random);
            let tally = compare(&page, &read(page.text.as_bytes()));
            if !tally
                .as_ref()
                .is_ok_and(|tally| tally.headed == tally.numbers)
            {
                faults.push(format!("{layout}, {number}: {tally:?}\n{}", page.text));
            }
        }
    }
    let first: Vec<&String> = faults.iter().take(3).collect();
    assert!(first.is_empty(), "{} faults: {first:#?}", faults.len());
}
