//! What a printed page can be traced to: the addresses of its named links and sources, in full at its end.

use crate::layout::{Page, PageBuilder, PageFormat, Role, Row};
use crate::pack::LinkTarget;
use crate::safe;
use crate::text::{SafeText, Url};

/// Named sources: words and addresses.
pub type NamedLinks = Vec<(SafeText, Url)>;

/// Named web links of a page: those whose words are not their address.
fn named_links(page: &Page) -> NamedLinks {
    let words = |number: usize| {
        let runs = page.rows.iter().flat_map(|r| &r.runs);
        let runs = runs.filter(|r| r.link.map(usize::from) == Some(number));
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

/// Adds what the page can be traced to: its named links and other sources, each once, its words and under them its address.
pub fn add(page: &mut Page, mut sources: NamedLinks, format: PageFormat) {
    sources.retain(|(words, _)| !words.is_empty());
    sources.extend(named_links(page));
    let mut seen: Vec<Url> = Vec::new();
    let mut list = PageBuilder::new(format);
    for (words, address) in sources {
        if seen.contains(&address) {
            continue;
        }
        if seen.is_empty() {
            list.text_tight("Addresses", Role::Label);
        }
        list.text_tight(words, Role::Text);
        let run = list.link(safe!("{address}"), LinkTarget::Web(address.clone()));
        list.wrapped(&[run], 2, 2);
        seen.push(address);
    }
    append(page, list.finish());
}

/// Adds a page under another, a blank row between them.
fn append(page: &mut Page, more: Page) {
    if more.rows.is_empty() {
        return;
    }
    let base = u16::try_from(page.links.len()).unwrap_or(u16::MAX);
    page.links.extend(more.links);
    if !page.rows.is_empty() {
        page.rows.push(Row::default());
    }
    page.rows.extend(more.rows.into_iter().map(|mut row| {
        for run in &mut row.runs {
            run.link = run.link.and_then(|link| link.checked_add(base));
        }
        row
    }));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::Run;

    const LONG: &str = "https://example.org/a-long-way-to-go";

    fn lines(page: &Page) -> Vec<String> {
        page.rows
            .iter()
            .map(|r| r.text().trim_end().to_owned())
            .collect()
    }

    fn labelled(width: usize) -> Page {
        let mut builder = PageBuilder::new(width);
        builder.title("Cold start");
        let address = Url::parse(LONG).unwrap();
        let run = builder.link(LONG, LinkTarget::Web(address));
        builder.label("Sources", vec![run]);
        builder.label("As of", vec![Run::ours("2026", Role::Text)]);
        builder.finish()
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
        add(&mut page, named, 80.into());
        assert_eq!(
            lines(&page)[5..],
            ["", "Addresses", "B", "  https://example.org/b"]
        );
        let links = named_links(&page);
        assert_eq!(links, []);
    }
}
