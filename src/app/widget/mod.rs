//! What two screens need: a list with a cursor, a page that is read, a field that is typed into.
//! Promise: pure arithmetic and painting; a widget never knows which screen it serves.

pub mod list_cursor;
pub mod selectable_page;
pub mod text_field;
pub mod viewport;

pub use list_cursor::ListCursor;
pub use selectable_page::SelectablePage;
pub use text_field::TextField;
pub use viewport::Viewport;
