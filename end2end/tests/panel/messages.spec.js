// Messages to clients, with JavaScript off: the owner connects the channels, a purchase and a
// reminder arrive, and one that was refused is sent again. The services are those of the sandbox.

import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";

import { expect, expectFit, test as base } from "../../fixtures.js";
import { signIn } from "../../panel.js";
import { botToken, startSandbox } from "../../sandbox.js";
import { startServer } from "../../server.js";

/** The bots of the platform and of the store. */
const [PLATFORM, OWN] = [100000001, 110201543];
const ACCOUNT = readFileSync(new URL("../../../channels/tests/account.json", import.meta.url), "utf8");
const CHANNELS = "/panel/settings/channels";
const HOUR = 3600;

/** Returns the seconds until it is noon in Dushanbe, because reminders do not come at night. */
function untilNoon() {
  const ofDay = (Math.floor(Date.now() / 1000) + 5 * HOUR) % (24 * HOUR);
  return (12 * HOUR - ofDay + 24 * HOUR) % (24 * HOUR);
}

const test = base.extend({
  sandbox: [
    async ({ secondsAhead }, use) => {
      const sandbox = await startSandbox({ secondsAhead });
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: "worker" },
  ],

  secondsAhead: [async ({}, use) => use(untilNoon()), { scope: "worker" }],

  server: [
    async ({ engine, sandbox, secondsAhead }, use) => {
      const server = await startServer({ engine, secondsAhead, env: sandbox.env(PLATFORM) });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],

  /** Lets bots reach the client of this number in a chat. Returns the client. */
  reach: async ({ server, demo }, use) =>
    use((index, chat = 700_000_000 + Math.floor(Math.random() * 10_000_000)) => {
      const { phone } = demo.clients[index];
      const client = `tenant_id = ${STORE} AND phone = '${phone}'`;
      const [{ id }] = server.rows(`SELECT id FROM clients WHERE ${client}`);
      server.write(
        `UPDATE clients SET telegram_id = ${chat}, telegram_blocked_at = NULL, is_reachable = 1 WHERE ${client}`,
      );
      return { id, phone, chat };
    }),
});

/** The first store of the demo. */
const STORE = 1;

test.use({ javaScriptEnabled: false });

const main = (page) => page.getByRole("main");
const channel = (page, name) => main(page).locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });
const row = (page, number) => main(page).locator("tbody tr").nth(number);

/** Fills in the form of a channel and sends it. */
async function connect(section, values) {
  const summary = section.locator("summary");
  if ((await section.locator("details").getAttribute("open")) === null) await summary.click();
  for (const [label, value] of Object.entries(values)) await section.getByLabel(label).fill(value);
  await section.getByRole("button", { name: "Сохранить" }).click();
}

async function check(section) {
  await section.getByRole("button", { name: "Проверить" }).click();
  return section.getByRole("status");
}

/** Sells as a till. Returns what the till was answered. */
async function sell(request, demo, phone, total) {
  const answer = await request.post("/api/v1/cashier/sale", {
    headers: {
      "X-Tenant-Token": demo.tenant_token,
      "X-Cashier-Token": demo.cashiers[0].token,
      "X-Device-Id": "messages-spec",
    },
    data: { client_phone: phone, external_sale_id: randomUUID(), total_amount: total },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).data;
}

/** Waits until a message of this text arrives for somebody. Returns it. */
async function arrived(sandbox, to, text) {
  const find = async () => (await sandbox.messages()).find((message) => message.to === `${to}` && text.test(message.text));
  await expect.poll(find, { timeout: 20_000 }).toBeTruthy();
  return find();
}

/** Opens «Сообщения» until its first row says this. */
async function untilFirst(page, ...words) {
  await expect(async () => {
    await page.goto("/panel/messages");
    for (const text of words) await expect(row(page, 0)).toContainText(text, { timeout: 500 });
  }).toPass({ timeout: 20_000 });
}

test("the owner connects three channels, and each says what is wrong and that it works", async ({
  page,
  server,
  sandbox,
  demo,
  request,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 422/);
  await signIn(page, demo.panel);
  await page.goto("/panel/messages");
  await page.getByRole("link", { name: "Каналы" }).click();
  await expect(page).toHaveURL(new RegExp(`${CHANNELS}$`));

  const telegram = channel(page, "Telegram");
  await expect(telegram).toContainText("общий бот Bonex");
  await connect(telegram, { "Токен бота": "hello" });
  await expect(page.getByRole("alert")).toContainText("это не токен бота");
  await connect(telegram, { "Токен бота": botToken(OWN).slice(0, -1) });
  await expect(page.getByRole("alert")).toContainText("токен бота не подходит или отозван");
  await connect(telegram, { "Токен бота": botToken(OWN) });
  await expect(main(page)).toContainText("Канал сохранён.");
  await expect(telegram).toContainText(`@sandbox_${OWN}_bot`);
  await expect(await check(telegram)).toContainText("Канал работает.");

  const push = channel(page, "Приложение");
  await connect(push, { "Файл сервисного аккаунта": "{}" });
  await expect(page.getByRole("alert")).toContainText("это не файл сервисного аккаунта");
  const foreign = JSON.stringify({ ...JSON.parse(ACCOUNT), project_id: "other-project" });
  await connect(push, { "Файл сервисного аккаунта": foreign });
  await expect(page.getByRole("alert")).toContainText("нельзя отправлять в этом проекте");
  await connect(push, { "Файл сервисного аккаунта": ACCOUNT });
  await expect(push).toContainText("bonex-test");
  await expect(await check(push)).toContainText("Канал работает.");

  const sms = channel(page, "SMS");
  const account = { Логин: "faravon", "Имя отправителя": "FARAVON" };
  await connect(sms, { ...account, "Токен или хеш": "short" });
  await expect(page.getByRole("alert")).toContainText("логин или ключ OsonSMS не подходит");
  await expect(sms.getByLabel("Логин")).toHaveValue("faravon");
  await connect(sms, { ...account, "Токен или хеш": "0123456789abcdef" });
  await expect(sms).toContainText("faravon · FARAVON");
  await expect(await check(sms)).toContainText("Канал работает. На счёте 250,75 сом.");

  const html = await page.content();
  for (const secret of [botToken(OWN), "BEGIN PRIVATE KEY", "0123456789abcdef"]) expect(html).not.toContain(secret);
  // The checks have sent nothing to anybody.
  expect((await sandbox.messages()).filter((message) => message.from !== `@sandbox_${PLATFORM}_bot`)).toEqual([]);

  // A client with the app gets a notification.
  const { phone } = demo.clients[2];
  const device = `dev:${randomUUID()}`;
  const [{ id }] = server.rows(`SELECT id FROM clients WHERE tenant_id = ${STORE} AND phone = '${phone}'`);
  server.write(
    `INSERT INTO client_devices (tenant_id, token, client_id, platform, created_at)
     VALUES (${STORE}, '${device}', ${id}, 'android', 0)`,
  );
  server.write(`UPDATE clients SET is_reachable = 1 WHERE tenant_id = ${STORE} AND id = ${id}`);
  await sell(request, demo, phone, 300);
  const shown = await arrived(sandbox, device, /Покупка 300,00/);
  expect([shown.channel, shown.from]).toEqual(["push", "bonex-test"]);
  await untilFirst(page, "Отправлено", "Приложение");

  await page.goto("/panel/journal");
  await expect(main(page)).toContainText(`Канал сообщений настроен: telegram @sandbox_${OWN}_bot`);
});

test("a purchase arrives, and one that was refused is sent again", async ({ page, server, sandbox, demo, request, reach }) => {
  const client = reach(0);
  await signIn(page, demo.panel);
  await sell(request, demo, client.phone, 200);
  const message = await arrived(sandbox, client.chat, /Покупка 200,00/);
  const [store] = server.rows(`SELECT name FROM tenants WHERE id = ${STORE}`);
  const lines = message.text.replaceAll("\u00a0", " ").split("\n");
  expect(lines[0]).toContain(store.name);
  expect(lines[1]).toBe("Покупка 200,00 с.");
  expect(lines[2]).toBe("Начислено 10,00 бонуса");
  expect(lines[3]).toMatch(/^Бонусов: \d+,\d\d, из них доступно \d+,\d\d$/);
  await untilFirst(page, "Покупка", "Отправлено", "Telegram");

  // The client blocks the bot, and the server has not heard of it: the message fails and says why.
  const bot = Number(message.from.match(/\d+/)[0]);
  await sandbox.write({ bot, from: client.chat, what: "block" });
  reach(0, client.chat);
  await sell(request, demo, client.phone, 210);
  await untilFirst(page, "Покупка", "Не дошло", "Клиент остановил бота.");
  await page.getByRole("link", { name: /^Не дошло/ }).click();
  await expect(page).toHaveURL(/outcome=failed/);
  await expect(row(page, 0)).toContainText("Клиент остановил бота.");

  // The client lets the bot write again.
  await sandbox.write({ bot, from: client.chat, what: "unblock" });
  reach(0, client.chat);
  await row(page, 0).getByRole("button", { name: "Повторить" }).click();
  await expect(main(page)).toContainText("Сообщение отправим ещё раз.");
  await arrived(sandbox, client.chat, /Покупка 210,00/);
  await untilFirst(page, "Покупка", "Отправлено", "Telegram");
  await expect(row(page, 0).getByRole("button", { name: "Повторить" })).toHaveCount(0);
  const sent = (await sandbox.messages()).filter(({ to }) => to === `${client.chat}`);
  expect(sent, "each once").toHaveLength(2);
});

test("a reminder of bonuses that end comes by day", async ({ page, server, sandbox, demo, request, reach, secondsAhead }) => {
  const client = reach(1);
  await signIn(page, demo.panel);
  await sell(request, demo, client.phone, 400);
  await arrived(sandbox, client.chat, /Покупка 400,00/);
  const micros = (seconds) => (Math.floor(Date.now() / 1000) + secondsAhead + seconds) * 1_000_000;
  const lots = `tenant_id = ${STORE} AND client_id = ${client.id} AND remaining_dirams > 0`;
  server.write(`UPDATE lots SET available_at = 0, expires_at = ${micros(3 * 24 * HOUR)} WHERE ${lots}`);
  const [{ dirams }] = server.rows(`SELECT SUM(remaining_dirams) AS dirams FROM lots WHERE ${lots}`);

  expect(server.command("expiring-bonus-reminders")).toMatch(/written [1-9]/);
  const reminder = `client_id = ${client.id} AND subject LIKE 'expiring:%' AND due_at IS NOT NULL`;
  server.write(`UPDATE outbox SET due_at = ${micros(0)} WHERE ${reminder}`);

  const message = await arrived(sandbox, client.chat, /включительно/);
  const amount = (Number(dirams) / 100).toFixed(2).replace(".", ",");
  expect(message.text.replaceAll("\u00a0", " ")).toContain(amount);
  await untilFirst(page, "Бонусы сгорят", "Отправлено", "Telegram");
  expect(server.command("expiring-bonus-reminders"), "once a day").toContain("written 0");
});

test("a person writes to a bot on the page of the sandbox, and the bot answers", async ({ page, sandbox, server }) => {
  await sandbox.call(PLATFORM, "sendMessage", { chat_id: 700000009, text: "Первая строка\n<b>вторая</b>" });
  await page.goto(sandbox.address);
  await expect(main(page)).toContainText("<b>вторая</b>");
  await expect(page.locator("header")).toContainText("Ничего на самом деле не отправляется");

  server.command("set-webhook");
  const wrong = 100000002;
  await sandbox.call(wrong, "setWebhook", { url: `${server.address}/api/v1/no-such-bot`, secret_token: "s3cret" });
  const write = async (bot) => {
    await page.goto(`${sandbox.address}/write`);
    await page.getByLabel("Бот", { exact: true }).selectOption(`${bot}`);
    await page.getByLabel("Номер человека").fill("700000009");
    await page.getByLabel("Текст", { exact: true }).fill("/start");
    await page.getByRole("button", { name: "Отправить" }).click();
    return page.getByRole("status");
  };
  await expect(await write(wrong)).toContainText("Сервер бота отказал: 404");
  await expect(await write(PLATFORM)).toContainText("Доставлено: сервер бота принял (200)");
  await expect.poll(async () => (await sandbox.messages()).filter(({ to }) => to === "700000009").length).toBe(2);
});

test.describe("the pages", () => {
  test.use({ javaScriptEnabled: true });

  test("are accessible and fit every width, light and dark", async ({ page, sandbox, demo, request, reach, expectedErrors }) => {
    test.setTimeout(180_000);
    expectedErrors.push(/status of 422/);
    const client = reach(3);
    await signIn(page, demo.panel);
    await sell(request, demo, client.phone, 100);
    const { from } = await arrived(sandbox, client.chat, /Покупка 100,00/);
    await sandbox.write({ bot: Number(from.match(/\d+/)[0]), from: client.chat, what: "block" });
    reach(3, client.chat);
    await sell(request, demo, client.phone, 110);
    await untilFirst(page, "Не дошло");
    await sandbox.call(OWN, "setWebhook", { url: "http://127.0.0.1:9/bot" });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const path of ["/panel/messages", "/panel/messages/looks", "/panel/messages/looks?language=tg", CHANNELS, `${sandbox.address}/write`]) {
        await page.goto(path);
        for (const summary of await main(page).locator("summary").all()) await summary.click();
        await expectFit(page);
      }
      await page.goto(CHANNELS);
      await connect(channel(page, "Telegram"), { "Токен бота": "hello" });
      await expect(page.getByRole("alert")).toBeVisible();
      await expectFit(page);
    }
  });
});
