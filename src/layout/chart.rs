//! A chart of amounts over a number that may be zero, drawn in cells: braille dots, or the lines' letters in ASCII.
//! Never wider or higher than asked, at any size; empty where there is no room for a picture that could be
//! read; zero has a lane of its own on the left, and on a logarithmic scale a row of its own at the bottom; lines are told
//! apart by the letters that they carry, not by color alone; where one is on the axis a thin line leads through them.

use std::ops::Range;

use crate::layout::ascii::to_ascii;
use crate::layout::plot::{LinePen, Plot, SHOWN};
use crate::layout::row::{Role, Row, Run};
use crate::pack::Currency;
use crate::text::{SafeText, measure};

/// Cells of an amount at the left, the tick included.
const LABEL: usize = 7;
/// Cells of the lane of zero, the gap behind it included.
const LANE: usize = 4;
/// Cells of the names at the right.
const MARGIN: usize = 24;
/// Narrowest chart that has names at the right.
const NAMED: usize = 66;
/// From this width on the names have more room, and from this one on all the room they want.
const ROOMY: usize = 100;
const WIDE: usize = 150;
/// Narrowest picture proper, in cells.
const NARROWEST: usize = 12;
/// Narrowest picture whose lines carry a letter along their way, in cells.
const LETTERED: usize = 30;
/// Lowest chart, in rows.
const LOWEST: usize = 5;
/// Rows below the picture: the axis and its words.
const BELOW: usize = 2;
/// Lowest power of ten on a logarithmic scale: a cent.
const CENT: f64 = -2.0;

#[derive(Clone, Debug, Default)]
pub struct ChartLine {
    pub letter: char,
    pub name: SafeText,
    pub role: Role,
    /// The amount at zero; `None` where there is none.
    pub idle: Option<f64>,
    /// Amounts at equal distances behind zero.
    pub amounts: Vec<Option<f64>>,
}

/// A point with a name.
#[derive(Clone, Debug, Default)]
pub struct ChartMark {
    /// Where it stands behind zero, from 0 to 1.
    pub share: f64,
    pub amount: f64,
    pub words: SafeText,
}

#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// The lines; the first lies on top.
    pub lines: Vec<ChartLine>,
    /// Points with names, numbered from 1.
    pub marks: Vec<ChartMark>,
    /// Where the axis has ticks, from 0 to 1, with their words.
    pub ticks: Vec<(f64, SafeText)>,
    /// Where one is on the axis: on zero when `None`.
    pub here: Option<f64>,
    /// The same in words, told under the axis; empty where it is not told.
    pub here_words: SafeText,
    pub axis: SafeText,
    /// What the amounts are in.
    pub currency: Currency,
    /// Amounts in powers of ten, zero in a row of its own.
    pub log: bool,
    /// Only ASCII.
    pub ascii: bool,
}

/// How many cells the picture proper has at a width.
fn plot_width(width: usize) -> usize {
    width.saturating_sub(LABEL + LANE + margin(width))
}

fn margin(width: usize) -> usize {
    match width {
        0..NAMED => 0,
        NAMED..ROOMY => MARGIN,
        ROOMY..WIDE => MARGIN + 10,
        WIDE.. => MARGIN + 40,
    }
}

/// Where on the axis a cell of a chart stands, from 0 to 1; `None` left of it, in the lane of zero.
pub fn share_at(cell: usize, width: usize) -> Option<f64> {
    let columns = plot_width(width);
    let at = cell.checked_sub(LABEL + LANE)?;
    Some(at.min(columns.saturating_sub(1)) as f64 / columns.saturating_sub(1).max(1) as f64)
}

/// How many amounts a line needs at a width: two a cell.
pub fn points(width: usize) -> usize {
    2 * plot_width(width)
}

/// Draws a chart; no rows where there is no room.
pub fn draw(chart: &Chart, width: usize, height: usize) -> Vec<Row> {
    let columns = plot_width(width);
    if columns < NARROWEST || height < LOWEST || chart.lines.is_empty() {
        return Vec::new();
    }
    let scale = ChartScale::of(chart, height - BELOW);
    let mut plot = Plot::new(columns, scale.rows);
    for line in chart.lines.iter().rev() {
        let pen = LinePen {
            letter: line.letter,
            role: line.role,
            ascii: chart.ascii,
        };
        let amounts = line.amounts.iter().map(|a| a.filter(|v| v.is_finite()));
        plot.line(pen, amounts.map(|amount| amount.map(|v| scale.dot(v))));
    }
    carry_letters(&mut plot, chart, &scale, columns);
    let mut taken = Vec::new();
    for (n, mark) in chart.marks.iter().enumerate() {
        // A tenth point has no digit of one cell.
        let digit = char::from_digit(n as u32 + 1, 10).unwrap_or('*');
        let mut at = (scale.row(mark.amount), column(mark.share, columns));
        // None hides another, nor leaves its row.
        let mut beside = (at.1..columns).chain((0..at.1).rev());
        at.1 = beside
            .find(|cell| !taken.contains(&(at.0, *cell)))
            .unwrap_or(at.1);
        taken.push(at);
        plot.letter(at.0, at.1, digit, Role::Strong);
    }
    let names = names(chart, &scale, margin(width));
    let mut rows: Vec<Row> = (0..scale.rows)
        .map(|y| picture_row(chart, &plot, &scale, y, names.get(y)))
        .collect();
    rows.push(axis(chart, columns));
    rows.push(words(chart, columns, margin(width)));
    for row in &mut rows {
        row.cut(width);
        for run in row.runs.iter_mut().filter(|_| chart.ascii) {
            run.text = to_ascii(&run.text);
        }
    }
    rows
}

/// Puts the letter of each line on it, each at another place and all of them where one is on the axis, with a thin line
/// from top to bottom there.
fn carry_letters(plot: &mut Plot, chart: &Chart, scale: &ChartScale, columns: usize) {
    let here = chart.here.map(|share| column(share, columns));
    let lines = chart.lines.len();
    for (n, line) in chart.lines.iter().enumerate().rev() {
        // Again and again: without color the letters are all that tells lines apart.
        let times = if lines > 1 { columns / LETTERED } else { 0 };
        let own = (0..times).map(|k| (k * lines + n + 1) * columns / (times * lines + 1));
        for at in own.chain(here) {
            let amount = line.amounts.get(2 * at).copied().flatten();
            if let Some(amount) = amount.filter(|v| v.is_finite()) {
                plot.letter(scale.row(amount), at, line.letter, line.role);
            }
        }
    }
    here.into_iter().for_each(|at| plot.guide(at));
}

/// A picture of nothing but lines, two amounts a cell, from zero to the largest amount; `here` is marked on each of them.
/// Each row comes with the amount it stands for, where it is the highest or the lowest.
pub fn strip(
    lines: &[ChartLine],
    (columns, height): (usize, usize),
    here: usize,
    currency: &Currency,
    ascii: bool,
) -> Vec<(Option<SafeText>, Vec<Run>)> {
    if columns == 0 || height == 0 {
        return Vec::new();
    }
    let amounts = lines.iter().flat_map(|l| l.amounts.iter().flatten());
    let top = amounts
        .copied()
        .filter(|v| v.is_finite())
        .fold(0.01, f64::max);
    let last = 4 * height - 1;
    let dot = |v: f64| last - ((v / top).clamp(0.0, 1.0) * last as f64).round() as usize;
    let mut plot = Plot::new(columns, height);
    for line in lines.iter().rev() {
        let pen = LinePen {
            letter: line.letter,
            role: line.role,
            ascii,
        };
        let amounts = line.amounts.iter().map(|a| a.filter(|v| v.is_finite()));
        plot.line(pen, amounts.map(|amount| amount.map(dot)));
    }
    for line in lines {
        if let Some(Some(amount)) = line.amounts.get(2 * here) {
            plot.letter(dot(*amount) / 4, here, line.letter, line.role);
        }
    }
    let sign = currency.narrow_sign();
    let label = |y: usize| match y {
        0 if top < 1000.0 => Some(crate::safe!("{sign}{top:.2}")),
        0 => Some(money(&sign, top)),
        y if y + 1 == height => Some(money(&sign, 0.0)),
        _ => None,
    };
    (0..height).map(|y| (label(y), plot.runs(y))).collect()
}

/// The column of a share.
fn column(share: f64, columns: usize) -> usize {
    (share.clamp(0.0, 1.0) * columns.saturating_sub(1) as f64).round() as usize
}

/// From amounts to dots, four a row, from the top.
struct ChartScale {
    log: bool,
    rows: usize,
    /// The largest amount, or its power of ten.
    top: f64,
}

impl ChartScale {
    fn of(chart: &Chart, rows: usize) -> Self {
        let lines = chart.lines.iter();
        let all = lines.flat_map(|l| l.amounts.iter().chain([&l.idle]).flatten());
        let most = all.copied().filter(|v| v.is_finite()).fold(0.0, f64::max);
        let top = if chart.log {
            libm::log10(most.max(1.0)).ceil()
        } else {
            round_up(most)
        };
        // Every power of ten is as high as any other: so many rows, or so many of them in one row.
        let powers = (top - CENT) as usize;
        let lines = rows.saturating_sub(1).max(1);
        let (rows, top) = match lines.checked_div(powers) {
            _ if !chart.log => (rows, top),
            Some(each) if each > 0 => (each * powers + 1, top),
            _ => {
                let each = powers.div_ceil(lines);
                let lines = powers.div_ceil(each);
                (lines + 1, CENT + (each * lines) as f64)
            }
        };
        Self {
            log: chart.log,
            rows,
            top,
        }
    }

    fn dot(&self, amount: f64) -> usize {
        let last = 4 * self.rows - 1;
        if !self.log {
            return last - ((amount / self.top).clamp(0.0, 1.0) * last as f64).round() as usize;
        }
        if amount <= 0.0 {
            return last - 1;
        }
        let last = 4 * (self.rows - 1) - 1;
        let share = (libm::log10(amount) - CENT) / (self.top - CENT);
        let dots = (4 * (self.rows - 1)) as f64;
        // A power of ten is on its line, whatever its logarithm comes to.
        ((1.0 - share.clamp(0.0, 1.0)) * dots + 1e-9)
            .floor()
            .min(last as f64) as usize
    }

    fn row(&self, amount: f64) -> usize {
        self.dot(amount) / 4
    }

    /// The words at the left of a row, where it has some.
    fn label(&self, y: usize, currency: &Currency) -> Option<SafeText> {
        let sign = currency.narrow_sign();
        let money = |amount| money(&sign, amount);
        if !self.log {
            let shown = [self.top, self.top / 2.0, 0.0];
            return shown.into_iter().find(|v| self.row(*v) == y).map(money);
        }
        if y + 1 == self.rows {
            return Some(money(0.0));
        }
        // Of the powers that fall into one row the highest is named; the lowest has no row of its own above that of zero.
        let powers = (self.top - CENT) as usize;
        let each = powers.div_ceil(self.rows.saturating_sub(1).max(1)).max(1);
        let shown = (0..powers as i32).step_by(each);
        let mut amounts = shown.map(|n| libm::pow(10.0, self.top - f64::from(n)));
        amounts.find(|v| self.row(*v) == y).map(money)
    }
}

/// The next number of few digits: what is drawn takes most of the height.
fn round_up(most: f64) -> f64 {
    let power = libm::pow(10.0, libm::log10(most.max(0.01)).floor());
    let steps = [1.0, 1.2, 1.6, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0];
    let mut steps = steps.into_iter().map(|d| d * power);
    steps.find(|v| *v >= most * 0.999_999).unwrap_or(most)
}

/// An amount in at most five cells; the sign has one at most.
fn money(sign: &str, amount: f64) -> SafeText {
    let units = [(1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")];
    let unit = units.into_iter().find(|(least, _)| amount >= *least);
    let (unit, word) = unit.unwrap_or((1.0, ""));
    let scaled = amount / unit;
    if scaled == 0.0 {
        return crate::safe!("{sign}0");
    }
    match scaled {
        s if s >= 100.0 || (s - s.round()).abs() < 1e-9 => crate::safe!("{sign}{s:.0}{word}"),
        s if s >= 1.0 => crate::safe!("{sign}{s:.1}{word}"),
        s => crate::safe!("{sign}{s:.2}"),
    }
}

fn picture_row(
    chart: &Chart,
    plot: &Plot,
    scale: &ChartScale,
    y: usize,
    name: Option<&Run>,
) -> Row {
    let label = scale.label(y, &chart.currency);
    let tick = if label.is_some() { " ┤" } else { " │" };
    let words = crate::safe!("{:>1$}", label.unwrap_or_default(), LABEL - 2);
    let mut row = Row::of(words, Role::Dim);
    row.add(tick, Role::Rule);
    row.runs.extend(lane(chart, scale, y));
    row.pad_to(LABEL + LANE);
    row.runs.extend(plot.runs(y));
    if let Some(name) = name.filter(|n| !n.text.is_empty()) {
        row.add("  ", Role::Text);
        row.push(name.clone());
    }
    row
}

/// The letters of the lines whose amount at zero stands in a row.
fn lane(chart: &Chart, scale: &ChartScale, y: usize) -> Vec<Run> {
    let stands = |l: &&ChartLine| l.idle.is_some_and(|v| scale.row(v) == y);
    let here: Vec<&ChartLine> = chart.lines.iter().filter(stands).collect();
    let fits = if here.len() > SHOWN { SHOWN - 1 } else { SHOWN };
    let letter = |l: &&ChartLine| Run::new(l.letter.to_string(), l.role);
    let mut runs: Vec<Run> = here.iter().take(fits).map(letter).collect();
    if here.len() > fits {
        runs.push(Run::ours("+", Role::Strong));
    }
    runs
}

/// What stands at the right of each row: the points with names, and what the lines are called, near where they end.
fn names(chart: &Chart, scale: &ChartScale, margin: usize) -> Vec<Run> {
    let room = margin.saturating_sub(3);
    // Points stand where they are, but by their numbers: that is how they are read.
    let marks = chart.marks.iter();
    let mut all: Vec<(usize, Option<Run>)> = marks.map(|m| (scale.dot(m.amount), None)).collect();
    let mut numbered = (1..).zip(&chart.marks);
    let mut point = || {
        let (n, mark) = numbered.next()?;
        Some(Run::new(crate::safe!("{n} {}", mark.words), Role::Strong))
    };
    for line in &chart.lines {
        let last = line.amounts.iter().flatten().next_back();
        if let Some(amount) = last.or(line.idle.as_ref()) {
            let words = crate::safe!("{} {}", line.letter, short_name(&line.name, room));
            all.push((scale.dot(*amount), Some(Run::new(words, line.role))));
        }
    }
    // Points come first where there is not room for all: the lines have their letters.
    all.truncate(if room == 0 { 0 } else { scale.rows });
    all.sort_by_key(|(dot, _)| *dot);
    let (mut placed, total) = (vec![Run::default(); scale.rows], all.len());
    let mut next = 0;
    for (n, (dot, line)) in all.into_iter().enumerate() {
        let mut run = line.or_else(&mut point).unwrap_or_default();
        let at = (dot / 4).max(next).min(scale.rows - (total - n));
        run.text = measure::cut(&run.text, room);
        if let Some(slot) = placed.get_mut(at) {
            *slot = run;
        }
        next = at + 1;
    }
    placed
}

/// A name without what stands behind it in brackets, where the whole has no room behind its letter.
fn short_name(name: &SafeText, room: usize) -> SafeText {
    let fits = measure::width(name) + 2 <= room;
    match name.split_once(" (").filter(|_| !fits) {
        Some((short, _)) => SafeText::line(short),
        None => name.clone(),
    }
}

/// The axis with its ticks, and where one is on it: in ASCII too that must not look like a tick.
fn axis(chart: &Chart, columns: usize) -> Row {
    let here = if chart.ascii { "^" } else { "┿" };
    let at = chart.here.map(|share| column(share, columns));
    let shares = chart.ticks.iter().map(|(share, _)| *share);
    let ticks: Vec<usize> = shares.map(|share| column(share, columns)).collect();
    let sign = |cell| if ticks.contains(&cell) { '┴' } else { '─' };
    let line = |cells: Range<usize>| cells.map(sign).collect::<String>();
    let mut row = Row::of(crate::safe!("{}└", " ".repeat(LABEL - 1)), Role::Rule);
    match at {
        Some(_) => row.add("┴", Role::Rule),
        None => row.add(here, Role::Strong),
    }
    row.add("── ", Role::Rule);
    row.add(line(0..at.unwrap_or(columns)), Role::Rule);
    if let Some(at) = at {
        row.add(here, Role::Strong);
        row.add(line(at + 1..columns), Role::Rule);
    }
    row
}

/// The numbers under the axis, each under its tick, as many as have room.
fn words(chart: &Chart, columns: usize, margin: usize) -> Row {
    let start = |share: f64, words: &SafeText| {
        let wide = measure::width(words);
        let wanted = (LABEL + LANE + column(share, columns) + 1).saturating_sub(wide.div_ceil(2));
        wanted.min((LABEL + LANE + columns).saturating_sub(wide))
    };
    // Where one is comes first: a number of the axis that would touch it gives way.
    let told = chart.here.filter(|_| !chart.here_words.is_empty());
    let told = told.map(|share| (start(share, &chart.here_words), &chart.here_words));
    let is_free = |at: usize, words: &SafeText| {
        let end = at + measure::width(words);
        told.is_none_or(|(from, here)| end < from || at > from + measure::width(here))
    };
    let ticks = chart.ticks.iter();
    let placed = ticks.map(|(share, words)| (start(*share, words), words, Role::Dim));
    let mut placed: Vec<_> = placed
        .filter(|(at, words, _)| is_free(*at, words))
        .collect();
    placed.extend(told.map(|(at, words)| (at, words, Role::Strong)));
    placed.sort_by_key(|(at, ..)| *at);
    let on_zero = chart.here.is_none() && !chart.here_words.is_empty();
    let zero = if on_zero { Role::Strong } else { Role::Dim };
    let mut row = Row::of(crate::safe!("{}0", " ".repeat(LABEL)), zero);
    for (at, words, role) in placed {
        if at > row.width() {
            row.pad_to(at);
            row.add(words.clone(), role);
        }
    }
    if margin > 0 {
        row.pad_to(LABEL + LANE + columns + 2);
        row.add(measure::cut(&chart.axis, margin - 2), Role::Dim);
    }
    row
}

#[cfg(test)]
mod tests;
