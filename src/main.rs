//! The command.

use std::io::Read;

mod cli;

fn main() {
    for path in std::env::args().skip(1) {
        let mut bytes = Vec::new();
        let _ = std::fs::File::open(&path).and_then(|mut file| file.read_to_end(&mut bytes));
        let options = gongkai::Options { name: Some(path), ..Default::default() };
        if let Ok(extraction) = gongkai::extract(&bytes, &options) {
            println!("{}", serde_json::to_string(&extraction).unwrap_or_default());
        }
    }
}
