//! `read`: the lessons, or one of them.
//! Promise: the answers to recall questions show only when asked for.

use crate::cli::context::{CommandContext, unreadable};
use crate::cli::exit::{CommandResult, ExitStatus};
use crate::cli::json::{self, answers};
use crate::cli::lookup;
use crate::layout::{Page, PageBuilder, PageFormat, Role, Run};
use crate::pack::{Address, Kind, Lesson, Library};
use crate::views::{cite, lesson};

const EXAMPLES: &str = "\
Examples:
  $ tozero read                         which lessons there are
  $ tozero read 1                       the first one
  $ tozero read price-of-zero           one by its id
  $ tozero read 2 --answers             with the answers to its questions";

/// Read a lesson
///
/// Without a lesson, their table of contents.
#[derive(clap::Args, Debug)]
#[command(before_long_help = EXAMPLES)]
pub struct Args {
    /// A lesson's number, id or title
    #[arg(value_name = "LESSON")]
    lesson: Vec<String>,
    /// Show the answers to the recall questions
    #[arg(long)]
    answers: bool,
}

/// Answers.
pub fn run(args: &Args, call: &mut CommandContext) -> CommandResult {
    let (library, _) = call.indexed()?;
    if args.lesson.is_empty() {
        return contents(call, &library);
    }
    let query = lookup::query(&args.lesson)?;
    let Some(address) = find(&library, &query) else {
        return lookup::miss(call, &library, &[Kind::Lessons], &query);
    };
    if call.out.look.json {
        json::entry::print(&mut call.out, &library, &address)
            .ok_or_else(|| unreadable(&address))??;
        return Ok(ExitStatus::Done);
    }
    let sources = cite::sources(&library, &address).ok_or_else(|| unreadable(&address))?;
    let page = lesson::page(&library, &address.id, call.format(), args.answers);
    call.out.page(page, sources)?;
    Ok(ExitStatus::Done)
}

/// A lesson by its number, else by its name.
fn find(library: &Library, query: &str) -> Option<Address> {
    let number: Option<u16> = query.parse().ok();
    let numbered = library
        .lessons()
        .into_iter()
        .find(|l| Some(l.order) == number);
    match numbered {
        Some(lesson) => Address::new(Kind::Lessons, &lesson.id),
        None => lookup::entry(library, &[Kind::Lessons], query),
    }
}

fn contents<'a>(call: &mut CommandContext, library: &'a Library) -> CommandResult {
    let lessons = library.lessons();
    if call.out.look.json {
        let head = |l: &&'a Lesson| answers::LessonHead {
            order: l.order,
            id: &l.id,
            title: &l.title,
            minutes: l.minutes,
        };
        let lessons = lessons.iter().map(head).collect();
        json::print(&mut call.out, "lessons", &answers::Lessons { lessons })?;
        return Ok(ExitStatus::Done);
    }
    let page = contents_page(library, call.format());
    call.out.page(page, Vec::new())?;
    Ok(ExitStatus::Done)
}

fn contents_page(library: &Library, format: PageFormat) -> Page {
    let mut setter = PageBuilder::new(format);
    setter.title("Lessons");
    let lessons = library.lessons();
    for lesson in &lessons {
        let number = format!("{:>2}  ", lesson.order);
        let minutes = crate::safe!("  {} minutes", lesson.minutes);
        let runs = vec![
            Run::new(number, Role::Dim),
            Run::new(lesson.title.clone(), Role::Strong),
            Run::new(minutes, Role::Dim),
        ];
        setter.rows(crate::layout::wrap::wrap(&runs, format.width, 0, 4));
        setter.rows(crate::layout::wrap::wrap(
            &[Run::new(lesson.id.as_str(), Role::Dim)],
            format.width,
            4,
            4,
        ));
    }
    setter.blank();
    let all: u32 = lessons.iter().map(|l| u32::from(l.minutes)).sum();
    setter.paragraph(vec![Run::new(
        crate::safe!("{all} minutes in all. `tozero read 1` begins."),
        Role::Dim,
    )]);
    setter.finish()
}
