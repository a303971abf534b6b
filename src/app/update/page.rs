//! Acts on the page that is open, the same on every screen.
//! Promise: they go through the page's reader only; a screen without a page says so.

use crate::app::action::PageAction;
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlay::{Overlay, Popup, choosers};
use crate::app::update::{follow_target, start_find};
use crate::pack::LinkTarget;
use crate::text::SafeText;
use crate::views;

/// Does an act on the open page.
pub(super) fn run(model: &mut Model, act: PageAction) -> Vec<Effect> {
    match act {
        PageAction::NextLink => walk(model, true),
        PageAction::PreviousLink => walk(model, false),
        PageAction::Peek => peek(model),
        PageAction::Find => start_find(model),
        PageAction::FindNext => hit(model, true),
        PageAction::FindPrevious => hit(model, false),
        PageAction::Contents => contents(model),
        PageAction::Source => source(model),
        PageAction::Copy => return copy(model),
    }
    Vec::new()
}

/// Whether Enter follows a link rather than opening a row.
pub(super) fn follows(model: &mut Model) -> bool {
    let (screen, ctx) = model.screen_mut();
    screen
        .reader(&ctx)
        .is_some_and(|(reader, _)| reader.link.is_some())
}

/// Follows the focused link.
pub(super) fn follow(model: &mut Model) -> Vec<Effect> {
    let (screen, ctx) = model.screen_mut();
    let target = screen
        .reader(&ctx)
        .and_then(|(reader, _)| reader.target().cloned());
    target.map_or_else(Vec::new, |target| follow_target(model, target))
}

/// Whether a click fell on a link of the open page, which then has the focus.
pub(super) fn clicked(model: &mut Model, column: u16, row: u16) -> bool {
    let (screen, ctx) = model.screen_mut();
    let Some(area) = screen
        .page_area(&ctx)
        .filter(|a| a.contains((column, row).into()))
    else {
        return false;
    };
    let spot = (usize::from(row - area.y), usize::from(column - area.x));
    screen
        .reader(&ctx)
        .is_some_and(|(reader, _)| reader.click(spot.0, spot.1).is_some())
}

fn walk(model: &mut Model, forward: bool) {
    let (screen, ctx) = model.screen_mut();
    let walked = screen
        .reader(&ctx)
        .is_some_and(|(reader, height)| reader.walk(forward, height));
    if !walked {
        model.toast = Some(SafeText::ours("no links here"));
    }
}

fn hit(model: &mut Model, forward: bool) {
    let (screen, ctx) = model.screen_mut();
    let said = screen
        .reader(&ctx)
        .and_then(|(reader, height)| reader.next_hit(forward, height));
    model.toast = said.or(Some(SafeText::ours(
        "nothing to find yet: / searches this page",
    )));
}

/// Looks at the focused link in place, or at the entry that is open.
fn peek(model: &mut Model) {
    let (screen, ctx) = model.screen_mut();
    let target = screen
        .reader(&ctx)
        .and_then(|(reader, _)| reader.target().cloned());
    let address = match target {
        Some(LinkTarget::Entry(address, _)) => Some(address),
        Some(LinkTarget::Web(address)) => {
            model
                .layers
                .push(Overlay::Chooser(choosers::address(&address)));
            return;
        }
        Some(LinkTarget::Anchor(_) | LinkTarget::Nowhere(_)) | None => None,
    };
    let Some(address) = address else {
        model.toast = Some(SafeText::ours(
            "Tab goes to a link; K then looks at it in place",
        ));
        return;
    };
    let width = Popup::text_width(model.window());
    match views::entry::peek(&model.library, &address, width) {
        Some((title, page)) => {
            model
                .layers
                .push(Overlay::Sheet(Popup::new(title, page, Some(address))))
        }
        None => model.toast = Some(crate::safe!("{address} is not in this pack")),
    }
}

fn contents(model: &mut Model) {
    let (screen, ctx) = model.screen_mut();
    let headings = screen
        .reader(&ctx)
        .map(|(reader, _)| reader.page.headings.clone())
        .unwrap_or_default();
    if headings.is_empty() {
        model.toast = Some(SafeText::ours("this page has no headings"));
    } else {
        model
            .layers
            .push(Overlay::Chooser(choosers::contents(&headings)));
    }
}

fn source(model: &mut Model) {
    let sources = citation(model).map(|c| c.sources).unwrap_or_default();
    match sources.as_slice() {
        [] => model.toast = Some(SafeText::ours("no source to open here")),
        [(_, only)] => model.layers.push(Overlay::Chooser(choosers::address(only))),
        [..] => model
            .layers
            .push(Overlay::Chooser(choosers::sources(&sources))),
    }
}

fn copy(model: &mut Model) -> Vec<Effect> {
    match citation(model) {
        Some(citation) => vec![Effect::Copy(citation.text, citation.what)],
        None => {
            model.toast = Some(SafeText::ours("nothing to copy here"));
            Vec::new()
        }
    }
}

/// What `y` and `o` act on: the entry that is open.
fn citation(model: &mut Model) -> Option<views::cite::Citation> {
    let (screen, ctx) = model.screen_mut();
    if let Some(own) = screen.citation(&ctx) {
        return Some(own);
    }
    let address = screen.address(&ctx)?;
    views::cite::cite(&model.library, &address)
}
