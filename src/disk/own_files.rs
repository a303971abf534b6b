//! Small files of the user's own beside the settings: themes, lenses. Reading them creates nothing; one is replaced at once
//! or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::disk::{private, read_named};
use crate::pack::{OwnLensFile, ReadError};

/// Most files of a folder that are read.
const MOST: usize = 100;

/// A file: its stem, where it lies, and its text.
pub struct OwnFile {
    pub stem: String,
    pub path: PathBuf,
    pub text: Result<String, ReadError>,
}

/// The TOML files of a folder in the order of their names; none where there is no such folder.
pub fn read_folder(folder: &Path) -> Vec<OwnFile> {
    let Ok(files) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let paths = files.filter_map(|file| Some(file.ok()?.path()));
    let mut paths: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|e| e == "toml"))
        .take(MOST)
        .collect();
    paths.sort();
    let read = |path: PathBuf| OwnFile {
        stem: path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        text: read_named(&path),
        path,
    };
    paths.into_iter().map(read).collect()
}

/// The same as lenses of the user's own.
pub fn read_lenses(folder: &Path) -> Vec<OwnLensFile> {
    let lens = |file: OwnFile| OwnLensFile {
        id: file.stem,
        path: file.path.to_string_lossy().into_owned(),
        text: file.text,
    };
    read_folder(folder).into_iter().map(lens).collect()
}

/// Puts a text in its place, in a folder that is made when it is not there. Only its owner can read it.
pub fn replace(folder: &Path, name: &str, text: &str) -> io::Result<()> {
    private::make_folder(folder)?;
    let draft = folder.join(format!("{name}.{}", std::process::id()));
    let written = write_new(&draft, text).and_then(|()| fs::rename(&draft, folder.join(name)));
    if written.is_err() {
        drop(fs::remove_file(&draft));
    }
    written
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    private::make_file(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_put_in_place_is_read_in_order() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("lenses/serverless");
        assert!(read_folder(&folder).is_empty());
        for (name, text) in [
            ("b.toml", "2"),
            ("a.toml", "1"),
            ("a.toml", "3"),
            ("c.md", "4"),
        ] {
            replace(&folder, name, text).unwrap();
        }
        let found = read_folder(&folder);
        let found: Vec<_> = found
            .iter()
            .map(|file| (file.stem.as_str(), file.text.as_deref().unwrap()))
            .collect();
        assert_eq!(found, [("a", "3"), ("b", "2")]);
    }
}
