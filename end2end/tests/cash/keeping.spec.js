// The data of a till stored on the phone, and the cases in which the phone stores nothing or loses
// it.

import { enterTokens, untilReady } from "../../cash.js";
import { Cashier, expect, test } from "../../till.js";

const NOT_KEPT =
  "Телефон не даёт сохранить ключи. Выйдите из режима инкогнито или разрешите сайту хранить данные.";

/** Enters a till's keys. */
const enter = (page, demo, till = 0) => enterTokens(page, demo.tenant_token, demo.cashiers[till].token);

const NOTHING = {
  "no storage": () => {
    Object.defineProperty(window, "localStorage", {
      get: () => {
        throw new DOMException("refused", "SecurityError");
      },
    });
  },
  "a storage without room": () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  },
  "no database": () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("refused", "SecurityError");
    };
  },
};

for (const [name, lack] of Object.entries(NOTHING)) {
  test(`a phone with ${name} shows a message before the server binds the till`, async ({ page, demo, browser, server }) => {
    const other = await browser.newContext({ storageState: { cookies: [], origins: [] }, locale: "ru-RU" });
    const phone = await other.newPage();
    const asked = [];
    phone.on("request", (request) => asked.push(request.url()));
    await phone.addInitScript(lack);
    await phone.goto(`${server.address}/cash`);
    await enter(phone, demo, 1);
    await expect(phone.getByRole("alert")).toHaveText(NOT_KEPT);
    expect(asked.filter((url) => url.includes("/api/"))).toEqual([]);
    await other.close();
    // The till is still free for a phone that can store data.
    await page.goto("/cash");
    await expect(page.getByText("Не входите в режиме инкогнито")).toBeVisible();
  });
}

test("the device is recognised after the page's storage is cleared", async ({ page, cashier, demo, context }) => {
  const [{ phone, full_name }] = demo.clients;
  await page.evaluate(() => localStorage.clear());
  await cashier.key("10");
  await cashier.phone(phone);
  await expect(cashier.client).toContainText(full_name);

  const devtools = await context.newCDPSession(page);
  const origin = new URL(page.url()).origin;
  const forget = (storageTypes) => devtools.send("Storage.clearDataForOrigin", { origin, storageTypes });
  // First only the cookie is left, then only the database.
  for (const lost of ["local_storage,indexeddb", "local_storage,cookies"]) {
    await page.goto("about:blank");
    await forget(lost);
    await page.goto("/cash");
    await enter(page, demo);
    await expect(cashier.header).toContainText(demo.cashiers[0].name);
  }
});

test("the device's cookie cannot be read by other sites or by scripts", async ({ page, cashier, context, server }) => {
  await expect(cashier.header).toBeVisible();
  const mirrored = async () => (await context.cookies(`${server.address}/cash/device`)).find(({ name }) => name === "bonex_device");
  await expect.poll(mirrored).toMatchObject({ httpOnly: true, sameSite: "Strict", path: "/cash/device" });
  expect(await page.evaluate(() => document.cookie)).not.toContain("bonex_device");
});

const AGENTS = {
  "on an iPhone": [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1",
    "Сначала добавьте на экран «Домой»",
  ],
  "inside Instagram": [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Instagram 334.0.4",
    "Страница открыта внутри другого приложения",
  ],
  "inside an Android app": [
    "Mozilla/5.0 (Linux; Android 13; SM-A135F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0.0.0 Mobile Safari/537.36",
    "Страница открыта внутри другого приложения",
  ],
};

for (const [where, [userAgent, said]] of Object.entries(AGENTS)) {
  test.describe(where, () => {
    test.use({ userAgent });
    test("a hint is shown before the keys are entered", async ({ page }) => {
      await page.goto("/cash");
      await expect(page.getByText(said)).toBeVisible();
    });
  });
}

test("documents survive if the database is deleted under the open page", async ({
  page,
  cashier,
  demo,
  context,
  server,
  expectedErrors,
  hasTouch,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  await cashier.sell("140", demo.clients[3].phone);
  await cashier.press("Новый чек");
  await context.setOffline(true);
  const keep = async (sum) => {
    await cashier.key(sum);
    await cashier.tap(cashier.take);
    await cashier.press("Новый чек");
  };
  await keep("141");
  const names = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  const till = names.find((name) => /^bonex-cash-[1-9]/.test(name));
  await page.evaluate(
    (name) =>
      new Promise((done, fail) => {
        const thrown = indexedDB.deleteDatabase(name);
        thrown.onsuccess = done;
        thrown.onerror = fail;
      }),
    till,
  );
  await keep("142");
  const devtools = await context.newCDPSession(page);
  const { origin } = new URL(page.url());
  await devtools.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  await keep("143");
  await expect(cashier.waiting).toHaveText("↑ 3");

  const next = new Cashier(await context.newPage(), hasTouch);
  await page.close({ runBeforeUnload: false });
  await context.setOffline(false);
  await next.page.goto("/cash");
  await untilReady(next.page);
  await expect(next.waiting).toHaveCount(0);
  await next.open("История");
  await expect(next.page.getByRole("listitem")).toContainText(["143,00", "142,00", "141,00", "140,00"]);
  const sums = server.rows("select total_dirams from receipts where total_dirams in (14100, 14200, 14300)");
  expect(sums.map(({ total_dirams }) => total_dirams).sort()).toEqual([14100, 14200, 14300]);
});

test("the phone sends the ticket that it got, from a cookie that no script reads", async ({
  page,
  cashier,
  demo,
  server,
}) => {
  const kept = async () => {
    const cookies = await page.context().cookies(`${server.address}/api/v1/cashier/session`);
    return cookies.find((cookie) => cookie.name === "bonex_ticket");
  };
  const find = async (client) => {
    await page.getByLabel("Телефон клиента").fill(client.phone);
    await expect(cashier.client).toContainText(client.full_name);
    await cashier.press("Убрать клиента");
  };
  // Whatever this till was given before, on whichever phone.
  server.write("UPDATE cashier_nodes SET ticket_last = 0, ticket_before = NULL, ticket_given_at = NULL");
  await find(demo.clients[3]);
  await expect.poll(kept).toMatchObject({ httpOnly: true, sameSite: "Strict" });
  const { value } = await kept();
  expect(await page.evaluate(() => document.cookie)).not.toContain("bonex_ticket");
  // Ten minutes later the next request gets another one.
  server.write("UPDATE cashier_nodes SET ticket_given_at = ticket_given_at - 660000000");
  await find(demo.clients[4]);
  await expect.poll(async () => (await kept()).value).not.toBe(value);
  expect(server.rows("SELECT sent_at FROM till_old_tickets")).toEqual([]);
});
