//! Pages that leave the terminal: Markdown, HTML, images, and a pack as a site.
//! What a hostile pack writes stays text; every link within a site leads somewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Run, folder, tozero};

/// Writes a site; its files by path.
fn site(arguments: &str) -> BTreeMap<String, String> {
    let run = tozero(&format!("site out {arguments}"));
    assert_eq!(run.say().status, 0);
    let mut files = BTreeMap::new();
    read(&run.home().join("out"), "", &mut files);
    files
}

fn read(folder: &Path, path: &str, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{path}{}", entry.file_name().to_string_lossy());
        match entry.path().is_dir() {
            true => read(&entry.path(), &format!("{name}/"), files),
            false => {
                let text = std::fs::read_to_string(entry.path()).unwrap();
                files.insert(name, text);
            }
        }
    }
}

/// The values of an attribute.
fn values<'a>(text: &'a str, attribute: &str) -> Vec<&'a str> {
    let open = format!(" {attribute}=\"");
    let ends = text.split(open.as_str()).skip(1);
    ends.map(|rest| rest.split('"').next().unwrap()).collect()
}

/// A relative address from a page, as a path from the top.
fn resolved(page: &str, target: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn every_link_within_a_site_leads_somewhere() {
    for arguments in ["", "--content ../../open-source"] {
        let pack = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/packs/open-source");
        let files = site(&arguments.replace("../../open-source", pack));
        let mut broken = BTreeSet::new();
        for (page, text) in files.iter().filter(|(page, _)| page.ends_with(".html")) {
            for target in values(text, "href") {
                if target.starts_with("https://") || target.starts_with("http://") {
                    continue;
                }
                let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
                let path = match path {
                    "" => page.clone(),
                    path => resolved(page, path),
                };
                let found = files.get(&path);
                let has = |text: &String| anchor.is_empty() || values(text, "id").contains(&anchor);
                if !found.is_some_and(has) {
                    broken.insert(format!("{page}: {target}"));
                }
            }
            let foreign = ["<script", " src=", "@import", "url("];
            assert!(
                foreign.iter().all(|f| !text.contains(f)),
                "{page} stands alone"
            );
            assert!(text.contains("<html lang=\"en\">"), "{page}");
        }
        assert_eq!(broken, BTreeSet::new());
        assert!(files.len() > 20, "{arguments}: {} files", files.len());
    }
}

#[test]
fn a_site_has_a_page_for_each_lens_and_hides_its_answers() {
    let files = site("");
    let services = &files["services/index.html"];
    assert!(
        services.contains("Scale to zero, or it isn&#39;t serverless</a>. "),
        "{services}"
    );
    assert!(files.contains_key("services/lens-provider-view.html"));
    let question = &files["questions/t-cold-start.html"];
    let (shown, hidden) = question.split_once("<details><summary>Answer").unwrap();
    assert!(!shown.to_lowercase().contains("cold start<"), "{question}");
    assert!(hidden.to_lowercase().contains("cold start"), "{question}");
    assert!(files["costs.html"].contains("<svg "));
    let term = &files["terms/cold-start.html"];
    assert!(
        term.contains("../questions/t-cold-start.html"),
        "what mentions it is linked"
    );
}

#[test]
fn what_is_there_is_never_written_over() {
    let run = tozero("site out");
    std::fs::create_dir(run.home().join("out")).unwrap();
    std::fs::write(run.home().join("out/mine"), "kept").unwrap();
    assert_eq!(run.fault(2), "tozero: out: the folder is not empty\n");
}

/// A pack whose every text tries to be markup.
fn hostile() -> tempfile::TempDir {
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)>\\\" onclick=\\\"alert(3)";
    let term = format!(
        "+++\nterm = \"{evil}\"\naliases = [\"{evil} b\"]\ntags = []\nbrief = \"{evil}\"\nsee_also = []\nsources = []\n+++\n\
         {0}\n\n[a](javascript:alert(4)) `{0}`\n\n| {0} |\n| --- |\n| {0} |\n",
        evil.replace('\\', "")
    );
    folder(&[
        (
            "pack.toml",
            &format!("format = 1\nid = \"evil\"\ntitle = \"{evil}\"\n"),
        ),
        ("terms/evil.md", &term),
    ])
}

#[test]
fn what_a_pack_writes_never_becomes_markup() {
    let pack = hostile();
    let content = pack.path().to_str().unwrap();
    let page = Run::new([
        "define",
        "terms/evil",
        "--format",
        "html",
        "--content",
        content,
    ])
    .say();
    let mut pages = site(&format!("--content {content}"));
    pages.retain(|path, _| path.ends_with(".html"));
    assert!(pages.contains_key("terms/evil.html"), "{:?}", pages.keys());
    pages.insert("define".to_owned(), page.stdout);
    for (path, text) in &pages {
        assert!(text.contains("&lt;script&gt;"), "{path}: {text}");
        for evil in ["<script", "<img", "\" onclick", "javascript:alert(4)\""] {
            assert!(!text.contains(evil), "{path}: {evil}");
        }
    }
    let markdown = Run::new([
        "define",
        "terms/evil",
        "--format",
        "md",
        "--content",
        content,
    ]);
    let text = markdown.say().stdout;
    let bare = text.replace("\\<", "");
    let bare: String = bare.split('`').step_by(2).collect();
    assert!(!bare.contains('<'), "{text}");
}

#[test]
fn pages_are_written_as_documents() {
    let compared = tozero("compare --format md").answer();
    assert!(
        compared.starts_with("# What is serverless?\n\n≠ 5 of 12 differ")
            && compared.contains("\n\n|  | **The provider"),
        "{compared}"
    );
    assert!(compared.contains("| How does it scale?  ≠ differ | **follows demand**<br>"));
    assert!(
        compared.contains("\nSources: [^1] [^2]\n\n[^1]: "),
        "{compared}"
    );
    let page = tozero("judge aws-lambda --format html").answer();
    assert!(
        page.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"),
        "{page}"
    );
    assert!(page.contains("<style>") && !page.contains("<script"));
    let two = tozero("define acu faas --format html").answer();
    assert_eq!(
        (
            two.matches("<!DOCTYPE").count(),
            two.matches("<article").count()
        ),
        (1, 2)
    );
    let image = tozero("cost aws-lambda neon --format svg").answer();
    assert!(
        image.starts_with("<svg ") && image.ends_with("</svg>\n"),
        "{image}"
    );
    assert!(image.contains("AWS Lambda (on demand)"));
}

#[test]
fn a_command_without_pages_says_which_have_them() {
    assert_eq!(
        tozero("list terms --format md").fault(2),
        "tozero: this command prints no md\n\
         help: define, compare, judge, cost, read, refs, stats and keys do\n"
    );
    assert_eq!(
        tozero("define acu --format svg").fault(2),
        "tozero: this command prints no svg\nhelp: `tozero cost` does: its chart\n"
    );
    assert_eq!(
        tozero("compare --format csv").fault(2),
        "tozero: this command prints no csv\nhelp: `tozero export` does\n"
    );
}

#[test]
fn no_page_of_a_site_has_two_places_of_one_name() {
    for (page, text) in site("") {
        let ids = values(&text, "id");
        let once: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(once.len(), ids.len(), "{page}: {ids:?}");
    }
}

#[test]
fn a_page_of_a_site_is_called_what_it_is_about() {
    let files = site("");
    let title = |page: &str| {
        let (_, rest) = files[page].split_once("<title>").unwrap();
        rest.split_once("</title>").unwrap().0.to_owned()
    };
    assert_eq!(title("compare.html"), "Compare · What is serverless?");
    assert_eq!(title("index.html"), "In short · What is serverless?");
    assert_eq!(title("costs.html"), "Costs · What is serverless?");
}
