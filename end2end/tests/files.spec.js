// The headers and status codes of pages and files.

import { expect, test } from "../fixtures.js";

/** Returns the addresses under /pkg/ that a page contains. */
const files = (html) => [...new Set(html.match(/\/pkg\/[\w.]+/g))];

test("files are compressed and cached for ever", async ({ request }) => {
  const html = await (await request.get("/")).text();
  expect(files(html).map((path) => path.split(".").pop()).sort()).toEqual(["css", "js", "svg", "wasm"]);
  for (const path of files(html)) {
    // A worker has the policy of its own file, and the scanner's worker compiles WebAssembly.
    const policy = (await request.get(path)).headers()["content-security-policy"];
    if (path.endsWith(".js")) expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'");
    else expect(policy, path).toBe("default-src 'none'; frame-ancestors 'none'");
    for (const encoding of ["br", "gzip"]) {
      const answer = await request.get(path, { headers: { "accept-encoding": encoding } });
      expect(answer.status(), path).toBe(200);
      expect(answer.headers()["content-encoding"], path).toBe(encoding);
      expect(answer.headers()["cache-control"], path).toBe("public, max-age=31536000, immutable");
    }
  }
});

test("an unknown file is not cached for ever", async ({ request }) => {
  const answer = await request.get("/pkg/bonex.0000000000000000.js");
  expect(answer.status()).toBe(404);
  expect(answer.headers()["cache-control"] ?? "").not.toContain("immutable");
});

test("each page has a policy with a new nonce", async ({ request }) => {
  const nonces = new Set();
  for (const path of ["/", "/", "/cash", "/no/such/page"]) {
    const answer = await request.get(path);
    const policy = answer.headers()["content-security-policy"];
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    const [, nonce] = policy.match(/'nonce-([\w-]+)'/);
    nonces.add(nonce);
    expect(answer.headers()["cache-control"]).toBe("no-store");
    expect(answer.headers()["permissions-policy"]).toContain("camera=(self)");
    for (const [, attributes] of (await answer.text()).matchAll(/<(?:script|style)([^>]*)>/g)) {
      expect(attributes).toContain(`nonce="${nonce}"`);
    }
  }
  expect(nonces.size).toBe(4);
});

test("an unknown address has a page that says so", async ({ page, expectedErrors }) => {
  expectedErrors.push(/404/);
  const answer = await page.goto("/no/such/page");
  expect(answer.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Такой страницы нет");
  await page.getByRole("link", { name: "На главную" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Bonex");
});

test("the cashier has one address, whatever the host is called", async ({ request }) => {
  const open = (host) => request.get("/", { headers: { host }, maxRedirects: 0 });
  for (const host of ["bonex.example", "cash.bonex.example"]) expect((await open(host)).status()).toBe(200);
  await expect(await request.get("/cash/", { maxRedirects: 0 })).not.toBeOK();
  expect(await (await request.get("/cash/")).text()).toContain('class="cash"');
});
