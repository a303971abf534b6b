//! Cost: what services bill a month, idle first, over any number of requests.
//! Promises: the focused slider is brought in sight when it moves; whatever is chosen, the numbers are on the page.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::{Action, CostAction, MoveAction, PageAction};
use crate::app::keymap::Scope;
use crate::app::overlay::{Chooser, ChooserAction, ChooserRow};
use crate::app::painter::Painter;
use crate::app::route::{Route, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, inside, plain, worded};
use crate::app::widget::Viewport;
use crate::core::cost::comparison::{MOST, machine, priced, step, stops};
use crate::core::cost::{AxisScale, CostComparison, Preset, Tariff, Workload};
use crate::layout::{PageBuilder, Role};
use crate::pack::{Address, Service};
use crate::text::SafeText;
use crate::text::measure::thousands;
use crate::views::cost::screen::{self, BillScreen, BillScreenOptions, SLIDERS};
use crate::views::cost::words;

/// Stops that a coarse step goes: a power of ten where there are three to one.
pub const COARSE: isize = 3;

/// The screen.
pub struct CostScreen {
    /// Service ids in the order of their letters; `None` until the screen is first opened.
    services: Option<Vec<String>>,
    /// The pack's always-on machine, by id.
    machine: Option<String>,
    workload: Workload,
    scale: AxisScale,
    /// The slider under the cursor.
    slider: usize,
    reader: Viewport,
    laid: Option<(BillScreen, Rect)>,
    /// The slider must be brought in sight when next settled.
    follow: bool,
}

impl Default for CostScreen {
    fn default() -> Self {
        Self {
            services: None,
            machine: None,
            workload: Workload::default(),
            scale: AxisScale::Log,
            slider: 0,
            reader: Viewport::default(),
            laid: None,
            follow: false,
        }
    }
}

impl CostScreen {
    /// The services to begin with: those of the traffic dial, and the machine that is always on.
    fn begin(&mut self, ctx: &ScreenContext) {
        self.machine = machine(ctx.library).map(|m| m.id.clone());
        if self.services.is_none() {
            let mut services = ctx.library.pack().dial.clone();
            services.extend(self.machine.clone().filter(|m| !services.contains(m)));
            self.services = Some(services);
        }
    }

    fn chosen(&self) -> &[String] {
        self.services.as_deref().unwrap_or_default()
    }

    fn lay(&mut self, ctx: &ScreenContext) {
        let area = inside(ctx.area);
        if self.laid.as_ref().is_some_and(|(_, at)| *at == area) {
            return;
        }
        if self.services.is_none() || self.machine.is_none() {
            self.begin(ctx);
        }
        let services: Vec<&Service> = self
            .chosen()
            .iter()
            .filter_map(|id| ctx.library.service(id))
            .collect();
        let beside = CostComparison::of(&services, &self.workload, self.machine.as_deref());
        let (width, height) = (usize::from(area.width), usize::from(area.height));
        let laid = if beside.lines.is_empty() {
            nothing(width, ctx)
        } else {
            screen::set(
                ctx.library,
                &beside,
                BillScreenOptions {
                    width,
                    height,
                    scale: self.scale,
                    ascii: ctx.settings.ascii,
                },
            )
        };
        self.reader
            .show(Arc::new(laid.page.clone()), self.laid.is_some());
        self.laid = Some((laid, area));
    }

    /// The row of the focused slider, and the column of its sign.
    fn at(&self) -> Option<(usize, usize)> {
        self.laid
            .as_ref()
            .and_then(|(laid, _)| laid.sliders.get(self.slider))
            .copied()
    }

    fn renewed(&mut self) -> Response {
        if let Some((_, at)) = &mut self.laid {
            *at = Rect::default();
        }
        Response::done()
    }

    fn slide(&mut self, stops_away: isize) -> Response {
        if let Some(field) = SLIDERS.get(self.slider) {
            let value = step(&stops(*field), self.workload.get(*field), stops_away);
            self.workload = self.workload.with(*field, value);
        }
        self.follow = true;
        self.renewed()
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        let height = usize::from(inside(ctx.area).height);
        let steps = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        let hidden = self.at().is_some_and(|(row, _)| row < self.reader.top);
        match to {
            MoveAction::Left => return self.slide(-steps),
            MoveAction::Right => return self.slide(steps),
            MoveAction::Down if self.slider + 1 < SLIDERS.len() => {
                (self.slider, self.follow) = (self.slider + 1, true)
            }
            MoveAction::Up if self.slider > 0 && !hidden => {
                (self.slider, self.follow) = (self.slider - 1, true)
            }
            MoveAction::Enter => {}
            MoveAction::Down
            | MoveAction::Up
            | MoveAction::HalfDown
            | MoveAction::HalfUp
            | MoveAction::PageDown
            | MoveAction::PageUp
            | MoveAction::Top
            | MoveAction::Bottom => {
                self.reader.moved(to, count, height);
            }
        }
        Response::done()
    }

    fn cost(&mut self, act: CostAction, ctx: &ScreenContext) -> Response {
        match act {
            CostAction::FarLess => self.slide(-COARSE),
            CostAction::FarMore => self.slide(COARSE),
            CostAction::Scale => {
                self.scale = if self.scale == AxisScale::Log {
                    AxisScale::Linear
                } else {
                    AxisScale::Log
                };
                self.renewed()
            }
            CostAction::Add => Response::open(self.service_chooser(ctx)),
            CostAction::Remove => match self.services.as_mut().and_then(Vec::pop) {
                Some(_) => self.renewed(),
                None => Response::toast(SafeText::ours("there is no service to take away")),
            },
            CostAction::Preset => Response::open(self.preset_chooser()),
            CostAction::Machine => match self.machine.clone() {
                Some(id) => self.toggle(id),
                None => Response::toast(SafeText::ours(
                    "this pack knows no machine that is always on",
                )),
            },
            CostAction::Dial => Response::ignored(),
        }
    }

    /// Adds a service, or takes it away.
    fn toggle(&mut self, id: String) -> Response {
        let services = self.services.get_or_insert_default();
        if services.contains(&id) {
            services.retain(|s| *s != id);
        } else if services.len() == MOST {
            return Response::toast(crate::safe!(
                "{MOST} services are the most; - takes the last one away"
            ));
        } else {
            services.push(id);
        }
        self.renewed()
    }

    fn service_chooser(&self, ctx: &ScreenContext) -> Chooser {
        let choice = |service: &Service| ChooserRow {
            label: service.name.clone(),
            aside: if self.chosen().contains(&service.id) {
                SafeText::ours("shown")
            } else {
                idle(service)
            },
            about: crate::safe!("{}. Enter adds it, or takes it away.", service.provider),
            pick: ChooserAction::Service(service.id.clone()),
        };
        Chooser::new(
            "Which services?",
            priced(ctx.library).map(choice).collect(),
            "no service with prices is called that",
        )
    }

    fn preset_chooser(&self) -> Chooser {
        let choice = |preset: Preset| ChooserRow {
            label: SafeText::ours(preset.title()),
            aside: crate::safe!(
                "{} a month",
                thousands(preset.workload().requests_per_month())
            ),
            about: SafeText::ours(preset.words()),
            pick: ChooserAction::Preset(preset),
        };
        let on = self
            .machine
            .as_ref()
            .is_some_and(|m| self.chosen().contains(m));
        let machine = ChooserRow {
            label: SafeText::ours("against an always-on machine"),
            aside: SafeText::ours(if on { "shown" } else { "" }),
            about: SafeText::ours("Adds the cheapest machine that never rests, or takes it away."),
            pick: ChooserAction::Act(Action::Cost(CostAction::Machine)),
        };
        let choices = Preset::ALL
            .map(choice)
            .into_iter()
            .chain([machine])
            .collect();
        Chooser::new("Start from", choices, "no workload is called that")
    }
}

/// What a service costs when nobody calls, for the chooser.
fn idle(service: &Service) -> SafeText {
    match Tariff::of(service).and_then(|t| t.idle()) {
        Ok(usd) => crate::safe!("{usd} idle"),
        Err(_) => SafeText::ours("no bill"),
    }
}

/// The screen without a service.
fn nothing(width: usize, ctx: &ScreenContext) -> BillScreen {
    let mut setter = PageBuilder::new(width);
    let none = priced(ctx.library).next().is_none();
    let words = if none {
        "This pack holds no service with prices."
    } else {
        "No service is chosen. + adds one."
    };
    setter.paragraph(vec![crate::layout::row::Run::ours(words, Role::Text)]);
    BillScreen {
        page: setter.finish(),
        sliders: Vec::new(),
    }
}

impl Screen for CostScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Cost, Scope::Dial]
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        vec![
            worded(Action::Move(MoveAction::Down), "slider"),
            worded(Action::Move(MoveAction::Right), "move it"),
            plain(Action::Cost(CostAction::Preset)),
            plain(Action::Cost(CostAction::Add)),
            worded(Action::Move(MoveAction::PageDown), "numbers"),
            plain(Action::Cost(CostAction::Scale)),
            plain(Action::Cost(CostAction::Machine)),
            plain(Action::Cost(CostAction::FarMore)),
            plain(Action::Page(PageAction::NextLink)),
        ]
    }

    fn on_action(&mut self, act: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match act {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::Cost(act) => self.cost(act, ctx),
            _ => Response::ignored(),
        }
    }

    fn on_choice(&mut self, pick: ChooserAction, _ctx: &ScreenContext) -> Response {
        match pick {
            ChooserAction::Service(id) => self.toggle(id),
            ChooserAction::Preset(preset) => {
                self.workload = preset.workload();
                self.renewed();
                Response::toast(words::workload(&self.workload))
            }
            _ => Response::ignored(),
        }
    }

    fn on_enter(
        &mut self,
        _route: &Route,
        spot: Option<ScrollPosition>,
        _ctx: &ScreenContext,
    ) -> Response {
        if let Some(spot) = spot {
            self.reader.want(spot);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.lay(ctx);
        let page = self.reader.page.clone();
        self.reader.show(page, true);
        let height = usize::from(inside(ctx.area).height);
        if std::mem::take(&mut self.follow)
            && let Some((row, _)) = self.at()
        {
            // The idle bills stay in sight with the slider where both fit.
            self.reader.top = if row < height { 0 } else { self.reader.top };
            self.reader.reveal(row, height);
        }
        self.reader.settle(height);
    }

    fn view(&self, brush: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)> {
        let area = inside(ctx.area);
        let link = self.reader.view(brush, buf, area);
        let seen = |(row, column): (usize, usize)| {
            let y = row
                .checked_sub(self.reader.top)
                .filter(|y| *y < usize::from(area.height))?;
            Some((
                area.x + u16::try_from(column).ok()?,
                area.y + u16::try_from(y).ok()?,
            ))
        };
        let Some((x, y)) = self.at().and_then(seen) else {
            return link.or(Some((area.x, area.y)));
        };
        brush.text(
            buf,
            Rect {
                x,
                y,
                width: 1,
                height: 1,
            },
            &SafeText::ours(">"),
            Role::Focus,
        );
        link.or(Some((x, y)))
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let area = inside(ctx.area);
        if area.contains((column, row).into()) {
            let (row, column) = (
                self.reader.top + usize::from(row - area.y),
                usize::from(column - area.x),
            );
            let all = self
                .laid
                .as_ref()
                .map(|(l, _)| l.sliders.as_slice())
                .unwrap_or_default();
            if let Some(n) = all.iter().position(|(r, c)| *r == row && column >= *c) {
                self.slider = n;
            }
        }
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &ScreenContext) {
        self.reader
            .scroll(rows, usize::from(inside(ctx.area).height));
    }

    fn reader(&mut self, ctx: &ScreenContext) -> Option<(&mut Viewport, usize)> {
        let height = usize::from(inside(ctx.area).height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &ScreenContext) -> Option<Rect> {
        Some(inside(ctx.area))
    }

    fn address(&self, _ctx: &ScreenContext) -> Option<Address> {
        None
    }

    fn position(&self) -> ScrollPosition {
        self.reader.position()
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        if let Some(services) = &mut self.services {
            services.retain(|id| ctx.library.service(id).is_some());
        }
        (self.machine, self.laid) = (None, None);
    }
}
