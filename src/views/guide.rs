//! A first look in four short pages: guess what nobody's calls cost, move the traffic, see a row on which the two answers
//! differ, and three easy questions. Everything on them comes from the pack; what it lacks is passed over: one without a dial
//! shows instead what two definitions make of one thing.

use crate::core::compare::{self, Relation, default_lenses, position_words};
use crate::core::cost::comparison::DIAL;
use crate::core::cost::{Money, Tariff};
use crate::core::judge::Verdict;
use crate::core::judge::lens_diff::{SplitGroup, across};
use crate::core::judge::verdict::outcome;
use crate::layout::wrap::wrap;
use crate::layout::{Page, PageBuilder, Role, Run};
use crate::pack::{CostWords, Kind, Lens, Library, Service};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{capitalized, count, in_words, width};
use crate::views::dial::{self, DialLook};
use crate::views::verdict;

/// A page of the first look.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GuidePage {
    /// A guess, and once it is made, by its number from 0.
    Guess(Option<usize>),
    /// The traffic at so many requests a month.
    Traffic(u64),
    Row,
    /// One thing by two lenses.
    Verdicts,
    Questions,
}

/// Choices of the guess.
pub const CHOICES: usize = 3;
/// A page narrower than this asks in few words, so that the choices stand on one screen with the question.
const NARROW: usize = 50;
/// Questions at its end, where the pack has as many.
pub const QUESTIONS: usize = 3;
/// The right one.
const RIGHT: usize = 1;

/// The pages that the pack has something for, in their order.
pub fn pages(library: &Library) -> Vec<GuidePage> {
    let has_dial = bills(library).is_some();
    let busy = DIAL.last().copied().unwrap_or_default();
    let dial = [GuidePage::Guess(None), GuidePage::Traffic(busy)];
    let dial = dial.into_iter().filter(|_| has_dial);
    let row = differing(library).map(|_| GuidePage::Row);
    let verdicts = (!has_dial).then(|| parted(library)).flatten();
    let verdicts = verdicts.map(|_| GuidePage::Verdicts);
    let asks = library.count(Kind::Questions) > 0;
    let questions = asks.then_some(GuidePage::Questions);
    dial.chain(row).chain(verdicts).chain(questions).collect()
}

/// The two things of the dial with what each costs when nobody calls: something, and nothing.
fn bills(library: &Library) -> Option<[(&Service, Money); 2]> {
    let bill = |id: &String| {
        let service = library.service(id)?;
        Some((service, Tariff::of(service).ok()?.idle().ok()?))
    };
    let [kept, falls] = library.pack().dial.as_slice() else {
        return None;
    };
    let (kept, falls) = (bill(kept)?, bill(falls)?);
    (!kept.1.is_zero() && falls.1.is_zero()).then_some([kept, falls])
}

/// A holder, and what it answers.
type HolderAnswer = (SafeText, SafeText);

/// The first row of the default comparison as it shows, where the two differ: with each holder's answer.
fn differing(library: &Library) -> Option<(SafeText, Vec<HolderAnswer>, usize)> {
    let compared = compare::compare(library, &library.pack().default_comparison);
    let compared = compared.disputed_first(library);
    let differ = || {
        compared
            .rows
            .iter()
            .filter(|row| row.relation == Relation::Differ)
    };
    let row = differ().next()?;
    let cells = compared.columns.iter().zip(&row.cells);
    let answers = cells.filter_map(|(perspective, cell)| {
        let position = position_words(row.dimension, cell)?;
        Some((perspective.name.clone(), position.title.clone()))
    });
    Some((
        row.dimension.question.clone(),
        answers.collect(),
        differ().count(),
    ))
}

/// A thing on which the two default lenses part.
struct PartedThing<'a> {
    service: &'a Service,
    lenses: [&'a Lens; 2],
    /// How many things they part on.
    differ: usize,
    judged: usize,
}

/// The first thing whose verdicts by the two default lenses are the furthest apart: met by one and not met by the other,
/// where there is such a thing.
fn parted(library: &Library) -> Option<PartedThing<'_>> {
    let ruled = default_lenses(library)
        .into_iter()
        .filter(|lens| !lens.is_score());
    let [first, second] = ruled.collect::<Vec<_>>()[..] else {
        return None;
    };
    let found = across(library.services(), &[first, second], None);
    // Met by one and refused by the other comes first; of such groups the largest.
    let apart = |group: &&SplitGroup<'_>| {
        let verdicts = group.verdicts.iter();
        let is_met = group.verdicts.contains(&Verdict::Met);
        (!is_met, verdicts.min().copied())
    };
    let group = found.groups.iter().min_by_key(apart)?;
    Some(PartedThing {
        service: group.splits.first()?.service,
        lenses: [first, second],
        differ: found.differ(),
        judged: found.judged,
    })
}

/// A page at a width.
pub fn page(library: &Library, shown: GuidePage, width: usize, ascii: bool) -> Page {
    let mut page = PageBuilder::new(width);
    match shown {
        GuidePage::Guess(guess) => guessed(&mut page, library, guess),
        GuidePage::Traffic(requests) => traffic(&mut page, library, requests, ascii),
        GuidePage::Row => row(&mut page, library),
        GuidePage::Verdicts => verdicts(&mut page, library),
        GuidePage::Questions => {
            let questions = match library.count(Kind::Questions).min(QUESTIONS) {
                1 => SafeText::ours("An easy question comes now."),
                n => safe!("{} easy questions come now.", capitalized(&in_words(n))),
            };
            page.text(questions, Role::Strong);
            let after = "Behind them the quiz says what to go on with, and so does `tozero next`.";
            page.text(after, Role::Text);
        }
    }
    page.finish()
}

/// What is to be guessed, and the choices, of which none is told by its length.
fn asked(
    (kept, floor): (&Service, &SafeText),
    falls: &Service,
    words: &CostWords,
) -> (SafeText, [SafeText; CHOICES]) {
    let ask = safe!(
        "For a month {}. What do {} and {} cost?",
        words.idle,
        kept.name,
        falls.name
    );
    let choices = [
        SafeText::ours("Both cost nothing."),
        safe!("{} costs {floor}, {} nothing.", kept.name, falls.name),
        safe!("{} costs {floor}, {} nothing.", falls.name, kept.name),
    ];
    (ask, choices)
}

/// The shortest of a service's names.
fn everyday(service: &Service) -> SafeText {
    let aliases = service.aliases.iter().cloned();
    let shortest = aliases.min_by_key(|name| width(name));
    let bare = bare(&service.name);
    shortest
        .filter(|name| width(name) < width(&bare))
        .unwrap_or(bare)
}

/// The same in few words.
fn asked_in_short(
    (kept, floor): (&Service, &SafeText),
    falls: &Service,
    words: &CostWords,
) -> (SafeText, [SafeText; CHOICES]) {
    let (first, second, sign) = (everyday(kept), everyday(falls), &words.currency.sign);
    let choices = [
        safe!("Both {sign}0"),
        safe!("{first} {floor}, {second} {sign}0"),
        safe!("{second} {floor}, {first} {sign}0"),
    ];
    let ask = safe!("{} all month. The bill?", capitalized(&words.idle));
    (ask, choices)
}

fn guessed(page: &mut PageBuilder, library: &Library, guess: Option<usize>) {
    let Some([(kept, floor), (falls, _)]) = bills(library) else {
        return;
    };
    let is_narrow = page.width() < NARROW;
    let words = &library.pack().subject.cost;
    let floor = floor.shown(&words.currency);
    let (ask, choices) = match is_narrow {
        true => asked_in_short((kept, &floor), falls, words),
        false => asked((kept, &floor), falls, words),
    };
    match (is_narrow, guess) {
        (false, _) => page.text(ask, Role::Strong),
        (true, None) => page.text_tight(ask, Role::Strong),
        // Who has answered needs the room for why.
        (true, Some(_)) => {}
    }
    for (n, words) in choices.into_iter().enumerate() {
        let (sign, role) = match guess {
            Some(_) if n == RIGHT => ("+ ", Role::Good),
            Some(chosen) if n == chosen => ("x ", Role::Bad),
            Some(_) | None => ("  ", Role::Text),
        };
        let number = Run::new(safe!("{}  ", n + 1), Role::Key);
        let choice = [Run::ours(sign, role), number, Run::new(words, role)];
        page.rows(wrap(&choice, page.width(), 0, 5));
    }
    page.blank();
    let Some(guess) = guess else { return };
    let verdict = if guess == RIGHT { "Right." } else { "No." };
    let why = if is_narrow {
        SafeText::ours(
            " The first bills a floor, the second use. Whether that matters, definitions decide.",
        )
    } else {
        safe!(
            " {} bills a floor even when {}; {} bills what is used. Whether that matters, the definitions decide.",
            kept.name,
            words.idle,
            falls.name
        )
    };
    page.paragraph(vec![
        Run::ours(verdict, Role::Strong),
        Run::new(why, Role::Text),
    ]);
}

/// A name without what stands in brackets behind it.
fn bare(name: &SafeText) -> SafeText {
    let end = name.find(" (").unwrap_or(name.len());
    name.slice(0..end)
}

fn traffic(page: &mut PageBuilder, library: &Library, requests: u64, ascii: bool) {
    let CostWords { many, idle, .. } = &library.pack().subject.cost;
    let move_it = safe!("Left and Right move the {many}. Far left {idle}.");
    page.text(move_it, Role::Strong);
    let look = DialLook {
        width: page.width(),
        short: false,
        picture: 3,
        ascii,
    };
    page.rows(dial::rows(library, &library.pack().dial, requests, look));
}

fn row(page: &mut PageBuilder, library: &Library) {
    let Some((question, answers, differ)) = differing(library) else {
        return;
    };
    let others = match differ {
        1 => SafeText::ours("On one question the two definitions differ:"),
        n => safe!("On {n} questions the two definitions differ. One of them:"),
    };
    page.text(others, Role::Text);
    page.text(question, Role::Strong);
    for (name, answer) in answers {
        page.paragraph_tight(vec![
            Run::new(safe!("{name}: "), Role::Label),
            Run::new(answer, Role::Text),
        ]);
    }
    if library.count(Kind::Lenses) > 0 {
        page.blank();
        let lens = "Each definition is a lens here: L puts another one on.";
        page.text(lens, Role::Text);
    }
}

fn verdicts(page: &mut PageBuilder, library: &Library) {
    let Some(PartedThing {
        service,
        lenses,
        differ,
        judged,
    }) = parted(library)
    else {
        return;
    };
    let subject = &library.pack().subject;
    let things = &subject.things;
    let ask = safe!("One {}, two verdicts: {}", things.one, service.name);
    page.text(ask, Role::Strong);
    for lens in lenses {
        let Ok(found) = outcome(service, lens, None) else {
            continue;
        };
        page.paragraph_tight(vec![
            Run::new(verdict::full(subject, found), verdict::outcome_role(found)),
            Run::new(safe!("  by {}", lens.name), Role::Label),
        ]);
        page.paragraph_tight(vec![Run::new(lens.question.clone(), Role::Dim)]);
    }
    page.blank();
    let all = count(judged, &things.one, &things.many);
    let why = safe!(
        "The facts are the same, the definition decides: the two disagree on {differ} of {all}."
    );
    page.text(why, Role::Text);
}
