// Access to the till, and the messages if it is refused.

import { enterTokens as enter, openTokens } from "../../cash.js";
import { expect, test } from "../../till.js";

test("two tokens open the till, and the page shows which till it is", async ({ page, demo, cashier }) => {
  const [till] = demo.cashiers;
  await expect(cashier.header).toContainText("Демо-магазин «Сомон»");
  await expect(cashier.header).toContainText(till.branch);
  await expect(cashier.header).toContainText(till.name);
  await expect(cashier.take).toBeDisabled();

  await page.reload();
  await expect(cashier.header).toContainText(till.name);
});

test("each kind of wrong token has its own message with advice", async ({ page, demo, expectedErrors }) => {
  expectedErrors.push(/status of 401/);
  const [{ token }] = demo.cashiers;
  const advice = page.getByRole("alert");
  await page.goto("/cash");

  await enter(page, demo.tenant_token.slice(1), token);
  await expect(advice).toHaveText("Ключ — это 64 знака: цифры и буквы a–f. Скопируйте его целиком.");

  await enter(page, "0".repeat(64), token);
  await expect(advice).toHaveText("Магазин с таким ключом не найден. Проверьте Tenant Token.");

  await enter(page, demo.tenant_token, demo.other_tenant.cashiers[0].token);
  await expect(advice).toContainText("У магазина нет кассы с таким ключом. Проверьте Cashier Token");

  // As copied from a message.
  await enter(page, ` ${demo.tenant_token.toUpperCase()}\n`, `${token} `);
  await expect(page.getByRole("banner").first()).toContainText(demo.cashiers[0].name);
});

test("a second phone shows that the till is bound to another device, and who can change that", async ({ cashier, browser, demo }) => {
  await expect(cashier.header).toBeVisible();
  const other = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await other.newPage();
  await page.goto("/cash");
  await enter(page, demo.tenant_token, demo.cashiers[0].token);
  await expect(page.getByRole("alert")).toHaveText(
    "Эта касса привязана к другому устройству. " +
      "Владелец может сбросить привязку: панель → «Филиалы и кассы» → «Сбросить привязку». Потом войдите здесь ещё раз.",
  );
  await other.close();
});

test("keys are found in the text copied with them, one or both at once", async ({ page, demo, cashier }) => {
  const [{ token, name }] = demo.cashiers;
  await expect(cashier.header).toContainText(name);
  for (const [first, second] of [
    [`Tenant Token: «${demo.tenant_token}»`, `\u200b${token}\ufeff`],
    [`Cashier Token: ${token}, Tenant Token: ${demo.tenant_token}`, undefined],
  ]) {
    await page.evaluate(() => localStorage.removeItem("bonex-till"));
    await page.goto("/cash");
    await openTokens(page);
    await page.getByLabel("Tenant Token").fill(first);
    if (second) await page.getByLabel("Cashier Token").fill(second);
    await expect(page.getByLabel("Cashier Token")).toHaveValue(token);
    await page.getByRole("button", { name: "Сохранить и войти" }).click();
    await expect(cashier.header).toContainText(name);
  }
});

test("complete keys are hidden except their last characters", async ({ page, demo }) => {
  await page.goto("/cash");
  await openTokens(page);
  for (const [name, key] of [
    ["Tenant Token", demo.tenant_token],
    ["Cashier Token", demo.cashiers[0].token],
  ]) {
    const field = page.getByLabel(name);
    const isHidden = () => field.evaluate((input) => getComputedStyle(input).webkitTextSecurity);
    // A key is visible as long as it is incomplete.
    await field.fill(key.slice(1));
    expect(await isHidden()).toBe("none");
    await field.fill(key);
    expect(await isHidden()).toBe("disc");
    await expect(page.getByText(`✓ …${key.slice(-4)}`)).toBeVisible();
  }
});
