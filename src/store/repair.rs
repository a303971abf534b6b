//! A damaged record: what it and its last good copy still hold, and how it is put right.
//!
//! Guarantees: every row that lies in the file whole is found, whatever became of its head, its schema and its indexes; a
//! row that does not match its checksum is never taken over; the damaged file is kept under a dated name; a kill at any
//! moment leaves the record, or the damaged file, where it was; what is lost is said in numbers.

use std::collections::HashSet;
use std::fs::{self, File};
use std::path::Path;

use crate::core::progress::{Review, ReviewId};
use crate::store::error::StoreError;
use crate::store::file::{self, BACKUP, sidecar};
use crate::store::import::broken_rules;
use crate::store::pages::PageFile;
use crate::store::rows::{LooseRow, StoredReview};
use crate::store::{backup, record};
use crate::text::measure::count;
use crate::text::timestamp::date;
use crate::text::{SafeText, Timestamp};

/// What could be gathered, and from where.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) reviews: Vec<Review>,
    pub(super) voids: Vec<ReviewId>,
    /// Reviews of the last good copy.
    copied: usize,
    /// Reviews of the damaged file that are not in the copy.
    saved: usize,
    /// Reviews that are nowhere, if it is known.
    lost: Option<usize>,
}

impl Gathered {
    /// The reviews, each with whether it was taken back.
    pub(super) fn stored(self) -> impl Iterator<Item = StoredReview> {
        let voids: HashSet<ReviewId> = self.voids.into_iter().collect();
        self.reviews.into_iter().map(move |review| StoredReview {
            undone: voids.contains(&review.id),
            review,
        })
    }

    /// Where all of it comes from, and what is lost.
    pub(super) fn words(&self, folder: &Path) -> SafeText {
        let mut words = Vec::new();
        if self.copied > 0 {
            let day = backup::last_copy(folder).unwrap_or(0);
            words.push(crate::safe!("the copy of {} is used", date(day)));
        }
        if self.saved > 0 {
            let read = count(self.saved, "answer was read", "answers were read");
            words.push(crate::safe!("{read} from it"));
        }
        if self.reviews.is_empty() {
            words.push(SafeText::ours("it begins anew"));
        }
        words.push(match self.lost {
            Some(0) => SafeText::ours("no answer is lost"),
            Some(lost) => {
                let lost = count(lost, "answer", "answers");
                crate::safe!("{lost} could not be read")
            }
            None => SafeText::ours("how many are lost is not known"),
        });
        SafeText::join(&words, "; ")
    }
}

/// Gathers what the record and its last good copy hold; makes no file.
pub(super) fn gather(folder: &Path) -> Gathered {
    let mut all = Gathered::default();
    let mut seen = HashSet::new();
    let copy = loose(&folder.join(BACKUP));
    for review in copy.reviews {
        if seen.insert(review.id) {
            all.reviews.push(review);
        }
    }
    all.copied = all.reviews.len();
    all.voids = copy.voids;
    let record = loose(&file::path(folder));
    for review in record.reviews {
        if seen.insert(review.id) {
            all.reviews.push(review);
        }
    }
    all.saved = all.reviews.len() - all.copied;
    all.voids.extend(record.voids);
    let unreadable = (record.unreadable > 0).then_some(record.unreadable);
    let missing = |must: usize| must.saturating_sub(all.reviews.len());
    all.lost = record.tally.map(missing).or(unreadable);
    all
}

/// What was read of one file.
#[derive(Default)]
struct Loose {
    reviews: Vec<Review>,
    voids: Vec<ReviewId>,
    tally: Option<usize>,
    unreadable: usize,
}

/// Reads the rows of a file page by page, in the order of their numbers.
fn loose(path: &Path) -> Loose {
    let open = |path: &Path| {
        let plain = file::length(path).is_ok_and(|length| length.is_some());
        plain.then(|| File::open(path).ok()).flatten()
    };
    let pages = PageFile::new(open(path), open(&sidecar(path, "-wal")));
    let (mut found, mut numbered) = (Loose::default(), Vec::new());
    pages.rows(|number, values| match LooseRow::of(values) {
        Some(LooseRow::Review(review, vouched)) => {
            if vouched || broken_rules(&review).is_empty() {
                numbered.push((number, review));
            } else {
                found.unreadable += 1;
            }
        }
        Some(LooseRow::Undone(id)) => found.voids.push(id),
        Some(LooseRow::Tally(reviews)) => found.tally = Some(reviews),
        Some(LooseRow::Unreadable) => found.unreadable += 1,
        None => {}
    });
    numbered.sort_by_key(|(number, _)| *number);
    found.reviews = numbered.into_iter().map(|(_, review)| review).collect();
    found
}

/// Sets a damaged record aside, and puts in its place what it and the last good copy hold. Says what was done. An error
/// when another copy of the program holds it: then it stays.
pub(super) fn set_aside(folder: &Path, now: Timestamp) -> Result<SafeText, StoreError> {
    file::make_folder(folder)?;
    let _alone = file::lock(folder, true)?;
    let path = file::path(folder);
    let all = gather(folder);
    let words = all.words(folder);
    let made = || {
        let ready = backup::unchecked(folder, now);
        record::make(&ready, &all.reviews, &all.voids).inspect_err(|_| {
            let _ = fs::remove_file(&ready);
        })?;
        Ok::<_, StoreError>(ready)
    };
    if !all.reviews.is_empty() {
        // Should this be ended before its end, the copy has all of it.
        let copy = folder.join(BACKUP);
        if file::length(&copy)?.is_some() && backup::reviews(&copy).is_err() {
            fs::rename(&copy, backup::unused(folder, "progress.damaged-copy-", now))?;
        }
        backup::rename(&made()?, &copy)?;
    }
    let ready = made()?;
    let length = file::length(&path)?;
    let aside = backup::unused(folder, "progress.damaged-", now);
    put_aside(&path, &aside)?;
    backup::rename(&ready, &path)?;
    let mut notice = match length {
        None => SafeText::ours("the record was missing"),
        Some(_) => {
            let aside = SafeText::line(&aside.to_string_lossy());
            crate::safe!("the record was damaged and is kept as {aside}")
        }
    };
    notice.push(&crate::safe!("; {words}"));
    Ok(notice)
}

/// The damaged file gets a second name, its log goes along, and only then its first name is free. Where there are no
/// second names, it is renamed.
fn put_aside(path: &Path, aside: &Path) -> Result<(), StoreError> {
    let linked = fs::hard_link(path, aside).is_ok();
    let log = sidecar(path, "-wal");
    if log.exists() {
        fs::rename(&log, sidecar(aside, "-wal"))?;
    }
    for ending in ["-shm", "-journal"] {
        let _ = fs::remove_file(sidecar(path, ending));
    }
    if !linked && path.exists() {
        fs::rename(path, aside)?;
    }
    Ok(())
}
