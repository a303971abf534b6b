//! A lens: a definition as a rule over the criteria of the pack. No verdict is stored anywhere.
//! A rule asks at least one criterion; a score weighs all of them.

use std::sync::Arc;

use borsh::{BorshDeserialize, BorshSerialize};
use serde::Serialize;

use crate::pack::address::Kind;
use crate::pack::body::read_entry;
use crate::pack::criteria::{AnswerLevel, Criteria, CriterionId};
use crate::pack::doc::Doc;
use crate::pack::entries::pack::Pack;
use crate::pack::facts::refuse_facts;
use crate::pack::fields::Fields;
use crate::pack::front_matter::FrontMatter;
use crate::pack::notes::Notes;
use crate::pack::subject::Subject;
use crate::safe;
use crate::text::words::value_of;
use crate::text::{SafeText, Words};

/// A definition as a rule.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Lens {
    /// The file's stem; often also a perspective's.
    pub id: String,
    pub name: SafeText,
    /// Its name in a word or two, where the file says one.
    pub short: Option<SafeText>,
    pub question: SafeText,
    /// The perspective it is a reading of, where the ids differ.
    pub follows: Option<String>,
    pub source: String,
    /// Further references.
    pub also: Vec<String>,
    /// Said so by the source, or our reading.
    pub fidelity: Fidelity,
    /// What the definition demands besides and the facts cannot show.
    pub not_asked: Option<SafeText>,
    pub rule: LensRule,
    /// That of the pack.
    #[borsh(skip)]
    pub subject: Arc<Subject>,
    /// Why a fact is asked, with its place in the source.
    pub why: Vec<(CriterionId, SafeText)>,
    /// What to know about the reading.
    pub note: Doc,
}

impl Lens {
    /// Whether it gives scores and no verdicts.
    pub const fn is_score(&self) -> bool {
        match self.rule {
            LensRule::Score { .. } => true,
            LensRule::Minimum(_) => false,
        }
    }

    /// Its name in a word or two, for a heading or a bar: as its file says, else its id as words.
    pub fn short_name(&self) -> SafeText {
        self.short.clone().unwrap_or_else(|| short_name(&self.id))
    }

    /// Whether it asks a fact: for a least answer, or with a weight.
    pub fn asks(&self, fact: CriterionId) -> bool {
        match &self.rule {
            LensRule::Minimum(minimum) => minimum.iter().any(|(asked, _)| *asked == fact),
            LensRule::Score { weights, .. } => weights
                .iter()
                .any(|(asked, weight)| *asked == fact && *weight > 0.0),
        }
    }

    /// Why it asks a fact, where it says so.
    pub fn why(&self, fact: CriterionId) -> Option<&SafeText> {
        value_of(&self.why, &fact)
    }
}

/// The id of a lens or of a perspective as words, without a `view` at its end.
pub fn short_name(id: &str) -> SafeText {
    SafeText::from(id.strip_suffix("-view").unwrap_or(id).replace('-', " "))
}

#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub enum LensRule {
    /// Least answer per asked fact.
    Minimum(Vec<(CriterionId, AnswerLevel)>),
    /// A score from 0 to 10: the sum of weight × value.
    Score {
        /// Weight per fact; they add up to 10.
        weights: Vec<(CriterionId, f64)>,
        /// Value per answer, 0 to 1.
        values: Vec<(AnswerLevel, f64)>,
    },
}

/// How close a lens is to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, BorshSerialize, BorshDeserialize)]
#[serde(rename_all = "lowercase")]
pub enum Fidelity {
    /// The source says it in so many words.
    Stated,
    /// It is our interpretation.
    Reading,
    /// It is the user's own rule. No pack can say so.
    Own,
}

impl Words for Fidelity {
    const WORDS: &'static [(&'static str, Self)] =
        &[("stated", Self::Stated), ("reading", Self::Reading)];
}

/// What the weights of a score add up to.
const WEIGHTS_SUM: f64 = 10.0;

/// What a lens of the user's own asks, where its file does not say it as a question.
pub const OWN_QUESTION: &str = "Your own rule.";

/// Reads a lens of the user's own: a TOML file with the keys of a pack's lens that need no source.
pub(crate) fn read_own(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Lens> {
    let front = FrontMatter::of_file(source, notes)?;
    let mut fields = front.fields(notes);
    let f = &mut fields;
    let criteria = &pack.subject.criteria;
    let name = f.need("name", Fields::name);
    let short = f.text("short");
    let question = f.text("question");
    let rule = match f.has("kind") || criteria.is_empty() {
        true => rule(f, criteria),
        false => minimum(f, criteria),
    };
    let lens = Lens {
        id: id.to_owned(),
        name,
        short,
        question: question.unwrap_or_else(|| SafeText::ours(OWN_QUESTION)),
        follows: None,
        source: String::new(),
        also: Vec::new(),
        fidelity: Fidelity::Own,
        not_asked: f.text("not_asked"),
        rule,
        why: why(f, criteria),
        subject: Arc::clone(&pack.subject),
        note: Doc::default(),
    };
    f.finish();
    (!notes.refused()).then_some(lens)
}

/// Reads a lens's file.
pub(crate) fn read(id: &str, source: &str, notes: &mut Notes, pack: &Pack) -> Option<Lens> {
    let criteria = &pack.subject.criteria;
    read_entry(source, notes, |f, body| Lens {
        id: id.to_owned(),
        name: f.need("name", Fields::name),
        short: f.text("short"),
        question: f.need("question", Fields::text),
        follows: f.entry("follows", Kind::Perspectives),
        source: f.need("source", |f, key| f.entry(key, Kind::References)),
        also: f.entries("also", Kind::References),
        fidelity: f.need_word("fidelity"),
        not_asked: f.text("not_asked"),
        rule: rule(f, criteria),
        why: why(f, criteria),
        subject: Arc::clone(&pack.subject),
        note: body.page(f),
    })
}

fn rule(f: &mut Fields<'_, '_>, criteria: &Criteria) -> LensRule {
    if criteria.is_empty() {
        // One complaint is enough: nothing that a rule says can be right.
        for key in ["minimum", "weights"] {
            refuse_facts(f, criteria, key);
        }
        f.overlook("kind");
        f.overlook("values");
        return LensRule::Minimum(Vec::new());
    }
    f.require("kind");
    match f.one_of("kind", &["rule", "score"]).as_deref() {
        Some("score") => score(f, criteria),
        Some(_) => minimum(f, criteria),
        None => LensRule::Minimum(Vec::new()),
    }
}

fn why(f: &mut Fields<'_, '_>, criteria: &Criteria) -> Vec<(CriterionId, SafeText)> {
    if criteria.is_empty() {
        f.overlook("why");
        return Vec::new();
    }
    let why = f.table("why", |f| criteria.each(f, |f, _, key| f.text(key)));
    why.unwrap_or_default()
}

fn minimum(f: &mut Fields<'_, '_>, criteria: &Criteria) -> LensRule {
    let at = f.place("minimum");
    let asked = f.need_table("minimum", |f| {
        criteria.each(f, |f, criterion, key| {
            criteria.read_level(f, key, Some(criterion))
        })
    });
    if asked.as_ref().is_some_and(Vec::is_empty) {
        let message = "the rule asks for no fact";
        f.notes
            .refuse("rule-empty", &at, message, name_one(criteria));
    }
    LensRule::Minimum(asked.unwrap_or_default())
}

/// How to ask for a criterion, by the example of the pack's first.
fn name_one(criteria: &Criteria) -> SafeText {
    match criteria.ids().next() {
        Some(first) => safe!(
            "name at least one, such as `{} = \"{}\"`",
            criteria.id(first),
            criteria.word(criteria.yes())
        ),
        None => SafeText::ours("declare what can be asked in `pack.toml`, one `[[criteria]]` each"),
    }
}

fn score(f: &mut Fields<'_, '_>, criteria: &Criteria) -> LensRule {
    let at = f.place("weights");
    let number = |f: &mut Fields<'_, '_>, key: &str, most: f64| {
        f.require(key);
        f.number(key, 0.0..=most)
    };
    let weights = f.need_table("weights", |f| {
        criteria.each(f, |f, _, key| number(f, key, WEIGHTS_SUM))
    });
    let weights = weights.unwrap_or_default();
    let values = f.need_table("values", |f| {
        let levels = criteria.levels();
        let value = |level| Some((level, number(f, criteria.word(level), 1.0)?));
        levels.filter_map(value).collect()
    });
    let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
    if weights.len() == criteria.count() && (sum - WEIGHTS_SUM).abs() > 1e-9 {
        f.notes.refuse(
            "weights-sum",
            &at,
            safe!("the weights add up to {sum}"),
            safe!("make them add up to {WEIGHTS_SUM}"),
        );
    }
    LensRule::Score {
        weights,
        values: values.unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::samples::{check, subject};
    use crate::pack::entry::Entry;

    const RULE: &str = "+++
name = \"N\"
kind = \"rule\"
question = \"Q?\"
follows = \"a-view\"
source = \"a-text\"
also = [\"b-text\"]
fidelity = \"stated\"
not_asked = \"More.\"

[minimum]
scale_to_zero = \"yes\"
hides_infrastructure = \"size\"

[why]
scale_to_zero = \"Because.\"
+++

Note.
";
    const SCORE: &str = "+++
name = \"N\"
kind = \"score\"
question = \"Q?\"
source = \"a-text\"
fidelity = \"reading\"
weights = { provider_managed = 3, scales_automatically = 2, scale_to_zero = 1, pay_per_use = 2.5, hides_infrastructure = 1.5 }
values = { yes = 1.0, size = 0.75, partial = 0.5, no = 0 }
+++

Note.
";

    #[test]
    fn rules_and_scores_are_read() {
        let Some(Entry::Lens(lens)) = check("lenses/x.md", RULE, &[]) else {
            panic!("a lens")
        };
        let subject = subject();
        let criteria = &subject.criteria;
        let id = |id| criteria.find(id).unwrap();
        let size = AnswerLevel::new(2).unwrap();
        assert_eq!(criteria.word(size), "size");
        let asked = vec![
            (id("scale_to_zero"), criteria.yes()),
            (id("hides_infrastructure"), size),
        ];
        assert_eq!(
            (lens.rule, lens.why.len(), lens.follows.as_deref()),
            (LensRule::Minimum(asked), 1, Some("a-view"))
        );
        let Some(Entry::Lens(lens)) = check("lenses/x.md", SCORE, &[]) else {
            panic!("a lens")
        };
        let LensRule::Score { weights, values } = lens.rule else {
            panic!("a score")
        };
        assert_eq!(
            (weights.len(), values[3], lens.fidelity),
            (5, (criteria.yes(), 1.0), Fidelity::Reading)
        );
    }

    #[test]
    fn rules_ask_something_and_weights_are_ten() {
        let rule = |from: &str, to: &str, expected: &[(&str, &str)]| {
            check("lenses/x.md", &RULE.replace(from, to), expected)
        };
        let score = |from: &str, to: &str, expected: &[(&str, &str)]| {
            check("lenses/x.md", &SCORE.replace(from, to), expected)
        };
        rule(
            "scale_to_zero = \"yes\"\nhides_infrastructure = \"size\"\n",
            "",
            &[("rule-empty", "[minimum]")],
        );
        rule(
            "scale_to_zero = \"yes\"",
            "scale_to_zer = \"yes\"",
            &[("key-unknown", "scale_to_zer")],
        );
        rule("source = \"a-text\"\n", "", &[("key-missing", "+++")]);
        rule(
            "\"rule\"",
            "\"score\"",
            &[
                ("key-missing", "+++"),
                ("key-missing", "+++"),
                ("key-unknown", "minimum"),
            ],
        );
        let weights = "{ provider_managed = 4, scales_automatically = 2, scale_to_zero = 1, pay_per_use = 2.5, hides_infrastructure = 1.5 }";
        score(
            "provider_managed = 3",
            "provider_managed = 4",
            &[("weights-sum", weights)],
        );
        score("no = 0", "no = 2", &[("value-range", "2")]);
        score(
            ", no = 0",
            "",
            &[("key-missing", "{ yes = 1.0, size = 0.75, partial = 0.5 }")],
        );
    }
}
