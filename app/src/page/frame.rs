//! The frame of the console: side menu, top bar, bottom bar.

use leptos::prelude::*;

use super::document::{REFRESH_URL, Title, render};
use super::texts::{Texts, texts};
use crate::forms::post_button;
use crate::locales::Language;
use crate::ui::head::{Head, Weight};
use crate::ui::icons::{Icon, brand};
use crate::ui::states::{Notice, notice};

/// The frame of a page.
pub(crate) struct Frame {
    pub(crate) language: Language,
    /// The name of the place: the store.
    pub(crate) place: String,
    /// The name of the console.
    pub(crate) product: &'static str,
    /// The address of the first page.
    pub(crate) home: String,
    pub(crate) person: String,
    pub(crate) role: &'static str,
    /// The address of the form that signs out.
    pub(crate) sign_out: String,
    /// `true` in the admin console, whose frame is dark, so that the platform is never taken for a
    /// store.
    pub(crate) is_admin: bool,
    /// The sections in groups.
    pub(crate) menu: Vec<Vec<MenuItem>>,
    pub(crate) notices: Vec<Notice>,
    /// `true` if the page brings itself up to date.
    pub(crate) is_live: bool,
}

/// A section in the menu.
#[derive(Clone)]
pub(crate) struct MenuItem {
    pub(crate) words: &'static str,
    pub(crate) href: String,
    pub(crate) is_current: bool,
    /// The icon and the short word in the bottom bar of a phone; `None` puts the section into the
    /// sheet above the bar.
    pub(crate) in_bar: Option<(Icon, &'static str)>,
}

impl Frame {
    /// Renders a page in the frame. The first crumb of its head is the way back on a phone; beside
    /// it stands the nearer page above, or the place. `is_wrong` says that the page shows a form
    /// with problems.
    pub(crate) fn page(self, head: Head, is_wrong: bool, body: AnyView) -> String {
        let language = self.language;
        let words = texts(language);
        let title = Title {
            page: head.title.clone(),
            place: self.place.clone(),
            is_wrong,
        };
        let back = head.crumbs.first().cloned();
        let place = head
            .crumbs
            .get(1)
            .map_or(&self.place, |(words, _)| words)
            .clone();
        let place = back.is_some().then_some(place);
        let class = if self.is_admin {
            "console admin"
        } else {
            "console"
        };
        let head = head.view(words.path);
        let script = self
            .is_live
            .then(|| view! { <script defer src=REFRESH_URL></script> });
        render(language, &title, class, move || {
            view! {
                <a class="skip button" href="#main">
                    {words.skip}
                </a>
                {side(&self, words)}
                {top(&self, back, place)}
                <main class="main" id="main">
                    {head}
                    {self.notices.iter().map(notice).collect_view()}
                    {body}
                </main>
                {bar(self, words)}
                {script}
            }
        })
    }
}

fn side(frame: &Frame, words: &'static Texts) -> AnyView {
    let group = |items: &Vec<MenuItem>| {
        let items = items.iter().map(menu_link).collect_view();
        view! { <div>{items}</div> }
    };
    view! {
        <header class="side">
            <div class="side-inner">
                <a class="side-brand" href=frame.home.clone()>
                    {brand()}
                    <span>
                        <b>{frame.place.clone()}</b>
                        <span class="small muted">{frame.product}</span>
                    </span>
                </a>
                <nav aria-label=words.sections>{frame.menu.iter().map(group).collect_view()}</nav>
                <div class="side-who">
                    <span class="strong">{frame.person.clone()}</span>
                    {who(frame, words)}
                </div>
            </div>
        </header>
    }
    .into_any()
}

fn who(frame: &Frame, words: &'static Texts) -> AnyView {
    view! {
        <div class="who-line">
            <span class="small muted">{frame.role}</span>
            {post_button(Weight::Link, frame.sign_out.clone(), words.sign_out, &[])}
        </div>
    }
    .into_any()
}

fn menu_link(item: &MenuItem) -> impl IntoView + use<> {
    view! {
        <a href=item.href.clone() aria-current=item.is_current.then_some("page")>
            {item.words}
        </a>
    }
}

fn top(frame: &Frame, back: Option<(String, String)>, place: Option<String>) -> AnyView {
    let way = match back {
        Some((words, href)) => view! {
            <a class="top-back" href=href>
                {Icon::Back.view()}
                <span>{words}</span>
            </a>
        }
        .into_any(),
        None => view! {
            <a class="top-brand" href=frame.home.clone()>
                {brand()}
                <span>{frame.place.clone()}</span>
            </a>
        }
        .into_any(),
    };
    view! {
        <header class="top">
            {way} {place.map(|place| view! { <span class="top-where">{place}</span> })}
        </header>
    }
    .into_any()
}

fn bar(frame: Frame, words: &'static Texts) -> AnyView {
    let leaves = who(&frame, words);
    let person = frame.person;
    let sections = || frame.menu.iter().flatten();
    let in_bar = sections().filter_map(|item| {
        let (icon, words) = item.in_bar?;
        let view = view! {
            <a href=item.href.clone() aria-current=item.is_current.then_some("page")>
                {icon.view()}
                <span>{words}</span>
            </a>
        };
        Some(view)
    });
    let in_bar = in_bar.collect_view();
    let others: Vec<_> = sections().filter(|item| item.in_bar.is_none()).collect();
    let is_current = others.iter().any(|item| item.is_current);
    view! {
        <nav class="bar" aria-label=words.main_sections>
            {in_bar}
            <details>
                <summary aria-current=is_current.then_some("true")>
                    {Icon::Menu.view()} <span>{words.more}</span>
                </summary>
                <div class="more">
                    {others.into_iter().map(menu_link).collect_view()}
                    <div class="more-who">
                        <span class="strong">{person}</span>
                        {leaves}
                    </div>
                </div>
            </details>
        </nav>
    }
    .into_any()
}
