//! The interview about one's own service: one question at a time, then what the answers come to.
//! Promises: an answer is one key; going back forgets none; the result is judged by the same rules as every service, and
//! `y` copies it as a text.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::base::safe::SafeText;
use crate::content::address::Address;
use crate::domain::judge::interview::Pick as Said;
use crate::domain::judge::mine::{self, Walk};
use crate::page::row::Page;
use crate::page::setter::Setter;
use crate::sheets::aligned::Laid;
use crate::sheets::cite::Citation;
use crate::sheets::{interview, judged};
use crate::ui::act::{Act, Global, InterviewAct, Move, PageAct};
use crate::ui::keymap::Scope;
use crate::ui::paint::Brush;
use crate::ui::route::{Route, Spot};
use crate::ui::screen::{Ask, Ctx, Hint, Screen, centered, inside, plain, worded};
use crate::ui::widget::lined::Lined;
use crate::ui::widget::reader::Reader;

/// What was laid out: the step, the cursor, what was said to it, the width, the lens.
type Key = (usize, usize, Option<Said>, usize, String);

/// The screen.
#[derive(Default)]
pub struct Interview {
    walk: Walk,
    page: Lined,
    /// The line that has the cursor: a choice, or "unsure" behind them.
    cursor: usize,
    laid: Option<Key>,
}

impl Interview {
    fn area(ctx: &Ctx) -> Rect {
        centered(inside(ctx.area))
    }

    fn height(ctx: &Ctx) -> usize {
        usize::from(Self::area(ctx).height)
    }

    /// From the result, begins anew; in the middle nothing is thrown away.
    pub fn again(&mut self) {
        if self.walk.is_done() {
            self.walk = Walk::default();
            self.laid = None;
        }
    }

    /// Whether a question is asked, and not the result shown.
    fn asks(&self) -> bool {
        !self.walk.is_done()
    }

    fn choices(&self, ctx: &Ctx) -> usize {
        mine::steps(ctx.library.checklist()).get(self.walk.at()).map_or(0, |s| s.choices.len())
    }

    /// Answers with a choice, or with "unsure" for the line behind the last.
    fn say(&mut self, line: usize, ctx: &Ctx) -> Ask {
        let choices = self.choices(ctx);
        if self.asks() && line <= choices {
            self.walk.say(if line == choices { Said::Unsure } else { Said::Choice(line) });
            self.turned(ctx);
        }
        Ask::Nothing
    }

    /// Another question shows: the cursor stands on what was said to it.
    fn turned(&mut self, ctx: &Ctx) {
        self.cursor = match self.walk.here() {
            Some(Said::Choice(n)) => n,
            Some(Said::Unsure) => self.choices(ctx),
            None => 0,
        };
    }

    fn back(&mut self, ctx: &Ctx) -> Ask {
        if !self.walk.back() {
            return Ask::Say(SafeText::ours("this is the first question; Esc leaves the interview"));
        }
        self.turned(ctx);
        Ask::Nothing
    }

    fn movement(&mut self, to: Move, count: Option<usize>, ctx: &Ctx) -> Ask {
        match to {
            Move::Left => return self.back(ctx),
            Move::Right if self.walk.on() => self.turned(ctx),
            Move::Right if self.asks() => return Ask::Say(SafeText::ours("answer first; u says that you do not know")),
            Move::Enter if self.asks() => return self.say(self.cursor, ctx),
            Move::Right | Move::Enter => {}
            Move::Down | Move::Up | Move::Top | Move::Bottom if !self.asks() => {
                self.page.reader.moved(to, count, Self::height(ctx));
            }
            Move::Down | Move::Up | Move::Top | Move::Bottom | Move::HalfDown | Move::HalfUp | Move::PageDown | Move::PageUp => {
                self.page.moved(to, count, Self::height(ctx));
                self.cursor = self.page.list.cursor;
            }
        }
        Ask::Nothing
    }

    fn key(&self, ctx: &Ctx) -> Key {
        (self.walk.at(), self.cursor, self.walk.here(), usize::from(Self::area(ctx).width), ctx.settings.lens.clone())
    }

    fn lay(&mut self, ctx: &Ctx) {
        let steps = mine::steps(ctx.library.checklist());
        if self.walk == Walk::default() {
            self.walk = Walk::new(steps.len());
            self.cursor = 0;
        }
        let key = self.key(ctx);
        if self.laid.as_ref() == Some(&key) {
            return;
        }
        let same = self.laid.as_ref().is_some_and(|l| l.0 == key.0);
        let laid = if steps.is_empty() {
            Laid { page: no_checklist(key.3), ..Laid::default() }
        } else if self.asks() {
            interview::question(ctx.library, &steps, &self.walk, self.cursor, key.3)
        } else {
            let judged = mine::judged(ctx.library, &self.walk.picks());
            Laid { page: judged::page(&judged, None, &ctx.settings.lens, key.3), ..Laid::default() }
        };
        self.page.show(laid, same);
        self.page.set(self.cursor);
        self.laid = Some(key);
    }
}

fn no_checklist(width: usize) -> Page {
    let mut setter = Setter::new(width);
    setter.title("Judge your own service");
    let said = "This pack has no checklist to judge by. A checklist.toml beside its pack.toml would hold the questions.";
    setter.paragraph(vec![crate::page::row::Run::ours(said, crate::page::row::Role::Text)]);
    setter.finish()
}

impl Screen for Interview {
    fn scopes(&self) -> &'static [Scope] {
        if self.asks() { &[Scope::Interview] } else { &[] }
    }

    fn hints(&self, _ctx: &Ctx) -> Vec<Hint> {
        if self.asks() {
            return vec![
                worded(Act::Move(Move::Down), "choose"),
                worded(Act::Move(Move::Enter), "answer"),
                plain(Act::Interview(InterviewAct::Unsure)),
                plain(Act::Interview(InterviewAct::Back)),
                worded(Act::Global(Global::Close), "leave"),
                plain(Act::Page(PageAct::NextLink)),
                plain(Act::Page(PageAct::Peek)),
            ];
        }
        vec![
            worded(Act::Page(PageAct::Copy), "copy as text"),
            worded(Act::Move(Move::PageDown), "page"),
            worded(Act::Move(Move::Left), "change answers"),
            worded(Act::Global(Global::Judge), "start anew"),
            plain(Act::Global(Global::Lens)),
            plain(Act::Page(PageAct::NextLink)),
            plain(Act::Page(PageAct::Contents)),
        ]
    }

    fn act(&mut self, act: Act, count: Option<usize>, ctx: &Ctx) -> Ask {
        match act {
            Act::Move(to) => self.movement(to, count, ctx),
            Act::Interview(InterviewAct::Answer(n)) if usize::from(n) < self.choices(ctx) => self.say(usize::from(n), ctx),
            Act::Interview(InterviewAct::Answer(_)) => Ask::Say(SafeText::ours("there is no such choice")),
            Act::Interview(InterviewAct::Unsure) => self.say(self.choices(ctx), ctx),
            Act::Interview(InterviewAct::Back) => self.back(ctx),
            Act::Global(_)
            | Act::Page(_)
            | Act::List(_)
            | Act::Compare(_)
            | Act::Learn(_)
            | Act::Services(_)
            | Act::Cost(_)
            | Act::Quiz(_) => Ask::Unknown,
        }
    }

    fn enter(&mut self, _route: &Route, spot: Option<Spot>, _ctx: &Ctx) {
        if let Some(spot) = spot {
            self.page.reader.want(spot);
        }
    }

    fn settle(&mut self, ctx: &Ctx) {
        self.lay(ctx);
        self.page.settle(Self::height(ctx));
    }

    fn view(&self, brush: Brush, buf: &mut Buffer, ctx: &Ctx) -> Option<(u16, u16)> {
        self.page.view(brush, buf, Self::area(ctx))
    }

    fn click(&mut self, column: u16, row: u16, ctx: &Ctx) -> Ask {
        let area = Self::area(ctx);
        let on_link = |p: &Lined| p.reader.page.link_at(p.reader.top + usize::from(row - area.y), usize::from(column - area.x));
        if !area.contains((column, row).into()) || on_link(&self.page).is_some() {
            return Ask::Nothing;
        }
        match self.page.line_at(usize::from(row - area.y)) {
            Some(line) => self.say(line, ctx),
            None => Ask::Nothing,
        }
    }

    fn wheel(&mut self, rows: i32, _column: u16, _row: u16, ctx: &Ctx) {
        self.page.reader.scroll(rows, Self::height(ctx));
    }

    fn reader(&mut self, ctx: &Ctx) -> Option<(&mut Reader, usize)> {
        Some((&mut self.page.reader, Self::height(ctx)))
    }

    fn page_area(&self, ctx: &Ctx) -> Option<Rect> {
        Some(Self::area(ctx))
    }

    fn address(&self, _ctx: &Ctx) -> Option<Address> {
        None
    }

    fn citation(&self, ctx: &Ctx) -> Option<Citation> {
        if self.asks() || mine::steps(ctx.library.checklist()).is_empty() {
            return None;
        }
        let judged = mine::judged(ctx.library, &self.walk.picks());
        let text = judged::text(&judged, None, ctx.settings.today);
        Some(Citation { text, what: SafeText::ours("the result, as markdown"), sources: Vec::new() })
    }

    fn spot(&self) -> Spot {
        self.page.reader.spot()
    }

    fn renew(&mut self, ctx: &Ctx) {
        if mine::steps(ctx.library.checklist()).len() != self.walk.picks().len() {
            self.walk = Walk::default();
        }
        self.laid = None;
    }
}
