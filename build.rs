//! Makes what the library would else make at every start: the grammars as they are read, by the
//! code that reads a user's own, and the table of characters.
//!
//! Seven forms of TOML take more than two milliseconds to read, which is longer than it takes to
//! read a report; what the build leaves is read in a tenth of one. A fault in a grammar stops the
//! build and is shown there.

use std::path::Path;
use std::process::ExitCode;

use library::form::Grammars;

#[allow(
    dead_code,
    missing_docs,
    unreachable_pub,
    unused_imports,
    reason = "made for the library"
)]
#[path = "src"]
mod library {
    pub(crate) mod distance;
    pub(crate) mod form;
    pub(crate) mod script {
        pub(crate) mod entry;
        pub(crate) mod table;

        /// As the library's, which looks it up in the table that is made here.
        pub(crate) fn fold(c: char) -> char {
            static TABLE: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
            let table = TABLE.get_or_init(table::image);
            let at = u32::from(c) as usize * 4;
            match table.get(at..at + 4) {
                Some(&[low, high, ..]) => {
                    char::from_u32(u32::from(u16::from_le_bytes([low, high]))).unwrap_or(c)
                }
                _ => c,
            }
        }
    }
    pub(crate) mod text {
        use super::script::{entry::kind, fold};

        /// As the library's.
        pub(crate) fn letters(label: &str) -> String {
            label.chars().map(fold).filter(|c| kind(*c) != 0).collect()
        }

        /// As the library's.
        pub(crate) fn number_core(number: &str) -> impl Iterator<Item = char> {
            number.chars().map(fold).filter(|c| c.is_alphanumeric())
        }
    }
}

/// There are no grammars yet.
mod grammar_image {
    pub(crate) const IMAGE: &[u8] = &[];
}

fn main() -> ExitCode {
    for path in [
        "build.rs",
        "grammars",
        "src/distance.rs",
        "src/form.rs",
        "src/form",
        "src/script",
    ] {
        // The way to talk to Cargo.
        #[allow(clippy::print_stdout)]
        {
            println!("cargo::rerun-if-changed={path}");
        }
    }
    let grammars = match Grammars::with_dir(Path::new("grammars")) {
        Ok(grammars) => grammars,
        Err(errors) => {
            eprintln!("{errors}");
            return ExitCode::FAILURE;
        }
    };
    let folder = std::env::var_os("OUT_DIR").unwrap_or_default();
    let made = [
        ("grammars.image", grammars.to_image()),
        ("characters.table", library::script::table::image()),
    ];
    for (name, bytes) in made {
        let path = Path::new(&folder).join(name);
        if let Err(error) = std::fs::write(&path, bytes) {
            eprintln!("cannot write {}: {error}", path.display());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
