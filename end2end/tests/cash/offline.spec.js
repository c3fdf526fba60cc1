// Without a network: what can wait is stored and sent once, in order; what cannot wait is refused
// with the reason.

import { untilKept, untilReady } from "../../cash.js";
import { Cashier, expect, figures, test } from "../../till.js";

const POSTED = /\/api\/v1\/cashier\/(sale|receipt)$/;

/** Collects the external ids of the documents that get an answer from now on, in order. */
function listen(context) {
  const sent = [];
  context.on("response", (response) => {
    const request = response.request();
    if (POSTED.test(request.url())) {
      const { external_sale_id, external_receipt_id } = request.postDataJSON();
      sent.push(external_sale_id ?? external_receipt_id);
    }
  });
  return sent;
}

/** Returns the server's records with these ids, in the order of recording. */
const recorded = (server, ids) => {
  const some = ids.map((id) => `'${id}'`).join();
  return server.rows(
    `select external_sale_id id, gross_dirams dirams, created_at, sale_date from sales where external_sale_id in (${some})
     union all
     select external_receipt_id, total_dirams, created_at, receipt_date from receipts where external_receipt_id in (${some})
     order by created_at`,
  );
};

/** Makes a document that must wait for the network. */
async function keep(cashier, amount, phone) {
  await cashier.key(amount);
  if (phone) await cashier.phone(phone);
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Чек сохранён");
  await expect(cashier.done).toContainText("Отправим, когда появится связь.");
  await cashier.press("Новый чек");
}

test("waiting documents survive a closed tab, show their age, and are sent once and in order", async ({
  page,
  cashier,
  demo,
  server,
  context,
  expectedErrors,
  hasTouch,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/, /ERR_FAILED/);
  await untilKept(page);
  const sent = listen(context);
  await context.setOffline(true);
  await expect(page.getByText("Нет связи. Начисления сохраним и отправим сами.")).toBeVisible();
  await keep(cashier, "101", demo.clients[9].phone);
  await keep(cashier, "102", demo.clients[10].phone);
  await keep(cashier, "103");
  await expect(cashier.waiting).toHaveText("↑ 3");
  await cashier.tap(cashier.waiting);
  const waiting = page.getByTestId("waiting").getByRole("listitem");
  await expect(waiting).toContainText(["101,00 сом.", "102,00 сом.", "103,00 сом."]);
  await expect(waiting.first()).toContainText("ждёт отправки · только что");

  // The cashier cannot sign out while something is unsent, and closing the tab asks for
  // confirmation.
  await cashier.close();
  await cashier.press("Меню");
  await expect(cashier.button("Выйти из кассы")).toBeDisabled();
  await expect(page.getByText("Сначала дождитесь отправки чеков.")).toBeVisible();
  const asked = page.waitForEvent("dialog");
  const closing = page.close({ runBeforeUnload: true });
  const question = await asked;
  expect(question.type()).toBe("beforeunload");
  await question.dismiss();
  await closing;
  await page.close();

  // An hour later.
  const later = await context.newPage();
  await later.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 61 * 60_000;
  });
  await later.goto("/cash");
  const next = new Cashier(later, hasTouch);
  await next.tap(next.waiting);
  await expect(later.getByTestId("waiting").getByRole("listitem").first()).toContainText("ждёт отправки · 1 ч");
  expect(sent).toEqual([]);

  await context.setOffline(false);
  await expect(later.getByTestId("waiting")).toHaveCount(0);
  await expect(later.getByRole("listitem")).toContainText(["103,00", "102,00", "101,00"]);
  expect(sent).toHaveLength(3);
  const rows = recorded(server, sent);
  expect(rows.map(({ id }) => id)).toEqual(sent);
  expect(rows.map(({ dirams }) => dirams)).toEqual([10100, 10200, 10300]);
  // The server records when the documents were made, not only when they arrived.
  for (const { sale_date, created_at } of rows) expect(sale_date).toBeLessThan(created_at);
});

test("operations that need the client's balance are refused with the reason", async ({ page, cashier, demo, context, expectedErrors }) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/, /status of 404/);
  const [client] = demo.clients.slice(11);
  // A sale for the return.
  await cashier.key("120");
  await cashier.phone(client.phone);
  await expect(cashier.client).toContainText(client.full_name);
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Продажа записана");
  await cashier.press("Возврат");
  await expect(page.getByText("Выдать 120,00 сом.")).toBeVisible();
  await context.setOffline(true);
  await cashier.press("половина");
  await expect(page.getByRole("dialog")).toContainText(
    "Возврат можно оформить только со связью: нужно проверить бонусы клиента.",
  );
  await cashier.close();

  // A redemption.
  await context.setOffline(false);
  await cashier.key("120");
  await cashier.phone(client.phone);
  await expect(cashier.client).toContainText(client.full_name);
  await cashier.tap(page.getByRole("button", { name: /^всё/ }));
  await context.setOffline(true);
  await cashier.tap(cashier.take);
  await expect(cashier.notice).toHaveText("Без связи бонусы списать нельзя: баланс может быть уже другим.");
  await expect(cashier.client).toContainText(client.full_name);
  await context.setOffline(false);
  await cashier.press("Убрать клиента");

  // A registration.
  await cashier.phone("+992911000777");
  await expect(page.getByText("Такого клиента ещё нет")).toBeVisible();
  await context.setOffline(true);
  await cashier.press("Зарегистрировать");
  await expect(cashier.notice).toHaveText("Зарегистрировать можно только со связью.");
  await expect(cashier.toPay).toContainText("120");
});

test("two tabs of a till send waiting documents once, and both show them", async ({
  page,
  cashier,
  demo,
  server,
  context,
  expectedErrors,
  hasTouch,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const other = new Cashier(await context.newPage(), hasTouch);
  await other.page.goto("/cash");
  await untilReady(other.page);
  const sent = listen(context);
  await context.setOffline(true);
  await page.bringToFront();
  await keep(cashier, "111", demo.clients[12].phone);
  await keep(cashier, "112");
  await expect(other.waiting).toHaveText("↑ 2");
  await other.page.bringToFront();
  await keep(other, "113", demo.clients[13].phone);
  await expect(cashier.waiting).toHaveText("↑ 3");

  await context.setOffline(false);
  for (const tab of [cashier, other]) {
    await expect(tab.waiting).toHaveCount(0);
    await tab.page.bringToFront();
    await tab.open("История");
    await expect(tab.page.getByRole("listitem")).toContainText(["113,00", "112,00", "111,00"]);
  }
  expect(sent).toHaveLength(3);
  expect(recorded(server, sent).map(({ dirams }) => dirams)).toEqual([11100, 11200, 11300]);
});

test("the shift counts waiting documents, and a client scanned offline gets a name later", async ({
  page,
  cashier,
  demo,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  await context.setOffline(true);
  await cashier.key("121");
  await cashier.wedge(demo.clients[8].ean13);
  await cashier.tap(cashier.take);
  await cashier.press("Новый чек");
  await cashier.open("Смена");
  const shift = page.getByRole("dialog");
  await expect(shift).toContainText("Ждут отправки: 1");
  expect(await figures(page.getByTestId("shift"))).toMatchObject({ Чеков: 1, Сумма: 121, "Получено деньгами": 121 });
  await cashier.close();
  await context.setOffline(false);
  await expect(cashier.waiting).toHaveCount(0);
  await cashier.open("История");
  await page.getByRole("searchbox").fill(demo.clients[8].full_name);
  await expect(page.getByRole("listitem")).toContainText("121,00 сом.");
});

test("a sale refused by the server is shown as refused and can be taken again", async ({
  page,
  cashier,
  context,
  server,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/, /status of 404/);
  await context.setOffline(true);
  await keep(cashier, "77", "+992911000888");
  await context.setOffline(false);
  await expect(cashier.refused).toHaveText("! 1");
  await expect(cashier.waiting).toHaveCount(0);
  await cashier.tap(cashier.refused);
  const row = page.getByRole("listitem");
  await expect(row).toContainText("77,00 сом.");
  await expect(row).toContainText("Не принят: Клиент не найден");
  await cashier.close();
  await expect(cashier.refused).toHaveCount(0);
  await cashier.open("Смена");
  await expect(page.getByRole("dialog")).toContainText(/Чеков\s*0/);
  await cashier.close();

  // Taken again without a connection, it waits once and cannot be taken a third time.
  await context.setOffline(true);
  await cashier.open("История");
  await cashier.press("Пробить ещё раз");
  await cashier.tap(cashier.take);
  await cashier.press("Новый чек");
  await cashier.open("История");
  await expect(row).toHaveCount(2);
  await expect(cashier.button("Пробить ещё раз")).toHaveCount(0);
  await cashier.close();
  await context.setOffline(false);
  await expect(cashier.waiting).toHaveCount(0);

  await cashier.open("История");
  await expect(row).toHaveCount(2);
  await cashier.button("Пробить ещё раз").first().tap();
  await expect(cashier.toPay).toHaveText(/^77/);
  // A change of language does not change the sale.
  await cashier.press("Меню");
  await cashier.press("English");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await expect(cashier.toPay).toHaveText(/^77/);
  await cashier.press("Menu");
  await cashier.press("Русский");
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await cashier.press("Зарегистрировать");
  await expect(cashier.client).toBeVisible();
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Продажа записана");
  const taken = server.rows("select gross_dirams from sales where gross_dirams = 7700");
  expect(taken).toHaveLength(1);
  await cashier.press("Новый чек");
  await cashier.open("История");
  await expect(row).toHaveCount(3);
  // The button remains only at the second refused sale, because the first was replaced.
  await expect(cashier.button("Пробить ещё раз")).toHaveCount(1);
});
