//! Services side by side, fact by fact; lenses side by side, rule by rule and then service by service.
//! Promises: a comparison of services is read through one lens, which is named; lenses are said to part on a service
//! exactly when their verdicts differ; a lens that gives scores is never said to agree or disagree with one that judges.

use crate::core::judge::lens_diff::{across, is_score, scored};
use crate::core::judge::proof::judge;
use crate::core::judge::self_assessment::services as catalogue;
use crate::core::judge::state::at;
use crate::core::judge::verdict::minimum;
use crate::core::judge::{
    Absent, Criterion, Judgment, LensDiff, Requirement, ServiceState, SplitGroup,
};
use crate::layout::wrap::wrap;
use crate::layout::{Role, Row, Run};
use crate::pack::{Address, Fact, Fidelity, Kind, Lens, LensRule, Library, LinkTarget, Service};
use crate::text::measure::count;
use crate::text::{Day, SafeText, Words};
use crate::views::aligned::{
    AlignedBuilder, AlignedLine, AlignedPage, AlignedShape, ColumnHead, mark,
};
use crate::views::assessment::lens_hue;
use crate::views::verdict::{absent_sentence, full, idle as bill, outcome_role};

/// Where the facts that decide a service begin, behind its name.
const NAME: usize = 40;
/// Cells that those facts get at least; with less they follow the name.
const FACTS: usize = 24;

/// A service as it is compared: on a day and through a lens, or not there at all.
struct ComparedService<'a> {
    service: &'a Service,
    /// The day that was asked for.
    day: Option<Day>,
    seen: Result<(ServiceState<'a>, Judgment<'a>), Absent>,
}

/// What is read through which lens, and when.
#[derive(Clone, Copy)]
pub struct CompareContext<'a> {
    /// The lens.
    pub lens: &'a Lens,
    /// The day; today's facts when `None`.
    pub day: Option<Day>,
    /// Today, for ages.
    pub today: Day,
}

/// A line of the comparison that leads somewhere.
pub type ComparedLine = Option<Address>;

/// Services side by side; the second list says where each line leads.
pub fn services<'a>(
    library: &Library,
    compared: &[&'a Service],
    reading: CompareContext<'a>,
    shape: AlignedShape,
) -> (AlignedPage, Vec<ComparedLine>) {
    let sides: Vec<ComparedService<'_>> = compared
        .iter()
        .map(|service| side(service, reading))
        .collect();
    let mut sheet = AlignedBuilder::new(sides.iter().map(|s| head(library, s)).collect(), shape);
    let through = crate::safe!("Read through: {}", reading.lens.name);
    sheet.paragraph(&[Run::new(through, lens_hue(&reading.lens.id))]);
    let day = reading
        .day
        .map(|d| format!(" As of {d}."))
        .unwrap_or_default();
    sheet.paragraph(&[Run::new(
        crate::safe!("{}{day}", reading.lens.question),
        Role::Dim,
    )]);
    sheet.blank();
    sheet.heads();
    sheet.line(&verdicts(&sides));
    for fact in Fact::ALL {
        sheet.line(&fact_line(&sides, fact, reading.lens));
    }
    sheet.line(&idle(&sides));
    sheet.line(&dates(&sides, reading));
    let stops = vec![None; sheet.laid.lines.len()];
    (sheet.laid, stops)
}

fn side<'a>(service: &'a Service, reading: CompareContext<'a>) -> ComparedService<'a> {
    let seen = at(service, reading.day).map(|state| {
        let judgment = judge(&state, reading.lens);
        (state, judgment)
    });
    ComparedService {
        service,
        day: reading.day,
        seen,
    }
}

fn head(library: &Library, side: &ComparedService<'_>) -> ColumnHead {
    let target = Address::new(Kind::Services, &side.service.id).map(|a| LinkTarget::Entry(a, None));
    let category = library
        .pack()
        .categories
        .iter()
        .find(|c| c.id == side.service.category);
    let category = category.map_or_else(
        || SafeText::line(&side.service.category),
        |c| c.title.clone(),
    );
    let about = crate::safe!("{} · {category}", side.service.provider);
    ColumnHead {
        name: Run::new(side.service.name.clone(), Role::Strong),
        target,
        about,
    }
}

/// A cell for a service that was not there: only a day that was asked for can be outside its life.
fn gone(absent: Absent, day: Option<Day>) -> Vec<Vec<Run>> {
    let words = day
        .map(|day| absent_sentence(absent, day))
        .unwrap_or_default();
    vec![vec![Run::new(words, Role::Dim)]]
}

/// A cell per side; what is not there says so.
fn cells<'a>(
    sides: &'a [ComparedService<'a>],
    cell: impl Fn(&'a (ServiceState<'a>, Judgment<'a>)) -> Vec<Vec<Run>>,
) -> Vec<Vec<Vec<Run>>> {
    sides
        .iter()
        .map(|s| {
            s.seen
                .as_ref()
                .map_or_else(|absent| gone(*absent, s.day), &cell)
        })
        .collect()
}

/// Whether something is the same on all sides that are there.
fn same<'a, T: PartialEq>(
    sides: &'a [ComparedService<'a>],
    of: impl Fn(&'a (ServiceState<'a>, Judgment<'a>)) -> T,
) -> bool {
    let mut all = sides.iter().filter_map(|s| s.seen.as_ref().ok()).map(of);
    let first = all.next();
    all.all(|other| Some(&other) == first.as_ref())
}

fn verdicts<'a>(sides: &'a [ComparedService<'a>]) -> AlignedLine {
    let cell = |(_, judgment): &(ServiceState<'_>, Judgment<'_>)| {
        let outcome = judgment.outcome;
        vec![
            vec![Run::new(full(outcome), outcome_role(outcome))],
            vec![Run::new(unmet(judgment), Role::Text)],
        ]
    };
    let mark = mark(same(sides, |(_, j)| j.outcome));
    AlignedLine {
        label: SafeText::ours("Verdict"),
        mark,
        cells: cells(sides, cell),
    }
}

fn unmet(judgment: &Judgment<'_>) -> SafeText {
    let missed: Vec<SafeText> = judgment
        .unmet()
        .map(|c| SafeText::ours(c.held.fact.title()))
        .collect();
    match (missed.as_slice(), judgment.outcome.verdict()) {
        (_, None) => SafeText::ours("A score weighs all five facts and draws no line."),
        ([], Some(_)) => SafeText::ours("Everything it asks is met."),
        ([..], Some(_)) => crate::safe!("Missed: {}.", SafeText::join(&missed, ", ")),
    }
}

fn fact_line<'a>(sides: &'a [ComparedService<'a>], fact: Fact, lens: &Lens) -> AlignedLine {
    let cell = |(_, judgment): &(ServiceState<'_>, Judgment<'_>)| {
        judgment
            .proof
            .get(fact as usize)
            .map(criterion)
            .unwrap_or_default()
    };
    let answer = |(state, _): &'a (ServiceState<'a>, Judgment<'a>)| state.answers().get(fact);
    let asked = match &lens.rule {
        LensRule::Minimum(_) => minimum(lens, fact).map_or(SafeText::ours("not asked"), |a| {
            crate::safe!("asks {}", a.word())
        }),
        LensRule::Score { .. } => SafeText::ours("weighed"),
    };
    let label = crate::safe!("{} · {asked}", capital(fact.title()));
    AlignedLine {
        label,
        mark: mark(same(sides, answer)),
        cells: cells(sides, cell),
    }
}

/// A fact's answer, whether it misses what is asked, and the reason.
fn criterion(criterion: &Criterion<'_>) -> Vec<Vec<Run>> {
    let held = criterion.held;
    let (role, came) = match criterion.asked {
        Requirement::Unmet(_) => (Role::Bad, SafeText::ours("  - missed")),
        Requirement::Met(_) => (Role::Good, SafeText::ours("  + met")),
        Requirement::NotAsked => (Role::Dim, SafeText::default()),
        Requirement::Weighed { points, of } => (
            Role::Strong,
            crate::safe!("  {points:.1} of {of:.1} points"),
        ),
    };
    let answer = vec![Run::ours(held.answer.word(), role), Run::new(came, role)];
    vec![answer, vec![Run::new(held.why.clone(), Role::Text)]]
}

fn idle<'a>(sides: &'a [ComparedService<'a>]) -> AlignedLine {
    let cell = |(state, _): &(ServiceState<'_>, Judgment<'_>)| {
        let amount = match state.idle_usd_per_month {
            Some(_) => crate::safe!("{} a month", bill(state.idle_usd_per_month)),
            None => bill(None),
        };
        vec![vec![Run::new(amount, Role::Strong)]]
    };
    let mark = mark(same(sides, |(state, _)| state.idle_usd_per_month));
    AlignedLine {
        label: SafeText::ours("Idle bill, storage left out"),
        mark,
        cells: cells(sides, cell),
    }
}

fn dates<'a>(sides: &'a [ComparedService<'a>], reading: CompareContext<'_>) -> AlignedLine {
    let cell = |side: &ComparedService<'_>| {
        let service = side.service;
        let from = service
            .available_from
            .map_or(SafeText::ours("since when is not known"), |d| {
                crate::safe!("sold since {d}")
            });
        let mut paragraphs = vec![vec![Run::new(from, Role::Text)]];
        paragraphs.extend(
            side.seen
                .iter()
                .flat_map(|(state, _)| stretch(state, reading.day)),
        );
        if let Some(day) = service.retired {
            paragraphs.push(vec![Run::new(crate::safe!("retired {day}"), Role::Warn)]);
        }
        paragraphs.push(vec![Run::new(
            crate::safe!("facts as of {}", service.as_of),
            Role::Text,
        )]);
        let age = service.as_of.months_until(reading.today);
        if age > crate::core::judge::state::STALE_MONTHS {
            paragraphs.push(vec![Run::new(
                crate::safe!("{age} months old: check before you rely on it"),
                Role::Warn,
            )]);
        }
        paragraphs
    };
    let from = |s: &ComparedService<'_>| s.service.available_from;
    let same = sides
        .iter()
        .all(|s| Some(from(s)) == sides.first().map(from));
    AlignedLine {
        label: SafeText::ours("Dates"),
        mark: mark(same),
        cells: sides.iter().map(cell).collect(),
    }
}

/// How long the facts of a day held, and whether they were only carried back to it.
fn stretch(state: &ServiceState<'_>, day: Option<Day>) -> Option<Vec<Run>> {
    day?;
    if state.carried_back {
        let words = crate::safe!("its facts of {} are carried back", state.service.as_of);
        return Some(vec![Run::new(words, Role::Warn)]);
    }
    let until = state.until.map(|d| format!("until {d}"));
    let since = state
        .since
        .filter(|d| Some(*d) != state.service.available_from)
        .map(|d| format!("since {d}"));
    let words: Vec<String> = since.into_iter().chain(until).collect();
    (!words.is_empty()).then(|| {
        vec![Run::new(
            crate::safe!("as it was {}", words.join(", ")),
            Role::Text,
        )]
    })
}

/// Lenses side by side: their rules, then the services they part on. The second list says where each line leads.
pub fn lenses(
    library: &Library,
    compared: &[&Lens],
    day: Option<Day>,
    shape: AlignedShape,
) -> (AlignedPage, Vec<ComparedLine>) {
    let mut sheet = AlignedBuilder::new(compared.iter().map(|l| lens_head(l)).collect(), shape);
    let ruled: Vec<&Lens> = compared.iter().copied().filter(|l| !is_score(l)).collect();
    let found = (ruled.len() > 1).then(|| across(catalogue(library), &ruled, day));
    if let Some(found) = &found {
        sheet.paragraph(&[
            Run::new(differ_words(found, day), Role::Strong),
            Run::ours(" First their rules.", Role::Dim),
        ]);
        sheet.blank();
    }
    sheet.heads();
    for fact in Fact::ALL {
        sheet.line(&rule_line(compared, fact));
    }
    if compared.iter().any(|l| l.not_asked.is_some()) {
        sheet.line(&besides(compared));
    }
    sheet.line(&fidelity(library, compared));
    let mut stops = vec![None; sheet.laid.lines.len()];
    if let Some(found) = &found {
        parted(&mut sheet, &mut stops, &ruled, found, day);
    }
    for score in compared.iter().filter(|l| is_score(l)) {
        for rule in &ruled {
            score_table(&mut sheet, library, (rule, score), day);
        }
    }
    if ruled.is_empty() {
        sheet.paragraph(&[Run::ours(
            "Scores draw no line, so they cannot disagree about a service.",
            Role::Text,
        )]);
    }
    stops.resize(sheet.laid.lines.len(), None);
    (sheet.laid, stops)
}

fn lens_head(lens: &Lens) -> ColumnHead {
    let target = Address::new(Kind::Lenses, &lens.id).map(|a| LinkTarget::Entry(a, None));
    let hue = if lens_hue(&lens.id) == Role::Heading {
        Role::Strong
    } else {
        lens_hue(&lens.id)
    };
    ColumnHead {
        name: Run::new(lens.name.clone(), hue),
        target,
        about: lens.question.clone(),
    }
}

/// The id of a lens as words: short enough for a heading.
pub fn short(lens: &Lens) -> SafeText {
    crate::safe!(
        "{}",
        lens.id
            .strip_suffix("-view")
            .unwrap_or(&lens.id)
            .replace('-', " ")
    )
}

fn rule_line(compared: &[&Lens], fact: Fact) -> AlignedLine {
    let cell = |lens: &&Lens| {
        let why = lens
            .why
            .iter()
            .find(|(f, _)| *f == fact)
            .map(|(_, w)| vec![Run::new(w.clone(), Role::Text)]);
        let asked = asks(lens, fact);
        let role = if asked.is_some() {
            Role::Strong
        } else {
            Role::Dim
        };
        let mut paragraphs = vec![vec![Run::new(
            asked.unwrap_or(SafeText::ours("not asked")),
            role,
        )]];
        paragraphs.extend(why);
        paragraphs
    };
    let first = compared.first().map(|l| asks(l, fact));
    let same = compared.iter().all(|l| Some(asks(l, fact)) == first);
    AlignedLine {
        label: capital(fact.title()),
        mark: mark(same),
        cells: compared.iter().map(cell).collect(),
    }
}

/// What a lens asks of a fact, in words.
fn asks(lens: &Lens, fact: Fact) -> Option<SafeText> {
    match &lens.rule {
        LensRule::Minimum(_) => minimum(lens, fact).map(|a| crate::safe!("at least {}", a.word())),
        LensRule::Score { weights, .. } => weights
            .iter()
            .find(|(f, _)| *f == fact)
            .map(|(_, w)| crate::safe!("weight {w} of 10")),
    }
}

fn besides(compared: &[&Lens]) -> AlignedLine {
    let cell = |lens: &&Lens| {
        let words = lens.not_asked.clone().unwrap_or(SafeText::ours("nothing"));
        vec![vec![Run::new(words, Role::Text)]]
    };
    let label = SafeText::ours("Demanded besides, which the facts cannot show");
    let first = compared.first().map(|l| &l.not_asked);
    let same = compared.iter().all(|l| Some(&l.not_asked) == first);
    AlignedLine {
        label,
        mark: mark(same),
        cells: compared.iter().map(cell).collect(),
    }
}

fn fidelity(library: &Library, compared: &[&Lens]) -> AlignedLine {
    let cell = |lens: &&Lens| {
        let how = match lens.fidelity {
            Fidelity::Stated => "stated by the source in so many words",
            Fidelity::Reading => "our reading of the source",
        };
        let source = Address::new(Kind::References, &lens.source);
        let source = source.map_or_else(
            || SafeText::line(&lens.source),
            |a| crate::views::entry_footer::title(library, &a),
        );
        vec![
            vec![Run::ours(how, Role::Text)],
            vec![Run::new(source, Role::Dim)],
        ]
    };
    let same = compared
        .iter()
        .all(|l| Some(l.fidelity) == compared.first().map(|l| l.fidelity));
    AlignedLine {
        label: SafeText::ours("Rule and source"),
        mark: mark(same),
        cells: compared.iter().map(cell).collect(),
    }
}

/// On how many services they differ.
fn differ_words(found: &LensDiff<'_>, day: Option<Day>) -> SafeText {
    let when = day.map(|d| format!(" as of {d}")).unwrap_or_default();
    let all = count(found.judged, "service", "services");
    match found.differ() {
        0 => crate::safe!("They agree on all {all}{when}."),
        n => crate::safe!("They disagree on {n} of {all}{when}."),
    }
}

/// The services that lenses part on, grouped by who says what.
fn parted(
    sheet: &mut AlignedBuilder,
    stops: &mut Vec<ComparedLine>,
    ruled: &[&Lens],
    found: &LensDiff<'_>,
    day: Option<Day>,
) {
    sheet.put(vec![Row::of("─".repeat(sheet.room()), Role::Rule)]);
    sheet.blank();
    sheet.paragraph(&[Run::new(differ_words(found, day), Role::Title)]);
    for group in &found.groups {
        sheet.blank();
        sheet.paragraph(&group_head(ruled, group));
        for split in &group.splits {
            let address = Address::new(Kind::Services, &split.service.id);
            let target = address.clone().map(|a| LinkTarget::Entry(a, None));
            let name = sheet.link(Run::new(split.service.name.clone(), Role::Link), target);
            let rows = split_rows(name, &split.deciding, sheet.room(), sheet.second());
            sheet.stop(rows);
            stops.push(address);
        }
    }
    sheet.blank();
}

fn group_head(ruled: &[&Lens], group: &SplitGroup<'_>) -> Vec<Run> {
    let mut runs = vec![Run::new(
        crate::safe!("{}  ", group.splits.len()),
        Role::Strong,
    )];
    for (n, (lens, verdict)) in ruled.iter().zip(&group.verdicts).enumerate() {
        let comma = if n == 0 { "" } else { ", " };
        runs.push(Run::new(
            crate::safe!("{comma}{} by ", verdict.title()),
            Role::Heading,
        ));
        runs.push(Run::new(short(lens), lens_hue(&lens.id)));
    }
    runs
}

/// A service and the facts that decide, in a column of their own where there is room.
fn split_rows(name: Run, deciding: &[Fact], room: usize, second: Option<usize>) -> Vec<Row> {
    let facts: Vec<SafeText> = deciding.iter().map(|f| SafeText::ours(f.title())).collect();
    let facts = Run::new(SafeText::join(&facts, ", "), Role::Dim);
    let column = second.filter(|c| *c >= NAME).unwrap_or(NAME);
    if room < column + FACTS {
        return wrap(&[name, Run::ours("  ", Role::Text), facts], room, 0, 2);
    }
    let mut rows = wrap(&[name], room, 0, 2);
    let beside = rows.len() == 1 && rows.iter().all(|r| r.width() + 2 <= column);
    for (i, words) in wrap(&[facts], room - column, 0, 0).into_iter().enumerate() {
        let mut row = if i == 0 && beside {
            rows.pop().unwrap_or_default()
        } else {
            Row::default()
        };
        row.pad_to(column);
        row.runs.extend(words.runs);
        rows.push(row);
    }
    rows
}

/// What a score makes of another lens's verdicts.
fn score_table(
    sheet: &mut AlignedBuilder,
    library: &Library,
    (rule, score): (&Lens, &Lens),
    day: Option<Day>,
) {
    let said = crate::safe!(
        "What {} scores by each verdict of {}",
        short(score),
        short(rule)
    );
    let mut rows = wrap(&[Run::new(said, Role::Heading)], sheet.room(), 0, 0);
    for (verdict, scores) in scored(catalogue(library), rule, score, day) {
        let words = crate::safe!(
            "{}: {:.1} to {:.1} of 10, half of them {:.1} or more ({})",
            verdict.title(),
            scores.lowest,
            scores.highest,
            scores.median,
            count(scores.count, "service", "services")
        );
        rows.extend(wrap(&[Run::new(words, Role::Text)], sheet.room(), 0, 2));
    }
    sheet.stop(rows);
    sheet.blank();
}

fn capital(words: &str) -> SafeText {
    let mut chars = words.chars();
    let first = chars
        .next()
        .map(|c| c.to_uppercase().to_string())
        .unwrap_or_default();
    crate::safe!("{first}{}", chars.as_str())
}
