//! What a pack asks of every thing it judges, and the answers there can be.
//! Criteria and answers are few and stand in a fixed order, so that elsewhere each is a small number; only a pack's own
//! numbers come in here, and a number of another pack reads as nothing.

use borsh::{BorshDeserialize, BorshSerialize};

use crate::pack::fields::Fields;
use crate::pack::notes::Notes;
use crate::safe;
use crate::text::{ByteRange, SafeText};

/// Most criteria of a pack.
pub const MAX_CRITERIA: usize = 16;
/// Most answers of a pack.
pub const MAX_ANSWERS: usize = 8;

/// A criterion by its place in the pack.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    BorshSerialize,
    BorshDeserialize,
)]
pub struct CriterionId(u8);

impl CriterionId {
    /// From its place; `None` beyond [`MAX_CRITERIA`].
    pub const fn new(place: usize) -> Option<Self> {
        if place < MAX_CRITERIA {
            Some(Self(place as u8))
        } else {
            None
        }
    }

    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// An answer by its place in the pack's rising order.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    BorshSerialize,
    BorshDeserialize,
)]
pub struct AnswerLevel(u8);

impl AnswerLevel {
    /// The plain no: the first answer of every pack, possible for every criterion.
    pub const NO: Self = Self(0);

    /// From its place; `None` beyond [`MAX_ANSWERS`].
    pub const fn new(place: usize) -> Option<Self> {
        if place < MAX_ANSWERS {
            Some(Self(place as u8))
        } else {
            None
        }
    }

    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// A question asked of every thing.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Criterion {
    /// The key of its facts in the files.
    pub id: String,
    /// Two or three words for a reader.
    pub title: SafeText,
    /// The head of a column, about seven cells.
    pub short: SafeText,
    /// The question in full.
    pub question: Option<SafeText>,
}

/// An answer to criteria.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Answer {
    /// The word of the files.
    pub id: String,
    /// The word in a column of four cells.
    pub short: SafeText,
    /// The criterion it belongs to; `None` where it answers all of them.
    pub only: Option<CriterionId>,
}

/// The criteria of a pack and the answers to them.
#[derive(Clone, Debug, PartialEq, BorshSerialize, BorshDeserialize)]
pub struct Criteria {
    all: Vec<Criterion>,
    answers: Vec<Answer>,
}

impl Default for Criteria {
    fn default() -> Self {
        Self::new(Vec::new(), Vec::new())
    }
}

impl Criteria {
    /// Without answers of its own a pack has `no`, `partial` and `yes`.
    pub fn new(mut all: Vec<Criterion>, mut answers: Vec<Answer>) -> Self {
        all.truncate(MAX_CRITERIA);
        answers.truncate(MAX_ANSWERS);
        if answers.is_empty() {
            answers = [("no", "no"), ("partial", "part"), ("yes", "yes")]
                .map(|(id, short)| Answer {
                    id: id.to_owned(),
                    short: SafeText::ours(short),
                    only: None,
                })
                .into();
        }
        Self { all, answers }
    }

    /// All criteria, in the order they are shown.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = CriterionId> + Clone + use<> {
        (0..self.all.len() as u8).map(CriterionId)
    }

    pub fn count(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The criterion of an id.
    pub fn find(&self, id: &str) -> Option<CriterionId> {
        CriterionId::new(self.all.iter().position(|criterion| criterion.id == id)?)
    }

    pub fn get(&self, criterion: CriterionId) -> Option<&Criterion> {
        self.all.get(criterion.index())
    }

    /// The word of the files for a criterion.
    pub fn id(&self, criterion: CriterionId) -> &str {
        self.get(criterion).map_or("", |criterion| &criterion.id)
    }

    pub fn title(&self, criterion: CriterionId) -> SafeText {
        self.get(criterion)
            .map_or_else(SafeText::default, |criterion| criterion.title.clone())
    }

    /// The head of a column.
    pub fn short(&self, criterion: CriterionId) -> SafeText {
        self.get(criterion)
            .map_or_else(SafeText::default, |criterion| criterion.short.clone())
    }

    /// Every answer there is, rising.
    pub fn levels(&self) -> impl DoubleEndedIterator<Item = AnswerLevel> + Clone + use<> {
        (0..self.answers.len() as u8).map(AnswerLevel)
    }

    /// The answers that a criterion can have, rising; at least two.
    pub fn possible(
        &self,
        criterion: CriterionId,
    ) -> impl DoubleEndedIterator<Item = AnswerLevel> + Clone {
        let fits = move |level: &AnswerLevel| self.belongs_elsewhere(criterion, *level).is_none();
        self.levels().filter(fits)
    }

    /// The full yes: the last answer, possible for every criterion.
    pub fn yes(&self) -> AnswerLevel {
        AnswerLevel(self.answers.len().saturating_sub(1) as u8)
    }

    /// The word of an answer.
    pub fn word(&self, level: AnswerLevel) -> &str {
        self.answers
            .get(level.index())
            .map_or("", |answer| &answer.id)
    }

    /// The word of an answer in a column of four cells.
    pub fn cell(&self, level: AnswerLevel) -> SafeText {
        self.answers
            .get(level.index())
            .map_or_else(SafeText::default, |answer| answer.short.clone())
    }

    /// Why an answer is not one to a criterion: the criterion it belongs to.
    pub fn belongs_elsewhere(&self, criterion: CriterionId, level: AnswerLevel) -> Option<&str> {
        let only = self.answers.get(level.index())?.only?;
        (only != criterion).then(|| self.id(only))
    }

    /// Reads the answer that a key gives to a criterion.
    pub(crate) fn read_level(
        &self,
        f: &mut Fields<'_, '_>,
        key: &str,
        criterion: Option<CriterionId>,
    ) -> Option<AnswerLevel> {
        let words: Vec<&str> = self.answers.iter().map(|answer| &*answer.id).collect();
        let word = f.one_of(key, &words)?;
        let level = AnswerLevel::new(words.iter().position(|known| *known == word.as_str())?)?;
        if let Some(criterion) = criterion
            && let Some(other) = self.belongs_elsewhere(criterion, level)
        {
            let possible: Vec<String> = self
                .possible(criterion)
                .map(|level| format!("`{}`", self.word(level)))
                .collect();
            let message = safe!("`{word}` is no answer to `{}`", self.id(criterion));
            let help = safe!("it belongs to `{other}`; write {}", possible.join(", "));
            f.notes
                .refuse("answer-elsewhere", &f.place(key), message, help);
            return None;
        }
        Some(level)
    }

    /// The values of a table whose keys are criteria, in their order.
    pub(crate) fn each<'t, 'n, T>(
        &self,
        f: &mut Fields<'t, 'n>,
        read: impl Fn(&mut Fields<'t, 'n>, CriterionId, &str) -> Option<T>,
    ) -> Vec<(CriterionId, T)> {
        let found = self.ids().filter_map(|criterion| {
            let value = read(f, criterion, self.id(criterion))?;
            Some((criterion, value))
        });
        found.collect()
    }
}

/// Reads `[[criteria]]` and `[[answers]]` of a pack.
pub(crate) fn read(f: &mut Fields<'_, '_>) -> Criteria {
    let at = f.place("criteria");
    let all = f.each_with_id("criteria", |f, id| {
        let title = f.need("title", Fields::text);
        Criterion {
            id,
            short: f.text("short").unwrap_or_else(|| title.clone()),
            title,
            question: f.text("question"),
        }
    });
    at_most(all.len(), MAX_CRITERIA, "criteria", &at, f.notes);
    let mut criteria = Criteria::new(all, Vec::new());
    let at = f.place("answers");
    let answers = f.each_with_id("answers", |f, id| {
        let ids: Vec<&str> = criteria.all.iter().map(|c| &*c.id).collect();
        let only = f.one_of("only", &ids).and_then(|id| criteria.find(&id));
        let short = f.text("short").unwrap_or_else(|| SafeText::line(&id));
        Answer { id, short, only }
    });
    at_most(answers.len(), MAX_ANSWERS, "answers", &at, f.notes);
    let ends = [answers.first(), answers.last()];
    if ends.iter().flatten().any(|answer| answer.only.is_some()) || answers.len() == 1 {
        let message = "the first and the last answer must answer every criterion";
        let help = "name the plain no first, the full yes last, and neither with `only`";
        f.notes.refuse("answers-ends", &at, message, help);
    }
    if !answers.is_empty() {
        criteria = Criteria::new(criteria.all, answers);
    }
    criteria
}

fn at_most(count: usize, most: usize, what: &str, at: &ByteRange, notes: &mut Notes) {
    if count > most {
        let message = safe!("there are {count} {what}; {most} are the most");
        notes.refuse("criteria-many", at, message, "leave out what decides least");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::front_matter::FrontMatter;

    /// Two criteria, the second with an answer of its own.
    const OWN: &str = r#"criteria = [{ id = "rests", title = "comes to rest" }, { id = "big_size", title = "hides sizes", short = "sizes", question = "Q?" }]
answers = [{ id = "no" }, { id = "size", short = "sz", only = "big_size" }, { id = "yes" }]
"#;

    /// Reads something of a file and compares the problems as code, quoted text and help.
    #[track_caller]
    fn check<T>(
        source: &str,
        expected: &[(&str, &str, &str)],
        read: impl FnOnce(&mut Fields<'_, '_>) -> T,
    ) -> T {
        let mut notes = Notes::new("pack.toml");
        let front = FrontMatter::of_file(source, &mut notes).expect("it is TOML");
        let mut f = front.fields(&mut notes);
        let found = read(&mut f);
        f.finish();
        let problems = notes.problems.iter();
        let problems: Vec<_> = problems
            .map(|d| {
                let quoted = &source[d.span.clone().unwrap()];
                (d.code, quoted, d.help.as_deref().unwrap_or(""))
            })
            .collect();
        assert_eq!(problems, expected, "{source}");
        found
    }

    fn words(
        criteria: &Criteria,
        levels: impl Iterator<Item = AnswerLevel>,
    ) -> Vec<(&str, SafeText)> {
        let words = levels.map(|level| (criteria.word(level), criteria.cell(level)));
        words.collect()
    }

    #[test]
    fn a_pack_without_answers_of_its_own_has_three() {
        for source in [
            "",
            "criteria = [{ id = \"rests\", title = \"comes to rest\" }]",
        ] {
            let criteria = check(source, &[], read);
            let three = [("no", "no"), ("partial", "part"), ("yes", "yes")];
            let three = three.map(|(id, short)| (id, SafeText::ours(short)));
            assert_eq!(words(&criteria, criteria.levels()), three);
            assert_eq!(criteria.word(criteria.yes()), "yes");
            assert_eq!(criteria.is_empty(), source.is_empty());
        }
    }

    #[test]
    fn criteria_have_an_order_and_words() {
        let criteria = check(OWN, &[], read);
        let told = criteria.ids().map(|criterion| {
            let of = criteria.get(criterion).expect("its own");
            let question = of.question.as_deref();
            (
                &*of.id,
                of.title.to_string(),
                of.short.to_string(),
                question,
            )
        });
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                (
                    "rests",
                    "comes to rest".into(),
                    "comes to rest".into(),
                    None
                ),
                ("big_size", "hides sizes".into(), "sizes".into(), Some("Q?")),
            ]
        );
        assert_eq!(criteria.find("big_size"), CriterionId::new(1));
        assert_eq!(criteria.find("small_size"), None);
        let foreign = CriterionId::new(9).expect("below the most");
        assert_eq!((criteria.id(foreign), criteria.get(foreign)), ("", None));
    }

    #[test]
    fn an_answer_may_belong_to_one_criterion() {
        let criteria = check(OWN, &[], read);
        let possible = |id| -> Vec<&str> {
            let levels = criteria.possible(criteria.find(id).expect("declared"));
            levels.map(|level| criteria.word(level)).collect()
        };
        assert_eq!(possible("rests"), ["no", "yes"]);
        assert_eq!(possible("big_size"), ["no", "size", "yes"]);
        let size = AnswerLevel::new(1).expect("below the most");
        assert_eq!(criteria.cell(size).as_str(), "sz");
        let wrong = OWN.replace("only = \"big_size\"", "only = \"big_sise\"");
        let help = "did you mean `big_size`?";
        check(&wrong, &[("value-unknown", "\"big_sise\"", help)], read);
    }

    #[test]
    fn the_first_and_the_last_answer_are_for_every_criterion() {
        let help = "name the plain no first, the full yes last, and neither with `only`";
        let ends = |answers: &str| {
            let source =
                format!("criteria = [{{ id = \"a\", title = \"A\" }}]\nanswers = {answers}");
            check(&source, &[("answers-ends", answers, help)], read);
        };
        ends("[{ id = \"no\" }]");
        ends("[{ id = \"no\", only = \"a\" }, { id = \"yes\" }]");
        ends("[{ id = \"no\" }, { id = \"yes\", only = \"a\" }]");
    }

    #[test]
    fn there_are_not_too_many() {
        let list = |count: usize| -> String {
            let items = (0..count).map(|n| format!("{{ id = \"i{n}\", title = \"T\" }}"));
            format!("[{}]", items.collect::<Vec<_>>().join(", "))
        };
        let answers = |count: usize| list(count).replace(", title = \"T\"", "");
        let most = (list(MAX_CRITERIA), answers(MAX_ANSWERS));
        let source = format!("criteria = {}\nanswers = {}", most.0, most.1);
        let criteria = check(&source, &[], read);
        assert_eq!((criteria.count(), criteria.levels().count()), (16, 8));
        let more = (list(MAX_CRITERIA + 1), answers(MAX_ANSWERS + 1));
        let source = format!("criteria = {}\nanswers = {}", more.0, more.1);
        let help = "leave out what decides least";
        let twice = [&more.0, &more.1].map(|list| ("criteria-many", list.as_str(), help));
        let criteria = check(&source, &twice, read);
        assert_eq!((criteria.count(), criteria.levels().count()), (16, 8));
    }

    #[test]
    fn an_answer_is_read_where_it_belongs() {
        let criteria = check(OWN, &[], read);
        let level = |word: &str, id: &str, expected: &[(&str, &str, &str)]| {
            let source = format!("answer = \"{word}\"");
            let read = |f: &mut Fields<'_, '_>| criteria.read_level(f, "answer", criteria.find(id));
            check(&source, expected, read).map(AnswerLevel::index)
        };
        assert_eq!(level("size", "big_size", &[]), Some(1));
        assert_eq!(level("yes", "rests", &[]), Some(2));
        // Where nobody knows the criterion, any answer will do.
        assert_eq!(level("size", "unknown", &[]), Some(1));
        let elsewhere = "it belongs to `big_size`; write `no`, `yes`";
        let problem = ("answer-elsewhere", "\"size\"", elsewhere);
        assert_eq!(level("size", "rests", &[problem]), None);
        let unknown = ("value-unknown", "\"sise\"", "did you mean `size`?");
        assert_eq!(level("sise", "big_size", &[unknown]), None);
    }
}
