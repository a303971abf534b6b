//! The facts that answer a pack's criteria about one thing, each with its reason.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::{Serialize, Serializer};

use crate::pack::address::Source;
use crate::pack::criteria::{AnswerLevel, Criteria, CriterionId};
use crate::pack::fields::Fields;
use crate::pack::subject::Subject;
use crate::text::words::value_of;
use crate::text::{Day, SafeText};

/// The answer of a thing to a criterion.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct FactAnswer {
    pub answer: AnswerLevel,
    /// The reason.
    pub why: SafeText,
    /// The date it holds for, where that is not the date of the whole entry.
    pub as_of: Option<Day>,
    /// Where it is said; the sources of the whole entry where none are named.
    pub sources: Vec<Source>,
}

/// What is known of a thing, in the order of the criteria.
#[derive(Clone, Debug, Default, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Facts {
    #[borsh(skip)]
    pub subject: Arc<Subject>,
    known: Vec<(CriterionId, FactAnswer)>,
}

impl Facts {
    pub fn new(subject: Arc<Subject>, known: Vec<(CriterionId, FactAnswer)>) -> Self {
        Self { subject, known }
    }

    /// The answer to a criterion, where there is one.
    pub fn get(&self, criterion: CriterionId) -> Option<&FactAnswer> {
        value_of(&self.known, &criterion)
    }

    pub fn iter(&self) -> impl Iterator<Item = (CriterionId, &FactAnswer)> {
        self.known
            .iter()
            .map(|(criterion, fact)| (*criterion, fact))
    }

    /// Reads a table with an answer and a reason per criterion; `needed` says whether all must be there.
    pub(crate) fn read(f: &mut Fields<'_, '_>, subject: &Arc<Subject>, needed: bool) -> Self {
        let criteria = &subject.criteria;
        let known = criteria.each(f, |f, criterion, key| {
            let read = |f: &mut Fields<'_, '_>| answer(f, criteria, criterion);
            if needed {
                f.need_table(key, read)
            } else {
                f.table(key, read)
            }
        });
        Self::new(Arc::clone(subject), known)
    }
}

fn answer(f: &mut Fields<'_, '_>, criteria: &Criteria, criterion: CriterionId) -> FactAnswer {
    let read = |f: &mut Fields<'_, '_>, key: &str| criteria.read_level(f, key, Some(criterion));
    FactAnswer {
        answer: f.need("answer", read),
        why: f.need("why", Fields::text),
        as_of: f.date("as_of"),
        sources: f.sources("sources").unwrap_or_default(),
    }
}

/// A fact with its words, as JSON shows it.
#[derive(Serialize)]
struct NamedFact<'a> {
    fact: &'a str,
    answer: &'a str,
    why: &'a SafeText,
    as_of: Option<Day>,
    sources: &'a [Source],
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let criteria = &self.subject.criteria;
        let named = self.iter().map(|(criterion, held)| NamedFact {
            fact: criteria.id(criterion),
            answer: criteria.word(held.answer),
            why: &held.why,
            as_of: held.as_of,
            sources: &held.sources,
        });
        serializer.collect_seq(named)
    }
}

/// Complains about facts that a pack without criteria cannot have.
pub(crate) fn refuse_facts(f: &mut Fields<'_, '_>, criteria: &Criteria, key: &str) {
    if criteria.is_empty() && f.has(key) {
        let help = "declare what is asked in `pack.toml`, one `[[criteria]]` each";
        let message = "this pack has no criteria for facts to answer";
        f.notes
            .refuse("criteria-missing", &f.place(key), message, help);
        f.overlook(key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::criteria;
    use crate::pack::front_matter::FrontMatter;
    use crate::pack::notes::Notes;

    const CRITERIA: &str =
        "criteria = [{ id = \"a\", title = \"A\" }, { id = \"b\", title = \"B\" }]";

    /// Reads facts in a pack of these criteria; tells them as JSON and the problems as code and quoted text.
    #[track_caller]
    fn check(source: &str, needed: bool, expected: &str, problems: &[(&str, &str)]) {
        let mut notes = Notes::new("pack.toml");
        let front = FrontMatter::of_file(CRITERIA, &mut notes).expect("it is TOML");
        let subject = Arc::new(Subject {
            criteria: criteria::read(&mut front.fields(&mut notes)),
            ..Subject::default()
        });
        let front = FrontMatter::of_file(source, &mut notes).expect("it is TOML");
        let mut f = front.fields(&mut notes);
        let facts = Facts::read(&mut f, &subject, needed);
        f.finish();
        assert_eq!(serde_json::to_string(&facts).unwrap(), expected, "{source}");
        let found = notes.problems.iter();
        let found: Vec<(&str, &str)> = found
            .map(|d| (d.code, &source[d.span.clone().unwrap()]))
            .collect();
        assert_eq!(found, problems, "{source}");
    }

    #[test]
    fn facts_stand_in_the_order_of_the_criteria() {
        check(
            "b = { answer = \"no\", why = \"W\", as_of = \"2026-05\", sources = [\"r\"] }\na = { answer = \"partial\", why = \"V\" }",
            true,
            r#"[{"fact":"a","answer":"partial","why":"V","as_of":null,"sources":[]},{"fact":"b","answer":"no","why":"W","as_of":"2026-05","sources":[{"reference":"r"}]}]"#,
            &[],
        );
    }

    #[test]
    fn each_criterion_has_a_fact_unless_only_changes_are_told() {
        let half = "b = { answer = \"yes\", why = \"W\" }";
        let told = r#"[{"fact":"b","answer":"yes","why":"W","as_of":null,"sources":[]}]"#;
        check(half, true, told, &[("key-missing", half)]);
        check(half, false, told, &[]);
        check("", false, "[]", &[]);
        check(
            "b = { answer = \"yes\" }\nc = 1",
            false,
            r#"[{"fact":"b","answer":"yes","why":"","as_of":null,"sources":[]}]"#,
            &[
                ("key-missing", "{ answer = \"yes\" }"),
                ("key-unknown", "c"),
            ],
        );
    }

    #[test]
    fn a_pack_without_criteria_has_no_facts() {
        let refused = |source: &str, criteria: &Criteria| {
            let mut notes = Notes::new("services/x.md");
            let front = FrontMatter::of_file(source, &mut notes).expect("it is TOML");
            let mut f = front.fields(&mut notes);
            refuse_facts(&mut f, criteria, "facts");
            let found = notes.problems.iter();
            found
                .map(|d| (d.code, source[d.span.clone().unwrap()].to_owned()))
                .collect::<Vec<_>>()
        };
        let none = Criteria::default();
        let facts = "[facts]\na = { answer = \"no\", why = \"W\" }\n";
        assert_eq!(refused("", &none), []);
        assert_eq!(
            refused(facts, &none),
            [("criteria-missing", "[facts]".to_owned())]
        );
    }
}
