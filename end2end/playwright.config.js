import { defineConfig } from "@playwright/test";

import { PHONE, launchOptions } from "./browser.js";

/** The one long story, which each engine is proved with, and what is downloaded for a till. */
const STORY = /tests\/panel\/story\.spec\.js/;
const MODULES = /tests\/panel\/modules\.spec\.js/;

export default defineConfig({
  testDir: "tests",
  // A forgotten `test.only` must not reduce the whole run to one test.
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // The timeout is long for a machine that is building at the same time; no test waits longer than
  // it must.
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [["list"], ["./reasons.js"]],
  use: {
    browserName: "chromium",
    launchOptions: launchOptions(),
    locale: "ru-RU",
    // Snapshots of the page show as much as screenshots would, in a fraction of the time.
    trace: { mode: "retain-on-failure", screenshots: false },
  },
  projects: [
    {
      name: "desktop",
      // The cashier is tested on a phone, and one spec on a tablet.
      testIgnore: /tests\/cash\/(?!tablet)/,
      use: { viewport: { width: 1024, height: 768 } },
    },
    {
      name: "phone",
      // These specs do not depend on the width of the screen.
      testIgnore: [
        /tests\/(files|install|language)\.spec\.js/,
        /tests\/cash\/tablet/,
        /tests\/panel\/(pairing|replay)\.spec\.js/,
        STORY,
        MODULES,
      ],
      use: PHONE,
    },
    {
      name: "phone on PostgreSQL",
      testMatch: [STORY, MODULES],
      use: { ...PHONE, engine: "postgres" },
    },
  ],
});
