// The records of the till: the shift's sums and the history.

import { expect, figures, keepInTill, money, test } from "../../till.js";

test("the shift has the right sums, and the history finds the documents", async ({ page, cashier, api, demo }) => {
  const [buyer, other] = demo.clients.slice(16);
  const sell = async (amount, client, most) => {
    await cashier.key(amount);
    if (client) {
      await cashier.phone(client.phone);
      await expect(cashier.client).toContainText(client.full_name);
    }
    if (most) await cashier.tap(page.getByRole("button", { name: /^всё/ }));
    await cashier.tap(cashier.take);
    await expect(cashier.done).toBeVisible();
    const shown = await figures(cashier.done);
    await cashier.press("Новый чек");
    return shown;
  };
  const most = (await api.client(buyer.phone, 300)).loyalty.max_redeem_amount;
  const first = await sell("300", buyer, true);
  const second = await sell("150,5", other);
  await sell("49,5");

  await cashier.open("История");
  const rows = page.getByRole("listitem");
  await expect(rows).toContainText(["49,50 сом.", "150,50 сом.", "300,00 сом."]);
  const search = page.getByRole("searchbox");
  const surname = buyer.full_name.split(" ")[1].toLowerCase();
  for (const [text, found] of [
    [buyer.phone.slice(-6), buyer.full_name],
    [surname, buyer.full_name],
    ["150,5", other.full_name],
    ["49", "Без клиента"],
  ]) {
    await search.fill(text);
    await expect(rows, text).toHaveCount(1);
    await expect(rows, text).toContainText(found);
  }
  await search.fill("999888");
  await expect(page.getByText("Ничего не найдено")).toBeVisible();

  // Half of the second sale is returned.
  await search.fill("150,5");
  await rows.getByRole("button", { name: "Возврат" }).tap();
  await cashier.press("половина");
  await cashier.press("Оформить возврат");
  await expect(cashier.done).toContainText("Возврат записан");
  const paidOut = (await figures(cashier.done)).Выдано;
  await cashier.press("Новый чек");

  await cashier.open("Смена");
  expect(await figures(page.getByTestId("shift"))).toEqual({
    Чеков: 3,
    Сумма: 500,
    "Списано бонусов": most,
    "Начислено бонусов": Number((first.Начислено + second.Начислено).toFixed(2)),
    Возвраты: 75.25,
    "Получено деньгами": Number((500 - most - paidOut).toFixed(2)),
    "Без клиента": 33,
  });
  await expect(page.getByTestId("shift")).toContainText(money(most));

  // A wrong clock of the phone deletes nothing, because days are counted by the server's clock.
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 100 * 24 * 3_600_000;
  });
  // The first start might delete records; the second one shows the result.
  for (const _ of [1, 2]) await Promise.all([page.waitForResponse("**/cashier/session"), page.reload()]);
  await cashier.open("Смена");
  await expect(page.getByTestId("shift")).toContainText(/Чеков\s*3/);

  page.once("dialog", (question) => question.accept());
  await cashier.press("Начать новую смену");
  await expect(page.getByTestId("shift")).toContainText(/Чеков\s*0/);
  await page.reload();
  await cashier.open("Смена");
  await expect(page.getByTestId("shift")).toContainText(/Чеков\s*0/);
});

test("the history shows days and pages, and finds a day", async ({ page, cashier, api }) => {
  const DAY_MS = 24 * 3_600_000;
  const { cashier_node_id } = await api.session();
  const date = (days) => {
    const [year, month, day] = new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10).split("-");
    return `${day}.${month}.${year}`;
  };
  const receipt = (days, index) => {
    const external_id = crypto.randomUUID();
    const at_ms = Date.now() - days * DAY_MS - index;
    const nothing = { phone: null, name: null, balance_dirams: null, return_of: null };
    const zero = { redeemed_dirams: 0, accrued_dirams: 0, cash_dirams: 0, settled_dirams: 0 };
    const record = { external_id, kind: "receipt", at_ms, number: index, total_dirams: 100, ...nothing, ...zero };
    return [external_id, at_ms, record];
  };
  const records = [1, 1, 2, 40].flatMap((days, at) => Array.from({ length: 60 }, (_, index) => receipt(days, at * 60 + index)));
  await keepInTill(page, cashier_node_id, "journal", records);
  await page.reload();
  await cashier.open("История");
  const rows = page.getByRole("listitem");
  const days = page.getByRole("heading", { level: 3 });
  await expect(rows).toHaveCount(100);
  await expect(days).toHaveText([`Вчера, ${date(1)}`]);
  await cashier.press("Показать ещё");
  await expect(rows).toHaveCount(200);
  await cashier.press("Показать ещё");
  await expect(rows).toHaveCount(240);
  await expect(days).toHaveText([`Вчера, ${date(1)}`, date(2), date(40)]);
  await expect(cashier.button("Показать ещё")).toHaveCount(0);
  for (const typed of [date(40), date(40).slice(0, 5)]) {
    await page.getByRole("searchbox").fill(typed);
    await expect(days).toHaveText([date(40)]);
    await expect(rows).toHaveCount(60);
  }
  // Receipts older than a day can no longer be voided.
  await expect(cashier.button("Отменить чек")).toHaveCount(0);
});

test("a receipt is voided once and no longer counts in the sums", async ({ page, cashier, server, expectedErrors }) => {
  await cashier.key("61,37");
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Чек записан");
  await cashier.press("Новый чек");
  await cashier.open("Смена");
  const before = await figures(page.getByTestId("shift"));
  await cashier.close();

  await cashier.open("История");
  const row = page.getByRole("listitem").filter({ hasText: "61,37" });
  const question = (answer) => page.once("dialog", (dialog) => dialog[answer]());
  const voided = () => server.rows("select count(voided_at) as voided from receipts where total_dirams = 6137")[0].voided;
  // A question answered with "no" voids nothing.
  question("dismiss");
  await cashier.tap(row.getByRole("button", { name: "Отменить чек" }));
  expect(voided()).toBe(0);
  // The server voids the receipt, but the answer is lost. The till shows that it got no answer, and
  // the second press succeeds.
  expectedErrors.push(/ERR_FAILED|ERR_CONNECTION|status of 422/);
  await page.route(
    "**/cashier/receipt/void",
    async (route) => {
      await route.fetch();
      await route.abort();
    },
    { times: 1 },
  );
  question("accept");
  await cashier.tap(row.getByRole("button", { name: "Отменить чек" }));
  await expect(row).toContainText("Не удалось спросить сервер. Попробуйте ещё раз.");
  expect(voided()).toBe(1);
  question("accept");
  await cashier.tap(row.getByRole("button", { name: "Отменить чек" }));
  await expect(row).toContainText("Отменён");
  await expect(row.getByRole("button")).toHaveCount(0);
  await cashier.close();

  // The sums are as before that receipt, also after a reload.
  for (const _ of [1, 2]) {
    await cashier.open("Смена");
    const after = await figures(page.getByTestId("shift"));
    expect(after.Чеков).toBe(before.Чеков - 1);
    expect(after.Сумма).toBeCloseTo(before.Сумма - 61.37, 2);
    await page.reload();
  }
});
