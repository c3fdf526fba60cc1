// Takes the picture of the cashier for README, with a client and an amount: make picture

import { writeFileSync } from "node:fs";
import { argv } from "node:process";

import { chromium } from "@playwright/test";

import { launchOptions } from "../browser.js";
import { signIn, startSale } from "../cash.js";
import { startServer } from "../server.js";
import { shrink } from "./shrink.js";

const server = await startServer();
const browser = await chromium.launch(launchOptions());
try {
  const page = await browser.newPage({
    baseURL: server.address,
    locale: "ru-RU",
    viewport: { width: 390, height: 844 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  });
  const demo = server.provisionDemo();
  await signIn(page, demo);
  await startSale(page, demo.clients[0].phone, "350");
  await page.getByTestId("client").waitFor();
  const picture = shrink(await page.screenshot({ animations: "disabled" }));
  writeFileSync(argv[2], picture);
  console.log(`${argv[2]}: ${picture.length} bytes`);
} finally {
  await browser.close();
  await server.stop();
}
