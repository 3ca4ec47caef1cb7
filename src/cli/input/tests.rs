use std::fs;
use std::path::{Path, PathBuf};

use super::{Input, Walk};

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for path in [
        "b.txt",
        "a/z.txt",
        "a/2021/x.md",
        "a.txt",
        ".hidden",
        "a/.git/c.txt",
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "").unwrap();
    }
    folder
}

fn walked(root: &Path, patterns: &[&str], output: Option<&Path>) -> String {
    let patterns: Vec<String> = patterns.iter().map(|&pattern| pattern.to_owned()).collect();
    let walk = Walk::new(&[root.to_path_buf()], &patterns, &[output]).unwrap();
    let names = walk.map(|input| match input {
        Input::File(path) => path.strip_prefix(root).unwrap().display().to_string(),
        other => panic!("no file: {other:?}"),
    });
    names.collect::<Vec<_>>().join(" ")
}

#[test]
fn folders_are_walked_by_path() {
    let folder = folder();
    let root = folder.path();
    insta::assert_snapshot!(walked(root, &[], None), @"a/2021/x.md a/z.txt a.txt b.txt");
    insta::assert_snapshot!(walked(root, &["*.txt"], None), @"a/z.txt a.txt b.txt");
    insta::assert_snapshot!(walked(root, &["a/*", "b*"], None), @"a/z.txt b.txt");
    insta::assert_snapshot!(walked(root, &["**/2021/**"], None), @"a/2021/x.md");
    insta::assert_snapshot!(walked(root, &[], Some(&root.join("a.txt"))), @"a/2021/x.md a/z.txt b.txt");
}

#[cfg(unix)]
#[test]
fn links_to_folders_are_not_followed() {
    let folder = folder();
    let root = folder.path();
    std::os::unix::fs::symlink(root, root.join("a/loop")).unwrap();
    std::os::unix::fs::symlink(root.join("b.txt"), root.join("a/link")).unwrap();
    std::os::unix::fs::symlink(root.join("none"), root.join("a/nowhere")).unwrap();
    insta::assert_snapshot!(
        walked(root, &["a/*"], None),
        @"a/link a/nowhere a/z.txt"
    );
}

#[test]
fn wrong_wishes_are_refused() {
    let wrong = |paths: &[&str], pattern: &str| {
        let paths: Vec<PathBuf> = paths.iter().map(PathBuf::from).collect();
        Walk::new(&paths, &[pattern.to_owned()], &[])
            .unwrap_err()
            .to_string()
    };
    insta::assert_snapshot!(wrong(&["-", "-"], "*"), @"`-` is named twice");
    insta::assert_snapshot!(
        wrong(&["a"], "[z"),
        @"wrong pattern `[z`: unclosed character class; missing ']'"
    );
}
