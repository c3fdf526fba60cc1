// A network that fails during a sale. The sale is recorded once, and the cashier sees the result.

import { expect, figures, test } from "../../till.js";
import { untilReady } from "../../cash.js";

const SALE = "**/api/v1/cashier/sale";

/** Loses the first answers: the server has recorded the sale, but the page gets no answer. */
async function loseAnswers(page, times) {
  const sent = [];
  await page.route(SALE, async (route) => {
    sent.push(route.request().postDataJSON().external_sale_id);
    if (sent.length > times) return route.continue();
    await route.fetch();
    return route.abort();
  });
  return sent;
}

/** Prepares a sale with a redemption, ready to be taken. */
async function readyToRedeem(cashier, { phone, full_name }, amount) {
  await cashier.key(amount);
  await cashier.phone(phone);
  await expect(cashier.client).toContainText(full_name);
  await cashier.tap(cashier.page.getByRole("button", { name: /^всё/ }));
}

const salesOf = (server, id) => server.rows(`select gross_dirams from sales where external_sale_id = '${id}'`);

test("after a lost answer the sale is sent again with the same id", async ({ cashier, demo, server, expectedErrors }) => {
  expectedErrors.push(/ERR_FAILED/, /status of 422/);
  await readyToRedeem(cashier, demo.clients[4], "210");
  const sent = await loseAnswers(cashier.page, 2);
  await cashier.tap(cashier.take);
  await expect(cashier.page.getByRole("alertdialog")).toContainText("Проверяем, записан ли чек…");
  await expect(cashier.done).toContainText("Продажа записана", { timeout: 15_000 });
  expect(sent.length).toBe(3);
  expect(new Set(sent).size).toBe(1);
  expect(salesOf(server, sent[0])).toEqual([{ gross_dirams: 21000 }]);
  expect((await figures(cashier.done)).Оплачено).toBeGreaterThan(0);

  await cashier.press("Новый чек");
  await expect(cashier.waiting).toHaveCount(0);
});

test("the cashier can continue without the lost answer", async ({ cashier, demo, server, context, expectedErrors }) => {
  expectedErrors.push(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/, /status of 422/);
  await readyToRedeem(cashier, demo.clients[5], "220");
  const sent = await loseAnswers(cashier.page, 1);
  await cashier.tap(cashier.take);
  await cashier.press("Продолжить работу, проверим сами");
  await expect(cashier.toPay).toHaveText(/^0/);
  await expect(cashier.waiting).toHaveText("↑ 1");
  // Digits typed right after the phone do not count, and a fast machine arrives here too soon.
  await cashier.page.waitForTimeout(700);
  await cashier.key("15");
  await context.setOffline(true);
  await context.setOffline(false);
  await expect(cashier.waiting).toHaveCount(0);
  expect(salesOf(server, sent[0])).toHaveLength(1);
  expect(new Set(sent).size).toBe(1);
  await expect(cashier.toPay).toHaveText(/^15(?!\d)/);
  await cashier.open("История");
  await expect(cashier.page.getByRole("listitem").first()).toContainText("220,00 сом.");
});

test("an accrual without an answer is stored and sent when the network is back", async ({
  cashier,
  demo,
  server,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_FAILED|ERR_INTERNET_DISCONNECTED/, /status of 422/);
  await cashier.key("31");
  await cashier.phone(demo.clients[6].phone);
  await expect(cashier.client).toBeVisible();
  const sent = await loseAnswers(cashier.page, 1);
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Чек сохранён");
  await cashier.press("Новый чек");
  await context.setOffline(true);
  await context.setOffline(false);
  await expect(cashier.waiting).toHaveCount(0);
  expect(new Set(sent).size).toBe(1);
  expect(salesOf(server, sent[0])).toEqual([{ gross_dirams: 3100 }]);
});

for (const [reached, name] of [
  [true, "recorded"],
  [false, "not recorded yet"],
]) {
  test(`a page that crashes while a sale is ${name} finishes it once at the next start`, async ({
    cashier,
    demo,
    server,
    context,
    expectedErrors,
  }) => {
    expectedErrors.push(/status of 422/);
    await readyToRedeem(cashier, demo.clients[reached ? 7 : 8], "230");
    const inFlight = new Promise((resolve) =>
      cashier.page.route(SALE, async (route) => {
        if (reached) await route.fetch();
        resolve(route.request().postDataJSON().external_sale_id);
      }),
    );
    await cashier.tap(cashier.take);
    const id = await inFlight;
    await expect(cashier.take).toHaveText("Отправляем…");
    expect(salesOf(server, id)).toHaveLength(reached ? 1 : 0);
    const crashed = cashier.page.waitForEvent("crash");
    cashier.page.goto("chrome://crash").catch(() => {});
    await crashed;

    const page = await context.newPage();
    const [answer] = await Promise.all([page.waitForResponse(SALE), page.goto("/cash")]);
    expect(answer.request().postDataJSON().external_sale_id).toBe(id);
    expect(answer.status()).toBe(reached ? 422 : 201);
    await untilReady(page);
    await expect(page.getByText("Записан чек на 230,00 сом.")).toBeVisible();
    await page.getByRole("button", { name: "Меню" }).tap();
    await page.getByRole("button", { name: "История" }).tap();
    await expect(page.getByRole("listitem")).toHaveCount(1);
    await expect(page.getByRole("listitem")).toContainText("230,00 сом.");
    await expect(page.getByTestId("waiting")).toHaveCount(0);
    expect(salesOf(server, id)).toHaveLength(1);
  });
}
