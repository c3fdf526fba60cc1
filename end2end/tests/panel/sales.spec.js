// The sales and the goods in the panel, with JavaScript off: a till sells over the API, the owner
// finds the documents by filters, reads how they were counted, and downloads them.

import { readFileSync } from "node:fs";

import { expect, expectFit, test as base } from "../../fixtures.js";

const HOSTILE = "=cmd()<script>alert(1)</script>";

const test = base.extend({
  demo: [
    async ({ server }, use) => {
      const demo = server.provisionDemo();
      await fill(server.address, demo);
      await use(demo);
    },
    { scope: "worker" },
  ],
});

/** Sells, takes goods back and sends stock, as tills and the back office of a shop do. */
async function fill(address, demo) {
  const headers = {
    "Content-Type": "application/json",
    "X-Tenant-Token": demo.tenant_token,
    "X-Cashier-Token": demo.cashiers[0].token,
    "X-Device-Id": "sales-spec",
  };
  const post = async (path, body) => {
    const answer = await fetch(`${address}/api/v1${path}`, { method: "POST", headers, body: JSON.stringify(body) });
    expect(answer.ok, `${path}: ${await answer.text()}`).toBe(true);
  };
  const phone = demo.clients[0].phone;
  await post("/cashier/sale", {
    client_phone: phone,
    total_amount: 250.5,
    external_sale_id: "spec-sale",
    receipt_number: "002641",
    cashier_id: "Зебо",
    lines: [{ sku: "r-5", name: HOSTILE, quantity: 2, unit_price: 125.25, line_amount: 250.5 }],
  });
  await post("/cashier/return", {
    client_phone: phone,
    original_external_sale_id: "spec-sale",
    external_return_id: "spec-return",
    return_amount: 50,
  });
  await post("/cashier/receipt", { total_amount: 12, external_receipt_id: "spec-receipt" });
  const goods = (number) => ({ sku: `r-${number}`, name: `Рис ${number} кг`, quantity: number });
  const stock = "/integration/inventory/sync";
  await post(stock, { items: [5, 6, 7, 8, 9].map(goods), deactivate_missing: true });
  await post(stock, { items: [5].map(goods), deactivate_missing: true });
}

async function signIn(page, demo) {
  await page.goto("/panel/sign-in");
  await page.getByLabel("Логин").fill(demo.panel.login);
  await page.getByLabel("Пароль").fill(demo.panel.password);
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page).toHaveURL(/\/panel$/);
}

/** Follows a link to a file and returns its text. */
async function download(page, name) {
  const started = page.waitForEvent("download");
  await page.getByRole("link", { name, exact: true }).click();
  const file = await started;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an owner finds a sale, reads it, and downloads the list", async ({ page, demo }) => {
    await signIn(page, demo);
    await page.goto("/panel/sales");
    const main = page.getByRole("main");
    await expect(main).toContainText("Чек без клиента");
    await page.getByRole("link", { name: "С клиентом" }).click();
    await expect(page).toHaveURL(/kind=sale/);
    await expect(main).not.toContainText("Чек без клиента");
    await page.getByText("Ещё условия").click();
    await page.getByLabel("Номер чека").fill("002641");
    await page.getByRole("button", { name: "Показать" }).click();
    await expect(page.getByLabel("Номер чека")).toHaveValue("002641");

    const csv = await download(page, "CSV");
    expect(csv.name).toMatch(/^Продажи — .*\.csv$/);
    const lines = csv.bytes.toString().trimEnd().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(";250,50;");
    const xlsx = await download(page, "Excel");
    expect(xlsx.name).toMatch(/\.xlsx$/);
    expect(xlsx.bytes.subarray(0, 2).toString()).toBe("PK");

    await page.getByRole("link", { name: "Продажа", exact: true }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Продажа");
    await expect(main).toContainText(HOSTILE);
    await expect(main).toContainText("кассир Зебо");
    await expect(main).toContainText("Возврат");
    await expect(main).toContainText("Товара на");
  });

  test("a wrong filter is said at its field", async ({ page, demo, expectedErrors }) => {
    expectedErrors.push(/status of 422/);
    await signIn(page, demo);
    await page.goto("/panel/sales?from=2026-06-09&to=2026-06-08");
    await expect(page.getByRole("alert")).toContainText("Первый день не может быть позже последнего".toLowerCase());
  });

  test("a stock list that switched off too much is undone", async ({ page, demo }) => {
    await signIn(page, demo);
    await expect(page.getByRole("main")).toContainText("выключил 4 товаров из 5");
    await page.getByRole("link", { name: /Список остатков/ }).click();
    await expect(page).toHaveURL(/\/panel\/goods$/);
    await page.getByRole("button", { name: "Включить товары обратно" }).click();
    await expect(page.getByRole("main")).toContainText("Товары снова включены");
    await expect(page.getByRole("main")).toContainText("Рис 9 кг");
    await page.getByLabel("Название или артикул").fill("рИС 7");
    await page.getByRole("button", { name: "Найти" }).click();
    await expect(page.getByRole("main")).toContainText("Рис 7 кг");
    await expect(page.getByRole("main")).not.toContainText("Рис 8 кг");
    await page.goto("/panel/journal");
    await expect(page.getByRole("main")).toContainText("включены");
  });
});

test("the lists are accessible and fit every width", async ({ page, demo }) => {
  await signIn(page, demo);
  await page.goto("/panel/sales");
  const sale = await page.getByRole("link", { name: /^Продажа/ }).first().getAttribute("href");
  const receipt = await page.getByRole("link", { name: /^Чек без клиента/ }).first().getAttribute("href");
  for (const path of ["/panel/sales", "/panel/sales?min=1&days=all", sale, receipt, "/panel/goods"]) {
    await page.goto(path);
    await expectFit(page);
  }
});
