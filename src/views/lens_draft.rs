//! A lens in the making as rows: what it asks of each criterion, and how many things each verdict then has, with those
//! that are judged otherwise than before.

use crate::core::judge::lens_draft::{LensDraft, LensPreview};
use crate::core::judge::{ServiceTable, Verdict};
use crate::layout::{Role, Row, Run};
use crate::pack::{CriterionId, Lens};
use crate::safe;
use crate::text::measure::{self, count};
use crate::text::{SafeText, measure::cut};
use crate::views::verdict::{role, said};

/// Longest bar of a count, in cells.
const BAR: usize = 30;
/// Cells of the title of a criterion.
const TITLE: usize = 21;
/// Fewest cells of a title that tell criteria apart.
const LEAST_TITLE: usize = 12;
/// Fewest rows in which counts stand one below the other.
const STACKED: usize = 8;

/// What can be asked of a criterion, the chosen one in brackets.
pub fn choice_row(draft: &LensDraft, criterion: CriterionId, width: usize) -> Row {
    let criteria = &draft.lens().subject.criteria;
    let least = draft.least(criterion);
    let choices = draft.choices(criterion).into_iter().map(|choice| {
        let word = choice.map_or(SafeText::ours("any"), |level| criteria.cell(level));
        match choice == least {
            true if choice.is_none() => Run::new(safe!("[{word}]"), Role::Text),
            true => Run::new(safe!("[{word}]"), Role::Strong),
            false => Run::new(safe!(" {word} "), Role::Dim),
        }
    });
    let mut choices = Row::from_runs(choices.collect());
    let room = width.saturating_sub(choices.width() + 1);
    let column = match room < LEAST_TITLE {
        // Only the chosen one has room beside the title.
        true => {
            choices.runs.retain(|run| run.text.starts_with('['));
            width.saturating_sub(choices.width() + 1)
        }
        false => room,
    };
    let column = column.min(TITLE);
    let (title, short) = (criteria.title(criterion), criteria.short(criterion));
    let fits = |words: &SafeText| measure::width(words) <= column;
    let title = if fits(&title) || !fits(&short) {
        title
    } else {
        short
    };
    let mut row = Row::of(cut(&title, column), Role::Text);
    row.pad_to(column + 1);
    row.runs.extend(choices.runs);
    row
}

/// How many each verdict has, as bars where there is room, and what moved.
pub fn preview_rows(
    draft: &LensDraft,
    table: &ServiceTable,
    preview: &LensPreview,
    (width, height): (usize, usize),
) -> Vec<Row> {
    let mut rows = match height < STACKED {
        true => vec![counts(draft.lens(), preview, width)],
        false => bars(draft.lens(), preview, width),
    };
    let from = &draft.from.name;
    let moved = preview.moved.len();
    let words = match moved {
        _ if draft.from.is_score() => safe!("“{from}” gives scores; nothing to set them against."),
        0 => safe!("No verdict differs from “{from}”."),
        n => safe!(
            "{} from “{from}”:",
            count(n, "verdict differs", "verdicts differ")
        ),
    };
    if height >= STACKED {
        rows.push(Row::default());
    }
    rows.push(Row::of(cut(&words, width), Role::Dim));
    let room = height.saturating_sub(rows.len());
    let shown = if moved > room {
        room.saturating_sub(1)
    } else {
        moved
    };
    let subject = &draft.lens().subject;
    let name = (width * 2 / 5).clamp(10, 40);
    for (line, before, now) in preview.moved.iter().take(shown) {
        let Some(line) = table.lines.get(*line) else {
            continue;
        };
        let (before, was) = said(subject, before);
        let (now, is) = said(subject, now);
        let mut row = Row::of(line.named(name), Role::Text);
        row.pad_to(name + 2);
        row.add(before, was);
        row.add(" to ", Role::Dim);
        row.add(now, is);
        row.cut(width);
        rows.push(row);
    }
    if shown < moved && room > 0 {
        rows.push(Row::of(safe!("and {} more", moved - shown), Role::Dim));
    }
    rows
}

/// All counts in one row; by their signs alone where the words do not fit.
fn counts(lens: &Lens, preview: &LensPreview, width: usize) -> Row {
    let row = |in_words: bool| {
        let mut row = Row::default();
        for (verdict, n) in Verdict::each(&lens.subject, preview.tally.verdicts) {
            let words = verdict.words(&lens.subject);
            row.add(safe!("{}", words.sign), role(verdict));
            match in_words {
                true => row.add(safe!(" {n} {}   ", words.short), Role::Text),
                false => row.add(safe!(" {n}  "), Role::Text),
            }
        }
        row
    };
    let words = row(true);
    match words.width() <= width {
        true => words,
        false => row(false),
    }
}

/// A count a row, with a bar, and how many more or fewer than before.
fn bars(lens: &Lens, preview: &LensPreview, width: usize) -> Vec<Row> {
    let total = preview.tally.total().max(1);
    let label = |v: Verdict| measure::width(&v.words(&lens.subject).title) + 2;
    let labels = Verdict::ALL.into_iter().map(label).max().unwrap_or(0);
    let most = BAR.min(width.saturating_sub(labels + 14));
    let (now, before) = (preview.tally.verdicts, preview.before.verdicts);
    let row = |((verdict, n), (_, before)): ((Verdict, usize), (Verdict, usize))| {
        let words = verdict.words(&lens.subject);
        let mut row = Row::of(safe!("{}", words.sign), role(verdict));
        row.add(safe!(" {}", words.title), Role::Text);
        row.pad_to(labels + 1);
        row.add(safe!("{n:>4}  "), Role::Strong);
        let filled = (n * most).div_ceil(total);
        row.push(Run::new("█".repeat(filled), role(verdict)));
        row.pad_to(labels + 7 + most);
        let change = match n.cmp(&before) {
            std::cmp::Ordering::Equal => SafeText::default(),
            std::cmp::Ordering::Greater => safe!("  +{}", n - before),
            std::cmp::Ordering::Less => safe!("  −{}", before - n),
        };
        if !lens.is_score() && preview.before.scored == 0 {
            row.add(change, Role::Dim);
        }
        row
    };
    let before = Verdict::each(&lens.subject, before);
    let both = Verdict::each(&lens.subject, now).zip(before);
    both.map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::samples::{HIDDEN, ZERO, lens};

    #[test]
    fn what_is_asked_stands_in_brackets() {
        let draft = LensDraft::beginning_from(&lens("--p--"));
        let check = |criterion, width, expected: &str| {
            let row = choice_row(&draft, criterion, width);
            assert_eq!(row.text().as_str(), expected, "{width}");
        };
        check(ZERO, 60, "scales to zero         any [part] yes ");
        check(HIDDEN, 60, "hides infrastructure  [any] part  size  yes ");
        check(HIDDEN, 30, "hides infrastructure  [any]");
        check(ZERO, 30, "zero           any [part] yes ");
        check(ZERO, 14, "zero    [part]");
        check(HIDDEN, 10, "hid… [any]");
    }
}
