//! Cost: what a service bills for a workload, at any number of requests a month, and first of all at none.
//!
//! The same prices and workload give the same bill everywhere; sums are exact, so that an amount ending in half a cent is
//! rounded as an accountant would; the idle bill is the bill at zero requests and nothing else. The formula is the one of
//! the author's guide to the content (`content/README.md`, "Pricing"): usage + capacity + plan, and a floor added to it or
//! taken where it is larger. Prices and their pages are in the services themselves.

pub mod bill;
mod bisect;
pub mod break_even;
pub mod comparison;
pub mod money;
pub mod plans;
pub mod presets;
pub mod quote;
pub mod serving;
pub mod sweep;
pub mod tariff;
pub mod unit;
pub mod workload;

pub use bill::{Awake, Bill, BillLine};
pub use break_even::{Crossing, Meeting};
pub use comparison::{BreakEvenPair, CostComparison, PricedService};
pub use money::Money;
pub use presets::preset;
pub use serving::Case;
pub use sweep::{Axis, AxisScale};
pub use tariff::{NoBill, Tariff, UncountedPart};
pub use workload::{Bursts, Workload, WorkloadField};

#[cfg(test)]
mod golden;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;
