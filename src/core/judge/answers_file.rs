//! Answers in a file: `name` and a table of one answer per question, for judging without being asked.
//! A mistake is reported with its place and the nearest that would be right, all of them at once; what is not
//! answered is unsure; a blank file that is filled in can be read.

use crate::core::judge::interview::{InterviewAnswer, InterviewStep, pick};
use crate::pack::{Criteria, Fields, FrontMatter, Notes};
use crate::text::measure::quoted;
use crate::text::suggest::nearest;
use crate::text::{Diagnostic, SafeText, Severity};

#[derive(Clone, Debug, PartialEq)]
pub struct AnswersFile {
    /// What the service is called, when the file says.
    pub name: Option<SafeText>,
    pub picks: Vec<InterviewAnswer>,
}

/// Reads a file of answers; `path` is for the problems.
pub fn read(
    source: &str,
    path: &str,
    steps: &[InterviewStep<'_>],
    criteria: &Criteria,
) -> Result<AnswersFile, Vec<Diagnostic>> {
    let mut notes = Notes::new(path);
    let filled = whole(source, steps, criteria, &mut notes);
    // A key that means nothing is an answer that would be lost.
    let mut problems = notes.problems;
    problems
        .iter_mut()
        .for_each(|p| p.severity = Severity::Error);
    problems.sort_by(Diagnostic::order);
    filled.filter(|_| problems.is_empty()).ok_or(problems)
}

fn whole(
    source: &str,
    steps: &[InterviewStep<'_>],
    criteria: &Criteria,
    notes: &mut Notes,
) -> Option<AnswersFile> {
    let front = FrontMatter::of_file(source, notes)?;
    let mut f = front.fields(notes);
    let name = f.text("name");
    if !f.has("answers") {
        let help = "`tozero judge --blank` prints a file to fill in";
        f.notes.refuse(
            "answers-missing",
            &f.here(),
            "there is no table `[answers]`",
            help,
        );
    }
    let picks = f.table("answers", |f| {
        steps
            .iter()
            .map(|step| answered(f, step, criteria))
            .collect()
    });
    f.finish();
    Some(AnswersFile {
        name,
        picks: picks?,
    })
}

fn answered(
    f: &mut Fields<'_, '_>,
    step: &InterviewStep<'_>,
    criteria: &Criteria,
) -> InterviewAnswer {
    let Some(word) = f.text(step.id) else {
        return InterviewAnswer::Unsure;
    };
    pick(criteria, step, &word).unwrap_or_else(|| {
        let message = crate::safe!("`{}` is no answer to `{}`", quoted(&word), step.id);
        f.notes.refuse(
            "answer-unknown",
            &f.place(step.id),
            message,
            help(step, &word, criteria),
        );
        InterviewAnswer::Unsure
    })
}

fn help(step: &InterviewStep<'_>, word: &str, criteria: &Criteria) -> SafeText {
    let words = words(step, criteria);
    match nearest(word, words.iter().copied().filter(|w| w.len() > 1)) {
        Some(near) => crate::safe!("did you mean `{near}`?"),
        None => crate::safe!(
            "a number from 1 to {}, its letter, or one of {}",
            step.choices.len(),
            words.join(", ")
        ),
    }
}

/// The words that answer a step, besides numbers and letters.
fn words<'c>(step: &InterviewStep<'_>, criteria: &'c Criteria) -> Vec<&'c str> {
    let levels = criteria.levels().rev();
    let named: Vec<&str> = match step.fact {
        Some(_) => levels.map(|level| criteria.word(level)).collect(),
        None => vec!["yes", "no"],
    };
    let named = named.into_iter();
    let named = named.filter(|word| pick(criteria, step, word).is_some());
    named.chain(["unsure"]).collect()
}

/// A file to fill in: every question with its choices as comments, and a name for the thing (`one`) that is judged.
pub fn blank(steps: &[InterviewStep<'_>], one: &str) -> SafeText {
    let one = one.replace(['"', '\\'], "");
    let mut text = format!(
        "# Answers for `tozero judge --answers FILE`: a number, its letter, or \"unsure\".\n\
         # What is left out is unsure, too.\n\nname = \"My {one}\"\n\n[answers]\n"
    );
    for step in steps {
        text.push_str(&format!("\n# {}\n", SafeText::line(step.prompt)));
        for (n, choice) in step.choices.iter().enumerate() {
            text.push_str(&format!("#   {}  {}\n", n + 1, SafeText::line(choice.text)));
        }
        text.push_str(&format!("{} = \"unsure\"\n", step.id));
    }
    SafeText::from(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::judge::interview::steps;
    use crate::core::judge::samples::{HIDDEN, ZERO, checklist, question};
    use crate::pack::entries::samples::subject;
    use crate::pack::{CheckQuestion, Checklist};
    use crate::text::diagnostic::line_column;

    fn asked() -> Checklist {
        let named = |id: &str, fact, choices| CheckQuestion {
            id: id.to_owned(),
            ..question(fact, choices)
        };
        checklist(&[
            named("quiet-night", ZERO, "ypn"),
            named("sizes", HIDDEN, "yspn"),
        ])
    }

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        let asked = asked();
        let told: Vec<String> = read(source, "a.toml", &steps(&asked), &subject().criteria)
            .err()
            .unwrap_or_default()
            .iter()
            .map(|p| {
                let (line, column) = line_column(source, p.span.clone().unwrap_or(0..0).start);
                format!(
                    "{line}:{column} {} ({})",
                    p.message,
                    p.help.clone().unwrap_or_default()
                )
            })
            .collect();
        assert_eq!(told, expected, "{source}");
    }

    #[test]
    fn answers_are_numbers_letters_or_words() {
        let asked = asked();
        let c = InterviewAnswer::Choice;
        let picks = |source: &str| {
            read(source, "a.toml", &steps(&asked), &subject().criteria).map(|f| f.picks)
        };
        assert_eq!(
            picks("[answers]\nquiet-night = \"2\"\nsizes = \"d\"\ncalled-serverless = \"no\""),
            Ok(vec![c(1), c(3), c(1)])
        );
        assert_eq!(
            picks("[answers]\nquiet-night = \"Partial\"\nsizes = \"size\""),
            Ok(vec![c(1), c(1), InterviewAnswer::Unsure])
        );
        assert_eq!(picks("[answers]"), Ok(vec![InterviewAnswer::Unsure; 3]));
        let named = read(
            "name = \"N\"\n[answers]\n",
            "a.toml",
            &steps(&asked),
            &subject().criteria,
        )
        .map(|f| f.name);
        assert_eq!(named, Ok(Some(SafeText::ours("N"))));
    }

    #[test]
    fn mistakes_are_told_with_their_place_all_at_once() {
        check(
            "nam = \"x\"\n[answers]\nquiet-nigth = \"1\"\nsizes = \"5\"\ncalled-serverless = \"n0\"\n",
            &[
                "1:1 `nam` is not a key of this table (did you mean `name`?)",
                "3:1 `quiet-nigth` is not a key of this table (did you mean `quiet-night`?)",
                "4:9 `5` is no answer to `sizes` (a number from 1 to 4, its letter, or one of yes, size, partial, no, unsure)",
                "5:21 `n0` is no answer to `called-serverless` (did you mean `no`?)",
            ],
        );
        check(
            "[answers]\nsizes = 2",
            &["2:9 `sizes` must be text in quotes, not a whole number ()"],
        );
        check(
            "name = \"N\"",
            &[
                "1:1 there is no table `[answers]` (`tozero judge --blank` prints a file to fill in)",
            ],
        );
    }

    #[test]
    fn a_blank_file_can_be_read() {
        let asked = asked();
        let steps = steps(&asked);
        let filled = read(
            &blank(&steps, "service"),
            "a.toml",
            &steps,
            &subject().criteria,
        )
        .expect("sound");
        assert_eq!(
            (filled.picks, filled.name.as_deref()),
            (vec![InterviewAnswer::Unsure; 3], Some("My service"))
        );
    }
}
