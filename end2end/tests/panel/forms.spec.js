// Forms of the panel, with JavaScript off: nothing that was typed is lost when the password is
// asked again, or when the session ends.

import { expect, expectFit, test as base } from "../../fixtures.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

// Other specs sign in at this server too, and guesses at passwords are limited.
test.beforeEach(({ server }) => forgetPasswords(server));

async function signIn(page, demo, path = "/panel") {
  await page.goto(path);
  await page.getByLabel("Логин").fill(demo.panel.login);
  await enterPassword(page, demo, "Войти");
}

async function enterPassword(page, demo, button) {
  await page.getByLabel("Пароль").fill(demo.panel.password);
  await page.getByRole("button", { name: button }).click();
}

/** Lets an hour pass since anybody has entered a password. */
function forgetPasswords(server) {
  server.write("UPDATE panel_sessions SET confirmed_at = confirmed_at - 3600000000; DELETE FROM guesses");
}

/** Fills in the change of a client's balance, and sends it. */
async function credit(page, amount, reason) {
  await page.getByLabel("Начислить", { exact: true }).check();
  await page.getByLabel("Сколько").fill(amount);
  await page.locator("#change").getByLabel("Причина").fill(reason);
  await page.locator("#change").getByRole("button").click();
}

/** Ends all other sessions of the owner from another device. */
async function endSession(browser, server, demo) {
  const other = await browser.newContext({ baseURL: server.address, javaScriptEnabled: false });
  const phone = await other.newPage();
  await signIn(phone, demo);
  await phone.goto("/panel/sessions");
  await phone.getByRole("button", { name: "Завершить остальные" }).click();
  await expect(phone.getByRole("main")).toContainText("завершены");
  await other.close();
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an act goes on after the password with what was typed", async ({ page, server, demo, expectedErrors }) => {
    expectedErrors.push(/status of 422/);
    await signIn(page, demo);
    await page.goto("/panel/clients");
    await page.getByRole("link", { name: demo.clients[1].full_name }).click();
    const client = page.url();
    forgetPasswords(server);
    await credit(page, "150,25", 'За "отзыв" <b>\nи фото');
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Подтвердите/);
    await page.getByLabel("Пароль").fill("неверный");
    await page.getByRole("button", { name: "Продолжить" }).click();
    await expect(page.getByRole("main")).toContainText("Пароль не подошёл");
    await enterPassword(page, demo, "Продолжить");
    await expect(page).toHaveURL(client);
    await expect(page.getByText("Баланс изменён.")).toBeVisible();
    const feed = page.locator("ol.feed");
    await expect(feed.locator("summary").first()).toContainText("+150,25");
    await feed.locator("summary").first().click();
    await expect(feed).toContainText('За "отзыв" <b> и фото');

    // A question has the password in it.
    forgetPasswords(server);
    await page.goto("/panel/integrations/store-key");
    await enterPassword(page, demo, "Заменить ключ магазина");
    await expect(page.getByRole("main")).toContainText("Ключ магазина заменён");
  });

  test("a form comes back after a new sign-in", async ({ page, browser, server, demo, expectedErrors }) => {
    expectedErrors.push(/status of 422/);
    await signIn(page, demo);
    await page.goto("/panel/branches/new");
    await page.getByLabel("Название").fill("Новый <рынок>");

    await endSession(browser, server, demo);
    await page.getByRole("main").getByRole("button").click();
    await expect(page.getByText("Вы вышли из панели")).toBeVisible();
    await expect(page.getByText("Всё, что вы набрали, цело")).toBeVisible();
    await page.getByLabel("Логин").fill(demo.panel.login);
    await enterPassword(page, demo, "Войти");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Форма ждёт вас");
    await page.getByRole("button", { name: "Вернуться к форме" }).click();
    await expect(page.getByText("Вы снова вошли")).toBeVisible();
    await expect(page.getByLabel("Название")).toHaveValue("Новый <рынок>");
    await page.getByRole("main").getByRole("button").click();
    await expect(page).toHaveURL(/\/panel\/tills$/);
    await expect(page.getByRole("main")).toContainText("Новый <рынок>");
  });
});

test("the pages that ask again are accessible and fit every width", async ({
  page,
  browser,
  server,
  demo,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 422/);
  await signIn(page, demo);
  await page.goto("/panel/people");
  forgetPasswords(server);
  await page.getByLabel("Имя").fill("Зебо");
  await page.getByLabel("бухгалтер").check();
  await page.getByRole("button", { name: "Сделать ссылку" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/Подтвердите/);
  await expectFit(page);
  await page.goto("/panel/branches/new");
  await page.getByLabel("Название").fill("Рынок");
  await endSession(browser, server, demo);
  await page.getByRole("main").getByRole("button").click();
  await expect(page.getByText("Вы вышли из панели")).toBeVisible();
  await expectFit(page);
  await page.getByLabel("Логин").fill(demo.panel.login);
  await enterPassword(page, demo, "Войти");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Форма ждёт вас");
  await expectFit(page);
});

test("an error stands in the frame of the panel", async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  await signIn(page, demo);
  await page.goto("/panel/tills/1000000");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Такой страницы нет");
  await expectFit(page);
  await page.getByRole("navigation", { name: "Разделы" }).getByRole("link", { name: "Клиенты" }).click();
  await expect(page).toHaveURL(/\/panel\/clients$/);
});
