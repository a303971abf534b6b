//! `checklist.toml`: the questions by which somebody judges their own service.
//! Promise: every fact has at least one question, every choice implies an answer.

use crate::pack::address::Kind;
use crate::pack::entries::service::{Fact, FactLevel};
use crate::pack::fields::{Fields, quoted};
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
    pub fact: Fact,
    /// What is asked.
    pub prompt: SafeText,
    /// Why it matters.
    pub why_it_matters: SafeText,
    /// Term ids.
    pub terms: Vec<String>,
    /// The choices.
    pub choices: Vec<CheckChoice>,
}

/// One choice of a checklist question.
#[derive(Clone, Debug, PartialEq)]
pub struct CheckChoice {
    /// The words.
    pub text: SafeText,
    /// What it implies for the fact.
    pub answer: FactLevel,
    /// Shown after picking.
    pub explanation: SafeText,
}

/// Fewest choices of a question.
const FEWEST: usize = 2;

/// Reads `checklist.toml`. Questions with errors are left out.
pub(crate) fn read(source: &str, notes: &mut Notes) -> Vec<CheckQuestion> {
    let Some(front) = FrontMatter::of_file(source, notes) else {
        return Vec::new();
    };
    let mut f = front.fields(notes);
    if let Some(mut rule) = f.sub("rule") {
        rule.need("combine", |f, key| f.word(key, &[("lowest", ())]));
        rule.texts("order");
        rule.finish();
    }
    let mut seen = std::collections::HashSet::new();
    let questions = f.each("question", |row| {
        let question = question(row)?;
        if seen.insert(question.id.clone()) {
            return Some(question);
        }
        let problem = row.notes.error(
            "id-twice",
            &row.place("id"),
            safe!("`{}` is there twice", quoted(&question.id)),
        );
        row.notes
            .refuse(problem.help(SafeText::ours("leave one out, or rename it")));
        None
    });
    let questions = questions.unwrap_or_default();
    for fact in Fact::ALL
        .iter()
        .filter(|fact| !questions.iter().any(|q| q.fact == **fact))
    {
        let problem = f.notes.error(
            "fact-unasked",
            &f.here(),
            safe!("no question decides `{}`", fact.word()),
        );
        f.notes
            .refuse(problem.help(SafeText::ours("ask at least one about each fact")));
    }
    f.finish();
    questions
}

fn question(f: &mut Fields<'_, '_>) -> Option<CheckQuestion> {
    let id = f.need("id", Fields::id);
    let fact = f.need("fact", |f, key| f.word(key, &Fact::WORDS));
    let prompt = f.need("prompt", Fields::text);
    let why_it_matters = f.need("why_it_matters", Fields::text);
    let terms = f.entries("terms", Kind::Terms).unwrap_or_default();
    let choices = f.need("choices", |f, key| f.each(key, |row| choice(row, fact)))?;
    if choices.len() < FEWEST {
        let problem = f.notes.error(
            "choices-few",
            &f.place("choices"),
            SafeText::ours("a question needs two choices or more"),
        );
        f.notes.refuse(problem.help(SafeText::ours(
            "add the other answers that somebody may give",
        )));
    }
    let (id, fact, prompt, why_it_matters) = (id?, fact?, prompt?, why_it_matters?);
    Some(CheckQuestion {
        id,
        fact,
        prompt,
        why_it_matters,
        terms,
        choices,
    })
}

fn choice(f: &mut Fields<'_, '_>, fact: Option<Fact>) -> Option<CheckChoice> {
    let text = f.need("text", Fields::text);
    let answer = f.need("answer", |f, key| f.word(key, &FactLevel::WORDS));
    if let (Some(fact), Some(answer)) = (fact, answer) {
        f.check_size(fact, answer);
    }
    let explanation = f.need("explanation", Fields::text);
    Some(CheckChoice {
        text: text?,
        answer: answer?,
        explanation: explanation?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(id: &str, fact: &str) -> String {
        format!(
            "[[question]]\nid = \"{id}\"\nfact = \"{fact}\"\nprompt = \"P?\"\nwhy_it_matters = \"W.\"\nterms = [\"faas\"]\nchoices = [\n  \
             {{ text = \"A\", answer = \"yes\", explanation = \"E\" }},\n  {{ text = \"B\", answer = \"no\", explanation = \"E\" }},\n]\n"
        )
    }

    #[track_caller]
    fn check(from: &str, to: &str, expected: &[(&str, &str)]) -> usize {
        let facts: String = Fact::WORDS
            .iter()
            .enumerate()
            .map(|(n, (word, _))| question(&format!("q{n}"), word))
            .collect();
        let source = format!("[rule]\ncombine = \"lowest\"\norder = [\"no\", \"yes\"]\n{facts}")
            .replacen(from, to, 1);
        let mut notes = Notes::new("checklist.toml");
        let questions = read(&source, &mut notes);
        let found: Vec<(&str, &str)> = notes
            .problems
            .iter()
            .map(|d| (d.code, &source[d.span.clone().unwrap()]))
            .collect();
        assert_eq!(found, expected);
        questions.len()
    }

    #[test]
    fn checklists_are_read_and_ask_every_fact() {
        assert_eq!(check("", "", &[]), 5);
        assert_eq!(
            check(
                "\"q1\"",
                "\"q0\"",
                &[("id-twice", "\"q0\""), ("fact-unasked", "[rule]")]
            ),
            4
        );
        assert_eq!(
            check(
                "pay_per_use",
                "pay_per_us",
                &[
                    ("value-unknown", "\"pay_per_us\""),
                    ("fact-unasked", "[rule]")
                ]
            ),
            4
        );
        assert_eq!(
            check(
                "answer = \"yes\"",
                "answer = \"size\"",
                &[("fact-size", "\"size\"")]
            ),
            5
        );
        assert_eq!(
            check("\"lowest\"", "\"mean\"", &[("value-unknown", "\"mean\"")]),
            5
        );
        let one = "[\n  { text = \"A\", answer = \"yes\", explanation = \"E\" },\n  \n]";
        assert_eq!(
            check(
                "{ text = \"B\", answer = \"no\", explanation = \"E\" },",
                "",
                &[("choices-few", one)]
            ),
            5
        );
    }
}
