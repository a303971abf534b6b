//! Top floor: the doors and windows. All input and output of the program goes through here.
//! Promises: whatever ends the program, the terminal is given back as it was found; nothing here waits for a timer
//! while nothing happens; no thread but the drawing one ever waits for the terminal.

pub mod background;
pub mod burst;
pub mod canvas;
pub mod decode;
pub mod disk;
pub mod end;
pub mod inbox;
pub mod input;
pub(crate) mod job;
pub mod panic;
pub mod places;
pub mod reader;
pub mod run;
pub mod settings;
pub mod signals;
pub mod size;
pub mod store;
pub mod terminal;
pub mod world;
