//! `read`: the lessons, or one of them.
//! The answers to recall questions show only when asked for.

use serde_json::{Value, json};

use crate::cli::cmd::{CommandContext, CommandResult};
use crate::cli::lookup;
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::{Address, Kind, Lesson, Library};
use crate::text::measure::count;
use crate::views::lesson;

/// Read a lesson
///
/// Without a lesson, their table of contents.
#[derive(clap::Args, Debug)]
pub struct Args {
    /// A lesson's number, id or title
    #[arg(value_name = "LESSON")]
    lesson: Vec<String>,
    /// Show the answers to the recall questions
    #[arg(long)]
    answers: bool,
}

/// Shows a lesson, or which there are.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    call.needs(&library, Kind::Lessons)?;
    if args.lesson.is_empty() {
        return contents(call, &library);
    }
    let query = lookup::query(&args.lesson)?;
    let near = || lookup::entry_or_near(&call.out, &library, &[Kind::Lessons], &query);
    let Some(address) = find(&library, &query).or_else(near) else {
        return lookup::miss(call, &library, &[Kind::Lessons], &query);
    };
    call.entry(&library, &address, |call| {
        lesson::page(&library, &address.id, call.format(), args.answers)
    })
}

/// A lesson by its number, else by its name.
fn find(library: &Library, query: &str) -> Option<Address> {
    let number: Option<u16> = query.parse().ok();
    let lessons = library.lessons();
    match lessons.iter().find(|l| Some(l.order) == number) {
        Some(lesson) => Address::new(Kind::Lessons, &lesson.id),
        None => lookup::entry(library, &[Kind::Lessons], query),
    }
}

/// The table of contents.
fn contents(call: &mut CommandContext, library: &Library) -> CommandResult {
    let lessons = library.lessons();
    let head =
        |l: &&Lesson| json!({"order": l.order, "id": l.id, "title": l.title, "minutes": l.minutes});
    call.answer(
        "lessons",
        || json!({"lessons": lessons.iter().map(head).collect::<Value>()}),
        |format| contents_page(&lessons, format),
    )
}

fn contents_page(lessons: &[&Lesson], format: PageFormat) -> Page {
    let mut builder = PageBuilder::new(format);
    builder.title("Lessons");
    for lesson in lessons {
        let number = format!("{:>2}  ", lesson.order);
        let minutes = count(usize::from(lesson.minutes), "minute", "minutes");
        let minutes = crate::safe!("  {minutes}");
        let head = [
            Run::new(number, Role::Dim),
            Run::new(lesson.title.clone(), Role::Strong),
            Run::new(minutes, Role::Dim),
        ];
        builder.wrapped(&head, 0, 4);
        builder.wrapped(&[Run::new(&*lesson.id, Role::Dim)], 4, 4);
    }
    builder.blank();
    let all: usize = lessons.iter().map(|l| usize::from(l.minutes)).sum();
    let all = count(all, "minute", "minutes");
    let all = crate::safe!("{all} in all. `tozero read 1` begins.");
    builder.paragraph(vec![Run::new(all, Role::Dim)]);
    builder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::samples::library;

    #[test]
    fn lessons_have_numbers_and_names() {
        let library = library();
        let check = |query: &str, expected: Option<&str>| {
            let found = find(&library, query).map(|a| a.to_string());
            assert_eq!(found.as_deref(), expected, "{query}");
        };
        check("1", Some("lessons/first-ring"));
        check("2", Some("lessons/silence"));
        check("The first ring", Some("lessons/first-ring"));
        check("lessons/silence", Some("lessons/silence"));
        check("3", None);
        check("chime", None);
    }

    #[test]
    fn the_table_of_contents_adds_up() {
        let page = contents_page(&library().lessons(), 60.into());
        let rows: Vec<String> = page.rows.iter().map(|r| r.text().to_string()).collect();
        assert!(
            rows.contains(&" 1  The first ring  2 minutes".to_owned()),
            "{rows:?}"
        );
        assert!(rows.contains(&"    first-ring".to_owned()), "{rows:?}");
        assert!(
            rows.iter().any(|r| r.starts_with("3 minutes in all.")),
            "{rows:?}"
        );
    }
}
