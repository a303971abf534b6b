//! What to do next: one sensible step, whatever was done before.
//! Guarantee: pure, and always one step; what is due comes before what is new, reading before asking about it.

use std::collections::BTreeSet;

use crate::core::progress::{Progress, Ratio};
use crate::core::quiz::course::Course;
use crate::core::quiz::options::QuestionChoice;
use crate::core::schedule::days_until;
use crate::pack::{Kind, Lesson, Library};
use crate::text::Timestamp;

/// Fewest answers from which a term is called weak.
const ENOUGH: u32 = 3;
/// From this share of right answers on, in hundredths, a term is not weak.
const STRONG: u32 = 70;

#[derive(Clone, PartialEq, Debug)]
pub enum NextStep<'l> {
    /// Nothing was read or answered yet: the first lesson, where there is one.
    Begin(Option<&'l Lesson>),
    /// So many questions are due.
    Due(usize),
    /// The first lesson that is neither read nor answered.
    Lesson(&'l Lesson),
    /// The page of the term that goes worst, by its id, with how its questions went.
    Weak(String, Ratio),
    /// So many questions were never answered.
    New(usize),
    /// Everything is answered; in so many days something falls due. `None` where there are no questions.
    Rest(Option<i64>),
}

impl<'l> NextStep<'l> {
    /// The next step of somebody with this progress who has read these lessons, by id.
    pub fn of(
        library: &'l Library,
        course: &Course<'l>,
        progress: &Progress,
        read: &BTreeSet<String>,
        now: Timestamp,
    ) -> Self {
        let ids = || library.ids(Kind::Questions);
        let is_done = |lesson: &Lesson| {
            let asked = lesson
                .recall
                .iter()
                .filter(|id| library.question(id).is_some());
            let mut asked = asked.peekable();
            let answered = asked.peek().is_some() && asked.all(|id| progress.card(id).is_some());
            read.contains(&lesson.id) || answered
        };
        let mut lessons = course.lessons.iter().map(|l| l.lesson);
        let lesson = lessons.find(|lesson| !is_done(lesson));
        let is_empty = library.count(Kind::Questions) == 0;
        if read.is_empty() && progress.totals.days.is_empty() && !(lesson.is_none() && is_empty) {
            return Self::Begin(lesson);
        }
        let due = progress.due(ids(), now).len();
        if due > 0 {
            return Self::Due(due);
        }
        if let Some(lesson) = lesson {
            return Self::Lesson(lesson);
        }
        let terms = |id: &str| library.question(id).map(|q| q.terms.clone());
        let weakest = progress.weakest(ids(), now, |id| terms(id).unwrap_or_default());
        let weak = weakest.into_iter().find(|weak| {
            let Ratio { hits, of } = weak.answers;
            of >= ENOUGH && hits * 100 < of * STRONG && library.term(&weak.id).is_some()
        });
        let new = progress.unseen(ids()).len();
        match weak {
            Some(weak) => Self::Weak(weak.id, weak.answers),
            None if new > 0 => Self::New(new),
            None => {
                let cards = ids().filter_map(|id| progress.card(id));
                let days = cards.map(|card| days_until(card.due(progress.desired), now).max(0));
                Self::Rest(days.min())
            }
        }
    }
}

impl NextStep<'_> {
    /// Which questions it asks, where it asks any.
    pub const fn asks(&self) -> Option<QuestionChoice> {
        match self {
            Self::Due(_) => Some(QuestionChoice::Due),
            Self::New(_) | Self::Begin(None) => Some(QuestionChoice::New),
            Self::Begin(_) | Self::Lesson(_) | Self::Weak(..) | Self::Rest(_) => None,
        }
    }
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

    /// What comes next after answers to these questions, each so many days ago, and some lessons read; in a word.
    fn step(answers: &[(&str, ReviewOutcome, i32)], read: &[&str]) -> String {
        let library = Library::open(Arc::new(Bundled)).unwrap();
        let course = Course::of(&library);
        let mut ids = IdSource::new(3);
        let reviews = (1..).zip(answers).map(|(order, (id, outcome, days))| {
            let now = NOW.plus_days(-days);
            Review {
                order,
                ..Review::new(ids.review(), id, *outcome, true, now, 1)
            }
        });
        let progress = Progress::of(Default::default(), reviews.collect::<Vec<_>>());
        let read = read.iter().map(ToString::to_string).collect();
        match NextStep::of(&library, &course, &progress, &read, NOW) {
            NextStep::Begin(lesson) => format!("begin {}", lesson.map_or("", |l| &l.id)),
            NextStep::Due(n) => format!("due {n}"),
            NextStep::Lesson(lesson) => format!("lesson {}", lesson.id),
            NextStep::Weak(id, of) => format!("weak {id} {} of {}", of.hits, of.of),
            NextStep::New(n) => format!("new {}", n > 100),
            NextStep::Rest(days) => format!("rest {days:?}"),
        }
    }

    #[test]
    fn each_state_has_its_step() {
        use ReviewOutcome::{Right, Wrong};
        let library = Library::open(Arc::new(Bundled)).unwrap();
        let lessons: Vec<&str> = library.lessons().iter().map(|l| l.id.as_str()).collect();
        let (first, second) = (lessons[0], lessons[1]);
        assert_eq!(step(&[], &[]), format!("begin {first}"));
        assert_eq!(step(&[], &[first]), format!("lesson {second}"));
        assert_eq!(
            step(&[("t-saga", Right, 0)], &[]),
            format!("lesson {first}")
        );
        assert_eq!(step(&[("t-saga", Wrong, 1)], &[]), "due 1");
        let recalled: Vec<_> = library.lessons()[0]
            .recall
            .iter()
            .map(|id| (id.as_str(), Right, 0))
            .collect();
        assert_eq!(step(&recalled, &[]), format!("lesson {second}"));
        assert_eq!(step(&[], &lessons), "new true");
        let four = [
            ("t-saga", Right, 4),
            ("t-saga", Wrong, 3),
            ("t-saga", Wrong, 2),
            ("t-saga", Right, 0),
        ];
        assert!(
            step(&four, &lessons).starts_with("weak "),
            "{}",
            step(&four, &lessons)
        );
        let all: Vec<_> = library
            .ids(Kind::Questions)
            .map(|id| (id, Right, 0))
            .collect();
        assert_eq!(step(&all, &lessons), "rest Some(2)");
    }
}
