// The cashier as an app on a phone: it can be installed, opens without a network, and updates only
// when the page says so.

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { untilReady } from "../cash.js";
import { expect, test } from "../fixtures.js";
import { siteDirectory, startServer } from "../server.js";

/**
 * Registers the service worker. The page does it by itself if it is allowed to; here each step is
 * made explicitly.
 */
const register = (page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.register("/cash/sw.js", { scope: "/cash" });
    await navigator.serviceWorker.ready;
  });

test("the cashier meets the requirements of browsers for an app", async ({ page, request }) => {
  await page.goto("/cash");
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send("Page.getInstallabilityErrors");
  // Installation is offered only in a normal browser window, and the context of a test is a private
  // one.
  expect(installabilityErrors.map(({ errorId }) => errorId)).toEqual(["in-incognito"]);

  const address = await page.locator("link[rel=manifest]").getAttribute("href");
  const manifest = await (await request.get(address)).json();
  expect(manifest).toMatchObject({ start_url: "/cash", scope: "/cash", display: "standalone", lang: "ru" });
  const purposes = manifest.icons.map(({ purpose, sizes }) => `${purpose} ${sizes}`);
  expect(purposes).toEqual(["any 192x192", "any 512x512", "any any", "maskable 512x512", "maskable any"]);
  const touchIcon = await page.locator("link[rel=apple-touch-icon]").getAttribute("href");
  for (const { src, sizes, type } of [...manifest.icons, { src: touchIcon, sizes: "180x180", type: "image/png" }]) {
    expect((await request.get(src)).headers()["content-type"], src).toBe(type);
    const side = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      return image.naturalWidth;
    }, src);
    if (sizes !== "any") expect(`${side}x${side}`, src).toBe(sizes);
  }
});

test("the manifest is in the visitor's language", async ({ request }) => {
  const headers = { cookie: "bonex_language=tg" };
  const manifest = await (await request.get("/cash/manifest.webmanifest", { headers })).json();
  expect(manifest).toMatchObject({ lang: "tg", name: "Кассаи Bonex" });
});

test("the worker is small, is always checked for updates, and lists this build's files", async ({ request }) => {
  const answer = await request.get("/cash/sw.js");
  expect(answer.headers()["content-type"]).toBe("text/javascript; charset=utf-8");
  expect(answer.headers()["cache-control"]).toBe("no-cache");
  expect(answer.headers()["content-security-policy"]).toContain("connect-src 'self'");
  const script = await answer.text();
  expect(script.length).toBeLessThan(5000);
  const html = await (await request.get("/cash")).text();
  for (const [file] of html.matchAll(/\/pkg\/[\w.-]+/g)) expect(script).toContain(file);
});

test("the cashier opens offline in the last language, and API requests are not cached", async ({ page, context, expectedErrors }) => {
  expectedErrors.push(/ERR_CONNECTION_REFUSED|Failed to fetch/);
  const server = await startServer();
  try {
    await page.goto(`${server.address}/cash`);
    await register(page);
    await context.addCookies([{ name: "bonex_language", value: "tg", url: server.address }]);
    await page.reload();
    await expect(page.locator("html")).toHaveAttribute("lang", "tg");
    expect(await page.evaluate(() => navigator.serviceWorker.controller.scriptURL)).toContain("/cash/sw.js");
    // The page is cached while it is shown.
    const kept = () => page.evaluate(async () => (await (await caches.match("/cash")).text()).match(/lang="(\w+)"/)[1]);
    await expect.poll(kept).toBe("tg");
  } finally {
    await server.stop();
  }

  const answer = await page.goto(`${server.address}/cash`);
  expect(answer.fromServiceWorker()).toBe(true);
  await expect(page.locator("html")).toHaveAttribute("lang", "tg");
  await untilReady(page);
  const style = await page.evaluate(() => document.styleSheets[0].cssRules.length);
  expect(style).toBeGreaterThan(0);
  const reached = (path) => page.evaluate((path) => fetch(path).then(() => true, () => false), path);
  expect(await reached("/api/v1/cashier/session")).toBe(false);
  expect(await reached("/cash/manifest.webmanifest")).toBe(false);
});

test("a server that does not answer delays neither opening nor a reload for long", async ({ page }) => {
  const server = await startServer();
  try {
    await page.goto(`${server.address}/cash`);
    await register(page);
    server.freeze();
    for (const open of [() => page.goto(`${server.address}/cash`), () => page.reload()]) {
      const answer = await open();
      expect(answer.fromServiceWorker()).toBe(true);
      await expect(page.locator(".cash")).toBeVisible();
    }
    server.thaw();
  } finally {
    await server.stop();
  }
});

test("a new build waits for the page's message and then replaces the old one", async ({ page }) => {
  const site = mkdtempSync(join(tmpdir(), "bonex-site-"));
  cpSync(siteDirectory(), site, { recursive: true });
  let server = await startServer({ site });
  const kept = () => page.evaluate(() => caches.keys());
  const waiting = () =>
    page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/cash")).waiting?.state);
  try {
    await page.goto(`${server.address}/cash`);
    await register(page);
    await page.reload();
    // A page on which keys are being entered is not reloaded.
    await page.getByLabel("Код из панели").fill("0");
    const [old] = await kept();

    await server.stop();
    const manifest = join(site, "manifest.json");
    const build = JSON.parse(readFileSync(manifest, "utf8"));
    writeFileSync(manifest, JSON.stringify({ ...build, inputs: "another" }));
    server = await startServer({ site, port: new URL(server.address).port });

    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration("/cash")).update());
    await expect.poll(waiting).toBe("installed");
    expect(await kept()).toContain(old);

    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration("/cash");
      const taken = new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve));
      registration.waiting.postMessage("skip-waiting");
      await taken;
    });
    await expect.poll(kept).toEqual(["bonex-cash-another"]);
  } finally {
    await server.stop();
    rmSync(site, { recursive: true });
  }
});
