//! A page of the app as a page of print.
//!
//! Promises: a title's rule is as long as the title; what the page can be traced to stands at its end as full addresses;
//! an address is one word on one line wherever the width was not asked for and nothing else makes it a link.

use crate::layout::wrap::wrap;
use crate::layout::{Page, PageBuilder, Role, Row, Run};
use crate::pack::LinkTarget;
use crate::text::{SafeText, Url, measure};

/// Named sources: words and addresses.
pub type NamedLinks = Vec<(SafeText, Url)>;

/// Cuts the rule under a title to the title's length.
pub fn shorten_rules(page: &mut Page) {
    let mut widest = 0;
    for row in &mut page.rows {
        let role = row.runs.first().map(|r| r.role);
        match role {
            Some(Role::Title) => widest = widest.max(row.width()),
            Some(Role::Rule) if widest > 0 => {
                let rule = SafeText::join(row.runs.iter().map(|r| &r.text), "");
                row.runs = vec![Run::new(
                    rule.slice(0..measure::fit(&rule, widest)),
                    Role::Rule,
                )];
                widest = 0;
            }
            _ => widest = 0,
        }
    }
}

/// Takes rules out, which a screen reader would read sign by sign.
pub fn drop_rules(page: &mut Page) {
    let says = |row: &Row| {
        row.runs
            .iter()
            .any(|r| r.role != Role::Rule && !r.text.trim().is_empty())
    };
    page.rows
        .retain(|row| says(row) || row.runs.iter().all(|r| r.role != Role::Rule));
    page.rows.dedup_by(|row, above| !says(row) && !says(above));
}

/// Puts addresses that were broken over several rows back on one.
pub fn heal_addresses(page: &mut Page) {
    let mut healed: Vec<Row> = Vec::with_capacity(page.rows.len());
    for row in page.rows.drain(..) {
        match healed
            .last_mut()
            .and_then(|last| broken_off(last, &row, &page.links))
        {
            Some((last, rest)) => last.text.push(&rest),
            None => healed.push(row),
        }
    }
    page.rows = healed;
}

/// The unfinished address at the end of a row and the piece of it that the next row brings, when it brings nothing else.
fn broken_off<'a>(
    last: &'a mut Row,
    next: &Row,
    links: &[LinkTarget],
) -> Option<(&'a mut Run, SafeText)> {
    let open = last.runs.last_mut()?;
    let number = open.link?;
    let LinkTarget::Web(address) = links.get(usize::from(number))? else {
        return None;
    };
    let (piece, before) = next.runs.split_last()?;
    let alone = before.iter().all(|r| r.text.trim().is_empty()) && piece.link == Some(number);
    let whole = format!("{}{}", open.text, piece.text);
    (alone && address.as_str().starts_with(&whole)).then(|| (open, piece.text.clone()))
}

/// Named web links of a page: those whose words are not their address.
pub fn named_links(page: &Page) -> NamedLinks {
    let words = |number: usize| {
        let runs = page
            .rows
            .iter()
            .flat_map(|r| &r.runs)
            .filter(|r| r.link.map(usize::from) == Some(number));
        SafeText::line(&SafeText::join(runs.map(|r| &r.text), " "))
    };
    let named = |(number, target): (usize, &LinkTarget)| match target {
        LinkTarget::Web(address) => {
            let words = words(number);
            let shown = words.replace(' ', "") == address.as_str();
            (!words.is_empty() && !shown).then(|| (words, address.clone()))
        }
        LinkTarget::Entry(..) | LinkTarget::Anchor(_) | LinkTarget::Nowhere(_) => None,
    };
    page.links.iter().enumerate().filter_map(named).collect()
}

/// Adds what the page can be traced to: each once, its words and under them its address.
pub fn add_addresses(page: &mut Page, named: NamedLinks) {
    let mut seen: Vec<Url> = Vec::new();
    let mut setter = PageBuilder::new(page.width);
    for (words, address) in named {
        if seen.contains(&address) {
            continue;
        }
        if seen.is_empty() {
            setter.paragraph_tight(vec![Run::ours("Addresses", Role::Label)]);
        }
        setter.paragraph_tight(vec![Run::new(words, Role::Text)]);
        let run = setter.link(crate::safe!("{address}"), LinkTarget::Web(address.clone()));
        let width = setter.width();
        setter.rows(wrap(&[run], width, 2, 2));
        seen.push(address);
    }
    append(page, setter.finish());
}

/// Adds a page under another, a blank row between them.
pub fn append(page: &mut Page, more: Page) {
    if more.rows.is_empty() {
        return;
    }
    let base = u16::try_from(page.links.len()).unwrap_or(u16::MAX);
    page.links.extend(more.links);
    if !page.rows.is_empty() {
        page.rows.push(Row::default());
    }
    page.rows.extend(more.rows.into_iter().map(|mut row| {
        row.runs
            .iter_mut()
            .for_each(|run| run.link = run.link.and_then(|l| l.checked_add(base)));
        row
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: &str = "https://example.org/a-long-way-to-go";

    fn lines(page: &Page) -> Vec<String> {
        page.rows
            .iter()
            .map(|r| r.text().trim_end().to_owned())
            .collect()
    }

    fn labelled(width: usize) -> Page {
        let mut setter = PageBuilder::new(width);
        setter.title("Cold start");
        let address = Url::parse(LONG).unwrap();
        let run = setter.link(LONG, LinkTarget::Web(address));
        setter.label("Sources", vec![run]);
        setter.label("As of", vec![Run::ours("2026", Role::Text)]);
        setter.finish()
    }

    #[test]
    fn rules_are_as_long_as_titles_and_addresses_are_whole() {
        let mut page = labelled(24);
        assert!(lines(&page).len() > 6, "the address is broken at first");
        shorten_rules(&mut page);
        heal_addresses(&mut page);
        let sources = format!("Sources  {LONG}");
        assert_eq!(
            lines(&page),
            ["Cold start", "──────────", "", &sources, "As of    2026"]
        );
    }

    #[test]
    fn addresses_that_are_not_shown_stand_at_the_end() {
        let mut page = labelled(80);
        assert_eq!(named_links(&page), []);
        let address = Url::parse("https://example.org/b").unwrap();
        let named = vec![
            (SafeText::ours("B"), address.clone()),
            (SafeText::ours("B again"), address),
        ];
        add_addresses(&mut page, named);
        assert_eq!(
            lines(&page)[5..],
            ["", "Addresses", "B", "  https://example.org/b"]
        );
        let links = named_links(&page);
        assert_eq!(links, []);
    }
}
