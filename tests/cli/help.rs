//! What the program says of itself.

use super::run::Place;

const COMMANDS: [&str; 12] = [
    "parse",
    "export",
    "check",
    "grammar",
    "grammar list",
    "grammar show",
    "grammar check",
    "grammar new",
    "convert",
    "schema",
    "completions",
    "man",
];

#[test]
fn help_fits_a_terminal() {
    for command in [""].iter().chain(&COMMANDS) {
        let mut arguments: Vec<&str> = command.split_whitespace().collect();
        arguments.push("--help");
        let ran = Place::new().run(&arguments);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        for line in ran.out.lines() {
            assert!(line.chars().count() <= 80, "{command}: {line}");
        }
    }
}

#[test]
fn commands_that_are_listed_work() {
    let ran = Place::new().run(&["--help"]);
    let start = ran.out.find("Commands:").unwrap();
    let listed = ran.out[start..]
        .lines()
        .skip(1)
        .take_while(|line| !line.is_empty());
    let listed: Vec<_> = listed
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    let mut commands = vec!["parse", "export", "check", "grammar"];
    commands.extend(cfg!(feature = "convert").then_some("convert"));
    commands.extend(["schema", "completions", "man", "help"]);
    assert_eq!(listed, commands);
    let to = Place::new().run(&["parse", "--help"]).out;
    let words: Vec<&str> = to.split_whitespace().collect();
    let without = words.join(" ").contains("built without conversion");
    assert_eq!(without, !cfg!(feature = "convert"), "{to}");
}

#[test]
fn the_program_describes_itself() {
    let place = Place::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let ran = place.run(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        assert!(ran.out.contains("offsets"), "{shell}");
        assert!(ran.out.contains("dictionary"), "{shell}");
        // Whether the shell itself takes it, where it is there to be asked.
        if !["bash", "fish", "zsh"].contains(&shell) {
            continue;
        }
        let script = place.path().join("completions");
        std::fs::write(&script, &ran.out).unwrap();
        let mut command = std::process::Command::new(shell);
        if let Ok(output) = command.arg("-n").arg(&script).output() {
            assert!(output.status.success(), "{shell}: {output:?}");
        }
    }
    let page = place.run(&["man"]);
    assert!(page.out.contains(".TH gongkai 1"), "{}", page.out);
    for command in COMMANDS {
        let page = place.run(&[&["man"], &*command.split(' ').collect::<Vec<_>>()].concat());
        let name = format!(".TH gongkai-{} 1", command.replace(' ', "-"));
        let version = concat!("\"gongkai ", env!("CARGO_PKG_VERSION"), "\"");
        assert!(page.out.contains(version), "{}", page.out);
        assert!(!page.out.contains("-help(1)"), "{}", page.out);
        for part in [name.as_str(), ".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION"] {
            assert!(page.out.contains(part), "{command} {part}: {}", page.out);
        }
    }
    let page = place.run(&["man", "export"]);
    assert!(page.out.contains("\\-\\-wide"), "{}", page.out);
    let none = place.run(&["man", "nothing"]);
    assert_eq!(none.code, 2);
    assert!(
        none.err
            .starts_with("gongkai: no command is called `nothing`"),
        "{}",
        none.err
    );
    let schema = place.run(&["schema"]);
    assert_eq!(schema.out, include_str!("../../schema/extraction.json"));
    for (document, printed) in [
        ("extraction", schema.out.as_str()),
        ("check", include_str!("../../schema/check.json")),
        ("across", include_str!("../../schema/across.json")),
        ("grammar", include_str!("../../grammars/schema.json")),
    ] {
        assert_eq!(place.run(&["schema", document]).out, printed);
    }
    assert!(
        place
            .run(&["grammar", "show", "annual_2021"])
            .out
            .contains("现行有效件数")
    );
    assert_eq!(place.run(&["--version"]).code, 0);
}
