// Takes the picture of the panel for README, a client's balance explained: make picture

import { writeFileSync } from "node:fs";
import { argv } from "node:process";

import { chromium } from "@playwright/test";

import { launchOptions } from "../browser.js";
import { startServer } from "../server.js";
import { shrink } from "./shrink.js";

const server = await startServer();
const browser = await chromium.launch(launchOptions());
try {
  const context = await browser.newContext({
    baseURL: server.address,
    locale: "ru-RU",
    viewport: { width: 1120, height: 960 },
    deviceScaleFactor: 1.5,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  const demo = server.provisionDemo();
  await page.goto("/panel/sign-in");
  await page.getByLabel("Логин").fill(demo.panel.login);
  await page.getByLabel("Пароль").fill(demo.panel.password);
  await page.getByRole("button", { name: "Войти" }).click();
  await page.goto("/panel/clients");
  await page.getByRole("link", { name: demo.clients[1].full_name }).click();
  // A purchase that bonuses have paid for in part.
  await page.locator(".feed summary", { hasText: "−" }).first().click();
  await page.getByRole("heading", { level: 1 }).scrollIntoViewIfNeeded();
  const picture = shrink(await page.screenshot({ animations: "disabled" }));
  writeFileSync(argv[2], picture);
  console.log(`${argv[2]}: ${picture.length} bytes`);
} finally {
  await browser.close();
  await server.stop();
}
