//! The icons and the brand of the pages.

use leptos::prelude::*;

/// The drawing of an icon on a square of 24.
#[derive(Clone, Copy)]
pub(crate) enum Icon {
    Day,
    Person,
    Receipt,
    Bars,
    Stores,
    Menu,
    Back,
    Forward,
    Open,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Day => {
                "M5 5h14a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM4 10h16M8 3v4M16 3v4"
            }
            Self::Person => "M12 12a4 4 0 1 0-.01 0zM5 20a7 7 0 0 1 14 0",
            Self::Receipt => "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
            Self::Bars => "M5 20v-8M12 20V4M19 20v-5",
            Self::Stores => "M4 10v10h16V10M3 10l2-6h14l2 6zM9 20v-5h6v5",
            Self::Menu => "M4 6h16M4 12h16M4 18h16",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Forward => "M9 5l7 7-7 7",
            Self::Open => "M6 9l6 6 6-6",
        }
    }

    /// Renders the icon. A screen reader skips it, because words stand beside it.
    pub(crate) fn view(self) -> impl IntoView + use<> {
        view! {
            <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
                <path d=self.path() />
            </svg>
        }
    }
}

/// Renders Bonex's mark.
pub(crate) fn brand() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M11 7.5v17h6.500a4.750 4.750 0 0 0 0-9.500H11m0 0h5.500a3.750 3.750 0 0 0 0-7.500H11" />
        </svg>
    }
}
