// A sale in progress is restored after the page was left.

import { untilReady } from "../../cash.js";
import { Cashier, expect, test } from "../../till.js";

test("after a reload or the phone's back button the sale in progress is restored", async ({ page, cashier, demo }) => {
  const { phone, full_name } = demo.clients[2];
  await cashier.key("1250,5");
  await cashier.phone(phone);
  await expect(cashier.client).toContainText(full_name);
  // Pull to refresh.
  await page.reload();
  await untilReady(page);
  await expect(cashier.client).toContainText(full_name);
  await expect(cashier.take).toHaveText(/1\s250,50\sсом\.$/);
  // To another page and back.
  await page.goto("/");
  await page.goBack();
  await expect(cashier.client).toContainText(full_name);
  await expect(cashier.take).toHaveText(/1\s250,50\sсом\.$/);
  const pulls = await page.evaluate(() => getComputedStyle(document.documentElement).overscrollBehaviorY);
  expect(pulls).toBe("none");
  // A recorded sale is not restored.
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Продажа записана");
  await page.reload();
  await untilReady(page);
  await expect(cashier.toPay).toHaveText(/^0/);
});

test("a reopened app restores the sale in progress, another tab of the till does not", async ({
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
  // The first tab is hidden and keeps its sale.
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

  // Leaves the page before the tab is closed, as a phone does, so that the page stores its sale.
  await page.goto("about:blank");
  await page.close();
  const again = await open();
  await expect(again.toPay).toHaveText(/^64(?!\d)/);
  // The sale is restored only once.
  await again.page.evaluate(() => {
    localStorage.removeItem("bonex-draft");
  });
  await again.press("Очистить");
  await again.page.goto("about:blank");
  await again.page.close();
  const last = await open();
  await expect(last.toPay).toHaveText(/^0/);
});

test("a sale started long ago is not restored", async ({ page, cashier }) => {
  await cashier.key("99");
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 11 * 60_000;
  });
  await page.reload();
  await untilReady(page);
  await expect(cashier.toPay).toHaveText(/^0/);
});

test("a sale that is being sent is not restored", async ({ page, cashier, server, expectedErrors }) => {
  expectedErrors.push(/ERR_/, /status of 422/);
  await cashier.key("83");
  let reached;
  const inFlight = new Promise((resolve) => (reached = resolve));
  // The first attempt gets no answer. The reload ends it, because removing the route would let it
  // continue.
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
