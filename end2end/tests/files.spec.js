// What the server says about pages and files, beneath what a visitor sees.

import { expect, test } from "../fixtures.js";

/** Addresses under /pkg/ that a page names. */
const files = (html) => [...new Set(html.match(/\/pkg\/[\w.]+/g))];

test("files are compressed and kept for ever", async ({ request }) => {
  const html = await (await request.get("/")).text();
  expect(files(html).map((path) => path.split(".").pop()).sort()).toEqual(["css", "js", "svg", "wasm"]);
  for (const path of files(html)) {
    for (const encoding of ["br", "gzip"]) {
      const answer = await request.get(path, { headers: { "accept-encoding": encoding } });
      expect(answer.status(), path).toBe(200);
      expect(answer.headers()["content-encoding"], path).toBe(encoding);
      expect(answer.headers()["cache-control"], path).toBe("public, max-age=31536000, immutable");
    }
  }
});

test("an unknown file is not kept", async ({ request }) => {
  const answer = await request.get("/pkg/bonex.0000000000000000.js");
  expect(answer.status()).toBe(404);
  expect(answer.headers()["cache-control"] ?? "").not.toContain("immutable");
});

test("each page has a policy with a nonce of its own", async ({ request }) => {
  const nonces = new Set();
  for (const path of ["/", "/", "/no/such/page"]) {
    const answer = await request.get(path);
    const policy = answer.headers()["content-security-policy"];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    const [, nonce] = policy.match(/'nonce-([\w-]+)'/);
    nonces.add(nonce);
    for (const [, attributes] of (await answer.text()).matchAll(/<script([^>]*)>/g)) {
      expect(attributes).toContain(`nonce="${nonce}"`);
    }
  }
  expect(nonces.size).toBe(3);
});

test("an unknown address has a page that says so", async ({ page, expectedErrors }) => {
  expectedErrors.push(/404/);
  const answer = await page.goto("/no/such/page");
  expect(answer.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Такой страницы нет");
  await page.getByRole("link", { name: "На главную" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonex");
});
