//! One message: whether it still makes sense, where it goes, and what its channels say.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use app::Language;
use app::messages::{About, Message};
use backend::channels::{self as settings, Configured, MessageSettings};
use backend::notifications::{self, Addressee, Claimed, Ending, Notification, Skip};
use backend::{Backend, Error};
use channels::{Fault, NotAccepted};
use domain::messages::{Channel, Reach, Spread, retry_seconds};
use domain::{Money, Timestamp};

use super::pace::Pace;
use super::services::{Services, of};
use super::words::message_of;
use crate::telemetry::Metrics;

/// The wait for a channel that is stopped until a person mends it, in seconds.
const STOPPED_SECONDS: i64 = 5 * 60;
/// The least amount worth an SMS.
const LEAST_BY_SMS: Money = Money::from_dirams(100);

/// Sends messages one by one.
pub(super) struct Delivery {
    pub(super) backend: Backend,
    pub(super) services: Services,
    metrics: Metrics,
    pub(super) pace: Pace,
    /// Until when the platform's own channels are paused. Those of stores are in the database.
    paused: Mutex<HashMap<Channel, Timestamp>>,
}

/// A message on its way, and everything that its channels need.
pub(super) struct Outgoing<'a> {
    pub(super) claimed: &'a Claimed,
    pub(super) to: &'a Addressee,
    pub(super) channels: &'a [Configured],
    pub(super) language: Language,
    pub(super) message: Message,
    pub(super) about: About,
}

/// What a channel leaves for later.
struct Later {
    at: Timestamp,
    fault: Fault,
    is_failure: bool,
    is_unsure: bool,
}

impl Delivery {
    pub(super) fn new(backend: Backend, services: Services, metrics: Metrics) -> Self {
        Self {
            backend,
            services,
            metrics,
            pace: Pace::default(),
            paused: Mutex::default(),
        }
    }

    /// Sends a message. Returns it with what became of it; `None` if the database fails, and then
    /// its lease ends.
    pub(super) async fn deliver(&self, mut message: Claimed) -> Option<(Claimed, Ending)> {
        match self.attempt(&mut message).await {
            Ok(ending) => Some((message, ending)),
            Err(error) => {
                tracing::warn!(%error, tenant_id = message.tenant_id, "a message waits");
                None
            }
        }
    }

    async fn attempt(&self, message: &mut Claimed) -> Result<Ending, Error> {
        let (backend, now) = (&self.backend, self.backend.clock.now());
        let kind = message.notification.kind();
        if message.notification.ends_at(message.since) <= now {
            return Ok(Ending::Expired);
        }
        let allowed = kind.allowed_from(now);
        if allowed > now {
            return Ok(later_at(allowed));
        }
        let tenant_id = message.tenant_id;
        let found = notifications::addressee(backend, tenant_id, message.client_id).await?;
        let Some(to) = found.filter(|to| !to.is_blocked) else {
            return Ok(Ending::Skipped(Skip::Blocked));
        };
        let channels = settings::channels(backend, tenant_id).await?;
        let rules = settings::message_settings(backend, tenant_id).await?;
        let mut words = message_of(&message.notification);
        if let Message::Expiring { bonus, at } = &mut words {
            let (left, first) =
                notifications::ending_on(backend, tenant_id, to.client_id, *at).await?;
            if left.is_zero() {
                return Ok(Ending::Skipped(Skip::Outdated));
            }
            (*bonus, *at) = (left, first.unwrap_or(*at));
        }
        let reach = self.reach(message, &to, &channels, &rules, &words).await?;
        let (spread, ways) = reach.channels(kind);
        if ways.is_empty() {
            let skip = if reach.is_off(kind) {
                Skip::OptedOut
            } else {
                Skip::NoChannel
            };
            return Ok(Ending::Skipped(skip));
        }
        let place = match &message.notification {
            Notification::Sale { sale_id, .. } => {
                notifications::place_of_sale(backend, tenant_id, *sale_id).await?
            }
            _ => None,
        };
        let claimed = message.clone();
        let outgoing = Outgoing {
            claimed: &claimed,
            language: to
                .language
                .as_deref()
                .and_then(Language::from_tag)
                .unwrap_or_default(),
            message: words,
            about: About {
                store: to.store.clone(),
                place,
                balance: to.balance,
                available: to.available,
                now,
            },
            to: &to,
            channels: &channels,
        };
        self.send(message, &outgoing, spread, &ways).await
    }

    /// Returns how a client can be reached for this message.
    async fn reach(
        &self,
        message: &Claimed,
        to: &Addressee,
        channels: &[Configured],
        rules: &MessageSettings,
        words: &Message,
    ) -> Result<Reach, Error> {
        // Whoever has the former number is told by SMS there; the app and Telegram are the
        // client's, who is told once.
        let is_to_new = matches!(
            &message.notification,
            Notification::PhoneChanged { to, old_phone, .. } if to != old_phone
        );
        let has_sms = match words {
            Message::PhoneChanged { .. } => {
                of(channels, Channel::Sms).is_some() || self.services.platform_gateway().is_some()
            }
            Message::Expiring { bonus, .. }
                if rules.sms_reminders && of(channels, Channel::Sms).is_some() =>
            {
                let sent =
                    notifications::sms_of_a_month(&self.backend, message.tenant_id, to.client_id);
                let (to_client, of_store) = sent.await?;
                *bonus >= LEAST_BY_SMS
                    && to_client < rules.sms_a_client
                    && of_store < rules.sms_a_month
            }
            _ => false,
        };
        let has_bot =
            of(channels, Channel::Telegram).is_some() || self.services.platform_token().is_some();
        Ok(Reach {
            has_device: !is_to_new
                && !to.devices.is_empty()
                && of(channels, Channel::Push).is_some(),
            has_telegram: !is_to_new && to.telegram_id.is_some() && has_bot,
            has_sms: has_sms && to.phone.is_some(),
            receipts_off: to.receipts_off,
            reminders_off: to.reminders_off,
            offers_on: to.offers_on,
            receipts_first: rules.receipts_first,
        })
    }

    /// Sends to the channels that are not done yet.
    async fn send(
        &self,
        message: &mut Claimed,
        outgoing: &Outgoing<'_>,
        spread: Spread,
        ways: &[Channel],
    ) -> Result<Ending, Error> {
        let (mut later, mut last_fault) = (None::<Later>, None);
        let (mut reference, mut sms_parts) = (None, 0);
        for channel in ways.iter().copied() {
            if message.done.has(channel) {
                continue;
            }
            if let Some(wait) = self.wait_of(outgoing, channel) {
                later.get_or_insert(wait);
                match spread {
                    Spread::All => continue,
                    Spread::First => break,
                }
            }
            let answer = self.send_by(outgoing, channel).await;
            self.count(channel, answer.as_ref().err().copied());
            match answer {
                Ok(accepted) => {
                    message.done.accepted.push(channel);
                    self.note(outgoing, channel, None).await?;
                    reference = accepted.reference.or(reference);
                    sms_parts += accepted.parts;
                    if spread == Spread::First {
                        break;
                    }
                }
                Err(refused) => {
                    self.note(outgoing, channel, Some(refused)).await?;
                    last_fault = Some(refused.fault());
                    match self.later(message, refused) {
                        Some(again) => {
                            later = Some(again);
                            if spread == Spread::First {
                                break;
                            }
                        }
                        None => message.done.refused.push(channel),
                    }
                }
            }
        }
        let is_done = spread == Spread::First && !message.done.accepted.is_empty();
        Ok(match later.filter(|_| !is_done) {
            Some(later) => Ending::Again {
                at: later.at,
                fault: Some(later.fault.as_str()),
                is_failure: later.is_failure,
                is_unsure: later.is_unsure,
                sms_parts,
            },
            None if !message.done.accepted.is_empty() => Ending::Sent {
                reference,
                sms_parts,
            },
            None => Ending::Failed(last_fault.unwrap_or(Fault::Refused).as_str()),
        })
    }

    /// Returns when and how a refused message is tried again; `None` if this channel is done.
    fn later(&self, message: &Claimed, refused: NotAccepted) -> Option<Later> {
        let now = self.backend.clock.now();
        let after = |seconds: i64, is_failure: bool, is_unsure: bool| {
            Some(Later {
                at: now.plus_seconds(seconds),
                fault: refused.fault(),
                is_failure,
                is_unsure,
            })
        };
        let failures = u32::try_from(message.failures + 1).unwrap_or(u32::MAX);
        match refused {
            NotAccepted::Wait(wait) => {
                let seconds = i64::try_from(wait.as_secs()).unwrap_or(60);
                after(seconds, false, false)
            }
            NotAccepted::Settings(_) => after(STOPPED_SECONDS, false, false),
            NotAccepted::Later(_) => after(retry_seconds(failures, jitter()), true, false),
            NotAccepted::Unsure(_) => after(retry_seconds(failures, jitter()), true, true),
            NotAccepted::Address(_) | NotAccepted::Message(_) => None,
        }
    }

    /// Returns the end of a channel's pause as a wait.
    fn wait_of(&self, outgoing: &Outgoing<'_>, channel: Channel) -> Option<Later> {
        let now = self.backend.clock.now();
        let (until, fault) = if let Some(own) = of(outgoing.channels, channel) {
            let pause = own.paused.as_ref()?;
            let until = pause.until.unwrap_or(now.plus_seconds(STOPPED_SECONDS));
            (until, Fault::parse(&pause.fault))
        } else {
            let paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
            let until = paused.get(&channel).copied();
            (until.filter(|until| *until > now)?, None)
        };
        Some(Later {
            at: until,
            fault: fault.unwrap_or(Fault::TooMany),
            is_failure: false,
            is_unsure: false,
        })
    }

    /// Notes what a channel's answer says of the channel, and of the client's address.
    async fn note(
        &self,
        outgoing: &Outgoing<'_>,
        channel: Channel,
        refused: Option<NotAccepted>,
    ) -> Result<(), Error> {
        let (backend, tenant_id) = (&self.backend, outgoing.claimed.tenant_id);
        let is_own = of(outgoing.channels, channel).is_some();
        let Some(refused) = refused else {
            if is_own {
                settings::note_success(backend, tenant_id, channel).await?;
            }
            return Ok(());
        };
        let fault = refused.fault().as_str();
        match refused {
            NotAccepted::Address(_) if channel == Channel::Telegram => {
                let telegram_id = outgoing.to.telegram_id.unwrap_or_default();
                let client_id = outgoing.to.client_id;
                notifications::block_telegram(backend, tenant_id, client_id, telegram_id).await
            }
            NotAccepted::Wait(wait) => {
                let seconds = i64::try_from(wait.as_secs()).unwrap_or(60);
                if is_own {
                    return settings::pause(backend, tenant_id, channel, fault, seconds).await;
                }
                self.pause_platform(channel, seconds);
                Ok(())
            }
            NotAccepted::Settings(_) if is_own => {
                tracing::warn!(
                    tenant_id,
                    channel = channel.as_str(),
                    fault,
                    "a channel is stopped"
                );
                settings::stop(backend, tenant_id, channel, fault).await
            }
            NotAccepted::Settings(_) => {
                tracing::error!(
                    channel = channel.as_str(),
                    fault,
                    "the platform's channel fails"
                );
                self.pause_platform(channel, STOPPED_SECONDS);
                Ok(())
            }
            NotAccepted::Later(_) | NotAccepted::Unsure(_) if is_own => {
                settings::note_failure(backend, tenant_id, channel, fault).await
            }
            NotAccepted::Address(_)
            | NotAccepted::Message(_)
            | NotAccepted::Later(_)
            | NotAccepted::Unsure(_) => Ok(()),
        }
    }

    fn pause_platform(&self, channel: Channel, seconds: i64) {
        let until = self.backend.clock.now().plus_seconds(seconds);
        let mut paused = self.paused.lock().unwrap_or_else(PoisonError::into_inner);
        paused.insert(channel, until);
    }

    fn count(&self, channel: Channel, refused: Option<NotAccepted>) {
        let outcome = refused.map_or("sent", |refused| refused.fault().as_str());
        self.metrics.messaged(channel.as_str(), outcome);
    }
}

const fn later_at(at: Timestamp) -> Ending {
    Ending::Again {
        at,
        fault: None,
        is_failure: false,
        is_unsure: false,
        sms_parts: 0,
    }
}

/// Returns a random number up to a million.
fn jitter() -> u32 {
    let bytes = backend::secrets::random_bytes::<4>().unwrap_or_default();
    u32::from_be_bytes(bytes) % 1_000_001
}
