//! What a bot does for a person who writes to it.

use app::Language;
use app::bot::{BotTexts, balance, of_store, texts};
use backend::membership::{
    self, BindTelegram, BotStore, Dialogue, Join, begin_dialogue, stores_of,
};
use backend::{Error, notifications, stores};
use channels::telegram::{Bot, Keyboard, Message as Outgoing};
use domain::{Phone, Refusal};

use super::update::{Contact, Membership, Message, Update, User};
use crate::app_state::App;

/// The longest terms that a bot sends as they are; Telegram takes 4,096 characters of a message.
const MOST_TERMS: usize = 3_500;

/// An update of one bot.
pub(super) struct Visit<'a> {
    pub(super) app: &'a App,
    /// The name of the bot.
    pub(super) bot: &'a str,
    /// The store of the bot; `None` for the platform's.
    pub(super) own: Option<i64>,
    pub(super) client: &'a Bot,
}

/// The person and the words for them.
struct Guest<'a> {
    user: &'a User,
    language: Language,
    texts: &'static BotTexts,
}

impl<'a> Guest<'a> {
    fn new(user: &'a User) -> Self {
        let language = user.language_code.as_deref().and_then(Language::from_tag);
        let language = language.unwrap_or_default();
        Self {
            user,
            language,
            texts: texts(language),
        }
    }

    fn name(&self) -> Option<String> {
        let parts = [&self.user.first_name, &self.user.last_name];
        let parts: Vec<&str> = parts
            .into_iter()
            .flatten()
            .map(|part| part.trim())
            .collect();
        let name: String = parts.join(" ").trim().chars().take(255).collect();
        (!name.is_empty()).then_some(name)
    }
}

impl Visit<'_> {
    pub(super) async fn serve(&self, update: &Update) -> Result<(), Error> {
        if let Some(change) = &update.my_chat_member {
            return self.note_blocked(change).await;
        }
        let Some(message) = &update.message else {
            return Ok(());
        };
        // A bot has nothing to say in a group, where everybody would read a person's balance.
        let Some(user) = message
            .from
            .as_ref()
            .filter(|_| message.chat.kind == "private")
        else {
            return Ok(());
        };
        let guest = Guest::new(user);
        match (&message.contact, &message.text) {
            (Some(contact), _) => self.connect(&guest, contact).await,
            (None, Some(text)) => self.answer(&guest, message, text).await,
            (None, None) => self.show_balances(&guest).await,
        }
    }

    async fn answer(&self, guest: &Guest<'_>, message: &Message, text: &str) -> Result<(), Error> {
        debug_assert_eq!(message.chat.id, guest.user.id);
        let mut words = text.split_whitespace();
        // In a group a command names its bot: /start@bonex_bot.
        let command = words.next().unwrap_or_default();
        let command = command.split('@').next().unwrap_or_default();
        match command {
            "/start" => self.start(guest, words.next()).await,
            "/stop" => self.stop(guest).await,
            "/privacy" => {
                self.say(guest, guest.texts.privacy.to_owned(), Keyboard::Same)
                    .await
            }
            _ => self.show_balances(guest).await,
        }
    }

    /// Begins with a store: `r_<store>_<code>` of a friend's link, `s_<store>` of the store's own,
    /// or the store of the bot.
    async fn start(&self, guest: &Guest<'_>, parameter: Option<&str>) -> Result<(), Error> {
        self.switch_on(guest).await?;
        let dialogue = match parameter {
            Some(parameter) => parse(parameter),
            None => self.own.map(|tenant_id| Dialogue {
                tenant_id,
                referral: None,
            }),
        };
        let dialogue = dialogue.filter(|asked| self.own.is_none_or(|own| own == asked.tenant_id));
        let Some(dialogue) = dialogue else {
            if parameter.is_some() {
                return self
                    .say(guest, guest.texts.no_store.to_owned(), Keyboard::Same)
                    .await;
            }
            return self.show_balances(guest).await;
        };
        let backend = &self.app.backend;
        let Some(store) = stores::open_name(backend, dialogue.tenant_id).await? else {
            return self
                .say(guest, guest.texts.no_store.to_owned(), Keyboard::Same)
                .await;
        };
        let known = stores_of(backend, self.own, guest.user.id).await?;
        if known
            .iter()
            .any(|known| known.tenant_id == dialogue.tenant_id)
        {
            return self.show_balances(guest).await;
        }
        begin_dialogue(backend, self.bot, guest.user.id, &dialogue).await?;
        let mut text = of_store(guest.texts.ask_contact, &store);
        if let Some(terms) = membership::terms(backend, dialogue.tenant_id).await? {
            let shown: String = terms.text.chars().take(MOST_TERMS).collect();
            text = format!("{text}\n\n{}\n{shown}", guest.texts.terms);
        }
        let share = Keyboard::ShareContact(guest.texts.share.to_owned());
        self.say(guest, text, share).await
    }

    /// Connects the person with the client of their own contact, who joins if need be.
    async fn connect(&self, guest: &Guest<'_>, contact: &Contact) -> Result<(), Error> {
        let backend = &self.app.backend;
        if contact.user_id != Some(guest.user.id) {
            let share = Keyboard::ShareContact(guest.texts.share.to_owned());
            return self
                .say(guest, guest.texts.not_your_contact.to_owned(), share)
                .await;
        }
        let dialogue = membership::dialogue(backend, self.bot, guest.user.id).await?;
        let dialogue = dialogue.or(self.own.map(|tenant_id| Dialogue {
            tenant_id,
            referral: None,
        }));
        let Some(dialogue) = dialogue else {
            return self
                .say(guest, guest.texts.nowhere.to_owned(), Keyboard::Remove)
                .await;
        };
        let tenant_id = dialogue.tenant_id;
        let Some(store) = stores::open_name(backend, tenant_id).await? else {
            return self
                .say(guest, guest.texts.no_store.to_owned(), Keyboard::Remove)
                .await;
        };
        let digits = contact.phone_number.trim_start_matches('+');
        let Ok(phone) = Phone::parse(&format!("+{digits}")) else {
            return self
                .say(
                    guest,
                    guest.texts.foreign_phone.to_owned(),
                    Keyboard::Remove,
                )
                .await;
        };
        let terms = membership::terms(backend, tenant_id).await?;
        let name = guest.name();
        let join = Join {
            tenant_id,
            phone: &phone,
            full_name: name.as_deref(),
            referral: dialogue.referral.as_deref(),
            language: Some(guest.language.tag()),
            terms: terms.map(|terms| terms.version),
            secrets: &backend.secrets,
        };
        let joined = match backend.run(&join).await {
            Ok(joined) => joined,
            Err(Error::Refused(Refusal::ClientBlocked)) => {
                return self
                    .say(guest, guest.texts.blocked.to_owned(), Keyboard::Remove)
                    .await;
            }
            Err(error) => return Err(error),
        };
        let is_new = joined.is_new();
        let bind = BindTelegram {
            tenant_id,
            client_id: joined.into_inner().client_id,
            telegram_id: guest.user.id,
        };
        backend.run(&bind).await?;
        let sentence = if is_new {
            guest.texts.joined
        } else {
            guest.texts.known
        };
        let text = of_store(sentence, &store);
        self.say(guest, text, Keyboard::Remove).await?;
        self.show_balances(guest).await
    }

    /// Shows the balances of all stores of this bot in which the person is a client.
    async fn show_balances(&self, guest: &Guest<'_>) -> Result<(), Error> {
        let backend = &self.app.backend;
        let mut lines = Vec::new();
        for store in stores_of(backend, self.own, guest.user.id).await? {
            let (tenant_id, client_id) = (store.tenant_id, store.client_id);
            let client = notifications::addressee(backend, tenant_id, client_id).await?;
            if let Some(client) = client {
                let (all, available) = (client.balance, client.available);
                lines.push(balance(guest.language, &store.name, all, available));
            }
        }
        let text = if lines.is_empty() {
            guest.texts.nowhere.to_owned()
        } else {
            format!("{}\n\n{}", lines.join("\n"), guest.texts.at_till)
        };
        self.say(guest, text, Keyboard::Same).await
    }

    /// Ends all messages of this bot's stores to the person. Bonuses are not touched.
    async fn stop(&self, guest: &Guest<'_>) -> Result<(), Error> {
        for store in self.stores(guest.user).await? {
            membership::switch_all_off(&self.app.backend, &store).await?;
        }
        self.say(guest, guest.texts.stopped.to_owned(), Keyboard::Same)
            .await
    }

    /// Brings receipts and reminders back for a person who starts the bot again.
    async fn switch_on(&self, guest: &Guest<'_>) -> Result<(), Error> {
        for store in self.stores(guest.user).await? {
            membership::switch_on_again(&self.app.backend, &store).await?;
            membership::set_blocked(&self.app.backend, &store, false).await?;
        }
        Ok(())
    }

    async fn note_blocked(&self, change: &Membership) -> Result<(), Error> {
        let blocks = change.new_chat_member.status == "kicked";
        for store in self.stores(&change.from).await? {
            membership::set_blocked(&self.app.backend, &store, blocks).await?;
        }
        Ok(())
    }

    async fn stores(&self, user: &User) -> Result<Vec<BotStore>, Error> {
        stores_of(&self.app.backend, self.own, user.id).await
    }

    /// Answers the person. An answer that cannot be sent is not tried again: the person can ask
    /// again.
    async fn say(&self, guest: &Guest<'_>, text: String, keyboard: Keyboard) -> Result<(), Error> {
        let message = Outgoing {
            chat_id: guest.user.id,
            text,
            is_silent: false,
            keyboard,
        };
        if let Err(refused) = self.client.send(&message).await {
            let fault = refused.fault().as_str();
            tracing::info!(bot = self.bot, fault, "an answer of a bot cannot be sent");
        }
        Ok(())
    }
}

/// Reads the parameter of a link: `r_<store>_<code>` or `s_<store>`.
fn parse(parameter: &str) -> Option<Dialogue> {
    let mut parts = parameter.split('_');
    let (kind, store, code) = (parts.next()?, parts.next()?, parts.next());
    let tenant_id = store.parse().ok()?;
    match kind {
        "r" => Some(Dialogue {
            tenant_id,
            referral: Some(code?.chars().take(32).collect()),
        }),
        "s" => Some(Dialogue {
            tenant_id,
            referral: None,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_names_a_store_and_perhaps_a_friend() {
        let friend = Dialogue {
            tenant_id: 7,
            referral: Some("2aabcd".to_owned()),
        };
        assert_eq!(parse("r_7_2aabcd"), Some(friend));
        let store = Dialogue {
            tenant_id: 7,
            referral: None,
        };
        assert_eq!(parse("s_7"), Some(store));
        for wrong in ["", "r_7", "r_x_1", "x_7", "s_", "s_99999999999999999999"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }
}
