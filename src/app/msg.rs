//! What can happen, and what the app may ask of the world. Two closed enums at the edge of the pure part.
//! `update` gets everything it must know in a [`Msg`] and changes the world only through an [`Effect`].

use std::sync::Arc;

use crate::app::key::Key;
use crate::core::progress::{Change, LoadedProgress, ReviewId};
use crate::core::search::SearchIndex;
use crate::layout::Theme;
use crate::pack::{Library, OwnLensFile};
use crate::text::{SafeText, Timestamp, Url};

#[derive(Clone)]
pub enum Msg {
    Key(Key),
    /// Keys that came at once: a short paste that the terminal did not mark, or what was typed on a slow line.
    Burst(Vec<Key>),
    Paste(SafeText),
    Mouse(Mouse),
    /// The window has this size in cells.
    Resize(u16, u16),
    /// The program was stopped and goes on, in a window of this size; everything must be drawn anew.
    Resumed(u16, u16),
    Library(Arc<Library>),
    /// The index of that library was built.
    Index(Arc<SearchIndex>, Arc<Library>),
    /// The terminal's background became known, and this theme fits it.
    Theme(&'static Theme),
    /// What became of an effect, to be told.
    Told(SafeText),
    /// The record was opened, or opened again.
    Loaded(LoadedProgress),
    /// What became of a review that was to be saved or taken back: why it is not saved, if it is not. It is tried again
    /// with the next one.
    Saved(ReviewId, Option<SafeText>),
    /// What became of a change to a lens of the user's own: why it was not made, if it was not.
    LensChanged(LensFileChange, Option<SafeText>),
    /// The files of the user's own lenses, read again; the lenses are then chosen from.
    OwnLenses(Vec<OwnLensFile>),
    /// The time. Told before every other message once the record was asked for.
    Now(Timestamp),
}

/// The mouse, in cells from the top left corner.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mouse {
    /// The first button was pressed.
    Click {
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
    },
    /// The wheel turned; positive is down.
    Wheel {
        rows: i16,
        /// Column, from 0.
        column: u16,
        /// Row, from 0.
        row: u16,
    },
}

impl Mouse {
    /// Rows that one notch of the wheel moves.
    pub const NOTCH: i16 = 3;
}

/// A change to the file of a lens of the user's own.
#[derive(Clone, PartialEq, Debug)]
pub enum LensFileChange {
    Write(OwnLensFile),
    Delete(OwnLensFile),
}

/// Something the world is asked for.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    Quit,
    Interrupt,
    /// Stop, as with Ctrl-Z.
    Suspend,
    Redraw,
    /// Build the index of the library, off the drawing path.
    Index,
    Open(Url),
    /// Send a text to the terminal's clipboard; the second text says what it is.
    Copy(SafeText, SafeText),
    /// Capture the mouse, or let it go.
    Mouse(bool),
    /// Open the record; [`Msg::Loaded`] answers.
    LoadProgress,
    /// Write or delete the file of a lens of the user's own; [`Msg::LensChanged`] answers.
    ChangeLens(LensFileChange),
    /// Read the files of the user's own lenses of the pack again; [`Msg::OwnLenses`] answers.
    ReadLenses,
    /// Write a change into the record; [`Msg::Saved`] answers when it is about a review.
    Record(Change),
}
