// The cashier's own choice of language.

import { untilKept } from "../../cash.js";
import { expect, test } from "../../till.js";

test("the language chosen in the menu stays, and the document says so", async ({ page, cashier }) => {
  const html = page.locator("html");
  // From here on the page opens from what the phone keeps.
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
