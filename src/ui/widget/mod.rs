//! What two screens need: a list with a cursor, a page that is read, a field that is typed into.
//! Promise: pure arithmetic and painting; a widget never knows which screen it serves.

pub mod input;
pub mod lined;
pub mod list;
pub mod reader;
