//! One question of the checklist as a page: what is asked, the choices, what the chosen one means, why it matters.
//! Promises: the choices come before all that explains them; moving from choice to choice moves nothing else on the page.

use crate::core::judge::{InterviewAnswer, InterviewStep, InterviewWalk};
use crate::layout::wrap::wrap;
use crate::layout::{Page, Role, Row, Run};
use crate::pack::{Address, Kind, Library, LinkTarget};
use crate::text::SafeText;
use crate::views::aligned::AlignedPage;
use crate::views::entry_footer::title;

/// Cells kept free on the left for the sign of the cursor.
const GUTTER: usize = 2;
/// Cells of a choice's number and the space after it.
const NUMBER: usize = 3;
/// Widest question, in cells.
const WIDEST: usize = 72;
/// Narrower pages are headed in fewer words.
const ROOMY: usize = 52;
/// What "unsure" means.
const UNSURE: &str =
    "The result becomes a range of verdicts, and says whether this question matters for it.";

/// A question in the making.
struct InterviewQuestion {
    page: Page,
}

/// Where one is, in words: `question 3 of 13 · 1 unsure`.
pub fn progress(walk: &InterviewWalk, steps: usize) -> SafeText {
    let unsure = match walk.counts().1 {
        0 => String::new(),
        n => format!(" · {n} unsure"),
    };
    crate::safe!("question {} of {steps}{unsure}", walk.at() + 1)
}

/// The question that a walk is at, with the cursor on a choice (the number of choices for "unsure"). Its lines are the
/// choices, "unsure" last.
pub fn question(
    library: &Library,
    steps: &[InterviewStep<'_>],
    walk: &InterviewWalk,
    cursor: usize,
    width: usize,
) -> AlignedPage {
    let mut asking = InterviewQuestion {
        page: Page {
            width,
            ..Page::default()
        },
    };
    let mut lines = Vec::new();
    let Some(step) = steps.get(walk.at()) else {
        return AlignedPage::default();
    };
    let room = width.saturating_sub(GUTTER).clamp(1, WIDEST);
    let head = Row::spread(
        vec![Run::ours(
            if room < ROOMY {
                "Judge your own"
            } else {
                "Judge your own service"
            },
            Role::Dim,
        )],
        vec![Run::new(progress(walk, steps.len()), Role::Dim)],
        room,
    );
    asking.put(vec![head, Row::default()]);
    asking.put(wrap(
        &[Run::new(step.prompt.clone(), Role::Title)],
        room,
        0,
        0,
    ));
    asking.put(vec![Row::default()]);
    for n in 0..=step.choices.len() {
        let start = asking.page.rows.len();
        asking.put(choice(step, n, walk.here(), room));
        lines.push(start..asking.page.rows.len());
    }
    asking.put(vec![Row::default()]);
    asking.put(meaning(step, cursor, room));
    asking.put(vec![Row::of("Why it matters", Role::Label)]);
    asking.put(wrap(&[Run::new(step.why.clone(), Role::Text)], room, 0, 0));
    asking.terms(library, step, room);
    AlignedPage {
        page: asking.page,
        lines,
        ..AlignedPage::default()
    }
}

/// A choice behind its number, marked when it is what was said before.
fn choice(
    step: &InterviewStep<'_>,
    n: usize,
    said: Option<InterviewAnswer>,
    room: usize,
) -> Vec<Row> {
    let offer = step.choices.get(n);
    let key = if offer.is_some() {
        crate::safe!("{}  ", n + 1)
    } else {
        SafeText::ours("u  ")
    };
    let words = offer.map_or(SafeText::ours("Unsure"), |o| o.text.clone());
    let pick = if offer.is_some() {
        InterviewAnswer::Choice(n)
    } else {
        InterviewAnswer::Unsure
    };
    let mut runs = vec![Run::new(key, Role::Key), Run::new(words, Role::Text)];
    if said == Some(pick) {
        runs.push(Run::ours(" · your answer", Role::Strong));
    }
    wrap(&runs, room, 0, NUMBER)
}

/// What the choice under the cursor means, on as many rows as the longest such text of the question takes.
fn meaning(step: &InterviewStep<'_>, cursor: usize, room: usize) -> Vec<Row> {
    let set = |words: &SafeText| wrap(&[Run::new(words.clone(), Role::Dim)], room, NUMBER, NUMBER);
    let unsure = SafeText::ours(UNSURE);
    let all = || step.choices.iter().map(|c| c.explanation).chain([&unsure]);
    let tallest = all().map(|words| set(words).len()).max().unwrap_or(0);
    let mut rows = all().nth(cursor).map(set).unwrap_or_default();
    rows.resize(tallest + 1, Row::default());
    rows
}

impl InterviewQuestion {
    /// Rows behind the gutter, as one block.
    fn put(&mut self, rows: Vec<Row>) {
        let block = self.page.rows.last().map_or(0, |r| r.block + 1);
        for mut row in rows {
            if !row.runs.is_empty() {
                row.runs.insert(0, Run::new(" ".repeat(GUTTER), Role::Text));
            }
            row.block = block;
            self.page.rows.push(row);
        }
    }

    fn terms(&mut self, library: &Library, step: &InterviewStep<'_>, room: usize) {
        let addresses: Vec<Address> = step
            .terms
            .iter()
            .filter_map(|id| Address::new(Kind::Terms, id))
            .collect();
        if addresses.is_empty() {
            return;
        }
        let mut runs = vec![Run::ours("Terms  ", Role::Label)];
        for (i, address) in addresses.into_iter().enumerate() {
            if i > 0 {
                runs.push(Run::ours(" · ", Role::Dim));
            }
            let words = title(library, &address);
            runs.push(Run {
                text: words,
                role: Role::Link,
                link: u16::try_from(self.page.links.len()).ok(),
            });
            self.page.links.push(LinkTarget::Entry(address, None));
        }
        self.put(vec![Row::default()]);
        self.put(wrap(&runs, room, 0, "Terms  ".len()));
    }
}
