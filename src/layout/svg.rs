//! A chart as an SVG image: solid lines told apart by color, by dashes and by the names at their ends; zero has a place of
//! its own at the left. It needs nothing from elsewhere and takes the ink of the page around it.

use std::fmt::Write as _;

use crate::layout::chart::{Chart, ChartLine};
use crate::layout::html::escaped;
use crate::safe;
use crate::text::SafeText;
use crate::text::measure::{self, capitalized};

/// The image and the plot in it, in pixels; it is as wide as its names need.
const HEIGHT: f64 = 400.0;
const LEFT: f64 = 96.0;
const RIGHT: f64 = 640.0;
const TOP: f64 = 16.0;
const BOTTOM: f64 = 340.0;
/// Where bills of nothing stand.
const ZERO: f64 = 70.0;
/// A letter of a name, at most.
const LETTER: f64 = 7.5;
/// Least distance of two names.
const NAME: f64 = 17.0;
/// Lowest amount on a logarithmic scale.
const CENT: f64 = 0.01;

/// Colors that hold on white and on black, after Okabe and Ito, with dashes for those who see none.
const PENS: [(&str, &str); 8] = [
    ("#0072b2", ""),
    ("#d55e00", "8 4"),
    ("#009e73", "2 4"),
    ("#cc79a7", "12 4 2 4"),
    ("#8c6d00", "4 4"),
    ("#56b4e9", "1 6"),
    ("#a65628", "14 6"),
    ("#7f7f7f", "6 2 2 2 2 2"),
];

/// The image of a chart.
pub fn draw(chart: &Chart) -> String {
    let scale = Scale::of(chart);
    let names = chart.lines.iter().map(|line| measure::width(&line.name));
    let width = RIGHT + 40.0 + LETTER * names.max().unwrap_or(0) as f64;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {HEIGHT}\" role=\"img\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"currentColor\">\n<title>{}</title>\n",
        escaped(&spoken(chart))
    );
    grid(&mut out, chart, &scale);
    let mut names: Vec<(f64, usize)> = Vec::new();
    for (n, line) in chart.lines.iter().enumerate().rev() {
        if let Some(end) = curve(&mut out, line, n, &scale) {
            names.push((end, n));
        }
    }
    for (n, mark) in chart.marks.iter().enumerate() {
        let (x, y) = (across(mark.share), scale.y(mark.amount));
        let words = escaped(&mark.words);
        let number = n + 1;
        let _ = writeln!(
            out,
            "<g><title>{words}</title><circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"8\" fill=\"none\" stroke=\"currentColor\"/>\
             <text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"11\">{number}</text></g>",
            y + 4.0
        );
    }
    names.retain(|(_, n)| {
        chart
            .lines
            .get(*n)
            .is_some_and(|line| !line.name.is_empty())
    });
    named(&mut out, chart, names);
    out.push_str("</svg>");
    out
}

/// What a screen reader says of it.
fn spoken(chart: &Chart) -> String {
    let names = chart.lines.iter().map(|line| line.name.to_string());
    let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
    let currency = capitalized(&chart.currency.many);
    format!("{currency} over {}: {}", chart.axis, names.join(", "))
}

fn across(share: f64) -> f64 {
    LEFT + share.clamp(0.0, 1.0) * (RIGHT - LEFT)
}

fn grid(out: &mut String, chart: &Chart, scale: &Scale) {
    let _ = writeln!(
        out,
        "<path d=\"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}\" fill=\"none\" stroke=\"currentColor\"/>"
    );
    for amount in scale.ticks() {
        let y = scale.y(amount);
        let _ = writeln!(
            out,
            "<path d=\"M{LEFT} {y:.1}H{RIGHT}\" stroke=\"currentColor\" stroke-opacity=\".15\"/>\
             <text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\">{}</text>",
            ZERO - 12.0,
            y + 4.0,
            escaped(&in_short(&chart.currency.sign, amount))
        );
    }
    let below = BOTTOM + 20.0;
    let _ = writeln!(
        out,
        "<text x=\"{ZERO}\" y=\"{below}\" text-anchor=\"middle\">0</text>"
    );
    for (share, words) in &chart.ticks {
        let (x, words) = (across(*share), escaped(words));
        let _ = writeln!(
            out,
            "<path d=\"M{x:.1} {BOTTOM}v5\" stroke=\"currentColor\"/>\
             <text x=\"{x:.1}\" y=\"{below}\" text-anchor=\"middle\">{words}</text>"
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{}</text>",
        f64::midpoint(LEFT, RIGHT),
        BOTTOM + 46.0,
        escaped(&chart.axis)
    );
}

/// A line and its point at zero; where it ends.
fn curve(out: &mut String, line: &ChartLine, n: usize, scale: &Scale) -> Option<f64> {
    let (color, dashes) = pen(n);
    let last = line.amounts.len().saturating_sub(1).max(1) as f64;
    let (mut path, mut is_open, mut end) = (String::new(), false, None);
    for (at, amount) in line.amounts.iter().enumerate() {
        let Some(amount) = amount.filter(|amount| amount.is_finite()) else {
            is_open = false;
            continue;
        };
        let (x, y) = (across(at as f64 / last), scale.y(amount));
        let command = if is_open { 'L' } else { 'M' };
        let _ = write!(path, "{command}{x:.1} {y:.1}");
        (is_open, end) = (true, Some(y));
    }
    let _ = writeln!(
        out,
        "<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" stroke-dasharray=\"{dashes}\"/>"
    );
    if let Some(idle) = line.idle.filter(|idle| idle.is_finite()) {
        let y = scale.y(idle);
        let _ = writeln!(
            out,
            "<circle cx=\"{ZERO}\" cy=\"{y:.1}\" r=\"4\" fill=\"{color}\"/>"
        );
    }
    end
}

/// Names at the ends of their lines, moved apart where they would touch.
fn named(out: &mut String, chart: &Chart, mut names: Vec<(f64, usize)>) {
    names.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = TOP;
    for (end, n) in names {
        let y = end.max(free);
        free = y + NAME;
        let (color, _) = pen(n);
        let Some(line) = chart.lines.get(n) else {
            continue;
        };
        let _ = writeln!(
            out,
            "<path d=\"M{RIGHT} {end:.1}L{:.0} {y:.1}\" stroke=\"{color}\" fill=\"none\"/>\
             <text x=\"{:.0}\" y=\"{:.1}\"><tspan fill=\"{color}\">{}</tspan> {}</text>",
            RIGHT + 10.0,
            RIGHT + 14.0,
            y + 4.0,
            line.letter,
            escaped(&line.name)
        );
    }
}

fn pen(n: usize) -> (&'static str, &'static str) {
    PENS.get(n % PENS.len())
        .copied()
        .unwrap_or(("currentColor", ""))
}

/// Amounts on the axis that rises: in equal steps, or in powers of ten with zero below a cent.
struct Scale {
    log: bool,
    most: f64,
}

impl Scale {
    fn of(chart: &Chart) -> Self {
        let amounts = chart
            .lines
            .iter()
            .flat_map(|line| line.amounts.iter().chain([&line.idle]));
        let most = amounts
            .flatten()
            .copied()
            .filter(|a| a.is_finite())
            .fold(1.0, f64::max);
        Self {
            log: chart.log,
            most,
        }
    }

    fn y(&self, amount: f64) -> f64 {
        let share = match self.log {
            false => amount / self.most,
            // Zero has the lowest step to itself.
            true if amount < CENT => 0.0,
            true => (1.0 + libm::log10(amount / CENT)) / (1.0 + libm::log10(self.most / CENT)),
        };
        BOTTOM - share.clamp(0.0, 1.0) * (BOTTOM - TOP)
    }

    fn ticks(&self) -> Vec<f64> {
        if !self.log {
            let step = libm::pow(10.0, libm::floor(libm::log10(self.most)));
            let step = if self.most / step < 3.0 {
                step / 2.0
            } else {
                step
            };
            return (0..=(self.most / step) as u32)
                .map(|n| f64::from(n) * step)
                .collect();
        }
        let decades = (0..12).map(|n| CENT * libm::pow(10.0, f64::from(n)));
        let shown = decades.take_while(|amount| *amount <= self.most * 1.001);
        std::iter::once(0.0).chain(shown).collect()
    }
}

/// An amount in short: $0.01, $10, $1k, $2.5M.
fn in_short(sign: &str, amount: f64) -> SafeText {
    let (amount, unit) = match amount {
        _ if amount >= 999_999.5 => (amount / 1e6, "M"),
        _ if amount >= 999.5 => (amount / 1e3, "k"),
        _ => (amount, ""),
    };
    if amount > 0.0 && amount < 1.0 {
        return safe!("{sign}{amount:.2}");
    }
    let rounded = (amount * 100.0).round() / 100.0;
    safe!("{sign}{rounded}{unit}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_a_whole_image_and_its_names_are_escaped() {
        let line = |name: &'static str, amounts: &[f64]| ChartLine {
            letter: 'a',
            name: SafeText::ours(name),
            idle: Some(0.0),
            amounts: amounts.iter().map(|a| Some(*a)).collect(),
            ..ChartLine::default()
        };
        let chart = Chart {
            lines: vec![line("<b>&", &[0.1, 10.0]), line("two", &[5.0, 5.0])],
            ticks: vec![(0.5, SafeText::ours("1k"))],
            axis: SafeText::ours("requests a month"),
            log: true,
            ..Chart::default()
        };
        let svg = draw(&chart);
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
        assert!(
            svg.contains("&lt;b&gt;&amp;") && !svg.contains("<b>"),
            "{svg}"
        );
        assert_eq!(svg.matches("<circle").count(), 2, "a point at zero each");
        assert_eq!(svg.matches("stroke-width=\"2\"").count(), 2, "a line each");
    }

    #[test]
    fn amounts_stand_where_the_scale_says() {
        let check = |log, amount, share: f64| {
            let y = Scale { log, most: 100.0 }.y(amount);
            let expected = BOTTOM - share * (BOTTOM - TOP);
            assert!((y - expected).abs() < 0.01, "{amount}: {y}, not {expected}");
        };
        check(false, 0.0, 0.0);
        check(false, 50.0, 0.5);
        check(true, 0.0, 0.0);
        check(true, 0.01, 0.2);
        check(true, 100.0, 1.0);
        let words = [0.0, 0.01, 0.5, 1.0, 250.0, 1000.0, 2_500_000.0];
        let words = words.map(|amount| in_short("$", amount).to_string());
        assert_eq!(
            words,
            ["$0", "$0.01", "$0.50", "$1", "$250", "$1k", "$2.5M"]
        );
    }
}
