// The scanner: a client's code in front of the camera, and the other way if there is no camera.

import { untilKept, untilReady } from "../../cash.js";
import { expect, figures, money, test } from "../../till.js";

/** The demo's first client. */
const PHONE = "+992900000500";

test.use({ cameraShows: PHONE });

test.describe("with the camera allowed", () => {
  test.use({ permissions: ["camera"] });

  test("an accrual for a known client takes three taps and the digits", async ({ cashier, demo, api }) => {
    const before = await api.client(PHONE);
    cashier.taps = 0;
    await cashier.key("64");
    await cashier.press("Сканировать");
    await expect(cashier.client).toContainText(demo.clients[0].full_name, { timeout: 15_000 });
    await expect(cashier.client).toContainText(money(before.redeemable_balance));
    await cashier.tap(cashier.take);
    await expect(cashier.done).toContainText("Продажа записана");
    await cashier.press("Новый чек");
    expect(cashier.taps).toBeLessThanOrEqual(3);
    const after = await api.client(PHONE);
    expect(after.total_spent - before.total_spent).toBeCloseTo(64, 2);
  });

  test("codes are read without a network too", async ({ page, cashier, context, expectedErrors }) => {
    expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
    await untilKept(page);
    const scanner = await page.locator("meta[name=bonex-scanner]").getAttribute("content");
    await expect.poll(() => page.evaluate((file) => caches.match(file).then(Boolean), scanner)).toBe(true);
    // The browser may clear its own cache at any time.
    const session = await context.newCDPSession(page);
    await session.send("Network.clearBrowserCache");
    await context.setOffline(true);
    await page.reload();
    await untilReady(page);
    await cashier.press("Сканировать");
    await expect(cashier.client).toContainText("Проверим, когда появится связь", { timeout: 15_000 });
  });

  test("with all bonuses it takes one more tap, and the camera stays open for the next client", async ({ cashier, demo, api }) => {
    for (const amount of ["40", "50"]) {
      const before = await api.client(PHONE, amount);
      const most = before.loyalty.max_redeem_amount;
      cashier.taps = 0;
      await cashier.press("Сканировать");
      await expect(cashier.client).toContainText(demo.clients[0].full_name, { timeout: 15_000 });
      await cashier.key(amount);
      await cashier.press(`всё ${money(most)}`);
      await cashier.tap(cashier.take);
      await expect(cashier.done).toContainText("Продажа записана");
      const said = await figures(cashier.done);
      await cashier.press("Новый чек");
      expect(cashier.taps).toBeLessThanOrEqual(4);
      const after = await api.client(PHONE);
      expect(said).toMatchObject({ Списано: -most, Баланс: after.bonus_balance });
      expect(after.bonus_balance).toBeCloseTo(before.bonus_balance - most + said.Начислено, 2);
    }
  });
});

test.describe("with the camera denied", () => {
  test.use({ permissions: [] });

  test("the scanner says how to allow the camera and offers typing", async ({ cashier, demo }) => {
    await cashier.key("64");
    await cashier.press("Сканировать");
    const sheet = cashier.page.getByRole("dialog", { name: "Сканер" });
    await expect(sheet.getByRole("status")).toContainText("Браузер не пустил к камере.");
    await expect(sheet.getByRole("button", { name: "Попробовать снова" })).toBeVisible();

    // This button opens the phone field.
    await cashier.press("Ввести вручную");
    await cashier.key(demo.clients[14].phone.replace("+992", ""));
    await expect(cashier.client).toContainText(demo.clients[14].full_name);
    await cashier.tap(cashier.take);
    await expect(cashier.done).toContainText("Продажа записана");
  });

  test("the scanner tries again after the camera is allowed", async ({ cashier, context }) => {
    await cashier.press("Сканировать");
    const status = cashier.page.getByRole("dialog").getByRole("status");
    await expect(status).toContainText("Браузер не пустил к камере.");
    await context.grantPermissions(["camera"]);
    await cashier.press("Попробовать снова");
    await expect(status).not.toContainText("Браузер не пустил");
  });
});
