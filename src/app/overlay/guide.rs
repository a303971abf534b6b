//! The first look: a few short pages over the screen, left with Esc at any time, that end in three easy questions.

use std::sync::Arc;

use crate::app::action::{Action, GlobalAction, MoveAction};
use crate::app::choice::Choice;
use crate::app::component::{Overlay, Response, ScreenContext};
use crate::app::key::Key;
use crate::app::keymap::Scope;
use crate::app::painter::Painter;
use crate::app::widget::FramedPage;
use crate::core::cost::comparison::{DIAL, step};
use crate::core::quiz::{QuestionChoice, QuizOptions};
use crate::pack::Library;
use crate::text::Url;
use crate::views::guide::{self, CHOICES, GuidePage, QUESTIONS};

pub struct Guide {
    pages: Vec<GuidePage>,
    /// The page that shows.
    at: usize,
    framed: FramedPage,
}

impl Guide {
    pub fn new(library: &Library) -> Self {
        Self {
            pages: guide::pages(library),
            at: 0,
            framed: FramedPage::default(),
        }
    }

    fn page(&mut self) -> Option<&mut GuidePage> {
        self.pages.get_mut(self.at)
    }

    /// To the next page; behind the last one the questions are asked.
    fn next(&mut self) -> Response {
        if let Some(GuidePage::Guess(None)) = self.page() {
            return Response::toast("guess first: 1, 2 or 3");
        }
        self.at += 1;
        if self.at < self.pages.len() {
            return Response::done();
        }
        if self.pages.last() != Some(&GuidePage::Questions) {
            return Response::close();
        }
        let options = QuizOptions {
            which: QuestionChoice::New,
            count: QUESTIONS,
            ..QuizOptions::default()
        };
        Response {
            close: true,
            ..Response::choice(Choice::Quiz(options))
        }
    }

    fn turn(&mut self, steps: isize) {
        if let Some(GuidePage::Traffic(requests)) = self.page() {
            *requests = step(&DIAL, *requests, steps);
        }
    }

    fn guess(&mut self, sign: char) {
        let number = sign.to_digit(10).and_then(|n| (n as usize).checked_sub(1));
        if let (Some(GuidePage::Guess(guess)), Some(n)) = (self.page(), number)
            && n < CHOICES
        {
            *guess = Some(n);
        }
    }
}

impl Overlay for Guide {
    fn hints(&self) -> Vec<(&'static str, &'static str)> {
        let on = match self.pages.get(self.at) {
            Some(GuidePage::Guess(None)) => vec![("1 2 3", "guess")],
            Some(GuidePage::Traffic(_)) => vec![("←→", "move it"), ("Enter", "next")],
            Some(GuidePage::Questions) => vec![("Enter", "ask")],
            _ if self.at + 1 == self.pages.len() => return vec![("Enter", "close")],
            _ => vec![("Enter", "next")],
        };
        let scroll = self.framed.scrolls().then_some(("↑↓", "scroll"));
        scroll
            .into_iter()
            .chain(on)
            .chain([("Esc", "leave")])
            .collect()
    }

    fn on_key(&mut self, key: Key, ctx: &ScreenContext) -> Response {
        if let Some(sign) = key.typed().filter(char::is_ascii_digit) {
            self.guess(sign);
            return Response::done();
        }
        let scopes = [Scope::Moving, Scope::Everywhere];
        match ctx.config.keymap.action(&scopes, key) {
            Some(Action::Move(MoveAction::Enter)) => return self.next(),
            Some(Action::Move(MoveAction::Left)) => self.turn(-1),
            Some(Action::Move(MoveAction::Right)) => self.turn(1),
            Some(Action::Move(to)) => {
                self.framed.viewport.moved(to, None);
            }
            Some(Action::Global(GlobalAction::Quit)) => return Response::close(),
            _ => {}
        }
        Response::done()
    }

    fn web_addresses(&self) -> Vec<Url> {
        self.framed.viewport.page.web_addresses()
    }

    fn layout(&mut self, ctx: &ScreenContext) {
        let shown = self.pages.get(self.at).copied();
        let shown = shown.unwrap_or(GuidePage::Questions);
        let text = FramedPage::text_width(ctx.area);
        let page = guide::page(ctx.library, shown, text, ctx.config.style.ascii);
        self.framed.viewport.show(Arc::new(page), true);
        self.framed.layout(ctx.area);
    }

    fn view(&self, painter: &mut Painter, ctx: &ScreenContext) -> Option<(u16, u16)> {
        // The screen behind it would tell what it asks.
        painter.clear(ctx.area);
        let title = crate::safe!("A first look · {} of {}", self.at + 1, self.pages.len());
        Some(self.framed.view(painter, &title))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples::{App, check};
    use crate::pack::Bundled;

    fn bundled() -> App {
        let library = Library::open(Arc::new(Bundled)).unwrap();
        App::on(Arc::new(library), (80, 24))
    }

    #[test]
    fn a_first_look_goes_from_a_guess_to_three_questions() {
        let at = |keys: &str| bundled().keys(&format!("I{keys}"));
        at("")
            .shows("A first look · 1 of 4")
            .shows("For a month nobody calls. What do ");
        at("<Enter>").shows("1 of 4");
        at("1").shows("No.").shows("+ 2");
        at("2").shows("Right.");
        let busy = at("2<Enter>").shows("2 of 4");
        assert_ne!(busy.keys("<Left>").text(), at("2<Enter>").text());
        at("2<Enter><Enter>")
            .shows("3 of 4")
            .shows("the two definitions differ");
        at("2<Enter><Enter><Enter>").shows("Three easy questions come now.");
        at("2<Enter><Enter><Enter><Enter>")
            .shows("1 of 3")
            .shows(", easy");
        at("2<Enter><Esc>").hides("A first look");
    }

    /// On the smallest screen, too, nobody scrolls to find out what is asked.
    #[test]
    fn a_question_and_its_choices_stand_on_one_screen() {
        for (width, height) in [(40, 12), (50, 16), (80, 24)] {
            let library = Library::open(Arc::new(Bundled)).unwrap();
            let app = App::on(Arc::new(library), (width, height)).keys("I");
            let app = ["?", "1  Both", "2  ", "3  "]
                .iter()
                .fold(app, |app, words| app.shows(words));
            app.keys("1").shows("No.").shows("decide.");
        }
    }

    /// A pack without prices has no guess and no traffic to move.
    #[test]
    fn what_a_pack_lacks_is_passed_over() {
        check(&[
            ("I", "A first look · 1 of 2", "For a month"),
            ("I<Enter>", "Three easy questions come now.", ""),
            ("I<Enter><Enter>", "1 of 3", "A first look"),
        ]);
    }
}
