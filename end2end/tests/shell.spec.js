// The document around the cashier: what stands there before its program runs, and where it cannot.

import { untilReady } from "../cash.js";
import { expect, expectAccessible, test } from "../fixtures.js";

test("is dressed for a phone", async ({ page }) => {
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

test("says so where the program cannot be had", async ({ page, expectedErrors }) => {
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

test("what it says without JavaScript is for everybody", async ({ page }) => {
  // The checker is a script itself: so scripts stay on, and the program never arrives.
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

  test("says what is needed and how to get it", async ({ page, expectedErrors }) => {
    // Whoever has no JavaScript has fetched the program for nothing.
    expectedErrors.push(/was preloaded/);
    await page.goto("/cash");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Кассе нужен JavaScript");
    await expect(page.getByRole("listitem")).toHaveText([/^Chrome: Настройки/, /^Safari: Настройки/]);
    await expect(page.locator(".cash")).toBeHidden();
  });
});

test.describe("with JavaScript off, in Tajik", () => {
  test.use({ javaScriptEnabled: false, locale: "tg-TJ" });

  test("says it in Tajik", async ({ page }) => {
    await page.goto("/cash");
    await expect(page.locator("html")).toHaveAttribute("lang", "tg");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Барои касса JavaScript лозим аст");
  });
});
