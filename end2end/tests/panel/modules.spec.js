// The modules for other programs, with JavaScript off: the owner downloads the file of each program
// for a till, and what is filled in works; a replaced key is told; the cashier's sheet is printed.

import { readFileSync } from "node:fs";

import { expect, expectAccessible, test as base } from "../../fixtures.js";
import { addTill, join, signIn } from "../../panel.js";

const PROGRAMS = [
  { name: "1С:Управление нашей фирмой", file: /^BonexИнтеграция_УНФ_.+\.bsl$/ },
  { name: "1С:Розница", file: /^BonexИнтеграция_Розница_.+\.bsl$/ },
  { name: "1С:Управление торговлей", file: /^BonexИнтеграция_УТ_.+\.bsl$/ },
  { name: "Frontol", file: /^frontol_bonex_.+\.js$/ },
];

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],

  /** The owner's page, and the name and number of a new till. */
  till: async ({ page, demo }, use) => {
    await signIn(page, demo.panel);
    const name = `Касса ${crypto.randomUUID().slice(0, 8)}`;
    const path = await addTill(page, name);
    await use({ name, path, id: Number(path.split("/").at(-1)) });
  },
});

test.use({ javaScriptEnabled: false });

const integrationsOf = (till) => `/panel/integrations?till=${till.id}`;

/** Opens the page of a program's file from the list of a till. */
async function openModule(page, till, program) {
  await page.goto(integrationsOf(till));
  await page.getByRole("link", { name: `Скачать: ${program}` }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Файл для");
}

/** Presses the button of the page that is open. Returns the name and the bytes of the file. */
async function takeFile(page, button = "Скачать файл") {
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: button }).click()]);
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

async function download(page, till, program) {
  await openModule(page, till, program);
  return takeFile(page);
}

const hexOf = (text) => [...new Set(text.match(/\b[0-9a-f]{64}\b/g))];
const addressOf = (text) => text.match(/https?:\/\/[\w.:-]+\/api\/v1/)[0];
const variable = (text, name) => text.match(new RegExp(`${name} = "?([^";\\r]+)`))[1];

/** Asks who the till is, as the program with these keys would. */
async function sessionOf(address, tenant, cashier) {
  const headers = { "X-Tenant-Token": tenant, "X-Cashier-Token": cashier, "X-Device-Id": "program" };
  const answer = await fetch(`${address}/cashier/session`, { headers });
  return { status: answer.status, data: (await answer.json()).data };
}

test("the owner downloads the file of each program, and what is filled in works", async ({ page, server, till }) => {
  const today = new Intl.DateTimeFormat("ru-RU", { timeZone: "Asia/Dushanbe" }).format();
  await page.goto(integrationsOf(till));
  await page.getByRole("button", { name: "Показать ключи" }).click();
  const shown = await page.locator(".code").allInnerTexts();
  const [, tenant, , cashier] = shown;
  for (const program of PROGRAMS) {
    const { name, bytes } = await download(page, till, program.name);
    expect(name).toMatch(program.file);
    expect(name).toContain(till.name.replace(" ", "-"));
    const text = bytes.toString("utf8");
    const isFrontol = program.name === "Frontol";
    const hasMark = bytes.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
    expect(hasMark, "only 1C reads a byte order mark").toBe(!isFrontol);
    expect(text.split("\n").every((line, index, all) => line.endsWith("\r") || index === all.length - 1)).toBe(true);
    expect(text).not.toContain("{{");
    expect(addressOf(text)).toBe(`${server.address}/api/v1`);
    const head = text.split("\r\n").slice(0, 40).join("\n");
    expect(head).toContain(today);
    expect(head).toContain(String(till.id));
    if (isFrontol) {
      expect(bytes.every((byte) => byte < 128)).toBe(true);
      expect(variable(text, "BONEX_TENANT_TOKEN")).toBe(tenant);
      expect(variable(text, "BONEX_CASHIER_TOKEN")).toBe(cashier);
      expect(Number(variable(text, "BONEX_CASHIER_NODE_ID"))).toBe(till.id);
    } else {
      expect(head).toContain(till.name);
      expect(hexOf(text), "the till's key is typed at the till").toEqual([tenant]);
      const tooLong = text.split("\r\n").filter((line) => line.length > 120);
      expect(tooLong).toEqual([]);
    }
    const [known] = hexOf(text);
    const session = await sessionOf(addressOf(text), known, isFrontol ? hexOf(text)[1] : cashier);
    expect(session.status).toBe(200);
    expect(session.data.cashier_node_id).toBe(till.id);
  }
  await page.goto("/panel/journal");
  const row = page.getByRole("listitem").filter({ hasText: "Файл для кассы скачан" }).filter({ hasText: till.name });
  await expect(row).toHaveCount(PROGRAMS.length);
  await expect(row.first()).toContainText("Frontol");
});

test("a replaced key is told until the file is downloaded again", async ({ page, till }) => {
  await download(page, till, "Frontol");
  await page.goto(integrationsOf(till));
  await expect(page.getByRole("main")).toContainText("скачан ");
  const told = page.getByRole("status").filter({ hasText: "Скачайте файл снова" });
  await expect(told).toHaveCount(0);

  await page.goto(till.path);
  await page.getByRole("button", { name: "Заменить ключ" }).click();
  await page.getByRole("button", { name: "Заменить ключ" }).click();
  await page.goto(integrationsOf(till));
  await expect(told).toContainText("Ключ кассы заменён");
  await told.getByRole("link", { name: "Скачать" }).click();
  const { bytes } = await takeFile(page);
  const session = await sessionOf(addressOf(bytes.toString()), ...hexOf(bytes.toString()));
  expect(session.status).toBe(200);
  await page.goto(integrationsOf(till));
  await expect(told).toHaveCount(0);
});

test("an old sign-in is asked for the password, and the file comes", async ({
  page,
  server,
  till,
  demo,
  expectedErrors,
}) => {
  expectedErrors.push(/status of 422/);
  server.write("UPDATE panel_sessions SET confirmed_at = 0");
  await openModule(page, till, "1С:Розница");
  await page.getByLabel("Пароль").fill("wrong password");
  await page.getByRole("button", { name: "Скачать файл" }).click();
  await expect(page.getByRole("alert")).toContainText("Пароль");
  await page.getByLabel("Пароль").fill(demo.panel.password);
  const { name } = await takeFile(page, "Продолжить");
  expect(name).toMatch(PROGRAMS[1].file);
});

test("the manager and the accountant get no file", async ({ page, openPage, till, expectedErrors }) => {
  expectedErrors.push(/status of 403/);
  for (const role of ["управляющий", "бухгалтер"]) {
    const login = `l${crypto.randomUUID().slice(0, 8)}`;
    await page.goto("/panel/people");
    await page.getByLabel("Имя").fill(role);
    await page.getByLabel(role).check();
    await page.getByRole("button", { name: "Сделать ссылку" }).click();
    const link = await page.locator(".code").innerText();
    const other = await openPage({ javaScriptEnabled: false });
    await join(other, link, { login, password: "correct horse battery" });
    const opened = await other.goto(integrationsOf(till));
    if (role === "управляющий") {
      await expect(other.getByRole("main")).toContainText("Файлы скачивает владелец");
      await expect(other.getByRole("link", { name: /^Скачать/ })).toHaveCount(0);
    } else {
      expect(opened.status()).toBe(403);
    }
    const refused = await other.goto(`/panel/tills/${till.id}/module?module=frontol`);
    expect(refused.status()).toBe(403);
    await other.context().close();
  }
});

test("a till that is switched off says so in place of a file", async ({ page, till }) => {
  await page.goto(`${till.path}/off`);
  await page.getByRole("button", { name: "Выключить кассу" }).click();
  await page.goto(integrationsOf(till));
  await expect(page.getByRole("main")).toContainText("Касса выключена");
  await expect(page.getByRole("link", { name: /^Скачать/ })).toHaveCount(0);
});

test("the cashier's sheet is one page of A4 and of A5 in three languages", async ({ page, till }) => {
  await page.goto(integrationsOf(till));
  await page.getByRole("link", { name: "Frontol", exact: true }).click();
  for (const program of ["1С", "Frontol"]) {
    for (const [language, words] of [
      ["Русский", "Если что-то не так"],
      ["Тоҷикӣ", "Агар чизе дуруст набошад"],
      ["English", "If something is wrong"],
    ]) {
      const choice = page.getByRole("navigation", { name: "Памятка кассира" });
      await choice.getByRole("link", { name: program }).click();
      await choice.getByRole("link", { name: language }).click();
      await expect(page.getByRole("main")).toContainText(words);
      for (const format of ["A4", "A5"]) {
        const pdf = (await page.pdf({ format, preferCSSPageSize: false })).toString("latin1");
        expect(pdf.match(/\/Type\s*\/Page\b/g), `${program} ${language} ${format}`).toHaveLength(1);
      }
    }
  }
});

test("the pages are accessible and fit a phone in every language", async ({ page, till }) => {
  await download(page, till, "Frontol");
  const paths = [
    integrationsOf(till),
    `/panel/tills/${till.id}/module?module=unf`,
    `/panel/tills/${till.id}/module?module=frontol`,
    "/panel/integrations/steps?program=1c",
  ];
  for (const language of ["ru", "tg", "en"]) {
    await page.goto("/panel/settings");
    await page.locator(`[name=language][value=${language}]`).check();
    await page.locator("main form button").first().click();
    for (const path of paths) {
      await page.goto(path);
      await expect(page.locator("html")).toHaveAttribute("lang", language);
      for (const width of [320, 360, 768, 1280]) {
        await page.setViewportSize({ width, height: 740 });
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect(overflow, `${path} in ${language} at ${width} px`).toBeLessThanOrEqual(0);
      }
      await page.setViewportSize({ width: 360, height: 740 });
      await expectAccessible(page);
    }
  }
});
