//! The statistics as a page: pictures of blocks, each with its numbers beside it.
//! Promise: every number is a count of the learner's own answers; what the picture says, the words beside it say too.

use crate::core::progress::{DayTotals, Progress, Ratio, Weak};
use crate::layout::{Page, PageBuilder, Role, Row, Run};
use crate::pack::{Address, Align, Kind, Library, LinkTarget};
use crate::text::measure::{self, count};
use crate::text::timestamp::date;
use crate::text::{SafeText, Timestamp};
use crate::views::entry_footer;

/// Days that "lately" means.
pub const LATELY: usize = 30;
/// Days of the forecast.
pub const AHEAD: usize = 14;
/// Days that get a row of their own.
const DAYS: usize = 7;
/// Terms and topics shown.
const WEAKEST: usize = 5;
/// Fewest answers from which a term or topic is called weak.
const ENOUGH: u32 = 3;
/// Longest bar, in cells.
const BAR: usize = 30;
/// A bar with less room than this says nothing, and is left out.
const LEAST: usize = 8;
/// Cells between a bar and what stands before it.
const GAP: usize = 2;

/// The ids of the questions of a pack.
pub fn ids(library: &Library) -> Vec<&str> {
    (0..library.count(Kind::Questions))
        .map(|n| library.head(Kind::Questions, n).id)
        .collect()
}

/// Topics from the weakest on.
pub fn topics(record: &Progress, library: &Library, now: Timestamp) -> Vec<Weak> {
    let topic = |id: &str| {
        library
            .question(id)
            .map(|q| q.topic.clone())
            .into_iter()
            .collect()
    };
    weak(record.weakest(ids(library), now, topic))
}

/// Terms from the weakest on.
pub fn terms(record: &Progress, library: &Library, now: Timestamp) -> Vec<Weak> {
    let terms = |id: &str| {
        library
            .question(id)
            .map(|q| q.terms.clone())
            .unwrap_or_default()
    };
    weak(record.weakest(ids(library), now, terms))
}

fn weak(groups: Vec<Weak>) -> Vec<Weak> {
    groups
        .into_iter()
        .filter(|w| w.answers.of >= ENOUGH)
        .collect()
}

/// The page.
pub fn page(record: &Progress, library: &Library, now: Timestamp, width: usize) -> Page {
    let mut setter = PageBuilder::new(width);
    setter.title("Statistics");
    let questions = ids(library);
    if record.totals.days.is_empty() {
        setter.paragraph(vec![Run::ours(
            "Nothing is answered yet, so there is nothing to count.",
            Role::Text,
        )]);
        let all = count(questions.len(), "question waits", "questions wait");
        setter.paragraph(vec![Run::new(
            crate::safe!("{all} to be asked: begin with the quiz."),
            Role::Dim,
        )]);
        return setter.finish();
    }
    summary(&mut setter, record, &questions, now);
    recall(&mut setter, record, now);
    days(&mut setter, record, now);
    forecast(&mut setter, record, &questions, now);
    certainty(&mut setter, record);
    expectation(&mut setter, record);
    let address =
        |id: &str| Address::new(Kind::Terms, id).filter(|a| library.position(a).is_some());
    weakest(
        &mut setter,
        "Weakest topics",
        &topics(record, library, now),
        |_, id| Run::new(library.pack().tag_title(id), Role::Text),
    );
    weakest(
        &mut setter,
        "Weakest terms",
        &terms(record, library, now),
        |setter, id| match address(id) {
            Some(address) => setter.link(
                entry_footer::title(library, &address),
                LinkTarget::Entry(address, None),
            ),
            None => Run::new(SafeText::line(id), Role::Text),
        },
    );
    pages(&mut setter, record, library, &questions);
    setter.finish()
}

fn summary(setter: &mut PageBuilder, record: &Progress, questions: &[&str], now: Timestamp) {
    let known = questions
        .iter()
        .filter(|id| record.card(id).is_some())
        .count();
    let due = record.due(questions.iter().copied(), now).len();
    let (active, answers) = record.answers();
    let words = crate::safe!(
        "{} due now. {known} of {} answered, in {} on {}.",
        count(due, "question is", "questions are"),
        count(questions.len(), "question", "questions"),
        count(answers.of as usize, "answer", "answers"),
        count(active, "day", "days"),
    );
    setter.paragraph(vec![Run::new(words, Role::Text)]);
}

/// A row of a picture: what it is about, its numbers, and its bar.
struct StatRow {
    label: SafeText,
    numbers: SafeText,
    /// The bar's length, 0 to 1.
    share: f64,
    role: Role,
}

/// Rows with their labels, numbers and bars in columns. Where there is no room for bars, the numbers do.
fn picture(setter: &mut PageBuilder, lines: Vec<StatRow>) {
    let widest = |of: fn(&StatRow) -> &SafeText| {
        lines
            .iter()
            .map(|l| measure::width(of(l)))
            .max()
            .unwrap_or(0)
    };
    let (labels, numbers) = (widest(|l| &l.label), widest(|l| &l.numbers));
    let room = setter
        .width()
        .saturating_sub(labels + numbers + 2 * GAP)
        .min(BAR);
    let bar = if room < LEAST { 0 } else { room };
    let row = |line: StatRow| {
        let mut row = Row::of(line.label, Role::Label);
        row.pad_to(labels + GAP + numbers - measure::width(&line.numbers));
        row.push(Run::new(line.numbers, Role::Text));
        row.pad_to(labels + GAP + numbers + GAP);
        row.push(Run::new(blocks(line.share, bar), line.role));
        row
    };
    setter.rows(lines.into_iter().map(row).collect());
    setter.blank();
}

/// A bar of whole blocks; something is never shown as nothing, nor all as less.
fn blocks(share: f64, most: usize) -> SafeText {
    let share = share.clamp(0.0, 1.0);
    let cells = (share * most as f64).round() as usize;
    let cells = if share > 0.0 { cells.max(1) } else { cells };
    SafeText::from("█".repeat(cells.min(most)))
}

fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

fn recall(setter: &mut PageBuilder, record: &Progress, now: Timestamp) {
    setter.section("Recall", Role::Heading);
    let line = |label: SafeText, facts: &DayTotals| {
        let share = facts.recalls.share()?;
        let role = if share + 0.05 < record.desired.share() {
            Role::Warn
        } else {
            Role::Good
        };
        let expected = facts
            .expectation()
            .map_or_else(String::new, |e| format!(", {} expected", percent(e)));
        let numbers = crate::safe!(
            "{}, {} of {}{expected}",
            percent(share),
            facts.recalls.hits,
            facts.recalls.of
        );
        Some(StatRow {
            label,
            numbers,
            share,
            role,
        })
    };
    let wished = record.desired.share();
    let mut lines = vec![StatRow {
        label: SafeText::ours("wished for"),
        numbers: percent(wished).into(),
        share: wished,
        role: Role::Dim,
    }];
    lines.extend(line(
        crate::safe!("{LATELY} days"),
        &record.lately(now, LATELY),
    ));
    lines.extend(line(SafeText::ours("ever"), &record.ever()));
    let only = lines.len() == 1;
    picture(setter, lines);
    if only {
        setter.paragraph(vec![Run::ours(
            "Nothing has come back yet after a day or more: recall shows from then on.",
            Role::Dim,
        )]);
    }
}

fn days(setter: &mut PageBuilder, record: &Progress, now: Timestamp) {
    setter.section("Answers a day", Role::Heading);
    let days = record.per_day(now, LATELY);
    let most = days
        .iter()
        .map(|(_, d)| d.answers.of)
        .max()
        .unwrap_or(0)
        .max(1);
    let all = record.lately(now, LATELY).answers;
    let line = |(day, facts): &(i32, DayTotals)| StatRow {
        label: if *day == now.day {
            SafeText::ours("today")
        } else {
            date((*day).into()).into()
        },
        numbers: crate::safe!("{} right of {}", facts.answers.hits, facts.answers.of),
        share: f64::from(facts.answers.of) / f64::from(most),
        role: Role::Text,
    };
    picture(setter, days.iter().rev().take(DAYS).map(line).collect());
    let spark: String = days
        .iter()
        .map(|(_, d)| spark(d.answers.of, most))
        .collect();
    let numbers = crate::safe!("  {} right of {}, at most {most} a day", all.hits, all.of);
    let numbers = Row::from_runs(vec![
        Run::new(crate::safe!("{LATELY} days"), Role::Label),
        Run::new(numbers, Role::Text),
    ]);
    setter.rows(vec![numbers, Row::of(spark, Role::Text)]);
    setter.blank();
}

/// A day as one cell: a dot for none, else the higher the more.
fn spark(n: u32, most: u32) -> char {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    match n {
        0 => '·',
        n => STEPS
            .get((n * 8).div_ceil(most).saturating_sub(1) as usize)
            .copied()
            .unwrap_or('█'),
    }
}

fn forecast(setter: &mut PageBuilder, record: &Progress, questions: &[&str], now: Timestamp) {
    setter.section("Falls due", Role::Heading);
    let days = record.forecast(questions.iter().copied(), now, AHEAD);
    let most = days.iter().map(|d| d.due).max().unwrap_or(0).max(1);
    let later = questions
        .iter()
        .filter(|id| record.card(id).is_some())
        .count()
        - days.iter().map(|d| d.due).sum::<usize>();
    let line = |day: i32, due: usize| StatRow {
        label: if day == now.day {
            SafeText::ours("today")
        } else {
            date(day.into()).into()
        },
        numbers: crate::safe!("{due}"),
        share: due as f64 / most as f64,
        role: if day == now.day {
            Role::Warn
        } else {
            Role::Text
        },
    };
    let mut lines: Vec<StatRow> = days.iter().map(|d| line(d.day, d.due)).collect();
    lines.push(StatRow {
        label: SafeText::ours("later"),
        numbers: crate::safe!("{later}"),
        share: 0.0,
        role: Role::Dim,
    });
    picture(setter, lines);
}

fn certainty(setter: &mut PageBuilder, record: &Progress) {
    setter.section("When you were sure", Role::Heading);
    let line = |label, share: Ratio| {
        let numbers = match share.share() {
            Some(part) => crate::safe!("right {} of {}, {}", share.hits, share.of, percent(part)),
            None => SafeText::ours("never"),
        };
        StatRow {
            label: SafeText::ours(label),
            numbers,
            share: share.share().unwrap_or(0.0),
            role: Role::Text,
        }
    };
    picture(
        setter,
        vec![
            line("sure", record.totals.sure),
            line("guessed", record.totals.guessed),
        ],
    );
}

/// How well the schedule knows you: what it expected against what came.
fn expectation(setter: &mut PageBuilder, record: &Progress) {
    let bins = record
        .totals
        .bins
        .iter()
        .enumerate()
        .filter(|(_, share)| share.of > 0);
    let line = |(n, share): (usize, &Ratio)| {
        let part = share.share().unwrap_or(0.0);
        StatRow {
            label: crate::safe!("{}–{} %", n * 10, n * 10 + 10),
            numbers: crate::safe!("{}, {} of {}", percent(part), share.hits, share.of),
            share: part,
            role: Role::Text,
        }
    };
    let lines: Vec<StatRow> = bins.map(line).collect();
    if !lines.is_empty() {
        setter.section("Expected and known", Role::Heading);
        setter.paragraph_tight(vec![Run::ours(
            "What the schedule expected of an answer, and the share that was right.",
            Role::Dim,
        )]);
        picture(setter, lines);
    }
}

fn weakest(
    setter: &mut PageBuilder,
    heading: &'static str,
    groups: &[Weak],
    name: impl Fn(&mut PageBuilder, &str) -> Run,
) {
    if groups.is_empty() {
        return;
    }
    setter.section(heading, Role::Heading);
    let head = ["Name", "Right", "Share", "Known now"].map(|h| vec![Run::ours(h, Role::Label)]);
    let mut rows = Vec::new();
    for weak in groups.iter().take(WEAKEST) {
        let share = weak.answers.share().unwrap_or(0.0);
        let cell = |text: SafeText| vec![Run::new(text, Role::Text)];
        rows.push(vec![
            vec![name(setter, &weak.id)],
            cell(crate::safe!("{} of {}", weak.answers.hits, weak.answers.of)),
            cell(percent(share).into()),
            cell(percent(weak.recall).into()),
        ]);
    }
    setter.table(
        &[Align::Left, Align::Right, Align::Right, Align::Right],
        &head,
        &rows,
    );
    setter.blank();
}

/// Questions that were missed so often that their page is shown instead.
fn pages(setter: &mut PageBuilder, record: &Progress, library: &Library, questions: &[&str]) {
    let leeches = record.leeches(questions.iter().copied());
    if leeches.is_empty() {
        return;
    }
    setter.section("To read again", Role::Heading);
    setter.paragraph_tight(vec![Run::ours(
        "Missed four times or more: the quiz shows their page before it asks again.",
        Role::Dim,
    )]);
    for address in leeches
        .iter()
        .filter_map(|id| Address::new(Kind::Questions, id))
    {
        let run = setter.link(
            entry_footer::title(library, &address),
            LinkTarget::Entry(address, None),
        );
        setter.bullet(vec![run]);
    }
}
