// The cashier as an app on the phone: it opens without a network, and a new version starts only
// between sales.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { untilKept, untilReady } from "../../cash.js";
import { siteDirectory, startServer } from "../../server.js";
import { Cashier, expect, test } from "../../till.js";

test("after one visit the till opens without a network", async ({ page, cashier, demo, context, expectedErrors }) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  await expect(cashier.header).toContainText(demo.cashiers[0].name);
  await untilKept(page);
  await context.setOffline(true);
  await page.reload();
  await untilReady(page);
  await expect(cashier.header).toContainText(demo.cashiers[0].name);
  await expect(page.getByText("Нет связи. Начисления сохраним и отправим сами.")).toBeVisible();
  await cashier.key("12,5");
  await expect(cashier.take).toHaveText("Чек без клиента 12,50 сом.");
});

/** A server with a copy of the site, of which a new version can be published. */
const updated = test.extend({
  server: [
    async ({}, use) => {
      const site = mkdtempSync(join(tmpdir(), "bonex-site-"));
      cpSync(siteDirectory(), site, { recursive: true });
      const server = await startServer({ site });
      // A new build: only the worker differs, the files are the same.
      const publish = async (inputs) => {
        const manifest = join(site, "manifest.json");
        writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, "utf8")), inputs }));
        await server.restart();
      };
      await use({ ...server, publish });
      await server.stop();
      rmSync(site, { recursive: true });
    },
    { scope: "worker" },
  ],
});

updated("a new build waits for the end of the sale", async ({ page, cashier, server, demo }) => {
  const [{ phone, full_name }] = demo.clients;
  const kept = () => page.evaluate(() => caches.keys());
  const isTheSamePage = () => page.evaluate(() => window.isTheSamePage === true);
  await untilKept(page);
  // From now on the worker controls the page.
  await page.reload();
  await cashier.key("77");
  await cashier.phone(phone);
  await expect(cashier.client).toContainText(full_name);
  await page.evaluate(() => (window.isTheSamePage = true));

  await server.publish("another");
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/cash")).update());
  const waiting = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/cash")).waiting?.state);
  await expect.poll(waiting).toBe("installed");
  await expect(cashier.take).toHaveText("Принять 77,00 сом.");
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Продажа записана");
  expect(await isTheSamePage()).toBe(true);

  await cashier.press("Новый чек");
  await expect.poll(() => isTheSamePage().catch(() => true)).toBe(false);
  await untilReady(page);
  await expect(cashier.toPay).toHaveText(/^0/);
  expect(await kept()).toEqual(["bonex-cash-another"]);
});

updated("a tab in the middle of a sale updates when the sale is over", async ({ page, cashier, server, context, hasTouch }) => {
  await untilKept(page);
  await page.reload();
  const busy = new Cashier(await context.newPage(), hasTouch);
  await busy.page.goto("/cash");
  await untilReady(busy.page);
  await busy.key("78");
  const isTheSamePage = (page) => page.evaluate(() => window.isTheSamePage === true).catch(() => true);
  for (const tab of [page, busy.page]) await tab.evaluate(() => (window.isTheSamePage = true));

  await server.publish("a fourth");
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/cash")).update());
  await expect.poll(() => isTheSamePage(page)).toBe(false);
  await expect(busy.take).toHaveText("Чек без клиента 78,00 сом.");
  expect(await isTheSamePage(busy.page)).toBe(true);
  await busy.press("Очистить");
  await expect.poll(() => isTheSamePage(busy.page)).toBe(false);
  await expect(cashier.take).toHaveText("Введите сумму");
});

updated("a new build also starts on the page where the keys are entered", async ({ page, cashier, server }) => {
  await untilKept(page);
  await cashier.press("Меню");
  page.once("dialog", (question) => question.accept());
  await cashier.press("Выйти из кассы");
  await page.reload();
  await expect(page.getByLabel("Код из панели")).toBeVisible();
  await page.evaluate(() => (window.isTheSamePage = true));
  await server.publish("a fifth");
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/cash")).update());
  await expect.poll(() => page.evaluate(() => window.isTheSamePage === true).catch(() => true)).toBe(false);
  await expect(page.getByLabel("Код из панели")).toBeVisible();
});

updated("a new build starts at once if the sale is empty", async ({ page, cashier, server, expectedErrors }) => {
  // The first requests of the page may fail during the server's restart.
  expectedErrors.push(/ERR_CONNECTION_REFUSED/);
  await untilKept(page);
  await page.reload();
  await expect(cashier.take).toBeVisible();
  await page.evaluate(() => (window.isTheSamePage = true));
  await server.publish("a third");
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/cash")).update());
  await expect.poll(() => page.evaluate(() => window.isTheSamePage === true).catch(() => true)).toBe(false);
  await untilReady(page);
  await expect(cashier.take).toHaveText("Введите сумму");
});
