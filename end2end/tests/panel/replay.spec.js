// Forms that are sent again: by "back" and the same button, by a double press, or by a reload of
// the answer. Nothing is done twice. With JavaScript off.

import { expect, test as base } from "../../fixtures.js";
import { addTill, signIn } from "../../panel.js";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],

  /** Returns how many entries of the store's journal have this act. */
  acts: async ({ server }, use) =>
    use((action) => {
      const [{ count }] = server.rows(`SELECT count(*) AS count FROM audit_entries WHERE action = '${action}'`);
      return count;
    }),
});

test.use({ javaScriptEnabled: false });

test.beforeEach(async ({ page, demo }) => signIn(page, demo.panel));

test("bonuses are given by hand once", async ({ page, acts, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  await page.goto("/panel/clients/1");
  const before = acts("client_credited");
  const form = page.locator("#change");
  const fill = async (amount) => {
    await form.getByLabel("Начислить", { exact: true }).check();
    await form.getByLabel("Сколько").fill(amount);
    await form.getByLabel("Причина").fill("Забыли карту");
  };
  const button = form.getByRole("button");
  await fill("25,50");
  await button.click();
  await expect(page.getByText("Баланс изменён.")).toBeVisible();
  expect(acts("client_credited")).toBe(before + 1);

  // The form is empty again.
  await page.goBack();
  await button.click();
  await expect(page.getByRole("alert")).toContainText("заполните это поле");
  expect(acts("client_credited")).toBe(before + 1);
  await page.reload();
  expect(acts("client_credited")).toBe(before + 1);

  await page.goto("/panel/clients/1");
  await fill("30");
  await button.dblclick();
  await expect(page.getByText("Баланс изменён.")).toBeVisible();
  expect(acts("client_credited")).toBe(before + 2);
});

test("a branch and a till are added once", async ({ page, acts, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  const before = [acts("branch_created"), acts("till_created")];
  await page.goto("/panel/branches/new");
  await page.getByLabel("Название").fill("Второй раз");
  await page.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByText("Филиал сохранён.")).toBeVisible();
  await page.goBack();
  await page.getByLabel("Название").fill("Второй раз");
  await page.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByRole("alert")).toContainText("такое имя уже есть");

  await addTill(page, "Касса 77");
  await page.goBack();
  await page.getByLabel("Название").fill("Касса 77");
  await page.getByRole("button", { name: "Сохранить" }).click();
  await expect(page.getByRole("alert")).toContainText("такое имя уже есть");
  await page.getByLabel("Название").fill("Касса 78");
  await page.getByRole("button", { name: "Сохранить" }).dblclick();
  // The browser shows the answer to the second press.
  await expect(page.getByRole("alert").or(page.getByText("Касса создана."))).toBeVisible();
  await page.goto("/panel/tills");
  for (const name of ["Касса 77", "Касса 78"]) {
    await expect(page.getByRole("main").getByText(name, { exact: true })).toHaveCount(1);
  }
  expect([acts("branch_created"), acts("till_created")]).toEqual([before[0] + 1, before[1] + 2]);
});

test("a person is invited once, and cards are reserved once", async ({ page, acts, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  const before = [acts("person_invited"), acts("cards_reserved")];
  await page.goto("/panel/people");
  await page.getByLabel("Имя").fill("Сафар");
  await page.getByLabel("бухгалтер").check();
  await page.getByRole("button", { name: "Сделать ссылку" }).click();
  await expect(page.getByRole("main")).toContainText("Ссылка: Сафар");
  await page.goBack();
  await page.getByRole("button", { name: "Сделать ссылку" }).click();
  await expect(page.getByRole("main")).toContainText("заполните это поле");

  await page.goto("/panel/cards");
  await page.getByLabel("Сколько карт").fill("12");
  await page.getByRole("button", { name: "Заготовить" }).click();
  await expect(page.getByText("Номера карт заготовлены.")).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "Заготовить" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  expect([acts("person_invited"), acts("cards_reserved")]).toEqual([before[0] + 1, before[1] + 1]);
});

test("a key is replaced once", async ({ page, acts, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  const till = await addTill(page, "Касса 79");
  const before = acts("key_rotated");
  await page.goto(`${till}/rotate?grace=day`);
  await page.getByRole("button", { name: "Заменить ключ" }).click();
  await expect(page.getByText("Ключ заменён. Передайте новый кассе.")).toBeVisible();
  await page.goBack();
  await page.getByRole("button", { name: "Заменить ключ" }).click();
  await expect(page.getByRole("main")).toContainText("Старый перестанет действовать");
  expect(acts("key_rotated")).toBe(before + 1);
});

test("the programme is saved once", async ({ page, acts, expectedErrors }) => {
  expectedErrors.push(/status of 422/);
  const before = acts("programme_saved");
  await page.goto("/panel/programme");
  await page.getByLabel("Кэшбэк", { exact: true }).first().fill("6");
  await page.getByRole("button", { name: "Сохранить программу" }).click();
  await expect(page.getByText("Программа сохранена")).toBeVisible();
  await page.goBack();
  await page.getByLabel("Кэшбэк", { exact: true }).first().fill("6");
  await page.getByRole("button", { name: "Сохранить программу" }).click();
  await expect(page.getByText("Ничего не изменилось.")).toBeVisible();
  expect(acts("programme_saved")).toBe(before + 1);
});

test("a file of clients is applied once", async ({ page, acts }) => {
  const before = acts("clients_imported");
  await page.goto("/panel/clients/import");
  const buffer = Buffer.from("phone,name,balance\n937770001,Zebo,15\n");
  await page.getByLabel("Файл CSV").setInputFiles({ name: "c.csv", mimeType: "text/csv", buffer });
  await page.getByRole("button", { name: "Загрузить и проверить" }).click();
  const preview = page.url();
  await page.getByRole("button", { name: /^Записать/ }).click();
  await expect(page.getByText("Клиенты записаны.")).toBeVisible();
  await page.goBack();
  const again = page.getByRole("button", { name: /^Записать/ });
  if (await again.isVisible()) await again.click();
  await page.goto(preview);
  expect(acts("clients_imported")).toBe(before + 1);
});
