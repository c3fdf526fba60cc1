// The admin console with JavaScript off: invitation, authenticator app, sign-in, stores, sessions.

import { connectApp as connect, joinConsole as join, PASSWORD } from "../../admin.js";
import { expect, expectFit, test as base } from "../../fixtures.js";
import { totp } from "../../totp.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

const heading = (page) => page.getByRole("heading", { level: 1 });

async function sendPassword(page, login, password) {
  await page.goto("/admin/sign-in");
  await page.getByLabel("Логин").fill(login);
  await page.getByLabel("Пароль").fill(password);
  await page.getByRole("button", { name: "Войти" }).click();
}

async function signOut(page) {
  const menu = page.getByText("Ещё", { exact: true });
  if (await menu.isVisible()) await menu.click();
  await page.getByRole("button", { name: "Выйти" }).locator("visible=true").click();
  await expect(page).toHaveURL(/\/admin\/sign-in$/);
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an invited admin connects an app, sees the stores, and signs in with a code", async ({
    page,
    server,
    demo,
    expectedErrors,
  }) => {
    expectedErrors.push(/status of 422/);
    const login = `anvar-${demo.panel.login}`;
    await join(page, server, login);
    await page.goto("/admin");
    await expect(page).toHaveURL(/\/admin\/sign-in$/);
    await sendPassword(page, login, PASSWORD);
    await page.getByLabel("Шесть цифр").fill("000000");
    await page.getByRole("button", { name: "Подключить и войти" }).click();
    await expect(page.getByRole("main")).toContainText("Код не подошёл");
    const { secret } = await connect(page);
    await page.getByRole("link", { name: "Я сохранил коды" }).click();

    await expect(page).toHaveURL(/\/admin$/);
    await expect(heading(page)).toHaveText("Магазины");
    await expect(page.getByRole("link", { name: "Демо-магазин «Сомон»" })).toBeVisible();
    await signOut(page);

    await sendPassword(page, login, PASSWORD);
    await expect(heading(page)).toHaveText("Код из приложения");
    // The phone's clock is fast: the code of this moment has been used to connect the app.
    await page.getByLabel("Шесть цифр").fill(totp(secret, 30));
    await page.getByRole("button", { name: "Продолжить" }).click();
    await expect(page).toHaveURL(/\/admin$/);
    await page.goto("/admin/sessions");
    await expect(page.getByText("этот вход")).toBeVisible();
    await signOut(page);
  });

  test("the demo's admin connects an app at the first sign-in", async ({ page, demo }) => {
    await sendPassword(page, demo.admin.login, demo.admin.password);
    await expect(heading(page)).toHaveText("Подключите приложение");
  });
});

test("the pages of the console are accessible and fit every width", async ({ page, server, demo }) => {
  const login = `zebo-${demo.panel.login}`;
  await page.goto("/admin/sign-in");
  await expectFit(page);
  const [link] = server.command("invite-admin", "Зебо").split("\n");
  await page.goto(new URL(link).pathname);
  await expectFit(page);
  await join(page, server, login);
  await expectFit(page);
  await connect(page);
  await expectFit(page);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of ["/admin", "/admin/sessions"]) {
      await page.goto(path);
      await expectFit(page);
    }
  }
});
