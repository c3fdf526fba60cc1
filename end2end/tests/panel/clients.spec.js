// Clients in the panel, with JavaScript off: search, a balance that explains itself, changes by
// hand, a block, and the journal.

import { expect, expectFit, test as base } from "../../fixtures.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

async function signIn(page, demo) {
  await page.goto("/panel");
  await page.getByLabel("Логин").fill(demo.panel.login);
  await page.getByLabel("Пароль").fill(demo.panel.password);
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page).toHaveURL(/\/panel$/);
}

async function find(page, text) {
  await page.goto("/panel/clients");
  await page.getByRole("searchbox").fill(text);
  await page.getByRole("button", { name: "Найти" }).click();
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an owner finds a client, reads why, changes the balance both ways, and blocks", async ({
    page,
    demo,
    expectedErrors,
  }) => {
    expectedErrors.push(/status of 422/);
    await signIn(page, demo);
    // The name without the letters that a keyboard may lack.
    await find(page, "рахимова");
    await page.getByRole("link", { name: "Мадина Раҳимова" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Мадина Раҳимова/);
    const client = page.url();

    await page.locator("details.why > summary").click();
    await expect(page.locator("details.why tbody tr").first()).toBeVisible();

    const change = async (direction, amount, reason) => {
      await page.getByLabel(direction, { exact: true }).check();
      await page.getByLabel("Сколько").fill(amount);
      await page.locator("#change").getByLabel("Причина").fill(reason);
      await page.locator("#change").getByRole("button").click();
    };
    await change("Начислить", "25,50", "<Касса> не работала");
    await expect(page).toHaveURL(client);
    await expect(page.getByText("Баланс изменён.")).toBeVisible();
    const feed = page.locator("ol.feed");
    await expect(feed.locator("summary").first()).toContainText("+25,50");
    await feed.locator("summary").first().click();
    await expect(feed).toContainText("<Касса> не работала");
    await change("Списать", "20,25", "Ошибка");
    await expect(feed.locator("summary").first()).toContainText("−20,25");
    await change("Списать", "999999", "Слишком много");
    await expect(page.getByLabel("Сколько")).toHaveValue("999999");

    await page.goto(client);
    await page.getByLabel("Причина").last().fill("Чужая карта");
    await page.getByRole("button", { name: "Заблокировать" }).click();
    await expect(page.getByText("Чужая карта").first()).toBeVisible();
    await page.getByRole("button", { name: "Разблокировать" }).click();

    await page.goto("/panel/journal");
    const journal = page.getByRole("main");
    for (const words of [
      "Бонусы начислены вручную",
      "Бонусы списаны вручную",
      "Клиент заблокирован",
      "Клиент разблокирован",
      "<Касса> не работала",
      "Мадина Раҳимова",
    ]) {
      await expect(journal).toContainText(words);
    }
  });
});

test("the pages of clients are accessible and fit every width", async ({ page, demo }) => {
  await signIn(page, demo);
  await find(page, "рахимова");
  await page.getByRole("link", { name: "Мадина Раҳимова" }).click();
  const client = new URL(page.url()).pathname;
  const paths = ["/panel/clients", "/panel/clients?group=expiring", "/panel/clients?q=нет", client];
  for (const path of [...paths, `${client}/phone`, `${client}/merge`, `${client}/erase`]) {
    await page.goto(path);
    await expectFit(page);
  }
});
