// Pairing: the owner shows a code in the panel, with JavaScript off, and a phone becomes the till
// by its link, by its twelve signs, or by its QR code in front of the camera.

import { chromium } from "@playwright/test";

import { PHONE, withCamera } from "../../browser.js";
import { makeClipOf } from "../../camera.js";
import { untilKept } from "../../cash.js";
import { expect, expectAccessible, test as base } from "../../fixtures.js";
import { addTill, showPairing, signIn } from "../../panel.js";
import { Cashier } from "../../till.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],

  /** A new till, and the owner's browser that pairs it. */
  owner: async ({ page, demo }, use) => {
    await signIn(page, demo.panel);
    await use({ page, till: await addTill(page, `Касса ${crypto.randomUUID().slice(0, 8)}`) });
  },

  /** Opens a phone. Its `pairings` are the bodies of the requests with a code. */
  openPhone: async ({ openPage }, use) =>
    use(async (options) => {
      const page = await openPage({ ...PHONE, javaScriptEnabled: true, ...options });
      return atTill(page);
    }),
});

test.use({ javaScriptEnabled: false });

function atTill(page) {
  const cashier = new Cashier(page, true);
  cashier.pairings = [];
  cashier.addresses = [];
  page.on("request", (request) => {
    cashier.addresses.push(request.url());
    if (request.url().endsWith("/cashier/pair")) cashier.pairings.push(request.postDataJSON());
  });
  return cashier;
}

/** Types a code into the form of the till. */
async function typeCode(cashier, code) {
  await cashier.page.getByLabel("Код из панели").fill(code);
  await cashier.press("Сохранить и войти");
}

const nameOf = (owner) => owner.page.getByRole("heading", { level: 1 }).innerText();

/** Returns what the journal says about the till, the newest first. */
async function journalOf(server, till) {
  const subject = `till:${till.split("/").at(-1)}`;
  const rows = server.rows(`SELECT action FROM audit_entries WHERE subject = '${subject}' ORDER BY id DESC`);
  return rows.map(({ action }) => action);
}

test("the link of the code makes a phone the till, once, and leaves no trace in its address", async ({
  server,
  owner,
  openPhone,
  demo,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/);
  const name = await nameOf(owner);
  const { link, signs } = await showPairing(owner.page, owner.till);
  const secret = signs.replace(/\s/g, "");

  const phone = await openPhone();
  await phone.page.goto(link);
  await expect(phone.header).toContainText(name);
  await expect(phone.page).toHaveURL(/\/cash$/);
  expect(phone.addresses.join(" ")).not.toContain(secret);
  const kept = await phone.page.evaluate(() => JSON.stringify([localStorage, sessionStorage, history.state]));
  expect(kept).not.toContain(secret);
  await phone.sell("250", demo.clients[0].phone);

  // Neither a reload nor the history has the code.
  await phone.page.reload();
  await expect(phone.header).toContainText(name);
  await phone.page.goto("/");
  await phone.page.goBack();
  await expect(phone.page).toHaveURL(/\/cash$/);
  await expect(phone.header).toContainText(name);
  expect(phone.pairings).toHaveLength(1);

  // The same link again, on the same phone: a person must agree, and nothing is done twice.
  await phone.page.goto(link);
  await expect(phone.page.getByLabel("Код из панели")).toHaveValue(secret);
  expect(phone.pairings).toHaveLength(1);
  await phone.press("Сохранить и войти");
  await expect(phone.header).toContainText(name);
  expect(phone.pairings).toHaveLength(2);
  expect(await journalOf(server, owner.till)).toEqual(["till_paired", "pairing_shown", "till_created"]);

  await owner.page.goto(owner.till);
  await expect(owner.page.getByRole("main")).toContainText("250");
  await expect(owner.page.getByRole("main")).toContainText("Сбросить привязку");

  // The keys of another device replace this one; its old link does not bring it back.
  const next = await showPairing(owner.page, owner.till);
  await expect(owner.page.getByRole("main")).toContainText("Телефон займёт место нынешнего устройства");
  const other = await openPhone();
  await other.page.goto(next.link);
  await expect(other.header).toContainText(name);
  expectedErrors.push(/status of 403/);
  await phone.page.reload();
  await expect(phone.page.getByRole("alert")).toContainText("привязана к другому устройству");
  await phone.page.goto(link);
  await phone.press("Сохранить и войти");
  await expect(phone.page.getByRole("alert")).toContainText("Код не подошёл");
  await other.page.reload();
  await expect(other.header).toContainText(name);
});

test("the twelve signs are typed as people type, and work on one device", async ({
  owner,
  openPhone,
  demo,
  expectedErrors,
}) => {
  const name = await nameOf(owner);
  const { signs } = await showPairing(owner.page, owner.till);
  const phone = await openPhone();
  await phone.page.goto("/cash");
  // In small letters, with other spaces, and with the letters that a Cyrillic keyboard has.
  const cyrillic = { A: "а", C: "с", E: "е", K: "к", M: "м", P: "р", T: "т", X: "х" };
  const typed = [...signs].map((sign) => cyrillic[sign] ?? sign.toLowerCase()).join("");
  await typeCode(phone, ` ${typed.replace(/\s/g, " - ")} `);
  await expect(phone.header).toContainText(name);
  await phone.sell("80,5", demo.clients[1].phone);

  expectedErrors.push(/status of 403/);
  const other = await openPhone();
  await other.page.goto("/cash");
  await typeCode(other, signs);
  await expect(other.page.getByRole("alert")).toHaveText(
    "По этому коду уже подключили другой телефон. Попросите владельца показать новый.",
  );
  await phone.page.reload();
  await expect(phone.header).toContainText(name);
});

test("a wrong code, a replaced one and an old one each get a word", async ({
  server,
  owner,
  openPhone,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 401/);
  const refused = "Код не подошёл, или прошло десять минут. Попросите владельца показать новый.";
  const phone = await openPhone();
  const alert = phone.page.getByRole("alert");
  await phone.page.goto("/cash");
  await typeCode(phone, "7K4M 92QX TB6");
  await expect(alert).toHaveText("В коде 12 знаков: цифры и латинские буквы.");
  expect(phone.pairings).toHaveLength(0);
  await typeCode(phone, "7K4M 92QX TB6D");
  await expect(alert).toHaveText(refused);

  const first = await showPairing(owner.page, owner.till);
  const second = await showPairing(owner.page, owner.till);
  await typeCode(phone, first.signs);
  await expect(alert).toHaveText(refused);
  // Ten minutes pass.
  server.write("UPDATE pairing_codes SET expires_at = 0 WHERE used_at IS NULL");
  await phone.page.goto(second.link);
  await expect(alert).toHaveText(refused);
  await expect(phone.page).toHaveURL(/\/cash$/);
  await expectAccessible(phone.page);
});

test("a link on a phone that is a till asks first, and can be left", async ({ owner, openPhone, demo }) => {
  const name = await nameOf(owner);
  const first = await showPairing(owner.page, owner.till);
  const phone = await openPhone();
  await phone.page.goto(first.link);
  await expect(phone.header).toContainText(name);

  const till = await addTill(owner.page, `Касса ${crypto.randomUUID().slice(0, 8)}`);
  const { link, signs } = await showPairing(owner.page, till);
  // The app is open, so nothing but the fragment changes.
  await phone.page.evaluate((link) => location.assign(link), link);
  await expect(phone.page.getByLabel("Код из панели")).toHaveValue(signs.replace(/\s/g, ""));
  await expect(phone.page).toHaveURL(/\/cash$/);
  expect(phone.pairings).toHaveLength(1);
  await expect(phone.page.locator("form")).toContainText(`Этот телефон уже касса: Рудаки 40 · ${name}`);
  await phone.press("Вернуться в кассу");
  await expect(phone.header).toContainText(name);
  await phone.page.reload();
  await expect(phone.header).toContainText(name);
  await phone.sell("64", demo.clients[2].phone);
});

test("a link on a phone with unsent checks asks once more, and the checks are sent by their till", async ({
  server,
  owner,
  openPhone,
  demo,
  expectedErrors,
}) => {
  expectedErrors.push(/ERR_INTERNET_DISCONNECTED/);
  const name = await nameOf(owner);
  const first = await showPairing(owner.page, owner.till);
  const phone = await openPhone();
  await phone.page.goto(first.link);
  await expect(phone.header).toContainText(name);
  await untilKept(phone.page);
  const { link } = await showPairing(owner.page, await addTill(owner.page, `Касса ${crypto.randomUUID().slice(0, 8)}`));
  const receipts = () => server.rows("SELECT id FROM sales").length;
  const before = receipts();

  await phone.page.context().setOffline(true);
  await phone.key("50");
  await phone.phone(demo.clients[3].phone);
  await phone.tap(phone.take);
  await expect(phone.done).toContainText("Чек сохранён");
  await phone.page.evaluate((link) => location.assign(link), link);
  await expect(phone.page.getByText("Не отправлено чеков: 1")).toBeVisible();
  const asked = phone.page.waitForEvent("dialog").then((question) => {
    expect(question.message()).toContain("На этом телефоне есть неотправленные чеки");
    return question.dismiss();
  });
  await phone.press("Сохранить и войти");
  await asked;
  expect(phone.pairings).toHaveLength(1);
  await phone.page.context().setOffline(false);
  await phone.press("Вернуться в кассу");
  await expect(phone.header).toContainText(name);
  await expect.poll(receipts).toBe(before + 1);
});

test("the camera reads the code from the owner's screen", async ({ owner, launchOptions, baseURL, watch }) => {
  const name = await nameOf(owner);
  const { modules } = await showPairing(owner.page, owner.till);
  const clip = makeClipOf(modules);
  const browser = await chromium.launch(withCamera(launchOptions, clip.path));
  const context = await browser.newContext({ ...PHONE, baseURL, javaScriptEnabled: true, permissions: ["camera"] });
  watch(context);
  const phone = atTill(await context.newPage());
  await phone.page.goto("/cash");
  await phone.press("Сканировать");
  await expect(phone.header).toContainText(name, { timeout: 15_000 });
  await browser.close();
  clip.remove();
});

test("the code and the form are accessible and fit a phone", async ({ owner, openPhone }) => {
  await showPairing(owner.page, owner.till);
  const phone = await openPhone();
  await phone.page.goto("/cash");
  await expect(phone.page.getByLabel("Код из панели")).toBeVisible();
  for (const page of [owner.page, phone.page]) {
    for (const width of [320, 360, 768, 1280]) {
      await page.setViewportSize({ width, height: 740 });
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(overflow, `${page.url()} at ${width} px`).toBeLessThanOrEqual(0);
    }
    await page.setViewportSize({ width: 360, height: 740 });
    await expectAccessible(page);
  }
  // Who has a code needs no scrolling.
  await expect(phone.button("Сохранить и войти")).toBeInViewport({ ratio: 1 });
});
