//! Between the wings and the doors: entries, comparisons and reports as finished pages.
//! Promise: the app and the command line show the same words because both take them from here.

pub mod anki;
pub mod cite;
pub mod comparison;
pub mod entry;
pub mod lesson;
pub mod print;
pub mod problems;
pub mod quiz;
pub mod service;
pub mod shared;
pub mod statistics;
