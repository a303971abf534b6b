//! The full-screen app without a terminal: [`update()`] changes the model and answers with effects, [`view()`] paints it.
//!
//! `update` touches no file, clock or terminal. After every message what shows is laid out and its scroll clamped, so
//! that `view` only paints.

pub mod action;
pub mod choice;
pub mod chrome;
pub mod component;
pub mod config;
pub mod key;
pub mod keymap;
mod keymap_table;
pub mod model;
pub mod msg;
pub mod overlay;
pub mod painter;
pub mod remembered;
pub mod route;
pub mod screen;
pub mod update;
pub mod view;
pub mod widget;

pub use key::{Key, KeyCode};
pub use keymap::{Binding, Keymap, KeymapError, Scope};
pub use msg::{Effect, LensFileChange, Mouse, Msg};

pub use config::{Config, OutputFormat, OutputStyle, folder_flag};
pub use model::Model;
pub use remembered::Remembered;
pub use update::update;
pub use view::view;

#[cfg(test)]
pub(crate) mod samples;
