//! The course of a pack: which questions belong to which lesson, how far each lesson is known, and which level is open.
//!
//! A question belongs to the lesson that recalls it, else to the first lesson that links its first term, else to the first
//! that links any of its terms. A level is open when of the level below ten questions were answered (or all there are) and
//! eight in ten of those answered are known: right at the first answer ever, or after a night.
//! Guarantees: a question belongs to one lesson at most; the first level is always open; nothing is locked, since what is not
//! open only comes later.

use std::collections::HashMap;

use crate::core::progress::Progress;
use crate::pack::doc::LinkTarget;
use crate::pack::{Kind, Lesson, Library, Question};
use crate::text::Timestamp;

/// The levels, as `difficulty` of a question names them.
pub const LEVELS: [u8; 3] = [1, 2, 3];
/// Answers to questions of a level from which it can open the next.
const ENOUGH: usize = 10;
/// In tenths, how many of them must be known.
const KNOWN_TENTHS: usize = 8;

/// What a level is called: `easy`, `medium`, `hard`.
pub const fn level_word(level: u8) -> &'static str {
    match level {
        0 | 1 => "easy",
        2 => "medium",
        3.. => "hard",
    }
}

/// A lesson with the questions that belong to it, easy ones first.
#[derive(Clone, Debug)]
pub struct CourseLesson<'l> {
    pub lesson: &'l Lesson,
    pub questions: Vec<&'l Question>,
}

/// How far the questions of a lesson are known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct LessonProgress {
    pub questions: usize,
    pub answered: usize,
    pub known: usize,
    pub due: usize,
}

/// Lessons with their questions. Making it reads every lesson and question.
#[derive(Clone, Debug, Default)]
pub struct Course<'l> {
    pub lessons: Vec<CourseLesson<'l>>,
    /// All questions, those without a lesson too.
    all: Vec<&'l Question>,
    /// The lesson of a question, by its place.
    of: HashMap<&'l str, usize>,
}

impl<'l> Course<'l> {
    pub fn of(library: &'l Library) -> Self {
        let lessons = library.lessons();
        let all: Vec<&Question> = library
            .ids(Kind::Questions)
            .filter_map(|id| library.question(id))
            .collect();
        let mut recalled: HashMap<&str, usize> = HashMap::new();
        let mut taught: HashMap<&str, usize> = HashMap::new();
        for (at, lesson) in lessons.iter().enumerate() {
            for id in &lesson.recall {
                recalled.entry(id).or_insert(at);
            }
            for term in linked_terms(lesson) {
                taught.entry(term).or_insert(at);
            }
        }
        let lesson_of = |question: &Question| {
            let terms = &question.terms;
            let first = terms.first().and_then(|t| taught.get(t.as_str()));
            let any = || terms.iter().filter_map(|t| taught.get(t.as_str())).min();
            let recalled = recalled.get(question.id.as_str());
            recalled.or(first).or_else(any).copied()
        };
        let mut course = Self {
            lessons: lessons
                .into_iter()
                .map(|lesson| CourseLesson {
                    lesson,
                    questions: Vec::new(),
                })
                .collect(),
            all: all.clone(),
            of: HashMap::new(),
        };
        for question in all {
            let Some(at) = lesson_of(question) else {
                continue;
            };
            course.of.insert(&question.id, at);
            if let Some(lesson) = course.lessons.get_mut(at) {
                lesson.questions.push(question);
            }
        }
        for lesson in &mut course.lessons {
            lesson.questions.sort_by_key(|question| question.difficulty);
        }
        course
    }

    /// The place of a question's lesson, counting from 0; behind all lessons when it has none.
    pub fn place(&self, question: &str) -> usize {
        self.of.get(question).copied().unwrap_or(self.lessons.len())
    }

    /// The lesson that a question belongs to.
    pub fn lesson_of(&self, question: &str) -> Option<&'l Lesson> {
        self.lessons.get(self.place(question)).map(|l| l.lesson)
    }

    /// The highest level that is open.
    pub fn open_level(&self, progress: &Progress) -> u8 {
        let is_passed = |level: &u8| {
            let of_level = || self.all.iter().filter(|q| q.difficulty == *level);
            let answered = of_level()
                .filter(|q| progress.card(&q.id).is_some())
                .count();
            let known = of_level().filter(|q| progress.is_known(&q.id)).count();
            answered >= of_level().count().min(ENOUGH) && known * 10 >= answered * KNOWN_TENTHS
        };
        let passed = LEVELS.iter().take_while(|level| is_passed(level)).count();
        LEVELS.get(passed).copied().unwrap_or(LEVELS.len() as u8)
    }

    /// How far a lesson's questions are known.
    pub fn progress(
        &self,
        lesson: &CourseLesson<'_>,
        progress: &Progress,
        now: Timestamp,
    ) -> LessonProgress {
        let ids = || lesson.questions.iter().map(|q| q.id.as_str());
        LessonProgress {
            questions: lesson.questions.len(),
            answered: ids().filter(|id| progress.card(id).is_some()).count(),
            known: ids().filter(|id| progress.is_known(id)).count(),
            due: progress.due(ids(), now).len(),
        }
    }

    /// New questions in the order in which a learner should meet them, kept where equal. First what a missed question rests
    /// on: an easier one on its first term; then open levels, lesson by lesson and easy ones first; then what shares a term
    /// with a missed question; then levels that are not open yet.
    pub fn in_order(&self, progress: &Progress, new: &mut [&str], library: &Library) {
        let missed: Vec<&Question> = self
            .all
            .iter()
            .filter(|q| progress.question(&q.id).is_some_and(|q| q.is_missed()))
            .copied()
            .collect();
        let open = self.open_level(progress);
        let rank = |question: &Question| {
            let rests = |m: &&Question| {
                m.terms
                    .first()
                    .is_some_and(|t| question.terms.first() == Some(t))
                    && question.difficulty < m.difficulty
            };
            let shares = |m: &&Question| m.terms.iter().any(|t| question.terms.contains(t));
            if missed.iter().any(rests) {
                0
            } else if question.difficulty > open {
                3
            } else {
                1 + u8::from(missed.iter().any(shares))
            }
        };
        new.sort_by_cached_key(|id| {
            let question = library.question(id);
            question.map(|q| (rank(q), self.place(id), q.difficulty))
        });
    }
}

/// The terms that a lesson's text links, in its order.
fn linked_terms(lesson: &Lesson) -> impl Iterator<Item = &str> {
    let targets = lesson.body.links.iter().map(|link| &link.target);
    targets.filter_map(|target| match target {
        LinkTarget::Entry(address, _) if address.kind == Kind::Terms => Some(&*address.id),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::core::progress::{IdSource, Review, ReviewOutcome};
    use crate::pack::Bundled;

    const NOW: Timestamp = Timestamp {
        at: 1_795_548_425,
        day: 20_781,
    };

    fn answered<'q>(answers: impl IntoIterator<Item = (&'q str, ReviewOutcome, i32)>) -> Progress {
        let mut ids = IdSource::new(3);
        let review = |(id, outcome, day): (&str, ReviewOutcome, i32)| {
            Review::new(ids.review(), id, outcome, true, NOW.plus_days(day), 1)
        };
        let reviews: Vec<Review> = answers.into_iter().map(review).collect();
        Progress::of(Default::default(), reviews)
    }

    #[test]
    fn most_questions_belong_to_a_lesson_and_recalled_ones_to_theirs() {
        let library = Library::open(Arc::new(Bundled)).unwrap();
        let course = Course::of(&library);
        for (at, lesson) in course.lessons.iter().enumerate() {
            assert!(lesson.questions.is_sorted_by_key(|q| q.difficulty));
            for id in &lesson.lesson.recall {
                assert!(course.place(id) <= at, "{id}");
            }
        }
        let with = course
            .lessons
            .iter()
            .map(|l| l.questions.len())
            .sum::<usize>();
        assert!(with * 10 >= library.count(Kind::Questions) * 6, "{with}");
    }

    #[test]
    fn a_level_opens_when_the_one_below_is_known() {
        use ReviewOutcome::{Right, Wrong};
        let library = Library::open(Arc::new(Bundled)).unwrap();
        let course = Course::of(&library);
        let of_level = |level: u8, n: usize| {
            let all = course.all.iter().filter(move |q| q.difficulty == level);
            all.map(|q| q.id.as_str()).take(n)
        };
        let check = |progress: &Progress, expected| {
            assert_eq!(course.open_level(progress), expected);
        };
        check(&Progress::default(), 1);
        check(&answered(of_level(1, 9).map(|q| (q, Right, 0))), 1);
        let ten = || of_level(1, 10).map(|q| (q, Right, 0));
        check(&answered(ten()), 2);
        check(
            &answered(ten().chain(of_level(2, 10).map(|q| (q, Right, 0)))),
            3,
        );
        check(&answered(of_level(2, 10).map(|q| (q, Right, 0))), 1);
        // Three of ten missed, then right within the day, then right after a night.
        let first = of_level(1, 10).skip(3).map(|q| (q, Right, -1));
        let first: Vec<_> = first
            .chain(of_level(1, 3).map(|q| (q, Wrong, -1)))
            .collect();
        check(&answered(first.clone()), 1);
        let again = |day| of_level(1, 3).map(move |q| (q, Right, day));
        check(&answered(first.clone().into_iter().chain(again(-1))), 1);
        check(&answered(first.into_iter().chain(again(0))), 2);
    }

    #[test]
    fn what_a_miss_rests_on_comes_before_more_of_the_same() {
        let library = Library::open(Arc::new(Bundled)).unwrap();
        let course = Course::of(&library);
        let pair = course.all.iter().find_map(|hard| {
            let easy = course.all.iter().find(|easy| {
                easy.difficulty < hard.difficulty
                    && easy.terms.first() == hard.terms.first()
                    && !easy.terms.is_empty()
            })?;
            Some((hard, easy))
        });
        let (hard, easy) = pair.expect("two questions on one term");
        let progress = answered([(hard.id.as_str(), ReviewOutcome::Wrong, 0)]);
        let mut new: Vec<&str> = library
            .ids(Kind::Questions)
            .filter(|id| *id != hard.id)
            .collect();
        course.in_order(&progress, &mut new, &library);
        let first = library.question(new[0]).unwrap();
        assert_eq!(first.terms.first(), hard.terms.first());
        let at = |wanted: &dyn Fn(&Question) -> bool| {
            new.iter()
                .position(|id| wanted(library.question(id).unwrap()))
        };
        assert!(
            at(&|q| q.id == easy.id)
                < at(&|q| q.terms.iter().any(|t| hard.terms.contains(t))
                    && q.difficulty >= hard.difficulty)
        );
    }
}
