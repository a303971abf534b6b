//! A damaged record: what it and its last good copy still hold, and how it is put right.
//!
//! Guarantees: every row that lies in the file whole is found, whatever became of its head, its schema and its indexes; a
//! row that does not match its checksum is never taken over; the damaged file is kept under a dated name; a kill at any
//! moment leaves the record, or the damaged file, where it was; what is lost is said in numbers.

use std::collections::{BTreeSet, HashSet};
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use crate::clock;
use crate::core::progress::{Review, ReviewId};
use crate::disk::private;
use crate::store::backup::CopyState;
use crate::store::error::StoreError;
use crate::store::file::{self, BACKUP, sidecar};
use crate::store::import::broken_rules;
use crate::store::pages::PageFile;
use crate::store::record::HeldRows;
use crate::store::rows::LooseRow;
use crate::store::{backup, record};
use crate::text::measure::count;
use crate::text::timestamp::date;
use crate::text::{SafeText, Timestamp};

/// What could be gathered, and from where.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) rows: HeldRows,
    /// Reviews of the last good copy.
    copied: usize,
    /// Reviews of the damaged file that are not in the copy.
    saved: usize,
    /// Reviews that are nowhere, if it is known.
    lost: Option<usize>,
    /// What was taken back and is no longer known to be, as far as it is known.
    lost_voids: usize,
}

impl Gathered {
    /// Where all of it comes from, and what is lost.
    pub(super) fn words(&self, folder: &Path) -> SafeText {
        let mut words = Vec::new();
        if self.copied > 0 {
            let day = backup::day_of(&folder.join(BACKUP)).unwrap_or(0);
            words.push(crate::safe!("the copy of {} is used", date(day)));
        }
        if self.saved > 0 {
            let read = count(self.saved, "answer was read", "answers were read");
            words.push(crate::safe!("{read} from it"));
        }
        if self.rows.reviews.is_empty() {
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
        if self.lost_voids > 0 {
            let one = "answer that was taken back may count again";
            let many = "answers that were taken back may count again";
            words.push(count(self.lost_voids, one, many));
        }
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
            all.rows.reviews.push(review);
        }
    }
    all.copied = seen.len();
    let record = loose(&file::path(folder));
    for review in record.reviews {
        if seen.insert(review.id) {
            all.rows.reviews.push(review);
        }
    }
    all.saved = seen.len() - all.copied;
    let voids: BTreeSet<ReviewId> = copy.voids.into_iter().chain(record.voids).collect();
    let lack = |must: usize, found: usize| must.saturating_sub(found);
    let unreadable = (record.unreadable > 0).then_some(record.unreadable);
    all.lost = record.tally.map(|(must, _)| lack(must, seen.len()));
    all.lost = all.lost.or(unreadable);
    // An answer that is gone itself does not count again; which those are, nobody knows.
    let must = record.tally.map(|(_, must)| lack(must, voids.len()));
    all.lost_voids = must.unwrap_or(record.unreadable_voids).min(seen.len());
    all.rows.voids = voids.into_iter().collect();
    all
}

/// What was read of one file.
#[derive(Default)]
struct Loose {
    reviews: Vec<Review>,
    voids: Vec<ReviewId>,
    /// How many reviews there must be, and how many of them taken back.
    tally: Option<(usize, usize)>,
    unreadable: usize,
    unreadable_voids: usize,
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
        Some(LooseRow::Tally(reviews, voids)) => found.tally = Some((reviews, voids)),
        Some(LooseRow::Unreadable) => found.unreadable += 1,
        Some(LooseRow::UnreadableVoid) => found.unreadable_voids += 1,
        None => {}
    });
    numbered.sort_by_key(|(number, _)| *number);
    found.reviews = numbered.into_iter().map(|(_, review)| review).collect();
    found
}

/// Sets a damaged record aside, and puts in its place what it and the last good copy hold. Says what was done. An error
/// when another copy of the program holds it, or when the last good copy may have what cannot be seen in it now: then
/// everything stays as it is.
pub(super) fn set_aside(folder: &Path, now: Timestamp) -> Result<SafeText, StoreError> {
    file::make_folder(folder)?;
    let _alone = file::lock(folder, true)?;
    let _making = file::lock_making(folder)?;
    let (path, copy) = (file::path(folder), folder.join(BACKUP));
    let held = backup::held(&copy).map_err(|error| StoreError::Refused(backup::why(&error)))?;
    let all = gather(folder);
    let words = all.words(folder);
    let made = || {
        let ready = backup::unchecked(folder, now);
        record::make(&ready, &all.rows).inspect_err(|_| {
            let _ = fs::remove_file(&ready);
        })?;
        Ok::<_, StoreError>(ready)
    };
    if !all.rows.reviews.is_empty() {
        // Should this be ended before its end, the copy has all of it.
        if held == CopyState::Damaged {
            backup::keep_as(&copy, backup::DAMAGED, now)?;
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

/// Puts a record with these in the place of one that is missing, if it still is; where something is lacking, the last good
/// copy may have it, and a repair finds that.
pub(super) fn put_back(folder: &Path, held: &HeldRows) -> Result<(), StoreError> {
    file::make_folder(folder)?;
    // From here on it is missing for all who would make it, or for none.
    let _making = file::lock_making(folder)?;
    let (path, now) = (file::path(folder), clock::now());
    if held.lacking || held.reviews.is_empty() || file::length(&path)?.is_some() {
        return Ok(());
    }
    let ready = backup::unchecked(folder, now);
    let made = record::make(&ready, held).and_then(|()| {
        // A log that was left behind belongs to the one that is missing, and holds nothing that is not held.
        put_aside(&path, &backup::unused(folder, "progress.damaged-", now))?;
        // Of several that try, one does; where there are no second names, the last.
        match fs::hard_link(&ready, &path) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => backup::rename(&ready, &path),
            _ => Ok(private::sync_folder(folder)?),
        }
    });
    let _ = fs::remove_file(&ready);
    made
}

/// The damaged file gets a second name, its log goes along, and only then its first name is free. Where there are no
/// second names, it is renamed.
fn put_aside(path: &Path, aside: &Path) -> Result<(), StoreError> {
    let linked = fs::hard_link(path, aside).is_ok();
    for ending in ["-wal", "-journal"] {
        let log = sidecar(path, ending);
        if log.exists() {
            fs::rename(&log, sidecar(aside, ending))?;
        }
    }
    let _ = fs::remove_file(sidecar(path, "-shm"));
    if !linked && path.exists() {
        fs::rename(path, aside)?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "repair_tests.rs"]
mod repair_tests;
