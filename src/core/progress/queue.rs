//! What to ask: due, new, missed, and whose page to show; siblings on different days.
//! Guarantee: every choice is of the questions that are handed in, each at most once, in an order that repeats.

use std::collections::BTreeSet;

use crate::core::progress::from_reviews::Progress;
use crate::core::progress::question::QuestionProgress;
use crate::core::schedule::Card;
use crate::text::Timestamp;

impl Progress {
    /// Of these questions those that are due now: the one most likely forgotten first. Those
    /// whose page is to be shown instead are among them.
    pub fn due<'q>(
        &self,
        questions: impl IntoIterator<Item = &'q str>,
        now: Timestamp,
    ) -> Vec<&'q str> {
        let mut due: Vec<(f64, &str)> = questions
            .into_iter()
            .filter_map(|q| Some((q, self.question(q)?.card.as_ref()?)))
            .filter(|(_, card)| card.is_due(self.desired, now))
            .map(|(q, card)| (card.recall(now), q))
            .collect();
        due.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)));
        due.into_iter().map(|(_, q)| q).collect()
    }

    /// Of these questions those that were never answered, in the order given.
    pub fn unseen<'q>(&self, questions: impl IntoIterator<Item = &'q str>) -> Vec<&'q str> {
        questions
            .into_iter()
            .filter(|q| self.card(q).is_none())
            .collect()
    }

    /// Of these questions those whose last answer was wrong or right in parts only, in the order given.
    pub fn missed<'q>(&self, questions: impl IntoIterator<Item = &'q str>) -> Vec<&'q str> {
        self.which(questions, QuestionProgress::is_missed)
    }

    /// Of these questions those whose page is to be shown instead: four wrong answers or more since it was last shown.
    pub fn leeches<'q>(&self, questions: impl IntoIterator<Item = &'q str>) -> Vec<&'q str> {
        self.which(questions, QuestionProgress::wants_page)
    }

    fn which<'q>(
        &self,
        questions: impl IntoIterator<Item = &'q str>,
        holds: fn(&QuestionProgress) -> bool,
    ) -> Vec<&'q str> {
        let mut all: Vec<&str> = questions.into_iter().collect();
        all.retain(|q| self.question(q).is_some_and(holds));
        all
    }

    /// The card of a question that was ever answered.
    pub fn card(&self, question: &str) -> Option<&Card> {
        self.question(question)?.card.as_ref()
    }

    /// Whether a question is known; see [`QuestionProgress::known`].
    pub fn is_known(&self, question: &str) -> bool {
        self.question(question).is_some_and(|q| q.known)
    }

    /// The questions that were answered on a day of the learner.
    pub fn answered_on(&self, day: i32) -> impl Iterator<Item = &str> {
        self.questions
            .iter()
            .filter(move |(_, k)| k.answered.is_some() && k.day == day)
            .map(|(q, _)| q.as_str())
    }

    /// Splits a queue into what may be asked today and what should rather wait, because it shares a term with a question
    /// that stands before it or was answered today. A question that was itself answered today has nothing to wait for.
    pub fn split_siblings<'q, 't>(
        &self,
        queue: Vec<&'q str>,
        now: Timestamp,
        terms: impl Fn(&str) -> &'t [String],
    ) -> (Vec<&'q str>, Vec<&'q str>) {
        let today: BTreeSet<&str> = self.answered_on(now.day).collect();
        let mut taken: BTreeSet<&str> = today
            .iter()
            .flat_map(|q| terms(q))
            .map(String::as_str)
            .collect();
        queue.into_iter().partition(|q| {
            let own = terms(q);
            let may = today.contains(q) || !own.iter().any(|t| taken.contains(t.as_str()));
            if may {
                taken.extend(own.iter().map(String::as_str));
            }
            may
        })
    }
}
