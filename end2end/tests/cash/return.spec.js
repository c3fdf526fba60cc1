// Returns: the cash that the screen shows to the cashier, and the records of the server.

import { randomUUID } from "node:crypto";

import { Api, expect, figures, money, number, test } from "../../till.js";

/**
 * Redeems a client's bonuses at another till until `left` remain. Fails while bonuses are still
 * held.
 */
async function leaveBonuses(api, phone, left) {
  const { redeemable_balance, bonus_balance } = await api.client(phone);
  if (redeemable_balance < bonus_balance) throw new Error("the bonuses are still held");
  const amount = (redeemable_balance - left).toFixed(2);
  await api.post("/cashier/redeem", { client_phone: phone, amount, total_amount: 100_000 });
}

test("half of a sale is returned as the page said and the server recorded", async ({ cashier, api, demo, server }) => {
  const { phone } = demo.clients[3];
  const sold = await api.client(phone, 400);
  const most = sold.loyalty.max_redeem_amount;
  await cashier.key("400");
  await cashier.phone(phone);
  await expect(cashier.client).toBeVisible();
  await cashier.press(`всё ${money(most)}`);
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Продажа записана");
  const before = await api.client(phone);
  const [sale] = server.rows("select id, external_sale_id from sales order by id desc limit 1");
  const calculated = await api.post("/cashier/return/calculate", {
    client_phone: phone,
    return_amount: 200,
    original_external_sale_id: sale.external_sale_id,
  });

  // After a look at the return, the same sale must not be on the screen, ready to be taken again.
  const sheet = cashier.page.getByRole("dialog", { name: "Возврат" });
  await cashier.press("Возврат");
  await cashier.close();
  await expect(cashier.take).toHaveText("Введите сумму");
  await expect(cashier.client).toHaveCount(0);
  await cashier.open("История");
  await cashier.press("Возврат");
  await expect(sheet).toContainText(`Чек ${money(400)}`);
  await sheet.getByRole("button", { name: "половина" }).tap();
  await expect(sheet.locator("output")).toContainText("200");

  const cash = 200 - most / 2;
  await expect(sheet.getByText(/^Выдать /)).toHaveText(`Выдать ${money(cash)} сом.`);
  await expect(sheet).toContainText(
    `вернуть бонусов: ${money(most / 2)} · забрать бонусов: ${money(calculated.bonus_to_revoke)}`,
  );
  await sheet.getByRole("button", { name: "Оформить возврат" }).tap();

  await expect(cashier.done).toContainText("Возврат записан");
  const after = await api.client(phone);
  expect(await figures(cashier.done)).toEqual({
    Выдано: cash,
    "Забрано бонусов": calculated.bonus_to_revoke,
    "Возвращено бонусов": most / 2,
    Баланс: after.bonus_balance,
  });
  expect(after.bonus_balance).toBeCloseTo(before.bonus_balance + most / 2 - calculated.bonus_to_revoke, 2);
  expect(server.rows(`select * from returns where sale_id = ${sale.id}`)).toEqual([
    expect.objectContaining({
      return_dirams: 20000,
      cash_refund_dirams: Math.round(cash * 100),
      restored_dirams: Math.round(most * 50),
      revoked_dirams: Math.round(calculated.bonus_to_revoke * 100),
    }),
  ]);

  // The rest can be returned later, but not more than that.
  await cashier.press("Новый чек");
  await cashier.open("История");
  await cashier.page.getByRole("button", { name: "Возврат" }).first().tap();
  await expect(sheet).toContainText(`Можно вернуть ${money(200)}`);
  // The first digit replaces the proposed amount.
  await cashier.key("201");
  await expect(sheet).toContainText("Больше, чем осталось в чеке.");
  await expect(sheet.getByRole("button", { name: "Оформить возврат" })).toBeDisabled();
  expect(number(await sheet.locator("output").textContent())).toBeGreaterThan(200);
});

test("after a lost answer a return shows the money to pay out as soon as it is known", async ({
  page,
  cashier,
  demo,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/, /status of 422/);
  await cashier.sell("90", demo.clients[11].phone);
  await page.route("**/return/calculate", (route) => route.abort());
  await cashier.press("Возврат");
  const sheet = page.getByRole("dialog", { name: "Возврат" });
  await expect(sheet).toContainText("Не удалось спросить сервер");
  await page.unroute("**/return/calculate");
  await cashier.press("Рассчитать ещё раз");
  await expect(sheet.getByText("Выдать 90,00 сом.")).toBeVisible();
  await expect(sheet).not.toContainText("Не удалось спросить сервер");

  let losing = true;
  await page.route("**/cashier/return", async (route) => {
    if (!losing) return route.continue();
    await route.fetch();
    return route.abort();
  });
  await cashier.press("Оформить возврат");
  await cashier.press("Продолжить работу, проверим сами");
  losing = false;
  await context.setOffline(true);
  await context.setOffline(false);
  await expect(cashier.done).toContainText("Возврат записан");
  expect(await figures(cashier.done)).toMatchObject({ Выдано: 90 });
  await expect(cashier.waiting).toHaveCount(0);
  await cashier.press("Новый чек");
  // It is recorded once.
  await page.reload();
  await cashier.open("История");
  await expect(page.getByRole("listitem").first()).toContainText("Возврат · Выдано 90,00 сом.");
});

test("a return also shows the money to pay out if the cashier did not wait for it", async ({
  page,
  cashier,
  demo,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_FAILED/);
  await cashier.sell("60", demo.clients[12].phone);
  await cashier.press("Возврат");
  // A hardware keyboard works like the keypad.
  for (const key of ["2", "0"]) await page.keyboard.press(key, { delay: 80 });
  const sheet = page.getByRole("dialog", { name: "Возврат" });
  await expect(sheet.locator("output")).toHaveText(/^20(?!\d)/);
  await expect(sheet.getByText("Выдать 20,00 сом.")).toBeVisible();
  // A scan does not change the confirmed amount.
  await cashier.wedge("4601234567893");
  await expect(sheet.locator("output")).toHaveText(/^20(?!\d)/);
  await expect(sheet.getByText("Выдать 20,00 сом.")).toBeVisible();
  let attempts = 0;
  let answer;
  await page.route("**/cashier/return", async (route) => {
    attempts += 1;
    if (attempts === 1) return route.abort();
    await new Promise((resolve) => (answer = resolve));
    return route.continue();
  });
  await cashier.press("Оформить возврат");
  await expect.poll(() => answer).toBeDefined();
  await cashier.press("Продолжить работу, проверим сами");
  // The next sale is started meanwhile and continues after the result.
  await cashier.key("7");
  answer();
  await expect(cashier.done).toContainText("Возврат записан");
  expect(await figures(cashier.done)).toMatchObject({ Выдано: 20 });
  await page.keyboard.press("5");
  await expect(cashier.done).toBeVisible();
  await cashier.press("К чеку");
  await expect(cashier.toPay).toHaveText(/^7(?!\d)/);
});

test("the value of spent bonuses is withheld from the money and counted once", async ({ cashier, api, demo, server }) => {
  const { phone } = demo.clients[13];
  await cashier.sell("1000", phone);
  const { Начислено } = await figures(cashier.done);
  // Another till redeems all bonuses but ten.
  await expect(() => leaveBonuses(api, phone, 10)).toPass();
  await cashier.press("Возврат");
  const withheld = Начислено - 10;
  await expect(cashier.page.getByText(/^Выдать /)).toHaveText(`Выдать ${money(1000 - withheld)} сом.`);
  await expect(cashier.page.getByRole("dialog")).toContainText(
    `забрать бонусов: 10,00 · Клиент уже потратил бонусы этой покупки, поэтому удержано ${money(withheld)} сом.`,
  );
  await cashier.press("Оформить возврат");
  await expect(cashier.done).toContainText("Возврат записан");
  expect(await figures(cashier.done)).toEqual({
    Выдано: 1000 - withheld,
    "Забрано бонусов": 10,
    Удержано: withheld,
    Баланс: 0,
  });
  const [recorded] = server.rows("select cash_refund_dirams cash, settled_dirams settled from returns order by id desc limit 1");
  expect(recorded).toEqual({ cash: Math.round((1000 - withheld) * 100), settled: Math.round(withheld * 100) });
});

test("a sale started before a return is still there after it", async ({ cashier, demo, server }) => {
  const { phone } = demo.clients[4];
  await cashier.sell("80", phone);
  await cashier.press("Новый чек");

  await cashier.key("75,5");
  await cashier.open("История");
  await cashier.press("Возврат");
  const sheet = cashier.page.getByRole("dialog", { name: "Возврат" });
  await sheet.getByRole("button", { name: "Оформить возврат" }).tap();
  await expect(cashier.done).toContainText("Возврат записан");
  expect(server.rows("select return_dirams from returns order by id desc limit 1")).toEqual([{ return_dirams: 8000 }]);

  await cashier.press("К чеку");
  await expect(cashier.take).toHaveText(`Чек без клиента ${money(75.5)} сом.`);
});

test("the rest of another till's sale can be returned here", async ({ page, cashier, demo, device, server, expectedErrors }) => {
  expectedErrors.push(/status of 404/, /ERR_FAILED/);
  const client = demo.clients[14];
  const other = new Api(server, demo, device, 1);
  const id = randomUUID();
  await other.post("/cashier/sale", {
    client_phone: client.phone, total_amount: 180, gross_amount: 200, bonus_redeem_amount: 20, redeem_mode: "discount", external_sale_id: id,
  });
  await other.post("/cashier/return", { client_phone: client.phone, return_amount: 50, original_external_sale_id: id, external_return_id: randomUUID() });

  await cashier.open("История");
  const search = page.getByRole("searchbox");
  const everywhere = cashier.button("Искать на всех кассах");
  await search.fill("Мадина");
  await expect(page.getByText("Ничего не найдено")).toBeVisible();
  await expect(everywhere).toHaveCount(0);
  await search.fill("+992 93 000-00-99");
  await cashier.tap(everywhere);
  await expect(page.getByText("Клиент не найден")).toBeVisible();
  // The card names the client just like the phone.
  await search.fill(client.card_number);
  await page.route("**/sales", (route) => route.abort());
  await cashier.tap(everywhere);
  await expect(page.getByText("Не удалось спросить сервер")).toBeVisible();
  await page.unroute("**/sales");
  await cashier.tap(everywhere);

  const check = page.getByRole("listitem").filter({ hasText: money(180) }).first();
  await expect(check).toContainText(client.full_name);
  await expect(check).toContainText(demo.cashiers[1].name);
  await expect(check).toContainText(`Возврат ${money(50)}`);
  await check.getByRole("button", { name: "Возврат" }).tap();
  const sheet = page.getByRole("dialog", { name: "Возврат" });
  await expect(sheet).toContainText(`Можно вернуть ${money(130)}`);
  // 180 were paid; 50 of them and 5,56 of the 20 bonuses have gone back.
  await expect(sheet.getByText(/^Выдать /)).toHaveText(`Выдать ${money(130)} сом.`);
  await expect(sheet).toContainText("вернуть бонусов: 14,44");
  await cashier.press("Оформить возврат");
  await expect(cashier.done).toContainText("Возврат записан");
  expect((await figures(cashier.done)).Выдано).toBe(130);
  const [recorded] = server.rows("select return_dirams, cash_refund_dirams cash, restored_dirams restored from returns order by id desc limit 1");
  expect(recorded).toEqual({ return_dirams: 13_000, cash: 13_000, restored: 1_444 });

  // A sale that has wholly come back has no return button.
  await cashier.press("Новый чек");
  await cashier.open("История");
  await search.fill(client.phone);
  await cashier.tap(everywhere);
  await expect(check).toContainText(`Возврат ${money(180)}`);
  await expect(check.getByRole("button")).toHaveCount(0);
});

test("goods of this till's sale that another till took back cannot be returned again", async ({ page, cashier, demo, device, server }) => {
  const client = demo.clients[17];
  await cashier.sell("45,37", client.phone);
  await cashier.press("Новый чек");
  const [sale] = server.rows("select external_sale_id from sales order by id desc limit 1");
  const other = new Api(server, demo, device, 1);
  const back = (amount) =>
    other.post("/cashier/return", { client_phone: client.phone, return_amount: amount, original_external_sale_id: sale.external_sale_id });
  await back(15.37);
  const sheet = page.getByRole("dialog", { name: "Возврат" });
  await cashier.open("История");
  await cashier.press("Возврат");
  await expect(sheet).toContainText(`Можно вернуть ${money(30)}`);
  await expect(sheet.locator("output")).toHaveText(/^30(?!\d)/);
  await expect(sheet.getByText(/^Выдать 30,00/)).toBeVisible();
  await cashier.close();
  await back(30);
  await cashier.press("Возврат");
  await expect(sheet).toContainText("По этому чеку всё уже возвращено.");
  await expect(cashier.button("Оформить возврат")).toBeDisabled();
});

test("if the money has changed since the confirmation, both sums are shown", async ({ page, cashier, api, demo }) => {
  const { phone } = demo.clients[16];
  await cashier.sell("1000", phone);
  // Another till redeems bonuses twice: before and after the cashier sees the sum.
  await expect(() => leaveBonuses(api, phone, 40)).toPass();
  await cashier.press("Возврат");
  const sentence = page.getByText(/^Выдать /);
  await expect(sentence).toContainText(/\d/);
  const announced = number((await sentence.textContent()).replace("Выдать", ""));
  await leaveBonuses(api, phone, 15);
  await cashier.press("Оформить возврат");
  await expect(cashier.done).toContainText("Возврат записан");
  expect((await figures(cashier.done)).Выдано).toBe(announced - 25);
  await expect(cashier.done).toContainText(`Сумма изменилась. Было: ${money(announced)}`);
});

test("a double tap on the return button types nothing into the return", async ({ page, cashier, demo }) => {
  const { phone } = demo.clients[14];
  await cashier.open("История");
  await page.getByRole("searchbox").fill(phone);
  await cashier.press("Искать на всех кассах");
  const open = page.getByRole("listitem").getByRole("button", { name: "Возврат" });
  await expect(open.first()).toBeVisible();
  const sheet = page.getByRole("dialog", { name: "Возврат" });
  let doubleTaps = 0;
  for (const button of await open.all()) {
    // Waits until the list has stopped moving and accepts taps.
    await button.tap({ trial: true });
    const box = await button.boundingBox();
    if (box.y + box.height > page.viewportSize().height) break;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    const began = Date.now();
    await page.touchscreen.tap(x, y);
    await page.touchscreen.tap(x, y);
    // On a busy machine the second tap may come too late for a double tap. Then it does not count.
    if (Date.now() - began > 300) {
      await cashier.close();
      continue;
    }
    doubleTaps += 1;
    await sheet.getByRole("button", { name: "Оформить возврат" }).tap({ trial: true });
    const [, left] = (await sheet.locator(".return-of").textContent()).match(/Можно вернуть ([\s\d,]+)/);
    expect(number(await sheet.locator("output").textContent())).toBe(number(left));
    await cashier.close();
  }
  expect(doubleTaps).toBeGreaterThan(0);
});

test("two returns with lost answers are shown one by one until the cashier closes them", async ({
  page,
  cashier,
  demo,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/, /status of 422/);
  for (const [sum, client] of [["31", demo.clients[2]], ["32", demo.clients[3]]]) {
    await cashier.sell(sum, client.phone);
    await cashier.press("Новый чек");
  }
  let losing = true;
  await page.route("**/cashier/return", async (route) => {
    if (!losing) return route.continue();
    await route.fetch();
    return route.abort();
  });
  for (const sum of [31, 32]) {
    await cashier.open("История");
    const check = page.getByRole("listitem").filter({ hasText: money(sum) });
    await check.getByRole("button", { name: "Возврат" }).tap();
    await cashier.press("Оформить возврат");
    await cashier.press("Продолжить работу, проверим сами");
  }
  losing = false;
  await context.setOffline(true);
  await context.setOffline(false);
  const paid = [];
  for (let shown = 0; shown < 2; shown += 1) {
    await expect(cashier.done).toContainText("Возврат записан");
    // The result stays.
    await page.waitForTimeout(700);
    paid.push((await figures(cashier.done)).Выдано);
    await cashier.press("Новый чек");
  }
  expect(paid.sort()).toEqual([31, 32]);
  await expect(cashier.done).toHaveCount(0);
});

test("the back button works again after a return was refused while it was sent", async ({ page, cashier, demo, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  await cashier.sell("33", demo.clients[4].phone);
  await cashier.press("Возврат");
  let refuse;
  await page.route("**/cashier/return", async (route) => {
    await new Promise((resolve) => (refuse = resolve));
    const data = { status: "insufficient_bonuses", available_bonuses: 0, bonus_to_revoke: 1.65, shortage_bonuses: 1.65 };
    const json = { success: false, code: "insufficient_bonuses", error: "Недостаточно бонусов для аннулирования при возврате.", data };
    return route.fulfill({ status: 422, json });
  });
  await cashier.press("Оформить возврат");
  await expect.poll(() => refuse).toBeDefined();
  await page.evaluate(() => history.back());
  const sheet = page.getByRole("dialog", { name: "Возврат" });
  await page.waitForTimeout(200);
  refuse();
  await expect(sheet).toContainText("Недостаточно бонусов");
  await page.evaluate(() => history.back());
  await expect(sheet).toHaveCount(0);
  await expect(cashier.header).toBeVisible();
});

test("a sale whose till sent no id says why it cannot be returned here", async ({ page, cashier, demo, device, server }) => {
  const { phone } = demo.clients[18];
  await new Api(server, demo, device, 1).post("/cashier/sale", { client_phone: phone, total_amount: 61.19 });
  await cashier.open("История");
  await page.getByRole("searchbox").fill(phone);
  await cashier.press("Искать на всех кассах");
  // The focus must stay on the button for users of a keyboard.
  await expect(cashier.button("Искать на всех кассах")).toBeFocused();
  const check = page.getByRole("listitem").filter({ hasText: money(61.19) });
  await expect(check).toContainText("Касса не передала номер чека: возврат — только на ней.");
  await expect(check.getByRole("button")).toHaveCount(0);
});

test("a phone that has lost its history finds its own sales in the store", async ({ page, cashier, demo, server }) => {
  const client = demo.clients[15];
  await cashier.sell("45,71", client.phone);
  await cashier.press("Новый чек");
  await cashier.open("История");
  await page.getByRole("searchbox").fill(client.phone);
  // A sale of the history is not shown a second time.
  const checks = page.getByRole("listitem").filter({ hasText: money(45.71) });
  await expect(checks).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page.getByText("Ещё чеки клиента")).toBeVisible();
  await expect(checks).toHaveCount(1);

  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: server.address, storageTypes: "indexeddb" });
  await page.reload();
  await cashier.open("История");
  await expect(page.getByText("Здесь появятся чеки этой кассы.")).toBeVisible();
  await expect(page.getByText("Чек другой кассы найдётся по полному телефону или номеру карты клиента.")).toBeVisible();
  await page.getByRole("searchbox").fill(client.phone);
  await cashier.press("Искать на всех кассах");
  await checks.getByRole("button", { name: "Возврат" }).tap();
  await expect(page.getByText(/^Выдать 45,71/)).toBeVisible();
});

test("a card scanned in the history finds its client's sales, and they stay after a return is closed", async ({ page, cashier, demo }) => {
  const client = demo.clients[16];
  await cashier.sell("35,19", client.phone);
  await cashier.press("Новый чек");
  await cashier.key("12");
  await cashier.open("История");
  const search = page.getByRole("searchbox");
  await cashier.tap(search);
  await cashier.wedge(client.ean13);
  await expect(search).toHaveValue(client.ean13);
  await expect(search).toBeFocused();
  // The history contains phones but no card numbers, so these sales come from the server.
  const check = page.getByRole("listitem").filter({ hasText: money(35.19) });
  await expect(check).toHaveCount(1);
  const sheet = page.getByRole("dialog", { name: "Возврат" });
  const ways = [() => cashier.close(), () => page.goBack(), () => page.keyboard.press("Escape"), () => cashier.wedge(client.ean13)];
  for (const leave of ways) {
    await check.getByRole("button", { name: "Возврат" }).tap();
    await expect(sheet).toContainText(`Чек ${money(35.19)}`);
    // The barcode of goods.
    await cashier.wedge("4601234567893");
    await expect(sheet).toContainText("Это не телефон и не карта Bonex");
    await leave();
    // The search and its result are still there.
    await expect(search).toHaveValue(client.ean13);
    await expect(check).toHaveCount(1);
  }
  await page.goBack();
  await expect(search).toHaveCount(0);
  await expect(cashier.toPay).toHaveText(/^12(?!\d)/);
  // A history opened again shows everything.
  await cashier.open("История");
  await expect(search).toHaveValue("");
});
