//! Choosers that every screen has, made from data: help and commands from the keymap, lenses from the pack, and so on.

use crate::app::choice::Choice;
use crate::app::keymap::{BINDINGS, Binding, Keymap, Scope};
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlay::chooser::{Chooser, ChooserRow};
use crate::layout::{Heading, Theme};
use crate::pack::Kind;
use crate::text::{SafeText, Url};
use crate::views;

/// Rows of what is said about a lens.
const LENS_ROWS: u16 = 5;

/// The keys of this screen; Enter runs what a row says.
pub fn help(model: &Model) -> Chooser {
    let holds = model.scopes();
    let rows = holds
        .iter()
        .flat_map(|s| BINDINGS.iter().filter(move |b| b.scope == *s));
    // Where letters answer, they do nothing else.
    let works = |b: &&Binding| {
        model
            .config
            .keymap
            .keys(b.action)
            .iter()
            .any(|k| model.config.keymap.action(&holds, *k) == Some(b.action))
    };
    let choices = rows
        .filter(works)
        .map(|b| command(b, &model.config.keymap))
        .collect();
    Chooser::new("Keys of this screen", choices, "no key does that")
}

/// Every command there is; the ones of this screen first.
pub fn commands(model: &Model) -> Chooser {
    let holds = model.scopes();
    let (here, elsewhere): (Vec<&Binding>, Vec<&Binding>) = BINDINGS
        .iter()
        .filter(|b| b.scope != Scope::Moving)
        .partition(|b| holds.contains(&b.scope));
    let usable = elsewhere
        .into_iter()
        .filter(|b| b.scope == Scope::Everywhere);
    let choices = here
        .into_iter()
        .chain(usable)
        .map(|b| command(b, &model.config.keymap))
        .collect();
    Chooser::new("Commands", choices, "no command is called that")
}

fn command(binding: &Binding, keymap: &Keymap) -> ChooserRow {
    let keys: Vec<String> = keymap
        .keys(binding.action)
        .iter()
        .map(ToString::to_string)
        .collect();
    ChooserRow {
        label: SafeText::ours(binding.help),
        aside: crate::safe!("{}", keys.join("  ")),
        about: crate::safe!(
            "{} · in the config: {}",
            binding.scope.title(),
            binding.name
        ),
        choice: Choice::Act(binding.action),
    }
}

/// The lenses of the pack: what each asks in words and as a rule, and whose definition it is.
pub fn lenses(model: &Model) -> Chooser {
    let library = &model.library;
    let choice = |n| {
        let head = library.head(Kind::Lenses, n);
        ChooserRow {
            label: SafeText::line(head.title),
            aside: SafeText::ours(if head.id == model.view.lens { "on" } else { "" }),
            about: library.lens(head.id).map_or_else(
                || SafeText::line(head.brief),
                |l| views::lens::about(library, l),
            ),
            choice: Choice::Lens(head.id.to_owned()),
        }
    };
    let choices = (0..library.count(Kind::Lenses)).map(choice).collect();
    Chooser::new("Choose the lens", choices, "no lens is called that")
        .about_rows(LENS_ROWS)
        .at(Choice::Lens(model.view.lens.clone()))
}

/// The themes.
pub fn themes() -> Chooser {
    let choice = |(name, about): &(&'static str, &'static str)| ChooserRow {
        label: SafeText::ours(name),
        aside: SafeText::default(),
        about: SafeText::ours(about),
        choice: Choice::Theme(name),
    };
    Chooser::new(
        "Choose the theme",
        Theme::NAMES.iter().map(choice).collect(),
        "no theme is called that",
    )
}

/// The headings of a page.
pub fn contents(headings: &[Heading]) -> Chooser {
    let choice = |h: &Heading| ChooserRow {
        label: crate::safe!(
            "{}{}",
            "  ".repeat(usize::from(h.level.saturating_sub(2))),
            h.text
        ),
        aside: SafeText::default(),
        about: SafeText::ours("Enter goes there."),
        choice: Choice::Heading(h.anchor.clone()),
    };
    Chooser::new(
        "Contents",
        headings.iter().map(choice).collect(),
        "no heading is called that",
    )
}

/// The sources of an entry: which one to open. The host that would be visited is named first.
pub fn sources(sources: &[(SafeText, Url)]) -> Chooser {
    let choice = |(name, address): &(SafeText, Url)| ChooserRow {
        label: crate::safe!("{}", address.host()),
        aside: name.clone(),
        about: crate::safe!("{address}"),
        choice: Choice::Effect(Effect::Open(address.clone())),
    };
    Chooser::new(
        "Open which source?",
        sources.iter().map(choice).collect(),
        "no source is called that",
    )
}

/// One address: open it, or copy it.
pub fn address(address: &Url) -> Chooser {
    let choices = vec![
        ChooserRow {
            label: crate::safe!("Open {}", address.host()),
            aside: SafeText::ours("in the browser"),
            about: crate::safe!("{address}"),
            choice: Choice::Effect(Effect::Open(address.clone())),
        },
        ChooserRow {
            label: SafeText::ours("Copy the address"),
            aside: SafeText::ours("to the clipboard"),
            about: crate::safe!("{address}"),
            choice: Choice::Effect(Effect::Copy(
                crate::safe!("{address}"),
                SafeText::ours("the address"),
            )),
        },
    ];
    Chooser::new(
        crate::safe!("{}", address.host()),
        choices,
        "choose one of the two",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::testing::{App, check, check_toasts};

    #[test]
    fn commands_lenses_themes_and_headings_are_chosen_by_words() {
        check(&[
            (":glossary<Enter>", "> Chime", "Commands"),
            ("Lmore<Enter>", "lens  degrees", "Choose the lens"),
            ("3t", "Contents", ""),
            ("?", "Keys of this screen", ""),
            (":zzz", "no command is called that", ""),
        ]);
        check_toasts(&[
            ("Tdark<Enter>", "theme: dark"),
            ("t", "this page has no headings"),
        ]);
    }

    #[test]
    fn help_shows_only_keys_that_work_here() {
        App::new().keys("3?").shows("filter").hides("quiz.");
        App::new()
            .keys("?")
            .shows("Choose whose view stands in a column");
        App::new()
            .keys("3?")
            .hides("Choose whose view stands in a column");
    }

    #[test]
    fn an_address_is_opened_or_copied() {
        let url = Url::parse("https://example.org/a").unwrap();
        let at = address(&url).at(Choice::Effect(Effect::Open(url.clone())));
        assert_eq!(
            at.row().map(|r| r.label.to_string()).as_deref(),
            Some("Open example.org")
        );
    }
}
