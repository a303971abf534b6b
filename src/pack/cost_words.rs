//! How a pack speaks of costs: in which money, what is counted, what there is when nothing is, and the workloads with a name.
//! The defaults fit any subject.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::pack::currency::{self, Currency};
use crate::pack::fields::Fields;
use crate::text::SafeText;

/// How a pack speaks of costs.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct CostWords {
    /// What all prices of the pack are in.
    pub currency: Currency,
    /// What is counted and billed, one of it: `request`.
    pub one: SafeText,
    /// Many of it: `requests`.
    pub many: SafeText,
    /// That there is none of it, as a clause: `nobody calls`.
    pub idle: SafeText,
    /// Workloads with a name, in their order.
    pub workloads: Vec<NamedWorkload>,
}

impl Default for CostWords {
    fn default() -> Self {
        Self {
            currency: Currency::default(),
            one: SafeText::ours("use"),
            many: SafeText::ours("uses"),
            idle: SafeText::ours("nobody uses it"),
            workloads: Vec::new(),
        }
    }
}

impl CostWords {
    /// The workload of that id.
    pub fn workload(&self, id: &str) -> Option<&NamedWorkload> {
        self.workloads.iter().find(|workload| workload.id == id)
    }
}

/// A workload with a name. What is not given is as usual.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct NamedWorkload {
    /// Kebab-case name.
    pub id: String,
    pub title: SafeText,
    /// What it stands for, so that its numbers can be disputed.
    pub about: SafeText,
    /// Requests a month.
    pub requests: u64,
    /// Milliseconds of a request.
    pub duration_ms: Option<u64>,
    /// Megabytes of a request.
    pub memory_mb: Option<u64>,
    /// Peak requests a second over the mean.
    pub peak: Option<f64>,
    /// How many bursts a month, and the milliseconds of each.
    pub bursts: Option<(u64, u64)>,
}

pub(crate) fn read(f: &mut Fields<'_, '_>) -> CostWords {
    let default = CostWords::default();
    let words = f.table("cost", |f| CostWords {
        currency: currency::read(f, "currency").unwrap_or_default(),
        one: f.text("one").unwrap_or(default.one),
        many: f.text("many").unwrap_or(default.many),
        idle: f.text("idle").unwrap_or(default.idle),
        workloads: f.each_with_id("workloads", workload),
    });
    words.unwrap_or_default()
}

fn workload(f: &mut Fields<'_, '_>, id: String) -> NamedWorkload {
    NamedWorkload {
        id,
        title: f.need("title", Fields::text),
        about: f.text("about").unwrap_or_default(),
        requests: f.need("requests", |f, key| f.whole(key, 0..=1_000_000_000_000)),
        duration_ms: f.whole("duration_ms", 1..=86_400_000),
        memory_mb: f.whole("memory_mb", 1..=1_048_576),
        peak: f.number("peak", 1.0..=100_000.0),
        bursts: f.table("bursts", |f| {
            let count = f.need("count", |f, key| f.whole(key, 1..=1_000_000));
            let length = f.need("length_ms", |f, key| f.whole(key, 1..=86_400_000));
            (count, length)
        }),
    }
}
