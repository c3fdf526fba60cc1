//! Views that only a browser draws.

use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::no_attrs;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::renderer::{CastFrom, Rndr};
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};

/// Any view that the server never writes, in place of `AnyView`: that one carries the code which takes the view
/// over from the server's page, a quarter of the whole bundle, for screens of which no server's page has one.
pub struct Drawn(Box<dyn FnOnce() -> Box<dyn Mountable> + Send>);

/// What stands on the page.
pub struct OnPage(Box<dyn Mountable>);

/// Makes any view one that only a browser draws.
pub trait Draw {
    fn drawn(self) -> Drawn;
}

impl<V> Draw for V
where
    V: Render + Send + 'static,
    V::State: 'static,
{
    fn drawn(self) -> Drawn {
        Drawn(Box::new(|| Box::new(self.build())))
    }
}

impl Render for Drawn {
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

no_attrs!(Drawn);

impl RenderHtml for Drawn {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    /// The server writes nothing for it.
    fn to_html_with_buf(
        self,
        _: &mut String,
        _: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
    }

    /// Draws it where the page has got to: there is nothing of it to take over.
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
