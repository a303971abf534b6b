//! Files and folders that only their owner may read, and what it takes for a file to be on the disk for good.

use std::fs::{DirBuilder, File, Metadata, OpenOptions, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use rustix::fs::{Access, OFlags, access};
use rustix::io::Errno;

/// Makes a folder and those above it, as far as they are not there.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Takes a folder away from all others, whatever the mask has left them.
pub fn close_folder(folder: &Path) -> io::Result<()> {
    std::fs::set_permissions(folder, Permissions::from_mode(0o700))
}

/// Makes a file that is not there yet, to write to.
pub fn make_file(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true).mode(0o600).open(path)
}

/// Takes a file away from all others, and gives its owner the rights that a mask may have taken.
pub fn close_file(file: &File) -> io::Result<()> {
    file.set_permissions(Permissions::from_mode(0o600))
}

/// Opens a file to be locked, and makes it where there is none; `None` where something stands there that is no file.
pub fn lock_file(path: &Path) -> io::Result<Option<File>> {
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags((OFlags::NONBLOCK | OFlags::NOFOLLOW).bits().cast_signed())
        .open(path);
    let file = match file {
        // A pipe that nobody reads, a folder, a link.
        Err(error)
            if matches!(error.raw_os_error(), Some(code) if [Errno::NXIO, Errno::ISDIR, Errno::LOOP]
                .iter()
                .any(|known| known.raw_os_error() == code)) =>
        {
            return Ok(None);
        }
        opened => opened?,
    };
    let found = file.metadata()?;
    if !found.is_file() {
        return Ok(None);
    }
    if found.len() == 0 && found.permissions().mode() & 0o600 != 0o600 {
        // A mask took our own rights away. Where the file is another's, its mode stays.
        let _ = close_file(&file);
    }
    Ok(Some(file))
}

/// Which file it is, whatever its name: its disk and its number there.
pub type FileId = (u64, u64);

/// Which file it is, where the system tells.
#[expect(clippy::unnecessary_wraps, reason = "not every system tells")]
pub fn id(found: &Metadata) -> Option<FileId> {
    Some((found.dev(), found.ino()))
}

/// Whether files could be made in a folder; an error says why not.
pub fn may_make_files(folder: &Path) -> io::Result<()> {
    Ok(access(folder, Access::WRITE_OK | Access::EXEC_OK)?)
}

/// Waits until a file's bytes are on the disk.
pub fn sync_file(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Waits until the names in a folder are on the disk: a rename is there only when its folder is.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
