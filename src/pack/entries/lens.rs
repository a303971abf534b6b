//! A lens: a definition as a rule over the five facts of a service. No verdict is stored anywhere.
//! A rule asks at least one fact; a score weighs all five.

use crate::text::words::value_of;
use serde::Serialize;

use crate::pack::address::Kind;
use crate::pack::body::read_entry;
use crate::pack::doc::Doc;
use crate::pack::entries::service::{Fact, FactLevel};
use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::{SafeText, Words};

/// A definition as a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Lens {
    /// The file's stem; often also a perspective's.
    pub id: String,
    pub name: SafeText,
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
    /// Why a fact is asked, with its place in the source.
    pub why: Vec<(Fact, SafeText)>,
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

    /// Its id as words, without "view": short enough for a heading or a bar.
    pub fn short_name(&self) -> SafeText {
        short_name(&self.id)
    }

    /// Why it asks a fact, where it says so.
    pub fn why(&self, fact: Fact) -> Option<&SafeText> {
        value_of(&self.why, &fact)
    }
}

/// The id of a lens as words: `scale to zero` for `scale-to-zero-view`.
pub fn short_name(id: &str) -> SafeText {
    SafeText::from(id.strip_suffix("-view").unwrap_or(id).replace('-', " "))
}

#[derive(Clone, Debug, PartialEq)]
pub enum LensRule {
    /// Least answer per asked fact.
    Minimum(Vec<(Fact, FactLevel)>),
    /// A score from 0 to 10: the sum of weight × value.
    Score {
        /// Weight per fact; they add up to 10.
        weights: Vec<(Fact, f64)>,
        /// Value per answer, 0 to 1.
        values: Vec<(FactLevel, f64)>,
    },
}

/// How close a lens is to its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Fidelity {
    /// The source says it in so many words.
    Stated,
    /// It is our interpretation.
    Reading,
}

impl Words for Fidelity {
    const WORDS: &'static [(&'static str, Self)] =
        &[("stated", Self::Stated), ("reading", Self::Reading)];
}

/// What the weights of a score add up to.
const WEIGHTS_SUM: f64 = 10.0;

pub(crate) fn read(id: &str, source: &str, notes: &mut Notes) -> Option<Lens> {
    read_entry(source, notes, |f, body| Lens {
        id: id.to_owned(),
        name: f.need("name", Fields::name),
        question: f.need("question", Fields::text),
        follows: f.entry("follows", Kind::Perspectives),
        source: f.need("source", |f, key| f.entry(key, Kind::References)),
        also: f.entries("also", Kind::References),
        fidelity: f.need_word("fidelity"),
        not_asked: f.text("not_asked"),
        rule: rule(f),
        why: f
            .table("why", |f| each(f, Fields::text))
            .unwrap_or_default(),
        note: body.page(f),
    })
}

fn rule(f: &mut Fields<'_, '_>) -> LensRule {
    f.require("kind");
    match f.one_of("kind", &["rule", "score"]).as_deref() {
        Some("score") => score(f),
        Some(_) => minimum(f),
        None => LensRule::Minimum(Vec::new()),
    }
}

/// The values of a table whose keys are words, in the order of the words.
fn each<'t, 'n, K: Words, T>(
    f: &mut Fields<'t, 'n>,
    read: impl Fn(&mut Fields<'t, 'n>, &str) -> Option<T>,
) -> Vec<(K, T)> {
    let found = K::WORDS
        .iter()
        .filter_map(|(word, key)| Some((*key, read(f, word)?)));
    found.collect()
}

fn minimum(f: &mut Fields<'_, '_>) -> LensRule {
    let at = f.place("minimum");
    let asked = f.need_table("minimum", |f| each(f, Fields::word));
    if asked.as_ref().is_some_and(Vec::is_empty) {
        let help = "name at least one fact, such as `scale_to_zero = \"yes\"`";
        f.notes
            .refuse("rule-empty", &at, "the rule asks for no fact", help);
    }
    LensRule::Minimum(asked.unwrap_or_default())
}

fn score(f: &mut Fields<'_, '_>) -> LensRule {
    let at = f.place("weights");
    let numbers = |f: &mut Fields<'_, '_>, key: &str, most: f64| {
        f.require(key);
        f.number(key, 0.0..=most)
    };
    let weights: Vec<(Fact, f64)> = f
        .need_table("weights", |f| {
            each(f, |f, key| numbers(f, key, WEIGHTS_SUM))
        })
        .unwrap_or_default();
    let values = f.need_table("values", |f| each(f, |f, key| numbers(f, key, 1.0)));
    let sum: f64 = weights.iter().map(|(_, weight)| weight).sum();
    if weights.len() == Fact::ALL.len() && (sum - WEIGHTS_SUM).abs() > 1e-9 {
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
    use crate::pack::entries::samples::check;
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
        let asked = vec![
            (Fact::ScaleToZero, FactLevel::Yes),
            (Fact::HidesInfrastructure, FactLevel::Size),
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
            (5, (FactLevel::Yes, 1.0), Fidelity::Reading)
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
