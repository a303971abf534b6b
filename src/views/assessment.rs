//! One's own service, judged: the result as a page, and as a text for a design document. Page and text say the same.
//! Every lens of the pack is named with what it says and what decided it; what is unsure stays a range and names the
//! questions that could still move it.

use crate::core::judge::verdict::minimum;
use crate::core::judge::{
    AnswerSet, AssessedVerdict, Assessment, InterviewAnswer, InterviewStep, LensAssessment,
    LensOutcome, NearService, Verdict, VerdictRange,
};
use crate::layout::wrap::wrap;
use crate::layout::{Page, PageBuilder, PageFormat, Role, Row, Run};
use crate::pack::{Address, AnswerLevel, Criteria, CriterionId, Kind, Lens, Pack, Subject};
use crate::safe;
use crate::text::measure::{count, in_words};
use crate::text::{Day, SafeText};
use crate::views::lens::hue;
use crate::views::verdict::{full, level_role, missed_nothing, role};

/// Narrower pages have no table of lenses, but a few lines for each.
const TABLE: usize = 60;

/// What is still possible, in words: one verdict, or the worst and the best.
pub fn range_words(subject: &Subject, range: &VerdictRange) -> SafeText {
    let title = |verdict: &Verdict| verdict.words(subject).title.clone();
    match range {
        VerdictRange::Verdicts(worst, best) if worst == best => title(worst),
        VerdictRange::Verdicts(worst, best) => safe!("{} to {}", title(worst), title(best)),
        VerdictRange::Scores(low, high) if low == high => safe!("{low:.1} of 10"),
        VerdictRange::Scores(low, high) => safe!("{low:.1} to {high:.1} of 10"),
    }
}

/// The same with its sign, where only one verdict is left.
fn range_run(subject: &Subject, range: &VerdictRange) -> Run {
    match range {
        VerdictRange::Verdicts(worst, best) if worst == best => {
            Run::new(full(subject, LensOutcome::Verdict(*worst)), role(*worst))
        }
        VerdictRange::Verdicts(..) => Run::new(range_words(subject, range), Role::Warn),
        VerdictRange::Scores(..) => Run::new(range_words(subject, range), Role::Strong),
    }
}

/// The answers a fact can still have, in words: `no, partial or yes`.
pub fn set_words(criteria: &Criteria, set: AnswerSet) -> SafeText {
    let all: Vec<&str> = set.iter().map(|level| criteria.word(level)).collect();
    match all.as_slice() {
        [] => SafeText::default(),
        [only] => safe!("{only}"),
        [rest @ .., last] => safe!("{} or {last}", rest.join(", ")),
    }
}

/// The result as a page, the lens that is on first. In print the text to copy stands at its end.
pub fn page(
    pack: &Pack,
    judged: &Assessment<'_>,
    name: Option<&SafeText>,
    on: &str,
    today: Day,
    format: impl Into<PageFormat>,
) -> Page {
    let subject = &*pack.subject;
    let mut page = PageBuilder::new(format);
    let yours = || safe!("Your {}", subject.things.one);
    page.title(name.cloned().unwrap_or_else(yours));
    page.text(answered(judged), Role::Dim);
    if let Some(under) = judged.under.iter().find(|u| u.lens.id == on) {
        lead(&mut page, pack, judged, under);
    }
    every_lens(&mut page, subject, judged, on);
    let criteria = &subject.criteria;
    let facts = safe!("The {} facts", in_words(criteria.count()));
    page.section(facts, Role::Heading);
    for (fact, possible) in criteria.ids().zip(judged.facts.iter().copied()) {
        let role = match possible.is_settled() {
            true => level_role(subject, possible.lowest()),
            false => Role::Warn,
        };
        let words = set_words(criteria, possible);
        page.label(&criteria.title(fact), vec![Run::new(words, role)]);
    }
    nearest(&mut page, subject, &judged.near);
    answers(&mut page, judged);
    if page.format().is_print() {
        page.section("To copy into a design document", Role::Heading);
        page.blank();
        let width = page.width();
        let text = text(pack, judged, name, today);
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
fn lead(page: &mut PageBuilder, pack: &Pack, judged: &Assessment<'_>, under: &LensAssessment<'_>) {
    let (subject, reading) = (&*pack.subject, &under.reading);
    let criteria = &subject.criteria;
    page.section(
        safe!("{} · lens on", under.lens.name),
        hue(pack, &under.lens.id),
    );
    page.paragraph_tight(vec![range_run(subject, &reading.range)]);
    for n in &reading.deciding {
        let Some((step, answer)) = chosen(judged, *n) else {
            continue;
        };
        let least = step.fact.and_then(|f| minimum(under.lens, f));
        let least = least.map_or("", |least| criteria.word(least));
        let fact = step
            .fact
            .map(|fact| criteria.title(fact))
            .unwrap_or_default();
        let asked = safe!("Question {}, {fact}: {least} is asked. ", n + 1);
        let answer = Run::new(answer.clone(), Role::Text);
        page.bullet(vec![Run::new(asked, Role::Strong), answer]);
    }
    if !reading.open.is_empty() {
        let open = open_words(criteria, judged, &reading.open);
        page.bullet_text(
            safe!("Unsure, and could still move it: {open}."),
            Role::Text,
        );
    }
    if reading.deciding.is_empty() && reading.open.is_empty() {
        page.text(missed_nothing(subject, under.lens.is_score()), Role::Text);
    }
    page.blank();
}

/// Numbers of questions with what they are about: `questions 5, 6 (scales to zero), 13 (the name)`.
fn open_words(criteria: &Criteria, judged: &Assessment<'_>, open: &[usize]) -> SafeText {
    let about = |step: &InterviewStep<'_>| match step.fact {
        Some(fact) => criteria.title(fact),
        None => SafeText::ours("the name"),
    };
    let step = |n: &usize| Some((n + 1, about(judged.steps.get(*n)?)));
    let steps: Vec<(usize, SafeText)> = open.iter().filter_map(step).collect();
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

fn every_lens(page: &mut PageBuilder, subject: &Subject, judged: &Assessment<'_>, on: &str) {
    page.section("Under every lens", Role::Heading);
    let mut rows = Vec::new();
    for LensAssessment { lens, reading } in &judged.under {
        let address = Address::new(Kind::Lenses, &lens.id);
        let mut name = vec![page.entry_link(lens.name.clone(), address)];
        if lens.id == on {
            name.push(Run::ours(" · on", Role::Dim));
        }
        let verdict = vec![range_run(subject, &reading.range)];
        let decided = vec![Run::new(
            decided(subject, judged, lens, reading),
            Role::Text,
        )];
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
fn decided(
    subject: &Subject,
    judged: &Assessment<'_>,
    lens: &Lens,
    reading: &AssessedVerdict,
) -> SafeText {
    let criteria = &subject.criteria;
    let missed = missed(criteria, judged, reading).into_iter();
    let mut parts: Vec<SafeText> = missed.map(|fact| criteria.title(fact)).collect();
    if !reading.open.is_empty() {
        parts.push(safe!("open: {}", numbered(&reading.open, "question")));
    }
    match parts.as_slice() {
        [] if lens.is_score() => safe!("all {} facts", in_words(criteria.count())),
        [] => SafeText::ours("all that is asked is met"),
        [..] => SafeText::join(&parts, "; "),
    }
}

/// The facts that deciding answers miss, each once.
fn missed(
    criteria: &Criteria,
    judged: &Assessment<'_>,
    reading: &AssessedVerdict,
) -> Vec<CriterionId> {
    let fact_of = |n: &usize| judged.steps.get(*n).and_then(|step| step.fact);
    let decides = |fact: &CriterionId| reading.deciding.iter().any(|n| fact_of(n) == Some(*fact));
    criteria.ids().filter(decides).collect()
}

fn nearest(page: &mut PageBuilder, subject: &Subject, near: &[NearService<'_>]) {
    if near.is_empty() {
        return;
    }
    page.section(safe!("Nearest {}", subject.things.many), Role::Heading);
    for near in near {
        let address = Address::new(Kind::Services, &near.service.id);
        let link = page.entry_link(near.service.name.clone(), address);
        let differs = safe!("  {}", differs(&subject.criteria, near));
        page.bullet(vec![link, Run::new(differs, Role::Dim)]);
    }
}

fn differs(criteria: &Criteria, near: &NearService<'_>) -> SafeText {
    let part = |(fact, answer): &(CriterionId, AnswerLevel)| {
        safe!("{} is {}", criteria.title(*fact), criteria.word(*answer))
    };
    let each: Vec<SafeText> = near.differs.iter().map(part).collect();
    match each.as_slice() {
        [] => safe!("the same in all {} facts", in_words(criteria.count())),
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
pub fn text(pack: &Pack, judged: &Assessment<'_>, name: Option<&SafeText>, today: Day) -> SafeText {
    let subject = &*pack.subject;
    let criteria = &subject.criteria;
    let called = name.cloned();
    let called = called.unwrap_or_else(|| safe!("this {}", subject.things.one));
    let of = count(judged.picks.len(), "answer", "answers");
    let unsure = unsure(judged);
    let mut lines = vec![
        format!("## Is {called} {}?\n", subject.verdicts.met.title),
        format!(
            "It depends on the definition. By {of} ({unsure} unsure) to the checklist of tozero, {today}:\n"
        ),
    ];
    for LensAssessment { lens, reading } in &judged.under {
        let verdict = range_words(subject, &reading.range);
        let why = sentence(criteria, judged, lens, reading);
        let (name, id) = (&lens.name, &lens.id);
        lines.push(format!("- **{name}** (`{id}`): {verdict}. {why}"));
    }
    lines.push("\n### Facts\n".to_owned());
    let facts = criteria.ids().zip(judged.facts.iter().copied());
    let fact = |(fact, set)| format!("- {}: {}", criteria.title(fact), set_words(criteria, set));
    lines.extend(facts.map(fact));
    lines.push("\n### Answers\n".to_owned());
    for (n, step) in judged.steps.iter().enumerate() {
        let answer = chosen(judged, n).map_or("unsure", |(_, words)| words.as_str());
        lines.push(format!("{}. {} **{answer}**", n + 1, step.prompt));
    }
    if !judged.near.is_empty() {
        let many = &subject.things.many;
        lines.push(format!("\n### Nearest {many} in the catalog\n"));
        lines.extend(judged.near.iter().map(|near| {
            let (name, provider) = (&near.service.name, &near.service.provider);
            let differs = differs(&subject.criteria, near);
            match provider.is_empty() {
                true => format!("- {name}: {differs}"),
                false => format!("- {name} ({provider}): {differs}"),
            }
        }));
    }
    SafeText::from(lines.join("\n"))
}

fn sentence(
    criteria: &Criteria,
    judged: &Assessment<'_>,
    lens: &Lens,
    reading: &AssessedVerdict,
) -> String {
    let asked = |fact: CriterionId| {
        let given = judged.facts.get(fact.index()).copied();
        let given = given
            .map(|set| set_words(criteria, set))
            .unwrap_or_default();
        let title = criteria.title(fact);
        let least = minimum(lens, fact).map_or("", |least| criteria.word(least));
        format!("{title} ({given}; asked: {least})")
    };
    let missed = missed(criteria, judged, reading).into_iter();
    let missed: Vec<String> = missed.map(asked).collect();
    let mut sentences = Vec::new();
    if !missed.is_empty() {
        sentences.push(format!("Decided by {}.", missed.join(", ")));
    }
    if !reading.open.is_empty() {
        sentences.push(format!("Open: {}.", numbered(&reading.open, "answer")));
    }
    if sentences.is_empty() {
        return missed_nothing(&lens.subject, lens.is_score()).to_string();
    }
    sentences.join(" ")
}
