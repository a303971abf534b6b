//! An entry of any kind as a page, and as the few lines of a peek. An entry that cannot be read says so and what to do.

use crate::layout::{Page, PageBuilder, PageFormat, Role};
use crate::pack::entries::myth::MythVerdict;
use crate::pack::{Address, Doc, Kind, Library, Myth, Perspective, Reference, Term, Verified};
use crate::safe;
use crate::text::measure::slug;
use crate::text::{SafeText, Words};
use crate::views::context::ViewContext;
use crate::views::entry_footer::{linked, mentioned, sources, web_link};
use crate::views::{lens, lesson, service};

/// An entry as a page, looked at through a lens on a day.
pub fn page(
    library: &Library,
    address: &Address,
    format: impl Into<PageFormat>,
    context: &ViewContext,
) -> Page {
    let id = address.id.as_ref();
    let format = format.into();
    let mut page = PageBuilder::new(format);
    let to = &mut page;
    let found = match address.kind {
        Kind::Terms => library.term(id).map(|t| term(to, library, t, context)),
        Kind::Lessons => return lesson::page(library, id, format, false),
        Kind::Perspectives => library.perspective(id).map(|p| perspective(to, library, p)),
        Kind::References => library.reference(id).map(|r| reference(to, library, r)),
        Kind::Services => {
            let found = library.service(id);
            found.map(|s| service::set(to, library, s, context))
        }
        Kind::Myths => library.myth(id).map(|m| myth(to, library, m)),
        Kind::Lenses => library.lens(id).map(|l| lens::page(to, library, l)),
        Kind::Questions => library.question(id).map(|q| match format.is_document() {
            true => {
                to.title("Question");
                lesson::question(to, library, q, false);
                to.hidden("Answer", |page| lesson::question(page, library, q, true));
            }
            false => to.doc(&q.prompt),
        }),
    };
    if found.is_none() {
        page.title(safe!("{address}"));
        let missing = "This entry cannot be shown: its file is missing or has errors.";
        page.text(missing, Role::Warn);
        let help = "`tozero check` on its folder says what is wrong, with the line.";
        page.text(help, Role::Text);
    }
    if let Some(pack) = library.origin(address) {
        page.label_text("Pack", pack.title.clone());
    }
    page.finish()
}

/// The title of an entry and the page that says what it is, short: for a peek.
pub fn peek(
    library: &Library,
    address: &Address,
    format: impl Into<PageFormat>,
) -> Option<(SafeText, Page)> {
    let n = library.position(address)?;
    let title = SafeText::line(library.head(address.kind, n).title);
    let id = address.id.as_ref();
    let mut page = PageBuilder::new(format);
    let mut set = |brief: &SafeText, doc: &Doc| {
        if !brief.is_empty() {
            page.text(brief.clone(), Role::Strong);
        }
        page.doc(doc);
    };
    match address.kind {
        Kind::Terms => library.term(id).map(|t| set(&t.brief, &t.definition))?,
        Kind::Lessons => library.lesson(id).map(|l| set(&l.title, &l.body))?,
        Kind::Perspectives => library
            .perspective(id)
            .map(|p| set(&p.holder, &p.summary))?,
        Kind::References => library
            .reference(id)
            .map(|r| set(&r.publisher, &r.summary))?,
        Kind::Services => library.service(id).map(|s| set(&s.provider, &s.what))?,
        Kind::Myths => library.myth(id).map(|m| set(&m.claim, &m.truth))?,
        Kind::Lenses => library.lens(id).map(|l| set(&l.question, &l.note))?,
        Kind::Questions => {
            let none = SafeText::default();
            library.question(id).map(|q| set(&none, &q.prompt))?
        }
    }
    Some((title, page.finish()))
}

fn term(page: &mut PageBuilder, library: &Library, term: &Term, context: &ViewContext) {
    page.title(term.term.clone());
    page.text(term.brief.clone(), Role::Emphasis);
    page.doc(&term.definition);
    let nearest = lens::nearest_reading(library, &context.lens, term);
    for (reading, doc) in term.readings.iter() {
        let is = |lens: Option<&str>| lens.is_some() && reading.lens.as_deref() == lens;
        let on = if is(Some(&context.lens)) {
            " · lens on"
        } else if nearest == Some(&reading.heading) {
            " · nearest to the lens that is on"
        } else if is(context.was.as_deref()) {
            " · was on"
        } else {
            ""
        };
        let hue = lens::side_role(reading.side, Role::Heading);
        page.section_at(slug(&reading.heading), safe!("{}{on}", reading.title), hue);
        page.doc(doc);
    }
    if let Some(example) = &term.example {
        page.section("Example", Role::Heading);
        page.doc(example);
    }
    page.sections(&term.sections);
    page.rule();
    if !term.aliases.is_empty() {
        page.label_text("Also called", SafeText::join(&term.aliases, ", "));
    }
    if !term.tags.is_empty() {
        let tags = term.tags.iter().map(|t| library.pack().tag_title(t));
        page.label_text("Tags", SafeText::join(&tags.collect::<Vec<_>>(), ", "));
    }
    linked(page, library, "See also", Kind::Terms, &term.see_also);
    mentioned(page, library, Kind::Terms, &term.id);
    sources(page, library, &term.sources, term.as_of);
}

fn perspective(page: &mut PageBuilder, library: &Library, perspective: &Perspective) {
    page.title(perspective.name.clone());
    let published = perspective.published.map(|day| safe!("{day}"));
    let parts: Vec<_> = std::iter::once(perspective.holder.clone())
        .chain(published)
        .collect();
    page.text(SafeText::join(&parts, " · "), Role::Dim);
    page.doc(&perspective.summary);
    for (dimension, cell) in library.pack().dimensions.iter().zip(&perspective.cells) {
        page.heading(2, dimension.question.clone(), dimension.id.clone());
        if cell.position.is_none() {
            page.text("Silent.", Role::Dim);
        } else {
            page.doc(&cell.text);
        }
    }
    page.sections(&perspective.sections);
    page.rule();
    if !perspective.kind.is_empty() {
        page.label_text("Kind", SafeText::line(&perspective.kind));
    }
    stance_label(page, library, &perspective.stance);
    let link = web_link(page, &perspective.url);
    page.label("Source", vec![link]);
    mentioned(page, library, Kind::Perspectives, &perspective.id);
}

/// Where a text stands in the dispute, by the pack's word for it; nothing where it takes no stance.
fn stance_label(page: &mut PageBuilder, library: &Library, id: &str) {
    if id.is_empty() {
        return;
    }
    let stance = library.pack().subject.stance(id);
    let title = stance.map(|stance| stance.title.clone());
    page.label_text("Stance", title.unwrap_or_else(|| SafeText::line(id)));
}

fn reference(page: &mut PageBuilder, library: &Library, reference: &Reference) {
    page.title(reference.title.clone());
    let mut by = reference.publisher.clone();
    if !reference.authors.is_empty() {
        by = safe!("{} · {by}", SafeText::join(&reference.authors, ", "));
    }
    let published = reference.published.map(|day| safe!("{day}"));
    let when = published.unwrap_or(SafeText::ours("undated"));
    page.text(safe!("{by} · {when}"), Role::Dim);
    page.doc(&reference.summary);
    if !reference.claims.is_empty() {
        page.section("What it claims", Role::Heading);
        for claim in &reference.claims {
            page.bullet_text(claim.clone(), Role::Text);
        }
        page.blank();
    }
    page.sections(&reference.sections);
    page.rule();
    page.label_text("Kind", reference.kind.word());
    stance_label(page, library, &reference.stance);
    let link = web_link(page, &reference.url);
    page.label("Address", vec![link]);
    let how = match reference.verified {
        Verified::PageRead => "the page was read",
        Verified::Excerpt => "an excerpt was read",
        Verified::Listed => "other pages link to exactly this address",
    };
    page.label_text("Checked", safe!("{} · {how}", reference.checked));
    linked(page, library, "Terms", Kind::Terms, &reference.terms);
    mentioned(page, library, Kind::References, &reference.id);
}

fn myth(page: &mut PageBuilder, library: &Library, myth: &Myth) {
    page.title(myth.claim.clone());
    let verdict = match myth.verdict {
        MythVerdict::False => "This is false.",
        MythVerdict::Depends => "It depends.",
        MythVerdict::True => "This is true.",
    };
    page.text(verdict, Role::Strong);
    page.doc(&myth.truth);
    page.rule();
    linked(page, library, "Terms", Kind::Terms, &myth.terms);
    mentioned(page, library, Kind::Myths, &myth.id);
    sources(page, library, &myth.sources, None);
}
