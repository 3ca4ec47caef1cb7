//! Prints one case of the layout bench, to look at: `cargo run --example render -- LAYOUT
//! [DAMAGE [SEED]]`; without arguments the names there are.

#[path = "../tests/bench/mod.rs"]
mod bench;

use std::io::Write as _;

use bench::case::Case;
use bench::damage::{DAMAGES, Damage};
use bench::layout::{LAYOUTS, Layout};

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let argument = |at: usize| arguments.get(at).map(String::as_str);
    let layout = argument(0).and_then(Layout::named);
    let damage = Damage::named(argument(1).unwrap_or("none"));
    let seed = argument(2).unwrap_or("1").parse();
    let mut out = std::io::stdout().lock();
    let (Some(layout), Some(damage), Ok(seed)) = (layout, damage, seed) else {
        let layouts: Vec<&str> = LAYOUTS.iter().map(|(_, name)| *name).collect();
        let damages: Vec<&str> = DAMAGES.iter().map(|(_, name)| *name).collect();
        return writeln!(
            out,
            "layouts: {}\ndamages: {}",
            layouts.join(" "),
            damages.join(" ")
        );
    };
    out.write_all(Case::new(layout, damage, seed).text().as_bytes())
}
