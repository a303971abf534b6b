//! Cost: what services bill a month, idle first, over any number of requests.
//! Promises: the focused slider is brought in sight when it moves; whatever is chosen, the numbers are on the page.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::safe::SafeText;
use crate::base::text::thousands;
use crate::content::address::Address;
use crate::content::kind::service::Service;
use crate::domain::cost::beside::{Beside, MOST, machine, priced, step, stops};
use crate::domain::cost::presets::Preset;
use crate::domain::cost::sweep::Scale;
use crate::domain::cost::tariff::Tariff;
use crate::domain::cost::workload::Workload;
use crate::page::row::Role;
use crate::page::setter::Setter;
use crate::sheets::cost::screen::{self, Laid, Manner, SLIDERS};
use crate::sheets::cost::words;
use crate::ui::act::{Act, CostAct, Move, PageAct};
use crate::ui::keymap::Scope;
use crate::ui::overlay::chooser::{Choice, Chooser, Pick};
use crate::ui::paint::Brush;
use crate::ui::route::{Route, Spot};
use crate::ui::screen::{Ask, Ctx, Hint, Screen, inside, plain, worded};
use crate::ui::widget::reader::Reader;

/// Stops that a coarse step goes: a power of ten where there are three to one.
pub const COARSE: isize = 3;

/// The screen.
pub struct Cost {
    /// Service ids in the order of their letters; `None` until the screen is first opened.
    services: Option<Vec<String>>,
    /// The pack's always-on machine, by id.
    machine: Option<String>,
    workload: Workload,
    scale: Scale,
    /// The slider under the cursor.
    slider: usize,
    reader: Reader,
    laid: Option<(Laid, Rect)>,
    /// The slider must be brought in sight when next settled.
    follow: bool,
}

impl Default for Cost {
    fn default() -> Self {
        Self {
            services: None,
            machine: None,
            workload: Workload::default(),
            scale: Scale::Log,
            slider: 0,
            reader: Reader::default(),
            laid: None,
            follow: false,
        }
    }
}

impl Cost {
    /// The services to begin with: those of the traffic dial, and the machine that is always on.
    fn begin(&mut self, ctx: &Ctx) {
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

    fn lay(&mut self, ctx: &Ctx) {
        let area = inside(ctx.area);
        if self.laid.as_ref().is_some_and(|(_, at)| *at == area) {
            return;
        }
        if self.services.is_none() || self.machine.is_none() {
            self.begin(ctx);
        }
        let services: Vec<&Service> = self.chosen().iter().filter_map(|id| ctx.library.service(id)).collect();
        let beside = Beside::of(&services, &self.workload, self.machine.as_deref());
        let (width, height) = (usize::from(area.width), usize::from(area.height));
        let laid = if beside.lines.is_empty() {
            nothing(width, ctx)
        } else {
            screen::set(ctx.library, &beside, Manner { width, height, scale: self.scale, ascii: ctx.settings.ascii })
        };
        self.reader.show(Arc::new(laid.page.clone()), self.laid.is_some());
        self.laid = Some((laid, area));
    }

    /// The row of the focused slider, and the column of its sign.
    fn at(&self) -> Option<(usize, usize)> {
        self.laid.as_ref().and_then(|(laid, _)| laid.sliders.get(self.slider)).copied()
    }

    fn renewed(&mut self) -> Ask {
        if let Some((_, at)) = &mut self.laid {
            *at = Rect::default();
        }
        Ask::Nothing
    }

    fn slide(&mut self, stops_away: isize) -> Ask {
        if let Some(field) = SLIDERS.get(self.slider) {
            let value = step(&stops(*field), self.workload.get(*field), stops_away);
            self.workload = self.workload.with(*field, value);
        }
        self.follow = true;
        self.renewed()
    }

    fn movement(&mut self, to: Move, count: Option<usize>, ctx: &Ctx) -> Ask {
        let height = usize::from(inside(ctx.area).height);
        let steps = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        let hidden = self.at().is_some_and(|(row, _)| row < self.reader.top);
        match to {
            Move::Left => return self.slide(-steps),
            Move::Right => return self.slide(steps),
            Move::Down if self.slider + 1 < SLIDERS.len() => (self.slider, self.follow) = (self.slider + 1, true),
            Move::Up if self.slider > 0 && !hidden => (self.slider, self.follow) = (self.slider - 1, true),
            Move::Enter => {}
            Move::Down | Move::Up | Move::HalfDown | Move::HalfUp | Move::PageDown | Move::PageUp | Move::Top | Move::Bottom => {
                self.reader.moved(to, count, height);
            }
        }
        Ask::Nothing
    }

    fn cost(&mut self, act: CostAct, ctx: &Ctx) -> Ask {
        match act {
            CostAct::FarLess => self.slide(-COARSE),
            CostAct::FarMore => self.slide(COARSE),
            CostAct::Scale => {
                self.scale = if self.scale == Scale::Log { Scale::Linear } else { Scale::Log };
                self.renewed()
            }
            CostAct::Add => Ask::Choose(Box::new(self.service_chooser(ctx))),
            CostAct::Remove => match self.services.as_mut().and_then(Vec::pop) {
                Some(_) => self.renewed(),
                None => Ask::Say(SafeText::ours("there is no service to take away")),
            },
            CostAct::Preset => Ask::Choose(Box::new(self.preset_chooser())),
            CostAct::Machine => match self.machine.clone() {
                Some(id) => self.toggle(id),
                None => Ask::Say(SafeText::ours("this pack knows no machine that is always on")),
            },
            CostAct::Dial => Ask::Unknown,
        }
    }

    /// Adds a service, or takes it away.
    fn toggle(&mut self, id: String) -> Ask {
        let services = self.services.get_or_insert_default();
        if services.contains(&id) {
            services.retain(|s| *s != id);
        } else if services.len() == MOST {
            return Ask::Say(crate::safe!("{MOST} services are the most; - takes the last one away"));
        } else {
            services.push(id);
        }
        self.renewed()
    }

    fn service_chooser(&self, ctx: &Ctx) -> Chooser {
        let choice = |service: &Service| Choice {
            label: service.name.clone(),
            aside: if self.chosen().contains(&service.id) { SafeText::ours("shown") } else { idle(service) },
            about: crate::safe!("{}. Enter adds it, or takes it away.", service.provider),
            pick: Pick::Service(service.id.clone()),
        };
        Chooser::new("Which services?", priced(ctx.library).map(choice).collect(), "no service with prices is called that")
    }

    fn preset_chooser(&self) -> Chooser {
        let choice = |preset: Preset| Choice {
            label: SafeText::ours(preset.title()),
            aside: crate::safe!("{} a month", thousands(preset.workload().requests_per_month())),
            about: SafeText::ours(preset.words()),
            pick: Pick::Preset(preset),
        };
        let on = self.machine.as_ref().is_some_and(|m| self.chosen().contains(m));
        let machine = Choice {
            label: SafeText::ours("against an always-on machine"),
            aside: SafeText::ours(if on { "shown" } else { "" }),
            about: SafeText::ours("Adds the cheapest machine that never rests, or takes it away."),
            pick: Pick::Act(Act::Cost(CostAct::Machine)),
        };
        let choices = Preset::ALL.map(choice).into_iter().chain([machine]).collect();
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
fn nothing(width: usize, ctx: &Ctx) -> Laid {
    let mut setter = Setter::new(width);
    let none = priced(ctx.library).next().is_none();
    let words = if none { "This pack holds no service with prices." } else { "No service is chosen. + adds one." };
    setter.paragraph(vec![crate::page::row::Run::ours(words, Role::Text)]);
    Laid { page: setter.finish(), sliders: Vec::new() }
}

impl Screen for Cost {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Cost, Scope::Dial]
    }

    fn hints(&self, _ctx: &Ctx) -> Vec<Hint> {
        vec![
            worded(Act::Move(Move::Down), "slider"),
            worded(Act::Move(Move::Right), "move it"),
            plain(Act::Cost(CostAct::Preset)),
            plain(Act::Cost(CostAct::Add)),
            worded(Act::Move(Move::PageDown), "numbers"),
            plain(Act::Cost(CostAct::Scale)),
            plain(Act::Cost(CostAct::Machine)),
            plain(Act::Cost(CostAct::FarMore)),
            plain(Act::Page(PageAct::NextLink)),
        ]
    }

    fn act(&mut self, act: Act, count: Option<usize>, ctx: &Ctx) -> Ask {
        match act {
            Act::Move(to) => self.movement(to, count, ctx),
            Act::Cost(act) => self.cost(act, ctx),
            Act::Global(_)
            | Act::Page(_)
            | Act::List(_)
            | Act::Compare(_)
            | Act::Learn(_)
            | Act::Services(_)
            | Act::Interview(_)
            | Act::Quiz(_) => Ask::Unknown,
        }
    }

    fn picked(&mut self, pick: Pick, _ctx: &Ctx) -> Ask {
        match pick {
            Pick::Service(id) => self.toggle(id),
            Pick::Preset(preset) => {
                self.workload = preset.workload();
                self.renewed();
                Ask::Say(words::workload(&self.workload))
            }
            Pick::Act(_)
            | Pick::Sides(_)
            | Pick::AsOf(_)
            | Pick::Provider(_)
            | Pick::Verdict(_)
            | Pick::Lens(_)
            | Pick::Theme(_)
            | Pick::Column(_)
            | Pick::Perspective(..)
            | Pick::Dial(..)
            | Pick::Tag(_)
            | Pick::Stance(_)
            | Pick::Go(_)
            | Pick::Heading(_)
            | Pick::Open(_)
            | Pick::CopyAddress(_) => Ask::Unknown,
        }
    }

    fn enter(&mut self, _route: &Route, spot: Option<Spot>, _ctx: &Ctx) {
        if let Some(spot) = spot {
            self.reader.want(spot);
        }
    }

    fn settle(&mut self, ctx: &Ctx) {
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

    fn view(&self, brush: Brush, buf: &mut Buffer, ctx: &Ctx) -> Option<(u16, u16)> {
        let area = inside(ctx.area);
        let link = self.reader.view(brush, buf, area);
        let seen = |(row, column): (usize, usize)| {
            let y = row.checked_sub(self.reader.top).filter(|y| *y < usize::from(area.height))?;
            Some((area.x + u16::try_from(column).ok()?, area.y + u16::try_from(y).ok()?))
        };
        let Some((x, y)) = self.at().and_then(seen) else { return link.or(Some((area.x, area.y))) };
        brush.text(buf, Rect { x, y, width: 1, height: 1 }, &SafeText::ours(">"), Role::Focus);
        link.or(Some((x, y)))
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx) -> Ask {
        let area = inside(ctx.area);
        if area.contains((column, row).into()) {
            let (row, column) = (self.reader.top + usize::from(row - area.y), usize::from(column - area.x));
            let all = self.laid.as_ref().map(|(l, _)| l.sliders.as_slice()).unwrap_or_default();
            if let Some(n) = all.iter().position(|(r, c)| *r == row && column >= *c) {
                self.slider = n;
            }
        }
        Ask::Nothing
    }

    fn wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &Ctx) {
        self.reader.scroll(rows, usize::from(inside(ctx.area).height));
    }

    fn reader(&mut self, ctx: &Ctx) -> Option<(&mut Reader, usize)> {
        let height = usize::from(inside(ctx.area).height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &Ctx) -> Option<Rect> {
        Some(inside(ctx.area))
    }

    fn address(&self, _ctx: &Ctx) -> Option<Address> {
        None
    }

    fn spot(&self) -> Spot {
        self.reader.spot()
    }

    fn renew(&mut self, ctx: &Ctx) {
        if let Some(services) = &mut self.services {
            services.retain(|id| ctx.library.service(id).is_some());
        }
        (self.machine, self.laid) = (None, None);
    }
}
