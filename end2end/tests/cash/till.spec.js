// The till around the sale: the back button, signing out, and a till that is disabled.

import { enterTokens } from "../../cash.js";
import { expect, test } from "../../till.js";

test("the phone's back button closes what is open over the sale", async ({ page, cashier }) => {
  await cashier.key("25");
  await cashier.open("Смена");
  await page.goBack();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(cashier.toPay).toHaveText(/^25(?!\d)/);
  await cashier.press("Меню");
  await cashier.close();
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Чек записан");
  await page.goBack();
  await expect(cashier.toPay).toHaveText(/^0/);
  await expect(page).toHaveURL(/\/cash$/);
});

test("a sheet over the sale takes the focus and returns it", async ({ page, cashier }) => {
  for (const [button, sheet] of [
    ["Меню", "Касса"],
    ["Сканировать", "Сканер"],
  ]) {
    await page.getByRole("button", { name: button }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: sheet })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: button })).toBeFocused();
  }
});

test("signing out asks for confirmation; another till in the same phone has its own history", async ({ page, cashier, demo }) => {
  await cashier.key("26");
  await cashier.tap(cashier.take);
  await cashier.press("Новый чек");
  await cashier.press("Меню");
  page.once("dialog", (question) => question.dismiss());
  await cashier.press("Выйти из кассы");
  await expect(page.getByRole("dialog")).toBeVisible();
  page.once("dialog", (question) => question.accept());
  await cashier.press("Выйти из кассы");
  await expect(page.getByLabel("Cashier Token")).toHaveValue("");

  await enterTokens(page, demo.tenant_token, demo.cashiers[2].token);
  await expect(cashier.header).toContainText(demo.cashiers[2].branch);
  await cashier.open("История");
  await expect(page.getByText("Здесь появятся чеки этой кассы.")).toBeVisible();
});

test("a till disabled during a sale keeps the sale until it is enabled again", async ({
  page,
  cashier,
  demo,
  server,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 403/);
  await cashier.key("27");
  await cashier.wedge(demo.clients[4].ean13);
  await expect(cashier.client).toBeVisible();
  const refusal = { success: false, code: "cashier_disabled", error: "Касса отключена" };
  await page.route("**/api/v1/**", (route) => route.fulfill({ status: 403, json: refusal }));
  await cashier.tap(cashier.take);
  await expect(page.getByRole("alert")).toHaveText(
    "Владелец отключил эту кассу. Включить её можно в панели: «Филиалы и кассы».",
  );
  await expect(page.getByText("Не отправлено чеков: 1")).toBeVisible();
  await page.unroute("**/api/v1/**");

  // With the keys of another till the sale would stay behind, so the page asks first.
  await page.getByLabel("Cashier Token").fill(demo.cashiers[2].token);
  const asked = page.waitForEvent("dialog").then((question) => {
    expect(question.message()).toContain("На этом телефоне есть неотправленные чеки");
    return question.dismiss();
  });
  await cashier.press("Сохранить и войти");
  await asked;
  await page.getByLabel("Cashier Token").fill(demo.cashiers[0].token);

  const before = server.rows("select count(*) count from sales")[0].count;
  const [sent] = await Promise.all([page.waitForResponse("**/cashier/sale"), cashier.press("Сохранить и войти")]);
  expect(sent.status()).toBe(201);
  await cashier.open("История");
  await expect(page.getByRole("listitem")).toContainText(["27,00 сом."]);
  expect(server.rows("select count(*) count from sales")[0].count).toBe(before + 1);
});

// Each question to the server that a cashier asks, up to the tap that sends it.
const QUESTIONS = {
  "a lookup": async (cashier, demo) => () => cashier.phone(demo.clients[5].phone),
  "a registration": async (cashier) => {
    await cashier.phone("+992911000077");
    await expect(cashier.page.getByText("Такого клиента ещё нет")).toBeVisible();
    return () => cashier.press("Зарегистрировать");
  },
  "the calculation of a return": async (cashier, demo) => {
    await cashier.sell("31", demo.clients[6].phone);
    return () => cashier.press("Возврат");
  },
};

for (const [question, prepare] of Object.entries(QUESTIONS)) {
  test(`the till is closed when ${question} finds it disabled`, async ({ page, cashier, demo, expectedErrors }) => {
    expectedErrors.push(/status of 403/, /status of 404/);
    const ask = await prepare(cashier, demo);
    const refusal = { success: false, code: "cashier_disabled", error: "Касса отключена" };
    await page.route("**/api/v1/**", (route) => route.fulfill({ status: 403, json: refusal }));
    await ask();
    await expect(page.getByRole("alert")).toHaveText(
      "Владелец отключил эту кассу. Включить её можно в панели: «Филиалы и кассы».",
    );
    await expect(page.getByLabel("Cashier Token")).toBeVisible();
  });
}
