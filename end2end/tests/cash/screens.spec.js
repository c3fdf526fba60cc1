// Small and landscape screens: keys are large enough, and the main button is visible.

import { expectAccessible } from "../../fixtures.js";
import { expect, money, test } from "../../till.js";

const SIZES = [[320, 568], [360, 560], [360, 740], [390, 844], [768, 1024], [844, 390], [1280, 800]];

/** Checks that keys are large enough and that nothing scrolls sideways. */
async function expectUsable(page, button) {
  const keys = await page.locator(".keypad").last().getByRole("button").all();
  for (const key of keys) expect((await key.boundingBox()).height, "a key's height").toBeGreaterThanOrEqual(56);
  const overflowing = await page.evaluate(() => {
    const all = [document.documentElement, ...document.querySelectorAll(".sale, .sheet, .done")];
    return all.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.className);
  });
  expect(overflowing, "nothing to scroll sideways").toEqual([]);
  await expect(button).toBeInViewport({ ratio: 0.99 });
}

for (const [width, height] of SIZES) {
  test(`a sale and its return on ${width}×${height}`, async ({ page, cashier, demo, expectedErrors }) => {
    expectedErrors.push(/status of 404/);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.setViewportSize({ width, height });
    await expectUsable(page, cashier.take);
    await cashier.key("1250,5");
    await cashier.phone("+992911000997");
    const name = page.getByLabel("Имя (можно не указывать)");
    const register = cashier.button("Зарегистрировать");
    await name.scrollIntoViewIfNeeded();
    await expect(name).toBeInViewport({ ratio: 0.99 });
    expect((await name.boundingBox()).width, "room for a name").toBeGreaterThanOrEqual(100);
    await register.scrollIntoViewIfNeeded();
    await expect(register).toBeInViewport({ ratio: 0.99 });
    await expectUsable(page, cashier.take);
    await cashier.press("Убрать клиента");
    await cashier.press("Очистить");
    await cashier.phone(demo.clients[5].phone);
    await cashier.tap(page.getByRole("button", { name: /^половина/ }));
    for (const chip of await page.locator(".redeem .chip").all()) {
      await chip.scrollIntoViewIfNeeded();
      await expect(chip).toBeInViewport({ ratio: 0.99 });
    }
    await expectUsable(page, cashier.take);
    await expectAccessible(page);
    await cashier.tap(cashier.take);
    await expect(cashier.done).toContainText("Продажа записана");
    await expect(cashier.button("Новый чек")).toBeInViewport({ ratio: 0.99 });
    await cashier.press("Возврат");
    await expect(page.getByText(/^Выдать /)).toContainText(/\d/);
    await expect(page.getByText(/^Выдать /)).toBeInViewport({ ratio: 0.99 });
    await expectUsable(page, cashier.button("Оформить возврат"));
    await expectAccessible(page);
  });
}

test("text twice as large", async ({ page, cashier, demo }) => {
  for (const [width, height] of [[360, 740], [360, 560], [768, 1024]]) {
    await page.setViewportSize({ width, height });
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    await cashier.key("350");
    await cashier.phone(demo.clients[6].phone);
    await cashier.tap(page.getByRole("button", { name: /^всё/ }));
    await expectUsable(page, cashier.take);
    // The client and the choice of bonuses have enough room.
    const check = await page.locator(".sale-check").boundingBox();
    expect(check.height).toBeGreaterThanOrEqual(140);
    await cashier.tap(cashier.take);
    await cashier.press("Возврат");
    await expect(page.getByText(/^Выдать /)).toContainText(/\d/);
    await expectUsable(page, cashier.button("Оформить возврат"));
    await cashier.close();
  }
});

test("a small phone with its keyboard open registers a client", async ({ page, cashier, expectedErrors, server }) => {
  expectedErrors.push(/status of 404/);
  await page.setViewportSize({ width: 360, height: 560 });
  await cashier.key("77");
  await cashier.phone("+992911000996");
  await page.setViewportSize({ width: 360, height: 300 });
  const name = page.getByLabel("Имя (можно не указывать)");
  await name.fill("Ситора");
  await expect(name).toBeInViewport({ ratio: 0.99 });
  await cashier.press("Зарегистрировать");
  await expect(cashier.client).toContainText("Ситора");
  await expect(cashier.take).toHaveText(`Принять ${money(77)} сом.`);
  expect(server.rows("select full_name from clients where phone = '+992911000996'")).toEqual([{ full_name: "Ситора" }]);
});
