//! Price models that cannot be reckoned with: a floor that does not say how it combines, a dial on a service without prices.
//! Promise: reported where the author can mend it: at the assumptions, and at the name in `pack.toml`.

use crate::pack::check::between::{CheckBetween, CheckedFile, PackUnderCheck};
use crate::pack::check::report::Report;
use crate::pack::entries::{Price, Pricing, Service};
use crate::pack::entry::Entry;
use crate::safe;
use crate::text::{Diagnostic, SafeText};

/// The check, with what to say of each service of the dial should it have no prices.
#[derive(Default)]
pub(super) struct PriceCheck(Vec<(String, Diagnostic)>);

impl CheckBetween for PriceCheck {
    fn see(&mut self, page: &CheckedFile<'_>, world: &PackUnderCheck<'_>, report: &mut Report) {
        match page.entry {
            Some(Entry::Service(service)) => self.service(service, page, report),
            None if page.address.is_none() && page.notes.path == crate::pack::files::PACK => {
                self.dial(page, world)
            }
            Some(_) | None => {}
        }
    }
}

impl PriceCheck {
    fn dial(&mut self, page: &CheckedFile<'_>, world: &PackUnderCheck<'_>) {
        for id in &world.pack.dial {
            let problem = page.error(
                "dial-unpriced",
                safe!("`{id}` has no prices, so the dial has no bill to move"),
            );
            let problem = page.place(
                problem.help(SafeText::ours("name a service that has `[pricing]`")),
                &["dial"],
                Some(id),
            );
            self.0.push((id.clone(), problem));
        }
    }

    fn service(&mut self, service: &Service, page: &CheckedFile<'_>, report: &mut Report) {
        let Some(pricing) = &service.pricing else {
            self.0
                .iter()
                .filter(|(id, _)| *id == service.id)
                .for_each(|(_, problem)| report.add(problem.clone()));
            return;
        };
        let floor = pricing.get(Price::MinimumHourly).is_some();
        let told = Pricing::FLOORS
            .iter()
            .any(|form| pricing.assumptions.trim_end().ends_with(form));
        if floor && !told {
            let problem = page.error(
                "floor-untold",
                "the assumptions do not say how `minimum_hourly` combines with the bill",
            );
            let [add, larger] = Pricing::FLOORS;
            let problem = problem.help(safe!("end them with `{add}` or `{larger}`"));
            report.add(page.place(problem, &["pricing", "assumptions"], None));
        }
    }
}
