//! An entry of any kind as a page, and as the few lines of a peek.
//! Promise: every kind has its page; an entry that cannot be read says so and what to do.

use crate::layout::{Page, PageBuilder, Role, Run};
use crate::pack::{
    Address, Doc, Fidelity, Kind, Lens, LensRule, Library, LinkTarget, Myth, Perspective,
    Reference, Term, Verified,
};
use crate::text::{SafeText, Words};
use crate::views::context::ViewContext;
use crate::views::entry_footer::{linked, mentioned, sources};
use crate::views::{lesson, service};

/// An entry as a page of some width, looked at through a lens on a day.
pub fn page(library: &Library, address: &Address, width: usize, sight: &ViewContext) -> Page {
    let id = address.id.as_ref();
    let mut setter = PageBuilder::new(width);
    let found = match address.kind {
        Kind::Terms => library
            .term(id)
            .map(|t| term(&mut setter, library, t, sight)),
        Kind::Lessons => return lesson::page(library, id, width, false),
        Kind::Perspectives => library
            .perspective(id)
            .map(|p| perspective(&mut setter, library, p)),
        Kind::References => library
            .reference(id)
            .map(|r| reference(&mut setter, library, r)),
        Kind::Services => library
            .service(id)
            .map(|s| service::set(&mut setter, library, s, sight)),
        Kind::Myths => library.myth(id).map(|m| myth(&mut setter, library, m)),
        Kind::Lenses => library.lens(id).map(|l| lens_page(&mut setter, library, l)),
        Kind::Questions => library.question(id).map(|q| setter.doc(&q.prompt)),
    };
    if found.is_none() {
        unreadable(&mut setter, address);
    }
    setter.finish()
}

/// The title of an entry and the page that says what it is, short: for a peek.
pub fn peek(library: &Library, address: &Address, width: usize) -> Option<(SafeText, Page)> {
    let n = library.position(address)?;
    let title = SafeText::line(library.head(address.kind, n).title);
    let id = address.id.as_ref();
    let mut setter = PageBuilder::new(width);
    let mut say = |brief: &SafeText, doc: &Doc| {
        if !brief.is_empty() {
            setter.paragraph(vec![Run::new(brief.clone(), Role::Strong)]);
        }
        setter.doc(doc);
    };
    match address.kind {
        Kind::Terms => library.term(id).map(|t| say(&t.brief, &t.definition))?,
        Kind::Lessons => library.lesson(id).map(|l| say(&l.title, &l.body))?,
        Kind::Perspectives => library
            .perspective(id)
            .map(|p| say(&p.holder, &p.summary))?,
        Kind::References => library
            .reference(id)
            .map(|r| say(&r.publisher, &r.summary))?,
        Kind::Services => library.service(id).map(|s| say(&s.provider, &s.what))?,
        Kind::Myths => library.myth(id).map(|m| say(&m.claim, &m.truth))?,
        Kind::Lenses => library.lens(id).map(|l| say(&l.question, &l.note))?,
        Kind::Questions => library
            .question(id)
            .map(|q| say(&SafeText::default(), &q.prompt))?,
    }
    Some((title, setter.finish()))
}

fn unreadable(setter: &mut PageBuilder, address: &Address) {
    setter.title(crate::safe!("{address}"));
    setter.paragraph(vec![Run::ours(
        "This entry cannot be shown: its file is missing or has errors.",
        Role::Warn,
    )]);
    setter.paragraph(vec![Run::ours(
        "`tozero check` on its folder says what is wrong, with the line.",
        Role::Text,
    )]);
}

fn term(setter: &mut PageBuilder, library: &Library, term: &Term, sight: &ViewContext) {
    setter.title(term.term.clone());
    setter.paragraph(vec![Run::new(term.brief.clone(), Role::Emphasis)]);
    setter.doc(&term.definition);
    let readings = [
        (
            "Provider view",
            Role::Provider,
            "provider-view",
            &term.provider_view,
        ),
        (
            "Scale to zero",
            Role::Zero,
            "scale-to-zero-view",
            &term.zero_view,
        ),
    ];
    for (name, role, id, reading) in readings {
        if let Some(doc) = reading {
            let on = if sight.lens == id {
                " · lens on"
            } else if sight.was.as_deref() == Some(id) {
                " · was on"
            } else {
                ""
            };
            setter.section(crate::safe!("{name}{on}"), role);
            setter.doc(doc);
        }
    }
    if let Some(example) = &term.example {
        setter.section(SafeText::ours("Example"), Role::Heading);
        setter.doc(example);
    }
    setter.rule();
    if !term.aliases.is_empty() {
        setter.label(
            "Also called",
            vec![Run::new(SafeText::join(&term.aliases, ", "), Role::Text)],
        );
    }
    if !term.tags.is_empty() {
        let tags = term.tags.iter().map(|t| library.pack().tag_title(t));
        let tags: Vec<SafeText> = tags.collect();
        setter.label(
            "Tags",
            vec![Run::new(SafeText::join(&tags, ", "), Role::Text)],
        );
    }
    linked(setter, library, "See also", Kind::Terms, &term.see_also);
    if let Some(address) = Address::new(Kind::Terms, &term.id) {
        mentioned(setter, library, &address);
    }
    sources(setter, library, &term.sources, term.as_of);
}

fn perspective(setter: &mut PageBuilder, library: &Library, perspective: &Perspective) {
    setter.title(perspective.name.clone());
    let published = perspective
        .published
        .map(|d| format!(" · {d}"))
        .unwrap_or_default();
    setter.paragraph(vec![Run::new(
        crate::safe!("{}{published}", perspective.holder),
        Role::Dim,
    )]);
    setter.doc(&perspective.summary);
    for (dimension, cell) in library.pack().dimensions.iter().zip(&perspective.cells) {
        setter.heading(2, dimension.question.clone(), dimension.id.clone());
        if cell.position.is_none() {
            setter.paragraph(vec![Run::ours("Silent.", Role::Dim)]);
        } else {
            setter.doc(&cell.text);
        }
    }
    setter.rule();
    let link = setter.link(
        crate::safe!("{}", perspective.url),
        LinkTarget::Web(perspective.url.clone()),
    );
    setter.label("Source", vec![link]);
    if let Some(address) = Address::new(Kind::Perspectives, &perspective.id) {
        mentioned(setter, library, &address);
    }
}

fn reference(setter: &mut PageBuilder, library: &Library, reference: &Reference) {
    setter.title(reference.title.clone());
    let by = if reference.authors.is_empty() {
        reference.publisher.clone()
    } else {
        crate::safe!(
            "{} · {}",
            SafeText::join(&reference.authors, ", "),
            reference.publisher
        )
    };
    let when = reference
        .published
        .map_or_else(|| "undated".to_owned(), |d| d.to_string());
    setter.paragraph(vec![Run::new(crate::safe!("{by} · {when}"), Role::Dim)]);
    setter.doc(&reference.summary);
    if !reference.claims.is_empty() {
        setter.section(SafeText::ours("What it claims"), Role::Heading);
        for claim in &reference.claims {
            setter.bullet(vec![Run::new(claim.clone(), Role::Text)]);
        }
        setter.blank();
    }
    setter.rule();
    setter.label("Kind", vec![Run::ours(kind_word(reference), Role::Text)]);
    setter.label(
        "Stance",
        vec![Run::ours(stance_word(reference), Role::Text)],
    );
    let link = setter.link(
        crate::safe!("{}", reference.url),
        LinkTarget::Web(reference.url.clone()),
    );
    setter.label("Address", vec![link]);
    let how = match reference.verified {
        Verified::PageRead => "the page was read",
        Verified::Excerpt => "an excerpt was read",
        Verified::Listed => "other pages link to exactly this address",
    };
    setter.label(
        "Checked",
        vec![Run::new(
            crate::safe!("{} · {how}", reference.checked),
            Role::Text,
        )],
    );
    linked(setter, library, "Terms", Kind::Terms, &reference.terms);
    if let Some(address) = Address::new(Kind::References, &reference.id) {
        mentioned(setter, library, &address);
    }
}

fn kind_word(reference: &Reference) -> &'static str {
    use crate::pack::TextKind;
    TextKind::WORDS
        .iter()
        .find(|(_, k)| *k == reference.kind)
        .map_or("", |(w, _)| w)
}

fn stance_word(reference: &Reference) -> &'static str {
    use crate::pack::Stance;
    Stance::WORDS
        .iter()
        .find(|(_, s)| *s == reference.stance)
        .map_or("", |(w, _)| w)
}

fn myth(setter: &mut PageBuilder, library: &Library, myth: &Myth) {
    setter.title(myth.claim.clone());
    let verdict = match myth.verdict {
        crate::pack::entries::myth::MythVerdict::False => "This is false.",
        crate::pack::entries::myth::MythVerdict::Depends => "It depends.",
        crate::pack::entries::myth::MythVerdict::True => "This is true.",
    };
    setter.paragraph(vec![Run::ours(verdict, Role::Strong)]);
    setter.doc(&myth.truth);
    setter.rule();
    linked(setter, library, "Terms", Kind::Terms, &myth.terms);
    if let Some(address) = Address::new(Kind::Myths, &myth.id) {
        mentioned(setter, library, &address);
    }
    sources(setter, library, &myth.sources, None);
}

fn lens_page(setter: &mut PageBuilder, library: &Library, lens: &Lens) {
    setter.title(lens.name.clone());
    setter.paragraph(vec![Run::new(lens.question.clone(), Role::Emphasis)]);
    setter.doc(&lens.note);
    match &lens.rule {
        LensRule::Minimum(minimum) => {
            setter.section(SafeText::ours("What it asks"), Role::Heading);
            for (fact, answer) in minimum {
                let why = lens
                    .why
                    .iter()
                    .find(|(f, _)| f == fact)
                    .map(|(_, w)| w.clone())
                    .unwrap_or_default();
                let least = crate::safe!("{}, at least {}: ", fact.title(), answer.word());
                setter.bullet(vec![
                    Run::new(least, Role::Strong),
                    Run::new(why, Role::Text),
                ]);
            }
        }
        LensRule::Score { weights, .. } => {
            setter.section(SafeText::ours("How it scores"), Role::Heading);
            for (fact, weight) in weights {
                let why = lens
                    .why
                    .iter()
                    .find(|(f, _)| f == fact)
                    .map(|(_, w)| w.clone())
                    .unwrap_or_default();
                let weighs = crate::safe!("{}, weight {weight}: ", fact.title());
                setter.bullet(vec![
                    Run::new(weighs, Role::Strong),
                    Run::new(why, Role::Text),
                ]);
            }
        }
    }
    setter.blank();
    setter.rule();
    if let Some(not_asked) = &lens.not_asked {
        setter.label("Not asked", vec![Run::new(not_asked.clone(), Role::Text)]);
    }
    let fidelity = match lens.fidelity {
        Fidelity::Stated => "stated by the source in so many words",
        Fidelity::Reading => "our reading of the source",
    };
    setter.label("Fidelity", vec![Run::ours(fidelity, Role::Text)]);
    let all = [vec![lens.source.clone()], lens.also.clone()].concat();
    linked(setter, library, "Follows", Kind::References, &all);
}
