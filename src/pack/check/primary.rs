//! Which statements about a thing rest on others' pages than its maker's.
//! A page that nobody opened counts for nothing, whosever it is.

use std::collections::HashMap;

use crate::pack::address::Source;
use crate::pack::entries::pack::Pack;
use crate::pack::entries::service::Service;
use crate::safe;
use crate::text::{SafeText, Url};

/// The keys of sources without a page of the maker, and what they are the sources of. Nothing where the pack does not
/// say which pages are the maker's own.
pub(super) fn second_hand<'s>(
    service: &'s Service,
    pack: &'s Pack,
    references: &HashMap<String, Url>,
) -> Vec<(Vec<&'s str>, SafeText)> {
    let is_own = |source: &Source| {
        let url = match source {
            Source::Web(url) => Some(url),
            Source::Unopened(_) => None,
            Source::Reference(id) => references.get(id),
        };
        url.is_none_or(|url| pack.is_own_page(&service.provider, url) != Some(false))
            && !matches!(source, Source::Unopened(_))
    };
    let lacks = |sources: &[Source]| !sources.is_empty() && !sources.iter().any(is_own);
    let mut found = Vec::new();
    let mut look = |keys: Vec<&'s str>, what: SafeText, sources: &[Source]| {
        if lacks(sources) {
            found.push((keys, what));
        }
    };
    let criteria = &service.facts.subject.criteria;
    if service
        .facts
        .iter()
        .any(|(_, fact)| fact.sources.is_empty())
    {
        look(vec!["sources"], "its facts".into(), &service.sources);
    }
    for (criterion, fact) in service.facts.iter() {
        let what = safe!("\"{}\"", criteria.title(criterion));
        let keys = vec!["facts", criteria.id(criterion), "sources"];
        look(keys, what, &fact.sources);
    }
    if let Some(claim) = &service.facts.subject.things.claim {
        let keys = vec![claim.key.as_str(), "sources"];
        look(keys, "the claim to the word".into(), &service.claim.sources);
    }
    if let Some(pricing) = &service.pricing {
        look(
            vec!["pricing", "sources"],
            "the prices".into(),
            &pricing.sources,
        );
    }
    found
}
