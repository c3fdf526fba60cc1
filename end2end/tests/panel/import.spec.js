// Clients from a file, and cards for a printer, with JavaScript off.

import { expect, expectFit, test as base } from "../../fixtures.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

async function signIn(page, demo) {
  await page.goto("/panel/sign-in");
  await page.getByLabel("Логин").fill(demo.panel.login);
  await page.getByLabel("Пароль").fill(demo.panel.password);
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page).toHaveURL(/\/panel$/);
}

/** Russian letters as Excel and 1C write them: Windows-1251. */
function windows1251(text) {
  const byte = (letter) => {
    const code = letter.codePointAt(0);
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code;
  };
  return Buffer.from([...text].map(byte));
}

async function upload(page, name, buffer) {
  await page.goto("/panel/clients/import");
  await page.getByLabel("Файл CSV").setInputFiles({ name, mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Загрузить и проверить" }).click();
}

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an owner brings clients along from Excel", async ({ page, demo }) => {
    await signIn(page, demo);
    const table = [
      "ФИО;Номер телефона;Бонусы;Дата рождения",
      "Абдулло Каримзода;930006102;64,50;01.01.1990",
      "Фарзона;93 000 20 77;1 250,50;",
      "Нигора;930006102;5;",
      "Карим;9,92E+11;5;",
    ].join("\r\n");
    await upload(page, "клиенты.csv", windows1251(table));
    const main = page.getByRole("main");
    await expect(main).toContainText("2 из 4 строк");
    await expect(main).toContainText("Этот телефон уже есть в строке 2");
    await expect(main).toContainText("Телефон: Excel округлил цифры");
    await expect(main).toContainText("Абдулло Каримзода");
    await expect(main).toContainText("Эти столбцы не читаем: Дата рождения.");
    await page.getByRole("button", { name: "Записать 2 клиентов" }).click();
    await expect(main).toContainText("Клиенты записаны");
    await expect(main).toContainText("новых 2");
    await page.goBack();
    await page.goto("/panel/journal");
    await expect(page.getByRole("main")).toContainText("Клиенты загружены из файла");
  });

  test("a workbook is told to be saved as CSV", async ({ page, demo, expectedErrors }) => {
    expectedErrors.push(/status of 422/);
    await signIn(page, demo);
    await upload(page, "clients.xlsx", Buffer.from("PK\x03\x04 and so on"));
    await expect(page.getByRole("alert")).toContainText("книга Excel");
  });

  test("columns that are not understood are chosen by hand", async ({ page, demo }) => {
    await signIn(page, demo);
    await upload(page, "a.csv", Buffer.from("Кто,Куда звонить,Сколько\nЗебо,935550001,7\n"));
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Как читать файл");
    await page.getByRole("combobox", { name: "Телефон" }).selectOption({ label: "2: Куда звонить" });
    await page.getByRole("combobox", { name: "Имя" }).selectOption({ label: "1: Кто" });
    await page.getByRole("combobox", { name: "Бонусы" }).selectOption({ label: "3: Сколько" });
    await page.getByRole("button", { name: "Прочесть так" }).click();
    await expect(page.getByRole("main")).toContainText("1 из 1 строки");
    await expect(page.getByRole("main")).toContainText("7,00");
    await page.getByRole("button", { name: "Отказаться" }).click();
    await expect(page.getByRole("main")).toContainText("ничего не записано");
  });

  test("cards are reserved, printed and exported", async ({ page, demo }) => {
    await signIn(page, demo);
    await page.goto("/panel/cards");
    await page.getByLabel("Сколько карт").fill("12");
    await page.getByLabel("Для чего").fill("Типография");
    await page.getByLabel("Для чего").press("Enter");
    await expect(page.getByRole("main")).toContainText("Типография");
    const waiting = page.waitForEvent("download");
    await page.getByRole("link", { name: "Excel" }).first().click();
    expect((await waiting).suggestedFilename()).toMatch(/\.xlsx$/);
    await page.getByRole("link", { name: "Напечатать" }).first().click();
    await expect(page.locator(".print-card")).toHaveCount(12);
  });
});

test("a printed barcode has its nominal size, and a ruler proves it", async ({ page, demo }) => {
  await signIn(page, demo);
  // As wide as paper; a phone shows the ruler smaller.
  await page.setViewportSize({ width: 794, height: 1123 });
  await page.goto("/panel/clients/1/card");
  const millimetres = async (selector) => {
    const { width } = await page.locator(selector).first().boundingBox();
    return (width * 25.4) / 96;
  };
  expect(await millimetres(".printed-ean")).toBeCloseTo(37.29, 1);
  expect(await millimetres(".ruler")).toBeCloseTo(100.4, 1);
});

test("the pages are accessible and fit every width", async ({ page, demo }) => {
  await signIn(page, demo);
  await upload(page, "b.csv", Buffer.from("phone,name,balance\n936660001,Zebo,1\n93666,Umed,2\n"));
  const preview = new URL(page.url()).pathname;
  for (const path of [
    "/panel/clients/import",
    preview,
    `${preview}/reading`,
    "/panel/clients/export",
    "/panel/cards",
    "/panel/clients/1/card",
    "/panel/clients/1/give-card",
  ]) {
    await page.goto(path);
    await expectFit(page);
  }
});
