//! Meaning becomes rows of cells, to be painted or printed: no terminal, no color, no lens.
//! No row is wider than asked, at any width from 1; runs have roles, not colors; a row says what can be followed on it.

pub mod ansi;
pub mod ascii;
pub mod builder;
pub mod chart;
pub mod columns;
pub mod document;
pub mod find;
pub mod format;
pub mod html;
mod labels;
pub mod markdown;
pub mod markdown_text;
mod plot;
pub mod report;
pub mod row;
pub mod svg;
pub mod table;
pub mod theme;
pub mod wrap;

pub use ansi::AnsiWriter;
pub use builder::PageBuilder;
pub use chart::{Chart, ChartLine, ChartMark};
pub use find::PageHit;
pub use format::{Medium, PageFormat};
pub use row::{Heading, Page, Role, Row, Run};
pub use theme::{BackgroundTone, ColorDepth, Theme, ThemeColor, ThemeStyle};
