//! The small file with what the app remembers, in the folder of progress.
//! Guarantee: it is read whole or not at all, and replaced at once or not at all; only its owner can read it.

use std::io;
use std::path::Path;

use crate::disk::own_files::replace;
use crate::disk::read_named;

/// The file's name.
pub const FILE: &str = "view.json";

/// Its text; `None` where there is none, or it cannot be read.
pub fn read(folder: &Path) -> Option<String> {
    read_named(&folder.join(FILE)).ok()
}

/// Puts a text in its place.
pub fn write(folder: &Path, text: &str) -> io::Result<()> {
    replace(folder, FILE, text)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state/tozero");
        assert_eq!(read(&state), None);
        for text in ["{}", "{\"theme\":\"dark\"}"] {
            write(&state, text).unwrap();
            assert_eq!(read(&state).as_deref(), Some(text));
        }
        assert_eq!(fs::read_dir(&state).unwrap().count(), 1);
    }

    #[test]
    fn where_nothing_can_be_written_nothing_is_lost() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "mine").unwrap();
        assert!(write(&folder.path().join("file"), "{}").is_err());
        assert_eq!(
            fs::read_to_string(folder.path().join("file")).unwrap(),
            "mine"
        );
    }
}
