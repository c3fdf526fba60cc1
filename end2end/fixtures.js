// The fixtures of every spec: a running server, and pages whose console must stay empty.

import AxeBuilder from "@axe-core/playwright";
import { expect, test as base } from "@playwright/test";

import { withCamera } from "./browser.js";
import { makeClip } from "./camera.js";
import { startServer } from "./server.js";

export { expect };

export const test = base.extend({
  /** The engine of the server's database: `sqlite` or `postgres`. */
  engine: ["sqlite", { scope: "worker", option: true }],

  server: [
    async ({ engine }, use) => {
      const server = await startServer({ engine });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => use(server.address),

  /**
   * The text of the QR code in front of the camera: `test.use({ cameraShows: "+992900000500" })`.
   */
  cameraShows: [null, { scope: "worker", option: true }],

  // This overrides the fixture and does not declare a new option, because the configuration's value
  // would replace a new option.
  launchOptions: async ({ launchOptions, cameraShows }, use) => {
    if (cameraShows === null) return use(launchOptions);
    const clip = makeClip(cameraShows);
    await use(withCamera(launchOptions, clip.path));
    clip.remove();
  },

  /** The console errors that a test expects: it adds a pattern for each. */
  expectedErrors: async ({}, use) => use([]),

  /** Watches the console of a context. */
  watch: async ({ expectedErrors }, use) => {
    const errors = [];
    await use((context) => {
      context.on("weberror", (error) => errors.push(String(error.error())));
      context.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) errors.push(message.text());
      });
    });
    const unexpected = errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)));
    expect(unexpected, "errors and warnings in the browser's console").toEqual([]);
  },

  context: async ({ context, watch }, use) => {
    watch(context);
    await use(context);
  },

  /** Opens a page in the browser of another person, which has its own cookies and storage. */
  openPage: async ({ browser, baseURL, watch }, use) => {
    const contexts = [];
    await use(async (options) => {
      const context = await browser.newContext({ baseURL, ...options });
      contexts.push(context);
      watch(context);
      return context.newPage();
    });
    await Promise.all(contexts.map((context) => context.close()));
  },
});

/** Checks the screen against WCAG 2.2, levels A and AA, or against the given rules only. */
export async function expectAccessible(page, rules) {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  // The pages contain no frames. Without this mode the checker would open a new page each time.
  const checker = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await withScripts(page, () => (rules ? checker.withRules(rules) : checker.withTags(tags)).analyze());
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  expect(found, "accessibility").toEqual([]);
}

/** The widths of a small phone, a phone, a tablet and a desktop. */
const WIDTHS = [320, 360, 768, 1280];

/**
 * Expects that a page is accessible, and that nothing is wider than the screen at any width. The
 * checker takes seconds, so it looks only at the width of the project.
 */
export async function expectFit(page) {
  await expectAccessible(page);
  const size = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 800 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, `${page.url()} at ${width} px`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(size);
}

/** Runs scripts of the test in a page whose browser has JavaScript off. */
async function withScripts(page, run) {
  const isOff = await page.evaluate(() => matchMedia("(scripting: none)").matches);
  if (!isOff) return run();
  const session = await page.context().newCDPSession(page);
  const disable = (value) => session.send("Emulation.setScriptExecutionDisabled", { value });
  // A session can only take back what it has said itself.
  await disable(true);
  await disable(false);
  const result = await run();
  await disable(true);
  return result;
}
