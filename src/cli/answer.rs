//! How commands answer: an object where JSON was asked for, else a page or lines of text.

use serde_json::Value;

use crate::cli::addresses::NamedLinks;
use crate::cli::context::{CommandContext, unreadable};
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json;
use crate::layout::{Page, PageFormat};
use crate::pack::{Address, Library};
use crate::text::SafeText;
use crate::views::cite;

impl CommandContext {
    pub fn json(&mut self, kind: &str, body: Value) -> CommandResult {
        json::print(&mut self.out, kind, body)?;
        Ok(ExitStatus::Done)
    }

    /// Prints a page, and at its end the addresses of its sources.
    pub fn page(&mut self, page: Page, sources: NamedLinks) -> CommandResult {
        self.out.page(page, sources)?;
        Ok(ExitStatus::Done)
    }

    /// Prints an object where JSON was asked for, else a page.
    pub fn answer(
        &mut self,
        kind: &str,
        body: impl FnOnce() -> Value,
        page: impl FnOnce(PageFormat) -> Page,
    ) -> CommandResult {
        if self.out.style.json {
            return self.json(kind, body());
        }
        let page = page(self.format());
        self.page(page, Vec::new())
    }

    /// Prints an object where JSON was asked for, else lines.
    pub fn answer_lines(
        &mut self,
        kind: &str,
        body: Value,
        lines: impl IntoIterator<Item = SafeText>,
    ) -> CommandResult {
        if self.out.style.json {
            return self.json(kind, body);
        }
        for line in lines {
            self.out.line(&line)?;
        }
        Ok(ExitStatus::Done)
    }

    /// Says that nothing was found, and what to do about it.
    pub fn nothing(&self, what: SafeText, help: Option<SafeText>) -> CommandResult {
        self.out.say(&crate::safe!("tozero: {what}"));
        if let Some(help) = help {
            self.out.say(&crate::safe!("help: {help}"));
        }
        Ok(ExitStatus::Nothing)
    }

    /// Prints an entry where JSON was asked for, else a page of it with the entry's sources.
    pub fn entry(
        &mut self,
        library: &Library,
        address: &Address,
        page: impl FnOnce(&Self) -> Page,
    ) -> CommandResult {
        if self.out.style.json {
            let body = json::entry::entry(library, address).ok_or_else(|| unreadable(address))?;
            return self.json(address.kind.one(), body);
        }
        let sources = cite::sources(library, address).ok_or_else(|| unreadable(address))?;
        let page = page(self);
        self.page(page, sources)
    }
}
