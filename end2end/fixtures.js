// What every spec stands on: a running server, and pages that may not complain.

import AxeBuilder from "@axe-core/playwright";
import { expect, test as base } from "@playwright/test";

import { withCamera } from "./browser.js";
import { makeClip } from "./camera.js";
import { startServer } from "./server.js";

export { expect };

export const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => use(server.address),

  /** The text of the QR code that the camera sees: `test.use({ cameraShows: "+992900000500" })`. */
  cameraShows: [null, { scope: "worker", option: true }],

  // Not declared an option anew: the configuration's value would go over this one.
  launchOptions: async ({ launchOptions, cameraShows }, use) => {
    if (cameraShows === null) return use(launchOptions);
    const clip = makeClip(cameraShows);
    await use(withCamera(launchOptions, clip.path));
    clip.remove();
  },

  /** Console errors that a test provokes: it pushes a pattern for each. */
  expectedErrors: async ({}, use) => use([]),

  context: async ({ context, expectedErrors }, use) => {
    const errors = [];
    context.on("weberror", (error) => errors.push(String(error.error())));
    context.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) errors.push(message.text());
    });
    await use(context);
    const unexpected = errors.filter((text) => !expectedErrors.some((pattern) => pattern.test(text)));
    expect(unexpected, "errors and warnings in the browser's console").toEqual([]);
  },
});

/** Checks what is on the screen against WCAG 2.2, levels A and AA; where some rules are told, against those. */
export async function expectAccessible(page, rules) {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  // There are no frames: without this mode the checker would open a page of its own each time.
  const checker = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? checker.withRules(rules) : checker.withTags(tags)).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
  expect(found, "accessibility").toEqual([]);
}
