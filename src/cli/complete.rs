//! Completion: what may be typed next, asked of the program itself by the script that `completions` prints. Ids come from the
//! pack that the line names, with titles where the shell shows them.

use std::ffi::{OsStr, OsString};
use std::sync::Arc;

use clap::Arg;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, PathCompleter};
use clap_complete::env::Shells;

use crate::cli::args;
use crate::cli::cmd::completions::VARIABLE;
use crate::cli::cmd::help::TOPICS;
use crate::cli::context::CommandContext;
use crate::cli::examples::{ExampleWords, kind_words};
use crate::config::{self, Environment};
use crate::layout::Theme;
use crate::pack::{Kind, Library};
use crate::text::SafeText;

/// Something that can be typed: the word, and other words for it that are shown beside it.
type Candidate = (String, String);

/// The answer to a shell that asks: candidates in its own form; `None` for any other run.
pub fn asked(argv: &[OsString], environment: &Environment) -> Option<Vec<u8>> {
    let shell = std::env::var(VARIABLE).ok()?;
    let shells = Shells::builtins();
    let shell = shells.completer(&shell)?;
    let line = argv.iter().position(|word| word == "--")? + 1;
    let line: Vec<OsString> = argv.get(line..)?.to_vec();
    let flags = args::flags_with_help(&line);
    let config = config::load(&flags, environment).unwrap_or_default();
    let call = CommandContext::new(config, args::command, None);
    let library = call
        .pack_if_sound()
        .map(|library| match library.is_indexed() {
            true => library,
            false => library.indexed(),
        });
    let words = library.as_ref().map(ExampleWords::of).unwrap_or_default();
    let own = call.config.themes.iter();
    let bundled = Theme::bundled().map(themed);
    let themes: Vec<Candidate> = bundled.chain(own.map(themed)).collect();
    let parser = args::command(80, &words);
    let mut parser = completing(parser, library.as_ref(), &themes);
    let mut answer = Vec::new();
    let folder = std::env::current_dir().ok();
    // Nothing to offer is an error to clap, and an empty answer to a shell.
    let _ = shell.write_complete(&mut parser, line, folder.as_deref(), &mut answer);
    Some(answer)
}

/// The parser with what its arguments may be.
fn completing(
    parser: clap::Command,
    library: Option<&Library>,
    themes: &[Candidate],
) -> clap::Command {
    let names: Vec<String> = parser
        .get_subcommands()
        .map(|c| c.get_name().to_owned())
        .collect();
    let mut parser = parser.mut_args(|arg| offering(arg, "", library, themes));
    for name in names {
        parser = parser.mut_subcommand(&name, |command| {
            command.mut_args(|arg| offering(arg, &name, library, themes))
        });
    }
    parser
}

/// An argument of a command with its candidates; as it is where its values are free, or known to the parser.
fn offering(arg: Arg, command: &str, library: Option<&Library>, themes: &[Candidate]) -> Arg {
    let path = match (command, arg.get_id().as_str()) {
        (_, "content" | "dir") => Some(PathCompleter::dir()),
        (_, "config" | "file") | ("judge", "answers") => Some(PathCompleter::file()),
        _ => None,
    };
    if let Some(path) = path {
        return arg.add(ArgValueCompleter::new(path));
    }
    let ids = |kinds: &[Kind]| library.map(|l| entries(l, kinds)).unwrap_or_default();
    let candidates = match (command, arg.get_id().as_str()) {
        (_, "lens") => ids(&[Kind::Lenses]),
        (_, "theme") => themes.to_vec(),
        ("", "words") | ("define", "terms") => ids(&Kind::ALL),
        ("compare", "views") => ids(&[Kind::Perspectives, Kind::Services, Kind::Lenses]),
        ("compare", "by") => dimensions(library),
        ("judge", "service") | ("cost", "services") => ids(&[Kind::Services]),
        (_, "kind") => kinds(library),
        ("cost", "preset") => workloads(library),
        ("read", "lesson") => ids(&[Kind::Lessons]),
        ("refs", "term") => ids(&[Kind::Terms]),
        ("reset", "id") | ("quiz", "only") => ids(&[Kind::Questions]),
        ("quiz", "topic") => topics(library),
        ("help", "topic") => named(&TOPICS.map(|topic| (topic, "a topic"))),
        _ => return arg,
    };
    let is_root = command.is_empty() && arg.get_id() == "words";
    let candidates = Arc::new(candidates);
    arg.add(ArgValueCompleter::new(move |typed: &OsStr| {
        let typed = typed.to_string_lossy().to_lowercase();
        // Before anything is typed commands are meant; two hundred terms would hide them.
        match is_root && typed.is_empty() {
            true => Vec::new(),
            false => matching(&candidates, &typed),
        }
    }))
}

/// Candidates that begin with what is typed, else those that contain it, in their word or in their title.
fn matching(candidates: &[Candidate], typed: &str) -> Vec<CompletionCandidate> {
    let begins = |(word, _): &&Candidate| word.starts_with(typed);
    let contains =
        |(word, title): &&Candidate| word.contains(typed) || title.to_lowercase().contains(typed);
    let mut found: Vec<&Candidate> = candidates.iter().filter(begins).collect();
    if found.is_empty() {
        found = candidates.iter().filter(contains).collect();
    }
    let offered = |(word, title): &Candidate| {
        let title = (!title.is_empty()).then(|| title.clone().into());
        CompletionCandidate::new(word).help(title)
    };
    found.into_iter().map(offered).collect()
}

/// Entries by what names them: an id of the first kind or of a term, of other kinds an id that no kind before has.
fn entries(library: &Library, kinds: &[Kind]) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for kind in kinds {
        for position in 0..library.count(*kind) {
            let head = library.head(*kind, position);
            let word = match seen.insert(head.id) {
                true => head.id.to_owned(),
                false => format!(
                    "{}/{}",
                    library.pack().subject.things.command_word(*kind),
                    head.id
                ),
            };
            all.push((word, SafeText::line(head.title).to_string()));
        }
    }
    all
}

/// The kinds of which the pack has something, in its words.
fn kinds(library: Option<&Library>) -> Vec<Candidate> {
    let words = library.map(kind_words).unwrap_or_default();
    words
        .into_iter()
        .map(|word| (word, String::new()))
        .collect()
}

fn themed(theme: &Theme) -> Candidate {
    (theme.name().to_string(), theme.about().to_string())
}

fn dimensions(library: Option<&Library>) -> Vec<Candidate> {
    let all = library
        .into_iter()
        .flat_map(|library| &library.pack().dimensions);
    all.map(|d| (d.id.clone(), d.question.to_string()))
        .collect()
}

fn topics(library: Option<&Library>) -> Vec<Candidate> {
    let all = library.into_iter().flat_map(|library| &library.pack().tags);
    all.map(|tag| (tag.id.clone(), tag.title.to_string()))
        .collect()
}

fn workloads(library: Option<&Library>) -> Vec<Candidate> {
    let all = library
        .into_iter()
        .flat_map(|library| &library.pack().subject.cost.workloads);
    all.map(|named| (named.id.clone(), named.title.to_string()))
        .collect()
}

fn named(names: &[(&str, &str)]) -> Vec<Candidate> {
    let owned = |(name, what): &(&str, &str)| ((*name).to_owned(), (*what).to_owned());
    names.iter().map(owned).collect()
}
