// Steps of an admin in the admin console, shared by the specs.

import { expect } from "@playwright/test";

import { totp } from "./totp.js";

export const PASSWORD = "верная лошадь батарея";

const heading = (page) => page.getByRole("heading", { level: 1 });

/** Opens the link of an invitation that the operator has made, and makes the account. */
export async function joinConsole(page, server, login) {
  const [link] = server.command("invite-admin", "Анвар Саидов").split("\n");
  await page.goto(new URL(link).pathname);
  await page.getByLabel("Логин").fill(login);
  await page.getByLabel("Новый пароль", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Новый пароль ещё раз").fill(PASSWORD);
  await page.getByRole("button", { name: "Сохранить и войти" }).click();
  await expect(heading(page)).toHaveText("Подключите приложение");
}

/** Connects an app. Returns its secret and the recovery codes. */
export async function connectApp(page) {
  await expect(page.getByRole("img", { name: "QR-код" })).toBeVisible();
  const secret = await page.locator(".code").innerText();
  await page.getByLabel("Шесть цифр").fill(totp(secret));
  await page.getByRole("button", { name: "Подключить и войти" }).click();
  await expect(heading(page)).toHaveText("Запасные коды");
  const codes = await page.locator(".code").allInnerTexts();
  expect(codes).toHaveLength(8);
  return { secret, codes };
}

/** Signs a new admin in. */
export async function signInAsAdmin(page, server, login) {
  await joinConsole(page, server, login);
  await connectApp(page);
  await page.goto("/admin");
  await expect(heading(page)).toHaveText("Магазины");
}
