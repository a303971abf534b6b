//! Between the wings and the doors: entries, comparisons and reports as finished pages.
//! Promise: the app and the command line show the same words because both take them from here.

pub mod aligned;
pub mod anki;
pub mod cite;
pub mod comparison;
pub mod cost;
pub mod dial;
pub mod entry;
pub mod interview;
pub mod judged;
pub mod lens;
pub mod lesson;
pub mod print;
pub mod problems;
pub mod proof;
pub mod quiz;
pub mod service;
pub mod services;
pub mod shared;
pub mod sight;
pub mod statistics;
pub mod verdict;
pub mod versus;
pub mod versus_text;
