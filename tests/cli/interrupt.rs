//! Ctrl-C, SIGTERM and a closed terminal leave nothing half done.

use std::fs;
use std::os::unix::process::ExitStatusExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::run::{Place, REPORT};

/// Names in a folder, hidden ones among them.
fn names(place: &Place) -> Vec<String> {
    let entries = fs::read_dir(place.path()).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Whether a closed terminal ends what is started here: under `nohup` it does not.
fn heeds_hangup() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.is_some_and(|mask| u64::from_str_radix(mask.trim(), 16).unwrap() & 1 == 0)
}

#[test]
fn a_signal_takes_away_what_is_half_written() {
    let mut outputs = vec![("parse", "o.jsonl"), ("export", "o.csv")];
    outputs.extend(cfg!(feature = "sqlite").then_some(("export", "o.sqlite")));
    outputs.extend(cfg!(feature = "parquet").then_some(("export", "o.parquet")));
    for (command, name) in outputs {
        for (signal, number) in [("-INT", 2), ("-TERM", 15), ("-HUP", 1)] {
            if number == 1 && !heeds_hangup() {
                continue;
            }
            let place = Place::with(&[("a.txt", REPORT.as_bytes()), (name, b"old")]);
            // Standard input never ends, so the output is not complete.
            let arguments = [command, "a.txt", "-", "-o", name, "--list", "bad.tsv"];
            let mut run = place.command(&arguments);
            let mut child = run
                .stdin(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            // Held open: to wait for the child would close it.
            let _stdin = child.stdin.take();
            let begun = Instant::now();
            // The output and the list.
            while names(&place).len() < 4 {
                assert!(
                    begun.elapsed() < Duration::from_secs(60),
                    "no output is begun"
                );
                std::thread::sleep(Duration::from_millis(2));
            }
            let mut kill = Command::new("sh");
            kill.args(["-c", &format!("kill {signal} {}", child.id())]);
            assert!(kill.status().unwrap().success());
            let status = child.wait().unwrap();
            // What shells show as 130, 143 and 129.
            assert_eq!(status.signal(), Some(number), "{command} {name}");
            assert_eq!(names(&place), ["a.txt", name]);
            assert_eq!(place.text(name), "old");
        }
    }
}
