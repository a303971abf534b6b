//! Addresses that may be opened: http and https, strictly read.
//! A [`Url`] is ASCII without spaces, quotes or controls, names a host and no user, and is at most 2 KiB.

use std::fmt;
use std::io;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Serialize, Serializer};

/// Longest address taken, in bytes.
pub const MAX: usize = 2048;

/// An http or https address that was read strictly and written again from its parts.
#[derive(Clone, Default, PartialEq, Eq, Hash, Debug)]
pub struct Url {
    text: String,
    host: std::ops::Range<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UrlError {
    /// Neither http nor https.
    Scheme,
    /// A space, quote, control or non-ASCII character.
    Character,
    /// No host, one that is not letters, digits, dots and dashes or is a number in disguise, or no port from 0 to 65535.
    Host,
    /// A user name before the host: a common disguise.
    User,
    /// Longer than [`MAX`].
    Length,
}

impl BorshSerialize for Url {
    fn serialize<W: io::Write>(&self, writer: &mut W) -> io::Result<()> {
        BorshSerialize::serialize(&self.text, writer)
    }
}

impl BorshDeserialize for Url {
    fn deserialize_reader<R: io::Read>(reader: &mut R) -> io::Result<Self> {
        let text = String::deserialize_reader(reader)?;
        Self::parse(&text).map_err(|_| io::ErrorKind::InvalidData.into())
    }
}

impl Url {
    /// Reads an address; says why not when it is refused.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        if text.len() > MAX {
            return Err(UrlError::Length);
        }
        let (scheme, rest) = text.split_once("://").ok_or(UrlError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "http" && scheme != "https" {
            return Err(UrlError::Scheme);
        }
        if !rest.bytes().all(allowed) {
            return Err(UrlError::Character);
        }
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at_checked(end).ok_or(UrlError::Host)?;
        let host = host_of(authority)?;
        let start = scheme.len() + 3;
        let authority = authority.to_ascii_lowercase();
        Ok(Self {
            text: format!("{scheme}://{authority}{tail}"),
            host: start..start + host,
        })
    }

    /// The whole address, as it is opened.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn host(&self) -> &str {
        self.text.get(self.host.clone()).unwrap_or("")
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Url {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl UrlError {
    /// One sentence for a reader.
    pub const fn why(self) -> &'static str {
        match self {
            Self::Scheme => "only http and https addresses are opened",
            Self::Character => "the address holds a character that must be percent-encoded",
            Self::Host => "the address names no proper host",
            Self::User => "addresses with a user name are not opened",
            Self::Length => "the address is longer than 2 KiB",
        }
    }
}

/// What may stand in an address besides the scheme: printable ASCII less quotes, angle brackets, braces, backslash,
/// caret, backtick and bar.
const fn allowed(b: u8) -> bool {
    let is_refused = matches!(
        b,
        b'"' | b'\'' | b'<' | b'>' | b'{' | b'}' | b'\\' | b'^' | b'`' | b'|'
    );
    b.is_ascii_graphic() && !is_refused
}

/// Length of the host in an authority `host[:port]`.
fn host_of(authority: &str) -> Result<usize, UrlError> {
    if authority.contains('@') {
        return Err(UrlError::User);
    }
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    let label = |l: &str| {
        !l.is_empty()
            && l.len() <= 63
            && !l.starts_with('-')
            && l.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let named = host.len() <= 253 && host.split('.').all(label);
    let ported = port.bytes().all(|b| b.is_ascii_digit()) && port.parse::<u16>().is_ok();
    let sound = named && ported && !is_disguised(host);
    sound.then_some(host.len()).ok_or(UrlError::Host)
}

/// Whether a host is a number that a browser takes for an address, but not written as the four numbers that everybody
/// knows: `2130706433`, `0x7f.1` and `0177.0.0.1` all lead to this machine. By <https://url.spec.whatwg.org/#concept-ipv4-parser>
/// a host whose last label is a number is one.
fn is_disguised(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or(host).to_ascii_lowercase();
    let digits = last.strip_prefix("0x");
    let is_number = digits.map_or_else(
        || last.bytes().all(|b| b.is_ascii_digit()),
        |digits| digits.bytes().all(|b| b.is_ascii_hexdigit()),
    );
    is_number && host.parse::<std::net::Ipv4Addr>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_are_taken() {
        let check = |text: &str, host: &str| {
            let address = Url::parse(text).unwrap();
            assert_eq!(
                (address.host(), address.as_str().to_ascii_lowercase()),
                (host, text.to_ascii_lowercase())
            );
        };
        check(
            "https://aws.amazon.com/lambda/pricing/?p=ft&c=wa&z=3",
            "aws.amazon.com",
        );
        check("HTTP://Example.org:8080/a(b)#c", "example.org");
        check("http://localhost", "localhost");
        check("http://127.0.0.1:65535/", "127.0.0.1");
        check("https://0x7f.example", "0x7f.example");
        check("https://3.example.org", "3.example.org");
    }

    #[test]
    fn everything_else_is_refused() {
        let check = |text: &str, why| assert_eq!(Url::parse(text), Err(why), "{text:?}");
        for text in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "ssh://h",
            "-x",
            "",
            " https://a",
            "https:/a",
        ] {
            check(text, UrlError::Scheme);
        }
        for text in [
            "https://a b",
            "https://a/\x1b[2J",
            "https://a/\n",
            "https://a/'",
            "https://a/`id`",
            "https://bücher.de",
        ] {
            check(text, UrlError::Character);
        }
        for text in [
            "https://",
            "https:///x",
            "https://a..b",
            "https://-a",
            "https://a:x",
            "https://a:",
            "https://127.0.0.1:99999/",
            "https://a:65536",
            "https://a:+80",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://0x/",
            "https://0177.0.0.1/",
            "https://1.2.3/",
            "https://1.2.3.256/",
        ] {
            check(text, UrlError::Host);
        }
        check("https://good.org@evil.org", UrlError::User);
        check(&format!("https://a/{}", "x".repeat(MAX)), UrlError::Length);
    }
}
