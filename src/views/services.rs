//! The matrix of services as rows: counts, heads, one row per service, and the proof of one in short.
//! Every row says its verdict in a word with a sign; columns stand still whatever lens is on; a row is made from numbers
//! alone, so that only what shows costs anything.

use crate::core::judge::proof::{asked, judge};
use crate::core::judge::state::at;
use crate::core::judge::table::moved;
use crate::core::judge::{
    JudgedFact, Judgment, LensOutcome, Requirement, ServiceOrder, ServiceRow, SortColumn,
    TableVerdict, Verdict, VerdictTally,
};
use crate::layout::wrap::wrap;
use crate::layout::{Page, PageBuilder, Role, Row, Run};
use crate::pack::{Criteria, CriterionId, Lens, Library, Service, Subject};
use crate::safe;
use crate::text::{SafeText, measure};
use crate::views::compare::when;
use crate::views::context::ViewContext;
use crate::views::services_grid::{GUTTER, ServicesGrid, WAS};
use crate::views::verdict::{absent_sentence, absent_word, full, outcome_role};
use crate::views::{proof, verdict as words};

/// Panels at least this high show the proof in full.
const FULL: usize = 18;
/// Cells of a fact, its answer, what is asked, and what came of it.
const CRITERION: [usize; 4] = [9, 6, 11, 10];
/// Panels narrower than this run the facts together.
const RUN_TOGETHER: usize = 60;

/// How many services got which verdict, with their signs; shorter where the words do not fit.
pub fn counts(
    tally: &VerdictTally,
    of: usize,
    subject: &Subject,
    context: &ViewContext,
    width: usize,
) -> Row {
    let shown = match tally.total() {
        shown if shown == of => String::new(),
        shown => format!("{} of ", measure::thousands(shown as u64)),
    };
    let day = when(context.as_of);
    let long = safe!(
        "{shown}{}{day}",
        measure::count(of, &subject.things.one, &subject.things.many)
    );
    let short = safe!("{shown}{}{day}", measure::thousands(of as u64));
    let row = |(head, in_words): (&SafeText, bool)| {
        let mut row = Row::of(head.clone(), Role::Strong);
        row.runs.extend(verdict_counts(tally, subject, in_words));
        row
    };
    let day = safe!(
        "{}",
        context
            .as_of
            .map_or(short.to_string(), |day| day.to_string())
    );
    let [widest, shorter, short, mut shortest] = [
        (&long, true),
        (&long, false),
        (&short, false),
        (&day, false),
    ]
    .map(row);
    shortest.cut(width);
    let mut longer = [widest, shorter, short].into_iter();
    longer.find(|row| row.width() <= width).unwrap_or(shortest)
}

fn verdict_counts(tally: &VerdictTally, subject: &Subject, in_words: bool) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut add = |n: usize, sign: char, word: &str, role| {
        // The gap is a run of its own, so that nothing underlines it.
        let (gap, words) = if in_words {
            ("   ", safe!("{sign} {n} {word}"))
        } else {
            ("  ", safe!("{sign} {n}"))
        };
        runs.extend([Run::ours(gap, Role::Text), Run::new(words, role)]);
    };
    if tally.scored == 0 {
        for (verdict, n) in Verdict::each(subject, tally.verdicts) {
            let said = verdict.words(subject);
            add(n, said.sign, &said.short, words::role(verdict));
        }
    }
    for (n, sign, word) in [
        (tally.not_yet, '?', "not yet"),
        (tally.retired, '.', "retired"),
    ] {
        if n > 0 {
            add(n, sign, word, Role::Dim);
        }
    }
    if tally.scored > 0 {
        runs.insert(0, Run::ours("   scores from 0 to 10", Role::Text));
    }
    runs
}

/// What a list is sorted by, in words.
pub fn sorted(sort: ServiceOrder, subject: &Subject) -> SafeText {
    let criteria = &subject.criteria;
    let (by, ways) = match sort.column {
        SortColumn::Disputed => {
            let ways = ["the disputed first", "the disputed last"];
            (SafeText::ours("name"), ways)
        }
        SortColumn::Name => (SafeText::ours("name"), ["a to z", "z to a"]),
        SortColumn::Provider => (subject.things.maker.clone(), ["a to z", "z to a"]),
        SortColumn::Fact(fact) => (criteria.short(fact), ["yes first", "no first"]),
        SortColumn::Idle => (
            SafeText::ours("idle bill"),
            ["highest first", "lowest first"],
        ),
        SortColumn::Verdict => (SafeText::ours("verdict"), ["best first", "worst first"]),
    };
    let [usual, reversed] = ways;
    safe!("by {by}, {}", if sort.reversed { reversed } else { usual })
}

/// The heads of the columns and, where facts show, what the lens asks of each; the sorted one stands out.
pub fn heads(
    grid: &ServicesGrid,
    sort: ServiceOrder,
    subject: &Subject,
    lens: Option<&Lens>,
) -> Vec<Row> {
    let criteria = &subject.criteria;
    let role = |column| {
        if sort.column == column {
            Role::Strong
        } else {
            Role::Label
        }
    };
    let mut line = Row::default();
    line.pad_to(GUTTER);
    line.add("name", role(SortColumn::Name));
    if grid.provider > 0 {
        line.pad_to(GUTTER + grid.name + 1);
        let maker = measure::cut(&subject.things.maker, grid.provider);
        line.push(Run::new(maker, role(SortColumn::Provider)));
    }
    let mut above = Row::default();
    for fact in criteria.ids() {
        let Some(start) = grid.fact(fact) else {
            continue;
        };
        let upper = grid.head_rows() == 3 && fact.index().is_multiple_of(2);
        let row = if upper { &mut above } else { &mut line };
        row.pad_to(start);
        row.push(Run::new(criteria.short(fact), role(SortColumn::Fact(fact))));
    }
    if grid.idle > 0 {
        line.pad_to(grid.idle_at() + grid.idle.saturating_sub(4));
        line.push(Run::ours("idle", role(SortColumn::Idle)));
    }
    line.pad_to(grid.verdict);
    let is_score = lens.is_some_and(Lens::is_score);
    let verdict = if is_score { "score" } else { "verdict" };
    line.push(Run::ours(verdict, role(SortColumn::Verdict)));
    let mut rows = vec![line];
    if grid.head_rows() == 3 {
        rows.insert(0, above);
    }
    if grid.head_rows() > 1 {
        rows.push(asks(grid, lens));
    }
    rows
}

/// What the lens asks of each fact: the least answer, or what it weighs.
fn asks(grid: &ServicesGrid, lens: Option<&Lens>) -> Row {
    let Some(lens) = lens else {
        return Row::default();
    };
    let mut row = Row::default();
    row.pad_to(GUTTER);
    let label = match lens.is_score() {
        true => SafeText::ours("points for a yes"),
        false => SafeText::ours("the lens asks"),
    };
    row.add(measure::cut(&label, grid.name), Role::Dim);
    let criteria = &lens.subject.criteria;
    for fact in criteria.ids() {
        let Some(start) = grid.fact(fact) else {
            continue;
        };
        row.pad_to(start);
        let asked = asked_cell(asked(fact, criteria.yes(), lens), criteria);
        row.add(asked, Role::Dim);
    }
    row
}

fn asked_cell(asked: Requirement, criteria: &Criteria) -> SafeText {
    match asked {
        Requirement::NotAsked => SafeText::ours("·"),
        Requirement::Met(least) | Requirement::Unmet(least) => criteria.cell(least),
        Requirement::Weighed { of, .. } => safe!("{of}"),
    }
}

/// What a row has to say beside its facts.
#[derive(Clone, Copy)]
pub struct ServiceMark<'a> {
    pub verdict: &'a TableVerdict,
    /// What the lens before said.
    pub was: Option<&'a TableVerdict>,
    /// The two default lenses differ on it.
    pub differs: bool,
}

pub fn row(
    grid: &ServicesGrid,
    line: &ServiceRow,
    mark: ServiceMark,
    (subject, lens): (&Subject, Option<&Lens>),
    on: bool,
) -> Row {
    let mut row = Row::from_runs(vec![cursor(on)]);
    row.add(line.named(grid.name), Role::Text);
    let maker = safe!("  {}", line.provider);
    let is_told = grid.provider > 0 || line.short == line.name;
    // Whose it is, where the name no longer says so.
    if !is_told && row.width() + measure::width(&maker) <= GUTTER + grid.name {
        row.add(maker, Role::Dim);
    }
    if grid.provider > 0 {
        row.pad_to(GUTTER + grid.name + 1);
        row.add(measure::cut(&line.provider, grid.provider), Role::Dim);
    }
    for fact in subject.criteria.ids() {
        let Some(start) = grid.fact(fact) else {
            continue;
        };
        let (cell, role) = cell(line, fact, &subject.criteria, lens);
        row.pad_to(start);
        row.add(cell, role);
    }
    if grid.idle > 0 {
        row.pad_to(grid.idle_at());
        row.push(idle(subject, line, grid.idle));
    }
    row.pad_to(grid.verdict);
    let (said, role) = words::said(subject, mark.verdict);
    row.add(if grid.signed { first_word(&said) } else { said }, role);
    row.runs.extend(aside(grid, mark, subject));
    row
}

/// The sign of a verdict, or the number of a score.
fn first_word(said: &SafeText) -> SafeText {
    let mut words = said.split_whitespace();
    SafeText::line(words.next().unwrap_or_default())
}

/// The idle bill at the right of its cells.
fn idle(subject: &Subject, line: &ServiceRow, cells: usize) -> Run {
    let (idle, role) = match (&line.held, line.idle) {
        (Ok(_), Some(_)) => (words::idle(subject, line.idle), Role::Text),
        (Ok(_), None) => (words::idle(subject, None), Role::Dim),
        (Err(_), Some(_)) => (SafeText::ours("-"), Role::Text),
        (Err(_), None) => (SafeText::ours("-"), Role::Dim),
    };
    let idle = measure::cut(&idle, cells);
    Run::new(safe!("{:>1$}", idle, cells), role)
}

/// The sign of the cursor, or room for it.
pub fn cursor(on: bool) -> Run {
    if on {
        Run::ours("> ", Role::Focus)
    } else {
        Run::ours("  ", Role::Text)
    }
}

/// An answer, and how the lens looks at it: what it misses stands out, what it does not ask steps back.
fn cell(
    line: &ServiceRow,
    fact: CriterionId,
    criteria: &Criteria,
    lens: Option<&Lens>,
) -> (SafeText, Role) {
    let Ok((answers, _)) = line.held else {
        return (SafeText::ours("-"), Role::Dim);
    };
    let answer = answers.get(fact);
    let role = match lens.map(|lens| asked(fact, answer, lens)) {
        Some(Requirement::NotAsked) => Role::Dim,
        Some(Requirement::Unmet(_)) => Role::Bad,
        Some(Requirement::Met(_) | Requirement::Weighed { .. }) | None => Role::Text,
    };
    let cell = criteria.cell(answer);
    match role {
        // Without color, too, and in the selected row.
        Role::Bad => (safe!("{cell}×"), role),
        _ => (cell, role),
    }
}

/// What the signs of the table mean, as many as fit; `was` while it is marked what the lens before said.
pub fn legend(grid: &ServicesGrid, lens: Option<&Lens>, was: bool, width: usize) -> Row {
    let is_score = lens.is_some_and(Lens::is_score);
    let asks = lens.is_some() && !is_score && grid.head_rows() > 1;
    let signs = [
        asks.then_some("no× missed"),
        asks.then_some("· not asked"),
        (was && !is_score).then_some(if grid.was >= WAS.0 {
            "was: by the lens before"
        } else {
            "(-) by the lens before"
        }),
        Some("≠ the two default lenses disagree"),
    ];
    let mut row = Row::default();
    row.pad_to(GUTTER);
    let mut signs = signs.into_iter().flatten();
    row.add(signs.next().unwrap_or_default(), Role::Dim);
    for sign in signs {
        if row.width() + 3 + measure::width(sign) <= width {
            row.add(safe!("   {sign}"), Role::Dim);
        }
    }
    row
}

/// Behind the verdict: what it was by the lens before, else whether the two default lenses part here.
fn aside(grid: &ServicesGrid, mark: ServiceMark, subject: &Subject) -> Option<Run> {
    let moved = mark.was.filter(|was| moved(was, mark.verdict));
    let was = moved
        .and_then(|was| was.ok())
        .and_then(LensOutcome::verdict)
        .map(|was| was.words(subject));
    let words = match was {
        Some(was) if grid.was >= WAS.0 => safe!(" was {}", was.short),
        Some(was) => safe!(" ({})", was.sign),
        None => return mark.differs.then(|| Run::ours("  ≠", Role::Dim)),
    };
    Some(Run::new(words, Role::Dim))
}

/// The proof of a service in a panel of some height: in short, or in full where it fits.
pub fn panel(
    library: &Library,
    service: &Service,
    context: &ViewContext,
    (width, height): (usize, usize),
) -> Page {
    let mut page = PageBuilder::new(width);
    if height >= FULL {
        page.text_tight(service.name.clone(), Role::Title);
        page.text_tight(bill(library, service, context), Role::Dim);
        proof::set(&mut page, library, service, context);
        proof::sources(&mut page, library, service);
    } else {
        page.rows(short(library, service, context, (width, height)));
    }
    page.finish()
}

/// Who stands behind it and, where the pack knows any, its idle bill.
fn bill(library: &Library, service: &Service, context: &ViewContext) -> SafeText {
    let mut parts = vec![service.provider.clone()];
    if let Ok(state) = at(service, context.as_of) {
        let idle = match state.idle_usd_per_month {
            Some(_) => {
                let subject = &library.pack().subject;
                safe!(
                    "{} idle",
                    words::idle_a_month(subject, state.idle_usd_per_month)
                )
            }
            None => SafeText::ours("idle bill unknown"),
        };
        parts.extend(library.has_idle_bills().then_some(idle));
        parts.extend(state.retired.map(|day| safe!("retired {day}")));
    }
    parts.retain(|part| !part.is_empty());
    SafeText::join(&parts, " · ")
}

/// The verdict on one row, the facts on one row each, and what would turn it, as far as the height reaches.
fn short(
    library: &Library,
    service: &Service,
    context: &ViewContext,
    (width, height): (usize, usize),
) -> Vec<Row> {
    let name = Run::new(service.name.clone(), Role::Strong);
    let whose = Run::new(safe!("  {}", bill(library, service, context)), Role::Dim);
    let head = |verdict: Vec<Run>| vec![Row::spread(vec![name, whose], verdict, width)];
    let Some(lens) = context.lens(library) else {
        return head(vec![]);
    };
    let state = match at(service, context.as_of) {
        Ok(state) => state,
        Err(absent) => {
            let rows = head(vec![Run::ours(absent_word(absent), Role::Strong)]);
            let sentence = context
                .as_of
                .map(|day| absent_sentence(absent, day, &lens.subject));
            let sentence = Run::new(sentence.unwrap_or_default(), Role::Text);
            return [rows, wrap(&[sentence], width, 0, 0)].concat();
        }
    };
    let judgment = judge(&state, lens);
    let (verdict, role) = (
        full(&lens.subject, judgment.outcome),
        outcome_role(judgment.outcome),
    );
    let mut rows = head(vec![Run::new(verdict, role)]);
    if width < RUN_TOGETHER {
        rows.extend(together(&judgment, &lens.subject.criteria, width));
    } else {
        let turns = judgment.flips.len();
        let spare = height.saturating_sub(rows.len() + judgment.proof.len() + turns);
        rows.extend(facts(&judgment, &lens.subject.criteria, (width, spare)));
    }
    let left = height.saturating_sub(rows.len());
    rows.extend(
        turns(&judgment, &lens.subject, width)
            .into_iter()
            .take(left),
    );
    rows
}

/// The facts one below the other; a reason that is longer than its row goes on as long as rows are spare.
fn facts(judgment: &Judgment, criteria: &Criteria, (width, mut spare): (usize, usize)) -> Vec<Row> {
    let (mut rows, indent) = (Vec::new(), CRITERION.iter().sum());
    for judged in &judgment.proof {
        let mut fact = criterion(judged, criteria);
        if fact.width() > width {
            let why = wrap(
                &[Run::new(judged.held.why.clone(), Role::Text)],
                width.saturating_sub(indent),
                0,
                0,
            );
            let more = why.len().saturating_sub(1);
            if more <= spare && width > 2 * indent {
                spare -= more;
                fact.runs.truncate(fact.runs.len() - 1);
                let mut why = why.into_iter();
                fact.runs.extend(why.next().unwrap_or_default().runs);
                rows.push(fact);
                rows.extend(why.map(|mut row| {
                    row.indent(indent);
                    row
                }));
                continue;
            }
        }
        fact.cut(width);
        rows.push(fact);
    }
    rows
}

/// A fact on one row, its reason at the end.
fn criterion(criterion: &JudgedFact, criteria: &Criteria) -> Row {
    let held = &criterion.held;
    let mut asked = words::requirement(criterion.asked, |level| criteria.cell(level));
    if let Requirement::Weighed { points, of } = criterion.asked {
        asked.asks = match of {
            0.0 => SafeText::ours("not counted"),
            _ => safe!("{points:.1} of {of:.1}"),
        };
        asked.result = SafeText::default();
        asked.answer_role = Role::Text;
    }
    let cells = [
        Run::new(criteria.short(held.criterion), Role::Label),
        Run::new(criteria.cell(held.answer), asked.answer_role),
        Run::new(asked.asks, Role::Dim),
        Run::new(asked.result, asked.role),
        Run::new(held.why.clone(), Role::Text),
    ];
    Row::in_columns(cells, &CRITERION)
}

/// All facts run together, each with the sign of what came of it.
fn together(judgment: &Judgment, criteria: &Criteria, width: usize) -> Vec<Row> {
    let mut runs: Vec<Run> = Vec::new();
    for JudgedFact { held, asked, .. } in &judgment.proof {
        if !runs.is_empty() {
            runs.push(Run::ours(", ", Role::Dim));
        }
        let (fact, answer) = (criteria.short(held.criterion), criteria.cell(held.answer));
        let (result, role) = match asked {
            Requirement::Unmet(least) => (safe!("× (asks {})", criteria.cell(*least)), Role::Bad),
            Requirement::Met(_) => (SafeText::ours(" + met"), Role::Text),
            Requirement::NotAsked => (SafeText::default(), Role::Dim),
            Requirement::Weighed { of: 0.0, .. } => (SafeText::default(), Role::Dim),
            Requirement::Weighed { points, .. } => (safe!(" {points:.1}"), Role::Text),
        };
        runs.push(Run::new(safe!("{fact} {answer}{result}"), role));
    }
    wrap(&runs, width, 0, 0)
}

fn turns(judgment: &Judgment, subject: &Subject, width: usize) -> Vec<Row> {
    let LensOutcome::Verdict(now) = judgment.outcome else {
        return Vec::new();
    };
    let turn = |flip| {
        Row::of(
            measure::cut(&proof::turn(flip, now, subject), width),
            Role::Dim,
        )
    };
    judgment.flips.iter().map(turn).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::samples::subject;

    #[test]
    fn counts_get_shorter_with_the_width() {
        let tally = VerdictTally {
            verdicts: [5, 2, 1, 0],
            not_yet: 1,
            ..VerdictTally::default()
        };
        let context = ViewContext::new("scale-to-zero-view", crate::text::Day::new(2026, 1, 1));
        let check = |width, expected: &str| {
            let row = counts(&tally, 12, &subject(), &context, width);
            assert_eq!(row.text().as_str(), expected, "{width}");
        };
        let whole =
            "9 of 12 services   + 5 serverless   ~ 2 nearly   ! 1 in name   - 0 not   ? 1 not yet";
        check(100, whole);
        check(60, "9 of 12 services  + 5  ~ 2  ! 1  - 0  ? 1");
        check(40, "9 of 12  + 5  ~ 2  ! 1  - 0  ? 1");
        check(10, "9 of 12  …");
        let context = ViewContext {
            as_of: Some(crate::text::Day::new(2023, 1, 1)),
            ..context
        };
        let row = counts(&tally, 12, &subject(), &context, 37);
        assert_eq!(row.text().as_str(), "2023-01-01  + 5  ~ 2  ! 1  - 0  ? 1");
    }
}
