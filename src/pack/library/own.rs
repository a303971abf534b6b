//! The user's own lenses in a library: they stand behind those of the pack, so that no place of an entry changes.

use std::sync::Arc;

use crate::pack::address::Kind;
use crate::pack::entries::lens::Lens;
use crate::pack::entry::Entry;
use crate::pack::library::{Library, Slot};
use crate::pack::own_lenses::{OwnLensFile, OwnLenses};

impl Library {
    /// The same pack with the user's own lenses behind its own, in place of those it had. What is wrong with them is told
    /// by [`Library::own_lenses`]; a lens with errors is left out.
    #[must_use]
    pub fn with_own_lenses(&self, files: Vec<OwnLensFile>) -> Self {
        let mut library = self.successor(self.catalog.clone(), self.problems.clone(), &[]);
        library.left_out = self.left_out;
        library.lay_own_lenses(files);
        library
    }

    /// The user's own lenses: their files, and what is wrong with them.
    pub fn own_lenses(&self) -> &OwnLenses {
        &self.own_lenses
    }

    pub(super) fn lay_own_lenses(&mut self, files: Vec<OwnLensFile>) {
        self.catalog.set_own_lenses(Vec::new());
        let of_pack = self.catalog.count(Kind::Lenses);
        let is_taken = |id: &str| self.catalog.position(Kind::Lenses, id).is_some();
        let (lenses, own_lenses) = OwnLenses::read(files, &self.pack, is_taken);
        let head = |lens: &Lens| {
            let brief = lens.question.to_string();
            [lens.id.clone(), lens.name.to_string(), brief]
        };
        self.catalog
            .set_own_lenses(lenses.iter().map(head).collect());
        let slots = &mut self.entries[Kind::Lenses as usize];
        let mut all = std::mem::take(slots).into_vec();
        all.truncate(of_pack);
        let entry = |lens| Slot::from(Some(Arc::new(Entry::Lens(Box::new(lens)))));
        all.extend(lenses.into_iter().map(entry));
        *slots = all.into_boxed_slice();
        self.own_lenses = own_lenses;
    }
}
