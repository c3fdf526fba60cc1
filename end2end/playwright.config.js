import { defineConfig } from "@playwright/test";

import { launchOptions } from "./browser.js";

export default defineConfig({
  testDir: "tests",
  // A forgotten `test.only` must not turn the whole proof into one test.
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // A machine that builds beside the tests is slow; nothing waits longer than it has to.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: "list",
  use: {
    browserName: "chromium",
    launchOptions: launchOptions(),
    locale: "ru-RU",
    // Snapshots of the page tell what a film of it would, for a fraction of its time.
    trace: { mode: "retain-on-failure", screenshots: false },
  },
  projects: [
    {
      name: "desktop",
      // A cashier holds a phone; some hold a tablet.
      testIgnore: /tests\/cash\/(?!tablet)/,
      use: { viewport: { width: 1024, height: 768 } },
    },
    {
      name: "phone",
      // Headers and files have no width.
      testIgnore: [/tests\/(files|install|language)\.spec\.js/, /tests\/cash\/tablet/],
      use: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
    },
  ],
});
