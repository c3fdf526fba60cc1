// «Сегодня» and the reports with JavaScript off: periods, files, limits; and their accessibility.

import { expect, expectFit, test as base } from "../../fixtures.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

const PAGES = ["", "/result", "/tiers", "/unusual", "/unusual/limits"];

async function signIn(page, demo) {
  await page.goto("/panel/sign-in");
  await page.getByLabel("Логин").fill(demo.panel.login);
  await page.getByLabel("Пароль").fill(demo.panel.password);
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page).toHaveURL(/\/panel$/);
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an owner walks through the reports, chooses days and downloads a table", async ({ page, demo }) => {
    await signIn(page, demo);
    await page.getByRole("navigation", { name: "Разделы" }).getByRole("link", { name: "Отчёты" }).click();
    await expect(page.getByRole("heading", { name: "С клиентом и без" })).toBeVisible();
    await page.getByRole("link", { name: "90 дней" }).click();
    await expect(page.getByRole("img", { name: /Сколько бонусов сгорит/ })).toBeVisible();
    await page.getByRole("link", { name: "Итог программы" }).click();
    await expect(page).toHaveURL(/\/panel\/reports\/result\?span=90/);
    const download = page.waitForEvent("download");
    const branches = page.locator("section", { has: page.getByRole("heading", { name: "Филиалы" }) });
    await branches.getByRole("link", { name: "CSV" }).click();
    expect((await download).suggestedFilename()).toContain(".csv");
  });

  test("a wrong period says so at its field and keeps what was typed", async ({ page, demo, expectedErrors }) => {
    expectedErrors.push(/status of 422/);
    await signIn(page, demo);
    await page.goto("/panel/reports?span=days&from=2026-02-02&to=2026-02-01");
    await expect(page.getByRole("main")).toContainText("Период кончается раньше, чем начинается");
    await expect(page.getByLabel("По", { exact: true })).toHaveValue("2026-02-01");
  });

  test("an owner changes a limit and reads it in the journal", async ({ page, demo }) => {
    await signIn(page, demo);
    await page.goto("/panel/reports/unusual");
    await page.getByRole("link", { name: "Изменить пределы" }).click();
    await page.getByLabel("Чеков одного клиента за день у одной кассы").fill("7");
    await page.getByRole("button", { name: "Сохранить" }).click();
    await expect(page.getByRole("main")).toContainText("больше 7 чеков за день");
    await page.goto("/panel/journal");
    await expect(page.getByRole("main")).toContainText("Пределы «Необычного» изменены");
  });
});

test("the reports are accessible and fit every width", async ({ page, demo }) => {
  await signIn(page, demo);
  for (const path of PAGES) {
    await page.goto(`/panel/reports${path}`);
    await expectFit(page);
  }
});
