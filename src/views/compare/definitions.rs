//! Definitions side by side, question by question; everybody's word on one question; and the short answer.
//! Every line is marked in words as agree, differ or silent.

use crate::core::compare::{self, Comparison, ComparisonRow, Relation, position_words};
use crate::layout::wrap::wrap;
use crate::layout::{Page, PageBuilder, PageFormat, Role, Row, Run};
use crate::pack::entries::lens::short_name;
use crate::pack::{Address, Kind, Library, Pack, Perspective, PerspectiveCell};
use crate::safe;
use crate::text::{SafeText, measure};
use crate::views::lens::side_role;
use crate::views::side_by_side::{CellPart, ColumnHead, ComparedLine, LinePage, SideBySide};

/// Widest summary of the pack, in cells.
const SUMMARY: usize = 64;

/// What stands above the columns on a screen.
#[derive(Clone, Debug, Default)]
pub struct ComparisonTop {
    /// There is room for the pack's question.
    pub titled: bool,
    /// And for what the pack says of it.
    pub tall: bool,
    /// All heads share one row.
    pub low: bool,
    /// The questions in the pack's order; else the disputed ones come first.
    pub in_order: bool,
    /// The lens that is on, by id: what it asks is marked.
    pub lens: String,
    pub dial: Vec<Row>,
    /// The same in short, to stay in view.
    pub dial_pinned: Vec<Row>,
}

/// Perspectives in the order in which they are shown; unknown ids are left out.
pub fn compared<'a>(library: &'a Library, ids: &[String], in_order: bool) -> Comparison<'a> {
    let compared = compare::compare(library, ids);
    if in_order {
        return compared;
    }
    compared.disputed_first(library)
}

/// Perspectives side by side; unknown ids are left out.
pub fn page(library: &Library, ids: &[String], format: PageFormat, top: ComparisonTop) -> LinePage {
    let compared = compared(library, ids, top.in_order);
    let lens = library.lens(&top.lens);
    let asks = |row: &ComparisonRow| {
        let criterion = row.dimension.criterion;
        lens.zip(criterion)
            .is_some_and(|(lens, criterion)| lens.asks(criterion))
    };
    let columns = compared.columns.iter();
    let heads = columns.map(|p| head(library.pack(), p)).collect();
    let mut sides = SideBySide::new(heads, format);
    let counted = counted(&compared);
    if format.is_print() {
        sides.paragraph(&counted);
        sides.lines.blank();
    }
    if top.titled {
        title(&mut sides, library.pack(), counted, top.tall);
    }
    if !top.dial.is_empty() {
        sides.pin(top.dial_pinned);
        sides.lines.put_whole(top.dial);
        if !top.low {
            sides.lines.blank();
        }
    }
    sides.close = !format.is_print() && !top.tall;
    let are_many = compared.columns.len() > 2 && !format.is_print();
    if are_many && !top.low {
        sides.lines.put(vec![legend(library.pack(), sides.room())]);
    }
    // Many heads one below the other would leave no room for what they say.
    let stack = are_many && !top.tall && sides.second().is_none();
    if (top.low || stack) && !compared.columns.is_empty() {
        sides.heads_in_a_row();
    } else {
        sides.heads();
    }
    for row in &compared.rows {
        sides.line(&ComparedLine {
            label: row.dimension.question.clone(),
            // Who stands alone is neither agreed with nor answered.
            mark: if compared.columns.len() > 1 {
                mark(row.relation, asks(row))
            } else {
                Run::default()
            },
            cells: cells(&compared, row)
                .map(|(p, cell)| parts(library.pack(), row, p, cell))
                .collect(),
        });
    }
    sides.finish()
}

/// The pack's title with what divides the parties beside or below it, and what the pack says of itself where there is room.
fn title(sides: &mut SideBySide, pack: &Pack, counted: Vec<Run>, tall: bool) {
    let room = sides.room();
    let title = Run::new(pack.title.clone(), Role::Title);
    let wide = Row::from_runs(counted.clone()).width() + 2 + measure::width(&title.text);
    if wide <= room {
        let row = Row::spread(vec![title], counted, room);
        sides.lines.put(vec![row]);
    } else {
        sides.lines.put(vec![Row::from_runs(vec![title])]);
        // At the left edge the word alone says it.
        let mut row = Row::from_runs(counted);
        if let Some(first) = row.runs.first_mut() {
            first.text = SafeText::line(first.text.trim_start_matches("≠ "));
        }
        row.cut(room);
        sides.lines.put(vec![row]);
    }
    if tall {
        let summary = Run::new(pack.summary.clone(), Role::Dim);
        sides.lines.put(wrap(&[summary], room.min(SUMMARY), 0, 0));
    }
    sides.lines.blank();
}

/// How many of the questions divide the parties, as a line.
fn counted(compared: &Comparison) -> Vec<Run> {
    if compared.columns.len() < 2 {
        return Vec::new();
    }
    let count = |relation| compared.count(relation);
    let (all, differ, agree) = (
        compared.rows.len(),
        count(Relation::Differ),
        count(Relation::Agree),
    );
    let silent = all - differ - agree;
    let mut runs = vec![
        Run::new(safe!("≠ {differ} of {all} differ"), Role::Warn),
        Run::new(safe!(" · {agree} agree"), Role::Dim),
    ];
    if silent > 0 {
        runs.push(Run::new(safe!(" · {silent} with a silence"), Role::Dim));
    }
    runs
}

/// What the colors of the heads mean, where more stand side by side than there are sides.
fn legend(pack: &Pack, room: usize) -> Row {
    let mut row = Row::of("who holds it:", Role::Dim);
    for stance in &pack.subject.stances {
        let side = side_role(stance.side, Role::Strong);
        if side != Role::Strong {
            row.add("  ▪ ", side);
            // In its own style: without color the squares are alike.
            row.add(stance.title.replace('-', " "), side);
        }
    }
    row.add("  ▪ neither", Role::Strong);
    row.cut(room);
    row
}

/// The hue that an answer's side has everywhere.
fn hue(pack: &Pack, perspective: &Perspective) -> Role {
    let stance = pack.subject.stance(&perspective.stance);
    let side = match stance {
        Some(stance) => stance.side,
        None => pack.side_of_lens(&perspective.id),
    };
    side_role(side, Role::Strong)
}

fn head(pack: &Pack, perspective: &Perspective) -> ColumnHead {
    let holder = Some(perspective.holder.clone());
    ColumnHead {
        name: Run::new(perspective.name.clone(), hue(pack, perspective)),
        address: Address::new(Kind::Perspectives, &perspective.id),
        about: [(&perspective.answer, Role::Text), (&holder, Role::Dim)]
            .into_iter()
            .filter_map(|(words, role)| Some(Run::new(words.clone()?, role)))
            .collect(),
        short: Run::new(perspective.holder.clone(), hue(pack, perspective)),
    }
}

/// How the answers stand to each other, and whether the lens that is on decides by this question.
fn mark(relation: Relation, asked: bool) -> Run {
    let role = match relation {
        Relation::Agree => Role::Good,
        Relation::Differ => Role::Warn,
        Relation::OneSpeaks | Relation::Silent => Role::Dim,
    };
    let sign = relation.sign();
    // So much air, since in ASCII a dot behind one space parts two things.
    let between = if asked { "lens asks   " } else { "" };
    Run::new(safe!("{between}{sign} {}", relation.word()), role)
}

fn cells<'a>(
    compared: &'a Comparison<'a>,
    row: &'a ComparisonRow<'a>,
) -> impl Iterator<Item = (&'a Perspective, &'a PerspectiveCell)> {
    let columns = compared.columns.iter().copied();
    columns.zip(row.cells.iter().copied())
}

/// A position in a few words, then what the party says.
fn parts<'a>(
    pack: &Pack,
    row: &ComparisonRow,
    perspective: &Perspective,
    cell: &'a PerspectiveCell,
) -> Vec<CellPart<'a>> {
    match position_words(row.dimension, cell) {
        None => vec![CellPart::Words(vec![Run::ours("silent", Role::Dim)])],
        Some(position) => vec![
            CellPart::Words(vec![Run::new(
                position.title.clone(),
                hue(pack, perspective),
            )]),
            CellPart::Doc(&cell.text),
        ],
    }
}

pub fn by_dimension(library: &Library, id: &str, format: impl Into<PageFormat>) -> Option<Page> {
    let found = compare::by_dimension(library, id)?;
    let mut page = PageBuilder::new(format);
    page.title(found.dimension.question.clone());
    let said: usize = found.groups.iter().map(|(_, h)| h.len()).sum();
    let says = if said == 1 { "says" } else { "say" };
    let silent = match found.silent.len() {
        1 => safe!("1 is silent"),
        n => safe!("{n} are silent"),
    };
    let counted = safe!("{said} {says} something, {silent}.");
    page.text(counted, Role::Dim);
    let link = |page: &mut PageBuilder, p: &Perspective| {
        page.entry_link(p.holder.clone(), Address::new(Kind::Perspectives, &p.id))
    };
    for (position, holders) in &found.groups {
        let heading = safe!("{} · {}", position.title, holders.len());
        page.heading(2, heading, position.id.clone());
        for (perspective, cell) in holders {
            let holder = link(&mut page, perspective);
            page.paragraph_tight(vec![holder]);
            page.doc(&cell.text);
        }
    }
    if !found.silent.is_empty() {
        page.section("Silent", Role::Heading);
        for perspective in found.silent {
            let holder = link(&mut page, perspective);
            page.bullet(vec![holder]);
        }
    }
    Some(page.finish())
}

/// What to type after the short answer.
fn next(library: &Library) -> Vec<(String, SafeText)> {
    let compare = library.count(Kind::Perspectives) > 1;
    let mut lines = Vec::from_iter(compare.then(|| {
        let what = "the two side by side, in their own words";
        ("compare".to_owned(), SafeText::ours(what))
    }));
    lines.extend(library.example_term().map(|term| {
        (
            format!("define {term}"),
            safe!("a term; or just `tozero {term}`"),
        )
    }));
    if library.count(Kind::Lessons) > 0 {
        lines.push(("read 1".to_owned(), SafeText::ours("the first lesson")));
    }
    lines.push(("help".to_owned(), SafeText::ours("everything else")));
    lines
}

/// The short answer: what each says in a paragraph, where they differ, where they agree, what to type next.
pub fn short(library: &Library, ids: &[String], format: PageFormat) -> Page {
    let mut page = PageBuilder::new(format);
    page.page(&answers(library, ids, format));
    page.section("Next", Role::Heading);
    let next = next(library);
    let widest = next
        .iter()
        .map(|(command, _)| measure::width(command))
        .max();
    let cells = widest.unwrap_or_default() + 3;
    for (command, what) in next {
        let command = safe!("tozero {command:cells$}");
        let runs = [Run::new(command, Role::Code), Run::new(what, Role::Text)];
        page.wrapped(&runs, 0, 4);
    }
    page.finish()
}

/// The short answer without what to type next.
pub fn answers(library: &Library, ids: &[String], format: PageFormat) -> Page {
    let compared = compare::compare(library, ids);
    let mut page = PageBuilder::new(format);
    page.title(library.pack().title.clone());
    for view in &compared.columns {
        page.text_tight(view.name.clone(), hue(library.pack(), view));
        page.doc(&view.summary);
        page.blank();
    }
    let parts = [
        ("Where they differ", Relation::Differ),
        ("Where they agree", Relation::Agree),
    ];
    for (heading, relation) in parts {
        let rows = compared.rows.iter().filter(|r| r.relation == relation);
        let rows: Vec<_> = rows.collect();
        if !rows.is_empty() {
            page.section(heading, Role::Heading);
            positions(&mut page, library.pack(), &compared, &rows, relation);
        }
    }
    page.finish()
}

/// Questions with everybody's position in a few words. Where all agree there is one column of words.
fn positions(
    page: &mut PageBuilder,
    pack: &Pack,
    compared: &Comparison,
    rows: &[&ComparisonRow],
    relation: Relation,
) {
    let agreed = relation == Relation::Agree;
    let words = |row: &ComparisonRow, view: &Perspective, cell: &PerspectiveCell| {
        let position = position_words(row.dimension, cell);
        let words = position.map_or(SafeText::ours("silent"), |p| p.title.clone());
        vec![Run::new(words, hue(pack, view))]
    };
    let row = |row: &&ComparisonRow| {
        let all = cells(compared, row).map(|(view, cell)| words(row, view, cell));
        let mut cells = vec![vec![Run::new(row.dimension.question.clone(), Role::Text)]];
        cells.extend(all.take(if agreed { 1 } else { usize::MAX }));
        cells
    };
    let name = |text: SafeText| vec![Run::new(text, Role::Label)];
    let mut head = vec![name(SafeText::ours("Question"))];
    match (agreed, compared.columns.len()) {
        (true, 2) => head.push(name(SafeText::ours("Both"))),
        (true, _) => head.push(name(SafeText::ours("All"))),
        (false, _) => head.extend(compared.columns.iter().map(|p| name(short_name(&p.id)))),
    }
    let rows: Vec<_> = rows.iter().map(row).collect();
    page.table(&[], &head, &rows);
}
