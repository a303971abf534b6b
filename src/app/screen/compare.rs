//! Definitions, services or lenses side by side: the heart, and what opens first.
//! The line under the cursor is in view after each movement of it; what the columns are called stays in view while one
//! scrolls. Which services or lenses are compared stands in the route, so that the way back leads through it.

use ratatui::layout::Rect;

use crate::app::action::{Action, CompareAction, CostAction, GlobalAction, MoveAction, PageAction};
use crate::app::choice::ScreenChoice;
use crate::app::keymap::Scope;
use crate::app::overlay::{Chooser, ChooserRow};
use crate::app::painter::Painter;
use crate::app::route::{Location, Route, ScrollPosition};
use crate::app::screen::cost::COARSE;
use crate::app::screen::dial::Dial;
use crate::app::screen::{
    Hint, Response, Screen, ScreenContext, centered_to, inside, judged_by, plain, worded,
};
use crate::app::widget::{SelectablePage, Viewport};
use crate::core::compare::{ComparedKind, MAX_COLUMNS, first};
use crate::layout::{Page, PageBuilder, Role};
use crate::pack::{Address, Library, Things};
use crate::safe;
use crate::text::measure::with_article;
use crate::text::{Day, SafeText};
use crate::views::compare::{definitions, lenses, services};
use crate::views::dial::DialLook;
use crate::views::{Citation, ComparisonTop, LinePage, entry_footer, side_by_side};

/// Below this many rows the dial takes two of them and the pack's question goes.
const SHORT: u16 = 20;
/// From this many rows on the two bills are drawn along the dial.
const PICTURED: u16 = 22;
/// From this many rows on there is room for what the pack says of its question.
const TALL: u16 = 30;

#[derive(PartialEq)]
struct LayoutKey {
    compared: ComparedKind,
    columns: Vec<String>,
    size: (u16, u16),
    lens: String,
    day: Option<Day>,
    dial: Dial,
    in_order: bool,
}

pub struct CompareScreen {
    compared: ComparedKind,
    /// What is compared, by id, left to right; none before services or lenses were ever opened.
    columns: Vec<String>,
    /// Requests a month, and the two bills that move with them; only above definitions.
    dial: Dial,
    /// The questions in the pack's order; else the disputed ones come first.
    in_order: bool,
    page: SelectablePage,
    key: Option<LayoutKey>,
}

/// Where to go to compare things of a kind before any were chosen.
pub fn route(library: &Library, compared: ComparedKind, lens: &str) -> Route {
    match compared {
        ComparedKind::Definitions => Route::Compare,
        ComparedKind::Services | ComparedKind::Lenses => {
            Route::Versus(compared, first(library, compared, lens))
        }
    }
}

/// What there is to compare, but for one kind.
fn kinds(things: &Things, but: Option<ComparedKind>) -> Vec<ChooserRow> {
    let all = ComparedKind::ALL
        .into_iter()
        .filter(|kind| Some(*kind) != but);
    let row = |compared| {
        let (label, about) = match compared {
            ComparedKind::Definitions => (
                "Compare definitions",
                "What the parties say, question by question.",
            ),
            ComparedKind::Services => (
                "Compare {many}",
                "Fact by fact, with the verdict of the lens that is on.",
            ),
            ComparedKind::Lenses => (
                "Compare lenses",
                "Their rules, and the {many} they disagree on.",
            ),
        };
        ChooserRow::new(
            things.fill(label),
            things.fill(about),
            ScreenChoice::Sides(compared),
        )
    };
    all.map(row).collect()
}

impl CompareScreen {
    /// The pack's default definitions.
    pub fn definitions(library: &Library) -> Self {
        let compared = ComparedKind::Definitions;
        Self {
            compared,
            columns: first(library, compared, ""),
            dial: Dial::new(library),
            in_order: false,
            page: SelectablePage::default(),
            key: None,
        }
    }

    /// Services or lenses; which ones, the route says.
    pub fn others(library: &Library) -> Self {
        Self {
            compared: ComparedKind::Services,
            columns: Vec::new(),
            ..Self::definitions(library)
        }
    }

    fn is_definitions(&self) -> bool {
        self.compared == ComparedKind::Definitions
    }

    /// As wide as its columns may become, in the middle.
    fn area(&self, ctx: &ScreenContext) -> Rect {
        let most = side_by_side::widest(self.columns.len());
        centered_to(inside(ctx.area), u16::try_from(most).unwrap_or(u16::MAX))
    }

    fn lay_out(&mut self, ctx: &ScreenContext) {
        let key = LayoutKey {
            compared: self.compared,
            columns: self.columns.clone(),
            size: (self.area(ctx).width, ctx.area.height),
            lens: ctx.view.lens.clone(),
            day: ctx.view.as_of,
            dial: self.dial.clone(),
            in_order: self.in_order,
        };
        if self.key.as_ref() == Some(&key) {
            return;
        }
        let of = |k: &LayoutKey| (k.compared, k.columns.clone(), k.in_order);
        let same = self.key.as_ref().map(of) == Some(of(&key));
        self.page.show(self.laid_out(ctx), same);
        self.key = Some(key);
    }

    fn laid_out(&self, ctx: &ScreenContext) -> LinePage {
        let width = usize::from(self.area(ctx).width);
        let (library, ids) = (ctx.library, &self.columns);
        let known = ids.iter().filter(|id| self.is_known(id, library)).count();
        if known < 2 && !self.is_definitions() {
            return LinePage {
                page: self.too_few(&ctx.library.pack().subject.things, width),
                ..LinePage::default()
            };
        }
        match self.compared {
            ComparedKind::Definitions => {
                definitions::page(library, ids, width.into(), self.top(ctx, width))
            }
            ComparedKind::Services => {
                let compared: Vec<_> = ids.iter().filter_map(|id| library.service(id)).collect();
                services::page(library, &compared, ctx.view, width.into())
            }
            ComparedKind::Lenses => {
                let compared: Vec<_> = ids.iter().filter_map(|id| library.lens(id)).collect();
                lenses::page(library, &compared, ctx.view.as_of, width.into())
            }
        }
    }

    fn top(&self, ctx: &ScreenContext, width: usize) -> ComparisonTop {
        let height = ctx.area.height;
        let picture = match height {
            TALL.. => 5,
            PICTURED..TALL => 3,
            _ => 0,
        };
        let dial = |short| {
            let look = DialLook {
                width,
                short,
                picture,
                ascii: ctx.config.style.ascii,
            };
            self.dial.rows(ctx.library, look)
        };
        ComparisonTop {
            lens: ctx.view.lens.clone(),
            tall: height >= TALL,
            low: height < SHORT,
            in_order: self.in_order,
            titled: height >= SHORT,
            dial: dial(height < SHORT),
            dial_pinned: dial(true),
        }
    }

    fn entry(&self, id: &str) -> Option<Address> {
        Address::new(self.compared.kind(), id)
    }

    fn is_known(&self, id: &str, library: &Library) -> bool {
        self.entry(id)
            .is_some_and(|a| library.position(&a).is_some())
    }

    /// What there is to say where there is nothing to compare.
    fn too_few(&self, things: &Things, width: usize) -> Page {
        let kind = self.compared.kind();
        let mut page = PageBuilder::new(width);
        page.title(safe!("Too few {} to compare", things.many_of(kind)));
        let words = safe!(
            "Two are needed. + adds {} where this pack has more; w compares something else.",
            with_article(&things.one_of(kind))
        );
        page.text(words, Role::Text);
        page.finish()
    }

    /// Compares other entries: a place of its own on the way back, but for definitions.
    fn show(&mut self, columns: Vec<String>) -> Response {
        if self.is_definitions() {
            self.columns = columns;
            return Response::done();
        }
        Response::go(Route::Versus(self.compared, columns))
    }

    fn open(&self, ctx: &ScreenContext) -> Response {
        let cursor = self.page.list.cursor;
        let route = if self.is_definitions() {
            let compared = definitions::compared(ctx.library, &self.columns, self.in_order);
            let row = compared.rows.get(cursor);
            row.map(|row| Route::Dimension(row.dimension.id.clone()))
        } else {
            self.page.target().cloned().map(Route::of)
        };
        route.map_or(Response::done(), Response::go)
    }

    fn moved(&mut self, to: MoveAction, count: Option<usize>, ctx: &ScreenContext) -> Response {
        let steps = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        match to {
            MoveAction::Enter => return self.open(ctx),
            MoveAction::Left if self.is_definitions() => self.dial.turn(-steps),
            MoveAction::Right if self.is_definitions() => self.dial.turn(steps),
            _ => self.page.moved(to, count),
        };
        Response::done()
    }

    fn cost(&mut self, action: CostAction, ctx: &ScreenContext) -> Response {
        match action {
            CostAction::FarLess => self.dial.turn(-COARSE),
            CostAction::FarMore => self.dial.turn(COARSE),
            CostAction::Dial => {
                return match self.dial.side_chooser(ctx.library) {
                    Some(chooser) => Response::open(chooser),
                    None => Response::toast("this pack has no dial"),
                };
            }
            _ => return Response::ignored(),
        };
        Response::done()
    }

    fn change(&mut self, action: CompareAction, ctx: &ScreenContext) -> Response {
        let mut columns = self.columns.clone();
        match action {
            CompareAction::Sides => {
                return Response::open(Chooser::new(
                    "What to compare?",
                    kinds(&ctx.library.pack().subject.things, None),
                    "nothing matches",
                ));
            }
            CompareAction::Column => return Response::open(self.column_chooser(ctx)),
            CompareAction::More if columns.len() < MAX_COLUMNS => {
                return Response::open(self.entry_chooser(columns.len(), ctx));
            }
            CompareAction::More => return Response::toast("four columns are the most"),
            CompareAction::Fewer if columns.len() > 2 => {
                columns.pop();
            }
            CompareAction::Fewer => return Response::toast("two columns are the least"),
            CompareAction::Swap if columns.len() > 1 => columns.swap(0, 1),
            CompareAction::Swap => return Response::done(),
            CompareAction::Order if self.is_definitions() => {
                self.in_order = !self.in_order;
                return Response::toast(match self.in_order {
                    true => "the questions in the pack's order",
                    false => "the questions that divide them first",
                });
            }
            CompareAction::Order => return Response::toast("only definitions can be reordered"),
        }
        self.show(columns)
    }

    fn column_chooser(&self, ctx: &ScreenContext) -> Chooser {
        let row = |(i, id): (usize, &String)| {
            let address = self.entry(id);
            let title = address.map(|a| entry_footer::title(ctx.library, &a));
            ChooserRow::new(
                safe!("Column {}", i + 1),
                "Enter chooses what stands there.",
                ScreenChoice::Column(i),
            )
            .aside(title.unwrap_or_default())
        };
        let mut rows: Vec<ChooserRow> = self.columns.iter().enumerate().map(row).collect();
        rows.extend(kinds(
            &ctx.library.pack().subject.things,
            Some(self.compared),
        ));
        let last = self.columns.len().saturating_sub(1);
        Chooser::new("Which column?", rows, "nothing matches").at(ScreenChoice::Column(last))
    }

    /// What to put into a column; the cursor stands on what is there, in a new column on the first that is in none.
    fn entry_chooser(&self, column: usize, ctx: &ScreenContext) -> Chooser {
        let kind = self.compared.kind();
        let heads = || (0..ctx.library.count(kind)).map(|n| ctx.library.head(kind, n));
        let choice = |id: &str| ScreenChoice::Perspective(column, id.to_owned());
        let rows = heads().map(|head| {
            let brief = SafeText::line(head.brief);
            let (aside, about) = if self.is_definitions() {
                (brief, safe!("Enter puts {} into the column.", head.id))
            } else {
                (SafeText::default(), brief)
            };
            ChooserRow::new(SafeText::line(head.title), about, choice(head.id)).aside(aside)
        });
        let unused = || {
            heads()
                .map(|h| h.id)
                .find(|id| !self.columns.iter().any(|c| c == id))
        };
        let now = self.columns.get(column).map(String::as_str).or_else(unused);
        let title = safe!("Column {}", column + 1);
        let chooser = Chooser::new(title, rows, "nothing is called that");
        chooser.at(choice(now.unwrap_or_default()))
    }
}

impl Screen for CompareScreen {
    fn scopes(&self) -> &'static [Scope] {
        if self.is_definitions() && !self.dial.is_empty() {
            &[Scope::Compare, Scope::Dial]
        } else {
            &[Scope::Compare]
        }
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        let row = worded(Action::Move(MoveAction::Down), "row");
        let lens = plain(Action::Global(GlobalAction::Lens));
        let link = plain(Action::Page(PageAction::NextLink));
        let more = plain(Action::Compare(CompareAction::More));
        let swap = plain(Action::Compare(CompareAction::Swap));
        let find = plain(Action::Page(PageAction::Find));
        if self.is_definitions() {
            let traffic = worded(Action::Move(MoveAction::Right), "traffic");
            let open = worded(Action::Move(MoveAction::Enter), "all views");
            let column = plain(Action::Compare(CompareAction::Column));
            let kinds = plain(Action::Compare(CompareAction::Sides));
            let order = plain(Action::Compare(CompareAction::Order));
            let mut hints = vec![
                row, open, column, lens, link, kinds, more, order, swap, find,
            ];
            if !self.dial.is_empty() {
                hints.insert(0, traffic);
            }
            return hints;
        }
        let column = plain(Action::Compare(CompareAction::Column));
        let kinds = plain(Action::Compare(CompareAction::Sides));
        let copy = plain(Action::Page(PageAction::Copy));
        vec![row, column, kinds, lens, link, more, copy, swap, find]
    }

    fn on_action(&mut self, action: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match action {
            Action::Move(to) => self.moved(to, count, ctx),
            Action::Compare(action) => self.change(action, ctx),
            Action::Cost(action) if self.is_definitions() => self.cost(action, ctx),
            _ => Response::ignored(),
        }
    }

    fn on_choice(&mut self, choice: ScreenChoice, ctx: &ScreenContext) -> Response {
        match choice {
            ScreenChoice::Column(column) => Response::open(self.entry_chooser(column, ctx)),
            ScreenChoice::Perspective(column, id) => {
                let mut columns = self.columns.clone();
                match columns.get_mut(column) {
                    Some(slot) => *slot = id,
                    None => columns.push(id),
                }
                self.show(columns)
            }
            ScreenChoice::Dial(side, None) => {
                Response::open(self.dial.service_chooser(ctx.library, side))
            }
            ScreenChoice::Dial(side, Some(id)) => {
                self.dial.put(side, id);
                Response::done()
            }
            ScreenChoice::Sides(compared) => {
                Response::go(route(ctx.library, compared, &ctx.view.lens))
            }
            _ => Response::ignored(),
        }
    }

    fn on_enter(&mut self, to: &Location, _ctx: &ScreenContext) -> Response {
        if let Route::Versus(compared, columns) = &to.route {
            self.compared = *compared;
            self.columns.clone_from(columns);
            self.page.viewport.want(ScrollPosition::default());
        }
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.lay_out(ctx);
        self.page.layout(self.area(ctx));
    }

    fn viewport(&mut self) -> &mut Viewport {
        &mut self.page.viewport
    }

    fn view(&self, painter: &mut Painter, _ctx: &ScreenContext) -> Option<(u16, u16)> {
        self.page.view(painter)
    }

    fn on_click(&mut self, column: u16, row: u16, _ctx: &ScreenContext) -> Response {
        if let Some(line) = self.page.line_at(column, row) {
            self.page.list.cursor = line;
        }
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32, _column: u16, _row: u16) {
        self.page.scroll(rows);
    }

    fn address(&self, _ctx: &ScreenContext) -> Option<Address> {
        let first = || self.columns.first().and_then(|id| self.entry(id));
        self.page.target().cloned().or_else(first)
    }

    fn command(&self, ctx: &ScreenContext) -> Option<SafeText> {
        let address = |id: &String| Some(self.entry(id)?.to_string());
        let columns: Vec<String> = self.columns.iter().filter_map(address).collect();
        let lens = match self.compared {
            ComparedKind::Services => judged_by(ctx),
            ComparedKind::Definitions | ComparedKind::Lenses => SafeText::default(),
        };
        Some(safe!("compare {}{lens}", columns.join(" ")))
    }

    fn citation(&self, ctx: &ScreenContext) -> Option<Citation> {
        // A line about a service stands for that service.
        if self.page.target().is_some() {
            return None;
        }
        let (library, ids) = (ctx.library, &self.columns);
        match self.compared {
            ComparedKind::Definitions => None,
            ComparedKind::Services => {
                let compared: Vec<_> = ids.iter().filter_map(|id| library.service(id)).collect();
                services::citation(library, &compared, ctx.view)
            }
            ComparedKind::Lenses => {
                let compared: Vec<_> = ids.iter().filter_map(|id| library.lens(id)).collect();
                Some(lenses::citation(library, &compared, ctx.view.as_of))
            }
        }
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        let kind = self.compared.kind();
        let is_known =
            |id: &str| Address::new(kind, id).is_some_and(|a| ctx.library.position(&a).is_some());
        self.columns.retain(|id| is_known(id));
        if self.columns.is_empty() && self.is_definitions() {
            self.columns = first(ctx.library, self.compared, &ctx.view.lens);
        }
        self.dial.on_reload(ctx.library);
        self.key = None;
    }
}
