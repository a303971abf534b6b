//! One's own service, judged: the result as a page, and as a text for a design document. Page and text say the same.
//! Every lens of the pack is named with what it says and what decided it; what is unsure stays a range and names the
//! questions that could still move it.

use crate::core::judge::verdict::minimum;
use crate::core::judge::{
    AnswerSet, AssessedVerdict, Assessment, InterviewAnswer, InterviewStep, LensAssessment,
    LensOutcome, NearService, VerdictRange,
};
use crate::layout::wrap::wrap;
use crate::layout::{Page, PageBuilder, PageFormat, Role, Row, Run};
use crate::pack::{Address, Fact, FactLevel, Kind, Lens};
use crate::safe;
use crate::text::measure::count;
use crate::text::{Day, SafeText, Words};
use crate::views::lens::hue;
use crate::views::verdict::{full, level_role, missed_nothing, role};

/// Narrower pages have no table of lenses, but a few lines for each.
const TABLE: usize = 60;

/// What is still possible, in words: one verdict, or the worst and the best.
pub fn range_words(range: &VerdictRange) -> SafeText {
    match range {
        VerdictRange::Verdicts(worst, best) if worst == best => SafeText::ours(worst.title()),
        VerdictRange::Verdicts(worst, best) => safe!("{} to {}", worst.title(), best.title()),
        VerdictRange::Scores(low, high) if low == high => safe!("{low:.1} of 10"),
        VerdictRange::Scores(low, high) => safe!("{low:.1} to {high:.1} of 10"),
    }
}

/// The same with its sign, where only one verdict is left.
fn range_run(range: &VerdictRange) -> Run {
    match range {
        VerdictRange::Verdicts(worst, best) if worst == best => {
            Run::new(full(LensOutcome::Verdict(*worst)), role(*worst))
        }
        VerdictRange::Verdicts(..) => Run::new(range_words(range), Role::Warn),
        VerdictRange::Scores(..) => Run::new(range_words(range), Role::Strong),
    }
}

/// The answers a fact can still have, in words: `no, partial or yes`.
pub fn set_words(set: AnswerSet) -> SafeText {
    let all: Vec<&str> = set.iter().map(FactLevel::word).collect();
    match all.as_slice() {
        [] => SafeText::default(),
        [only] => safe!("{only}"),
        [rest @ .., last] => safe!("{} or {last}", rest.join(", ")),
    }
}

/// The result as a page, the lens that is on first. In print the text to copy stands at its end.
pub fn page(
    judged: &Assessment<'_>,
    name: Option<&SafeText>,
    on: &str,
    today: Day,
    format: impl Into<PageFormat>,
) -> Page {
    let mut page = PageBuilder::new(format);
    page.title(name.cloned().unwrap_or(SafeText::ours("Your service")));
    page.text(answered(judged), Role::Dim);
    if let Some(under) = judged.under.iter().find(|u| u.lens.id == on) {
        lead(&mut page, judged, under);
    }
    every_lens(&mut page, judged, on);
    page.section("The five facts", Role::Heading);
    for (fact, possible) in Fact::ALL.into_iter().zip(judged.facts) {
        let role = match possible.is_settled() {
            true => level_role(possible.lowest()),
            false => Role::Warn,
        };
        page.label(fact.title(), vec![Run::new(set_words(possible), role)]);
    }
    nearest(&mut page, &judged.near);
    answers(&mut page, judged);
    if page.format().is_print() {
        page.section("To copy into a design document", Role::Heading);
        page.blank();
        let width = page.width();
        let text = text(judged, name, today);
        let rows = text.split('\n').flat_map(|line| text_rows(line, width));
        page.rows(rows.collect());
    } else {
        page.section("To copy", Role::Heading);
        let how = "y copies all of this as markdown, for a design document.";
        page.text(how, Role::Text);
    }
    page.finish()
}

/// A line of markdown at a width; what hangs does so under the words of its item, so that it stays one.
fn text_rows(line: &str, width: usize) -> Vec<Row> {
    if line.is_empty() {
        return vec![Row::default()];
    }
    let number = line.split_once(". ").map(|(number, _)| number);
    let number = number.filter(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let hang = match number {
        _ if line.starts_with("- ") => 2,
        Some(number) => number.len() + 2,
        None => 0,
    };
    wrap(&[Run::new(line, Role::Text)], width, 0, hang.min(width / 2))
}

fn unsure(judged: &Assessment<'_>) -> usize {
    let unsure = |pick: &&InterviewAnswer| **pick == InterviewAnswer::Unsure;
    judged.picks.iter().filter(unsure).count()
}

fn answered(judged: &Assessment<'_>) -> SafeText {
    let all = count(judged.picks.len(), "answer", "answers");
    match unsure(judged) {
        0 => safe!("{all}, none of them unsure."),
        n => safe!("{all}, {n} of them unsure."),
    }
}

/// What the lens that is on says, and why: the highest thing on the page.
fn lead(page: &mut PageBuilder, judged: &Assessment<'_>, under: &LensAssessment<'_>) {
    let reading = &under.reading;
    page.section(safe!("{} · lens on", under.lens.name), hue(&under.lens.id));
    page.paragraph_tight(vec![range_run(&reading.range)]);
    for n in &reading.deciding {
        let Some((step, answer)) = chosen(judged, *n) else {
            continue;
        };
        let least = step.fact.and_then(|f| minimum(under.lens, f));
        let least = least.map_or("", FactLevel::word);
        let fact = step.fact.map_or("", Fact::title);
        let asked = safe!("Question {}, {fact}: {least} is asked. ", n + 1);
        let answer = Run::new(answer.clone(), Role::Text);
        page.bullet(vec![Run::new(asked, Role::Strong), answer]);
    }
    if !reading.open.is_empty() {
        let open = open_words(judged, &reading.open);
        page.bullet_text(
            safe!("Unsure, and could still move it: {open}."),
            Role::Text,
        );
    }
    if reading.deciding.is_empty() && reading.open.is_empty() {
        page.text(missed_nothing(under.lens.is_score()), Role::Text);
    }
    page.blank();
}

/// Numbers of questions with what they are about: `questions 5, 6 (scales to zero), 13 (the name)`.
fn open_words(judged: &Assessment<'_>, open: &[usize]) -> SafeText {
    let about = |step: &InterviewStep<'_>| step.fact.map_or("the name", Fact::title);
    let step = |n: &usize| Some((n + 1, about(judged.steps.get(*n)?)));
    let steps: Vec<(usize, &'static str)> = open.iter().filter_map(step).collect();
    let mut parts: Vec<String> = Vec::new();
    for (i, (number, what)) in steps.iter().enumerate() {
        let last = steps.get(i + 1).is_none_or(|(_, next)| next != what);
        parts.push(if last {
            format!("{number} ({what})")
        } else {
            number.to_string()
        });
    }
    safe!("{} {}", plural(steps.len(), "question"), parts.join(", "))
}

fn plural(n: usize, word: &str) -> String {
    format!("{word}{}", if n == 1 { "" } else { "s" })
}

/// Numbers of open questions, from 1: `question 3`, `questions 3, 4`.
fn numbered(open: &[usize], word: &str) -> SafeText {
    let numbers: Vec<String> = open.iter().map(|n| (n + 1).to_string()).collect();
    safe!("{} {}", plural(open.len(), word), numbers.join(", "))
}

/// The step and the words that were chosen.
fn chosen<'a>(
    judged: &'a Assessment<'a>,
    n: usize,
) -> Option<(&'a InterviewStep<'a>, &'a SafeText)> {
    let step = judged.steps.get(n)?;
    match judged.picks.get(n)? {
        InterviewAnswer::Choice(choice) => step.choices.get(*choice).map(|c| (step, c.text)),
        InterviewAnswer::Unsure => None,
    }
}

fn every_lens(page: &mut PageBuilder, judged: &Assessment<'_>, on: &str) {
    page.section("Under every lens", Role::Heading);
    let mut rows = Vec::new();
    for LensAssessment { lens, reading } in &judged.under {
        let address = Address::new(Kind::Lenses, &lens.id);
        let mut name = vec![page.entry_link(lens.name.clone(), address)];
        if lens.id == on {
            name.push(Run::ours(" · on", Role::Dim));
        }
        let verdict = vec![range_run(&reading.range)];
        let decided = vec![Run::new(decided(judged, lens, reading), Role::Text)];
        if page.width() >= TABLE {
            rows.push(vec![name, verdict, decided]);
            continue;
        }
        page.paragraph_tight(name);
        page.indented(Vec::new(), 2, |page| {
            page.paragraph_tight(verdict);
            page.paragraph_tight(decided);
        });
    }
    if !rows.is_empty() {
        let head = ["Lens", "Verdict", "Decided by"].map(|w| vec![Run::ours(w, Role::Label)]);
        page.table(&[], &head, &rows);
    }
    page.blank();
}

/// What decided a verdict, in a few words: the facts that are missed, and the questions that are open.
fn decided(judged: &Assessment<'_>, lens: &Lens, reading: &AssessedVerdict) -> SafeText {
    let missed = missed(judged, reading);
    let mut parts: Vec<SafeText> = missed.map(|f| SafeText::ours(f.title())).collect();
    if !reading.open.is_empty() {
        parts.push(safe!("open: {}", numbered(&reading.open, "question")));
    }
    match parts.as_slice() {
        [] if lens.is_score() => SafeText::ours("all five facts"),
        [] => SafeText::ours("all that is asked is met"),
        [..] => SafeText::join(&parts, "; "),
    }
}

/// The facts that deciding answers miss, each once.
fn missed<'a>(
    judged: &'a Assessment<'_>,
    reading: &'a AssessedVerdict,
) -> impl Iterator<Item = Fact> + 'a {
    let fact_of = |n: &usize| judged.steps.get(*n).and_then(|step| step.fact);
    let is_missed = move |fact: &Fact| reading.deciding.iter().any(|n| fact_of(n) == Some(*fact));
    Fact::ALL.into_iter().filter(is_missed)
}

fn nearest(page: &mut PageBuilder, near: &[NearService<'_>]) {
    if near.is_empty() {
        return;
    }
    page.section("Nearest services", Role::Heading);
    for near in near {
        let address = Address::new(Kind::Services, &near.service.id);
        let link = page.entry_link(near.service.name.clone(), address);
        let differs = safe!("  {}", differs(near));
        page.bullet(vec![link, Run::new(differs, Role::Dim)]);
    }
}

fn differs(near: &NearService<'_>) -> SafeText {
    let part = |(fact, answer): &(Fact, FactLevel)| safe!("{} is {}", fact.title(), answer.word());
    let each: Vec<SafeText> = near.differs.iter().map(part).collect();
    match each.as_slice() {
        [] => SafeText::ours("the same in all five facts"),
        [..] => safe!("differs: {}", SafeText::join(&each, ", ")),
    }
}

fn answers(page: &mut PageBuilder, judged: &Assessment<'_>) {
    page.section("Your answers", Role::Heading);
    for (n, step) in judged.steps.iter().enumerate() {
        let answer = match chosen(judged, n) {
            Some((_, words)) => Run::new(words.clone(), Role::Strong),
            None => Run::ours("Unsure", Role::Warn),
        };
        let number = vec![Run::new(format!("{:>2}  ", n + 1), Role::Dim)];
        page.indented(number, 4, |page| {
            page.text_tight(step.prompt.clone(), Role::Dim);
            page.paragraph_tight(vec![answer]);
        });
    }
    page.blank();
}

/// The result as markdown: verdicts under every lens, the facts, the answers, the nearest services.
pub fn text(judged: &Assessment<'_>, name: Option<&SafeText>, today: Day) -> SafeText {
    let called = name.cloned().unwrap_or(SafeText::ours("this service"));
    let of = count(judged.picks.len(), "answer", "answers");
    let unsure = unsure(judged);
    let mut lines = vec![
        format!("## Is {called} serverless?\n"),
        format!(
            "It depends on the definition. By {of} ({unsure} unsure) to the checklist of tozero, {today}:\n"
        ),
    ];
    for LensAssessment { lens, reading } in &judged.under {
        let verdict = range_words(&reading.range);
        let why = sentence(judged, lens, reading);
        let (name, id) = (&lens.name, &lens.id);
        lines.push(format!("- **{name}** (`{id}`): {verdict}. {why}"));
    }
    lines.push("\n### Facts\n".to_owned());
    let facts = Fact::ALL.into_iter().zip(judged.facts);
    lines.extend(facts.map(|(f, set)| format!("- {}: {}", f.title(), set_words(set))));
    lines.push("\n### Answers\n".to_owned());
    for (n, step) in judged.steps.iter().enumerate() {
        let answer = chosen(judged, n).map_or("unsure", |(_, words)| words.as_str());
        lines.push(format!("{}. {} **{answer}**", n + 1, step.prompt));
    }
    if !judged.near.is_empty() {
        lines.push("\n### Nearest services in the catalog\n".to_owned());
        lines.extend(judged.near.iter().map(|near| {
            let (name, provider) = (&near.service.name, &near.service.provider);
            format!("- {name} ({provider}): {}", differs(near))
        }));
    }
    SafeText::from(lines.join("\n"))
}

fn sentence(judged: &Assessment<'_>, lens: &Lens, reading: &AssessedVerdict) -> String {
    let asked = |fact: Fact| {
        let given = judged.facts.get(fact as usize).copied().map(set_words);
        let (title, given) = (fact.title(), given.unwrap_or_default());
        let least = minimum(lens, fact).map_or("", FactLevel::word);
        format!("{title} ({given}; asked: {least})")
    };
    let missed: Vec<String> = missed(judged, reading).map(asked).collect();
    let mut sentences = Vec::new();
    if !missed.is_empty() {
        sentences.push(format!("Decided by {}.", missed.join(", ")));
    }
    if !reading.open.is_empty() {
        sentences.push(format!("Open: {}.", numbered(&reading.open, "answer")));
    }
    if sentences.is_empty() {
        return missed_nothing(lens.is_score()).to_owned();
    }
    sentences.join(" ")
}
