//! One question of the checklist as a page: what is asked, the choices, what the chosen one means, why it matters.
//! The choices come before all that explains them; moving from choice to choice moves nothing else on the page.

use crate::core::judge::{InterviewAnswer, InterviewStep, InterviewWalk};
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::pack::{Kind, Library};
use crate::safe;
use crate::text::{SafeText, measure};
use crate::views::entry_footer::{addresses, title};
use crate::views::side_by_side::{GUTTER, LineBuilder, LinePage};

/// Cells of a choice's number and the space after it.
const NUMBER: usize = 3;
/// Widest question, in cells.
const WIDEST: usize = 72;
/// Narrower pages are headed in fewer words.
const ROOMY: usize = 52;
/// What "unsure" means.
const UNSURE: &str =
    "The result becomes a range of verdicts, and says whether this question matters for it.";

/// Where one is, in words: `question 3 of 13 · 1 unsure`.
pub fn progress(walk: &InterviewWalk, steps: usize) -> SafeText {
    let unsure = match walk.counts().1 {
        0 => String::new(),
        n => format!(" · {n} unsure"),
    };
    safe!("question {} of {steps}{unsure}", walk.at() + 1)
}

/// What heads it, in the pack's words.
pub const TITLE: &str = "Judge your own {one}";

/// The question that a walk is at, with the cursor on a choice (the number of choices for "unsure"). Its lines are the
/// choices, "unsure" last.
pub fn question(
    library: &Library,
    steps: &[InterviewStep<'_>],
    walk: &InterviewWalk,
    cursor: usize,
    width: usize,
) -> LinePage {
    let Some(step) = steps.get(walk.at()) else {
        return LinePage::default();
    };
    let mut lines = LineBuilder::new(width, GUTTER);
    let room = width.saturating_sub(GUTTER).clamp(1, WIDEST);
    let head = if room < ROOMY {
        SafeText::ours("Judge your own")
    } else {
        library.pack().subject.things.fill(TITLE)
    };
    let whole = progress(walk, steps.len());
    let short = safe!("{} of {}", walk.at() + 1, steps.len());
    let fits = measure::width(&head) + 2 + measure::width(&whole) <= room;
    let progress = Run::new(if fits { whole } else { short }, Role::Dim);
    let head = Row::spread(vec![Run::new(head, Role::Dim)], vec![progress], room);
    lines.put(vec![head, Row::default()]);
    lines.next_block();
    let prompt = Run::new(step.prompt.clone(), Role::Title);
    lines.put(wrap(&[prompt], room, 0, 0));
    lines.blank();
    let (meaning, spare) = meaning(step, cursor, room);
    for n in 0..=step.choices.len() {
        lines.next_block();
        let start = lines.row();
        lines.put(choice(step, n, walk.here(), room));
        lines.end_line(start, None);
        if n == cursor {
            lines.put(meaning.clone());
        }
    }
    lines.next_block();
    lines.blank();
    lines.put(spare);
    lines.next_block();
    lines.put(vec![Row::of("Why it matters", Role::Label)]);
    lines.put(wrap(&[Run::new(step.why.clone(), Role::Text)], room, 0, 0));
    lines.next_block();
    terms(&mut lines, library, step, room);
    lines.made
}

/// A choice behind its number, marked when it is what was said before.
fn choice(
    step: &InterviewStep<'_>,
    n: usize,
    said: Option<InterviewAnswer>,
    room: usize,
) -> Vec<Row> {
    let (key, words, pick) = match step.choices.get(n) {
        Some(offer) => (
            safe!("{}  ", n + 1),
            offer.text.clone(),
            InterviewAnswer::Choice(n),
        ),
        None => (
            SafeText::ours("u  "),
            SafeText::ours("Unsure"),
            InterviewAnswer::Unsure,
        ),
    };
    let mut runs = vec![Run::new(key, Role::Key), Run::new(words, Role::Text)];
    if said == Some(pick) {
        runs.push(Run::ours(" · your answer", Role::Strong));
    }
    wrap(&runs, room, 0, NUMBER)
}

/// What the choice under the cursor means, and the rows that the longest such text of the question takes besides, so that what
/// is below stands still.
fn meaning(step: &InterviewStep<'_>, cursor: usize, room: usize) -> (Vec<Row>, Vec<Row>) {
    let set = |words: &SafeText| wrap(&[Run::new(words.clone(), Role::Dim)], room, NUMBER, NUMBER);
    let unsure = SafeText::ours(UNSURE);
    let all = || step.choices.iter().map(|c| c.explanation).chain([&unsure]);
    let tallest = all().map(|words| set(words).len()).max().unwrap_or(0);
    let rows = all().nth(cursor).map(set).unwrap_or_default();
    let spare = vec![Row::default(); tallest - rows.len()];
    (rows, spare)
}

fn terms(lines: &mut LineBuilder, library: &Library, step: &InterviewStep<'_>, room: usize) {
    let mut runs = vec![Run::ours("Terms  ", Role::Label)];
    for address in addresses(Kind::Terms, step.terms) {
        if runs.len() > 1 {
            runs.push(Run::ours(" · ", Role::Dim));
        }
        let words = Run::new(title(library, &address), Role::Link);
        runs.push(lines.link(words, Some(address)));
    }
    if runs.len() > 1 {
        lines.blank();
        lines.put(wrap(&runs, room, 0, "Terms  ".len()));
    }
}
