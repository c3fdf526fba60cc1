// The language that the cashier chooses in the menu.

import { untilKept } from "../../cash.js";
import { expect, test } from "../../till.js";

test("the language chosen in the menu stays and is set in the document", async ({ page, cashier }) => {
  const html = page.locator("html");
  // From here on the service worker serves the page.
  await untilKept(page);
  const open = async () => expect((await page.goto("/cash")).fromServiceWorker()).toBe(true);
  await open();
  await expect(html).toHaveAttribute("lang", "ru");
  await cashier.press("Меню");
  await cashier.press("Тоҷикӣ");
  await expect(html).toHaveAttribute("lang", "tg");
  await expect(cashier.take).toHaveText("Маблағро нависед");
  await open();
  await expect(html).toHaveAttribute("lang", "tg");
  await expect(cashier.take).toHaveText("Маблағро нависед");

  await cashier.press("Меню");
  await expect(cashier.button("Тоҷикӣ")).toHaveAttribute("aria-pressed", "true");
  await cashier.press("English");
  await expect(html).toHaveAttribute("lang", "en");
  await expect(cashier.take).toHaveText("Enter the amount");
  await open();
  await expect(html).toHaveAttribute("lang", "en");
  await expect(cashier.take).toHaveText("Enter the amount");
});

test("a change of language does not change the sale", async ({ page, cashier, demo }) => {
  const { phone, full_name } = demo.clients[9];
  await cashier.key("1250,5");
  await cashier.phone(phone);
  await expect(cashier.client).toContainText(full_name);
  await cashier.press("Меню");
  await cashier.press("English");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(cashier.client).toContainText(full_name);
  await expect(cashier.take).toHaveText("Take 1 250,50 TJS");
});

test("a refusal is shown in the cashier's language", async ({ page, cashier, expectedErrors }) => {
  expectedErrors.push(/status of 403/);
  await cashier.press("Меню");
  await cashier.press("English");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.route("**/cashier/client/**", (route) =>
    route.fulfill({ status: 403, json: { success: false, error: "Клиент заблокирован.", code: "client_blocked" } }),
  );
  await page.locator(".phone-digits").fill("900000500");
  await expect(cashier.notice).toHaveText("This customer is blocked. Ask the owner.");
});

test("a refusal contains the figure of its rule", async ({ page, cashier, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  await cashier.press("Меню");
  await cashier.press("English");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  const json = { success: false, error: "Сумма чека мала.", code: "below_min_purchase", data: { min_purchase_amount: 50 } };
  await page.route("**/cashier/receipt", (route) => route.fulfill({ status: 422, json }));
  await page.locator(".keypad").getByRole("button", { name: "7", exact: true }).tap();
  await cashier.tap(cashier.take);
  await expect(cashier.notice).toHaveText("The check is too small for bonuses. It needs at least 50,00 TJS");
});
