//! What `check` looks for: one row per code, in the words of the author's guide.
//! Promise: every code that a diagnostic of this floor carries is here, once, and has a fixture.

use Severity::{Error, Warning};

use crate::text::Severity;

/// One check.
#[derive(Debug)]
pub struct Check {
    /// Its name in reports, stable.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What it means, in one sentence.
    pub about: &'static str,
}

/// All of them, by what they look at: files, then what stands in one, then what holds between several.
pub const CHECKS: &[Check] = &[
    // Files.
    row("pack-missing", Error, "The folder has no `pack.toml`."),
    row("file-unreadable", Error, "The file cannot be read."),
    row("file-too-large", Error, "The file is larger than 1 MiB."),
    row("file-not-utf8", Error, "The file is not UTF-8."),
    row(
        "file-outside",
        Error,
        "The path or symbolic link leads out of the pack.",
    ),
    row(
        "file-odd",
        Error,
        "What is named like a file is a folder, pipe, device or socket.",
    ),
    row(
        "file-name",
        Error,
        "The file's name is no id: lower-case letters, digits and single dashes, at most 64, and `.md`.",
    ),
    row(
        "id-duplicate",
        Error,
        "Two files of a kind have one id, in other letters or in a folder of its own.",
    ),
    row(
        "files-too-many",
        Error,
        "The pack has more than 200,000 files.",
    ),
    row(
        "file-stray",
        Warning,
        "Nobody reads the file: it is neither an entry nor `pack.toml` nor `checklist.toml`.",
    ),
    row(
        "folder-stray",
        Warning,
        "Nobody reads the folder: it is none of the eight, or stands inside one of them.",
    ),
    // Text.
    row(
        "character-control",
        Error,
        "The text holds a control character.",
    ),
    row(
        "character-bidi",
        Error,
        "The text holds a control that reorders what stands around it.",
    ),
    row(
        "character-invisible",
        Warning,
        "The text holds a character that nobody sees.",
    ),
    row(
        "nesting-deep",
        Warning,
        "Lists and quotes are nested more than 32 deep.",
    ),
    row(
        "page-long",
        Warning,
        "The page comes to more than 4 MiB of text.",
    ),
    row("table-wide", Warning, "A table has more than 64 columns."),
    row(
        "problems-many",
        Error,
        "The file has more than 200 problems; only these are listed.",
    ),
    // Front matter.
    row(
        "front-matter-missing",
        Error,
        "The file does not begin with `+++`.",
    ),
    row(
        "front-matter-open",
        Error,
        "The front matter does not end with `+++`.",
    ),
    row(
        "front-matter-syntax",
        Error,
        "The front matter is not TOML.",
    ),
    row(
        "format-newer",
        Error,
        "The pack is made for a newer program.",
    ),
    row(
        "key-missing",
        Error,
        "A key is missing that this kind of entry needs.",
    ),
    row(
        "key-unknown",
        Warning,
        "A key means nothing there; often a slip.",
    ),
    row(
        "value-type",
        Error,
        "A value is of the wrong type, such as a number where text belongs.",
    ),
    row("value-range", Error, "A number is too small or too large."),
    row(
        "value-empty",
        Error,
        "A text, list, cell or choice says nothing.",
    ),
    row(
        "value-unknown",
        Error,
        "A word is none of those that can stand there.",
    ),
    row(
        "date-form",
        Error,
        "A date is not `\"2026\"`, `\"2026-09\"` or `\"2026-09-30\"`, or not in the calendar.",
    ),
    row("id-form", Error, "A word that must be an id is none."),
    row(
        "id-twice",
        Error,
        "Two dimensions, tags, categories or checklist questions have one id.",
    ),
    row(
        "source-form",
        Error,
        "A source is neither an address nor the id of a reference.",
    ),
    row(
        "address-refused",
        Error,
        "An address is not http or https, or not well-formed.",
    ),
    row(
        "brief-long",
        Warning,
        "A brief has more than 140 characters.",
    ),
    row(
        "tag-unknown",
        Warning,
        "A tag, topic or category is not listed in `pack.toml`.",
    ),
    // Bodies.
    row(
        "body-missing",
        Error,
        "There is no text below the front matter.",
    ),
    row(
        "section-twice",
        Error,
        "A part of the entry is there twice.",
    ),
    row(
        "section-empty",
        Error,
        "There is nothing under a heading that names a part.",
    ),
    row(
        "section-unknown",
        Warning,
        "A heading of level 2 names no part of this kind of entry.",
    ),
    row(
        "list-missing",
        Error,
        "The claims of a reference are not one list.",
    ),
    row(
        "dimension-missing",
        Error,
        "A perspective does not answer a dimension of the pack.",
    ),
    row(
        "silence-differs",
        Error,
        "A perspective is silent in its text or in its positions, but not in both.",
    ),
    // Questions.
    row("prompt-missing", Error, "A question asks nothing."),
    row(
        "answer-form",
        Error,
        "The list or table that this kind of question needs is not there, or is another.",
    ),
    row("answer-missing", Error, "No choice is marked as right."),
    row(
        "answer-twice",
        Error,
        "More than one choice of a single or true-false question is marked as right.",
    ),
    row(
        "true-false-form",
        Error,
        "The choices are not `True` and `False`.",
    ),
    row(
        "reason-missing",
        Error,
        "A choice does not say why it is right or wrong.",
    ),
    row(
        "myth-form",
        Error,
        "The myth of a choice is not a link to one.",
    ),
    row(
        "bucket-unknown",
        Error,
        "An item belongs to a bucket that the question does not name.",
    ),
    row(
        "items-few",
        Error,
        "There are fewer than two choices or buckets, or fewer than three items or pairs.",
    ),
    row(
        "item-twice",
        Error,
        "Two choices, items or buckets read the same.",
    ),
    row("explanation-missing", Error, "Nothing explains the answer."),
    row(
        "fact-unasked",
        Error,
        "No question of `checklist.toml` decides the fact.",
    ),
    row(
        "choices-few",
        Error,
        "A question of `checklist.toml` has fewer than two choices.",
    ),
    // Services and lenses.
    row(
        "fact-size",
        Error,
        "`size` answers another fact than `hides_infrastructure`.",
    ),
    row(
        "history-order",
        Error,
        "The history of a service is not told oldest first.",
    ),
    row("pricing-empty", Error, "A price model holds no number."),
    row(
        "floor-untold",
        Error,
        "A price model has a floor, and its assumptions do not end with one of the two sentences for it.",
    ),
    row(
        "dial-two",
        Error,
        "The dial of `pack.toml` does not name two services.",
    ),
    row(
        "dial-unpriced",
        Error,
        "The dial of `pack.toml` names a service without prices.",
    ),
    row("rule-empty", Error, "A lens asks for no fact."),
    row(
        "weights-sum",
        Error,
        "The weights of a lens do not add up to 10.",
    ),
    // Between files.
    row(
        "link-broken",
        Error,
        "A link leads to an entry that is not there.",
    ),
    row(
        "link-form",
        Error,
        "A link leads to something that cannot be an entry or a heading.",
    ),
    row("link-escapes", Error, "A link leads out of the pack."),
    row(
        "link-refused",
        Error,
        "A link is neither to an entry nor to an http or https address.",
    ),
    row(
        "link-self",
        Warning,
        "An entry links to itself, or names itself in its front matter.",
    ),
    row(
        "heading-unknown",
        Error,
        "A link leads to a heading that is not there.",
    ),
    row(
        "id-unknown",
        Error,
        "A key names an entry that is not there.",
    ),
    row(
        "name-taken",
        Error,
        "A name or alias, or a title of our own, means another entry of the kind already.",
    ),
    row("order-taken", Error, "Two lessons claim the same place."),
    row(
        "url-taken",
        Warning,
        "Two references have the same address.",
    ),
    row(
        "date-stale",
        Warning,
        "With `--stale 18m`: the date is longer ago than that.",
    ),
];

const fn row(code: &'static str, severity: Severity, about: &'static str) -> Check {
    Check {
        code,
        severity,
        about,
    }
}
