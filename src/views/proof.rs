//! The proof of a verdict: each fact, its answer, what the lens asks, whether it is met, why, with its source and date; and
//! which single change would turn it.
//! A verdict is told with its sign and its word; every fact shows the date it was checked, and its age once it is older than
//! 18 months; what is cited by number stands in the list of [`sources`].

use crate::core::judge::proof::judge;
use crate::core::judge::state::at;
use crate::core::judge::verdict::read;
use crate::core::judge::{
    Absent, DatedFact, Flip, JudgedFact, Judgment, LensOutcome, Requirement, ServiceState, Verdict,
};
use crate::layout::builder::MEASURE;
use crate::layout::wrap::wrap;
use crate::layout::{PageBuilder, Role, Row, Run};
use crate::pack::{
    Address, AnswerLevel, Criteria, Kind, Lens, LensRule, Library, Service, Source, Subject,
};
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{self, capitalized, count};
use crate::views::context::ViewContext;
use crate::views::entry_footer::source_link;
use crate::views::verdict::{
    absent_sentence, absent_word, full, outcome_role, outcome_word, requirement,
};

/// Cells of an answer, of what is asked, and of what came of it. Pages with less beside the titles put the parts of a fact's
/// head one behind the other.
const COLUMNS: [usize; 3] = [9, 13, 6];
/// Cells behind a fact's title.
const GAP: usize = 2;
/// Cells that reasons are indented by.
const INDENT: usize = 2;

/// The whole proof: the verdict, the facts, and what would turn it. Sources are cited by number; print
/// [`sources`] after it.
pub fn set(page: &mut PageBuilder, library: &Library, service: &Service, context: &ViewContext) {
    verdict(page, library, service, context);
    facts(page, library, service, context);
}

fn outcome(state: &ServiceState, lens: &Lens) -> LensOutcome {
    read(&state.answers(), state.claimed, lens)
}

/// The verdict in words, the lens it is read through, the day it holds for, and why in one sentence.
pub fn verdict(
    page: &mut PageBuilder,
    library: &Library,
    service: &Service,
    context: &ViewContext,
) {
    let Some(lens) = context.lens(library) else {
        let none = "No verdict: this pack has no lens of that name.";
        return page.text(none, Role::Warn);
    };
    let (words, role) = match at(service, context.as_of) {
        Ok(state) => {
            let outcome = outcome(&state, lens);
            (full(&lens.subject, outcome), outcome_role(outcome))
        }
        Err(absent) => (SafeText::ours(absent_word(absent)), Role::Strong),
    };
    let mut runs = vec![Run::new(words, role)];
    if let Some(day) = context.as_of {
        runs.push(Run::new(safe!(" as of {day}"), Role::Strong));
    }
    let link = page.entry_link(lens.name.clone(), Address::new(Kind::Lenses, &lens.id));
    runs.extend([Run::ours("  by ", Role::Dim), link]);
    page.paragraph_tight(runs);
    if let Some(was) = was(library, service, context) {
        page.text_tight(was, Role::Warn);
    }
    let because = because(service, lens, context);
    if !because.is_empty() {
        page.text_tight(because, Role::Text);
    }
    page.blank();
}

/// What the lens before said, where that differs.
fn was(library: &Library, service: &Service, context: &ViewContext) -> Option<SafeText> {
    let (lens, before) = (context.lens(library)?, context.lens_before(library)?);
    let state = at(service, context.as_of).ok()?;
    let (was, now) = (outcome(&state, before), outcome(&state, lens));
    (was != now).then(|| safe!("was {} by {}", full(&before.subject, was), before.name))
}

/// Why the verdict is what it is, and what to know about the day; one or more sentences.
fn because(service: &Service, lens: &Lens, context: &ViewContext) -> SafeText {
    let mut sentences: Vec<SafeText> = Vec::new();
    match (at(service, context.as_of), context.as_of) {
        (Ok(state), _) => {
            sentences.push(reason(&judge(&state, lens), &state, lens));
            sentences.extend(about_the_day(&state, context));
            sentences.extend(unrecorded(&state, context));
        }
        (Err(absent), Some(day)) => {
            sentences.push(absent_sentence(absent, day, &lens.subject));
            if let (Absent::Retired(_), Ok(last)) = (absent, at(service, None)) {
                let word = outcome_word(&lens.subject, outcome(&last, lens));
                sentences.push(safe!("On its last day it was {word}."));
            }
        }
        (Err(_), None) => {}
    }
    SafeText::join(&sentences, " ")
}

fn reason(judgment: &Judgment, state: &ServiceState, lens: &Lens) -> SafeText {
    let missed: Vec<&JudgedFact> = judgment.unmet().collect();
    let asked = match &lens.rule {
        LensRule::Minimum(minimum) => minimum.len(),
        LensRule::Score { .. } => 0,
    };
    let is_refused = |c: &&&JudgedFact| c.held.answer == AnswerLevel::NO;
    let refused = missed.iter().filter(is_refused).count();
    let plain = match refused {
        0 => "too many for nearly".to_owned(),
        n if n == missed.len() => "with a plain no".to_owned(),
        1 => "one with a plain no".to_owned(),
        n => format!("{n} with a plain no"),
    };
    let are = if missed.len() == 1 { "is" } else { "are" };
    let all = count(asked, "fact asked", "facts asked");
    let of = safe!("{} of {all} {are} missed", missed.len());
    match judgment.outcome {
        LensOutcome::Verdict(Verdict::Met) if asked == 1 => {
            SafeText::ours("The one fact asked is met.")
        }
        LensOutcome::Verdict(Verdict::Met) => SafeText::ours("Every fact asked is met."),
        LensOutcome::Verdict(Verdict::Nearly) => {
            let falls = if missed.len() == 1 { "falls" } else { "fall" };
            let of = safe!("{} of {all}", missed.len());
            let of = match missed.len() == asked {
                true if asked == 1 => SafeText::ours("The one fact asked"),
                true => safe!("All {all}"),
                false => of,
            };
            safe!("{of} {falls} short, none with a plain no.")
        }
        LensOutcome::Verdict(verdict @ (Verdict::InName | Verdict::Not)) => {
            let claim = lens.subject.things.claim.as_ref();
            let words = claim.and_then(|claim| match verdict == Verdict::InName {
                true => Some(&claim.made),
                false => claim.not_made.as_ref(),
            });
            let provider = match &state.service.provider {
                unknown if unknown.is_empty() => {
                    safe!("its {}", lens.subject.things.maker)
                }
                known => known.clone(),
            };
            let said = said(state.service).filter(|_| verdict == Verdict::InName);
            let said = said.unwrap_or_default();
            let claim = words.map(|words| safe!("; {provider} {words}{said}"));
            safe!("{of}, {plain}{}.", claim.unwrap_or_default())
        }
        LensOutcome::Score(_) => {
            SafeText::ours("A degree and no verdict: each fact adds its points.")
        }
    }
}

/// When and where the maker claims the word.
fn said(service: &Service) -> Option<SafeText> {
    let read = service.claim.as_of.map(|day| safe!("as of {day}"));
    let numbers = numbers(&service.claim.sources, &all_sources(service));
    let parts: Vec<SafeText> = read.into_iter().chain(numbers).collect();
    (!parts.is_empty()).then(|| safe!(" ({})", SafeText::join(&parts, "; ")))
}

/// How many facts are told of a day only because nothing older is stored.
fn unrecorded(state: &ServiceState, context: &ViewContext) -> Option<SafeText> {
    let service = state.service;
    let is_carried = |held: &&DatedFact| held.is_carried_back(service, context.as_of);
    let carried: Vec<&DatedFact> = state.facts.iter().filter(is_carried).collect();
    let checked = carried.iter().map(|held| held.as_of).min()?;
    let of = match (carried.len(), state.facts.len()) {
        _ if state.carried_back => return None,
        (n, all) if n == all => SafeText::ours("any of its facts"),
        (n, all) => safe!("{n} of its {all} facts"),
    };
    Some(safe!(
        "No record older than {checked} of {of}: today's answers stand in."
    ))
}

/// What must be known about the day beside the verdict.
fn about_the_day(state: &ServiceState, context: &ViewContext) -> Option<SafeText> {
    match context.as_of {
        Some(day) if day > context.today => {
            Some(safe!("{day} has not come: these are the newest facts."))
        }
        Some(_) if state.carried_back => Some(safe!(
            "When it was first {} is not known: its facts of {} are carried back.",
            state.service.facts.subject.things.offered,
            state.service.as_of
        )),
        None => state
            .retired
            .map(|since| safe!("Retired since {since}; judged as on its last day.")),
        Some(_) => None,
    }
}

/// The facts that are told on a day: those of the day, or of the last day of what is gone; `None` before it was sold.
fn shown<'a>(service: &'a Service, context: &ViewContext) -> Option<ServiceState<'a>> {
    match at(service, context.as_of) {
        Ok(state) => Some(state),
        Err(Absent::Retired(_)) => at(service, None).ok(),
        Err(Absent::NotYet(_)) => None,
    }
}

/// The facts with what the lens asks of each, and what single change would turn the verdict.
pub fn facts(page: &mut PageBuilder, library: &Library, service: &Service, context: &ViewContext) {
    let Some(state) = shown(service, context) else {
        return;
    };
    page.section("The proof", Role::Heading);
    let Some(lens) = context.lens(library) else {
        for held in &state.facts {
            fact(page, held, None, service, context);
        }
        return;
    };
    let judgment = judge(&state, lens);
    for criterion in &judgment.proof {
        fact(page, &criterion.held, Some(criterion), service, context);
    }
    turns(page, &judgment, lens);
}

fn fact(
    page: &mut PageBuilder,
    held: &DatedFact,
    criterion: Option<&JudgedFact>,
    service: &Service,
    context: &ViewContext,
) {
    let width = page.width().min(MEASURE);
    let mut rows = head(held, criterion, &service.facts.subject.criteria, width);
    let cited = safe!(" ({})", cited(held, service, context));
    let why = Run::new(held.why.clone(), Role::Text);
    let why = [why, Run::new(cited, Role::Dim)];
    rows.extend(wrap(&why, width, INDENT, INDENT));
    let asked = criterion.filter(|c| c.asked != Requirement::NotAsked);
    if let Some(asks) = asked.and_then(|c| c.why_asked) {
        let asked = Run::new(safe!("Asked: {asks}"), Role::Dim);
        rows.extend(wrap(&[asked], width, INDENT, INDENT));
    }
    page.rows(rows);
    page.blank();
}

/// A fact, its answer, what is asked of it, and what came of it.
fn head(
    held: &DatedFact,
    criterion: Option<&JudgedFact>,
    criteria: &Criteria,
    width: usize,
) -> Vec<Row> {
    let word = |level| SafeText::line(criteria.word(level));
    let asked = criterion.map(|c| requirement(c.asked, word));
    let answer_role = asked.as_ref().map_or(Role::Strong, |a| a.answer_role);
    let mut parts = vec![
        Run::new(criteria.title(held.criterion), Role::Strong),
        Run::new(word(held.answer), answer_role),
    ];
    if let Some(asked) = asked {
        parts.push(Run::new(asked.asks, Role::Dim));
        parts.push(Run::new(asked.result, asked.role));
    }
    // A fact that is weighed asks nothing, so its points stand in that column.
    parts.retain(|run| !run.text.is_empty());
    let titles = criteria.ids().map(|c| measure::width(&criteria.title(c)));
    let title = titles.max().unwrap_or_default() + GAP;
    let word = criteria
        .levels()
        .map(|level| measure::width(criteria.word(level)));
    let word = word.max().unwrap_or_default();
    let [answer, asks, result] = COLUMNS;
    let (answer, asks) = (answer.max(word + GAP), asks.max("asks ".len() + word + GAP));
    if width >= title + answer + asks + result {
        return vec![Row::in_columns(parts, &[title, answer, asks])];
    }
    let mut runs = Vec::new();
    for (part, before) in parts.into_iter().zip(["", ": ", ", ", ", "]) {
        runs.extend([Run::ours(before, Role::Dim), part]);
    }
    wrap(&runs, width, 0, INDENT)
}

/// Since when a fact holds, when it was checked, how old it is, and where it is said.
fn cited(held: &DatedFact, service: &Service, context: &ViewContext) -> SafeText {
    let mut parts: Vec<SafeText> = Vec::new();
    match (held.since, held.until) {
        (Some(since), Some(until)) => parts.push(safe!("{since} to {until}")),
        (None, Some(until)) => parts.push(safe!("until {until}")),
        (Some(since), None) if service.available_from != Some(since) => {
            parts.push(safe!("since {since}"))
        }
        (Some(_) | None, None) => {}
    }
    if held.until.is_none() {
        let age = held.age_months(context.today);
        let is_stale = held.is_stale(context.today);
        let old = is_stale.then(|| format!(", {age} months old"));
        if held.is_carried_back(service, context.as_of) {
            parts.push(SafeText::ours("no older record"));
        }
        parts.push(safe!("checked {}{}", held.as_of, old.unwrap_or_default()));
    }
    parts.extend(numbers(held.sources, &all_sources(service)));
    SafeText::join(&parts, "; ")
}

/// What is cited of a service, each source once: its own, those of single facts and of the claim, those of its history.
fn all_sources(service: &Service) -> Vec<&Source> {
    let mut all: Vec<&Source> = Vec::new();
    let facts = service.facts.iter().flat_map(|(_, fact)| &fact.sources);
    let own = service.sources.iter().chain(facts);
    let history = service.history.iter().flat_map(|h| &h.sources);
    for source in own.chain(&service.claim.sources).chain(history) {
        if !all.contains(&source) {
            all.push(source);
        }
    }
    all
}

/// Numbers of some sources in the list of all: `source 3`, `sources 1 to 6`, `sources 1, 4`.
fn numbers(cited: &[Source], all: &[&Source]) -> Option<SafeText> {
    let number = |cited: &Source| all.iter().position(|source| *source == cited);
    let mut numbers: Vec<usize> = cited.iter().filter_map(number).map(|n| n + 1).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let (first, last) = (numbers.first()?, numbers.last()?);
    Some(match numbers.len() {
        1 => safe!("source {first}"),
        n if n > 2 && last - first + 1 == n => safe!("sources {first} to {last}"),
        _ => {
            let each: Vec<String> = numbers.iter().map(ToString::to_string).collect();
            safe!("sources {}", each.join(", "))
        }
    })
}

/// The sources of a service and of its history, numbered as they are cited.
pub fn sources(page: &mut PageBuilder, library: &Library, service: &Service) {
    let mut values = Vec::new();
    for (n, source) in (1..).zip(all_sources(service)) {
        let link = source_link(page, library, source);
        values.push(vec![Run::new(safe!("{n} "), Role::Dim), link]);
    }
    page.labels("Sources", values);
}

/// The single changes that would turn the verdict.
fn turns(page: &mut PageBuilder, judgment: &Judgment, lens: &Lens) {
    let LensOutcome::Verdict(now) = judgment.outcome else {
        return;
    };
    page.section("What would turn the verdict", Role::Heading);
    if judgment.flips.is_empty() {
        return page.text(unturnable(judgment, lens), Role::Text);
    }
    for flip in &judgment.flips {
        page.bullet_text(turn(flip, now, &lens.subject), Role::Text);
    }
    page.blank();
}

/// One change in a sentence.
pub fn turn(flip: &Flip, now: Verdict, subject: &Subject) -> SafeText {
    let is_best = now == Verdict::Met;
    let verb = if is_best { "fell" } else { "rose" };
    let criteria = &subject.criteria;
    let fact = criteria.title(flip.criterion);
    let (from, to) = (criteria.word(flip.from), criteria.word(flip.to));
    let into = capitalized(&flip.into.words(subject).title);
    safe!("{into} if \"{fact}\" {verb} from {from} to {to}.")
}

fn unturnable(judgment: &Judgment, lens: &Lens) -> SafeText {
    let title = |c: &JudgedFact| lens.subject.criteria.title(c.held.criterion);
    let quoted = |c: &JudgedFact| safe!("\"{}\"", title(c));
    let missed: Vec<SafeText> = judgment.unmet().map(quoted).collect();
    match missed.split_last() {
        Some((last, rest)) if !rest.is_empty() && !lens.is_score() => {
            let rest = SafeText::join(rest, ", ");
            safe!("No single change: {rest} and {last} are missed together.")
        }
        _ => SafeText::ours("No single change would."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::samples::{lens, service, spectrum};

    #[track_caller]
    fn check_reason(answers: &str, claimed: bool, rule: &str, expected: &str) {
        let (service, lens) = (service(answers, claimed), lens(rule));
        let state = at(&service, None).expect("it is sold");
        let reason = reason(&judge(&state, &lens), &state, &lens);
        assert_eq!(reason.as_str(), expected, "{answers} by {rule}");
    }

    #[test]
    fn verdicts_say_why() {
        check_reason("yyyyy", true, "y----", "The one fact asked is met.");
        check_reason("yyyyy", true, "yy---", "Every fact asked is met.");
        check_reason(
            "ypyyy",
            true,
            "yyy--",
            "1 of 3 facts asked falls short, none with a plain no.",
        );
        let both = "All 2 facts asked fall short, none with a plain no.";
        check_reason("ppyyy", true, "yy---", both);
        let sold = "1 of 2 facts asked is missed, with a plain no; Nobody calls it serverless.";
        check_reason("ynyyy", true, "yy---", sold);
        let not_sold = "2 of 2 facts asked are missed, one with a plain no.";
        check_reason("pnyyy", false, "yy---", not_sold);
    }

    #[test]
    fn a_score_gives_points_and_no_reason() {
        let (service, lens) = (service("ypnpp", true), spectrum());
        let state = at(&service, None).expect("it is sold");
        let judgment = judge(&state, &lens);
        let reason = reason(&judgment, &state, &lens);
        assert_eq!(
            reason.as_str(),
            "A degree and no verdict: each fact adds its points."
        );
    }

    #[test]
    fn changes_that_would_turn_a_verdict_are_sentences() {
        let turns = |answers: &str, rule: &str| -> Vec<String> {
            let (service, lens) = (service(answers, true), lens(rule));
            let state = at(&service, None).expect("it is sold");
            let judgment = judge(&state, &lens);
            let LensOutcome::Verdict(now) = judgment.outcome else {
                return Vec::new();
            };
            let turns = judgment
                .flips
                .iter()
                .map(|flip| turn(flip, now, &lens.subject).to_string());
            turns.collect()
        };
        assert!(
            turns("yyyyy", "--y--")
                .iter()
                .all(|t| t.contains(" fell from yes to "))
        );
        assert!(
            turns("yynyy", "--y--")
                .iter()
                .all(|t| t.contains(" rose from no to "))
        );
    }

    #[test]
    fn sources_are_cited_by_number() {
        let source = |id: &str| Source::Reference(id.to_owned());
        let all: Vec<Source> = ["a", "b", "c", "d"].map(source).into();
        let all: Vec<&Source> = all.iter().collect();
        let check = |cited: &[&str], expected: Option<&str>| {
            let cited: Vec<Source> = cited.iter().map(|id| source(id)).collect();
            let found = numbers(&cited, &all);
            assert_eq!(found.as_ref().map(SafeText::as_str), expected);
        };
        check(&[], None);
        check(&["unknown"], None);
        check(&["b"], Some("source 2"));
        check(&["b", "b"], Some("source 2"));
        check(&["b", "a"], Some("sources 1, 2"));
        check(&["c", "a", "b"], Some("sources 1 to 3"));
        check(&["d", "a", "b"], Some("sources 1, 2, 4"));
    }
}
