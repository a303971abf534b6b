//! Cost: what services bill a month, idle first, over any number of requests.
//!
//! The focused slider is brought in view when it moves. Whatever is chosen, the numbers are on the page.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::action::{Action, CostAction, MoveAction, PageAction};
use crate::app::choice::{Choice, ScreenChoice};
use crate::app::keymap::Scope;
use crate::app::overlay::{Chooser, ChooserRow};
use crate::app::painter::Painter;
use crate::app::screen::dial::{behind, idle_bill};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, inside, plain, worded};
use crate::app::widget::Viewport;
use crate::core::cost::comparison::{MOST, fields, machine, priced, short, step, stops};
use crate::core::cost::{AxisScale, CostComparison, Workload, WorkloadField, preset};
use crate::layout::{PageBuilder, Role, Run};
use crate::pack::{NamedWorkload, Service, Things};
use crate::text::SafeText;
use crate::views::cost::screen::{self as bill_screen, BillScreen, BillScreenOptions, SLIDERS};
use crate::views::cost::words;

/// Stops that a coarse step goes: a power of ten where there are three to one.
pub const COARSE: isize = 3;

#[derive(Default)]
pub struct CostScreen {
    /// Service ids in the order of their letters; `None` until the screen is first opened.
    services: Option<Vec<String>>,
    /// The pack's always-on machine, by id.
    machine: Option<String>,
    workload: Workload,
    /// The sliders, from the top.
    fields: Vec<WorkloadField>,
    /// The picture is divided in equal steps, and not in powers of ten.
    linear: bool,
    slider: usize,
    viewport: Viewport,
    /// What shows, and the cells it was laid out for.
    shown: Option<(BillScreen, Rect)>,
    /// The slider must be brought in view when next settled.
    follow: bool,
}

/// A chooser in a window of fewer cells has room for numbers only.
const NARROW: u16 = 44;

impl CostScreen {
    /// The services to begin with: those of the traffic dial, and the machine that is always on.
    fn begin(&mut self, ctx: &ScreenContext) {
        self.machine = machine(ctx.library).map(|m| m.id.clone());
        let read = fields(ctx.library);
        self.fields = SLIDERS.into_iter().filter(|f| read.contains(f)).collect();
        if self.services.is_none() {
            let mut services = ctx.library.pack().dial.clone();
            services.extend(self.machine.clone().filter(|m| !services.contains(m)));
            self.services = Some(services);
        }
    }

    /// Sets services side by side instead of those that are, for so many requests a month where that is said.
    pub fn show(&mut self, services: Vec<String>, requests: Option<u64>) {
        self.services = Some(services);
        if let Some(requests) = requests {
            self.workload = self.workload.with(WorkloadField::Requests, requests);
        }
        self.shown = None;
    }

    fn chosen(&self) -> &[String] {
        self.services.as_deref().unwrap_or_default()
    }

    fn lay_out(&mut self, ctx: &ScreenContext) {
        let area = inside(ctx.area);
        if self.shown.as_ref().is_some_and(|(_, at)| *at == area) {
            return;
        }
        if self.services.is_none() || self.machine.is_none() {
            self.begin(ctx);
        }
        let ids = self.chosen().iter();
        let services: Vec<&Service> = ids.filter_map(|id| ctx.library.service(id)).collect();
        let comparison = CostComparison::of(
            &services,
            &self.workload,
            self.machine.as_deref(),
            ctx.view.as_of,
        );
        let (width, height) = (usize::from(area.width), usize::from(area.height));
        let scale = if self.linear {
            AxisScale::Linear
        } else {
            AxisScale::Log
        };
        let screen = if comparison.lines.is_empty() {
            nothing(width, ctx)
        } else {
            bill_screen::set(
                ctx.library,
                &comparison,
                BillScreenOptions {
                    fields: &self.fields,
                    width,
                    height,
                    scale,
                    ascii: ctx.config.style.ascii,
                    today: ctx.view.today,
                },
            )
        };
        self.viewport
            .show(Arc::new(screen.page.clone()), self.shown.is_some());
        self.shown = Some((screen, area));
    }

    /// The row of the focused slider, and the column of its sign.
    fn at(&self) -> Option<(usize, usize)> {
        let (screen, _) = self.shown.as_ref()?;
        screen.sliders.get(self.slider).copied()
    }

    fn changed(&mut self) -> Response {
        if let Some((_, at)) = &mut self.shown {
            *at = Rect::default();
        }
        Response::done()
    }

    fn slide(&mut self, stops_away: isize) -> Response {
        if let Some(field) = self.fields.get(self.slider) {
            let value = step(&stops(*field), self.workload.get(*field), stops_away);
            self.workload = self.workload.with(*field, value);
        }
        self.follow = true;
        self.changed()
    }

    /// Moves the focused slider to the stop at a share of its bar.
    fn slide_to(&mut self, share: Option<f64>) -> Response {
        let field = self.fields.get(self.slider).copied();
        if let Some((field, share)) = field.zip(share) {
            let stops = stops(field);
            let at = (share * stops.len().saturating_sub(1) as f64).round() as usize;
            if let Some(value) = stops.get(at) {
                self.workload = self.workload.with(field, *value);
            }
        }
        self.changed()
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>) -> Response {
        let steps = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        let hidden = self.at().is_some_and(|(row, _)| row < self.viewport.top);
        match to {
            MoveAction::Left => return self.slide(-steps),
            MoveAction::Right => return self.slide(steps),
            MoveAction::Down if self.slider + 1 < self.fields.len() => {
                (self.slider, self.follow) = (self.slider + 1, true)
            }
            MoveAction::Up if self.slider > 0 && !hidden => {
                (self.slider, self.follow) = (self.slider - 1, true)
            }
            MoveAction::Enter => {}
            _ => {
                self.viewport.moved(to, count);
            }
        }
        Response::done()
    }

    fn cost(&mut self, action: CostAction, ctx: &ScreenContext) -> Response {
        match action {
            CostAction::FarLess => self.slide(-COARSE),
            CostAction::FarMore => self.slide(COARSE),
            CostAction::Scale => {
                self.linear = !self.linear;
                self.changed()
            }
            CostAction::Add => Response::open(self.service_chooser(ctx)),
            CostAction::Remove => match self.services.as_mut().and_then(Vec::pop) {
                Some(_) => self.changed(),
                None => Response::toast(things(ctx).fill("there is no {one} to take away")),
            },
            CostAction::Preset => Response::open(self.preset_chooser(ctx)),
            CostAction::Machine => match self.machine.clone() {
                Some(id) => self.toggle(id, ctx),
                None => Response::toast("this pack knows no machine that is always on"),
            },
            CostAction::Dial => Response::ignored(),
        }
    }

    /// Adds a service, or takes it away.
    fn toggle(&mut self, id: String, ctx: &ScreenContext) -> Response {
        let services = self.services.get_or_insert_default();
        if services.contains(&id) {
            services.retain(|s| *s != id);
        } else if services.len() == MOST {
            return Response::toast(crate::safe!(
                "{MOST} {} are the most; - takes the last one away",
                things(ctx).many
            ));
        } else {
            services.push(id);
        }
        self.changed()
    }

    fn service_chooser(&self, ctx: &ScreenContext) -> Chooser {
        let choice = |service: &Service| {
            ChooserRow::new(
                service.name.clone(),
                behind(service, "Enter adds it, or takes it away."),
                ScreenChoice::Service(service.id.clone()),
            )
            .aside(if self.chosen().contains(&service.id) {
                SafeText::ours("shown")
            } else {
                idle_bill(service)
            })
        };
        Chooser::new(
            things(ctx).fill("Which {many}?"),
            priced(ctx.library).map(choice),
            things(ctx).fill("no {one} with prices is called that"),
        )
    }

    fn preset_chooser(&self, ctx: &ScreenContext) -> Chooser {
        let choice = |named: &NamedWorkload| {
            let chosen = ScreenChoice::Workload(preset(named));
            ChooserRow::new(named.title.clone(), named.about.clone(), chosen).aside(
                match ctx.area.width < NARROW {
                    true => short(named.requests),
                    false => crate::safe!("{} a month", short(named.requests)),
                },
            )
        };
        let machine = self.machine.as_ref();
        let on = machine.is_some_and(|m| self.chosen().contains(m));
        let machine = ChooserRow::new(
            "against an always-on machine",
            "Adds the cheapest machine that never rests, or takes it away.",
            Choice::Action(Action::Cost(CostAction::Machine)),
        )
        .aside(SafeText::ours(if on { "shown" } else { "" }));
        let named = &ctx.library.pack().subject.cost.workloads;
        let machine = self.machine.is_some().then_some(machine);
        let choices = named.iter().map(choice).chain(machine);
        Chooser::new("Start from", choices, "no workload is called that").about_rows(3)
    }
}

/// What the pack calls what it judges.
fn things<'c>(ctx: &ScreenContext<'c>) -> &'c Things {
    &ctx.library.pack().subject.things
}

/// The screen without a service.
fn nothing(width: usize, ctx: &ScreenContext) -> BillScreen {
    let mut builder = PageBuilder::new(width);
    let none = priced(ctx.library).next().is_none();
    let words = things(ctx).fill(if none {
        "This pack holds no {one} with prices."
    } else {
        "No {one} is chosen. + adds one."
    });
    builder.paragraph(vec![Run::new(words, Role::Text)]);
    BillScreen {
        page: builder.finish(),
        ..BillScreen::default()
    }
}

impl Screen for CostScreen {
    fn command(&self, ctx: &ScreenContext) -> Option<SafeText> {
        let w = &self.workload;
        let peak = w.get(WorkloadField::Peak) as f64 / 1000.0;
        let day = ctx.view.as_of.map(|day| format!(" --as-of {day}"));
        let mut words = crate::safe!(
            "cost {} --requests {} --duration {} --memory {} --peak {peak} --at-once {}{} --sweep",
            self.chosen().join(" "),
            w.get(WorkloadField::Requests),
            w.get(WorkloadField::Duration),
            w.get(WorkloadField::Memory),
            w.get(WorkloadField::AtOnce),
            day.unwrap_or_default(),
        );
        if self.linear {
            words.push(&SafeText::ours(" --linear"));
        }
        Some(words)
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Cost, Scope::Dial]
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        let machine = plain(Action::Cost(CostAction::Machine));
        let is_above = |at: (usize, usize)| at.0 < self.viewport.top;
        let mut hints = match self.at().is_some_and(is_above) {
            true => vec![worded(Action::Move(MoveAction::Top), "sliders")],
            false => vec![
                worded(Action::Move(MoveAction::Down), "slider"),
                worded(Action::Move(MoveAction::Right), "move it"),
            ],
        };
        hints.extend([
            plain(Action::Cost(CostAction::Preset)),
            plain(Action::Cost(CostAction::Add)),
            worded(Action::Move(MoveAction::PageDown), "numbers"),
            plain(Action::Cost(CostAction::Scale)),
        ]);
        hints.extend(self.machine.is_some().then_some(machine));
        hints.extend([
            plain(Action::Cost(CostAction::FarMore)),
            plain(Action::Page(PageAction::NextLink)),
        ]);
        hints
    }

    fn on_action(&mut self, action: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match action {
            Action::Move(to) => self.movement(to, count),
            Action::Cost(action) => self.cost(action, ctx),
            _ => Response::ignored(),
        }
    }

    fn on_choice(&mut self, choice: ScreenChoice, ctx: &ScreenContext) -> Response {
        match choice {
            ScreenChoice::Service(id) => self.toggle(id, ctx),
            ScreenChoice::Workload(workload) => {
                self.workload = workload;
                self.changed();
                let words = &ctx.library.pack().subject.cost;
                Response::toast(words::workload(&self.workload, words, &self.fields))
            }
            _ => Response::ignored(),
        }
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.lay_out(ctx);
        let area = inside(ctx.area);
        self.viewport.area = area;
        self.viewport.show_again();
        if std::mem::take(&mut self.follow)
            && let Some((row, _)) = self.at()
        {
            // The idle bills stay in view with the slider where both fit.
            if row < self.viewport.height() {
                self.viewport.top = 0;
            }
            self.viewport.reveal(row);
        }
        self.viewport.layout(area);
    }

    fn viewport(&mut self) -> &mut Viewport {
        &mut self.viewport
    }

    fn view(&self, painter: &mut Painter, _ctx: &ScreenContext) -> Option<(u16, u16)> {
        let area = self.viewport.area;
        let link = self.viewport.view(painter);
        let cell = self
            .at()
            .and_then(|(row, column)| Some((area.x + column as u16, self.viewport.y_of(row)?)));
        if let Some((x, y)) = cell {
            painter.cursor_mark(x, y);
        }
        link.or(cell).or(Some((area.x, area.y)))
    }

    fn on_click(&mut self, column: u16, row: u16, _ctx: &ScreenContext) -> Response {
        let cell = self.viewport.cell(column, row);
        let Some(((row, column), (shown, _))) = cell.zip(self.shown.as_ref()) else {
            return Response::done();
        };
        let picture = shown.picture.as_ref();
        if let Some(requests) = picture.and_then(|picture| picture.requests_at(row, column)) {
            let is_requests = |field: &WorkloadField| *field == WorkloadField::Requests;
            self.slider = self.fields.iter().position(is_requests).unwrap_or_default();
            self.workload = self.workload.with(WorkloadField::Requests, requests);
            return self.changed();
        }
        if let Some((slider, share)) = shown.slider_at(row, column) {
            self.slider = slider;
            return self.slide_to(share);
        }
        Response::done()
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        if let Some(services) = &mut self.services {
            services.retain(|id| ctx.library.service(id).is_some());
        }
        (self.machine, self.shown) = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::app::samples::{App, check, check_toasts};
    use crate::pack::{Bundled, Library};

    /// The bundled pack, whose prices depend on more than how many.
    fn bundled() -> App {
        let library = Library::open(Arc::new(Bundled)).expect("the bundled pack is sound");
        App::on(Arc::new(library.indexed()), (100, 40))
    }

    #[test]
    fn services_are_added_and_taken_away() {
        check(&[
            ("5", "No service is chosen. + adds one.", "Bell One"),
            ("5+<Enter>", "Bell One", "No service is chosen."),
            ("5+<Enter>-", "No service is chosen.", "Bell One"),
            ("5+<Enter>+<Enter>", "No service is chosen.", "Bell One"),
            ("5+", "$0.00 idle", ""),
            ("5+<Enter>+", "shown", ""),
        ]);
        check_toasts(&[
            ("5-", "there is no service to take away"),
            ("5C", "this pack knows no machine that is always on"),
        ]);
    }

    #[test]
    fn sliders_move_the_workload() {
        let page = |keys: &str| bundled().keys(&format!("5{keys}")).text();
        let start = page("");
        assert_ne!(page("<Right>"), start, "one step");
        assert_eq!(page("<Right><Left>"), start);
        assert_eq!(
            page("<Right><Right><Right>"),
            page("}"),
            "a coarse step is three"
        );
        assert_eq!(page("<Alt-3><Right>"), page("}"), "counts are steps");
        assert_ne!(page("j<Right>"), page("<Right>"), "another slider");
        assert_ne!(page("z"), start, "another scale");
        assert_eq!(page("zz"), start);
    }

    #[test]
    fn a_preset_is_said_in_words() {
        let app = App::new().keys("5+<Enter>P<Enter>");
        assert!(!app.toast().is_empty());
        assert_eq!(app.model.overlays.len(), 0);
    }

    #[test]
    fn the_sign_follows_the_slider() {
        let cursor = |keys: &str| bundled().keys(&format!("5{keys}")).shown().1;
        assert!(cursor("j").1 > cursor("").1);
        assert_eq!(cursor("jk"), cursor(""));
    }

    /// The picture's cursor is the slider of requests: a mark on the axis, its number below, and every bill in its column above.
    #[test]
    fn the_picture_is_read_where_the_slider_stands() {
        let at = |keys: &str| bundled().keys(&format!("5{keys}"));
        at("").shows("at 1M").shows("$0.00 *   $0.00 *");
        at("}").shows("at 10M").shows("$0.00 *    $6.18 *");
        let (x, y) = at("").find("$0 ┤");
        let clicked = at("jj").click(x + 4, y);
        assert_eq!(clicked.text(), at("{{{{{{{{").text(), "a click on zero");
        let (x, y) = at("").find("10M");
        let clicked = at("jj").click(x + 1, y);
        assert_eq!(clicked.text(), at("}").text(), "a click on the axis");
    }

    #[test]
    fn numbers_of_named_workloads_are_whole_at_every_width() {
        for width in [30, 40, 80] {
            let library = Library::open(Arc::new(Bundled)).unwrap();
            let app = App::on(Arc::new(library), (width, 24)).keys("5P");
            app.shows(" 10k").shows(" 3M").shows(" 100M").hides("a m…");
        }
    }

    #[test]
    fn a_click_on_a_bar_moves_its_handle_there() {
        let app = bundled().keys("5");
        let (x, y) = app.find("duration");
        let row = |app: &App| {
            let text = app.text();
            let row = text.lines().nth(usize::from(y)).unwrap_or_default();
            row.to_owned()
        };
        let bar = row(&app).chars().position(|c| c == '▏').unwrap() as u16;
        assert!(row(&bundled().keys("5").click(bar + 1, y)).contains(" 1 ms"));
        assert_eq!(
            row(&bundled().keys("5").click(x + 1, y)),
            row(&bundled().keys("5j"))
        );
    }

    #[test]
    fn a_click_chooses_a_slider() {
        let app = bundled().keys("5jj");
        let (x, y) = app.shown().1;
        let clicked = bundled().keys("5").click(x + 4, y);
        assert_eq!(clicked.shown().1, (x, y));
    }
}
