//! The source files of the program, their imports and their type definitions, read as text.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// One source file.
pub(crate) struct Source {
    /// Path below `src/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// Numbered lines before the tests, without comments.
    pub(crate) fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self.is_test();
        let code = move |l: &str| !tests && !l.starts_with("#[cfg(test)]");
        let lines = self
            .text
            .lines()
            .enumerate()
            .take_while(move |(_, l)| code(l));
        lines
            .map(|(i, l)| (i + 1, l.trim()))
            .filter(|(_, l)| !l.starts_with("//"))
    }

    pub(crate) fn is_test(&self) -> bool {
        [
            "tests.rs",
            "golden.rs",
            "samples.rs",
            "laws.rs",
            "journeys.rs",
        ]
        .iter()
        .any(|name| self.path.ends_with(name))
    }

    /// It takes the place of the file of its name, one folder up, on Windows.
    pub(crate) fn is_for_windows(&self) -> bool {
        self.path.contains("/windows/")
    }

    /// The module path: `pack::library` for `pack/library.rs`, `pack` for `pack/mod.rs`.
    fn module(&self) -> String {
        let path = self.path.trim_end_matches(".rs").trim_end_matches("/mod");
        path.replace('/', "::")
    }

    /// It offers something by name, not only methods of a type that another file defines.
    pub(crate) fn offers_names(&self) -> bool {
        let words = ["fn", "struct", "enum", "trait", "const", "static", "type"];
        let offered = |line: &str| {
            let mut parts = line.split(' ');
            parts.next().is_some_and(|w| w.starts_with("pub")) && parts.any(|w| words.contains(&w))
        };
        self.text.lines().any(offered)
    }

    /// Names of the types that are defined outside tests and outside `impl` blocks.
    pub(crate) fn types(&self) -> Vec<&str> {
        let name = |line: &str| -> Option<usize> {
            let words: Vec<&str> = line.split(' ').collect();
            let at = words
                .iter()
                .position(|w| ["struct", "enum", "trait", "type"].contains(w))?;
            let before = words[..at].iter().all(|w| w.starts_with("pub"));
            before.then(|| words[..=at].iter().map(|w| w.len() + 1).sum())
        };
        let mut found = Vec::new();
        for line in self
            .text
            .lines()
            .take_while(|l| !l.starts_with("#[cfg(test)]"))
        {
            if let Some(rest) = name(line).and_then(|start| line.get(start..)) {
                found.push(rest.split(|c: char| !c.is_alphanumeric()).next().unwrap());
            }
        }
        found
    }

    /// The code as one text, for statements of several lines.
    fn joined(&self) -> String {
        self.code()
            .map(|(_, line)| line)
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// The import graph: which file needs which, with façade names (`pub use`) led to where they are defined.
pub(crate) struct Graph {
    /// File by module path.
    files: BTreeMap<String, String>,
    /// What a module hands on: its own path and the name, to the path it comes from.
    handed_on: BTreeMap<(String, String), String>,
    /// Needed files by file.
    pub(crate) needs: BTreeMap<String, BTreeSet<String>>,
}

impl Graph {
    pub(crate) fn of(sources: &[Source]) -> Self {
        let program = || sources.iter().filter(|s| !s.is_test());
        let files = program().map(|s| (s.module(), s.path.clone())).collect();
        let mut graph = Self {
            files,
            handed_on: BTreeMap::new(),
            needs: BTreeMap::new(),
        };
        for source in program() {
            let code = source.joined();
            for path in statements(&code, "pub use ") {
                let Some((from, name)) = path.rsplit_once("::") else {
                    continue;
                };
                let target = absolute(from, &source.module(), &graph.files);
                let key = (source.module(), name.to_owned());
                graph.handed_on.insert(key, format!("{target}::{name}"));
            }
        }
        for source in program() {
            let needed = graph.needed(source);
            graph.needs.insert(source.path.clone(), needed);
        }
        graph
    }

    fn needed(&self, source: &Source) -> BTreeSet<String> {
        let code = source.joined();
        let mut paths = statements(&code, "use ");
        for start in ["crate::", "super::", "self::"] {
            paths.extend(paths_from(&code, start));
        }
        for import in paths.clone() {
            // `use crate::views;` makes `views::lens::about` a path of its own.
            let target = absolute(&import, &source.module(), &self.files);
            let name = import.rsplit("::").next().unwrap();
            if self.files.contains_key(&target) {
                let start = format!("{name}::");
                let inner = paths_from(&code, &start);
                paths.extend(inner.map(|p| format!("crate::{target}{}", &p[name.len()..])));
            }
        }
        let handed_on: BTreeSet<String> = statements(&code, "pub use ").into_iter().collect();
        let module = source.module();
        let led = paths.iter().filter(|p| !handed_on.contains(*p));
        let led = led.filter_map(|p| self.file(&absolute(p, &module, &self.files)));
        led.filter(|file| *file != source.path).collect()
    }

    /// The file that defines what `path` names.
    fn file(&self, path: &str) -> Option<String> {
        let parts: Vec<&str> = path.split("::").collect();
        let (module, rest) = (1..=parts.len()).rev().find_map(|n| {
            let module = parts[..n].join("::");
            self.files
                .contains_key(&module)
                .then(|| (module, parts.get(n)))
        })?;
        let handed =
            rest.and_then(|name| self.handed_on.get(&(module.clone(), (*name).to_owned())));
        match handed {
            Some(target) if target != path => self.file(target),
            _ => self.files.get(&module).cloned(),
        }
    }

    /// Files of child modules that `source` names by their relative path, or that only add methods
    /// to its types.
    pub(crate) fn named_children(&self, source: &Source) -> Vec<String> {
        let (code, module) = (source.joined(), source.module());
        let child = |(path, file): (&String, &String)| {
            let name = path.strip_prefix(&format!("{module}::"))?;
            let named = code.split(&format!("{name}::")).count() > 1;
            let methods = self
                .needs
                .get(file)
                .is_some_and(|n| n.contains(&source.path));
            (named || methods && !name.contains("::")).then(|| file.clone())
        };
        self.files.iter().filter_map(child).collect()
    }

    /// Groups of files that need each other.
    pub(crate) fn circles(&self) -> Vec<Vec<String>> {
        let reach: BTreeMap<&String, BTreeSet<&String>> = self
            .needs
            .keys()
            .map(|file| (file, self.reached(file)))
            .collect();
        let mut groups = BTreeSet::new();
        for (file, reached) in &reach {
            let back = |other: &&&String| reach.get(**other).is_some_and(|r| r.contains(file));
            let group: Vec<String> = reached.iter().filter(back).map(|s| (**s).clone()).collect();
            if group.len() > 1 {
                groups.insert(group);
            }
        }
        groups.into_iter().collect()
    }

    fn reached<'g>(&'g self, from: &String) -> BTreeSet<&'g String> {
        let mut found = BTreeSet::new();
        let mut open: Vec<&String> = self.needs[from].iter().collect();
        while let Some(file) = open.pop() {
            if found.insert(file) {
                open.extend(self.needs.get(file).into_iter().flatten());
            }
        }
        found
    }
}

/// The paths in `code` that begin with `start`. One that ends at a brace is a statement's, which spells them out.
fn paths_from<'c>(code: &'c str, start: &'c str) -> impl Iterator<Item = String> + 'c {
    let part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let begins = move |at: usize| !code[..at].ends_with(part);
    code.match_indices(start)
        .filter(move |(at, _)| begins(*at))
        .map(move |(at, _)| {
            let end = code[at..].find(|c| !part(c)).map_or(code.len(), |n| at + n);
            (at, end)
        })
        .filter(|(at, end)| !(code[*at..*end].ends_with(':') && code[*end..].starts_with('{')))
        .map(|(at, end)| code[at..end].trim_end_matches(':').to_owned())
}

/// The paths of all statements that begin with `start`, braces spelled out.
fn statements(code: &str, start: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(start) {
        let own = code[..at].trim_end();
        let begins =
            own.is_empty() || own.ends_with([';', '}', ']', '{', ')']) || own.ends_with("pub");
        if let (true, Some(end)) = (begins, code[at..].find(';')) {
            spell_out("", &code[at + start.len()..at + end], &mut found);
        }
    }
    found
}

fn spell_out(before: &str, path: &str, found: &mut Vec<String>) {
    let path = path.trim();
    let Some((head, rest)) = path.split_once('{') else {
        let path = path
            .split(" as ")
            .next()
            .unwrap_or(path)
            .trim_end_matches("::self");
        if !path.is_empty() {
            found.push(
                format!("{before}{path}")
                    .trim_end_matches("::self")
                    .to_owned(),
            );
        }
        return;
    };
    let (mut depth, mut start) = (0, 0);
    let inner = rest.rsplit_once('}').map_or(rest, |(inner, _)| inner);
    for (i, c) in inner.char_indices().chain([(inner.len(), ',')]) {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                spell_out(&format!("{before}{head}"), &inner[start..i], found);
                start = i + 1;
            }
            _ => {}
        }
    }
}

/// `path` from the crate's root, as written in `module`.
fn absolute(path: &str, module: &str, files: &BTreeMap<String, String>) -> String {
    let (mut path, mut base) = (path, module.to_owned());
    if let Some(rest) = path.strip_prefix("crate::") {
        return rest.to_owned();
    }
    while let Some(rest) = path.strip_prefix("super::") {
        base = base
            .rsplit_once("::")
            .map_or(String::new(), |(parent, _)| parent.to_owned());
        path = rest;
    }
    let path = path.strip_prefix("self::").unwrap_or(path);
    let first = path.split("::").next().unwrap_or(path);
    let child = format!("{base}::{first}");
    let relative = base != module || files.contains_key(&child);
    if relative && !base.is_empty() {
        format!("{base}::{path}")
    } else {
        path.to_owned()
    }
}

pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub(crate) fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    walk(&root().join("src"), &mut found);
    assert!(found.len() > 20, "the walk finds the sources");
    found
}

fn walk(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let path = entry.path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            let below = path
                .strip_prefix(root().join("src"))
                .unwrap()
                .to_string_lossy();
            let text = fs::read_to_string(&path).unwrap();
            found.push(Source {
                path: below.replace('\\', "/"),
                text,
            });
        }
    }
}
