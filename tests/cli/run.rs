//! One way to run the program for all tests.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The labels are official, the figures are not.
pub(crate) const REPORT: &str = "某某县人民政府2022年政府信息公开工作年度报告\n\
    二、主动公开政府信息情况\n第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n\
    现行有效件数\n规章\n0\n0\n6\n行政规范性文件\n1\n0\n15\n";

/// What is said of it on standard error, where it is the only input.
pub(crate) fn said(name: &str) -> String {
    let sections = "5 of 6 sections of the form are not in the text: 一、总体情况; \
        三、收到和处理政府信息公开申请情况; 四、政府信息公开行政复议、行政诉讼情况; \
        五、存在的主要问题及改进情况; 六、其他需要报告的事项; the text may be cut short";
    let tables = "3 of 6 tables of the form are not in the text, though the headings of their \
        sections are: `art20_5`; `art20_6`; `art20_8`; the text may be cut short, or they stand in \
        a layout that is not read";
    format!("gongkai: {name}: {sections}\ngongkai: {name}:2:1: {tables}\n")
}

/// A page that is no report.
pub(crate) const OTHER: &str = "本市明天多云转晴\n最高气温二十六度\n";

/// A folder of its own for each test, and the program in it.
pub(crate) struct Place {
    folder: TempDir,
}

/// What a run left.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    /// A folder with some files.
    pub(crate) fn with(files: &[(&str, &[u8])]) -> Self {
        let place = Self::new();
        for (path, bytes) in files {
            let path = place.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        place
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gongkai"));
        command.current_dir(self.path()).args(arguments);
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
        command
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        let mut command = self.command(arguments);
        Ran::of(&command.stdin(Stdio::null()).output().unwrap())
    }

    /// Runs with something on standard input.
    pub(crate) fn pipe(&self, arguments: &[&str], input: &[u8]) -> Ran {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Ran::of(&child.wait_with_output().unwrap())
    }
}

impl Ran {
    /// What a program that came to its end left.
    pub(crate) fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// The documents, one a line.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Exit code, diagnostic codes of each document, and standard error.
    pub(crate) fn verdict(&self) -> String {
        let mut verdict = format!("exit {}\n", self.code);
        for document in self.lines() {
            let codes = document["diagnostics"].as_array().unwrap();
            let codes: Vec<_> = codes
                .iter()
                .map(|each| each["code"].as_str().unwrap())
                .collect();
            let name = document["source"]["name"].as_str().unwrap();
            let form = document["form"]["id"].as_str().unwrap_or("no form");
            verdict.push_str(&format!("{name}: {form}, {}\n", codes.join(" ")));
        }
        verdict + &self.err
    }
}
