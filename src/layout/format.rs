//! What a page is laid out for: its width, and whether it is shown on a screen or printed.

/// What a page is laid out for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Medium {
    /// A screen: rules take the whole width, links are followed with keys.
    Screen,
    /// Print: the rule under a title is as long as the title.
    Print {
        /// Lines only, for screen readers and programs: no rules, no tables.
        plain: bool,
        /// An address stays in one piece even where it is wider than the page.
        whole_addresses: bool,
        /// A line of code stays in one piece, as it is to be copied.
        whole_code: bool,
    },
    /// A document, to be written as Markdown or HTML: its parts count, its rows do not.
    Document,
}

/// What becomes of a web address that is wider than the place for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WideAddresses {
    /// It stays in one piece.
    Whole,
    /// It goes on in the next row.
    Broken,
    /// Its middle is left out; the host is not.
    Shortened,
}

/// A screen narrower than this is small.
const SMALL: usize = 50;

/// How wide a page is, in cells, and what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PageFormat {
    pub width: usize,
    pub medium: Medium,
}

impl From<usize> for PageFormat {
    fn from(width: usize) -> Self {
        Self {
            width,
            medium: Medium::Screen,
        }
    }
}

impl PageFormat {
    /// For Markdown and HTML.
    pub const DOCUMENT: Self = Self {
        width: 100,
        medium: Medium::Document,
    };

    pub const fn is_print(self) -> bool {
        matches!(self.medium, Medium::Print { .. } | Medium::Document)
    }

    /// Whether it is a screen with room for little more than what is asked for.
    pub const fn is_small_screen(self) -> bool {
        matches!(self.medium, Medium::Screen) && self.width < SMALL
    }

    pub const fn is_document(self) -> bool {
        matches!(self.medium, Medium::Document)
    }

    /// Whether it takes neither rules nor tables.
    pub const fn is_plain(self) -> bool {
        matches!(self.medium, Medium::Print { plain: true, .. })
    }

    pub(super) const fn keeps_code(self) -> bool {
        matches!(
            self.medium,
            Medium::Print {
                whole_code: true,
                ..
            }
        )
    }

    /// What becomes of a web address that is too wide: a program reads it whole, a screen opens it from one row.
    pub(super) const fn wide_addresses(self) -> WideAddresses {
        match self.medium {
            Medium::Print {
                whole_addresses: true,
                ..
            } => WideAddresses::Whole,
            Medium::Screen => WideAddresses::Shortened,
            Medium::Print { .. } | Medium::Document => WideAddresses::Broken,
        }
    }

    pub(super) const fn keeps_addresses(self) -> bool {
        matches!(self.wide_addresses(), WideAddresses::Whole)
    }
}
