// The admin console's pages about the platform itself, with JavaScript off: admins, the own
// account, the journal and the health.

import { expect, expectFit, test as base } from "../../fixtures.js";
import { totp } from "../../totp.js";

const PASSWORD = "верная лошадь батарея";
const NEW_PASSWORD = "другая лошадь батарея";

const test = base.extend({
  demo: [async ({ server }, use) => use(server.provisionDemo()), { scope: "worker" }],
});

const heading = (page) => page.getByRole("heading", { level: 1 });

/** Opens the link of an invitation, makes the account and connects an app. Returns its secret. */
async function join(page, link, login) {
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Логин").fill(login);
  await page.getByLabel("Новый пароль", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Новый пароль ещё раз").fill(PASSWORD);
  await page.getByRole("button", { name: "Сохранить и войти" }).click();
  const secret = await page.locator(".code").innerText();
  await page.getByLabel("Шесть цифр").fill(totp(secret));
  await page.getByRole("button", { name: "Подключить и войти" }).click();
  await expect(heading(page)).toHaveText("Запасные коды");
  await page.getByRole("link", { name: "Я сохранил коды" }).click();
  await expect(page).toHaveURL(/\/admin$/);
  return secret;
}

const invitation = (server, name) => server.command("invite-admin", name).split("\n")[0];

test.describe("with JavaScript off", () => {
  test.use({ javaScriptEnabled: false });

  test("an admin invites another one, gives a new password and takes the access away", async ({
    page,
    openPage,
    server,
    demo,
  }, { project }) => {
    const [one, other] = ["anvar", "zebo"].map((name) => `${name}-${project.name}-${demo.panel.login}`);
    await join(page, invitation(server, "Анвар Саидов"), one);
    await page.goto("/admin/admins");
    await expect(page.getByRole("row", { name: /Анвар Саидов/ }).filter({ hasText: "это вы" })).toBeVisible();
    await page.getByLabel("Имя").fill("Зебо <Раҳимова>");
    await page.getByRole("button", { name: "Сделать ссылку" }).click();
    const link = await page.locator(".code").innerText();
    await expect(page.getByRole("heading", { name: "Приглашения ждут" })).toBeVisible();

    const second = await openPage({ javaScriptEnabled: false });
    const secret = await join(second, link, other);
    await page.goto("/admin/admins");
    const row = page.getByRole("row").filter({ hasText: other });
    await row.getByRole("button", { name: "Новый пароль" }).click();
    await expect(page.getByText("Код с телефона консоль спросит, как раньше.")).toBeVisible();
    const reset = await page.locator(".code").innerText();

    await second.goto(new URL(reset).pathname);
    await expect(second.getByText(other)).toBeVisible();
    await second.getByLabel("Новый пароль", { exact: true }).fill(NEW_PASSWORD);
    await second.getByLabel("Новый пароль ещё раз").fill(NEW_PASSWORD);
    await second.getByRole("button", { name: "Сохранить и войти" }).click();
    await second.getByLabel("Шесть цифр").fill(totp(secret, 30));
    await second.getByRole("button", { name: "Продолжить" }).click();
    await expect(second).toHaveURL(/\/admin$/);

    await page.goto("/admin/admins");
    await row.getByRole("link", { name: "Закрыть доступ" }).click();
    await expect(heading(page)).toContainText("Закрыть доступ: Зебо <Раҳимова>?");
    await page.getByLabel("Причина").fill("Больше не работает у нас");
    await page.getByRole("button", { name: "Закрыть доступ" }).click();
    await expect(page.getByText("Доступ закрыт, все входы завершены.")).toBeVisible();
    await expect(row).toHaveCount(0);
    await second.goto("/admin");
    await expect(second).toHaveURL(/\/admin\/sign-in/);

    await page.goto("/admin/journal");
    await page.getByLabel("Что").selectOption({ label: "Доступ закрыт" });
    await page.getByRole("button", { name: "Показать" }).click();
    const first = page.locator(".journal li").first();
    await expect(first).toContainText("Зебо <Раҳимова>");
    await expect(first).toContainText("Причина: Больше не работает у нас");
  });

  test("an admin changes the language and connects another phone", async ({
    page,
    server,
    demo,
    expectedErrors,
  }, { project }) => {
    expectedErrors.push(/status of 422/);
    await join(page, invitation(server, "Анвар"), `firuz-${project.name}-${demo.panel.login}`);
    await page.goto("/admin/account");
    await page.getByLabel("Ваше имя").fill("");
    await page.getByRole("button", { name: "Сохранить" }).click();
    await expect(page.getByRole("alert")).toContainText("заполните это поле");
    await page.getByLabel("Ваше имя").fill("Анвар С.");
    await page.getByLabel("English").check();
    await page.getByRole("button", { name: "Сохранить" }).click();
    await expect(heading(page)).toHaveText("My settings");
    await page.getByLabel("Русский").check();
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("Сохранено.")).toBeVisible();

    await page.getByRole("link", { name: "Второй шаг входа" }).click();
    await page.getByRole("button", { name: "Подключить другой телефон" }).click();
    await expect(heading(page)).toHaveText("Другой телефон");
    const secret = await page.locator(".code").innerText();
    await page.getByLabel("Шесть цифр").fill(totp(secret));
    await page.getByRole("button", { name: "Подключить" }).click();
    await expect(heading(page)).toHaveText("Запасные коды");
    await expect(page.locator(".code")).toHaveCount(8);
  });

  test("the health says what a night has left to do", async ({ page, server, demo }, { project }) => {
    await join(page, invitation(server, "Лола"), `lola-${project.name}-${demo.panel.login}`);
    server.command("verify-ledger");
    await page.goto("/admin/health");
    await expect(page.getByText("сошлось").first()).toBeVisible();
    await expect(page.getByText("SQLite 3.")).toBeVisible();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "CSV" }).first().click(),
    ]);
    expect(download.suggestedFilename()).toContain("Здоровье");
  });
});

test("the pages about the platform are accessible and fit every width", async ({ page, server, demo }, { project }) => {
  test.slow();
  await join(page, invitation(server, "Саодат"), `saodat-${project.name}-${demo.panel.login}`);
  invitation(server, "Очень длинное имя приглашённого человека");
  server.command("verify-ledger");
  server.command("expire-bonuses");
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const path of [
      "journal",
      "health",
      "admins",
      "admins/1/remove",
      "account",
      "account/password",
      "account/second-step",
    ]) {
      await page.goto(`/admin/${path}`);
      await expectFit(page);
    }
  }
  await page.getByRole("button", { name: "Подключить другой телефон" }).click();
  await expectFit(page);
  await page.goto("/admin/admins");
  await page.getByLabel("Имя").fill("Друг");
  await page.getByRole("button", { name: "Сделать ссылку" }).click();
  await expectFit(page);
});
