//! The traffic dial of Compare: where it stands, and which two services it moves.
//! It reads the two services it shows and no other, until one is to be chosen.

use crate::app::choice::ScreenChoice;
use crate::app::overlay::{Chooser, ChooserRow};
use crate::core::cost::Tariff;
use crate::core::cost::comparison::{DIAL, priced, step};
use crate::layout::Row;
use crate::pack::{Library, Service};
use crate::text::SafeText;
use crate::views::dial::{self, DialLook};

/// What a service costs when nobody calls, for a chooser.
pub fn idle_bill(service: &Service) -> SafeText {
    match Tariff::of(service).and_then(|t| t.idle()) {
        Ok(idle) => crate::safe!("{} idle", idle.shown(&service.facts.subject.cost.currency)),
        Err(_) => SafeText::ours("no bill"),
    }
}

/// Who stands behind a service, where that is known, and what Enter does.
pub fn behind(service: &Service, enter: &'static str) -> SafeText {
    match service.provider.is_empty() {
        true => SafeText::ours(enter),
        false => crate::safe!("{}. {enter}", service.provider),
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Dial {
    /// The two services, by id; none where the pack names none.
    services: Vec<String>,
    /// Requests a month.
    requests: u64,
}

impl Dial {
    /// The pack's dial at its right end: ten million requests.
    pub fn new(library: &Library) -> Self {
        Self {
            services: library.pack().dial.clone(),
            requests: DIAL.last().copied().unwrap_or_default(),
        }
    }

    /// Whether the pack has none.
    pub fn is_empty(&self) -> bool {
        self.services.is_empty()
    }

    /// Moves by so many stops, to the right for more; false at the end or without services.
    pub fn turn(&mut self, steps: isize) -> bool {
        let before = self.requests;
        self.requests = if self.services.is_empty() {
            before
        } else {
            step(&DIAL, before, steps)
        };
        self.requests != before
    }

    /// Its rows at a width.
    pub fn rows(&self, library: &Library, look: DialLook) -> Vec<Row> {
        dial::rows(library, &self.services, self.requests, look)
    }

    /// Which of the two to change; `None` where there are none.
    pub fn side_chooser(&self, library: &Library) -> Option<Chooser> {
        let name = |id: &str| {
            let service = library.service(id);
            service.map_or(SafeText::line(id), |s| s.name.clone())
        };
        let choice = |(n, id): (usize, &String)| {
            ChooserRow::new(
                crate::safe!("{} {}", if n == 0 { "a" } else { "b" }, name(id)),
                library
                    .pack()
                    .subject
                    .things
                    .fill("Enter chooses another {one} for it."),
                ScreenChoice::Dial(n, None),
            )
        };
        let choices = self.services.iter().enumerate().map(choice);
        (!self.services.is_empty()).then(|| {
            Chooser::new(
                library
                    .pack()
                    .subject
                    .things
                    .fill("Change which {one} of the dial?"),
                choices,
                "nothing matches",
            )
        })
    }

    /// What to put on a side: every service with prices.
    pub fn service_chooser(&self, library: &Library, side: usize) -> Chooser {
        let choice = |service: &Service| {
            ChooserRow::new(
                service.name.clone(),
                behind(service, "Enter sets its bill under the dial."),
                ScreenChoice::Dial(side, Some(service.id.clone())),
            )
            .aside(idle_bill(service))
        };
        let things = &library.pack().subject.things;
        let now = ScreenChoice::Dial(side, self.services.get(side).cloned());
        Chooser::new(
            things.fill("Which {one}?"),
            priced(library).map(choice),
            things.fill("no {one} with prices is called that"),
        )
        .at(now)
    }

    pub fn put(&mut self, side: usize, id: String) {
        if let Some(slot) = self.services.get_mut(side) {
            *slot = id;
        }
    }

    pub fn on_reload(&mut self, library: &Library) {
        if self.services.iter().any(|id| library.service(id).is_none()) || self.services.is_empty()
        {
            self.services.clone_from(&library.pack().dial);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples::{library, library_with};

    fn with_dial() -> std::sync::Arc<Library> {
        let pack = include_str!("../../../tests/packs/good/pack.toml");
        let head = format!("dial = [\"bell-one\", \"bell-two\"]\n{pack}");
        let bell = include_str!("../../../tests/packs/good/services/bell-one.md");
        library_with(&[
            ("pack.toml", &head),
            (
                "services/bell-two.md",
                &bell.replace("Bell One", "Bell Two"),
            ),
        ])
    }

    #[test]
    fn a_pack_without_services_for_it_has_no_dial() {
        let library = library();
        let mut dial = Dial::new(&library);
        assert!(!dial.turn(1));
        assert!(dial.side_chooser(&library).is_none());
        let look = DialLook {
            width: 80,
            ..DialLook::default()
        };
        assert!(dial.rows(&library, look).is_empty());
    }

    #[test]
    fn it_turns_between_its_ends() {
        let mut dial = Dial::new(&with_dial());
        assert!(dial.turn(-1) && dial.turn(1));
        assert_eq!(dial.requests, 10_000_000);
        assert!(dial.turn(-1_000), "to the left end");
        assert!(!dial.turn(-1), "not beyond it");
        assert!(dial.turn(1_000), "to the right end");
        assert!(!dial.turn(1), "not beyond it");
    }

    #[test]
    fn a_side_takes_another_service() {
        let library = with_dial();
        let mut dial = Dial::new(&library);
        assert!(dial.side_chooser(&library).is_some());
        dial.put(0, "bell-two".to_owned());
        dial.put(7, "bell-one".to_owned());
        assert_eq!(dial.services, ["bell-two", "bell-two"]);
        let now = dial.service_chooser(&library, 0);
        assert_eq!(
            now.row().map(|r| r.label.to_string()).as_deref(),
            Some("Bell Two")
        );
    }

    #[test]
    fn services_that_went_with_a_reload_are_replaced() {
        let library = with_dial();
        let mut dial = Dial::new(&library);
        dial.put(0, "gone".to_owned());
        dial.on_reload(&library);
        assert_eq!(dial.services, ["bell-one", "bell-two"]);
        dial.put(0, "bell-two".to_owned());
        dial.on_reload(&library);
        assert_eq!(
            dial.services,
            ["bell-two", "bell-two"],
            "what is still there stays"
        );
    }
}
