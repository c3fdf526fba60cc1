//! The start page: a description of Bonex, the state of this server, and links to the other pages.

use leptos::prelude::*;

use crate::health::HealthCard;
use crate::locales::Language;

/// The content of `<body>`: the same tree on the server and in the browser.
#[component]
pub fn App(language: Language) -> impl IntoView {
    let texts = &language.texts().start;
    view! {
        <main class="page">
            <header class="hero">
                <h1>{texts.name}</h1>
                <p class="lead">{texts.lead}</p>
            </header>
            <ul class="facts">
                {texts
                    .facts
                    .iter()
                    .map(|&(heading, sentence)| {
                        view! {
                            <li>
                                <h2>{heading}</h2>
                                <p>{sentence}</p>
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            <div class="columns">
                <HealthCard texts=&language.texts().health />
                <nav class="card" aria-labelledby="links">
                    <h2 id="links">{texts.links_heading}</h2>
                    <ul class="links">
                        {texts
                            .links
                            .iter()
                            .map(|&(href, name, purpose)| {
                                view! {
                                    <li>
                                        <a href=href>
                                            <span class="link-name">{name}</span>
                                            <span class="note">{purpose}</span>
                                        </a>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </nav>
            </div>
        </main>
    }
}
