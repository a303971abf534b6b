//! The bundled questions as a teacher: no answer shows by its length, wrong choices name the myth behind them, and nothing
//! is asked that no page explains.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::pack::entries::answer::{AnswerKind, AnswerOption};
use crate::pack::{Bundled, Kind, Library, Question};

fn library() -> Library {
    Library::open(Arc::new(Bundled)).expect("the bundled pack")
}

fn questions(library: &Library) -> Vec<&Question> {
    library
        .ids(Kind::Questions)
        .filter_map(|id| library.question(id))
        .collect()
}

/// The choices of a question that has some.
fn choices(question: &Question) -> &[AnswerOption] {
    match &question.answer {
        AnswerKind::Single(choices)
        | AnswerKind::Several(choices)
        | AnswerKind::TrueFalse(choices) => choices,
        AnswerKind::Classify { .. }
        | AnswerKind::Order(_)
        | AnswerKind::Match(_)
        | AnswerKind::Numeric { .. }
        | AnswerKind::Typed { .. } => &[],
    }
}

/// How often the right one of four choices is the longest, the second longest, the third and the shortest. Choices of equal
/// length share their places.
fn places_by_length(questions: &[&Question]) -> [f64; 4] {
    let mut places = [0.0; 4];
    for question in questions {
        let AnswerKind::Single(choices) = &question.answer else {
            continue;
        };
        let length = |choice: &AnswerOption| choice.text.text().as_str().chars().count();
        let (Some(right), 4) = (choices.iter().find(|c| c.right), choices.len()) else {
            continue;
        };
        let longer = choices.iter().filter(|c| length(c) > length(right));
        let equal = choices.iter().filter(|c| length(c) == length(right));
        let (first, shared) = (longer.count(), equal.count());
        for place in places.iter_mut().skip(first).take(shared) {
            *place += 1.0 / f64::from(u32::try_from(shared).expect("few"));
        }
    }
    places
}

#[test]
fn the_right_choice_does_not_show_by_its_length() {
    let library = library();
    let places = places_by_length(&questions(&library));
    let asked: f64 = places.iter().sum();
    for share in [
        places[0] / asked * 4.0,
        places[3] / asked * 4.0,
        (places[0] + places[1]) / asked * 2.0,
    ] {
        assert!((0.9..=1.1).contains(&share), "{places:?} of {asked}");
    }
}

#[test]
fn wrong_choices_have_a_reason_and_most_name_a_myth() {
    let library = library();
    let questions = questions(&library);
    let all = questions.iter().flat_map(|q| choices(q));
    assert!(all.clone().all(|c| !c.why.text().as_str().is_empty()));
    let wrong: Vec<_> = all.filter(|c| !c.right).collect();
    let tagged = wrong.iter().filter(|c| c.myth.is_some()).count();
    assert!(
        tagged >= 200 && tagged * 2 > wrong.len(),
        "{tagged} of {}",
        wrong.len()
    );
}

#[test]
fn what_is_asked_is_explained_and_what_is_explained_is_asked() {
    let library = library();
    let questions = questions(&library);
    let bare: Vec<_> = questions
        .iter()
        .filter(|q| q.terms.is_empty() || q.explanation.text().as_str().is_empty())
        .map(|q| &*q.id)
        .collect();
    assert_eq!(bare, [""; 0], "no term or no explanation");
    let asked: BTreeSet<&str> = questions
        .iter()
        .flat_map(|q| q.terms.iter().map(String::as_str))
        .collect();
    let unasked: Vec<_> = library
        .ids(Kind::Terms)
        .filter(|id| !asked.contains(id))
        .collect();
    assert_eq!(unasked, [""; 0], "no question");
}

/// A price with a source is one of a day; the others are made up for the question.
#[test]
fn what_was_looked_up_has_a_date() {
    let library = library();
    for question in questions(&library) {
        let prompt = question.prompt.text();
        let dated = question.as_of.is_some() || question.sources.is_empty();
        assert!(dated || !prompt.as_str().contains('$'), "{}", question.id);
    }
}

#[test]
fn a_lesson_asks_in_several_ways() {
    let library = library();
    for lesson in library.lessons() {
        let asked: Vec<_> = lesson
            .recall
            .iter()
            .filter_map(|id| library.question(id))
            .collect();
        let kinds: BTreeSet<_> = asked.iter().map(|q| q.answer.word()).collect();
        assert!(
            (4..=6).contains(&asked.len()) && kinds.len() >= 3 && !lesson.sources.is_empty(),
            "{}: {} questions, {kinds:?}",
            lesson.id,
            asked.len()
        );
    }
}

/// A prompt that asks by a view of its own depends on the definition, and one that names neither a view nor a text, does not.
#[test]
fn a_question_that_depends_on_the_definition_names_it() {
    let library = library();
    for question in questions(&library) {
        let prompt = question.prompt.text().as_str().to_lowercase();
        let by_a_view = ["by the scale-to-zero view", "by the provider view"]
            .iter()
            .any(|words| prompt.contains(words));
        let by_an_essay = prompt.contains("essay");
        let names = prompt.contains("view") || prompt.contains("argument") || by_an_essay;
        assert!(
            if question.lens.is_some() {
                names
            } else {
                !by_a_view
            },
            "{}",
            question.id
        );
    }
}
