// A phone with a clock that is wrong by years, opened without a network. The server's time is
// remembered, and corrected with its next answer.

import { untilKept, untilReady } from "../../cash.js";
import { Cashier, expect, test } from "../../till.js";

const DAY_MS = 86_400_000;

for (const [name, days] of [
  ["years behind", -800],
  ["years ahead", 800],
]) {
  test(`a receipt of a phone that is ${name} is recorded at its true time`, async ({
    page,
    cashier,
    context,
    server,
    expectedErrors,
    hasTouch,
  }) => {
    expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
    const sum = days < 0 ? "171" : "172";
    await cashier.key("170");
    await cashier.tap(cashier.take);
    await expect(cashier.done).toContainText("Чек записан");
    await cashier.press("Новый чек");
    await untilKept(page);
    // As if the last answer of the server had come yesterday.
    await page.evaluate((day) => {
      const clock = JSON.parse(localStorage.getItem("bonex-clock") ?? "{}");
      localStorage.setItem("bonex-clock", JSON.stringify({ ...clock, heard_ms: clock.heard_ms - day }));
    }, DAY_MS);
    await context.setOffline(true);
    await page.close({ runBeforeUnload: false });

    // The phone has lost the time overnight.
    const openWithWrongClock = async (minutes) => {
      const next = await context.newPage();
      await next.addInitScript((ahead) => {
        const now = Date.now;
        Date.now = () => now() + ahead;
      }, days * DAY_MS + minutes * 60_000);
      await next.goto("/cash");
      await untilReady(next);
      return new Cashier(next, hasTouch);
    };
    const before = Math.floor(Date.now() / 1000);
    const offline = await openWithWrongClock(0);
    await offline.key(sum);
    await offline.tap(offline.take);
    await expect(offline.done).toContainText("Чек сохранён");
    const after = Math.ceil(Date.now() / 1000);
    await offline.press("Новый чек");
    await offline.page.close({ runBeforeUnload: false });

    // Two hours later by the phone's clock. The request must contain the moment when the receipt
    // was made.
    const next = await openWithWrongClock(120);
    await context.setOffline(false);
    await expect(next.waiting).toHaveCount(0);
    const [{ date }] = server.rows(`select receipt_date date from receipts where total_dirams = ${sum}00`);
    expect(date / 1e6).toBeGreaterThan(before - 7_200 - 5);
    expect(date / 1e6).toBeLessThan(after - 7_200 + 5);
    // The wrong clock causes no history to be deleted.
    await next.open("История");
    await expect(next.page.getByRole("listitem")).toContainText(["170,00", `${sum},00`]);
  });
}
