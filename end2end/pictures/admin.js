// Takes the picture of the admin console for README, a till whose key two shops use: make picture

import { writeFileSync } from "node:fs";
import { argv } from "node:process";

import { chromium } from "@playwright/test";

import { signInAsAdmin } from "../admin.js";
import { launchOptions } from "../browser.js";
import { startServer } from "../server.js";
import { shrink } from "./shrink.js";

/** The server writes what tills do every half a minute. */
const WRITTEN_SECONDS = 35;

/** The sales of each hour of the day before, the oldest first. */
const DAY = [9, 8, 8, 6, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 2, 4, 5, 7, 6, 8, 7, 9, 8];

const server = await startServer();
const browser = await chromium.launch(launchOptions());
try {
  const demo = server.provisionDemo();
  await sellInTwoShops(demo);
  const till = server.rows("SELECT tenant_id, id FROM cashier_nodes ORDER BY id LIMIT 1")[0];
  fillTheDay(till);
  const context = await browser.newContext({
    baseURL: server.address,
    locale: "ru-RU",
    viewport: { width: 1280, height: 900 },
    deviceScaleFactor: 1.5,
    javaScriptEnabled: false,
  });
  const page = await context.newPage();
  await signInAsAdmin(page, server, "anvar");
  await new Promise((resolve) => setTimeout(resolve, WRITTEN_SECONDS * 1000));
  await page.goto(`/admin/stores/${till.tenant_id}/tills/${till.id}`);
  const picture = shrink(await page.screenshot({ animations: "disabled" }));
  writeFileSync(argv[2], picture);
  console.log(`${argv[2]}: ${picture.length} bytes`);
} finally {
  await browser.close();
  await server.stop();
}

/** Sends sales of one till whose receipts two printers have numbered, and tries another device. */
async function sellInTwoShops(demo) {
  const [first] = demo.cashiers;
  const ask = (device, path, body) =>
    fetch(`${server.address}/api/v1${path}`, {
      method: body ? "POST" : "GET",
      headers: {
        "X-Tenant-Token": demo.tenant_token,
        "X-Cashier-Token": first.token,
        "X-Device-Id": device,
        "User-Agent": "Frontol 6.19",
      },
      body: body && JSON.stringify(body),
    });
  for (let sale = 0; sale < 24; sale += 1) {
    const number = sale % 2 ? 371 + sale : 1029 + sale;
    const body = {
      client_phone: demo.clients[sale % 18].phone,
      total_amount: 48 + sale * 13,
      external_sale_id: `${number}`,
      receipt_number: `${number}`,
    };
    await ask("KASSA-F2", "/cashier/sale", body);
  }
  for (let tries = 0; tries < 6; tries += 1) await ask("KASSA-a41f", "/cashier/session");
}

/** Adds what the till did in the hours before. */
function fillTheDay({ tenant_id, id }) {
  const hour = Math.floor(Date.now() / 3_600_000);
  const rows = DAY.map((sales, place) => {
    const start = (hour - DAY.length + place) * 3_600_000_000;
    const refusals = place > 18 ? 2 : 0;
    return `(${tenant_id}, ${id}, ${start}, 'picture', ${sales * 2 + refusals}, ${sales}, 0, ${sales}, ${refusals})`;
  });
  server.write(`INSERT INTO till_slots VALUES ${rows.join(", ")}`);
}
