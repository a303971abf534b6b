//! A lesson as a page: printed, with its questions at the end, whose answers show only when asked for; and on the screen,
//! with each question at the end of the section that it belongs to, to be answered there.

use crate::core::progress::Progress;
use crate::core::quiz::course::LessonProgress;
use crate::core::quiz::presented::choices;
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::doc::{Doc, LinkTarget};
use crate::pack::{Address, AnswerKind, Kind, Lesson, Library, Question};
use crate::safe;
use crate::text::measure::count;
use crate::text::{SafeText, Timestamp};
use crate::views::entry_footer::{entry_link, mentioned, sources};
use crate::views::quiz::due_again;
use crate::views::quiz::reasons::reasons;

/// A lesson, its answers shown or not.
pub fn page(library: &Library, id: &str, format: impl Into<PageFormat>, answers: bool) -> Page {
    let mut page = PageBuilder::new(format);
    let Some(lesson) = library.lesson(id) else {
        page.title(SafeText::line(id));
        let missing = "This lesson is not in the pack, or its file has errors.";
        page.text(missing, Role::Warn);
        return page.finish();
    };
    page.title(lesson.title.clone());
    let head = lesson_head(lesson);
    page.text(head, Role::Dim);
    page.doc(&lesson.body);
    let recall = lesson.recall.iter();
    let questions: Vec<&Question> = recall.filter_map(|id| library.question(id)).collect();
    if !questions.is_empty() {
        page.section("Recall", Role::Heading);
        page.text(how(answers, page.format()), Role::Dim);
        for recalled in questions {
            question(&mut page, library, recalled, answers);
            if !answers {
                page.hidden("Answer", |page| question(page, library, recalled, true));
            }
        }
    }
    page.rule();
    mentioned(&mut page, library, Kind::Lessons, id);
    sources(&mut page, library, &lesson.sources, lesson.as_of);
    page.finish()
}

/// What is known of a lesson and its learner.
#[derive(Clone, Copy, Debug)]
pub struct LessonState<'a> {
    /// `None` before the record is read.
    pub progress: Option<&'a Progress>,
    pub now: Timestamp,
    /// How far the questions of the lesson are known, likewise.
    pub known: Option<LessonProgress>,
}

/// A lesson on the screen, with the rows on which its questions stand.
#[derive(Clone, Debug, Default)]
pub struct LessonPage {
    pub page: Page,
    /// The row and the id of each question.
    pub questions: Vec<(usize, String)>,
}

/// A lesson for the screen.
pub fn screen(library: &Library, id: &str, width: usize, state: LessonState<'_>) -> LessonPage {
    let Some(lesson) = library.lesson(id) else {
        return LessonPage {
            page: page(library, id, width, false),
            questions: Vec::new(),
        };
    };
    let mut made = LessonPage::default();
    let mut page = PageBuilder::new(width);
    page.title(lesson.title.clone());
    let head = lesson_head(lesson);
    page.text(head, Role::Dim);
    let (intro, parts) = lesson.body.sections();
    let placed = placed(library, lesson, &intro, &parts);
    page.doc(&intro);
    let mut ask = |page: &mut PageBuilder, section: usize| {
        for question in placed
            .iter()
            .filter(|(at, _)| *at == section)
            .map(|(_, q)| q)
        {
            made.questions.push((page.row(), question.id.clone()));
            mark(page, question, &state);
        }
    };
    ask(&mut page, 0);
    for (n, (title, part)) in parts.iter().enumerate() {
        page.section(title.clone(), Role::Heading);
        page.doc(part);
        ask(&mut page, n + 1);
    }
    end(&mut page, library, lesson, &state);
    page.rule();
    mentioned(&mut page, library, Kind::Lessons, id);
    sources(&mut page, library, &lesson.sources, lesson.as_of);
    made.page = page.finish();
    made
}

/// The questions to recall, each with the section behind which it is asked, 0 for the beginning: the last one that links
/// its first term, else the last of all.
fn placed<'l>(
    library: &'l Library,
    lesson: &Lesson,
    intro: &Doc,
    parts: &[(SafeText, Doc)],
) -> Vec<(usize, &'l Question)> {
    let links = |doc: &Doc, term: &str| {
        let mut targets = doc.links.iter().map(|link| &link.target);
        targets.any(|target| matches!(target, LinkTarget::Entry(a, _) if a.kind == Kind::Terms && *a.id == *term))
    };
    let questions = lesson.recall.iter().filter_map(|id| library.question(id));
    let place = |question: &'l Question| {
        let term = question.terms.first();
        let behind = term.and_then(|term| {
            let part = parts.iter().rposition(|(_, part)| links(part, term));
            part.map(|n| n + 1)
                .or_else(|| links(intro, term).then_some(0))
        });
        (behind.unwrap_or(parts.len()), question)
    };
    questions.map(place).collect()
}

/// A question in the text: what is asked, and how it stands with it.
fn mark(page: &mut PageBuilder, question: &Question, state: &LessonState<'_>) {
    let prompt = SafeText::line(&question.prompt.text());
    page.indented(vec![Run::ours("?  ", Role::Key)], 3, |page| {
        page.text_tight(prompt, Role::Strong);
        page.text(standing(question, state), Role::Dim);
    });
}

/// How it stands with a question: not answered, known or missed, and when it is asked again.
fn standing(question: &Question, state: &LessonState<'_>) -> SafeText {
    let known = state.progress.and_then(|progress| {
        let known = progress.question(&question.id)?;
        let due = known.card?.due(progress.desired);
        Some((known.is_missed(), due))
    });
    let Some((missed, due)) = known else {
        return SafeText::ours("a answers it here, x skips it");
    };
    let word = if missed { "missed" } else { "answered right" };
    safe!("{word} · {}", due_again(due, state.now))
}

/// How far the questions are known: `3 of 8 known, 1 due`.
pub fn known_words(known: LessonProgress) -> SafeText {
    let LessonProgress {
        questions,
        known,
        due,
        ..
    } = known;
    match due {
        0 => safe!("{known} of {questions} known"),
        due => safe!("{known} of {questions} known, {due} due"),
    }
}

/// What stands behind the text: its questions, and the next lesson.
fn end(page: &mut PageBuilder, library: &Library, lesson: &Lesson, state: &LessonState<'_>) {
    if let Some(known) = state.known.filter(|known| known.questions > 0) {
        page.section("Questions of this lesson", Role::Heading);
        let words = safe!("{}. A asks those that are not known.", known_words(known));
        page.text(words, Role::Text);
    }
    let next = library
        .lessons()
        .into_iter()
        .find(|l| l.order > lesson.order);
    if let Some(address) = next.and_then(|next| Address::new(Kind::Lessons, &next.id)) {
        page.section("Next", Role::Heading);
        let link = entry_link(page, library, address);
        page.paragraph(vec![link]);
    }
}

const fn how(answers: bool, format: PageFormat) -> &'static str {
    match (answers, format.is_print()) {
        (false, true) if format.is_document() => "Answer in your head, then open the answer.",
        (true, false) => "a hides the answers.",
        (false, false) => "Answer in your head; a shows the answers. Or just read on.",
        (true, true) => "With their answers.",
        (false, true) => "Answer in your head; --answers shows the answers. Or just read on.",
    }
}

/// Which lesson it is, and how long it takes.
fn lesson_head(lesson: &Lesson) -> SafeText {
    let minutes = count(usize::from(lesson.minutes), "minute", "minutes");
    safe!("Lesson {} · {minutes}", lesson.order)
}

/// A question with what there is to choose from, its answer shown or not.
pub fn question(page: &mut PageBuilder, library: &Library, question: &Question, answers: bool) {
    page.doc(&question.prompt);
    let item = |page: &mut PageBuilder, words: &SafeText, answer: &SafeText| {
        let shown = match answers {
            true => safe!("{words}: {answer}"),
            false => words.clone(),
        };
        page.bullet_text(shown, Role::Text);
    };
    match &question.answer {
        AnswerKind::Single(choices)
        | AnswerKind::Several(choices)
        | AnswerKind::TrueFalse(choices) => {
            for (letter, choice) in ('a'..='z').zip(choices) {
                let (role, sign) = match answers && choice.right {
                    true => (Role::Good, "right"),
                    false => (Role::Text, ""),
                };
                let text = Run::new(choice.text.text(), role);
                page.label(&format!("{letter}  {sign}"), vec![text]);
            }
        }
        AnswerKind::Classify { buckets, items } => {
            page.text(SafeText::join(buckets, " / "), Role::Dim);
            for i in items {
                let bucket = buckets.get(i.bucket).cloned().unwrap_or_default();
                item(page, &i.text, &bucket);
            }
        }
        AnswerKind::Order(items) => in_order(page, items, answers),
        AnswerKind::Match(pairs) => {
            for (left, right) in pairs {
                item(page, left, right);
            }
        }
        AnswerKind::Numeric { answer, unit, .. } if answers => {
            page.text(safe!("{answer} {unit}"), Role::Good);
        }
        AnswerKind::Typed { answers: all, .. } if answers => {
            page.text(all.first().cloned().unwrap_or_default(), Role::Good);
        }
        AnswerKind::Numeric { .. } | AnswerKind::Typed { .. } => {}
    }
    page.blank();
    if answers {
        let letter = |n| match choices(question).is_empty() {
            true => SafeText::ours("-"),
            false => ('a'..='z')
                .nth(n)
                .map_or(SafeText::ours("-"), |letter| safe!("{letter}")),
        };
        reasons(page, library, question, letter);
        page.doc(&question.explanation);
    }
}

/// Items of an ordering: sorted by their words until the answers show, so that the file's order gives nothing away.
fn in_order(page: &mut PageBuilder, items: &[SafeText], answers: bool) {
    let mut shown = items.to_vec();
    if !answers {
        shown.sort();
    }
    for (i, item) in shown.into_iter().enumerate() {
        let number = answers.then(|| format!("{}.", i + 1));
        page.label_text(number.as_deref().unwrap_or("-"), item);
    }
}
