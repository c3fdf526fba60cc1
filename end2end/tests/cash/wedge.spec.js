// Scanners that type: whatever a scanner reads, it neither changes the amount nor takes a sale.

import { expect, money, test } from "../../till.js";

const SCANS = {
  "one character": ["7"],
  "three digits": ["123"],
  "a slow two": ["12", 30],
  "zeros": ["0000"],
  "an EAN-8 of a slow scanner": ["46012340", 110],
  "a UPC-A of a slow scanner": ["036000291452", 110],
};

for (const [name, [code, pace = 5]] of Object.entries(SCANS)) {
  test(`a scan of ${name} is reported and takes nothing`, async ({ cashier, demo, server }) => {
    const { phone } = demo.clients[5];
    await cashier.key("250");
    await cashier.phone(phone);
    await expect(cashier.client).toBeVisible();
    const before = server.rows("select count(*) count from sales")[0].count;
    await cashier.wedge(code, { pace, apart: 0 });
    await expect(cashier.notice).toContainText("Это не телефон и не карта");
    await expect(cashier.toPay).toContainText(money(250));
    await expect(cashier.done).toHaveCount(0);
    expect(server.rows("select count(*) count from sales")[0].count).toBe(before);
  });
}

test("a scanner with two end keys takes nothing, online and offline", async ({ cashier, demo, context, server, expectedErrors }) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const before = server.rows("select count(*) count from sales")[0].count;
  await cashier.key("250");
  await cashier.phone(demo.clients[5].phone);
  await expect(cashier.client).toBeVisible();
  await cashier.wedge("4601234567893\r", { apart: 0 });
  await expect(cashier.notice).toContainText("Это не телефон и не карта");
  await expect(cashier.done).toHaveCount(0);

  await context.setOffline(true);
  await cashier.wedge(`${demo.clients[4].ean13}\r`, { apart: 0 });
  await expect(cashier.client).toContainText("Проверим, когда появится связь");
  await expect(cashier.done).toHaveCount(0);
  await context.setOffline(false);
  expect(server.rows("select count(*) count from sales")[0].count).toBe(before);
});

test("every line of a scanned form is the scanner's", async ({ cashier, server }) => {
  const before = server.rows("select count(*) count from receipts")[0].count;
  await cashier.key("250");
  await cashier.wedge("@\rANSI 636000\r12\r", { apart: 0 });
  await expect(cashier.notice).toContainText("Это не телефон и не карта");
  await expect(cashier.toPay).toContainText(money(250));
  await expect(cashier.done).toHaveCount(0);
  expect(server.rows("select count(*) count from receipts")[0].count).toBe(before);
});

test("a scan over a return changes nothing", async ({ cashier, demo, page }) => {
  await cashier.sell("200", demo.clients[5].phone);
  await cashier.press("Возврат");
  const sheet = page.getByRole("dialog", { name: "Возврат" });
  await expect(sheet).toContainText(money(200));
  await cashier.wedge("123", { apart: 0 });
  await expect(sheet.getByText("Сумма возврата").locator("..")).toContainText("200");
});

test("a client's debt is on the card", async ({ page, cashier, demo }) => {
  await page.route("**/cashier/client/**", async (route) => {
    const response = await route.fetch();
    const json = await response.json();
    Object.assign(json.data, { bonus_balance: -29.5, redeemable_balance: 0, held_balance: 0 });
    await route.fulfill({ response, json });
  });
  await cashier.phone(demo.clients[6].phone);
  await expect(cashier.client).toContainText(`Долг бонусов${money(29.5)}`);
});

test("an answer that this version cannot read is not a lost connection", async ({ page, cashier, demo }) => {
  await page.route("**/cashier/client/**", (route) =>
    route.fulfill({ json: { success: true, data: { id: "not a number" } } }),
  );
  await cashier.phone(demo.clients[6].phone);
  await expect(cashier.notice).toBeVisible();
  await expect(cashier.notice).not.toContainText("Не удалось спросить сервер");
  await expect(page.getByText("Нет связи")).toHaveCount(0);
  await page.unroute("**/cashier/client/**");
  await cashier.press("Очистить");
  await cashier.phone(demo.clients[7].phone);
  await expect(cashier.client).toContainText(demo.clients[7].full_name);
});
