// The programme: changed after a look at the past, read in its version and in the journal, and
// followed by the next sale. With JavaScript off.

import { randomUUID } from "node:crypto";

import { expect, expectFit, test as base } from "../../fixtures.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

test.use({ javaScriptEnabled: false });

async function signIn(page, demo) {
  await page.goto("/panel/sign-in");
  await page.getByLabel("Логин").fill(demo.panel.login);
  await page.getByLabel("Пароль").fill(demo.panel.password);
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page).toHaveURL(/\/panel$/);
}

/** Sells to the first client of the demo. Returns the cashback. */
async function sell(request, demo, total) {
  const answer = await request.post("/api/v1/cashier/sale", {
    headers: {
      "X-Tenant-Token": demo.tenant_token,
      "X-Cashier-Token": demo.cashiers[0].token,
      "X-Device-Id": "programme-spec",
    },
    data: { client_phone: demo.clients[0].phone, external_sale_id: randomUUID(), total_amount: total },
  });
  expect(answer.status(), await answer.text()).toBe(201);
  return (await answer.json()).data.bonus_accrued;
}

test("an owner looks at the past, saves the programme, and the next sale follows it", async ({ page, demo, request, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  await signIn(page, demo);
  expect(await sell(request, demo, 200)).toBe(10);
  await page.goto("/panel/programme");
  const cashback = page.getByLabel("Кэшбэк", { exact: true }).first();
  await expect(cashback).toHaveValue("5");
  await cashback.fill("6,5");
  // Enter must not save.
  await cashback.press("Enter");
  await expect(page).toHaveURL(/\/preview$/);
  await expect(page.getByRole("main")).toContainText("было 5 %");
  await expect(page.getByRole("complementary", { name: "Что изменится" })).toContainText("бонусов было бы начислено больше");
  await expect(page.getByRole("main")).toContainText("Версия 1");
  await page.getByLabel("Наименьший чек").fill("1 0OO");
  await page.getByRole("button", { name: "Пересчитать, не сохраняя" }).last().click();
  await expect(page.getByRole("alert")).toContainText("Наименьший чек: введите число");
  await expect(page.getByLabel("Наименьший чек")).toHaveValue("1 0OO");
  await expect(page.getByRole("complementary")).toContainText("Взято прежнее значение");
  await page.getByLabel("Наименьший чек").fill("10");
  await page.getByRole("button", { name: "Сохранить программу" }).click();
  await expect(page).toHaveURL(/\/panel\/programme$/);
  await expect(page.getByRole("main")).toContainText("Версия 2");

  expect(await sell(request, demo, 200)).toBe(13);

  await page.getByRole("link", { name: "Версия 2" }).click();
  await expect(page.getByRole("main")).toContainText("5 % → 6,5 %");
  await page.goto("/panel/journal");
  await expect(page.getByRole("main")).toContainText("Кэшбэк 5 % → 6,5 %");

  // A tab that was opened before is told that it is old, keeps what was typed, and saves then.
  await page.goto("/panel/programme");
  await page.locator("input[name=version]").evaluate((field) => field.setAttribute("value", "1"));
  await page.getByLabel("Кэшбэк", { exact: true }).first().fill("7");
  await page.getByRole("button", { name: "Сохранить программу" }).click();
  await expect(page.getByRole("alert")).toContainText("вышла новая версия");
  await expect(page.getByLabel("Кэшбэк", { exact: true }).first()).toHaveValue("7");
  await page.getByRole("button", { name: "Сохранить программу" }).click();
  await expect(page.getByRole("main")).toContainText("Версия 3");
});

test("the pages of the programme are accessible and fit every width", async ({ browser, baseURL, demo }) => {
  const context = await browser.newContext({ baseURL, javaScriptEnabled: true });
  const page = await context.newPage();
  await signIn(page, demo);
  for (const path of ["", "/versions/1"]) {
    await page.goto(`/panel/programme${path}`);
    if (path === "") await page.getByRole("button", { name: "Пересчитать, не сохраняя" }).last().click();
    await expectFit(page);
  }
  await context.close();
});
