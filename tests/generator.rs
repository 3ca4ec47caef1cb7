//! The bench itself: its reports hold together, its layouts lose nothing, its truth is true.

mod bench;

use std::collections::BTreeSet;

use bench::case::Case;
use bench::damage::{DAMAGES, Damage};
use bench::forms::{APPLICANTS, Address, OUTCOMES, Rank, request_rows};
use bench::layout::{LAYOUTS, Layout};
use bench::page::{Page, Role};
use bench::physical::{Gaps, physical};
use bench::plain;
use bench::random::Random;
use bench::report::Report;
use bench::score::{misplaced, misunderstood, score};
use bench::script::{PAIRS, Script};
use gongkai::form::Grammars;
use gongkai::script::{Script as Detected, detect};
use rust_decimal::Decimal;

fn sum(report: &Report, table: &'static str, cells: &[(&'static str, &'static str)]) -> Decimal {
    let value = |&(row, column)| report.values[&Address { table, row, column }].value;
    cells.iter().map(value).sum()
}

#[test]
fn every_equation_holds() {
    for seed in 0..300 {
        let report = Report::random(&mut Random::new(seed));
        let rows = request_rows(report.form);
        let results: Vec<&str> = rows
            .iter()
            .filter(|row| matches!(row.rank, Rank::Result | Rank::Leaf))
            .map(|row| row.id)
            .filter(|id| *id != "results.total")
            .collect();
        for (column, _) in APPLICANTS {
            let of = |rows: &[&'static str]| {
                let cells: Vec<_> = rows.iter().map(|row| (*row, column)).collect();
                sum(&report, "requests", &cells)
            };
            assert_eq!(
                of(&["received_this_year", "carried_in"]),
                of(&["results.total", "carried_out"])
            );
            assert_eq!(of(&results), of(&["results.total"]));
        }
        for row in rows
            .iter()
            .filter(|row| !matches!(row.rank, Rank::Results | Rank::Group))
        {
            let parts: Vec<_> = APPLICANTS[..6]
                .iter()
                .map(|(column, _)| (row.id, *column))
                .collect();
            assert_eq!(
                sum(&report, "requests", &parts),
                sum(&report, "requests", &[(row.id, "total")])
            );
        }
        for group in OUTCOMES.chunks(5) {
            let cells: Vec<_> = group.iter().map(|(column, _)| ("cases", *column)).collect();
            assert_eq!(
                sum(&report, "review_litigation", &cells[..4]),
                sum(&report, "review_litigation", &cells[4..]),
            );
        }
    }
}

#[test]
fn the_forms_have_their_official_number_of_cells() {
    for seed in 0..20 {
        let report = Report::random(&mut Random::new(seed));
        let cells = if report.form.id == "annual_2019" {
            198
        } else {
            200
        };
        assert_eq!(report.values.len(), cells, "{}", report.form.id);
    }
}

#[test]
fn raws_are_their_values() {
    for seed in 0..300 {
        for printed in Report::random(&mut Random::new(seed)).values.values() {
            let digits = printed.raw.trim_end_matches(['万', '元']);
            assert_eq!(digits.parse(), Ok(printed.value));
        }
    }
}

#[test]
fn a_seed_is_one_text() {
    let text = |seed| Case::new(Layout::Html, Damage::Notes, seed).text();
    assert_eq!(text(7), text(7));
    assert_ne!(text(7), text(8));
}

#[test]
fn every_layout_writes_every_value_once() {
    for (layout, _) in LAYOUTS {
        for (damage, _) in DAMAGES
            .into_iter()
            .filter(|(damage, _)| damage.fits(layout))
        {
            let case = Case::new(layout, damage, 5);
            let mut written = BTreeSet::new();
            for role in case.lines.iter().flat_map(|line| &line.roles) {
                if let Role::Value(address) = role {
                    assert!(written.insert(*address), "{}: {address} twice", case.name());
                }
            }
            for (address, cell) in &case.truth {
                let lost = !cell.readable || cell.allowed.is_empty();
                assert!(
                    lost || written.contains(address),
                    "{}: {address} lost",
                    case.name()
                );
            }
        }
    }
}

#[test]
fn every_line_holds_the_values_it_carries() {
    for (layout, _) in LAYOUTS {
        let case = Case::new(layout, Damage::None, 11);
        for line in &case.lines {
            let mut rest = line.text.as_str();
            for role in &line.roles {
                let Role::Value(address) = role else { continue };
                let raw = &case.report.values[address].raw;
                let at = rest.find(raw.as_str());
                let at = at.unwrap_or_else(|| panic!("{}: no {raw} for {address}", case.name()));
                rest = &rest[at + raw.len()..];
            }
        }
    }
}

#[test]
fn damage_leaves_the_truth_true() {
    for (damage, _) in DAMAGES {
        for seed in 0..10 {
            let case = Case::new(Layout::Cells, damage, seed);
            for line in &case.lines {
                let [Role::Value(address)] = line.roles[..] else {
                    continue;
                };
                let stands: Vec<Decimal> = plain(&line.text).parse().into_iter().collect();
                let name = case.name();
                assert_eq!(
                    stands, case.truth[&address].allowed,
                    "{name}: {address} {}",
                    line.text
                );
            }
        }
    }
}

/// The number of a printed value in ASCII, without separators, notes and units.
fn plain(text: &str) -> String {
    let number = text.trim().split(['（', '(']).next().unwrap_or_default();
    let ascii = |c: char| match c {
        '０'..='９' | '．' | '＋' | '－' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '减' | '減' => '-',
        '增' => '+',
        _ => c,
    };
    let number: String = number
        .chars()
        .filter(|c| !",，".contains(*c))
        .map(ascii)
        .collect();
    number.trim_end_matches(['万', '萬', '元']).to_owned()
}

#[test]
fn merged_cells_fill_their_grid() {
    for (damage, name) in DAMAGES
        .into_iter()
        .filter(|(damage, _)| *damage != Damage::PartialRows)
    {
        for seed in 0..10 {
            let mut random = Random::new(seed);
            let report = Report::random(&mut random);
            let mut page = Page::of(&report);
            damage.apply(&mut page, &mut report.truth(), Layout::Html, &mut random);
            for grid in page.with_one_table().grids() {
                for (number, (_, slots)) in physical(grid, Gaps::All).iter().enumerate() {
                    let columns: Vec<usize> = slots.iter().map(|slot| slot.column).collect();
                    let whole: Vec<usize> = (0..grid.width).collect();
                    assert_eq!(columns, whole, "{name}, {}, row {number}", grid.table);
                }
            }
        }
    }
}

#[test]
fn forms_and_grammars_agree() {
    for seed in 0..6 {
        let report = Report::random(&mut Random::new(seed));
        let form = Grammars::embedded()
            .form(report.form.id)
            .expect("the form is built in");
        let mut addresses = BTreeSet::new();
        for table in &form.tables {
            for row in table.rows.iter().filter(|row| !row.group) {
                for column in table.columns.iter().filter(|column| !column.optional) {
                    addresses.insert(format!("{}/{}/{}", table.id, row.id, column.id));
                }
            }
        }
        let own: BTreeSet<String> = report.values.keys().map(Address::to_string).collect();
        assert_eq!(own, addresses);
        let mut page = Page::of(&report);
        for slot in page.slots() {
            let label = |table: &str, id: &str| {
                let table = form.tables.iter().find(|other| other.id == table)?;
                let row = table
                    .rows
                    .iter()
                    .find(|row| row.id == id)
                    .map(|row| &row.label);
                let column = table.columns.iter().find(|column| column.id == id);
                row.or(column.map(|column| &column.label))
            };
            let (Role::Row(table, id) | Role::Column(table, id)) = slot.role else {
                continue;
            };
            let label = label(table, id).expect("the form has the label");
            assert!(
                slot.text.ends_with(&label.text),
                "{} is no {}",
                slot.text,
                label.text
            );
        }
    }
}

#[test]
fn traditional_pages_hold_no_simplified_character() {
    for seed in 0..20 {
        let mut page = Page::of(&Report::random(&mut Random::new(seed)));
        Script::Traditional.write(&mut page);
        for text in page.texts() {
            let script = detect(text);
            assert!(
                matches!(script, None | Some(Detected::Hant)),
                "{text} is {script:?}"
            );
        }
    }
}

#[test]
fn pairs_of_characters_are_whole() {
    let mut from = BTreeSet::new();
    for pair in PAIRS.chars().collect::<Vec<_>>().chunks(2) {
        assert_eq!(pair.len(), 2, "a character without its other form");
        assert_ne!(pair[0], pair[1]);
        assert!(from.insert(pair[0]), "{} twice", pair[0]);
    }
}

#[test]
fn the_text_alone_says_what_the_truth_says() {
    use Layout as L;
    let with_marks = [
        L::Cells,
        L::CellsPadded,
        L::CellsBlank,
        L::CellPipe,
        L::CellPipeFillers,
        L::CellPipeFillerLine,
        L::LonePipe,
        L::RowOpened,
        L::Pipes,
        L::PipesTrailing,
        L::PipesGaps,
        L::PipesBare,
        L::PipesFillers,
        L::Markdown,
        L::MarkdownPieces,
        L::Tabs,
        L::TabsDropped,
    ];
    for layout in with_marks {
        for seed in 0..10 {
            let case = Case::new(layout, Damage::None, seed);
            let text = case.text();
            let given = plain::read(&text, case.report.form);
            let (score, faults) = score(&case, &given);
            assert_eq!(
                (score.withheld, score.wrong),
                (0, 0),
                "{}: {faults:?}",
                case.name()
            );
            assert!(misplaced(&text, &given).is_empty());
            assert!(misunderstood(&text, &given).is_empty());
        }
    }
}
