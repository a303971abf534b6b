//! Pages as Markdown that a forge, a wiki or an editor shows: tables, links, lists, code.
//! Text that is no markup is escaped, so that it shows as it is written.

use crate::layout::document::{Line, Part, Phrase, SideLine, text};
use crate::layout::html::Href;
use crate::layout::row::Role;
use crate::pack::Align;
use crate::text::SafeText;

/// A page's parts, a blank line between them.
pub fn body(parts: &[Part], href: Href) -> String {
    let mut out = String::new();
    for (n, part) in parts.iter().enumerate() {
        let next = parts.get(n + 1);
        out.push_str(write(part, href).trim_end_matches('\n'));
        out.push_str(match (part, next) {
            // A footnote close behind an item would be read as a part of it.
            (Part::Item { marker: a, .. }, Some(Part::Item { marker: b, .. }))
                if is_footnote(a) != is_footnote(b) =>
            {
                "\n\n"
            }
            (_, None) | (Part::Item { .. }, Some(Part::Item { .. })) => "\n",
            // Two spaces break the line within a paragraph.
            (Part::Tight(_), Some(Part::Tight(_))) => "  \n",
            _ => "\n\n",
        });
    }
    out
}

fn write(part: &Part, href: Href) -> String {
    match part {
        Part::Title(words) => format!("# {}", heading(words, href)),
        Part::Heading { level, words, .. } => {
            let signs = "#".repeat(usize::from((*level).clamp(2, 6)));
            format!("{signs} {}", heading(words, href))
        }
        Part::Paragraph(words) | Part::Tight(words) => {
            started(line(words, href)).replace('\n', "  \n")
        }
        Part::Item { marker, parts } => item(marker, parts, href),
        Part::Quote(parts) => indented(&body(parts, href), "> ", "> "),
        Part::Labels(pairs) => labels(pairs, href),
        Part::Table { aligns, head, rows } => table(aligns, head, rows, href),
        Part::Code { language, text } => fenced(language, text),
        Part::Rule => "---".to_owned(),
        Part::Picture { rows, .. } => {
            let rows = rows.iter().map(|row| {
                let row = SafeText::join(row.iter().map(|words| &words.text), "");
                row.trim_end().to_owned()
            });
            fenced("", &rows.collect::<Vec<_>>().join("\n"))
        }
        Part::Sides { heads, lines } => sides(heads, lines, href),
        Part::Hidden { summary, parts } => {
            let summary = crate::layout::html::escaped(summary);
            let body = body(parts, href);
            format!("<details><summary>{summary}</summary>\n\n{body}\n</details>")
        }
    }
}

fn item(marker: &str, parts: &[Part], href: Href) -> String {
    let marker = marker.trim();
    let marker = match marker {
        "·" | "-" => "- ".to_owned(),
        "[x]" | "[ ]" => format!("- {marker} "),
        _ if marker.starts_with('[') => format!("{} ", escaped(marker)),
        _ => format!("{marker} "),
    };
    let rest = " ".repeat(marker.len().min(4));
    indented(&body(parts, href), &marker, &rest)
}

fn indented(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    for (n, line) in text.lines().enumerate() {
        let lead = if n == 0 { first } else { rest };
        out.push_str(format!("{lead}{line}").trim_end());
        out.push('\n');
    }
    out
}

fn labels(pairs: &[(Line, Line)], href: Href) -> String {
    let mut out = String::new();
    for (label, value) in pairs {
        let value = line(value, href).replace('\n', " ");
        match text(label).as_str() {
            "" => out.push_str(&format!("  - {value}\n")),
            _ => out.push_str(&format!("- **{}**: {value}\n", line(label, href))),
        }
    }
    out
}

fn table(aligns: &[Align], head: &[Line], rows: &[Vec<Line>], href: Href) -> String {
    let cells = |row: &[Line]| -> Vec<String> { row.iter().map(|c| cell(c, href)).collect() };
    let rule = |n: usize| match aligns.get(n).copied().unwrap_or_default() {
        Align::Left => "---",
        Align::Center => ":---:",
        Align::Right => "---:",
    };
    let mut out = row(&cells(head));
    let rules: Vec<String> = (0..head.len()).map(|n| rule(n).to_owned()).collect();
    out += &row(&rules);
    rows.iter()
        .for_each(|cells_of| out += &row(&cells(cells_of)));
    out
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

fn cell(words: &[Phrase], href: Href) -> String {
    line(words, href).replace('\n', "<br>").replace('|', "\\|")
}

/// Things side by side as a table; what a cell says over several paragraphs stands in one.
fn sides(heads: &[Line], lines: &[SideLine], href: Href) -> String {
    let mut head = vec![String::new()];
    head.extend(heads.iter().map(|words| cell(words, href)));
    let mut out = row(&head);
    out += &row(&vec!["---".to_owned(); head.len()]);
    for SideLine { label, cells } in lines {
        let mut written = vec![cell(label, href)];
        written.extend(cells.iter().map(|parts| {
            let text = body(parts, href);
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.collect::<Vec<_>>().join("<br>").replace('|', "\\|")
        }));
        out += &row(&written);
    }
    out
}

/// Code between fences that it does not contain.
fn fenced(language: &str, code: &str) -> String {
    // Behind a fence of backticks no backtick can stand.
    let language = match language.replace('`', "") {
        none if none.is_empty() => "text".to_owned(),
        language => language,
    };
    let mut fence = "```".to_owned();
    while code.contains(&fence) {
        fence.push('`');
    }
    format!(
        "{fence}{language}\n{}\n{fence}",
        code.trim_end_matches('\n')
    )
}

fn line(words: &[Phrase], href: Href) -> String {
    let is_strong = |role| matches!(role, Role::Strong | Role::First | Role::Second);
    // Strong words close behind strong words are one run: its signs would meet and stand for others.
    let alike = |a: &Phrase, b: &Phrase| {
        is_strong(a.role) && is_strong(b.role) && a.link.is_none() && b.link.is_none()
    };
    let joined = words.chunk_by(alike).map(|group| match group {
        [first, rest @ ..] => {
            let mut all = first.clone();
            rest.iter().for_each(|more| all.text.push(&more.text));
            run(&all, href)
        }
        [] => String::new(),
    });
    joined.collect()
}

/// Whether an item is a footnote, by its marker: `[1]`.
fn is_footnote(marker: &str) -> bool {
    let marker = marker.trim().strip_prefix('[');
    marker.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The words of a heading, which is strong as it is.
fn heading(words: &[Phrase], href: Href) -> String {
    let plain = |words: &Phrase| match words.role {
        Role::First | Role::Second | Role::Strong => Phrase {
            role: Role::Text,
            ..words.clone()
        },
        _ => words.clone(),
    };
    let words: Line = words.iter().map(plain).collect();
    line(&words, href)
}

fn run(words: &Phrase, href: Href) -> String {
    let link = words.link.as_ref().and_then(href);
    let (lead, body, trail) = trimmed(&words.text);
    if body.is_empty() {
        return words.text.to_string();
    }
    let inner = match words.role {
        Role::Code => code(body),
        // What stands around struck words.
        Role::Dim if body == "~" => "~~".to_owned(),
        Role::Strong | Role::First | Role::Second if link.is_none() => {
            format!("**{}**", escaped(body))
        }
        Role::Emphasis => format!("*{}*", escaped(body)),
        _ => escaped(body),
    };
    let inner = match link {
        Some(target) if target == body => format!("<{target}>"),
        Some(target) => format!("[{inner}]({})", target_escaped(&target)),
        None => inner,
    };
    format!("{lead}{inner}{trail}")
}

/// Words as code between more backticks than stand in them one behind the other.
fn code(words: &str) -> String {
    let mut sign = "`".to_owned();
    while words.contains(&sign) {
        sign.push('`');
    }
    let beside = if words.starts_with('`') || words.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{sign}{beside}{words}{beside}{sign}")
}

/// A text's spaces at its start, its words, its spaces at the end: markup must stand close to words.
fn trimmed(text: &str) -> (&str, &str, &str) {
    let body = text.trim();
    match text.find(body).filter(|_| !body.is_empty()) {
        Some(start) => {
            let (lead, rest) = text.split_at_checked(start).unwrap_or(("", text));
            let (body, trail) = rest.split_at_checked(body.len()).unwrap_or((rest, ""));
            (lead, body, trail)
        }
        None => (text, "", ""),
    }
}

/// An address that ends where it ends.
fn target_escaped(target: &str) -> String {
    let mut out = String::new();
    for letter in target.chars() {
        match letter {
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            ' ' => out.push_str("%20"),
            letter => out.push(letter),
        }
    }
    out
}

/// Text in which no letter is markup.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let inside_word =
            before.is_alphanumeric() && letters.peek().is_some_and(|c| c.is_alphanumeric());
        let is_markup = match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            '_' => !inside_word,
            '&' => letters
                .peek()
                .is_some_and(|c| c.is_alphanumeric() || *c == '#'),
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(letter);
        before = letter;
    }
    out
}

/// A paragraph whose lines do not begin as headings, lists or quotes do.
fn started(paragraph: String) -> String {
    let line = |line: &str| {
        let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let numbered = digits > 0
            && line
                .get(digits..)
                .is_some_and(|r| r.starts_with(['.', ')']));
        if numbered {
            let (number, rest) = line.split_at_checked(digits).unwrap_or((line, ""));
            return format!("{number}\\{rest}");
        }
        match line.starts_with(['#', '>', '=', '|'])
            || ["- ", "+ ", "---"].iter().any(|s| line.starts_with(s))
        {
            true => format!("\\{line}"),
            false => line.to_owned(),
        }
    };
    paragraph
        .split('\n')
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::PageBuilder;
    use crate::layout::format::PageFormat;
    use crate::layout::html::alone;
    use crate::pack::Notes;
    use crate::pack::markdown::fragment;

    fn parts(markdown: &str) -> Vec<Part> {
        let mut page = PageBuilder::new(PageFormat::DOCUMENT);
        page.doc(&fragment(markdown, 0..markdown.len(), &mut Notes::new("x")));
        page.finish().parts
    }

    #[test]
    fn strong_words_within_strong_words_are_one_run() {
        let nested = body(&parts("**a (*b c*, d)** e"), &alone);
        assert_eq!(nested, "**a (b c, d)** e\n");
    }

    #[test]
    fn a_footnote_does_not_join_the_item_before_it() {
        let noted = body(&parts("1. one\n2. two[^1]\n\n[^1]: Foot.\n"), &alone);
        assert!(noted.contains("two\\[1\\]\n\n"), "{noted}");
    }

    #[test]
    fn what_is_written_reads_back_as_it_was() {
        for markdown in [
            "a **b** *c* `d` [e](https://f.org/g)\n",
            "## Heading\n\nText.\n",
            "- a\n- b\n  - c\n\nText.\n",
            "3. a\n4. b\n",
            "> a\n>\n> b\n",
            "| a | b |\n| --- | ---: |\n| 1 | 2 \\| 3 |\n",
            "a \\*b\\* \\_c\\_ d_e \\<f> \\&amp; \\`g\\`\n",
            "1\\. a\n",
            "\\# a\n",
            "---\n",
            "```rust,ignore title=x\nlet a;\n```\n",
            "`` a`b `` ``` ``c ```\n",
            "a ~~b~~ c\n",
        ] {
            let read = parts(markdown);
            let written = body(&read, &alone);
            assert_eq!(parts(&written), read, "{markdown}\n{written}");
        }
    }

    #[test]
    fn markup_of_others_is_shown_and_not_obeyed() {
        let check = |text: &'static str, written: &str| {
            let words = Phrase {
                text: SafeText::ours(text),
                role: Role::Text,
                link: None,
            };
            assert_eq!(
                body(&[Part::Paragraph(vec![words])], &alone),
                format!("{written}\n")
            );
        };
        check("<img src=x>", "\\<img src=x>");
        check("[a](javascript:b)", "\\[a\\](javascript:b)");
        check("# a", "\\# a");
        check("- a", "\\- a");
        check("2) a", "2\\) a");
        check("snake_case _x_", "snake_case \\_x\\_");
        check("a|b & c &lt;", "a|b & c \\&lt;");
    }
}
