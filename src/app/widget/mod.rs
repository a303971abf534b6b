//! What two screens need: a list with a cursor, a page that is read, a field that is typed into.
//!
//! Arithmetic and painting only; a widget never knows which screen it serves.

pub mod area;
pub mod filter_field;
pub mod framed_page;
pub mod list_cursor;
pub mod pane;
pub mod selectable_page;
pub mod text_field;
pub mod viewport;

pub use filter_field::{FilterChange, FilterField};
pub use framed_page::FramedPage;
pub use list_cursor::{ListCursor, cursor_sign, list_movement};
pub use pane::Pane;
pub use selectable_page::SelectablePage;
pub use text_field::TextField;
pub use viewport::Viewport;
