//! `checklist.toml`: the questions by which somebody judges their own service.
//! Every fact has at least one question, every choice implies an answer.

use std::collections::HashSet;

use crate::pack::address::Kind;
use crate::pack::criteria::{AnswerLevel, Criteria, CriterionId};
use crate::pack::entries::pack::Pack;
use crate::pack::facts::refuse_facts;
use crate::pack::fields::Fields;
use crate::pack::front_matter::FrontMatter;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::SafeText;

/// One question of the checklist. Where several decide the same fact, the lowest answer counts.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckQuestion {
    /// Kebab-case name.
    pub id: String,
    /// The fact it decides.
    pub fact: CriterionId,
    /// What is asked.
    pub prompt: SafeText,
    pub why_it_matters: SafeText,
    /// Term ids.
    pub terms: Vec<String>,
    pub choices: Vec<CheckChoice>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct CheckChoice {
    pub text: SafeText,
    /// What it implies for the fact.
    pub answer: AnswerLevel,
    /// Shown after picking.
    pub explanation: SafeText,
}

/// Fewest choices of a question.
const FEWEST: usize = 2;

/// The questions, and the one about the claim to the word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Checklist {
    pub questions: Vec<CheckQuestion>,
    /// Asked last, where the pack asks for it; it decides no criterion.
    pub claim: Option<ClaimQuestion>,
}

impl Checklist {
    /// Whether it asks anything.
    pub fn asks(&self) -> bool {
        !self.questions.is_empty()
    }
}

/// Whether the word is claimed for the thing.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimQuestion {
    /// Kebab-case name.
    pub id: String,
    pub prompt: SafeText,
    pub why_it_matters: SafeText,
    /// What follows from yes, and from no.
    pub explanations: [SafeText; 2],
}

/// Reads `checklist.toml`. Questions with errors are left out.
pub(crate) fn read(source: &str, notes: &mut Notes, pack: &Pack) -> Checklist {
    let Some(front) = FrontMatter::of_file(source, notes) else {
        return Checklist::default();
    };
    let criteria = &pack.subject.criteria;
    let mut f = front.fields(notes);
    if criteria.is_empty() {
        refuse_facts(&mut f, criteria, "question");
        return Checklist::default();
    }
    f.table("rule", |rule| {
        rule.require("combine");
        rule.one_of("combine", &["lowest"]);
        rule.texts("order");
    });
    let (mut ids, mut asked) = (HashSet::new(), HashSet::new());
    let questions = f.each("question", |f| {
        let before = f.notes.refusals();
        let known: Vec<&str> = criteria.ids().map(|id| criteria.id(id)).collect();
        let fact = f.one_of("fact", &known).and_then(|id| criteria.find(&id));
        let question = question(f, criteria, fact);
        let is_new = f.once("id", &question.id, &mut ids);
        asked.extend(fact.filter(|_| is_new));
        (f.notes.refusals() == before).then_some(question)
    });
    for fact in criteria.ids().filter(|fact| !asked.contains(fact)) {
        let message = safe!("no question decides `{}`", criteria.id(fact));
        let help = "ask at least one about each fact";
        f.notes.refuse("fact-unasked", &f.here(), message, help);
    }
    let is_claimed = pack.subject.things.claim.is_some();
    if f.has("claim") && !is_claimed {
        let message = "nothing in this pack claims the word, so this is not asked";
        let help = "declare `claim` in `[things]` of `pack.toml`, or leave it out";
        let at = f.place("claim");
        f.notes.warn("claim-unasked", &at, message, help);
    }
    let claim = f.table("claim", |f| ClaimQuestion {
        id: f.need("id", Fields::id),
        prompt: f.need("prompt", Fields::text),
        why_it_matters: f.need("why_it_matters", Fields::text),
        explanations: [f.need("yes", Fields::text), f.need("no", Fields::text)],
    });
    f.finish();
    Checklist {
        questions: questions.into_iter().flatten().flatten().collect(),
        claim: claim.filter(|claim| is_claimed && !claim.id.is_empty()),
    }
}

fn question(
    f: &mut Fields<'_, '_>,
    criteria: &Criteria,
    fact: Option<CriterionId>,
) -> CheckQuestion {
    f.require("fact");
    CheckQuestion {
        id: f.need("id", Fields::id),
        fact: fact.unwrap_or_default(),
        prompt: f.need("prompt", Fields::text),
        why_it_matters: f.need("why_it_matters", Fields::text),
        terms: f.entries("terms", Kind::Terms),
        choices: f.need("choices", |f, key| choices(f, key, criteria, fact)),
    }
}

fn choices(
    f: &mut Fields<'_, '_>,
    key: &str,
    criteria: &Criteria,
    fact: Option<CriterionId>,
) -> Option<Vec<CheckChoice>> {
    let choices = f.each(key, |f| choice(f, criteria, fact))?;
    if choices.len() < FEWEST {
        let message = "a question needs two choices or more";
        let help = "add the other answers that somebody may give";
        f.notes.refuse("choices-few", &f.place(key), message, help);
    }
    Some(choices)
}

fn choice(f: &mut Fields<'_, '_>, criteria: &Criteria, fact: Option<CriterionId>) -> CheckChoice {
    CheckChoice {
        text: f.need("text", Fields::text),
        answer: f.need("answer", |f, key| criteria.read_level(f, key, fact)),
        explanation: f.need("explanation", Fields::text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::entries::samples::pack;

    fn question(id: &str, fact: &str) -> String {
        format!(
            "[[question]]\nid = \"{id}\"\nfact = \"{fact}\"\nprompt = \"P?\"\nwhy_it_matters = \"W.\"\nterms = [\"faas\"]\nchoices = [\n  \
             {{ text = \"A\", answer = \"yes\", explanation = \"E\" }},\n  {{ text = \"B\", answer = \"no\", explanation = \"E\" }},\n]\n"
        )
    }

    /// Edits a sound checklist and compares the problems and how many questions are left.
    #[track_caller]
    fn check(from: &str, to: &str, left: usize, expected: &[(&str, &str)]) {
        let pack = pack();
        let criteria = &pack.subject.criteria;
        let ids = criteria.ids().map(|criterion| criteria.id(criterion));
        let asked = ids
            .enumerate()
            .map(|(n, id)| question(&format!("q{n}"), id));
        let facts: String = asked.collect();
        let sound = format!("[rule]\ncombine = \"lowest\"\norder = [\"no\", \"yes\"]\n{facts}");
        assert!(sound.contains(from), "{from}");
        let source = sound.replacen(from, to, 1);
        let mut notes = Notes::new("checklist.toml");
        let questions = read(&source, &mut notes, &pack).questions;
        let found: Vec<(&str, &str)> = notes
            .problems
            .iter()
            .map(|d| (d.code, &source[d.span.clone().unwrap()]))
            .collect();
        assert_eq!(
            (questions.len(), found.as_slice()),
            (left, expected),
            "{to}"
        );
    }

    #[test]
    fn questions_with_errors_are_left_out() {
        let unasked = ("fact-unasked", "[rule]");
        check("", "", 5, &[]);
        check("\"q1\"", "\"q0\"", 4, &[("id-twice", "\"q0\""), unasked]);
        let unknown = ("value-unknown", "\"pay_per_us\"");
        check("pay_per_use", "pay_per_us", 4, &[unknown, unasked]);
        check(
            "= \"yes\"",
            "= \"size\"",
            4,
            &[("answer-elsewhere", "\"size\"")],
        );
        check(
            "explanation = \"E\"",
            "explanation = 1",
            4,
            &[("value-type", "1")],
        );
        check(
            "\"lowest\"",
            "\"mean\"",
            5,
            &[("value-unknown", "\"mean\"")],
        );
        check(
            "prompt = \"P?\"\n",
            "",
            4,
            &[("key-missing", "[[question]]")],
        );
        let one = "[\n  { text = \"A\", answer = \"yes\", explanation = \"E\" },\n  \n]";
        let second = "{ text = \"B\", answer = \"no\", explanation = \"E\" },";
        check(second, "", 4, &[("choices-few", one)]);
        check("[rule]\n", "[[rule]]\n", 5, &[("value-type", "[[rule]]")]);
    }
}
