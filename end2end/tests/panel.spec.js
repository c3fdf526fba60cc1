// The panel: pages and forms of the store's people, with JavaScript off, and their accessibility.

import { expect, expectAccessible, expectFit, test as base } from "../fixtures.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

async function signIn(page, demo) {
  await page.goto("/panel");
  await expect(page).toHaveURL(/\/panel\/sign-in$/);
  await page.getByLabel("Логин").fill(demo.panel.login);
  await page.getByLabel("Пароль").fill(demo.panel.password);
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page).toHaveURL(/\/panel$/);
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an owner signs in, adds a till, switches it off and reads it in the journal", async ({ page, demo }) => {
    await signIn(page, demo);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    await page.goto("/panel/tills/new");
    await page.getByLabel("Название").fill("<Касса> «9»");
    await page.getByRole("button", { name: "Сохранить" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("<Касса> «9»");
    const till = page.url();
    await page.goto(`${till}/off`);
    await page.getByRole("button", { name: "Выключить" }).click();
    await expect(page).toHaveURL(till);
    await page.goto("/panel/journal");
    await expect(page.getByRole("main")).toContainText("<Касса> «9»");
  });

  test("a wrong password keeps the login and is said at the form", async ({ page, demo, expectedErrors }) => {
    expectedErrors.push(/status of 422/);
    await page.goto("/panel/sign-in");
    await page.getByLabel("Логин").fill(demo.panel.login);
    await page.getByLabel("Пароль").fill("не тот пароль");
    await page.getByRole("button", { name: "Войти" }).click();
    await expect(page.getByRole("main")).toContainText("Неверный логин или пароль");
    await expect(page.getByLabel("Логин")).toHaveValue(demo.panel.login);
    await expect(page.getByLabel("Пароль")).toHaveValue("");
  });
});

test("the pages are accessible and fit every width", async ({ page, demo }) => {
  await page.goto("/panel/sign-in");
  await expectAccessible(page);
  await signIn(page, demo);
  for (const path of ["", "/tills", "/tills/new", "/branches/new", "/tills/1", "/tills/1/off", "/people", "/journal"]) {
    await page.goto(`/panel${path}`);
    await expectFit(page);
  }
});
