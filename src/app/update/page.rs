//! Actions on the page that is open, the same on every screen. A screen without a page says so.

use crate::app::action::{Action, PageAction};
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlay::{Find, Popup, choosers};
use crate::app::update::{follow_target, overlays, respond};
use crate::app::widget::FramedPage;
use crate::core::asking::named_in;
use crate::pack::{Address, Kind, LinkTarget};
use crate::text::SafeText;
use crate::views;

pub(super) fn run(model: &mut Model, action: PageAction) -> Vec<Effect> {
    match action {
        PageAction::NextLink => walk(model, true),
        PageAction::PreviousLink => walk(model, false),
        PageAction::Peek => {
            // A question that is not answered yet is not looked up.
            let (screen, ctx) = model.screen_mut();
            let response = screen.on_action(Action::Page(action), None, &ctx);
            if response.handled {
                return respond(model, response);
            }
            peek(model);
        }
        PageAction::Find => {
            // In a list it narrows the list.
            let (screen, ctx) = model.screen_mut();
            let response = screen.on_action(Action::Page(action), None, &ctx);
            if response.handled {
                return respond(model, response);
            }
            model.toast = None;
            overlays::open(model, Find::default());
        }
        PageAction::FindNext => hit(model, true),
        PageAction::FindPrevious => hit(model, false),
        PageAction::Contents => contents(model),
        PageAction::Source => source(model),
        PageAction::Copy => return copy(model),
        PageAction::Command => return command(model),
    }
    Vec::new()
}

/// Whether Enter follows a link rather than opening a row.
pub(super) fn follows(model: &mut Model) -> bool {
    model.viewport().link.is_some()
}

pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let target = model.viewport().target().cloned();
    target.map_or_else(Vec::new, |target| follow_target(model, target))
}

fn walk(model: &mut Model, forward: bool) {
    if !model.viewport().walk(forward) {
        model.say("no links here");
    }
}

fn hit(model: &mut Model, forward: bool) {
    let message = model.viewport().next_hit(forward);
    model.toast = message.or(Some(SafeText::ours(
        "nothing to find yet: / searches this page",
    )));
}

/// Looks in place at what the focused link names; where no link has the focus, at a name that stands on the rows in sight,
/// or at the chosen row where no page is in sight.
fn peek(model: &mut Model) {
    match model.viewport().target().cloned() {
        Some(LinkTarget::Entry(address, _)) => return look_up(model, &address),
        Some(LinkTarget::Web(address)) => {
            return overlays::open(model, choosers::address(&address));
        }
        Some(LinkTarget::Anchor(_) | LinkTarget::Nowhere(_)) | None => {}
    }
    let (screen, ctx) = model.screen();
    let open = screen.address(&ctx);
    let text = model.viewport().text_in_sight();
    let mut names = named_in(&model.library, &[Kind::Terms, Kind::Services], &text);
    names.retain(|address| Some(address) != open.as_ref());
    match (names.as_slice(), open) {
        ([], Some(open)) if text.is_empty() => look_up(model, &open),
        ([], _) => model.say("no term stands on these rows; Tab goes to a link"),
        ([only], _) => look_up(model, only),
        ([..], _) => overlays::open(model, choosers::names(&model.library, &names)),
    }
}

/// Lays what an entry says in short over the screen.
pub(super) fn look_up(model: &mut Model, address: &Address) {
    let width = FramedPage::text_width(model.window());
    match views::entry::peek(&model.library, address, width) {
        Some((title, page)) => {
            overlays::open(model, Popup::new(title, page, Some(address.clone())));
        }
        None => model.toast = Some(crate::safe!("{address} is not in this pack")),
    }
}

fn contents(model: &mut Model) {
    let page = model.viewport().page.clone();
    if page.headings.is_empty() {
        model.say("this page has no headings");
    } else {
        overlays::open(model, choosers::contents(&page.headings));
    }
}

fn source(model: &mut Model) {
    let sources = citation(model).map(|c| c.sources).unwrap_or_default();
    match sources.as_slice() {
        [] => model.say("no source to open here"),
        [(_, only)] => overlays::open(model, choosers::address(only)),
        [..] => overlays::open(model, choosers::sources(&sources)),
    }
}

/// The command that prints what is shown, as a shell takes it.
fn command(model: &mut Model) -> Vec<Effect> {
    let (screen, ctx) = model.screen();
    let Some(command) = screen.command(&ctx) else {
        model.say("no command prints this");
        return Vec::new();
    };
    let words = crate::safe!("tozero {command}{}", model.config.content_flags());
    vec![Effect::Copy(words, SafeText::ours("the command"))]
}

fn copy(model: &mut Model) -> Vec<Effect> {
    match citation(model) {
        Some(citation) => vec![Effect::Copy(citation.text, citation.what)],
        None => {
            model.say("nothing to copy here");
            Vec::new()
        }
    }
}

/// What `y` and `o` act on: the entry that is open.
fn citation(model: &mut Model) -> Option<views::cite::Citation> {
    let (screen, ctx) = model.screen();
    if let Some(own) = screen.citation(&ctx) {
        return Some(own);
    }
    let address = screen.address(&ctx)?;
    views::cite::cite(&model.library, &address)
}
