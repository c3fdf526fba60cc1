// A begun check, when the page goes away in the middle of it.

import { untilReady } from "../../cash.js";
import { Cashier, expect, test } from "../../till.js";

test("pulled down or left by the phone's back, the begun check stands there again", async ({ page, cashier, demo }) => {
  const { phone, full_name } = demo.clients[2];
  await cashier.key("1250,5");
  await cashier.phone(phone);
  await expect(cashier.client).toContainText(full_name);
  // Pull to refresh.
  await page.reload();
  await untilReady(page);
  await expect(cashier.client).toContainText(full_name);
  await expect(cashier.take).toHaveText(/1\s250,50\sсом\.$/);
  // Away, and back.
  await page.goto("/");
  await page.goBack();
  await expect(cashier.client).toContainText(full_name);
  await expect(cashier.take).toHaveText(/1\s250,50\sсом\.$/);
  const pulls = await page.evaluate(() => getComputedStyle(document.documentElement).overscrollBehaviorY);
  expect(pulls).toBe("none");
  // Taken, it is gone for good.
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Продажа записана");
  await page.reload();
  await untilReady(page);
  await expect(cashier.toPay).toHaveText(/^0/);
});

test("an app that was closed opens with it, another tab of the till does not", async ({
  page,
  cashier,
  context,
  hasTouch,
}) => {
  await cashier.key("64");
  const open = async () => {
    const next = new Cashier(await context.newPage(), hasTouch);
    await next.page.goto("/cash");
    await untilReady(next.page);
    return next;
  };
  // The first tab is out of sight, and holds its check.
  await page.evaluate(() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  });
  const beside = await open();
  await beside.key("7");
  await expect(beside.toPay).toHaveText(/^7(?!\d)/);
  await beside.press("Очистить");
  await beside.page.close({ runBeforeUnload: false });
  await page.evaluate(() => {
    delete document.hidden;
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  });
  await expect(cashier.toPay).toHaveText(/^64(?!\d)/);

  // Closed as a phone closes it: by going elsewhere for the last time.
  await page.goto("about:blank");
  await page.close();
  const again = await open();
  await expect(again.toPay).toHaveText(/^64(?!\d)/);
  // Only once.
  await again.page.evaluate(() => {
    localStorage.removeItem("bonex-draft");
  });
  await again.press("Очистить");
  await again.page.goto("about:blank");
  await again.page.close();
  const last = await open();
  await expect(last.toPay).toHaveText(/^0/);
});

test("what was begun long ago is nobody's", async ({ page, cashier }) => {
  await cashier.key("99");
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 11 * 60_000;
  });
  await page.reload();
  await untilReady(page);
  await expect(cashier.toPay).toHaveText(/^0/);
});

test("a check on its way does not stand there again", async ({ page, cashier, server, expectedErrors }) => {
  expectedErrors.push(/ERR_/, /status of 422/);
  await cashier.key("83");
  let reached;
  const inFlight = new Promise((resolve) => (reached = resolve));
  // The first attempt has no answer; ended by the reload, for a route that is taken away lets it go on.
  await page.route("**/cashier/receipt", (route) => (reached ? reached() : route.continue()));
  await cashier.tap(cashier.take);
  await inFlight;
  reached = undefined;
  page.once("dialog", (question) => question.accept());
  await page.reload();
  await untilReady(page);
  await expect(page.getByText("Записан чек на 83,00 сом.")).toBeVisible();
  await expect(cashier.toPay).toHaveText(/^0/);
  expect(server.rows("select 1 from receipts where total_dirams = 8300")).toHaveLength(1);
});
