// The start page: rendered by the server, interactive in the browser.

import { expect, test } from "../fixtures.js";

const READY = "Готов принимать продажи";
const NOT_READY = "Сервер отвечает, но база данных недоступна";
const NO_ANSWER = "Сервер не отвечает";

test("the start page says what Bonex is and has links to all parts", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveTitle("Bonex — бонусы для магазинов");
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonex");
  const links = page.getByRole("navigation").getByRole("link");
  const addresses = await links.evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  expect(addresses).toEqual(["/cash", "/api/docs", "/api/v1/openapi.json", "/healthz"]);
});

test("every link of the start page opens", async ({ page, request }) => {
  await page.goto("/");
  for (const link of await page.getByRole("link").all()) {
    const address = await link.getAttribute("href");
    expect((await request.get(address)).status(), address).toBe(200);
  }
});

test("the start page shows the server's state and checks it again on request", async ({ page, expectedErrors }) => {
  expectedErrors.push(/503/, /ERR_FAILED/);
  await page.goto("/");
  const status = page.getByRole("status");
  // The text of the server's HTML is different, so only the running WebAssembly can have checked
  // the state.
  await expect(status).toContainText(READY);
  await expect(status).toContainText(/Проверено в \d\d:\d\d:\d\d/);

  const checkAgain = page.getByRole("button", { name: "Проверить ещё раз" });
  await page.route("/readyz", (route) => route.fulfill({ status: 503 }));
  await checkAgain.click();
  await expect(status).toContainText(NOT_READY);

  await page.unroute("/readyz");
  await page.route("/readyz", (route) => route.abort());
  await checkAgain.click();
  await expect(status).toContainText(NO_ANSWER);

  await page.unroute("/readyz");
  await checkAgain.click();
  await expect(status).toContainText(READY);
  expect(new URL(page.url()).pathname, "the form must not navigate").toBe("/");
});

test("the start page fits the screen and can be used by keyboard", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("status")).toContainText(READY);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow).toBe(0);
  for (const target of await page.locator("main a, main button").all()) {
    expect((await target.boundingBox()).height).toBeGreaterThanOrEqual(48);
  }
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button")).toBeFocused();
  await expect(page.getByRole("button")).toHaveCSS("outline-style", "solid");
});

test("an injected script does not run", async ({ page, expectedErrors }) => {
  expectedErrors.push(/Content Security Policy/);
  await page.goto("/");
  await expect(page.getByRole("status")).toContainText(READY);
  const ran = await page.evaluate(() => {
    const script = document.createElement("script");
    script.textContent = "window.injected = true";
    document.body.append(script);
    return window.injected === true;
  });
  expect(ran).toBe(false);
});

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("without JavaScript the page has the same text, and the button opens /readyz", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonex");
    await expect(page.getByRole("status")).toContainText("Ещё не проверено");
    await page.getByRole("button", { name: "Проверить ещё раз" }).click();
    await expect(page).toHaveURL(/\/readyz\??$/);
  });
});
