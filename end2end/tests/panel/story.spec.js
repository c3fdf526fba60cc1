// One long story of a store's people, with JavaScript off in their browsers, and of its phones. The
// configuration runs it on both engines.

import { readFileSync } from "node:fs";

import { PHONE } from "../../browser.js";
import { enterTokens } from "../../cash.js";
import { expect, expectAccessible, test as base } from "../../fixtures.js";
import { addTill, join, showPairing, signIn } from "../../panel.js";
import { Cashier, figures } from "../../till.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

test.use({ javaScriptEnabled: false });
test.setTimeout(180_000);

const BRANCH = "Рынок «Корвон»";
const TILL = "Касса <у входа>";
const CLIENT = { phone: "+992935550707", name: "Шаҳло О'Нил" };
const OWNER = { name: "Фирӯз Каримов", login: "firuz", password: "верная лошадь батарея" };
const MANAGER = { name: "Нигора", login: "nigora", password: "другая лошадь батарея" };
const ACCOUNTANT = { name: "Саид", login: "said", password: "третья лошадь батарея" };

/** Checks that the page has no fault that a tool can find. */
async function look(page) {
  await test.step(`look at ${new URL(page.url()).pathname}`, () => expectAccessible(page));
}

/** Returns the links of the menu. On a phone some are behind «Ещё». */
async function menu(page) {
  const more = page.getByText("Ещё", { exact: true });
  if (await more.isVisible()) await more.click();
  return page.getByRole("navigation").getByRole("link");
}

/** Opens a section from the menu. */
async function openSection(page, name) {
  const links = await menu(page);
  await links.filter({ hasText: name }).first().click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
}

/** Returns the names of the sections that a person may open. */
async function sections(page) {
  const links = await menu(page);
  return (await links.allTextContents()).map((name) => name.trim());
}

async function openClient(page) {
  await page.goto("/panel/clients");
  await page.getByRole("searchbox").fill(CLIENT.phone);
  await page.getByRole("button", { name: "Найти" }).click();
  await page.getByRole("link", { name: CLIENT.name }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(CLIENT.name);
}

/** Registers the client at the till, and sells. Returns the figures of the receipt. */
async function sellToNewClient(cashier, sum) {
  await cashier.key(sum);
  await cashier.phone(CLIENT.phone);
  await cashier.page.getByLabel("Имя (можно не указывать)").fill(CLIENT.name);
  await cashier.press("Зарегистрировать");
  await expect(cashier.client).toContainText(CLIENT.name);
  await cashier.tap(cashier.take);
  return done(cashier);
}

async function done(cashier) {
  await expect(cashier.done).toContainText("Продажа записана");
  const said = await figures(cashier.done);
  await cashier.press("Новый чек");
  return said;
}

async function sell(cashier, sum) {
  await cashier.sell(sum, CLIENT.phone);
  return done(cashier);
}

/** Asks the API which till these keys open, from a device. Returns the status. */
async function session(server, { tenant, cashier }, device) {
  const headers = { "x-tenant-token": tenant, "x-cashier-token": cashier, "x-device-id": device };
  return (await fetch(`${server.address}/api/v1/cashier/session`, { headers })).status;
}

/** Invites a person and returns the one-time link. */
async function invite(page, { name }, role) {
  await openSection(page, "Люди и доступ");
  await page.getByLabel("Имя").fill(name);
  await page.getByLabel(role).check();
  await page.getByRole("button", { name: "Сделать ссылку" }).click();
  await expect(page.getByRole("main")).toContainText(`Ссылка: ${name}`);
  return page.locator(".code").innerText();
}

test("a store from the invitation of its owner to the journal of all that was done", async ({
  page,
  server,
  demo,
  openPage,
  expectedErrors,
}) => {
  const openPhone = async () => new Cashier(await openPage({ ...PHONE, javaScriptEnabled: true }), true);
  const main = page.getByRole("main");
  let till, client, phone;

  await test.step("the operator invites an owner, who makes an account and signs in", async () => {
    const [link] = server.command("invite-owner", "1", OWNER.name).split("\n");
    await page.goto(new URL(link).pathname);
    await look(page);
    await join(page, link, OWNER);
    await page.context().clearCookies();
    expectedErrors.push(/status of 404/);
    await page.goto(new URL(link).pathname);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Ссылка больше не работает");
    await signIn(page, OWNER);
    await look(page);
  });

  await test.step("adds a branch and a till", async () => {
    await openSection(page, "Филиалы и кассы");
    await page.getByRole("link", { name: "Новый филиал" }).click();
    await page.getByLabel("Название").fill(BRANCH);
    await page.getByRole("button", { name: "Сохранить" }).click();
    await expect(main).toContainText(BRANCH);
    till = await addTill(page, TILL, BRANCH);
    await expect(main).toContainText("Касса создана");
    await look(page);
  });

  await test.step("a phone pairs by the link of the QR code and sells to a new client", async () => {
    const { link } = await showPairing(page, till);
    await look(page);
    phone = await openPhone();
    await phone.page.goto(link);
    await expect(phone.header).toContainText(TILL);
    // 5 % of 400.
    expect(await sellToNewClient(phone, "400")).toMatchObject({ Оплачено: 400, Начислено: 20 });
  });

  await test.step("the owner sees the sale, its bonuses, and why the balance is what it is", async () => {
    await openSection(page, "Сегодня");
    await expect(main).toContainText("400");
    await openSection(page, "Продажи");
    await look(page);
    const row = page.getByRole("row").filter({ hasText: CLIENT.name });
    await row.getByRole("link", { name: "Продажа" }).click();
    await expect(main).toContainText("400,00");
    await expect(main).toContainText("20,00");
    await expect(main).toContainText(TILL);
    await look(page);
    await openClient(page);
    client = new URL(page.url()).pathname;
    const why = page.locator("details.why");
    await why.locator("summary").click();
    await expect(why).toContainText("Покупка на 400,00");
    await look(page);
  });

  await test.step("changes the programme after a look at the past, and the next sale follows", async () => {
    await openSection(page, "Программа лояльности");
    await page.getByLabel("Кэшбэк", { exact: true }).first().fill("7,5");
    await page.getByRole("button", { name: "Пересчитать, не сохраняя" }).last().click();
    const effect = page.getByRole("complementary", { name: "Что изменится" });
    await expect(effect).toContainText("столько бонусов было бы начислено больше");
    await look(page);
    // The look has saved nothing.
    expect((await sell(phone, "200")).Начислено).toBe(10);
    await page.getByRole("button", { name: "Сохранить программу" }).click();
    await expect(main).toContainText("Программа сохранена");
    expect((await sell(phone, "200")).Начислено).toBe(15);
  });

  const other = await openPhone();
  let keys;
  await test.step("resets the binding, and another phone works by the keys", async () => {
    await page.goto(`/panel/integrations?till=${till.split("/").at(-1)}`);
    await look(page);
    await page.getByRole("button", { name: "Показать ключи" }).click();
    const [, tenant, , cashier] = await page.locator(".code").allInnerTexts();
    keys = { tenant, cashier };
    await page.goto(till);
    await page.getByRole("link", { name: "Сбросить привязку" }).click();
    await look(page);
    await page.getByRole("button", { name: "Сбросить привязку" }).click();
    await expect(main).toContainText("Привязка сброшена");
    await other.page.goto("/cash");
    await enterTokens(other.page, tenant, cashier);
    await expect(other.header).toContainText(TILL);
    expect((await sell(other, "100")).Начислено).toBe(7.5);
    expectedErrors.push(/status of 403/);
    await phone.page.reload();
    await expect(phone.page.getByRole("alert")).toContainText("привязана к другому устройству");
  });

  await test.step("replaces the key: both work, then only the new one", async () => {
    await page.goto(till);
    await page.getByLabel("7 дней").check();
    await page.getByRole("button", { name: "Заменить ключ" }).click();
    await look(page);
    await page.getByRole("button", { name: "Заменить ключ" }).click();
    await expect(main).toContainText("Ключ заменён. Передайте новый кассе.");
    await page.getByRole("button", { name: "Показать целиком" }).click();
    const cashier = await page.locator(".code").first().innerText();
    const device = await other.page.evaluate(() => JSON.parse(localStorage.getItem("bonex-device")));
    expect(cashier).not.toBe(keys.cashier);
    expect((await sell(other, "100")).Начислено).toBe(7.5);
    expect(await session(server, { ...keys, cashier }, device)).toBe(200);
    expect(await session(server, keys, device)).toBe(200);

    await page.goto(till);
    await expect(main).toContainText("Ключ заменён, но касса ещё работает на старом.");
    await page.getByRole("link", { name: "Остановить его сейчас" }).click();
    await page.getByRole("button", { name: "Остановить старый ключ" }).click();
    await expect(main).toContainText("Старый ключ больше не действует");
    expect(await session(server, { ...keys, cashier }, device)).toBe(200);
    expect(await session(server, keys, device)).toBe(401);
    expectedErrors.push(/status of 401/);
    await other.page.reload();
    await expect(other.page.getByRole("alert")).toContainText("возможно, владелец его заменил");
    await other.page.getByLabel("Cashier Token").fill(cashier);
    await other.press("Сохранить и войти");
    await expect(other.header).toContainText(TILL);
    expect((await sell(other, "100")).Начислено).toBe(7.5);
  });

  await test.step("exports the clients", async () => {
    await openSection(page, "Клиенты");
    await page.getByRole("link", { name: "Выгрузить" }).click();
    await look(page);
    const started = page.waitForEvent("download");
    await page.getByRole("button", { name: "Скачать CSV" }).click();
    const file = readFileSync(await (await started).path(), "utf8");
    const line = file.split("\r\n").find((line) => line.includes(CLIENT.name));
    // 20 + 10 + 15 + 3 × 7.50 bonuses, and the money of all sales.
    expect(line).toContain("992 93 555-07-07;");
    expect(line).toContain(";67,50;1100,00;");
  });

  await test.step("a manager has the shop's work, but neither people, keys nor programme", async () => {
    const link = await invite(page, MANAGER, "управляющий");
    await look(page);
    const manager = await openPage();
    const his = manager.getByRole("main");
    await join(manager, link, MANAGER);
    const refused = async (path) => {
      const answer = await manager.goto(path);
      expect(answer.status(), path).toBe(403);
      await expect(manager.getByRole("heading", { level: 1 })).toHaveText("Эта страница не для вашей роли");
    };
    for (const path of ["/panel/people", "/panel/clients/export", "/panel/clients/import", `${till}/rotate`]) {
      await refused(path);
    }
    await look(manager);
    await manager.goto("/panel");
    expect(await sections(manager)).not.toContain("Люди и доступ");
    await manager.goto(till);
    await expect(manager.getByRole("link", { name: "Сбросить привязку" })).toBeVisible();
    for (const name of ["Показать код", "Показать целиком", "Заменить ключ"]) {
      await expect(manager.getByRole("button", { name })).toHaveCount(0);
    }
    expect(await his.innerText()).not.toContain("Ключ кассы");
    await openSection(manager, "Программа лояльности");
    await expect(manager.getByRole("button", { name: "Сохранить программу" })).toHaveCount(0);

    await openClient(manager);
    const change = async (amount) => {
      await manager.getByLabel("Начислить", { exact: true }).check();
      await manager.getByLabel("Сколько").fill(amount);
      await manager.locator("#change").getByLabel("Причина").fill("Ждала в очереди");
      await manager.locator("#change").getByRole("button").click();
    };
    expectedErrors.push(/status of 422/);
    await change("100,01");
    await expect(manager.getByRole("alert")).toContainText("100,00");
    await change("50");
    await expect(his).toContainText("Баланс изменён");
    await expect(his).toContainText("117,50");
    await expect(manager.getByRole("link", { name: "Обезличить клиента" })).toHaveCount(0);
    await look(manager);
  });

  await test.step("an accountant reads everything and changes nothing", async () => {
    const accountant = await openPage();
    await join(accountant, await invite(page, ACCOUNTANT, "бухгалтер"), ACCOUNTANT);
    const refused = ["/panel/people", "/panel/tills/new", "/panel/branches/new", "/panel/clients/export", `${client}/phone`];
    for (const path of [...refused, `${till}/off`]) {
      const answer = await accountant.goto(path);
      expect(answer.status(), path).toBe(403);
      await expect(accountant.getByRole("heading", { level: 1 })).toHaveText("Эта страница не для вашей роли");
    }
    for (const path of ["/panel", "/panel/sales", "/panel/clients", "/panel/reports", "/panel/tills", till, client]) {
      await accountant.goto(path);
      await expect(accountant.getByRole("heading", { level: 1 })).toBeVisible();
      // Nothing to send but the sign-out and the filters.
      const forms = accountant.getByRole("main").locator("form[method=post]");
      await expect(forms, path).toHaveCount(0);
    }
    await look(accountant);
    await accountant.goto("/panel/sales");
    const started = accountant.waitForEvent("download");
    await accountant.getByRole("link", { name: "CSV", exact: true }).click();
    expect(readFileSync(await (await started).path(), "utf8")).toContain(CLIENT.name);
  });

  await test.step("the owner reads all of it in the journal", async () => {
    await openSection(page, "Журнал");
    await look(page);
    for (const act of [
      "Приглашение принято",
      "Вход в панель",
      "Филиал создан",
      "Касса создана",
      "Показан код подключения",
      "Телефон подключён к кассе",
      "Программа изменена",
      "Ключ магазина показан",
      "Ключ кассы показан",
      "Привязка кассы сброшена",
      "Ключ кассы заменён",
      "Старый ключ кассы остановлен",
      "Список клиентов выгружен",
      "Человек приглашён",
      "Бонусы начислены вручную",
      TILL,
      BRANCH,
      "Кэшбэк 5 % → 7,5 %",
      "Ждала в очереди",
      MANAGER.name,
      ACCOUNTANT.name,
    ]) {
      await expect(main).toContainText(act);
    }
  });

  // It fails if a stored balance differs from its entries.
  server.command("verify-ledger");
});
