//! One's own service, judged: the result as a page, and as a text for a design document.
//! Promises: every lens of the pack is named with what it says and what decided it; what is unsure stays a range and names
//! the questions that could still move it; page and text say the same.

use crate::core::judge::verdict::minimum;
use crate::core::judge::{
    AnswerSet, AssessedVerdict, Assessment, InterviewAnswer, InterviewStep, LensAssessment,
    LensOutcome, NearService, VerdictRange,
};
use crate::layout::wrap::wrap;
use crate::layout::{Page, PageBuilder, Role, Row, Run};
use crate::pack::{Address, Fact, FactLevel, Kind, Lens, LinkTarget};
use crate::text::measure::count;
use crate::text::{Day, SafeText, Words};
use crate::views::verdict::{full, role};

/// Narrower pages have no table of lenses, but a few lines for each.
const TABLE: usize = 60;

/// The role that an answer is set in.
pub const fn answer_role(answer: FactLevel) -> Role {
    match answer {
        FactLevel::Yes => Role::Good,
        FactLevel::Size | FactLevel::Partial => Role::Warn,
        FactLevel::No => Role::Bad,
    }
}

/// The hue that a lens's side of the dispute has everywhere.
pub fn lens_hue(id: &str) -> Role {
    match id {
        "provider-view" => Role::Provider,
        "scale-to-zero-view" => Role::Zero,
        _ => Role::Heading,
    }
}

/// What is still possible, in words: one verdict, or the worst and the best.
pub fn range_words(range: &VerdictRange) -> SafeText {
    match range {
        VerdictRange::Verdicts(worst, best) if worst == best => SafeText::ours(worst.title()),
        VerdictRange::Verdicts(worst, best) => {
            crate::safe!("{} to {}", worst.title(), best.title())
        }
        VerdictRange::Scores(low, high) if low == high => crate::safe!("{low:.1} of 10"),
        VerdictRange::Scores(low, high) => crate::safe!("{low:.1} to {high:.1} of 10"),
    }
}

fn range_role(range: &VerdictRange) -> Role {
    match range {
        VerdictRange::Verdicts(worst, best) if worst == best => role(*worst),
        VerdictRange::Verdicts(..) => Role::Warn,
        VerdictRange::Scores(..) => Role::Strong,
    }
}

/// The same with its sign, where only one verdict is left.
fn signed(range: &VerdictRange) -> SafeText {
    match range {
        VerdictRange::Verdicts(worst, best) if worst == best => full(LensOutcome::Verdict(*worst)),
        VerdictRange::Verdicts(..) | VerdictRange::Scores(..) => range_words(range),
    }
}

/// The answers a fact can still have, in words: `no, partial or yes`.
pub fn set_words(set: AnswerSet) -> SafeText {
    let all: Vec<&str> = set.iter().map(FactLevel::word).collect();
    match all.as_slice() {
        [] => SafeText::default(),
        [only] => crate::safe!("{only}"),
        [rest @ .., last] => crate::safe!("{} or {last}", rest.join(", ")),
    }
}

/// The result as a page, the lens that is on first.
pub fn page(judged: &Assessment<'_>, name: Option<&SafeText>, on: &str, width: usize) -> Page {
    let mut setter = PageBuilder::new(width);
    set(&mut setter, judged, name, on);
    setter.section(SafeText::ours("To copy"), Role::Heading);
    setter.paragraph(vec![Run::ours(
        "y copies all of this as markdown, for a design document.",
        Role::Text,
    )]);
    setter.finish()
}

/// The same for print, with the text to copy at its end.
pub fn printed(
    judged: &Assessment<'_>,
    name: Option<&SafeText>,
    on: &str,
    today: Day,
    width: usize,
) -> Page {
    let mut setter = PageBuilder::new(width);
    set(&mut setter, judged, name, on);
    setter.section(
        SafeText::ours("To copy into a design document"),
        Role::Heading,
    );
    setter.blank();
    let text = text(judged, name, today);
    setter.rows(
        text.split('\n')
            .flat_map(|line| text_rows(line, width))
            .collect(),
    );
    setter.finish()
}

/// A line of markdown at a width; what hangs does so under the words of its item, so that it stays one.
fn text_rows(line: &str, width: usize) -> Vec<Row> {
    if line.is_empty() {
        return vec![Row::default()];
    }
    let number = line
        .split_once(". ")
        .filter(|(n, _)| n.bytes().all(|b| b.is_ascii_digit()))
        .map_or(0, |(n, _)| n.len() + 2);
    let hang = if line.starts_with("- ") { 2 } else { number };
    wrap(&[Run::new(line, Role::Text)], width, 0, hang.min(width / 2))
}

fn set(setter: &mut PageBuilder, judged: &Assessment<'_>, name: Option<&SafeText>, on: &str) {
    setter.title(name.cloned().unwrap_or(SafeText::ours("Your service")));
    setter.paragraph(vec![Run::new(answered(judged), Role::Dim)]);
    if let Some(under) = judged.under.iter().find(|u| u.lens.id == on) {
        lead(setter, judged, under);
    }
    every_lens(setter, judged, on);
    setter.section(SafeText::ours("The five facts"), Role::Heading);
    for (fact, possible) in Fact::ALL.into_iter().zip(judged.facts) {
        let role = if possible.is_settled() {
            answer_role(possible.lowest())
        } else {
            Role::Warn
        };
        setter.label(fact.title(), vec![Run::new(set_words(possible), role)]);
    }
    nearest(setter, &judged.near);
    answers(setter, judged);
}

fn answered(judged: &Assessment<'_>) -> SafeText {
    let unsure = judged
        .picks
        .iter()
        .filter(|p| **p == InterviewAnswer::Unsure)
        .count();
    let unsure = if unsure == 0 {
        SafeText::ours("none of them unsure")
    } else {
        crate::safe!("{unsure} of them unsure")
    };
    crate::safe!(
        "{}, {unsure}.",
        count(judged.picks.len(), "answer", "answers")
    )
}

/// What the lens that is on says, and why: the highest thing on the page.
fn lead(setter: &mut PageBuilder, judged: &Assessment<'_>, under: &LensAssessment<'_>) {
    let head = crate::safe!("{} · lens on", under.lens.name);
    setter.section(head, lens_hue(&under.lens.id));
    setter.paragraph_tight(vec![Run::new(
        signed(&under.reading.range),
        range_role(&under.reading.range),
    )]);
    for n in &under.reading.deciding {
        let Some((step, answer)) = chosen(judged, *n) else {
            continue;
        };
        let asked = step
            .fact
            .and_then(|f| minimum(under.lens, f))
            .map_or("", FactLevel::word);
        let given = step.fact.map_or("", Fact::title);
        let said = crate::safe!("Question {}, {given}: {asked} is asked. ", n + 1);
        setter.bullet(vec![
            Run::new(said, Role::Strong),
            Run::new(answer.clone(), Role::Text),
        ]);
    }
    if !under.reading.open.is_empty() {
        let said = crate::safe!(
            "Unsure, and could still move it: {}.",
            open_words(judged, &under.reading.open)
        );
        setter.bullet(vec![Run::new(said, Role::Text)]);
    }
    if under.reading.deciding.is_empty() && under.reading.open.is_empty() {
        setter.paragraph(vec![Run::new(settled(&under.reading), Role::Text)]);
    }
    setter.blank();
}

/// Numbers of questions with what they are about: `questions 5, 6 (scales to zero), 13 (the name)`.
fn open_words(judged: &Assessment<'_>, open: &[usize]) -> SafeText {
    let steps: Vec<(usize, &'static str)> = open
        .iter()
        .filter_map(|n| Some((n + 1, about(judged.steps.get(*n)?))))
        .collect();
    let mut parts: Vec<String> = Vec::new();
    for (i, (number, what)) in steps.iter().enumerate() {
        let last = steps.get(i + 1).is_none_or(|(_, next)| next != what);
        parts.push(if last {
            format!("{number} ({what})")
        } else {
            number.to_string()
        });
    }
    crate::safe!(
        "{} {}",
        if steps.len() == 1 {
            "question"
        } else {
            "questions"
        },
        parts.join(", ")
    )
}

fn settled(reading: &AssessedVerdict) -> &'static str {
    match reading.range {
        VerdictRange::Verdicts(..) => "Everything it asks is met.",
        VerdictRange::Scores(..) => "A score weighs all five facts and draws no line.",
    }
}

fn about(step: &InterviewStep<'_>) -> &'static str {
    step.fact.map_or("the name", Fact::title)
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

fn every_lens(setter: &mut PageBuilder, judged: &Assessment<'_>, on: &str) {
    setter.section(SafeText::ours("Under every lens"), Role::Heading);
    let name = |words: &'static str| vec![Run::ours(words, Role::Label)];
    let head = [name("Lens"), name("Verdict"), name("Decided by")];
    let mut rows = Vec::new();
    for under in &judged.under {
        let target = Address::new(Kind::Lenses, &under.lens.id).map(|a| LinkTarget::Entry(a, None));
        let mut lens = vec![match target {
            Some(target) => setter.link(under.lens.name.clone(), target),
            None => Run::new(under.lens.name.clone(), Role::Text),
        }];
        if under.lens.id == on {
            lens.push(Run::ours(" · on", Role::Dim));
        }
        let verdict = vec![Run::new(
            signed(&under.reading.range),
            range_role(&under.reading.range),
        )];
        let decided = vec![Run::new(
            decided(judged, under.lens, &under.reading),
            Role::Text,
        )];
        if setter.width() >= TABLE {
            rows.push(vec![lens, verdict, decided]);
            continue;
        }
        setter.paragraph_tight(lens);
        setter.indented(Vec::new(), 2, |setter| {
            setter.paragraph_tight(verdict);
            setter.paragraph_tight(decided);
        });
    }
    if !rows.is_empty() {
        setter.table(&[], &head, &rows);
    }
    setter.blank();
}

/// What decided a verdict, in a few words: the facts that are missed, and the questions that are open.
fn decided(judged: &Assessment<'_>, lens: &Lens, reading: &AssessedVerdict) -> SafeText {
    let mut parts: Vec<SafeText> = missed(judged, reading)
        .map(|f| SafeText::ours(f.title()))
        .collect();
    if !reading.open.is_empty() {
        let numbers: Vec<String> = reading.open.iter().map(|n| (n + 1).to_string()).collect();
        let word = if numbers.len() == 1 {
            "question"
        } else {
            "questions"
        };
        parts.push(crate::safe!("open: {word} {}", numbers.join(", ")));
    }
    if !parts.is_empty() {
        return SafeText::join(&parts, "; ");
    }
    SafeText::ours(if crate::core::judge::lens_diff::is_score(lens) {
        "all five facts"
    } else {
        "all that is asked is met"
    })
}

/// The facts that deciding answers miss, each once.
fn missed<'a>(
    judged: &'a Assessment<'_>,
    reading: &'a AssessedVerdict,
) -> impl Iterator<Item = Fact> + 'a {
    let of = |fact: &Fact| {
        reading
            .deciding
            .iter()
            .any(|n| judged.steps.get(*n).is_some_and(|s| s.fact == Some(*fact)))
    };
    Fact::ALL.into_iter().filter(of)
}

fn nearest(setter: &mut PageBuilder, near: &[NearService<'_>]) {
    if near.is_empty() {
        return;
    }
    setter.section(SafeText::ours("Nearest services"), Role::Heading);
    for one in near {
        let target =
            Address::new(Kind::Services, &one.service.id).map(|a| LinkTarget::Entry(a, None));
        let link = match target {
            Some(target) => setter.link(one.service.name.clone(), target),
            None => Run::new(one.service.name.clone(), Role::Text),
        };
        let words = crate::safe!("  {}", differs(one));
        setter.bullet(vec![link, Run::new(words, Role::Dim)]);
    }
}

fn differs(near: &NearService<'_>) -> SafeText {
    let each: Vec<SafeText> = near
        .differs
        .iter()
        .map(|(f, a)| crate::safe!("{} is {}", f.title(), a.word()))
        .collect();
    match each.as_slice() {
        [] => SafeText::ours("the same in all five facts"),
        [..] => crate::safe!("differs: {}", SafeText::join(&each, ", ")),
    }
}

fn answers(setter: &mut PageBuilder, judged: &Assessment<'_>) {
    setter.section(SafeText::ours("Your answers"), Role::Heading);
    for (n, (step, pick)) in judged.steps.iter().zip(&judged.picks).enumerate() {
        let said = match chosen(judged, n) {
            Some((_, words)) => Run::new(words.clone(), Role::Strong),
            None => Run::ours("Unsure", Role::Warn),
        };
        debug_assert!(*pick == InterviewAnswer::Unsure || said.role == Role::Strong);
        let mark = vec![Run::new(format!("{:>2}  ", n + 1), Role::Dim)];
        setter.indented(mark, 4, |setter| {
            setter.paragraph_tight(vec![Run::new(step.prompt.clone(), Role::Dim)]);
            setter.paragraph_tight(vec![said]);
        });
    }
    setter.blank();
}

/// The result as markdown: verdicts under every lens, the facts, the answers, the nearest services.
pub fn text(judged: &Assessment<'_>, name: Option<&SafeText>, today: Day) -> SafeText {
    let called = name.cloned().unwrap_or(SafeText::ours("this service"));
    let mut lines = vec![format!("## Is {called} serverless?"), String::new()];
    let unsure = judged
        .picks
        .iter()
        .filter(|p| **p == InterviewAnswer::Unsure)
        .count();
    let of = count(judged.picks.len(), "answer", "answers");
    lines.push(format!("It depends on the definition. By {of} ({unsure} unsure) to the checklist of tozero, {today}:"));
    lines.push(String::new());
    for LensAssessment { lens, reading } in &judged.under {
        let verdict = range_words(&reading.range);
        lines.push(format!(
            "- **{}** (`{}`): {verdict}. {}",
            lens.name,
            lens.id,
            sentence(judged, lens, reading)
        ));
    }
    lines.extend([String::new(), "### Facts".to_owned(), String::new()]);
    lines.extend(
        Fact::ALL
            .into_iter()
            .zip(judged.facts)
            .map(|(f, set)| format!("- {}: {}", f.title(), set_words(set))),
    );
    lines.extend([String::new(), "### Answers".to_owned(), String::new()]);
    for (n, step) in judged.steps.iter().enumerate() {
        let said = chosen(judged, n).map_or("unsure", |(_, words)| words.as_str());
        lines.push(format!("{}. {} **{said}**", n + 1, step.prompt));
    }
    if !judged.near.is_empty() {
        lines.extend([
            String::new(),
            "### Nearest services in the catalog".to_owned(),
            String::new(),
        ]);
        lines.extend(judged.near.iter().map(|n| {
            format!(
                "- {} ({}): {}",
                n.service.name,
                n.service.provider,
                differs(n)
            )
        }));
    }
    SafeText::from(lines.join("\n"))
}

fn sentence(judged: &Assessment<'_>, lens: &Lens, reading: &AssessedVerdict) -> String {
    let asked = |fact: Fact| {
        let given = judged
            .facts
            .get(fact as usize)
            .copied()
            .map(set_words)
            .unwrap_or_default();
        let least = minimum(lens, fact).map_or("", FactLevel::word);
        format!("{} ({given}; asked: {least})", fact.title())
    };
    let missed: Vec<String> = missed(judged, reading).map(asked).collect();
    let open: Vec<String> = reading.open.iter().map(|n| (n + 1).to_string()).collect();
    let mut said = Vec::new();
    if !missed.is_empty() {
        said.push(format!("Decided by {}.", missed.join(", ")));
    }
    if !open.is_empty() {
        said.push(format!(
            "Open: {} {}.",
            if open.len() == 1 { "answer" } else { "answers" },
            open.join(", ")
        ));
    }
    if said.is_empty() {
        settled(reading).to_owned()
    } else {
        said.join(" ")
    }
}
