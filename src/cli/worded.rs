//! Help in a pack's own words, with its entries as examples and without the commands for which it has nothing.
//! Help texts name the pack's words as [`Things::fill`] reads them; `{title}`, `{dimension}` and `{topic}` are the pack's,
//! `{terms.1}` is the id of an example of a kind, `{terms.1:words}` the same as words.

use clap::builder::StyledStr;

use crate::pack::{Kind, Library, Things};
use crate::text::measure::width;

/// Cells of an example at least, and at most where its meaning stands beside it.
const EXAMPLE: (usize, usize) = (36, 48);

/// The parser with its help made for a pack; without one that can be opened, with words for any.
pub fn worded(command: clap::Command, library: Option<&Library>) -> clap::Command {
    let missing = library.map(missing).unwrap_or_default();
    let command = HelpWords::of(library, &missing).reword(command);
    missing.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |command| command.hide(true))
    })
}

/// The commands for which the pack has nothing.
fn missing(library: &Library) -> Vec<&'static str> {
    let some = |kind| library.count(kind) > 0;
    let has = [
        ("cost", library.has_prices()),
        ("judge", some(Kind::Services) || library.checklist().asks()),
        ("read", some(Kind::Lessons)),
        ("refs", some(Kind::References)),
        ("quiz", some(Kind::Questions)),
    ];
    let missing = has.into_iter().filter(|(_, has)| !has);
    missing.map(|(name, _)| name).collect()
}

/// An example and what it does, behind two spaces or more.
fn parted(line: &str) -> (&str, &str) {
    let indent = line.len() - line.trim_start().len();
    let (head, rest) = line.split_at(indent);
    match rest.split_once("  ") {
        Some((example, what)) => (&line[..head.len() + example.len()], what.trim_start()),
        None => (line, ""),
    }
}

/// What stands for the names in help texts.
struct HelpWords {
    things: Things,
    /// Names with the braces, and what they stand for.
    names: Vec<(String, String)>,
    /// How an example of a command begins that is not offered.
    missing: Vec<String>,
}

impl HelpWords {
    fn of(library: Option<&Library>, missing: &[&str]) -> Self {
        let mut names = Vec::new();
        let mut put = |name: &str, words: String| names.push((format!("{{{name}}}"), words));
        let title = library.map(|library| library.pack().title.to_string());
        put(
            "title",
            title.unwrap_or_else(|| "Disputed words.".to_owned()),
        );
        if let Some(library) = library {
            let pack = library.pack();
            for kind in Kind::ALL {
                for (n, address) in (1..).zip(library.examples(kind, 4)) {
                    let name = format!("{}.{n}", kind.word());
                    put(&format!("{name}:words"), address.id.replace('-', " "));
                    put(&name, address.id.to_string());
                }
            }
            let first = pack.dimensions.first().map(|dimension| &dimension.id);
            if let Some(id) = pack.examples.dimension.as_ref().or(first) {
                put("dimension", id.clone());
            }
            let first = pack.tags.first().map(|tag| &tag.id);
            if let Some(id) = pack.examples.topic.as_ref().or(first) {
                put("topic", id.clone());
            }
        }
        let things = library.map(|library| library.pack().subject.things.clone());
        Self {
            things: things.unwrap_or_default(),
            names,
            missing: missing
                .iter()
                .map(|name| format!("  $ tozero {name}"))
                .collect(),
        }
    }

    fn fill(&self, text: &str) -> String {
        let names = self.names.iter();
        let filled = names.fold(text.to_owned(), |text, (name, words)| {
            text.replace(name, words)
        });
        self.things.fill(&filled).to_string()
    }

    /// The examples whose names all stand for something, what each means in a column.
    fn examples(&self, text: &str) -> String {
        let filled: Vec<String> = text.lines().map(|line| self.fill(line)).collect();
        let missing = |line: &str| self.missing.iter().any(|name| line.starts_with(name));
        let lines = filled
            .iter()
            .filter(|line| !line.contains('{') && !missing(line));
        let lines: Vec<(&str, &str)> = lines.map(|line| parted(line)).collect();
        let told = lines.iter().filter(|(_, what)| !what.is_empty());
        let widths = told.map(|(example, _)| width(example));
        let widest = widths.filter(|cells| *cells <= EXAMPLE.1).max();
        let column = (widest.unwrap_or_default() + 2).max(EXAMPLE.0 + 4);
        let set = |(example, what): &(&str, &str)| match width(example) + 2 > column {
            _ if what.is_empty() => (*example).to_owned(),
            true => format!("{example}\n{:column$}{what}", ""),
            false => format!("{example:column$}{what}"),
        };
        Vec::from_iter(lines.iter().map(set)).join("\n")
    }

    fn reword(&self, mut command: clap::Command) -> clap::Command {
        let fill = |text: &StyledStr| self.fill(&text.to_string());
        if let Some(about) = command.get_about().map(fill) {
            command = command.about(about);
        }
        if let Some(about) = command.get_long_about().map(fill) {
            command = command.long_about(about);
        }
        let examples = command.get_before_long_help();
        if let Some(text) = examples.map(|text| self.examples(&text.to_string())) {
            command = command.before_long_help(text);
        }
        let arg = |mut arg: clap::Arg| {
            if let Some(help) = arg.get_help().map(fill) {
                arg = arg.help(help);
            }
            if let Some(help) = arg.get_long_help().map(fill) {
                arg = arg.long_help(help);
            }
            arg
        };
        command
            .mut_args(arg)
            .mut_subcommands(|command| self.reword(command))
    }
}
