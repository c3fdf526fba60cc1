// The cashier's own choice of language.

import { expect, test } from "../../till.js";

test("the language chosen in the menu stays, and the document says so", async ({ page, cashier }) => {
  const html = page.locator("html");
  await expect(html).toHaveAttribute("lang", "ru");
  await cashier.press("Меню");
  await cashier.press("Тоҷикӣ");
  await expect(html).toHaveAttribute("lang", "tg");
  await expect(cashier.take).toHaveText("Маблағро нависед");
  await page.reload();
  await expect(html).toHaveAttribute("lang", "tg");
  await expect(cashier.take).toHaveText("Маблағро нависед");

  await cashier.press("Меню");
  await expect(cashier.button("Тоҷикӣ")).toHaveAttribute("aria-pressed", "true");
  await cashier.press("English");
  await expect(html).toHaveAttribute("lang", "en");
  await expect(cashier.take).toHaveText("Enter the amount");
  await page.reload();
  await expect(html).toHaveAttribute("lang", "en");
  await expect(cashier.take).toHaveText("Enter the amount");
});
