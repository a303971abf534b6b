//! Lenses of the user's own: files beside the settings, read by the criteria of a pack and checked like its own lenses.
//! What is written here is read again as it was.

use crate::pack::address::is_id;
use crate::pack::entries::lens::{Lens, LensRule, OWN_QUESTION, read_own};
use crate::pack::entries::pack::Pack;
use crate::pack::files::ReadError;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::{Diagnostic, SafeText};

/// One file, as it was found or is to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnLensFile {
    /// The file's stem: what the lens is called on the command line.
    pub id: String,
    /// Where the file lies, for people.
    pub path: String,
    /// Its text, or why it cannot be read.
    pub text: Result<String, ReadError>,
}

/// The user's own lenses of a pack.
#[derive(Clone, Debug, Default)]
pub struct OwnLenses {
    files: Vec<OwnLensFile>,
    problems: Vec<Diagnostic>,
}

impl OwnLenses {
    /// Reads files by a pack: the lenses that can be read, and the files with what is wrong with them. A name that is taken
    /// by a lens of the pack is refused.
    pub(crate) fn read(
        files: Vec<OwnLensFile>,
        pack: &Pack,
        is_taken: impl Fn(&str) -> bool,
    ) -> (Vec<Lens>, Self) {
        let (mut lenses, mut problems) = (Vec::new(), Vec::new());
        for file in &files {
            let mut notes = Notes::new(&file.path);
            let lens = match &file.text {
                Err(why) => {
                    notes.add(why.problem(&file.path));
                    None
                }
                Ok(_) if !is_id(&file.id) => {
                    let help = "use small letters and digits with single dashes between words";
                    notes.refuse("file-name", &(0..0), "the file's name is no id", help);
                    None
                }
                Ok(_) if is_taken(&file.id) => {
                    let message = safe!("the pack has a lens `{}` of its own", file.id);
                    notes.refuse("id-duplicate", &(0..0), message, "rename the file");
                    None
                }
                Ok(text) => read_own(&file.id, text, &mut notes, pack),
            };
            notes.close();
            lenses.extend(lens);
            problems.extend(notes.problems);
        }
        (lenses, Self { files, problems })
    }

    pub fn files(&self) -> &[OwnLensFile] {
        &self.files
    }

    /// What is wrong, each with the text that it quotes.
    pub fn problems(&self) -> impl Iterator<Item = (&Diagnostic, Option<&str>)> {
        self.problems.iter().map(|problem| {
            let file = self.files.iter().find(|file| file.path == problem.path);
            let text = file.and_then(|file| file.text.as_deref().ok());
            (problem, text.filter(|_| problem.span.is_some()))
        })
    }
}

/// A rule as a file that says the same when it is read.
pub fn written(lens: &Lens) -> String {
    let criteria = &lens.subject.criteria;
    let quoted = |text: &str| {
        let escaped = text.replace('\\', "\\\\").replace('"', "\\\"");
        format!("\"{}\"", escaped.replace('\n', "\\n"))
    };
    let mut text = format!("name = {}\n", quoted(&lens.name));
    if let Some(words) = &lens.short {
        text += &format!("short = {}\n", quoted(words));
    }
    if *lens.question != *OWN_QUESTION {
        text += &format!("question = {}\n", quoted(&lens.question));
    }
    if let Some(words) = &lens.not_asked {
        text += &format!("not_asked = {}\n", quoted(words));
    }
    let table = |head: &str, rows: Vec<(&str, String)>| {
        let rows: String = rows
            .iter()
            .map(|(key, value)| format!("{key} = {value}\n"))
            .collect();
        format!("\n[{head}]\n{rows}")
    };
    match &lens.rule {
        LensRule::Minimum(least) => {
            let rows = least.iter();
            let rows = rows.map(|(c, level)| (criteria.id(*c), quoted(criteria.word(*level))));
            text += &table("minimum", rows.collect());
        }
        LensRule::Score { weights, values } => {
            text += "kind = \"score\"\n";
            let rows = weights
                .iter()
                .map(|(c, n)| (criteria.id(*c), n.to_string()));
            text += &table("weights", rows.collect());
            let rows = values.iter();
            let rows = rows.map(|(level, n)| (criteria.word(*level), n.to_string()));
            text += &table("values", rows.collect());
        }
    }
    let why = lens.why.iter();
    let why: Vec<_> = why.map(|(c, why)| (criteria.id(*c), quoted(why))).collect();
    if !why.is_empty() {
        text += &table("why", why);
    }
    text
}

/// The id of a lens of that name: its words in small letters; `None` where nothing is left of them.
pub fn id_of(name: &SafeText) -> Option<String> {
    let slug = crate::text::measure::slug(name);
    is_id(&slug).then_some(slug)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::samples::pack;
    use crate::text::diagnostic::line_column;

    const OWN: &str = r#"name = "Mi\"ne"
question = "Q?"
not_asked = "More."

[minimum]
scale_to_zero = "yes"
hides_infrastructure = "size"

[why]
scale_to_zero = "Because."
"#;

    fn file(id: &str, text: &str) -> OwnLensFile {
        OwnLensFile {
            id: id.to_owned(),
            path: format!("lenses/{id}.toml"),
            text: Ok(text.to_owned()),
        }
    }

    fn read(file: OwnLensFile) -> (Vec<Lens>, OwnLenses) {
        OwnLenses::read(vec![file], &pack(), |id| id == "taken")
    }

    #[test]
    fn what_is_written_is_read_as_it_was() {
        let score = "name = \"N\"\nkind = \"score\"\n
weights = { provider_managed = 3, scales_automatically = 2, scale_to_zero = 1, pay_per_use = 2.5, hides_infrastructure = 1.5 }
values = { yes = 1.0, size = 0.75, partial = 0.5, no = 0 }\n";
        for text in [
            OWN,
            score,
            "name = \"N\"\n[minimum]\npay_per_use = \"no\"\n",
        ] {
            let (lenses, own) = read(file("mine", text));
            assert!(own.problems().next().is_none(), "{:?}", own.problems);
            let (again, _) = read(file("mine", &written(&lenses[0])));
            assert_eq!(again, lenses, "{text}");
        }
        assert_eq!(written(&read(file("mine", OWN)).0[0]), OWN);
    }

    #[test]
    fn mistakes_are_told_like_those_of_a_pack() {
        let check = |id: &str, text: &str, code: &str, line: usize| {
            let (_, own) = read(file(id, text));
            let found: Vec<(&str, usize)> = own
                .problems()
                .map(|(p, quoted)| {
                    let at = p.span.as_ref().map_or(0, |at| at.start);
                    (p.code, line_column(quoted.unwrap_or(""), at).0)
                })
                .collect();
            assert_eq!(found, [(code, line)], "{text}");
        };
        check(
            "mine",
            "[minimum]\nscale_to_zero = \"yes\"",
            "key-missing",
            1,
        );
        check("mine", "name = \"N\"\n[minimum]\n", "rule-empty", 2);
        check(
            "mine",
            "name = \"N\"\n[minimum]\nscale_to_zero = \"yes\"\npay_per_use = \"size\"\n",
            "answer-elsewhere",
            4,
        );
        check("mine", "name = \"N\"\nminimum", "front-matter-syntax", 2);
        check("taken", OWN, "id-duplicate", 1);
        check("Not an id", OWN, "file-name", 1);
    }

    #[test]
    fn a_name_becomes_an_id() {
        let id = |name: &'static str| id_of(&SafeText::ours(name));
        assert_eq!(id("Mine").as_deref(), Some("mine"));
        assert_eq!(
            id("No idle bill, ever!").as_deref(),
            Some("no-idle-bill-ever")
        );
        assert_eq!(id("…"), None);
    }
}
