//! What a command is given: the printer, the settings, and the pack when it asks for it.
//! Promise: nothing is opened that the command does not ask for; a pack that cannot be opened says why, with the line.

use std::path::Path;
use std::sync::Arc;

use crate::cli::exit::CliError;
use crate::cli::output::Output;
use crate::cli::settings::Config;
use crate::cli::usage::quoted;
use crate::disk::clock;
use crate::layout::PageFormat;
use crate::layout::report::report;
use crate::pack::{Address, Files, Kind, Library, OpenError};
use crate::text::suggest::nearest;
use crate::text::{Day, Diagnostic, SafeText};
use crate::views::ViewContext;

/// One run of a command.
pub struct CommandContext {
    /// The printer.
    pub out: Output,
    /// Flags and settings file together, flags first.
    pub meant: Config,
}

impl CommandContext {
    /// The files of the pack that was asked for.
    pub fn files(&self) -> Result<Arc<dyn Files>, CliError> {
        match &self.meant.content {
            Some(folder) => self.folder(folder),
            None => Ok(Arc::new(crate::pack::bundled::Bundled)),
        }
    }

    /// A folder's files.
    pub fn folder(&self, folder: &Path) -> Result<Arc<dyn Files>, CliError> {
        let opened = crate::disk::Folder::open(folder);
        let folder = quoted(&folder.to_string_lossy());
        let opened = opened
            .map_err(|why| CliError::new(crate::safe!("{folder} cannot be read: {}", why.why())))?;
        Ok(Arc::new(opened))
    }

    /// The pack, ids known; titles too where they are baked.
    pub fn library(&mut self) -> Result<Library, CliError> {
        let files = self.files()?;
        Library::open(files).map_err(|refused| self.refused(&refused))
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

    /// The pack with titles, aliases and mentions known, and the lens to read it through.
    pub fn indexed(&mut self) -> Result<(Library, String), CliError> {
        let library = self.library()?;
        let library = if library.is_indexed() {
            library
        } else {
            library.indexed()
        };
        let lens = self.lens(&library)?;
        Ok((library, lens))
    }

    /// The lens to read through: asked for, set, or the pack's own. One that the settings file names and the pack does not
    /// have is told and left.
    pub fn lens(&self, library: &Library) -> Result<String, CliError> {
        let Some(asked) = &self.meant.lens else {
            return Ok(library.pack().default_lens.clone());
        };
        let known = Address::new(Kind::Lenses, asked).filter(|a| library.position(a).is_some());
        if let Some(address) = known.or_else(|| library.named(Kind::Lenses, asked)) {
            return Ok(address.id.to_string());
        }
        let ids = (0..library.count(Kind::Lenses)).map(|n| library.head(Kind::Lenses, n).id);
        let help = match nearest(asked, ids) {
            Some(near) => crate::safe!("did you mean {near}?"),
            None => SafeText::ours("tozero list lenses names them all"),
        };
        let what = crate::safe!("there is no lens called {}", quoted(asked));
        let Some(at) = self.meant.lens_at.clone() else {
            return Err(CliError::with_help(what, help));
        };
        let file = self
            .meant
            .file
            .as_deref()
            .map(|f| f.to_string_lossy().into_owned())
            .unwrap_or_default();
        let problem = Diagnostic::error("unknown-lens", &file, what)
            .at(at)
            .help(help);
        self.out
            .say_rows(&report(&problem, Some(&self.meant.source)));
        Ok(library.pack().default_lens.clone())
    }

    /// Today, for ages. Reads the clock and the time zone, so it is asked for only where something can be old.
    pub fn today(&self) -> Day {
        clock::today()
    }

    /// What entries of a kind are looked at through. Only services can be old, so only they cost a look at the clock.
    pub fn sight(&self, lens: &str, kind: Kind) -> ViewContext {
        let today = if kind == Kind::Services {
            self.today()
        } else {
            Day::new(1970, 1, 1)
        };
        ViewContext::new(lens, today).on(self.meant.as_of)
    }

    /// What pages are laid out for.
    pub fn format(&self) -> PageFormat {
        self.out.look.format()
    }

    /// Width of text in cells.
    pub fn width(&self) -> usize {
        self.out.look.width
    }
}

/// What to say of an entry that is there and cannot be shown.
pub fn unreadable(address: &Address) -> CliError {
    CliError::with_help(
        crate::safe!("{address} cannot be shown, its file has errors"),
        "tozero check DIR shows them with their lines",
    )
}
