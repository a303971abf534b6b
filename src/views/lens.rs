//! A lens in words: what it asks, whose definition it is, and its page. What is our reading of a source is never told as if
//! the source had stated it.

use crate::core::judge::verdict::minimum;
use crate::layout::{PageBuilder, Role, Run};
use crate::pack::{CriterionId, Fidelity, Kind, Lens, LensRule, Library, Pack, Side, Term};
use crate::safe;
use crate::text::SafeText;
use crate::text::words::value_of;
use crate::views::entry_footer::linked;

/// The hue that a lens's side of the dispute has everywhere.
pub fn hue(pack: &Pack, id: &str) -> Role {
    side_role(pack.side_of_lens(id), Role::Heading)
}

/// The hue of a side of the dispute, and that of neither.
pub const fn side_role(side: Side, neither: Role) -> Role {
    match side {
        Side::First => Role::First,
        Side::Second => Role::Second,
        Side::Neither => neither,
    }
}

/// The reading of a term, by its heading, whose lens asks most nearly what this lens asks: the one with the fewest facts that
/// only one of both asks, each counted as much as this lens weighs it. None where two are equally near, or a reading
/// belongs to the lens itself.
pub fn nearest_reading<'t>(library: &Library, id: &str, term: &'t Term) -> Option<&'t SafeText> {
    let lens = library.lens(id)?;
    let weight = |fact| match &lens.rule {
        LensRule::Minimum(_) => 1.0,
        LensRule::Score { weights, .. } => value_of(weights, &fact).copied().unwrap_or_default(),
    };
    let apart = |of: &str| {
        let other = library.lens(of)?;
        let facts = lens.subject.criteria.ids();
        let apart = facts.filter(|fact| lens.asks(*fact) != other.asks(*fact));
        Some(apart.map(weight).sum::<f64>())
    };
    let readings = term.readings.iter();
    let mut found: Vec<(f64, &SafeText)> = readings
        .filter_map(|(reading, _)| Some((apart(reading.lens.as_deref()?)?, &reading.heading)))
        .collect();
    let own = term
        .readings
        .iter()
        .any(|(reading, _)| reading.lens.as_deref() == Some(id));
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    match found[..] {
        [(near, heading), (next, _), ..] if !own && near < next => Some(heading),
        _ => None,
    }
}

/// Question, rule and source, each on a line of its own.
pub fn about(library: &Library, lens: &Lens) -> SafeText {
    let source = library.reference(&lens.source).map(|r| r.title.clone());
    let title = source.unwrap_or_else(|| SafeText::line(&lens.source));
    let follows = match lens.fidelity {
        Fidelity::Stated => safe!("Stated so in: {title}"),
        Fidelity::Reading => safe!("Our reading of: {title}"),
        Fidelity::Own => safe!("Your own; its id is {}", lens.id),
    };
    safe!("{}\n{}\n{follows}", lens.question, rule(lens))
}

/// Whose definition it is: the holder of the perspective of that name, else who wrote its source.
pub fn holder(library: &Library, lens: &Lens) -> SafeText {
    if let Some(perspective) = library.perspective(&lens.id) {
        return perspective.holder.clone();
    }
    if lens.fidelity == Fidelity::Own {
        return SafeText::ours("yours");
    }
    let source = library.reference(&lens.source);
    let who = source.map(|s| s.authors.first().unwrap_or(&s.publisher).clone());
    who.unwrap_or_default()
}

/// The rule in a sentence: what it asks at least, or what it weighs.
pub fn rule(lens: &Lens) -> SafeText {
    let criteria = &lens.subject.criteria;
    let (says, parts): (&str, Vec<String>) = match &lens.rule {
        LensRule::Minimum(minimum) => {
            let asks = minimum.iter();
            let asks =
                asks.map(|(f, least)| format!("{} {}", criteria.short(*f), criteria.cell(*least)));
            ("Asks ", asks.collect())
        }
        LensRule::Score { weights, .. } => {
            let weighs = weights.iter();
            let weighs = weighs.map(|(f, weight)| format!("{} {weight}", criteria.short(*f)));
            ("Scores 0 to 10: ", weighs.collect())
        }
    };
    safe!("{says}{}.", parts.join(", "))
}

/// What a lens asks of a fact, or how much it weighs it.
pub fn asks(lens: &Lens, fact: CriterionId) -> Option<SafeText> {
    match &lens.rule {
        LensRule::Minimum(_) => {
            let least = minimum(lens, fact)?;
            Some(safe!("at least {}", lens.subject.criteria.word(least)))
        }
        LensRule::Score { weights, .. } => {
            let weight = weights.iter().find(|(f, _)| *f == fact);
            weight.map(|(_, weight)| safe!("weight {weight}"))
        }
    }
}

/// How close a lens is to its source.
pub const fn fidelity(lens: &Lens) -> &'static str {
    match lens.fidelity {
        Fidelity::Stated => "stated by the source in so many words",
        Fidelity::Reading => "our reading of the source",
        Fidelity::Own => "your own rule",
    }
}

pub(super) fn page(page: &mut PageBuilder, library: &Library, lens: &Lens) {
    page.title(lens.name.clone());
    page.text(lens.question.clone(), Role::Emphasis);
    page.doc(&lens.note);
    let (heading, facts): (&str, Vec<CriterionId>) = match &lens.rule {
        LensRule::Minimum(all) => ("What it asks", all.iter().map(|(f, _)| *f).collect()),
        LensRule::Score { weights, .. } => {
            ("How it scores", weights.iter().map(|(f, _)| *f).collect())
        }
    };
    page.section(heading, Role::Heading);
    for fact in facts {
        let asks = asks(lens, fact).unwrap_or_default();
        let asks = safe!("{}, {asks}", lens.subject.criteria.title(fact));
        page.bullet(match lens.why(fact) {
            Some(why) => vec![
                Run::new(safe!("{asks}: "), Role::Strong),
                Run::new(why.clone(), Role::Text),
            ],
            None => vec![Run::new(asks, Role::Strong)],
        });
    }
    page.blank();
    page.rule();
    if let Some(not_asked) = &lens.not_asked {
        page.label_text("Not asked", not_asked.clone());
    }
    page.label_text("Fidelity", fidelity(lens));
    if lens.fidelity == Fidelity::Own {
        return;
    }
    let all = [vec![lens.source.clone()], lens.also.clone()].concat();
    linked(page, library, "Follows", Kind::References, &all);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::samples::{ZERO, lens, spectrum};
    use crate::pack::Bundled;
    use crate::pack::entries::samples::pack;

    #[test]
    fn a_term_is_read_by_every_lens() {
        let library = Library::open(std::sync::Arc::new(Bundled)).unwrap();
        let term = library.term("cold-start").unwrap();
        let check = |lens, expected| {
            let found = nearest_reading(&library, lens, term);
            assert_eq!(found.map(SafeText::as_str), expected, "{lens}");
        };
        // The lens of a reading marks its own.
        check("provider-view", None);
        check("no-knobs", Some("Scale-to-zero view"));
        // The spectrum weighs managing (3) and scaling (2) above idling at zero (1) and hidden machines (2).
        check("kehoe-spectrum", Some("Provider view"));
    }

    #[test]
    fn a_lens_says_what_it_asks() {
        let check = |lens: &Lens, expected_rule: &str, expected_zero: Option<&str>| {
            assert_eq!(rule(lens).as_str(), expected_rule);
            let zero = asks(lens, ZERO);
            assert_eq!(zero.as_ref().map(SafeText::as_str), expected_zero);
        };
        check(
            &lens("y-p--"),
            "Asks managed yes, zero part.",
            Some("at least partial"),
        );
        check(&lens("y----"), "Asks managed yes.", None);
        let spectrum = spectrum();
        let weighed = asks(&spectrum, ZERO);
        assert!(weighed.is_some_and(|words| words.starts_with("weight ")));
        assert!(rule(&spectrum).starts_with("Scores 0 to 10: managed "));
    }

    #[test]
    fn the_two_sides_have_their_hues() {
        let check = |id, expected| assert_eq!(hue(&pack(), id), expected);
        check("provider-view", Role::First);
        check("scale-to-zero-view", Role::Second);
        check("cncf-view", Role::Heading);
    }
}
