// What the till has done: the shift's sums and the history.

import { expect, figures, money, test } from "../../till.js";

test("the shift adds up what was done, and the history finds it", async ({ page, cashier, api, demo }) => {
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

  // Half of the second one comes back.
  await search.fill("150,5");
  await rows.getByRole("button", { name: "Возврат" }).tap();
  await cashier.press("Половина");
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

  // A phone whose clock has gone mad forgets nothing: days are the server's.
  await page.addInitScript(() => {
    const now = Date.now;
    Date.now = () => now() + 100 * 24 * 3_600_000;
  });
  // The second start shows what the first one has left.
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
