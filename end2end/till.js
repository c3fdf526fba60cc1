// The fixtures of the cashier's specs: a till and a cashier who works with it.

import { randomUUID } from "node:crypto";

import { signIn } from "./cash.js";
import { expect, test as base } from "./fixtures.js";

export { expect };

export const test = base.extend({
  /** The demo stores on this worker's server: their tokens, tills and clients. */
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],

  /**
   * The device to which this worker's tills are bound. A till accepts no other device, and each
   * test opens a new browser.
   */
  device: [async ({}, use) => use(`web-${randomUUID()}`), { scope: "worker" }],

  storageState: async ({ server, device }, use) =>
    use({
      cookies: [],
      origins: [
        { origin: server.address, localStorage: [{ name: "bonex-device", value: JSON.stringify(device) }] },
      ],
    }),

  /** Requests of the same till to the API, without the app. */
  api: async ({ server, demo, device }, use) => use(new Api(server, demo, device)),

  /** A cashier who has opened the till. */
  cashier: async ({ page, demo, hasTouch }, use) => {
    await signIn(page, demo);
    await use(new Cashier(page, hasTouch));
  },
});

/**
 * Returns a moment `milliseconds` ago, in seconds, to be used as the time stamp of a key. It waits
 * if the page is younger: a key with a stamp before the page's start gets the page's first moment,
 * and several such keys look like a scanner's.
 */
export async function stampedSince(page, milliseconds) {
  const age = await page.evaluate(() => performance.now());
  if (age <= milliseconds) await page.waitForTimeout(milliseconds - age + 50);
  return (Date.now() - milliseconds) / 1000;
}

/** A cashier who works with a page. Counts the taps, except those on digits and letters. */
export class Cashier {
  taps = 0;

  constructor(page, hasTouch) {
    this.page = page;
    this.hasTouch = hasTouch;
    this.header = page.getByRole("banner").first();
    this.client = page.getByTestId("client");
    this.sum = page.locator(".sum-figure").first();
    this.toPay = page.locator(".sale .sum-figure");
    this.take = page.locator(".take");
    this.done = page.getByTestId("done");
    this.notice = page.locator(".sale").getByRole("status").locator(".problem");
    this.waiting = page.getByRole("button", { name: /^Ждут отправки/ });
    this.refused = page.getByRole("button", { name: /^Не принято чеков/ });
  }

  button(name) {
    return this.page.getByRole("button", { name, exact: true });
  }

  async tap(target) {
    this.taps += 1;
    await this.#touch(target);
  }

  async press(name) {
    await this.tap(this.button(name));
  }

  /** Taps an amount or a phone on the page's keypad: `350,5`. */
  async key(keys, pad = this.page.locator(".keypad").last()) {
    const names = { ",": "Запятая" };
    for (const key of keys) {
      await this.#touch(pad.getByRole("button", { name: names[key] ?? key, exact: true }));
    }
  }

  /** Types a client's phone on the page's keypad. */
  async phone(e164) {
    await this.tap(this.page.getByLabel("Телефон клиента"));
    await this.key(e164.replace("+992", ""));
  }

  /**
   * Types as a keyboard-wedge scanner does: a key every `pace` milliseconds by the keys' time
   * stamps, even if this machine is busy. Enter follows if `end` is set. `meanwhile` runs after the
   * first `apart` keys.
   */
  async wedge(code, { end = true, pace = 5, apart = 2, meanwhile = async () => {} } = {}) {
    const enter = { key: "Enter", code: "Enter", text: "\r", windowsVirtualKeyCode: 13 };
    const strokes = [...code].flatMap((character) => {
      if (character === "\r") return [enter];
      const stroke = { key: character, text: character };
      return /[+A-Z]/.test(character) ? [{ key: "Shift" }, stroke] : [stroke];
    });
    const keys = end ? [...strokes, enter] : strokes;
    const session = await this.page.context().newCDPSession(this.page);
    const began = await stampedSince(this.page, keys.length * pace);
    const press = (from, to) =>
      Promise.all(
        keys.slice(from, to).flatMap((key, index) =>
          ["keyDown", "keyUp"].map((type) =>
            session.send("Input.dispatchKeyEvent", { ...key, type, timestamp: began + ((from + index) * pace) / 1000 }),
          ),
        ),
      );
    await press(0, apart);
    await meanwhile();
    await press(apart);
    await session.detach();
  }

  /** Sells to a known client without a redemption, and stops at the result. */
  async sell(sum, phone) {
    await this.key(sum);
    await this.phone(phone);
    await expect(this.client).toBeVisible();
    await this.tap(this.take);
    await expect(this.done).toContainText("Продажа записана");
  }

  /** Opens a page of the menu. */
  async open(name) {
    await this.press("Меню");
    await this.press(name);
  }

  async close() {
    await this.press("Закрыть");
  }

  async #touch(target) {
    if (this.hasTouch) await target.tap();
    else await target.click();
  }
}

/** Writes rows into the till's database without the app. Each row is `[key, order, value]`. */
export async function keepInTill(page, node, list, rows) {
  await page.evaluate(
    ([name, list, rows]) =>
      new Promise((done, fail) => {
        const opened = indexedDB.open(name);
        opened.onerror = fail;
        opened.onsuccess = () => {
          const write = opened.result.transaction(list, "readwrite");
          for (const [key, order, value] of rows) {
            write.objectStore(list).put({ key, order, json: JSON.stringify(value) });
          }
          write.oncomplete = () => {
            opened.result.close();
            done();
          };
        };
      }),
    [`bonex-cash-${node}`, list, rows],
  );
}

/** Returns the figures of a `dl`, as names and numbers. */
export async function figures(list) {
  const rows = await list.locator("dt").evaluateAll((names) =>
    names.map((name) => [name.textContent.trim(), name.nextElementSibling.textContent]),
  );
  return Object.fromEntries(rows.map(([name, figure]) => [name, number(figure)]));
}

/** Parses an amount as the cashier reads it, `−1 234,50 сом.`, to a number. */
export function number(text) {
  const [figure] = text.replace(/\s/g, "").match(/[+−]?\d+(,\d+)?/);
  return Number(figure.replace("−", "-").replace("+", "").replace(",", "."));
}

/** Formats an amount as the cashier reads it. */
export function money(somoni) {
  const [whole, dirams] = somoni.toFixed(2).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, "\u{a0}")},${dirams}`;
}

/** The API as a till uses it. */
export class Api {
  constructor(server, demo, device, till = 0) {
    this.base = `${server.address}/api/v1`;
    this.headers = {
      "content-type": "application/json",
      "x-tenant-token": demo.tenant_token,
      "x-cashier-token": demo.cashiers[till].token,
      "x-device-id": device,
    };
  }

  /** Looks up a client, with the limit for a sale of the given amount. */
  async client(phone, check) {
    const query = check === undefined ? "" : `?check_amount=${check}`;
    return this.#data(`/cashier/client/${encodeURIComponent(phone)}${query}`);
  }

  async session() {
    return this.#data("/cashier/session");
  }

  async post(path, body) {
    return this.#data(path, { method: "POST", body: JSON.stringify(body) });
  }

  async #data(path, options) {
    const answer = await fetch(this.base + path, { ...options, headers: this.headers });
    const { success, data, error } = await answer.json();
    if (!success) throw new Error(`${path}: ${answer.status} ${error}`);
    return data;
  }
}
