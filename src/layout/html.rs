//! Pages as HTML: without scripts, without anything from elsewhere, readable without the style sheet.
//! Every text is escaped; of links only http, https and what the caller names are written; a page is one whole file.

use std::collections::HashMap;

use crate::layout::document::{Line, Part, Phrase, SideLine, text};
use crate::layout::row::Role;
use crate::pack::{Align, LinkTarget};
use crate::text::Words as _;

/// How pages look: in light and dark, on paper, on a phone.
pub const STYLE: &str = include_str!("../../assets/page.css");

/// Where a link leads; `None` where its words stand alone.
pub type Href<'a> = &'a dyn Fn(&LinkTarget) -> Option<String>;

/// The links that a page by itself can have: to the web, and within it.
pub fn alone(target: &LinkTarget) -> Option<String> {
    match target {
        LinkTarget::Web(url) => Some(url.as_str().to_owned()),
        LinkTarget::Anchor(anchor) => Some(format!("#{anchor}")),
        LinkTarget::Entry(..) | LinkTarget::Nowhere(_) => None,
    }
}

/// Languages that are usually written from right to left.
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

/// The beginning of a file: everything before the first page. `style` is a `<style>` or `<link>` element.
pub fn head(title: &str, language: &str, style: &str) -> String {
    let primary = language.split('-').next().unwrap_or_default();
    let is_leftward = RIGHT_TO_LEFT.contains(&primary);
    let direction = if is_leftward { " dir=\"rtl\"" } else { "" };
    let (title, language) = (escaped(title), escaped(language));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\"{direction}>\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n{style}\n</head>\n<body>\n"
    )
}

/// The style sheet as an element.
pub fn style() -> String {
    format!("<style>\n{STYLE}</style>")
}

/// A page as an article; comparisons and tables may take the whole width.
pub fn article(parts: &[Part], href: Href) -> String {
    let is_broad = |part: &Part| {
        matches!(
            part,
            Part::Sides { .. } | Part::Table { .. } | Part::Picture { .. }
        )
    };
    let class = if parts.iter().any(is_broad) {
        " class=\"broad\""
    } else {
        ""
    };
    let mut parts = parts.to_vec();
    number(&mut parts, &mut HashMap::new());
    format!("<article{class}>\n{}</article>\n", body(&parts, href))
}

/// Gives each heading an anchor of its own: of several that are called alike the second gets `-1`, the third `-2`.
fn number(parts: &mut [Part], seen: &mut HashMap<String, usize>) {
    for part in parts {
        match part {
            Part::Heading { anchor, .. } => {
                let name = anchor.clone();
                let mut times = seen.get(&name).copied().unwrap_or_default();
                while seen.contains_key(anchor.as_str()) {
                    times += 1;
                    *anchor = format!("{name}-{times}");
                }
                seen.insert(name, times);
                seen.insert(anchor.clone(), 0);
            }
            Part::Item { parts, .. } | Part::Quote(parts) | Part::Hidden { parts, .. } => {
                number(parts, seen);
            }
            Part::Sides { lines, .. } => {
                let cells = lines.iter_mut().flat_map(|line| &mut line.cells);
                cells.for_each(|parts| number(parts, seen));
            }
            Part::Title(_)
            | Part::Paragraph(_)
            | Part::Tight(_)
            | Part::Labels(_)
            | Part::Table { .. }
            | Part::Code { .. }
            | Part::Rule
            | Part::Picture { .. } => {}
        }
    }
}

/// A page's parts.
fn body(parts: &[Part], href: Href) -> String {
    let mut out = String::new();
    write_all(&mut out, parts, href);
    out
}

fn write_all(out: &mut String, parts: &[Part], href: Href) {
    let mut open = "";
    for part in parts {
        let list = match part {
            Part::Item { marker, .. } => list_of(marker),
            _ => "",
        };
        if list != open {
            close(out, open);
            if !list.is_empty() {
                out.push_str(&format!("<{list}>\n"));
            }
            open = list;
        }
        write(out, part, href);
    }
    close(out, open);
}

fn close(out: &mut String, list: &str) {
    if !list.is_empty() {
        out.push_str(&format!("</{list}>\n"));
    }
}

/// The element that an item with this marker belongs to.
fn list_of(marker: &str) -> &'static str {
    let marker = marker.trim();
    let number = marker
        .strip_suffix('.')
        .is_some_and(|n| n.parse::<u64>().is_ok());
    if number { "ol" } else { "ul" }
}

fn write(out: &mut String, part: &Part, href: Href) {
    match part {
        Part::Title(words) => element(out, "h1", words, href),
        Part::Heading {
            level,
            words,
            anchor,
        } => {
            let level = (*level).clamp(2, 6);
            let words = line(words, href);
            let anchor = escaped(anchor);
            out.push_str(&format!("<h{level} id=\"{anchor}\">{words}</h{level}>\n"));
        }
        Part::Paragraph(words) => element(out, "p", words, href),
        Part::Tight(words) => {
            out.push_str(&format!("<p class=\"tight\">{}</p>\n", line(words, href)));
        }
        Part::Item { marker, parts } => item(out, marker, parts, href),
        Part::Quote(parts) => inside(out, "blockquote", parts, href),
        Part::Labels(pairs) => labels(out, pairs, href),
        Part::Table { aligns, head, rows } => table(out, aligns, head, rows, href),
        Part::Code { language, text } => {
            let language = language.split([' ', ',', '{']).next().unwrap_or_default();
            let class = match language {
                "" => String::new(),
                language => format!(" class=\"language-{}\"", escaped(language)),
            };
            out.push_str(&format!(
                "<pre><code{class}>{}</code></pre>\n",
                escaped(text)
            ));
        }
        Part::Rule => out.push_str("<hr>\n"),
        Part::Picture { svg, .. } => out.push_str(&format!("<figure>{svg}</figure>\n")),
        Part::Sides { heads, lines } => sides(out, heads, lines, href),
        Part::Hidden { summary, parts } => {
            out.push_str(&format!(
                "<details><summary>{}</summary>\n",
                escaped(summary)
            ));
            write_all(out, parts, href);
            out.push_str("</details>\n");
        }
    }
}

fn element(out: &mut String, name: &str, words: &[Phrase], href: Href) {
    out.push_str(&format!("<{name}>{}</{name}>\n", line(words, href)));
}

fn inside(out: &mut String, name: &str, parts: &[Part], href: Href) {
    out.push_str(&format!("<{name}>\n"));
    write_all(out, parts, href);
    out.push_str(&format!("</{name}>\n"));
}

/// An item. A number is its value; a box or the label of a footnote is said.
fn item(out: &mut String, marker: &str, parts: &[Part], href: Href) {
    let marker = marker.trim();
    let number = marker.strip_suffix('.').and_then(|n| n.parse::<u64>().ok());
    let open = match number {
        Some(number) => format!("<li value=\"{number}\">"),
        None if marker.starts_with('[') => format!("<li class=\"marked\">{} ", escaped(marker)),
        None => "<li>".to_owned(),
    };
    out.push_str(&open);
    match parts {
        [Part::Paragraph(words) | Part::Tight(words)] => out.push_str(&line(words, href)),
        parts => write_all(out, parts, href),
    }
    out.push_str("</li>\n");
}

fn labels(out: &mut String, pairs: &[(Line, Line)], href: Href) {
    out.push_str("<dl>\n");
    for (label, value) in pairs {
        if !text(label).is_empty() {
            out.push_str(&format!("<dt>{}</dt>", line(label, href)));
        }
        out.push_str(&format!("<dd>{}</dd>\n", line(value, href)));
    }
    out.push_str("</dl>\n");
}

fn table(out: &mut String, aligns: &[Align], head: &[Line], rows: &[Vec<Line>], href: Href) {
    let cell = |n: usize, words: &Line, name: &str, scope: &str| {
        let right = aligns.get(n) == Some(&Align::Right);
        let class = if right { " class=\"right\"" } else { "" };
        format!("<{name}{scope}{class}>{}</{name}>", line(words, href))
    };
    out.push_str("<div class=\"wide\"><table>\n<thead><tr>");
    for (n, words) in head.iter().enumerate() {
        out.push_str(&cell(n, words, "th", " scope=\"col\""));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        out.push_str("<tr>");
        for (n, words) in row.iter().enumerate() {
            out.push_str(&match n {
                0 => cell(n, words, "th", " scope=\"row\""),
                _ => cell(n, words, "td", ""),
            });
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody></table></div>\n");
}

/// Things side by side: beside each other where there is room, else under each other, each cell with its name.
fn sides(out: &mut String, heads: &[Line], lines: &[SideLine], href: Href) {
    let columns = heads.len().max(1);
    out.push_str(&format!(
        "<div class=\"sides\" style=\"--columns:{columns}\">\n"
    ));
    out.push_str("<div class=\"heads\">\n");
    for head in heads {
        out.push_str(&format!("<div>{}</div>\n", line(head, href)));
    }
    out.push_str("</div>\n");
    for SideLine { label, cells } in lines {
        element(out, "h3", label, href);
        out.push_str("<div class=\"cells\">\n");
        for (head, parts) in heads.iter().zip(cells) {
            let name = head.first().map(|words| escaped(&words.text));
            let name = name.unwrap_or_default();
            out.push_str(&format!("<div><p class=\"name\">{name}</p>\n"));
            write_all(out, parts, href);
            out.push_str("</div>\n");
        }
        out.push_str("</div>\n");
    }
    out.push_str("</div>\n");
}

/// A line of words with what they mean.
fn line(words: &[Phrase], href: Href) -> String {
    words.iter().map(|words| run(words, href)).collect()
}

fn run(words: &Phrase, href: Href) -> String {
    let inner = escaped(&words.text).replace('\n', "<br>");
    let target = words.link.as_ref().and_then(href);
    if let Some(target) = target {
        return format!("<a href=\"{}\">{inner}</a>", escaped(&target));
    }
    match words.role {
        Role::Strong => format!("<strong>{inner}</strong>"),
        Role::Emphasis => format!("<em>{inner}</em>"),
        Role::Code => format!("<code>{inner}</code>"),
        Role::First | Role::Second | Role::Good | Role::Bad | Role::Warn | Role::Dim => {
            format!("<span class=\"{}\">{inner}</span>", words.role.word())
        }
        _ => inner,
    }
}

/// Text as HTML says it, in elements and in attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::PageBuilder;
    use crate::layout::format::PageFormat;
    use crate::pack::Notes;
    use crate::pack::markdown::fragment;

    fn written(markdown: &str) -> String {
        let mut page = PageBuilder::new(PageFormat::DOCUMENT);
        page.doc(&fragment(markdown, 0..markdown.len(), &mut Notes::new("x")));
        body(&page.finish().parts, &alone)
    }

    #[test]
    fn every_construct_has_its_element() {
        let check = |markdown: &str, html: &str| assert_eq!(written(markdown), html, "{markdown}");
        check(
            "a **b** *c* `d`",
            "<p>a <strong>b</strong> <em>c</em> <code>d</code></p>\n",
        );
        check("## A b", "<h2 id=\"a-b\">A b</h2>\n");
        check("- a\n- b\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
        check(
            "3. a\n4. b\n",
            "<ol>\n<li value=\"3\">a</li>\n<li value=\"4\">b</li>\n</ol>\n",
        );
        check("> a\n", "<blockquote>\n<p>a</p>\n</blockquote>\n");
        check("```\na<b\n```\n", "<pre><code>a&lt;b</code></pre>\n");
        check(
            "[a](https://b.org/?c&d)",
            "<p><a href=\"https://b.org/?c&amp;d\">a</a></p>\n",
        );
        check(
            "| a | b |\n| --- | ---: |\n| 1 | 2 |\n",
            "<div class=\"wide\"><table>\n<thead><tr><th scope=\"col\">a</th><th scope=\"col\" class=\"right\">b</th></tr></thead>\n\
             <tbody>\n<tr><th scope=\"row\">1</th><td class=\"right\">2</td></tr>\n</tbody></table></div>\n",
        );
    }

    #[test]
    fn nothing_that_is_written_becomes_markup() {
        let evil = "<script>alert(1)</script> &lt;b> \"'";
        for markdown in [evil.to_owned(), format!("## {evil}"), format!("`{evil}`")] {
            let html = written(&markdown);
            assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
        }
        for target in ["javascript:alert(1)", "data:text/html,x", "vbscript:x"] {
            let html = written(&format!("[a]({target})"));
            assert!(!html.contains("href"), "{html}");
        }
    }
}
