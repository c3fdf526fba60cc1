// Fast typing: it must not change the amount by accident, and must not press a button twice.

import { expect, money, stampedSince, test } from "../../till.js";

/** Expects exactly this amount on the screen and on the button. */
async function expectSum(cashier, sum) {
  await expect(cashier.toPay).toHaveText(new RegExp(`^${money(sum)}`));
  await expect(cashier.take).toContainText(money(sum));
}

/**
 * Types on a hardware keyboard: a key every `pace` milliseconds by the keys' time stamps, even if
 * the machine is busy. Returns the time stamp of the next key, to continue typing from it.
 */
async function type(page, keys, { pace = 150, from } = {}) {
  const session = await page.context().newCDPSession(page);
  const named = { Enter: "\r", Backspace: undefined, " ": " " };
  const codes = { Enter: 13, Backspace: 8, " ": 32 };
  const began = from ?? (await stampedSince(page, keys.length * pace));
  for (const [index, key] of keys.entries()) {
    const text = key in named ? named[key] : key;
    for (const type of ["keyDown", "keyUp"]) {
      await session.send("Input.dispatchKeyEvent", {
        type,
        key,
        text,
        windowsVirtualKeyCode: codes[key] ?? key.charCodeAt(0),
        timestamp: began + (index * pace) / 1000,
      });
    }
  }
  await session.detach();
  return began + (keys.length * pace) / 1000;
}

/** Returns a time stamp for a key typed right after the last one, even if it is sent later. */
const rightBehind = () => Date.now() / 1000;

/** Waits longer than the pause after which the page takes keys as a new input. */
const pause = (page) => page.waitForTimeout(700);

test("a digit too many after the phone does not become a digit of the amount", async ({ page, cashier, demo }) => {
  await cashier.key("350");
  await cashier.phone(`${demo.clients[0].phone}0`);
  const from = rightBehind();
  await expect(cashier.client).toContainText(demo.clients[0].full_name);
  await expectSum(cashier, 350);
  await type(page, ["0", "0"], { from });
  await expectSum(cashier, 350);
  await expect(cashier.notice).toContainText("Лишние цифры в сумму не вошли");

  // Digits count again after the cashier has chosen the amount or has paused.
  await cashier.tap(cashier.sum);
  await cashier.key("1");
  await expectSum(cashier, 3501);
  await cashier.press("Убрать клиента");
  await cashier.phone(`${demo.clients[0].phone}0`);
  await expect(cashier.client).toBeVisible();
  await pause(page);
  await cashier.key("2");
  await expectSum(cashier, 35_012);
});

test("a phone typed with the country code names the right client", async ({
  page,
  cashier,
  demo,
  expectedErrors,
}) => {
  // A busy machine pauses after the ninth digit, and the page looks up those nine digits.
  expectedErrors.push(/status of 404/);
  const { phone, full_name } = demo.clients[0];
  const asked = [];
  page.on("request", (request) => request.url().includes("/cashier/client/") && asked.push(request.url()));
  await cashier.key("350");
  await cashier.tap(page.getByLabel("Телефон клиента"));
  await cashier.key(phone.slice(1));
  await expect(cashier.client).toContainText(full_name);
  await expectSum(cashier, 350);
  await cashier.press("Убрать клиента");

  // With a plus, on a hardware keyboard. The field may close before the last digits.
  await page.getByLabel("Телефон клиента").focus();
  await type(page, [...phone]);
  await expect(cashier.client).toContainText(full_name);
  await expectSum(cashier, 350);
  const beginning = `+992${phone.slice(1, 10)}`;
  const others = asked.map((url) => decodeURIComponent(url).split("/").pop()).filter((name) => name !== phone);
  expect(others.every((name) => name === beginning)).toBe(true);
});

test("a pause in the middle of such a phone does not change the amount either", async ({ page, cashier, demo, expectedErrors, context }) => {
  expectedErrors.push(/status of 404|ERR_INTERNET_DISCONNECTED/);
  const { phone, full_name } = demo.clients[0];
  await cashier.key("350");
  await cashier.tap(page.getByLabel("Телефон клиента"));
  await cashier.key(phone.slice(1, 10));
  await expect(page.getByText("Такого клиента ещё нет")).toBeVisible();
  await pause(page);
  await cashier.key(phone.slice(10));
  await expect(cashier.client).toContainText(full_name);
  await expectSum(cashier, 350);
  await cashier.press("Убрать клиента");

  // Offline no answer says that there is no such client.
  await context.setOffline(true);
  await expect(page.getByText("Нет связи", { exact: false }).first()).toBeVisible();
  await cashier.tap(page.getByLabel("Телефон клиента"));
  await cashier.key(phone.slice(1, 10));
  await expect(cashier.client).toBeVisible();
  await pause(page);
  await cashier.key(phone.slice(10));
  await expect(cashier.client).toContainText("90 000 05 00");
  await expectSum(cashier, 350);
});

test("Backspace after the ninth digit opens the phone again", async ({ page, cashier, demo, expectedErrors }) => {
  expectedErrors.push(/status of 404/);
  const phone = page.getByLabel("Телефон клиента");
  await cashier.key("350");
  await cashier.phone(demo.clients[0].phone);
  await cashier.press("Стереть");
  await expect(phone).toHaveValue("90 000 05 0");
  await cashier.key("1");
  await expect(cashier.client).toContainText(demo.clients[1].full_name);
  await expectSum(cashier, 350);
  await cashier.press("Убрать клиента");

  // An unknown phone can be corrected at any later time.
  await cashier.phone("+992900000599");
  await expect(page.getByText("Такого клиента ещё нет")).toBeVisible();
  await pause(page);
  await cashier.press("Стереть");
  await expect(phone).toHaveValue("90 000 05 9");
  await expect(cashier.toPay).toHaveText(/^350(?!\d)/);
});

test("digits typed too soon are also ignored offline and after a registration", async ({
  page,
  cashier,
  demo,
  context,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 404/, /ERR_INTERNET_DISCONNECTED/);
  await cashier.key("35");
  await page.getByLabel("Телефон клиента").fill("911000555");
  const name = page.getByLabel("Имя (можно не указывать)");
  await name.focus();
  const from = await type(page, ["А", "л", "и", "Enter", "7"]);
  await expect(cashier.client).toContainText("Али");
  await type(page, ["7"], { from });
  await expectSum(cashier, 35);
  await cashier.press("Убрать клиента");

  await context.setOffline(true);
  await cashier.phone(`${demo.clients[0].phone}77`);
  await expect(cashier.client).toBeVisible();
  await expectSum(cashier, 35);
  await type(page, ["7", "7"]);
  await expectSum(cashier, 35);
  await context.setOffline(false);
});

test("keys typed while a sale is being sent do not start another sale", async ({ page, cashier }) => {
  let answer;
  await page.route("**/cashier/receipt", async (route) => {
    await new Promise((resolve) => (answer = resolve));
    await route.continue();
  });
  await cashier.key("81");
  await cashier.tap(cashier.take);
  await expect.poll(() => answer).toBeDefined();
  await page.keyboard.press("4");
  const from = rightBehind();
  answer();
  await expect(cashier.done).toContainText("Чек записан");
  await type(page, ["5"], { from });
  await expect(cashier.done).toBeVisible();
  await pause(page);
  await page.keyboard.press("6");
  await expectSum(cashier, 6);
});

test("Enter and Space do not press the last key of the keypad again", async ({ page, cashier, server }) => {
  await cashier.key("5");
  await page.keyboard.press("0");
  await page.keyboard.press(" ");
  await expectSum(cashier, 50);
  await pause(page);
  // No element has the focus, so Enter presses the main button.
  await page.keyboard.press("Enter");
  await expect(cashier.done).toContainText("Чек записан");
  const [receipt] = server.rows("select total_dirams from receipts order by id desc limit 1");
  expect(receipt).toEqual({ total_dirams: 5000 });
});

test("an Enter after a phone does not take the sale", async ({ page, cashier, demo }) => {
  await cashier.key("58");
  await page.getByLabel("Телефон клиента").focus();
  const from = await type(page, [...demo.clients[0].phone.slice(4), "Enter"]);
  await expect(cashier.client).toContainText(demo.clients[0].full_name);
  await type(page, ["5", "Enter"], { from });
  await expectSum(cashier, 58);
  await expect(cashier.done).toHaveCount(0);
});

test("with an incomplete phone or card the sale cannot be taken without a client", async ({ page, cashier }) => {
  await cashier.key("60");
  await cashier.phone("+99290000");
  await expect(cashier.take).toBeDisabled();
  await expect(cashier.take).toHaveText("Допишите телефон или сотрите его");
  await page.keyboard.press("Enter");
  await expect(cashier.done).toHaveCount(0);
  await cashier.press("Очистить");
  await expectSum(cashier, 60);

  await cashier.press("Карта или штрихкод");
  await page.getByLabel("Номер карты или штрихкод").fill("001-00");
  await expect(cashier.take).toBeDisabled();
  await expect(cashier.take).toHaveText("Найдите карту или закройте её");
  await cashier.close();
  await expectSum(cashier, 60);
});

test("text that is not exactly one phone is refused with a message", async ({ page, cashier }) => {
  const phone = page.getByLabel("Телефон клиента");
  for (const pasted of ["8900000501", "900000500 900000501", "+992900000500, +992900000501"]) {
    await phone.fill(pasted);
    await expect(cashier.notice).toContainText("Это не один телефон из 9 цифр");
    await expect(phone).toHaveValue("");
  }
});

test("with Caps Lock the comma key still works", async ({ page, cashier }) => {
  await type(page, ["7", "Ю", "5"]);
  await expect(cashier.toPay).toHaveText(/^7,50/);
});

test("a slow scanner names the client, and the key 000 is not taken for a scanner", async ({ page, cashier, demo }) => {
  const { ean13, card_number, full_name } = demo.clients[1];
  await cashier.key("35");
  for (const code of [ean13, card_number]) {
    for (const pace of [60, 95, 120]) {
      await cashier.wedge(code, { pace });
      await expect(cashier.client).toContainText(full_name);
      await expectSum(cashier, 35);
      await cashier.press("Убрать клиента");
    }
  }
  // A code of goods.
  await cashier.wedge("4006381333931", { pace: 110 });
  await expect(cashier.notice).toHaveText("Это не телефон и не карта Bonex: 4006381333931");
  await expectSum(cashier, 35);
  await pause(page);
  await cashier.wedge("000", { end: false });
  await expectSum(cashier, 35_000);
});

test("a silence in the middle of a code does not split it", async ({ page, cashier, demo }) => {
  await cashier.key("35");
  await cashier.wedge(demo.clients[1].ean13, { apart: 6, meanwhile: () => page.waitForTimeout(500) });
  await expect(cashier.client).toContainText(demo.clients[1].full_name);
  await expectSum(cashier, 35);
});

test("a translated page shows the amount that is recorded", async ({ page, cashier, server }) => {
  await expect(page.locator("html")).toHaveAttribute("translate", "no");
  await expect(page.locator("meta[name=google]")).toHaveAttribute("content", "notranslate");
  await cashier.key("35");
  await page.evaluate(() => {
    const walker = document.createTreeWalker(document.querySelector(".cash"), NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const font = document.createElement("font");
      font.textContent = text.data;
      text.replaceWith(font);
    }
  });
  await cashier.key("0");
  await expectSum(cashier, 350);
  await cashier.tap(cashier.take);
  await expect(cashier.done).toContainText("Чек записан");
  const [receipt] = server.rows("select total_dirams from receipts order by id desc limit 1");
  expect(receipt).toEqual({ total_dirams: 35_000 });
});
