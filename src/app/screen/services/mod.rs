//! The services: a matrix of facts with the verdict of the lens that is on, and the proof of the one under the cursor.
//!
//! Facts are read once per day asked for. A switch of the lens moves nothing but what is sorted by it. The cursor stays on
//! its service through filters, a lens and a date, as long as it still shows.

use ratatui::layout::Rect;

use crate::app::action::{
    Action, GlobalAction, ListAction, MoveAction, PageAction, ServicesAction,
};
use crate::app::choice::ScreenChoice;
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::overlay::Chooser;
use crate::app::painter::Painter;
use crate::app::route::{Location, Route};
use crate::app::screen::{
    Hint, Response, Screen, ScreenContext, inside, plain, text_width, worded,
};
use crate::app::widget::{FilterChange, FilterField, ListCursor, Pane, Viewport, area};
use crate::core::compare::default_lenses;
use crate::core::judge::table::moved;
use crate::core::judge::{
    ServiceFilter, ServiceOrder, ServiceRow, ServiceTable, SortColumn, TableVerdict, VerdictTally,
};
use crate::pack::{Address, Kind, Library, Service, Subject};
use crate::text::{Day, SafeText, measure};
use crate::views::{ServiceMark, ServicesGrid, ViewContext, services as sheet, verdict};

mod choosers;
mod view;

#[derive(Default)]
pub struct ServicesScreen {
    list: ListCursor,
    /// Every service's facts, once they were read.
    table: Option<ServiceTable>,
    /// The lines that show, in the order they are shown.
    shown: Vec<u32>,
    /// What the verdicts are of: the lens, and the one before.
    judged: Option<(String, Option<String>)>,
    verdicts: Vec<TableVerdict>,
    /// What the lens before said, while that is marked.
    was: Vec<TableVerdict>,
    /// Lines on which the two default lenses differ.
    differ: Vec<bool>,
    /// Verdicts of the lines that the filters other than the verdict's keep.
    tally: VerdictTally,
    /// Cells of the widest idle bill, and of the widest name.
    idle: usize,
    name: usize,
    sort: ServiceOrder,
    filter: ServiceFilter,
    /// The words to narrow by, as they are typed.
    words: FilterField,
    /// The proof of the service under the cursor, by width, height and view.
    pane: Pane<Address, (usize, usize, ViewContext)>,
}

/// More services than this are not read only to count what a lens changes.
const READ_TO_COUNT: usize = 1_000;
/// From this width on, the proof stands beside the list.
const SPLIT: u16 = 132;
/// Cells of the list when the proof stands beside it.
const SPLIT_LIST: (u16, u16) = (78, 132);
/// Least cells of the proof beside the list.
const SPLIT_PROOF: u16 = 56;
/// Least rows of a list that has a legend below.
const WITH_LEGEND: u16 = 8;
/// Highest panel under the list, its rule included.
const PANEL: u16 = 11;

struct ServicesAreas {
    /// Counts and filter.
    head: Rect,
    heads: Rect,
    list: Rect,
    /// What the signs mean; empty where there is no room.
    legend: Rect,
    /// Where a thin rule parts list and panel; empty when they stand side by side.
    rule: Rect,
    panel: Rect,
    grid: ServicesGrid,
}

impl ServicesScreen {
    fn areas(&self, ctx: &ScreenContext) -> ServicesAreas {
        let body = inside(ctx.area);
        let criteria = &ctx.library.pack().subject.criteria;
        let beside = body.width >= SPLIT;
        let (least, most) = SPLIT_LIST;
        let list = body.width.saturating_sub(SPLIT_PROOF + 4);
        let list = if beside {
            list.clamp(least, most)
        } else {
            body.width
        };
        let left = area::left(body, list);
        let width = usize::from(left.width);
        let grid = ServicesGrid::of(
            width,
            (self.name, self.idle),
            ctx.library.pack().subject.things.has_makers,
            criteria,
        );
        let below = if beside || body.height < 9 {
            0
        } else {
            (body.height * 2 / 5).min(PANEL)
        };
        let air = u16::from(body.height > 26);
        let row = |from, height| area::rows(left, from, height);
        let heads = 2 + air;
        let list = heads + grid.head_rows() as u16;
        let rule = body.height - below;
        let rows = rule.saturating_sub(list);
        let legend = u16::from(rows > WITH_LEGEND);
        let rows = rows - legend;
        let panel = if beside {
            area::right_of(body, left, 4, text_width(ctx))
        } else {
            row(rule + 1, below.saturating_sub(1))
        };
        ServicesAreas {
            head: row(0, 2),
            heads: row(heads, list - heads),
            list: row(list, rows),
            legend: row(list + rows, legend),
            rule: row(rule, below.min(1)),
            panel,
            grid,
        }
    }

    /// Reads the facts of the day when they were not read yet.
    pub fn read(&mut self, library: &Library, day: Option<Day>) -> &ServiceTable {
        if self.table.as_ref().is_some_and(|t| t.day != day) {
            self.table = None;
        }
        if self.table.is_none() {
            self.judged = None;
        }
        let (idle, name) = (&mut self.idle, &mut self.name);
        self.table.get_or_insert_with(|| {
            let table = ServiceTable::of(library, day);
            let subject = &library.pack().subject;
            let bills = table.lines.iter().map(|l| verdict::idle(subject, l.idle));
            let widest = bills.map(|bill| measure::width(&bill)).max();
            let names = table.lines.iter().map(|l| measure::width(&l.short));
            *name = names.max().unwrap_or(0);
            *idle = match library.has_idle_bills() {
                true => widest.unwrap_or(0).clamp(7, 10),
                false => 0,
            };
            table
        })
    }

    /// How many verdicts change from one lens to another; `None` where a lens scores, or where there are so many services
    /// that they are not read only to be counted.
    pub fn changes(
        &mut self,
        library: &Library,
        day: Option<Day>,
        (before, now): (&str, &str),
    ) -> Option<usize> {
        if self.table.is_none() && library.count(Kind::Services) > READ_TO_COUNT {
            return None;
        }
        let (before, now) = (library.lens(before)?, library.lens(now)?);
        if before.is_score() || now.is_score() {
            return None;
        }
        let table = self.read(library, day);
        let lines = table.lines.iter();
        let changed = lines.filter(|l| moved(&l.verdict(before), &l.verdict(now)));
        Some(changed.count())
    }

    /// How many each lens gives which verdict, in the library's order; `None` where a lens scores, and of all where there
    /// are so many services that they are not read only to be counted.
    pub fn tallies(&mut self, library: &Library, day: Option<Day>) -> Vec<Option<VerdictTally>> {
        let lenses = 0..library.count(Kind::Lenses);
        if self.table.is_none() && library.count(Kind::Services) > READ_TO_COUNT {
            return lenses.map(|_| None).collect();
        }
        let table = self.read(library, day);
        let tally = |n| {
            let lens = library.lens(library.head(Kind::Lenses, n).id)?;
            (!lens.is_score()).then(|| VerdictTally::of(&table.verdicts(lens)))
        };
        lenses.map(tally).collect()
    }

    /// Reads what is not read yet, judges by the lens that is on, and narrows the list.
    fn judge(&mut self, ctx: &ScreenContext) {
        let key = (ctx.view.lens.clone(), ctx.view.was.clone());
        self.read(ctx.library, ctx.view.as_of);
        if self.judged.as_ref() == Some(&key) {
            return;
        }
        let Some(table) = &self.table else { return };
        let verdicts = |lens: Option<&_>| lens.map(|lens| table.verdicts(lens)).unwrap_or_default();
        self.verdicts = verdicts(ctx.library.lens(&key.0));
        self.was = verdicts(key.1.as_deref().and_then(|id| ctx.library.lens(id)));
        self.differ = match default_lenses(ctx.library).as_slice() {
            [a, b, ..] => table
                .lines
                .iter()
                .map(|l| moved(&l.verdict(a), &l.verdict(b)))
                .collect(),
            [..] => Vec::new(),
        };
        self.judged = Some(key);
        self.narrow();
    }

    fn line(&self, row: usize) -> Option<&ServiceRow> {
        let n = *self.shown.get(row)? as usize;
        self.table.as_ref()?.lines.get(n)
    }

    fn mark(&self, row: usize) -> Option<ServiceMark<'_>> {
        let n = *self.shown.get(row)? as usize;
        Some(ServiceMark {
            verdict: self.verdicts.get(n)?,
            was: self.was.get(n),
            differs: self.differ.get(n).copied().unwrap_or(false),
        })
    }

    fn service<'a>(&self, ctx: &ScreenContext<'a>) -> Option<&'a Service> {
        let line = self.line(self.list.cursor)?;
        ctx.library
            .service(ctx.library.head(Kind::Services, line.n).id)
    }

    fn chosen(&self, ctx: &ScreenContext) -> Option<Address> {
        ctx.library
            .address(Kind::Services, self.line(self.list.cursor)?.n)
    }

    /// Puts the cursor on a service; filters that hide it are taken off.
    fn choose(&mut self, address: &Address, ctx: &ScreenContext) {
        self.judge(ctx);
        let Some(n) = ctx.library.position(address) else {
            return;
        };
        if self.row_of(n).is_none() {
            self.open_filters();
        }
        if let Some(row) = self.row_of(n) {
            self.list.cursor = row;
        }
    }

    fn row_of(&self, n: usize) -> Option<usize> {
        (0..self.shown.len()).find(|row| self.line(*row).is_some_and(|l| l.n == n))
    }

    fn open_filters(&mut self) {
        self.words.field.set("");
        self.filter = ServiceFilter::default();
        self.narrow();
    }

    /// Applies filters and order; the cursor stays on its service when that still shows.
    fn narrow(&mut self) {
        let before = self.shown.get(self.list.cursor).copied();
        self.words.field.value().clone_into(&mut self.filter.words);
        let Some(table) = &self.table else { return };
        let any = table.kept(&self.filter.any_verdict(), &self.verdicts);
        self.tally = VerdictTally::of(any.iter().filter_map(|n| self.verdicts.get(*n as usize)));
        let mut shown = if self.filter.verdict.is_some() {
            table.kept(&self.filter, &self.verdicts)
        } else {
            any
        };
        table.sort(&mut shown, &self.verdicts, self.sort);
        if self.sort.column == SortColumn::Disputed {
            let last = |n: &u32| {
                let differs = self.differ.get(*n as usize).copied().unwrap_or(false);
                differs == self.sort.reversed
            };
            shown.sort_by_key(last);
        }
        self.shown = shown;
        let cursor = before.and_then(|n| self.shown.iter().position(|s| *s == n));
        self.list.reset(self.shown.len(), cursor.unwrap_or(0));
    }

    /// Sorts; who sorts wants to see what comes first.
    fn sort_by(&mut self, sort: ServiceOrder, subject: &Subject) -> Response {
        self.sort = sort;
        self.narrow();
        self.list = ListCursor::new(self.shown.len());
        Response::toast(crate::safe!("sorted {}", sheet::sorted(sort, subject)))
    }

    fn movement(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match to {
            MoveAction::Enter => {
                let entry = self.chosen(ctx).map(Route::Entry);
                return entry.map_or(Response::done(), Response::go);
            }
            MoveAction::Up if self.list.cursor == 0 && count.is_none() => self.words.typing = true,
            MoveAction::Left | MoveAction::Right => {}
            _ => {
                self.list.moved(to, count);
            }
        }
        Response::done()
    }

    fn list_action(&mut self, action: ListAction, ctx: &ScreenContext) -> Response {
        match action {
            ListAction::Filter => {
                self.words.typing = true;
                Response::done()
            }
            ListAction::Tag => self.offer(choosers::categories, ctx),
            ListAction::Stance => {
                let things = &ctx.library.pack().subject.things;
                Response::toast(things.fill("{many} take no stance; # narrows to a category"))
            }
        }
    }

    fn offer(
        &self,
        chooser: fn(&Library, &ServiceTable, &ServiceFilter) -> Chooser,
        ctx: &ScreenContext,
    ) -> Response {
        match &self.table {
            Some(table) => Response::open(chooser(ctx.library, table, &self.filter)),
            None => Response::done(),
        }
    }

    fn services_action(&mut self, action: ServicesAction, ctx: &ScreenContext) -> Response {
        let subject = &*ctx.library.pack().subject;
        match action {
            ServicesAction::Sort => {
                let criteria = &subject.criteria;
                let mut column = self.sort.column.next(criteria);
                let grid = self.areas(ctx).grid;
                while !grid.shows(column) {
                    column = column.next(criteria);
                }
                self.sort_by(
                    ServiceOrder {
                        column,
                        reversed: false,
                    },
                    subject,
                )
            }
            ServicesAction::Reverse => {
                let sort = ServiceOrder {
                    reversed: !self.sort.reversed,
                    ..self.sort
                };
                self.sort_by(sort, subject)
            }
            ServicesAction::Provider => self.offer(choosers::providers, ctx),
            ServicesAction::Verdict if self.tally.scored > 0 => {
                Response::toast("this lens gives scores and no verdicts; S sorts by them")
            }
            ServicesAction::Verdict => {
                let chooser = choosers::verdicts(
                    &ctx.library.pack().subject,
                    &self.tally,
                    self.filter.verdict,
                );
                Response::open(chooser)
            }
            ServicesAction::AsOf => {
                let chooser = choosers::dates(ctx.library, ctx.view.today, ctx.view.as_of);
                Response::open(chooser)
            }
        }
    }

    /// Lays out the proof of the service under the cursor.
    fn lay_out_proof(&mut self, ctx: &ScreenContext) {
        let panel = self.areas(ctx).panel;
        let service = self.service(ctx).filter(|_| !panel.is_empty());
        let Some((service, address)) =
            service.and_then(|s| Some((s, Address::new(Kind::Services, &s.id)?)))
        else {
            return self.pane.show_nothing(panel);
        };
        let (width, height) = (usize::from(panel.width), usize::from(panel.height));
        let options = (width, height, ctx.view.clone());
        self.pane.show(address, options, panel, |_, (_, _, view)| {
            sheet::panel(ctx.library, service, view, (width, height))
        });
    }
}

impl Screen for ServicesScreen {
    fn offers(&self, action: Action, ctx: &ScreenContext) -> bool {
        match action {
            Action::List(ListAction::Stance) => false,
            Action::List(ListAction::Tag) => !ctx.library.pack().categories.is_empty(),
            _ => true,
        }
    }

    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Services, Scope::List]
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        let category = worded(Action::List(ListAction::Tag), "category");
        vec![
            worded(Action::Move(MoveAction::Down), "choose"),
            worded(Action::Move(MoveAction::Enter), "open"),
            plain(Action::Global(GlobalAction::Lens)),
            plain(Action::Services(ServicesAction::Sort)),
            worded(Action::Page(PageAction::Find), "filter"),
            plain(Action::Services(ServicesAction::Verdict)),
            plain(Action::Global(GlobalAction::Judge)),
            plain(Action::Services(ServicesAction::Provider)),
            category,
            plain(Action::Services(ServicesAction::AsOf)),
            plain(Action::Services(ServicesAction::Reverse)),
            plain(Action::Page(PageAction::Source)),
            plain(Action::Page(PageAction::Copy)),
        ]
    }

    fn on_action(&mut self, action: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match action {
            Action::Move(to) => self.movement(to, count, ctx),
            Action::List(action) => self.list_action(action, ctx),
            Action::Page(PageAction::Find) => self.list_action(ListAction::Filter, ctx),
            Action::Services(action) => self.services_action(action, ctx),
            _ => Response::ignored(),
        }
    }

    fn on_choice(&mut self, choice: ScreenChoice, _ctx: &ScreenContext) -> Response {
        match choice {
            ScreenChoice::Tag(category) => self.filter.category = category,
            ScreenChoice::Provider(provider) => self.filter.provider = provider,
            ScreenChoice::Verdict(verdict) => self.filter.verdict = verdict,
            _ => return Response::ignored(),
        }
        self.narrow();
        Response::done()
    }

    fn on_enter(&mut self, to: &Location, ctx: &ScreenContext) -> Response {
        if let Some(address) = to.route.address() {
            self.choose(address, ctx);
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.judge(ctx);
        self.list.layout(usize::from(self.areas(ctx).list.height));
        self.lay_out_proof(ctx);
    }

    fn viewport(&mut self) -> &mut Viewport {
        &mut self.pane.viewport
    }

    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        self.paint(painter, ctx)
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let areas = self.areas(ctx);
        let at = (column, row).into();
        self.words.typing = areas.head.contains(at) && row == areas.head.y + 1;
        if areas.heads.contains(at) {
            let subject = &*ctx.library.pack().subject;
            let cell = usize::from(column - areas.heads.x);
            let column = areas.grid.column_at(cell, &subject.criteria);
            let reversed = self.sort.column == column && !self.sort.reversed;
            return self.sort_by(ServiceOrder { column, reversed }, subject);
        }
        if areas.list.contains(at) {
            self.list.click(usize::from(row - areas.list.y));
        }
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32, column: u16, row: u16) {
        if self.pane.viewport.area.contains((column, row).into()) {
            self.pane.viewport.scroll(rows);
        } else {
            self.list.scroll(rows);
        }
    }

    fn on_key(&mut self, key: Key, _ctx: &ScreenContext) -> Response {
        if let Some(search) = self.words.searches_on(key, self.list.len) {
            return search;
        }
        match self.words.on_key(key) {
            FilterChange::Ignored => return Response::ignored(),
            FilterChange::Same => {}
            FilterChange::Typed | FilterChange::Cleared => self.narrow(),
        }
        Response::done()
    }

    fn typing(&self) -> bool {
        self.words.typing
    }

    fn on_paste(&mut self, text: &SafeText, _ctx: &ScreenContext) {
        self.words.field.paste(text);
        self.narrow();
    }

    fn address(&self, ctx: &ScreenContext) -> Option<Address> {
        self.chosen(ctx)
    }

    fn on_close(&mut self) -> Response {
        if std::mem::take(&mut self.words.typing) {
            return Response::done();
        }
        if self.pane.viewport.link.is_none() && !self.filter.is_open() {
            self.open_filters();
            return Response::done();
        }
        Response::ignored()
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        if self.table.take().is_none() {
            return;
        }
        let kept = self.pane.subject().cloned();
        self.pane.invalidate();
        self.judge(ctx);
        if let Some(address) = kept {
            self.choose(&address, ctx);
        }
    }
}

#[cfg(test)]
mod tests;
