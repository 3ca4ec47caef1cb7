//! Prints one case of the layout bench, to look at: `cargo run --example render -- LAYOUT
//! [DAMAGE [SEED]]`; several damages as `DAMAGE+DAMAGE`; without arguments the names there are.

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::io::Write as _;

use bench::case::Case;
use bench::damage::{DAMAGES, Damage};
use bench::layout::{LAYOUTS, Layout};
use bench::line_damage::{LINE_DAMAGES, LineDamage};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |at: usize| arguments.get(at).map(String::as_str);
    let layout = argument(0).and_then(Layout::named);
    let damage = argument(1).unwrap_or("none");
    let seed = argument(2).unwrap_or("1").parse();
    let case = |layout: Layout, seed: u64| {
        let (of_lines, others): (Vec<&str>, Vec<&str>) = damage
            .split('+')
            .partition(|name| LineDamage::named(name).is_some());
        let others: Option<Vec<Damage>> = others.into_iter().map(Damage::named).collect();
        let case = Case::damaged(layout, &others?, seed);
        let of_lines = of_lines.into_iter().filter_map(LineDamage::named);
        Some(of_lines.fold(case, |case, damage| damage.damage(case)))
    };
    let case = layout
        .zip(seed.ok())
        .and_then(|(layout, seed)| case(layout, seed));
    let mut out = std::io::stdout().lock();
    let Some(case) = case else {
        let layouts: Vec<&str> = LAYOUTS.iter().map(|(_, name)| *name).collect();
        let damages = DAMAGES.iter().map(|(_, name)| *name);
        let damages: Vec<&str> = damages
            .chain(LINE_DAMAGES.iter().map(|(_, name)| *name))
            .collect();
        return writeln!(
            out,
            "layouts: {}\ndamages: {}",
            layouts.join(" "),
            damages.join(" ")
        );
    };
    out.write_all(case.text().as_bytes())
}
