// A tablet at the counter: the whole sale is on one screen, and a mouse or a keyboard can be used.

import { expectAccessible } from "../../fixtures.js";
import { expect, money, test } from "../../till.js";

test("a sale by mouse and keyboard without scrolling", async ({ page, cashier, api, demo }) => {
  const [{ phone, full_name }] = demo.clients;
  const most = (await api.client(phone, 90)).loyalty.max_redeem_amount;
  for (const key of ["9", "0"]) await page.keyboard.press(key, { delay: 80 });
  await cashier.phone(phone);
  await expect(cashier.client).toContainText(full_name);
  await cashier.press(`всё ${money(most)}`);
  for (const part of [cashier.header, cashier.client, cashier.toPay, page.locator(".keypad"), cashier.take]) {
    await expect(part).toBeInViewport({ ratio: 1 });
  }
  await expectAccessible(page);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  await cashier.take.focus();
  await page.keyboard.press("Enter");
  await expect(cashier.done).toContainText("Продажа записана");
  await expect(cashier.done).toContainText(money(90 - most));
  // The result has the focus, so Enter starts the next sale.
  await page.keyboard.press("Enter", { delay: 80 });
  await expect(cashier.take).toHaveText("Введите сумму");
});
