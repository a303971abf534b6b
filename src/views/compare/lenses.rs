//! Lenses side by side: their rules, then the services on which their verdicts differ, with the facts that decide. A lens
//! that gives scores is never said to agree or disagree with one that judges.

use crate::core::judge::lens_diff::{LensSplit, across, scored};
use crate::core::judge::{LensDiff, SplitGroup};
use crate::layout::wrap::wrap;
use crate::layout::{PageFormat, Role, Row, Run};
use crate::pack::{Address, CriterionId, Kind, Lens, Library, Source, Things};
use crate::safe;
use crate::text::measure::{capitalized, count};
use crate::text::{Day, SafeText};
use crate::views::Citation;
use crate::views::compare::{signature, when};
use crate::views::entry_footer::{openable, title};
use crate::views::lens::{asks, fidelity, hue};
use crate::views::side_by_side::{
    CellPart, ColumnHead, ComparedLine, LinePage, SideBySide, mark, without_about,
};

/// Where the facts that decide a service begin, behind its name.
const NAME: usize = 40;
/// Cells that those facts get at least; with less they follow the name.
const FACTS: usize = 24;

/// Lenses side by side: their rules, then the services on which they differ.
pub fn page(
    library: &Library,
    compared: &[&Lens],
    day: Option<Day>,
    format: PageFormat,
) -> LinePage {
    let heads: Vec<ColumnHead> = compared.iter().map(|l| head(library, l)).collect();
    let mut sides = SideBySide::new(without_about(heads, format), format);
    let judging: Vec<&Lens> = compared.iter().copied().filter(|l| !l.is_score()).collect();
    let found = (judging.len() > 1).then(|| across(library.services(), &judging, day));
    if let Some(found) = &found {
        let differ = Run::new(
            differ_words(&library.pack().subject.things, found, day),
            Role::Strong,
        );
        sides.paragraph(&[differ, Run::ours(" First their rules.", Role::Dim)]);
        sides.lines.blank();
    }
    sides.heads();
    for fact in library.pack().subject.criteria.ids() {
        sides.line(&rule_line(compared, fact));
    }
    if compared.iter().any(|l| l.not_asked.is_some()) {
        sides.line(&not_asked(compared));
    }
    sides.line(&sources(library, compared));
    if let Some(found) = &found {
        differences(&mut sides, library, &judging, found, day);
    }
    for score in compared.iter().filter(|l| l.is_score()) {
        for rule in &judging {
            score_table(&mut sides, library, (rule, score), day);
        }
    }
    if judging.is_empty() {
        let words = "Scores draw no line, so they cannot disagree about a {one}.";
        let words = library.pack().subject.things.fill(words);
        sides.paragraph(&[Run::new(words, Role::Text)]);
    }
    sides.finish()
}

fn head(library: &Library, lens: &Lens) -> ColumnHead {
    let hue = match hue(library.pack(), &lens.id) {
        Role::Heading => Role::Strong,
        hue => hue,
    };
    let name = Run::new(lens.name.clone(), hue);
    ColumnHead {
        short: name.clone(),
        name,
        address: Address::new(Kind::Lenses, &lens.id),
        about: vec![Run::new(lens.question.clone(), Role::Dim)],
    }
}

/// A line with a cell per lens, marked by whether something of the lenses is the same.
fn line<T: PartialEq>(
    label: impl Into<SafeText>,
    compared: &[&Lens],
    of: impl Fn(&Lens) -> T,
    cell: impl Fn(&Lens) -> Vec<Run>,
) -> ComparedLine<'static> {
    let mut all = compared.iter().map(|l| of(l));
    let first = all.next();
    let part = |run| CellPart::Words(vec![run]);
    let parts = |l: &&Lens| cell(l).into_iter().map(part).collect();
    ComparedLine {
        label: label.into(),
        mark: mark(all.all(|other| Some(other) == first)),
        cells: compared.iter().map(parts).collect(),
    }
}

fn rule_line(compared: &[&Lens], fact: CriterionId) -> ComparedLine<'static> {
    let cell = |lens: &Lens| {
        let asked = match asks(lens, fact) {
            Some(least) if lens.is_score() => Run::new(safe!("{least} of 10"), Role::Strong),
            Some(least) => Run::new(least, Role::Strong),
            None => Run::ours("not asked", Role::Dim),
        };
        let why = lens.why(fact).map(|why| Run::new(why.clone(), Role::Text));
        std::iter::once(asked).chain(why).collect()
    };
    let subject = compared.first().map(|lens| &lens.subject);
    let title = subject.map(|subject| subject.criteria.title(fact));
    let title = capitalized(&title.unwrap_or_default());
    line(title, compared, |l| asks(l, fact), cell)
}

fn not_asked(compared: &[&Lens]) -> ComparedLine<'static> {
    let cell = |lens: &Lens| {
        let words = lens.not_asked.clone().unwrap_or(SafeText::ours("nothing"));
        vec![Run::new(words, Role::Text)]
    };
    let label = "Demanded besides, which the facts cannot show";
    line(label, compared, |l| l.not_asked.clone(), cell)
}

fn sources(library: &Library, compared: &[&Lens]) -> ComparedLine<'static> {
    let cell = |lens: &Lens| {
        let source = Address::new(Kind::References, &lens.source);
        let source = source.map_or(SafeText::line(&lens.source), |a| title(library, &a));
        let rule = Run::ours(fidelity(lens), Role::Text);
        vec![rule, Run::new(source, Role::Dim)]
    };
    line("Rule and source", compared, |l| l.fidelity, cell)
}

/// On how many services they differ.
fn differ_words(things: &Things, found: &LensDiff<'_>, day: Option<Day>) -> SafeText {
    let all = count(found.judged, &things.one, &things.many);
    let when = when(day);
    match found.differ() {
        0 => safe!("They agree on all {all}{when}."),
        n => safe!("They disagree on {n} of {all}{when}."),
    }
}

/// The services on which lenses differ, grouped by who says what.
fn differences(
    sides: &mut SideBySide,
    library: &Library,
    judging: &[&Lens],
    found: &LensDiff<'_>,
    day: Option<Day>,
) {
    sides.divider();
    sides.paragraph(&[Run::new(
        differ_words(&library.pack().subject.things, found, day),
        Role::Title,
    )]);
    for group in &found.groups {
        sides.lines.blank();
        sides.paragraph(&group_head(library, judging, group));
        for split in &group.splits {
            let address = Address::new(Kind::Services, &split.service.id);
            let name = Run::new(split.service.name.clone(), Role::Link);
            let name = sides.lines.link(name, address.clone());
            let rows = split_rows(name, &deciding(split), sides.room(), sides.second());
            sides.stop(rows, address);
        }
    }
    sides.lines.blank();
}

fn group_head(library: &Library, judging: &[&Lens], group: &SplitGroup<'_>) -> Vec<Run> {
    let mut runs = vec![Run::new(safe!("{}  ", group.splits.len()), Role::Strong)];
    for (n, (lens, verdict)) in judging.iter().zip(&group.verdicts).enumerate() {
        let comma = if n == 0 { "" } else { ", " };
        let said = safe!("{comma}{} by ", verdict.words(&lens.subject).title);
        runs.push(Run::new(said, Role::Heading));
        runs.push(Run::new(lens.short_name(), hue(library.pack(), &lens.id)));
    }
    runs
}

fn deciding(split: &LensSplit<'_>) -> String {
    let criteria = &split.service.facts.subject.criteria;
    let facts = split.deciding.iter().map(|c| criteria.title(*c));
    SafeText::join(&Vec::from_iter(facts), ", ").to_string()
}

/// A service and the facts that decide, in a column of their own where there is room.
fn split_rows(name: Run, deciding: &str, room: usize, second: Option<usize>) -> Vec<Row> {
    let facts = Run::new(deciding, Role::Dim);
    let column = second.filter(|c| *c >= NAME).unwrap_or(NAME);
    if room < column + FACTS {
        return wrap(&[name, Run::ours("  ", Role::Text), facts], room, 0, 2);
    }
    let mut rows = wrap(&[name], room, 0, 2);
    let fits = rows.len() == 1 && rows.iter().all(|r| r.width() + 2 <= column);
    for (i, words) in wrap(&[facts], room - column, 0, 0).into_iter().enumerate() {
        let name = rows.pop_if(|_| i == 0 && fits);
        let mut row = name.unwrap_or_default();
        row.pad_to(column);
        row.runs.extend(words.runs);
        rows.push(row);
    }
    rows
}

/// What a score makes of another lens's verdicts.
fn score_table(
    sides: &mut SideBySide,
    library: &Library,
    (rule, score): (&Lens, &Lens),
    day: Option<Day>,
) {
    let (of, by) = (score.short_name(), rule.short_name());
    let heading = safe!("What {of} scores by each verdict of {by}");
    let mut rows = wrap(&[Run::new(heading, Role::Heading)], sides.room(), 0, 0);
    for (verdict, scores) in scored(library.services(), rule, score, day) {
        let words = safe!(
            "{}: {:.1} to {:.1} of 10, half of them {:.1} or more ({})",
            verdict.words(&rule.subject).title,
            scores.lowest,
            scores.highest,
            scores.median,
            count(
                scores.count,
                &rule.subject.things.one,
                &rule.subject.things.many
            )
        );
        rows.extend(wrap(&[Run::new(words, Role::Text)], sides.room(), 0, 2));
    }
    sides.stop(rows, None);
    sides.lines.blank();
}

/// The same as a text to copy: the lenses, and every service on which they differ with what decides.
pub fn citation(library: &Library, compared: &[&Lens], day: Option<Day>) -> Citation {
    let judging: Vec<&Lens> = compared.iter().copied().filter(|l| !l.is_score()).collect();
    let line = |l: &&Lens| format!("{}: {}", l.name, l.question);
    let mut lines: Vec<String> = compared.iter().map(line).collect();
    if judging.len() > 1 {
        let found = across(library.services(), &judging, day);
        let things = &library.pack().subject.things;
        let all = count(found.judged, &things.one, &things.many);
        let differ = found.differ();
        lines.push(format!("They disagree on {differ} of {all}{}:", when(day)));
        lines.extend(found.groups.iter().map(|g| group_line(&judging, g)));
    }
    let addresses = compared.iter().map(|l| format!("lenses/{}", l.id));
    lines.push(signature(addresses));
    Citation {
        text: SafeText::from(lines.join("\n")),
        what: SafeText::ours("where the lenses disagree"),
        sources: compared
            .iter()
            .filter_map(|l| openable(library, &Source::Reference(l.source.clone())))
            .collect(),
    }
}

fn group_line(judging: &[&Lens], group: &SplitGroup<'_>) -> String {
    let both = judging.iter().zip(&group.verdicts);
    let said: Vec<String> = both
        .map(|(lens, verdict)| {
            let verdict = &verdict.words(&lens.subject).title;
            format!("{verdict} by {}", lens.short_name())
        })
        .collect();
    let split = |s: &LensSplit<'_>| format!("{} ({})", s.service.name, deciding(s));
    let all: Vec<String> = group.splits.iter().map(split).collect();
    format!("- {}: {}", said.join(", "), all.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deciding_facts_get_a_column_where_there_is_room() {
        let check = |room, second, expected: &[&str]| {
            let name = Run::ours("Acme Functions", Role::Link);
            let rows = split_rows(name, "scales to zero, pay per use", room, second);
            let found: Vec<String> = rows
                .iter()
                .map(|r| r.text().trim_end().to_owned())
                .collect();
            assert_eq!(found, expected);
        };
        check(63, None, &["Acme Functions  scales to zero, pay per use"]);
        check(
            40,
            None,
            &["Acme Functions  scales to zero, pay per", "  use"],
        );
        let columns = format!("{:<40}{}", "Acme Functions", "scales to zero, pay per");
        check(64, None, &[&columns, &format!("{:<40}use", "")]);
        let second = format!("{:<50}{}", "Acme Functions", "scales to zero, pay per use");
        check(90, Some(50), &[&second]);
    }
}
