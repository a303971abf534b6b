//! Services or lenses side by side, on the keys of Compare.
//! Promises: what is compared stands in the route, so that the way back leads through it; the line under the cursor is in
//! sight; a line about a service opens it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::day::Day;
use crate::base::safe::SafeText;
use crate::content::address::{Address, Kind};
use crate::content::library::Library;
use crate::domain::compare::MAX_COLUMNS;
use crate::domain::judge::across::{contrast, default_lenses};
use crate::domain::judge::mine;
use crate::page::row::{Page, Role, Run};
use crate::page::setter::Setter;
use crate::sheets::aligned::{Laid, Shape};
use crate::sheets::cite::Citation;
use crate::sheets::versus::{self, Reading, Stop};
use crate::sheets::versus_text;
use crate::ui::act::{Act, CompareAct, Global, Move, PageAct};
use crate::ui::keymap::Scope;
use crate::ui::overlay::chooser::{Choice, Chooser, Pick};
use crate::ui::paint::Brush;
use crate::ui::route::{Route, Side, Spot};
use crate::ui::screen::{Ask, Ctx, Hint, Screen, inside, plain, worded};
use crate::ui::widget::lined::Lined;
use crate::ui::widget::reader::Reader;

/// Cells kept free on the left for the sign of the cursor.
const GUTTER: usize = 2;

/// What was laid out: which, by whom, how wide, through which lens, and when.
type Key = (Side, Vec<String>, usize, String, Option<Day>);

/// The screen.
#[derive(Default)]
pub struct Versus {
    /// What is compared; `None` before it was ever opened.
    shown: Option<(Side, Vec<String>)>,
    page: Lined,
    stops: Vec<Stop>,
    laid: Option<Key>,
}

/// Where to go to compare services or lenses at first; the definitions when `None`.
pub fn first(library: &Library, side: Option<Side>, lens: &str) -> Route {
    match side {
        None => Route::Compare,
        Some(Side::Lenses) => Route::Versus(Side::Lenses, default_lenses(library)),
        Some(Side::Services) => {
            let two = contrast(mine::services(library), library.lens(lens));
            Route::Versus(Side::Services, two.iter().map(|s| s.id.clone()).collect())
        }
    }
}

/// What there is to compare.
pub fn sides() -> Vec<Choice> {
    let choice = |(label, about, side): (&'static str, &'static str, Option<Side>)| Choice {
        label: SafeText::ours(label),
        aside: SafeText::default(),
        about: SafeText::ours(about),
        pick: Pick::Sides(side),
    };
    let all = [
        ("Compare definitions", "What the parties say, question by question.", None),
        ("Compare services", "Fact by fact, with the verdict of the lens that is on.", Some(Side::Services)),
        ("Compare lenses", "Their rules, and the services they disagree on.", Some(Side::Lenses)),
    ];
    all.map(choice).into()
}

/// The same as something to choose from.
pub fn sides_chooser() -> Chooser {
    Chooser::new("What to compare?", sides(), "nothing matches")
}

const fn kind(side: Side) -> Kind {
    match side {
        Side::Services => Kind::Services,
        Side::Lenses => Kind::Lenses,
    }
}

impl Versus {
    fn body(ctx: &Ctx) -> Rect {
        inside(ctx.area)
    }

    fn height(ctx: &Ctx) -> usize {
        usize::from(Self::body(ctx).height)
    }

    fn ids(&self) -> &[String] {
        self.shown.as_ref().map_or(&[], |(_, ids)| ids)
    }

    fn side(&self) -> Side {
        self.shown.as_ref().map_or(Side::Services, |(side, _)| *side)
    }

    fn go(&self, ids: Vec<String>) -> Ask {
        Ask::Go(Route::Versus(self.side(), ids))
    }

    fn lay(&mut self, ctx: &Ctx) {
        let Some((side, ids)) = self.shown.clone() else { return };
        let width = usize::from(Self::body(ctx).width);
        let key = (side, ids, width, ctx.settings.lens.clone(), ctx.settings.as_of);
        if self.laid.as_ref() == Some(&key) {
            return;
        }
        let same = self.laid.as_ref().is_some_and(|l| (l.0, &l.1) == (key.0, &key.1));
        let (laid, stops) = set(ctx, side, &key.1, width);
        self.stops = stops;
        self.page.show(laid, same);
        self.laid = Some(key);
    }

    fn column_chooser(&self, ctx: &Ctx) -> Chooser {
        let name = |id: &String| Address::new(kind(self.side()), id).map(|a| crate::sheets::shared::title(ctx.library, &a));
        let choice = |(i, id): (usize, &String)| Choice {
            label: crate::safe!("Column {}", i + 1),
            aside: name(id).unwrap_or_default(),
            about: SafeText::ours("Enter chooses what stands there."),
            pick: Pick::Column(i),
        };
        let mut choices: Vec<Choice> = self.ids().iter().enumerate().map(choice).collect();
        choices.extend(sides().into_iter().filter(|c| c.pick != Pick::Sides(Some(self.side()))));
        let last = self.ids().len().saturating_sub(1);
        Chooser::new("Which column?", choices, "nothing matches").at(&Pick::Column(last))
    }

    fn entry_chooser(&self, column: usize, ctx: &Ctx) -> Chooser {
        let kind = kind(self.side());
        let choice = |n| {
            let head = ctx.library.head(kind, n);
            Choice {
                label: SafeText::line(head.title),
                aside: SafeText::default(),
                about: SafeText::line(head.brief),
                pick: Pick::Perspective(column, head.id.to_owned()),
            }
        };
        let choices = (0..ctx.library.count(kind)).map(choice).collect();
        let now = Pick::Perspective(column, self.ids().get(column).cloned().unwrap_or_default());
        Chooser::new(crate::safe!("Column {}", column + 1), choices, "nothing is called that").at(&now)
    }

    fn columns(&self, act: CompareAct, ctx: &Ctx) -> Ask {
        let mut ids = self.ids().to_vec();
        match act {
            CompareAct::Sides => Ask::Choose(Box::new(sides_chooser())),
            CompareAct::Column => Ask::Choose(Box::new(self.column_chooser(ctx))),
            CompareAct::More if ids.len() < MAX_COLUMNS => Ask::Choose(Box::new(self.entry_chooser(ids.len(), ctx))),
            CompareAct::More => Ask::Say(SafeText::ours("four columns are the most")),
            CompareAct::Fewer if ids.len() > 2 => {
                ids.pop();
                self.go(ids)
            }
            CompareAct::Fewer => Ask::Say(SafeText::ours("two columns are the least")),
            CompareAct::Swap if ids.len() > 1 => {
                ids.swap(0, 1);
                self.go(ids)
            }
            CompareAct::Swap => Ask::Nothing,
        }
    }
}

/// What services are read through; `None` in a pack without that lens.
fn reading<'a>(ctx: &Ctx<'a>) -> Option<Reading<'a>> {
    let lens = ctx.library.lens(&ctx.settings.lens)?;
    Some(Reading { lens, day: ctx.settings.as_of, today: ctx.settings.today })
}

/// The page, and where each of its lines leads.
fn set(ctx: &Ctx, side: Side, ids: &[String], width: usize) -> (Laid, Vec<Stop>) {
    let shape = Shape { width, gutter: GUTTER, linear: false };
    let known = |id: &&String| Address::new(kind(side), id).is_some_and(|a| ctx.library.position(&a).is_some());
    if ids.iter().filter(known).count() < 2 {
        return (Laid { page: too_few(side, width), ..Laid::default() }, Vec::new());
    }
    match (side, reading(ctx)) {
        (Side::Services, Some(reading)) => {
            let compared: Vec<_> = ids.iter().filter_map(|id| ctx.library.service(id)).collect();
            versus::services(ctx.library, &compared, reading, shape)
        }
        (Side::Services, None) => (Laid::default(), Vec::new()),
        (Side::Lenses, _) => {
            let compared: Vec<_> = ids.iter().filter_map(|id| ctx.library.lens(id)).collect();
            versus::lenses(ctx.library, &compared, ctx.settings.as_of, shape)
        }
    }
}

/// What there is to say where there is nothing to compare.
fn too_few(side: Side, width: usize) -> Page {
    let mut setter = Setter::new(width);
    let kind = kind(side);
    setter.title(crate::safe!("Too few {} to compare", kind.word()));
    let said = crate::safe!("Two are needed. + adds a {} where this pack has more; w compares something else.", kind.one());
    setter.paragraph(vec![Run::new(said, Role::Text)]);
    setter.finish()
}

impl Screen for Versus {
    fn scopes(&self) -> &'static [Scope] {
        &[Scope::Compare]
    }

    fn hints(&self, _ctx: &Ctx) -> Vec<Hint> {
        vec![
            worded(Act::Move(Move::Down), "row"),
            worded(Act::Compare(CompareAct::Column), "change column"),
            worded(Act::Compare(CompareAct::Sides), "compare else"),
            plain(Act::Global(Global::Lens)),
            plain(Act::Page(PageAct::NextLink)),
            plain(Act::Compare(CompareAct::More)),
            plain(Act::Page(PageAct::Copy)),
            plain(Act::Compare(CompareAct::Swap)),
            plain(Act::Page(PageAct::Find)),
        ]
    }

    fn act(&mut self, act: Act, count: Option<usize>, ctx: &Ctx) -> Ask {
        match act {
            Act::Move(Move::Enter) => match self.stops.get(self.page.list.cursor).cloned().flatten() {
                Some(address) => Ask::Go(Route::of(address)),
                None => Ask::Nothing,
            },
            Act::Move(to) => {
                self.page.moved(to, count, Self::height(ctx));
                Ask::Nothing
            }
            Act::Compare(act) => self.columns(act, ctx),
            Act::Global(_)
            | Act::Page(_)
            | Act::List(_)
            | Act::Learn(_)
            | Act::Services(_)
            | Act::Interview(_)
            | Act::Cost(_)
            | Act::Quiz(_) => Ask::Unknown,
        }
    }

    fn picked(&mut self, pick: Pick, ctx: &Ctx) -> Ask {
        match pick {
            Pick::Column(column) => Ask::Choose(Box::new(self.entry_chooser(column, ctx))),
            Pick::Perspective(column, id) => {
                let mut ids = self.ids().to_vec();
                match ids.get_mut(column) {
                    Some(slot) => *slot = id,
                    None => ids.push(id),
                }
                self.go(ids)
            }
            Pick::Act(_)
            | Pick::Sides(_)
            | Pick::Dial(..)
            | Pick::Service(_)
            | Pick::Preset(_)
            | Pick::Lens(_)
            | Pick::Theme(_)
            | Pick::Tag(_)
            | Pick::Stance(_)
            | Pick::AsOf(_)
            | Pick::Provider(_)
            | Pick::Verdict(_)
            | Pick::Go(_)
            | Pick::Heading(_)
            | Pick::Open(_)
            | Pick::CopyAddress(_) => Ask::Unknown,
        }
    }

    fn enter(&mut self, route: &Route, spot: Option<Spot>, _ctx: &Ctx) {
        if let Route::Versus(side, ids) = route {
            self.shown = Some((*side, ids.clone()));
        }
        self.page.reader.want(spot.unwrap_or_default());
    }

    fn settle(&mut self, ctx: &Ctx) {
        self.lay(ctx);
        self.page.settle(Self::height(ctx));
    }

    fn view(&self, brush: Brush, buf: &mut Buffer, ctx: &Ctx) -> Option<(u16, u16)> {
        self.page.view(brush, buf, Self::body(ctx))
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx) -> Ask {
        let body = Self::body(ctx);
        if body.contains((column, row).into())
            && let Some(line) = self.page.line_at(usize::from(row - body.y))
        {
            self.page.list.cursor = line;
        }
        Ask::Nothing
    }

    fn wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &Ctx) {
        self.page.scroll(rows, Self::height(ctx));
    }

    fn reader(&mut self, ctx: &Ctx) -> Option<(&mut Reader, usize)> {
        Some((&mut self.page.reader, Self::height(ctx)))
    }

    fn page_area(&self, ctx: &Ctx) -> Option<Rect> {
        Some(Self::body(ctx))
    }

    fn address(&self, _ctx: &Ctx) -> Option<Address> {
        let here = self.stops.get(self.page.list.cursor).cloned().flatten();
        here.or_else(|| self.ids().first().and_then(|id| Address::new(kind(self.side()), id)))
    }

    fn citation(&self, ctx: &Ctx) -> Option<Citation> {
        // A line about a service stands for that service.
        if self.stops.get(self.page.list.cursor).is_some_and(Option::is_some) {
            return None;
        }
        let (side, ids) = self.shown.as_ref()?;
        Some(match side {
            Side::Services => {
                let compared: Vec<_> = ids.iter().filter_map(|id| ctx.library.service(id)).collect();
                versus_text::services(ctx.library, &compared, reading(ctx)?)
            }
            Side::Lenses => {
                let compared: Vec<_> = ids.iter().filter_map(|id| ctx.library.lens(id)).collect();
                versus_text::lenses(ctx.library, &compared, ctx.settings.as_of)
            }
        })
    }

    fn spot(&self) -> Spot {
        self.page.reader.spot()
    }

    fn renew(&mut self, ctx: &Ctx) {
        let kind = kind(self.side());
        let known = |id: &String| Address::new(kind, id).is_some_and(|a| ctx.library.position(&a).is_some());
        if let Some((_, ids)) = &mut self.shown {
            ids.retain(known);
        }
        self.laid = None;
    }
}
