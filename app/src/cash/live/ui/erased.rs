//! Views that are rendered only in the browser.

use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::renderer::{CastFrom, Rndr};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// A view of any type that the server never renders. It replaces `AnyView`, which contains the code
/// that hydrates a server-rendered view: a quarter of the whole bundle.
pub struct Erased(Box<dyn FnOnce() -> Box<dyn Mountable> + Send>);

/// A rendered view on the page.
pub struct OnPage(Box<dyn Mountable>);

/// A view whose type can be erased, because it is rendered only in the browser.
pub trait Erase {
    fn erased(self) -> Erased;
}

impl<V> Erase for V
where
    V: Render + Send + 'static,
    V::State: 'static,
{
    fn erased(self) -> Erased {
        Erased(Box::new(|| Box::new(self.build())))
    }
}

impl Render for Erased {
    type State = OnPage;

    fn build(self) -> OnPage {
        OnPage((self.0)())
    }

    fn rebuild(self, state: &mut OnPage) {
        let mut view = (self.0)();
        state.0.insert_before_this(&mut *view);
        state.0.unmount();
        state.0 = view;
    }
}

impl Mountable for OnPage {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

no_attrs!(Erased);

impl RenderHtml for Erased {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    /// Writes nothing: the server does not render this view.
    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    /// Renders the view at the current position of the page, because there is no server-rendered
    /// view to hydrate.
    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, _: &PositionState) -> OnPage {
        let mut state = self.build();
        let next = cursor.current();
        if let Some(parent) = Rndr::get_parent(&next).and_then(Element::cast_from) {
            state.mount(&parent, Some(&next));
        }
        state
    }

    fn into_owned(self) -> Self {
        self
    }
}
