// A person's own account, with JavaScript off: invitation, password, second step, sessions.

import { expect, expectFit, test as base } from "../../fixtures.js";
import { totp } from "../../totp.js";

const PASSWORD = "верная лошадь батарея";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

/** Opens the link of an invitation that the operator has made, and makes the account. */
async function join(page, server, login) {
  const [link] = server.command("invite-owner", "1", "Фирӯз Каримов").split("\n");
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Логин").fill(login);
  await page.getByLabel("Новый пароль", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Новый пароль ещё раз").fill(PASSWORD);
  await page.getByRole("button", { name: "Сохранить и войти" }).click();
  await expect(page).toHaveURL(/\/panel$/);
}

async function sendPassword(page, login) {
  await page.goto("/panel/sign-in");
  await page.getByLabel("Логин").fill(login);
  await page.getByLabel("Пароль").fill(PASSWORD);
  await page.getByRole("button", { name: "Войти" }).click();
}

async function signOut(page) {
  const menu = page.getByText("Ещё", { exact: true });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("button", { name: "Выйти" }).locator("visible=true").click();
  await expect(page).toHaveURL(/\/panel\/sign-in$/);
}

/** Switches the second step on. Returns its secret and the recovery codes. */
async function switchOn(page) {
  await page.goto("/panel/settings");
  await page.getByRole("link", { name: "Второй шаг входа" }).click();
  await page.getByRole("button", { name: "Включить" }).click();
  await expect(page.getByRole("img", { name: "QR-код" })).toBeVisible();
  const secret = await page.locator(".code").innerText();
  await page.getByLabel("Шесть цифр").fill(totp(secret));
  await page.getByRole("button", { name: "Включить" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Запасные коды");
  const codes = await page.locator(".code").allInnerTexts();
  expect(codes).toHaveLength(8);
  await page.getByRole("link", { name: "Я сохранил коды" }).click();
  await expect(page.getByRole("main")).toContainText("Включён");
  return { secret, codes };
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an invited owner signs in with a code, and ends a session on another phone", async ({
    page,
    browser,
    server,
    demo,
    expectedErrors,
  }) => {
    expectedErrors.push(/status of 422/);
    const login = `firuz-${demo.panel.login}`;
    await join(page, server, login);
    await signOut(page);
    await sendPassword(page, login);
    await expect(page).toHaveURL(/\/panel$/);

    const { secret, codes } = await switchOn(page);
    await signOut(page);
    await sendPassword(page, login);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Код из приложения");
    await page.getByLabel("Шесть цифр").fill("000000");
    await page.getByRole("button", { name: "Продолжить" }).click();
    await expect(page.getByRole("main")).toContainText("Код не подошёл");
    // The phone's clock is fast: the code of this moment has been used to switch the step on.
    await page.getByLabel("Шесть цифр").fill(totp(secret, 30));
    await page.getByRole("button", { name: "Продолжить" }).click();
    await expect(page).toHaveURL(/\/panel$/);

    const other = await browser.newContext({ baseURL: server.address, javaScriptEnabled: false });
    const phone = await other.newPage();
    await sendPassword(phone, login);
    await phone.getByRole("link", { name: "Войти по запасному коду" }).click();
    await phone.getByLabel("Запасной код").fill(codes[0].toUpperCase());
    await phone.getByRole("button", { name: "Продолжить" }).click();
    await expect(phone.getByRole("main")).toContainText("Запасных кодов осталось: 7");

    await page.goto("/panel/settings");
    await page.getByRole("link", { name: "Ваши входы" }).click();
    await expect(page.getByText("этот вход")).toBeVisible();
    await page.getByRole("button", { name: "Завершить", exact: true }).click();
    await expect(page.getByRole("main")).toContainText("Вход завершён");
    await phone.goto("/panel");
    await expect(phone).toHaveURL(/\/panel\/sign-in$/);
    await other.close();

    await page.goto("/panel/journal");
    for (const act of ["Вход по запасному коду", "Второй шаг входа включён", "Вход завершён"]) {
      await expect(page.getByRole("main")).toContainText(act);
    }
  });

  test("a person changes name, language and password", async ({ page, server, demo }) => {
    const login = `zebo-${demo.panel.login}`;
    await join(page, server, login);
    await page.goto("/panel/settings");
    await page.getByLabel("Ваше имя").fill("<b>Зебо</b>");
    await page.getByLabel("Тоҷикӣ").check();
    await page.getByLabel("Ваше имя").press("Enter");
    await expect(page.locator("html")).toHaveAttribute("lang", "tg");
    await expect(page.getByLabel("Номи шумо")).toHaveValue("<b>Зебо</b>");
    await page.getByLabel("Русский").check();
    await page.getByLabel("Номи шумо").press("Enter");
    await expect(page.locator("html")).toHaveAttribute("lang", "ru");
    await page.getByRole("link", { name: "Сменить пароль" }).click();
    await page.getByLabel("Пароль сейчас").fill(PASSWORD);
    await page.getByLabel("Новый пароль", { exact: true }).fill("другая верная лошадь");
    await page.getByLabel("Новый пароль ещё раз").fill("другая верная лошадь");
    await page.getByRole("button", { name: "Сменить пароль" }).click();
    await expect(page.getByRole("main")).toContainText("Новый пароль действует");
  });
});

test("the pages of an account are accessible and fit every width", async ({ page, server, demo }) => {
  const login = `daler-${demo.panel.login}`;
  await join(page, server, login);
  for (const path of ["password", "settings", "settings/password", "sessions", "second-step", "second-step/off"]) {
    await page.goto(`/panel/${path}`);
    await expectFit(page);
  }
  await page.goto("/panel/second-step");
  await page.getByRole("button", { name: "Включить" }).click();
  await expectFit(page);
  const secret = await page.locator(".code").innerText();
  await page.getByLabel("Шесть цифр").fill(totp(secret));
  await page.getByRole("button", { name: "Включить" }).click();
  await expectFit(page);
  await page.getByRole("link", { name: "Я сохранил коды" }).click();
  await expectFit(page);
  await signOut(page);
  await sendPassword(page, login);
  await expectFit(page);
  await page.getByRole("link", { name: "Войти по запасному коду" }).click();
  await expectFit(page);
});
