//! Files and folders that only their owner may read, on Windows: those in the user's own folders are so by what they inherit.

use std::fs::{self, File, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// Makes a folder and those above it, as far as they are not there.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Nothing: the folder inherits who may read it.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn close_folder(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Makes a file that is not there yet, to write to.
pub fn make_file(path: &Path) -> io::Result<File> {
    File::create_new(path)
}

/// Nothing: the file inherits who may read it.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn close_file(_: &File) -> io::Result<()> {
    Ok(())
}

/// Opens a file to be locked, and makes it where there is none; `None` where something stands there that is no file.
pub fn lock_file(path: &Path) -> io::Result<Option<File>> {
    if path.symlink_metadata().is_ok_and(|found| !found.is_file()) {
        return Ok(None);
    }
    let mut options = OpenOptions::new();
    let file = options
        .write(true)
        .create(true)
        .truncate(false)
        .open(path)?;
    Ok(file.metadata()?.is_file().then_some(file))
}

/// Which file it is: not told here, where nobody can delete or rename a file that is open.
pub type FileId = (u64, u64);

/// Nothing.
pub fn id(_: &Metadata) -> Option<FileId> {
    None
}

/// Whether files could be made in a folder. Only making one would tell here, so it is taken to be so: who writes is told.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn may_make_files(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Waits until a file's bytes are on the disk; only who may write to it can ask for that.
pub fn sync_file(path: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(path)?.sync_all()
}

/// Nothing: the system keeps the names of its folders in a journal, and a folder cannot be waited for.
#[expect(clippy::unnecessary_wraps, reason = "elsewhere it can fail")]
pub fn sync_folder(_: &Path) -> io::Result<()> {
    Ok(())
}
