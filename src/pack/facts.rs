//! The facts that answer a pack's criteria about one thing, each with its reason.

use std::sync::Arc;

use serde::{Serialize, Serializer};

use crate::pack::criteria::{AnswerLevel, Criteria, CriterionId};
use crate::pack::fields::Fields;
use crate::pack::subject::Subject;
use crate::text::SafeText;
use crate::text::words::value_of;

/// The answer of a thing to a criterion.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactAnswer {
    pub answer: AnswerLevel,
    /// The reason.
    pub why: SafeText,
}

/// What is known of a thing, in the order of the criteria.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
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
    }
}

/// A fact with its words, as JSON shows it.
#[derive(Serialize)]
struct NamedFact<'a> {
    fact: &'a str,
    answer: &'a str,
    why: &'a SafeText,
}

impl Serialize for Facts {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let criteria = &self.subject.criteria;
        let named = self.iter().map(|(criterion, held)| NamedFact {
            fact: criteria.id(criterion),
            answer: criteria.word(held.answer),
            why: &held.why,
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
    }
}
