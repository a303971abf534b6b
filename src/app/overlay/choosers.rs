//! Choosers that every screen has, made from data: help and commands from the keymap, lenses from the pack, and so on.

use crate::app::action::{Action, GlobalAction};
use crate::app::choice::Choice;
use crate::app::config::Config;
use crate::app::key::Key;
use crate::app::keymap::{BINDINGS, Binding, Scope, is_offered};
use crate::app::model::Model;
use crate::app::msg::Effect;
use crate::app::overlay::chooser::{Chooser, ChooserRow};
use crate::app::route::Route;
use crate::core::compare::default_lenses;
use crate::core::judge::{Verdict, VerdictTally};
use crate::core::progress::Progress;
use crate::layout::{Heading, Theme};
use crate::pack::{Address, Fidelity, Kind, Library, Subject};
use crate::text::fold::fold;
use crate::text::{SafeText, Url, Words, measure};
use crate::views;
use crate::views::verdict;

/// Cells of whose lens it is.
const HOLDER: usize = 22;
/// The same in a narrow window, where counts have no word behind them either, and in a wide one.
const NARROW_HOLDER: usize = 12;
const WIDE_HOLDER: usize = 34;
/// A window is narrow below so many columns, and wide from so many on.
const NARROW: u16 = 70;
/// In fewer columns the holder stands below the list only.
const LEAST: u16 = 50;
const WIDE: u16 = 116;
/// Most cells of the chooser of lenses: in a wide window every holder and every name is whole, and what it previews still
/// shows beside it.
const LENSES: u16 = 114;
/// Rows of what is said about a lens.
const LENS_ROWS: u16 = 6;

/// The keys of this screen; Enter runs what a row says.
pub fn help(model: &Model) -> Chooser {
    let (holds, keymap) = (model.scopes(), &model.config.keymap);
    let things = &model.library.pack().subject.things;
    // Where letters answer, they do nothing else.
    let works = |b: &&Binding| {
        let mut keys = keymap.keys(b.action).iter();
        keys.any(|k| keymap.action(&holds, *k) == Some(b.action))
    };
    // Nor do digits, where they answer.
    let asks = holds.contains(&Scope::Question);
    let is_digit = |b: &Binding| matches!(b.action, Action::Global(GlobalAction::Screen(_)));
    let (screen, ctx) = model.screen();
    let offered = |b: &&Binding| {
        is_offered(b.action, &model.library)
            && screen.offers(b.action, &ctx)
            && !(asks && is_digit(b))
    };
    let group = |scope: &Scope| {
        let here = BINDINGS.iter().filter(|b| b.scope == *scope);
        let rows = here.filter(works).filter(offered);
        let rows: Vec<ChooserRow> = rows.map(|b| command(b, model)).collect();
        let heading = ChooserRow::heading(things.fill(scope.title()));
        let heading = (!rows.is_empty()).then_some(heading);
        heading.into_iter().chain(rows).collect::<Vec<_>>()
    };
    let mut rows: Vec<ChooserRow> = holds.iter().flat_map(group).collect();
    if holds.contains(&Scope::Services) {
        rows.extend(signs(&model.library.pack().subject));
    }
    Chooser::new("Keys of this screen", rows, "no key does that").takes("run it")
}

/// What the signs in the list of things mean, which a small window has no room to say.
fn signs(subject: &Subject) -> Vec<ChooserRow> {
    let verdicts = Verdict::each(subject, [(); 4]).map(|(verdict, ())| {
        let words = verdict.words(subject);
        crate::safe!("  {}  {}", words.sign, words.title)
    });
    let others = [
        "  no×  the answer misses what the lens asks",
        "  ·  the lens does not ask",
        "  ≠  the two default lenses disagree",
    ];
    let title = SafeText::ours("Signs");
    let words = verdicts.chain(others.map(SafeText::ours));
    let rows = words.map(|words| ChooserRow::new(words, "", Choice::Find(String::new())));
    std::iter::once(ChooserRow::heading(title))
        .chain(rows)
        .collect()
}

/// A command with its keys; a screen by its name in the tab bar.
pub fn command(binding: &Binding, model: &Model) -> ChooserRow {
    let things = &model.library.pack().subject.things;
    let keys = model.config.keymap.keys(binding.action);
    let keys = keys.iter().map(Key::to_string);
    let (scope, name) = (things.fill(binding.scope.title()), binding.name);
    let about = crate::safe!("{scope} · in the settings: {name}");
    let help = things.fill(binding.help);
    let label = match binding.action {
        Action::Global(GlobalAction::Screen(tab)) => {
            crate::safe!("{}: {help}", tab.title(&model.library))
        }
        _ => help,
    };
    ChooserRow::new(label, about, Choice::Action(binding.action))
        .aside(keys.collect::<Vec<_>>().join("  "))
}

/// The lenses by whose they are, the two of the default comparison on top, then the user's own and what can be done with
/// them: what each asks in words and as a rule, and how many it gives which verdict, where that was counted. The lens under
/// the cursor is looked through at once.
pub fn lenses(model: &Model, tallies: &[Option<VerdictTally>]) -> Chooser {
    let library = &model.library;
    let first = default_lenses(library);
    let rank = |n: &usize| {
        let id = library.head(Kind::Lenses, *n).id;
        let first = first.iter().position(|lens| lens.id == id);
        let lens = library.lens(id);
        let is_own = lens.is_some_and(|lens| lens.fidelity == Fidelity::Own);
        let holder = lens.map(|l| views::lens::holder(library, l));
        (
            first.unwrap_or(usize::MAX),
            !is_own,
            fold(&holder.unwrap_or_default()),
        )
    };
    let mut order: Vec<usize> = (0..library.count(Kind::Lenses)).collect();
    order.sort_by_cached_key(rank);
    let is_pack = |n: &usize| rank(n).0 == usize::MAX && rank(n).1;
    let own = order.iter().position(is_pack).unwrap_or(order.len());
    let row = |n| lens_row(model, n, tallies.get(n).and_then(Option::as_ref));
    let mut rows: Vec<ChooserRow> = order.into_iter().map(row).collect();
    rows.splice(own..own, own_lens_rows(model));
    Chooser::new("Choose the lens", rows, "no lens is called that")
        .about_rows(LENS_ROWS)
        .widest(LENSES)
        .at(Choice::Lens(model.view.lens.clone()))
        .previewing(Choice::TryLens(model.view.lens.clone()))
}

fn lens_row(model: &Model, n: usize, tally: Option<&VerdictTally>) -> ChooserRow {
    let library = &model.library;
    let subject = &library.pack().subject;
    let head = library.head(Kind::Lenses, n);
    let lens = library.lens(head.id);
    let about = lens.map(|l| views::lens::about(library, l));
    let about = about.unwrap_or_else(|| SafeText::line(head.brief));
    let holder = lens.map(|l| views::lens::holder(library, l));
    let counts = tally.map(|tally| verdict::counts(subject, tally));
    let about = match counts {
        Some(counts) => crate::safe!("{counts}\n{about}"),
        None => about,
    };
    let met = &subject.verdicts.met.short;
    let passes = tally.and_then(|tally| tally.verdicts.first());
    let passes = passes.map(|n| match model.size.0 < WIDE {
        true => crate::safe!("{n}"),
        false => crate::safe!("{n} {met}"),
    });
    let on = head.id == model.view.lens;
    let aside = match (passes, on) {
        (Some(passes), true) => crate::safe!("on · {passes}"),
        (Some(passes), false) => passes,
        (None, true) => SafeText::ours("on"),
        (None, false) => SafeText::default(),
    };
    let (holder, title) = (holder.unwrap_or_default(), SafeText::line(head.title));
    let whole = match holder.is_empty() {
        true => title.clone(),
        false => crate::safe!("{holder}: {title}"),
    };
    let label = held(model, &holder, &title);
    let choice = Choice::Lens(head.id.to_owned());
    ChooserRow::new(label, about, choice)
        .aside(aside)
        .whole(whole)
}

/// Whose it is and what it is called, in two columns.
fn held(model: &Model, holder: &SafeText, title: &SafeText) -> SafeText {
    let cells = match model.size.0 {
        ..LEAST => return title.clone(),
        LEAST..NARROW => NARROW_HOLDER,
        WIDE.. => WIDE_HOLDER,
        _ => HOLDER,
    };
    let holder = measure::cut(holder, cells);
    let gap = " ".repeat(cells - measure::width(&holder) + 2);
    crate::safe!("{holder}{gap}{title}")
}

/// What can be done with lenses of one's own.
fn own_lens_rows(model: &Model) -> Vec<ChooserRow> {
    let yours = SafeText::ours("yours");
    let row = |title: SafeText, about: &'static str, choice| {
        ChooserRow::new(held(model, &yours, &title), about, choice)
    };
    let on = model.view.lens(&model.library);
    let mut rows = Vec::new();
    if let Some(own) = on.filter(|lens| lens.fidelity == Fidelity::Own) {
        rows.push(row(
            crate::safe!("Change “{}” …", own.name),
            "What it must at least answer, its name, or delete it.",
            Choice::EditLens(Some(own.id.clone())),
        ));
    }
    rows.push(row(
        SafeText::ours("Make one …"),
        "Begins with what the lens that is on asks: set each criterion and watch the verdicts move.",
        Choice::EditLens(None),
    ));
    if let Some(deleted) = &model.own_lens.deleted {
        rows.push(row(
            crate::safe!("Bring “{}” back", deleted.id),
            "It was deleted; its file is written again as it was.",
            Choice::RestoreLens,
        ));
    }
    rows
}

/// The myths: what is claimed, how often it was met, and what is true of it.
pub fn myths(library: &Library, progress: &Progress) -> Chooser {
    let all = views::myths::all(library, progress);
    let title = views::myths::in_short(&all);
    let rows = all.into_iter().map(|met| {
        let truth = met.myth.truth.text();
        let choice = Choice::Go(Route::of(met.address.clone()));
        let said = SafeText::ours(met.myth.verdict.word());
        let met_words = met.words();
        ChooserRow::new(met.myth.claim.clone(), truth, choice).aside(match met.times {
            0 => said,
            _ => crate::safe!("{met_words} · {said}"),
        })
    });
    Chooser::new(title, rows, "no myth says that").about_rows(LENS_ROWS)
}

pub fn themes(config: &Config, now: &Theme) -> Chooser {
    let bundled: Vec<&Theme> = Theme::bundled().collect();
    let all = bundled.into_iter().chain(&config.themes);
    let choice = |theme: &Theme| {
        let name = theme.name();
        ChooserRow::new(
            name.clone(),
            theme.about().clone(),
            Choice::Theme(name.to_string()),
        )
        .aside(if name == now.name() { "on" } else { "" })
    };
    let revert = Choice::TryTheme(now.name().to_string());
    Chooser::new(
        "Choose the theme",
        all.map(choice),
        "no theme is called that",
    )
    .at(Choice::Theme(now.name().to_string()))
    .previewing(revert)
}

pub fn contents(headings: &[Heading]) -> Chooser {
    let choice = |h: &Heading| {
        ChooserRow::new(
            crate::safe!(
                "{}{}",
                "  ".repeat(usize::from(h.level.saturating_sub(2))),
                h.text
            ),
            "Enter goes there.",
            Choice::Heading(h.anchor.clone()),
        )
    };
    Chooser::new(
        "Contents",
        headings.iter().map(choice),
        "no heading is called that",
    )
}

/// Entries whose names stand on a page: which one to look at in place.
pub fn names(library: &Library, entries: &[Address]) -> Chooser {
    let rows = entries.iter().filter_map(|address| {
        let head = library.head_of(address)?;
        let brief = SafeText::line(head.brief);
        let choice = Choice::Peek(address.clone());
        Some(ChooserRow::new(SafeText::line(head.title), brief, choice))
    });
    Chooser::new("Look up", rows, "no name on these rows is like that")
}

/// What stands behind the host.
fn path(address: &Url) -> SafeText {
    let (_, behind) = address
        .as_str()
        .split_once(address.host())
        .unwrap_or_default();
    SafeText::line(behind.trim_matches('/'))
}

/// The sources of an entry: which one to open. The host that would be visited is named first.
pub fn sources(sources: &[(SafeText, Url)]) -> Chooser {
    let choice = |(name, address): &(SafeText, Url)| {
        ChooserRow::new(
            address.host(),
            crate::safe!("{address}"),
            Choice::Effect(Effect::Open(address.clone())),
        )
        .aside(match name.is_empty() {
            true => path(address),
            false => name.clone(),
        })
        .whole(name.clone())
    };
    Chooser::new(
        "Open which source?",
        sources.iter().map(choice),
        "no source is called that",
    )
    .takes("open it")
}

/// One address: open it, or copy it.
pub fn address(address: &Url) -> Chooser {
    let choices = vec![
        ChooserRow::new(
            crate::safe!("Open {}", address.host()),
            crate::safe!("{address}"),
            Choice::Effect(Effect::Open(address.clone())),
        )
        .aside("in the browser"),
        ChooserRow::new(
            "Copy the address",
            crate::safe!("{address}"),
            Choice::Effect(Effect::Copy(
                crate::safe!("{address}"),
                SafeText::ours("the address"),
            )),
        )
        .aside("to the clipboard"),
    ];
    Chooser::new(address.host(), choices, "choose one of the two")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::samples::{App, check, check_toasts, library_with};

    #[test]
    fn commands_lenses_themes_and_headings_are_chosen_by_words() {
        check(&[
            (":glossary<Enter>", "> Chime", "Commands"),
            ("Lmore<Enter>", "lens  degrees", "Choose the lens"),
            ("M", "A doorbell costs nothing.", ""),
            ("3t", "Contents", ""),
            ("?", "Keys of this screen", ""),
        ]);
        check_toasts(&[
            ("Tdark<Enter>", "theme: dark"),
            ("t", "this page has no headings"),
        ]);
    }

    /// Its rows must stay readable, whatever ground the theme under the cursor is for.
    #[test]
    fn a_theme_is_tried_on_the_screen_and_not_on_what_lies_over_it() {
        let names = |app: &App| {
            let model = &app.model;
            let shown = [&model.theme, model.screen_theme()];
            shown.map(|theme| theme.name().to_string())
        };
        for (keys, expected) in [
            ("T", ["terminal", "terminal"]),
            ("Tlight", ["terminal", "light"]),
            ("Tlight<Esc>", ["terminal", "terminal"]),
            ("Tlight<Enter>", ["light", "light"]),
        ] {
            assert_eq!(names(&App::new().keys(keys)), expected, "{keys}");
        }
        let mut plain = App::new();
        plain.model.config.style.color = false;
        plain
            .keys("Tdark<Enter>")
            .shows("nothing changes while color is off");
    }

    #[test]
    fn a_lens_is_found_by_the_whole_name_of_its_holder() {
        // In a narrow window only the first letters of it show.
        let holder = "A society with a remarkably long name for doors";
        let source = include_str!("../../../tests/packs/good/references/bell-handbook.md");
        let source = source.replacen("authors = [\"", &format!("authors = [\"{holder}, "), 1);
        assert!(source.contains(holder));
        let library = library_with(&[("references/bell-handbook.md", &source)]);
        for width in [40, 80, 120] {
            let app = App::on(library.clone(), (width, 24)).keys("Lremarkably long");
            app.shows("1 of 1").hides("no lens is called that");
        }
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
    fn sources_are_links_of_the_terminal_too() {
        let mut app = App::new().keys("7o");
        let shown = app.model.web_addresses();
        let overlays = app.model.overlays.iter();
        let told: Vec<Url> = overlays.flat_map(|o| o.web_addresses()).collect();
        assert!(!told.is_empty() && told.iter().all(|url| shown.contains(url)));
        for url in told {
            let marked = app.cells_of(&url);
            assert!(marked.contains(url.host()), "{url}: {marked:?}");
        }
    }

    #[test]
    fn a_host_is_whole_at_every_width() {
        let address = "https://docs.a-rather-long-host.org/a/page";
        let url = Url::parse(address).unwrap();
        let name = SafeText::ours("A title that is longer than the row");
        for width in [40, 50, 80] {
            let mut app = App::sized(width, 12);
            let chooser = sources(&[(name.clone(), url.clone()), (name.clone(), url.clone())]);
            app.model.overlays.push(Box::new(chooser));
            let app = app.keys("<Down>");
            app.shows("> docs.a-rather-long-host.org")
                .shows("A title that is");
        }
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
