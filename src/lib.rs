//! `tozero`: what is serverless? The definitions side by side, as lenses over dated facts, in a terminal.
//!
//! The layers, bottom up: `text ← pack ← core | layout ← views ← app`, `clock | disk ← store ← terminal`, `config`, `cli`; see
//! `src/README.md`. The library is internal and promises outsiders nothing: the program is [`run`].

#![cfg_attr(
    test,
    allow(
        clippy::string_slice,
        clippy::print_stdout,
        reason = "a test may know where its characters begin"
    )
)]

mod app;
mod cli;
mod clock;
mod config;
mod core;
mod disk;
mod layout;
mod pack;
mod store;
mod terminal;
mod text;
mod views;

pub use cli::run;

/// What integration tests and benches reach in for. Nothing else of the library is visible from outside, so that the
/// compiler finds what nobody uses.
#[doc(hidden)]
pub mod testing {
    pub mod clock {
        pub use crate::clock::now;
    }

    pub use crate::app::keymap::BINDINGS;
    pub use crate::app::update::open_quiz;
    pub use crate::app::{
        Config, Effect, Key, KeyCode, Model, Mouse, Msg, OutputStyle, Scope, update, view,
    };
    pub use crate::cli::args::command;
    pub use crate::cli::examples::ExampleWords;
    pub use crate::core::asking::{Inquiry, find};
    pub use crate::core::cost::comparison::priced;
    pub use crate::core::cost::sweep::sweep;
    pub use crate::core::cost::{Axis, AxisScale, Case, CostComparison, Tariff, Workload};
    pub use crate::core::judge::assessment::{judged, own_reading};
    pub use crate::core::judge::interview::steps;
    pub use crate::core::judge::{
        InterviewAnswer, ServiceFilter, ServiceOrder, ServiceTable, SortColumn, VerdictRange,
        VerdictTally,
    };
    pub use crate::core::progress::{
        Change, IdSource, LoadedProgress, Progress, Review, ReviewId, ReviewOutcome, StorageState,
    };
    pub use crate::core::quiz::QuizOptions;
    pub use crate::core::schedule::DesiredRecall;
    pub use crate::core::search::query::MAX_QUERY;
    pub use crate::core::search::{
        HitClass, Query, RecordSection, SearchFilter, SearchHit, SearchIndex, SearchRecord,
    };
    pub use crate::layout::ansi::print;
    pub use crate::layout::{AnsiWriter, Theme};
    pub use crate::pack::address::{Address, is_id};
    pub use crate::pack::check::{CHECKS, MOST, check};
    pub use crate::pack::entries::pack::Pack;
    pub use crate::pack::entry::{read_checklist, read_entry, read_pack};
    pub use crate::pack::{
        Bundled, CheckOptions, Checked, Files, Kind, Library, MemoryFiles, ReadError,
    };
    pub use crate::store::{
        PackKeys, Store, StoreError, StoredReview, export, file, ids, import, look, record, reset,
    };
    pub use crate::terminal::decoder::{Decoded, Decoder, MAX_PASTE};
    pub use crate::terminal::input::Input;
    pub use crate::terminal::{
        Canvas, Guard, InputSource, Size, TerminalReader, exit, panic, signals,
    };
    pub use crate::text::diagnostic::line_column;
    pub use crate::text::measure::width;
    pub use crate::text::timestamp::{DAY, date};
    pub use crate::text::{Day, Diagnostic, Rng, SafeText, Severity, Timestamp};
    pub use crate::views::lesson::page;
    pub use crate::views::{ViewContext, entry, services, statistics};
}
