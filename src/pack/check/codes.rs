//! What `check` looks for: one line per code, in the words of the author's guide.
//! Every code that a diagnostic of this layer carries is here, once, and has a fixture.

use std::sync::LazyLock;

use crate::text::Severity;

#[derive(Debug)]
pub struct Check {
    /// Its name in reports, stable.
    pub code: &'static str,
    pub severity: Severity,
    pub about: &'static str,
}

/// All of them, by what they look at: files, then what stands in one, then what holds between several.
pub static CHECKS: LazyLock<Vec<Check>> = LazyLock::new(|| TABLE.lines().filter_map(row).collect());

fn row(line: &'static str) -> Option<Check> {
    let (severity, rest) = line.split_once(' ')?;
    let severity = match severity {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        _ => return None,
    };
    let (code, about) = rest.trim_start().split_once(' ')?;
    let about = about.trim_start();
    Some(Check {
        code,
        severity,
        about,
    })
}

const TABLE: &str = r#"
# Files.
error   pack-missing          The folder has no `pack.toml`.
error   file-unreadable       The file cannot be read.
error   file-too-large        The file is larger than 1 MiB.
error   file-not-utf8         The file is not UTF-8.
error   file-outside          The path or symbolic link leads out of the pack.
error   file-odd              What is named like a file is a folder, pipe, device or socket.
error   file-name             The file's name is no id: small letters and digits of any script and single dashes, at most 64, and `.md`.
error   id-duplicate          Two files of a kind have one id, in other letters or in a folder of its own.
error   files-too-many        The pack has more than 200,000 files.
warning file-stray            Nobody reads the file: it is neither an entry nor `pack.toml` nor `checklist.toml`.
warning folder-stray          Nobody reads the folder: it is none of the eight, or stands inside one of them.
# Text.
error   character-control     The text holds a control character.
error   character-bidi        The text holds a control that reorders what stands around it.
warning character-invisible   The text holds a character that nobody sees.
warning nesting-deep          Lists and quotes are nested more than 32 deep.
warning page-long             The page comes to more than 4 MiB of text.
warning html-comment          A comment stands in the text; readers never see it.
warning html-raw              HTML stands in the text; it is shown as it is typed.
warning image-untold          An image has no words in its brackets, and only these are shown.
warning image-words           An image has words in its brackets; they are shown in its place.
warning footnote-unknown      A footnote is referred to that nobody wrote.
warning definition-list       A definition list is shown line by line as it is typed.
warning table-wide            A table has more than 64 columns.
error   problems-many         The file has more than 200 problems; only these are listed.
# Front matter.
error   front-matter-missing  The file does not begin with `+++`.
error   front-matter-open     The front matter does not end with `+++`.
error   front-matter-syntax   The front matter is not TOML.
error   format-newer          The pack is made for a newer program.
error   criteria-many         The pack declares more criteria or answers than there can be.
error   answers-ends          The first or the last answer of `pack.toml` does not answer every criterion.
warning short-long            The short word of a verdict is wider than 10 cells, or there is none and the title is.
error   sign-form             The sign of a verdict is not one ASCII character.
error   frame-form            A frame of a question lacks its `{name}`, or has another place than it may have.
error   key-missing           A key is missing that this kind of entry needs.
warning key-unknown           A key means nothing there; often a slip.
error   value-type            A value is of the wrong type, such as a number where text belongs.
error   value-range           A number is too small or too large.
error   value-empty           A text, list, cell or choice says nothing.
error   value-unknown         A word is none of those that can stand there.
error   date-form             A date is not `"2026"`, `"2026-09"` or `"2026-09-30"`, or not in the calendar.
warning key-below             A pack that is laid on another says what only the lowest pack decides.
error   id-form               A word that must be an id is none.
error   id-twice              Two dimensions, tags, criteria, verdicts, readings or checklist questions have one id.
error   source-form           A source is neither an address nor the id of a reference.
error   address-refused       An address is not http or https, or not well-formed.
warning brief-long            A brief has more than 140 characters.
warning tag-unknown           A tag, topic or category is not listed in `pack.toml`.
# Bodies.
error   body-missing          There is no text below the front matter.
warning intro-missing         Nothing stands before the first heading.
error   section-twice         A part of the entry is there twice.
error   section-empty         There is nothing under a heading that names a part.
warning section-unknown       A heading of level 2 is nearly that of a part; it is shown under its own words.
error   list-missing          The claims of a reference are not one list.
error   dimension-missing     A perspective does not answer a dimension of the pack.
error   silence-differs       A perspective is silent in its text or in its positions, but not in both.
# Questions.
error   prompt-missing        A question asks nothing.
error   answer-form           The list or table that this kind of question needs is not there, or is another.
error   answer-missing        No choice is marked as right.
error   answer-twice          More than one choice of a single or true-false question is marked as right.
error   true-false-form       The choices are not `True` and `False`.
warning answer-same           An accepted answer or a near miss counts as another one already.
warning reason-missing        A choice does not say why it is right or wrong.
error   choice-code           The code block of a choice is not closed in it.
error   myth-form             The myth of a choice is not a link to one.
error   bucket-unknown        An item belongs to a bucket that the question does not name.
error   items-few             There are fewer than two choices or buckets, or fewer than three items or pairs.
error   item-twice            Two choices, items or buckets read the same.
warning question-second       Another list of choices than the answer stands in the file of a question; it is not asked.
warning explanation-missing   Nothing explains the answer.
error   fact-unasked          No question of `checklist.toml` decides the fact.
warning claim-unasked         `checklist.toml` asks for a claim that `pack.toml` does not declare.
error   choices-few           A question of `checklist.toml` has fewer than two choices.
# Services and lenses.
error   answer-elsewhere      An answer belongs to another criterion only.
error   criteria-missing      Facts are given in a pack that declares no criteria.
error   history-order         The history of a service is not told oldest first.
warning claim-unsourced       A thing claims the word, and nothing says where and when.
error   pricing-empty         A price model holds no number.
error   floor-untold          A price model has a floor and does not say with `floor` how it combines with the rest.
error   pricing-form          A key of a price model has nothing to act on: `follows_load` or `most_units` without a unit, `one_meter` without steps, `plans` beside the price of one.
error   steps-form            A price in steps has none, does not rise from 0, begins with nothing, or stands beside `floor = "idle"`.
error   currency-form         A currency is not named by three capital letters, or its sign cannot stand in front of an amount.
error   currency-other        The prices of a thing are not in the pack's currency.
error   dial-two              The dial of `pack.toml` does not name two services.
error   dial-unpriced         The dial of `pack.toml` names a service without prices.
error   rule-empty            A lens asks for no fact.
error   weights-sum           The weights of a lens do not add up to 10.
# Between files.
error   link-broken           A link leads to an entry that is not there.
warning link-mail             A mail address stands between `<` and `>`; it is shown and not followed.
error   link-form             A link leads to something that cannot be an entry or a heading.
error   link-escapes          A link leads out of the pack.
error   link-refused          A link is neither to an entry nor to an http or https address.
warning link-self             An entry links to itself, or names itself in its front matter.
error   heading-unknown       A link leads to a heading that is not there.
error   id-unknown            A key names an entry that is not there.
error   name-taken            A name or alias, or a title of our own, means another entry of the kind already.
error   order-taken           Two lessons claim the same place.
warning url-taken             Two references have the same address.
warning date-stale            With `--stale 18m`: the date is longer ago than that.
warning source-second-hand    With `--primary`: no page of its maker is among the sources.
"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_a_check_or_a_heading() {
        for line in TABLE.lines().filter(|line| !line.is_empty()) {
            assert_eq!(row(line).is_none(), line.starts_with("# "), "{line}");
        }
    }

    #[test]
    fn codes_are_kebab_case_and_there_once() {
        let mut codes: Vec<&str> = CHECKS.iter().map(|check| check.code).collect();
        assert!(codes.iter().all(|code| crate::pack::address::is_id(code)));
        assert!(CHECKS.iter().all(|check| check.about.ends_with('.')));
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), CHECKS.len());
    }
}
