// Renders style/icon.svg in the sizes that phones require: cargo xtask icons

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { argv } from "node:process";

import { chromium } from "@playwright/test";

import { launchOptions } from "../browser.js";
import { shrink } from "./shrink.js";

const directory = argv[2];
const ICONS = [
  ["icon.svg", "icon-192.png", 192],
  ["icon.svg", "icon-512.png", 512],
  // Phones cut these icons to their own shape.
  ["icon-maskable.svg", "icon-maskable-512.png", 512],
  ["icon-maskable.svg", "icon-180.png", 180],
];

const browser = await chromium.launch(launchOptions());
for (const [source, target, side] of ICONS) {
  const page = await browser.newPage({ viewport: { width: side, height: side } });
  const svg = readFileSync(join(directory, source), "base64");
  await page.setContent(
    `<style>body { margin: 0 } img { display: block; width: 100vw }</style><img src="data:image/svg+xml;base64,${svg}">`,
  );
  await page.locator("img").evaluate((img) => img.decode());
  const path = join(directory, target);
  writeFileSync(path, shrink(await page.screenshot({ omitBackground: true })));
  await page.close();
}
await browser.close();
