//! Links: a destination as written becomes what it names, or a complaint.
//!
//! Entries are named by relative paths, `../terms/faas.md#billing`, or `faas.md` within one folder. Whether the entry is
//! there is asked by `check`. A [`LinkTarget`] holds well-formed ids, anchors and addresses only; what leads out of
//! the pack, or to something that is neither an entry nor http(s), leads nowhere.

use std::borrow::Cow;

use crate::pack::address::{Address, Kind};
use crate::pack::doc::LinkTarget;
use crate::pack::notes::advice;
use crate::safe;
use crate::text::measure::quoted;
use crate::text::measure::slug;
use crate::text::suggest::nearest;
use crate::text::{SafeText, Url, UrlError};

/// What to write instead.
const WRITE: &str = "write `../KIND/ID.md`, such as `../terms/some-term.md`";

/// Why a destination was not taken.
#[derive(Debug, PartialEq)]
pub(super) struct LinkFault {
    pub(super) code: &'static str,
    pub(super) message: SafeText,
    pub(super) help: SafeText,
}

/// What a destination names, seen from the file at `path`.
pub(super) fn resolve(dest: &str, path: &str) -> Result<LinkTarget, LinkFault> {
    if let Some(anchor) = dest.strip_prefix('#') {
        return heading(anchor).map(LinkTarget::Anchor);
    }
    if let Some(scheme) = scheme(dest) {
        return Url::parse(dest)
            .map(LinkTarget::Web)
            .map_err(|refusal| refused(scheme, refusal));
    }
    if dest.starts_with(['/', '\\']) {
        return Err(escapes("links to files must not be absolute"));
    }
    let (file, anchor) = dest
        .split_once('#')
        .map_or((dest, None), |(file, anchor)| (file, Some(anchor)));
    let file = inside(&decoded(file), path)?;
    let address = Address::of_path(&file).ok_or_else(|| no_entry(&file))?;
    Ok(LinkTarget::Entry(address, anchor.map(heading).transpose()?))
}

/// A path with letters beyond ASCII as they are, where an editor or forge wrote them in percents.
fn decoded(path: &str) -> Cow<'_, str> {
    if !path.contains('%') {
        return Cow::Borrowed(path);
    }
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let digits = after.get(..2).filter(|d| *first == b'%' && d.is_ascii());
        let digits = digits.and_then(|d| std::str::from_utf8(d).ok());
        let byte = digits
            .and_then(|d| u8::from_str_radix(d, 16).ok())
            .filter(|b| !b.is_ascii());
        bytes.push(byte.unwrap_or(*first));
        rest = match byte {
            Some(_) => after.get(2..).unwrap_or(&[]),
            None => after,
        };
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(path), Cow::Owned)
}

/// The word before the colon, when there is one that could be a scheme.
fn scheme(dest: &str) -> Option<&str> {
    let (scheme, _) = dest.split_once(':')?;
    let letters = scheme
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b));
    (letters && scheme.starts_with(|c: char| c.is_ascii_alphabetic())).then_some(scheme)
}

impl LinkFault {
    fn new(code: &'static str, message: impl Into<SafeText>, help: impl Into<SafeText>) -> Self {
        Self {
            code,
            message: message.into(),
            help: help.into(),
        }
    }
}

fn refused(scheme: &str, refusal: UrlError) -> LinkFault {
    let message = match refusal {
        UrlError::Scheme => safe!(
            "`{}:` is not opened, only http and https are",
            quoted(scheme)
        ),
        UrlError::Character | UrlError::Host | UrlError::User | UrlError::Length => {
            SafeText::ours(refusal.why())
        }
    };
    LinkFault::new("link-refused", message, advice(refusal))
}

fn escapes(message: &'static str) -> LinkFault {
    LinkFault::new("link-escapes", message, WRITE)
}

/// A heading's anchor, which is spelled in one way only.
fn heading(anchor: &str) -> Result<String, LinkFault> {
    let anchor = &*decoded(anchor);
    let right = slug(anchor);
    if !right.is_empty() && right == anchor {
        return Ok(right);
    }
    let help = if right.is_empty() {
        SafeText::ours("write the heading's words in lower case, with dashes between them")
    } else {
        safe!("write `#{}`", quoted(&right))
    };
    let message = safe!("`#{}` cannot be a heading", quoted(anchor));
    Err(LinkFault::new("link-form", message, help))
}

/// The path inside the pack that a relative path means.
fn inside(file: &str, path: &str) -> Result<String, LinkFault> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." => {}
            ".." if parts.pop().is_none() => {
                return Err(escapes("the link leads out of the pack"));
            }
            ".." => {}
            name => parts.push(name),
        }
    }
    Ok(parts.join("/"))
}

fn no_entry(file: &str) -> LinkFault {
    let kinds = Kind::ALL.map(Kind::word);
    let help = match file
        .split_once('/')
        .filter(|(kind, _)| Kind::parse(kind).is_none() && kind.len() < 20)
    {
        Some((kind, _)) => match nearest(kind, kinds) {
            Some(near) => safe!("did you mean the folder `{near}`?"),
            None => safe!("the folders are {}", kinds.join(", ")),
        },
        None => SafeText::ours(WRITE),
    };
    let message = safe!("`{}` cannot be an entry", quoted(file));
    LinkFault::new("link-form", message, help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(dest: &str, expected: &str) {
        let found = match resolve(dest, "terms/faas.md") {
            Ok(LinkTarget::Entry(address, None)) => address.to_string(),
            Ok(LinkTarget::Entry(address, Some(anchor))) => format!("{address}#{anchor}"),
            Ok(LinkTarget::Anchor(anchor)) => format!("#{anchor}"),
            Ok(LinkTarget::Web(address)) => address.to_string(),
            Ok(LinkTarget::Nowhere(_)) => unreachable!("resolve never yields nowhere"),
            Err(fault) => format!("{}: {}; {}", fault.code, fault.message, fault.help),
        };
        assert_eq!(found, expected, "from {dest:?}");
    }

    #[test]
    fn what_can_be_followed() {
        check("../terms/cold-start.md", "terms/cold-start");
        check(
            "../services/aws-s3.md#cold-start",
            "services/aws-s3#cold-start",
        );
        check("cold-start.md", "terms/cold-start");
        check("./cold-start.md", "terms/cold-start");
        check("../terms/../myths/no-ops.md", "myths/no-ops");
        check("#what-is-billed", "#what-is-billed");
        check("https://example.org/a?b#c", "https://example.org/a?b#c");
        check("HTTP://Example.org", "http://example.org");
        check("サーバー.md#概要", "terms/サーバー#概要");
        check("%E3%81%AF.md", "terms/は");
    }

    #[test]
    fn what_leads_nowhere_says_why() {
        let write = "write `../KIND/ID.md`, such as `../terms/some-term.md`";
        check(
            "../../etc/passwd",
            &format!("link-escapes: the link leads out of the pack; {write}"),
        );
        check(
            "/etc/passwd",
            &format!("link-escapes: links to files must not be absolute; {write}"),
        );
        check(
            "//example.org/x",
            &format!("link-escapes: links to files must not be absolute; {write}"),
        );
        check(
            "\\\\host\\x",
            &format!("link-escapes: links to files must not be absolute; {write}"),
        );
        check(
            "javascript:alert(1)",
            "link-refused: `javascript:` is not opened, only http and https are; write an address that begins with `https://`",
        );
        check(
            "https://a@b.org",
            "link-refused: addresses with a user name are not opened; leave out what stands before the `@`",
        );
        check(
            "../term/faas.md",
            "link-form: `term/faas.md` cannot be an entry; did you mean the folder `terms`?",
        );
        check(
            "../terms/Faas.md",
            &format!("link-form: `terms/Faas.md` cannot be an entry; {write}"),
        );
        check(
            "../terms/faas",
            &format!("link-form: `terms/faas` cannot be an entry; {write}"),
        );
        check(
            "",
            &format!("link-form: `terms/` cannot be an entry; {write}"),
        );
        check(
            "\u{1b}[2J.md",
            &format!("link-form: `terms/\u{241b}[2J.md` cannot be an entry; {write}"),
        );
        check(
            "#What is billed?",
            "link-form: `#What is billed?` cannot be a heading; write `#what-is-billed`",
        );
        check(
            "#",
            "link-form: `#` cannot be a heading; write the heading's words in lower case, with dashes between them",
        );
    }
}
