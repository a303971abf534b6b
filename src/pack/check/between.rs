//! What holds between entries: links and ids lead somewhere, names, places and addresses are taken once, prices can be
//! computed with, and nothing is older than asked for.
//!
//! Every file is seen once, in order, and only names, places and dates are kept of it. What two files claim is reported
//! once, at the later of the two. An entry is read a second time only if somebody links to one of its headings.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::pack::address::{Address, Kind};
use crate::pack::check::files::Tree;
use crate::pack::check::primary;
use crate::pack::check::report::Report;
use crate::pack::entries::lesson::Lesson;
use crate::pack::entries::pack::Pack;
use crate::pack::entries::pricing::Price;
use crate::pack::entries::reference::Reference;
use crate::pack::entries::service::Service;
use crate::pack::entry::{Entry, read_entry};
use crate::pack::fields::Fields;
use crate::pack::files::{Files, PACK};
use crate::pack::front_matter::FrontMatter;
use crate::pack::notes::{Notes, Outgoing};
use crate::safe;
use crate::text::fold::keep;
use crate::text::{ByteRange, Day, Diagnostic, SafeText, Url};

pub(super) struct CheckedFile<'a> {
    /// Its entry's address; `None` for `pack.toml` and `checklist.toml`.
    pub(super) address: Option<&'a Address>,
    pub(super) text: &'a str,
    /// The entry, when it can be shown.
    pub(super) entry: Option<&'a Entry>,
    pub(super) notes: &'a Notes,
}

/// What is known of the files seen so far.
pub(super) struct Between<'a> {
    files: &'a dyn Files,
    tree: &'a Tree,
    pack: &'a Pack,
    /// The oldest age in months that passes, and today.
    stale: Option<(i32, Day)>,
    /// Whether what rests on second-hand sources is reported.
    primary: bool,
    /// Links to headings, by the entry they lead to.
    headings: BTreeMap<Address, Vec<WantedHeading>>,
    /// Who has a name, by kind and folded name: a place in the list of entries.
    owners: HashMap<(Kind, Box<str>), usize>,
    /// Entries whose name is another's already: they are left out when the pack is read.
    pub(super) taken: BTreeSet<Address>,
    /// Which lesson has which place.
    orders: HashMap<u16, String>,
    /// Which reference has which address.
    urls: HashMap<String, String>,
    /// The addresses of references.
    addresses: HashMap<String, Url>,
    /// What to say of each service of the dial should it have no prices.
    dial: Vec<(Box<str>, Diagnostic)>,
}

/// A link to a heading, with the file it stands in.
struct WantedHeading {
    anchor: Box<str>,
    path: Box<str>,
    at: ByteRange,
}

impl<'a> Between<'a> {
    pub(super) fn new(
        files: &'a dyn Files,
        tree: &'a Tree,
        pack: &'a Pack,
        stale: Option<(i32, Day)>,
        primary: bool,
    ) -> Self {
        let mut owners = HashMap::with_capacity(tree.entries.len() * 2);
        // Every id is its own entry's. The first of two ids that fold alike keeps it.
        for (n, address) in tree.entries.iter().enumerate() {
            owners
                .entry((address.kind, keep(&address.id.replace('-', " ")).into()))
                .or_insert(n);
        }
        Self {
            files,
            tree,
            pack,
            stale,
            primary,
            headings: BTreeMap::new(),
            owners,
            taken: BTreeSet::new(),
            orders: HashMap::new(),
            urls: HashMap::new(),
            addresses: HashMap::new(),
            dial: Vec::new(),
        }
    }

    /// Looks at one file, and reports what can be said already.
    pub(super) fn see(&mut self, file: &CheckedFile<'_>, report: &mut Report) {
        use Entry::{Lens, Myth, Perspective, Question, Term};
        self.see_links(file, report);
        self.see_headings(file, report);
        self.see_names(file, report);
        if file.notes.path == PACK {
            self.see_dial(file);
        }
        match file.entry {
            Some(Entry::Lesson(lesson)) => self.see_order(lesson, file, report),
            Some(Entry::Reference(reference)) => self.see_url(reference, file, report),
            Some(Entry::Service(service)) => {
                self.see_prices(service, file, report);
                if self.primary {
                    self.see_sources(service, file, report);
                }
            }
            Some(Perspective(_) | Term(_) | Question(_) | Myth(_) | Lens(_)) | None => {}
        }
        self.see_dates(file, report);
    }

    /// Reports what only shows when all files were seen.
    pub(super) fn finish(&mut self, report: &mut Report) {
        for (address, wanted) in std::mem::take(&mut self.headings) {
            // What cannot be read was reported where it is.
            if let Ok(text) = self.files.read(&address.path()) {
                let notes = read_entry(&address, &text, self.pack).1;
                check_headings(&wanted, &address, &notes, report);
            }
        }
    }

    /// Links and ids that lead to no entry, or back to the entry they stand in. Whether the entry they lead to has errors
    /// of its own is reported where it is.
    fn see_links(&self, file: &CheckedFile<'_>, report: &mut Report) {
        for mention in &file.notes.outgoing {
            let Outgoing { to, anchor, at, .. } = mention;
            if !self.tree.has(to.kind, &to.id) {
                let code = if mention.is_key {
                    "id-unknown"
                } else {
                    "link-broken"
                };
                let message = safe!("there is no {} `{}`", to.kind.one(), to.id);
                let help = self.similar(to, report);
                report.add(file.error(code, message).at(at.clone()).help(help));
            } else if file.address == Some(to) {
                let help = match anchor {
                    Some(anchor) => safe!("write `#{anchor}`"),
                    None => SafeText::ours("leave it out"),
                };
                let message = "this leads to the entry it stands in";
                report.add(file.warning("link-self", message).at(at.clone()).help(help));
            }
        }
    }

    /// A similar id of the kind, or the same id elsewhere.
    fn similar(&self, to: &Address, report: &mut Report) -> SafeText {
        if let Some(near) = report.nearest(&to.id, self.tree.ids(to.kind)) {
            return safe!("did you mean `{near}`?");
        }
        match Kind::ALL
            .into_iter()
            .find(|kind| self.tree.has(*kind, &to.id))
        {
            Some(other) => {
                let (one, folder, id) = (other.one(), other.word(), &to.id);
                safe!("there is a {one} of that name, `{folder}/{id}.md`")
            }
            None => safe!("write `{}`, or leave this out", to.path()),
        }
    }

    fn see_headings(&mut self, file: &CheckedFile<'_>, report: &mut Report) {
        if let Some(address) = file.address {
            let anchors = file.notes.anchors.iter();
            let wanted: Vec<WantedHeading> = anchors
                .map(|(anchor, at)| file.wanted(anchor, at))
                .collect();
            check_headings(&wanted, address, file.notes, report);
        }
        for mention in &file.notes.outgoing {
            if let Some(anchor) = &mention.anchor
                && self.tree.has(mention.to.kind, &mention.to.id)
            {
                let wanted = file.wanted(anchor, &mention.at);
                self.headings
                    .entry(mention.to.clone())
                    .or_default()
                    .push(wanted);
            }
        }
    }

    /// Names are looked up without case, dashes and spaces, so `FaaS` and `faas` are one name. An entry may well
    /// repeat its own, and the titles of references are not ours to choose.
    fn see_names(&mut self, file: &CheckedFile<'_>, report: &mut Report) {
        let address = file
            .address
            .filter(|address| address.kind != Kind::References);
        let Some((address, me)) = address
            .and_then(|address| Some((address, self.tree.entries.binary_search(address).ok()?)))
        else {
            return;
        };
        for name in &file.notes.names {
            let folded = keep(&name.text);
            if folded.is_empty() {
                continue;
            }
            let owner = *self
                .owners
                .entry((address.kind, folded.into()))
                .or_insert(me);
            if let Some(other) = self.tree.entries.get(owner).filter(|_| owner != me) {
                let (kind, id) = (other.kind.one(), &other.id);
                let message = safe!("`{}` also means the {kind} `{id}`", name.text);
                let help = if name.alias {
                    "leave out this alias, or that name"
                } else {
                    self.taken.insert(address.clone());
                    "give one of the two another name"
                };
                report.add(
                    file.error("name-taken", message)
                        .at(name.at.clone())
                        .help(help),
                );
            }
        }
    }

    fn see_order(&mut self, lesson: &Lesson, file: &CheckedFile<'_>, report: &mut Report) {
        let id = || lesson.id.clone();
        let first = self.orders.entry(lesson.order).or_insert_with(id);
        if *first != lesson.id {
            let message = safe!("lesson {} is `{first}`", lesson.order);
            let problem = file.error("order-taken", message);
            let help = "give the later of the two a higher number";
            report.add(file.place(problem.help(help), &["order"]));
        }
    }

    /// A `/` at the end of an address makes no difference.
    fn see_url(&mut self, reference: &Reference, file: &CheckedFile<'_>, report: &mut Report) {
        self.addresses
            .insert(reference.id.clone(), reference.url.clone());
        let url = reference.url.as_str().trim_end_matches('/').to_owned();
        let first = self.urls.entry(url).or_insert_with(|| reference.id.clone());
        if *first != reference.id {
            let problem = file.warning("url-taken", safe!("`{first}` refers to the same page"));
            report.add(file.place(problem.help("keep one of the two"), &["url"]));
        }
    }

    fn see_dial(&mut self, file: &CheckedFile<'_>) {
        for id in &self.pack.dial {
            let mut named = file.notes.outgoing.iter();
            let named = named.find(|o| o.to.kind == Kind::Services && *o.to.id == **id);
            let Some(Outgoing { to, at, .. }) = named else {
                continue;
            };
            let message = safe!("`{}` has no prices, so the dial has no bill to move", to.id);
            let problem = file.error("dial-unpriced", message).at(at.clone());
            let help = "name a service that has `[pricing]`";
            self.dial.push((to.id.clone(), problem.help(help)));
        }
    }

    fn see_prices(&mut self, service: &Service, file: &CheckedFile<'_>, report: &mut Report) {
        let Some(pricing) = &service.pricing else {
            let of_dial = self.dial.iter().filter(|(id, _)| **id == *service.id);
            of_dial.for_each(|(_, problem)| report.add(problem.clone()));
            return;
        };
        if pricing.get(Price::MinimumHourly).is_some() && pricing.floor.is_none() {
            let message = "nothing says how `minimum_hourly` combines with the bill";
            let help = "write `floor = \"add\"`, `\"larger\"` where usage counts toward it, or `\"idle\"` where busy time is billed in its place";
            let problem = file.error("floor-untold", message).help(help);
            report.add(file.place(problem, &["pricing", "minimum_hourly"]));
        }
    }

    /// What of a thing rests on others' pages than its maker's.
    fn see_sources(&self, service: &Service, file: &CheckedFile<'_>, report: &mut Report) {
        for (keys, what) in primary::second_hand(service, self.pack, &self.addresses) {
            let provider = &service.provider;
            let message = safe!("no page of {provider} is among the sources of {what}");
            let problem = file.warning("source-second-hand", message);
            let help = "name a page of its maker, or add it to `own_pages` in `pack.toml`";
            report.add(file.place(problem.help(help), &keys));
        }
    }

    /// What a date leaves open counts as its start, so `2025` is January 2025.
    fn see_dates(&self, file: &CheckedFile<'_>, report: &mut Report) {
        let (Some((most, today)), Some(entry)) = (self.stale, file.entry) else {
            return;
        };
        for (keys, day) in dates(entry) {
            if let Some(day) = day.filter(|day| day.months_until(today) > most) {
                let age = day.months_until(today);
                let problem = file.warning("date-stale", safe!("{day} is {age} months ago"));
                report.add(file.place(problem.help("check it again and set the new date"), keys));
            }
        }
    }
}

impl CheckedFile<'_> {
    fn error(&self, code: &'static str, message: impl Into<SafeText>) -> Diagnostic {
        Diagnostic::error(code, &self.notes.path, message)
    }

    fn warning(&self, code: &'static str, message: impl Into<SafeText>) -> Diagnostic {
        Diagnostic::warning(code, &self.notes.path, message)
    }

    fn wanted(&self, anchor: &str, at: &ByteRange) -> WantedHeading {
        WantedHeading {
            anchor: anchor.into(),
            path: self.notes.path.as_str().into(),
            at: at.clone(),
        }
    }

    /// Puts a problem at the value of a front matter key, such as `["pricing", "as_of"]`. The front matter is read again
    /// for it, which only files with a problem pay for.
    fn place(&self, problem: Diagnostic, keys: &[&str]) -> Diagnostic {
        let mut notes = Notes::default();
        let place = FrontMatter::of_entry(self.text, &mut notes).and_then(|front| {
            let mut fields = front.fields(&mut notes);
            place_of(&mut fields, keys)
        });
        match place {
            Some(place) => problem.at(place),
            None => problem,
        }
    }
}

/// The place of a value in tables within tables.
fn place_of(fields: &mut Fields<'_, '_>, keys: &[&str]) -> Option<ByteRange> {
    match keys {
        [] => None,
        [key] => Some(fields.place(key)),
        [table, below @ ..] => fields.table(table, |f| place_of(f, below)).flatten(),
    }
}

/// Reports what is wanted of an entry and not among its headings.
fn check_headings(wanted: &[WantedHeading], address: &Address, notes: &Notes, report: &mut Report) {
    let known: HashSet<&str> = notes
        .headings
        .iter()
        .map(|(anchor, _)| anchor.as_str())
        .collect();
    for WantedHeading { anchor, path, at } in wanted {
        if known.contains(&**anchor) {
            continue;
        }
        let headings = notes.headings.iter().map(|(anchor, _)| anchor.as_str());
        let help = match report.nearest(anchor, headings.clone()) {
            Some(near) => safe!("did you mean `#{near}`?"),
            None if known.is_empty() => {
                safe!(
                    "`{}` has no headings: leave out `#{anchor}`",
                    address.path()
                )
            }
            None => {
                let some: Vec<String> = headings.take(8).map(|h| format!("`#{h}`")).collect();
                safe!("its headings are {}", some.join(", "))
            }
        };
        let message = safe!("`{}` has no heading `#{anchor}`", address.path());
        let problem = Diagnostic::error("heading-unknown", path, message);
        report.add(problem.at(at.clone()).help(help));
    }
}

/// The dates of an entry with the keys they stand under.
fn dates(entry: &Entry) -> Vec<(&'static [&'static str], Option<Day>)> {
    match entry {
        Entry::Term(term) => vec![(&["as_of"], term.as_of)],
        Entry::Lesson(lesson) => vec![(&["as_of"], lesson.as_of)],
        Entry::Question(question) => vec![(&["as_of"], question.as_of)],
        Entry::Reference(reference) => vec![(&["checked"], Some(reference.checked))],
        Entry::Service(service) => {
            let prices = service.pricing.as_ref().and_then(|pricing| pricing.as_of);
            vec![
                (&["as_of"], Some(service.as_of)),
                (&["pricing", "as_of"], prices),
            ]
        }
        Entry::Perspective(_) | Entry::Myth(_) | Entry::Lens(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests;
