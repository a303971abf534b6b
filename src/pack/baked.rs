//! Entries as bytes: the build script reads the bundled pack's files, so that the program need not.
//! Of the kinds that a screen reads many of at once, an entry comes back from its bytes as it was; the rest is read from
//! its file.

use std::sync::Arc;

use borsh::BorshDeserialize;

use crate::pack::address::Kind;
use crate::pack::entries::lens::Lens;
use crate::pack::entries::pack::Pack;
use crate::pack::entries::service::Service;
use crate::pack::entry::Entry;

/// An entry as bytes, without the subject of its pack; nothing of a kind that is read from its file.
#[allow(dead_code, reason = "the build script is who writes")]
pub fn write(entry: &Entry) -> Vec<u8> {
    let bytes = match entry {
        Entry::Perspective(perspective) => borsh::to_vec(perspective),
        Entry::Service(service) => borsh::to_vec(service),
        Entry::Lens(lens) => borsh::to_vec(lens),
        Entry::Lesson(_)
        | Entry::Term(_)
        | Entry::Question(_)
        | Entry::Reference(_)
        | Entry::Myth(_) => Ok(Vec::new()),
    };
    bytes.unwrap_or_default()
}

/// The entry that [`write()`] was given, as one of a pack; `None` where there are no such bytes.
pub fn read(kind: Kind, bytes: &[u8], pack: &Pack) -> Option<Entry> {
    match kind {
        Kind::Perspectives => Some(Entry::Perspective(Box::new(of(bytes)?))),
        Kind::Services => {
            let mut service: Box<Service> = Box::new(of(bytes)?);
            service.facts.subject = Arc::clone(&pack.subject);
            for state in &mut service.history {
                state.facts.subject = Arc::clone(&pack.subject);
            }
            Some(Entry::Service(service))
        }
        Kind::Lenses => {
            let mut lens: Box<Lens> = Box::new(of(bytes)?);
            lens.subject = Arc::clone(&pack.subject);
            Some(Entry::Lens(lens))
        }
        Kind::Lessons | Kind::Terms | Kind::Questions | Kind::References | Kind::Myths => None,
    }
}

fn of<T: BorshDeserialize>(bytes: &[u8]) -> Option<T> {
    T::try_from_slice(bytes).ok()
}
