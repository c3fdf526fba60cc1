//! The pages of `bonex sandbox-channels`: what the services would have sent, and a form in which a
//! person writes to a bot. For developers, in Russian; no script, one style sheet.

use domain::Timestamp;
use domain::messages::Channel;
use leptos::prelude::*;

use crate::locales::Language;
use crate::ssr::title;
use crate::ui::format::{day, time_with_seconds};

/// The address of the style sheet.
pub const STYLE_URL: &str = "/page.css";

/// The style sheet. It is separate from the web bundle, which the sandbox does not need.
pub const STYLE: &str = include_str!("page.css");

/// A page.
#[derive(Clone, Debug)]
pub struct SandboxPage {
    /// The current moment.
    pub now: Timestamp,
    /// `true`: with the form; `false`: it loads itself anew.
    pub has_form: bool,
    /// The bots that have a webhook.
    pub hooks: Vec<Hook>,
    /// What became of the last update.
    pub told: Option<String>,
    /// The messages, the newest first.
    pub messages: Vec<Shown>,
}

/// A bot with a webhook.
#[derive(Clone, Debug)]
pub struct Hook {
    /// The bot's number.
    pub bot: i64,
    /// The bot's name.
    pub username: String,
    /// Where its updates go.
    pub url: String,
}

/// A message.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The channel.
    pub channel: Channel,
    /// The moment at which it arrived.
    pub at: Timestamp,
    /// The bot, the project or the sender.
    pub from: String,
    /// The chat, the device or the phone.
    pub to: String,
    /// The first line of a push.
    pub title: Option<String>,
    /// The text.
    pub text: String,
    /// The client's phone makes no sound.
    pub is_silent: bool,
    /// The gateway does not show the text to the account's people.
    pub is_confidential: bool,
    /// The buttons of a bot's message.
    pub buttons: Vec<Button>,
}

/// A button of a bot's message.
#[derive(Clone, Debug)]
pub struct Button {
    /// Its label.
    pub label: String,
    /// The page that it opens.
    pub url: Option<String>,
}

/// Renders a page as a whole document.
pub fn html(page: SandboxPage) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| document(page).to_html());
    owner.unset_with_forced_cleanup();
    html
}

fn document(page: SandboxPage) -> impl IntoView {
    let words = if page.has_form {
        "Написать боту"
    } else {
        "Песочница каналов"
    };
    let count = page.messages.len();
    let told = page.told.map(|told| view! { <p role="status">{told}</p> });
    let now = page.now;
    let messages = page.messages.into_iter().map(|shown| message(shown, now));
    let links = if page.has_form {
        view! { <a href="/">"К сообщениям, с обновлением"</a> }.into_any()
    } else {
        view! {
            <a href="/write">"Написать боту"</a>
            <span>"Страница обновляется сама; на «Написать боту» — нет."</span>
        }
        .into_any()
    };
    view! {
        <!DOCTYPE html>
        <html lang="ru">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                {title(words)}
                <link rel="stylesheet" href=STYLE_URL />
                <link rel="icon" href="data:," />
            </head>
            <body>
                <header>
                    <h1>{words}</h1>
                    <p class="warning">
                        "Ничего на самом деле не отправляется: здесь то, что получили бы клиенты."
                    </p>
                    <nav aria-label="Страницы">{links}</nav>
                </header>
                <main>
                    {told} {page.has_form.then(|| form(page.hooks))} <h2>"Сообщения"</h2>
                    {(count == 0).then(|| view! { <p>"Пока ничего не приходило."</p> })}
                    <ol class="messages">{messages.collect_view()}</ol>
                </main>
            </body>
        </html>
    }
}

fn message(shown: Shown, now: Timestamp) -> impl IntoView {
    let channel = match shown.channel {
        Channel::Push => "Push",
        Channel::Telegram => "Telegram",
        Channel::Sms => "SMS",
    };
    let marks = [
        shown.is_silent.then_some("без звука"),
        shown.is_confidential.then_some("шлюз скрывает текст"),
    ];
    let marks = marks.into_iter().flatten();
    let buttons = shown.buttons.into_iter().map(|button| {
        let opens = button
            .url
            .map(|url| view! { <code>{format!(" {url}")}</code> });
        view! { <li>{button.label} {opens}</li> }
    });
    let buttons: Vec<_> = buttons.collect();
    let buttons = (!buttons.is_empty()).then(|| {
        view! { <ul class="buttons" aria-label="Кнопки">{buttons}</ul> }
    });
    let at = format!(
        "{}, {}",
        day(Language::Ru, shown.at, now),
        time_with_seconds(shown.at)
    );
    view! {
        <li>
            <p class="head">
                <b>{channel}</b>
                <span>{format!("{} → {}", shown.from, shown.to)}</span>
                <time datetime=shown.at.to_string()>{at}</time>
                {marks.map(|mark| view! { <span class="mark">{mark}</span> }).collect_view()}
            </p>
            {shown.title.map(|title| view! { <p class="title">{title}</p> })}
            <p class="text">{shown.text}</p>
            {buttons}
        </li>
    }
}

fn form(hooks: Vec<Hook>) -> AnyView {
    if hooks.is_empty() {
        return view! {
            <p>
                "Ни один бот ещё не сказал, куда доставлять сообщения клиентов (setWebhook): \
                писать пока некому."
            </p>
        }
        .into_any();
    }
    let bots = hooks.into_iter().map(|hook| {
        let words = format!("@{} — {}", hook.username, hook.url);
        view! { <option value=hook.bot.to_string()>{words}</option> }
    });
    let choice = |value: &'static str, words: &'static str, is_first: bool| {
        view! {
            <label class="choice">
                <input type="radio" name="what" value=value checked=is_first />
                {words}
            </label>
        }
    };
    view! {
        <form method="post" action="/write">
            <div>
                <label for="bot">"Бот"</label>
                <select id="bot" name="bot">
                    {bots.collect_view()}
                </select>
            </div>
            <div>
                <label for="from">"Номер человека в Telegram"</label>
                <input id="from" name="from" type="number" min="1" required value="700000001" />
            </div>
            <div>
                <label for="name">"Имя"</label>
                <input id="name" name="first_name" required value="Мадина" />
            </div>
            <fieldset>
                <legend>"Что сделать"</legend>
                {choice("text", "Написать текст", true)}
                {choice("contact", "Поделиться номером", false)}
                {choice("block", "Заблокировать бота", false)}
                {choice("unblock", "Разблокировать бота", false)}
            </fieldset>
            <div>
                <label for="text">"Текст"</label>
                <input id="text" name="text" value="/start" />
            </div>
            <div>
                <label for="phone">"Телефон, если поделиться номером"</label>
                <input id="phone" name="phone" type="tel" value="+992900000500" />
            </div>
            <button>"Отправить"</button>
        </form>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_become_markup() {
        let hostile = || "\"><script>&".to_owned();
        let page = html(SandboxPage {
            now: Timestamp::from_micros(0),
            has_form: true,
            hooks: vec![Hook {
                bot: 1,
                username: hostile(),
                url: hostile(),
            }],
            told: Some(hostile()),
            messages: vec![Shown {
                channel: Channel::Telegram,
                at: Timestamp::from_micros(0),
                from: hostile(),
                to: hostile(),
                title: Some(hostile()),
                text: hostile(),
                is_silent: true,
                is_confidential: true,
                buttons: vec![Button {
                    label: hostile(),
                    url: Some(hostile()),
                }],
            }],
        });
        assert!(!page.contains("<script>"), "{page}");
        assert!(page.matches("&lt;script&gt;&amp;").count() >= 9, "{page}");
    }
}
