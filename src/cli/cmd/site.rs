//! `site`: a pack as a static site. Every page is the one that is printed, written as HTML by the same writer; without
//! scripts, without anything from elsewhere; every link within leads to a page of it.

use std::path::PathBuf;

use serde_json::json;

use crate::cli::cmd::{CliError, CommandContext, CommandResult};
use crate::core::compare::{ComparedKind, first};
use crate::core::cost::comparison::machine;
use crate::core::cost::{AxisScale, CostComparison, preset};
use crate::core::judge::state::at;
use crate::core::judge::verdict::outcome;
use crate::disk::write_new_tree;
use crate::layout::document::{Part, text};
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run, html};
use crate::pack::{Address, Kind, Lens, Library, LinkTarget, Service};
use crate::text::SafeText;
use crate::text::measure::{capitalized, count, quoted};
use crate::views::compare::definitions;
use crate::views::verdict::{full, idle_a_month, outcome_role};
use crate::views::{BillPrintOptions, ComparisonTop, ViewContext, cost, entry};

/// The folder of the pages of everybody's word on a question.
const DIMENSIONS: &str = "dimensions";

/// Write the pack as a web site
///
/// Static pages for any web server, or to open from the folder: the comparison, lessons, terms, {many} with a page for each
/// lens, costs, references, and questions that reveal their answers. No scripts, nothing from elsewhere.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// The folder to write, new or empty
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

/// Writes the site, and says where it begins.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, lens) = call.indexed()?;
    let mut site = Site::new(&library, call.view(&lens, Kind::Services));
    site.definitions();
    Kind::ALL.into_iter().for_each(|kind| site.kind(kind));
    site.costs();
    let folder = quoted(&args.dir.to_string_lossy());
    let files = site
        .files
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()));
    let written = write_new_tree(&args.dir, files)
        .map_err(|why| CliError::new(crate::safe!("{folder}: {}", why.why())))?;
    let files = count(written, "file", "files");
    let line = crate::safe!("{folder}: {files} written; it begins at index.html");
    call.answer_lines("site", json!({"folder": folder, "files": written}), [line])
}

struct Site<'a> {
    library: &'a Library,
    context: ViewContext,
    /// Paths and texts.
    files: Vec<(String, String)>,
    /// Where the navigation leads, and what it says.
    sections: Vec<(String, SafeText)>,
}

impl<'a> Site<'a> {
    fn new(library: &'a Library, context: ViewContext) -> Self {
        let mut sections = vec![
            ("index.html".to_owned(), SafeText::ours("In short")),
            ("compare.html".to_owned(), SafeText::ours("Compare")),
        ];
        let things = &library.pack().subject.things;
        for kind in Kind::ALL
            .into_iter()
            .filter(|kind| library.count(*kind) > 0)
        {
            let name = match kind {
                Kind::Services => things.fill("{Many}"),
                kind => capitalized(&SafeText::ours(kind.word())),
            };
            sections.push((format!("{}/index.html", folder(library, kind)), name));
        }
        if library.has_prices() {
            sections.push(("costs.html".to_owned(), SafeText::ours("Costs")));
        }
        let style = ("style.css".to_owned(), html::STYLE.to_owned());
        Self {
            library,
            context,
            files: vec![style],
            sections,
        }
    }

    /// Adds a page; `above` stands before it, `section` is where it belongs.
    fn add(&mut self, path: String, section: &str, above: &str, page: &Page) {
        let pack = self.library.pack();
        let up = "../".repeat(path.matches('/').count());
        let style = format!("<link rel=\"stylesheet\" href=\"{up}style.css\">");
        let title = page.parts.iter().find_map(title).unwrap_or_default();
        // A page that is called as the pack is told apart by its place in the navigation.
        let mut names = self.sections.iter();
        let here = names.find(|(path, _)| path == section);
        let title = match here {
            Some((_, name)) if title == pack.title => name.clone(),
            _ => title,
        };
        let title = crate::safe!("{title} · {}", pack.title);
        let mut file = html::head(&title, &pack.language, &style);
        file += "<nav aria-label=\"Site\">\n";
        for (path, name) in &self.sections {
            file += &anchor(&format!("{up}{path}"), name, path == section);
        }
        file += "</nav>\n";
        file += above;
        let href = |target: &LinkTarget| self.href(target, &up);
        file += "<main>\n";
        file += &html::article(&page.parts, &href);
        file += "</main>\n</body>\n</html>\n";
        self.files.push((path, file));
    }

    /// Where a link leads from a page that is so far down.
    fn href(&self, target: &LinkTarget, up: &str) -> Option<String> {
        let LinkTarget::Entry(address, anchor) = target else {
            return html::alone(target);
        };
        self.library.position(address)?;
        let anchor = anchor.as_ref().map(|anchor| format!("#{anchor}"));
        let anchor = anchor.unwrap_or_default();
        Some(format!("{up}{}{anchor}", path(self.library, address)))
    }

    /// The short answer, the definitions side by side, and everybody's word on each question.
    fn definitions(&mut self) {
        let (library, format) = (self.library, PageFormat::DOCUMENT);
        let ids = first(library, ComparedKind::Definitions, "");
        let short = definitions::answers(library, &ids, format);
        self.add("index.html".to_owned(), "index.html", "", &short);
        let page = definitions::page(library, &ids, format, ComparisonTop::default());
        let page = page.printed(library.pack().title.clone(), format);
        let dimensions = &library.pack().dimensions;
        let links = dimensions.iter().map(|dimension| {
            let path = format!("{DIMENSIONS}/{}.html", dimension.id);
            anchor(&path, &dimension.question, false)
        });
        let links: String = links.collect();
        let above = folded("Everybody's word, question by question", &links);
        self.add("compare.html".to_owned(), "compare.html", &above, &page);
        for dimension in dimensions {
            let page = definitions::by_dimension(library, &dimension.id, format);
            let path = format!("{DIMENSIONS}/{}.html", dimension.id);
            self.add(path, "compare.html", "", &page.unwrap_or_default());
        }
    }

    /// A kind's list and the pages of its entries.
    fn kind(&mut self, kind: Kind) {
        let library = self.library;
        let index = format!("{}/index.html", folder(library, kind));
        if library.count(kind) == 0 {
            return;
        }
        match kind {
            Kind::Services => self.services(&index),
            kind => {
                let page = list(library, kind);
                self.add(index.clone(), &index, "", &page);
            }
        }
        for n in 0..library.count(kind) {
            let Some(address) = library.address(kind, n) else {
                continue;
            };
            let page = entry::page(library, &address, PageFormat::DOCUMENT, &self.context);
            self.add(path(library, &address), &index, "", &page);
        }
    }

    /// The services as a table for each lens, the lens that is on first.
    fn services(&mut self, index: &str) {
        let library = self.library;
        let ids: Vec<&str> = library.ids(Kind::Lenses).collect();
        let on = self.context.lens.clone();
        let page_of = |id: &str| match id == on {
            true => "index.html".to_owned(),
            false => format!("lens-{id}.html"),
        };
        let folder = folder(library, Kind::Services);
        let lenses: Vec<&Lens> = ids.into_iter().filter_map(|id| library.lens(id)).collect();
        for lens in &lenses {
            let switch = lenses
                .iter()
                .map(|other| anchor(&page_of(&other.id), &other.name, other.id == lens.id));
            let switch: String = switch.collect();
            let above = folded("Another lens", &switch);
            let page = table(library, Some(lens), &self.context);
            self.add(
                format!("{folder}/{}", page_of(&lens.id)),
                index,
                &above,
                &page,
            );
        }
        if lenses.iter().all(|lens| lens.id != on) {
            let page = table(library, None, &self.context);
            self.add(index.to_owned(), index, "", &page);
        }
    }

    /// The bills of the two services of the dial and of a machine, for every workload with a name.
    fn costs(&mut self) {
        let library = self.library;
        let dial = library
            .pack()
            .dial
            .iter()
            .filter_map(|id| library.service(id));
        let mut services: Vec<&Service> = dial.collect();
        let machine = machine(library);
        services.extend(machine.filter(|m| !services.contains(m)));
        if !library.has_prices() || services.is_empty() {
            return;
        }
        let machine = machine.map(|m| m.id.as_str());
        let mut page = PageBuilder::new(PageFormat::DOCUMENT);
        page.title("Costs");
        for named in &library.pack().subject.cost.workloads {
            let day = self.context.as_of;
            let compared = CostComparison::of(&services, &preset(named), machine, day);
            let options = BillPrintOptions {
                format: PageFormat::DOCUMENT,
                picture: Some(AxisScale::Log),
                ascii: false,
                today: self.context.today,
            };
            let bills = cost::printed(library, &compared, None, options);
            page.section(capitalized(&named.title), Role::Heading);
            bills
                .parts
                .into_iter()
                .skip(1)
                .for_each(|part| page.part(part));
        }
        let page = page.finish();
        self.add("costs.html".to_owned(), "costs.html", "", &page);
    }
}

/// The folder of a kind: what the pack calls it, unless the site has a folder of that name.
fn folder(library: &Library, kind: Kind) -> String {
    let word = library.pack().subject.things.command_word(kind);
    match word.as_str() {
        DIMENSIONS => kind.word().to_owned(),
        _ => word,
    }
}

/// The page of an entry.
fn path(library: &Library, address: &Address) -> String {
    let folder = folder(library, address.kind);
    format!("{folder}/{}.html", address.id)
}

fn title(part: &Part) -> Option<SafeText> {
    match part {
        Part::Title(words) => Some(text(words)),
        _ => None,
    }
}

/// A navigation that opens when it is asked for.
fn folded(summary: &str, links: &str) -> String {
    let summary = html::escaped(summary);
    format!("<details><summary>{summary}</summary>\n<nav>\n{links}</nav>\n</details>\n")
}

/// A link of a navigation.
fn anchor(href: &str, name: &str, is_here: bool) -> String {
    let here = if is_here {
        " aria-current=\"page\""
    } else {
        ""
    };
    let (href, name) = (html::escaped(href), html::escaped(name));
    format!("<a href=\"{href}\"{here}>{name}</a>\n")
}

/// The entries of a kind with what they say in short.
fn list(library: &Library, kind: Kind) -> Page {
    let mut page = PageBuilder::new(PageFormat::DOCUMENT);
    page.title(capitalized(&SafeText::ours(kind.word())));
    let mut rows = Vec::new();
    for n in order(library, kind) {
        let head = library.head(kind, n);
        let name = page.entry_link(SafeText::line(head.title), library.address(kind, n));
        rows.push(vec![
            vec![name],
            vec![Run::new(SafeText::line(head.brief), Role::Text)],
        ]);
    }
    let heads = ["Name", "In short"].map(|word| vec![Run::ours(word, Role::Label)]);
    page.table(&[], &heads, &rows);
    page.finish()
}

/// Positions in the order of a list: lessons as they are read, all else by id.
fn order(library: &Library, kind: Kind) -> Vec<usize> {
    if kind != Kind::Lessons {
        return (0..library.count(kind)).collect();
    }
    let position = |id: &str| Address::new(kind, id).and_then(|a| library.position(&a));
    library
        .lessons()
        .iter()
        .filter_map(|l| position(&l.id))
        .collect()
}

/// The services with their facts and what a lens makes of them.
fn table(library: &Library, lens: Option<&Lens>, context: &ViewContext) -> Page {
    let subject = &library.pack().subject;
    let mut page = PageBuilder::new(PageFormat::DOCUMENT);
    page.title(subject.things.fill("{Many}"));
    if let Some(lens) = lens {
        let link = page.entry_link(lens.name.clone(), Address::new(Kind::Lenses, &lens.id));
        let through = Run::ours("Read through: ", Role::Text);
        page.paragraph(vec![
            through,
            link,
            Run::new(crate::safe!(". {}", lens.question), Role::Text),
        ]);
    }
    let mut heads = vec![capitalized(&subject.things.one)];
    heads.extend(lens.map(|_| SafeText::ours("Verdict")));
    heads.extend(
        subject
            .criteria
            .ids()
            .map(|c| capitalized(&subject.criteria.title(c))),
    );
    heads.extend(
        library
            .has_idle_bills()
            .then(|| SafeText::ours("Idle a month")),
    );
    let heads = heads
        .into_iter()
        .map(|word| vec![Run::new(word, Role::Label)]);
    let heads: Vec<Vec<Run>> = heads.collect();
    let mut rows = Vec::new();
    for service in library
        .ids(Kind::Services)
        .filter_map(|id| library.service(id))
    {
        rows.extend(row(&mut page, library, service, lens, context));
    }
    page.table(&[], &heads, &rows);
    page.finish()
}

/// A service as a row of its table; a day on which it is not there shows its newest facts without a verdict.
fn row(
    page: &mut PageBuilder,
    library: &Library,
    service: &Service,
    lens: Option<&Lens>,
    context: &ViewContext,
) -> Option<Vec<Vec<Run>>> {
    let subject = &library.pack().subject;
    let state = at(service, context.as_of)
        .or_else(|_| at(service, None))
        .ok()?;
    let address = Address::new(Kind::Services, &service.id);
    let name = page.entry_link(service.name.clone(), address);
    let mut named = vec![name];
    if !service.provider.is_empty() {
        named.push(Run::new(crate::safe!(" · {}", service.provider), Role::Dim));
    }
    let mut row = vec![named];
    let judged = lens.and_then(|lens| outcome(service, lens, context.as_of).ok());
    row.extend(lens.map(|_| match judged {
        Some(found) => vec![Run::new(full(subject, found), outcome_role(found))],
        None => vec![Run::ours("-", Role::Dim)],
    }));
    let answer = |c| subject.criteria.word(state.answers().get(c));
    let answers = subject.criteria.ids().map(answer);
    row.extend(answers.map(|word| vec![Run::new(SafeText::line(word), Role::Text)]));
    let idle = idle_a_month(subject, state.idle_usd_per_month);
    let idle = library
        .has_idle_bills()
        .then(|| vec![Run::new(idle, Role::Text)]);
    row.extend(idle);
    Some(row)
}
