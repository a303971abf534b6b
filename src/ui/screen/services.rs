//! The services: a matrix of facts with the verdict of the lens that is on, and the proof of the one under the cursor.
//!
//! Promises: facts are read once per day asked for; a switch of the lens moves nothing but what is sorted by it; the cursor
//! stays on its service through filters, a lens and a date, as long as it still shows.

use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::day::Day;
use crate::base::safe::SafeText;
use crate::base::text;
use crate::content::address::{Address, Kind};
use crate::content::kind::lens::Rule;
use crate::content::kind::service::Service;
use crate::content::library::Library;
use crate::domain::judge::table::{Filter, Line, Said, Sort, Table, Tally, default_lenses, moved};
use crate::sheets::services::{self as sheet, Grid, Mark};
use crate::sheets::sight::Sight;
use crate::sheets::verdict;
use crate::ui::act::{Act, Global, ListAct, Move, PageAct, ServicesAct};
use crate::ui::key::{Chord, Code};
use crate::ui::keymap::Scope;
use crate::ui::overlay::chooser::Pick;
use crate::ui::paint::Brush;
use crate::ui::route::{Route, Spot};
use crate::ui::screen::{Ask, Ctx, Hint, Screen, inside, plain, services_choosers as choosers, worded};
use crate::ui::widget::input::Input;
use crate::ui::widget::list::List;
use crate::ui::widget::reader::Reader;

mod view;

/// The screen.
#[derive(Default)]
pub struct Services {
    list: List,
    /// Every service's facts, once they were read.
    table: Option<Table>,
    /// The lines that show, in the order they are shown.
    shown: Vec<u32>,
    /// What the verdicts are of: the lens, and the one before.
    judged: Option<(String, Option<String>)>,
    /// What the lens says of each line.
    said: Vec<Said>,
    /// What the lens before said, while that is marked.
    was: Vec<Said>,
    /// Lines on which the two default lenses differ.
    differ: Vec<bool>,
    /// Verdicts of the lines that the filters other than the verdict's keep.
    tally: Tally,
    /// Cells of the widest idle bill.
    idle: usize,
    sort: Sort,
    filter: Filter,
    field: Input,
    typing: bool,
    reader: Reader,
    /// What the panel is of: service, width, height, sight.
    laid: Option<(Address, usize, usize, Sight)>,
}

/// More services than this are not read only to count what a lens changes.
const READ_TO_COUNT: usize = 1_000;
/// From this width on, the proof stands beside the list.
const BESIDE: u16 = 132;
/// Cells of the list when the proof stands beside it.
const LIST_BESIDE: u16 = 78;
/// Highest panel under the list, its rule included.
const PANEL: u16 = 11;

/// The areas of the screen.
struct Areas {
    /// Counts and filter.
    head: Rect,
    /// Heads of the columns.
    heads: Rect,
    list: Rect,
    /// Where a thin rule parts list and panel; empty when they stand side by side.
    rule: Rect,
    panel: Rect,
    grid: Grid,
}

impl Services {
    fn areas(&self, area: Rect) -> Areas {
        let body = inside(area);
        let beside = body.width >= BESIDE;
        let left = if beside { Rect { width: LIST_BESIDE, ..body } } else { body };
        let grid = Grid::of(usize::from(left.width), self.idle);
        let below = if beside || body.height < 9 { 0 } else { (body.height * 2 / 5).min(PANEL) };
        let air = u16::from(body.height > 26);
        let row = |y: u16, height: u16| {
            let y = y.min(body.height);
            Rect { y: body.y + y, height: height.min(body.height - y), ..left }
        };
        let heads = 2 + air;
        let list = heads + grid.head_rows() as u16;
        let rule = body.height - below;
        let panel = if beside {
            let x = left.right() + 4;
            Rect { x, width: (body.right() - x).min(crate::ui::screen::TEXT), ..body }
        } else {
            row(rule + 1, below.saturating_sub(1))
        };
        Areas {
            head: row(0, 2),
            heads: row(heads, list - heads),
            list: row(list, rule.saturating_sub(list)),
            rule: row(rule, below.min(1)),
            panel,
            grid,
        }
    }

    /// Reads the facts of the day when they were not read yet.
    fn read(&mut self, library: &Library, day: Option<Day>) -> &Table {
        if self.table.as_ref().is_some_and(|t| t.day != day) {
            self.table = None;
        }
        if self.table.is_none() {
            self.judged = None;
        }
        let idle = &mut self.idle;
        self.table.get_or_insert_with(|| {
            let table = Table::of(library, day);
            let wide = table.lines.iter().map(|l| text::width(&verdict::idle(l.idle))).max();
            *idle = wide.unwrap_or(0).clamp(7, 10);
            table
        })
    }

    /// How many verdicts change from one lens to another; `None` where a lens scores, or where there are so many services
    /// that they are not read only to be counted.
    pub fn changes(&mut self, library: &Library, day: Option<Day>, (before, now): (&str, &str)) -> Option<usize> {
        if self.table.is_none() && library.count(Kind::Services) > READ_TO_COUNT {
            return None;
        }
        let (before, now) = (library.lens(before)?, library.lens(now)?);
        let scores = |rule: &Rule| matches!(rule, Rule::Score { .. });
        if scores(&before.rule) || scores(&now.rule) {
            return None;
        }
        let table = self.read(library, day);
        Some(table.lines.iter().filter(|l| moved(&l.said(before), &l.said(now))).count())
    }

    /// Reads what is not read yet, judges by the lens that is on, and narrows the list.
    fn judge(&mut self, ctx: &Ctx) {
        let key = (ctx.settings.lens.clone(), ctx.settings.was.clone());
        self.read(ctx.library, ctx.settings.as_of);
        if self.judged.as_ref() == Some(&key) {
            return;
        }
        let Some(table) = &self.table else { return };
        let said = |lens: Option<&_>| lens.map(|lens| table.said(lens)).unwrap_or_default();
        self.said = said(ctx.library.lens(&key.0));
        self.was = said(key.1.as_deref().and_then(|id| ctx.library.lens(id)));
        self.differ = match default_lenses(ctx.library) {
            Some((a, b)) => table.lines.iter().map(|l| moved(&l.said(a), &l.said(b))).collect(),
            None => Vec::new(),
        };
        self.judged = Some(key);
        self.narrow();
    }

    fn line(&self, row: usize) -> Option<&Line> {
        self.table.as_ref()?.lines.get(*self.shown.get(row)? as usize)
    }

    fn mark(&self, row: usize) -> Option<Mark<'_>> {
        let n = *self.shown.get(row)? as usize;
        Some(Mark { said: self.said.get(n)?, was: self.was.get(n), differs: self.differ.get(n).copied().unwrap_or(false) })
    }

    fn service<'a>(&self, ctx: &Ctx<'a>) -> Option<&'a Service> {
        let line = self.line(self.list.cursor)?;
        ctx.library.service(ctx.library.head(Kind::Services, line.n).id)
    }

    fn chosen(&self, ctx: &Ctx) -> Option<Address> {
        ctx.library.address(Kind::Services, self.line(self.list.cursor)?.n)
    }

    /// Puts the cursor on a service; filters that hide it are taken off.
    fn choose(&mut self, address: &Address, ctx: &Ctx) {
        self.judge(ctx);
        let Some(n) = ctx.library.position(address) else { return };
        if self.row_of(n).is_none() {
            self.open_filters();
        }
        if let Some(row) = self.row_of(n) {
            let height = usize::from(self.areas(ctx.area).list.height);
            self.list.set(row, height.max(1));
        }
    }

    fn row_of(&self, n: usize) -> Option<usize> {
        (0..self.shown.len()).find(|row| self.line(*row).is_some_and(|l| l.n == n))
    }

    fn open_filters(&mut self) {
        self.field.set("");
        self.filter = Filter::default();
        self.narrow();
    }

    /// Applies filters and order; the cursor stays on its service when that still shows.
    fn narrow(&mut self) {
        let before = self.shown.get(self.list.cursor).copied();
        self.field.value().clone_into(&mut self.filter.words);
        let Some(table) = &self.table else { return };
        let any = table.kept(&self.filter.any_verdict(), &self.said);
        self.tally = Tally::of(any.iter().filter_map(|n| self.said.get(*n as usize)));
        let mut shown = if self.filter.verdict.is_some() { table.kept(&self.filter, &self.said) } else { any };
        table.sort(&mut shown, &self.said, self.sort);
        self.shown = shown;
        let top = self.list.top;
        self.list = List { top, ..List::new(self.shown.len()) };
        self.list.cursor = before.and_then(|n| self.shown.iter().position(|s| *s == n)).unwrap_or(0);
    }

    /// Sorts; who sorts wants to see what comes first.
    fn sort_by(&mut self, sort: Sort) -> Ask {
        self.sort = sort;
        self.narrow();
        self.list = List::new(self.shown.len());
        Ask::Say(crate::safe!("sorted {}", sheet::sorted(sort)))
    }

    fn movement(&mut self, to: Move, count: Option<usize>, ctx: &Ctx) -> Ask {
        let height = usize::from(self.areas(ctx.area).list.height);
        match to {
            Move::Enter => return self.chosen(ctx).map_or(Ask::Nothing, |address| Ask::Go(Route::Entry(address))),
            Move::Up if self.list.cursor == 0 && count.is_none() => self.typing = true,
            Move::Left | Move::Right => {}
            Move::Down | Move::Up | Move::HalfDown | Move::HalfUp | Move::PageDown | Move::PageUp | Move::Top | Move::Bottom => {
                self.list.moved(to, count, height);
            }
        }
        Ask::Nothing
    }

    fn list_act(&mut self, act: ListAct, ctx: &Ctx) -> Ask {
        match act {
            ListAct::Filter => {
                self.typing = true;
                Ask::Nothing
            }
            ListAct::Tag => self.offer(choosers::categories, ctx),
            ListAct::Stance => Ask::Say(SafeText::ours("services take no stance; # narrows to a category")),
        }
    }

    fn offer(&self, chooser: fn(&Library, &Table, &Filter) -> crate::ui::overlay::chooser::Chooser, ctx: &Ctx) -> Ask {
        match &self.table {
            Some(table) => Ask::Choose(Box::new(chooser(ctx.library, table, &self.filter))),
            None => Ask::Nothing,
        }
    }

    fn services_act(&mut self, act: ServicesAct, ctx: &Ctx) -> Ask {
        match act {
            ServicesAct::Sort => {
                let mut column = self.sort.column.next();
                let grid = self.areas(ctx.area).grid;
                while !grid.shows(column) {
                    column = column.next();
                }
                self.sort_by(Sort { column, reversed: false })
            }
            ServicesAct::Reverse => self.sort_by(Sort { reversed: !self.sort.reversed, ..self.sort }),
            ServicesAct::Provider => self.offer(choosers::providers, ctx),
            ServicesAct::Verdict if self.tally.scored > 0 => {
                Ask::Say(SafeText::ours("this lens gives scores and no verdicts; S sorts by them"))
            }
            ServicesAct::Verdict => {
                let chooser = choosers::verdicts(&self.tally, self.filter.verdict);
                Ask::Choose(Box::new(chooser))
            }
            ServicesAct::AsOf => {
                let chooser = choosers::dates(ctx.library, ctx.settings.today, ctx.settings.as_of);
                Ask::Choose(Box::new(chooser))
            }
        }
    }

    /// Lays out the proof of the service under the cursor.
    fn lay(&mut self, ctx: &Ctx) {
        let panel = self.areas(ctx.area).panel;
        let (width, height) = (usize::from(panel.width), usize::from(panel.height));
        let Some(service) = self.service(ctx).filter(|_| width > 0 && height > 0) else {
            self.reader.show(Arc::default(), false);
            self.laid = None;
            return;
        };
        let Some(address) = Address::new(Kind::Services, &service.id) else { return };
        let wanted = (address, width, height, ctx.settings.sight());
        if self.laid.as_ref() == Some(&wanted) {
            self.reader.show(self.reader.page.clone(), true);
        } else {
            let same = self.laid.as_ref().is_some_and(|l| l.0 == wanted.0);
            let page = sheet::panel(ctx.library, service, &wanted.3, (width, height));
            self.reader.show(Arc::new(page), same);
            self.laid = Some(wanted);
        }
        self.reader.settle(height);
    }
}

impl Screen for Services {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Services, Scope::List]
    }

    fn hints(&self, _ctx: &Ctx) -> Vec<Hint> {
        vec![
            worded(Act::Move(Move::Down), "choose"),
            worded(Act::Move(Move::Enter), "open"),
            plain(Act::Global(Global::Lens)),
            plain(Act::Services(ServicesAct::Sort)),
            plain(Act::List(ListAct::Filter)),
            plain(Act::Services(ServicesAct::Verdict)),
            plain(Act::Global(Global::Judge)),
            plain(Act::Services(ServicesAct::Provider)),
            worded(Act::List(ListAct::Tag), "category"),
            plain(Act::Services(ServicesAct::AsOf)),
            plain(Act::Services(ServicesAct::Reverse)),
            plain(Act::Page(PageAct::Source)),
            plain(Act::Page(PageAct::Copy)),
        ]
    }

    fn act(&mut self, act: Act, count: Option<usize>, ctx: &Ctx) -> Ask {
        match act {
            Act::Move(to) => self.movement(to, count, ctx),
            Act::List(act) => self.list_act(act, ctx),
            Act::Services(act) => self.services_act(act, ctx),
            Act::Global(_) | Act::Page(_) | Act::Compare(_) | Act::Learn(_) | Act::Interview(_) | Act::Cost(_) | Act::Quiz(_) => {
                Ask::Unknown
            }
        }
    }

    fn picked(&mut self, pick: Pick, _ctx: &Ctx) -> Ask {
        match pick {
            Pick::Tag(category) => self.filter.category = category,
            Pick::Provider(provider) => self.filter.provider = provider,
            Pick::Verdict(verdict) => self.filter.verdict = verdict,
            Pick::Act(_)
            | Pick::Sides(_)
            | Pick::Dial(..)
            | Pick::Service(_)
            | Pick::Preset(_)
            | Pick::Lens(_)
            | Pick::AsOf(_)
            | Pick::Theme(_)
            | Pick::Column(_)
            | Pick::Perspective(..)
            | Pick::Stance(_)
            | Pick::Go(_)
            | Pick::Heading(_)
            | Pick::Open(_)
            | Pick::CopyAddress(_) => return Ask::Unknown,
        }
        self.narrow();
        Ask::Nothing
    }

    fn enter(&mut self, route: &Route, spot: Option<Spot>, ctx: &Ctx) {
        if let Some(address) = route.address() {
            self.choose(address, ctx);
        }
        if let Some(spot) = spot {
            self.reader.want(spot);
        }
    }

    fn settle(&mut self, ctx: &Ctx) {
        self.judge(ctx);
        self.list.settle(usize::from(self.areas(ctx.area).list.height));
        self.lay(ctx);
    }

    fn view(&self, brush: Brush, buf: &mut Buffer, ctx: &Ctx) -> Option<(u16, u16)> {
        self.paint(brush, buf, ctx)
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx) -> Ask {
        let areas = self.areas(ctx.area);
        let at = (column, row).into();
        self.typing = areas.head.contains(at) && row == areas.head.y + 1;
        if areas.heads.contains(at) {
            let column = areas.grid.column_at(usize::from(column - areas.heads.x));
            let reversed = self.sort.column == column && !self.sort.reversed;
            return self.sort_by(Sort { column, reversed });
        }
        if areas.list.contains(at) {
            let index = self.list.top + usize::from(row - areas.list.y);
            if index < self.list.len {
                self.list.cursor = index;
            }
        }
        Ask::Nothing
    }

    fn wheel(&mut self, rows: i32, column: u16, row: u16, ctx: &Ctx) {
        let areas = self.areas(ctx.area);
        if areas.panel.contains((column, row).into()) {
            self.reader.scroll(rows, usize::from(areas.panel.height));
        } else {
            self.list.scroll(rows, usize::from(areas.list.height));
        }
    }

    fn typed(&mut self, chord: Chord, _ctx: &Ctx) -> Option<Ask> {
        if !self.typing {
            return None;
        }
        match chord.code {
            Code::Enter | Code::Down | Code::Tab => self.typing = false,
            Code::Esc => {
                self.typing = false;
                self.field.set("");
                self.narrow();
            }
            _ if self.field.key(chord) => self.narrow(),
            _ => {}
        }
        Some(Ask::Nothing)
    }

    fn paste(&mut self, text: &SafeText, _ctx: &Ctx) {
        if self.typing {
            self.field.paste(text);
            self.narrow();
        }
    }

    fn reader(&mut self, ctx: &Ctx) -> Option<(&mut Reader, usize)> {
        let height = usize::from(self.areas(ctx.area).panel.height);
        Some((&mut self.reader, height))
    }

    fn page_area(&self, ctx: &Ctx) -> Option<Rect> {
        Some(self.areas(ctx.area).panel).filter(|a| a.width > 0 && a.height > 0)
    }

    fn address(&self, ctx: &Ctx) -> Option<Address> {
        self.chosen(ctx)
    }

    fn spot(&self) -> Spot {
        self.reader.spot()
    }

    fn close(&mut self) -> bool {
        if self.typing {
            self.typing = false;
            return true;
        }
        if self.reader.link.is_none() && !self.filter.is_open() {
            self.open_filters();
            return true;
        }
        false
    }

    fn renew(&mut self, ctx: &Ctx) {
        let kept = self.laid.take().map(|(address, ..)| address);
        self.table = None;
        self.judge(ctx);
        if let Some(address) = kept.filter(|a| ctx.library.position(a).is_some()) {
            self.choose(&address, ctx);
        }
    }
}
