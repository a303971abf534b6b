//! Rows of a SQLite file read page by page, without the database: what a damaged file still holds.
//!
//! Every row that the database could reach through a table or an index lies in a leaf page of a table, and those are known
//! by themselves, so that neither a head nor a schema nor an inner page is needed. What a row is, whoever asks must tell by
//! its values. Guarantees: no byte stops the reading; a file is read with the memory of a few pages.
//! The forms are those of <https://sqlite.org/fileformat2.html>, sections 1.3, 1.6, 2.1, 4.1 and 4.2.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

use rusqlite::types::ValueRef;

/// Size of a page where the head does not say it.
const USUAL: usize = 4096;
/// The first byte of a leaf page of a table.
const LEAF: u8 = 0x0d;
/// What every database file begins with.
pub(super) const MAGIC: &[u8] = b"SQLite format 3\0";
/// Bytes at the beginning of a log, and before each of its pages.
const LOG: u64 = 32;
const FRAME: u64 = 24;
/// Most bytes of one row: far more than a review needs.
const LONGEST: usize = 1 << 16;
/// Most pages that are read: 4 GiB of the usual size.
const MOST: u64 = 1 << 20;

/// A file of pages, and the log of pages that has not been written into it yet.
pub(super) struct PageFile {
    file: Option<File>,
    log: Option<File>,
    size: usize,
    /// Bytes at the end of each page that hold no rows.
    reserved: usize,
}

impl PageFile {
    pub(super) fn new(file: Option<File>, log: Option<File>) -> Self {
        let head = file.as_ref().and_then(|file| bytes(file, 0, 100));
        let head = head.filter(|head| head.starts_with(MAGIC));
        let said = head.as_ref().and_then(|head| short(head, 16));
        let size = match said {
            Some(1) => 65_536,
            Some(size) if size.is_power_of_two() && size >= 512 => size,
            _ => USUAL,
        };
        let reserved = head.map_or(0, |head| usize::from(head.get(20).copied().unwrap_or(0)));
        Self {
            file,
            log,
            size,
            reserved: if reserved > 64 { 0 } else { reserved },
        }
    }

    /// Hands over the number and the values of every row of every table, those of the log last.
    pub(super) fn rows(&self, mut each: impl FnMut(i64, &[ValueRef<'_>])) {
        let pages = |file: &File, length: u64| {
            let bytes = file.metadata().map_or(0, |found| found.len());
            (bytes / length).min(MOST)
        };
        if let Some(file) = &self.file {
            for n in 0..pages(file, self.size as u64) {
                if let Some(page) = bytes(file, n * self.size as u64, self.size) {
                    self.page(&page, if n == 0 { 100 } else { 0 }, &mut each);
                }
            }
        }
        let Some(log) = self.log.as_ref() else { return };
        let frame = FRAME + self.size as u64;
        let salts = LogHead::of(log).map_or_else(|| bytes(log, LOG + 8, 8), |h| Some(h.salts));
        for n in 0..pages(log, frame) {
            let Some(whole) = bytes(log, LOG + n * frame, frame as usize) else {
                return;
            };
            // Frames of an earlier round are still there; what they held may have been dropped since.
            if !salts
                .as_ref()
                .is_some_and(|salts| is_of_round(&whole, salts))
            {
                continue;
            }
            let first = long(&whole, 0) == Some(1);
            if let Some(page) = whole.get(FRAME as usize..) {
                self.page(page, if first { 100 } else { 0 }, &mut each);
            }
        }
    }

    fn page(&self, page: &[u8], start: usize, each: &mut impl FnMut(i64, &[ValueRef<'_>])) {
        if page.get(start) != Some(&LEAF) {
            return;
        }
        let cells = short(page, start + 3).unwrap_or(0);
        for n in 0..cells {
            let Some(at) = short(page, start + 8 + 2 * n) else {
                return;
            };
            if let Some((number, row)) = self.cell(page, at)
                && let Some(values) = values(&row)
            {
                each(number, &values);
            }
        }
    }

    /// The number and the bytes of a row: those that stand in the page, and those that overflow into others.
    fn cell(&self, page: &[u8], at: usize) -> Option<(i64, Vec<u8>)> {
        let mut rest = page.get(at..)?;
        let length = usize::try_from(varint(&mut rest)?).ok()?;
        let number = varint(&mut rest)?;
        if length > LONGEST {
            return None;
        }
        let usable = self.size - self.reserved;
        let (most, least) = (usable - 35, (usable - 12) * 32 / 255 - 23);
        if length <= most {
            return Some((number, rest.get(..length)?.to_vec()));
        }
        let wished = least + (length - least) % (usable - 4);
        let local = if wished <= most { wished } else { least };
        let mut row = rest.get(..local)?.to_vec();
        let mut next = long(rest, local)?;
        while row.len() < length {
            let page = self.numbered(next)?;
            next = long(&page, 0)?;
            let more = (usable - 4).min(length - row.len());
            row.extend(page.get(4..4 + more)?);
        }
        Some((number, row))
    }

    /// A page of the file by its number, from 1.
    fn numbered(&self, number: u64) -> Option<Vec<u8>> {
        let at = number.checked_sub(1)?.checked_mul(self.size as u64)?;
        bytes(self.file.as_ref()?, at, self.size)
    }
}

/// Whether a log ends where its last round does: no page of that round is left out for a wrong checksum. A page that was
/// not written to its end does not count, since nobody was told of what it holds.
pub(super) fn is_whole_log(log: &File) -> bool {
    let Some(head) = LogHead::of(log) else {
        // A head alone is written before any page.
        return bytes(log, 0, LOG as usize + FRAME as usize + 512).is_none();
    };
    let (frame, mut sum, mut is_sound) = (FRAME as usize + head.size, head.sum, true);
    let mut frames = (0..MOST).map_while(|n| bytes(log, LOG + n * frame as u64, frame));
    frames.all(|whole| {
        if is_sound {
            let (start, page) = whole.split_at(FRAME as usize);
            let (begin, end) = start.split_at(16);
            sum = head.checksum(head.checksum(sum, &begin[..8]), page);
            is_sound = begin.ends_with(&head.salts) && *end == joined(sum);
        }
        is_sound || !is_of_round(&whole, &head.salts)
    })
}

/// Whether a page in a log is of a round: one of its two salts is enough, since those of an earlier round are both others.
fn is_of_round(frame: &[u8], salts: &[u8]) -> bool {
    let of = |bytes: &[u8], at: usize| bytes.get(at..at + 4).map(<[u8]>::to_vec);
    [0, 4].iter().any(|n| of(frame, 8 + n) == of(salts, *n))
}

/// What the head of a log says.
struct LogHead {
    /// The order of bytes in what is summed.
    is_big: bool,
    size: usize,
    salts: Vec<u8>,
    sum: [u32; 2],
}

impl LogHead {
    /// The head of a log; `None` where it is wrong by its own checksum.
    fn of(log: &File) -> Option<Self> {
        let head = bytes(log, 0, LOG as usize)?;
        let magic = long(&head, 0)?;
        let size = usize::try_from(long(&head, 8)?).ok()?;
        let known = magic & !1 == 0x377f_0682 && size.is_power_of_two();
        let mut read = Self {
            is_big: magic & 1 == 1,
            size,
            salts: head.get(16..24)?.to_vec(),
            sum: [0; 2],
        };
        read.sum = read.checksum([0; 2], head.get(..24)?);
        let fits = known && (512..=65_536).contains(&size) && head.get(24..32)? == joined(read.sum);
        fits.then_some(read)
    }

    /// The checksum of a log, gone on with over these bytes.
    fn checksum(&self, sum: [u32; 2], bytes: &[u8]) -> [u32; 2] {
        let word = |four: &[u8]| {
            let four = four.try_into().unwrap_or_default();
            match self.is_big {
                true => u32::from_be_bytes(four),
                false => u32::from_le_bytes(four),
            }
        };
        bytes.chunks_exact(8).fold(sum, |[a, b], eight| {
            let (first, second) = eight.split_at(4);
            let a = a.wrapping_add(word(first)).wrapping_add(b);
            [a, b.wrapping_add(word(second)).wrapping_add(a)]
        })
    }
}

/// A checksum as it is written.
fn joined(sum: [u32; 2]) -> [u8; 8] {
    (u64::from(sum[0]) << 32 | u64::from(sum[1])).to_be_bytes()
}

/// The values of a row: first their kinds, then their bytes.
fn values(row: &[u8]) -> Option<Vec<ValueRef<'_>>> {
    let mut kinds = row;
    let head = usize::try_from(varint(&mut kinds)?).ok()?;
    let mut kinds = row.get(row.len() - kinds.len()..head)?;
    let mut rest = row.get(head..)?;
    let mut found = Vec::new();
    while !kinds.is_empty() {
        let kind = varint(&mut kinds)?;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind,
            5 => 6,
            6 | 7 => 8,
            _ => kind.checked_sub(12)? / 2,
        };
        let (bytes, after) = rest.split_at_checked(usize::try_from(length).ok()?)?;
        rest = after;
        found.push(match kind {
            0 => ValueRef::Null,
            8 | 9 => ValueRef::Integer(kind - 8),
            1..=6 => ValueRef::Integer(signed(bytes)),
            7 => ValueRef::Real(f64::from_bits(signed(bytes).cast_unsigned())),
            _ if kind % 2 == 0 => ValueRef::Blob(bytes),
            _ => ValueRef::Text(bytes),
        });
    }
    Some(found)
}

/// A number of up to eight bytes, the greatest first, with its sign.
fn signed(bytes: &[u8]) -> i64 {
    let negative = bytes.first().is_some_and(|b| *b >= 0x80);
    let begin = if negative { -1 } else { 0 };
    bytes
        .iter()
        .fold(begin, |sum: i64, b| sum << 8 | i64::from(*b))
}

/// A number of one to nine bytes, seven bits in each but the last.
fn varint(rest: &mut &[u8]) -> Option<i64> {
    let mut sum: u64 = 0;
    for n in 0..9 {
        let (byte, after) = rest.split_first()?;
        *rest = after;
        if n == 8 {
            return Some((sum << 8 | u64::from(*byte)).cast_signed());
        }
        sum = sum << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(sum.cast_signed())
}

fn short(bytes: &[u8], at: usize) -> Option<usize> {
    let two = bytes.get(at..at + 2)?;
    Some(usize::from(u16::from_be_bytes(two.try_into().ok()?)))
}

fn long(bytes: &[u8], at: usize) -> Option<u64> {
    let four = bytes.get(at..at + 4)?;
    Some(u64::from(u32::from_be_bytes(four.try_into().ok()?)))
}

/// So many bytes of a file from a place on; `None` where it is shorter.
fn bytes(mut file: &File, at: u64, length: usize) -> Option<Vec<u8>> {
    let mut bytes = vec![0; length];
    file.seek(SeekFrom::Start(at)).ok()?;
    file.read_exact(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use rusqlite::Connection;
    use rusqlite::types::Value;

    use super::*;

    fn read(path: &std::path::Path, log: Option<&std::path::Path>) -> Vec<(i64, Vec<Value>)> {
        let open = |path: &std::path::Path| File::open(path).unwrap();
        let mut found = Vec::new();
        PageFile::new(Some(open(path)), log.map(open)).rows(|number, values| {
            found.push((
                number,
                values
                    .iter()
                    .map(|v| Value::try_from(*v).unwrap())
                    .collect(),
            ));
        });
        found
    }

    #[test]
    fn rows_are_read_as_the_database_reads_them() {
        let folder = tempfile::tempdir().unwrap();
        for size in [512, 4096, 65_536] {
            let path = folder.path().join(format!("{size}.sqlite3"));
            let database = Connection::open(&path).unwrap();
            let make = format!("PRAGMA page_size = {size}; CREATE TABLE t (a, b)");
            database.execute_batch(&make).unwrap();
            let long = "x".repeat(20_000);
            let texts = ["", "words", &long];
            let numbers = [0, 1, -1, 127, -129, 40_000, -9_000_000, 1 << 40, i64::MIN];
            let mut expected = Vec::new();
            for (n, number) in numbers.into_iter().enumerate() {
                let row = [
                    Value::Integer(number),
                    [
                        Value::Text(texts[n % 3].to_owned()),
                        Value::Blob(vec![7; n]),
                        Value::Real(0.5),
                        Value::Null,
                    ][n % 4]
                        .clone(),
                ];
                database
                    .execute("INSERT INTO t VALUES (?1, ?2)", row.clone())
                    .unwrap();
                expected.push((n as i64 + 1, row.to_vec()));
            }
            drop(database);
            let mut found = read(&path, None);
            // The schema is a table too.
            assert_eq!(
                found.remove(0).1[0],
                Value::Text("table".to_owned()),
                "{size}"
            );
            assert_eq!(found, expected, "{size}");
        }
    }

    #[test]
    fn the_log_is_read_too() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("db");
        let database = Connection::open(&path).unwrap();
        database
            .execute_batch(
                "PRAGMA journal_mode = WAL; CREATE TABLE t (a); INSERT INTO t VALUES (5)",
            )
            .unwrap();
        let log = folder.path().join("db-wal");
        let found = read(&path, Some(&log));
        assert!(found.contains(&(1, vec![Value::Integer(5)])), "{found:?}");
    }
}
