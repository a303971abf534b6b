//! Pages as documents: Markdown to be put into a text of others, HTML as a whole file, charts as images.

use crate::app::OutputFormat;
use crate::cli::addresses::NamedLinks;
use crate::layout::document::{Part, text};
use crate::layout::{Page, html, markdown_text};
use crate::pack::LinkTarget;
use crate::text::SafeText;

/// A page in a language with the sources that it does not link to, in a format that is a document's; the first of a file or
/// a later one.
pub fn written(
    page: &Page,
    sources: &NamedLinks,
    (format, language): (OutputFormat, &str),
    is_first: bool,
) -> String {
    let named = |target: &LinkTarget, (_, url): &(SafeText, _)| match target {
        LinkTarget::Web(linked) => linked == url,
        LinkTarget::Entry(..) | LinkTarget::Anchor(_) | LinkTarget::Nowhere(_) => false,
    };
    let is_new = |source: &&(SafeText, _)| !page.links.iter().any(|link| named(link, source));
    let sources: NamedLinks = sources.iter().filter(is_new).cloned().collect();
    match format {
        OutputFormat::Html => whole(page, &sources, language, is_first),
        OutputFormat::Svg => images(&page.parts),
        OutputFormat::Markdown
        | OutputFormat::Text
        | OutputFormat::Json
        | OutputFormat::Csv
        | OutputFormat::Anki => {
            let gap = if is_first { "" } else { "\n" };
            let body = markdown_text::body(&page.parts, &html::alone);
            format!("{gap}{body}{}", footnotes(&sources))
        }
    }
}

fn whole(page: &Page, sources: &NamedLinks, language: &str, is_first: bool) -> String {
    let mut out = String::new();
    if is_first {
        let title = page.parts.iter().find_map(|part| match part {
            Part::Title(words) => Some(text(words).to_string()),
            _ => None,
        });
        let title = title.unwrap_or_else(|| "tozero".to_owned());
        out += &html::head(&title, language, &html::style());
    }
    out += &html::article(&page.parts, &html::alone);
    if !sources.is_empty() {
        out += "<h2>Sources</h2>\n<ol>\n";
        for (words, url) in sources {
            let (words, url) = (html::escaped(words), html::escaped(url.as_str()));
            out += &format!("<li>{words}: <a href=\"{url}\">{url}</a></li>\n");
        }
        out += "</ol>\n";
    }
    out
}

/// Sources as footnotes, referred to in a line of their own: a footnote that nobody refers to is not shown.
fn footnotes(sources: &NamedLinks) -> String {
    if sources.is_empty() {
        return String::new();
    }
    let marks: Vec<String> = (1..=sources.len()).map(|n| format!("[^{n}]")).collect();
    let mut out = format!("\nSources: {}\n\n", marks.join(" "));
    for (n, (words, url)) in (1..).zip(sources) {
        out += &format!("[^{n}]: {}: <{url}>\n", markdown_text::escaped(words));
    }
    out
}

/// The images of the charts.
fn images(parts: &[Part]) -> String {
    let image = |part: &Part| match part {
        Part::Picture { svg, .. } => Some(format!("{svg}\n")),
        _ => None,
    };
    parts.iter().filter_map(image).collect()
}
