// Many waiting documents, and a client at the counter, who has priority.

import { expect, keepInTill, test } from "../../till.js";

const WAITING = 220;

test(`a client at the counter is served while ${WAITING} documents wait`, async ({
  page,
  cashier,
  demo,
  api,
  context,
  server,
  expectedErrors,
}) => {
  test.setTimeout(240_000);
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const refused = [];
  page.on("response", (answer) => {
    if (answer.status() === 429) refused.push(answer.url());
  });
  const { cashier_node_id } = await api.session();
  await context.setOffline(true);
  const made_at_ms = Date.now() - 3_600_000;
  const documents = Array.from({ length: WAITING }, (_, index) => ({
    external_id: crypto.randomUUID(),
    made_at_ms: made_at_ms + index,
    // Different clients, named without a connection.
    document: { sale: { client: demo.clients[index % demo.clients.length].phone, total: 30_000 + index, redeem: 0 } },
    client_name: null,
  }));
  const rows = documents.map((document) => [document.external_id, document.made_at_ms, document]);
  await keepInTill(page, cashier_node_id, "outbox", rows);
  await context.setOffline(false);
  const sold = () => {
    const sums = `gross_dirams between 30000 and ${30_000 + WAITING - 1}`;
    return server.rows(`select count(*) count from sales where ${sums}`)[0].count;
  };
  // A client is found at once, both during the sending and after it.
  for (const count of [20, WAITING]) {
    await expect.poll(sold, { timeout: 180_000 }).toBeGreaterThanOrEqual(count);
    const { phone, full_name } = demo.clients[count % 5];
    await cashier.phone(phone);
    await expect(cashier.client).toContainText(full_name);
    await cashier.press("Убрать клиента");
    await cashier.press("Очистить");
  }
  expect(refused).toEqual([]);
  await expect(cashier.waiting).toHaveCount(0);
});

test("a lookup that was refused as too frequent is repeated automatically", async ({
  page,
  cashier,
  demo,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 429/);
  const { phone, full_name } = demo.clients[3];
  let asked = 0;
  await page.route("**/cashier/client/**", (route) => {
    asked += 1;
    if (asked > 1) return route.continue();
    return route.fulfill({
      status: 429,
      headers: { "retry-after": "2" },
      json: { success: false, error: "Слишком много запросов.", code: "too_many_requests" },
    });
  });
  await cashier.key("45");
  await cashier.phone(phone);
  await expect(cashier.notice).toHaveText(
    "Касса спрашивает слишком часто. Клиента проверим сами, пока — только начисление.",
  );
  await expect(cashier.client).toBeVisible();
  await expect(cashier.client).toContainText(full_name);
  await expect(cashier.notice).toHaveCount(0);
  await expect(cashier.take).toHaveText("Принять 45,00 сом.");
  expect(asked).toBe(2);
});
