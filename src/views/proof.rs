//! The proof of a verdict: each fact, its answer, what the lens asks, whether it is met, why, with its source and date; and
//! which single change would turn it.
//!
//! Promises: a verdict is told with its sign and its word; every fact shows the date it was checked, and its age once it is
//! older than 18 months; what is cited by number stands in the list of [`sources`].

use crate::core::judge::proof::judge;
use crate::core::judge::state::at;
use crate::core::judge::verdict::read;
use crate::core::judge::{
    Absent, Criterion, DatedFact, Flip, Judgment, LensOutcome, Requirement, ServiceState,
    TableVerdict, Verdict,
};
use crate::layout::wrap::wrap;
use crate::layout::{PageBuilder, Role, Row, Run};
use crate::pack::{Address, FactLevel, Kind, Lens, LensRule, Library, LinkTarget, Service, Source};
use crate::text::{SafeText, Words, measure};
use crate::views::context::ViewContext;
use crate::views::entry_footer::named;
use crate::views::verdict::{absent_sentence, absent_word, full, outcome_role};

/// Cells of a fact's title.
const TITLE: usize = 22;
/// Cells of an answer.
const ANSWER: usize = 9;
/// Cells of what is asked.
const ASKED: usize = 13;
/// Narrower pages put the parts of a fact's head one behind the other.
const GRID: usize = 50;
/// Cells that reasons are indented by.
const INDENT: usize = 2;

/// The whole proof: the verdict, the five facts, and what would turn it. Sources are cited by number; print
/// [`sources`] after it.
pub fn set(setter: &mut PageBuilder, library: &Library, service: &Service, sight: &ViewContext) {
    verdict(setter, library, service, sight);
    facts(setter, library, service, sight);
}

/// The verdict in words, the lens it is read through, the day it holds for, and why in one sentence.
pub fn verdict(
    setter: &mut PageBuilder,
    library: &Library,
    service: &Service,
    sight: &ViewContext,
) {
    let Some(lens) = sight.lens(library) else {
        setter.paragraph(vec![Run::ours(
            "No verdict: this pack has no lens of that name.",
            Role::Warn,
        )]);
        return;
    };
    let day = sight.as_of;
    let (said, role) = match at(service, day) {
        Ok(state) => {
            let outcome = read(&state.answers(), state.marketed, lens);
            (full(outcome), outcome_role(outcome))
        }
        Err(absent) => (SafeText::ours(absent_word(absent)), Role::Strong),
    };
    let mut runs = vec![Run::new(said, role)];
    if let Some(day) = day {
        runs.push(Run::new(crate::safe!(" as of {day}"), Role::Strong));
    }
    runs.extend([Run::ours("  by ", Role::Dim), lens_link(setter, lens)]);
    setter.paragraph_tight(runs);
    if let Some(was) = was(library, service, sight) {
        setter.paragraph_tight(vec![Run::new(was, Role::Warn)]);
    }
    let because = because(service, lens, sight);
    if !because.is_empty() {
        setter.paragraph_tight(vec![Run::new(because, Role::Text)]);
    }
    setter.blank();
}

fn lens_link(setter: &mut PageBuilder, lens: &Lens) -> Run {
    match Address::new(Kind::Lenses, &lens.id) {
        Some(address) => setter.link(lens.name.clone(), LinkTarget::Entry(address, None)),
        None => Run::new(lens.name.clone(), Role::Text),
    }
}

/// What the lens before said, where that differs.
fn was(library: &Library, service: &Service, sight: &ViewContext) -> Option<SafeText> {
    let (lens, before) = (sight.lens(library)?, sight.lens_before(library)?);
    let said = |lens: &Lens| -> TableVerdict {
        at(service, sight.as_of).map(|s| read(&s.answers(), s.marketed, lens))
    };
    let (was, now) = (said(before).ok()?, said(lens).ok()?);
    (was != now).then(|| crate::safe!("was {} by {}", full(was), before.name))
}

/// Why the verdict is what it is, and what to know about the day; one or more sentences.
fn because(service: &Service, lens: &Lens, sight: &ViewContext) -> SafeText {
    let mut said: Vec<SafeText> = Vec::new();
    match (at(service, sight.as_of), sight.as_of) {
        (Ok(state), _) => {
            said.push(reason(&judge(&state, lens), &state, lens));
            said.extend(about_the_day(&state, sight));
        }
        (Err(absent), Some(day)) => {
            said.push(absent_sentence(absent, day));
            if let (Absent::Retired(_), Ok(last)) = (absent, at(service, None)) {
                let outcome = read(&last.answers(), last.marketed, lens);
                said.push(crate::safe!(
                    "On its last day it was {}.",
                    without_sign(outcome)
                ));
            }
        }
        (Err(_), None) => {}
    }
    SafeText::join(&said, " ")
}

fn without_sign(outcome: LensOutcome) -> SafeText {
    match outcome {
        LensOutcome::Verdict(verdict) => SafeText::ours(verdict.title()),
        LensOutcome::Score(_) => full(outcome),
    }
}

fn reason(judgment: &Judgment, state: &ServiceState, lens: &Lens) -> SafeText {
    let missed: Vec<&Criterion> = judgment.unmet().collect();
    let asked = match &lens.rule {
        LensRule::Minimum(minimum) => minimum.len(),
        LensRule::Score { .. } => 0,
    };
    let refused = missed
        .iter()
        .filter(|c| c.held.answer == FactLevel::No)
        .count();
    let provider = &state.service.provider;
    let plain = match refused {
        0 => "too many for nearly".to_owned(),
        n if n == missed.len() => "with a plain no".to_owned(),
        1 => "one with a plain no".to_owned(),
        n => format!("{n} with a plain no"),
    };
    let are = if missed.len() == 1 { "is" } else { "are" };
    let of = crate::safe!(
        "{} of {} {are} missed",
        missed.len(),
        measure::count(asked, "fact asked", "facts asked")
    );
    match judgment.outcome {
        LensOutcome::Verdict(Verdict::Serverless) => {
            crate::safe!(
                "{}.",
                if asked == 1 {
                    "The one fact asked is met"
                } else {
                    "Every fact asked is met"
                }
            )
        }
        LensOutcome::Verdict(Verdict::Nearly) => crate::safe!("{of}, none with a plain no."),
        LensOutcome::Verdict(Verdict::InName) => {
            crate::safe!("{of}, {plain}; {provider} sells it under the word.")
        }
        LensOutcome::Verdict(Verdict::Not) => {
            crate::safe!("{of}, {plain}; {provider} does not sell it under the word.")
        }
        LensOutcome::Score(_) => {
            SafeText::ours("A degree and no verdict: each fact adds its points.")
        }
    }
}

/// What must be known about the day beside the verdict.
fn about_the_day(state: &ServiceState, sight: &ViewContext) -> Option<SafeText> {
    match sight.as_of {
        Some(day) if day > sight.today => Some(crate::safe!(
            "{day} has not come: these are the newest facts."
        )),
        Some(_) if state.carried_back => Some(crate::safe!(
            "When it was first sold is not known: its facts of {} are carried back.",
            state.service.as_of
        )),
        None => state
            .retired
            .map(|since| crate::safe!("Retired since {since}; judged as on its last day.")),
        Some(_) => None,
    }
}

/// The facts that are told on a day: those of the day, or of the last day of what is gone; `None` before it was sold.
fn shown<'a>(service: &'a Service, sight: &ViewContext) -> Option<ServiceState<'a>> {
    match at(service, sight.as_of) {
        Ok(state) => Some(state),
        Err(Absent::Retired(_)) => at(service, None).ok(),
        Err(Absent::NotYet(_)) => None,
    }
}

/// The five facts with what the lens asks of each, and what single change would turn the verdict.
pub fn facts(setter: &mut PageBuilder, library: &Library, service: &Service, sight: &ViewContext) {
    let Some(state) = shown(service, sight) else {
        return;
    };
    setter.section(SafeText::ours("The proof"), Role::Heading);
    let Some(lens) = sight.lens(library) else {
        state
            .facts
            .iter()
            .for_each(|held| fact(setter, held, None, service, sight));
        return;
    };
    let judgment = judge(&state, lens);
    for criterion in &judgment.proof {
        fact(setter, &criterion.held, Some(criterion), service, sight);
    }
    turns(setter, &judgment, lens);
}

fn fact(
    setter: &mut PageBuilder,
    held: &DatedFact,
    criterion: Option<&Criterion>,
    service: &Service,
    sight: &ViewContext,
) {
    let width = setter.width().min(crate::layout::builder::MEASURE);
    let mut rows = head(held, criterion, width);
    let cited = crate::safe!(" ({})", cited(held, service, sight));
    let why = [
        Run::new(held.why.clone(), Role::Text),
        Run::new(cited, Role::Dim),
    ];
    rows.extend(wrap(&why, width, INDENT, INDENT));
    if let Some(asks) = criterion
        .filter(|c| c.asked != Requirement::NotAsked)
        .and_then(|c| c.why_asked)
    {
        rows.extend(wrap(
            &[Run::new(crate::safe!("Asked: {asks}"), Role::Dim)],
            width,
            INDENT,
            INDENT,
        ));
    }
    setter.rows(rows);
    setter.blank();
}

/// A fact, its answer, what is asked of it, and what came of it.
fn head(held: &DatedFact, criterion: Option<&Criterion>, width: usize) -> Vec<Row> {
    let (asks, came, role) = criterion.map_or(
        (SafeText::default(), SafeText::default(), Role::Text),
        |c| words(c.asked),
    );
    let parts = [
        (SafeText::ours(held.fact.title()), Role::Strong, TITLE),
        (
            SafeText::ours(held.answer.word()),
            answer_role(criterion),
            ANSWER,
        ),
        (asks, Role::Dim, ASKED),
        (came, role, 0),
    ];
    if width < GRID {
        let runs = parts
            .into_iter()
            .filter(|(words, ..)| !words.is_empty())
            .enumerate();
        let between = |n| {
            if n == 0 {
                ""
            } else if n == 1 {
                ": "
            } else {
                ", "
            }
        };
        let runs = runs.flat_map(|(n, (words, role, _))| {
            [Run::ours(between(n), Role::Dim), Run::new(words, role)]
        });
        return wrap(&runs.collect::<Vec<_>>(), width, 0, INDENT);
    }
    let mut row = Row::default();
    let mut column = 0;
    for (words, role, cells) in parts.into_iter().filter(|(words, ..)| !words.is_empty()) {
        row.push(Run::new(words, role));
        column += cells;
        row.pad_to(column);
    }
    vec![row]
}

/// What a lens asks, what came of it, and what that means to the eye.
fn words(asked: Requirement) -> (SafeText, SafeText, Role) {
    match asked {
        Requirement::NotAsked => (SafeText::ours("not asked"), SafeText::default(), Role::Dim),
        Requirement::Met(least) => (
            crate::safe!("asks {}", least.word()),
            SafeText::ours("+ met"),
            Role::Good,
        ),
        Requirement::Unmet(least) => (
            crate::safe!("asks {}", least.word()),
            SafeText::ours("- missed"),
            Role::Bad,
        ),
        Requirement::Weighed { points, of } => (
            SafeText::default(),
            crate::safe!("{points:.1} of {of:.1} points"),
            Role::Text,
        ),
    }
}

/// Answers that the lens asks for stand out; those it does not ask for step back.
fn answer_role(criterion: Option<&Criterion>) -> Role {
    match criterion.map(|c| c.asked) {
        Some(Requirement::Unmet(_)) => Role::Bad,
        Some(Requirement::Met(_)) => Role::Good,
        Some(Requirement::Weighed { .. }) | None => Role::Strong,
        Some(Requirement::NotAsked) => Role::Dim,
    }
}

/// Since when a fact holds, when it was checked, how old it is, and where it is said.
fn cited(held: &DatedFact, service: &Service, sight: &ViewContext) -> SafeText {
    let mut said: Vec<SafeText> = Vec::new();
    match (held.since, held.until) {
        (Some(since), Some(until)) => said.push(crate::safe!("{since} to {until}")),
        (None, Some(until)) => said.push(crate::safe!("until {until}")),
        (Some(since), None) if service.available_from != Some(since) => {
            said.push(crate::safe!("since {since}"))
        }
        (Some(_) | None, None) => {}
    }
    if held.until.is_none() {
        let age = held.age_months(sight.today);
        let old = if held.is_stale(sight.today) {
            format!(", {age} months old")
        } else {
            String::new()
        };
        said.push(crate::safe!("checked {}{old}", held.as_of));
    }
    if let Some(numbers) = numbers(held.sources, service) {
        said.push(numbers);
    }
    SafeText::join(&said, "; ")
}

/// What is cited of a service, each source once: its own, then those of its history.
fn all_sources(service: &Service) -> Vec<&Source> {
    let mut all: Vec<&Source> = Vec::new();
    for source in service
        .sources
        .iter()
        .chain(service.history.iter().flat_map(|h| &h.sources))
    {
        if !all.contains(&source) {
            all.push(source);
        }
    }
    all
}

/// Numbers of some sources in the list of all: `source 3`, `sources 1 to 6`, `sources 1, 4`.
fn numbers(cited: &[Source], service: &Service) -> Option<SafeText> {
    let all = all_sources(service);
    let mut numbers: Vec<usize> = cited
        .iter()
        .filter_map(|s| all.iter().position(|a| *a == s))
        .map(|n| n + 1)
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let (first, last) = (numbers.first()?, numbers.last()?);
    Some(match numbers.len() {
        1 => crate::safe!("source {first}"),
        n if n > 2 && last - first + 1 == n => crate::safe!("sources {first} to {last}"),
        _ => {
            let each: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            crate::safe!("sources {}", each.join(", "))
        }
    })
}

/// The sources of a service and of its history, numbered as they are cited.
pub fn sources(setter: &mut PageBuilder, library: &Library, service: &Service) {
    let mut label = "Sources";
    for (n, source) in (1..).zip(all_sources(service)) {
        let (words, target) = named(library, source);
        let link = setter.link(words, target);
        setter.label(label, vec![Run::new(crate::safe!("{n} "), Role::Dim), link]);
        label = "";
    }
}

/// The single changes that would turn the verdict.
fn turns(setter: &mut PageBuilder, judgment: &Judgment, lens: &Lens) {
    let LensOutcome::Verdict(now) = judgment.outcome else {
        return;
    };
    setter.section(SafeText::ours("What would turn the verdict"), Role::Heading);
    if judgment.flips.is_empty() {
        setter.paragraph(vec![Run::new(unturnable(judgment, lens), Role::Text)]);
        return;
    }
    for flip in &judgment.flips {
        setter.bullet(vec![Run::new(turn(flip, now), Role::Text)]);
    }
    setter.blank();
}

/// One change in a sentence.
pub fn turn(flip: &Flip, now: Verdict) -> SafeText {
    let verb = if now == Verdict::Serverless {
        "fell"
    } else {
        "rose"
    };
    let (fact, from, to) = (flip.fact.title(), flip.from.word(), flip.to.word());
    crate::safe!(
        "{} if \"{fact}\" {verb} from {from} to {to}.",
        capital(flip.into.title())
    )
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters
        .next()
        .map(|first| first.to_ascii_uppercase())
        .into_iter()
        .chain(letters)
        .collect()
}

fn unturnable(judgment: &Judgment, lens: &Lens) -> SafeText {
    let missed: Vec<SafeText> = judgment
        .unmet()
        .map(|c| crate::safe!("\"{}\"", c.held.fact.title()))
        .collect();
    match (missed.split_last(), &lens.rule) {
        (Some((last, rest)), LensRule::Minimum(_)) if !rest.is_empty() => {
            crate::safe!(
                "No single change: {} and {last} are missed together.",
                SafeText::join(rest, ", ")
            )
        }
        (Some(_) | None, LensRule::Minimum(_) | LensRule::Score { .. }) => {
            SafeText::ours("No single change would.")
        }
    }
}
