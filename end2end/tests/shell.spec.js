// The document around the cashier: its content before the program runs, and if the program cannot
// run.

import { untilReady } from "../cash.js";
import { expect, expectAccessible, test } from "../fixtures.js";

test("the cashier's document is set up for a phone", async ({ page }) => {
  await page.goto("/cash");
  await expect(page).toHaveTitle("Касса Bonex");
  await expect(page.locator(".cash")).toBeVisible();
  const content = (name) => page.locator(`meta[name=${name}]`).first().getAttribute("content");
  expect(await content("viewport")).toBe(
    "width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content",
  );
  const surface = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const [red, green, blue] = (await content("theme-color")).match(/[0-9a-f]{2}/g).map((hex) => parseInt(hex, 16));
  expect(surface).toBe(`rgb(${red}, ${green}, ${blue})`);
});

test("the cashier says so if the program cannot be loaded", async ({ page, expectedErrors }) => {
  expectedErrors.push(/ERR_FAILED/, /Failed to fetch/);
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto("/cash");
  await expect(page.getByRole("alert")).toContainText("Касса не запустилась");
  await expect(page.locator(".cash")).toHaveCount(0);
  await expectAccessible(page);

  await page.unroute("**/*.wasm");
  await page.getByRole("link", { name: "Открыть ещё раз" }).click();
  await untilReady(page);
});

test("the notice without JavaScript is accessible", async ({ page }) => {
  // The checker needs scripts itself, so scripts are allowed, and the program's files never arrive.
  await page.route("**/*.js", () => {});
  await page.goto("/cash", { waitUntil: "domcontentloaded" });
  await page.evaluate(() => {
    for (const notice of document.querySelectorAll("noscript")) notice.outerHTML = notice.textContent;
  });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Кассе нужен JavaScript");
  await expectAccessible(page);
});

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("the cashier says that it needs JavaScript and how to switch it on", async ({ page, expectedErrors }) => {
    // Without JavaScript the program is preloaded but never used.
    expectedErrors.push(/was preloaded/);
    await page.goto("/cash");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Кассе нужен JavaScript");
    await expect(page.getByRole("listitem")).toHaveText([/^Chrome: Настройки/, /^Safari: Настройки/]);
    await expect(page.locator(".cash")).toBeHidden();
  });
});

test.describe("with JavaScript off, in Tajik", () => {
  test.use({ javaScriptEnabled: false, locale: "tg-TJ" });

  test("the notice is in Tajik", async ({ page }) => {
    await page.goto("/cash");
    await expect(page.locator("html")).toHaveAttribute("lang", "tg");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Барои касса JavaScript лозим аст");
  });
});
