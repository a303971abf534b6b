//! Why each choice of a question is right or wrong, with the myth behind it and the working of a number: for pages that
//! show answers to read or to hand out, outside a session.

use crate::core::quiz::presented::choices;
use crate::layout::{PageBuilder, Role, Run};
use crate::pack::{Address, AnswerKind, Kind, Library, Question};
use crate::safe;
use crate::text::SafeText;
use crate::views::entry_footer::entry_link;

/// Sets the reasons one below the other. `name` says what a choice or item is called here, by its number in the file.
pub fn reasons(
    page: &mut PageBuilder,
    library: &Library,
    question: &Question,
    name: impl Fn(usize) -> SafeText,
) {
    for (n, choice) in choices(question).iter().enumerate() {
        let mut words = vec![Run::new(SafeText::line(&choice.why.text()), Role::Text)];
        let myth = choice.myth.as_deref();
        if let Some(address) = myth.and_then(|id| Address::new(Kind::Myths, id)) {
            words.push(Run::ours(" Myth: ", Role::Dim));
            words.push(entry_link(page, library, address));
        }
        if words.iter().any(|run| !run.text.is_empty()) {
            page.label(&name(n), words);
        }
    }
    if let AnswerKind::Classify { items, .. } = &question.answer {
        for (n, item) in items
            .iter()
            .enumerate()
            .filter(|(_, item)| !item.why.is_empty())
        {
            page.label_text(&name(n), safe!("{}: {}", item.text, item.why));
        }
    }
    if let AnswerKind::Numeric { working, .. } = &question.answer {
        page.doc(working);
    }
}
