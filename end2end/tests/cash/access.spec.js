// Checks every state of the cashier against WCAG 2.2, in light and dark colours.

import { enterTokens } from "../../cash.js";
import { expectAccessible } from "../../fixtures.js";
import { expect, test } from "../../till.js";

/** Checks the screen in both colour schemes. They differ only in colours. */
async function look(page, state) {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await test.step(`${state}, light`, () => expectAccessible(page));
  await page.emulateMedia({ colorScheme: "dark" });
  await test.step(`${state}, dark`, () => expectAccessible(page, ["color-contrast"]));
}

test("before the till opens", async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(/status of 401/);
  await page.goto("/cash");
  await expect(page.getByRole("button", { name: "Сохранить и войти" })).toBeVisible();
  await look(page, "entering");
  await enterTokens(page, "0".repeat(64), demo.cashiers[0].token);
  await expect(page.getByRole("alert")).toContainText("Магазин с таким ключом не найден");
  await look(page, "refused");
});

test("a sale before it is sent", async ({ page, cashier, demo, context, expectedErrors }) => {
  expectedErrors.push(/status of 404/, /ERR_INTERNET_DISCONNECTED/);
  await look(page, "nothing typed");
  await cashier.key("1250,5");
  await cashier.phone("+992911000999");
  await expect(page.getByText("Такого клиента ещё нет")).toBeVisible();
  await look(page, "an unknown client");
  await cashier.press("Убрать клиента");
  await cashier.wedge("4601234567893");
  await expect(cashier.notice).toBeVisible();
  await look(page, "a code that is not a client's");

  await cashier.wedge(demo.clients[18].card_number);
  await expect(cashier.client).toContainText(demo.clients[18].full_name);
  await cashier.tap(page.getByRole("button", { name: /^всё/ }));
  await look(page, "a client who pays with bonuses");
  await context.setOffline(true);
  await cashier.tap(cashier.take);
  await expect(cashier.notice).toBeVisible();
  await look(page, "no network");
});

test("the results of a sale and of a return", async ({ page, cashier, demo, expectedErrors }) => {
  expectedErrors.push(/ERR_FAILED/);
  await cashier.key("400");
  await cashier.wedge(demo.clients[19].ean13);
  await expect(cashier.client).toContainText(demo.clients[19].full_name);
  await cashier.tap(page.getByRole("button", { name: /^всё/ }));
  let losing = true;
  await page.route("**/cashier/sale", (route) => (losing ? route.abort() : route.continue()));
  await cashier.tap(cashier.take);
  await expect(page.getByRole("alertdialog")).toBeVisible();
  await look(page, "an unknown outcome");
  losing = false;
  await expect(cashier.done).toContainText("Продажа записана");
  await look(page, "recorded");

  await cashier.press("Возврат");
  await look(page, "a return");
  await expect(page.getByText(/^Выдать /)).toBeVisible();
  await look(page, "a return to be confirmed");
  await cashier.press("Оформить возврат");
  await expect(cashier.done).toContainText("Возврат записан");
  await look(page, "returned");

  await cashier.press("Новый чек");
  await cashier.open("История");
  await page.getByRole("searchbox").fill(demo.clients[19].phone);
  await look(page, "a client to look for in the store");
  await cashier.press("Искать на всех кассах");
  await expect(page.getByRole("listitem").first()).toBeVisible();
  await look(page, "the client's sales in the store");
});

test("the sheets and pages over the sale", async ({ page, cashier, context, expectedErrors }) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/, /status of 404/);
  await cashier.press("Сканировать");
  await expect(page.getByRole("dialog").getByRole("status")).toContainText("Камера не найдена");
  await look(page, "no camera");
  await cashier.close();
  await cashier.press("Карта или штрихкод");
  await look(page, "a card to be typed");
  await cashier.close();
  await cashier.open("История");
  await look(page, "an empty history");
  await cashier.close();

  await context.setOffline(true);
  await cashier.key("70");
  await cashier.phone("+992911000998");
  await look(page, "a client who cannot be looked up");
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Чек сохранён");
  await look(page, "kept");
  await cashier.press("Новый чек");
  await cashier.tap(cashier.waiting);
  await look(page, "a document that waits");
  await context.setOffline(false);
  await expect(page.getByRole("listitem")).toContainText("Не принят");
  await look(page, "a refused document");
  await cashier.close();
  await cashier.press("Меню");
  await look(page, "the menu");
  await cashier.press("Смена");
  await look(page, "the shift");
});

test("accessible names contain the text of the button and the current field", async ({ page, cashier, demo }) => {
  await expect(page.getByRole("group", { name: "Сумма чека" })).toBeVisible();
  await cashier.key("350,5");
  await expect(page.getByRole("button", { name: /^К оплате 350,50?\s*сом\./ })).toBeVisible();
  await cashier.tap(page.getByLabel("Телефон клиента"));
  await expect(page.getByRole("group", { name: "Номер телефона" })).toBeVisible();
  await cashier.key(demo.clients[5].phone.slice(4));
  await expect(cashier.client).toBeVisible();
  await expect(page.getByRole("group", { name: "Сумма чека" })).toBeVisible();
});

test("the focus moves to the client's place when the focused element disappears", async ({ page, cashier, demo }) => {
  const place = page.getByRole("group", { name: "Клиент", exact: true });
  await page.getByLabel("Телефон клиента").focus();
  await page.keyboard.type(demo.clients[5].phone.slice(4), { delay: 150 });
  await expect(cashier.client).toContainText(demo.clients[5].full_name);
  await expect(place).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(cashier.button("Убрать клиента")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(cashier.client).toHaveCount(0);
  await expect(place).toBeFocused();
});

test("with forced colours an outline marks the current field", async ({ page, cashier }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const line = (locator) => locator.evaluate((element) => getComputedStyle(element).outlineStyle);
  await expect.poll(() => line(page.locator("button.sum"))).toBe("solid");
  await cashier.tap(page.getByLabel("Телефон клиента"));
  await expect.poll(() => line(page.locator(".phone"))).toBe("solid");
  await expect.poll(() => line(page.locator("button.sum"))).not.toBe("solid");
});
