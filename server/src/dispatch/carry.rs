//! One message by one channel.

use app::messages::{chat, push, sms};
use backend::notifications::{self, Notification};
use channels::osonsms::{Sms, txn_id};
use channels::{Accepted, Fault, NotAccepted, fcm, telegram};
use domain::messages::{Channel, MessageKind};
use tokio::task::JoinSet;

use super::deliver::{Delivery, Outgoing};
use super::services::{SavedGateway, of};

/// The number that stands for the platform's bot.
const PLATFORM: i64 = 0;

impl Delivery {
    pub(super) async fn send_by(
        &self,
        outgoing: &Outgoing<'_>,
        channel: Channel,
    ) -> Result<Accepted, NotAccepted> {
        match channel {
            Channel::Push => self.send_push(outgoing).await,
            Channel::Telegram => self.send_telegram(outgoing).await,
            Channel::Sms => self.send_sms(outgoing).await,
        }
    }

    async fn send_telegram(&self, outgoing: &Outgoing<'_>) -> Result<Accepted, NotAccepted> {
        let own = of(outgoing.channels, Channel::Telegram);
        let (number, bot) = match own {
            Some(own) => (outgoing.claimed.tenant_id, self.services.bot(&own.settings)),
            None => (PLATFORM, self.services.platform_bot()),
        };
        let bot = bot.ok_or(NotAccepted::Settings(Fault::BotToken))?;
        let chat_id = outgoing.to.telegram_id.unwrap_or_default();
        self.pace.turn(number, chat_id).await;
        let message = telegram::Message {
            chat_id,
            text: chat(outgoing.language, &outgoing.message, &outgoing.about),
            // An earlier attempt may have arrived.
            is_silent: outgoing.claimed.unsure > 1,
            keyboard: telegram::Keyboard::Same,
        };
        bot.send(&message).await
    }

    async fn send_sms(&self, outgoing: &Outgoing<'_>) -> Result<Accepted, NotAccepted> {
        let gateway = if let Some(own) = of(outgoing.channels, Channel::Sms) {
            let saved: SavedGateway = serde_json::from_str(&own.settings)
                .map_err(|_| NotAccepted::Settings(Fault::SmsKey))?;
            self.services.gateway(saved)
        } else {
            let platform = self.services.platform_gateway();
            platform.ok_or(NotAccepted::Settings(Fault::SmsKey))?
        };
        let text = sms(outgoing.language, &outgoing.message, &outgoing.about);
        let text = text.ok_or(NotAccepted::Message(Fault::Refused))?;
        let phone = match &outgoing.claimed.notification {
            Notification::PhoneChanged { to, .. } => Some(to.as_str()),
            _ => outgoing.to.phone.as_deref(),
        };
        let claimed = outgoing.claimed;
        let sms = Sms {
            phone: phone.ok_or(NotAccepted::Message(Fault::Refused))?,
            text: &text,
            txn_id: &txn_id(claimed.tenant_id, &claimed.subject),
            is_confidential: false,
        };
        gateway.send(&sms).await
    }

    /// Sends to all devices at once. It is accepted if one of them accepts it; devices without the
    /// app are forgotten.
    async fn send_push(&self, outgoing: &Outgoing<'_>) -> Result<Accepted, NotAccepted> {
        let tenant_id = outgoing.claimed.tenant_id;
        let own = of(outgoing.channels, Channel::Push);
        let project = own.and_then(|own| self.services.project_of(tenant_id, &own.settings));
        let project = project.ok_or(NotAccepted::Settings(Fault::AccountKey))?;
        let text = push(outgoing.language, &outgoing.message, &outgoing.about);
        let now = self.backend.clock.now().micros() / 1_000_000;
        let mut sending = JoinSet::new();
        for device in outgoing.to.devices.iter().cloned() {
            let (project, text) = (project.clone(), text.clone());
            let (tag, kind) = (outgoing.claimed.subject.clone(), kind_of(outgoing));
            sending.spawn(async move {
                let push = fcm::Push {
                    device: &device,
                    title: &text.title,
                    body: &text.body,
                    tag: &tag,
                    kind,
                };
                let answer = project.send(&push, now).await;
                (device, answer)
            });
        }
        let (mut accepted, mut refused) = (None, None);
        while let Some(Ok((device, answer))) = sending.join_next().await {
            match answer {
                Ok(taken) => accepted = Some(taken),
                Err(NotAccepted::Address(fault)) => {
                    refused.get_or_insert(NotAccepted::Address(fault));
                    let client_id = outgoing.to.client_id;
                    let forgotten =
                        notifications::forget_device(&self.backend, tenant_id, client_id, &device);
                    if let Err(error) = forgotten.await {
                        tracing::warn!(%error, "cannot forget a device");
                    }
                }
                // What may still succeed decides over what never will.
                Err(other) => refused = Some(other),
            }
        }
        accepted.ok_or(refused.unwrap_or(NotAccepted::Address(Fault::AppRemoved)))
    }
}

fn kind_of(outgoing: &Outgoing<'_>) -> &'static str {
    match outgoing.claimed.notification.kind() {
        MessageKind::Receipt => "receipt",
        MessageKind::Welcome => "welcome",
        MessageKind::Phone => "phone",
        MessageKind::Reminder => "reminder",
        MessageKind::Offer => "offer",
    }
}
