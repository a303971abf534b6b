//! Pages of help in the words of the pack at hand: words in braces become the pack's, a line about each of several things of
//! the pack is there once for each, and a line or a section about what the pack does not have is left out.

use crate::cli::examples::ExampleWords;
use crate::text::measure::width;

/// What there can be several of, by the word in braces that repeats a line. `{heading}` is what each is called.
const REPEATED: [&str; 2] = ["reading", "section"];

/// A page in the words of a pack.
pub fn fill(page: &str, words: &ExampleWords) -> String {
    let mut filled = String::new();
    let mut is_left_out = false;
    let mut lines = page.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            let mut rest = lines.clone().skip_while(|line| line.is_empty());
            is_left_out = rest.next().is_some_and(|about| is_missing(about, words));
        }
        if is_left_out {
            continue;
        }
        let repeated = REPEATED.into_iter().find(|key| line.contains(&braced(key)));
        let each = match repeated.and_then(|key| Some((key, words.several.get(key)?))) {
            Some((key, all)) => {
                let one = |(word, heading): &(String, String)| {
                    line.replace(&braced(key), word)
                        .replace("{heading}", heading)
                };
                all.iter().map(one).collect()
            }
            None => vec![line.to_owned()],
        };
        for line in each.iter().filter_map(|line| words.fill(line)) {
            filled.push_str(&line);
            filled.push('\n');
        }
    }
    filled
}

fn braced(key: &str) -> String {
    format!("{{{key}}}")
}

/// What begins a section that nothing outside of it refers to, and its command.
const APART: (&str, &str) = ("`tozero cost`", "cost");

/// Whether what a section begins with is about a command for which the pack has nothing.
fn is_missing(about: &str, words: &ExampleWords) -> bool {
    about.starts_with(APART.0) && words.missing.contains(&APART.1)
}

/// Cells between a setting and what is said of it.
const GAP: usize = 4;

/// A page of settings with what is said of each in one column again.
pub fn in_columns(page: &str) -> String {
    let parts = |line: &str| {
        let (setting, about) = line.split_once("  # ")?;
        Some((setting.trim_end().to_owned(), about.to_owned()))
    };
    let parts: Vec<_> = page.lines().map(|line| (line, parts(line))).collect();
    let settings = parts.iter().flat_map(|(_, parts)| parts);
    let column = settings.map(|(setting, _)| width(setting)).max();
    let column = column.unwrap_or_default() + GAP;
    let line = |(line, parts): &(&str, Option<(String, String)>)| match parts {
        Some((setting, about)) => {
            let gap = column - width(setting);
            format!("{setting}{:gap$}# {about}\n", "")
        }
        None => format!("{line}\n"),
    };
    parts.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::pack::{Library, MemoryFiles};

    /// The words of a pack of this head.
    fn words(head: &str) -> ExampleWords {
        let head = format!("format = 1\ntitle = \"T\"\n{head}");
        let files = MemoryFiles::of([("pack.toml", head.as_str())]);
        ExampleWords::of(&Library::open(Arc::new(files)).unwrap())
    }

    #[test]
    fn a_line_is_there_once_for_each_reading() {
        let head = "readings = [{ heading = \"By ear\" }, { heading = \"By hand\" }]";
        let check = |head: &str, page: &str, expected: &str| {
            assert_eq!(fill(page, &words(head)), expected, "{page}");
        };
        let page = "a\n| `{reading}` | under {heading} |\nb\n";
        check(
            head,
            page,
            "a\n| `by_ear` | under By ear |\n| `by_hand` | under By hand |\nb\n",
        );
        check("", page, "a\nb\n");
        check("", "the {one}\nof {lens}\n", "the thing\n");
    }

    #[test]
    fn a_section_about_a_command_that_has_nothing_is_left_out() {
        let page = "## a\n\n`tozero cost`. Bills.\n\n### b\n\nMore.\n\n## c\n\n`tozero keys`.\n";
        assert_eq!(fill(page, &words("")), "## c\n\n`tozero keys`.\n");
    }

    #[test]
    fn settings_stand_in_columns() {
        let page = "# Head\n\n# a = 1  # one\n# long = \"x\"  # two\n# b\n";
        let expected = "# Head\n\n# a = 1         # one\n# long = \"x\"    # two\n# b\n";
        assert_eq!(in_columns(page), expected);
    }
}
