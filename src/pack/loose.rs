//! A folder of questions that is no pack: its files stand as questions under a head made of its name.

use std::borrow::Cow;
use std::sync::Arc;

use crate::pack::address::is_id;
use crate::pack::files::{Files, PACK, ReadError};
use crate::text::measure::slug;

/// Where questions stand in a pack.
const FOLDER: &str = "questions/";

pub struct LooseQuestions {
    files: Arc<dyn Files>,
    head: String,
}

impl LooseQuestions {
    /// The files of a folder of this name. It stands for a pack's id, so that the answers of a class fall under one, wherever each
    /// keeps the folder; the word before it keeps them from those of packs.
    pub fn new(files: Arc<dyn Files>, name: &str) -> Self {
        let id = slug(name);
        let id = if id.is_empty() { "questions" } else { &id };
        let title: String = name.chars().filter(|c| !matches!(c, '"' | '\\')).collect();
        let title = if title.trim().is_empty() { id } else { &title };
        let mut id = format!("folder-{id}");
        while !is_id(&id) && id.pop().is_some() {}
        let head = format!("format = 1\nid = \"{id}\"\ntitle = \"{title}\"\nlanguage = \"en\"\n");
        Self { files, head }
    }
}

impl Files for LooseQuestions {
    fn list(&self, folder: &str) -> Vec<String> {
        match folder {
            "" => vec![PACK.to_owned()],
            "questions" => {
                let all = self.files.list("").into_iter();
                let questions = all.filter(|path| path.ends_with(".md") && path != "README.md");
                questions.map(|path| format!("{FOLDER}{path}")).collect()
            }
            _ => Vec::new(),
        }
    }

    fn read(&self, path: &str) -> Result<Cow<'static, str>, ReadError> {
        if path == PACK {
            return Ok(Cow::Owned(self.head.clone()));
        }
        match path.strip_prefix(FOLDER) {
            Some(path) => self.files.read(path),
            None => Err(ReadError::Missing),
        }
    }

    fn left_out(&self) -> Vec<(String, ReadError)> {
        self.files.left_out()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::{Kind, Library, MemoryFiles};

    #[test]
    fn files_of_a_folder_are_questions() {
        let asked = "Which?\n\n- [x] One\n- [ ] Two\n\n---\n\nOne.\n";
        let files = MemoryFiles::of([
            ("which.md", asked),
            ("README.md", "no question"),
            ("a.txt", ""),
        ]);
        for (name, title) in [("My quiz", "My quiz"), ("", "questions"), ("a\"b", "ab")] {
            let loose = LooseQuestions::new(Arc::new(MemoryFiles(files.0.clone())), name);
            let library = Library::open(Arc::new(loose)).unwrap();
            assert_eq!(library.pack().title.as_str(), title);
            assert!(library.pack().id.starts_with("folder-"));
            assert_eq!(library.ids(Kind::Questions).collect::<Vec<_>>(), ["which"]);
            assert!(library.question("which").is_some());
        }
    }

    #[test]
    fn a_long_name_makes_an_id() {
        for name in ["b".repeat(64), "b ".repeat(200), "日".repeat(80)] {
            let loose = LooseQuestions::new(Arc::new(MemoryFiles::default()), &name);
            let library = Library::open(Arc::new(loose)).unwrap();
            assert!(is_id(&library.pack().id) && library.pack().id.starts_with("folder-"));
        }
    }
}
