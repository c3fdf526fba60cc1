// What an admin sees of the tills of a store: they sell, another device tries the key of one, and
// the admin sees it within a minute, resets the binding, and the owner reads that.

import { signInAsAdmin } from "../../admin.js";
import { expect, expectFit, test as base } from "../../fixtures.js";
import { signIn } from "../../panel.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

/** The server writes what tills do every half a minute. */
const WITHIN_A_MINUTE = { timeout: 60_000, intervals: [2_000] };

const heading = (page) => page.getByRole("heading", { level: 1 });
const main = (page) => page.getByRole("main");

/** Sends a request as a till. */
async function ask(server, till, device, path, body) {
  const answer = await fetch(`${server.address}/api/v1${path}`, {
    method: body ? "POST" : "GET",
    headers: {
      "X-Tenant-Token": till.tenant_token,
      "X-Cashier-Token": till.cashier_token,
      "X-Device-Id": device,
      "User-Agent": "Frontol 6",
    },
    body: body && JSON.stringify(body),
  });
  return answer.status;
}

/** Every till of the demo sells twice. Returns the tills. */
async function sellEverywhere(server, demo, run) {
  const tills = demo.cashiers.map((till) => ({ cashier_token: till.token, tenant_token: demo.tenant_token }));
  for (const [index, till] of tills.entries()) {
    for (const number of [1, 2]) {
      const sale = {
        client_phone: demo.clients[index].phone,
        total_amount: 100,
        external_sale_id: `${run}-${index}-${number}`,
        receipt_number: `${number}`,
      };
      expect(await ask(server, till, `KASSA-${index}-${run}`, "/cashier/sale", sale)).toBe(201);
    }
  }
  return tills;
}

/** Unbinds every till, so that it is free for this test. */
function unbind(server) {
  server.write("UPDATE cashier_nodes SET device_id = NULL, device_bound_at = NULL");
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an admin sees another device on a key, resets the binding, and the owner reads it", async ({
    page,
    openPage,
    server,
    demo,
  }) => {
    test.setTimeout(180_000);
    unbind(server);
    const login = `activity-${demo.panel.login}`;
    await signInAsAdmin(page, server, login);
    const run = `${Date.now()}`;
    const tills = await sellEverywhere(server, demo, run);
    for (let tries = 0; tries < 3; tries += 1) {
      expect(await ask(server, tills[0], "OTHER-a41f", "/cashier/session")).toBe(403);
    }

    const { tenant_id: store } = server.rows("SELECT MIN(tenant_id) AS tenant_id FROM cashier_nodes")[0];
    await expect(async () => {
      await page.goto(`/admin/stores/${store}/activity`);
      await expect(page.locator(".till-strip").first()).toContainText("3 отказа", { timeout: 1_000 });
    }).toPass(WITHIN_A_MINUTE);
    await page.locator(".till-strip .title").first().click();
    const devices = main(page).getByRole("row", { name: "…a41f" });
    await expect(devices).toContainText("впервые");
    await expect(devices).toContainText("127.0.0.*");
    await expect(page.getByRole("img", { name: "отказов чужому устройству 3" })).toBeVisible();

    await main(page).getByRole("link", { name: "Сбросить привязку" }).click();
    await page.getByLabel("Причина").fill("Ключ ушёл на другой компьютер");
    await page.getByRole("button", { name: "Сбросить привязку" }).click();
    await expect(page.getByRole("status")).toContainText("Привязка сброшена.");

    const owner = await openPage({ javaScriptEnabled: false });
    await signIn(owner, demo.panel);
    await owner.goto("/panel/journal");
    await expect(main(owner)).toContainText("Причина: Ключ ушёл на другой компьютер");
  });
});

test("the page of a till brings itself up to date, but not under a person's hands", async ({
  page,
  server,
  demo,
}) => {
  test.setTimeout(180_000);
  unbind(server);
  const login = `live-${demo.panel.login}`;
  await signInAsAdmin(page, server, login);
  const { tenant_id: store } = server.rows("SELECT MIN(tenant_id) AS tenant_id FROM cashier_nodes")[0];
  await page.goto(`/admin/stores/${store}/activity`);
  await expect(heading(page)).toHaveText("Активность касс");
  const checks = main(page).locator(".figure-words");
  const before = await checks.innerText();
  await sellEverywhere(server, demo, `${Date.now()}`);
  await expect(checks).not.toHaveText(before, { timeout: 60_000 });

  await page.locator(".till-strip .title").first().focus();
  const seen = await checks.innerText();
  unbind(server);
  await sellEverywhere(server, demo, `${Date.now()}`);
  // The script has asked at least once meanwhile, and left the page alone.
  await page.waitForTimeout(35_000);
  await expect(checks).toHaveText(seen);
});

test("the pages about activity are accessible and fit every width", async ({ page, server, demo }) => {
  unbind(server);
  await signInAsAdmin(page, server, `activity-fit-${demo.panel.login}`);
  const run = `${Date.now()}`;
  const tills = await sellEverywhere(server, demo, run);
  for (let tries = 0; tries < 3; tries += 1) await ask(server, tills[0], "OTHER-a41f", "/cashier/session");
  const till = server.rows("SELECT tenant_id, id FROM cashier_nodes ORDER BY id LIMIT 1")[0];
  const store = `/admin/stores/${till.tenant_id}`;
  await expect(async () => {
    await page.goto(`${store}/activity`);
    await expect(page.locator(".till-strip").first()).toContainText("отказ", { timeout: 1_000 });
  }).toPass(WITHIN_A_MINUTE);
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of [
      `${store}/activity`,
      `${store}/tills/${till.id}`,
      `${store}/tills/${till.id}/normal?reason=two_places`,
      "/admin/sharing",
    ]) {
      await page.goto(path);
      await expectFit(page);
    }
  }
});
