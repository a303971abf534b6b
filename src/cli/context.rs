//! What a command is given: the printer, the config, and the pack when it asks for it. Nothing is opened that the command
//! does not ask for; a pack that cannot be opened says why, with the line.

use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::app::Config;
use crate::cli::examples::ExampleWords;
use crate::cli::exit::CliError;
use crate::cli::output::Output;
use crate::cli::pager::Pager;
use crate::clock;
use crate::disk::Folder;
use crate::disk::own_files::read_lenses;
use crate::layout::PageFormat;
use crate::layout::report::report;
use crate::pack::entry::read_pack_so_far;
use crate::pack::files::{PACK, ReadError};
use crate::pack::{
    Address, Bundled, Files, Kind, Library, LooseQuestions, OpenError, OwnLensFile, Stack,
};
use crate::text::measure::count;
use crate::text::measure::quoted;
use crate::text::suggest::nearest;
use crate::text::{Day, Diagnostic, SafeText};
use crate::views::ViewContext;

pub struct CommandContext {
    pub out: Output,
    pub config: Config,
    /// The parser, its help set that wide: commands that speak of commands are handed it, since importing the module that
    /// names all commands would go round in a circle.
    pub parser: Parser,
}

/// The parser at a width of its help, with the words of its examples.
pub type Parser = fn(usize, &ExampleWords) -> clap::Command;

/// The name of a folder, however it is written.
fn name_of(folder: &Path) -> String {
    let whole = folder.canonicalize();
    let name = whole.as_deref().unwrap_or(folder).file_name();
    name.unwrap_or_default().to_string_lossy().into_owned()
}

impl CommandContext {
    pub fn new(config: Config, parser: Parser, pager: Option<Pager>) -> Self {
        Self {
            out: Output::new(config.style, config.theme.clone(), pager),
            config,
            parser,
        }
    }

    /// Reports what is wrong with the config file.
    pub fn report_config(&self) {
        self.report(self.config.problems.iter());
        for (problem, text) in &self.config.theme_problems {
            self.out.say_rows(&report(problem, text.as_deref()));
        }
    }

    /// Reports what is wrong with the user's own lenses.
    pub fn report_own_lenses(&self, library: &Library) {
        for (problem, text) in library.own_lenses().problems() {
            self.out.say_rows(&report(problem, text));
        }
    }

    /// The pack with the user's own lenses behind its own.
    fn with_own_lenses(&self, library: Library) -> Library {
        let folder = self.config.own_lenses(&library.pack().id);
        let found = folder
            .map(|folder| read_lenses(&folder))
            .unwrap_or_default();
        if found.is_empty() {
            return library;
        }
        library.with_own_lenses(found)
    }

    /// Reports only what changes the answer of every command.
    pub fn report_misleading(&self) {
        self.report(self.config.misleading());
    }

    fn report<'a>(&'a self, problems: impl Iterator<Item = &'a Diagnostic>) {
        for problem in problems {
            let source = problem.span.as_ref().map(|_| self.config.source.as_str());
            self.out.say_rows(&report(problem, source));
        }
    }

    /// The files of the pack that was asked for.
    pub fn files(&self) -> Result<Arc<dyn Files>, CliError> {
        self.stacked(&self.config.content)
    }

    /// The files of some folders, each laid on those before it; the first may be laid on the bundled pack.
    pub fn stacked(&self, folders: &[PathBuf]) -> Result<Arc<dyn Files>, CliError> {
        let bundled: Arc<dyn Files> = Arc::new(Bundled);
        let mut layers: Vec<(String, Arc<dyn Files>)> = Vec::new();
        for folder in folders {
            let files = self.folder(folder)?;
            let head = files.read(PACK).unwrap_or_default();
            let pack = read_pack_so_far(&head).0;
            if layers.is_empty() && pack.extends.is_some() {
                let head = bundled.read(PACK).unwrap_or_default();
                layers.push((read_pack_so_far(&head).0.id, Arc::clone(&bundled)));
            }
            let below = layers.iter().map(|(id, _)| id.as_str());
            lies_on(folder, pack.extends.as_deref(), below.collect())?;
            layers.push((pack.id, files));
        }
        let mut layers = layers.into_iter().map(|(_, files)| files);
        let lowest = layers.next().unwrap_or(bundled);
        let above: Vec<Arc<dyn Files>> = layers.collect();
        Ok(match above.is_empty() {
            true => lowest,
            false => Arc::new(Stack::new(lowest, above)),
        })
    }

    /// The pack to ask questions of: the questions of a folder where one is named, else the pack, with titles.
    pub fn asked(&mut self, from: Option<&Path>) -> Result<(Library, String), CliError> {
        let Some(folder) = from else {
            return self.indexed();
        };
        let files = self.folder(folder)?;
        let files: Arc<dyn Files> = match files.read(PACK) {
            Ok(_) => files,
            Err(_) => Arc::new(LooseQuestions::new(files, &name_of(folder))),
        };
        let library = Library::open(files).map_err(|refused| self.refused(&refused))?;
        let library = library.indexed();
        self.tell_left_out(&library, Some(folder));
        let lens = self.lens(&library)?;
        Ok((library, lens))
    }

    /// The files of a folder to check: a pack, one that is laid on the packs in use, or questions alone; and whether it is
    /// the last.
    pub fn checked(&self, folder: &Path) -> Result<(Arc<dyn Files>, bool), CliError> {
        let files = self.folder(folder)?;
        let is_pack = !matches!(files.read(PACK), Err(ReadError::Missing));
        // A pack whose head is misspelled is a pack: its folders tell it from questions alone.
        let has_entries = || Kind::ALL.iter().any(|k| !files.list(k.word()).is_empty());
        if !is_pack && !has_entries() && has_questions(&*files) {
            return Ok((Arc::new(LooseQuestions::new(files, &name_of(folder))), true));
        }
        let alone = self.stacked(&[folder.to_owned()]);
        if alone.is_ok() || self.config.content.is_empty() {
            return Ok((alone?, false));
        }
        let mut all = self.config.content.clone();
        all.push(folder.to_owned());
        Ok((self.stacked(&all)?, false))
    }

    fn folder(&self, folder: &Path) -> Result<Arc<dyn Files>, CliError> {
        let opened = Folder::open(folder).map_err(|error| {
            let folder = quoted(&folder.to_string_lossy());
            CliError::new(crate::safe!("{folder} cannot be read: {}", error.why()))
        })?;
        Ok(Arc::new(opened))
    }

    /// The pack, ids known; titles too where they are baked.
    pub fn library(&mut self) -> Result<Library, CliError> {
        let files = self.files()?;
        let library = Library::open(files).map_err(|refused| self.refused(&refused))?;
        self.out.language = library.pack().language.clone();
        Ok(self.with_own_lenses(library))
    }

    /// The pack where it can be opened; for those who only take words from it. What is wrong with it is not told.
    pub fn pack_if_sound(&self) -> Option<Library> {
        let library = Library::open(self.files().ok()?).ok()?;
        Some(self.with_own_lenses(library))
    }

    /// Says why a pack cannot be opened.
    pub fn refused(&self, refused: &OpenError) -> CliError {
        for problem in &refused.diagnostics {
            self.out
                .say_rows(&report(problem, refused.source.as_deref()));
        }
        CliError::with_help(
            "the pack cannot be opened",
            "a pack needs a sound pack.toml; `tozero new DIR` writes one",
        )
    }

    /// The words of the pack at hand. Help is for those with a broken pack, too: then nothing is named.
    pub fn words(&self) -> ExampleWords {
        let library = self.pack_if_sound();
        library
            .map(|library| ExampleWords::of(&library))
            .unwrap_or_default()
    }

    /// Refuses what is about a kind of entries of which the pack has none.
    pub fn needs(&self, library: &Library, kind: Kind) -> Result<(), CliError> {
        if library.count(kind) > 0 {
            return Ok(());
        }
        let things = &library.pack().subject.things;
        let many = things.many_of(kind);
        let help = crate::safe!(
            "a folder `{}` beside its `pack.toml` would hold them",
            kind.word()
        );
        Err(CliError::with_help(
            crate::safe!("this pack has no {many}"),
            help,
        ))
    }

    /// The pack with titles, aliases and mentions known, and the lens to read it through.
    pub fn indexed(&mut self) -> Result<(Library, String), CliError> {
        let library = self.library()?;
        let library = if library.is_indexed() {
            library
        } else {
            library.indexed()
        };
        self.tell_left_out(&library, None);
        let lens = self.lens(&library)?;
        Ok((library, lens))
    }

    /// Says that entries are missing, and how to find out why.
    fn tell_left_out(&self, library: &Library, folder: Option<&Path>) {
        if library.left_out() > 0 {
            let entries = count(library.left_out(), "entry", "entries");
            let folder = folder.or(self.config.content.last().map(PathBuf::as_path));
            let folder = folder.map(|folder| quoted(&folder.to_string_lossy()));
            let folder = folder.unwrap_or_default();
            self.out
                .say(&crate::safe!("{entries} left out: tozero check {folder}"));
        }
    }

    /// The lens to read through: asked for, set, or the pack's own.
    pub fn lens(&self, library: &Library) -> Result<String, CliError> {
        let Some(asked) = &self.config.lens else {
            return Ok(library.pack().default_lens.clone());
        };
        let known = Address::new(Kind::Lenses, asked).filter(|a| library.position(a).is_some());
        if let Some(address) = known.or_else(|| library.named(Kind::Lenses, asked)) {
            return Ok(address.id.to_string());
        }
        let is_own = |file: &OwnLensFile| file.id == asked.as_str();
        if library.own_lenses().files().iter().any(is_own) {
            self.report_own_lenses(library);
        }
        let ids = (0..library.count(Kind::Lenses)).map(|n| library.head(Kind::Lenses, n).id);
        let help = match nearest(asked, ids) {
            Some(near) => crate::safe!("did you mean {near}?"),
            None => SafeText::ours("tozero list lenses names them all"),
        };
        let what = crate::safe!("there is no lens called {}", quoted(asked));
        // A lens that was typed is meant for this run, and a verdict through another would mislead. One in the config file
        // may be another pack's: it is reported and left.
        let Some(span) = self.config.lens_span.clone() else {
            let what = match self.config.is_lens_typed {
                true => what,
                false => crate::safe!("TOZERO_LENS: {what}"),
            };
            return Err(CliError::with_help(what, help));
        };
        let file = self.config.file.as_deref().unwrap_or(Path::new(""));
        let problem = Diagnostic::error("unknown-lens", &file.to_string_lossy(), what)
            .at(span)
            .help(help);
        self.out
            .say_rows(&report(&problem, Some(&self.config.source)));
        Ok(library.pack().default_lens.clone())
    }

    /// Today, for ages. Reads the clock and the time zone, so it is asked for only where something can be old.
    pub fn today(&self) -> Day {
        clock::today()
    }

    /// What entries of a kind are looked at through. Only services can be old, so only they cost a look at the clock.
    pub fn view(&self, lens: &str, kind: Kind) -> ViewContext {
        let today = if kind == Kind::Services {
            self.today()
        } else {
            Day::new(1970, 1, 1)
        };
        ViewContext::new(lens, today).on(self.config.as_of)
    }

    pub fn format(&self) -> PageFormat {
        self.out.style.format()
    }

    /// Width of text in cells.
    pub fn width(&self) -> usize {
        self.out.style.width
    }

    /// Where a line is cut that is not wrapped, in cells.
    pub fn line_width(&self) -> usize {
        self.out.style.line_width
    }
}

/// Whether questions stand at the top of a folder. Its README.md is none.
fn has_questions(files: &dyn Files) -> bool {
    let is_question = |path: &String| path.ends_with(".md") && path != "README.md";
    files.list("").iter().any(is_question)
}

/// Refuses a folder that does not lie on the packs below it.
fn lies_on(folder: &Path, extends: Option<&str>, below: Vec<&str>) -> Result<(), CliError> {
    let folder = quoted(&folder.to_string_lossy());
    match extends {
        None if below.is_empty() => Ok(()),
        Some(id) if below.contains(&id) => Ok(()),
        None => Err(CliError::with_help(
            crate::safe!("{folder} is a pack of its own and cannot be laid on another"),
            crate::safe!(
                "write `extends = \"{}\"` into its pack.toml, or name it alone",
                below.last().unwrap_or(&"")
            ),
        )),
        Some(id) => Err(CliError::with_help(
            crate::safe!("{folder} extends {}, which is not below it", quoted(id)),
            crate::safe!(
                "name the folder of {} first: --content BASE --content {folder}; below it now: {}",
                quoted(id),
                below.join(", ")
            ),
        )),
    }
}

/// What to say of an entry that is there and cannot be shown.
pub fn unreadable(address: impl Display) -> CliError {
    CliError::with_help(
        crate::safe!("{address} cannot be shown, its file has errors"),
        "tozero check DIR shows them with their lines",
    )
}
