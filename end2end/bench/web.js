// Measures the size of the cashier and its start on a slow phone: make bench-web.

import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { chromium } from "@playwright/test";

import { launchOptions } from "../browser.js";
import { signIn, untilKept, untilReady } from "../cash.js";
import { startServer } from "../server.js";

/** The slow 4G of Lighthouse: a round trip of 150 ms, 1.6 Mbit/s down and 750 kbit/s up. */
const SLOW_4G = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};
/**
 * The preset of DevTools with the same name. It compensates for connections that it does not
 * emulate: 3.75 times the latency for every request, 0.9 of the rates. Two requests in a row wait
 * 1.1 s there, so the figure has no budget.
 */
const DEVTOOLS_SLOW_4G = {
  offline: false,
  latency: 150 * 3.75,
  downloadThroughput: (1_600_000 / 8) * 0.9,
  uploadThroughput: (750_000 / 8) * 0.9,
};
const CPU_SLOWDOWN = 6;
const RUNS = 9;
/** The time for which a newly launched browser is left idle. */
const SETTLED_MS = 2000;
/**
 * The time for which nothing observes a starting page, because an observing script would itself
 * slow the page.
 */
const UNDISTURBED_MS = 4000;

const KB = 1000;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

const server = await startServer({ profile: "release" });
try {
  const sizes = await bundleSizes();
  const rows = [
    ["WebAssembly, brotli", kilobytes(sizes.wasm), 260, "KB"],
    ["JavaScript, brotli", kilobytes(sizes.js), 10, "KB"],
    ["CSS, brotli", kilobytes(sizes.css), 15, "KB"],
    ["scanner, loaded at first use", kilobytes(sizes.scanner), null, "KB"],
    startRow("ready, first visit, slow 4G", await firstVisits(SLOW_4G), 2000),
    startRow("ready, first visit, DevTools' slow 4G", await firstVisits(DEVTOOLS_SLOW_4G), null),
    startRow("ready, kept by the worker, slow 4G", await laterVisits(), 700),
  ];
  print(rows);
  if (rows.some(isOver)) process.exitCode = 1;
} finally {
  await server.stop();
}

/** Returns the compressed sizes of the files that `/cash` loads, in bytes. */
async function bundleSizes() {
  const html = await (await fetch(`${server.address}/cash`)).text();
  const program = [...new Set(html.match(/(?<!\/cash)\/pkg\/[\w.-]+/g))];
  const sum = async (some) => {
    const bytes = await Promise.all(some.map(brotliBytes));
    return bytes.reduce((one, other) => one + other, 0);
  };
  const ending = (extension) => program.filter((address) => address.endsWith(extension));
  return {
    wasm: await sum(ending(".wasm")),
    js: await sum(ending(".js")),
    css: await sum(ending(".css")),
    scanner: await sum(await scannerFiles()),
  };
}

/** Returns the two files of the scanner, as the service worker lists them. */
async function scannerFiles() {
  const [build] = (await (await fetch(`${server.address}/cash/sw.js`)).text()).split("\n");
  return JSON.parse(build.slice(build.indexOf("{"), build.lastIndexOf("}") + 1)).scanner;
}

/** Returns the compressed size of a file. `fetch` would decompress it. */
function brotliBytes(address) {
  return new Promise((resolve, reject) => {
    const request = get(`${server.address}${address}`, { headers: { "accept-encoding": "br" } }, (answer) => {
      if (answer.headers["content-encoding"] !== "br") reject(new Error(`${address} is not compressed`));
      let bytes = 0;
      answer.on("data", (part) => (bytes += part.length));
      answer.on("end", () => resolve(bytes));
    });
    request.once("error", reject);
  });
}

/** Measures first visits, each in a new browser. */
async function firstVisits(network) {
  const times = [];
  for (let run = 0; run < RUNS; run += 1) {
    const browser = await chromium.launch(launchOptions());
    const page = await browser.newPage({ baseURL: server.address, ...PHONE });
    await slowDown(page, network);
    times.push(await start(page));
    await browser.close();
  }
  return times;
}

/**
 * Measures later visits of a phone that has signed in and closed its browser: tokens and files are
 * on its disk.
 */
async function laterVisits() {
  const directory = mkdtempSync(join(tmpdir(), "bonex-phone-"));
  const open = () =>
    chromium.launchPersistentContext(directory, { baseURL: server.address, ...launchOptions(), ...PHONE });
  try {
    const first = await open();
    const page = first.pages()[0];
    await signIn(page, server.provisionDemo());
    await untilKept(page);
    // The first page that the worker serves. Browsers store compiled code from the second load on.
    await page.reload();
    await untilReady(page);
    await first.close();

    const times = [];
    for (let run = 0; run < RUNS; run += 1) {
      const context = await open();
      const [page] = context.pages();
      await slowDown(page, SLOW_4G);
      times.push(await start(page));
      const isKept = await page.evaluate(() => navigator.serviceWorker.controller !== null);
      if (!isKept) throw new Error("no service worker controls the page");
      await context.close();
    }
    return times;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/**
 * Returns the milliseconds from the start of the navigation until the cashier is painted and can be
 * used.
 */
async function start(page) {
  // The start of the browser itself would compete with the page for two cores, so it is not
  // measured.
  await sleep(SETTLED_MS);
  await page.goto("/cash", { waitUntil: "commit" });
  await sleep(UNDISTURBED_MS);
  return untilReady(page);
}

async function slowDown(page, network) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: CPU_SLOWDOWN });
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", network);
}

/** Makes a row with the median, and with the fastest and the slowest run. */
function startRow(figure, times, budget) {
  const sorted = times.map(Math.round).sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)];
  return [`${figure} (${sorted[0]}–${sorted.at(-1)})`, median, budget, "ms"];
}

function kilobytes(bytes) {
  return Math.round((bytes * 10) / KB) / 10;
}

function isOver([, value, budget]) {
  return budget !== null && value > budget;
}

function print(rows) {
  const { latency, downloadThroughput, uploadThroughput } = SLOW_4G;
  const megabits = (bytes) => (bytes * 8) / 1e6;
  console.log(
    `slow 4G: ${latency} ms, ${megabits(downloadThroughput)} Mbit/s down, ${megabits(uploadThroughput)} up; ` +
      `CPU ${CPU_SLOWDOWN}× slower; median of ${RUNS} runs\n`,
  );
  const cells = rows.map((row) => {
    const [figure, value, budget, unit] = row;
    const verdict = budget === null ? "" : isOver(row) ? "OVER" : "under";
    return [figure, `${value} ${unit}`, budget === null ? "" : `${budget} ${unit}`, verdict];
  });
  const table = [["figure", "value", "budget", ""], ...cells];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const [figure, value, budget, verdict] of table) {
    const line = [figure.padEnd(widths[0]), value.padStart(widths[1]), budget.padStart(widths[2]), verdict];
    console.log(line.join("  ").trimEnd());
  }
}
