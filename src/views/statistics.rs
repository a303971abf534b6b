//! The statistics as a page: pictures of blocks, each with its numbers beside it.
//! Every number is a count of the learner's own answers; what the picture says, the words beside it say too.

use crate::core::progress::{DayTotals, LastCopy, Progress, Ratio, Weak};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Row, Run};
use crate::pack::{Address, Align, Kind, Library};
use crate::safe;
use crate::text::measure::{self, count};
use crate::text::timestamp::date;
use crate::text::{SafeText, Timestamp};
use crate::views;
use crate::views::entry_footer::entry_link;

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
    let all = 0..library.count(Kind::Questions);
    all.map(|n| library.head(Kind::Questions, n).id).collect()
}

/// Topics from the weakest on.
pub fn topics(record: &Progress, library: &Library, now: Timestamp) -> Vec<Weak> {
    let topics = |id: &str| library.question(id).map(|q| vec![q.topic.clone()]);
    weak(record, library, now, |id| topics(id).unwrap_or_default())
}

/// Terms from the weakest on.
pub fn terms(record: &Progress, library: &Library, now: Timestamp) -> Vec<Weak> {
    let terms = |id: &str| library.question(id).map(|q| q.terms.clone());
    weak(record, library, now, |id| terms(id).unwrap_or_default())
}

fn weak(
    record: &Progress,
    library: &Library,
    now: Timestamp,
    groups: impl Fn(&str) -> Vec<String>,
) -> Vec<Weak> {
    let mut weakest = record.weakest(ids(library), now, groups);
    weakest.retain(|weak| weak.answers.of >= ENOUGH);
    weakest
}

pub fn page(
    record: &Progress,
    library: &Library,
    now: Timestamp,
    format: impl Into<PageFormat>,
) -> Page {
    let mut page = PageBuilder::new(format);
    page.title("Statistics");
    let questions = ids(library);
    if record.totals.days.is_empty() {
        let nothing = "Nothing is answered yet, so there is nothing to count.";
        page.text(nothing, Role::Text);
        let all = count(questions.len(), "question waits", "questions wait");
        page.text(safe!("{all} to be asked: begin with the quiz."), Role::Dim);
        return page.finish();
    }
    summary(&mut page, record, &questions, now);
    recall(&mut page, record, now);
    days(&mut page, record, now);
    forecast(&mut page, record, &questions, now);
    certainty(&mut page, record);
    expectation(&mut page, record);
    let topics = topics(record, library, now);
    let topic = |_: &mut PageBuilder, id: &str| Run::new(library.pack().tag_title(id), Role::Text);
    weakest(&mut page, "Weakest topics", &topics, topic);
    let term = |page: &mut PageBuilder, id: &str| {
        let address = Address::new(Kind::Terms, id);
        match address.filter(|a| library.position(a).is_some()) {
            Some(address) => entry_link(page, library, address),
            None => Run::new(SafeText::line(id), Role::Text),
        }
    };
    let terms = terms(record, library, now);
    weakest(&mut page, "Weakest terms", &terms, term);
    myths(&mut page, record, library);
    pages(&mut page, record, library, &questions);
    page.blank();
    page.text(last_copy(record), Role::Dim);
    page.finish()
}

/// When the last good copy of the record was made.
fn last_copy(record: &Progress) -> SafeText {
    match &record.last_copy {
        LastCopy::Made(day) => safe!("Last good copy of the record: {}.", date(*day)),
        LastCopy::None => {
            SafeText::ours("There is no copy of the record yet: the quiz makes one a day.")
        }
        LastCopy::Damaged => {
            SafeText::ours("The copy of the record is damaged: `tozero quiz` makes a new one.")
        }
        LastCopy::Unread(why) => safe!("The copy of the record cannot be read: {why}."),
    }
}

fn answered(record: &Progress, questions: &[&str]) -> usize {
    let is_answered = |id: &&&str| record.card(id).is_some();
    questions.iter().filter(is_answered).count()
}

fn summary(page: &mut PageBuilder, record: &Progress, questions: &[&str], now: Timestamp) {
    let due = record.due(questions.iter().copied(), now).len();
    let (active, answers) = record.answers();
    let words = safe!(
        "{} due now. {} of {} answered, in {} on {}.",
        count(due, "question is", "questions are"),
        answered(record, questions),
        count(questions.len(), "question", "questions"),
        count(answers.of as usize, "answer", "answers"),
        count(active, "day", "days"),
    );
    page.text(words, Role::Text);
}

/// A row of a picture: what it is about, its numbers, and its bar.
struct StatRow {
    label: SafeText,
    numbers: SafeText,
    /// The bar's length, 0 to 1.
    share: f64,
    role: Role,
}

impl StatRow {
    fn new(
        label: impl Into<SafeText>,
        numbers: impl Into<SafeText>,
        share: f64,
        role: Role,
    ) -> Self {
        Self {
            label: label.into(),
            numbers: numbers.into(),
            share,
            role,
        }
    }
}

/// Rows with their labels, numbers and bars in columns. Where there is no room for bars, the numbers do.
fn picture(page: &mut PageBuilder, rows: Vec<StatRow>) {
    let widest = |of: fn(&StatRow) -> &SafeText| {
        let widths = rows.iter().map(|row| measure::width(of(row)));
        widths.max().unwrap_or(0)
    };
    let (labels, numbers) = (widest(|r| &r.label), widest(|r| &r.numbers));
    let left = page.width().saturating_sub(labels + numbers + 2 * GAP);
    let room = left.min(BAR);
    let bar = if room < LEAST { 0 } else { room };
    let row = |stat: StatRow| {
        let mut row = Row::of(stat.label, Role::Label);
        row.pad_to(labels + GAP + numbers - measure::width(&stat.numbers));
        row.add(stat.numbers, Role::Text);
        row.pad_to(labels + GAP + numbers + GAP);
        row.add(blocks(stat.share, bar), stat.role);
        row
    };
    page.rows(rows.into_iter().map(row).collect());
    page.blank();
}

fn day_label(day: i32, now: Timestamp) -> SafeText {
    if day == now.day {
        SafeText::ours("today")
    } else {
        date(day.into()).into()
    }
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

fn recall(page: &mut PageBuilder, record: &Progress, now: Timestamp) {
    page.section("Recall", Role::Heading);
    let desired = record.desired.share();
    let row = |label: SafeText, facts: &DayTotals| {
        let share = facts.recalls.share()?;
        let is_low = share + 0.05 < desired;
        let role = if is_low { Role::Warn } else { Role::Good };
        let expected = facts.expectation();
        let expected = expected.map_or_else(String::new, |e| format!(", {} expected", percent(e)));
        let (hits, of) = (facts.recalls.hits, facts.recalls.of);
        let numbers = safe!("{}, {hits} of {of}{expected}", percent(share));
        Some(StatRow::new(label, numbers, share, role))
    };
    let desired_row = StatRow::new("wished for", percent(desired), desired, Role::Dim);
    let lately = row(safe!("{LATELY} days"), &record.lately(now, LATELY));
    let ever = row(SafeText::ours("ever"), &record.ever());
    if lately.is_none() && ever.is_none() {
        let later = "Nothing has come back yet after a day or more: recall shows from then on.";
        page.text(later, Role::Dim);
        return;
    }
    let rows = std::iter::once(desired_row).chain(lately).chain(ever);
    picture(page, rows.collect());
}

fn days(page: &mut PageBuilder, record: &Progress, now: Timestamp) {
    page.section("Answers a day", Role::Heading);
    let days = record.per_day(now, LATELY);
    let counts = || days.iter().map(|(_, day)| day.answers.of);
    let most = counts().fold(1, u32::max);
    let row = |(day, facts): &(i32, DayTotals)| {
        let Ratio { hits, of } = facts.answers;
        let numbers = safe!("{hits} right of {of}");
        let share = f64::from(of) / f64::from(most);
        StatRow::new(day_label(*day, now), numbers, share, Role::Text)
    };
    let answered = days.iter().rev().filter(|(_, facts)| facts.answers.of > 0);
    picture(page, answered.take(DAYS).map(row).collect());
    let spark: String = counts().map(|n| spark(n, most)).collect();
    let all = record.lately(now, LATELY).answers;
    let numbers = safe!("  {} right of {}, at most {most} a day", all.hits, all.of);
    let mut row = Row::of(safe!("{LATELY} days"), Role::Label);
    row.add(numbers, Role::Text);
    page.rows(vec![row, Row::of(spark, Role::Text)]);
    page.blank();
}

/// A day as one cell: a dot for none, else the higher the more.
pub fn spark(n: u32, most: u32) -> char {
    const STEPS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    match n {
        0 => '·',
        n => {
            let step = (n * 8).div_ceil(most).saturating_sub(1);
            STEPS.get(step as usize).copied().unwrap_or('█')
        }
    }
}

fn forecast(page: &mut PageBuilder, record: &Progress, questions: &[&str], now: Timestamp) {
    page.section("Falls due", Role::Heading);
    let days = record.forecast(questions.iter().copied(), now, AHEAD);
    let most = days.iter().map(|d| d.due).fold(1, usize::max);
    let row = |day: i32, due: usize| {
        let is_today = day == now.day;
        let role = if is_today { Role::Warn } else { Role::Text };
        let share = due as f64 / most as f64;
        StatRow::new(day_label(day, now), safe!("{due}"), share, role)
    };
    let some = days.iter().filter(|d| d.due > 0);
    let mut rows: Vec<StatRow> = some.map(|d| row(d.day, d.due)).collect();
    let later = answered(record, questions) - days.iter().map(|d| d.due).sum::<usize>();
    if later > 0 {
        rows.push(StatRow::new("later", safe!("{later}"), 0.0, Role::Dim));
    }
    picture(page, rows);
}

fn certainty(page: &mut PageBuilder, record: &Progress) {
    page.section("When you were sure", Role::Heading);
    let row = |label: &'static str, ratio: Ratio| {
        let share = ratio.share()?;
        let numbers = safe!("right {} of {}, {}", ratio.hits, ratio.of, percent(share));
        Some(StatRow::new(label, numbers, share, Role::Text))
    };
    let (sure, guessed) = (record.totals.sure, record.totals.guessed);
    let rows = row("sure", sure).into_iter().chain(row("guessed", guessed));
    picture(page, rows.collect());
}

/// How well the schedule knows you: what it expected against what came.
fn expectation(page: &mut PageBuilder, record: &Progress) {
    let row = |(n, ratio): (usize, &Ratio)| {
        let share = ratio.share()?;
        let label = safe!("{}–{} %", n * 10, n * 10 + 10);
        let numbers = safe!("{}, {} of {}", percent(share), ratio.hits, ratio.of);
        Some(StatRow::new(label, numbers, share, Role::Text))
    };
    let bins = record.totals.bins.iter().enumerate();
    let rows: Vec<StatRow> = bins.filter_map(row).collect();
    if rows.is_empty() {
        return;
    }
    page.section("Expected and known", Role::Heading);
    let about = "What the schedule expected of an answer, and the share that was right.";
    page.text_tight(about, Role::Dim);
    picture(page, rows);
}

fn weakest(
    page: &mut PageBuilder,
    heading: &'static str,
    groups: &[Weak],
    name: impl Fn(&mut PageBuilder, &str) -> Run,
) {
    if groups.is_empty() {
        return;
    }
    page.section(heading, Role::Heading);
    let cell = |text: SafeText| vec![Run::new(text, Role::Text)];
    let mut rows = Vec::new();
    for weak in groups.iter().take(WEAKEST) {
        let share = weak.answers.share().unwrap_or(0.0);
        rows.push(vec![
            vec![name(page, &weak.id)],
            cell(safe!("{} of {}", weak.answers.hits, weak.answers.of)),
            cell(percent(share).into()),
            cell(percent(weak.recall).into()),
        ]);
    }
    let about = "Right of all answers ever; known now is what a right answer after a night leaves.";
    page.text_tight(about, Role::Dim);
    let head = ["Name", "Right", "Share", "Known now"].map(|h| vec![Run::ours(h, Role::Label)]);
    let aligns = [Align::Left, Align::Right, Align::Right, Align::Right];
    page.table(&aligns, &head, &rows);
    page.blank();
}

/// The myths met most often.
fn myths(page: &mut PageBuilder, record: &Progress, library: &Library) {
    let all = views::myths::all(library, record);
    let mut met = all.into_iter().filter(|myth| myth.times > 0).peekable();
    if met.peek().is_none() {
        return;
    }
    page.section("Misconceptions met", Role::Heading);
    for myth in met.take(WEAKEST) {
        let times = Run::new(safe!(" · {}", myth.words()), Role::Dim);
        let link = entry_link(page, library, myth.address);
        page.bullet(vec![link, times]);
    }
}

/// Questions that were missed so often that their page is shown instead.
fn pages(page: &mut PageBuilder, record: &Progress, library: &Library, questions: &[&str]) {
    let missed = record.leeches(questions.iter().copied());
    if missed.is_empty() {
        return;
    }
    page.section("To read again", Role::Heading);
    let about = "Missed four times or more: the quiz shows their page before it asks again.";
    page.text_tight(about, Role::Dim);
    let addresses = missed
        .iter()
        .filter_map(|id| Address::new(Kind::Questions, id));
    for address in addresses {
        let link = entry_link(page, library, address);
        page.bullet(vec![link]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_of_the_last_copy() {
        let check = |copy: LastCopy, expected: &str| {
            let mut record = Progress::default();
            record.last_copy = copy;
            assert_eq!(last_copy(&record).as_str(), expected);
        };
        let made = "Last good copy of the record: 2024-10-04.";
        check(LastCopy::Made(20_000), made);
        let why = SafeText::ours("it may not be opened");
        let unread = "The copy of the record cannot be read: it may not be opened.";
        check(LastCopy::Unread(why), unread);
        let damaged = "The copy of the record is damaged: `tozero quiz` makes a new one.";
        check(LastCopy::Damaged, damaged);
    }

    #[test]
    fn something_is_never_shown_as_nothing() {
        let check = |share, most, expected: usize| {
            let bar = blocks(share, most);
            assert_eq!(bar.chars().count(), expected, "{share} of {most}");
        };
        check(0.0, 30, 0);
        check(0.001, 30, 1);
        check(0.5, 30, 15);
        check(1.0, 30, 30);
        check(7.0, 30, 30);
        check(-1.0, 30, 0);
        check(1.0, 0, 0);
    }

    #[test]
    fn a_day_is_a_cell_of_its_height() {
        let check = |n, most, expected| assert_eq!(spark(n, most), expected, "{n} of {most}");
        check(0, 10, '·');
        check(1, 100, '▁');
        check(5, 10, '▄');
        check(10, 10, '█');
    }

    #[test]
    fn numbers_share_a_right_edge_and_bars_need_room() {
        let rows = || {
            vec![
                StatRow::new("today", "7", 0.5, Role::Text),
                StatRow::new("later", "120", 1.0, Role::Text),
            ]
        };
        let check = |width: usize, expected: [&str; 2]| {
            let mut page = PageBuilder::new(width);
            picture(&mut page, rows());
            let page = page.finish();
            let found: Vec<String> = page
                .rows
                .iter()
                .map(|row| row.text().trim_end().to_owned())
                .collect();
            assert_eq!(found, expected);
        };
        check(20, ["today    7  ████", "later  120  ████████"]);
        check(19, ["today    7", "later  120"]);
    }
}
