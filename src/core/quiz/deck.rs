//! Which questions a session asks, and in which order.
//!
//! Questions that share a term are siblings: one of them a session, as long as there are others, and none whose sibling was
//! answered today. Questions whose terms name each other under "see also" are near: they come two places apart, close
//! enough to tell apart by contrast and not side by side.
//! New questions come in the order of the [`Course`]: open levels first, lesson by lesson, easy ones before hard ones.
//! Guarantees: the same library, progress, options and seed give the same deck; no question twice; a deck of any questions
//! does not depend on the progress.

use crate::core::progress::Progress;
use crate::core::quiz::course::Course;
use crate::core::quiz::options::{QuestionChoice, QuizOptions};
use crate::pack::catalog::EntryHead;
use crate::pack::{Kind, Library, Question};
use crate::text::{Rng, Timestamp};

/// How many questions a choice among siblings looks at, for each one that is wanted.
const LOOK: usize = 8;

/// How many questions of some topics there are for each choice.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct DeckCounts {
    pub due: usize,
    /// Never answered.
    pub new: usize,
    /// Answered wrong the last time.
    pub missed: usize,
    pub all: usize,
}

impl DeckCounts {
    /// How many there are to choose from.
    pub const fn of(self, which: QuestionChoice) -> usize {
        match which {
            QuestionChoice::Next if self.due + self.new > 0 => self.due + self.new,
            QuestionChoice::Next | QuestionChoice::All => self.all,
            QuestionChoice::Due => self.due,
            QuestionChoice::New => self.new,
            QuestionChoice::Missed => self.missed,
        }
    }
}

/// Counts what there is to ask of the topics, lesson, level and kind of these options.
pub fn counts(
    library: &Library,
    progress: &Progress,
    now: Timestamp,
    options: &QuizOptions,
) -> DeckCounts {
    let all = selected(library, options);
    DeckCounts {
        due: progress.due(all.iter().copied(), now).len(),
        new: progress.unseen(all.iter().copied()).len(),
        missed: progress.missed(all.iter().copied()).len(),
        all: all.len(),
    }
}

/// Draws a deck: ids of questions in the order in which they are asked.
pub fn draw(
    library: &Library,
    progress: &Progress,
    now: Timestamp,
    options: &QuizOptions,
    seed: u64,
) -> Vec<String> {
    if !options.only.is_empty() {
        return just_these(library, &options.only);
    }
    let mut all = selected(library, options);
    Rng::of(seed, "deck", 0).shuffle(&mut all);
    let mut queue = queue(progress, now, options.which, &all, library);
    queue.truncate(options.count.saturating_mul(LOOK).saturating_add(LOOK));
    queue.retain(|id| library.question(id).is_some());
    let empty = Progress::default();
    let known = if options.which.depends_on_progress() {
        progress
    } else {
        &empty
    };
    let (first, later) = known.split_siblings(queue, now, |id| {
        library.question(id).map_or(&[], |q| q.terms.as_slice())
    });
    let chosen: Vec<&Question> = first
        .into_iter()
        .chain(later)
        .take(options.count)
        .filter_map(|id| library.question(id))
        .collect();
    interleaved(library, chosen)
        .into_iter()
        .map(|q| q.id.clone())
        .collect()
}

/// The known ones of these ids, each once.
fn just_these(library: &Library, ids: &[String]) -> Vec<String> {
    let mut seen = Vec::new();
    for id in ids.iter().filter(|id| library.question(id).is_some()) {
        if !seen.contains(id) {
            seen.push(id.clone());
        }
    }
    seen
}

/// Ids of all questions of the topics, lesson, level and kind of these options.
fn selected<'l>(library: &'l Library, options: &QuizOptions) -> Vec<&'l str> {
    let mut all = of_topics(library, &options.topics);
    if !options.is_narrow() {
        return all;
    }
    if let Some(lesson) = &options.lesson {
        let course = Course::of(library);
        all.retain(|id| course.lesson_of(id).is_some_and(|l| l.id == *lesson));
    }
    all.retain(|id| {
        library.question(id).is_some_and(|question| {
            options
                .level
                .is_none_or(|level| level == question.difficulty)
                && options
                    .kind
                    .is_none_or(|kind| kind == question.answer.word())
        })
    });
    all
}

/// Ids of all questions of some topics; of all topics when none is named.
fn of_topics<'l>(library: &'l Library, topics: &[String]) -> Vec<&'l str> {
    let about = |head: &EntryHead<'_>| {
        if topics.is_empty()
            || head
                .tags
                .split('\n')
                .any(|tag| topics.iter().any(|t| t == tag))
        {
            return true;
        }
        // A folder that is not indexed yet knows ids only.
        !library.is_indexed()
            && library
                .question(head.id)
                .is_some_and(|q| topics.contains(&q.topic))
    };
    let heads = (0..library.count(Kind::Questions)).map(|n| library.head(Kind::Questions, n));
    heads.filter(about).map(|head| head.id).collect()
}

/// What may be asked, what is wanted most first.
fn queue<'q>(
    progress: &Progress,
    now: Timestamp,
    which: QuestionChoice,
    all: &[&'q str],
    library: &Library,
) -> Vec<&'q str> {
    let each = || all.iter().copied();
    let unseen = || {
        let mut new = progress.unseen(each());
        Course::of(library).in_order(progress, &mut new, library);
        new
    };
    match which {
        QuestionChoice::All => all.to_vec(),
        QuestionChoice::Due => progress.due(each(), now),
        QuestionChoice::New => unseen(),
        QuestionChoice::Missed => progress.missed(each()),
        QuestionChoice::Next => {
            let mut queue = progress.due(each(), now);
            queue.extend(unseen());
            if queue.is_empty() {
                all.to_vec()
            } else {
                queue
            }
        }
    }
}

/// Puts questions into an order: near ones two places apart, and no topic twice in a row, where that can be had.
fn interleaved<'l>(library: &Library, mut left: Vec<&'l Question>) -> Vec<&'l Question> {
    let mut order: Vec<&Question> = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let next = next_of(library, &order, &left);
        order.push(left.remove(next));
    }
    order
}

fn next_of(library: &Library, order: &[&Question], left: &[&Question]) -> usize {
    let (last, before) = (order.last(), order.iter().rev().nth(1));
    let is_near = |q: &Question| last.is_some_and(|l| near(library, l, q));
    let same = |q: &Question| last.is_some_and(|l| l.topic == q.topic);
    let answers = |q: &Question| before.is_some_and(|b| near(library, b, q));
    let first = |wanted: &dyn Fn(&Question) -> bool| left.iter().position(|q| wanted(q));
    // What is near to the question before the last: two places apart is where the contrast helps.
    first(&|q| answers(q) && !is_near(q))
        .or_else(|| first(&|q| !is_near(q) && !same(q)))
        .or_else(|| first(&|q| !is_near(q)))
        .unwrap_or(0)
}

/// Whether two questions are about what is easily taken for each other: they share a term, or one's term names the other's.
fn near(library: &Library, a: &Question, b: &Question) -> bool {
    let names = |a: &Question, b: &Question| {
        let main = a.terms.first().and_then(|t| library.term(t));
        main.is_some_and(|t| {
            t.see_also
                .iter()
                .any(|other| b.terms.first() == Some(other))
        })
    };
    a.terms.iter().any(|t| b.terms.contains(t)) || names(a, b) || names(b, a)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::core::progress::{IdSource, Review, ReviewOutcome};
    use crate::pack::Bundled;

    fn library() -> Library {
        Library::open(Arc::new(Bundled)).unwrap()
    }

    fn progress(
        library: &Library,
        now: Timestamp,
        answers: &[(usize, ReviewOutcome, i32)],
    ) -> Progress {
        let mut ids = IdSource::new(3);
        let review = |(n, outcome, days): &(usize, ReviewOutcome, i32)| {
            let id = library.head(Kind::Questions, *n).id;
            Review::new(ids.review(), id, *outcome, true, now.plus_days(-days), 1)
        };
        Progress::of(
            Default::default(),
            answers.iter().map(review).collect::<Vec<_>>(),
        )
    }

    #[test]
    fn the_same_seed_and_record_give_the_same_deck() {
        let (library, now) = (library(), Timestamp::new(1_795_548_425, 0));
        let known = progress(
            &library,
            now,
            &[(0, ReviewOutcome::Wrong, 1), (1, ReviewOutcome::Right, 40)],
        );
        for which in QuestionChoice::ALL {
            for seed in 0..20 {
                let options = QuizOptions {
                    which,
                    ..QuizOptions::default()
                };
                let deck = draw(&library, &known, now, &options, seed);
                assert_eq!(deck, draw(&library, &known, now, &options, seed));
                let mut once = deck.clone();
                once.sort();
                once.dedup();
                assert_eq!(once.len(), deck.len(), "no question twice");
                assert!(deck.len() <= 10);
            }
        }
        let seven = draw(&library, &known, now, &QuizOptions::default(), 7);
        assert_ne!(
            seven,
            draw(&library, &known, now, &QuizOptions::default(), 8)
        );
    }

    #[test]
    fn all_does_not_depend_on_the_record() {
        let (library, now) = (library(), Timestamp::new(1_795_548_425, 0));
        let known = progress(
            &library,
            now,
            &(0..100)
                .map(|n| (n, ReviewOutcome::Right, 0))
                .collect::<Vec<_>>(),
        );
        let options = QuizOptions {
            which: QuestionChoice::All,
            ..QuizOptions::default()
        };
        assert_eq!(
            draw(&library, &known, now, &options, 7),
            draw(&library, &Progress::default(), now, &options, 7)
        );
    }

    #[test]
    fn options_are_kept_to() {
        let (library, now) = (library(), Timestamp::new(1_795_548_425, 0));
        let known = progress(
            &library,
            now,
            &[
                (0, ReviewOutcome::Wrong, 1),
                (1, ReviewOutcome::Right, 400),
                (2, ReviewOutcome::Right, 0),
            ],
        );
        let id = |n| library.head(Kind::Questions, n).id.to_owned();
        let draw = |which, topics: &[&str], count| {
            let topics = topics.iter().map(|t| (*t).to_owned()).collect();
            draw(
                &library,
                &known,
                now,
                &QuizOptions {
                    which,
                    topics,
                    count,
                    ..QuizOptions::default()
                },
                7,
            )
        };
        assert_eq!(draw(QuestionChoice::Missed, &[], 10), [id(0)]);
        let mut due = draw(QuestionChoice::Due, &[], 10);
        due.sort();
        assert_eq!(due, [id(0), id(1)]);
        let next = draw(QuestionChoice::Next, &[], 3);
        assert!(
            next.contains(&id(0)) && next.contains(&id(1)) && !next.contains(&id(2)),
            "{next:?}"
        );
        assert!(
            !draw(QuestionChoice::New, &[], 1000)
                .iter()
                .any(|q| (0..3).any(|n| id(n) == *q))
        );
        let events = draw(QuestionChoice::All, &["events"], 1000);
        assert!(
            events.len() > 10
                && events
                    .iter()
                    .all(|q| library.question(q).unwrap().topic == "events")
        );
        assert_eq!(draw(QuestionChoice::All, &["nothing"], 10), [""; 0]);
        let counts = counts(&library, &known, now, &QuizOptions::default());
        assert_eq!(
            (counts.due, counts.missed, counts.new, counts.all),
            (2, 1, counts.all - 3, library.count(Kind::Questions))
        );
    }

    #[test]
    fn a_newcomer_meets_easy_questions_of_the_first_lessons_first() {
        let (library, now) = (library(), Timestamp::default());
        let course = Course::of(&library);
        for seed in 0..20 {
            let deck = draw(
                &library,
                &Progress::default(),
                now,
                &QuizOptions::default(),
                seed,
            );
            let difficulty = |id: &String| library.question(id).unwrap().difficulty;
            assert!(deck.iter().all(|id| difficulty(id) == 1), "{deck:?}");
            let early = deck
                .iter()
                .filter(|id| course.place(id) < course.lessons.len());
            assert!(early.count() >= 8, "{deck:?}");
        }
    }

    #[test]
    fn lesson_level_and_kind_narrow_what_is_asked() {
        let (library, now) = (library(), Timestamp::default());
        let draw = |words: &str| {
            let options = QuizOptions::parse(words);
            let deck = draw(&library, &Progress::default(), now, &options, 7);
            let counted = counts(&library, &Progress::default(), now, &options).all;
            assert!(counted >= deck.len(), "{words}");
            deck.into_iter()
                .map(|id| library.question(&id).unwrap())
                .collect::<Vec<_>>()
        };
        let hard = draw("--level 3");
        assert!(hard.len() == 10 && hard.iter().all(|q| q.difficulty == 3));
        let typed = draw("--kind typed --level 2 --all");
        assert!(!typed.is_empty());
        assert!(
            typed
                .iter()
                .all(|q| q.answer.word() == "typed" && q.difficulty == 2)
        );
        let course = Course::of(&library);
        let lesson = &course.lessons[0].lesson.id;
        let of_lesson = draw(&format!("--lesson {lesson} --count 100"));
        assert!(!of_lesson.is_empty());
        assert!(of_lesson.iter().all(|q| course.place(&q.id) == 0));
    }

    #[test]
    fn siblings_stay_apart_and_near_ones_are_interleaved() {
        let (library, now) = (library(), Timestamp::new(1_795_548_425, 0));
        let (mut beside, mut apart) = (0, 0);
        for seed in 0..60 {
            let deck = draw(
                &library,
                &Progress::default(),
                now,
                &QuizOptions {
                    which: QuestionChoice::All,
                    ..QuizOptions::default()
                },
                seed,
            );
            let questions: Vec<&Question> = deck
                .iter()
                .map(|id| library.question(id).unwrap())
                .collect();
            for (i, a) in questions.iter().enumerate() {
                for (j, b) in questions.iter().enumerate().skip(i + 1) {
                    assert!(
                        !a.terms.iter().any(|t| b.terms.contains(t)),
                        "{} and {} are siblings",
                        a.id,
                        b.id
                    );
                    if near(&library, a, b) {
                        beside += usize::from(j == i + 1);
                        apart += usize::from(j == i + 2);
                    }
                }
            }
        }
        assert!(
            apart > 10 * beside.max(1),
            "{apart} apart, {beside} side by side"
        );
    }

    #[test]
    fn just_these_come_in_their_order() {
        let (library, now) = (library(), Timestamp::default());
        let options = QuizOptions::parse("--only t-saga,nothing,bus-rule,t-saga");
        assert_eq!(
            draw(&library, &Progress::default(), now, &options, 1),
            ["t-saga", "bus-rule"]
        );
    }
}
