import { defineConfig } from "@playwright/test";

const chromium = {
  browserName: "chromium",
  launchOptions: {
    executablePath: process.env.CHROMIUM,
    // A container has neither the sandbox's privileges nor a graphics card.
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  },
};

export default defineConfig({
  testDir: "tests",
  // A forgotten `test.only` must not turn the whole proof into one test.
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  reporter: "list",
  use: { locale: "ru-RU", trace: "retain-on-failure", ...chromium },
  projects: [
    { name: "desktop", use: { viewport: { width: 1024, height: 768 } } },
    {
      name: "phone",
      // Headers and files have no width.
      testIgnore: "files.spec.js",
      use: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
    },
  ],
});
