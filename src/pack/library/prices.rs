//! What the things of a pack have prices for. Their texts are looked through up to the first that has.

use crate::pack::address::{Address, Kind};
use crate::pack::library::Library;

impl Library {
    /// Whether bills can be calculated: one of the things that are judged has prices.
    pub fn has_prices(&self) -> bool {
        *self
            .has_prices
            .get_or_init(|| self.a_thing_says("\n[pricing]"))
    }

    /// Whether it is known of one of them what it costs while nobody uses it.
    pub fn has_idle_bills(&self) -> bool {
        let currency = &self.pack.subject.cost.currency;
        *self
            .has_idle_bills
            .get_or_init(|| self.a_thing_says(&currency.key("\nidle_usd_per_month")))
    }

    /// Whether one of them has a price for what is stored, which is in no bill.
    pub fn has_stored_prices(&self) -> bool {
        *self
            .has_stored_prices
            .get_or_init(|| self.a_thing_says("\nper_gb_month_stored"))
    }

    fn a_thing_says(&self, words: &str) -> bool {
        let mut addresses = self
            .ids(Kind::Services)
            .filter_map(|id| Address::new(Kind::Services, id));
        addresses.any(|address| {
            let text = self.files.read(&address.path());
            text.is_ok_and(|text| text.contains(words))
        })
    }
}
