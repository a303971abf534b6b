//! A page that is laid out again only when what it shows, or how, has changed.

use std::sync::Arc;

use ratatui::layout::Rect;

use crate::app::widget::viewport::Viewport;
use crate::layout::Page;

/// A viewport with what its page is of: a subject, such as an entry, and the options it was laid out with, such as a
/// width. The same subject in other options keeps its place; another subject starts at its top.
#[derive(Debug)]
pub struct Pane<S, O> {
    pub viewport: Viewport,
    subject: Option<S>,
    /// `None` when the page must be laid out again.
    options: Option<O>,
}

impl<S, O> Default for Pane<S, O> {
    fn default() -> Self {
        Self {
            viewport: Viewport::default(),
            subject: None,
            options: None,
        }
    }
}

impl<S: PartialEq, O: PartialEq> Pane<S, O> {
    /// Shows the page of a subject in an area; `page` lays it out when it must be.
    pub fn show(&mut self, subject: S, options: O, area: Rect, page: impl FnOnce(&S, &O) -> Page) {
        let same = self.subject.as_ref() == Some(&subject);
        if same && self.options.as_ref() == Some(&options) {
            self.viewport.show_again();
        } else {
            self.viewport.show(Arc::new(page(&subject, &options)), same);
            (self.subject, self.options) = (Some(subject), Some(options));
        }
        self.viewport.layout(area);
    }

    /// Shows nothing, in no cells or in some.
    pub fn show_nothing(&mut self, area: Rect) {
        self.viewport.show(Arc::default(), false);
        (self.subject, self.options) = (None, None);
        self.viewport.layout(area);
    }

    pub fn subject(&self) -> Option<&S> {
        self.subject.as_ref()
    }

    /// Whether the page must be laid out again whatever is shown next.
    pub fn is_stale(&self) -> bool {
        self.options.is_none()
    }

    /// The page must be laid out again, at the same place.
    pub fn invalidate(&mut self) {
        self.options = None;
    }

    /// Whatever shows next is another page.
    pub fn forget(&mut self) {
        (self.subject, self.options) = (None, None);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::{PageBuilder, Role, Run};

    fn page(words: &str, rows: usize) -> Page {
        let mut builder = PageBuilder::new(20);
        for _ in 0..rows {
            builder.paragraph(vec![Run::new(words.to_owned(), Role::Text)]);
        }
        builder.finish()
    }

    /// How often pages were laid out, and the first row that shows, after each pair of subject and option.
    fn tops(
        pane: &mut Pane<&'static str, u8>,
        pairs: &[(&'static str, u8)],
    ) -> (usize, Vec<usize>) {
        let mut laid_out = 0;
        let area = Rect::new(0, 0, 20, 3);
        let mut tops = Vec::new();
        for (subject, option) in pairs {
            pane.show(subject, *option, area, |subject, _| {
                laid_out += 1;
                page(subject, 9)
            });
            tops.push(pane.viewport.top);
            pane.viewport.scroll(2);
        }
        (laid_out, tops)
    }

    #[test]
    fn a_page_is_laid_out_once_and_keeps_its_place_in_other_options() {
        let mut pane = Pane::default();
        assert_eq!(
            tops(&mut pane, &[("a", 1), ("a", 1), ("a", 2)]),
            (2, vec![0, 2, 4])
        );
        assert_eq!(tops(&mut pane, &[("b", 2), ("a", 2)]), (2, vec![0, 0]));
        assert_eq!(pane.subject(), Some(&"a"));
    }

    #[test]
    fn an_invalid_page_is_laid_out_again_at_its_place_a_forgotten_one_at_its_top() {
        let mut pane = Pane::default();
        tops(&mut pane, &[("a", 1)]);
        pane.invalidate();
        assert_eq!(tops(&mut pane, &[("a", 1)]), (1, vec![2]));
        pane.forget();
        assert!(pane.is_stale());
        assert_eq!(tops(&mut pane, &[("a", 1)]), (1, vec![0]));
        pane.show_nothing(Rect::new(0, 0, 5, 5));
        assert_eq!((pane.subject(), pane.viewport.page.rows.len()), (None, 0));
    }
}
