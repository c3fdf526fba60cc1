// Networks that answer in place of the server, and pages that other programs have changed.

import { untilKept, untilReady } from "../../cash.js";
import { expect, test } from "../../till.js";

/** Answers that a cashier may get instead of the page. */
const STRANGERS = {
  "a portal's page": (route) => route.fulfill({ contentType: "text/html", body: "<h1>Войдите в Wi-Fi</h1>" }),
  "a portal's redirect": (route) => route.fulfill({ status: 302, headers: { location: "http://127.0.0.1:9/" } }),
  "a blocked site": (route) => route.fulfill({ status: 403, contentType: "text/html", body: "<h1>Запрещено</h1>" }),
  "a proxy without the site": (route) => route.fulfill({ status: 404, contentType: "text/html", body: "<h1>Нет</h1>" }),
};

for (const [name, answer] of Object.entries(STRANGERS)) {
  test(`a reload under ${name} opens the till`, async ({ page, cashier, demo, context, expectedErrors }) => {
    expectedErrors.push(/status of 40[34]/, /ERR_/);
    await untilKept(page);
    // Including the requests of the service worker.
    await context.route(/\/cash(\?.*)?$/, answer);
    await page.reload();
    await untilReady(page);
    await expect(cashier.header).toContainText(demo.cashiers[0].name);
    await page.goto("/cash?anew");
    await untilReady(page);
    await expect(cashier.header).toContainText(demo.cashiers[0].name);
    // The foreign answer must not have been cached either.
    await page.goto("/cash");
    await untilReady(page);
    await expect(cashier.header).toContainText(demo.cashiers[0].name);
  });
}

test("a page changed by a translation and an extension still opens", async ({ page }) => {
  await page.route(/\/cash$/, async (route) => {
    const answer = await route.fetch();
    const html = await answer.text();
    // As a translation and an extension change it.
    const changed = html
      .replace(/<p class="cash-frame-text".*?<\/p>/s, "<font><font>Opening…</font></font>")
      .replace("<body>", '<body><div id="extension"></div>');
    expect(changed).toContain("extension");
    await route.fulfill({ response: answer, body: changed });
  });
  await page.goto("/cash");
  await untilReady(page);
  await expect(page.getByLabel("Код из панели")).toBeVisible();
  await expect(page.locator(".cash-frame")).toHaveCount(0);
});
