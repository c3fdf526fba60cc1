// The stores of the admin console with JavaScript off: a store is opened, its owner signs in and
// reaches the number of paid tills, the store is suspended and works again, and the owner reads
// what the admin did.

import { PASSWORD, signInAsAdmin } from "../../admin.js";
import { expect, expectFit, test as base } from "../../fixtures.js";
import { addTill, join } from "../../panel.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

const heading = (page) => page.getByRole("heading", { level: 1 });
const main = (page) => page.getByRole("main");
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();
const follow = (page, name) => main(page).getByRole("link", { name, exact: true }).click();

/** Fills in the form of a new store. */
async function fillStore(page, { name, paid, owner }) {
  await page.getByLabel("Название").fill(name);
  await page.getByLabel("Сколько касс оплачено").fill(paid);
  await page.getByLabel("Первый филиал").fill("Рынок Вахдат");
  await page.getByLabel("Город и адрес").fill("Бохтар, улица Вахш 3");
  await page.getByLabel("Имя владельца").fill(owner);
}

/** Opens a store. Returns the link of its owner. */
async function openStore(page, store) {
  await page.goto("/admin");
  await follow(page, "Открыть магазин");
  await fillStore(page, store);
  await press(page, "Открыть магазин");
  await expect(heading(page)).toHaveText(store.name);
  return page.locator(".code").innerText();
}

/** Reads the keys of a till as its owner does. */
async function keysOf(page, till) {
  await page.goto(`/panel/integrations?till=${till.split("/").at(-1)}`);
  await press(page, "Показать ключи");
  const [, tenant, , cashier] = await page.locator(".code").allInnerTexts();
  return { tenant, cashier };
}

async function session(server, { tenant, cashier }) {
  const answer = await fetch(`${server.address}/api/v1/cashier/session`, {
    headers: { "X-Tenant-Token": tenant, "X-Cashier-Token": cashier, "X-Device-Id": "pc" },
  });
  return { status: answer.status, body: await answer.json() };
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("a store from its opening to a broken till, and its owner reads it all", async ({
    page,
    openPage,
    server,
    demo,
    expectedErrors,
  }) => {
    expectedErrors.push(/status of 422/, /status of 403/);
    const login = `stores-${demo.panel.login}`;
    await signInAsAdmin(page, server, login);

    // Nothing typed is lost, and the form tells what is wrong.
    await page.goto("/admin/stores/new");
    await fillStore(page, { name: "Фаровон", paid: "две", owner: "Фирӯз" });
    await press(page, "Открыть магазин");
    await expect(page.getByRole("alert")).toContainText("Магазин не открыт");
    await expect(page.getByLabel("Город и адрес")).toHaveValue("Бохтар, улица Вахш 3");
    const link = await openStore(page, { name: "Фаровон", paid: "2", owner: "Фирӯз" });
    const store = new URL(await page.getByRole("link", { name: "Изменить" }).getAttribute("href"), page.url()).pathname
      .replace("/edit", "");

    const owner = await openPage({ javaScriptEnabled: false });
    await join(owner, link, { login: `owner-${login}`, password: PASSWORD });
    const till = await addTill(owner, "Касса 1");
    await addTill(owner, "Касса 2");
    await owner.goto("/panel/tills");
    await expect(main(owner)).toContainText("Включено 2 из 2 оплаченных");
    await owner.goto("/panel/tills/new");
    await expect(owner.getByRole("status")).toContainText("Все оплаченные кассы уже работают");
    await owner.getByLabel("Название").fill("Касса 3");
    await press(owner, "Сохранить");
    await expect(owner.getByRole("alert")).toContainText("Все оплаченные кассы уже работают");
    await expect(owner.getByLabel("Название")).toHaveValue("Касса 3");

    const keys = await keysOf(owner, till);
    expect((await session(server, keys)).status).toBe(200);
    await page.goto(store);
    await follow(page, "Приостановить");
    await press(page, "Приостановить");
    await expect(page.getByRole("alert")).toContainText("заполните это поле");
    await page.getByLabel("Причина").fill("Не оплачен июнь");
    await press(page, "Приостановить");
    await expect(main(page)).toContainText("Причина: Не оплачен июнь");
    const refused = await session(server, keys);
    expect(refused.status).toBe(403);
    expect(refused.body.code).toBe("store_suspended");
    expect(refused.body.error).toContain("приостановлено");
    for (const path of ["/panel", "/panel/reports", "/panel/tills"]) {
      await owner.goto(path);
      await expect(main(owner)).toContainText("Магазин приостановлен");
      await expect(main(owner)).toContainText("Причина: Не оплачен июнь.");
    }
    await owner.goto("/panel/branches/new");
    await owner.getByLabel("Название").fill("Рудаки");
    await press(owner, "Сохранить");
    await expect(heading(owner)).toHaveText("Магазин приостановлен, поэтому это не сделано");

    await page.goto("/admin?group=suspended");
    await follow(page, "Фаровон");
    await follow(page, "Возобновить работу");
    await page.getByLabel("Причина").fill("Оплачено");
    await press(page, "Возобновить работу");
    await expect(page.getByRole("status")).toContainText("Магазин снова работает.");
    expect((await session(server, keys)).status).toBe(200);

    // After 15 minutes the question asks for the password.
    server.write("UPDATE admin_sessions SET confirmed_at = 0");
    await page.goto(store);
    await main(page).getByRole("link", { name: "Сбросить привязку" }).click();
    await page.getByLabel("Причина").fill("Телефон разбит, звонил владелец");
    await page.getByLabel("Ваш пароль").fill(PASSWORD);
    await press(page, "Сбросить привязку");
    await expect(page.getByRole("status")).toContainText("Привязка сброшена.");
    await owner.goto("/panel/journal");
    const journal = main(owner);
    await expect(journal).toContainText("Привязка кассы сброшена");
    await expect(journal).toContainText("Причина: Телефон разбит, звонил владелец");
    await expect(journal).toContainText("Анвар Саидов");
    await expect(journal.locator(".tag-ink").first()).toHaveText("Bonex");
  });
});

test("the pages about stores are accessible and fit every width", async ({ page, server, demo, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  await signInAsAdmin(page, server, `fit-${demo.panel.login}`);
  await openStore(page, { name: "Хуҷанд Сити ва бародарон, мағозаи калонтарин", paid: "3", owner: "Фирӯз" });
  await expectFit(page);
  const store = await page.getByRole("link", { name: "Изменить" }).getAttribute("href");
  const till = server.rows("SELECT tenant_id, id FROM cashier_nodes ORDER BY id LIMIT 1")[0];
  const demoStore = `/admin/stores/${till.tenant_id}`;
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of [
      "/admin",
      "/admin?q=нет",
      "/admin/stores/new",
      demoStore,
      store,
      `${demoStore}/suspend`,
      `${demoStore}/tills/${till.id}/new-key`,
    ]) {
      await page.goto(path);
      await expectFit(page);
    }
  }
});
