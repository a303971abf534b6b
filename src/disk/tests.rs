//! A folder with everything in it that a pack must not be able to do.
//! Each hostile thing is refused for its own reason, and the sound files next to it are read.

use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use rustix::fs::{CWD, Mode};

use super::*;
use crate::disk::write::NotWritten;

struct Pack {
    /// Deleted when dropped.
    whole: tempfile::TempDir,
    folder: Folder,
}

impl Pack {
    /// A pack `pack/` next to a secret.
    fn new() -> Self {
        let whole = tempfile::tempdir().unwrap();
        let root = whole.path().join("pack");
        std::fs::create_dir_all(root.join("terms")).unwrap();
        std::fs::write(root.join("pack.toml"), "head").unwrap();
        std::fs::write(root.join("terms/cold-start.md"), "text").unwrap();
        std::fs::create_dir(whole.path().join("outside")).unwrap();
        std::fs::write(whole.path().join("outside/secret.md"), "secret").unwrap();
        let folder = Folder::open(&root).unwrap();
        Self { whole, folder }
    }

    fn at(&self, path: &str) -> PathBuf {
        self.whole.path().join("pack").join(path)
    }

    #[track_caller]
    fn reads(&self, path: &str, expected: Result<&str, ReadError>) {
        let read = self.folder.read(path).map(Cow::into_owned);
        assert_eq!(read, expected.map(str::to_owned), "{path:?}");
    }

    #[track_caller]
    fn lists(&self, expected: &[&str], left_out: &[(&str, ReadError)]) {
        assert_eq!(self.folder.list("terms"), expected);
        let left_out: Vec<_> = left_out
            .iter()
            .map(|(path, why)| ((*path).to_owned(), why.clone()))
            .collect();
        let mut met = self.folder.left_out();
        met.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(met, left_out);
    }
}

#[test]
fn files_are_listed_and_read() {
    let pack = Pack::new();
    std::fs::write(pack.at("terms/.hidden.md"), "").unwrap();
    std::fs::create_dir(pack.at("terms/deeper")).unwrap();
    pack.lists(&["terms/cold-start.md"], &[]);
    assert_eq!(pack.folder.list(""), ["pack.toml"]);
    assert_eq!(pack.folder.list("nowhere"), [""; 0]);
    assert_eq!(pack.folder.left_out(), []);
    pack.reads("pack.toml", Ok("head"));
    pack.reads("terms/cold-start.md", Ok("text"));
    pack.reads("terms/none.md", Err(ReadError::Missing));
    pack.reads("terms", Err(ReadError::NotAFile));
    pack.reads("pack.toml/x.md", Err(ReadError::NotAFile));
}

#[test]
fn paths_that_lead_out_are_refused() {
    let pack = Pack::new();
    let secret = pack.whole.path().join("outside/secret.md");
    let absolute = secret.to_str().unwrap();
    for path in [
        "../outside/secret.md",
        "terms/../../outside/secret.md",
        "..",
        "",
        "/",
        "a//b",
        "./pack.toml",
        absolute,
    ] {
        pack.reads(path, Err(ReadError::Escapes));
    }
    for path in [
        "..\\outside\\secret.md",
        "pack.toml\0",
        "file:///etc/passwd",
    ] {
        pack.reads(path, Err(ReadError::Escapes));
    }
    pack.reads("~/secret.md", Err(ReadError::Missing));
    pack.reads(".git/config", Err(ReadError::Name));
    assert!(matches!(
        pack.folder.read("a/b/c/d/e/f/g/h/i/j.md"),
        Err(ReadError::System(_))
    ));
    assert_eq!(pack.folder.list("../outside"), [""; 0]);
    assert_eq!(
        pack.folder.left_out(),
        [("../outside".to_owned(), ReadError::Escapes)]
    );
}

#[test]
fn links_are_held_to_the_folder() {
    let pack = Pack::new();
    symlink("../../outside/secret.md", pack.at("terms/out.md")).unwrap();
    symlink(
        pack.whole.path().join("outside/secret.md"),
        pack.at("terms/absolute.md"),
    )
    .unwrap();
    symlink("loop.md", pack.at("terms/loop.md")).unwrap();
    symlink("nothing.md", pack.at("terms/dangling.md")).unwrap();
    symlink("cold-start.md", pack.at("terms/within.md")).unwrap();
    symlink("../outside", pack.at("lessons")).unwrap();
    pack.lists(
        &["terms/cold-start.md", "terms/within.md"],
        &[
            ("terms/absolute.md", ReadError::Escapes),
            ("terms/dangling.md", ReadError::Missing),
            ("terms/loop.md", ReadError::Escapes),
            ("terms/out.md", ReadError::Escapes),
        ],
    );
    for path in [
        "terms/out.md",
        "terms/absolute.md",
        "terms/loop.md",
        "lessons/secret.md",
    ] {
        pack.reads(path, Err(ReadError::Escapes));
    }
    pack.reads("terms/within.md", Ok("text"));
    assert_eq!(pack.folder.list("lessons"), [""; 0]);
    assert!(
        pack.folder
            .left_out()
            .contains(&("lessons".to_owned(), ReadError::Escapes))
    );
}

#[test]
fn without_the_systems_help_no_link_is_followed() {
    let pack = Pack::new();
    symlink("cold-start.md", pack.at("terms/within.md")).unwrap();
    symlink("../outside", pack.at("lessons")).unwrap();
    let open = |path| {
        let opened = pack.folder.root.file_without_help(path);
        opened.map(|file| read_open(file).0.unwrap())
    };
    assert_eq!(open("terms/cold-start.md"), Ok("text".to_owned()));
    assert_eq!(open("pack.toml"), Ok("head".to_owned()));
    assert_eq!(open("terms/within.md"), Err(ReadError::Escapes));
    assert!(matches!(
        open("lessons/secret.md"),
        Err(ReadError::Escapes | ReadError::NotAFile)
    ));
    assert_eq!(open("terms/none.md"), Err(ReadError::Missing));
}

/// Somebody swaps a file for a link and back, as fast as they can.
#[test]
fn swapping_a_link_in_never_leads_out() {
    let pack = Pack::new();
    let (file, link) = (pack.at("terms/cold-start.md"), pack.at("terms/link"));
    let root = pack.at("");
    let stop = std::sync::atomic::AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !stop.load(std::sync::atomic::Ordering::Relaxed) {
                let _ = symlink("../../outside/secret.md", &link);
                let _ = std::fs::rename(&link, &file);
                let _ = std::fs::write(root.join("terms/new"), "text");
                let _ = std::fs::rename(root.join("terms/new"), &file);
            }
        });
        for _ in 0..5000 {
            let read = pack.folder.read("terms/cold-start.md");
            assert!(
                !matches!(&read, Ok(text) if text.contains("secret")),
                "{read:?}"
            );
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
    });
}

#[test]
fn what_is_no_file_is_never_waited_for() {
    let pack = Pack::new();
    let fifo = Mode::from_raw_mode(0o600);
    rustix::fs::mkfifoat(CWD, pack.at("terms/pipe.md"), fifo).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(pack.at("terms/socket.md")).unwrap();
    std::fs::create_dir(pack.at("terms/folder.md")).unwrap();
    pack.lists(
        &["terms/cold-start.md"],
        &[
            ("terms/folder.md", ReadError::NotAFile),
            ("terms/pipe.md", ReadError::NotAFile),
            ("terms/socket.md", ReadError::NotAFile),
        ],
    );
    for path in ["terms/folder.md", "terms/pipe.md", "terms/socket.md"] {
        pack.reads(path, Err(ReadError::NotAFile));
    }
    assert_eq!(read_named(Path::new("/dev/zero")), Err(ReadError::NotAFile));
}

#[test]
fn sizes_and_bytes_are_checked() {
    let pack = Pack::new();
    let write =
        |name: &str, bytes: &[u8]| std::fs::write(pack.at("terms").join(name), bytes).unwrap();
    write("full.md", &vec![b'x'; 1 << 20]);
    write("large.md", &vec![b'x'; (1 << 20) + 1]);
    write("latin.md", b"caf\xe9");
    write("empty.md", b"");
    let sparse = File::create(pack.at("terms/sparse.md")).unwrap();
    sparse.set_len(1 << 40).unwrap();
    assert_eq!(pack.folder.read("terms/full.md").unwrap().len(), 1 << 20);
    pack.reads("terms/large.md", Err(ReadError::TooLarge));
    pack.reads("terms/sparse.md", Err(ReadError::TooLarge));
    pack.reads("terms/latin.md", Err(ReadError::NotUtf8(3)));
    pack.reads("terms/empty.md", Ok(""));
    // A file that tells no size is counted while it is read.
    assert!(read_named(Path::new("/proc/self/status")).is_ok_and(|text| text.contains("Pid")));
}

#[test]
fn odd_names_are_left_out_and_shown_clean() {
    let pack = Pack::new();
    for name in [
        b"\xff.md".as_slice(),
        b"a\nb.md",
        b"\x1b[2J.md",
        b"a\\b.md",
        b"-x.md",
        b"with space.md",
    ] {
        std::fs::write(pack.at("terms").join(OsStr::from_bytes(name)), "").unwrap();
    }
    pack.lists(
        &["terms/-x.md", "terms/cold-start.md", "terms/with space.md"],
        &[
            ("terms/a b.md", ReadError::Name),
            ("terms/a\\b.md", ReadError::Name),
            ("terms/\u{241b}[2J.md", ReadError::Name),
            ("terms/\u{fffd}.md", ReadError::Name),
        ],
    );
}

#[test]
fn the_folder_may_go_away() {
    let pack = Pack::new();
    std::fs::remove_dir_all(pack.at("")).unwrap();
    assert_eq!(pack.folder.list("terms"), [""; 0]);
    pack.reads("pack.toml", Err(ReadError::Missing));
    assert!(matches!(
        Folder::open(&pack.at("")),
        Err(ReadError::Missing)
    ));
    assert!(matches!(
        Folder::open(Path::new("/dev/null")),
        Err(ReadError::NotAFile)
    ));
}

/// What it costs is measured by the benches.
#[test]
fn listing_takes_many_names_in_order() {
    let pack = Pack::new();
    std::fs::create_dir(pack.at("many")).unwrap();
    let first = pack.at("many/term-000000.md");
    std::fs::write(&first, "").unwrap();
    for n in 1..50_000 {
        std::fs::hard_link(&first, pack.at(&format!("many/term-{n:06}.md"))).unwrap();
    }
    let names = pack.folder.list("many");
    assert_eq!(
        (names.len(), names.first().map(String::as_str)),
        (50_000, Some("many/term-000000.md"))
    );
    assert!(names.is_sorted());
}

#[test]
fn too_many_names_are_cut_off_and_said() {
    let pack = Pack::new();
    for name in ["a.md", "b.md", "c.md"] {
        std::fs::write(pack.at("terms").join(name), "").unwrap();
    }
    let mut listed = FolderListing::default();
    let names = pack.folder.entries("terms", 3, &mut listed).unwrap();
    assert_eq!(names.len(), 3);
    assert_eq!(listed.left_out, [("terms".to_owned(), ReadError::TooMany)]);
}

#[test]
fn a_new_tree_changes_nothing_that_exists() {
    let whole = tempfile::tempdir().unwrap();
    let folder = whole.path().join("new/pack");
    let files = [
        ("pack.toml", "head"),
        ("terms/deep/a.md", "text"),
        ("terms/b.md", "more"),
    ];
    assert_eq!(write_new_tree(&folder, files), Ok(3));
    let read = Folder::open(&folder).unwrap();
    assert_eq!(read.read("terms/deep/a.md").as_deref(), Ok("text"));
    assert_eq!(write_new_tree(&folder, files), Err(NotWritten::NotEmpty));
    assert_eq!(
        write_new_tree(&folder.join("pack.toml"), files),
        Err(NotWritten::NotAFolder)
    );
    assert_eq!(
        write_new_tree(&whole.path().join("twice"), [("a", "1"), ("a", "2")])
            .unwrap_err()
            .why()
            .as_str(),
        "a could not be written: something of that name is there already"
    );
    for bad in ["../escape.md", "/etc/x", "a/../../b"] {
        let refused = write_new_tree(&whole.path().join(bad.replace('/', "-")), [(bad, "")]);
        assert_eq!(
            refused,
            Err(NotWritten::File(SafeText::line(bad), ReadError::Escapes))
        );
    }
}
