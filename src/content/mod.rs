//! First floor: files become a library of entries.
//! Promises: reading never fails, it yields what is sound and a list of problems; nothing here touches the world,
//! files come through the [`files::Files`] trait; nothing but [`crate::base::safe::SafeText`] leaves this floor as text.

pub mod address;
pub mod bundled;
pub mod catalog;
pub mod doc;
pub mod entry;
pub mod fields;
pub mod files;
pub mod front;
pub mod index;
pub mod kind;
pub mod library;
pub mod lint;
pub mod notes;
pub mod parse;
pub mod problems;
mod sections;
mod shelf;
mod unreadable;
