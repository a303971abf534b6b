//! What lies over the screen, each an [`crate::app::component::Overlay`]: choosers, the search over everything, a page
//! to look at, the field that finds words in a page.

pub mod chooser;
pub mod choosers;
pub mod counted;
pub mod find;
pub mod guide;
pub mod lens_editor;
pub mod palette;
pub mod popup;
pub mod search;
mod search_rows;

pub use chooser::{Chooser, ChooserRow};
pub use counted::CountedRows;
pub use find::Find;
pub use guide::Guide;
pub use lens_editor::LensEditor;
pub use popup::Popup;
pub use search::Search;
