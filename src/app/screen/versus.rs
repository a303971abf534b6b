//! Services or lenses side by side, on the keys of Compare.
//! Promises: what is compared stands in the route, so that the way back leads through it; the line under the cursor is in
//! sight; a line about a service opens it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::app::action::{Action, CompareAction, GlobalAction, MoveAction, PageAction};
use crate::app::keymap::Scope;
use crate::app::overlay::{Chooser, ChooserAction, ChooserRow};
use crate::app::painter::Painter;
use crate::app::route::{ComparedKind, Route, ScrollPosition};
use crate::app::screen::{Hint, Response, Screen, ScreenContext, inside, plain, worded};
use crate::app::widget::{SelectablePage, Viewport};
use crate::core::compare::MAX_COLUMNS;
use crate::core::judge::lens_diff::{contrast, default_lenses};
use crate::core::judge::self_assessment;
use crate::layout::{Page, PageBuilder, Role, Run};
use crate::pack::{Address, Kind, Library};
use crate::text::{Day, SafeText};
use crate::views::{
    AlignedPage, AlignedShape, Citation, CompareContext, ComparedLine, versus, versus_text,
};

/// Cells kept free on the left for the sign of the cursor.
const GUTTER: usize = 2;

/// What was laid out: which, by whom, how wide, through which lens, and when.
type VersusLayoutKey = (ComparedKind, Vec<String>, usize, String, Option<Day>);

/// The screen.
#[derive(Default)]
pub struct VersusScreen {
    /// What is compared; `None` before it was ever opened.
    shown: Option<(ComparedKind, Vec<String>)>,
    page: SelectablePage,
    stops: Vec<ComparedLine>,
    laid: Option<VersusLayoutKey>,
}

/// Where to go to compare services or lenses at first; the definitions when `None`.
pub fn first(library: &Library, side: Option<ComparedKind>, lens: &str) -> Route {
    match side {
        None => Route::Compare,
        Some(ComparedKind::Lenses) => Route::Versus(ComparedKind::Lenses, default_lenses(library)),
        Some(ComparedKind::Services) => {
            let two = contrast(self_assessment::services(library), library.lens(lens));
            Route::Versus(
                ComparedKind::Services,
                two.iter().map(|s| s.id.clone()).collect(),
            )
        }
    }
}

/// What there is to compare.
pub fn sides() -> Vec<ChooserRow> {
    let choice =
        |(label, about, side): (&'static str, &'static str, Option<ComparedKind>)| ChooserRow {
            label: SafeText::ours(label),
            aside: SafeText::default(),
            about: SafeText::ours(about),
            pick: ChooserAction::Sides(side),
        };
    let all = [
        (
            "Compare definitions",
            "What the parties say, question by question.",
            None,
        ),
        (
            "Compare services",
            "Fact by fact, with the verdict of the lens that is on.",
            Some(ComparedKind::Services),
        ),
        (
            "Compare lenses",
            "Their rules, and the services they disagree on.",
            Some(ComparedKind::Lenses),
        ),
    ];
    all.map(choice).into()
}

/// The same as something to choose from.
pub fn sides_chooser() -> Chooser {
    Chooser::new("What to compare?", sides(), "nothing matches")
}

const fn kind(side: ComparedKind) -> Kind {
    match side {
        ComparedKind::Services => Kind::Services,
        ComparedKind::Lenses => Kind::Lenses,
    }
}

impl VersusScreen {
    fn body(ctx: &ScreenContext) -> Rect {
        inside(ctx.area)
    }

    fn height(ctx: &ScreenContext) -> usize {
        usize::from(Self::body(ctx).height)
    }

    fn ids(&self) -> &[String] {
        self.shown.as_ref().map_or(&[], |(_, ids)| ids)
    }

    fn side(&self) -> ComparedKind {
        self.shown
            .as_ref()
            .map_or(ComparedKind::Services, |(side, _)| *side)
    }

    fn go(&self, ids: Vec<String>) -> Response {
        Response::go(Route::Versus(self.side(), ids))
    }

    fn lay(&mut self, ctx: &ScreenContext) {
        let Some((side, ids)) = self.shown.clone() else {
            return;
        };
        let width = usize::from(Self::body(ctx).width);
        let key = (
            side,
            ids,
            width,
            ctx.settings.lens.clone(),
            ctx.settings.as_of,
        );
        if self.laid.as_ref() == Some(&key) {
            return;
        }
        let same = self
            .laid
            .as_ref()
            .is_some_and(|l| (l.0, &l.1) == (key.0, &key.1));
        let (laid, stops) = set(ctx, side, &key.1, width);
        self.stops = stops;
        self.page.show(laid, same);
        self.laid = Some(key);
    }

    fn column_chooser(&self, ctx: &ScreenContext) -> Chooser {
        let name = |id: &String| {
            Address::new(kind(self.side()), id)
                .map(|a| crate::views::entry_footer::title(ctx.library, &a))
        };
        let choice = |(i, id): (usize, &String)| ChooserRow {
            label: crate::safe!("Column {}", i + 1),
            aside: name(id).unwrap_or_default(),
            about: SafeText::ours("Enter chooses what stands there."),
            pick: ChooserAction::Column(i),
        };
        let mut choices: Vec<ChooserRow> = self.ids().iter().enumerate().map(choice).collect();
        choices.extend(
            sides()
                .into_iter()
                .filter(|c| c.pick != ChooserAction::Sides(Some(self.side()))),
        );
        let last = self.ids().len().saturating_sub(1);
        Chooser::new("Which column?", choices, "nothing matches").at(&ChooserAction::Column(last))
    }

    fn entry_chooser(&self, column: usize, ctx: &ScreenContext) -> Chooser {
        let kind = kind(self.side());
        let choice = |n| {
            let head = ctx.library.head(kind, n);
            ChooserRow {
                label: SafeText::line(head.title),
                aside: SafeText::default(),
                about: SafeText::line(head.brief),
                pick: ChooserAction::Perspective(column, head.id.to_owned()),
            }
        };
        let choices = (0..ctx.library.count(kind)).map(choice).collect();
        let now =
            ChooserAction::Perspective(column, self.ids().get(column).cloned().unwrap_or_default());
        Chooser::new(
            crate::safe!("Column {}", column + 1),
            choices,
            "nothing is called that",
        )
        .at(&now)
    }

    fn columns(&self, act: CompareAction, ctx: &ScreenContext) -> Response {
        let mut ids = self.ids().to_vec();
        match act {
            CompareAction::Sides => Response::open(sides_chooser()),
            CompareAction::Column => Response::open(self.column_chooser(ctx)),
            CompareAction::More if ids.len() < MAX_COLUMNS => {
                Response::open(self.entry_chooser(ids.len(), ctx))
            }
            CompareAction::More => Response::toast(SafeText::ours("four columns are the most")),
            CompareAction::Fewer if ids.len() > 2 => {
                ids.pop();
                self.go(ids)
            }
            CompareAction::Fewer => Response::toast(SafeText::ours("two columns are the least")),
            CompareAction::Swap if ids.len() > 1 => {
                ids.swap(0, 1);
                self.go(ids)
            }
            CompareAction::Swap => Response::done(),
        }
    }
}

/// What services are read through; `None` in a pack without that lens.
fn reading<'a>(ctx: &ScreenContext<'a>) -> Option<CompareContext<'a>> {
    let lens = ctx.library.lens(&ctx.settings.lens)?;
    Some(CompareContext {
        lens,
        day: ctx.settings.as_of,
        today: ctx.settings.today,
    })
}

/// The page, and where each of its lines leads.
fn set(
    ctx: &ScreenContext,
    side: ComparedKind,
    ids: &[String],
    width: usize,
) -> (AlignedPage, Vec<ComparedLine>) {
    let shape = AlignedShape {
        width,
        gutter: GUTTER,
        linear: false,
    };
    let known = |id: &&String| {
        Address::new(kind(side), id).is_some_and(|a| ctx.library.position(&a).is_some())
    };
    if ids.iter().filter(known).count() < 2 {
        return (
            AlignedPage {
                page: too_few(side, width),
                ..AlignedPage::default()
            },
            Vec::new(),
        );
    }
    match (side, reading(ctx)) {
        (ComparedKind::Services, Some(reading)) => {
            let compared: Vec<_> = ids
                .iter()
                .filter_map(|id| ctx.library.service(id))
                .collect();
            versus::services(ctx.library, &compared, reading, shape)
        }
        (ComparedKind::Services, None) => (AlignedPage::default(), Vec::new()),
        (ComparedKind::Lenses, _) => {
            let compared: Vec<_> = ids.iter().filter_map(|id| ctx.library.lens(id)).collect();
            versus::lenses(ctx.library, &compared, ctx.settings.as_of, shape)
        }
    }
}

/// What there is to say where there is nothing to compare.
fn too_few(side: ComparedKind, width: usize) -> Page {
    let mut setter = PageBuilder::new(width);
    let kind = kind(side);
    setter.title(crate::safe!("Too few {} to compare", kind.word()));
    let said = crate::safe!(
        "Two are needed. + adds a {} where this pack has more; w compares something else.",
        kind.one()
    );
    setter.paragraph(vec![Run::new(said, Role::Text)]);
    setter.finish()
}

impl Screen for VersusScreen {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Compare]
    }

    fn hints(&self, _ctx: &ScreenContext) -> Vec<Hint> {
        vec![
            worded(Action::Move(MoveAction::Down), "row"),
            worded(Action::Compare(CompareAction::Column), "change column"),
            worded(Action::Compare(CompareAction::Sides), "compare else"),
            plain(Action::Global(GlobalAction::Lens)),
            plain(Action::Page(PageAction::NextLink)),
            plain(Action::Compare(CompareAction::More)),
            plain(Action::Page(PageAction::Copy)),
            plain(Action::Compare(CompareAction::Swap)),
            plain(Action::Page(PageAction::Find)),
        ]
    }

    fn on_action(&mut self, act: Action, count: Option<usize>, ctx: &ScreenContext) -> Response {
        match act {
            Action::Move(MoveAction::Enter) => {
                match self.stops.get(self.page.list.cursor).cloned().flatten() {
                    Some(address) => Response::go(Route::of(address)),
                    None => Response::done(),
                }
            }
            Action::Move(to) => {
                self.page.moved(to, count, Self::height(ctx));
                Response::done()
            }
            Action::Compare(act) => self.columns(act, ctx),
            _ => Response::ignored(),
        }
    }

    fn on_choice(&mut self, pick: ChooserAction, ctx: &ScreenContext) -> Response {
        match pick {
            ChooserAction::Column(column) => Response::open(self.entry_chooser(column, ctx)),
            ChooserAction::Perspective(column, id) => {
                let mut ids = self.ids().to_vec();
                match ids.get_mut(column) {
                    Some(slot) => *slot = id,
                    None => ids.push(id),
                }
                self.go(ids)
            }
            _ => Response::ignored(),
        }
    }

    fn on_enter(
        &mut self,
        route: &Route,
        spot: Option<ScrollPosition>,
        _ctx: &ScreenContext,
    ) -> Response {
        if let Route::Versus(side, ids) = route {
            self.shown = Some((*side, ids.clone()));
        }
        self.page.reader.want(spot.unwrap_or_default());
        Response::done()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        self.lay(ctx);
        self.page.settle(Self::height(ctx));
    }

    fn view(&self, brush: Painter, buf: &mut Buffer, ctx: &ScreenContext) -> Option<(u16, u16)> {
        self.page.view(brush, buf, Self::body(ctx))
    }

    fn on_click(&mut self, column: u16, row: u16, ctx: &ScreenContext) -> Response {
        let body = Self::body(ctx);
        if body.contains((column, row).into())
            && let Some(line) = self.page.line_at(usize::from(row - body.y))
        {
            self.page.list.cursor = line;
        }
        Response::done()
    }

    fn on_wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &ScreenContext) {
        self.page.scroll(rows, Self::height(ctx));
    }

    fn reader(&mut self, ctx: &ScreenContext) -> Option<(&mut Viewport, usize)> {
        Some((&mut self.page.reader, Self::height(ctx)))
    }

    fn page_area(&self, ctx: &ScreenContext) -> Option<Rect> {
        Some(Self::body(ctx))
    }

    fn address(&self, _ctx: &ScreenContext) -> Option<Address> {
        let here = self.stops.get(self.page.list.cursor).cloned().flatten();
        here.or_else(|| {
            self.ids()
                .first()
                .and_then(|id| Address::new(kind(self.side()), id))
        })
    }

    fn citation(&self, ctx: &ScreenContext) -> Option<Citation> {
        // A line about a service stands for that service.
        if self
            .stops
            .get(self.page.list.cursor)
            .is_some_and(Option::is_some)
        {
            return None;
        }
        let (side, ids) = self.shown.as_ref()?;
        Some(match side {
            ComparedKind::Services => {
                let compared: Vec<_> = ids
                    .iter()
                    .filter_map(|id| ctx.library.service(id))
                    .collect();
                versus_text::services(ctx.library, &compared, reading(ctx)?)
            }
            ComparedKind::Lenses => {
                let compared: Vec<_> = ids.iter().filter_map(|id| ctx.library.lens(id)).collect();
                versus_text::lenses(ctx.library, &compared, ctx.settings.as_of)
            }
        })
    }

    fn position(&self) -> ScrollPosition {
        self.page.reader.position()
    }

    fn on_reload(&mut self, ctx: &ScreenContext) {
        let kind = kind(self.side());
        let known = |id: &String| {
            Address::new(kind, id).is_some_and(|a| ctx.library.position(&a).is_some())
        };
        if let Some((_, ids)) = &mut self.shown {
            ids.retain(known);
        }
        self.laid = None;
    }
}
