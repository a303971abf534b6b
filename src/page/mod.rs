//! Second floor, other wing: meaning becomes rows of cells. No terminal, no color, no lens.
//! Promises: no row is wider than asked, at any width from 1; roles, not colors; a row says what can be followed on it.

pub mod ascii;
pub mod chart;
pub mod columns;
pub mod find;
pub mod flow;
pub mod hero;
mod labels;
pub mod plain;
pub mod report;
pub mod row;
pub mod setter;
pub mod table;
pub mod theme;
pub mod wrap;
